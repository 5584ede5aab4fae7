package extract

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// docxWalker turns the elements of a WordprocessingML body into text.
type docxWalker struct {
	b         *builder
	lists     *docxLists
	footnotes map[string]string
	endnotes  map[string]string

	footnote, endnote int // numbers given so far
	deletions         int
	hidden            int
	embedded          int

	deleted   *strings.Builder // what tracked changes removed, while within them
	reading   strings.Builder  // what stands above characters, to follow them
	inReading bool
	cellSeen  []bool // for each table around: its row has a cell

	begun    bool // a paragraph has ended: there is something before a page break
	broke    bool // the author ended a page, and nothing was seen on the next
	sections bool // a section ends with the paragraph in hand, and a page with it
}

// maxQuoted is how much of a deleted passage a warning quotes, in code points;
// maxQuotes, how many warnings do.
const (
	maxQuoted = 200
	maxQuotes = 200
)

// wordML tells whether an element is of WordprocessingML, in its transitional or
// strict namespace.
func wordML(n xml.Name) bool {
	return strings.HasSuffix(n.Space, "/wordprocessingml/2006/main") || strings.HasSuffix(n.Space, "/wordprocessingml/main")
}

// walk reads a whole part.
func (w *docxWalker) walk(s *xmlScan) error {
	for {
		t, err := s.token()
		if err != nil {
			return err
		}
		if e, ok := t.(xml.StartElement); ok && wordML(e.Name) && e.Name.Local == "body" {
			if err := w.element(s); err != nil {
				return err
			}
		}
	}
}

// element reads what lies within the element whose start was the last token.
func (w *docxWalker) element(s *xmlScan) error {
	outer := s.depth - 1
	for s.depth > outer && !w.b.full() {
		t, err := s.token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err := w.start(s, t); err != nil {
				return err
			}
		case xml.EndElement:
			w.end(t)
		}
	}
	for s.depth > outer { // full: the rest is passed over
		if _, err := s.token(); err != nil {
			return err
		}
	}
	return nil
}

// start handles a start tag. It may read the element to its end.
func (w *docxWalker) start(s *xmlScan, e xml.StartElement) error {
	if !wordML(e.Name) {
		return w.foreign(s, e)
	}
	switch e.Name.Local {
	case "t":
		return w.run(s)
	case "delText":
		text, err := s.inner(4 * maxQuoted)
		if err != nil {
			return err
		}
		if w.deleted != nil {
			w.deleted.WriteString(text)
		}
	case "tab":
		w.put("\t")
	case "cr":
		w.put("\n")
	case "noBreakHyphen":
		w.put("\u2011")
	case "sym":
		w.put(symbol(attr(e, "char")))
	case "br":
		w.lineBreak(attr(e, "type"))
	case "lastRenderedPageBreak":
		w.renderedBreak()
	case "pPr":
		return w.paragraph(s)
	case "rPr":
		return w.runProperties(s)
	case "del", "moveFrom":
		if w.deleted == nil {
			w.deleted = new(strings.Builder)
		}
	case "rt":
		w.inReading = true
	case "drawing", "pict":
		w.broke = false
	case "tbl":
		w.b.line(1)
		w.cellSeen = append(w.cellSeen, false)
	case "tr":
		if n := len(w.cellSeen); n > 0 {
			w.cellSeen[n-1] = false
		}
	case "tc":
		if n := len(w.cellSeen); n > 0 {
			w.b.cell(!w.cellSeen[n-1])
			w.cellSeen[n-1] = true
		}
	case "txbxContent":
		w.b.line(1)
	case "footnoteReference":
		w.footnote++
		w.note(w.footnotes[attr(e, "id")], strconv.Itoa(w.footnote))
	case "endnoteReference":
		w.endnote++
		w.note(w.endnotes[attr(e, "id")], formatLowerRoman.format(w.endnote))
	case "object":
		w.broke = false
		w.embedded++
	case "altChunk":
		w.embedded++
	case "sectPr", "tblPr", "trPr", "tcPr", "tblGrid", "sdtPr", "sdtEndPr", "instrText", "delInstrText":
		return s.skip()
	}
	return nil
}

// foreign handles elements of other namespaces. All but a few are passed
// through to what lies within them.
func (w *docxWalker) foreign(s *xmlScan, e xml.StartElement) error {
	switch e.Name.Local {
	case "Fallback": // the same content again, for older programs
		return s.skip()
	case "t": // of a formula
		return w.run(s)
	}
	return nil
}

func (w *docxWalker) end(e xml.EndElement) {
	if !wordML(e.Name) {
		return
	}
	switch e.Name.Local {
	case "p":
		w.b.paragraph()
		w.begun = true
		if w.sections {
			w.sections = false
			w.authorBreak()
		}
	case "tr":
		w.b.row()
	case "tbl":
		w.cellSeen = w.cellSeen[:max(len(w.cellSeen)-1, 0)]
	case "txbxContent":
		w.b.endBox()
	case "del", "moveFrom":
		w.undelete()
	case "rt":
		w.inReading = false
	case "ruby":
		if w.reading.Len() > 0 {
			w.put("(" + w.reading.String() + ")")
			w.reading.Reset()
		}
	}
}

// run reads the text of a run.
func (w *docxWalker) run(s *xmlScan) error {
	text, err := s.inner(w.b.pager.lim.Runes)
	if err != nil {
		return err
	}
	w.put(text)
	return nil
}

// put adds text where it belongs: to the page, to what was deleted, or to the
// reading of characters that come after it.
func (w *docxWalker) put(text string) {
	switch {
	case w.deleted != nil:
		if w.deleted.Len() < 4*maxQuoted {
			w.deleted.WriteString(text)
		}
	case w.inReading:
		w.reading.WriteString(text)
	default:
		w.broke = false
		w.b.text(text)
	}
}

// undelete ends a passage that tracked changes removed, and says so.
func (w *docxWalker) undelete() {
	if w.deleted == nil {
		return
	}
	text := OneLine(w.deleted.String(), maxQuoted)
	w.deleted = nil
	if text == "" {
		return // a paragraph mark
	}
	if w.deletions++; w.deletions <= maxQuotes {
		w.b.warn(fmt.Sprintf("deleted on this page by tracked changes: %q", text))
	}
}

func (w *docxWalker) lineBreak(kind string) {
	if kind == "page" {
		w.authorBreak()
		return
	}
	w.put("\n")
}

// authorBreak ends a page where the author wanted it.
func (w *docxWalker) authorBreak() {
	w.b.pageBreak()
	w.broke = true
}

// renderedBreak ends a page where the last program to lay the document out ended
// it. After a break that the author set, the first such mark repeats it.
func (w *docxWalker) renderedBreak() {
	if !w.broke {
		w.b.pageBreak()
	}
	w.broke = false
}

// note puts a mark into the text and the note at the end of the page.
func (w *docxWalker) note(text, number string) {
	if w.deleted != nil {
		return
	}
	w.put("[" + number + "]")
	w.b.note("[" + number + "] " + text)
}

// paragraph reads the properties of a paragraph: its place in a list, whether a
// page begins with it, whether a section ends with it.
func (w *docxWalker) paragraph(s *xmlScan) error {
	var number paraNumber
	style := ""
	for outer := s.depth - 1; s.depth > outer; {
		t, err := s.token()
		if err != nil {
			return err
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "pStyle":
			style = attr(e, "val")
		case "numId":
			number.id = attr(e, "val")
		case "ilvl":
			number.level, number.set = atoi(attr(e, "val")), true
		case "pageBreakBefore":
			if on(e) && w.begun && !w.broke {
				w.authorBreak()
			}
		case "sectPr":
			w.sections = true
		case "type":
			// Only sections have one here. This kind goes on within the page.
			w.sections = w.sections && attr(e, "val") != "continuous"
		case "rPr", "pPrChange":
			if err := s.skip(); err != nil {
				return err
			}
		}
	}
	if prefix := w.lists.prefix(number, style); prefix != "" {
		w.put(prefix)
	}
	return nil
}

// runProperties notes text that a reader of the document would not see.
func (w *docxWalker) runProperties(s *xmlScan) error {
	for outer := s.depth - 1; s.depth > outer; {
		t, err := s.token()
		if err != nil {
			return err
		}
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "vanish" && on(e) {
			w.hidden++
		}
	}
	return nil
}

// symbol is a character of a symbol font, as a character that means the same.
// Forms are full of boxes that are ticked in these fonts.
func symbol(hex string) string {
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil {
		return ""
	}
	switch n {
	case 0xF0FE, 0xF0FD, 0xF078, 0xF054, 0xF053: // crossed or ticked boxes of Wingdings and Wingdings 2
		return "☒"
	case 0xF052:
		return "☑"
	case 0xF0A8, 0xF06F, 0xF0A3, 0xF02A, 0xF071:
		return "☐"
	case 0xF0FC, 0xF050:
		return "✓"
	case 0xF0FB, 0xF04F:
		return "✗"
	case 0xF0B7, 0xF0A7, 0xF06C:
		return "•"
	case 0xF0E0, 0xF0E8:
		return "→"
	}
	if r := rune(n); utf8.ValidRune(r) && !unicode.Is(unicode.Co, r) {
		return string(r)
	}
	return "\uFFFD"
}

// isWordy tells letters, of any script, from figures and signs.
func isWordy(r rune) bool { return unicode.IsLetter(r) }
