package vault_test

import (
	"bytes"
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"filippo.io/age"

	"asylon/internal/fault"
	"asylon/internal/vault"
)

// Every single bit of a key file is turned over, and each time the sign-in
// must end as damage, as a wrong passphrase, or as a version we do not know.
// A file with more in it is six times as long, so there one in 23 is turned
// (an odd number, so that all eight places in a byte have their turn).
func TestBitFlipsAreRefused(t *testing.T) {
	o := newOffice(t)
	t.Run("every bit", func(t *testing.T) {
		if testing.Short() {
			t.Skip("all bits of a key file take some seconds")
		}
		flipBits(t, o.raw(t), 1)
	})
	must(t, o.ann.AddSecret(vault.DatabaseSecret, []byte("x"), o.ann.ID()))
	ben := o.hire(t, benLogin, benWords, vault.DatabaseSecret)
	o.hire(t, cloLogin, cloWords)
	must(t, o.ann.RemoveUser(ben.ID()))
	t.Run("one bit in 23 of more", func(t *testing.T) { flipBits(t, o.raw(t), 23) })
}

func flipBits(t *testing.T, raw []byte, step int) {
	must(t, signIn(raw))
	workers := runtime.GOMAXPROCS(0)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			damaged := bytes.Clone(raw)
			for bit := w * step; bit < 8*len(raw); bit += workers * step {
				damaged[bit/8] ^= 1 << (bit % 8)
				if err := signIn(damaged); !refusal(err) {
					t.Errorf("bit %d of byte %d (%q): sign-in says %v", bit%8, bit/8, raw[max(0, bit/8-20):bit/8+1], err)
				}
				damaged[bit/8] ^= 1 << (bit % 8)
			}
		})
	}
	wg.Wait()
}

// signIn opens a key file as Ann.
func signIn(raw []byte) error {
	f, err := reopen(raw)
	if err != nil {
		return err
	}
	u, err := f.Unlock(context.Background(), annLogin, annWords)
	if err != nil {
		return err
	}
	u.Close()
	return nil
}

func refusal(err error) bool {
	return fault.Is(err, fault.KindCorrupt) || errors.Is(err, vault.ErrPassphrase) ||
		fault.Is(err, fault.KindInvalid) && strings.Contains(err.Error(), "version")
}

// An attacker with the disk and the source code, and no passphrase.
func TestForgeriesWithoutPassphrase(t *testing.T) {
	o := newOffice(t)
	must(t, o.ann.AddKeyPair(vault.InboxSecret, o.ann.ID()))
	o.hire(t, benLogin, benWords, vault.InboxSecret)
	mine, err := age.GenerateHybridIdentity()
	must(t, err)
	myRecipient, myKey := mine.Recipient().String(), bytes.Repeat([]byte{7}, vault.KeySize)

	for _, c := range []struct {
		name string
		edit func(*vault.KeyBody)
	}{
		{"a colleague's recipient is replaced", func(b *vault.KeyBody) { b.Users[1].Recipient = myRecipient }},
		{"a user is added", func(b *vault.KeyBody) {
			u := b.Users[1]
			u.ID, u.Recipient = "mmmmmmmmmmmmmmmm", myRecipient
			b.Users = append(b.Users, u)
		}},
		{"a user is taken out", func(b *vault.KeyBody) { b.Users = b.Users[:1] }},
		{"the inbox is replaced", func(b *vault.KeyBody) { b.Secrets[0].Recipient = myRecipient }},
		{"a secret is replaced", func(b *vault.KeyBody) {
			b.Secrets[0].Wraps[0].Age = vault.WrapTo(b.Users[0].Recipient, []byte("known"))
		}},
		{"a secret is added", func(b *vault.KeyBody) { b.Secrets = append(b.Secrets, b.Secrets[0]); b.Secrets[1].Name = "journal/x" }},
		{"new passphrases are made weak", func(b *vault.KeyBody) { b.KDF = vault.KDF{Time: 1, Memory: 8, Threads: 1} }},
		{"floors are taken away", func(b *vault.KeyBody) { b.Floors = map[string]int{"sources": 1} }},
		{"nothing but the tag", func(*vault.KeyBody) {}},
	} {
		t.Run(c.name, func(t *testing.T) {
			forged := vault.ForgeKeyFile(o.raw(t), c.edit, myKey)
			if err := signIn(forged); !fault.Is(err, fault.KindCorrupt) {
				t.Errorf("with the attacker's tag: %v, want a fault of kind corrupt", err)
			}
			// With an authority key of the attacker's, wrapped to everybody.
			var next []byte
			forged = vault.ForgeKeyFile(o.raw(t), func(b *vault.KeyBody) {
				c.edit(b)
				next = vault.Rotate(b, myKey)
			}, myKey)
			forged = vault.ForgeKeyFile(forged, func(*vault.KeyBody) {}, next)
			if err := signIn(forged); !fault.Is(err, fault.KindCorrupt) {
				t.Errorf("with the attacker's authority: %v, want a fault of kind corrupt", err)
			}
		})
	}
}

// Two users' entries are exchanged in part: each part is bound to its user.
func TestMixedUsers(t *testing.T) {
	o := newOffice(t)
	o.hire(t, benLogin, benWords)
	key := vault.AuthorityKey(o.ann) // even with the tag right
	for _, c := range []struct {
		name string
		edit func(a, b *vault.KeyUser)
	}{
		{"pins", func(a, b *vault.KeyUser) { a.Pin, b.Pin = b.Pin, a.Pin }},
		{"identities", func(a, b *vault.KeyUser) { a.Identity, b.Identity = b.Identity, a.Identity }},
		{"recipients", func(a, b *vault.KeyUser) { a.Recipient, b.Recipient = b.Recipient, a.Recipient }},
		{"ids", func(a, b *vault.KeyUser) { a.ID, b.ID = b.ID, a.ID }},
	} {
		forged := vault.ForgeKeyFile(o.raw(t), func(b *vault.KeyBody) { c.edit(&b.Users[0], &b.Users[1]) }, key)
		if err := signIn(forged); !refusal(err) {
			t.Errorf("exchanged %s: %v", c.name, err)
		}
	}
}

// Somebody who was removed knows the authority key of that time. With the disk
// they can tag with it, but whoever has signed in since does not believe it.
func TestRemovedUserCannotForge(t *testing.T) {
	o := newOffice(t)
	must(t, o.ann.AddSecret(vault.DatabaseSecret, []byte("x"), o.ann.ID()))
	ben := o.hire(t, benLogin, benWords)
	old, key := o.raw(t), vault.AuthorityKey(ben)
	must(t, o.ann.RemoveUser(ben.ID()))

	forged := vault.ForgeKeyFile(o.raw(t), func(b *vault.KeyBody) { b.Floors = map[string]int{"sources": 1} }, key)
	if err := signIn(forged); !fault.Is(err, fault.KindCorrupt) {
		t.Errorf("tagged with the former key: %v", err)
	}
	// The old entry put back into the new file.
	forged = vault.ForgeKeyFile(o.raw(t), func(b *vault.KeyBody) {
		vault.ForgeKeyFile(old, func(was *vault.KeyBody) { b.Users = append(b.Users, was.Users[1]) }, key)
	}, key)
	if err := signIn(forged); !fault.Is(err, fault.KindCorrupt) {
		t.Errorf("with the old entry: %v", err)
	}
	f, err := reopen(forged)
	must(t, err)
	_, err = f.Unlock(o.ctx, benLogin, benWords)
	wantKind(t, err, fault.KindCorrupt)
	// Ann has been here since; a chain that begins at the old key is too short.
	forged = vault.ForgeKeyFile(old, func(*vault.KeyBody) {}, key)
	forged = vault.ForgeKeyFile(forged, func(b *vault.KeyBody) {
		vault.ForgeKeyFile(o.raw(t), func(now *vault.KeyBody) { b.Users[0].Pin = now.Users[0].Pin }, key)
	}, key)
	if err := signIn(forged); !fault.Is(err, fault.KindCorrupt) {
		t.Errorf("the old file with the new pin: %v", err)
	}
}

func TestStructureIsChecked(t *testing.T) {
	o := newOffice(t)
	must(t, o.ann.AddSecret(vault.DatabaseSecret, []byte("x"), o.ann.ID()))
	raw := string(o.raw(t))
	id := string(o.ann.ID())
	for _, c := range []struct{ name, raw string }{
		{"empty", ""},
		{"null", "null"},
		{"a list", "[]"},
		{"half", raw[:len(raw)/2]},
		{"followed by something", raw + "{}"},
		{"field twice", strings.Replace(raw, `"generation": 2`, `"generation": 2, "generation": 2`, 1)},
		{"field in another case", strings.Replace(raw, `"generation": 2`, `"generation": 2, "Generation": 3`, 1)},
		{"field missing", strings.Replace(raw, `"generation": 2,`, ``, 1)},
		{"field outside the tag", strings.Replace(raw, `"version": 1`, `"version": 1, "note": "x"`, 1)},
		{"body is null", `{"format":"asylon/keys","version":1,"body":null,"tag":""}`},
		{"another format", strings.Replace(raw, "asylon/keys", "asylon/cats", 1)},
		{"no users", strings.Replace(raw, `"users": [`, `"users": [], "others": [`, 1)},
		{"user id of the wrong form", strings.ReplaceAll(raw, id, "../../etc/passwd")},
		{"too much memory", strings.ReplaceAll(raw, `"memory": 8`, `"memory": 4000000000`)},
		{"another derivation", strings.ReplaceAll(raw, `"argon2id"`, `"scrypt"`)},
		{"unknown parameter", strings.ReplaceAll(raw, `"memory": 8`, `"memory": 8, "pepper": 1`)},
		{"epoch without its chain", strings.Replace(raw, `"epoch": 1`, `"epoch": 1000000`, 1)},
		{"very large", raw + strings.Repeat(" ", 17<<20)},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.raw == raw {
				t.Fatal("the case does not change the file")
			}
			_, err := reopen([]byte(c.raw))
			wantKind(t, err, fault.KindCorrupt)
		})
	}
	_, err := reopen([]byte(strings.Replace(raw, `"version": 1`, `"version": 2`, 1)))
	wantKind(t, err, fault.KindInvalid)
}

// Errors reach logs and screens.
func TestErrorsTellNoSecrets(t *testing.T) {
	o := newOffice(t)
	words := strings.Fields(annWords)
	errs := []error{vault.CheckPassphrase(annWords[:12], annLogin)}
	_, err := o.file.Unlock(o.ctx, benLogin, annWords)
	errs = append(errs, err)
	raw := o.raw(t)
	for i := 0; i < len(raw); i += 40 {
		damaged := slices.Clone(raw)
		damaged[i] ^= 1
		errs = append(errs, signIn(damaged))
	}
	for _, err := range errs {
		for _, w := range append(words, "AGE-SECRET-KEY") {
			if err != nil && strings.Contains(err.Error(), w) {
				t.Errorf("an error says too much: %v", err)
			}
		}
	}
}
