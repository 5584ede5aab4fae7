package vault

import "encoding/json"

// What an attacker with the disk and this source code could do, for tests.

// KeyBody is the body of a key file.
type KeyBody = keyBody

// KeyUser is a user in it.
type KeyUser = keyUser

// ForgeKeyFile edits the body of a key file and tags it under tagKey, or
// leaves the old tag where tagKey is nil.
func ForgeKeyFile(raw []byte, edit func(*KeyBody), tagKey []byte) []byte {
	doc, err := parseKeyDoc(raw)
	if err != nil {
		panic(err)
	}
	var b keyBody
	if err := json.Unmarshal(doc.body, &b); err != nil {
		panic(err)
	}
	edit(&b)
	forged, err := encodeKeyDoc(&b, tagKey)
	if err != nil {
		panic(err)
	}
	return forged
}

// Rotate makes the body's next authority key from a key of the attacker's.
func Rotate(b *KeyBody, from []byte) []byte {
	next, err := b.rotate(authority{keys: append(make([][]byte, b.Authority.Epoch-1), from)})
	if err != nil {
		panic(err)
	}
	return next.newest()
}

// AuthorityKey is what somebody knows who was a user until now.
func AuthorityKey(u *Unlocked) []byte { return append([]byte{}, u.auth.newest()...) }

// WrapTo encrypts to a recipient, as anybody can.
func WrapTo(recipient string, secret []byte) []byte {
	w, err := wrapTo(recipient, secret)
	if err != nil {
		panic(err)
	}
	return w
}

// ForgeEpoch makes an epoch as somebody who is not a member would: with keys
// of their own, tagged by u where u is not nil. It returns the key too.
func ForgeEpoch(u *Unlocked, like EpochRow, members []UserID, previous []byte) (EpochRow, []byte) {
	e, key, err := newEpoch(like.Compartment, like.Number, members, previous)
	if err != nil {
		panic(err)
	}
	if u != nil {
		if err := e.confirm(u); err != nil {
			panic(err)
		}
	} else {
		e.authority, e.tag = 1, newKey()
	}
	row, err := e.row()
	if err != nil {
		panic(err)
	}
	return row, key
}

// EditMembers puts a user into an epoch without having its key.
func EditMembers(u *Unlocked, row EpochRow, add UserID) EpochRow {
	e, err := parseEpoch(row)
	if err != nil {
		panic(err)
	}
	proof := e.proof
	e.body.Members = append(e.body.Members, add)
	if err := e.prove(newKey()); err != nil {
		panic(err)
	}
	e.proof = proof
	if err := e.confirm(u); err != nil {
		panic(err)
	}
	out, err := e.row()
	if err != nil {
		panic(err)
	}
	return out
}

// EpochKeys are the keys of a compartment that a member could have kept.
func EpochKeys(k *Keyring, c string) [][]byte {
	for name, h := range k.held {
		if string(name) == c {
			var out [][]byte
			for _, key := range h.keys {
				out = append(out, append([]byte{}, key...))
			}
			return out
		}
	}
	return nil
}

// OpensUnder tells whether a record key opens with the key of some epoch.
func OpensUnder(key []byte, r SealedKey) bool {
	_, err := openRecordKey(subkey(key, label("asylon/record-key/1 member")), r)
	return err == nil
}

// Occupy takes every slot of a deriver and returns how to free them.
func (d *Deriver) Occupy() (free func()) {
	for range maxDerivations {
		d.slots <- struct{}{}
	}
	return func() {
		for range maxDerivations {
			<-d.slots
		}
	}
}

// MaxKDFs is exported for tests.
const MaxKDFs = maxKDFs

// Members takes a JSON object apart.
func Members(raw []byte) (map[string]json.RawMessage, error) { return members(raw) }
