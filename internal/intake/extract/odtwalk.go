package extract

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// odtWalker turns the elements of an OpenDocument text into text.
type odtWalker struct {
	b       *builder
	styles  *odtStyles
	changes map[string]string // what tracked changes deleted, by their ids

	paragraphs int // paragraphs around: text counts only within one
	lists      []odtList
	counts     map[string]*listCount // of the last list in each style
	pending    string                // number of an item, for its first paragraph
	breakAfter []bool                // for each paragraph around
	rowSeen    []bool                // for each table around: its row has a cell
	reading    string                // what stands above characters, to follow them
	begun      bool                  // there was a paragraph

	deletions int
	comments  int
	embedded  int
}

// odtList is a list around.
type odtList struct {
	style *listStyle
	count *listCount
}

// Bounds of repetitions that a document may ask for in one element.
const (
	maxSpaces  = 1000
	maxColumns = 64
)

// The namespaces of OpenDocument end alike in all versions.
func odf(n xml.Name, space string) bool { return strings.HasSuffix(n.Space, ":"+space+":1.0") }

// walk reads content.xml: its styles first, then its text.
func (w *odtWalker) walk(s *xmlScan) error {
	for {
		t, err := s.token()
		if err != nil {
			return err
		}
		e, ok := t.(xml.StartElement)
		switch {
		case !ok:
		case e.Name.Local == "text" && odf(e.Name, "office"):
			if err := w.element(s); err != nil {
				return err
			}
		default:
			w.styles.start(e)
		}
	}
}

// element reads what lies within the element whose start was the last token.
func (w *odtWalker) element(s *xmlScan) error {
	outer := s.depth - 1
	for s.depth > outer {
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
		case xml.CharData:
			if w.paragraphs > 0 {
				w.b.words(string(t))
			}
		}
	}
	return nil
}

func (w *odtWalker) start(s *xmlScan, e xml.StartElement) error {
	switch {
	case odf(e.Name, "text"):
		return w.startText(s, e)
	case odf(e.Name, "table"):
		w.startTable(e)
	case odf(e.Name, "office") && e.Name.Local == "annotation":
		w.comments++
		return s.skip()
	case odf(e.Name, "office") && e.Name.Local == "forms":
		return s.skip()
	case odf(e.Name, "drawing"):
		switch e.Name.Local {
		case "text-box":
			w.b.line(1)
		case "object", "object-ole":
			w.embedded++
			return s.skip()
		}
	case e.Name.Local == "title" || e.Name.Local == "desc": // of a picture
		return s.skip()
	}
	return nil
}

func (w *odtWalker) startText(s *xmlScan, e xml.StartElement) error {
	switch e.Name.Local {
	case "p", "h":
		w.openParagraph(attr(e, "style-name"))
	case "s":
		w.b.text(strings.Repeat(" ", min(max(atoi(attr(e, "c")), 1), maxSpaces)))
	case "tab":
		w.b.text("\t")
	case "line-break":
		w.b.newline()
	case "soft-page-break":
		w.b.pageBreak()
	case "list":
		w.openList(e)
	case "list-item":
		w.item(e)
	case "note":
		return w.note(s)
	case "ruby-text":
		reading, err := s.inner(4 * maxQuoted)
		w.reading = strings.TrimSpace(reading)
		return err
	case "changed-region":
		return w.change(s, e)
	case "change":
		w.undelete(attr(e, "change-id"))
	case "number": // the item's number again, for programs that do not count
		return s.skip()
	}
	return nil
}

func (w *odtWalker) startTable(e xml.StartElement) {
	n := len(w.rowSeen)
	switch e.Name.Local {
	case "table":
		w.b.line(1)
		w.rowSeen = append(w.rowSeen, false)
	case "table-row":
		if n > 0 {
			w.rowSeen[n-1] = false
		}
	case "table-cell", "covered-table-cell":
		for range min(max(atoi(attr(e, "number-columns-repeated")), 1), maxColumns) {
			w.b.cell(n == 0 || !w.rowSeen[n-1])
			if n > 0 {
				w.rowSeen[n-1] = true
			}
		}
	}
}

func (w *odtWalker) end(e xml.EndElement) {
	switch {
	case odf(e.Name, "text"):
		w.endText(e.Name.Local)
	case odf(e.Name, "table") && e.Name.Local == "table-row":
		w.b.row()
	case odf(e.Name, "table") && e.Name.Local == "table":
		w.rowSeen = w.rowSeen[:max(len(w.rowSeen)-1, 0)]
	case odf(e.Name, "drawing") && e.Name.Local == "text-box":
		w.b.endBox()
	}
}

func (w *odtWalker) endText(local string) {
	switch local {
	case "p", "h":
		w.paragraphs--
		w.b.paragraph()
		w.begun = true
		if n := len(w.breakAfter) - 1; n >= 0 {
			if w.breakAfter[n] {
				w.b.pageBreak()
			}
			w.breakAfter = w.breakAfter[:n]
		}
	case "list":
		w.lists = w.lists[:max(len(w.lists)-1, 0)]
		w.pending = ""
	case "ruby":
		if w.reading != "" {
			w.b.text("(" + w.reading + ")")
			w.reading = ""
		}
	}
}

func (w *odtWalker) openParagraph(style string) {
	st := w.styles.paragraphs[style]
	// A paragraph within another one, in a text box, ends no page.
	if st.before && w.begun && w.paragraphs == 0 {
		w.b.pageBreak()
	}
	w.paragraphs++
	w.breakAfter = append(w.breakAfter, st.after && w.paragraphs == 1)
	if w.pending != "" {
		w.b.text(w.pending)
		w.pending = ""
	}
}

// openList begins a list: within another one it goes on with that one's style
// and count unless it names its own; after another one it may go on counting.
func (w *odtWalker) openList(e xml.StartElement) {
	name := attr(e, "style-name")
	l := odtList{style: w.styles.lists[name], count: new(listCount)}
	switch n := len(w.lists); {
	case n > 0:
		l.count = w.lists[n-1].count
		if l.style == nil {
			l.style = w.lists[n-1].style
		}
	case attr(e, "continue-numbering") == "true" || attr(e, "continue-list") != "":
		if c := w.counts[name]; c != nil {
			l.count = c
		}
	}
	if w.counts == nil {
		w.counts = map[string]*listCount{}
	}
	if l.style != nil {
		w.counts[name] = l.count
	}
	w.lists = append(w.lists, l)
}

func (w *odtWalker) item(e xml.StartElement) {
	n := len(w.lists)
	if n == 0 || w.lists[n-1].style == nil {
		w.pending = ""
		return
	}
	l := w.lists[n-1]
	if v := attr(e, "start-value"); v != "" && n <= maxLevels {
		l.count.used[n-1], l.count.count[n-1] = true, atoi(v)-1
	}
	w.pending = l.count.next(l.style, n-1)
}

// note reads a footnote or endnote: its mark stays in the text, its text goes to
// the end of the page.
func (w *odtWalker) note(s *xmlScan) error {
	mark := ""
	for outer := s.depth - 1; s.depth > outer; {
		t, err := s.token()
		if err != nil {
			return err
		}
		e, ok := t.(xml.StartElement)
		switch {
		case ok && e.Name.Local == "note-citation":
			if mark, err = s.inner(64); err != nil {
				return err
			}
			mark = "[" + OneLine(mark, 10) + "]"
			w.b.text(mark)
		case ok && e.Name.Local == "note-body":
			text, err := w.inner(s)
			if err != nil {
				return err
			}
			w.b.note(strings.TrimSpace(mark + " " + text))
		}
	}
	return nil
}

// inner is the text of the element whose start was the last token, apart from
// the pages.
func (w *odtWalker) inner(s *xmlScan) (string, error) {
	var res Result
	in := &odtWalker{b: newBuilder(&pager{res: &res, lim: w.b.pager.lim}), styles: w.styles}
	if err := in.element(s); err != nil {
		return "", err
	}
	in.b.finish()
	w.comments += in.comments
	w.embedded += in.embedded
	var b strings.Builder
	for _, p := range res.Pages {
		b.WriteString(p.Text)
	}
	return strings.TrimSpace(b.String()), nil
}

// change reads what a tracked change says. Insertions stand in the text;
// deletions stand here.
func (w *odtWalker) change(s *xmlScan, region xml.StartElement) error {
	for outer := s.depth - 1; s.depth > outer; {
		t, err := s.token()
		if err != nil {
			return err
		}
		e, ok := t.(xml.StartElement)
		switch {
		case !ok:
		case e.Name.Local == "change-info":
			if err := s.skip(); err != nil {
				return err
			}
		case e.Name.Local == "deletion":
			text, err := w.deletion(s)
			if err != nil {
				return err
			}
			if len(w.changes) < maxNotesKept {
				w.changes[attr(region, "id")] = OneLine(text, maxQuoted)
			}
		}
	}
	return nil
}

// deletion reads a deleted passage without who deleted it and when.
func (w *odtWalker) deletion(s *xmlScan) (string, error) {
	var b strings.Builder
	for outer := s.depth - 1; s.depth > outer; {
		t, err := s.token()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == "change-info" {
				if err := s.skip(); err != nil {
					return "", err
				}
			}
		case xml.CharData:
			if b.Len() < 4*maxQuoted {
				b.Write(t)
			}
		}
	}
	return b.String(), nil
}

// undelete says at its place that a passage was deleted.
func (w *odtWalker) undelete(id string) {
	text, ok := w.changes[id]
	if !ok || text == "" {
		return
	}
	delete(w.changes, id)
	if w.deletions++; w.deletions <= maxQuotes {
		w.b.warn(fmt.Sprintf("deleted on this page by tracked changes: %q", text))
	}
}
