package blob

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"asylon/internal/fault"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const testLimit = 1 << 30

func tempDir(t testing.TB) *Dir {
	t.Helper()
	d, err := OpenDir(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func put(t testing.TB, d *Dir, content []byte) Ref {
	t.Helper()
	ref, err := d.Put(t.Context(), bytes.NewReader(content), testLimit)
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

// pattern makes content in which every stretch is different.
func pattern(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i*7 + i>>8*13 + i>>16)
	}
	return b
}

// filesIn lists the files below a folder, unfinished ones included.
func filesIn(t testing.TB, d *Dir) map[string]int64 {
	t.Helper()
	files := map[string]int64{}
	err := fs.WalkDir(d.d.Root().FS(), ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		files[path] = info.Size()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func wantKind(t testing.TB, what string, err error, kind fault.Kind) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("%s: %v, want a fault of kind %v", what, err, kind)
	}
}

func TestPutAndOpen(t *testing.T) {
	d := tempDir(t)
	for _, n := range []int{0, 1, 100, 4095, 4096, 4097, 65535, 65536, 65537, 131072, 200_000, 1<<20 + 1} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			content := pattern(n)
			ref, err := d.Put(t.Context(), iotest.HalfReader(bytes.NewReader(content)), testLimit)
			if err != nil {
				t.Fatal(err)
			}
			if ref.Size != int64(n) || ref.SHA256 != sha256.Sum256(content) {
				t.Errorf("size %d, hash %x", ref.Size, ref.SHA256)
			}
			f, err := d.Open(t.Context(), ref)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if f.Size() != int64(n) {
				t.Errorf("Size() = %d", f.Size())
			}
			if err := iotest.TestReader(f, content); err != nil {
				t.Error(err)
			}
			if err := d.Verify(t.Context(), ref); err != nil {
				t.Errorf("verify: %v", err)
			}
		})
	}
}

func TestFilesTellNothing(t *testing.T) {
	d := tempDir(t)
	content := []byte("the same content")
	a, b := put(t, d, content), put(t, d, content)
	if a.Name == b.Name || a.Key == b.Key {
		t.Error("two blobs share a name or a key")
	}
	sizes := map[int64]bool{}
	for path, size := range filesIn(t, d) {
		if !regexp.MustCompile(`^([a-z2-7])/([a-z2-7])/[a-z2-7]{32}\.age$`).MatchString(path) {
			t.Errorf("the file lies at %s", path)
		}
		sizes[size] = true
		raw, err := fs.ReadFile(d.d.Root().FS(), path)
		if err != nil || bytes.Contains(raw, content) {
			t.Errorf("the file holds the content in the clear, or %v", err)
		}
	}
	put(t, d, nil)
	put(t, d, pattern(4096))
	for _, size := range filesIn(t, d) {
		sizes[size] = true
	}
	if len(sizes) != 1 {
		t.Errorf("files of 0 to 4096 bytes have the sizes %v, want one", sizes)
	}
}

func TestKeysArePostQuantum(t *testing.T) {
	d := tempDir(t)
	ref := put(t, d, []byte("x"))
	raw, err := fs.ReadFile(d.d.Root().FS(), filepath.ToSlash(ref.Name.path()))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(ref.Key), "AGE-SECRET-KEY-PQ-1") || !bytes.Contains(raw, []byte("-> mlkem768x25519 ")) {
		t.Errorf("key %.20s…, header %.60q", string(ref.Key), raw)
	}
}

func TestBlobsOpenWithPlainAge(t *testing.T) {
	// Should this program be gone, the age tool must do.
	d := tempDir(t)
	ref := put(t, d, []byte("content"))
	id, err := age.ParseHybridIdentity(string(ref.Key))
	if err != nil {
		t.Fatal(err)
	}
	f, _, err := d.OpenSealed(ref.Name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := age.Decrypt(f, id)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(r)
	want := append([]byte("content"), make([]byte, minBucket-7)...)
	if !bytes.Equal(got, want) || err != nil {
		t.Errorf("age gives %d bytes, %v", len(got), err)
	}
}

func TestKeysDoNotPrint(t *testing.T) {
	ref := Ref{Key: "AGE-SECRET-KEY-PQ-1SECRET"}
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "key", ref.Key)
	for _, s := range []string{fmt.Sprint(ref), fmt.Sprintf("%+v", ref), fmt.Sprintf("%#v", ref), fmt.Sprintf("%q", ref.Key), log.String()} {
		if strings.Contains(s, "SECRET") {
			t.Errorf("the key prints: %s", s)
		}
	}
	if b, err := json.Marshal(ref.Key); string(b) != `"AGE-SECRET-KEY-PQ-1SECRET"` || err != nil {
		t.Errorf("the key does not marshal: %s, %v", b, err)
	}
}

func TestPutFailuresLeaveNothing(t *testing.T) {
	broken := errors.New("the sender went away")
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	tests := []struct {
		name  string
		ctx   context.Context
		r     io.Reader
		limit int64
		check func(error) bool
	}{
		{"one byte too many", context.Background(), bytes.NewReader(pattern(101)), 100, func(err error) bool { return fault.Is(err, fault.KindInvalid) }},
		{"endless", context.Background(), zeros{}, 200_000, func(err error) bool { return fault.Is(err, fault.KindInvalid) }},
		{"negative limit", context.Background(), bytes.NewReader(pattern(1)), -5, func(err error) bool { return fault.Is(err, fault.KindInvalid) }},
		{"reader fails", context.Background(), io.MultiReader(bytes.NewReader(pattern(70_000)), iotest.ErrReader(broken)), testLimit, func(err error) bool { return errors.Is(err, broken) }},
		{"cancelled", cancelled, bytes.NewReader(pattern(10)), testLimit, func(err error) bool { return errors.Is(err, context.Canceled) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := tempDir(t)
			ref, err := d.Put(tt.ctx, tt.r, tt.limit)
			if !tt.check(err) || ref != (Ref{}) {
				t.Errorf("put: %v, %v", ref, err)
			}
			if files := filesIn(t, d); len(files) != 0 {
				t.Errorf("left behind: %v", files)
			}
		})
	}
	d := tempDir(t)
	if _, err := d.Put(t.Context(), bytes.NewReader(pattern(100)), 100); err != nil {
		t.Errorf("a file that fits exactly: %v", err)
	}
}

func TestDamageIsDetected(t *testing.T) {
	d := tempDir(t)
	content := pattern(150_000)
	ref := put(t, d, content)
	other := put(t, d, content)
	path := filepath.Join(d.d.Path(), ref.Name.path())
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	edit := func(change func(*Ref)) Ref {
		r := ref
		change(&r)
		return r
	}
	flipped := func(at int) []byte {
		b := bytes.Clone(whole)
		b[at] ^= 1
		return b
	}
	tests := []struct {
		name string
		file []byte
		ref  Ref
	}{
		{"first byte", flipped(0), ref},
		{"content", flipped(len(whole) / 2), ref},
		{"padding", flipped(len(whole) - 40_000), ref},
		{"last byte", flipped(len(whole) - 1), ref},
		{"cut by one", whole[:len(whole)-1], ref},
		{"cut by a chunk", whole[:len(whole)-chunkSize-chunkTag], ref},
		{"empty", nil, ref},
		{"longer", append(bytes.Clone(whole), 0), ref},
		{"chunks swapped", swapChunks(whole), ref},
		{"huge header", append(append([]byte(ageIntro), bytes.Repeat([]byte("x"), 1<<20)...), whole...), ref},
		{"smaller size recorded", whole, edit(func(r *Ref) { r.Size-- })},
		{"larger size recorded", whole, edit(func(r *Ref) { r.Size++ })},
		{"other bucket recorded", whole, edit(func(r *Ref) { r.Size = 1 })},
		{"negative size recorded", whole, edit(func(r *Ref) { r.Size = -1 })},
		{"impossible size recorded", whole, edit(func(r *Ref) { r.Size = 1<<63 - 1 })},
		{"other hash recorded", whole, edit(func(r *Ref) { r.SHA256[31] ^= 1 })},
		{"another blob's key", whole, edit(func(r *Ref) { r.Key = other.Key })},
		{"no key", whole, edit(func(r *Ref) { r.Key = "" })},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := os.WriteFile(path, tt.file, 0o600); err != nil {
				t.Fatal(err)
			}
			err := d.Verify(t.Context(), tt.ref)
			wantKind(t, "verify", err, fault.KindCorrupt)
			if tt.ref.Key != "" && strings.Contains(fmt.Sprint(err), string(tt.ref.Key)) {
				t.Error("the error tells the key")
			}
		})
	}
}

// swapChunks exchanges the last two full chunks of a blob.
func swapChunks(whole []byte) []byte {
	const sealed = chunkSize + chunkTag
	b := bytes.Clone(whole)
	a, z := b[len(b)-2*sealed:len(b)-sealed], b[len(b)-sealed:]
	tmp := bytes.Clone(a)
	copy(a, z)
	copy(z, tmp)
	return b
}

// TestEveryBitIsCovered flips each bit of a small blob, header, content, padding
// and tags, one at a time.
func TestEveryBitIsCovered(t *testing.T) {
	d := tempDir(t)
	ref := put(t, d, []byte("a testimony"))
	f, _, err := d.OpenSealed(ref.Name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	whole, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	id, err := age.ParseHybridIdentity(string(ref.Key))
	if err != nil {
		t.Fatal(err)
	}
	header, err := age.ExtractHeader(bytes.NewReader(whole))
	if err != nil {
		t.Fatal(err)
	}
	fileKey, err := age.DecryptHeader(header, id)
	if err != nil {
		t.Fatal(err)
	}
	check := func(data []byte, id age.Identity) error {
		plain, err := decrypt(bytes.NewReader(data), int64(len(data)), ref, id)
		if err != nil {
			return err
		}
		return verify(t.Context(), plain, ref)
	}
	// Behind the header the file key stands in for the identity: it is what the
	// identity yields, and saves 35,000 key agreements.
	injected := age.NewInjectedFileKeyIdentity(fileKey)
	if err := errors.Join(check(whole, id), check(whole, injected)); err != nil {
		t.Fatalf("the unchanged blob: %v", err)
	}
	flip := func(from, to, step int) {
		data := bytes.Clone(whole)
		for bit := from; bit < to; bit += step {
			use := age.Identity(id)
			if bit/8 >= len(header) {
				use = injected
			}
			data[bit/8] ^= 1 << (bit % 8)
			if err := check(data, use); !fault.Is(err, fault.KindCorrupt) {
				t.Errorf("bit %d of byte %d flipped: %v, want a fault of kind corrupt", bit%8, bit/8, err)
			}
			data[bit/8] ^= 1 << (bit % 8)
		}
	}
	step := 1
	if testing.Short() {
		step = 7 // meets each bit of a byte in turn
	}
	var wg sync.WaitGroup
	half := len(header) * 4
	wg.Go(func() { flip(0, half, step) })
	flip(half, len(whole)*8, step)
	wg.Wait()
}

func TestDiskErrorsAreNotDamage(t *testing.T) {
	d := tempDir(t)
	ref := put(t, d, pattern(200_000))
	f, size, err := d.open(ref.Name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	id, err := age.ParseHybridIdentity(string(ref.Key))
	if err != nil {
		t.Fatal(err)
	}
	src := &failingReaderAt{r: f}
	plain, err := decrypt(src, size, ref, id)
	if err != nil {
		t.Fatal(err)
	}
	src.err = errors.New("input/output error")
	_, err = plain.ReadAt(make([]byte, 10), 0)
	wantKind(t, "read", err, fault.KindUnavailable)
	_, err = decrypt(src, size, ref, id)
	wantKind(t, "open", err, fault.KindUnavailable)
	if !errors.Is(err, src.err) {
		t.Errorf("the cause is lost: %v", err)
	}
}

// failingReaderAt fails once its error is set.
type failingReaderAt struct {
	r   io.ReaderAt
	err error
}

func (f *failingReaderAt) ReadAt(p []byte, off int64) (int, error) {
	if f.err != nil {
		return 0, f.err
	}
	return f.r.ReadAt(p, off)
}

func TestNamesAndRemove(t *testing.T) {
	d := tempDir(t)
	want := map[Name]bool{}
	for range 5 {
		want[put(t, d, []byte("x")).Name] = true
	}
	// What does not look like a blob in its place is none.
	if err := d.d.WriteFile("README", nil); err != nil {
		t.Fatal(err)
	}
	misplaced := newName()
	if err := d.d.WriteFile(string(misplaced)+suffix, nil); err != nil {
		t.Fatal(err)
	}
	names, err := d.Names(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got := map[Name]bool{}
	for i, n := range names {
		got[n] = true
		if i > 0 && names[i-1] >= n {
			t.Error("names are not sorted")
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	ref := Ref{Name: names[0], Key: put(t, d, nil).Key}
	if err := d.Remove(ref.Name); err != nil {
		t.Fatal(err)
	}
	wantKind(t, "remove again", d.Remove(ref.Name), fault.KindNotFound)
	_, err = d.Open(t.Context(), ref)
	wantKind(t, "open removed", err, fault.KindNotFound)
}

func TestNamesFromElsewhereStayInside(t *testing.T) {
	d := tempDir(t)
	key := put(t, d, nil).Key
	for _, name := range []Name{"", "../../../../etc/passwd", "../" + Name(strings.Repeat("a", 29)), Name(strings.Repeat("A", 32)), Name(strings.Repeat("a", 33))} {
		_, err := d.Open(t.Context(), Ref{Name: name, Key: key})
		wantKind(t, fmt.Sprintf("open %q", name), err, fault.KindNotFound)
		wantKind(t, fmt.Sprintf("remove %q", name), d.Remove(name), fault.KindNotFound)
		wantKind(t, fmt.Sprintf("put %q", name), d.PutSealed(t.Context(), name, strings.NewReader(ageIntro), 100), fault.KindInvalid)
	}
}

func TestSealedCopies(t *testing.T) {
	from, to := tempDir(t), tempDir(t)
	ref := put(t, from, pattern(10_000))
	copyTo := func(limit int64) error {
		r, size, err := from.OpenSealed(ref.Name)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if limit == 0 {
			limit = size
		}
		return to.PutSealed(t.Context(), ref.Name, r, limit)
	}
	wantKind(t, "copy beyond the limit", copyTo(10_000), fault.KindInvalid)
	if err := copyTo(0); err != nil {
		t.Fatal(err)
	}
	if err := to.Verify(t.Context(), ref); err != nil {
		t.Errorf("verify the copy: %v", err)
	}
	wantKind(t, "copy again", copyTo(0), fault.KindConflict)
	wantKind(t, "copy what is no blob", to.PutSealed(t.Context(), newName(), strings.NewReader("hello"), 100), fault.KindInvalid)
	if files := filesIn(t, to); len(files) != 1 {
		t.Errorf("files in the copy: %v", files)
	}
}

func TestConcurrentPuts(t *testing.T) {
	d := tempDir(t)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			ref, err := d.Put(t.Context(), bytes.NewReader(pattern(i*1000)), testLimit)
			if err == nil {
				err = d.Verify(t.Context(), ref)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestBuckets(t *testing.T) {
	for n, want := range map[int64]int64{
		0: 4096, 1: 4096, 4096: 4096, 4097: 8192, 8192: 8192, 100_000: 131_072, 1 << 20: 1 << 20,
		1<<20 + 1: 9 << 17, 5_000_000: 5_242_880, 1 << 30: 1 << 30, 1<<30 + 1: 9 << 27, maxSize: maxSize,
	} {
		if got := bucket(n); got != want {
			t.Errorf("bucket(%d) = %d, want %d", n, got, want)
		}
	}
}

func TestBucketLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, maxSize>>rapid.IntRange(0, 50).Draw(t, "shift")).Draw(t, "n")
		b := bucket(n)
		if b < n || b < minBucket {
			t.Fatalf("bucket(%d) = %d is too small", n, b)
		}
		if bucket(b) != b {
			t.Fatalf("bucket(%d) = %d is not its own bucket", n, b)
		}
		if n < maxSize && bucket(n+1) < b {
			t.Fatalf("bucket(%d) = %d, yet bucket(%d) = %d", n, b, n+1, bucket(n+1))
		}
		if n > fineFrom && (b-n)*fineSteps >= b {
			t.Fatalf("bucket(%d) = %d wastes more than an eighth", n, b)
		}
	})
}

// FuzzOpen checks that no file in a blob's place is taken for the blob or makes
// the reader panic.
func FuzzOpen(f *testing.F) {
	d := tempDir(f)
	ref := put(f, d, []byte("content"))
	whole, err := os.ReadFile(filepath.Join(d.d.Path(), ref.Name.path()))
	if err != nil {
		f.Fatal(err)
	}
	id, err := age.ParseHybridIdentity(string(ref.Key))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole, int64(7))
	f.Add(whole[:2000], int64(4096))
	f.Fuzz(func(t *testing.T, data []byte, size int64) {
		ref := ref
		ref.Size = size
		plain, err := decrypt(bytes.NewReader(data), int64(len(data)), ref, id)
		if err == nil {
			err = verify(t.Context(), plain, ref)
		}
		if err == nil && !bytes.Equal(data, whole) {
			t.Fatal("other bytes were taken for the blob")
		}
		if err != nil && !fault.Is(err, fault.KindCorrupt) {
			t.Fatalf("error %v is not of kind corrupt", err)
		}
	})
}

func BenchmarkPut(b *testing.B) {
	d := tempDir(b)
	content := pattern(1 << 20)
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		put(b, d, content)
	}
}

func BenchmarkVerify(b *testing.B) {
	d := tempDir(b)
	ref := put(b, d, pattern(1<<20))
	b.SetBytes(ref.Size)
	for b.Loop() {
		if err := d.Verify(b.Context(), ref); err != nil {
			b.Fatal(err)
		}
	}
}
