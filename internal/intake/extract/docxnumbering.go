package extract

import (
	"context"
	"encoding/xml"
	"strconv"
)

// docxLists is what a DOCX file says about the numbers of its lists and
// headings (ISO/IEC 29500-1, 17.9).
type docxLists struct {
	abstract map[string]*listStyle // by abstractNumId
	styles   map[string]*listStyle // by numId, overrides applied
	base     map[string]string     // abstractNumId by numId: such lists count on together
	counts   map[string]*listCount // by abstractNumId
	restart  map[string]bool       // numIds whose start is overridden, until first used
	byStyle  map[string]paraNumber // by paragraph style
	parent   map[string]string     // the style that a style is based on
}

// paraNumber is what a paragraph, or its style, says about its number.
type paraNumber struct {
	id    string // numId; "0" takes away the style's number
	level int
	set   bool // a level was stated
}

// maxListStyles bounds what is kept of lists and styles.
const maxListStyles = 20_000

func (o *office) docxLists(ctx context.Context, numbering, styles string) (*docxLists, error) {
	l := &docxLists{
		abstract: map[string]*listStyle{}, styles: map[string]*listStyle{}, base: map[string]string{},
		counts: map[string]*listCount{}, restart: map[string]bool{},
		byStyle: map[string]paraNumber{}, parent: map[string]string{},
	}
	if err := o.each(ctx, numbering, false, l.readNumbering); err != nil {
		return nil, err
	}
	return l, o.each(ctx, styles, false, l.readStyles)
}

// readNumbering reads abstractNum and num elements.
func (l *docxLists) readNumbering(s *xmlScan) error {
	var style *listStyle // being read: of an abstractNum, or a num's own copy
	var num string
	level := 0
	for {
		t, err := s.token()
		if err != nil {
			return err
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "abstractNum":
			style, num = new(listStyle), ""
			if len(l.abstract) < maxListStyles {
				l.abstract[attr(e, "abstractNumId")] = style
			}
		case "num":
			style, num = new(listStyle), attr(e, "numId")
			if len(l.styles) < maxListStyles {
				l.styles[num] = style
			}
		case "abstractNumId":
			if a := l.abstract[attr(e, "val")]; a != nil && num != "" {
				*style = *a
				l.base[num] = attr(e, "val")
			}
		case "lvl", "lvlOverride":
			if level = atoi(attr(e, "ilvl")); level < 0 || level >= maxLevels {
				level = maxLevels - 1
			}
		case "startOverride":
			l.restart[num] = true
			fallthrough
		case "start":
			if style != nil {
				style[level].start = atoi(attr(e, "val"))
			}
		case "numFmt":
			if style != nil {
				style[level].format = numberFormat(attr(e, "val"))
			}
		case "lvlText":
			if style != nil {
				style[level].pattern = attr(e, "val")
			}
		}
	}
}

// readStyles reads which paragraph styles are numbered.
func (l *docxLists) readStyles(s *xmlScan) error {
	id := ""
	for {
		t, err := s.token()
		if err != nil {
			return err
		}
		e, ok := t.(xml.StartElement)
		if !ok || len(l.byStyle) > maxListStyles || len(l.parent) > maxListStyles {
			continue
		}
		n := l.byStyle[id]
		switch e.Name.Local {
		case "style":
			id = attr(e, "styleId")
		case "basedOn":
			l.parent[id] = attr(e, "val")
		case "numId":
			n.id = attr(e, "val")
			l.byStyle[id] = n
		case "ilvl":
			n.level, n.set = atoi(attr(e, "val")), true
			l.byStyle[id] = n
		}
	}
}

// prefix counts a paragraph and returns the number it shows.
func (l *docxLists) prefix(p paraNumber, style string) string {
	// A style takes over what those it is based on say; ten steps are more
	// than any template has, and end a circle.
	for range 10 {
		of := l.byStyle[style]
		if p.id == "" {
			p.id = of.id
		}
		if !p.set {
			p.level, p.set = of.level, of.set
		}
		if style = l.parent[style]; style == "" {
			break
		}
	}
	list := l.styles[p.id]
	if list == nil || p.id == "0" {
		return ""
	}
	key := l.base[p.id]
	count := l.counts[key]
	if count == nil || l.restart[p.id] {
		count = new(listCount)
		l.counts[key] = count
		delete(l.restart, p.id)
	}
	return count.next(list, p.level)
}

// atoi reads a number of a document; what is none counts as 0.
func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < -1<<31 || n > 1<<31-1 {
		return 0
	}
	return n
}
