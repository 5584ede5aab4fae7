package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"asylon/internal/intake/extract"
)

// assemble makes a PDF of objects written by hand, numbered from 1, the first
// being the catalog.
func assemble(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var offsets []int
	for i, o := range objects {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}

func stream(dict, content string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(content), content)
}

const (
	handPages = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
	handFont  = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
	handPage  = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Resources << /Font << /F 5 0 R >> >> /Contents 4 0 R %s >>"
)

// TestForm reads what was filled into a form and what was pinned onto it. Only
// the first is text of the page.
func TestForm(t *testing.T) {
	data := assemble(
		"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] >> /PageLabels << /Nums [0 << /S /r /St 4 >>] >> >>",
		handPages,
		fmt.Sprintf(handPage, "/Annots [6 0 R 8 0 R]"),
		stream("", "BT /F 12 Tf 20 150 Td (Name:) Tj ET"),
		handFont,
		"<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (A. Applicant) /Rect [100 140 280 165] /F 4 /P 3 0 R /AP << /N 7 0 R >> >>",
		stream("/Type /XObject /Subtype /Form /BBox [0 0 180 25] /Resources << /Font << /F 5 0 R >> >>", "BT /F 12 Tf 2 10 Td (A. Applicant) Tj ET"),
		"<< /Type /Annot /Subtype /Text /Contents (is this so?) /Rect [10 10 30 30] /P 3 0 R >>",
	)
	got, err := read(t, data)
	if err != nil {
		t.Fatal(err)
	}
	want := []extract.Page{{Number: 1, Label: "iv", Text: "Name:\nA. Applicant",
		Warnings: []string{"remarks pinned to this page by a reader, not part of its text: 1"}}}
	if diff := cmp.Diff(want, got.Pages); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
}

// TestHostile reads files that mean harm. Each must end within the time of a
// page, in a page or in a sentence.
func TestHostile(t *testing.T) {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	if _, err := z.Write(bytes.Repeat([]byte("q "), 1<<19)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	catalog := "<< /Type /Catalog /Pages 2 0 R >>"
	nested := strings.Repeat("[", 200_000) + strings.Repeat("]", 200_000)
	tests := []struct {
		name string
		data []byte
	}{
		{"stream that unpacks to a thousand times its size", assemble(catalog, handPages, fmt.Sprintf(handPage, ""), stream("/Filter /FlateDecode", packed.String()), handFont)},
		{"arrays in arrays", assemble(catalog, handPages, fmt.Sprintf(handPage, "/X "+nested), stream("", "BT ET"), handFont)},
		{"pages in a circle", assemble(catalog, "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000000 >>")},
		{"form that draws itself", assemble(catalog, handPages, strings.Replace(fmt.Sprintf(handPage, ""), "/Font <<", "/XObject << /X 6 0 R >> /Font <<", 1), stream("", "/X Do"), handFont,
			stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>", "/X Do"))},
		{"picture of 40,000 by 40,000", assemble(catalog, handPages, strings.Replace(fmt.Sprintf(handPage, ""), "/Font <<", "/XObject << /X 6 0 R >> /Font <<", 1), stream("", "q 300 0 0 200 0 0 cm /X Do Q"), handFont,
			stream("/Type /XObject /Subtype /Image /Width 40000 /Height 40000 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode", packed.String()))},
		{"page as large as a country", assemble(catalog, handPages, strings.Replace(fmt.Sprintf(handPage, ""), "0 0 300 200", "0 0 1e30 1e30", 1), stream("", "BT ET"), handFont)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := read(t, tt.data)
			if err == nil && len(doc.Pages) == 0 {
				t.Error("neither pages nor an error")
			}
			t.Logf("%d pages, warnings %q, error %v", len(doc.Pages), doc.Warnings, err)
			pic, err := shared().RenderPage(t.Context(), RenderRequest{R: bytes.NewReader(tt.data), Size: int64(len(tt.data)), Page: 1, DPI: 100, Format: PNG})
			if err == nil && len(pic.Data) == 0 {
				t.Error("neither a picture nor an error")
			}
			t.Logf("picture %d by %d, error %v", pic.Width, pic.Height, err)
		})
	}
}
