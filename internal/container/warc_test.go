package container

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"asylon/internal/fault"

	"github.com/google/go-cmp/cmp"
)

// warcRecord writes one record as ISO 28500 has it.
func warcRecord(kind, uri, block string) string {
	return fmt.Sprintf("WARC/1.1\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, uri, len(block), block)
}

func gzipped(t testing.TB, s string) string {
	t.Helper()
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	if _, err := io.WriteString(w, s); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

// warcSeen is what a test keeps of a record.
type warcSeen struct {
	Type, URI, Block string
	Offset           int64
}

func readWARC(r io.Reader, lim Limits) ([]warcSeen, error) {
	w := NewWARC(r, lim)
	var seen []warcSeen
	for {
		rec, err := w.Next()
		if err == io.EOF {
			return seen, nil
		}
		if err != nil {
			return seen, err
		}
		block, err := io.ReadAll(rec.Body)
		if err != nil {
			return seen, err
		}
		seen = append(seen, warcSeen{rec.Type, rec.Get("warc-target-uri"), string(block), rec.Offset})
	}
}

func TestWARC(t *testing.T) {
	recs := []string{
		warcRecord("warcinfo", "", "software: x\r\n"),
		warcRecord("response", "https://example.org/", "HTTP/1.1 200 OK\r\n\r\n"+strings.Repeat("line\r\n", 3000)),
		warcRecord("metadata", "https://example.org/", ""),
	}
	var zipped []string
	for _, r := range recs {
		zipped = append(zipped, gzipped(t, r))
	}
	blocks := func(offsets ...int64) []warcSeen {
		return []warcSeen{
			{"warcinfo", "", "software: x\r\n", offsets[0]},
			{"response", "https://example.org/", "HTTP/1.1 200 OK\r\n\r\n" + strings.Repeat("line\r\n", 3000), offsets[1]},
			{"metadata", "https://example.org/", "", offsets[2]},
		}
	}
	n0, n1 := int64(len(recs[0])), int64(len(recs[1]))
	z0, z1 := int64(len(zipped[0])), int64(len(zipped[1]))
	tests := []struct {
		name string
		data string
		want []warcSeen
	}{
		{"plain", strings.Join(recs, ""), blocks(0, n0, n0+n1)},
		{"gzip by record", strings.Join(zipped, ""), blocks(0, z0, z0+z1)},
		{"gzip as a whole", gzipped(t, strings.Join(recs, "")), blocks(0, 0, 0)},
		{"empty file", "", nil},
		{"only empty lines", "\r\n\r\n", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := readWARC(strings.NewReader(tt.data), DefaultLimits())
			if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
				t.Errorf("error %v (-want +got):\n%s", err, diff)
			}
			got, err = readWARC(iotest.OneByteReader(strings.NewReader(tt.data)), DefaultLimits())
			if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
				t.Errorf("byte by byte: error %v (-want +got):\n%s", err, diff)
			}
		})
	}
}

func TestWARCPassesOverUnreadBlocks(t *testing.T) {
	data := warcRecord("response", "a", strings.Repeat("x", 10_000)) + warcRecord("response", "b", "second")
	w := NewWARC(strings.NewReader(data), DefaultLimits())
	first, err := w.Next()
	if err != nil {
		t.Fatal(err)
	}
	second, err := w.Next()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := first.Body.Read(make([]byte, 1)); err == nil || err == io.EOF {
		t.Errorf("a block read too late: error %v, want one that says so", err)
	}
	if b, err := io.ReadAll(second.Body); string(b) != "second" || err != nil {
		t.Errorf("second block = %q, %v", b, err)
	}
}

func TestWARCLimits(t *testing.T) {
	lim := func(change func(*Limits)) Limits {
		l := DefaultLimits()
		change(&l)
		return l
	}
	one := warcRecord("response", "a", "0123456789")
	tests := []struct {
		name string
		data string
		lim  Limits
		want LimitError
	}{
		{"records", one + one + one, lim(func(l *Limits) { l.Entries = 2 }), LimitError{Limit: LimitEntries, Max: 2}},
		{"block", one, lim(func(l *Limits) { l.FileBytes = 9 }), LimitError{Limit: LimitFile, Max: 9, Got: 10, Where: "record 1 at byte 0"}},
		{"total", one + one, lim(func(l *Limits) { l.TotalBytes = int64(len(one)) + 20 }), LimitError{Limit: LimitTotal, Max: int64(len(one)) + 20}},
		{"header", "WARC/1.0\r\nA: " + strings.Repeat("x", 20_000), lim(func(l *Limits) { l.HeaderBytes = 100 }), LimitError{Limit: LimitHeader, Max: 100, Where: "record 1 at byte 0"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := readWARC(strings.NewReader(tt.data), tt.lim)
			diffLimit(t, "read", &tt.want, err)
		})
	}
	bomb := gzipped(t, warcRecord("response", "a", strings.Repeat("0", 4<<20)))
	_, err := readWARC(strings.NewReader(bomb), DefaultLimits())
	var limit *LimitError
	if !errors.As(err, &limit) || limit.Limit != LimitRatio {
		t.Errorf("a record that swells a thousandfold: %v, want a ratio refused", err)
	}
}

func TestWARCMalformed(t *testing.T) {
	one := warcRecord("response", "a", "0123456789")
	damaged := []byte(gzipped(t, one))
	damaged[len(damaged)-6] ^= 1 // in the checksum
	for name, data := range map[string]string{
		"other format":     "%PDF-1.7\n",
		"old version":      strings.Replace(one, "WARC/1.1", "WARC/0.9", 1),
		"no version":       "no line end",
		"no length":        "WARC/1.0\r\nWARC-Type: response\r\n\r\n",
		"two lengths":      "WARC/1.0\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
		"negative length":  "WARC/1.0\r\nContent-Length: -1\r\n\r\n",
		"huge length":      "WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n",
		"short block":      one[:len(one)-8],
		"rubbish after":    one + "rubbish",
		"damaged checksum": string(damaged),
		"cut gzip":         gzipped(t, one)[:40],
		"rubbish gzip":     gzipped(t, one) + "rubbish",
	} {
		if _, err := readWARC(strings.NewReader(data), DefaultLimits()); !errors.Is(err, ErrMalformed) || !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: %v, want ErrMalformed", name, err)
		}
	}
}

func TestWARCPassesReadErrorsOn(t *testing.T) {
	broken := errors.New("disk")
	one := warcRecord("response", "a", "0123456789")
	for name, data := range map[string]string{"plain": one[:60], "gzip": gzipped(t, one)[:40]} {
		w := NewWARC(io.MultiReader(strings.NewReader(data), iotest.ErrReader(broken)), DefaultLimits())
		_, err := w.Next()
		if !errors.Is(err, broken) {
			t.Errorf("%s: %v, want the reader's own", name, err)
		}
		if _, again := w.Next(); again != err {
			t.Errorf("%s: the error did not stay: %v", name, again)
		}
	}
}

// FuzzWARC checks that no file makes the reader panic or go beyond its limits.
func FuzzWARC(f *testing.F) {
	rec := warcRecord("response", "https://example.org/", "block")
	f.Add([]byte(rec + rec))
	f.Add([]byte(gzipped(f, rec) + gzipped(f, rec)))
	lim := DefaultLimits()
	lim.Entries, lim.FileBytes, lim.TotalBytes, lim.HeaderBytes = 10, 500, 5000, 1000
	f.Fuzz(func(t *testing.T, data []byte) {
		seen, err := readWARC(bytes.NewReader(data), lim)
		if len(seen) > lim.Entries {
			t.Fatalf("%d records, limit %d", len(seen), lim.Entries)
		}
		for _, s := range seen {
			if len(s.Block) > int(lim.FileBytes) || s.Offset < 0 || s.Offset >= int64(len(data)) {
				t.Fatalf("block of %d bytes at %d", len(s.Block), s.Offset)
			}
		}
		if err != nil && fault.KindOf(err) != fault.KindInvalid {
			t.Fatalf("error %v (%T) is not about the input", err, err)
		}
	})
}
