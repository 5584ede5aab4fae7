package vault

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"errors"

	"golang.org/x/crypto/chacha20poly1305"
)

// KeySize is the size in bytes of every symmetric key in this package.
const KeySize = chacha20poly1305.KeySize

// nonceSize is that of XChaCha20-Poly1305: large enough to be drawn at random
// for every message under every key we will ever have.
const nonceSize = chacha20poly1305.NonceSizeX

// errOpen says that a ciphertext does not open. It never says why: wrong key,
// wrong associated data and damage look the same.
var errOpen = errors.New("does not open under this key")

// label names what a ciphertext, tag or derived key is for. Each field is
// preceded by its length, so that no two labels run into one another.
func label(domain string, fields ...string) []byte {
	n := 4 + len(domain)
	for _, f := range fields {
		n += 4 + len(f)
	}
	b := appendField(make([]byte, 0, n), domain)
	for _, f := range fields {
		b = appendField(b, f)
	}
	return b
}

func appendField[T string | []byte](b []byte, f T) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(f)))
	return append(b, f...)
}

// newKey draws a key. crypto/rand does not fail: it ends the program instead.
func newKey() []byte {
	k := make([]byte, KeySize)
	rand.Read(k)
	return k
}

// subkey derives the key for one purpose, so that no key is used in two ways.
func subkey(key, purpose []byte) []byte {
	k, err := hkdf.Key(sha256.New, key, nil, string(purpose), KeySize)
	if err != nil {
		panic(err) // only for sizes over 255 hashes; ours is constant
	}
	return k
}

// sealBytes encrypts plain under key, bound to ad: nonce and ciphertext.
func sealBytes(key, ad, plain []byte) []byte {
	out := make([]byte, nonceSize, nonceSize+len(plain)+chacha20poly1305.Overhead)
	rand.Read(out)
	return newAEAD(key).Seal(out, out, plain, ad)
}

// openBytes undoes sealBytes; its only error is errOpen.
func openBytes(key, ad, sealed []byte) ([]byte, error) {
	if len(sealed) < nonceSize+chacha20poly1305.Overhead {
		return nil, errOpen
	}
	plain, err := newAEAD(key).Open(nil, sealed[:nonceSize], sealed[nonceSize:], ad)
	if err != nil {
		return nil, errOpen
	}
	return plain, nil
}

func newAEAD(key []byte) cipher.AEAD {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		panic(err) // only for a key of the wrong size: a defect of ours
	}
	return aead
}

// mac computes HMAC-SHA256 of body under key.
func mac(key, body []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write(body)
	return h.Sum(nil)
}

// same compares secrets in constant time.
func same(a, b []byte) bool { return subtle.ConstantTimeCompare(a, b) == 1 }
