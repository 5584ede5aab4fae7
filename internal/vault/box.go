package vault

import (
	"crypto/rand"
	"encoding/base64"

	"asylon/internal/fault"
)

// Box is an unlocked user put away between two requests: the identity,
// encrypted under a secret that the server does not keep. The secret travels
// in the browser's cookie, so a copy of the server's memory without the
// cookies opens nobody. A Box is plain bytes and safe to store.
type Box []byte

// boxVersion is the first byte of a Box.
const boxVersion = 1

// boxSecretSize is the size of a box's secret in bytes, before encoding.
const boxSecretSize = 32

// NewBox puts u away and returns the box with its secret, 43 characters fit
// for a cookie. u stays open and is still for the caller to close.
func NewBox(u *Unlocked) (Box, string, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.text == nil {
		return nil, "", ErrLocked
	}
	secret := make([]byte, boxSecretSize)
	rand.Read(secret)
	defer clear(secret)
	plain := append(append(make([]byte, 0, KeySize+len(u.text)), u.session...), u.text...)
	defer clear(plain)
	box := append([]byte{boxVersion}, u.id...)
	box = append(box, sealBytes(subkey(secret, label("asylon/box/1")), label("asylon/box/1", string(u.id)), plain)...)
	return box, base64.RawURLEncoding.EncodeToString(secret), nil
}

// Open opens the box with the secret of its cookie and verifies the key file
// with the identity, as Unlock does. It returns ErrLocked for a secret that
// does not fit, and a fault.Forbidden for a user removed meanwhile. The caller
// closes the result.
func (b Box) Open(f *File, secret string) (*Unlocked, error) {
	key, err := base64.RawURLEncoding.Strict().DecodeString(secret)
	if err != nil || len(key) != boxSecretSize || len(b) < 1+userIDLen || b[0] != boxVersion {
		return nil, ErrLocked
	}
	defer clear(key)
	id := UserID(b[1 : 1+userIDLen])
	plain, err := openBytes(subkey(key, label("asylon/box/1")), label("asylon/box/1", string(id)), b[1+userIDLen:])
	if err != nil || len(plain) <= KeySize {
		return nil, ErrLocked
	}
	u, err := f.admit(id, plain[KeySize:], plain[:KeySize:KeySize])
	if err != nil {
		clear(plain)
		return nil, err
	}
	return u, nil
}

// User is the user whose box it is. It is not authenticated before Open.
func (b Box) User() (UserID, error) {
	if len(b) < 1+userIDLen || b[0] != boxVersion {
		return "", fault.Corrupt("this is not a session box")
	}
	return UserID(b[1 : 1+userIDLen]), nil
}
