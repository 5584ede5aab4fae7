package svg

import (
	"fmt"
	"html/template"
	"math/bits"
	"sort"
	"strings"
)

// Overlap shows how lists of people overlap, in the manner of an UpSet plot
// (Lex, Gehlenborg, Strobelt, Vuillemot and Pfister 2014): a column for each
// combination of lists, below it dots that say which lists those are, and to
// the left the size of each list. Circles (Venn) cannot show more than three
// lists truthfully.
type Overlap struct {
	Frame
	// Lists are the names of 1 to 20 lists.
	Lists []string
	// Cells has the number of people on exactly the given combination of
	// lists; combinations without people may be left out.
	Cells []OverlapCell
	// Most bounds the number of columns drawn; the rest is only in the table
	// and counted in a note. Zero means what the width has room for.
	Most int
	// Left says in a sentence how many combinations are not drawn; it takes
	// one %d. Empty means an English sentence.
	Left string
}

// OverlapCell is one combination of lists.
type OverlapCell struct {
	// On has bit i set if these people are on Lists[i].
	On     uint32
	People int64
}

// Draw draws the combinations by size, the largest first. The error says what
// is wrong with which cell.
func (p Overlap) Draw() (Picture, error) {
	cells, err := p.sorted()
	if err != nil {
		return Picture{}, fmt.Errorf("draw overlap: %w", err)
	}
	words := p.words()
	table := Table{Caption: p.Title}
	for _, l := range p.Lists {
		table.Columns = append(table.Columns, column(l))
	}
	table.Columns = append(table.Columns, numColumn(words.People))
	for _, cell := range cells {
		row := make([]string, 0, len(p.Lists)+1)
		for i := range p.Lists {
			if cell.On&(1<<i) != 0 {
				row = append(row, words.OnList)
			} else {
				row = append(row, words.NotOnList)
			}
		}
		table.Rows = append(table.Rows, append(row, words.number(float64(cell.People))))
	}
	return Picture{SVG: p.picture(cells), Table: table}, nil
}

// sorted checks the cells and orders them: by people, then by fewer lists,
// then by the lists' order.
func (p Overlap) sorted() ([]OverlapCell, error) {
	if err := p.Frame.check(); err != nil {
		return nil, err
	}
	if len(p.Lists) == 0 || len(p.Lists) > 20 {
		return nil, fmt.Errorf("%d lists: give 1 to 20", len(p.Lists))
	}
	if len(p.Cells) > maxRows {
		return nil, fmt.Errorf("%d combinations are too many for one picture: choose fewer lists", len(p.Cells))
	}
	seen := map[uint32]bool{}
	cells := make([]OverlapCell, 0, len(p.Cells))
	for _, cell := range p.Cells {
		switch {
		case cell.On == 0:
			return nil, fmt.Errorf("a cell is on no list: people who are on no list were not counted and cannot be drawn")
		case cell.On>>len(p.Lists) != 0:
			return nil, fmt.Errorf("cell %b names a list beyond the %d given", cell.On, len(p.Lists))
		case cell.People < 0:
			return nil, fmt.Errorf("cell %b counts %d people", cell.On, cell.People)
		case seen[cell.On]:
			return nil, fmt.Errorf("cell %b is given twice: add its people up first", cell.On)
		}
		seen[cell.On] = true
		if cell.People > 0 {
			cells = append(cells, cell)
		}
	}
	sort.Slice(cells, func(i, j int) bool {
		a, b := cells[i], cells[j]
		if a.People != b.People {
			return a.People > b.People
		}
		if na, nb := bits.OnesCount32(a.On), bits.OnesCount32(b.On); na != nb {
			return na < nb
		}
		return bits.Reverse32(a.On) > bits.Reverse32(b.On)
	})
	return cells, nil
}

func (p Overlap) picture(cells []OverlapCell) template.HTML {
	return p.paint("overlap", func(c *canvas) float64 {
		const (
			plot  = 130.0
			pitch = 24.0
			row   = 24.0
		)
		room := 0.0
		for _, l := range p.Lists {
			room = max(room, textWidth(p.listLabel(l, cells), smallSize))
		}
		room = min(room, c.width*0.42)
		left := room + 12
		most := max(int((c.width-left)/pitch), 1)
		if p.Most > 0 {
			most = min(most, p.Most)
		}
		shown := cells[:min(most, len(cells))]

		top := c.columnRoom(shown, pitch)
		y0 := top + plot
		c.overlapColumns(shown, left, pitch, top, y0)
		for i, l := range p.Lists {
			y := y0 + 14 + row*float64(i)
			if i%2 == 0 {
				c.rect("pic-stripe", 0, y-row/2, c.width, row, "fill", "currentColor", "fill-opacity", "0.06")
			}
			c.small("pic-label", left-10, y+4, anchorRight, fit(p.listLabel(l, cells), smallSize, room))
		}
		for k, cell := range shown {
			c.overlapDots(cell, len(p.Lists), left+pitch*(float64(k)+0.5), y0+14, row)
		}
		y := y0 + 14 + row*float64(len(p.Lists)) + 4
		if n := len(cells) - len(shown); n > 0 {
			format := p.Left
			if format == "" {
				format = "%d smaller combinations are only in the table."
			}
			c.small("pic-quiet", 0, y+4, anchorLeft, fit(fmt.Sprintf(format, n), smallSize, c.width))
			y += 14
		}
		return y
	})
}

// listLabel is a list's name with the number of people on it.
func (p Overlap) listLabel(name string, cells []OverlapCell) string {
	var total int64
	for i, l := range p.Lists {
		if l != name {
			continue
		}
		for _, cell := range cells {
			if cell.On&(1<<i) != 0 {
				total += cell.People
			}
		}
		break
	}
	return strings.TrimSpace(name) + " · " + p.words().number(float64(total))
}

// columnRoom is the height that the numbers on top of the columns need: one
// line, or the length of the longest number if it must be turned.
func (c *canvas) columnRoom(cells []OverlapCell, pitch float64) float64 {
	room := 18.0
	for _, cell := range cells {
		if w := textWidth(c.words.number(float64(cell.People)), smallSize); w > pitch {
			room = max(room, w+8)
		}
	}
	return room
}

// overlapColumns draws the columns with their numbers on top.
func (c *canvas) overlapColumns(cells []OverlapCell, left, pitch, top, bottom float64) {
	c.line("pic-grid", left, bottom, c.width, bottom, "stroke-opacity", "0.5")
	if len(cells) == 0 {
		return
	}
	s := scale{from: 0, to: float64(cells[0].People), x0: bottom, x1: top}
	for k, cell := range cells {
		x := left + pitch*(float64(k)+0.5)
		y := s.at(float64(cell.People))
		c.rect("pic-area", x-7, y, 14, bottom-y, "fill", "currentColor")
		label := c.words.number(float64(cell.People))
		if textWidth(label, smallSize) > pitch {
			// Too wide for the column: turned, reading upwards.
			c.text("pic-value", 0, 0, anchorLeft, label, "font-size", num(smallSize),
				"transform", "translate("+num(x+4)+" "+num(y-4)+") rotate(-90)")
			continue
		}
		c.small("pic-value", x, y-4, anchorMiddle, label)
	}
}

// overlapDots draws one combination: full dots for the lists it is on, joined
// by a line, and small rings for the others.
func (c *canvas) overlapDots(cell OverlapCell, lists int, x, y, row float64) {
	first, last := -1, -1
	for i := range lists {
		at := y + row*float64(i)
		if cell.On&(1<<i) == 0 {
			c.circle("pic-none", x, at, 3, "fill", "none", "stroke", "currentColor", "stroke-opacity", "0.5")
			continue
		}
		if first < 0 {
			first = i
		}
		last = i
	}
	c.line("pic-mark", x, y+row*float64(first), x, y+row*float64(last), "stroke-width", "2.5")
	for i := first; i <= last; i++ {
		if cell.On&(1<<i) != 0 {
			c.circle("pic-mark", x, y+row*float64(i), 6, "fill", "currentColor")
		}
	}
}
