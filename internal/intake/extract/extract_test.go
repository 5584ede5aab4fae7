package extract

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"asylon/internal/fault"
)

// run extracts bytes under a name.
func run(t testing.TB, name string, data []byte, change ...func(*Input, *Options)) (Result, error) {
	t.Helper()
	in := Input{Name: name, R: bytes.NewReader(data), Size: int64(len(data))}
	var opt Options
	opt.Limits = DefaultLimits()
	for _, c := range change {
		c(&in, &opt)
	}
	return Extract(t.Context(), in, opt)
}

// must extracts bytes that are in order.
func must(t testing.TB, name string, data []byte, change ...func(*Input, *Options)) Result {
	t.Helper()
	res, err := run(t, name, data, change...)
	if err != nil {
		t.Fatalf("extract %s: %v", name, err)
	}
	checkPages(t, res)
	return res
}

// checkPages tests what every result promises.
func checkPages(t testing.TB, res Result) {
	t.Helper()
	for i, p := range res.Pages {
		if p.Number != i+1 {
			t.Fatalf("page %d has the number %d", i+1, p.Number)
		}
		if !utf8.ValidString(p.Text) {
			t.Fatalf("page %d is not valid UTF-8", p.Number)
		}
		if p.Text != Clean(p.Text) {
			t.Fatalf("page %d has characters that pages do not have: %q", p.Number, p.Text)
		}
	}
}

// texts is the texts of pages.
func texts(res Result) []string {
	var all []string
	for _, p := range res.Pages {
		all = append(all, p.Text)
	}
	return all
}

// pack makes a zip archive of parts, in the order given.
func pack(t testing.TB, parts ...string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for i := 0; i < len(parts); i += 2 {
		h := &zip.FileHeader{Name: parts[i], Method: zip.Deflate}
		if parts[i] == "mimetype" {
			h.Method = zip.Store
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, parts[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestDetect(t *testing.T) {
	mail := "Received: from a by b\r\nFrom: x@example.org\r\nSubject: list\r\n\r\ntext"
	tests := []struct {
		name string
		file string
		data []byte
		kind Kind
		want string // media type
		warn string // a part of the only warning
	}{
		{"text", "a.txt", []byte("plain words"), KindText, typeText, ""},
		{"text without a name", "", []byte("plain words"), KindText, typeText, ""},
		{"text copied from a mail program", "a.txt", []byte("From: someone\nTo: us\n\nwords"), KindText, typeText, ""},
		{"UTF-16 without a mark", "a.txt", utf16le("Names of the seven persons\n"), KindText, typeText, ""},
		{"table as text", "a.csv", []byte("name,age\nx,3\n"), KindText, "text/csv", ""},
		{"mail", "a.eml", []byte(mail), KindMail, typeMail, ""},
		{"mail called text", "a.txt", []byte(mail), KindMail, typeMail, "the content is eml"},
		{"web page", "a.html", []byte("<!-- saved -->\n<!DOCTYPE html><p>x"), KindHTML, typeHTML, ""},
		{"web page called PDF", "a.pdf", []byte("<html><body>x</body></html>"), KindHTML, typeHTML, "the content is html"},
		{"PDF", "a.pdf", []byte("%PDF-1.7\nx"), KindPDF, typePDF, ""},
		{"PDF after a banner", "a.pdf", []byte("banner\n%PDF-1.7\nx"), KindPDF, typePDF, ""},
		{"text about PDF", "a.txt", []byte("the sign %PDF-1.7 begins them"), KindText, typeText, ""},
		{"DOCX called PDF", "a.pdf", docx(t, para("x")), KindDOCX, typeDOCX, "the content is docx"},
		{"ODT", "a.odt", odt(t, "<text:p>x</text:p>"), KindODT, typeODT, ""},
		{"archive", "a.zip", pack(t, "x.txt", "x"), KindUnknown, typeZip, "kept, no text extraction"},
		{"archive called DOCX", "a.docx", pack(t, "x.txt", "x"), KindUnknown, typeZip, ""},
		{"picture", "a.png", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), KindUnknown, "image/png", "type or attach a transcript"},
		{"rich text", "a.rtf", []byte(`{\rtf1\ansi x}`), KindUnknown, "text/rtf", "save a copy as DOCX"},
		{"protected DOCX", "a.docx", append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 600)...), KindUnknown, typeOLE, ""},
		{"binary called text", "a.txt", bytes.Repeat([]byte{0, 1, 2, 200, 9}, 300), KindUnknown, typeBytes, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.kind == KindPDF {
				kind, mediaType, err := Detect(Input{Name: tt.file, R: bytes.NewReader(tt.data), Size: int64(len(tt.data))})
				if err != nil || kind != tt.kind || mediaType != tt.want {
					t.Errorf("got %s, %s, %v; want %s, %s", kind, mediaType, err, tt.kind, tt.want)
				}
				return
			}
			res := must(t, tt.file, tt.data)
			if res.Kind != tt.kind || res.MediaType != tt.want {
				t.Errorf("got %s, %s; want %s, %s", res.Kind, res.MediaType, tt.kind, tt.want)
			}
			if tt.warn != "" && (len(res.Warnings) != 1 || !strings.Contains(res.Warnings[0], tt.warn)) {
				t.Errorf("warnings %q, want one with %q", res.Warnings, tt.warn)
			}
			if (tt.kind == KindUnknown) != (len(res.Pages) == 0) {
				t.Errorf("%d pages of a document of kind %s", len(res.Pages), res.Kind)
			}
		})
	}
}

// zeros is a file of nothing but zero bytes after a beginning, as large as need
// be, that takes no room.
type zeros struct {
	head []byte
	size int64
}

func (z zeros) ReadAt(p []byte, off int64) (int, error) {
	clear(p)
	if off < int64(len(z.head)) {
		copy(p, z.head[off:])
	}
	if left := z.size - off; left < int64(len(p)) {
		return int(max(left, 0)), io.EOF
	}
	return len(p), nil
}

func TestRefused(t *testing.T) {
	huge := func(head string) func(*Input, *Options) {
		return func(in *Input, _ *Options) {
			in.R, in.Size = zeros{[]byte(head), 2 << 30}, 2<<30
		}
	}
	bomb := pack(t, "[Content_Types].xml", "<Types/>", "word/document.xml",
		`<w:document xmlns:w="`+nsW+`"><w:body><w:p><w:r><w:t>`+strings.Repeat("0", 80<<20)+`</w:t></w:r></w:p></w:body></w:document>`)
	deep := strings.Repeat("<w:tbl><w:tr><w:tc>", 100)
	tests := []struct {
		name   string
		file   string
		data   []byte
		change func(*Input, *Options)
		want   error
		say    string
	}{
		{"empty", "a.pdf", nil, nil, ErrEmpty, `"a.pdf": the file is empty`},
		{"text of 2 GiB", "a.txt", nil, huge(strings.Repeat("words ", 5000)), ErrTooLarge, "the file has 2.0 GiB, and text is read from at most 128.0 MiB"},
		{"PDF of 2 GiB", "a.pdf", nil, huge("%PDF-1.7"), ErrTooLarge, "split it into smaller files"},
		{"bomb", "a.docx", bomb, nil, ErrTooLarge, "unpacks to more than is allowed"},
		{"cut archive", "a.docx", docx(t, para("text"))[:400], nil, ErrDamaged, "the archive that this document is cannot be read"},
		{"broken XML", "a.docx", docx(t, "<w:p><w:r></w:p>"), nil, ErrDamaged, `"word/document.xml" is not well-formed in line 1`},
		{"XML that ends", "a.docx", pack(t, "word/document.xml", `<w:document xmlns:w="`+nsW+`"><w:body>`), nil, ErrDamaged, "not well-formed"},
		{"entities", "a.docx", pack(t, "word/document.xml", `<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="`+nsW+`"><w:body>&x;</w:body></w:document>`), nil, ErrDamaged, "not well-formed"},
		{"unknown encoding of XML", "a.docx", pack(t, "word/document.xml", `<?xml version="1.0" encoding="nonsense"?><d/>`), nil, ErrDamaged, "does not follow its format"},
		{"depth", "a.docx", docx(t, deep), nil, ErrTooLarge, "nests its elements more than 256 deep"},
		{"no content", "a.odt", pack(t, "mimetype", typeODT, "content.xml", ""), nil, nil, ""},
		{"protected ODT", "a.odt", pack(t, "mimetype", typeODT, "META-INF/manifest.xml", `<m><encryption-data/></m>`, "content.xml", "x"), nil, ErrPassword, "protected by a password"},
		{"encoding that does not exist", "a.txt", []byte("x"), func(in *Input, _ *Options) { in.Encoding = "klingon" }, ErrEncoding, `no text encoding "klingon"`},
		{"zeros as text", "a.txt", []byte("words\x00\x00\x00\x00more"), func(in *Input, _ *Options) { in.Encoding = "utf-16be" }, ErrDamaged, "it has zero bytes throughout"},
		{"no reader for PDF", "a.pdf", []byte("%PDF-1.4"), nil, ErrReader, "no reader for PDF"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			change := tt.change
			if change == nil {
				change = func(*Input, *Options) {}
			}
			res, err := run(t, tt.file, tt.data, change)
			if tt.want == nil {
				if err != nil {
					t.Errorf("error = %v, want none", err)
				}
				return
			}
			if !errors.Is(err, tt.want) || !strings.Contains(fault.Sentence(err), tt.say) {
				t.Errorf("error = %v, want one that wraps %v and says %q", err, tt.want, tt.say)
			}
			if len(res.Pages) > 0 || tt.want != ErrEmpty && res.Kind == KindUnknown {
				t.Errorf("result = %+v", res)
			}
		})
	}
}

// broken is a disk that fails after some bytes.
type broken struct {
	r     io.ReaderAt
	after int64
	err   error
}

func (b broken) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > b.after {
		return 0, b.err
	}
	return b.r.ReadAt(p, off)
}

// TestDiskFails tells a broken disk from a broken document.
func TestDiskFails(t *testing.T) {
	want := errors.New("disk is broken")
	long := strings.Repeat("words and words ", 4000)
	for name, data := range map[string][]byte{
		"a.txt": []byte(long), "a.html": []byte("<html>" + long), "a.eml": []byte("Received: x\r\nFrom: y\r\n\r\n" + long),
	} {
		_, err := run(t, name, data, func(in *Input, _ *Options) { in.R = broken{in.R, headBytes, want} })
		if !errors.Is(err, want) || errors.As(err, new(*fault.Error)) {
			t.Errorf("%s: error = %v, want the disk's", name, err)
		}
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	data := docx(t, para("x"))
	_, err := Extract(ctx, Input{Name: "a.docx", R: bytes.NewReader(data), Size: int64(len(data))}, Options{})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v", err)
	}
}

// TestSharedText reads a text as it lies in an archive of a campaign: indented,
// and with a blank line after every line.
func TestSharedText(t *testing.T) {
	dir := os.Getenv("ASYLON_DATA")
	if dir == "" {
		dir = "../../../../shared/data"
	}
	data, err := os.ReadFile(filepath.Join(dir, "documents", "000_29f61ea2b0379000.txt"))
	if err != nil {
		t.Skipf("the shared documents are not here (set ASYLON_DATA): %v", err)
	}
	res := must(t, "document.txt", data)
	if got := strings.Join(texts(res), ""); got != string(data) {
		t.Errorf("the pages are not the text:\n%s", cmp.Diff(string(data), got))
	}
	if res.Encoding != nameUTF8 || res.EncodingGuessed || len(res.Warnings) > 0 {
		t.Errorf("encoding %s, guessed %t, warnings %q", res.Encoding, res.EncodingGuessed, res.Warnings)
	}
	for _, want := range []string{"  China: Hundreds", "around 50 North Koreans were being", "family of seven"} {
		found := false
		for _, p := range res.Pages {
			found = found || strings.Contains(p.Text, want)
		}
		if !found {
			t.Errorf("no page has %q", want)
		}
	}
}
