package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"flag"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"golang.org/x/crypto/chacha20poly1305"
	"pgregory.net/rapid"

	"asylon/internal/record"
)

var update = flag.Bool("update", false, "write golden files (a format that was released is never rewritten)")

// fixed is randomness that is the same each time, for the golden sample.
type fixed struct{ *rand.ChaCha8 }

func newFixed() io.Reader { return fixed{rand.NewChaCha8(sha256.Sum256([]byte("golden")))} }

// testBox seals under a key made of the epoch; its nonce is fixed, which only
// a test may do.
type testBox int

func (b testBox) key() []byte { k := sha256.Sum256([]byte{byte(b)}); return k[:] }
func (b testBox) Epoch() int  { return int(b) }
func (b testBox) Seal(ad, plain []byte) ([]byte, error) {
	a, err := chacha20poly1305.NewX(b.key())
	if err != nil {
		return nil, err
	}
	n := make([]byte, a.NonceSize())
	return a.Seal(n, n, plain, ad), nil
}
func (b testBox) Open(ad, sealed []byte) ([]byte, error) {
	a, err := chacha20poly1305.NewX(b.key())
	if err != nil {
		return nil, err
	}
	return a.Open(nil, sealed[:a.NonceSize()], sealed[a.NonceSize():], ad)
}

// sample writes a small journal file: a general entry, one with a sealed part,
// one with an erased part.
func sample(t testing.TB) []byte {
	t.Helper()
	key, err := NewKey(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w, err := NewFileWriter(&out, key.Public())
	if err != nil {
		t.Fatal(err)
	}
	tree, random := &Tree{}, newFixed()
	for i, parts := range [][]PartInput{
		{{Compartment: record.General, Body: []byte(`{"st":[{"n":2,"e":"#1","p":"act.kind","v":{"term":"return"}}]}`)}},
		{{Compartment: record.General, Body: []byte(`{}`)}, {Compartment: record.Identities, Of: record.Entry(key.Journal(), 0).Thing(1), Body: []byte(`{"st":[]}`), Sealer: testBox(1)}},
		{{Compartment: record.General, Body: bytes.Repeat([]byte(`[1,2,3,4,5,6,7,8]`), 1)}, {Compartment: record.General, Body: json.RawMessage(`"erased later"`)}},
	} {
		e, err := Build(Preamble{Journal: key.Journal(), Seq: int64(i), Time: "2026-11-24T09:00:00Z", Actor: "u:golden", Kind: "statements/1", New: []record.Kind{record.KindAct}}, parts, random)
		if err != nil {
			t.Fatal(err)
		}
		if i == 2 {
			e.Parts[1] = Part{}
		}
		if err := tree.Append(int64(i), e.Raw); err != nil {
			t.Fatal(err)
		}
		if err := w.Entry(e); err != nil {
			t.Fatal(err)
		}
	}
	root, err := tree.Root(3)
	if err != nil {
		t.Fatal(err)
	}
	cp, err := key.Sign(3, root)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(cp); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestGolden(t *testing.T) {
	golden := filepath.Join("testdata", "v1.journal")
	got := sample(t)
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("the format of version 1 changed: what was released can never be written otherwise")
	}
	n := 0
	cp, err := ReadFile(bytes.NewReader(want), func(e Entry) error { n++; return nil })
	if err != nil || n != 3 || cp.Size != 3 {
		t.Fatalf("golden file: %d entries, %v, %v", n, cp, err)
	}
}

// TestIndependentVerifier runs the verifier that shares no code with this
// package over the golden file and over damaged copies of it.
func TestIndependentVerifier(t *testing.T) {
	bin := filepath.Join(t.TempDir(), "verify")
	if out, err := exec.Command("go", "build", "-o", bin, "../../docs/formats/verify").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	good := sample(t)
	run := func(b []byte) error {
		f := filepath.Join(t.TempDir(), "j")
		if err := os.WriteFile(f, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return exec.Command(bin, f).Run()
	}
	if err := run(good); err != nil {
		t.Fatalf("the verifier refuses the golden file: %v", err)
	}
	for i := 3; i < len(good)-1; i += 97 {
		bad := bytes.Clone(good)
		bad[i] ^= 1
		if run(bad) == nil {
			t.Errorf("the verifier accepts a file with byte %d changed", i)
		}
	}
}

func TestEveryBitOfAFileCounts(t *testing.T) {
	good := sample(t)
	for i := range len(good) - 1 {
		for bit := range 8 {
			bad := bytes.Clone(good)
			bad[i] ^= 1 << bit
			if _, err := ReadFile(bytes.NewReader(bad), func(Entry) error { return nil }); err == nil {
				// White space and the case of JSON names carry nothing.
				if !sameMeaning(good, bad) {
					t.Fatalf("byte %d, bit %d: accepted", i, bit)
				}
			}
		}
	}
}

// sameMeaning tells whether two files decode to the same lines.
func sameMeaning(a, b []byte) bool {
	la, lb := bytes.Split(a, []byte("\n")), bytes.Split(b, []byte("\n"))
	if len(la) != len(lb) {
		return false
	}
	for i := range la {
		var x, y struct {
			Format     string
			Key        []byte
			Header     []byte
			Parts      []*filePart
			Checkpoint string
		}
		if len(la[i]) == 0 {
			continue
		}
		if json.Unmarshal(la[i], &x) != nil || json.Unmarshal(lb[i], &y) != nil {
			return false
		}
		bx, _ := json.Marshal(x)
		by, _ := json.Marshal(y)
		if !bytes.Equal(bx, by) {
			return false
		}
	}
	return true
}

func TestSealedPartsAreBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := []byte(`{"x":"` + rapid.StringMatching(`[a-z]{0,400}`).Draw(t, "body") + `"}`)
		key, _ := NewKey(bytes.Repeat([]byte{1}, 32))
		of := record.Entry(key.Journal(), 0).Thing(1)
		e, err := Build(Preamble{Journal: key.Journal(), Seq: 1, Time: "2026-11-24T09:00:00Z", Actor: "u:x", Kind: "k/1"},
			[]PartInput{{Compartment: record.Identities, Of: of, Body: body, Sealer: testBox(1)}}, newFixed())
		if err != nil {
			t.Fatal(err)
		}
		got, err := e.Open(0, testBox(1))
		if err != nil || !bytes.Equal(got, body) {
			t.Fatalf("opened %q, %v", got, err)
		}
		moved := e
		switch rapid.IntRange(0, 4).Draw(t, "what") {
		case 0:
			moved.Seq = 2
		case 1:
			moved.Actor = "u:y"
		case 2:
			moved.Header.Parts = []PartInfo{e.Header.Parts[0]}
			moved.Header.Parts[0].Of = record.Entry(key.Journal(), 0).Thing(2)
		case 3:
			moved.Header.Parts = []PartInfo{e.Header.Parts[0]}
			moved.Header.Parts[0].Compartment = record.Sources
		case 4:
			moved.Kind = "l/1"
		}
		if _, err := moved.Open(0, testBox(1)); err == nil {
			t.Fatal("a sealed part opens in another place than it was sealed for")
		}
	})
}

func FuzzHeader(f *testing.F) {
	f.Add([]byte(`{"v":1,"journal":"aaaaaaaaaaaaaaaa","seq":0,"time":"2026-11-24T09:00:00Z","actor":"u:x","kind":"k/1","parts":[]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		h, err := ParseHeader(raw)
		if err != nil {
			return
		}
		again, err := h.encode()
		if err != nil || !bytes.Equal(again, raw) {
			t.Fatalf("accepted bytes that are not canonical: %q", raw)
		}
	})
}

func FuzzParts(f *testing.F) {
	f.Add([]byte(`{"a":1}`), true)
	f.Fuzz(func(t *testing.T, b []byte, zstd bool) {
		enc := JSON
		if zstd {
			enc = JSONZstd
		}
		out, err := unpack(enc, b)
		if err == nil && len(out) > MaxBody {
			t.Fatal("unpacked more than allowed")
		}
	})
}

func FuzzFile(f *testing.F) {
	f.Add(sample(f))
	f.Fuzz(func(t *testing.T, b []byte) {
		_, _ = ReadFile(bytes.NewReader(b), func(Entry) error { return nil }) // only that it ends without a panic
	})
}
