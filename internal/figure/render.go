package figure

import (
	"context"
	"fmt"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"asylon/edtf"
	"asylon/internal/access"
	"asylon/internal/record"
	"asylon/internal/register"
	"asylon/internal/resolve"
	"asylon/internal/svg"
)

// render words a figure's question and draws its chart and table in every
// language it is kept in.
func render(ctx context.Context, r *access.Reader, words *register.Words, b *Body) error {
	names, err := nameParts(ctx, r, b)
	if err != nil {
		return err
	}
	b.Names = names
	b.Title, b.Rendered = map[string]string{}, map[string]string{}
	for _, lang := range Languages() {
		d := drawing{b: b, words: words, names: names, lang: lang, x: textsIn(lang)}
		b.Title[lang] = d.title()
		if b.Rendered[lang], err = d.html(); err != nil {
			return fmt.Errorf("draw figure: %w", err)
		}
	}
	return nil
}

// nameParts finds what to call the places and sources of a figure.
func nameParts(ctx context.Context, r *access.Reader, b *Body) (map[record.ID]string, error) {
	var ids []record.ID
	if b.Question.Place != "" {
		ids = append(ids, b.Question.Place)
	}
	if b.Question.By == resolve.ByPlace || b.Question.By == resolve.BySource {
		for _, s := range b.Series {
			if s.Key != "" {
				ids = append(ids, record.ID(s.Key))
			}
		}
	}
	names, err := register.Codes(ctx, r, ids)
	if err != nil {
		return nil, err
	}
	titles, err := register.Titles(ctx, r, ids)
	if err != nil {
		return nil, err
	}
	for id, t := range titles {
		names[id] = t
	}
	return names, nil
}

type drawing struct {
	b     *Body
	words *register.Words
	names map[record.ID]string
	lang  string
	x     texts
}

// title is the question in words.
func (d *drawing) title() string {
	q := d.b.Question
	parts := []string{d.x.unit(q.Count), d.x.all}
	if q.Act != "" {
		parts[1] = d.words.Term(q.Act, d.lang)
	}
	switch {
	case q.From != "" && q.To != "":
		parts = append(parts, fmt.Sprintf(d.x.span, d.date(q.From), d.date(q.To)))
	case q.From != "":
		parts = append(parts, fmt.Sprintf(d.x.from, d.date(q.From)))
	case q.To != "":
		parts = append(parts, fmt.Sprintf(d.x.to, d.date(q.To)))
	}
	if q.Place != "" {
		parts = append(parts, d.names[q.Place])
	}
	if q.By != "" {
		parts = append(parts, d.x.by[q.By])
	}
	s := strings.Join(parts, ", ")
	first, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[n:]
}

// date is an EDTF date as people write it.
func (d *drawing) date(s string) string {
	x, err := edtf.Parse(s)
	if err != nil {
		return s
	}
	return x.Text(edtf.Lang(d.lang))
}

func (d *drawing) html() (string, error) {
	frame := svg.Frame{ID: "figure", Title: d.title(), Language: d.lang, Desc: InWords(d.b.Result, d.lang)}
	frame.Words = d.drawn()
	var drawer svg.Drawer
	if d.b.Question.By == resolve.ByMonth {
		drawer = d.months(frame)
	} else {
		drawer = d.bars(frame)
	}
	p, err := drawer.Draw()
	if err != nil {
		return "", err
	}
	if d.b.Question.By == resolve.ByMonth {
		d.undated(&p.Table)
	}
	if d.b.Question.By != "" {
		p.Table.Notes = append(p.Table.Notes, d.x.note)
	}
	return string(p.SVG) + string(p.Table.HTML()), nil
}

// months is the series by month, from the first to the last month asked for
// or reported.
func (d *drawing) months(frame svg.Frame) svg.Months {
	m := svg.Months{Frame: frame, Unit: d.x.unit(d.b.Question.Count)}
	for _, s := range d.b.Series {
		var at svg.Month
		if _, err := fmt.Sscanf(s.Key, "%d-%d", &at.Year, &at.Month); err != nil {
			continue // the undated stand in the table
		}
		m.Counts = append(m.Counts, svg.MonthCount{Month: at, Certain: svg.Range{Low: float64(s.Low), High: float64(s.Certain), Open: s.CertainOpen},
			Possible: float64(s.Reach), PossibleOpen: s.High == nil})
	}
	if len(m.Counts) > 0 {
		m.From, m.To = d.bound(d.b.Question.From, true, m.Counts), d.bound(d.b.Question.To, false, m.Counts)
	}
	return m
}

// bound is the month of a date asked for, or none where that would stretch
// the series beyond what can be drawn.
func (d *drawing) bound(s string, first bool, counts []svg.MonthCount) svg.Month {
	x, err := edtf.Parse(s)
	if s == "" || err != nil {
		return svg.Month{}
	}
	at := x.Latest()
	if first {
		at = x.Earliest()
	}
	y, m, _ := at.Civil()
	for _, c := range counts {
		if gap := (int(y)-c.Month.Year)*12 + m - c.Month.Month; y < 1 || y > 9999 || gap > 280 || gap < -280 {
			return svg.Month{}
		}
	}
	return svg.Month{Year: int(y), Month: m}
}

// undated adds what has no date to the table: it can be drawn in no month.
func (d *drawing) undated(t *svg.Table) {
	for _, s := range d.b.Series {
		if s.Key == "" {
			high := digits(s.Reach)
			if s.High == nil {
				high = fmt.Sprintf(d.drawn().OrMore, digits(s.Reach))
			}
			t.Rows = append(t.Rows, []string{d.x.unknown[resolve.ByMonth], digits(s.Low), digits(s.Certain), high})
		}
	}
}

// drawn are the words that drawings use by themselves.
func (d *drawing) drawn() svg.Words {
	if d.lang == "ko" {
		return svg.Korean()
	}
	return svg.English()
}

// maxBars is how many parts are drawn: beyond it a chart cannot be read, and
// the largest say most.
const maxBars = 60

// bars is the series by place, kind or source; without a series the figure
// itself as one bar.
func (d *drawing) bars(frame svg.Frame) svg.RangeBars {
	out := svg.RangeBars{Frame: frame, Unit: d.x.unit(d.b.Question.Count), Category: d.x.by[d.b.Question.By]}
	r := d.b.Result
	out.Bars = append(out.Bars, bar(d.x.total, r.Low, r.Best, r.High, r.Reach, r.Numbered))
	if d.b.Question.By == "" {
		return out
	}
	parts := append([]resolve.Bucket(nil), d.b.Series...)
	sort.SliceStable(parts, func(i, j int) bool { return parts[i].Reach > parts[j].Reach })
	for _, s := range parts[:min(len(parts), maxBars)] {
		out.Bars = append(out.Bars, bar(d.label(s.Key), s.Low, s.Best, s.High, s.Reach, s.Numbered))
	}
	return out
}

func bar(label string, low int64, best, high *int64, reach int64, numbered bool) svg.RangeBar {
	b := svg.RangeBar{Label: label, Range: svg.Range{Low: float64(low), High: float64(reach), Open: high == nil}, NoReports: !numbered}
	if best != nil {
		b.Range.Best, b.Range.HasBest = float64(*best), true
	}
	return b
}

func (d *drawing) label(key string) string {
	switch {
	case key == "":
		return d.x.unknown[d.b.Question.By]
	case d.b.Question.By == resolve.ByAct:
		return d.words.Term(record.TermID(key), d.lang)
	}
	if n := d.names[record.ID(key)]; n != "" {
		return n
	}
	return key
}
