// Package accesstest opens stores for tests of rooms: the real engines, the
// real door, and a ring whose keys live in memory.
//
//	accesstest.Each(t, []store.Room{register.Room()}, func(t *testing.T, e *accesstest.Env) { … })
//
// Each runs the test on SQLite in memory and, where ASYLON_TEST_POSTGRES
// names a server, on PostgreSQL in a schema of its own.
package accesstest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/crypto/chacha20poly1305"

	"asylon/internal/access"
	"asylon/internal/fault"
	"asylon/internal/journal"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/store"
	"asylon/internal/store/postgres"
	"asylon/internal/store/sqlite"
)

// PostgresEnv names the variable that holds the address of a test server.
const PostgresEnv = "ASYLON_TEST_POSTGRES"

// Env is an open store with its door and clock.
type Env struct {
	DB   *store.DB
	Door *access.Door
	Now  time.Time // what the store's clock says; change it between operations
	Keys map[record.Compartment][]byte

	close func()
}

// Close closes the store before the test ends, for tests that open many.
func (e *Env) Close() { e.close() }

var counter atomic.Int64

// Each runs fn on every engine that is there.
func Each(t *testing.T, rooms []store.Room, fn func(t *testing.T, e *Env)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, Memory(t, rooms)) })
	t.Run("postgres", func(t *testing.T) {
		if os.Getenv(PostgresEnv) == "" {
			t.Skipf("%s is not set: no PostgreSQL to test on", PostgresEnv)
		}
		fn(t, Postgres(t, rooms))
	})
}

// Memory opens a SQLite store in memory.
func Memory(t testing.TB, rooms []store.Room) *Env {
	t.Helper()
	eng, err := sqlite.OpenMemory(context.Background(), fmt.Sprintf("accesstest-%d", counter.Add(1)))
	if err != nil {
		t.Fatal(err)
	}
	return open(t, eng, rooms)
}

// Postgres opens a store in a fresh schema of the test server.
func Postgres(t testing.TB, rooms []store.Room) *Env {
	t.Helper()
	base := os.Getenv(PostgresEnv)
	schema := fmt.Sprintf("t%d_%d", os.Getpid(), counter.Add(1))
	admin, err := sql.Open("pgx", base)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := admin.Exec(`create schema ` + schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := admin.Exec(`drop schema ` + schema + ` cascade`); err != nil {
			t.Error(err)
		}
		if err := admin.Close(); err != nil {
			t.Error(err)
		}
	})
	sep := "?"
	if strings.Contains(base, "?") {
		sep = "&"
	}
	eng, err := postgres.Open(context.Background(), base+sep+"search_path="+url.QueryEscape(schema))
	if err != nil {
		t.Fatal(err)
	}
	return open(t, eng, rooms)
}

func open(t testing.TB, eng store.Engine, rooms []store.Room) *Env {
	t.Helper()
	e := &Env{Now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC), Keys: map[record.Compartment][]byte{}}
	clock := func() time.Time { return e.Now }
	db, err := store.Open(context.Background(), eng, store.Options{Rooms: append([]store.Room{access.Room()}, rooms...), Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	e.close = sync.OnceFunc(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(e.close)
	if err := db.UseKeys(context.Background(), newKey(t), newKey(t)); err != nil {
		t.Fatal(err)
	}
	e.DB, e.Door = db, access.NewDoor(db, clock)
	for _, c := range []record.Compartment{record.Identities, record.Sources} {
		e.Keys[c] = random(chacha20poly1305.KeySize)
	}
	return e
}

func newKey(t testing.TB) journal.Key {
	t.Helper()
	k, err := journal.NewKey(random(32))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // crypto/rand.Read never fails
	return b
}

// As begins a session of a user with these roles who holds no compartment.
func (e *Env) As(id string, roles ...policy.Role) *access.Session {
	return e.Holding(id, nil, roles...)
}

// Holding begins a session of a user who can open the named compartments.
func (e *Env) Holding(id string, held []record.Compartment, roles ...policy.Role) *access.Session {
	r := &ring{keys: e.Keys, held: map[record.Compartment]bool{}}
	for _, c := range held {
		r.held[c] = true
	}
	return e.Door.Enter(access.Actor{ID: record.Actor("u:" + id), Login: id, Name: id, Roles: roles}, r)
}

// ring derives record keys from compartment keys in memory. It is a stand-in
// for the vault's key tables, with real encryption.
type ring struct {
	mu   sync.Mutex
	keys map[record.Compartment][]byte
	held map[record.Compartment]bool
}

func (r *ring) Member(c record.Compartment) bool { return r.held[c] }

func (r *ring) key(c record.Compartment, of record.ID) box {
	r.mu.Lock()
	defer r.mu.Unlock()
	k := sha256.Sum256(append(append([]byte{}, r.keys[c]...), of...))
	return box(k)
}

func (r *ring) Sealer(_ context.Context, _ *store.Tx, c record.Compartment, of record.ID) (journal.Sealer, error) {
	return r.key(c, of), nil
}

func (r *ring) Opener(_ context.Context, _ store.Queryer, c record.Compartment, of record.ID, _ int) (journal.Opener, error) {
	if !r.held[c] {
		return nil, fault.NotFound("no key")
	}
	return r.key(c, of), nil
}

type box [32]byte

func (box) Epoch() int { return 1 }

func (b box) Seal(ad, plain []byte) ([]byte, error) {
	a, err := chacha20poly1305.NewX(b[:])
	if err != nil {
		return nil, err
	}
	nonce := random(a.NonceSize())
	return a.Seal(nonce, nonce, plain, ad), nil
}

func (b box) Open(ad, sealed []byte) ([]byte, error) {
	a, err := chacha20poly1305.NewX(b[:])
	if err != nil {
		return nil, err
	}
	if len(sealed) < a.NonceSize() {
		return nil, fault.Corrupt("too short")
	}
	return a.Open(nil, sealed[:a.NonceSize()], sealed[a.NonceSize():], ad)
}
