package vault

import (
	"context"
	"crypto/sha256"
	"fmt"

	"golang.org/x/crypto/argon2"

	"asylon/internal/fault"
)

// KDF says how a passphrase becomes a key: the parameters of Argon2id
// (RFC 9106) as they stand in the key file.
type KDF struct {
	Time    uint32 // passes over the memory
	Memory  uint32 // KiB
	Threads uint8
}

// StandardKDF is what new passphrases are kept under: 128 MiB, about 0.8
// seconds of processor time on a small machine of 2026.
func StandardKDF() KDF { return KDF{Time: 3, Memory: 128 << 10, Threads: 2} }

// Bounds of parameters. A key file is read before anything in it can be
// trusted, so it must not be able to ask for all of the machine.
const (
	maxKDFTime    = 16
	maxKDFMemory  = 1 << 20 // KiB: 1 GiB
	maxKDFThreads = 16
	maxKDFs       = 4 // different parameters in one file
)

func (k KDF) check() error {
	if k.Time < 1 || k.Time > maxKDFTime || k.Threads < 1 || k.Threads > maxKDFThreads ||
		k.Memory < 8*uint32(k.Threads) || k.Memory > maxKDFMemory {
		return fmt.Errorf("argon2id parameters %s are out of bounds", k)
	}
	return nil
}

// String prints the parameters in one fixed way; ciphertexts are bound to it.
func (k KDF) String() string { return fmt.Sprintf("t=%d,m=%d,p=%d", k.Time, k.Memory, k.Threads) }

// maxDerivations is how many derivations may run at once: each takes 128 MiB,
// and a burst of sign-ins must not take the machine down.
const maxDerivations = 2

// Deriver turns passphrases into keys, at most two at once. One Deriver is
// made for a process and shared by everything that signs people in. It is safe
// for concurrent use.
type Deriver struct{ slots chan struct{} }

// NewDeriver makes a Deriver.
func NewDeriver() *Deriver { return &Deriver{slots: make(chan struct{}, maxDerivations)} }

// derive waits for its turn, or until ctx ends, and then computes the key. A
// derivation that has begun runs to its end.
func (d *Deriver) derive(ctx context.Context, k KDF, passphrase string, salt []byte) ([]byte, error) {
	select {
	case d.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, fault.Wrap(fault.KindUnavailable, ctx.Err(), "too many people are signing in at this moment; try again")
	}
	defer func() { <-d.slots }()
	if err := ctx.Err(); err != nil {
		return nil, fault.Wrap(fault.KindUnavailable, err, "signing in was interrupted; try again")
	}
	secret := []byte(NormalisePassphrase(passphrase))
	defer clear(secret)
	return argon2.IDKey(secret, salt, k.Time, k.Memory, k.Threads, KeySize), nil
}

// saltSize is the size of the salt in the key file, in bytes.
const saltSize = 16

// loginSalt is the Argon2id salt of a login. Each login has its own, and none
// is stored: a key file does not tell a thief who works here, and a login that
// does not exist costs the same and looks the same as a wrong passphrase.
func loginSalt(fileSalt []byte, login string) []byte {
	h := sha256.Sum256(label("asylon/keys/1 login", string(fileSalt), foldLogin(login)))
	return h[:saltSize]
}
