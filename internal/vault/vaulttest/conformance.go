package vaulttest

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"asylon/internal/record"
	"asylon/internal/vault"
)

// KeyStore checks that a store keeps rows as vault.KeyStore promises. open
// makes an empty store for each part of the suite.
func KeyStore(t *testing.T, open func(t *testing.T) vault.KeyStore) {
	for _, part := range []struct {
		name string
		run  func(suite, *testing.T)
	}{
		{"epochs", suite.epochs},
		{"wraps", suite.wraps},
		{"deposits", suite.deposits},
		{"record keys", suite.recordKeys},
		{"erasure", suite.erasure},
		{"caller owns slices", suite.ownership},
		{"odd bytes and names", suite.oddities},
	} {
		t.Run(part.name, func(t *testing.T) { part.run(suite{open(t), t.Context()}, t) })
	}
}

type suite struct {
	keys vault.KeyStore
	ctx  context.Context
}

// must stops a test at an unexpected error.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// want checks for one of the errors of a KeyStore.
func want(t *testing.T, got, wanted error) {
	t.Helper()
	if !errors.Is(got, wanted) {
		t.Fatalf("got error %v, want %v", got, wanted)
	}
}

// equal compares what was read with what should be there.
func equal[T any](t *testing.T, what string, got, wanted T) {
	t.Helper()
	if d := cmp.Diff(wanted, got); d != "" {
		t.Fatalf("%s (-want +got):\n%s", what, d)
	}
}

func (s suite) epochs(t *testing.T) {
	if got, err := s.keys.Compartments(s.ctx); err != nil || len(got) != 0 {
		t.Fatalf("compartments of an empty store: %v, %v", got, err)
	}
	if got, err := s.keys.Epochs(s.ctx, "sources"); err != nil || len(got) != 0 {
		t.Fatalf("epochs of an unknown compartment: %v, %v", got, err)
	}
	rows := []vault.EpochRow{}
	for n := 1; n <= 11; n++ { // more than nine: numbers sort as numbers
		rows = append(rows, vault.EpochRow{Compartment: "sources", Number: n, Record: []byte{byte(n)}})
	}
	for i := range rows {
		must(t, s.keys.AddEpoch(s.ctx, rows[len(rows)-1-i]))
	}
	must(t, s.keys.AddEpoch(s.ctx, vault.EpochRow{Compartment: "identities", Number: 1, Record: []byte("i")}))
	want(t, s.keys.AddEpoch(s.ctx, rows[3]), vault.ErrRowExists)
	rows[4].Record = []byte("replaced")
	must(t, s.keys.ReplaceEpoch(s.ctx, rows[4]))
	want(t, s.keys.ReplaceEpoch(s.ctx, vault.EpochRow{Compartment: "sources", Number: 12, Record: []byte("x")}), vault.ErrNoRow)
	want(t, s.keys.ReplaceEpoch(s.ctx, vault.EpochRow{Compartment: "medical", Number: 1, Record: []byte("x")}), vault.ErrNoRow)
	got, err := s.keys.Epochs(s.ctx, "sources")
	must(t, err)
	equal(t, "epochs", got, rows)
	names, err := s.keys.Compartments(s.ctx)
	must(t, err)
	equal(t, "compartments", names, []record.Compartment{"identities", "sources"})
}

func (s suite) wraps(t *testing.T) {
	const ann, ben = vault.UserID("aaaaaaaaaaaaaaaa"), vault.UserID("bbbbbbbbbbbbbbbb")
	_, err := s.keys.Wrap(s.ctx, "sources", 1, ann)
	want(t, err, vault.ErrNoRow)
	for _, w := range []vault.WrapRow{
		{Compartment: "sources", Epoch: 1, User: ann, Wrap: []byte("s1a")},
		{Compartment: "sources", Epoch: 2, User: ann, Wrap: []byte("old")},
		{Compartment: "sources", Epoch: 2, User: ann, Wrap: []byte("s2a")}, // replaces
		{Compartment: "sources", Epoch: 2, User: ben, Wrap: []byte("s2b")},
		{Compartment: "medical", Epoch: 1, User: ann, Wrap: []byte("m1a")},
	} {
		must(t, s.keys.PutWrap(s.ctx, w))
	}
	got, err := s.keys.Wrap(s.ctx, "sources", 2, ann)
	must(t, err)
	equal(t, "wrap", string(got), "s2a")
	must(t, s.keys.DeleteWraps(s.ctx, "sources", ann))
	must(t, s.keys.DeleteWraps(s.ctx, "sources", ann)) // nothing left is no error
	for n := 1; n <= 2; n++ {
		_, err = s.keys.Wrap(s.ctx, "sources", n, ann)
		want(t, err, vault.ErrNoRow)
	}
	got, err = s.keys.Wrap(s.ctx, "sources", 2, ben)
	must(t, err)
	equal(t, "another user's wrap", string(got), "s2b")
	got, err = s.keys.Wrap(s.ctx, "medical", 1, ann)
	must(t, err)
	equal(t, "another compartment's wrap", string(got), "m1a")
}

func (s suite) deposits(t *testing.T) {
	id := vault.DepositID{1, 2, 3}
	_, err := s.keys.Deposit(s.ctx, id)
	want(t, err, vault.ErrNoRow)
	row := vault.DepositRow{ID: id, Compartment: "sources", Epoch: 3, Wrap: []byte("wrap")}
	must(t, s.keys.AddDeposit(s.ctx, row))
	want(t, s.keys.AddDeposit(s.ctx, vault.DepositRow{ID: id, Compartment: "x", Epoch: 1, Wrap: []byte("y")}), vault.ErrRowExists)
	got, err := s.keys.Deposit(s.ctx, id)
	must(t, err)
	equal(t, "deposit", got, row)
}

// key makes a row that differs from others by n.
func key(n byte, of record.ID, c record.Compartment, epoch int) vault.SealedKey {
	return vault.SealedKey{ID: vault.KeyID{15: n}, Entity: of, Compartment: c, Epoch: epoch, Sealed: []byte{n, 0, n}}
}

const (
	onePerson     = record.ID("aaaaaaaaaaaaaaaa.a1.a1")
	anotherPerson = record.ID("aaaaaaaaaaaaaaaa.a1.a2")
)

func (s suite) recordKeys(t *testing.T) {
	if got, err := s.keys.RecordKeys(s.ctx, onePerson, "sources"); err != nil || len(got) != 0 {
		t.Fatalf("keys of an unknown entity: %v, %v", got, err)
	}
	deposited := key(1, onePerson, "sources", 2)
	deposited.Deposit = vault.DepositID{9}
	rows := []vault.SealedKey{key(4, onePerson, "sources", 1), deposited, key(2, onePerson, "sources", 2), key(3, onePerson, "sources", 10)}
	for _, i := range []int{3, 0, 2, 1} {
		must(t, s.keys.AddRecordKey(s.ctx, rows[i]))
	}
	must(t, s.keys.AddRecordKey(s.ctx, key(5, onePerson, "identities", 1)))
	must(t, s.keys.AddRecordKey(s.ctx, key(6, anotherPerson, "sources", 1)))
	want(t, s.keys.AddRecordKey(s.ctx, key(6, onePerson, "identities", 7)), vault.ErrRowExists)
	got, err := s.keys.RecordKeys(s.ctx, onePerson, "sources")
	must(t, err)
	equal(t, "record keys by epoch and id", got, rows)
}

func (s suite) erasure(t *testing.T) {
	keep := []vault.SealedKey{key(1, onePerson, "identities", 1), key(2, anotherPerson, "sources", 1)}
	for _, k := range append([]vault.SealedKey{key(3, onePerson, "sources", 1), key(4, onePerson, "sources", 2)}, keep...) {
		must(t, s.keys.AddRecordKey(s.ctx, k))
	}
	n, err := s.keys.DeleteRecordKeys(s.ctx, onePerson, "sources")
	must(t, err)
	equal(t, "keys destroyed", n, 2)
	n, err = s.keys.DeleteRecordKeys(s.ctx, onePerson, "sources")
	must(t, err)
	equal(t, "keys destroyed again", n, 0)
	if got, err := s.keys.RecordKeys(s.ctx, onePerson, "sources"); err != nil || len(got) != 0 {
		t.Fatalf("keys after erasure: %v, %v", got, err)
	}
	for _, k := range keep {
		got, err := s.keys.RecordKeys(s.ctx, k.Entity, k.Compartment)
		must(t, err)
		equal(t, "keys of others", got, []vault.SealedKey{k})
	}
}

func (s suite) ownership(t *testing.T) {
	wrap := []byte("wrap")
	must(t, s.keys.PutWrap(s.ctx, vault.WrapRow{Compartment: "c", Epoch: 1, User: "u", Wrap: wrap}))
	clear(wrap)
	got, err := s.keys.Wrap(s.ctx, "c", 1, "u")
	must(t, err)
	equal(t, "after the caller cleared what it gave", string(got), "wrap")
	clear(got)
	got, err = s.keys.Wrap(s.ctx, "c", 1, "u")
	must(t, err)
	equal(t, "after the caller cleared what it got", string(got), "wrap")
}

func (s suite) oddities(t *testing.T) {
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	must(t, s.keys.AddEpoch(s.ctx, vault.EpochRow{Compartment: "a-b", Number: 1, Record: all}))
	must(t, s.keys.AddEpoch(s.ctx, vault.EpochRow{Compartment: "a", Number: 1, Record: []byte("a%_'\"")}))
	got, err := s.keys.Epochs(s.ctx, "a-b")
	must(t, err)
	equal(t, "a record of every byte", got, []vault.EpochRow{{Compartment: "a-b", Number: 1, Record: all}})
	k := vault.SealedKey{ID: vault.KeyID(all[240:]), Entity: onePerson, Compartment: "a", Epoch: 1 << 30, Deposit: vault.DepositID(all[:16]), Sealed: all}
	must(t, s.keys.AddRecordKey(s.ctx, k))
	rows, err := s.keys.RecordKeys(s.ctx, onePerson, "a")
	must(t, err)
	equal(t, "a key of every byte", rows, []vault.SealedKey{k})
}
