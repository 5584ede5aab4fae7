package store

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"asylon/internal/journal"
	"asylon/internal/record"
)

// Tx is a writing transaction: the only place where entries are appended and
// tables change. Rooms' apply functions get one; access wraps one.
type Tx struct {
	db    *DB
	tx    *sql.Tx
	prep  map[string]*sql.Stmt       // prepared in this transaction, and closed with it
	heads map[int64]*head            // journals this transaction appends to, by number
	jns   map[record.JournalID]int64 // local numbers of journals
	apply applySet                   // which entries have been processed, see replay.go
	// unguarded, where set, tells of which journals an entry that breaks a rule
	// ends the transaction, so that no savepoint is needed for it.
	unguarded func(record.JournalID) bool
}

// head is the growing end of a journal within a transaction.
type head struct {
	jn     int64
	size   int64
	key    *journal.Key // nil for another installation's journal
	dirty  bool
	hashes map[int64]tlog.Hash // read or written in this transaction
}

// Write runs fn in a transaction. Whatever fn appended and changed is
// committed together with new checkpoints, or not at all.
func (db *DB) Write(ctx context.Context, fn func(*Tx) error) error {
	db.mu.Lock()
	defer db.mu.Unlock()
	return db.writeLocked(ctx, fn)
}

func (db *DB) writeLocked(ctx context.Context, fn func(*Tx) error) error {
	return db.rawTx(ctx, func(raw *sql.Tx) error {
		if db.eng.Fence != nil {
			if err := db.eng.Fence(ctx, raw); err != nil {
				return err
			}
		}
		tx := db.begin(raw)
		if err := fn(tx); err != nil {
			return err
		}
		return tx.seal(ctx)
	})
}

// begin wraps a raw transaction. The caller holds mu.
func (db *DB) begin(raw *sql.Tx) *Tx {
	tx := &Tx{db: db, tx: raw, heads: map[int64]*head{}, jns: map[record.JournalID]int64{}}
	if db.eng.Dialect.Prepares() {
		tx.prep = map[string]*sql.Stmt{}
	}
	tx.apply = (*tableSet)(tx)
	return tx
}

// stmt prepares q once in the transaction, where the engine's driver does not
// keep prepared statements by itself; otherwise it returns nil.
func (tx *Tx) stmt(ctx context.Context, q string) (*sql.Stmt, error) {
	if tx.prep == nil {
		return nil, nil
	}
	if s, ok := tx.prep[q]; ok {
		return s, nil
	}
	s, err := tx.tx.PrepareContext(ctx, tx.db.eng.Dialect.Rebind(q))
	if err != nil {
		return nil, fmt.Errorf("prepare %.60q: %w", q, err)
	}
	tx.prep[q] = s
	return s, nil
}

// Exec runs a statement.
func (tx *Tx) Exec(ctx context.Context, q string, args ...any) (sql.Result, error) {
	s, err := tx.stmt(ctx, q)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return tx.tx.ExecContext(ctx, tx.db.eng.Dialect.Rebind(q), args...)
	}
	return s.ExecContext(ctx, args...)
}

// Query runs a query.
func (tx *Tx) Query(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
	s, err := tx.stmt(ctx, q)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return tx.tx.QueryContext(ctx, tx.db.eng.Dialect.Rebind(q), args...)
	}
	return s.QueryContext(ctx, args...)
}

// QueryRow runs a query for one row.
func (tx *Tx) QueryRow(ctx context.Context, q string, args ...any) Row {
	s, err := tx.stmt(ctx, q)
	if err != nil {
		return errRow{err}
	}
	if s == nil {
		return tx.tx.QueryRowContext(ctx, tx.db.eng.Dialect.Rebind(q), args...)
	}
	return s.QueryRowContext(ctx, args...)
}

type errRow struct{ err error }

func (r errRow) Scan(...any) error { return r.err }

// Dialect is the engine's dialect.
func (tx *Tx) Dialect() Dialect { return tx.db.eng.Dialect }

// Now is the instant of the transaction, for state rows. Apply functions do
// not use it: an entry carries its own time.
func (tx *Tx) Now() time.Time { return tx.db.now() }

// addJournal registers a journal by its verification key, if it is new.
func (tx *Tx) addJournal(ctx context.Context, pub ed25519.PublicKey, class string, mine bool) error {
	id := journal.JournalOf(pub)
	m := 0
	if mine {
		m = 1
	}
	_, err := tx.Exec(ctx, `insert into journals (id, vkey, class, mine, size) values (?, ?, ?, ?, 0)
		on conflict (id) do nothing`, string(id), []byte(pub), class, m)
	if err != nil {
		return fmt.Errorf("add journal %s: %w", id, err)
	}
	return nil
}

// Meet registers another installation's record journal, so that its entries
// can be received.
func (tx *Tx) Meet(ctx context.Context, pub ed25519.PublicKey) error {
	return tx.addJournal(ctx, pub, "record", false)
}

// jn is the local number of a journal.
func (tx *Tx) jn(ctx context.Context, id record.JournalID) (int64, error) {
	if n, ok := tx.jns[id]; ok {
		return n, nil
	}
	var n int64
	if err := tx.QueryRow(ctx, `select jn from journals where id = ?`, string(id)).Scan(&n); err != nil {
		return 0, err
	}
	tx.jns[id] = n
	return n, nil
}

// head loads the growing end of a journal.
func (tx *Tx) head(ctx context.Context, jn int64, key *journal.Key) (*head, error) {
	if h, ok := tx.heads[jn]; ok {
		return h, nil
	}
	h := &head{jn: jn, key: key, hashes: map[int64]tlog.Hash{}}
	if err := tx.QueryRow(ctx, `select size from journals where jn = ?`, jn).Scan(&h.size); err != nil {
		return nil, fmt.Errorf("load journal head: %w", err)
	}
	tx.heads[jn] = h
	return h, nil
}

// reader reads tree hashes through the transaction's own.
func (tx *Tx) reader(ctx context.Context, h *head) tlog.HashReaderFunc {
	return func(idx []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(idx))
		for i, x := range idx {
			if got, ok := h.hashes[x]; ok {
				out[i] = got
				continue
			}
			var b []byte
			if err := tx.QueryRow(ctx, `select hash from tree where jn = ? and idx = ?`, h.jn, x).Scan(&b); err != nil {
				return nil, fmt.Errorf("read tree hash %d: %w", x, err)
			}
			copy(out[i][:], b)
			h.hashes[x] = out[i]
		}
		return out, nil
	}
}

// grow adds the next leaf to a journal's tree.
func (tx *Tx) grow(ctx context.Context, h *head, raw []byte) error {
	hs, err := tlog.StoredHashes(h.size, raw, tx.reader(ctx, h))
	if err != nil {
		return fmt.Errorf("grow tree: %w", err)
	}
	at := tlog.StoredHashIndex(0, h.size)
	for i, x := range hs {
		if _, err := tx.Exec(ctx, `insert into tree (jn, idx, hash) values (?, ?, ?)`, h.jn, at+int64(i), x[:]); err != nil {
			return fmt.Errorf("grow tree: %w", err)
		}
		h.hashes[at+int64(i)] = x
	}
	h.size++
	h.dirty = true
	return nil
}

// seal writes the sizes and signed checkpoints of the journals that grew.
func (tx *Tx) seal(ctx context.Context) error {
	for _, h := range tx.heads {
		if !h.dirty {
			continue
		}
		if h.key == nil {
			if _, err := tx.Exec(ctx, `update journals set size = ? where jn = ?`, h.size, h.jn); err != nil {
				return fmt.Errorf("note journal size: %w", err)
			}
			continue
		}
		root, err := tlog.TreeHash(h.size, tx.reader(ctx, h))
		if err != nil {
			return fmt.Errorf("compute root: %w", err)
		}
		cp, err := h.key.Sign(h.size, root)
		if err != nil {
			return fmt.Errorf("sign checkpoint: %w", err)
		}
		if _, err := tx.Exec(ctx, `update journals set size = ?, checkpoint = ? where jn = ?`, h.size, cp, h.jn); err != nil {
			return fmt.Errorf("note checkpoint: %w", err)
		}
	}
	return nil
}

// noRows tells an absent row from a failure.
func noRows(err error) bool { return errors.Is(err, sql.ErrNoRows) }
