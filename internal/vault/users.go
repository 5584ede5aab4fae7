package vault

import (
	"context"
	"fmt"
	"slices"

	"asylon/internal/fault"
)

// AddUser makes a user with a new identity and gives the named secrets to it;
// the one who adds must have them. That no two users share a login is for the
// caller to see to: the file does not know logins.
func (u *Unlocked) AddUser(ctx context.Context, login, passphrase string, secrets ...SecretName) (UserID, error) {
	st, _, err := u.view()
	if err != nil {
		return "", err
	}
	// The slow derivation runs first, outside the lock.
	added, text, err := u.file.enrol(ctx, &st.doc.parsed, login, passphrase)
	if err != nil {
		return "", err
	}
	defer clear(text)
	err = u.change(func(b *keyBody, a authority) (authority, error) {
		if len(b.Users) >= maxUsers {
			return a, fault.Invalid("there are %d users already, the most a key file can hold", maxUsers)
		}
		added.Pin = sealPin(text, added.ID, a)
		b.Users = append(b.Users, added)
		for _, n := range secrets {
			value, err := openSecret(b, n, u.id, u.identity)
			if err != nil {
				return a, err
			}
			w, err := wrapTo(added.Recipient, value)
			clear(value)
			if err != nil {
				return a, fmt.Errorf("wrap secret %q to user %s: %w", n, added.ID, err)
			}
			s := b.secret(n)
			s.Wraps = append(s.Wraps, keyWrap{User: added.ID, Age: w})
		}
		return a, nil
	})
	if err != nil {
		return "", err
	}
	return added.ID, nil
}

// RemoveUser takes a user and every wrap of that user out of the file and makes
// a new authority key. What the person has opened before stays known to them:
// replace the secrets themselves where that matters, and let members renew the
// compartments (Keyring.Tend). It refuses (fault.Conflict) to remove oneself,
// or the only holder of a secret.
func (u *Unlocked) RemoveUser(id UserID) error {
	return u.change(func(b *keyBody, a authority) (authority, error) {
		if b.user(id) == nil {
			return a, fault.NotFound("there is no user %.16s in the key file", string(id))
		}
		if id == u.id {
			return a, fault.Conflict("nobody can remove themselves; ask a colleague")
		}
		for i := range b.Secrets {
			s := &b.Secrets[i]
			if wrapFor(s.Wraps, id) == nil {
				continue
			}
			s.Wraps = withoutUser(s.Wraps, id)
			if len(s.Wraps) == 0 {
				return a, fault.Conflict("this user is the only one who can open secret %q; give it to somebody else first", s.Name)
			}
		}
		b.Users = slices.DeleteFunc(b.Users, func(x keyUser) bool { return x.ID == id })
		next, err := b.rotate(a)
		if err != nil {
			return a, err
		}
		b.user(u.id).Pin = sealPin(u.text, u.id, next)
		b.Authority.Wraps = withoutUser(b.Authority.Wraps, u.id)
		return next, nil
	})
}

// ChangePassphrase puts the user's identity under a new login and passphrase
// by the file's current parameters. It asks for the present ones, so that an
// unattended screen is not enough, and returns ErrPassphrase if they are
// wrong. A login can only be changed here: it is part of what is hashed. A
// copy of the key file from before still opens with the old passphrase.
func (u *Unlocked) ChangePassphrase(ctx context.Context, login, passphrase, newLogin, newPassphrase string) error {
	if err := CheckLogin(newLogin); err != nil {
		return err
	}
	if err := CheckPassphrase(newPassphrase, newLogin); err != nil {
		return err
	}
	st, _, err := u.view()
	if err != nil {
		return err
	}
	id, text, err := u.file.openIdentity(ctx, st, login, passphrase)
	if err != nil {
		return err
	}
	defer clear(text)
	if id != u.id {
		return ErrPassphrase
	}
	renewed := *st.doc.parsed.user(id)
	if err := u.file.sealIdentity(ctx, &st.doc.parsed, &renewed, text, newLogin, newPassphrase); err != nil {
		return err
	}
	return u.change(func(b *keyBody, a authority) (authority, error) {
		user := b.user(id)
		user.KDF, user.Identity = renewed.KDF, renewed.Identity
		return a, nil
	})
}

// SetKDF sets the parameters for passphrases that are set from now on, as
// machines grow faster. Users keep theirs until they change their passphrase.
func (u *Unlocked) SetKDF(kdf KDF) error {
	if err := kdf.check(); err != nil {
		return fault.Invalid("%w", err)
	}
	return u.change(func(b *keyBody, a authority) (authority, error) {
		b.KDF = kdf
		if kdfs := b.kdfs(); len(kdfs) >= maxKDFs && !slices.Contains(kdfs, kdf) {
			return a, fault.Conflict("users have %d different key derivations already; let them change their passphrases first", len(kdfs))
		}
		return a, nil
	})
}
