package pdf

import (
	"bytes"
	"fmt"
	"testing"

	"codeberg.org/go-pdf/fpdf"

	"asylon/internal/intake/extract"
)

// BenchmarkReadPDF measures pages a second, the start of the child apart.
func BenchmarkReadPDF(b *testing.B) {
	const pages = 100
	data := build(b, func(p *fpdf.Fpdf) {
		for range pages {
			text := make([]string, 50)
			for i := range text {
				text[i] = fmt.Sprintf("Line %d: at the end of the month seven persons were taken from a farmhouse near the border.", i)
			}
			lines(p, text...)
		}
	})
	in := extract.PDFInput{R: bytes.NewReader(data), Size: int64(len(data))}
	read := func() {
		if doc, err := shared().ReadPDF(b.Context(), in); err != nil || len(doc.Pages) != pages {
			b.Fatal(len(doc.Pages), err)
		}
	}
	read() // starts the child
	for b.Loop() {
		read()
	}
	b.ReportMetric(float64(pages*b.N)/b.Elapsed().Seconds(), "pages/s")
}

// BenchmarkRenderPage measures a picture of a page for the screen.
func BenchmarkRenderPage(b *testing.B) {
	data := build(b, func(p *fpdf.Fpdf) { lines(p, "text") })
	req := RenderRequest{R: bytes.NewReader(data), Size: int64(len(data)), Page: 1, DPI: 110}
	for _, f := range []Format{PNG, JPEG} {
		b.Run(string(f[6:]), func(b *testing.B) {
			req.Format = f
			for b.Loop() {
				if _, err := shared().RenderPage(b.Context(), req); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
