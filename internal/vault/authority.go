package vault

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"

	"filippo.io/age"
)

// The authority key is what makes the key file's public parts trustworthy.
// Anybody can encrypt to a public recipient, so wraps alone prove nothing:
// who can write to the disk could put his own recipient in a colleague's
// place and wait for the next secret to be wrapped to it. Therefore the whole
// body carries a tag under the authority key, and each user keeps the key
// itself as a pin, sealed under the own identity, where nobody without that
// user's passphrase can put another.
//
// When a user is removed, a new authority key is made. The others receive it
// wrapped, and the former key sealed under it: only one who knew the former
// key can have made that, so each accepts the new key at the next sign-in and
// pins it.

// authority holds the authority keys from the first epoch to the newest.
type authority struct{ keys [][]byte }

// epoch is the number of the newest key, from 1.
func (a authority) epoch() int { return len(a.keys) }

// newest is the key that tags are computed with.
func (a authority) newest() []byte { return a.keys[len(a.keys)-1] }

// key returns the key of an epoch; nil if there is none.
func (a authority) key(epoch int) []byte {
	if epoch < 1 || epoch > len(a.keys) {
		return nil
	}
	return a.keys[epoch-1]
}

func (a authority) zero() {
	for _, k := range a.keys {
		clear(k)
	}
}

// pinKey derives the key of a user's pin from the text of the identity.
func pinKey(identity []byte) []byte { return subkey(identity, label("asylon/keys/1 pin")) }

// sealPin seals the newest authority key for the user whose identity it is.
func sealPin(identity []byte, id UserID, a authority) []byte {
	plain := binary.BigEndian.AppendUint64(nil, uint64(a.epoch()))
	plain = append(plain, a.newest()...)
	return sealBytes(pinKey(identity), label("asylon/keys/1 pin", string(id)), plain)
}

// openPin returns the pinned epoch and key.
func openPin(identity []byte, id UserID, pin []byte) (int, []byte, error) {
	plain, err := openBytes(pinKey(identity), label("asylon/keys/1 pin", string(id)), pin)
	if err != nil || len(plain) != 8+KeySize {
		return 0, nil, errors.New("the user's pin is damaged")
	}
	epoch := binary.BigEndian.Uint64(plain)
	if epoch < 1 || epoch > 1<<30 {
		return 0, nil, errors.New("the user's pin is damaged")
	}
	return int(epoch), plain[8:], nil
}

// formerSeal seals the key of epoch n under that of epoch n+1.
func formerSeal(next []byte, n int, key []byte) []byte {
	return sealBytes(subkey(next, label("asylon/keys/1 former")), label("asylon/keys/1 former", strconv.Itoa(n)), key)
}

func formerOpen(next []byte, n int, sealed []byte) ([]byte, error) {
	k, err := openBytes(subkey(next, label("asylon/keys/1 former")), label("asylon/keys/1 former", strconv.Itoa(n)), sealed)
	if err != nil || len(k) != KeySize {
		return nil, errOpen
	}
	return k, nil
}

// verify recovers the authority keys for a user, beginning from the user's
// pin, and checks the tag of the whole document. stale tells that the pin is
// of a former epoch and should be renewed. Every error means that the file is
// not what a user of this installation wrote.
func (d *keyDoc) verify(id UserID, text []byte, identity *age.HybridIdentity) (a authority, stale bool, err error) {
	b := &d.parsed
	u := b.user(id)
	if u == nil {
		return a, false, errors.New("the user is no longer in the file")
	}
	pinned, pin, err := openPin(text, id, u.Pin)
	if err != nil {
		return a, false, err
	}
	top := pin
	switch newest := b.Authority.Epoch; {
	case pinned > newest:
		return a, false, errors.New("it is older than what this user has seen")
	case pinned < newest:
		stale = true
		if top, err = unwrapKey(identity, wrapFor(b.Authority.Wraps, id)); err != nil {
			return a, false, errors.New("the authority key does not open")
		}
	}
	if a, err = b.Authority.chain(top); err != nil {
		return authority{}, false, err
	}
	if !same(a.key(pinned), pin) {
		return authority{}, false, errors.New("its authority key does not come from the one this user knows")
	}
	if !same(d.tag, keyTag(a.newest(), d.body)) {
		return authority{}, false, errors.New("its tag does not fit its contents")
	}
	if u.Recipient != identity.Recipient().String() {
		return authority{}, false, errors.New("the user's recipient is not the user's own")
	}
	return a, stale, nil
}

// chain opens the former keys one by one from the newest.
func (k *keyAuthority) chain(top []byte) (authority, error) {
	keys := make([][]byte, k.Epoch)
	keys[k.Epoch-1] = top
	for i := k.Epoch - 1; i >= 1; i-- {
		former, err := formerOpen(keys[i], i, k.Former[i-1])
		if err != nil {
			return authority{}, fmt.Errorf("the authority key of epoch %d does not open", i)
		}
		keys[i-1] = former
	}
	return authority{keys: keys}, nil
}

// rotate makes the next authority key and wraps it to every user still in b.
func (b *keyBody) rotate(a authority) (authority, error) {
	next := newKey()
	b.Authority.Former = append(b.Authority.Former, formerSeal(next, a.epoch(), a.newest()))
	b.Authority.Epoch = a.epoch() + 1
	b.Authority.Wraps = nil
	for _, u := range b.Users {
		w, err := wrapTo(u.Recipient, next)
		if err != nil {
			return authority{}, fmt.Errorf("wrap the authority key to user %s: %w", u.ID, err)
		}
		b.Authority.Wraps = append(b.Authority.Wraps, keyWrap{User: u.ID, Age: w})
	}
	keys := append(append([][]byte{}, a.keys...), next)
	return authority{keys: keys}, nil
}
