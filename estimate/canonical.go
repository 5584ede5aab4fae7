package estimate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// canonical returns the table with its lists in an order that depends only on
// the counts, never on how the lists were named or numbered, so that every
// method, random ones too, gives the same answer however the columns of the
// file are arranged. order[i] is the old position of list i.
//
// Lists are told apart by what they share with others, refined round by round;
// lists that still look alike are interchangeable, and keep their order.
func (t Table) canonical() (Table, []int) {
	keys := make([]string, t.P())
	for range t.P() {
		next := make([]string, t.P())
		for j := range next {
			var parts []string
			for _, c := range t.cells {
				if c.Pattern.Has(j) {
					parts = append(parts, fmt.Sprintf("%09d(%s)", c.Count, t.company(c.Pattern, j, keys)))
				}
			}
			slices.Sort(parts)
			next[j] = fmt.Sprintf("%09d:%s", t.On(1<<j), strings.Join(parts, ","))
		}
		// Ranks instead of the keys themselves keep them short.
		sorted := slices.Compact(slices.Sorted(slices.Values(next)))
		for j, k := range next {
			i, _ := slices.BinarySearch(sorted, k)
			keys[j] = fmt.Sprintf("%02d", i)
		}
	}
	order := make([]int, t.P())
	for j := range order {
		order[j] = j
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(keys[b], keys[a]) })
	return t.arranged(order), order
}

// company describes the other lists of a pattern by their keys.
func (t Table) company(w Pattern, j int, keys []string) string {
	var parts []string
	for i, k := range keys {
		if i != j && w.Has(i) {
			parts = append(parts, k)
		}
	}
	slices.Sort(parts)
	return strings.Join(parts, "+")
}

// arranged returns the table with list order[i] in place i.
func (t Table) arranged(order []int) Table {
	out := Table{n: t.n, lists: make([]string, len(order)), cells: make([]Cell, len(t.cells))}
	for i, j := range order {
		out.lists[i] = t.lists[j]
	}
	for c, cell := range t.cells {
		var w Pattern
		for i, j := range order {
			w |= cell.Pattern >> j & 1 << i
		}
		out.cells[c] = Cell{w, cell.Count}
	}
	slices.SortFunc(out.cells, func(a, b Cell) int { return int(a.Pattern) - int(b.Pattern) })
	return out
}

// back translates a pattern of the arranged table to the original order.
func (w Pattern) back(order []int) Pattern {
	var out Pattern
	for i, j := range order {
		out |= w >> i & 1 << j
	}
	return out
}

// back translates a model of the arranged table to one of p lists in the
// original order.
func (m Model) back(p int, order []int) Model {
	terms := make([]Pattern, len(m.terms))
	for i, s := range m.terms {
		terms[i] = s.back(order)
	}
	sortTerms(terms)
	return Model{p: p, terms: terms}
}
