package estimate

import (
	"slices"

	"asylon/estimate/internal/exact"
)

// Existence says whether a model can be fitted to a table at all.
type Existence struct {
	// Exists is false when the likelihood has no maximum: some effect, or
	// combination of effects, wants to be infinite.
	Exists bool
	// Identifiable is false when different effects fit equally well, so that
	// the number of unseen people could be anything.
	Identifiable bool
}

// OK reports whether both conditions hold.
func (e Existence) OK() bool { return e.Exists && e.Identifiable }

// CheckExistence tests a model against a table, in exact arithmetic. Effects
// of sets of lists that share nobody are first set to minus infinity and
// dropped with the cells that contain them. What is left must have full rank
// (identifiability) and its sufficient statistics must lie inside the cone of
// the cells (existence): Fienberg and Rinaldo (2012), Chan, Silverman and
// Vincent (2021). The model must be one of as many lists as the table has.
func CheckExistence(t Table, m Model) Existence {
	return existence(t.P(), func(w Pattern) bool { return t.Count(w) > 0 }, m)
}

// existence depends on the table only through which cells hold anybody.
func existence(p int, holds func(Pattern) bool, m Model) Existence {
	on := make([]bool, 1<<p) // is anybody on at least these lists?
	for w := Pattern(1); int(w) < len(on); w++ {
		if holds(w) {
			for s := w; s > 0; s = (s - 1) & w {
				on[s] = true
			}
		}
	}
	var live, empty []Pattern
	for _, s := range m.terms {
		if on[s] {
			live = append(live, s)
		} else {
			empty = append(empty, s)
		}
	}
	removed := func(w Pattern) bool {
		return slices.ContainsFunc(empty, func(s Pattern) bool { return w&s == s })
	}
	k := len(live) + 1
	var positive []exact.Column
	for w := Pattern(1); int(w) < len(on); w++ {
		if holds(w) {
			positive = append(positive, column(w, live))
		}
	}
	if exact.Spans(k, positive) {
		return Existence{Exists: true, Identifiable: true}
	}
	var zero []exact.Column
	for w := Pattern(1); int(w) < len(on); w++ {
		if !holds(w) && !removed(w) {
			zero = append(zero, column(w, live))
		}
	}
	return Existence{
		Exists:       exact.Interior(k, positive, zero),
		Identifiable: exact.Spans(k, slices.Concat(positive, zero)),
	}
}

// column is the cell's column of the design matrix: the overall level, then
// one entry for each effect.
func column(w Pattern, live []Pattern) exact.Column {
	c := make(exact.Column, len(live)+1)
	c[0] = 1
	for i, s := range live {
		if w&s == s {
			c[i+1] = 1
		}
	}
	return c
}

// An existenceCache remembers answers, which depend only on the model and on
// which cells are empty. It belongs to one goroutine.
type existenceCache struct {
	p     int
	known map[string]Existence
	key   []byte
}

func newExistenceCache(p int) *existenceCache {
	return &existenceCache{p: p, known: make(map[string]Existence)}
}

// check answers for the table loaded in the fitter.
func (c *existenceCache) check(f *fitter, m Model, modelKey string) Existence {
	if len(f.seen) == len(f.counts)-1 {
		return Existence{Exists: true, Identifiable: true} // no cell is empty
	}
	c.key = append(c.key[:0], modelKey...)
	c.key = append(c.key, 0xff, 0xff) // no pattern: 12 lists stop at 0x0fff
	for _, w := range f.seen {
		c.key = append(c.key, byte(w), byte(w>>8))
	}
	if e, ok := c.known[string(c.key)]; ok {
		return e
	}
	e := existence(c.p, func(w Pattern) bool { return f.counts[w] > 0 }, m)
	c.known[string(c.key)] = e
	return e
}
