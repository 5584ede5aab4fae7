package svg

import (
	"fmt"
	"html/template"
)

// Bars compares plain numbers by category: entries that were counted, not
// events in the world, for which RangeBars is right.
type Bars struct {
	Frame
	// Unit names what is counted.
	Unit string
	// Category heads the first column of the table.
	Category string
	Bars     []Bar
	// Shares adds a column with each bar's share of the sum.
	Shares bool
}

// Bar is one category.
type Bar struct {
	Label string
	Value float64
	// NoReports says that there is no number; Value is not looked at.
	NoReports bool
}

// Draw draws the bars in the order given. The error says which bar is wrong.
func (p Bars) Draw() (Picture, error) {
	if err := p.Frame.check(); err != nil {
		return Picture{}, fmt.Errorf("draw bars: %w", err)
	}
	if len(p.Bars) > maxRows {
		return Picture{}, fmt.Errorf("draw bars: %d bars are too many for one picture: narrow the question to at most %d", len(p.Bars), maxRows)
	}
	max, sum := 0.0, 0.0
	for i, b := range p.Bars {
		if b.NoReports {
			continue
		}
		if err := Exactly(b.Value).check(); err != nil {
			return Picture{}, fmt.Errorf("draw bars: bar %d (%s): %w", i+1, b.Label, err)
		}
		sum += b.Value
		if b.Value > max {
			max = b.Value
		}
	}
	return Picture{SVG: p.picture(max), Table: p.table(sum)}, nil
}

func (p Bars) table(sum float64) Table {
	words := p.words()
	t := Table{Caption: p.Title, Columns: []Column{column(p.Category), numColumn(words.Count)}}
	if p.Shares {
		t.Columns = append(t.Columns, numColumn(words.Share))
	}
	for _, b := range p.Bars {
		row := []string{b.Label, words.number(b.Value)}
		share := ""
		if b.NoReports {
			row[1] = words.NoReports
		} else if sum > 0 {
			share = fmt.Sprintf("%.1f %%", 100*b.Value/sum)
		}
		if p.Shares {
			row = append(row, share)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (p Bars) picture(max float64) template.HTML {
	return p.paint("bars", func(c *canvas) float64 {
		labels := make([]string, len(p.Bars))
		for i, b := range p.Bars {
			labels[i] = b.Label
		}
		rows := c.rows(labels)
		values := ticks(max, rows.tickCount())
		s := scale{from: 0, to: values[len(values)-1], x0: rows.x0, x1: rows.x1}
		y := c.axis(s, values, rows.top, rows.bottom(), p.Unit)
		for i, b := range p.Bars {
			rows.label(c, i)
			if b.NoReports {
				c.noReports(s.x0+4, rows.mid(i))
				continue
			}
			c.rangeBar(s, Exactly(b.Value), rows.mid(i))
		}
		return y
	})
}
