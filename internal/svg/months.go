package svg

import (
	"fmt"
	"html/template"
)

// A Month of a calendar year; Month runs from 1 to 12.
type Month struct {
	Year, Month int
}

// String writes the month as ISO 8601 does: 2001-06.
func (m Month) String() string { return fmt.Sprintf("%04d-%02d", m.Year, m.Month) }

// index counts months from the year 0.
func (m Month) index() int { return m.Year*12 + m.Month - 1 }

func monthAt(index int) Month { return Month{Year: index / 12, Month: index%12 + 1} }

func (m Month) valid() bool { return m.Year >= 1 && m.Year <= 9999 && m.Month >= 1 && m.Month <= 12 }

// Months is a series of counts by month when the dates are uncertain. What
// certainly happened in a month and what may have happened in it are drawn
// apart, and so are months without any report and months reported as none.
type Months struct {
	Frame
	// Unit names what is counted.
	Unit string
	// Counts has the months for which anything was reported, in any order.
	// Months between From and To that are not in it had no reports.
	Counts []MonthCount
	// From and To bound the series; zero means the first and last month in
	// Counts.
	From, To Month
}

// MonthCount is what was reported of one month.
type MonthCount struct {
	Month Month
	// Certain is the range of what certainly fell into this month.
	Certain Range
	// Possible is the highest number if all that may have fallen into this
	// month did; it is not below Certain.High. PossibleOpen means that
	// nothing bounds it.
	Possible     float64
	PossibleOpen bool
}

// maxMonths bounds a series: fifty years.
const maxMonths = 600

// Draw draws the series. The error says which month is wrong.
func (p Months) Draw() (Picture, error) {
	counts, from, err := p.series()
	if err != nil {
		return Picture{}, fmt.Errorf("draw months: %w", err)
	}
	words := p.words()
	table := Table{Caption: p.Title, Columns: []Column{column(words.Month),
		numColumn(words.Low), numColumn(words.Certainly), numColumn(words.Possibly)}}
	for i, m := range counts {
		name := monthAt(from + i).String()
		if m == nil {
			table.Rows = append(table.Rows, []string{name, words.NoReports, "", ""})
			continue
		}
		low, _, certain := words.cells(m.Certain)
		_, _, possible := words.cells(Range{High: m.Possible, Open: m.PossibleOpen || m.Certain.Open})
		table.Rows = append(table.Rows, []string{name, low, certain, possible})
	}
	return Picture{SVG: p.picture(counts, from), Table: table}, nil
}

// series lays the counts out month after month; nil is a month without any
// report. from is the index of the first.
func (p Months) series() (counts []*MonthCount, from int, err error) {
	if err := p.Frame.check(); err != nil {
		return nil, 0, err
	}
	first, last, err := p.bounds()
	if err != nil || last < first {
		return nil, 0, err
	}
	if n := last - first + 1; n > maxMonths {
		return nil, 0, fmt.Errorf("%d months are too many for one picture: choose at most %d", n, maxMonths)
	}
	counts = make([]*MonthCount, last-first+1)
	for i := range p.Counts {
		m := p.Counts[i]
		if err := m.Certain.check(); err != nil {
			return nil, 0, fmt.Errorf("month %s: %w", m.Month, err)
		}
		if err := Exactly(m.Possible).check(); err != nil || m.Possible < m.Certain.High {
			return nil, 0, fmt.Errorf("month %s: what is possible (%v) is below what is certain (%v)", m.Month, m.Possible, m.Certain.High)
		}
		at := m.Month.index() - first
		if at < 0 || at >= len(counts) {
			continue // outside the bounds asked for
		}
		if counts[at] != nil {
			return nil, 0, fmt.Errorf("month %s is given twice: add its counts up first", m.Month)
		}
		counts[at] = &m
	}
	return counts, first, nil
}

// bounds returns the indexes of the first and last month; last < first if
// there is none at all.
func (p Months) bounds() (first, last int, err error) {
	first, last = 1, 0
	for _, m := range p.Counts {
		if !m.Month.valid() {
			return 0, 0, fmt.Errorf("month %s does not exist", m.Month)
		}
		if i := m.Month.index(); last < first {
			first, last = i, i
		} else {
			first, last = min(first, i), max(last, i)
		}
	}
	for _, bound := range []Month{p.From, p.To} {
		if bound != (Month{}) && !bound.valid() {
			return 0, 0, fmt.Errorf("month %s does not exist", bound)
		}
	}
	if p.From != (Month{}) {
		first = p.From.index()
	}
	if p.To != (Month{}) {
		last = p.To.index()
	}
	if p.From != (Month{}) && p.To != (Month{}) && last < first {
		return 0, 0, fmt.Errorf("the series ends (%s) before it begins (%s)", p.To, p.From)
	}
	return first, last, nil
}

func (p Months) picture(counts []*MonthCount, from int) template.HTML {
	return p.paint("months", func(c *canvas) float64 {
		const plot = 190.0
		top := 22.0
		highest := 0.0
		for _, m := range counts {
			if m != nil {
				highest = max(highest, m.Possible)
			}
		}
		values := ticks(highest, 5)
		left := textWidth(c.words.number(values[len(values)-1]), smallSize) + 10
		c.small("pic-unit", 0, 10, anchorLeft, fit(p.Unit, smallSize, c.width))
		s := scale{from: 0, to: values[len(values)-1], x0: top + plot, x1: top}
		for _, v := range values {
			c.line("pic-grid", left, s.at(v), c.width, s.at(v), "stroke-opacity", "0.25")
			c.small("pic-tick", left-5, s.at(v)+4, anchorRight, c.words.number(v))
		}
		if len(counts) > 0 {
			step := min((c.width-left)/float64(len(counts)), 36)
			for i, m := range counts {
				c.month(m, s, left+step*float64(i), step)
			}
			c.monthLabels(from, len(counts), left, step, top+plot)
		}
		return c.legend(0, top+plot+44, c.monthKeys())
	})
}

// month draws one column: solid up to the certain low, hatched to the certain
// high, dotted to what is possible.
func (c *canvas) month(m *MonthCount, s scale, x, step float64) {
	w := max(step*0.72, 1)
	x += (step - w) / 2
	base := s.at(0)
	if m == nil {
		c.rect("pic-none", x, base+3, w, 5, "fill", "none", "stroke", "currentColor", "stroke-width", "0.8", "stroke-dasharray", "2 2")
		return
	}
	yl, yc, yp := s.at(m.Certain.Low), s.at(m.Certain.High), s.at(m.Possible)
	c.rect("pic-area", x, yl, w, base-yl, "fill", "currentColor")
	c.rect("pic-area", x, yc, w, yl-yc, "fill", c.fill(hatched), "stroke", "currentColor", "stroke-width", "0.8")
	c.rect("pic-area", x, yp, w, yc-yp, "fill", c.fill(dotted), "stroke", "currentColor", "stroke-width", "0.8")
	if m.Possible == 0 {
		c.line("pic-mark", x, base, x+w, base, "stroke-width", "3")
	}
	if m.Certain.Open || m.PossibleOpen {
		mid := x + w/2
		c.line("pic-mark", mid, yp, mid, yp-10, "stroke-width", "1.6")
		c.arrow("pic-mark", mid, yp-10, min(4, w/2+1), true)
	}
}

// monthLabels writes the years, and the numbers of the months where they fit.
func (c *canvas) monthLabels(from, n int, left, step, base float64) {
	last := -1e9
	for i := range n {
		m := monthAt(from + i)
		x := left + step*float64(i)
		if step >= 15 {
			c.small("pic-tick", x+step/2, base+20, anchorMiddle, fmt.Sprint(m.Month))
		}
		if i > 0 && m.Month != 1 {
			continue
		}
		c.line("pic-grid", x, base, x, base+12, "stroke-opacity", "0.5")
		year := fmt.Sprint(m.Year)
		if x > last+textWidth(year, smallSize)+6 {
			c.small("pic-tick", x+2, base+34, anchorLeft, year)
			last = x
		}
	}
}

func (c *canvas) monthKeys() []key {
	w := c.words
	return []key{
		{w.Low, swatch("pic-area", solid)},
		{w.Certainly, swatch("pic-area", hatched)},
		{w.Possibly, swatch("pic-area", dotted)},
		{w.Zero, func(c *canvas, x, y float64) { c.line("pic-mark", x, y+8, x+16, y+8, "stroke-width", "3") }},
		{w.NoReports, func(c *canvas, x, y float64) {
			c.rect("pic-none", x, y+3, 16, 5, "fill", "none", "stroke", "currentColor", "stroke-width", "0.8", "stroke-dasharray", "2 2")
		}},
	}
}
