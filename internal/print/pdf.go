package print

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"unicode/utf16"

	"codeberg.org/go-pdf/fpdf"
)

// A Rendering is a finished PDF.
type Rendering struct {
	Bytes []byte
	Pages int
	// Missing are the characters that no embedded font has, in order. Each
	// was drawn as an empty box that still says what it stands for; tell the
	// user before the document leaves.
	Missing []rune
}

// PDF writes the document as a PDF with its fonts inside. The bytes depend on
// the document alone, Created included, and on the version of this program.
// The error says what is wrong with the document.
func PDF(d Document) (Rendering, error) {
	if err := d.Check(); err != nil {
		return Rendering{}, fmt.Errorf("print %q as pdf: %w", d.Title, err)
	}
	if d.Created.IsZero() {
		return Rendering{}, fmt.Errorf("print %q as pdf: %w", d.Title,
			errors.New("the document has no instant of creation: set Created, since a PDF states one"))
	}
	t := &typesetter{missing: map[rune]bool{}}
	l, err := lay(d, t)
	if err != nil {
		return Rendering{}, fmt.Errorf("print %q as pdf: %w", d.Title, err)
	}
	raw, err := l.write()
	if err != nil {
		return Rendering{}, fmt.Errorf("print %q as pdf: %w", d.Title, err)
	}
	out := Rendering{Bytes: raw, Pages: len(l.pages)}
	for r := range t.missing {
		out.Missing = append(out.Missing, r)
	}
	slices.Sort(out.Missing)
	return out, nil
}

// pen draws pages with the PDF writer.
type pen struct {
	pdf   *fpdf.Fpdf
	fonts map[*face]bool
	links map[int]int // by number of note
}

// write draws the pages.
func (l *layout) write() ([]byte, error) {
	pdf := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: l.w, Ht: l.h}})
	pdf.SetMargins(0, 0, 0)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCreationDate(l.doc.Created.UTC())
	pdf.SetModificationDate(l.doc.Created.UTC())
	pdf.SetCatalogSort(true)
	pdf.SetProducer("Asylon", false)
	pdf.SetTitle(clean(l.doc.Title), true)
	pdf.SetLang(l.doc.Language)
	p := &pen{pdf: pdf, fonts: map[*face]bool{}, links: map[int]int{}}
	for i := range l.notes.order {
		p.links[i+1] = pdf.AddLink()
	}
	for i, pg := range l.pages {
		pdf.AddPage()
		for n, y := range pg.notes {
			pdf.SetLink(p.links[n], y, i+1)
		}
		if err := p.page(pg); err != nil {
			return nil, err
		}
	}
	var b bytes.Buffer
	if err := pdf.Output(&b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// page draws one page: strokes below texts.
func (p *pen) page(pg *page) error {
	for _, s := range pg.strokes {
		p.pdf.SetLineWidth(s.width)
		dash := []float64{}
		if s.dashed {
			dash = []float64{2, 1.5}
		}
		p.pdf.SetDashPattern(dash, 0)
		p.pdf.Line(s.x0, s.y0, s.x1, s.y1)
	}
	p.pdf.SetDashPattern([]float64{}, 0)
	for _, t := range pg.texts {
		if err := p.text(t); err != nil {
			return err
		}
	}
	for _, h := range pg.headings {
		p.pdf.Bookmark(h.text, h.level, h.y)
	}
	return nil
}

// text draws a segment. Where a box stands for a missing character, that
// character is attached as ActualText, so that searching, copying and reading
// aloud find it. Arabic needs nothing of the kind: readers know the joined
// forms and put what they find from left to right into reading order, and
// ActualText would be turned round a second time.
func (p *pen) text(t placed) error {
	font, err := t.face.face.load()
	if err != nil {
		return err
	}
	name := t.face.face.name
	if !p.fonts[t.face.face] {
		p.pdf.AddUTF8FontFromBytes(name, "", font.data)
		p.fonts[t.face.face] = true
	}
	p.pdf.SetFont(name, "", t.style.size)
	if t.face.stroke {
		p.pdf.SetLineWidth(t.style.size * 0.022)
		p.pdf.SetTextRenderingMode(2)
	}
	if t.actual != "" && !t.rtl {
		p.pdf.RawWriteStr("/Span <</ActualText <" + hexUTF16(t.actual) + ">>> BDC")
	}
	p.pdf.Text(t.x, t.y, t.text)
	if t.actual != "" && !t.rtl {
		p.pdf.RawWriteStr("EMC")
	}
	if t.face.stroke {
		p.pdf.SetTextRenderingMode(0)
	}
	top := t.y - t.style.size
	switch {
	case t.style.link != "":
		p.pdf.LinkString(t.x, top, t.width, t.style.size*1.3, t.style.link)
	case t.style.note > 0:
		p.pdf.Link(t.x, top, t.width, t.style.size*1.3, p.links[t.style.note])
	}
	return nil
}

// hexUTF16 writes a text as the hexadecimal string of PDF's text encoding.
func hexUTF16(s string) string {
	out := []byte("FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		out = fmt.Appendf(out, "%04X", u)
	}
	return string(out)
}
