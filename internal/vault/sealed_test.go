package vault_test

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"

	"asylon/internal/fault"
	"asylon/internal/journal"
	"asylon/internal/record"
	"asylon/internal/vault"
)

// What the journal asks of sealing keys is what they do.
var (
	_ journal.Sealer = (*vault.RecordKey)(nil)
	_ journal.Opener = (*vault.RecordKey)(nil)
	_ journal.Opener = (*vault.RecordKeys)(nil)
)

// recordKey makes a key to seal with.
func recordKey(t testing.TB) *vault.RecordKey {
	t.Helper()
	o := newOffice(t)
	r := ring(t, o.ann)
	must(t, r.Found(o.ctx, o.keys, record.Identities, o.ann.ID()))
	k, err := r.Sealer(o.ctx, o.keys, record.Identities, person)
	must(t, err)
	return k
}

func TestSealOpen(t *testing.T) {
	k := recordKey(t)
	rapid.Check(t, func(t *rapid.T) {
		ad := rapid.SliceOfN(rapid.Byte(), 0, 100).Draw(t, "ad")
		plain := rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "plain")
		sealed, err := k.Seal(ad, plain)
		if err != nil {
			t.Fatal(err)
		}
		if len(sealed) != vault.SealedSize(len(plain)) {
			t.Fatalf("%d bytes sealed are %d, want %d", len(plain), len(sealed), vault.SealedSize(len(plain)))
		}
		got, err := k.Open(ad, sealed)
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("opened %x (%v), want %x", got, err, plain)
		}
		again, err := k.Seal(ad, plain)
		if err != nil || bytes.Equal(sealed, again) {
			t.Fatalf("sealing twice gives the same bytes (%v)", err)
		}
		if other := rapid.SliceOfN(rapid.Byte(), 0, 100).Draw(t, "other ad"); !bytes.Equal(other, ad) {
			if _, err := k.Open(other, sealed); !fault.Is(err, fault.KindCorrupt) {
				t.Fatalf("with other associated data: %v", err)
			}
		}
	})
}

// Lengths are hidden within a bucket: a short name and a long one look alike.
func TestSealedSizes(t *testing.T) {
	const head = 1 + 16 + 24 + 16
	for _, c := range []struct{ plain, want int }{
		{0, head + 64}, {1, head + 64}, {63, head + 64}, {64, head + 128}, {127, head + 128}, {128, head + 192}, {6000, head + 6016},
	} {
		if got := vault.SealedSize(c.plain); got != c.want {
			t.Errorf("%d bytes are sealed in %d, want %d", c.plain, got, c.want)
		}
	}
	_, err := recordKey(t).Seal(nil, make([]byte, vault.MaxPlaintext+1))
	wantKind(t, err, fault.KindInvalid)
}

func TestSealedPartIsAuthentic(t *testing.T) {
	k, other := recordKey(t), recordKey(t)
	ad := []byte("entry 7, part 0")
	sealed, err := k.Seal(ad, []byte("born in Onsong"))
	must(t, err)
	for i := range 8 * len(sealed) {
		damaged := bytes.Clone(sealed)
		damaged[i/8] ^= 1 << (i % 8)
		_, err := k.Open(ad, damaged)
		wantKind(t, err, fault.KindCorrupt)
	}
	for n := range sealed {
		_, err := k.Open(ad, sealed[:n])
		wantKind(t, err, fault.KindCorrupt)
	}
	_, err = k.Open(ad, append(bytes.Clone(sealed), 0))
	wantKind(t, err, fault.KindCorrupt)
	_, err = other.Open(ad, sealed)
	wantKind(t, err, fault.KindCorrupt)
	_, err = k.Open(nil, sealed)
	wantKind(t, err, fault.KindCorrupt)
}
