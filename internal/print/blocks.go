package print

import (
	"fmt"
	"strings"
)

// Sizes of text and the height of their lines, in points.
const (
	bodyText, bodyLeading   = 10.5, 15.0
	noteText, noteLeading   = 9.0, 12.5
	cellText, cellLeading   = 9.5, 13.0
	titleText, titleLeading = 17.0, 22.0
	footText                = 8.5
	// noteScale is how much smaller the number of a note is, and noteRise how
	// far above the line, as a part of the size.
	noteScale, noteRise = 0.68, 0.34
)

// headingSizes are size and leading of headings of level 1 to 3.
var headingSizes = [3][2]float64{{13, 18}, {11.5, 16}, {10.5, 15}}

// lay sets the whole document.
func lay(d Document, t *typesetter) (*layout, error) {
	l := &layout{doc: d, notes: d.number(), setter: t, w: 595.28, h: 841.89, rtl: d.base() == RightToLeft}
	if d.Paper == Letter {
		l.w, l.h = 612, 792
	}
	l.newPage()
	if err := l.head(); err != nil {
		return nil, err
	}
	for i, b := range d.Blocks {
		if err := l.block(b); err != nil {
			return nil, fmt.Errorf("block %d: %w", i+1, err)
		}
	}
	if err := l.signatories(); err != nil {
		return nil, err
	}
	if err := l.endnotes(); err != nil {
		return nil, err
	}
	return l, l.footers()
}

// plain is a text in one style.
func plain(s string, size float64) []span { return []span{{s, style{size: size}}} }

// spans turns runs into styled text.
func (l *layout) spans(runs []Run, size float64, bold bool) []span {
	var out []span
	for _, r := range runs {
		st := style{size: size, bold: bold || r.Strong || r.Missing, italic: r.Emph, missing: r.Missing}
		text := r.Text
		switch {
		case r.Note != "":
			n := l.notes.number[r.Note]
			text = fmt.Sprint(n)
			st = style{size: size * noteScale, rise: size * noteRise, note: n}
		case r.Missing:
			text = "[" + text + "]"
		case isOutside(r.Link):
			st.link = r.Link
		}
		out = append(out, span{text, st})
	}
	return out
}

// isOutside reports whether a link leads somewhere from paper and from a file
// alike; paths within the site do not.
func isOutside(link string) bool {
	return link != "" && !strings.HasPrefix(link, "/") && !strings.HasPrefix(link, "#")
}

// head sets sender, address, date, reference and title.
func (l *layout) head() error {
	for i, s := range l.doc.Sender {
		lines, err := l.set(plain(s, noteText), Auto)
		if err != nil {
			return err
		}
		for _, ln := range lines {
			x, width := l.box()
			l.put(ln, x, width, l.y, noteLeading, !l.rtl)
			l.y += noteLeading
		}
		if i == len(l.doc.Sender)-1 {
			l.y += 16
		}
	}
	for _, group := range [][]string{l.doc.Address, l.doc.headLines()} {
		for _, s := range group {
			if err := l.flowBlock(plain(s, bodyText), Auto, bodyLeading); err != nil {
				return err
			}
		}
		if len(group) > 0 {
			l.y += 12
		}
	}
	l.page().headings = append(l.page().headings, heading{l.doc.Title, 0, l.y})
	title := []span{{l.doc.Title, style{size: titleText, bold: true}}}
	if err := l.flowBlock(title, Auto, titleLeading); err != nil {
		return err
	}
	l.y += 8
	return nil
}

func (l *layout) block(b Block) error {
	switch b.Kind {
	case KindHeading:
		return l.heading(b)
	case KindParagraph:
		l.gap(blockGap)
		return l.flowBlock(l.spans(b.Runs, bodyText, false), b.Direction, bodyLeading)
	case KindList:
		l.gap(blockGap)
		return l.list(b.Items, b.Ordered)
	case KindTable:
		return l.table(*b.Table)
	case KindQuote:
		return l.quote(b)
	case KindRule:
		l.gap(blockGap + 4)
		l.need(10)
		l.rule()
		l.y += 4
	case KindPageBreak:
		if !l.atTop() {
			l.newPage()
		}
	}
	return nil
}

// heading sets a heading and keeps it with the beginning of what follows.
func (l *layout) heading(b Block) error {
	size := headingSizes[b.Level-1]
	l.gap(blockGap + 6)
	l.need(size[1] + 3*bodyLeading)
	var text strings.Builder
	for _, r := range b.Runs {
		text.WriteString(r.Text)
	}
	l.page().headings = append(l.page().headings, heading{clean(text.String()), b.Level, l.y})
	return l.flowBlock(l.spans(b.Runs, size[0], true), b.Direction, size[1])
}

// list sets items with their marks in the indent.
func (l *layout) list(items []Item, ordered bool) error {
	l.inset += indentWidth
	defer func() { l.inset -= indentWidth }()
	for i, it := range items {
		mark := "•"
		if ordered {
			mark = fmt.Sprintf("%d.", i+1)
		}
		lines, err := l.set(l.spans(it.Runs, bodyText, false), Auto)
		if err != nil {
			return err
		}
		l.need(bodyLeading * min(2, float64(len(lines))))
		if err := l.itemMark(mark, bodyText, bodyLeading); err != nil {
			return err
		}
		if len(lines) == 0 {
			l.y += bodyLeading
		}
		l.flow(lines, bodyLeading)
		l.y += 2
		if err := l.list(it.Items, it.Ordered); err != nil {
			return err
		}
	}
	return nil
}

// itemMark sets a bullet or number beside the line that comes next.
func (l *layout) itemMark(mark string, size, leading float64) error {
	lines, err := l.setter.set(plain(mark, size), l.fallback(), l.fallback(), indentWidth*2)
	if err != nil || len(lines) == 0 {
		return err
	}
	x, width := l.box()
	at := x - lines[0].width - 5
	if l.rtl {
		at = x + width + 5
	}
	l.put(lines[0], at, lines[0].width, l.y, leading, false)
	return nil
}

// quote sets a quote, its translation and source, with a bar beside them.
func (l *layout) quote(b Block) error {
	l.gap(blockGap)
	l.inset += indentWidth
	l.offset += indentWidth
	defer func() { l.inset -= indentWidth; l.offset -= indentWidth }()
	parts := [][]span{l.spans(b.Runs, bodyText, false)}
	if len(b.Translation) > 0 {
		translation := l.spans(b.Translation, bodyText, false)
		if l.doc.Labels.Translation != "" {
			translation = append(plain(l.doc.Labels.Translation+" ", bodyText), translation...)
		}
		parts = append(parts, translation)
	}
	if len(b.Source) > 0 {
		parts = append(parts, append(plain("— ", noteText), l.spans(b.Source, noteText, false)...))
	}
	for i, p := range parts {
		base := Auto
		if i == 0 {
			base = b.Direction
		}
		lines, err := l.set(p, base)
		if err != nil {
			return err
		}
		for _, ln := range lines {
			l.need(bodyLeading)
			l.bar()
			l.flow([]line{ln}, bodyLeading)
		}
	}
	return nil
}

// bar draws the bar of a quote beside the line that comes next.
func (l *layout) bar() {
	x, width := l.box()
	at := x - 9
	if l.rtl {
		at = x + width + 9
	}
	l.page().strokes = append(l.page().strokes, stroke{at, l.y, at, l.y + bodyLeading, 1.5, false})
}

// signatories sets lines to sign on, two beside one another.
func (l *layout) signatories() error {
	people := l.doc.Signatories
	for i := 0; i < len(people); i += 2 {
		row := people[i:min(i+2, len(people))]
		l.need(110)
		l.y += 48
		x0, width := l.box()
		half := (width - 24) / 2
		highest := l.y
		for k, p := range row {
			x := x0 + float64(k)*(half+24)
			if l.rtl {
				x = x0 + width - half - float64(k)*(half+24)
			}
			l.page().strokes = append(l.page().strokes, stroke{x, l.y, x + half, l.y, 0.6, false})
			y := l.y + 3
			for _, text := range p.lines() {
				lines, err := l.setter.set(plain(text, noteText), Auto, l.fallback(), half)
				if err != nil {
					return err
				}
				for _, ln := range lines {
					l.put(ln, x, half, y, noteLeading, l.rtl)
					y += noteLeading
				}
			}
			highest = max(highest, y)
		}
		l.y = highest
	}
	return nil
}

// endnotes sets the notes after a heading or a rule.
func (l *layout) endnotes() error {
	if len(l.notes.order) == 0 {
		return nil
	}
	if l.doc.Labels.Notes != "" {
		if err := l.heading(Heading(1, l.doc.Labels.Notes)); err != nil {
			return err
		}
	} else if err := l.block(Rule()); err != nil {
		return err
	}
	l.inset += indentWidth
	defer func() { l.inset -= indentWidth }()
	for i, n := range l.notes.order {
		spans := l.spans(n.Runs, noteText, false)
		if n.Link != "" {
			st := style{size: noteText}
			if isOutside(n.Link) {
				st.link = n.Link
			}
			spans = append(append(spans, plain(" ", noteText)...), span{n.Link, st})
		}
		l.need(2 * noteLeading)
		l.page().notes[i+1] = l.y
		if err := l.itemMark(fmt.Sprintf("%d.", i+1), noteText, noteLeading); err != nil {
			return err
		}
		if err := l.flowBlock(spans, Auto, noteLeading); err != nil {
			return err
		}
		l.y += 2
	}
	return nil
}

// footers writes the footer and the page's number on every page.
func (l *layout) footers() error {
	x, width := margin, l.w-2*margin
	y := l.h - margin + 4
	for i, p := range l.pages {
		format := l.doc.Labels.Page
		if format == "" {
			format = "%d / %d"
		}
		for k, text := range []string{l.doc.Footer, fmt.Sprintf(format, i+1, len(l.pages))} {
			lines, err := l.setter.set(plain(text, footText), Auto, l.fallback(), width*0.7)
			if err != nil {
				return err
			}
			if len(lines) == 0 {
				continue
			}
			ln := lines[0] // a footer is one line; what is too long is cut
			at := x
			if (k == 1) != l.rtl {
				at = x + width - ln.width
			}
			for _, s := range ln.segments {
				p.texts = append(p.texts, placed{s, at + s.x, y + footText})
			}
		}
	}
	return nil
}
