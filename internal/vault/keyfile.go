package vault

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"filippo.io/age"

	"asylon/internal/fault"
)

// Medium is where a key file lies. Read returns an error that is
// fs.ErrNotExist where there is none. Write replaces the whole file, or leaves
// the old one, and returns only when the new one would survive a loss of power
// (temporary file, fsync, rename, fsync of the folder).
type Medium interface {
	Read() ([]byte, error)
	Write([]byte) error
}

// ErrPassphrase is the answer to a wrong passphrase and to an unknown login
// alike. It is a fault.Forbidden.
var ErrPassphrase = fault.Forbidden("login and passphrase do not fit together")

// errRemoved is the answer to a session whose user is gone.
var errRemoved = fault.Forbidden("this user was removed")

// File is the key file of an installation. It is safe for concurrent use by
// one process; a change made to the file by another process is noticed at the
// next change of ours and refused.
type File struct {
	medium  Medium
	deriver *Deriver

	mu      sync.Mutex // guards what follows and is held while writing
	state   *keyState
	pending []byte // what a failed write may nevertheless have left behind
}

// keyState is one state of the file. It is never changed, only replaced, so a
// pointer to it can be kept and compared.
type keyState struct {
	raw []byte
	doc *keyDoc
}

// Open reads a key file. Nothing in it is verified before somebody unlocks
// it. A file that cannot be parsed is a fault.Corrupt.
func Open(m Medium, d *Deriver) (*File, error) {
	raw, err := m.Read()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.Wrap(fault.KindNotFound, err, "there is no key file; without it nothing can be opened, so look for it in a backup")
	}
	if err != nil {
		return nil, fault.Wrap(fault.KindUnavailable, err, "the key file cannot be read")
	}
	st, err := newState(raw)
	if err != nil {
		return nil, err
	}
	return &File{medium: m, deriver: d, state: st}, nil
}

func newState(raw []byte) (*keyState, error) {
	doc, err := parseKeyDoc(raw)
	if newer := (*versionError)(nil); errors.As(err, &newer) {
		return nil, fault.Invalid("%w; use the version of this program that wrote it, or a later one", err)
	}
	if err != nil {
		return nil, corrupt(err)
	}
	return &keyState{raw: raw, doc: doc}, nil
}

// corrupt is the answer to every kind of damage or tampering.
func corrupt(cause error) error {
	return fault.Wrap(fault.KindCorrupt, cause, "the key file is damaged or was changed by something else; restore keys.json from a backup")
}

// Create writes a new key file with its first user, who is returned unlocked.
// It refuses (fault.Conflict) where there is one already, and a login or
// passphrase that CheckLogin or CheckPassphrase refuses. kdf is
// StandardKDF() but in tests.
func Create(ctx context.Context, m Medium, d *Deriver, kdf KDF, login, passphrase string) (*File, *Unlocked, error) {
	if err := kdf.check(); err != nil {
		return nil, nil, err
	}
	if _, err := m.Read(); err == nil {
		return nil, nil, fault.Conflict("there is a key file already; it is not overwritten")
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fault.Wrap(fault.KindUnavailable, err, "the place for the key file cannot be read")
	}
	b := &keyBody{Generation: 1, KDF: kdf, Salt: newKey()[:saltSize], Authority: keyAuthority{Epoch: 1, Former: [][]byte{}, Wraps: []keyWrap{}},
		Floors: map[string]int{}, Secrets: []keySecret{}}
	f := &File{medium: m, deriver: d}
	auth := authority{keys: [][]byte{newKey()}}
	user, text, err := f.enrol(ctx, b, login, passphrase)
	if err != nil {
		return nil, nil, err
	}
	user.Pin = sealPin(text, user.ID, auth)
	b.Users = []keyUser{user}
	raw, err := encodeKeyDoc(b, auth.newest())
	if err != nil {
		return nil, nil, err
	}
	if f.state, err = newState(raw); err != nil {
		return nil, nil, err
	}
	if err := m.Write(raw); err != nil {
		return nil, nil, fault.Wrap(fault.KindUnavailable, err, "the key file cannot be written")
	}
	u, err := f.admit(user.ID, text, newKey())
	return f, u, err
}

// current is the state that this process holds for true.
func (f *File) current() *keyState {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.state
}

// replace writes what edit makes of the current state. edit is called with
// the lock held.
func (f *File) replace(edit func(*keyState) ([]byte, error)) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.settle(); err != nil {
		return err
	}
	raw, err := edit(f.state)
	if err != nil {
		return err
	}
	next, err := newState(raw)
	if err != nil {
		return err
	}
	if err := f.medium.Write(raw); err != nil {
		f.pending = raw
		return fault.Wrap(fault.KindUnavailable, err, "the key file cannot be written; nothing was changed")
	}
	f.state, f.pending = next, nil
	return nil
}

// settle finds out what lies on the medium before it is overwritten: what we
// hold, or what a write that reported an error left behind all the same.
func (f *File) settle() error {
	raw, err := f.medium.Read()
	switch {
	case err != nil:
		return fault.Wrap(fault.KindUnavailable, err, "the key file cannot be read; nothing was changed")
	case bytes.Equal(raw, f.state.raw):
	case f.pending != nil && bytes.Equal(raw, f.pending):
		if f.state, err = newState(raw); err != nil {
			return err
		}
	default:
		return fault.Conflict("the key file was changed by something else since it was opened; nothing was written. Restart to read it again, or restore it from a backup if nobody of yours changed it")
	}
	f.pending = nil
	return nil
}

// Generation grows by one with each change of the file. Kept elsewhere (the
// audit journal), it shows when an older copy has been put back.
func (f *File) Generation() uint64 { return f.current().doc.parsed.Generation }

// Users lists the users in the file, in the order they came.
func (f *File) Users() []UserID {
	var out []UserID
	for _, u := range f.current().doc.parsed.Users {
		out = append(out, u.ID)
	}
	return out
}

// HasUser tells whether the user is still in the file.
func (f *File) HasUser(id UserID) bool { return f.current().doc.parsed.user(id) != nil }

// Holders lists the users who can open a secret; empty if there is no such
// secret.
func (f *File) Holders(n SecretName) []UserID {
	s := f.current().doc.parsed.secret(n)
	if s == nil {
		return nil
	}
	var out []UserID
	for _, w := range s.Wraps {
		out = append(out, w.User)
	}
	return out
}

// Secrets lists the names of all secrets, sorted.
func (f *File) Secrets() []SecretName {
	var out []SecretName
	for _, s := range f.current().doc.parsed.Secrets {
		out = append(out, s.Name)
	}
	slices.SortFunc(out, func(a, b SecretName) int { return strings.Compare(string(a), string(b)) })
	return out
}

// Recipient returns the public half of a secret that is a key pair, so that a
// locked server can encrypt to it. Before the first Unlock of this process it
// has not been verified: who can write to the disk may have put his own there.
func (f *File) Recipient(n SecretName) (*age.HybridRecipient, error) {
	s := f.current().doc.parsed.secret(n)
	if s == nil || s.Recipient == "" {
		return nil, fault.NotFound("there is no key pair %q in the key file", n)
	}
	r, err := age.ParseHybridRecipient(s.Recipient)
	if err != nil {
		return nil, corrupt(errors.New("a key pair's recipient is malformed"))
	}
	return r, nil
}
