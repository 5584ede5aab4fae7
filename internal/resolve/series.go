package resolve

import (
	"fmt"
	"sort"

	"asylon/edtf"
	"asylon/internal/record"
)

// By is what a series divides a figure by.
type By string

// The series.
const (
	ByMonth  By = "month"
	ByPlace  By = "place"
	ByAct    By = "act"
	BySource By = "source"
)

// Valid tells whether b is a known series.
func (b By) Valid() bool { return b == ByMonth || b == ByPlace || b == ByAct || b == BySource }

// Bucket is one part of a series: a month ("2001-06"), a place, a kind of act
// or a source; its key is empty for what has none. What may belong to several
// parts is possible in each, and what several sources report is counted with
// each, so the parts of a series do not add up to the figure.
//
// A month, place or kind that is not among the buckets had no reports, which
// is not a count of zero.
type Bucket struct {
	Key         string      `json:"key"`
	Low         int64       `json:"low"`
	Best        *int64      `json:"best"`
	High        *int64      `json:"high"`
	Reach       int64       `json:"reach"`
	Certain     int64       `json:"certain_high"`
	CertainOpen bool        `json:"certain_open,omitempty"`
	Numbered    bool        `json:"numbered"`
	Acts        []record.ID `json:"acts"`
	// Count is how many acts there are, where a stored figure does not list them.
	Count int `json:"count,omitempty"`
}

// maxBuckets bounds a series: fifty years of months.
const maxBuckets = 600

// Series divides a figure. sources gives the source of each statement, for
// BySource. Buckets come in order of key, the one without a key last. The
// error says that there are too many parts, and what to do.
func Series(q Question, rec *Record, by By, sources map[record.ID]record.ID) ([]Bucket, error) {
	w := newWorld(q, rec, false)
	d := divider{w: w, by: by, sources: sources, parts: map[string][]record.ID{}}
	whole := w
	if q.Unit == Events { // acts are divided, and lifted within each part
		whole = newWorld(Question{Unit: Acts, Term: q.Term, Period: q.Period, Place: q.Place}, rec, false)
	}
	for _, n := range whole.nodes {
		if err := d.put(n); err != nil {
			return nil, err
		}
	}
	if len(d.parts) > maxBuckets {
		return nil, fmt.Errorf("%d parts are too many for one series: narrow the question to at most %d", len(d.parts), maxBuckets)
	}
	index := newIndex(rec)
	out := make([]Bucket, 0, len(d.parts))
	for key, acts := range d.parts {
		sub := index.part(acts)
		if by == BySource {
			sub = d.only(sub, record.ID(key))
		}
		r := count(q, sub, d.narrow(key))
		b := Bucket{Key: key, Low: r.Low, Best: r.Best, High: r.High, Reach: r.Reach, Certain: r.Certain, CertainOpen: r.CertainOpen, Numbered: r.Numbered}
		for _, a := range r.Acts {
			b.Acts = append(b.Acts, a.ID)
		}
		if len(b.Acts) > 0 {
			out = append(out, b)
		}
	}
	sort.Slice(out, func(i, j int) bool {
		if (out[i].Key == "") != (out[j].Key == "") {
			return out[j].Key == ""
		}
		return out[i].Key < out[j].Key
	})
	return out, nil
}

// divider puts acts into parts.
type divider struct {
	w       *world
	by      By
	sources map[record.ID]record.ID
	parts   map[string][]record.ID
}

func (d *divider) put(n *node) error {
	var keys []string
	switch d.by {
	case ByMonth:
		if n.span == nil {
			break
		}
		s := *n.span
		if p := d.w.q.Period; p != nil {
			s = Span{max(s.First, p.First), min(s.Last, p.Last)}
		}
		from, to := monthOf(s.First), monthOf(s.Last)
		if to-from >= maxBuckets {
			return fmt.Errorf("an act may lie anywhere in %d months: choose a period of at most %d months", to-from+1, maxBuckets)
		}
		for m := from; m <= to; m++ {
			keys = append(keys, monthKey(m))
		}
	case ByPlace:
		for _, p := range n.places {
			keys = append(keys, string(p[0]))
		}
	case ByAct:
		for _, k := range n.kinds {
			keys = append(keys, string(k))
		}
	case BySource:
		for _, s := range d.w.basis(n) {
			keys = append(keys, string(d.sources[s]))
		}
	}
	if len(keys) == 0 {
		keys = []string{""}
	}
	seen := map[string]bool{}
	for _, k := range keys {
		if !seen[k] {
			seen[k] = true
			d.parts[k] = append(d.parts[k], n.id)
		}
	}
	return nil
}

// narrow is what a part asks of an act besides the question.
func (d *divider) narrow(key string) func(*node) Match {
	if key == "" {
		return nil
	}
	return func(n *node) Match {
		switch d.by {
		case ByMonth:
			m := monthSpan(key)
			if n.span == nil || !n.span.meets(m) {
				return Never
			} else if n.span.within(m) {
				return Certainly
			}
			return Possibly
		case ByPlace:
			if len(n.places) == 1 {
				return Certainly
			}
			return Possibly
		case ByAct:
			for _, k := range n.kinds {
				if string(k) != key {
					return Possibly
				}
			}
		}
		return Certainly
	}
}

// only keeps of a record the numbers and links that one source gives.
func (d *divider) only(rec *Record, source record.ID) *Record {
	out := *rec
	out.Acts, out.Groups = nil, map[record.ID]Group{}
	mine := func(s record.ID) bool { return d.sources[s] == source }
	for _, a := range rec.Acts {
		var counts []Claim
		for _, c := range a.Counts {
			if mine(c.ID) {
				counts = append(counts, c)
			}
		}
		var linked []Link
		for _, l := range a.Linked {
			if mine(l.From) {
				linked = append(linked, l)
			}
		}
		a.Counts, a.Linked = counts, linked
		out.Acts = append(out.Acts, a)
	}
	for id, g := range rec.Groups {
		var counts []Claim
		for _, c := range g.Counts {
			if mine(c.ID) {
				counts = append(counts, c)
			}
		}
		g.Counts = counts
		out.Groups[id] = g
	}
	return &out
}

// index finds the acts and groups of a part without walking the record anew.
type index struct {
	rec    *Record
	acts   map[record.ID][]int
	groups map[record.ID][]record.ID
}

func newIndex(rec *Record) index {
	x := index{rec, map[record.ID][]int{}, map[record.ID][]record.ID{}}
	for i, a := range rec.Acts {
		c := rec.canonical(a.ID)
		x.acts[c] = append(x.acts[c], i)
	}
	for id := range rec.Groups {
		c := rec.canonical(id)
		x.groups[c] = append(x.groups[c], id)
	}
	return x
}

// part is the record of some canonical acts.
func (x index) part(acts []record.ID) *Record {
	out := *x.rec
	out.Acts, out.Groups = nil, map[record.ID]Group{}
	for _, id := range acts {
		for _, i := range x.acts[id] {
			a := x.rec.Acts[i]
			out.Acts = append(out.Acts, a)
			for _, l := range a.Linked {
				for _, g := range x.groups[x.rec.canonical(l.To)] {
					out.Groups[g] = x.rec.Groups[g]
				}
			}
		}
	}
	return &out
}

// monthOf counts months from the year 0.
func monthOf(day int64) int64 {
	y, m, _ := edtf.Day(day).Civil()
	return y*12 + int64(m) - 1
}

func monthKey(m int64) string {
	y := m / 12
	if m < 0 && m%12 != 0 {
		y--
	}
	return fmt.Sprintf("%04d-%02d", y, m-y*12+1)
}

func monthSpan(key string) Span {
	d, err := edtf.Parse(key)
	if err != nil {
		return Span{1, 0} // keys are made by monthKey
	}
	return Span{int64(d.Earliest()), int64(d.Latest())}
}
