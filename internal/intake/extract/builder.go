package extract

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// builder makes pages of text from the blocks, cells and runs that the formats
// with markup are made of. What separates two pieces of text (line ends, a tab,
// a space) is owed until the next text comes, so that nothing piles up around
// empty elements.
type builder struct {
	pager *pager
	page  strings.Builder
	runes int      // in page
	notes []string // footnotes that belong to the page, to stand at its end
	warns []string // warnings about the page
	label string   // of pages that follow; empty where the document's own number is used

	lines     int  // line ends owed
	tabs      int  // cells passed since the last text
	rowLines  int  // line ends owed from before the row, while it has no text
	space     bool // a space owed between words of collapsed text
	cellStart bool // nothing was written since a cell began
	boxed     bool // a text box ended the line of the paragraph around it

	docPage int // the number that the document gives the page
}

func newBuilder(p *pager) *builder { return &builder{pager: p, docPage: 1} }

// full tells that a limit was reached: nothing more will be taken.
func (b *builder) full() bool { return b.pager.full }

// text adds characters as they are; a "\n" among them is a line end.
func (b *builder) text(s string) {
	if s == "" || b.full() {
		return
	}
	b.settle()
	b.page.WriteString(s)
	if b.runes += utf8.RuneCountInString(s); b.runes > b.pager.lim.Runes {
		b.flush(true) // the pager says that it is too much
	}
}

// words adds text of which any run of white space counts as one space, as in
// HTML. Spaces that do not break (U+00A0) stay.
func (b *builder) words(s string) {
	for s != "" {
		trimmed := strings.TrimLeft(s, htmlSpace)
		if len(trimmed) < len(s) {
			b.space = true
		}
		end := strings.IndexAny(trimmed, htmlSpace)
		if end < 0 {
			end = len(trimmed)
		}
		b.text(trimmed[:end])
		s = trimmed[end:]
	}
}

// htmlSpace is the white space of the HTML and XML standards.
const htmlSpace = " \t\n\r\f"

// settle writes what is owed.
func (b *builder) settle() {
	if b.page.Len() > 0 { // a page begins with text, or with its empty cells
		b.write("\n", b.lines)
		if b.space && b.lines == 0 && b.tabs == 0 {
			b.write(" ", 1)
		}
	}
	b.write("\t", b.tabs)
	b.lines, b.tabs, b.rowLines, b.space, b.cellStart, b.boxed = 0, 0, 0, false, false, false
}

func (b *builder) write(s string, times int) {
	for range times {
		b.page.WriteString(s)
	}
	b.runes += times
}

// line asks for at least n line ends before the next text: 1 ends a line, 2
// leaves one blank, 0 asks for nothing. Within a cell that has no text yet it does
// nothing.
func (b *builder) line(n int) {
	if n == 0 {
		return
	}
	b.space = false
	if !b.cellStart {
		b.lines = max(b.lines, n)
	}
}

// newline adds one line end to those owed.
func (b *builder) newline() {
	b.space = false
	if !b.cellStart {
		b.lines = min(b.lines+1, maxBlank)
	}
}

// paragraph ends a paragraph: an empty one leaves a blank line.
func (b *builder) paragraph() {
	if !b.boxed {
		b.newline()
	}
	b.boxed = false
}

// endBox ends a text box that stands within a paragraph.
func (b *builder) endBox() {
	b.line(1)
	b.boxed = true
}

// maxBlank bounds the blank lines that a document may put between two texts.
const maxBlank = 50

// maxTabs bounds the empty cells before a text.
const maxTabs = 1000

// cell begins a cell of a table. The first of a row stands where the row does.
func (b *builder) cell(first bool) {
	if first {
		b.rowLines = b.lines
	} else {
		b.lines = b.rowLines // what paragraphs of the last cell owe becomes a tab
		b.tabs = min(b.tabs+1, maxTabs)
	}
	b.space, b.cellStart = false, true
}

// row ends a row of a table.
func (b *builder) row() {
	b.tabs, b.rowLines, b.cellStart, b.space = 0, 0, false, false
	b.lines = 1
}

// note keeps a footnote for the end of the page. Its mark is text where the
// document has it.
func (b *builder) note(s string) {
	if s = strings.Trim(s, "\n"); s != "" {
		b.notes = append(b.notes, s)
	}
}

// warn adds a warning to the page in hand.
func (b *builder) warn(s string) { b.warns = append(b.warns, s) }

// pageBreak ends the page in hand, empty or not.
func (b *builder) pageBreak() {
	b.flush(true)
	b.docPage++
}

// finish ends the last page.
func (b *builder) finish() { b.flush(b.docPage > 1) }

// flush hands the page to the pager. Where the document says where its pages
// end they stay whole, unless one is beyond what any sheet holds; else they are
// cut as plain text is.
func (b *builder) flush(paged bool) {
	text := b.page.String()
	if len(b.notes) > 0 {
		text = strings.TrimLeft(strings.TrimRight(text, "\n")+"\n\n", "\n") + strings.Join(b.notes, "\n")
	}
	text = Clean(text)
	parts := []string{text}
	if !paged || b.runes > 3*pageMost {
		parts = paginate(text)
	}
	for i, part := range parts {
		p := Page{Label: b.label, Text: part}
		if paged && p.Label == "" && b.docPage != len(b.pager.res.Pages)+1 {
			p.Label = strconv.Itoa(b.docPage)
		}
		if i == 0 {
			p.Warnings = b.warns
		}
		b.pager.addPage(p)
	}
	b.page.Reset()
	b.runes, b.notes, b.warns = 0, nil, nil
	b.lines, b.tabs, b.rowLines, b.space, b.cellStart, b.boxed = 0, 0, 0, false, false, false
}
