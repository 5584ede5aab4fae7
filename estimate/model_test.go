package estimate

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestHierarchicalCounts(t *testing.T) {
	for _, tt := range []struct{ p, order, want int }{
		{2, 1, 1}, {3, 2, 8}, {4, 2, 64}, {4, 3, 113}, {5, 2, 1024}, {5, 3, 6212}, {5, 4, 6893},
	} {
		if got := len(hierarchical(tt.p, tt.order)); got != tt.want {
			t.Errorf("%d lists, sets of up to %d: %d models, want %d", tt.p, tt.order, got, tt.want)
		}
	}
}

func TestModelNames(t *testing.T) {
	m := Interactions(4, 0b0111, 0b1001, 0b1100)
	if got, want := m.String(), "[123,14,34]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := m.Named([]string{"A", "B", "C", "D"}), "A×B×C, A×D, C×D"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := Independence(3).String(), "[1,2,3]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := Interactions(3, 0b111).String(); got != "[1,2,3]" {
		t.Errorf("the full set was not left out: %s", got)
	}
	if got, want := Interactions(11, 0b11000000000).String(), "[10.11,1,2,3,4,5,6,7,8,9]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Neighbours of a hierarchical model are hierarchical, and adding then
// removing gives the model back.
func TestModelNeighbours(t *testing.T) {
	models := hierarchical(4, 3)
	for _, m := range models {
		for _, s := range m.addable(3) {
			n := m.adding(s)
			if diff := cmp.Diff(Interactions(4, n.terms...).terms, n.terms); diff != "" {
				t.Fatalf("%s plus %b is not hierarchical: %s", m, s, diff)
			}
			if diff := cmp.Diff(m.terms, n.removing(s).terms); diff != "" {
				t.Fatalf("%s plus and minus %b: %s", m, s, diff)
			}
		}
	}
}

func TestGraphCounts(t *testing.T) {
	for p, want := range map[int]int{2: 2, 3: 8, 4: 61, 5: 822} {
		if got := len(decomposable(p)); got != want {
			t.Errorf("%d lists: %d decomposable graphs, want %d", p, got, want)
		}
	}
}

// A graph is chordal exactly if lists can be taken away one by one, each with
// all its remaining neighbours joined.
func TestChordalByElimination(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.IntRange(2, 7).Draw(t, "lists")
		g := emptyGraph(p)
		for i := range p {
			for j := range i {
				if rapid.Bool().Draw(t, "edge") {
					g = g.toggled(i, j)
				}
			}
		}
		terms, ok := g.terms()
		if want := eliminable(g); ok != want {
			t.Fatalf("chordal %v, want %v", ok, want)
		}
		if !ok {
			return
		}
		// Every list is covered once, over the terms that contain it.
		for j := range p {
			n := 0
			for _, s := range terms {
				if s.set.Has(j) {
					n += s.times
				}
			}
			if n != 1 {
				t.Fatalf("list %d counts %d times in %v", j, n, terms)
			}
		}
	})
}

func eliminable(g graph) bool {
	left := Pattern(1)<<len(g.edges) - 1
	for left > 0 {
		gone := false
		for rest := left; rest > 0 && !gone; rest &= rest - 1 {
			v := trailing(rest)
			around := g.edges[v] & left
			joined := true
			for o := around; o > 0; o &= o - 1 {
				u := trailing(o)
				joined = joined && around&^(g.edges[u]|1<<u) == 0
			}
			if joined {
				left &^= 1 << v
				gone = true
			}
		}
		if !gone {
			return false
		}
	}
	return true
}
