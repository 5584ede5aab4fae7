package container

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// member is one entry of an archive that a test makes.
type member struct {
	name string
	body string
	edit func(*zip.FileHeader) // changes what the archive states; nil for none
}

// makeZip writes an archive as an honest archiver would, apart from what edit
// changes in each header.
func makeZip(t testing.TB, members ...member) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, m := range members {
		h := &zip.FileHeader{Name: m.name, Method: zip.Deflate}
		if strings.HasSuffix(m.name, "/") {
			h.Method = zip.Store
		}
		if m.edit != nil {
			m.edit(h)
		}
		f, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, m.body); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func open(data []byte, lim Limits) (*Zip, error) {
	return OpenZip(bytes.NewReader(data), int64(len(data)), lim)
}

func readEntry(z *Zip, name string) (string, error) {
	r, err := z.Open(name)
	if err != nil {
		return "", err
	}
	b, err := io.ReadAll(r)
	return string(b), errors.Join(err, r.Close())
}

func TestZipReadsAnHonestArchive(t *testing.T) {
	data := makeZip(t,
		member{name: "word/"},
		member{name: "word/document.xml", body: "<p>도문</p>"},
		member{name: "문서.txt", body: "hello"},
		member{name: "empty", body: ""},
	)
	z, err := open(data, DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"word/", "word/document.xml", "문서.txt", "empty"}
	if diff := cmp.Diff(want, z.Names()); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	for name, want := range map[string]string{"word/": "", "word/document.xml": "<p>도문</p>", "문서.txt": "hello", "empty": ""} {
		got, err := readEntry(z, name)
		if err != nil || got != want {
			t.Errorf("read %q = %q, %v, want %q", name, got, err, want)
		}
	}
	if _, err := z.Open("word"); !errors.Is(err, ErrNoEntry) {
		t.Errorf("open the folder without its slash: %v, want ErrNoEntry", err)
	}
}

func TestZipReadsBehindOtherBytes(t *testing.T) {
	// Self-extracting archives carry a program in front of the zip.
	data := append([]byte(strings.Repeat("program ", 100)), makeZip(t, member{name: "a", body: "x"})...)
	z, err := open(data, DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if got, err := readEntry(z, "a"); got != "x" || err != nil {
		t.Errorf("read = %q, %v", got, err)
	}
}

func TestZipRefusesNames(t *testing.T) {
	tests := []struct{ name, entry string }{
		{"parent", "../evil"},
		{"parent within", "a/../../evil"},
		{"parent that stays inside", "a/../b"},
		{"parent at the end", "a/.."},
		{"absolute", "/etc/passwd"},
		{"backslash parent", `..\evil`},
		{"mixed separators", `a/..\..\evil`},
		{"drive", `C:\evil`},
		{"drive relative", "C:evil"},
		{"network share", `\\host\share`},
		{"null byte", "a\x00.txt"},
		{"line break", "a\nb"},
		{"direction override", "report\u202excod.exe"},
		{"empty element", "a//b"},
		{"dot element", "./a"},
		{"empty", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := open(makeZip(t, member{name: "good"}, member{name: tt.entry}), DefaultLimits())
			if !errors.Is(err, ErrUnsafeName) {
				t.Errorf("OpenZip with %q: %v, want ErrUnsafeName", tt.entry, err)
			}
		})
	}
}

func TestZipRefusesOneNameTwice(t *testing.T) {
	for _, names := range [][2]string{{"a", "a"}, {"a/b", `a\b`}, {"a", "a/"}} {
		_, err := open(makeZip(t, member{name: names[0]}, member{name: names[1]}), DefaultLimits())
		if !errors.Is(err, ErrUnsafeName) {
			t.Errorf("OpenZip with %q: %v, want ErrUnsafeName", names, err)
		}
	}
}

func TestZipNormalisesNames(t *testing.T) {
	// "한글" in CP949, the way Korean Windows wrote names for decades.
	const cp949 = "\xc7\xd1\xb1\xdb.txt"
	z, err := open(makeZip(t, member{name: `word\document.xml`}, member{name: cp949, edit: func(h *zip.FileHeader) { h.NonUTF8 = true }}), DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"word/document.xml", "╟╤▒█.txt"}
	if diff := cmp.Diff(want, z.Names()); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	if got := z.Entries()[1].RawName; got != cp949 {
		t.Errorf("RawName = %q, want %q", got, cp949)
	}
}

func TestZipRefusesLinks(t *testing.T) {
	link := member{name: "link", body: "/etc/passwd", edit: func(h *zip.FileHeader) { h.SetMode(fs.ModeSymlink | 0o777) }}
	if _, err := open(makeZip(t, link), DefaultLimits()); !errors.Is(err, ErrUnsafeName) {
		t.Errorf("OpenZip with a symbolic link: %v, want ErrUnsafeName", err)
	}
}

func TestZipLimits(t *testing.T) {
	lim := func(change func(*Limits)) Limits {
		l := DefaultLimits()
		change(&l)
		return l
	}
	tests := []struct {
		name    string
		data    []byte
		lim     Limits
		openErr *LimitError // at OpenZip
		readErr *LimitError // at Open of "a"
	}{
		{"entries", makeZip(t, member{name: "a"}, member{name: "b"}, member{name: "c"}), lim(func(l *Limits) { l.Entries = 2 }),
			&LimitError{Limit: LimitEntries, Max: 2, Got: 3}, nil},
		{"directory", makeZip(t, manyMembers(4000)...), lim(func(l *Limits) { l.DirectoryBytes = 10_000 }),
			&LimitError{Limit: LimitDirectory, Max: 10_000}, nil},
		{"total", makeZip(t, member{name: "a", body: "12345"}, member{name: "b", body: "123456"}), lim(func(l *Limits) { l.TotalBytes = 10 }),
			&LimitError{Limit: LimitTotal, Max: 10}, nil},
		{"name", makeZip(t, member{name: "abcdef"}), lim(func(l *Limits) { l.NameBytes = 5 }),
			&LimitError{Limit: LimitName, Max: 5, Got: 6, Where: "abcdef"}, nil},
		{"file", makeZip(t, member{name: "a", body: "123456"}), lim(func(l *Limits) { l.FileBytes = 5 }),
			nil, &LimitError{Limit: LimitFile, Max: 5, Got: 6, Where: "a"}},
		{"depth", makeZip(t), lim(func(l *Limits) { l.Depth = 0 }),
			&LimitError{Limit: LimitDepth, Max: 0, Got: 1}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			z, err := open(tt.data, tt.lim)
			diffLimit(t, "OpenZip", tt.openErr, err)
			if err != nil || tt.readErr == nil {
				return
			}
			_, err = z.Open("a")
			diffLimit(t, "Open", tt.readErr, err)
		})
	}
}

func TestZipRefusesARatio(t *testing.T) {
	z, err := open(makeZip(t, member{name: "a", body: strings.Repeat("0", 3<<20)}, member{name: "small", body: strings.Repeat("0", 1<<20)}), DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	var limit *LimitError
	_, err = z.Open("a")
	if !errors.As(err, &limit) || limit.Limit != LimitRatio || limit.Max != DefaultRatio || limit.Got < 900 || limit.Where != "a" {
		t.Errorf("open a member that swells a thousandfold: %v, want a ratio of at least 900 refused", err)
	}
	if got, err := readEntry(z, "small"); len(got) != 1<<20 || err != nil {
		t.Errorf("a member at the floor: read %d bytes, %v", len(got), err)
	}
}

func manyMembers(n int) []member {
	ms := make([]member, n)
	for i := range ms {
		ms[i].name = fmt.Sprintf("entry-%d", i)
	}
	return ms
}

// diffLimit compares an error with the limit error that is wanted, or none.
func diffLimit(t *testing.T, what string, want *LimitError, err error) {
	t.Helper()
	var got *LimitError
	errors.As(err, &got)
	if diff := cmp.Diff(want, got); diff != "" || (want == nil) != (err == nil) {
		t.Errorf("%s: error %v (-want +got):\n%s", what, err, diff)
	}
}

// patchDirectory changes the n-th record of the list of members in place.
func patchDirectory(data []byte, n int, patch func(record []byte)) []byte {
	data = bytes.Clone(data)
	at := 0
	for range n + 1 {
		at += 4 + bytes.Index(data[at+4:], []byte("PK\x01\x02"))
	}
	patch(data[at:])
	return data
}

func TestZipRefusesAClaimWithoutRoom(t *testing.T) {
	// The claim of a million members must be refused before memory is made
	// ready for them, and even though the archive has two.
	data := makeZip(t, member{name: "a"}, member{name: "b"})
	end := len(data) - endBytes
	z64 := make([]byte, end64Bytes)
	binary.LittleEndian.PutUint32(z64, end64Signature)
	binary.LittleEndian.PutUint64(z64[4:], end64Bytes-12)
	binary.LittleEndian.PutUint64(z64[24:], 1_000_000)
	binary.LittleEndian.PutUint64(z64[32:], 1_000_000)
	loc := make([]byte, end64LocatorSize)
	binary.LittleEndian.PutUint32(loc, end64Locator)
	binary.LittleEndian.PutUint64(loc[8:], uint64(end))
	evil := append(append(append(bytes.Clone(data[:end]), z64...), loc...), data[end:]...)
	_, err := open(evil, DefaultLimits())
	diffLimit(t, "OpenZip", &LimitError{Limit: LimitEntries, Max: DefaultEntries, Got: 1_000_000}, err)
}

func TestZipRefusesAFalseCount(t *testing.T) {
	// archive/zip compares counts modulo 65,536: an archive can state 4 and
	// hold 65,540.
	data := makeZip(t, manyMembers(65_540)...)
	for at, n := range map[int]uint16{len(data) - endBytes + 8: 4, len(data) - endBytes + 10: 4} {
		binary.LittleEndian.PutUint16(data[at:], n)
	}
	// Where the short count is not full the zip64 record is not followed, but
	// it is still there and is believed here.
	_, err := open(data, DefaultLimits())
	diffLimit(t, "OpenZip", &LimitError{Limit: LimitEntries, Max: DefaultEntries, Got: 65_540}, err)
}

func TestZipRefusesSharedBytes(t *testing.T) {
	data := makeZip(t, member{name: "a", body: "the same"}, member{name: "b", body: "the same"})
	// Point the second member at the first one's local header.
	data = patchDirectory(data, 1, func(rec []byte) { binary.LittleEndian.PutUint32(rec[42:], 0) })
	if _, err := open(data, DefaultLimits()); !errors.Is(err, ErrMalformed) {
		t.Errorf("OpenZip with overlapping members: %v, want ErrMalformed", err)
	}
}

func TestZipEnforcesStatedSize(t *testing.T) {
	data := makeZip(t, member{name: "a", body: strings.Repeat("long text ", 1000)})
	for _, stated := range []uint32{1, 9_999, 10_001} {
		evil := patchDirectory(data, 0, func(rec []byte) { binary.LittleEndian.PutUint32(rec[24:], stated) })
		z, err := open(evil, DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		got, err := readEntry(z, "a")
		if !errors.Is(err, ErrMalformed) || len(got) > 10_000 {
			t.Errorf("stated size %d: read %d bytes, error %v, want ErrMalformed", stated, len(got), err)
		}
	}
}

func TestZipDetectsChangedBytes(t *testing.T) {
	data := makeZip(t, member{name: "a", body: "body text that is stored", edit: func(h *zip.FileHeader) { h.Method = zip.Store }})
	data[bytes.Index(data, []byte("body"))] ^= 1
	z, err := open(data, DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := readEntry(z, "a"); !errors.Is(err, ErrMalformed) {
		t.Errorf("read a changed member: %v, want ErrMalformed", err)
	}
}

func TestZipRefusesToReadSingleMembers(t *testing.T) {
	data := makeZip(t, member{name: "locked", body: "x"}, member{name: "odd", body: "y"}, member{name: "fine", body: "z"})
	data = patchDirectory(data, 0, func(rec []byte) { rec[8] |= flagEncrypted })
	data = patchDirectory(data, 1, func(rec []byte) { binary.LittleEndian.PutUint16(rec[10:], 14) }) // LZMA
	z, err := open(data, DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := z.Open("locked"); !errors.Is(err, ErrEncrypted) {
		t.Errorf("open an encrypted member: %v, want ErrEncrypted", err)
	}
	if !z.Entries()[0].Encrypted {
		t.Error("the encrypted member is not listed as encrypted")
	}
	if _, err := z.Open("odd"); !errors.Is(err, ErrMethod) {
		t.Errorf("open a member with an unknown method: %v, want ErrMethod", err)
	}
	if got, err := readEntry(z, "fine"); got != "z" || err != nil {
		t.Errorf("read the good member = %q, %v", got, err)
	}
}

func TestZipNesting(t *testing.T) {
	inner := makeZip(t, member{name: "core", body: strings.Repeat("x", 500)})
	for range 3 {
		inner = makeZip(t, member{name: "in.zip", body: string(inner)})
	}
	lim := DefaultLimits()
	z, err := open(inner, lim)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if z, err = z.OpenZip("in.zip"); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := readEntry(z, "core"); len(got) != 500 || err != nil {
		t.Fatalf("read the innermost member: %d bytes, %v", len(got), err)
	}

	lim.Depth = 2
	z, _ = open(inner, lim)
	if z, err = z.OpenZip("in.zip"); err != nil {
		t.Fatal(err)
	}
	_, err = z.OpenZip("in.zip")
	diffLimit(t, "third level", &LimitError{Limit: LimitDepth, Max: 2, Got: 3, Where: "in.zip"}, err)
}

func TestZipNestingSharesTheTotal(t *testing.T) {
	inner := makeZip(t, member{name: "a", body: strings.Repeat("x", 5000)})
	outer := makeZip(t, member{name: "1.zip", body: string(inner)}, member{name: "2.zip", body: string(inner)})
	lim := DefaultLimits()
	lim.TotalBytes = int64(2*len(inner)) + 9000
	z, err := open(outer, lim)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := z.OpenZip("1.zip"); err != nil {
		t.Fatal(err)
	}
	_, err = z.OpenZip("2.zip")
	diffLimit(t, "second inner archive", &LimitError{Limit: LimitTotal, Max: lim.TotalBytes}, err)
}

func TestZipConcurrentReads(t *testing.T) {
	z, err := open(makeZip(t, manyMembers(50)...), DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for _, name := range z.Names() {
		wg.Go(func() {
			if _, err := readEntry(z, name); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestZipMalformed(t *testing.T) {
	whole := makeZip(t, member{name: "a", body: "text"})
	for name, data := range map[string][]byte{
		"empty":     nil,
		"text":      []byte("this is not a zip"),
		"truncated": whole[:len(whole)-30],
		"no end":    whole[:len(whole)-endBytes],
	} {
		if _, err := open(data, DefaultLimits()); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v, want ErrMalformed", name, err)
		}
	}
}

// FuzzZip checks that no bytes make the reader panic or go beyond its limits.
func FuzzZip(f *testing.F) {
	f.Add(makeZip(f, member{name: "a/b", body: "text"}, member{name: "c", body: strings.Repeat("0", 3000)}))
	f.Add(makeZip(f, member{name: "in.zip", body: string(makeZip(f, member{name: "x", body: "y"}))}))
	lim := DefaultLimits()
	lim.Entries, lim.FileBytes, lim.TotalBytes, lim.DirectoryBytes = 50, 10_000, 20_000, 10_000
	f.Fuzz(func(t *testing.T, data []byte) {
		z, err := open(data, lim)
		if err != nil {
			return
		}
		seen := map[string]bool{}
		for _, name := range z.Names() {
			if seen[name] || strings.Contains(name, "..") && strings.Contains("/"+name+"/", "/../") || strings.HasPrefix(name, "/") {
				t.Fatalf("unsafe or repeated name %q", name)
			}
			seen[name] = true
			got, err := readEntry(z, name)
			if int64(len(got)) > lim.FileBytes {
				t.Fatalf("%q: read %d bytes, limit %d", name, len(got), lim.FileBytes)
			}
			if err == nil && strings.HasSuffix(name, ".zip") {
				_, _ = z.OpenZip(name) // only must not panic
			}
		}
		if used := z.total.used.Load(); used > lim.TotalBytes {
			t.Fatalf("took %d bytes in all, limit %d", used, lim.TotalBytes)
		}
	})
}
