package linkage

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"sort"
)

// Fields of two people do not agree independently: who shares a town mostly
// shares the beginning of the postcode, and "Sir" goes with "Baronet". A model
// that ignores it takes such agreement for twice the evidence it is, and ends
// by calling neighbours one person. So for every field pairs are drawn that
// agree on it, to see how the other fields then agree; the strongest of these
// dependences form a forest (after Chow and Liu, 1968) in which a field's
// chance agreement is taken given that its parent agrees.

// A stratum is a sample of pairs that agree exactly in one field.
type stratum struct {
	patterns []tallySlot
	weights  []float64 // chance that each is of two people
}

// An edge makes the chance agreement of a field depend on its parent's.
type edge struct {
	parent int
	// given is u of the field's levels where the parent agrees exactly, by the
	// rarity of the parent's value.
	given [3][]float64
}

const (
	mostStratum = 20_000 // pairs drawn, for long lists
	fewestPairs = 3_000  // for short ones
	// leastStratum is how many pairs of two people a stratum must hold to
	// show anything.
	leastStratum = 100
	// leastStrangers is the share of its pairs that must be of two people.
	leastStrangers = 0.5
	// leastDivergence, in bits, is the difference from independence that
	// counts; sampling alone makes a hundredth of a bit.
	leastDivergence = 0.03
	// pseudoPairs is how many pairs the assumption of independence is worth.
	pseudoPairs = 20
)

// samples are what is drawn at random to see how two people agree.
type samples struct {
	chance [][]float64 // random pairs at each level, by field
	strata []*stratum  // by field
}

func (d *data) samples(fields []*field, seed uint64, workers int) *samples {
	return &samples{d.chance(fields, seed, workers), d.strata(fields, seed, workers)}
}

// strata draws the samples, one for each field. They depend on the seed alone.
func (d *data) strata(fields []*field, seed uint64, workers int) []*stratum {
	var list []chunk
	for i := range fields {
		list = append(list, chunk{rule: i})
	}
	n := min(mostStratum, max(fewestPairs, d.rows/2))
	out := make([]*stratum, 0, len(fields))
	comparers := make([]*comparer, max(1, workers))
	work(list, workers, func(w int, c chunk) *stratum {
		if comparers[w] == nil {
			comparers[w] = d.newComparer(fields)
		}
		t := newTally()
		d.drawEqual(fields[c.rule], n, rand.New(rand.NewPCG(seed, uint64(c.rule)+1<<32)), func(a, b uint32) {
			t.add(comparers[w].pattern(a, b), 1)
		})
		s := &stratum{patterns: t.list()}
		s.weights = make([]float64, len(s.patterns))
		return s
	}, func(s *stratum) { out = append(out, s) })
	return out
}

// drawEqual calls g for up to n random pairs of rows with equal values in f.
func (d *data) drawEqual(f *field, n int, rng *rand.Rand, g func(a, b uint32)) {
	if f.names != nil {
		d.soundGroups(f).draw(d, f, n, rng, func(a, b uint32, _ float64) { g(a, b) })
		return
	}
	// Units by value, and by cumulated number of pairs.
	order := make([]uint32, 0, d.units)
	for u, id := range f.ids {
		if id != 0 {
			order = append(order, uint32(u))
		}
	}
	slices.SortFunc(order, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(f.ids[a], f.ids[b]), cmp.Compare(a, b))
	})
	type run struct {
		from, to int
		pairs    float64 // up to and with this run
	}
	var list []run
	total := 0.0
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && f.ids[order[to]] == f.ids[order[from]] {
			to++
		}
		if c := float64(to - from); c > 1 {
			total += c * (c - 1)
			list = append(list, run{from, to, total})
		}
		from = to
	}
	if total == 0 {
		return
	}
	for range n {
		x := rng.Float64() * total
		r := list[min(sort.Search(len(list), func(i int) bool { return list[i].pairs > x }), len(list)-1)]
		i, j := r.from+rng.IntN(r.to-r.from), r.from+rng.IntN(r.to-r.from)
		if i != j && d.may(order[i], order[j]) {
			g(order[i], order[j])
		}
	}
}

// weigh asks the model how likely each pair of the stratum is of two people.
func (s *stratum) weigh(md *model) (total float64) {
	for k, p := range s.patterns {
		s.weights[k] = p.count / (1 + md.odds(p.pattern))
		total += s.weights[k]
	}
	return total
}

func (s *stratum) total() float64 {
	n := 0.0
	for _, p := range s.patterns {
		n += p.count
	}
	return n
}

// given estimates u of a field's levels where the stratum's field agrees, by
// rarity of the agreeing value, and how far it is from independence: the
// divergence in bits, weighed by the chance of the agreement.
func (s *stratum) given(md *model, parent, child int) (given [3][]float64, divergence float64) {
	var count [3][]float64
	levels := len(md.fields[child].levels)
	for b := range count {
		count[b] = make([]float64, levels)
	}
	for k, p := range s.patterns {
		l := p.pattern.level(child)
		if b := md.fields[parent].rarityOf(p.pattern.level(parent)); b >= 0 && l > 0 {
			count[b][l] += s.weights[k]
		}
	}
	for b, exact := range md.fields[parent].exactLevels() {
		sum := 0.0
		for _, n := range count[b] {
			sum += n
		}
		given[b] = make([]float64, levels)
		for l := 1; l < levels; l++ {
			u := md.u[child][l]
			given[b][l] = (count[b][l] + pseudoPairs*u) / (sum + pseudoPairs)
			if sum >= leastStratum && count[b][l] > 0 {
				divergence += md.u[parent][exact] * given[b][l] * math.Log2(given[b][l]/u)
			}
		}
	}
	return given, divergence
}

// depend chooses the edges: the strongest first, at most one parent a field,
// no circles.
func (md *model) depend(strata []*stratum) {
	type arc struct {
		parent, child int
		divergence    float64
		given         [3][]float64
	}
	var arcs []arc
	for i, s := range strata {
		// Where most pairs that agree are of one person, as with a number of
		// one's own, there is nothing to learn about two.
		if w := s.weigh(md); w < leastStratum || w < leastStrangers*s.total() {
			continue
		}
		chance := 0.0
		for _, l := range md.fields[i].exactLevels() {
			chance += md.u[i][l]
		}
		for j := range md.fields {
			if j == i {
				continue
			}
			if given, v := s.given(md, i, j); v >= leastDivergence*chance {
				arcs = append(arcs, arc{i, j, v, given})
			}
		}
	}
	slices.SortStableFunc(arcs, func(a, b arc) int { return cmp.Compare(b.divergence, a.divergence) })
	for _, a := range arcs {
		if md.edges[a.child] == nil && !md.above(a.parent, a.child) {
			md.edges[a.child] = &edge{parent: a.parent, given: a.given}
		}
	}
}

// above says whether field x is an ancestor of y, or y itself.
func (md *model) above(y, x int) bool {
	for y != x {
		if md.edges[y] == nil {
			return false
		}
		y = md.edges[y].parent
	}
	return true
}

// condition asks the model about all strata and estimates the edges anew.
func (md *model) condition(strata []*stratum) {
	for _, s := range strata {
		s.weigh(md)
	}
	for j, e := range md.edges {
		if e != nil {
			e.given, _ = strata[e.parent].given(md, e.parent, j)
		}
	}
}

// sample returns up to n units, drawn by rows.
func (d *data) sample(n int, seed uint64) []uint32 {
	if d.rows <= n {
		return d.unitOf
	}
	rng := rand.New(rand.NewPCG(seed, 0x5a))
	rows := make([]uint32, 0, n)
	for i, u := range d.unitOf {
		// Selection sampling (Knuth, algorithm S) keeps the order.
		if rng.IntN(d.rows-i) < n-len(rows) {
			rows = append(rows, u)
		}
	}
	return rows
}
