// Package sqlite opens Asylon's embedded store: SQLite through a pure-Go
// driver, every file encrypted by the Adiantum VFS, write-ahead log, and a
// full flush at each commit (with less, acknowledged writes are lost when the
// power fails).
//
// The VFS hides contents; it does not authenticate them. That is the work of
// the journal's signed tree and of the sealed parts.
package sqlite

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	sqlite3 "github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
	"github.com/ncruces/go-sqlite3/ext/fts5"
	_ "github.com/ncruces/go-sqlite3/vfs/adiantum" // registers the encrypting VFS
	"github.com/ncruces/go-sqlite3/vfs/mvcc"

	"asylon/internal/fault"
	"asylon/internal/store"
)

// KeySize is the length of the database key in bytes.
const KeySize = 32

// Page cache of the connections, in KiB. One writer and few readers: the sum
// stays well under the memory a small machine can spare.
const (
	writerCache = 64 << 10
	readerCache = 24 << 10
	readers     = 4
)

// Open opens or creates the encrypted database file at path.
func Open(ctx context.Context, path string, key []byte) (store.Engine, error) {
	if len(key) != KeySize {
		return store.Engine{}, fmt.Errorf("database key is %d bytes, not %d", len(key), KeySize)
	}
	// Made by us first, so that nobody but the owner can open it; SQLite gives
	// the write-ahead log the same mode.
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return store.Engine{}, fault.Wrap(fault.KindUnavailable, err, "the database file cannot be opened for writing: check the folder's permissions and free space")
	}
	if err := f.Close(); err != nil {
		return store.Engine{}, fmt.Errorf("open database: %w", err)
	}
	hexkey := hex.EncodeToString(key)
	uri := "file:" + (&url.URL{Path: path}).EscapedPath() + "?vfs=adiantum"
	return open(ctx, uri, "pragma hexkey='"+hexkey+"'")
}

// OpenMemory opens an empty database in memory under a name that no other in
// the process may have, for tests and for the comparison replay of verify. It
// is gone when the engine is closed.
func OpenMemory(ctx context.Context, name string) (store.Engine, error) {
	mvcc.Create(name, mvcc.Snapshot{})
	e, err := open(ctx, "file:/"+url.PathEscape(name)+"?vfs=mvcc", "")
	e.Finish = func() error { mvcc.Delete(name); return nil }
	return e, err
}

func open(ctx context.Context, uri, keyPragma string) (store.Engine, error) {
	w, err := driver.Open(uri+"&_txlock=immediate", setup(keyPragma, writerCache, false))
	if err != nil {
		return store.Engine{}, translate(fmt.Errorf("open database: %w", err))
	}
	w.SetMaxOpenConns(1)
	if err := w.PingContext(ctx); err != nil {
		_ = w.Close() // the open error is the one to report
		return store.Engine{}, translate(fmt.Errorf("open database: %w", err))
	}
	r, err := driver.Open(uri+"&_txlock=deferred", setup(keyPragma, readerCache, true))
	if err != nil {
		_ = w.Close()
		return store.Engine{}, translate(fmt.Errorf("open database for reading: %w", err))
	}
	r.SetMaxOpenConns(readers)
	r.SetMaxIdleConns(readers)
	return store.Engine{Write: w, Read: r, Dialect: Dialect{}}, nil
}

// setup configures each connection as it opens. The key comes first, before
// anything reads the file.
func setup(keyPragma string, cacheKiB int, readOnly bool) func(*sqlite3.Conn) error {
	return func(c *sqlite3.Conn) error {
		pragmas := []string{"pragma busy_timeout=10000"}
		if keyPragma != "" {
			pragmas = append([]string{keyPragma}, pragmas...)
			pragmas = append(pragmas, "pragma journal_mode=wal", "pragma synchronous=full")
		}
		pragmas = append(pragmas, "pragma temp_store=memory", "pragma foreign_keys=on", "pragma secure_delete=on",
			"pragma trusted_schema=off", fmt.Sprintf("pragma cache_size=-%d", cacheKiB))
		if readOnly {
			pragmas = append(pragmas, "pragma query_only=on")
		}
		for _, p := range pragmas {
			if err := c.Exec(p); err != nil {
				// The pragma's text may hold the key: say only its first words.
				return fmt.Errorf("configure database: %w", err)
			}
		}
		return fts5.Register(c)
	}
}

// Dialect is SQLite's side of store.Dialect.
type Dialect struct{}

// Name is "sqlite".
func (Dialect) Name() string { return "sqlite" }

// Rebind leaves ? as it is.
func (Dialect) Rebind(q string) string { return q }

// Prepares is true: the driver compiles a statement at each call.
func (Dialect) Prepares() bool { return true }

// DDL fills in SQLite's types.
func (Dialect) DDL(q string) string {
	return strings.NewReplacer("{blob}", "blob", "{rowid}", "integer primary key", "{withoutrowid}", "without rowid").Replace(q)
}

// Guards keep the journal append-only. Erasing a part and filling in a
// withheld one are the exceptions.
func (Dialect) Guards() []string {
	return []string{
		`create trigger if not exists entries_no_delete before delete on entries begin select raise(abort, 'the journal is append-only'); end`,
		`create trigger if not exists entries_no_change before update of jn, seq, header on entries begin select raise(abort, 'the journal is append-only'); end`,
		`create trigger if not exists parts_no_delete before delete on parts begin select raise(abort, 'the journal is append-only'); end`,
		`create trigger if not exists parts_no_change before update on parts
			when not (new.jn = old.jn and new.seq = old.seq and new.n = old.n and
				((new.state = 1 and new.body is null) or (old.state = 2 and old.body is null)))
			begin select raise(abort, 'the journal is append-only'); end`,
		`create trigger if not exists tree_no_delete before delete on tree begin select raise(abort, 'the journal is append-only'); end`,
		`create trigger if not exists tree_no_change before update on tree begin select raise(abort, 'the journal is append-only'); end`,
	}
}

// Translate gives SQLite's errors a kind where a user can act on them.
func (Dialect) Translate(err error) error { return translate(err) }

func translate(err error) error {
	if err == nil || fault.KindOf(err) != fault.KindInternal {
		return err
	}
	switch {
	case errors.Is(err, sqlite3.FULL):
		return fault.Wrap(fault.KindUnavailable, err, "the disk is full: nothing was changed; free some space and try again")
	case errors.Is(err, sqlite3.BUSY), errors.Is(err, sqlite3.LOCKED):
		return fault.Wrap(fault.KindUnavailable, err, "the store is busy: nothing was changed; try again")
	case errors.Is(err, sqlite3.CORRUPT):
		return fault.Wrap(fault.KindCorrupt, err, "the database file is damaged: run asylon verify, and restore from a copy if it says so")
	case errors.Is(err, sqlite3.NOTADB):
		return fault.Wrap(fault.KindCorrupt, err, "the database file cannot be read with this key: it is damaged, or the key file belongs to another folder")
	case errors.Is(err, sqlite3.IOERR):
		return fault.Wrap(fault.KindUnavailable, err, "the disk reported an error: nothing was changed; check the disk before going on")
	case errors.Is(err, sqlite3.READONLY), errors.Is(err, sqlite3.CANTOPEN):
		return fault.Wrap(fault.KindUnavailable, err, "the database file cannot be opened for writing: check the folder's permissions and free space")
	}
	return err
}
