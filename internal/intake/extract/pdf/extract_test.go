package pdf

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"

	"asylon/internal/fault"
	"asylon/internal/intake/extract"
)

// TestThroughExtract reads a PDF the way intake does.
func TestThroughExtract(t *testing.T) {
	data := build(t, func(p *fpdf.Fpdf) {
		p.SetTitle("A list", false)
		lines(p, "seven names")
		scan(t, p)
	})
	var steps []string
	opt := extract.Options{PDF: shared(), Progress: func(done, total int) { steps = append(steps, fmt.Sprintf("%d/%d", done, total)) }}
	res, err := extract.Extract(t.Context(), extract.Input{Name: "list.txt", R: bytes.NewReader(data), Size: int64(len(data))}, opt)
	if err != nil {
		t.Fatal(err)
	}
	if res.Kind != extract.KindPDF || res.Title != "A list" || len(res.Pages) != 2 || res.Pages[0].Text != "seven names" || !res.Pages[1].Scanned {
		t.Errorf("result = %+v", res)
	}
	if len(res.Warnings) != 1 || !strings.Contains(res.Warnings[0], "the content is pdf") {
		t.Errorf("warnings = %q", res.Warnings)
	}
	if got := strings.Join(steps, " "); got != "1/2 2/2" {
		t.Errorf("progress = %s", got)
	}
	_, err = extract.Extract(t.Context(), extract.Input{Name: "cut.pdf", R: bytes.NewReader(data[:100]), Size: 100}, opt)
	if !fault.Is(err, fault.KindInvalid) {
		t.Errorf("cut file: %v", err)
	}
	// A PDF that is larger than its stated size has lost its end.
	_, err = extract.Extract(t.Context(), extract.Input{Name: "gone.pdf", R: bytes.NewReader(data), Size: int64(len(data)) + 1<<20}, opt)
	if err == nil {
		t.Error("an original shorter than its size was read")
	}
}

// Example shows how a program reads a PDF. Its main calls ChildMain first.
func Example() {
	reader := New(Options{})
	defer reader.Close()
	var file bytes.Reader // the original
	doc, err := reader.ReadPDF(context.Background(), extract.PDFInput{R: &file, Size: file.Size()})
	if err != nil {
		fmt.Println(fault.Sentence(err))
		return
	}
	for _, p := range doc.Pages {
		fmt.Println(p.Number, p.Text)
	}
}
