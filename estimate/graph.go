package estimate

import (
	"slices"
	"strings"
)

// A graph is a decomposable (chordal) graph on the lists: two lists that are
// not joined are independent given those between them. Bit j of edges[i] is
// set when lists i and j are joined.
type graph struct {
	edges []Pattern
}

func emptyGraph(p int) graph { return graph{edges: make([]Pattern, p)} }

// toggled returns the graph with the edge i-j added or removed.
func (g graph) toggled(i, j int) graph {
	edges := slices.Clone(g.edges)
	edges[i] ^= 1 << j
	edges[j] ^= 1 << i
	return graph{edges}
}

func (g graph) key() string {
	var b strings.Builder
	for _, e := range g.edges {
		b.WriteByte(byte(e))
		b.WriteByte(byte(e >> 8))
	}
	return b.String()
}

// saturated reports whether all lists are joined, so that the graph says
// nothing about the people on no list.
func (g graph) saturated() bool {
	full := Pattern(1)<<len(g.edges) - 1
	for i, e := range g.edges {
		if e|1<<i != full {
			return false
		}
	}
	return true
}

// A term is a set of lists and how often its marginal table counts in the
// likelihood of a graph: once for each clique, minus once for each separator.
type term struct {
	set   Pattern
	times int
}

// A visit is a list with those of its neighbours that came before it.
type visit struct {
	list    int
	earlier Pattern
}

// order visits the lists by maximum cardinality search (Tarjan and Yannakakis
// 1984): next is always the list with most neighbours already visited. For a
// chordal graph, and for no other, earlier neighbours are always joined.
func (g graph) order() []visit {
	p := len(g.edges)
	out := make([]visit, 0, p)
	var done Pattern
	for range p {
		next, most := -1, -1
		for v := range p {
			if done.Has(v) {
				continue
			}
			if c := (g.edges[v] & done).Size(); c > most {
				next, most = v, c
			}
		}
		out = append(out, visit{next, g.edges[next] & done})
		done |= 1 << next
	}
	return out
}

// terms factors the graph along that order: each list contributes itself with
// its earlier neighbours, over those neighbours alone. The second result is
// false when the graph is not chordal.
func (g graph) terms() ([]term, bool) {
	out := make([]term, 0, 2*len(g.edges))
	add := func(s Pattern, times int) {
		for i := range out {
			if out[i].set == s {
				out[i].times += times
				return
			}
		}
		out = append(out, term{s, times})
	}
	for _, v := range g.order() {
		for rest := v.earlier; rest > 0; rest &= rest - 1 {
			u := trailing(rest)
			if v.earlier&^(g.edges[u]|1<<u) != 0 {
				return nil, false
			}
		}
		add(v.earlier|1<<v.list, 1)
		if v.earlier != 0 {
			add(v.earlier, -1)
		}
	}
	out = slices.DeleteFunc(out, func(t term) bool { return t.times == 0 })
	slices.SortFunc(out, func(a, b term) int { return int(a.set) - int(b.set) })
	return out, true
}

// cliques returns the largest joined sets, larger first.
func (g graph) cliques() []Pattern {
	ts, _ := g.terms()
	var sets []Pattern
	for _, t := range ts {
		if t.times > 0 {
			sets = append(sets, t.set)
		}
	}
	var out []Pattern
	for _, s := range sets {
		if !slices.ContainsFunc(sets, func(t Pattern) bool { return s&t == s && s != t }) {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, bySizeDown)
	return out
}

// cliqueNames prints cliques with lists numbered from one: [12][3].
func cliqueNames(p int, cliques []Pattern) string {
	var b strings.Builder
	for _, c := range cliques {
		b.WriteString(Model{p: p, terms: []Pattern{c}}.String())
	}
	return b.String()
}

// decomposable lists every decomposable graph of p lists, the saturated one
// included: 8 for three lists, 61, 822 and 18,154 for four, five and six.
func decomposable(p int) []graph {
	type pair struct{ i, j int }
	var pairs []pair
	for i := range p {
		for j := range i {
			pairs = append(pairs, pair{i, j})
		}
	}
	var out []graph
	for set := range 1 << len(pairs) {
		g := emptyGraph(p)
		for b, e := range pairs {
			if set>>b&1 == 1 {
				g.edges[e.i] |= 1 << e.j
				g.edges[e.j] |= 1 << e.i
			}
		}
		if _, ok := g.terms(); ok {
			out = append(out, g)
		}
	}
	return out
}
