package vault_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"filippo.io/age"

	"asylon/internal/durable"
	"asylon/internal/fault"
	"asylon/internal/vault"
	"asylon/internal/vault/vaulttest"
)

func TestUnlock(t *testing.T) {
	o := newOffice(t)
	o.hire(t, cloLogin, cloWords)
	for _, c := range []struct {
		name, login, words string
		ok                 bool
	}{
		{"right", annLogin, annWords, true},
		{"login in another case and spaced", "  Ann.NOH ", annWords, true},
		{"passphrase spaced differently", annLogin, " otter  plum canyon\tquiz lilac honest", true},
		{"full width", "ＡＮＮ.noh", "ｏｔｔｅｒ plum canyon quiz lilac honest", true},
		{"Hangul as letters", "\u110f\u1173\u11af\u1105\u1169\u110b\u1175", "\u110b\u1169\u1102\u1173\u11af\u110b\u1173\u11ab 강가에 눈이 온다", true},
		{"case of passphrase counts", annLogin, "Otter plum canyon quiz lilac honest", false},
		{"wrong passphrase", annLogin, benWords, false},
		{"another's passphrase", annLogin, cloWords, false},
		{"unknown login", "nobody", annWords, false},
		{"nothing", "", "", false},
		{"a book", annLogin, strings.Repeat("otter ", 100000), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			u, err := o.file.Unlock(o.ctx, c.login, c.words)
			if c.ok {
				must(t, err)
				u.Close()
				return
			}
			if !errors.Is(err, vault.ErrPassphrase) {
				t.Fatalf("got %v, want ErrPassphrase", err)
			}
		})
	}
}

// A stolen file must not tell who works there.
func TestFileTellsNoLogins(t *testing.T) {
	o := newOffice(t)
	o.hire(t, cloLogin, cloWords)
	for _, login := range []string{annLogin, cloLogin} {
		if bytes.Contains(o.raw(t), []byte(login)) {
			t.Errorf("the file contains %q", login)
		}
	}
}

func TestStandardStrength(t *testing.T) {
	m := vaulttest.NewMedium(nil)
	_, u, err := vault.Create(t.Context(), m, vault.NewDeriver(), vault.StandardKDF(), annLogin, annWords)
	must(t, err)
	u.Close()
	raw, err := m.Read()
	must(t, err)
	for _, want := range []string{`"time": 3`, `"memory": 131072`, `"name": "argon2id"`} {
		if !bytes.Contains(raw, []byte(want)) {
			t.Errorf("the file does not contain %s", want)
		}
	}
	f, err := reopen(raw)
	must(t, err)
	u, err = f.Unlock(t.Context(), annLogin, annWords)
	must(t, err)
	u.Close()
}

func TestCreateRefuses(t *testing.T) {
	o := newOffice(t)
	before := o.raw(t)
	_, _, err := vault.Create(o.ctx, o.medium, vault.NewDeriver(), cheap, benLogin, benWords)
	wantKind(t, err, fault.KindConflict)
	if !bytes.Equal(before, o.raw(t)) {
		t.Error("the existing file was changed")
	}
	for _, c := range []struct{ name, login, words string }{
		{"weak passphrase", benLogin, "secret"}, {"no login", " ", benWords}, {"login with a space in it", "ben baek", benWords},
	} {
		m := vaulttest.NewMedium(nil)
		_, _, err := vault.Create(o.ctx, m, vault.NewDeriver(), cheap, c.login, c.words)
		wantKind(t, err, fault.KindInvalid)
		if m.Writes() != 0 {
			t.Errorf("%s: something was written", c.name)
		}
	}
	_, err = vault.Open(vaulttest.NewMedium(nil), vault.NewDeriver())
	wantKind(t, err, fault.KindNotFound)
}

func TestSecrets(t *testing.T) {
	o := newOffice(t)
	ann, ben := o.ann, o.hire(t, benLogin, benWords)
	value := []byte("the key of the database, 32 byte")
	must(t, ann.AddSecret(vault.DatabaseSecret, value, ann.ID()))

	got, err := ann.Secret(vault.DatabaseSecret)
	must(t, err)
	if !bytes.Equal(got, value) {
		t.Fatalf("got %q", got)
	}
	_, errBen := ben.Secret(vault.DatabaseSecret)
	_, errNone := ben.Secret("journal/none")
	wantKind(t, errBen, fault.KindNotFound)
	wantKind(t, errNone, fault.KindNotFound)

	wantKind(t, ann.AddSecret(vault.DatabaseSecret, value, ann.ID()), fault.KindConflict)
	wantKind(t, ann.AddSecret("Übel", value, ann.ID()), fault.KindInvalid)
	wantKind(t, ann.AddSecret("empty", nil, ann.ID()), fault.KindInvalid)
	wantKind(t, ann.AddSecret("lonely", value), fault.KindInvalid)
	wantKind(t, ann.AddSecret("stranger", value, "aaaaaaaaaaaaaaaa"), fault.KindNotFound)
	wantKind(t, ben.Rewrap(vault.DatabaseSecret, ben.ID()), fault.KindNotFound)
	wantKind(t, ben.RemoveSecret(vault.DatabaseSecret), fault.KindNotFound)

	must(t, ann.Rewrap(vault.DatabaseSecret, ann.ID(), ben.ID(), ben.ID()))
	got, err = ben.Secret(vault.DatabaseSecret)
	must(t, err)
	if !bytes.Equal(got, value) {
		t.Fatalf("Ben got %q", got)
	}
	if h := o.file.Holders(vault.DatabaseSecret); !slices.Equal(h, []vault.UserID{ann.ID(), ben.ID()}) {
		t.Errorf("holders are %v", h)
	}
	must(t, ann.ReplaceSecret(vault.DatabaseSecret, []byte("another"), ann.ID()))
	_, err = ben.Secret(vault.DatabaseSecret)
	wantKind(t, err, fault.KindNotFound)
	wantKind(t, ann.ReplaceSecret("journal/x", value, ann.ID()), fault.KindNotFound)

	must(t, ann.AddSecret(vault.JournalSecret("x"), value, ann.ID()))
	if s := o.file.Secrets(); !slices.Equal(s, []vault.SecretName{"database", "journal/x"}) {
		t.Errorf("secrets are %v", s)
	}
	must(t, ann.RemoveSecret("journal/x"))
	if h := o.file.Holders("journal/x"); h != nil {
		t.Errorf("a removed secret is held by %v", h)
	}
}

func TestKeyPair(t *testing.T) {
	o := newOffice(t)
	must(t, o.ann.AddKeyPair(vault.InboxSecret, o.ann.ID()))
	must(t, o.ann.AddSecret(vault.DatabaseSecret, []byte("x"), o.ann.ID()))
	locked, err := reopen(o.raw(t))
	must(t, err)
	r, err := locked.Recipient(vault.InboxSecret) // nobody has signed in
	must(t, err)
	var b bytes.Buffer
	w, err := age.Encrypt(&b, r)
	must(t, err)
	_, err = w.Write([]byte("left at the door"))
	must(t, err)
	must(t, w.Close())

	id, err := o.ann.KeyPair(vault.InboxSecret)
	must(t, err)
	plain, err := age.Decrypt(&b, id)
	must(t, err)
	var got bytes.Buffer
	_, err = got.ReadFrom(plain)
	must(t, err)
	if got.String() != "left at the door" {
		t.Errorf("got %q", got.String())
	}
	_, err = o.ann.KeyPair(vault.DatabaseSecret)
	wantKind(t, err, fault.KindInvalid)
	_, err = locked.Recipient(vault.DatabaseSecret)
	wantKind(t, err, fault.KindNotFound)
}

func TestAddUserGivesSecrets(t *testing.T) {
	o := newOffice(t)
	must(t, o.ann.AddSecret(vault.DatabaseSecret, []byte("db"), o.ann.ID()))
	ben := o.hire(t, benLogin, benWords, vault.DatabaseSecret)
	got, err := ben.Secret(vault.DatabaseSecret)
	must(t, err)
	if string(got) != "db" {
		t.Errorf("got %q", got)
	}
	clo := o.hire(t, cloLogin, cloWords)
	users := len(o.file.Users())
	_, err = clo.AddUser(o.ctx, "dan", annWords, vault.DatabaseSecret)
	wantKind(t, err, fault.KindNotFound) // Clo cannot give what she has not
	_, err = o.ann.AddUser(o.ctx, "dan", "too short")
	wantKind(t, err, fault.KindInvalid)
	if got := len(o.file.Users()); got != users {
		t.Errorf("%d users after refusals, want %d", got, users)
	}
}

func TestRemoveUser(t *testing.T) {
	o := newOffice(t)
	must(t, o.ann.AddSecret(vault.DatabaseSecret, []byte("db"), o.ann.ID()))
	ben := o.hire(t, benLogin, benWords, vault.DatabaseSecret)
	must(t, ben.AddSecret("audit/ben", []byte("only his"), ben.ID()))

	wantKind(t, o.ann.RemoveUser(o.ann.ID()), fault.KindConflict)
	wantKind(t, o.ann.RemoveUser("aaaaaaaaaaaaaaaa"), fault.KindNotFound)
	wantKind(t, o.ann.RemoveUser(ben.ID()), fault.KindConflict) // the only holder of a secret
	must(t, ben.RemoveSecret("audit/ben"))
	must(t, o.ann.RemoveUser(ben.ID()))

	_, err := ben.Secret(vault.DatabaseSecret)
	wantKind(t, err, fault.KindForbidden)
	_, err = o.file.Unlock(o.ctx, benLogin, benWords)
	if !errors.Is(err, vault.ErrPassphrase) {
		t.Errorf("a removed user unlocks: %v", err)
	}
	if o.file.HasUser(ben.ID()) || bytes.Contains(o.raw(t), []byte(ben.ID())) {
		t.Error("the removed user is still in the file")
	}
	if _, err := o.ann.Secret(vault.DatabaseSecret); err != nil {
		t.Errorf("the remover: %v", err)
	}
}

// Users who were away while colleagues were removed come back to a file whose
// authority key they have never seen, and take it over.
func TestUsersCatchUpWithRemovals(t *testing.T) {
	o := newOffice(t)
	must(t, o.ann.AddSecret(vault.DatabaseSecret, []byte("db"), o.ann.ID()))
	clo := o.hire(t, cloLogin, cloWords, vault.DatabaseSecret)
	cloID := clo.ID()
	clo.Close()
	for _, login := range []string{"dan", "eve", "fay"} {
		u := o.hire(t, login, benWords)
		must(t, o.ann.RemoveUser(u.ID()))
	}
	if n := bytes.Count(o.raw(t), []byte(cloID)); n != 3 { // user, secret, authority
		t.Fatalf("Clo is named %d times, want 3", n)
	}
	writes := o.medium.Writes()
	clo = o.unlock(t, cloLogin, cloWords)
	got, err := clo.Secret(vault.DatabaseSecret)
	must(t, err)
	if string(got) != "db" {
		t.Errorf("got %q", got)
	}
	if n := bytes.Count(o.raw(t), []byte(cloID)); n != 2 || o.medium.Writes() != writes+1 {
		t.Errorf("Clo's pin was not renewed: named %d times after %d writes", n, o.medium.Writes()-writes)
	}
	o.unlock(t, cloLogin, cloWords)
	if o.medium.Writes() != writes+1 {
		t.Error("a second sign-in wrote again")
	}
}

// A full disk must not keep anybody from signing in.
func TestCatchUpWithoutDisk(t *testing.T) {
	o := newOffice(t)
	clo := o.hire(t, cloLogin, cloWords)
	ben := o.hire(t, benLogin, benWords)
	clo.Close()
	must(t, o.ann.RemoveUser(ben.ID()))
	before := o.raw(t)
	o.medium.FailNextWrite(errors.New("no space left"), false)
	o.unlock(t, cloLogin, cloWords)
	if !bytes.Equal(before, o.raw(t)) {
		t.Fatal("something was written")
	}
	o.unlock(t, cloLogin, cloWords) // the next time it works
	if bytes.Equal(before, o.raw(t)) {
		t.Error("the pin was never renewed")
	}
}

func TestChangePassphrase(t *testing.T) {
	o := newOffice(t)
	ben := o.hire(t, benLogin, benWords)
	if err := ben.ChangePassphrase(o.ctx, benLogin, annWords, benLogin, cloWords); !errors.Is(err, vault.ErrPassphrase) {
		t.Fatalf("with a wrong passphrase: %v", err)
	}
	if err := ben.ChangePassphrase(o.ctx, annLogin, annWords, benLogin, cloWords); !errors.Is(err, vault.ErrPassphrase) {
		t.Fatalf("with a colleague's passphrase: %v", err)
	}
	wantKind(t, ben.ChangePassphrase(o.ctx, benLogin, benWords, benLogin, "1234"), fault.KindInvalid)
	must(t, o.ann.SetKDF(vault.KDF{Time: 2, Memory: 16, Threads: 2}))
	must(t, ben.ChangePassphrase(o.ctx, benLogin, benWords, "benjamin", cloWords))

	for _, c := range []struct{ login, words string }{{benLogin, benWords}, {benLogin, cloWords}, {"benjamin", benWords}} {
		if _, err := o.file.Unlock(o.ctx, c.login, c.words); !errors.Is(err, vault.ErrPassphrase) {
			t.Errorf("%s still unlocks with something old: %v", c.login, err)
		}
	}
	if u := o.unlock(t, "benjamin", cloWords); u.ID() != ben.ID() {
		t.Error("it is another user now")
	}
	o.unlock(t, annLogin, annWords) // by the old parameters
}

func TestKDFBounds(t *testing.T) {
	o := newOffice(t)
	for _, k := range []vault.KDF{{}, {Time: 1, Memory: 8}, {Time: 1, Memory: 7, Threads: 1}, {Time: 17, Memory: 8, Threads: 1},
		{Time: 1, Memory: 1<<20 + 1, Threads: 1}, {Time: 1, Memory: 1 << 10, Threads: 17}} {
		wantKind(t, o.ann.SetKDF(k), fault.KindInvalid)
	}
	for i := range uint32(vault.MaxKDFs - 1) {
		must(t, o.ann.SetKDF(vault.KDF{Time: 2 + i, Memory: 8, Threads: 1}))
		o.hire(t, "user"+string('0'+rune(i)), benWords)
	}
	wantKind(t, o.ann.SetKDF(vault.KDF{Time: 9, Memory: 8, Threads: 1}), fault.KindConflict)
}

func TestDerivationsWaitTheirTurn(t *testing.T) {
	m, d := vaulttest.NewMedium(nil), vault.NewDeriver()
	f, u, err := vault.Create(t.Context(), m, d, cheap, annLogin, annWords)
	must(t, err)
	u.Close()
	free := d.Occupy()
	ctx, cancel := context.WithCancel(t.Context())
	waiting := make(chan error)
	go func() {
		_, err := f.Unlock(ctx, annLogin, annWords)
		waiting <- err
	}()
	cancel()
	wantKind(t, <-waiting, fault.KindUnavailable)
	go func() {
		u, err := f.Unlock(t.Context(), annLogin, annWords)
		if err == nil {
			u.Close()
		}
		waiting <- err
	}()
	free()
	must(t, <-waiting)
}

func TestClose(t *testing.T) {
	o := newOffice(t)
	must(t, o.ann.AddSecret(vault.DatabaseSecret, []byte("x"), o.ann.ID()))
	o.ann.Close()
	o.ann.Close()
	_, err := o.ann.Secret(vault.DatabaseSecret)
	_, _, errBox := vault.NewBox(o.ann)
	_, errAdd := o.ann.AddUser(o.ctx, benLogin, benWords)
	for _, err := range []error{err, errBox, errAdd, o.ann.RemoveSecret(vault.DatabaseSecret), o.ann.Rewrap(vault.DatabaseSecret)} {
		if !errors.Is(err, vault.ErrLocked) {
			t.Errorf("after Close: %v, want ErrLocked", err)
		}
	}
}

// What a newer version has added is kept by this one, and covered by the tag.
func TestUnknownFieldsAreKept(t *testing.T) {
	o := newOffice(t)
	key := vault.AuthorityKey(o.ann)
	must(t, o.ann.AddSecret(vault.DatabaseSecret, []byte("x"), o.ann.ID()))
	raw := o.raw(t)
	for _, c := range []struct{ at, add string }{
		{`"generation":`, `"recovery": {"of": 5, "need": 3},`}, {`"id":`, `"passkeys": ["a"],`},
		{`"name": "database"`, `"custodians": [],`}, {`"user":`, `"since": 1e3,`},
	} {
		raw = bytes.Replace(raw, []byte(c.at), []byte(c.add+c.at), 1)
	}
	raw = vault.ForgeKeyFile(raw, func(*vault.KeyBody) {}, key)
	m := vaulttest.NewMedium(raw)
	f, err := vault.Open(m, vault.NewDeriver())
	must(t, err)
	u, err := f.Unlock(o.ctx, annLogin, annWords)
	must(t, err)
	must(t, u.AddSecret("audit/x", []byte("y"), u.ID()))
	must(t, u.ChangePassphrase(o.ctx, annLogin, annWords, annLogin, benWords))
	after, err := m.Read()
	must(t, err)
	for _, want := range []string{`"recovery"`, `"need": 3`, `"passkeys"`, `"custodians"`, `1e3`} {
		if !bytes.Contains(after, []byte(want)) {
			t.Errorf("%s was lost", want)
		}
	}
}

func TestWriteFaults(t *testing.T) {
	o := newOffice(t)
	full := errors.New("no space left on device")
	before := o.raw(t)
	o.medium.FailNextWrite(full, false)
	err := o.ann.AddSecret("a", []byte("x"), o.ann.ID())
	wantKind(t, err, fault.KindUnavailable)
	if !errors.Is(err, full) || !bytes.Equal(before, o.raw(t)) || o.file.Holders("a") != nil {
		t.Fatal("a failed write changed something, or lost its cause")
	}
	must(t, o.ann.AddSecret("a", []byte("x"), o.ann.ID()))

	// The write fails after the rename: the new file may be there.
	o.medium.FailNextWrite(full, true)
	wantKind(t, o.ann.AddSecret("b", []byte("x"), o.ann.ID()), fault.KindUnavailable)
	wantKind(t, o.ann.AddSecret("b", []byte("x"), o.ann.ID()), fault.KindConflict) // it was
	must(t, o.ann.AddSecret("c", []byte("x"), o.ann.ID()))
}

func TestChangedBehindOurBack(t *testing.T) {
	o := newOffice(t)
	old := o.raw(t)
	must(t, o.ann.AddSecret("a", []byte("x"), o.ann.ID()))
	o.medium.Set(old)
	wantKind(t, o.ann.AddSecret("b", []byte("x"), o.ann.ID()), fault.KindConflict)
	if !bytes.Equal(o.raw(t), old) {
		t.Error("what somebody else wrote was overwritten")
	}
	f, err := reopen(old)
	must(t, err)
	if f.Generation() >= o.file.Generation() {
		t.Error("an older copy cannot be told by its generation")
	}
}

func TestConcurrentUse(t *testing.T) {
	o := newOffice(t)
	must(t, o.ann.AddSecret(vault.DatabaseSecret, []byte("x"), o.ann.ID()))
	var wg sync.WaitGroup
	errs := make(chan error, 64)
	for i := range 6 {
		wg.Go(func() {
			name := vault.SecretName("audit/" + string('a'+rune(i)))
			errs <- o.ann.AddSecret(name, []byte("x"), o.ann.ID())
			_, err := o.ann.Secret(vault.DatabaseSecret)
			errs <- err
			u, err := o.file.Unlock(o.ctx, annLogin, annWords)
			errs <- err
			_, err = u.Secret(name)
			errs <- err
			u.Close()
		})
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			t.Error(err)
		}
	}
	if got := len(o.file.Secrets()); got != 7 {
		t.Errorf("%d secrets, want 7", got)
	}
}

func TestInFolder(t *testing.T) {
	dir, err := durable.MakeDir(t.TempDir())
	must(t, err)
	defer dir.Close()
	m := vault.InFolder(dir)
	_, err = vault.Open(m, vault.NewDeriver())
	wantKind(t, err, fault.KindNotFound)
	_, u, err := vault.Create(t.Context(), m, vault.NewDeriver(), cheap, annLogin, annWords)
	must(t, err)
	must(t, u.AddSecret(vault.DatabaseSecret, []byte("x"), u.ID()))
	f, err := vault.Open(m, vault.NewDeriver())
	must(t, err)
	u, err = f.Unlock(t.Context(), annLogin, annWords)
	must(t, err)
	if _, err := u.Secret(vault.DatabaseSecret); err != nil {
		t.Error(err)
	}
}
