package estimate

import "math"

// graphScores computes, for a number of unseen people, the logarithm of the
// marginal likelihood of each of a set of decomposable graphs under the
// hyper-Dirichlet prior with weight delta on every cell (Dawid and Lauritzen
// 1993; Madigan and York 1997). Only the empty cell of each marginal table
// depends on the unseen, so everything else is computed once.
type graphScores struct {
	n      float64
	delta  float64
	p      int
	sets   []Pattern // the sets of lists that occur in any graph
	zeros  []float64 // observed people outside the set, plus the prior weight
	graphs []scored
	at     []float64 // working memory: one value for each set
}

// A scored graph refers to its sets by position.
type scored struct {
	graph    graph
	constant float64
	terms    []setTerm
	parts    float64 // connected components
}

type setTerm struct {
	set   int32
	times float64
}

// A marginal is what a set of lists contributes whatever the unseen are.
type marginal struct {
	constant float64
	zero     float64
}

// marginals computes and remembers them; it belongs to one goroutine.
type marginals struct {
	t     Table
	delta float64
	known map[Pattern]marginal
}

func newMarginals(t Table, delta float64) *marginals {
	return &marginals{t: t, delta: delta, known: make(map[Pattern]marginal)}
}

func (ms *marginals) of(s Pattern) marginal {
	if m, ok := ms.known[s]; ok {
		return m
	}
	counts := make(map[Pattern]int)
	for _, c := range ms.t.cells {
		counts[c.Pattern&s] += c.Count
	}
	weight := ms.delta * float64(uint64(1)<<(ms.t.P()-s.Size()))
	var m marginal
	// Summed in a fixed order: a map's would change the last digits.
	for w := s; w > 0; w = (w - 1) & s {
		if c := counts[w]; c > 0 {
			m.constant += lnGammaRise(weight, float64(c))
		}
	}
	m.constant -= lnGamma(weight) // the empty cell's own normalisation
	m.zero = float64(counts[0]) + weight
	ms.known[s] = m
	return m
}

func newGraphScores(t Table, graphs []graph, ms *marginals) *graphScores {
	p := t.P()
	gs := &graphScores{n: float64(t.n), delta: ms.delta, p: p}
	index := make(map[Pattern]int32)
	whole := lnGamma(ms.delta * float64(uint64(1)<<p))
	for _, g := range graphs {
		ts, ok := g.terms()
		if !ok {
			continue
		}
		s := scored{graph: g}
		for _, t := range ts {
			m := ms.of(t.set)
			i, ok := index[t.set]
			if !ok {
				i = int32(len(gs.sets))
				index[t.set] = i
				gs.sets = append(gs.sets, t.set)
				gs.zeros = append(gs.zeros, m.zero)
			}
			times := float64(t.times)
			s.terms = append(s.terms, setTerm{i, times})
			s.parts += times
			s.constant += times * (m.constant + whole)
		}
		gs.graphs = append(gs.graphs, s)
	}
	gs.at = make([]float64, len(gs.sets))
	return gs
}

// into writes each graph's log score at the given number of unseen people,
// without the prior of the population size, and returns the largest.
//
// All gamma functions are taken relative to Γ(unseen+1), which cancels: the
// sets of a graph count once for each connected component, as does the total.
func (gs *graphScores) into(scores []float64, unseen float64) float64 {
	base := unseen + 1
	for i, z := range gs.zeros {
		gs.at[i] = lnGammaRise(base, z-1)
	}
	total := lnGammaRise(base, gs.n-1+gs.delta*float64(uint64(1)<<gs.p))
	common := lnGammaRise(base, gs.n)
	best := math.Inf(-1)
	for i := range gs.graphs {
		g := &gs.graphs[i]
		x := g.constant + common - g.parts*total
		for _, t := range g.terms {
			x += t.times * gs.at[t.set]
		}
		scores[i] = x
		if x > best {
			best = x
		}
	}
	return best
}

// lnGammaRise returns ln Γ(x+d) - ln Γ(x) for x > 0 and x+d > 0, without the
// cancellation that subtracting two large logarithms would bring.
func lnGammaRise(x, d float64) float64 {
	if x < 16 || x+d < 16 {
		return lnGamma(x+d) - lnGamma(x)
	}
	y := x + d
	return (y-0.5)*math.Log1p(d/x) + d*(math.Log(x)-1) + stirling(y) - stirling(x)
}

// stirling is the remainder of Stirling's formula for x of 16 and more.
func stirling(x float64) float64 {
	i := 1 / x
	j := i * i
	return i * (1.0/12 - j*(1.0/360-j*(1.0/1260-j*(1.0/1680-j/1188))))
}
