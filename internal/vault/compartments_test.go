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

var ad = []byte("preamble and part number")

// seal seals a text about an entity.
func (o *office) seal(t tb, k *vault.Keyring, c record.Compartment, of record.ID, text string) []byte {
	t.Helper()
	key, err := k.Sealer(o.ctx, o.keys, c, of)
	must(t, err)
	sealed, err := key.Seal(ad, []byte(text))
	must(t, err)
	return sealed
}

// open opens a sealed text.
func (o *office) open(k *vault.Keyring, c record.Compartment, of record.ID, sealed []byte) (string, error) {
	keys, err := k.Opener(o.ctx, o.keys, c, of)
	if err != nil {
		return "", err
	}
	plain, err := keys.Open(ad, sealed)
	return string(plain), err
}

// reads checks that a sealed text opens to want.
func (o *office) reads(t tb, k *vault.Keyring, c record.Compartment, of record.ID, sealed []byte, want string) {
	t.Helper()
	if got, err := o.open(k, c, of, sealed); err != nil || got != want {
		t.Fatalf("opened %q (%v), want %q", got, err, want)
	}
}

// staffed is an office with three users and their keyrings; Ann and Ben are
// the members of identities.
func staffed(t testing.TB) (o *office, ann, ben, clo *vault.Keyring, users [3]*vault.Unlocked) {
	o = newOffice(t)
	b, c := o.hire(t, benLogin, benWords), o.hire(t, cloLogin, cloWords)
	ann, ben, clo = ring(t, o.ann), ring(t, b), ring(t, c)
	must(t, ann.Found(o.ctx, o.keys, record.Identities, o.ann.ID(), b.ID()))
	return o, ann, ben, clo, [3]*vault.Unlocked{o.ann, b, c}
}

func TestMembersShareAndOthersDeposit(t *testing.T) {
	o, ann, ben, clo, _ := staffed(t)
	fromAnn := o.seal(t, ann, record.Identities, person, "the name, from Ann")
	fromBen := o.seal(t, ben, record.Identities, person, "the name, from Ben")
	fromClo := o.seal(t, clo, record.Identities, person, "the name, from Clo")
	aboutAnother := o.seal(t, clo, record.Identities, another, "another name")

	for _, k := range []*vault.Keyring{ann, ben} {
		o.reads(t, k, record.Identities, person, fromAnn, "the name, from Ann")
		o.reads(t, k, record.Identities, person, fromBen, "the name, from Ben")
		o.reads(t, k, record.Identities, person, fromClo, "the name, from Clo")
		o.reads(t, k, record.Identities, another, aboutAnother, "another name")
	}
	a, _ := vault.SealedKeyID(fromAnn)
	b, _ := vault.SealedKeyID(fromBen)
	c, _ := vault.SealedKeyID(fromClo)
	if a != b || a == c {
		t.Errorf("keys %s, %s and %s: members share one, a depositor has another", a, b, c)
	}
	// Clo reads back her own, and nothing that members sealed.
	o.reads(t, clo, record.Identities, person, fromClo, "the name, from Clo")
	_, err := o.open(clo, record.Identities, person, fromAnn)
	wantKind(t, err, fault.KindForbidden)
	// What a depositor knows is never used by members, also when it came first.
	later := o.seal(t, ann, record.Identities, another, "from a member, later")
	_, err = o.open(clo, record.Identities, another, later)
	wantKind(t, err, fault.KindForbidden)
}

// To somebody who is not a member, nothing tells whether there is anything.
func TestNotYoursLooksLikeNotThere(t *testing.T) {
	o, ann, _, clo, _ := staffed(t)
	o.seal(t, ann, record.Identities, person, "a name")
	_, there := clo.Opener(o.ctx, o.keys, record.Identities, person)
	_, empty := clo.Opener(o.ctx, o.keys, record.Identities, another)
	wantKind(t, there, fault.KindForbidden)
	if there.Error() != empty.Error() {
		t.Errorf("%q differs from %q", there, empty)
	}
}

func TestEntitiesAndCompartmentsAreApart(t *testing.T) {
	o, ann, _, _, users := staffed(t)
	must(t, ann.Found(o.ctx, o.keys, record.Sources, users[0].ID()))
	sealed := o.seal(t, ann, record.Identities, person, "a name")
	for _, c := range []struct {
		c  record.Compartment
		of record.ID
	}{{record.Identities, another}, {record.Sources, person}} {
		_, err := o.open(ann, c.c, c.of, sealed)
		wantKind(t, err, fault.KindNotFound)
	}
	// A row that somebody moved does not open elsewhere.
	rows, err := o.keys.RecordKeys(o.ctx, person, record.Identities)
	must(t, err)
	for _, move := range []func(*vault.SealedKey){
		func(r *vault.SealedKey) { r.Entity = another },
		func(r *vault.SealedKey) { r.Compartment = record.Sources },
		func(r *vault.SealedKey) { r.Epoch = 2 },
		func(r *vault.SealedKey) { r.Epoch = 0 },
		func(r *vault.SealedKey) { r.Deposit[0] = 1 },
		func(r *vault.SealedKey) { r.Sealed[0]++ },
		func(r *vault.SealedKey) { r.Sealed[40] ^= 1 },
		func(r *vault.SealedKey) { r.Sealed = nil },
	} {
		r := rows[0]
		r.Sealed = bytes.Clone(r.Sealed)
		move(&r)
		keys, err := ann.OpenRows(o.ctx, o.keys, record.Identities, []vault.SealedKey{r})
		must(t, err)
		_, err = keys.Open(ad, sealed)
		wantKind(t, err, fault.KindCorrupt)
	}
}

func TestErasure(t *testing.T) {
	o, ann, _, clo, _ := staffed(t)
	byMember := o.seal(t, ann, record.Identities, person, "a name")
	deposited := o.seal(t, clo, record.Identities, person, "a birth date")
	kept := o.seal(t, ann, record.Identities, another, "another name")
	must(t, ann.Renew(o.ctx, o.keys, record.Identities))
	inNextEpoch := o.seal(t, ann, record.Identities, person, "an alias")

	n, err := o.keys.DeleteRecordKeys(o.ctx, person, record.Identities)
	must(t, err)
	if n != 3 {
		t.Errorf("%d keys destroyed, want 3", n)
	}
	for _, sealed := range [][]byte{byMember, deposited, inNextEpoch} {
		_, err := o.open(ann, record.Identities, person, sealed)
		wantKind(t, err, fault.KindNotFound)
	}
	_, err = o.open(clo, record.Identities, person, deposited)
	wantKind(t, err, fault.KindForbidden)
	o.reads(t, ann, record.Identities, another, kept, "another name")
	anew := o.seal(t, ann, record.Identities, person, "given again, with consent")
	o.reads(t, ann, record.Identities, person, anew, "given again, with consent")
}

func TestDismissal(t *testing.T) {
	o, ann, ben, _, users := staffed(t)
	before := o.seal(t, ann, record.Identities, person, "before")
	o.reads(t, ben, record.Identities, person, before, "before")
	kept := vault.EpochKeys(ben, "identities") // what Ben may have written down
	disk := o.keys.Copy()

	must(t, ann.Dismiss(o.ctx, o.keys, record.Identities, users[1].ID()))
	after := o.seal(t, ann, record.Identities, person, "after")
	_, err := o.open(ben, record.Identities, person, after)
	wantKind(t, err, fault.KindForbidden)
	_, err = o.open(ben, record.Identities, person, before)
	wantKind(t, err, fault.KindForbidden)
	o.reads(t, ann, record.Identities, person, before, "before")
	o.reads(t, ann, record.Identities, person, after, "after")
	for n := range 3 {
		if _, err := o.keys.Wrap(o.ctx, record.Identities, n, users[1].ID()); !errors.Is(err, vault.ErrNoRow) {
			t.Errorf("Ben's wrap of epoch %d is still there: %v", n, err)
		}
	}
	// Not even with the old keys does the new epoch open.
	rows, err := o.keys.RecordKeys(o.ctx, person, record.Identities)
	must(t, err)
	for _, r := range rows {
		for _, key := range kept {
			if opens := vault.OpensUnder(key, r); opens != (r.Epoch == 1) {
				t.Errorf("Ben's old key opens a record key of epoch %d: %v", r.Epoch, opens)
			}
		}
	}
	// His old wraps, put back into the new tables, give him nothing.
	old, err := disk.Wrap(o.ctx, record.Identities, 1, users[1].ID())
	must(t, err)
	must(t, o.keys.PutWrap(o.ctx, vault.WrapRow{Compartment: record.Identities, Epoch: 2, User: users[1].ID(), Wrap: old}))
	_, err = o.open(ben, record.Identities, person, after)
	wantKind(t, err, fault.KindForbidden)
}

func TestMembership(t *testing.T) {
	o, ann, ben, clo, users := staffed(t)
	c := record.Identities
	wantKind(t, ann.Found(o.ctx, o.keys, c, users[0].ID()), fault.KindConflict)
	wantKind(t, ann.Found(o.ctx, o.keys, "medical"), fault.KindConflict)
	wantKind(t, ann.Found(o.ctx, o.keys, "medical", "aaaaaaaaaaaaaaaa"), fault.KindNotFound)
	for _, name := range []record.Compartment{"general", "", "Medical", "a b", "0day", record.Compartment(bytes.Repeat([]byte("a"), 41))} {
		wantKind(t, ann.Found(o.ctx, o.keys, name, users[0].ID()), fault.KindInvalid)
		_, err := ann.Sealer(o.ctx, o.keys, name, person)
		wantKind(t, err, fault.KindInvalid)
	}
	_, err := ann.Sealer(o.ctx, o.keys, "unknown", person)
	wantKind(t, err, fault.KindNotFound)
	for _, of := range []record.ID{"", "#3"} {
		_, err = ann.Sealer(o.ctx, o.keys, c, of)
		wantKind(t, err, fault.KindInvalid)
	}

	wantKind(t, clo.Admit(o.ctx, o.keys, c, users[2].ID()), fault.KindForbidden)
	wantKind(t, clo.Dismiss(o.ctx, o.keys, c, users[0].ID()), fault.KindForbidden)
	wantKind(t, ann.Dismiss(o.ctx, o.keys, c, users[2].ID()), fault.KindNotFound)
	wantKind(t, ann.Dismiss(o.ctx, o.keys, c, users[0].ID(), users[1].ID()), fault.KindConflict)
	wantKind(t, ann.Admit(o.ctx, o.keys, c, "aaaaaaaaaaaaaaaa"), fault.KindNotFound)

	early := o.seal(t, ben, c, person, "early")
	must(t, ann.Renew(o.ctx, o.keys, c))
	must(t, ben.Admit(o.ctx, o.keys, c, users[2].ID()))
	o.reads(t, clo, c, person, early, "early") // by the chain
	must(t, clo.Dismiss(o.ctx, o.keys, c, users[2].ID()))
	got, err := clo.Compartments(o.ctx, o.keys)
	must(t, err)
	want := []vault.UserID{users[0].ID(), users[1].ID()}
	slices.Sort(want)
	if len(got) != 1 || got[0].Epoch != 3 || got[0].Member || !got[0].Confirmed || !slices.Equal(got[0].Members, want) {
		t.Errorf("standing is %+v", got)
	}
	if clo.Member(c) || !ben.Member(c) || ben.Member("unknown") {
		t.Error("Member does not say who is one")
	}
}

// An administrator can found a compartment for others and not read it.
func TestFounderNeedNotBeAMember(t *testing.T) {
	o, ann, ben, _, users := staffed(t)
	must(t, ann.Found(o.ctx, o.keys, record.Sources, users[1].ID()))
	sealed := o.seal(t, ben, record.Sources, person, "who said it")
	_, err := o.open(ann, record.Sources, person, sealed)
	wantKind(t, err, fault.KindForbidden)
	wantKind(t, ann.Admit(o.ctx, o.keys, record.Sources, users[0].ID()), fault.KindForbidden)
}

func TestTend(t *testing.T) {
	o, ann, ben, clo, users := staffed(t)
	must(t, ben.Found(o.ctx, o.keys, record.Sources, users[1].ID(), users[2].ID()))
	before := o.seal(t, ann, record.Identities, person, "before")
	must(t, o.ann.RemoveUser(users[1].ID()))

	_, err := ann.Sealer(o.ctx, o.keys, record.Identities, person)
	wantKind(t, err, fault.KindUnavailable) // nothing is sealed before it is tended
	o.reads(t, ann, record.Identities, person, before, "before")
	_, err = ben.Sealer(o.ctx, o.keys, record.Identities, person)
	wantKind(t, err, fault.KindForbidden)

	done, err := ann.Tend(o.ctx, o.keys)
	must(t, err)
	if len(done) != 2 || !done[0].Renewed || done[0].Epoch != 2 || !slices.Equal(done[0].Dismissed, []vault.UserID{users[1].ID()}) ||
		done[1].Renewed || done[1].Compartment != record.Sources {
		t.Fatalf("Ann tended %+v", done)
	}
	o.seal(t, ann, record.Identities, person, "after")
	o.seal(t, ann, record.Sources, person, "a deposit is possible again")
	if done, err = ann.Tend(o.ctx, o.keys); err != nil || done != nil {
		t.Errorf("a second time: %+v, %v", done, err)
	}
	// Sources still has Ben among its members until a member tends it.
	if done, err = clo.Tend(o.ctx, o.keys); err != nil || len(done) != 1 || !done[0].Renewed || done[0].Compartment != record.Sources {
		t.Errorf("Clo tended %+v, %v", done, err)
	}
	if s, err := clo.Compartments(o.ctx, o.keys); err != nil || len(s) != 2 || s[1].Gone != nil || s[1].Epoch != 2 {
		t.Errorf("standing is %+v, %v", s, err)
	}
}

// A transaction that is rolled back leaves nothing in a keyring.
func TestRolledBack(t *testing.T) {
	o, ann, ben, clo, _ := staffed(t)
	before := o.keys.Copy()
	must(t, ann.Renew(o.ctx, o.keys, record.Identities))
	for _, k := range []*vault.Keyring{ann, ben, clo} {
		o.seal(t, k, record.Identities, person, "lost with the transaction")
	}
	o.keys.Restore(before)
	for i, k := range []*vault.Keyring{ann, ben, clo} {
		text := "kept " + string('0'+rune(i))
		sealed := o.seal(t, k, record.Identities, person, text)
		o.reads(t, ben, record.Identities, person, sealed, text)
	}
}

func TestKeyringClose(t *testing.T) {
	o, ann, _, _, _ := staffed(t)
	o.seal(t, ann, record.Identities, person, "x")
	ann.Close()
	ann.Close()
	_, errSeal := ann.Sealer(o.ctx, o.keys, record.Identities, person)
	_, errOpen := ann.Opener(o.ctx, o.keys, record.Identities, person)
	_, errList := ann.Compartments(o.ctx, o.keys)
	_, errTend := ann.Tend(o.ctx, o.keys)
	for _, err := range []error{errSeal, errOpen, errList, errTend, ann.Renew(o.ctx, o.keys, record.Identities),
		ann.Settle(o.ctx, o.keys), ann.Found(o.ctx, o.keys, "x", o.ann.ID()), ann.Admit(o.ctx, o.keys, record.Identities, o.ann.ID())} {
		if !errors.Is(err, vault.ErrLocked) {
			t.Errorf("after Close: %v, want ErrLocked", err)
		}
	}
	if _, err := o.ann.Secret("x"); errors.Is(err, vault.ErrLocked) {
		t.Error("the user was closed too")
	}
}
