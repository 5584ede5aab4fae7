package vault

import (
	"errors"
	"sync"

	"filippo.io/age"

	"asylon/internal/fault"
)

// ErrLocked is the answer of an Unlocked or Keyring after Close. It is a
// fault.Forbidden.
var ErrLocked = fault.Forbidden("this session is locked; sign in again")

// Unlocked is a user whose identity is open in memory. It is made by Unlock,
// Create and Box.Open, is safe for concurrent use, and must be closed.
type Unlocked struct {
	file *File
	id   UserID

	mu       sync.Mutex // guards what follows
	text     []byte     // the identity in age's text form; nil once closed
	session  []byte     // random, of this sign-in; carried by boxes
	identity *age.HybridIdentity
	state    *keyState // the state of the file that auth was verified on
	auth     authority
}

// ID is the user's id.
func (u *Unlocked) ID() UserID { return u.id }

// File is the key file the user was unlocked from.
func (u *Unlocked) File() *File { return u.file }

// Close forgets the identity and the keys. What can be overwritten is; copies
// that the Go runtime and the age library made stay until memory is reused.
func (u *Unlocked) Close() {
	u.mu.Lock()
	defer u.mu.Unlock()
	clear(u.text)
	clear(u.session)
	u.auth.zero()
	u.text, u.session, u.identity, u.auth = nil, nil, nil, authority{}
}

// view returns the current state of the file, verified.
func (u *Unlocked) view() (*keyState, *age.HybridIdentity, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	err := u.verifyLocked(u.file.current())
	return u.state, u.identity, err
}

// verifyLocked makes sure that u.state is st and that u.auth holds its keys;
// u.mu is held.
func (u *Unlocked) verifyLocked(st *keyState) error {
	if u.text == nil {
		return ErrLocked
	}
	if st == u.state {
		return nil
	}
	if st.doc.parsed.user(u.id) == nil {
		return errRemoved
	}
	auth, _, err := st.doc.verify(u.id, u.text, u.identity)
	if err != nil {
		return corrupt(err)
	}
	u.auth.zero()
	u.state, u.auth = st, auth
	return nil
}

// change edits a copy of the verified body and writes it, tagged with the
// authority that edit returns.
func (u *Unlocked) change(edit func(*keyBody, authority) (authority, error)) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.file.replace(func(st *keyState) ([]byte, error) {
		if err := u.verifyLocked(st); err != nil {
			return nil, err
		}
		var b keyBody
		if err := decode(st.doc.body, &b); err != nil {
			return nil, corrupt(err)
		}
		auth, err := edit(&b, u.auth)
		if err != nil {
			return nil, err
		}
		b.Generation++
		return encodeKeyDoc(&b, auth.newest())
	})
}

// Secret opens a secret of the installation. It returns fault.NotFound where
// there is none of that name or it is not this user's: from outside the two
// are the same. The caller owns the bytes and clears them when done.
func (u *Unlocked) Secret(n SecretName) ([]byte, error) {
	st, identity, err := u.view()
	if err != nil {
		return nil, err
	}
	return openSecret(&st.doc.parsed, n, u.id, identity)
}

func openSecret(b *keyBody, n SecretName, id UserID, identity *age.HybridIdentity) ([]byte, error) {
	s := b.secret(n)
	if s == nil || wrapFor(s.Wraps, id) == nil {
		return nil, fault.NotFound("there is no secret %q for this user", n)
	}
	plain, err := unwrap(identity, wrapFor(s.Wraps, id))
	if err != nil {
		return nil, corrupt(errors.New("a secret does not open"))
	}
	return plain, nil
}

// KeyPair opens a secret that is a key pair made by AddKeyPair.
func (u *Unlocked) KeyPair(n SecretName) (*age.HybridIdentity, error) {
	plain, err := u.Secret(n)
	if err != nil {
		return nil, err
	}
	defer clear(plain)
	id, err := age.ParseHybridIdentity(string(plain))
	if err != nil {
		return nil, fault.Invalid("secret %q is not a key pair", n)
	}
	return id, nil
}

// tag computes HMAC-SHA256 of body under a key derived for purpose from the
// authority key of an epoch; epoch 0 stands for the newest. It returns the
// epoch used, and nil where there is no such epoch. The keys themselves do not
// leave u, so that Close can clear them at any moment.
func (u *Unlocked) tag(epoch int, purpose, body []byte) ([]byte, int, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if err := u.verifyLocked(u.file.current()); err != nil {
		return nil, 0, err
	}
	if epoch == 0 {
		epoch = u.auth.epoch()
	}
	key := u.auth.key(epoch)
	if key == nil {
		return nil, epoch, nil
	}
	return mac(subkey(key, purpose), body), epoch, nil
}

// deriveSession derives a value that lives as long as this sign-in, boxes
// included, and cannot be had again afterwards.
func (u *Unlocked) deriveSession(purpose []byte) ([]byte, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.session == nil {
		return nil, ErrLocked
	}
	return subkey(u.session, purpose), nil
}
