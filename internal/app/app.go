// Package app wires an installation together: the folder, the key file, the
// store with every room, the door, and the sign-ins. It is the only package
// that knows the engines and all rooms at once.
//
// An installation starts locked: only the key file has been read. The first
// sign-in opens the store; LockAll closes it again.
package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"asylon/internal/access"
	"asylon/internal/accounts"
	"asylon/internal/advocacy"
	"asylon/internal/blob"
	"asylon/internal/desk"
	"asylon/internal/durable"
	"asylon/internal/fault"
	"asylon/internal/intake"
	"asylon/internal/intake/extract/pdf"
	"asylon/internal/journal"
	"asylon/internal/register"
	"asylon/internal/store"
	"asylon/internal/store/postgres"
	"asylon/internal/store/sqlite"
	"asylon/internal/vault"
)

// Names within an installation's folder.
const (
	keyFileName  = "keys.json"
	databaseName = "asylon.db"
	blobsName    = "blobs"
	socketName   = "asylon.sock"
)

// Options are what an installation is opened with.
type Options struct {
	Database string           // a PostgreSQL address; empty for the embedded store
	Now      func() time.Time // time.Now where nil
	KDF      vault.KDF        // of new passphrases; the standard where zero
}

func (o Options) clock() func() time.Time {
	if o.Now != nil {
		return o.Now
	}
	return time.Now
}

// App is an installation's folder, held by this process. It is safe for
// concurrent use.
type App struct {
	dir  string
	opt  Options
	lock *durable.Lock
	file *vault.File

	mu   sync.Mutex
	open *Installation // nil while locked; guarded by mu
}

// Installation is an unlocked installation: what doors find on the desk, and
// what only app may touch.
type Installation struct {
	desk.Desk
	DB   *store.DB
	Door *access.Door

	blobs *blob.Dir
	pdf   *pdf.Reader
}

// close lets go of everything an unlocked installation holds.
func (in *Installation) close() error {
	var errs []error
	if in.pdf != nil {
		errs = append(errs, in.pdf.Close())
	}
	if in.blobs != nil {
		errs = append(errs, in.blobs.Close())
	}
	return errors.Join(append(errs, in.DB.Close())...)
}

// medium is the key file on disk.
type medium string

func (m medium) Read() ([]byte, error) { return os.ReadFile(string(m)) }

func (m medium) Write(b []byte) error { return durable.WriteFile(string(m), b) }

// Init makes a new installation in dir, which must be empty or absent, with
// its first user.
func Init(ctx context.Context, dir string, opt Options, login, name, passphrase, lang string) error {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return fault.Conflict("the folder %s is not empty; choose a new one", dir)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fault.Wrap(fault.KindUnavailable, err, "the folder cannot be read")
	}
	if _, err := durable.MakeDir(dir); err != nil {
		return err
	}
	lock, err := durable.LockDir(dir)
	if err != nil {
		return err
	}
	defer lock.Unlock()
	kdf := opt.KDF
	if kdf == (vault.KDF{}) {
		kdf = vault.StandardKDF()
	}
	file, u, err := vault.Create(ctx, medium(filepath.Join(dir, keyFileName)), vault.NewDeriver(), kdf, accounts.FoldLogin(login), passphrase)
	if err != nil {
		return err
	}
	defer u.Close()
	if err := newSecrets(u); err != nil {
		return err
	}
	a := &App{dir: dir, opt: opt, file: file}
	in, err := a.unlock(ctx, u)
	if err != nil {
		return err
	}
	defer in.close()
	if err := in.Accounts.Begin(ctx, u, login, name, lang); err != nil {
		return err
	}
	return in.seed(ctx)
}

// newSecrets makes the database key and the keys of the two journals.
func newSecrets(u *vault.Unlocked) error {
	seed := func() []byte {
		b := make([]byte, 32)
		_, _ = rand.Read(b) // crypto/rand.Read never fails
		return b
	}
	if err := u.AddSecret(vault.DatabaseSecret, seed(), u.ID()); err != nil {
		return err
	}
	for _, named := range []func(string) vault.SecretName{vault.JournalSecret, vault.AuditSecret} {
		s := seed()
		k, err := journal.NewKey(s)
		if err != nil {
			return err
		}
		if err := u.AddSecret(named(string(k.Journal())), s, u.ID()); err != nil {
			return err
		}
	}
	return nil
}

// Open takes hold of an installation's folder. It starts locked.
func Open(dir string, opt Options) (*App, error) {
	lock, err := durable.LockDir(dir)
	if err != nil {
		return nil, err
	}
	file, err := vault.Open(medium(filepath.Join(dir, keyFileName)), vault.NewDeriver())
	if err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	return &App{dir: dir, opt: opt, lock: lock, file: file}, nil
}

// Close locks the installation and lets go of the folder.
func (a *App) Close() error {
	return errors.Join(a.LockAll(), a.lock.Unlock())
}

// SignIn unlocks a user and, where the store is still locked, the store. It
// returns the session's cookie.
func (a *App) SignIn(ctx context.Context, login, passphrase string) (cookie string, err error) {
	u, err := a.file.Unlock(ctx, accounts.FoldLogin(login), passphrase)
	if err != nil {
		return "", err
	}
	defer u.Close()
	a.mu.Lock()
	in := a.open
	if in == nil {
		if in, err = a.unlock(ctx, u); err == nil {
			a.open = in
		}
	}
	a.mu.Unlock()
	if err != nil {
		return "", err
	}
	_, cookie, err = in.Accounts.Enter(ctx, u)
	return cookie, err
}

// unlock opens the store with a user's secrets.
func (a *App) unlock(ctx context.Context, u *vault.Unlocked) (*Installation, error) {
	eng, err := a.engine(ctx, u)
	if err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, eng, store.Options{Rooms: Rooms(), Now: a.opt.Now})
	if err != nil {
		return nil, err
	}
	if err := a.useKeys(ctx, db, u); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	now := a.opt.clock()
	in := &Installation{DB: db, Door: access.NewDoor(db, now)}
	if in.blobs, err = blob.OpenDir(filepath.Join(a.dir, blobsName)); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if _, err := in.blobs.Sweep(); err != nil {
		return nil, errors.Join(err, in.close())
	}
	in.pdf = pdf.New(pdf.Options{CacheDir: cacheDir()})
	lex := &register.Lexicon{}
	in.Desk = desk.Desk{Accounts: accounts.New(db, in.Door, a.file, now), Lexicon: lex,
		Intake: intake.New(in.blobs, in.pdf), Figures: advocacy.Kept{Lexicon: lex}}
	return in, nil
}

// cacheDir is where the compiled PDF reader is kept between starts; empty
// where the system has no place for it. Nothing of any document goes there.
func cacheDir() string {
	base, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	dir := filepath.Join(base, "asylon")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return ""
	}
	return dir
}

func (a *App) engine(ctx context.Context, u *vault.Unlocked) (store.Engine, error) {
	if a.opt.Database != "" {
		return postgres.Open(ctx, a.opt.Database)
	}
	key, err := u.Secret(vault.DatabaseSecret)
	if err != nil {
		return store.Engine{}, err
	}
	defer clear(key)
	return sqlite.Open(ctx, filepath.Join(a.dir, databaseName), key)
}

// useKeys gives the store the signing keys of this installation's journals.
func (a *App) useKeys(ctx context.Context, db *store.DB, u *vault.Unlocked) error {
	find := func(prefix string) (journal.Key, error) {
		for _, n := range a.file.Secrets() {
			if strings.HasPrefix(string(n), prefix) {
				seed, err := u.Secret(n)
				if err != nil {
					return journal.Key{}, err
				}
				defer clear(seed)
				return journal.NewKey(seed)
			}
		}
		return journal.Key{}, fault.Corrupt("the key file holds no key for %s", prefix)
	}
	rec, err := find("journal/")
	if err != nil {
		return err
	}
	audit, err := find("audit/")
	if err != nil {
		return err
	}
	return db.UseKeys(ctx, rec, audit)
}

// Installation is the unlocked installation; a locked one is forbidden.
func (a *App) Installation() (*Installation, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.open == nil {
		return nil, fault.Forbidden("the installation is locked: sign in first")
	}
	return a.open, nil
}

// Desk is what a door finds when the installation is unlocked.
func (a *App) Desk() (*desk.Desk, error) {
	in, err := a.Installation()
	if err != nil {
		return nil, err
	}
	return &in.Desk, nil
}

// Locked tells whether nobody has signed in since the start or the last lock.
func (a *App) Locked() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.open == nil
}

// LockAll ends every sign-in and closes the store. Requests that are running
// finish first.
func (a *App) LockAll() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.open == nil {
		return nil
	}
	a.open.Accounts.LeaveAll()
	err := a.open.close()
	a.open = nil
	if err != nil {
		return fmt.Errorf("lock: %w", err)
	}
	return nil
}

// Dir is the installation's folder.
func (a *App) Dir() string { return a.dir }
