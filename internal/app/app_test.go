package app

import (
	"testing"

	"asylon/internal/access"
	"asylon/internal/fault"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/register"
	"asylon/internal/vault"
)

// cheap are key-derivation parameters that make tests quick.
var cheap = Options{KDF: vault.KDF{Time: 1, Memory: 1 << 10, Threads: 1}}

func TestInitSignInLock(t *testing.T) {
	ctx := t.Context()
	dir := t.TempDir() + "/office"
	const pass = "kettle window orchard seven maple"
	if err := Init(ctx, dir, cheap, "Mina", "Mina Office", pass, "en"); err != nil {
		t.Fatal(err)
	}
	a, err := Open(dir, cheap)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, cheap); !fault.Is(err, fault.KindUnavailable) && !fault.Is(err, fault.KindConflict) {
		t.Errorf("a second process got the folder: %v", err)
	}
	if _, err := a.Installation(); !fault.Is(err, fault.KindForbidden) {
		t.Errorf("a fresh server is not locked: %v", err)
	}
	if _, err := a.SignIn(ctx, "mina", "wrong wrong wrong wrong"); !fault.Is(err, fault.KindForbidden) {
		t.Errorf("wrong passphrase: %v", err)
	}
	cookie, err := a.SignIn(ctx, "mina", pass)
	if err != nil {
		t.Fatal(err)
	}
	in, err := a.Installation()
	if err != nil {
		t.Fatal(err)
	}
	v, err := in.Accounts.Session(cookie)
	if err != nil {
		t.Fatal(err)
	}
	words := register.NewWords([]record.Property{{ID: record.PropPersonName, Kinds: []record.Kind{record.KindPerson}, Type: record.TypeText,
		Compartment: record.Identities, Labels: record.Labels{"en": "name"}}}, nil)
	var got register.Recorded
	err = v.Write(ctx, policy.AddRecord, func(w *access.Writer) error {
		got, err = register.Record(ctx, w, words, register.Input{New: []record.NewEntity{{N: 1, Kind: record.KindPerson}},
			Statements: []record.Statement{{Entity: record.Local(1), Property: record.PropPersonName, Value: record.Value{Text: "a sealed name"}}}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	v.Close()
	v, err = in.Accounts.Session(cookie)
	if err != nil {
		t.Fatal(err)
	}
	if err := v.OpenSealed(ctx, got.Entities[0], record.Identities, "test of the whole path"); err != nil {
		t.Fatal(err)
	}
	err = v.Read(ctx, policy.ReadRecord, func(r *access.Reader) error {
		its, err := register.OpenedOf(ctx, r, got.Entities[0])
		if err != nil {
			return err
		}
		if len(its) != 1 || its[0].Value.Text != "a sealed name" {
			t.Errorf("opened %v", its)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	v.Close()
	if err := a.LockAll(); err != nil {
		t.Fatal(err)
	}
	if !a.Locked() {
		t.Error("lock all left it open")
	}
	if _, err := in.Accounts.Session(cookie); err == nil {
		t.Error("a cookie outlives lock all")
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
}
