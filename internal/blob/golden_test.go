package blob

import (
	"encoding/hex"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "make the golden sample if there is none")

// goldenContent is what the golden sample holds.
const goldenContent = "Asylon blob, version 1.\n강제송환에 관한 기록.\n"

// goldenRef is a Ref as the sample keeps it.
type goldenRef struct {
	Name, Key, SHA256 string
	Size              int64
}

// TestGoldenSample reads a blob written by the first version of the format. The
// sample is kept for ever and never written again: a change that cannot read it
// loses every document of every office.
func TestGoldenSample(t *testing.T) {
	folder := filepath.Join("testdata", "v1")
	refFile := filepath.Join(folder, "ref.json")
	if _, err := os.Stat(refFile); os.IsNotExist(err) && *update {
		makeGolden(t, folder, refFile)
	}
	data, err := os.ReadFile(refFile)
	if err != nil {
		t.Fatal(err)
	}
	var g goldenRef
	if err := json.Unmarshal(data, &g); err != nil {
		t.Fatal(err)
	}
	sum, err := hex.DecodeString(g.SHA256)
	if err != nil || len(sum) != 32 {
		t.Fatalf("hash %q, %v", g.SHA256, err)
	}
	ref := Ref{Name: Name(g.Name), Key: Key(g.Key), Size: g.Size, SHA256: [32]byte(sum)}
	d, err := OpenDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Verify(t.Context(), ref); err != nil {
		t.Fatal(err)
	}
	f, err := d.Open(t.Context(), ref)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, err := io.ReadAll(f); string(got) != goldenContent || err != nil {
		t.Errorf("content %q, %v", got, err)
	}
}

func makeGolden(t *testing.T, folder, refFile string) {
	d, err := OpenDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	ref, err := d.Put(t.Context(), strings.NewReader(goldenContent), testLimit)
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.MarshalIndent(goldenRef{string(ref.Name), string(ref.Key), hex.EncodeToString(ref.SHA256[:]), ref.Size}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(refFile, append(data, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}
