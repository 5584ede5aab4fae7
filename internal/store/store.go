// Package store keeps the journal and the tables that are views of it, in one
// database and one transaction, on SQLite or PostgreSQL.
//
// The journal is the truth. Every table of class Record (a projection) is
// written only by the registered apply functions of the rooms, from journal
// entries: for local commands, imports, replays and entries of another
// installation alike. Tables of class State are this installation's own and
// are not replayed.
//
// Nothing outside package access may hold a *DB: access is the one door that
// gives out readers and writers bound to an actor.
package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"io"
	"sync"
	"time"

	"asylon/internal/fault"
	"asylon/internal/journal"
	"asylon/internal/record"
)

// Dialect is what differs between the engines. SQL is written once, with ?
// for parameters, and lower-case DDL with the placeholders of DDL.
type Dialect interface {
	// Name is "sqlite" or "postgres".
	Name() string
	// Rebind turns ? placeholders into the engine's own.
	Rebind(q string) string
	// DDL turns {blob}, {rowid} and the type text into the engine's own.
	DDL(q string) string
	// Prepares tells whether the store should prepare statements itself,
	// because the driver does not keep them.
	Prepares() bool
	// Guards are the statements that make the journal tables append-only.
	Guards() []string
	// Translate gives a driver's error a kind where it means something to a
	// user: disk full, database away, locked, damaged.
	Translate(err error) error
}

// Engine is an opened database: a pool for writing (one connection at a time
// is enough) and one for reading.
type Engine struct {
	Write   *sql.DB
	Read    *sql.DB
	Dialect Dialect
	// Fence, where set, is checked inside every writing transaction and fails
	// when another node has taken over (PostgreSQL).
	Fence func(ctx context.Context, tx *sql.Tx) error
	// Finish is called once when the store is closed, before the pools are.
	Finish func() error
}

// Class says what becomes of a table's rows.
type Class int

// The classes of table.
const (
	Record Class = iota // a projection of the record journals: replayed, compared
	Audit               // a projection of the audit journal: replayed, never exchanged
	State               // this installation's own: not replayed
)

// Table is one table of a room.
type Table struct {
	Name    string
	Class   Class
	Create  string   // DDL of the table with its primary key
	Indexes []string // DDL of secondary indexes, built last in a replay
	// CreatePostgres and IndexesPostgres stand in for Create and Indexes where
	// the engines have no text in common: full-text tables.
	CreatePostgres  string
	IndexesPostgres []string
	// Compare lists the columns that take part in comparisons, in an order
	// that makes rows sortable; empty for tables that hold derived search data.
	Compare []string
}

// ApplyFunc projects one entry into its room's tables. It must be a function
// of the entry and of what the room's tables hold, must give the same tables
// for any order of entries that respects their needs, and must not read the
// clock. It returns a Quarantine error for an entry that breaks a rule.
type ApplyFunc func(ctx context.Context, tx *Tx, e *Applied) error

// EraseFunc takes back what a part of an entry had projected, when the part's
// bytes are erased. It runs while the part is still readable.
type EraseFunc func(ctx context.Context, tx *Tx, e *Applied, part int) error

// Room is what a room registers: its tables, and what it does with entries.
type Room struct {
	Name    string
	Version int // of its projections; a change rebuilds them
	Tables  []Table
	Apply   map[string]ApplyFunc
	Erase   map[string]EraseFunc
	// After runs once after a replay, to build what is cheaper built at once.
	After func(ctx context.Context, tx *Tx) error
}

// DB is an open store.
type DB struct {
	eng    Engine
	rooms  []Room
	apply  map[string][]ApplyFunc
	erase  map[string][]EraseFunc
	now    func() time.Time
	random io.Reader

	mu   sync.Mutex // held by the one writer
	keys map[journalClass]journal.Key
}

// journalClass tells this installation's two journals apart.
type journalClass int

const (
	recordJournal journalClass = iota
	auditJournal
)

// Options are what a store is opened with.
type Options struct {
	Rooms  []Room
	Now    func() time.Time // the clock; time.Now where nil
	Random io.Reader        // salts; crypto/rand where nil
}

// Open prepares the database: core tables and guards, the rooms' tables, and
// the projections rebuilt where their version differs from the program's.
func Open(ctx context.Context, eng Engine, opt Options) (*DB, error) {
	db := &DB{eng: eng, rooms: opt.Rooms, now: opt.Now, random: opt.Random,
		apply: map[string][]ApplyFunc{}, erase: map[string][]EraseFunc{}, keys: map[journalClass]journal.Key{}}
	if db.now == nil {
		db.now = time.Now
	}
	if db.random == nil {
		db.random = rand.Reader
	}
	for _, r := range opt.Rooms {
		for kind, f := range r.Apply {
			db.apply[kind] = append(db.apply[kind], f)
		}
		for kind, f := range r.Erase {
			db.erase[kind] = append(db.erase[kind], f)
		}
	}
	if err := db.prepareSchema(ctx); err != nil {
		return nil, fmt.Errorf("prepare store: %w", err)
	}
	return db, nil
}

// Close waits for a running write and closes the database.
func (db *DB) Close() error {
	db.mu.Lock()
	defer db.mu.Unlock()
	var errs []error
	if db.eng.Finish != nil {
		errs = append(errs, db.eng.Finish())
	}
	if db.eng.Read != db.eng.Write {
		errs = append(errs, db.eng.Read.Close())
	}
	errs = append(errs, db.eng.Write.Close())
	for _, err := range errs {
		if err != nil {
			return fmt.Errorf("close store: %w", err)
		}
	}
	return nil
}

// UseKeys gives the store the keys of this installation's record and audit
// journals, and registers the journals if they are new.
func (db *DB) UseKeys(ctx context.Context, recordKey, auditKey journal.Key) error {
	err := db.Write(ctx, func(tx *Tx) error {
		if err := tx.addJournal(ctx, recordKey.Public(), "record", true); err != nil {
			return err
		}
		return tx.addJournal(ctx, auditKey.Public(), "audit", true)
	})
	if err != nil {
		return fmt.Errorf("register journals: %w", err)
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	db.keys[recordJournal], db.keys[auditJournal] = recordKey, auditKey
	return nil
}

// Dialect is the engine's dialect.
func (db *DB) Dialect() Dialect { return db.eng.Dialect }

// Rooms are the rooms the store was opened with.
func (db *DB) Rooms() []Room { return db.rooms }

// Queryer reads. A *Tx and access's readers are Queryers.
type Queryer interface {
	Query(ctx context.Context, q string, args ...any) (*sql.Rows, error)
	QueryRow(ctx context.Context, q string, args ...any) Row
}

// Row is the result of QueryRow.
type Row interface{ Scan(dest ...any) error }

// Snapshot reads one state of the database.
type Snapshot struct {
	tx *sql.Tx
	d  Dialect
}

// Read calls fn with a snapshot: all its queries see the same state, and no
// writer waits for it.
func (db *DB) Read(ctx context.Context, fn func(*Snapshot) error) error {
	tx, err := db.eng.Read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return db.eng.Dialect.Translate(fmt.Errorf("begin reading: %w", err))
	}
	defer func() { _ = tx.Rollback() }() // nothing was written; the error says nothing
	return db.eng.Dialect.Translate(fn(&Snapshot{tx, db.eng.Dialect}))
}

// Query runs a query on the snapshot.
func (s *Snapshot) Query(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
	return s.tx.QueryContext(ctx, s.d.Rebind(q), args...)
}

// QueryRow runs a query for one row on the snapshot.
func (s *Snapshot) QueryRow(ctx context.Context, q string, args ...any) Row {
	return s.tx.QueryRowContext(ctx, s.d.Rebind(q), args...)
}

// Dialect is the engine's dialect.
func (s *Snapshot) Dialect() Dialect { return s.d }

// Quarantine is the error of an apply function for an entry that breaks a
// rule. The entry is kept and flagged, and has no effect.
type Quarantine struct{ Reason string }

// Error is the reason.
func (q Quarantine) Error() string { return q.Reason }

// Quarantined makes a Quarantine.
func Quarantined(format string, args ...any) error {
	return Quarantine{fmt.Sprintf(format, args...)}
}

// Journal is what the store knows of a journal.
type Journal struct {
	ID         record.JournalID
	Key        []byte // Ed25519 verification key
	Class      string // "record" or "audit"
	Mine       bool
	Size       int64 // entries held without a gap from the first
	Checkpoint []byte
}

// Journals lists all journals in order of id.
func Journals(ctx context.Context, q Queryer) ([]Journal, error) {
	rows, err := q.Query(ctx, `select id, vkey, class, mine, size, checkpoint from journals order by id`)
	if err != nil {
		return nil, fmt.Errorf("list journals: %w", err)
	}
	defer rows.Close()
	var out []Journal
	for rows.Next() {
		var j Journal
		var mine int
		if err := rows.Scan(&j.ID, &j.Key, &j.Class, &mine, &j.Size, &j.Checkpoint); err != nil {
			return nil, fmt.Errorf("list journals: %w", err)
		}
		j.Mine = mine == 1
		out = append(out, j)
	}
	return out, rows.Err()
}

// errNoKey says that a write was tried before UseKeys.
var errNoKey = fault.Forbidden("the store is locked: sign in first")
