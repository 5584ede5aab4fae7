package vault_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"asylon/internal/fault"
	"asylon/internal/record"
	"asylon/internal/vault"
)

// A key file of any bytes is read or refused as corrupt, or as of a later
// version; one that is read is the same when it is written and read again.
func FuzzKeyFile(f *testing.F) {
	// Short, so that the fuzzer changes structure and not base64.
	f.Add([]byte(`{"format":"asylon/keys","version":1,"body":{"generation":1,"salt":"AAAAAAAAAAAAAAAAAAAAAA==",
		"kdf":{"name":"argon2id","time":1,"memory":8,"threads":1},"authority":{"epoch":2,"former":["AA=="],"wraps":[]},
		"floors":{"sources":1},"users":[{"id":"aaaaaaaaaaaaaaaa","recipient":"r","identity":"AA==","pin":"AA==",
		"kdf":{"name":"argon2id","time":1,"memory":8,"threads":1}}],
		"secrets":[{"name":"database","new":[1],"wraps":[{"user":"aaaaaaaaaaaaaaaa","age":"AA=="}]}]},"tag":""}`))
	f.Add([]byte(`{"format":"asylon/keys","version":1,"body":{},"tag":""}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		file, err := reopen(raw)
		if err != nil {
			if !fault.Is(err, fault.KindCorrupt) && !fault.Is(err, fault.KindInvalid) {
				t.Fatalf("refused as %v", err)
			}
			return
		}
		again, err := reopen(vault.ForgeKeyFile(raw, func(*vault.KeyBody) {}, make([]byte, vault.KeySize)))
		must(t, err)
		if d := cmp.Diff(file.Users(), again.Users()); d != "" {
			t.Error(d)
		}
		if d := cmp.Diff(file.Secrets(), again.Secrets()); d != "" {
			t.Error(d)
		}
	})
}

// Taking an object apart gives what encoding/json finds in it.
func FuzzMembers(f *testing.F) {
	f.Add([]byte(`{"a":1, "b" : {"c":[1,"}"]}, "d\"":"\\" , "e":[] }`))
	f.Add([]byte(` {"":null}`))
	f.Add([]byte(`{"a":1,"a":2}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, err := vault.Members(raw)
		var want map[string]json.RawMessage
		if json.Unmarshal(raw, &want) != nil || want == nil {
			if err == nil {
				t.Fatalf("%q was taken apart", raw)
			}
			return
		}
		if err != nil {
			return // a field twice
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%q: %s", raw, d)
		}
	})
}

// No bytes but those that were sealed open.
func FuzzSealedPart(f *testing.F) {
	k := recordKey(f)
	sealed, err := k.Seal([]byte("ad"), []byte("plain"))
	must(f, err)
	f.Add([]byte("ad"), sealed)
	f.Add([]byte("ad"), sealed[:40])
	f.Add([]byte{}, []byte{1})
	f.Fuzz(func(t *testing.T, ad, part []byte) {
		plain, err := k.Open(ad, part)
		switch {
		case bytes.Equal(part, sealed) && string(ad) == "ad":
			if err != nil || string(plain) != "plain" {
				t.Fatalf("the part itself opens as %q, %v", plain, err)
			}
		case !fault.Is(err, fault.KindCorrupt):
			t.Fatalf("opens as %q, %v", plain, err)
		}
	})
}

// An epoch of any bytes is a problem of its compartment and of nothing else.
func FuzzEpoch(f *testing.F) {
	o := newOffice(f)
	k := ring(f, o.ann)
	must(f, k.Found(o.ctx, o.keys, record.Identities, o.ann.ID()))
	rows, err := o.keys.Epochs(o.ctx, record.Identities)
	must(f, err)
	good := rows[0].Record
	f.Add(good)
	f.Add([]byte(`{"version":1,"body":{"members":null},"authority":-1,"tag":"","proof":""}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		must(t, o.keys.ReplaceEpoch(o.ctx, vault.EpochRow{Compartment: record.Identities, Number: 1, Record: raw}))
		list, err := k.Compartments(o.ctx, o.keys)
		must(t, err)
		if len(list) != 1 || (list[0].Problem == nil) != list[0].Member {
			t.Fatalf("standing is %+v", list)
		}
		if list[0].Member && !json.Valid(raw) {
			t.Fatal("bytes that are not an epoch are believed")
		}
	})
}
