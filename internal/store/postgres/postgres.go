// Package postgres opens Asylon's store on PostgreSQL, for offices that have
// outgrown one machine. One node is active: it holds a lease whose fencing
// number every writing transaction checks, so that a node that was taken over
// cannot write again. Standbys follow by PostgreSQL's own replication.
//
// PostgreSQL does not encrypt its files; sealed parts are ciphertext there
// too, general content is not. Encrypting the disk is the operator's work and
// the manual says so.
package postgres

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"asylon/internal/fault"
	"asylon/internal/store"
)

// How long a lease holds without being renewed, and how often it is renewed.
// A node that cannot renew stops writing when the lease runs out, because the
// fencing number has moved or the check below finds it expired.
const (
	leaseTime = 30 * time.Second
	renewTime = 10 * time.Second
)

const readers = 8

// Open connects to the database at url and takes the lease. It is
// unavailable while another node holds the lease.
func Open(ctx context.Context, url string) (store.Engine, error) {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		// The driver's message may repeat the URL with its password.
		return store.Engine{}, fault.Invalid("the database address is not understood; write it like postgres://user@host/name")
	}
	cfg.RuntimeParams["application_name"] = "asylon"
	cfg.RuntimeParams["timezone"] = "UTC"
	w := stdlib.OpenDB(*cfg)
	w.SetMaxOpenConns(2) // the writer, and the lease's renewal
	r := stdlib.OpenDB(*cfg)
	r.SetMaxOpenConns(readers)
	l := &lease{db: w, holder: newHolder()}
	if err := l.take(ctx); err != nil {
		_ = w.Close() // the first error is the one to report
		_ = r.Close()
		return store.Engine{}, translate(err)
	}
	l.keep()
	return store.Engine{Write: w, Read: r, Dialect: Dialect{}, Fence: l.check, Finish: l.release}, nil
}

func newHolder() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails: crypto/rand.Read aborts the program instead
	return hex.EncodeToString(b)
}

// lease is the right to be the one node that writes.
type lease struct {
	db     *sql.DB
	holder string
	fence  int64
	stop   context.CancelFunc
	wg     sync.WaitGroup
}

func (l *lease) take(ctx context.Context) error {
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // after a commit this does nothing
	// Two nodes that start at once must not both create the table.
	if _, err := tx.ExecContext(ctx, `select pg_advisory_xact_lock(4711209)`); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `create table if not exists lease (
		one bigint primary key check (one = 1), holder text not null, fence bigint not null, expires timestamptz not null)`); err != nil {
		return fmt.Errorf("create lease: %w", err)
	}
	if _, err := tx.ExecContext(ctx, `insert into lease values (1, '', 0, '-infinity') on conflict do nothing`); err != nil {
		return fmt.Errorf("create lease: %w", err)
	}
	err = tx.QueryRowContext(ctx, `update lease set holder = $1, fence = fence + 1, expires = now() + make_interval(secs => $2)
		where one = 1 and (holder = '' or expires < now()) returning fence`, l.holder, leaseTime.Seconds()).Scan(&l.fence)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.Unavailable("another server is writing to this database; stop it, or wait %d seconds after it has stopped", int(leaseTime.Seconds()))
	}
	if err != nil {
		return fmt.Errorf("take lease: %w", err)
	}
	return tx.Commit()
}

// keep renews the lease until release.
func (l *lease) keep() {
	ctx, cancel := context.WithCancel(context.Background())
	l.stop = cancel
	l.wg.Go(func() {
		t := time.NewTicker(renewTime)
		defer t.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-t.C:
				// A failure to renew needs no handling here: when the lease has
				// run out, check refuses every write.
				_, _ = l.db.ExecContext(ctx, `update lease set expires = now() + make_interval(secs => $1)
					where one = 1 and fence = $2`, leaseTime.Seconds(), l.fence)
			}
		}
	})
}

// check fails unless this node still holds the lease. The row lock it takes
// makes a take-over wait for the transaction to end.
func (l *lease) check(ctx context.Context, tx *sql.Tx) error {
	var ok bool
	err := tx.QueryRowContext(ctx, `select fence = $1 and expires > now() from lease where one = 1 for share`, l.fence).Scan(&ok)
	if err != nil {
		return fmt.Errorf("check lease: %w", err)
	}
	if !ok {
		return fault.Unavailable("another server has taken over this database: nothing was changed here; restart this one as a standby")
	}
	return nil
}

func (l *lease) release() error {
	l.stop()
	l.wg.Wait()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	_, err := l.db.ExecContext(ctx, `update lease set holder = '', expires = '-infinity' where one = 1 and fence = $1`, l.fence)
	return err
}

// Dialect is PostgreSQL's side of store.Dialect.
type Dialect struct{}

// Name is "postgres".
func (Dialect) Name() string { return "postgres" }

// Prepares is false: the driver keeps prepared statements by itself.
func (Dialect) Prepares() bool { return false }

// Rebind numbers the placeholders, leaving quoted text alone.
func (Dialect) Rebind(q string) string {
	var b strings.Builder
	b.Grow(len(q) + 16)
	n, quoted := 0, false
	for i := range len(q) {
		switch c := q[i]; {
		case c == '\'':
			quoted = !quoted
			b.WriteByte(c)
		case c == '?' && !quoted:
			n++
			fmt.Fprintf(&b, "$%d", n)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// Text is compared byte by byte on both engines, so that they sort alike.
var textType = regexp.MustCompile(`\btext\b`)

// DDL fills in PostgreSQL's types.
func (Dialect) DDL(q string) string {
	q = strings.NewReplacer("{blob}", "bytea", "{rowid}", "bigint generated by default as identity primary key", "{withoutrowid}", "").Replace(q)
	return textType.ReplaceAllString(q, `text collate "C"`)
}

// Guards keep the journal append-only. Erasing a part and filling in a
// withheld one are the exceptions.
func (Dialect) Guards() []string {
	out := []string{
		`create or replace function asylon_append_only() returns trigger language plpgsql as $$
			begin raise exception 'the journal is append-only'; end $$`,
	}
	trigger := func(name, when, table, cond string) {
		out = append(out, `drop trigger if exists `+name+` on `+table,
			`create trigger `+name+` before `+when+` on `+table+` for each row `+cond+` execute function asylon_append_only()`)
	}
	trigger("entries_no_delete", "delete", "entries", "")
	trigger("entries_no_change", "update of jn, seq, header", "entries", "")
	trigger("parts_no_delete", "delete", "parts", "")
	trigger("parts_no_change", "update", "parts", `when (not (new.jn = old.jn and new.seq = old.seq and new.n = old.n and
		((new.state = 1 and new.body is null) or (old.state = 2 and old.body is null))))`)
	trigger("tree_no_delete", "delete", "tree", "")
	trigger("tree_no_change", "update", "tree", "")
	return out
}

// Translate gives PostgreSQL's errors a kind where a user can act on them.
func (Dialect) Translate(err error) error { return translate(err) }

func translate(err error) error {
	if err == nil || fault.KindOf(err) != fault.KindInternal {
		return err
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch {
		case pg.Code == "53100":
			return fault.Wrap(fault.KindUnavailable, err, "the database's disk is full: nothing was changed; free some space and try again")
		case strings.HasPrefix(pg.Code, "53"), strings.HasPrefix(pg.Code, "57"), strings.HasPrefix(pg.Code, "40"), pg.Code == "55P03":
			return fault.Wrap(fault.KindUnavailable, err, "the database is busy or stopping: nothing was changed; try again")
		case pg.Code == "XX001", pg.Code == "XX002":
			return fault.Wrap(fault.KindCorrupt, err, "the database reports damaged data: run asylon verify, and restore from a copy if it says so")
		case strings.HasPrefix(pg.Code, "28"), pg.Code == "3D000":
			return fault.Wrap(fault.KindUnavailable, err, "the database refuses the connection: check its address, user and password")
		}
		return err
	}
	var ce *pgconn.ConnectError
	if errors.As(err, &ce) {
		return fault.Wrap(fault.KindUnavailable, err, "the database cannot be reached: check that it runs and its address")
	}
	return err
}
