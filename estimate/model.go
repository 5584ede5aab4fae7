package estimate

import (
	"slices"
	"strconv"
	"strings"
)

// A Model is a hierarchical log-linear model: the sets of lists that may
// depend on each other, each with all its subsets. Every list's own effect is
// always included; the effect of all lists together never can be, since the
// cell that would identify it is the one nobody has seen.
//
// Models come from Independence, Interactions or a search.
type Model struct {
	p     int
	terms []Pattern // all non-empty sets, single lists first, then by size and value
}

// Independence returns the model of p lists that ignore each other.
func Independence(p int) Model {
	m := Model{p: p}
	for j := range p {
		m.terms = append(m.terms, 1<<j)
	}
	return m
}

// Interactions returns the smallest hierarchical model of p lists that
// contains the given sets. It leaves out a set of all p lists, and lists
// beyond p.
func Interactions(p int, sets ...Pattern) Model {
	in := make(map[Pattern]bool)
	full := Pattern(1)<<p - 1
	for _, s := range sets {
		s &= full
		if s == full {
			continue
		}
		for sub := s; sub > 0; sub = (sub - 1) & s {
			in[sub] = true
		}
	}
	m := Model{p: p}
	for s := range in {
		if s.Size() >= 2 {
			m.terms = append(m.terms, s)
		}
	}
	sortTerms(m.terms)
	m.terms = append(Independence(p).terms, m.terms...)
	return m
}

func sortTerms(terms []Pattern) {
	slices.SortFunc(terms, func(a, b Pattern) int {
		if d := a.Size() - b.Size(); d != 0 {
			return d
		}
		return int(a) - int(b)
	})
}

// Terms returns every set of lists with an effect in the model.
func (m Model) Terms() []Pattern { return slices.Clone(m.terms) }

// Generators returns the sets that are contained in no other set of the model.
func (m Model) Generators() []Pattern {
	var out []Pattern
	for i, s := range m.terms {
		inside := slices.ContainsFunc(m.terms[i+1:], func(t Pattern) bool { return s&t == s && s != t })
		if !inside {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, bySizeDown)
	return out
}

// bySizeDown orders larger sets first, equal sizes by value.
func bySizeDown(a, b Pattern) int {
	if d := b.Size() - a.Size(); d != 0 {
		return d
	}
	return int(a) - int(b)
}

// String prints the generators with lists numbered from one, larger sets
// first: [123,14,34]. From ten lists on the numbers are joined by dots.
func (m Model) String() string {
	sep := ""
	if m.p > 9 {
		sep = "."
	}
	var parts []string
	for _, g := range m.Generators() {
		var digits []string
		for j := range m.p {
			if g.Has(j) {
				digits = append(digits, strconv.Itoa(j+1))
			}
		}
		parts = append(parts, strings.Join(digits, sep))
	}
	return "[" + strings.Join(parts, ",") + "]"
}

// Named prints the generators with the names of the lists: two lists that
// depend on each other are joined by a multiplication sign.
func (m Model) Named(lists []string) string {
	var parts []string
	for _, g := range m.Generators() {
		parts = append(parts, strings.ReplaceAll(patternNames(lists, g), " + ", "×"))
	}
	return strings.Join(parts, ", ")
}

// has reports whether the set is one of the model's.
func (m Model) has(s Pattern) bool { return slices.Contains(m.terms, s) }

// key identifies the model among models of the same number of lists.
func (m Model) key() string {
	var b strings.Builder
	for _, s := range m.terms[min(m.p, len(m.terms)):] {
		b.WriteByte(byte(s))
		b.WriteByte(byte(s >> 8))
	}
	return b.String()
}

// addable returns the sets of 2 to order lists that could join the model with
// every subset already present: its neighbours upwards.
func (m Model) addable(order int) []Pattern {
	in := make(map[Pattern]bool, len(m.terms))
	for _, s := range m.terms {
		in[s] = true
	}
	var out []Pattern
	for s := Pattern(1); s < 1<<m.p-1; s++ {
		if k := s.Size(); k < 2 || k > order || in[s] {
			continue
		}
		if facetsIn(s, in) {
			out = append(out, s)
		}
	}
	return out
}

// facetsIn reports whether every set with one list less than s is present.
func facetsIn(s Pattern, in map[Pattern]bool) bool {
	for rest := s; rest > 0; rest &= rest - 1 {
		facet := s &^ (rest & -rest)
		if facet.Size() > 0 && !in[facet] {
			return false
		}
	}
	return true
}

// adding returns the model with one more set; its subsets must be present.
func (m Model) adding(s Pattern) Model {
	terms := append(slices.Clone(m.terms), s)
	sortTerms(terms)
	return Model{p: m.p, terms: terms}
}

// removing returns the model without one of its generators.
func (m Model) removing(s Pattern) Model {
	terms := slices.DeleteFunc(slices.Clone(m.terms), func(t Pattern) bool { return t == s })
	return Model{p: m.p, terms: terms}
}

// hierarchical lists every hierarchical model of p lists with sets of at most
// order lists: 8 models of three lists, 113 of four, 6,893 of five. There are
// too many to list from six on; see searchModels.
func hierarchical(p, order int) []Model {
	var sets []Pattern
	for s := Pattern(1); s < 1<<p-1; s++ {
		if k := s.Size(); k >= 2 && k <= order {
			sets = append(sets, s)
		}
	}
	sortTerms(sets)
	singles := Independence(p).terms
	in := make(map[Pattern]bool)
	for _, s := range singles {
		in[s] = true
	}
	var out []Model
	var chosen []Pattern
	// Sets come by size, so a set's subsets are decided before it is.
	var walk func(i int)
	walk = func(i int) {
		if i == len(sets) {
			out = append(out, Model{p: p, terms: slices.Concat(singles, chosen)})
			return
		}
		walk(i + 1)
		s := sets[i]
		if !facetsIn(s, in) {
			return
		}
		in[s] = true
		chosen = append(chosen, s)
		walk(i + 1)
		chosen = chosen[:len(chosen)-1]
		delete(in, s)
	}
	walk(0)
	return out
}
