package accounts

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"asylon/internal/access"
	"asylon/internal/fault"
	"asylon/internal/journal"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/store"
	"asylon/internal/vault"
)

// How long a sign-in lasts: without being used, and at most.
const (
	Idle     = 20 * time.Minute
	Absolute = 8 * time.Hour
)

// Accounts are the sign-ins of one running installation. It is safe for
// concurrent use.
type Accounts struct {
	db   *store.DB
	door *access.Door
	file *vault.File
	now  func() time.Time

	mu    sync.Mutex
	live  map[[sha256.Size]byte]*signIn // by hash of the cookie's token; guarded by mu
	links map[[sha256.Size]byte]string  // one-time links to cookies; guarded by mu
}

// signIn is one signed-in user. The identity lies in a box whose secret only
// the cookie holds.
type signIn struct {
	session *access.Session
	box     vault.Box
	member  map[record.Compartment]bool
	began   time.Time
	used    time.Time
}

// New makes the accounts of an open store.
func New(db *store.DB, door *access.Door, file *vault.File, now func() time.Time) *Accounts {
	return &Accounts{db: db, door: door, file: file, now: now,
		live: map[[sha256.Size]byte]*signIn{}, links: map[[sha256.Size]byte]string{}}
}

// Begin makes the first user of a new installation, with every role, and the
// two compartments every installation has, with that user as their member.
func (a *Accounts) Begin(ctx context.Context, u *vault.Unlocked, login, name, lang string) error {
	user := User{ID: u.ID(), Login: FoldLogin(login), Name: name, Roles: policy.Roles(), Lang: lang, Created: a.now()}
	if err := checkUser(user); err != nil {
		return err
	}
	ring := vault.NewKeyring(u)
	defer ring.Close()
	err := a.db.Write(ctx, func(tx *store.Tx) error {
		if err := insertUser(ctx, tx, user); err != nil {
			return err
		}
		for _, c := range []record.Compartment{record.Identities, record.Sources} {
			if err := ring.Found(ctx, KeyTables(tx), c, u.ID()); err != nil {
				return fmt.Errorf("found compartment %s: %w", c, err)
			}
		}
		return access.AuditIn(ctx, tx, user.Actor().ID, access.AuditBody{What: "user", Detail: "first user " + string(user.ID)})
	})
	if err != nil {
		return err
	}
	return a.settle(ctx, ring)
}

// settle notes the newest epochs in the key file, after a commit.
func (a *Accounts) settle(ctx context.Context, ring *vault.Keyring) error {
	return a.db.Read(ctx, func(s *store.Snapshot) error { return ring.Settle(ctx, keyTablesOf(s)) })
}

// Enter signs an unlocked user in and returns the session and the cookie that
// brings it back. The user stays for the caller to close.
func (a *Accounts) Enter(ctx context.Context, u *vault.Unlocked) (*access.Session, string, error) {
	ring := vault.NewKeyring(u)
	defer ring.Close()
	in := &signIn{member: map[record.Compartment]bool{}, began: a.now(), used: a.now()}
	var user User
	err := a.db.Write(ctx, func(tx *store.Tx) error {
		var err error
		if user, err = userByID(ctx, tx, u.ID()); err != nil {
			return err
		}
		if user.Disabled {
			return vault.ErrPassphrase
		}
		if err := a.tend(ctx, tx, ring, user); err != nil {
			return err
		}
		standing, err := ring.Compartments(ctx, KeyTables(tx))
		if err != nil {
			return err
		}
		for _, st := range standing {
			in.member[st.Compartment] = st.Member && policy.MayHold(user.Roles)
		}
		return access.AuditIn(ctx, tx, user.Actor().ID, access.AuditBody{What: "sign-in"})
	})
	if err != nil {
		return nil, "", err
	}
	if err := a.settle(ctx, ring); err != nil {
		return nil, "", err
	}
	box, secret, err := vault.NewBox(u)
	if err != nil {
		return nil, "", err
	}
	token := rand.Text()
	in.box = box
	in.session = a.door.Enter(user.Actor(), nil)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.live[sha256.Sum256([]byte(token))] = in
	return in.session, token + "." + secret, nil
}

// tend renews compartments after somebody was removed.
func (a *Accounts) tend(ctx context.Context, tx *store.Tx, ring *vault.Keyring, user User) error {
	done, err := ring.Tend(ctx, KeyTables(tx))
	if err != nil {
		return fmt.Errorf("tend compartments: %w", err)
	}
	for _, d := range done {
		if err := access.AuditIn(ctx, tx, user.Actor().ID, access.AuditBody{What: "key", Compartment: d.Compartment, Detail: "renewed or confirmed at sign-in"}); err != nil {
			return err
		}
	}
	return nil
}

// Visit is a session for the time of one request, with its keys. Close it.
type Visit struct {
	*access.Session
	ring  *lazyRing
	Began time.Time
	Ends  time.Time // when the sign-in runs out if it is not used again
}

// Close forgets the keys of the request.
func (v *Visit) Close() { v.ring.close() }

// Session finds the sign-in a cookie stands for. A cookie that stands for
// none, or no longer, is forbidden.
func (a *Accounts) Session(cookie string) (*Visit, error) {
	token, secret, _ := strings.Cut(cookie, ".")
	key := sha256.Sum256([]byte(token))
	a.mu.Lock()
	defer a.mu.Unlock()
	in, ok := a.live[key]
	now := a.now()
	if ok && (now.Sub(in.used) > Idle || now.Sub(in.began) > Absolute || now.Before(in.began)) {
		delete(a.live, key)
		ok = false
	}
	if !ok {
		return nil, errSignIn
	}
	in.used = now
	ring := &lazyRing{box: in.box, secret: secret, file: a.file, member: in.member}
	ends := now.Add(Idle)
	if last := in.began.Add(Absolute); last.Before(ends) {
		ends = last
	}
	return &Visit{Session: in.session.With(ring), ring: ring, Began: in.began, Ends: ends}, nil
}

var errSignIn = fault.Forbidden("sign in first")

// Leave ends a sign-in.
func (a *Accounts) Leave(cookie string) {
	token, _, _ := strings.Cut(cookie, ".")
	key := sha256.Sum256([]byte(token))
	a.mu.Lock()
	defer a.mu.Unlock()
	if in, ok := a.live[key]; ok {
		in.session.CloseAll()
	}
	delete(a.live, key)
}

// LeaveAll ends every sign-in.
func (a *Accounts) LeaveAll() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, in := range a.live {
		in.session.CloseAll()
	}
	clear(a.live)
	clear(a.links)
}

// Link makes a one-time link token that stands for a cookie, for the
// demonstration: whoever opens it first is signed in.
func (a *Accounts) Link(cookie string) string {
	t := rand.Text()
	a.mu.Lock()
	defer a.mu.Unlock()
	a.links[sha256.Sum256([]byte(t))] = cookie
	return t
}

// Redeem uses a link token up and returns its cookie.
func (a *Accounts) Redeem(t string) (string, error) {
	key := sha256.Sum256([]byte(t))
	a.mu.Lock()
	defer a.mu.Unlock()
	c, ok := a.links[key]
	delete(a.links, key)
	if !ok {
		return "", fault.Forbidden("this link has been used, or is not one; sign in with a passphrase")
	}
	return c, nil
}

// lazyRing opens a sign-in's box only when a key is needed.
type lazyRing struct {
	box    vault.Box
	secret string
	file   *vault.File
	member map[record.Compartment]bool

	mu   sync.Mutex
	user *vault.Unlocked
	ring *vault.Keyring
}

func (l *lazyRing) Member(c record.Compartment) bool { return l.member[c] }

func (l *lazyRing) keys() (*vault.Keyring, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ring != nil {
		return l.ring, nil
	}
	u, err := l.box.Open(l.file, l.secret)
	if err != nil {
		return nil, err
	}
	l.user, l.ring = u, vault.NewKeyring(u)
	return l.ring, nil
}

func (l *lazyRing) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ring != nil {
		l.ring.Close()
		l.user.Close()
		l.ring, l.user = nil, nil
	}
}

func (l *lazyRing) Sealer(ctx context.Context, tx *store.Tx, c record.Compartment, of record.ID) (journal.Sealer, error) {
	k, err := l.keys()
	if err != nil {
		return nil, err
	}
	return k.Sealer(ctx, KeyTables(tx), c, of)
}

func (l *lazyRing) Opener(ctx context.Context, q store.Queryer, c record.Compartment, of record.ID, _ int) (journal.Opener, error) {
	if !l.member[c] {
		return nil, fault.NotFound("there is nothing here that you can open")
	}
	k, err := l.keys()
	if err != nil {
		return nil, err
	}
	return k.Opener(ctx, keyTablesOf(q), c, of)
}

// unlocked opens the box of a visit for an operation on the key file itself.
func (v *Visit) unlocked() (*vault.Unlocked, *vault.Keyring, error) {
	k, err := v.ring.keys()
	if err != nil {
		return nil, nil, err
	}
	return v.ring.user, k, nil
}

// AddUser makes a user with an identity of their own and the secrets that
// every user needs to open the installation.
func (a *Accounts) AddUser(ctx context.Context, v *Visit, user User, passphrase string) (User, error) {
	if err := v.Allow(policy.ManageUsers); err != nil {
		return User{}, err
	}
	user.Login, user.Created = FoldLogin(user.Login), a.now()
	if err := checkUser(user); err != nil {
		return User{}, err
	}
	have, err := List(ctx, v.Session)
	if err != nil {
		return User{}, err
	}
	for _, h := range have {
		if h.Login == user.Login {
			return User{}, fault.Conflict("there is a user %q already", user.Login)
		}
	}
	u, _, err := v.unlocked()
	if err != nil {
		return User{}, err
	}
	if user.ID, err = u.AddUser(ctx, user.Login, passphrase, a.file.Secrets()...); err != nil {
		return User{}, err
	}
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		if err := insertUser(ctx, tx, user); err != nil {
			return err
		}
		return access.AuditIn(ctx, tx, v.ID, access.AuditBody{What: "user", Detail: "added " + string(user.ID)})
	})
	if err != nil {
		// The key file has a user whom the table does not know: take it back.
		return User{}, errors.Join(err, u.RemoveUser(user.ID))
	}
	return user, nil
}

// SetRoles changes a user's roles. Nobody takes the last administrator away.
func (a *Accounts) SetRoles(ctx context.Context, v *Visit, id vault.UserID, roles []policy.Role, disabled bool) error {
	if err := v.Allow(policy.ManageUsers); err != nil {
		return err
	}
	return a.db.Write(ctx, func(tx *store.Tx) error {
		u, err := userByID(ctx, tx, id)
		if err != nil {
			return err
		}
		u.Roles = roles
		if err := checkUser(u); err != nil {
			return err
		}
		if err := otherAdmin(ctx, tx, id, roles, disabled); err != nil {
			return err
		}
		text, err := rolesText(roles)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `update users set roles = ?, disabled = ? where id = ?`, text, disabledBit(disabled), string(id))
		if err != nil {
			return fmt.Errorf("change user: %w", err)
		}
		a.drop(u.Actor().ID)
		return access.AuditIn(ctx, tx, v.ID, access.AuditBody{What: "user", Detail: "roles of " + string(id) + ": " + text})
	})
}

// drop ends the sign-ins of a user, so that a change of roles takes effect.
func (a *Accounts) drop(actor record.Actor) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for k, in := range a.live {
		if in.session.ID == actor {
			delete(a.live, k)
		}
	}
}

// Admit makes a user a member of a compartment; Dismiss ends it. The one who
// does it must be a member, and the user's roles must allow to hold keys.
func (a *Accounts) Admit(ctx context.Context, v *Visit, c record.Compartment, id vault.UserID) error {
	return a.member(ctx, v, c, id, "admitted", func(k *vault.Keyring, ks vault.KeyStore) error { return k.Admit(ctx, ks, c, id) })
}

// Dismiss ends a membership and begins a new epoch.
func (a *Accounts) Dismiss(ctx context.Context, v *Visit, c record.Compartment, id vault.UserID) error {
	return a.member(ctx, v, c, id, "dismissed", func(k *vault.Keyring, ks vault.KeyStore) error { return k.Dismiss(ctx, ks, c, id) })
}

func (a *Accounts) member(ctx context.Context, v *Visit, c record.Compartment, id vault.UserID, what string, fn func(*vault.Keyring, vault.KeyStore) error) error {
	if err := v.Allow(policy.Open); err != nil {
		return err
	}
	_, ring, err := v.unlocked()
	if err != nil {
		return err
	}
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		u, err := userByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if what == "admitted" && !policy.MayHold(u.Roles) {
			return fault.Forbidden("this user's roles do not allow holding the key of a compartment")
		}
		if err := fn(ring, KeyTables(tx)); err != nil {
			return err
		}
		a.drop(u.Actor().ID)
		return access.AuditIn(ctx, tx, v.ID, access.AuditBody{What: "key", Compartment: c, Detail: what + " " + string(id)})
	})
	if err != nil {
		return err
	}
	return a.settle(ctx, ring)
}

// Compartments lists the compartments and how they stand to the visitor.
func (a *Accounts) Compartments(ctx context.Context, v *Visit) ([]vault.Standing, error) {
	_, ring, err := v.unlocked()
	if err != nil {
		return nil, err
	}
	var out []vault.Standing
	err = a.db.Read(ctx, func(s *store.Snapshot) error {
		out, err = ring.Compartments(ctx, keyTablesOf(s))
		return err
	})
	return out, err
}

// ChangePassphrase changes the visitor's own passphrase.
func (a *Accounts) ChangePassphrase(ctx context.Context, v *Visit, old, next string) error {
	u, _, err := v.unlocked()
	if err != nil {
		return err
	}
	if err := u.ChangePassphrase(ctx, v.Login, old, v.Login, next); err != nil {
		return err
	}
	return a.db.Write(ctx, func(tx *store.Tx) error {
		return access.AuditIn(ctx, tx, v.ID, access.AuditBody{What: "key", Detail: "passphrase changed"})
	})
}
