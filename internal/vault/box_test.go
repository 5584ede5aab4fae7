package vault_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"asylon/internal/fault"
	"asylon/internal/record"
	"asylon/internal/vault"
)

func TestBox(t *testing.T) {
	o := newOffice(t)
	must(t, o.ann.AddSecret(vault.DatabaseSecret, []byte("db"), o.ann.ID()))
	box, secret, err := vault.NewBox(o.ann)
	must(t, err)
	o.ann.Close()
	if len(secret) != 43 || bytes.Contains(box, []byte("AGE-SECRET-KEY")) {
		t.Fatalf("a secret of %d characters, or the identity is in the open", len(secret))
	}
	if id, err := box.User(); err != nil || id != o.ann.ID() {
		t.Errorf("the box is %s's (%v)", id, err)
	}
	u, err := box.Open(o.file, secret)
	must(t, err)
	got, err := u.Secret(vault.DatabaseSecret)
	must(t, err)
	if string(got) != "db" {
		t.Errorf("got %q", got)
	}
	u.Close()
	again, err := box.Open(o.file, secret) // for the next request
	must(t, err)
	again.Close()
}

func TestBoxRefuses(t *testing.T) {
	o := newOffice(t)
	ben := o.hire(t, benLogin, benWords)
	box, secret, err := vault.NewBox(ben)
	must(t, err)
	_, otherSecret, err := vault.NewBox(ben)
	must(t, err)
	if secret == otherSecret {
		t.Fatal("two boxes have one secret")
	}
	for _, s := range []string{"", otherSecret, secret[1:], secret + "A", "!" + secret[1:]} {
		if _, err := box.Open(o.file, s); !errors.Is(err, vault.ErrLocked) {
			t.Errorf("with the secret %q: %v", s, err)
		}
	}
	for i := range 8 * len(box) {
		damaged := slices.Clone(box)
		damaged[i/8] ^= 1 << (i % 8)
		if _, err := damaged.Open(o.file, secret); !errors.Is(err, vault.ErrLocked) {
			t.Fatalf("bit %d: %v", i, err)
		}
	}
	for n := range box {
		if _, err := box[:n].Open(o.file, secret); !errors.Is(err, vault.ErrLocked) {
			t.Fatalf("the first %d bytes: %v", n, err)
		}
	}
	if _, err := vault.Box(nil).User(); !fault.Is(err, fault.KindCorrupt) {
		t.Errorf("whose an empty box is: %v", err)
	}
	must(t, o.ann.RemoveUser(ben.ID()))
	_, err = box.Open(o.file, secret)
	wantKind(t, err, fault.KindForbidden)
}

// A depositor can read back what they sealed in this sign-in, across requests,
// under one deposit; after the next sign-in they cannot.
func TestBoxCarriesDeposits(t *testing.T) {
	o := newOffice(t)
	must(t, ring(t, o.ann).Found(o.ctx, o.keys, record.Sources, o.ann.ID()))
	ben := o.hire(t, benLogin, benWords)
	box, secret, err := vault.NewBox(ben)
	must(t, err)
	seal := func(u *vault.Unlocked) []byte {
		k, err := ring(t, u).Sealer(o.ctx, o.keys, record.Sources, person)
		must(t, err)
		sealed, err := k.Seal([]byte("ad"), []byte("who told us"))
		must(t, err)
		return sealed
	}
	first := seal(ben)
	ben.Close()
	next, err := box.Open(o.file, secret)
	must(t, err)
	defer next.Close()
	second := seal(next)
	if a, _ := vault.SealedKeyID(first); !slices.Equal(a[:], second[1:17]) {
		t.Error("the next request made another key")
	}
	keys, err := ring(t, next).Opener(o.ctx, o.keys, record.Sources, person)
	must(t, err)
	got, err := keys.Open([]byte("ad"), first)
	must(t, err)
	if string(got) != "who told us" {
		t.Errorf("got %q", got)
	}
	_, err = ring(t, o.unlock(t, benLogin, benWords)).Opener(o.ctx, o.keys, record.Sources, person)
	wantKind(t, err, fault.KindForbidden)
}
