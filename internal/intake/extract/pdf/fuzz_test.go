package pdf

import (
	"bufio"
	"bytes"
	"io"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"asylon/internal/fault"
	"asylon/internal/intake/extract"
)

// FuzzPDFWrapper reads arbitrary bytes as PDF, in children. What PDFium makes of
// them is its business; ours is that every end is a result or a sentence, and
// that the next document is read as if nothing had been.
func FuzzPDFWrapper(f *testing.F) {
	good := build(f, func(p *fpdf.Fpdf) { lines(p, "the next document") })
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add([]byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R]/Count 99999>>endobj trailer<</Root 1 0 R>>"))
	f.Add(build(f, func(p *fpdf.Fpdf) { scan(f, p) }))
	reader := New(Options{CacheDir: shared().opt.CacheDir, Children: 1, PageTime: 2 * time.Second, DocumentTime: 4 * time.Second})
	f.Cleanup(func() { _ = reader.Close() })
	limits := extract.DefaultLimits()
	limits.Pages, limits.Runes = 20, 100_000
	f.Fuzz(func(t *testing.T, data []byte) {
		in := extract.PDFInput{R: bytes.NewReader(data), Size: int64(len(data)), Limits: limits}
		doc, err := reader.ReadPDF(t.Context(), in)
		if err != nil && fault.KindOf(err) != fault.KindInvalid {
			t.Fatalf("error of kind %v: %v", fault.KindOf(err), err)
		}
		if err == nil && (len(doc.Pages) == 0 && len(doc.Warnings) == 0 || len(doc.Pages) > limits.Pages) {
			t.Fatalf("%d pages, warnings %q", len(doc.Pages), doc.Warnings)
		}
		for i, p := range doc.Pages {
			if p.Number != i+1 || p.Text != extract.Clean(p.Text) {
				t.Fatalf("page %+v", p)
			}
		}
		// A picture of the first page is a picture or a sentence.
		pic, err := reader.RenderPage(t.Context(), RenderRequest{R: in.R, Size: in.Size, Page: 1, DPI: MinDPI, Format: PNG})
		if err != nil && fault.KindOf(err) != fault.KindInvalid && fault.KindOf(err) != fault.KindNotFound {
			t.Fatalf("picture: error of kind %v: %v", fault.KindOf(err), err)
		}
		if err == nil && (pic.Width < 1 || pic.Height < 1 || len(pic.Data) == 0) {
			t.Fatalf("picture of %d by %d", pic.Width, pic.Height)
		}
		next, err := reader.ReadPDF(t.Context(), extract.PDFInput{R: bytes.NewReader(good), Size: int64(len(good)), Limits: limits})
		if err != nil || next.Pages[0].Text != "the next document" {
			t.Fatalf("the next document: %+v, %v", next, err)
		}
	})
}

// FuzzReply lets a child say anything.
func FuzzReply(f *testing.F) {
	var get, page bytes.Buffer
	if err := writeFrame(&get, msgGet, make([]byte, 12)); err != nil {
		f.Fatal(err)
	}
	if err := writeJSON(&page, msgPage, textReply{Text: "x"}); err != nil {
		f.Fatal(err)
	}
	f.Add(append(get.Bytes(), page.Bytes()...))
	f.Add([]byte{0, 0, 0, 8, 'p', 0, 0, 0, 1, 0, 0, 0, 1})
	f.Fuzz(func(t *testing.T, said []byte) {
		for _, want := range []message{msgPage, msgPixels} {
			p := &process{in: nopCloser{io.Discard}, out: bufio.NewReader(bytes.NewReader(said))}
			payload, err := p.converse(msgText, textRequest{}, want, &source{bytes.NewReader(make([]byte, 100)), 100})
			if err == nil && len(payload) > len(said) {
				t.Fatalf("%d bytes of payload from %d", len(payload), len(said))
			}
			if pic, err := shared().encode(payload, PNG); err == nil && pic.Width*pic.Height*4 > len(payload) {
				t.Fatalf("a picture of %d by %d from %d bytes", pic.Width, pic.Height, len(payload))
			}
		}
	})
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

// FuzzPageText cleans what PDFium may say.
func FuzzPageText(f *testing.F) {
	f.Add("exam\uFFFEple of north\uFFFEeast, north-east\r\n\uFB01sh\u00ADing\x00\uE000")
	f.Add("\uFFFE-\uFFFE--a\uFFFE")
	f.Fuzz(func(t *testing.T, raw string) {
		text, unknown := pageText(raw)
		if text != extract.Clean(text) || unknown > len(text) {
			t.Fatalf("%q, %d unknown", text, unknown)
		}
		if again, _ := pageText(raw); again != text {
			t.Fatalf("%q, then %q", text, again)
		}
	})
}
