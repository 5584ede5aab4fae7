package vault_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"asylon/internal/record"
	"asylon/internal/vault"
	"asylon/internal/vault/vaulttest"
)

// tables is a sample of the key tables, with parts sealed under them.
type tables struct {
	Epochs   []vault.EpochRow
	Wraps    []vault.WrapRow
	Deposits []vault.DepositRow
	Keys     []vault.SealedKey
	Parts    []part
}

type part struct {
	Of     record.ID
	AD     string
	Plain  string
	Sealed []byte
}

// The samples of every version of the formats are kept for ever and must open
// for ever. -update writes the ones that are missing and replaces none.
func TestGoldenSamples(t *testing.T) {
	dir := filepath.Join("testdata", "v1")
	if _, err := os.Stat(dir); *update && errors.Is(err, fs.ErrNotExist) {
		writeGolden(t, dir)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "keys.json"))
	must(t, err)
	var sample tables
	rows, err := os.ReadFile(filepath.Join(dir, "tables.json"))
	must(t, err)
	must(t, json.Unmarshal(rows, &sample))
	if len(sample.Parts) != 4 || len(sample.Epochs) != 2 {
		t.Fatalf("the sample has %d parts and %d epochs, want 4 and 2", len(sample.Parts), len(sample.Epochs))
	}
	f, err := vault.Open(vaulttest.NewMedium(raw), vault.NewDeriver())
	must(t, err)
	keys := sample.load(t)
	// Ann's pin is of the newest authority key, Clo's of the one before.
	for _, who := range []struct{ login, words string }{{annLogin, annWords}, {cloLogin, cloWords}} {
		u, err := f.Unlock(t.Context(), who.login, who.words)
		must(t, err)
		got, err := u.Secret(vault.DatabaseSecret)
		must(t, err)
		if string(got) != "the key of the sample's database" {
			t.Errorf("the database key is %q", got)
		}
		_, err = u.KeyPair(vault.InboxSecret)
		must(t, err)
		k := ring(t, u)
		for _, p := range sample.Parts {
			opener, err := k.Opener(t.Context(), keys, record.Identities, p.Of)
			must(t, err)
			plain, err := opener.Open([]byte(p.AD), p.Sealed)
			must(t, err)
			if string(plain) != p.Plain {
				t.Errorf("opened %q, want %q", plain, p.Plain)
			}
		}
	}
}

func (s *tables) load(t *testing.T) vault.KeyStore {
	m, ctx := vaulttest.NewMemory(), t.Context()
	for _, r := range s.Epochs {
		must(t, m.AddEpoch(ctx, r))
	}
	for _, r := range s.Wraps {
		must(t, m.PutWrap(ctx, r))
	}
	for _, r := range s.Deposits {
		must(t, m.AddDeposit(ctx, r))
	}
	for _, r := range s.Keys {
		must(t, m.AddRecordKey(ctx, r))
	}
	return m
}

// writeGolden makes an installation that has been through everything: members
// and a depositor, a renewal, a removal, a user who has not been back since.
func writeGolden(t *testing.T, dir string) {
	o := newOffice(t)
	must(t, o.ann.AddSecret(vault.DatabaseSecret, []byte("the key of the sample's database"), o.ann.ID()))
	must(t, o.ann.AddKeyPair(vault.InboxSecret, o.ann.ID()))
	clo := o.hire(t, cloLogin, cloWords, vault.DatabaseSecret, vault.InboxSecret)
	ben := o.hire(t, benLogin, benWords)
	ann, c := ring(t, o.ann), record.Identities
	must(t, ann.Found(o.ctx, o.keys, c, o.ann.ID(), clo.ID()))
	var s tables
	add := func(k *vault.Keyring, of record.ID, ad, plain string) {
		key, err := k.Sealer(o.ctx, o.keys, c, of)
		must(t, err)
		sealed, err := key.Seal([]byte(ad), []byte(plain))
		must(t, err)
		s.Parts = append(s.Parts, part{Of: of, AD: ad, Plain: plain, Sealed: sealed})
	}
	add(ann, person, "part 0", `{"name":"김무명"}`)
	add(ring(t, ben), person, "part 1", "deposited")
	must(t, ann.Renew(o.ctx, o.keys, c))
	add(ann, person, "", "")
	add(ring(t, clo), another, "part 3", "a text of sixty-four bytes, which takes a second bucket of padding.")
	must(t, o.ann.RemoveUser(ben.ID()))
	_, err := ann.Tend(o.ctx, o.keys)
	must(t, err)
	must(t, ann.Settle(o.ctx, o.keys))

	s.Epochs, err = o.keys.Epochs(o.ctx, c)
	must(t, err)
	for _, id := range o.file.Users() {
		w, err := o.keys.Wrap(o.ctx, c, 2, id)
		must(t, err)
		s.Wraps = append(s.Wraps, vault.WrapRow{Compartment: c, Epoch: 2, User: id, Wrap: w})
	}
	for _, of := range []record.ID{person, another} {
		keys, err := o.keys.RecordKeys(o.ctx, of, c)
		must(t, err)
		s.Keys = append(s.Keys, keys...)
		for _, k := range keys {
			if d, err := o.keys.Deposit(o.ctx, k.Deposit); err == nil {
				s.Deposits = append(s.Deposits, d)
			}
		}
	}
	out, err := json.MarshalIndent(s, "", " ")
	must(t, err)
	must(t, os.MkdirAll(dir, 0o755))
	must(t, os.WriteFile(filepath.Join(dir, "tables.json"), append(out, '\n'), 0o644))
	must(t, os.WriteFile(filepath.Join(dir, "keys.json"), o.raw(t), 0o644))
}
