package svg

import (
	"fmt"
	"html/template"
)

// RangeBars compares ranges by category: for each a bar from low to high, a
// stroke at best where a source stated one, and an arrow where nothing bounds
// the number from above.
type RangeBars struct {
	Frame
	// Unit names what is counted, below the axis: "persons".
	Unit string
	// Category heads the first column of the table: "Place".
	Category string
	Bars     []RangeBar
}

// RangeBar is one category.
type RangeBar struct {
	Label string
	Range Range
	// NoReports says that nothing was reported; Range is not looked at. A
	// category reported as none has a Range of zero.
	NoReports bool
}

// Draw draws the bars in the order given. The error says which bar is wrong.
func (p RangeBars) Draw() (Picture, error) {
	if err := p.check(); err != nil {
		return Picture{}, fmt.Errorf("draw range bars: %w", err)
	}
	words := p.words()
	max := 0.0
	table := Table{Caption: p.Title, Columns: []Column{
		column(p.Category), numColumn(words.Low), numColumn(words.Best), numColumn(words.High)}}
	for i, b := range p.Bars {
		if b.NoReports {
			table.Rows = append(table.Rows, []string{b.Label, words.NoReports, "", ""})
			continue
		}
		if err := b.Range.check(); err != nil {
			return Picture{}, fmt.Errorf("draw range bars: bar %d (%s): %w", i+1, b.Label, err)
		}
		if b.Range.High > max {
			max = b.Range.High
		}
		low, best, high := words.cells(b.Range)
		table.Rows = append(table.Rows, []string{b.Label, low, best, high})
	}
	return Picture{SVG: p.picture(max), Table: table}, nil
}

func (p RangeBars) check() error {
	if err := p.Frame.check(); err != nil {
		return err
	}
	if len(p.Bars) > maxRows {
		return fmt.Errorf("%d bars are too many for one picture: narrow the question to at most %d", len(p.Bars), maxRows)
	}
	return nil
}

func (p RangeBars) picture(max float64) template.HTML {
	return p.paint("range", func(c *canvas) float64 {
		labels := make([]string, len(p.Bars))
		for i, b := range p.Bars {
			labels[i] = b.Label
		}
		rows := c.rows(labels)
		values := ticks(max, rows.tickCount())
		s := scale{from: 0, to: values[len(values)-1], x0: rows.x0, x1: rows.x1}
		bottom := rows.bottom()
		y := c.axis(s, values, rows.top, bottom, p.Unit)
		for i, b := range p.Bars {
			rows.label(c, i)
			mid := rows.mid(i)
			if b.NoReports {
				c.noReports(s.x0+4, mid)
				continue
			}
			c.rangeBar(s, b.Range, mid)
		}
		return y
	})
}

// noReports writes the words where a bar would begin, so that the row cannot
// be taken for a zero.
func (c *canvas) noReports(x, mid float64) {
	c.text("pic-quiet pic-halo", x, mid+4, anchorLeft, c.words.NoReports, "font-size", num(smallSize), "font-style", "italic")
}

// rangeBar draws one range: a solid bar up to low (that many at least), a
// hatched one from low to high.
func (c *canvas) rangeBar(s scale, r Range, mid float64) {
	const h = 12.0
	x0, xl, xh := s.at(0), s.at(r.Low), s.at(r.High)
	c.rect("pic-area", x0, mid-h/2, xl-x0, h, "fill", "currentColor")
	c.rect("pic-area", xl, mid-h/2, xh-xl, h, "fill", c.fill(hatched), "stroke", "currentColor")
	if r.High == 0 {
		// Zero was reported: a stroke on the axis, unlike no report.
		c.line("pic-mark", x0, mid-h/2, x0, mid+h/2, "stroke-width", "3")
	}
	if r.HasBest {
		x := s.at(r.Best)
		c.line("pic-best", x, mid-h/2-4, x, mid+h/2+4, "stroke-width", "2.5")
	}
	end := xh
	if r.Open {
		end += 16
		c.line("pic-mark", xh, mid, end, mid, "stroke-width", "2")
		c.arrow("pic-mark", end, mid, 5, false)
	}
	c.small("pic-value", end+6, mid+4, anchorLeft, c.words.value(r))
}

// rows is the layout of horizontal categories: labels to the left of the bars
// where there is room, above them where there is not.
type rows struct {
	labels []string
	above  bool
	pitch  float64
	top    float64
	x0, x1 float64
	room   float64 // width of the labels
	gap    float64 // between a label and x0
}

// valueRoom is what the text at the end of a bar needs.
const valueRoom = 92.0

func (c *canvas) rows(labels []string) rows {
	r := rows{labels: labels, pitch: rowHeight, top: 8, x1: c.width - valueRoom, gap: 10}
	for _, l := range labels {
		if w := textWidth(l, textSize); w > r.room {
			r.room = w
		}
	}
	if limit := c.width * 0.34; r.room > limit {
		r.room = limit
	}
	if c.width < 480 {
		r.above, r.pitch, r.x0, r.room = true, 40, 2, c.width
		return r
	}
	r.x0 = r.room + 14
	return r
}

func (r rows) tickCount() int {
	if r.above {
		return 4
	}
	return 6
}

func (r rows) bottom() float64 { return r.top + r.pitch*float64(len(r.labels)) + 4 }

// mid is the height of the middle of bar i.
func (r rows) mid(i int) float64 {
	y := r.top + r.pitch*float64(i)
	if r.above {
		return y + 27
	}
	return y + r.pitch/2
}

func (r rows) label(c *canvas, i int) {
	s := fit(r.labels[i], textSize, r.room)
	if r.above {
		c.text("pic-label pic-halo", 2, r.mid(i)-12, anchorLeft, s)
		return
	}
	c.text("pic-label", r.x0-r.gap, r.mid(i)+4.5, anchorRight, s)
}
