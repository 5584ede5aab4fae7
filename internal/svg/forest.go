package svg

import (
	"fmt"
	"html/template"
	"math"
)

// Forest shows estimates of one number by several methods, each a point with
// its interval on a common axis, beside the documented count. Estimates that a
// method refused to make keep their row, so that a refusal is seen.
type Forest struct {
	Frame
	// Unit names what is estimated.
	Unit string
	// Documented is the count that the estimates are measured against; a
	// line is drawn there if it is above zero.
	Documented float64
	// Envelope shades from Low to High what the families leave open together;
	// the zero value draws none.
	Envelope Range
	// Log draws a logarithmic axis, on which half and double lie equally far.
	Log       bool
	Estimates []Estimate
}

// Estimate is one method's answer.
type Estimate struct {
	Method string
	// Family groups methods; each family has its own mark.
	Family string
	// Range has Low and High of the interval and, if HasBest, the point.
	Range Range
	// Refused says that the method gives no answer; Remark says why.
	Refused bool
	// Remark is only shown in the table: a warning or the reason.
	Remark string
}

// Draw draws the estimates in the order given. The error says which estimate
// is wrong.
func (p Forest) Draw() (Picture, error) {
	if err := p.check(); err != nil {
		return Picture{}, fmt.Errorf("draw estimates: %w", err)
	}
	words := p.words()
	table := Table{Caption: p.Title, Columns: []Column{column(words.Method), column(words.Family),
		numColumn(words.Estimate), numColumn(words.Low), numColumn(words.High), column(words.Remark)}}
	for _, e := range p.Estimates {
		if e.Refused {
			table.Rows = append(table.Rows, []string{e.Method, e.Family, words.Refused, "", "", e.Remark})
			continue
		}
		low, best, high := words.cells(e.Range)
		table.Rows = append(table.Rows, []string{e.Method, e.Family, best, low, high, e.Remark})
	}
	if p.Documented > 0 {
		table.Notes = append(table.Notes, fmt.Sprintf(words.Documented, words.number(p.Documented)))
	}
	return Picture{SVG: p.picture(), Table: table}, nil
}

func (p Forest) check() error {
	if err := p.Frame.check(); err != nil {
		return err
	}
	if len(p.Estimates) > maxRows {
		return fmt.Errorf("%d estimates are too many for one picture: show at most %d", len(p.Estimates), maxRows)
	}
	if err := Exactly(p.Documented).check(); err != nil {
		return fmt.Errorf("documented count: %w", err)
	}
	if err := p.Envelope.check(); err != nil {
		return fmt.Errorf("envelope: %w", err)
	}
	for i, e := range p.Estimates {
		if e.Refused {
			continue
		}
		if err := e.Range.check(); err != nil {
			return fmt.Errorf("estimate %d (%s): %w", i+1, e.Method, err)
		}
	}
	return nil
}

// scale chooses an axis that holds all intervals and the documented count.
func (p Forest) scale(r rows) (scale, []float64) {
	low, high := math.Inf(1), 0.0
	see := func(x float64) {
		if x > 0 {
			low, high = min(low, x), max(high, x)
		}
	}
	for _, e := range p.Estimates {
		if !e.Refused {
			see(e.Range.Low)
			see(e.Range.High)
		}
	}
	see(p.Documented)
	see(p.Envelope.Low)
	see(p.Envelope.High)
	if !p.Log || math.IsInf(low, 1) {
		values := ticks(high, r.tickCount())
		return scale{from: 0, to: values[len(values)-1], x0: r.x0, x1: r.x1}, values
	}
	values := logTicks(low, high)
	return scale{from: values[0], to: values[len(values)-1], x0: r.x0, x1: r.x1, log: true}, values
}

func (p Forest) picture() template.HTML {
	return p.paint("forest", func(c *canvas) float64 {
		labels := make([]string, len(p.Estimates))
		for i, e := range p.Estimates {
			labels[i] = e.Method
		}
		r := c.rows(labels)
		r.top = 24
		s, values := p.scale(r)
		if p.Envelope.High > 0 {
			x0, x1 := s.at(p.Envelope.Low), s.at(p.Envelope.High)
			c.rect("pic-area pic-envelope", x0, r.top, x1-x0, r.bottom()-r.top, "fill", "currentColor", "fill-opacity", "0.12")
		}
		y := c.axis(s, values, r.top, r.bottom(), p.Unit)
		if p.Documented > 0 {
			x := s.at(p.Documented)
			c.line("pic-best", x, r.top-4, x, r.bottom(), "stroke-width", "1.6", "stroke-dasharray", "5 3")
			c.documentedLabel(x, p.Documented)
		}
		families := map[string]int{}
		var keys []key
		for i, e := range p.Estimates {
			shape, known := families[e.Family]
			if !known {
				shape = len(families)
				families[e.Family] = shape
				if e.Family != "" {
					keys = append(keys, key{e.Family, func(c *canvas, x, y float64) { c.shape(shape, x+8, y+5) }})
				}
			}
			r.label(c, i)
			c.estimate(s, e, shape, r.mid(i))
		}
		if len(keys) > 1 {
			y = c.legend(0, y+4, keys)
		}
		return y
	})
}

// documentedLabel writes the documented count over its line, inside the page.
func (c *canvas) documentedLabel(x, n float64) {
	s := fmt.Sprintf(c.words.Documented, c.words.number(n))
	w := textWidth(s, smallSize)
	x = max(w/2, min(x, c.width-w/2))
	c.small("pic-value", x, 13, anchorMiddle, s)
}

// estimate draws one interval with its point.
func (c *canvas) estimate(s scale, e Estimate, shape int, mid float64) {
	if e.Refused {
		c.text("pic-quiet pic-halo", s.x0+4, mid+4, anchorLeft, c.words.Refused, "font-size", num(smallSize), "font-style", "italic")
		return
	}
	x0, x1 := s.at(e.Range.Low), s.at(e.Range.High)
	c.line("pic-mark", x0, mid, x1, mid, "stroke-width", "2")
	c.line("pic-mark", x0, mid-5, x0, mid+5, "stroke-width", "2")
	end := x1
	if e.Range.Open {
		end += 12
		c.line("pic-mark", x1, mid, end, mid, "stroke-width", "2")
		c.arrow("pic-mark", end, mid, 5, false)
	} else {
		c.line("pic-mark", x1, mid-5, x1, mid+5, "stroke-width", "2")
	}
	if e.Range.HasBest {
		c.shape(shape, s.at(e.Range.Best), mid)
	}
	c.small("pic-value", end+7, mid+4, anchorLeft, c.words.value(e.Range))
}

// shape draws the mark of a family: disc, square, diamond, triangle, ring,
// and then the same again.
func (c *canvas) shape(n int, x, y float64) {
	const r = 5.0
	switch n % 5 {
	case 0:
		c.circle("pic-mark", x, y, r, "fill", "currentColor")
	case 1:
		c.rect("pic-mark", x-r, y-r, 2*r, 2*r, "fill", "currentColor")
	case 2:
		c.path("pic-mark", "M"+num(x)+" "+num(y-r-1)+"L"+num(x+r+1)+" "+num(y)+"L"+num(x)+" "+num(y+r+1)+"L"+num(x-r-1)+" "+num(y)+"Z", "fill", "currentColor")
	case 3:
		c.path("pic-mark", "M"+num(x)+" "+num(y-r-1)+"L"+num(x+r+1)+" "+num(y+r)+"L"+num(x-r-1)+" "+num(y+r)+"Z", "fill", "currentColor")
	case 4:
		c.circle("pic-mark", x, y, r-1, "fill", "none", "stroke", "currentColor", "stroke-width", "2.5")
	}
}
