package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"strings"
	"sync"
	"testing"

	"codeberg.org/go-pdf/fpdf"
	"github.com/google/go-cmp/cmp"

	"asylon/internal/fault"
	"asylon/internal/intake/extract"
)

// shared is one reader for all tests, because starting PDFium without a cache
// takes seconds. Its cache lives as long as the test binary.
var shared = sync.OnceValue(func() *Reader {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	return New(Options{CacheDir: dir + "/asylon-test"})
})

func read(t *testing.T, data []byte, change ...func(*extract.PDFInput)) (extract.PDFText, error) {
	t.Helper()
	in := extract.PDFInput{R: bytes.NewReader(data), Size: int64(len(data)), Limits: extract.DefaultLimits()}
	for _, c := range change {
		c(&in)
	}
	return shared().ReadPDF(t.Context(), in)
}

// build makes a PDF with the content that draw adds.
func build(t testing.TB, draw func(*fpdf.Fpdf)) []byte {
	t.Helper()
	p := fpdf.New("P", "mm", "A4", "")
	p.SetFont("Times", "", 11)
	draw(p)
	var buf bytes.Buffer
	if err := p.Output(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// lines draws a page with a line of text each.
func lines(p *fpdf.Fpdf, text ...string) {
	p.AddPage()
	for _, l := range text {
		p.Cell(0, 5, l)
		p.Ln(5)
	}
}

func TestText(t *testing.T) {
	data := build(t, func(p *fpdf.Fpdf) {
		p.SetTitle("보고 Report", true)
		p.SetAuthor("An office", true)
		p.SetLang("en-GB")
		lines(p, "Seven persons were taken from a farm-", "house near the north-east border; the north-", "east road was closed.", "In 1998-", "2001 the exam-", "ple was rare.")
		lines(p, "Second page.")
	})
	got, err := read(t, data)
	if err != nil {
		t.Fatal(err)
	}
	want := extract.PDFText{
		Title: "보고 Report", Language: "en-GB",
		Pages: []extract.Page{
			{Number: 1, Text: "Seven persons were taken from a farmhouse near the north-east border; the north-east road was closed.\nIn 1998-\n2001 the example was rare."},
			{Number: 2, Text: "Second page."},
		},
		Meta: got.Meta, // dates are of now
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
	if got.Meta["author"] != "An office" || got.Meta["created"] == "" {
		t.Errorf("meta = %q", got.Meta)
	}
}

func TestHangulAndHan(t *testing.T) {
	font := "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf"
	b, err := os.ReadFile(font)
	if err != nil {
		t.Skipf("no font with Hangul and Han on this machine: %v", err)
	}
	text := "온성군에서 朝阳区까지 — 五十人"
	data := build(t, func(p *fpdf.Fpdf) {
		p.AddUTF8FontFromBytes("cjk", "", b)
		p.SetFont("cjk", "", 12)
		lines(p, text)
	})
	got, err := read(t, data)
	if err != nil {
		t.Fatal(err)
	}
	if got.Pages[0].Text != text {
		t.Errorf("text = %q, want %q", got.Pages[0].Text, text)
	}
}

// scan draws a page that is a picture only.
func scan(t testing.TB, p *fpdf.Fpdf) {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 60, 80))
	for i := range img.Pix {
		img.Pix[i] = uint8(i % 251)
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		t.Fatal(err)
	}
	p.AddPage()
	name := fmt.Sprintf("scan%d", p.PageNo())
	p.RegisterImageOptionsReader(name, fpdf.ImageOptions{ImageType: "PNG"}, &buf)
	p.ImageOptions(name, 0, 0, 210, 297, false, fpdf.ImageOptions{ImageType: "PNG"}, 0, "")
}

func TestScan(t *testing.T) {
	data := build(t, func(p *fpdf.Fpdf) {
		scan(t, p)
		p.AddPage()
	})
	got, err := read(t, data)
	if err != nil {
		t.Fatal(err)
	}
	want := []extract.Page{
		{Number: 1, Scanned: true, Warnings: []string{"no text on this page: a scan; type or attach a transcript"}},
		{Number: 2, Warnings: []string{"no text on this page"}},
	}
	if diff := cmp.Diff(want, got.Pages); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
}

func TestRefused(t *testing.T) {
	good := build(t, func(p *fpdf.Fpdf) { lines(p, "text") })
	locked := build(t, func(p *fpdf.Fpdf) {
		p.SetProtection(fpdf.CnProtectPrint, "secret", "owner")
		lines(p, "locked text")
	})
	tests := []struct {
		name     string
		data     []byte
		password string
		want     error
	}{
		{"nothing but a header", []byte("%PDF-1.7\n"), "", extract.ErrDamaged},
		{"noise", bytes.Repeat([]byte("%PDF-1.4\n\x00\xff\x13obj"), 5000), "", extract.ErrDamaged},
		{"cut short before any object", good[:20], "", extract.ErrDamaged},
		{"password missing", locked, "", extract.ErrPassword},
		{"password wrong", locked, "guess", extract.ErrPassword},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := read(t, tt.data, func(in *extract.PDFInput) { in.Password = tt.password })
			if !errors.Is(err, tt.want) || !fault.Is(err, fault.KindInvalid) {
				t.Errorf("error = %v, want an invalid one that wraps %v", err, tt.want)
			}
		})
	}
	got, err := read(t, locked, func(in *extract.PDFInput) { in.Password = "secret" })
	if err != nil || got.Pages[0].Text != "locked text" {
		t.Errorf("with the password: %+v, %v", got.Pages, err)
	}
}

func TestLimits(t *testing.T) {
	data := build(t, func(p *fpdf.Fpdf) {
		for i := range 5 {
			lines(p, fmt.Sprintf("page %d has some text", i+1))
		}
	})
	tests := []struct {
		name   string
		change func(*extract.Limits)
		pages  int
		warn   string
	}{
		{"pages", func(l *extract.Limits) { l.Pages = 3 }, 3, "only the first 3"},
		{"characters", func(l *extract.Limits) { l.Runes = 50 }, 2, "pages 3 to 5 were not read"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := read(t, data, func(in *extract.PDFInput) { tt.change(&in.Limits) })
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Pages) != tt.pages || len(got.Warnings) != 1 || !strings.Contains(got.Warnings[0], tt.warn) {
				t.Errorf("%d pages, warnings %q; want %d and %q", len(got.Pages), got.Warnings, tt.pages, tt.warn)
			}
		})
	}
	got, err := read(t, data, func(in *extract.PDFInput) { in.Limits.PageRunes = 6 })
	if err != nil || got.Pages[0].Text != "page 1" || len(got.Pages[0].Warnings) != 1 {
		t.Errorf("cut page = %+v, %v", got.Pages, err)
	}
}

// failing is a document on a disk that breaks.
type failing struct{ err error }

func (f failing) ReadAt([]byte, int64) (int, error) { return 0, f.err }

func TestSourceFails(t *testing.T) {
	broken := errors.New("disk is broken")
	_, err := shared().ReadPDF(t.Context(), extract.PDFInput{R: failing{broken}, Size: 1000})
	if !errors.Is(err, broken) || errors.As(err, new(*fault.Error)) {
		t.Errorf("error = %v, want the disk's own", err)
	}
	// The reader goes on with the next document.
	if _, err := read(t, build(t, func(p *fpdf.Fpdf) { lines(p, "x") })); err != nil {
		t.Errorf("after it: %v", err)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	data := build(t, func(p *fpdf.Fpdf) {
		for range 20 {
			lines(p, "text")
		}
	})
	_, err := shared().ReadPDF(ctx, extract.PDFInput{R: bytes.NewReader(data), Size: int64(len(data)), Progress: func(done, total int) {
		if done == 2 {
			cancel()
		}
		if done > 3 || total != 20 {
			t.Errorf("progress %d of %d after the end", done, total)
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v", err)
	}
}

func TestRenderPage(t *testing.T) {
	data := build(t, func(p *fpdf.Fpdf) {
		p.AddPage()
		p.SetFillColor(200, 0, 0)
		p.Rect(0, 0, 210, 297/2.0, "F")
	})
	req := RenderRequest{R: bytes.NewReader(data), Size: int64(len(data)), Page: 1, DPI: 36, Format: PNG}
	pic, err := shared().RenderPage(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(pic.Data))
	if err != nil {
		t.Fatal(err)
	}
	if pic.Width < 295 || pic.Width > 299 || img.Bounds().Dx() != pic.Width || img.Bounds().Dy() != pic.Height {
		t.Errorf("size %d by %d in %v, want A4 at 36 dpi", pic.Width, pic.Height, img.Bounds())
	}
	for _, p := range []struct {
		y    int
		want color.RGBA
	}{{20, color.RGBA{200, 0, 0, 255}}, {pic.Height - 20, color.RGBA{255, 255, 255, 255}}} {
		if got := color.RGBAModel.Convert(img.At(100, p.y)); got != p.want {
			t.Errorf("colour at line %d = %v, want %v", p.y, got, p.want)
		}
	}

	req.Format, req.DPI = JPEG, 600
	pic, err = shared().RenderPage(t.Context(), req)
	if err != nil || pic.Width*pic.Height > DefaultPixels || pic.Width*pic.Height < DefaultPixels*9/10 {
		t.Errorf("at 600 dpi: %d by %d, %v; want about %d pixels", pic.Width, pic.Height, err, DefaultPixels)
	}
	req.Page = 2
	if _, err := shared().RenderPage(t.Context(), req); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("page 2 of 1: %v", err)
	}
	req.DPI = 5000
	if _, err := shared().RenderPage(t.Context(), req); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("at 5000 dpi: %v", err)
	}
}

func TestPixelSize(t *testing.T) {
	tests := []struct {
		name          string
		width, height float64
		dpi, most     int
		w, h          int
		ok            bool
	}{
		{"A4 at 72", 595, 842, 72, 1e6, 595, 842, true},
		{"lowered", 1000, 1000, 144, 1e6, 1000, 1000, true},
		{"a thread", 1e6, 0.1, 72, 1e6, maxSide, 1, true},
		{"no size", 0, 10, 72, 1e6, 0, 0, false},
		{"beyond measure", 1e300, 10, 72, 1e6, 0, 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w, h, ok := pixelSize(tt.width, tt.height, tt.dpi, tt.most)
			if w != tt.w || h != tt.h || ok != tt.ok {
				t.Errorf("got %d, %d, %t; want %d, %d, %t", w, h, ok, tt.w, tt.h, tt.ok)
			}
		})
	}
}
