package vault

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"

	"filippo.io/age"
)

// enrol makes a user with a new identity, by the parameters of b. The pin is
// for the caller to set, when the authority key is certain.
func (f *File) enrol(ctx context.Context, b *keyBody, login, passphrase string) (keyUser, []byte, error) {
	if err := CheckLogin(login); err != nil {
		return keyUser{}, nil, err
	}
	if err := CheckPassphrase(passphrase, login); err != nil {
		return keyUser{}, nil, err
	}
	identity, err := age.GenerateHybridIdentity()
	if err != nil {
		return keyUser{}, nil, fmt.Errorf("make an identity: %w", err)
	}
	text := []byte(identity.String())
	u := keyUser{ID: newUserID(), Recipient: identity.Recipient().String()}
	if err := f.sealIdentity(ctx, b, &u, text, login, passphrase); err != nil {
		return keyUser{}, nil, err
	}
	return u, text, nil
}

// sealIdentity puts the identity under a passphrase by the file's current
// parameters.
func (f *File) sealIdentity(ctx context.Context, b *keyBody, u *keyUser, text []byte, login, passphrase string) error {
	key, err := f.deriver.derive(ctx, b.KDF, passphrase, loginSalt(b.Salt, login))
	if err != nil {
		return err
	}
	defer clear(key)
	u.KDF = b.KDF
	u.Identity = sealBytes(key, u.identityLabel(), text)
	return nil
}

// identityLabel binds a sealed identity to its user and its parameters.
func (u *keyUser) identityLabel() []byte {
	return label("asylon/keys/1 identity", string(u.ID), u.Recipient, "argon2id", u.KDF.String())
}

// userIDs are written in lower-case base32.
var userIDEncoding = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

func newUserID() UserID {
	var b [userIDLen * 5 / 8]byte
	rand.Read(b[:])
	return UserID(userIDEncoding.EncodeToString(b[:]))
}

// Unlock opens the identity of the user with this login and passphrase and
// verifies the whole file with it. It returns ErrPassphrase for a wrong
// passphrase or login, after the same work; fault.Corrupt for a file that is
// not as a user of this installation left it; fault.Unavailable when ctx ends
// while waiting behind other sign-ins. The caller closes the result.
func (f *File) Unlock(ctx context.Context, login, passphrase string) (*Unlocked, error) {
	st := f.current()
	id, text, err := f.openIdentity(ctx, st, login, passphrase)
	if err != nil {
		return nil, err
	}
	return f.admit(id, text, newKey())
}

// openIdentity tries the key of this login and passphrase on every user. As no
// login is stored, that is the only way to find the user, and an unknown login
// takes the same way as a wrong passphrase. The trials cost nothing beside the
// derivation.
func (f *File) openIdentity(ctx context.Context, st *keyState, login, passphrase string) (UserID, []byte, error) {
	b := &st.doc.parsed
	if len(passphrase) > 4*MaxPassphrase || len(login) > 4*MaxPassphrase {
		return "", nil, ErrPassphrase // longer than any that was accepted
	}
	salt := loginSalt(b.Salt, login)
	for _, kdf := range b.kdfs() {
		key, err := f.deriver.derive(ctx, kdf, passphrase, salt)
		if err != nil {
			return "", nil, err
		}
		for i := range b.Users {
			u := &b.Users[i]
			if u.KDF != kdf {
				continue
			}
			if text, err := openBytes(key, u.identityLabel(), u.Identity); err == nil {
				clear(key)
				return u.ID, text, nil
			}
		}
		clear(key)
	}
	return "", nil, ErrPassphrase
}

// admit verifies the file for an opened identity and renews the pin where the
// authority key has changed since this user's last visit. It takes over text
// and session.
func (f *File) admit(id UserID, text, session []byte) (*Unlocked, error) {
	identity, err := age.ParseHybridIdentity(string(text))
	if err != nil {
		return nil, corrupt(errors.New("a user's identity is malformed"))
	}
	st := f.current()
	if st.doc.parsed.user(id) == nil {
		return nil, errRemoved
	}
	auth, stale, err := st.doc.verify(id, text, identity)
	if err != nil {
		return nil, corrupt(err)
	}
	u := &Unlocked{file: f, id: id, text: text, session: session, identity: identity, state: st, auth: auth}
	if stale {
		// The old pin stays good for as long as the chain leads back to it;
		// a full disk must not keep anybody from signing in.
		_ = u.change(func(b *keyBody, a authority) (authority, error) {
			b.user(id).Pin = sealPin(text, id, a)
			b.Authority.Wraps = withoutUser(b.Authority.Wraps, id)
			return a, nil
		})
	}
	return u, nil
}
