package print

import (
	"math"
	"strings"
)

// cellPad is the room between a cell's text and its edges.
const cellPad = 4.0

// table sets a table; its header stands again on every page.
func (l *layout) table(t Table) error {
	l.gap(blockGap + 2)
	if t.Caption != "" {
		l.need(bodyLeading + 3*cellLeading)
		if err := l.flowBlock([]span{{t.Caption, style{size: cellText, bold: true}}}, Auto, cellLeading+2); err != nil {
			return err
		}
	}
	widths, err := l.columnWidths(t)
	if err != nil {
		return err
	}
	head := make([]Cell, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = Cell{Runs: []Run{Strong(c.Name)}}
	}
	header, err := l.setRow(head, widths)
	if err != nil {
		return err
	}
	for i, cells := range t.Rows {
		row, err := l.setRow(cells, widths)
		if err != nil {
			return err
		}
		if i == 0 {
			// The header does not stand alone at the foot of a page.
			l.need(rowHeight(header) + min(rowHeight(row), 6*cellLeading))
			l.row(t, header, widths)
		}
		l.fitRow(t, header, row, widths)
	}
	if len(t.Rows) == 0 {
		l.need(rowHeight(header))
		l.row(t, header, widths)
	}
	return nil
}

// fitRow places a row where it fits whole; a row taller than a page goes on
// over several.
func (l *layout) fitRow(t Table, header, row [][]line, widths []float64) {
	turn := func() {
		l.newPage()
		l.row(t, header, widths)
	}
	whole := l.bottom() - margin - rowHeight(header)
	if l.y+rowHeight(row) > l.bottom() && rowHeight(row) <= whole {
		turn()
	}
	for l.y+rowHeight(row) > l.bottom() {
		n := int((l.bottom() - l.y - 2*cellPad) / cellLeading)
		if n < 1 {
			turn()
			continue
		}
		first, rest := make([][]line, len(row)), make([][]line, len(row))
		for i, lines := range row {
			k := min(n, len(lines))
			first[i], rest[i] = lines[:k], lines[k:]
		}
		l.row(t, first, widths)
		row = rest
		turn()
	}
	l.row(t, row, widths)
}

// setRow breaks the cells of a row into lines.
func (l *layout) setRow(cells []Cell, widths []float64) ([][]line, error) {
	row := make([][]line, len(cells))
	for i, c := range cells {
		lines, err := l.setter.set(l.spans(c.Runs, cellText, false), Auto, l.fallback(), widths[i]-2*cellPad)
		if err != nil {
			return nil, err
		}
		row[i] = lines
	}
	return row, nil
}

func rowHeight(row [][]line) float64 {
	n := 1
	for _, lines := range row {
		n = max(n, len(lines))
	}
	return float64(n)*cellLeading + 2*cellPad
}

// row places the lines of a row and a rule below it.
func (l *layout) row(t Table, row [][]line, widths []float64) {
	x0, width := l.box()
	x := x0
	if l.rtl {
		x = x0 + width
	}
	for i, lines := range row {
		at := x
		if l.rtl {
			at = x - widths[i]
			x -= widths[i]
		} else {
			x += widths[i]
		}
		for k, ln := range lines {
			// All cells of a column stand at the same edge, whatever the
			// direction of their texts: a column is read downwards.
			right := t.Columns[i].Numeric != l.rtl
			l.put(ln, at+cellPad, widths[i]-2*cellPad, l.y+cellPad+float64(k)*cellLeading, cellLeading, right)
		}
	}
	l.y += rowHeight(row)
	l.page().strokes = append(l.page().strokes, stroke{x0, l.y, x0 + width, l.y, 0.4, false})
}

// columnWidths shares the room out: given shares first, the rest by need.
func (l *layout) columnWidths(t Table) ([]float64, error) {
	_, room := l.box()
	widths := make([]float64, len(t.Columns))
	words := make([]float64, len(t.Columns)) // longest word
	texts := make([]float64, len(t.Columns)) // longest text on one line
	for i, c := range t.Columns {
		cells := []Cell{{Runs: []Run{Strong(c.Name)}}}
		for _, row := range t.Rows {
			cells = append(cells, row[i])
		}
		for _, cell := range cells {
			word, text, err := l.extent(cell)
			if err != nil {
				return nil, err
			}
			words[i], texts[i] = max(words[i], word+2*cellPad+1), max(texts[i], text+2*cellPad+1)
		}
	}
	left, open := room, []int{}
	for i, c := range t.Columns {
		if widths[i] = c.Width * room; c.Width == 0 {
			open = append(open, i)
		}
		left -= widths[i]
	}
	share(widths, words, texts, open, left)
	return scaleTo(widths, room), nil
}

// share gives the open columns their parts of the room that is left: first
// those whose texts fit into an equal part get just that, again and again;
// then the others share the rest by their texts, none less than its longest
// word. What nobody needs is shared by all.
func share(widths, words, texts []float64, open []int, left float64) {
	rest := open
	for changed := true; changed && len(rest) > 0; {
		changed = false
		equal := left / float64(len(rest))
		var larger []int
		for _, i := range rest {
			if texts[i] <= equal {
				widths[i] = texts[i]
				left -= texts[i]
				changed = true
			} else {
				larger = append(larger, i)
			}
		}
		rest = larger
	}
	among, sum := rest, 0.0
	if len(rest) == 0 {
		among = open
	}
	for _, i := range among {
		sum += texts[i]
	}
	for _, i := range among {
		part := left * texts[i] / sum
		if len(rest) == 0 {
			widths[i] += part
		} else {
			widths[i] = max(part, words[i])
		}
	}
}

// scaleTo makes widths fill the room exactly, and none too small for a letter.
func scaleTo(widths []float64, room float64) []float64 {
	sum := 0.0
	for i := range widths {
		widths[i] = max(widths[i], 2*cellPad+cellText)
		sum += widths[i]
	}
	for i := range widths {
		widths[i] *= room / sum
	}
	return widths
}

// extent measures a cell: its longest word, and its text on one line.
func (l *layout) extent(c Cell) (word, text float64, err error) {
	lines, err := l.setter.set(l.spans(c.Runs, cellText, false), Auto, l.fallback(), math.Inf(1))
	if err != nil || len(lines) == 0 {
		return 0, 0, err
	}
	for _, s := range lines[0].segments {
		for _, w := range strings.Fields(s.text) {
			word = max(word, s.width*float64(len([]rune(w)))/float64(len([]rune(s.text))))
		}
	}
	// A word is an average guess and may not claim more than a third.
	_, room := l.box()
	return min(word, room/3), lines[0].width, nil
}
