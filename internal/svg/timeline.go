package svg

import (
	"errors"
	"fmt"
	"html/template"
	"time"
)

// Timeline shows a handful of acts in time, each in its row: a day as a
// diamond, a time that is only known between two days as a hatched bar, an
// end that nobody stated as an arrow. Acts without any date keep their row.
type Timeline struct {
	Frame
	Acts []Moment
}

// Moment is one act. Times are days: hours are not looked at, and the location
// of the time is the one its day is meant in.
type Moment struct {
	Label string
	// When is the date as a person reads it ("about 12 June 2001"), for the
	// table and the picture.
	When string
	// Earliest and Latest bound the act; a zero time means that end is open.
	// Both zero: no date is known.
	Earliest, Latest time.Time
}

// Draw draws the acts in the order given. The error says which act is wrong.
func (p Timeline) Draw() (Picture, error) {
	if err := p.Frame.check(); err != nil {
		return Picture{}, fmt.Errorf("draw timeline: %w", err)
	}
	if len(p.Acts) > maxRows {
		return Picture{}, fmt.Errorf("draw timeline: %d acts are too many for one picture: choose at most %d", len(p.Acts), maxRows)
	}
	words := p.words()
	table := Table{Caption: p.Title, Columns: []Column{column(words.What), column(words.When),
		column(words.Earliest), column(words.Latest)}}
	for i, m := range p.Acts {
		if err := m.check(); err != nil {
			return Picture{}, fmt.Errorf("draw timeline: act %d (%s): %w", i+1, m.Label, err)
		}
		row := []string{m.Label, m.When, "", ""}
		if !m.Earliest.IsZero() || !m.Latest.IsZero() {
			row[2], row[3] = isoDay(m.Earliest, words.Open), isoDay(m.Latest, words.Open)
		}
		table.Rows = append(table.Rows, row)
	}
	return Picture{SVG: p.picture(), Table: table}, nil
}

func (m Moment) check() error {
	if m.Earliest.IsZero() || m.Latest.IsZero() {
		return nil
	}
	if day(m.Latest) < day(m.Earliest) {
		return errors.New("it ends before it begins: give the earlier day first")
	}
	return nil
}

func isoDay(t time.Time, open string) string {
	if t.IsZero() {
		return open
	}
	return t.Format(time.DateOnly)
}

// day numbers the days since 1970-01-01 of the proleptic calendar.
func day(t time.Time) int {
	y, m, d := t.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func dayTime(n int) time.Time { return time.Unix(int64(n)*86400, 0).UTC() }

// span is the first and last day that any act names.
func (p Timeline) span() (first, last int, ok bool) {
	for _, m := range p.Acts {
		for _, t := range []time.Time{m.Earliest, m.Latest} {
			if t.IsZero() {
				continue
			}
			d := day(t)
			if !ok {
				first, last, ok = d, d, true
			}
			first, last = min(first, d), max(last, d)
		}
	}
	return first, last, ok
}

func (p Timeline) picture() template.HTML {
	return p.paint("timeline", func(c *canvas) float64 {
		labels := make([]string, len(p.Acts))
		for i, m := range p.Acts {
			labels[i] = m.Label
		}
		r := c.rows(labels)
		// An open beginning needs room for its arrow.
		r.x0, r.gap = r.x0+12, r.gap+12
		r.x1 = c.width - p.whenRoom(c.width)
		first, last, ok := p.span()
		s := scale{from: float64(first), to: float64(last + 1), x0: r.x0, x1: r.x1}
		y := r.bottom() + 4
		if ok {
			y = c.dateAxis(s, first, last, r)
		}
		for i, m := range p.Acts {
			r.label(c, i)
			c.moment(s, m, r.mid(i))
		}
		return y
	})
}

// whenRoom is what the dates behind the bars need, at most a third.
func (p Timeline) whenRoom(width float64) float64 {
	room := 0.0
	for _, m := range p.Acts {
		room = max(room, textWidth(m.When, smallSize))
	}
	return min(room+20, width/3)
}

// moment draws one act.
func (c *canvas) moment(s scale, m Moment, mid float64) {
	const h = 10.0
	if m.Earliest.IsZero() && m.Latest.IsZero() {
		when := m.When
		if when == "" {
			when = c.words.NoReports
		}
		c.text("pic-quiet", s.x0, mid+4, anchorLeft, fit(when, smallSize, c.width-s.x0), "font-size", num(smallSize), "font-style", "italic")
		return
	}
	x0, x1 := s.x0, s.x1
	if !m.Earliest.IsZero() {
		x0 = s.at(float64(day(m.Earliest)))
	}
	if !m.Latest.IsZero() {
		x1 = s.at(float64(day(m.Latest) + 1))
	}
	end := x1
	if !m.Earliest.IsZero() && !m.Latest.IsZero() && day(m.Earliest) == day(m.Latest) {
		x := (x0 + x1) / 2
		c.path("pic-mark", "M"+num(x)+" "+num(mid-6)+"L"+num(x+6)+" "+num(mid)+"L"+num(x)+" "+num(mid+6)+"L"+num(x-6)+" "+num(mid)+"Z", "fill", "currentColor")
		end = x + 6
	} else {
		c.rect("pic-area", x0, mid-h/2, max(x1-x0, 2), h, "fill", c.fill(hatched), "stroke", "currentColor")
		if m.Earliest.IsZero() {
			c.path("pic-mark", "M"+num(x0-3)+" "+num(mid-6)+"L"+num(x0-10)+" "+num(mid)+"L"+num(x0-3)+" "+num(mid+6), "fill", "none", "stroke", "currentColor", "stroke-width", "2")
		}
		if m.Latest.IsZero() {
			end = x1 + 10
			c.arrow("pic-mark", end, mid, 5, false)
		}
	}
	c.small("pic-value", end+5, mid+4, anchorLeft, fit(m.When, smallSize, c.width-end-5))
}

// dateAxis draws grid lines at years, months or days, whichever gives a
// readable number of them, and returns the y below.
func (c *canvas) dateAxis(s scale, first, last int, r rows) float64 {
	bottom := r.bottom()
	most := int((r.x1 - r.x0) / 80)
	end := -1e9
	for _, t := range dateTicks(first, last, max(most, 2)) {
		x := s.at(float64(t.day))
		c.line("pic-grid", x, r.top, x, bottom, "stroke-opacity", "0.25")
		w := textWidth(t.label, smallSize)
		if x > end+6 && x+w < c.width {
			c.small("pic-tick", x+2, bottom+13, anchorLeft, t.label)
			end = x + w
		}
	}
	c.line("pic-grid", r.x0, bottom, r.x1, bottom, "stroke-opacity", "0.5")
	return bottom + 22
}

type dateTick struct {
	day   int
	label string
}

// dateTicks chooses the finest step that gives at most n ticks, and puts the
// ticks on the first days of its periods.
func dateTicks(first, last, n int) []dateTick {
	days := last - first + 1
	start := dayTime(first)
	for _, step := range []int{1, 2, 7, 14} {
		if days/step <= n {
			var out []dateTick
			for d := first; d <= last+1; d += step {
				out = append(out, dateTick{d, dayTime(d).Format(time.DateOnly)})
			}
			return out
		}
	}
	for _, months := range []int{1, 3, 6, 12, 24, 60, 120, 240, 600, 1200} {
		if days/(months*30) > n && months < 1200 {
			continue
		}
		var out []dateTick
		at := start.Year()*12 + int(start.Month()) - 1
		at -= at % months
		for ; ; at += months {
			t := time.Date(at/12, time.Month(at%12+1), 1, 0, 0, 0, 0, time.UTC)
			d := day(t)
			if d > last {
				return out
			}
			if d < first {
				continue
			}
			layout := "2006-01"
			if months >= 12 {
				layout = "2006"
			}
			out = append(out, dateTick{d, t.Format(layout)})
		}
	}
	return nil
}
