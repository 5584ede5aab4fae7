package vault

import (
	"fmt"
	"slices"

	"filippo.io/age"

	"asylon/internal/fault"
)

// AddSecret puts a new secret into the file, encrypted to each of users. It
// returns fault.Conflict where the name is taken.
func (u *Unlocked) AddSecret(n SecretName, value []byte, users ...UserID) error {
	return u.putSecret(n, value, "", users, false)
}

// ReplaceSecret gives an existing secret a new value, encrypted to each of
// users and nobody else.
func (u *Unlocked) ReplaceSecret(n SecretName, value []byte, users ...UserID) error {
	return u.putSecret(n, value, "", users, true)
}

// AddKeyPair puts a new age identity into the file as a secret. Its public
// half is in the open (File.Recipient).
func (u *Unlocked) AddKeyPair(n SecretName, users ...UserID) error {
	id, err := age.GenerateHybridIdentity()
	if err != nil {
		return fmt.Errorf("make key pair %q: %w", n, err)
	}
	return u.putSecret(n, []byte(id.String()), id.Recipient().String(), users, false)
}

func (u *Unlocked) putSecret(n SecretName, value []byte, recipient string, users []UserID, replace bool) error {
	if err := n.check(); err != nil {
		return err
	}
	if len(value) == 0 || len(value) > maxWrapped {
		return fault.Invalid("secret %q has %d bytes; it needs 1 to %d", n, len(value), maxWrapped)
	}
	return u.change(func(b *keyBody, a authority) (authority, error) {
		s := b.secret(n)
		switch {
		case s == nil && replace:
			return a, fault.NotFound("there is no secret %q to replace", n)
		case s != nil && !replace:
			return a, fault.Conflict("there is a secret %q already", n)
		case s == nil && len(b.Secrets) >= maxSecrets:
			return a, fault.Invalid("there are %d secrets already, the most a key file can hold", maxSecrets)
		case s == nil:
			b.Secrets = append(b.Secrets, keySecret{Name: n})
			s = &b.Secrets[len(b.Secrets)-1]
		}
		s.Recipient = recipient
		var err error
		s.Wraps, err = b.wrapAll(value, users)
		return a, err
	})
}

// Rewrap makes exactly these users the holders of a secret, which the caller
// must be able to open. Those who lose it may have kept a copy: to shut them
// out, replace the value.
func (u *Unlocked) Rewrap(n SecretName, users ...UserID) error {
	return u.change(func(b *keyBody, a authority) (authority, error) {
		value, err := openSecret(b, n, u.id, u.identity)
		if err != nil {
			return a, err
		}
		defer clear(value)
		b.secret(n).Wraps, err = b.wrapAll(value, users)
		return a, err
	})
}

// RemoveSecret takes a secret out of the file for ever. The caller must be one
// of its holders.
func (u *Unlocked) RemoveSecret(n SecretName) error {
	return u.change(func(b *keyBody, a authority) (authority, error) {
		value, err := openSecret(b, n, u.id, u.identity)
		if err != nil {
			return a, err
		}
		clear(value)
		b.Secrets = slices.DeleteFunc(b.Secrets, func(s keySecret) bool { return s.Name == n })
		return a, nil
	})
}

// wrapAll encrypts a value to each of users once.
func (b *keyBody) wrapAll(value []byte, users []UserID) ([]keyWrap, error) {
	if len(users) == 0 {
		return nil, fault.Invalid("nobody would be able to open it; name at least one user")
	}
	var out []keyWrap
	for _, id := range users {
		if wrapFor(out, id) != nil {
			continue
		}
		user := b.user(id)
		if user == nil {
			return nil, fault.NotFound("there is no user %.16s in the key file", string(id))
		}
		w, err := wrapTo(user.Recipient, value)
		if err != nil {
			return nil, fmt.Errorf("wrap to user %s: %w", id, err)
		}
		out = append(out, keyWrap{User: id, Age: w})
	}
	return out, nil
}

// raiseFloors notes the newest epochs of compartments that have been seen. A
// floor never sinks; with nothing to raise nothing is written.
func (u *Unlocked) raiseFloors(seen map[string]int) error {
	st, _, err := u.view()
	if err != nil {
		return err
	}
	higher := false
	for c, n := range seen {
		higher = higher || n > st.doc.parsed.Floors[c]
	}
	if !higher {
		return nil
	}
	return u.change(func(b *keyBody, a authority) (authority, error) {
		if b.Floors == nil {
			b.Floors = map[string]int{}
		}
		for c, n := range seen {
			b.Floors[c] = max(n, b.Floors[c])
		}
		return a, nil
	})
}
