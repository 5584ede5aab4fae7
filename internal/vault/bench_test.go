package vault_test

import (
	"fmt"
	"testing"

	"asylon/internal/record"
	"asylon/internal/vault"
)

func BenchmarkSeal(b *testing.B) {
	k := recordKey(b)
	for _, n := range []int{40, 1000, 20000} {
		plain := make([]byte, n)
		b.Run(fmt.Sprintf("bytes=%d", n), func(b *testing.B) {
			b.SetBytes(int64(n))
			for b.Loop() {
				if _, err := k.Seal(ad, plain); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkOpen(b *testing.B) {
	k := recordKey(b)
	for _, n := range []int{40, 1000, 20000} {
		sealed, err := k.Seal(ad, make([]byte, n))
		must(b, err)
		b.Run(fmt.Sprintf("bytes=%d", n), func(b *testing.B) {
			b.SetBytes(int64(n))
			for b.Loop() {
				if _, err := k.Open(ad, sealed); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkSealer finds the record key of an entity that has one.
func BenchmarkSealer(b *testing.B) {
	o, ann, _, clo, _ := staffed(b)
	for _, who := range []struct {
		name string
		k    *vault.Keyring
	}{{"member", ann}, {"depositor", clo}} {
		b.Run(who.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := who.k.Sealer(o.ctx, o.keys, record.Identities, person); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkOpenRows opens the record keys of a thousand people at once.
func BenchmarkOpenRows(b *testing.B) {
	o, ann, _, _, _ := staffed(b)
	var rows []vault.SealedKey
	for i := range 1000 {
		of := record.ID(fmt.Sprintf("k3vqhy2mdrwzt5ae.a1.%c%d", 'a'+len(fmt.Sprint(i))-1, i))
		_, err := ann.Sealer(o.ctx, o.keys, record.Identities, of)
		must(b, err)
		r, err := o.keys.RecordKeys(o.ctx, of, record.Identities)
		must(b, err)
		rows = append(rows, r...)
	}
	for b.Loop() {
		keys, err := ann.OpenRows(o.ctx, o.keys, record.Identities, rows)
		if err != nil || keys.Len() != len(rows) {
			b.Fatal(err)
		}
	}
}

// BenchmarkBoxOpen is what every request pays.
func BenchmarkBoxOpen(b *testing.B) {
	o := newOffice(b)
	for i := range 20 {
		o.hire(b, fmt.Sprintf("user%d", i), benWords)
	}
	box, secret, err := vault.NewBox(o.ann)
	must(b, err)
	for b.Loop() {
		u, err := box.Open(o.file, secret)
		if err != nil {
			b.Fatal(err)
		}
		u.Close()
	}
}

// BenchmarkUnlock is a sign-in at full strength.
func BenchmarkUnlock(b *testing.B) {
	o := newOffice(b)
	must(b, o.ann.SetKDF(vault.StandardKDF()))
	must(b, o.ann.ChangePassphrase(o.ctx, annLogin, annWords, annLogin, annWords))
	for b.Loop() {
		u, err := o.file.Unlock(o.ctx, annLogin, annWords)
		if err != nil {
			b.Fatal(err)
		}
		u.Close()
	}
}
