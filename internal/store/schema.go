package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// States of an entry row.
const (
	statePending     = 0 // waits for entries it depends on
	stateApplied     = 1
	stateQuarantined = 2 // breaks a rule: kept, flagged, without effect
	stateUnknown     = 3 // of a kind this program does not know: kept, flagged
)

// States of a part row.
const (
	partPresent  = 0
	partErased   = 1
	partWithheld = 2
)

// core are the journal tables. They are never rebuilt; a change of them is a
// new migration below.
var core = []string{
	`create table if not exists meta (name text primary key, value text not null)`,
	`create table if not exists journals (
		jn {rowid}, id text not null unique, vkey {blob} not null, class text not null,
		mine bigint not null, size bigint not null, checkpoint {blob})`,
	`create table if not exists entries (
		jn bigint not null, seq bigint not null, header {blob} not null,
		state bigint not null, reason text, primary key (jn, seq)) {withoutrowid}`,
	`create table if not exists parts (
		jn bigint not null, seq bigint not null, n bigint not null, salt {blob}, body {blob},
		state bigint not null, primary key (jn, seq, n)) {withoutrowid}`,
	`create table if not exists tree (
		jn bigint not null, idx bigint not null, hash {blob} not null, primary key (jn, idx)) {withoutrowid}`,
	`create table if not exists waits (
		need text not null, jn bigint not null, seq bigint not null, primary key (need, jn, seq)) {withoutrowid}`,
	`create table if not exists forks (
		jn bigint not null, seq bigint not null, header {blob} not null, primary key (jn, seq, header))`,
	`create table if not exists projections (room text primary key, version bigint not null)`,
}

// migrations change the core tables after their first release. Add, never
// edit; each says why.
var migrations = []struct{ name, sql string }{}

// prepareSchema creates what is missing and rebuilds what is outdated.
func (db *DB) prepareSchema(ctx context.Context) error {
	db.mu.Lock()
	defer db.mu.Unlock()
	stale := false
	err := db.rawTx(ctx, func(tx *sql.Tx) error {
		for _, q := range core {
			if _, err := tx.ExecContext(ctx, db.eng.Dialect.DDL(q)); err != nil {
				return fmt.Errorf("create core tables: %w", err)
			}
		}
		for _, q := range db.eng.Dialect.Guards() {
			if _, err := tx.ExecContext(ctx, q); err != nil {
				return fmt.Errorf("create guards: %w", err)
			}
		}
		if err := db.migrate(ctx, tx); err != nil {
			return err
		}
		var err error
		stale, err = db.prepareRooms(ctx, tx)
		return err
	})
	if err != nil || !stale {
		return err
	}
	return db.rebuildLocked(ctx)
}

func (db *DB) migrate(ctx context.Context, tx *sql.Tx) error {
	for _, m := range migrations {
		var done string
		err := tx.QueryRowContext(ctx, db.eng.Dialect.Rebind(`select value from meta where name = ?`), "migration/"+m.name).Scan(&done)
		if err == nil {
			continue
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("look up migration %s: %w", m.name, err)
		}
		if _, err := tx.ExecContext(ctx, db.eng.Dialect.DDL(m.sql)); err != nil {
			return fmt.Errorf("migration %s: %w", m.name, err)
		}
		if _, err := tx.ExecContext(ctx, db.eng.Dialect.Rebind(`insert into meta (name, value) values (?, 'done')`), "migration/"+m.name); err != nil {
			return fmt.Errorf("note migration %s: %w", m.name, err)
		}
	}
	return nil
}

// prepareRooms creates the rooms' tables. It reports whether some projection
// is of another version than the program's and the journal must be replayed.
func (db *DB) prepareRooms(ctx context.Context, tx *sql.Tx) (stale bool, err error) {
	for _, r := range db.rooms {
		var have int
		err := tx.QueryRowContext(ctx, db.eng.Dialect.Rebind(`select version from projections where room = ?`), r.Name).Scan(&have)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			if err := db.createTables(ctx, tx, r, true); err != nil {
				return false, err
			}
			var n int
			if err := tx.QueryRowContext(ctx, `select count(*) from journals`).Scan(&n); err != nil {
				return false, err
			}
			stale = stale || n > 0 // a new room on an old store: replay into it
			if err := db.noteVersion(ctx, tx, r); err != nil {
				return false, err
			}
		case err != nil:
			return false, fmt.Errorf("look up projection %s: %w", r.Name, err)
		case have != r.Version:
			stale = true
		}
	}
	return stale, nil
}

func (db *DB) noteVersion(ctx context.Context, tx *sql.Tx, r Room) error {
	_, err := tx.ExecContext(ctx, db.eng.Dialect.Rebind(`insert into projections (room, version) values (?, ?)
		on conflict (room) do update set version = excluded.version`), r.Name, r.Version)
	if err != nil {
		return fmt.Errorf("note projection %s: %w", r.Name, err)
	}
	return nil
}

// createTables creates a room's tables, with or without secondary indexes.
func (db *DB) createTables(ctx context.Context, tx *sql.Tx, r Room, indexes bool) error {
	for _, t := range r.Tables {
		create := t.Create
		if t.CreatePostgres != "" && db.eng.Dialect.Name() == "postgres" {
			create = t.CreatePostgres
		}
		if _, err := tx.ExecContext(ctx, db.eng.Dialect.DDL(create)); err != nil {
			return fmt.Errorf("create table %s: %w", t.Name, err)
		}
		if indexes {
			if err := db.createIndexes(ctx, tx, t); err != nil {
				return err
			}
		}
	}
	return nil
}

func (db *DB) createIndexes(ctx context.Context, tx *sql.Tx, t Table) error {
	indexes := t.Indexes
	if t.CreatePostgres != "" && db.eng.Dialect.Name() == "postgres" {
		indexes = t.IndexesPostgres
	}
	for _, q := range indexes {
		if _, err := tx.ExecContext(ctx, db.eng.Dialect.DDL(q)); err != nil {
			return fmt.Errorf("index table %s: %w", t.Name, err)
		}
	}
	return nil
}

// rawTx runs fn in a transaction of the writing pool. The caller holds mu.
func (db *DB) rawTx(ctx context.Context, fn func(*sql.Tx) error) error {
	tx, err := db.eng.Write.BeginTx(ctx, nil)
	if err != nil {
		return db.eng.Dialect.Translate(fmt.Errorf("begin: %w", err))
	}
	if err := fn(tx); err != nil {
		_ = tx.Rollback() // the first error is the one to report
		return db.eng.Dialect.Translate(err)
	}
	if err := tx.Commit(); err != nil {
		return db.eng.Dialect.Translate(fmt.Errorf("commit: %w", err))
	}
	return nil
}
