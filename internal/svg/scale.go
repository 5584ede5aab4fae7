package svg

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A Range is what is known of a number: at least Low, at most High as far as
// reported. Best is drawn only if HasBest says that a source stated one. Open
// means that nothing bounds the number from above: High is the highest that
// was reported, not the most that can be.
type Range struct {
	Low, High float64
	Best      float64
	HasBest   bool
	Open      bool
}

// Exactly returns the range of a number that is known.
func Exactly(n float64) Range { return Range{Low: n, High: n} }

// check reports what is wrong with a range of a count.
func (r Range) check() error {
	for _, x := range []float64{r.Low, r.High, r.Best} {
		if math.IsNaN(x) || math.IsInf(x, 0) || x < 0 || x > 1e15 {
			return fmt.Errorf("%v is no count: give a number from 0 to 1e15", x)
		}
	}
	if r.Low > r.High {
		return fmt.Errorf("low %v is above high %v: give low first", r.Low, r.High)
	}
	if r.HasBest && (r.Best < r.Low || r.Best > r.High) {
		return fmt.Errorf("best %v lies outside %v to %v", r.Best, r.Low, r.High)
	}
	return nil
}

// number prints a number with at most one decimal below 100 and grouped
// thousands above.
func (w Words) number(x float64) string {
	if x < 100 && x != math.Trunc(x) {
		return strings.TrimSuffix(strconv.FormatFloat(x, 'f', 1, 64), ".0")
	}
	s := strconv.FormatFloat(math.Round(x), 'f', 0, 64)
	if w.Group == "" {
		return s
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		if s[i-1] == '-' {
			break
		}
		s = s[:i] + w.Group + s[i:]
	}
	return s
}

// value prints a range for the end of a bar: "7", "7–12", "7–12+".
func (w Words) value(r Range) string {
	s := w.number(r.Low)
	if r.High != r.Low {
		s += "–" + w.number(r.High)
	}
	if r.Open {
		s += "+"
	}
	return s
}

// cells prints low, best and high for a table.
func (w Words) cells(r Range) (low, best, high string) {
	low, high = w.number(r.Low), w.number(r.High)
	if r.HasBest {
		best = w.number(r.Best)
	}
	if r.Open {
		high = fmt.Sprintf(w.OrMore, high)
	}
	return low, best, high
}

// A scale maps numbers to user units.
type scale struct {
	from, to float64 // numbers
	x0, x1   float64 // user units
	log      bool
}

func (s scale) at(v float64) float64 {
	a, b := s.from, s.to
	if s.log {
		a, b, v = math.Log(a), math.Log(b), math.Log(math.Max(v, s.from))
	}
	if b == a {
		return s.x0
	}
	return s.x0 + (v-a)/(b-a)*(s.x1-s.x0)
}

// ticks returns round numbers (1, 2 or 5 times a power of ten apart) from 0 to
// the first one that reaches max, about n of them. Counts below 1 have no
// meaning, so the step is never smaller than 1.
func ticks(max float64, n int) []float64 {
	if max <= 0 {
		max = 1
	}
	step := niceStep(max / float64(n))
	out := []float64{0}
	for i := 1; ; i++ {
		v := step * float64(i)
		out = append(out, v)
		if v >= max {
			return out
		}
	}
}

func niceStep(raw float64) float64 {
	if raw <= 1 {
		return 1
	}
	mag := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range []float64{1, 2, 5} {
		if m*mag >= raw {
			return m * mag
		}
	}
	return 10 * mag
}

// logTicks returns 1-2-5 numbers that enclose [min, max], both above zero.
func logTicks(min, max float64) []float64 {
	mag := math.Pow(10, math.Floor(math.Log10(min)))
	var out []float64
	for ; ; mag *= 10 {
		for _, m := range []float64{1, 2, 5} {
			v := m * mag
			next := v * 2
			if m == 2 {
				next = 5 * mag
			}
			if next <= min {
				continue
			}
			out = append(out, v)
			if v >= max {
				return out
			}
		}
	}
}

// axis draws vertical grid lines with numbers below them and the unit's name,
// and returns the y below all of it.
func (c *canvas) axis(s scale, values []float64, top, bottom float64, unit string) float64 {
	last := math.Inf(-1)
	for i, v := range values {
		x := s.at(v)
		c.line("pic-grid", x, top, x, bottom, "stroke-opacity", "0.25")
		label := c.words.number(v)
		w := textWidth(label, smallSize)
		a, left := anchorMiddle, x-w/2
		switch {
		case left < 0:
			a, left, x = anchorLeft, 0, 0
		case x+w/2 > c.width:
			a, left = anchorRight, x-w
		}
		// Numbers that would touch their neighbour are left out; the line
		// stays. The last one tells the scale and is kept.
		if left < last+4 && i != len(values)-1 {
			continue
		}
		if left >= last+4 {
			c.small("pic-tick", x, bottom+14, a, label)
			last = left + w
		}
	}
	if unit != "" {
		c.small("pic-unit", s.x0, bottom+29, anchorLeft, fit(unit, smallSize, c.width-s.x0))
		return bottom + 38
	}
	return bottom + 22
}
