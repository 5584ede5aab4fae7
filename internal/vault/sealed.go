package vault

import (
	"crypto/rand"
	"encoding/hex"

	"golang.org/x/crypto/chacha20poly1305"

	"asylon/internal/fault"
	"asylon/internal/record"
)

// KeyID names a record key. It is drawn at random and stands in the open at
// the head of every part that the key sealed.
type KeyID [16]byte

// String prints the id in hexadecimal.
func (id KeyID) String() string { return hex.EncodeToString(id[:]) }

// The layout of a sealed part (docs/formats/sealing.md):
// version, key id, nonce, ciphertext of the padded plaintext.
const (
	sealedVersion = 1
	sealedHead    = 1 + len(KeyID{})
	// SealedBucket is the size in bytes of which padded plaintexts are a
	// multiple, so that the length of a name does not tell whose it is.
	SealedBucket = 64
	// MaxPlaintext is the largest plaintext that is sealed in one piece.
	MaxPlaintext = 16 << 20
)

// SealedSize is the size of the sealed form of a plaintext of n bytes.
func SealedSize(n int) int {
	return sealedHead + nonceSize + (n/SealedBucket+1)*SealedBucket + chacha20poly1305.Overhead
}

// RecordKey seals the parts of one entity in one compartment and epoch. It is
// safe for concurrent use. It satisfies journal.Sealer and journal.Opener.
type RecordKey struct {
	id    KeyID
	epoch int
	key   []byte
}

// ID names the key.
func (k *RecordKey) ID() KeyID { return k.id }

// Epoch is the epoch of the compartment that the key belongs to.
func (k *RecordKey) Epoch() int { return k.epoch }

// Seal encrypts a plaintext bound to the associated data ad. Sealing the same
// twice gives different bytes. A plaintext over MaxPlaintext is a
// fault.Invalid.
func (k *RecordKey) Seal(ad, plaintext []byte) ([]byte, error) {
	if len(plaintext) > MaxPlaintext {
		return nil, fault.Invalid("%d bytes are too many to be sealed in one piece; at most %d are", len(plaintext), MaxPlaintext)
	}
	out := make([]byte, 0, SealedSize(len(plaintext)))
	out = append(out, sealedVersion)
	out = append(out, k.id[:]...)
	bound := appendField(label("asylon/sealed-part/1", string(out)), ad)
	nonce := out[len(out) : len(out)+nonceSize]
	rand.Read(nonce)
	out = out[:len(out)+nonceSize]
	padded := pad(plaintext)
	defer clear(padded)
	return newAEAD(k.key).Seal(out, nonce, padded, bound), nil
}

// Open decrypts what Seal made with the same key and associated data.
// Anything else is a fault.Corrupt.
func (k *RecordKey) Open(ad, sealed []byte) ([]byte, error) {
	id, err := SealedKeyID(sealed)
	if err != nil {
		return nil, err
	}
	if id != k.id {
		return nil, fault.Corrupt("the sealed part belongs to another key")
	}
	bound := appendField(label("asylon/sealed-part/1", string(sealed[:sealedHead])), ad)
	padded, err := openBytes(k.key, bound, sealed[sealedHead:])
	if err != nil {
		return nil, fault.Corrupt("the sealed part does not open: it was changed, or taken from another place")
	}
	plaintext, ok := unpad(padded)
	if !ok {
		return nil, fault.Corrupt("the sealed part is wrongly padded")
	}
	return plaintext, nil
}

// SealedKeyID reads from a sealed part which key it was sealed with. A part of
// an unknown version, or too short to be one, is a fault.Corrupt.
func SealedKeyID(sealed []byte) (KeyID, error) {
	if len(sealed) < SealedSize(0) {
		return KeyID{}, fault.Corrupt("a sealed part of %d bytes is not complete", len(sealed))
	}
	if sealed[0] != sealedVersion {
		return KeyID{}, fault.Corrupt("a sealed part has version %d; this program reads version %d", sealed[0], sealedVersion)
	}
	return KeyID(sealed[1:sealedHead]), nil
}

// pad appends 0x80 and zeros up to a multiple of SealedBucket (ISO/IEC 7816-4).
func pad(b []byte) []byte {
	out := make([]byte, (len(b)/SealedBucket+1)*SealedBucket)
	copy(out, b)
	out[len(b)] = 0x80
	return out
}

// unpad undoes pad. It works on authenticated bytes only, so its timing tells
// nobody anything.
func unpad(b []byte) ([]byte, bool) {
	for i := len(b) - 1; i >= 0 && i >= len(b)-SealedBucket; i-- {
		switch b[i] {
		case 0:
		case 0x80:
			return b[:i], len(b)%SealedBucket == 0
		default:
			return nil, false
		}
	}
	return nil, false
}

// recordKeyLabel binds a record key, as it is stored, to all that it is for.
func recordKeyLabel(r SealedKey) []byte {
	return label("asylon/record-key/1", string(r.ID[:]), string(r.Entity), string(r.Compartment), itoa(r.Epoch), string(r.Deposit[:]))
}

// newRecordKey draws a key and seals it under the wrapping key of the
// compartment, or of the deposit named in r.
func newRecordKey(wrapping []byte, of record.ID, c record.Compartment, epoch int, deposit DepositID) (*RecordKey, SealedKey) {
	k := &RecordKey{epoch: epoch, key: newKey()}
	rand.Read(k.id[:])
	r := SealedKey{ID: k.id, Entity: of, Compartment: c, Epoch: epoch, Deposit: deposit}
	r.Sealed = append([]byte{sealedVersion}, sealBytes(wrapping, recordKeyLabel(r), k.key)...)
	return k, r
}

// openRecordKey undoes newRecordKey; its only error is errOpen.
func openRecordKey(wrapping []byte, r SealedKey) (*RecordKey, error) {
	if len(r.Sealed) == 0 || r.Sealed[0] != sealedVersion {
		return nil, errOpen
	}
	key, err := openBytes(wrapping, recordKeyLabel(r), r.Sealed[1:])
	if err != nil || len(key) != KeySize {
		return nil, errOpen
	}
	return &RecordKey{id: r.ID, epoch: r.Epoch, key: key}, nil
}
