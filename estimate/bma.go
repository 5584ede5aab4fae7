package estimate

import (
	"context"
	"math"
	"slices"
)

// A Prior is what is believed about the population size before the lists.
// The zero value is 1/N, the usual expression of ignorance; a positive Shape
// asks for the gamma-Poisson prior of Madigan and York (1997) with that shape
// and scale, whose mean is their product.
type Prior struct {
	Shape float64 `json:"shape,omitempty"`
	Scale float64 `json:"scale,omitempty"`
}

func (p Prior) log(total float64) float64 {
	if p.Shape <= 0 {
		return -math.Log(total)
	}
	return lnGamma(total+p.Shape) - lnGamma(total+1) -
		total*math.Log1p(1/p.Scale) // constants cancel
}

// GraphSettings steer averaging over decomposable graphs. The zero value is
// the recommended one.
type GraphSettings struct {
	// Delta is the prior weight of each cell; zero means 2^-p. Heavier priors
	// prefer the saturated graph and pull the estimate towards the observed.
	Delta float64 `json:"delta"`
	// Grid fixes the largest number of unseen people, as a multiple of the
	// people observed; zero extends it until the rest is negligible.
	Grid float64 `json:"grid,omitempty"`
	// Saturated lets the graph that joins all lists take part. It says nothing
	// about the unseen, and with it the average drifts to "nobody".
	Saturated bool  `json:"saturated,omitempty"`
	Prior     Prior `json:"prior"`
}

// Bounds of graph averaging.
const (
	maxGridFactor   = 1000 // how far the grid is extended, in people observed
	enumeratedLists = 6    // all graphs up to here (18,154); a search above
	graphBeam       = 24
	graphRounds     = 40
	graphsKept      = 4000
	occamWindow     = 16 // graphs e^-16 times as likely as the best are left out
	pruneWindow     = 7  // and e^-7 times as likely, in sensitivity runs
	shareQuantiles  = 200
)

// GraphAverage is the outcome of averaging over graphs.
type GraphAverage struct {
	Median, Low, High int
	Mean              float64
	Mode              int
	Graphs            int  // graphs averaged over
	Bounded           bool // found by a search, not all
	Top               []GraphShare
	Saturated         float64 // share of the saturated graph, when it took part
	Edge              float64 // density at the grid's end relative to its peak
	GridEnd           int     // largest population on the grid
	Humps             int     // separate tops of the posterior
}

// A GraphShare is a graph, as its cliques, with its posterior probability.
type GraphShare struct {
	Graph   string  `json:"graph"`
	Share   float64 `json:"share"`
	cliques []Pattern
}

// averageGraphs computes the posterior of the population size under every
// decomposable graph, weighted by how well each explains the table.
func averageGraphs(ctx context.Context, t Table, pool *graphPool, level float64) (GraphAverage, error) {
	post, scores, err := pool.posterior(ctx, t)
	if err != nil {
		return GraphAverage{}, err
	}
	n := t.n
	tail := (1 - level) / 2
	out := GraphAverage{
		Median: n + post.quantile(0.5), Low: n + post.quantile(tail), High: n + post.quantile(1-tail),
		Mean: float64(n) + post.mean(), Mode: n + post.mode,
		Graphs: len(scores.graphs), Bounded: pool.bounded,
		Edge: post.edge, GridEnd: n + post.blocks[len(post.blocks)-1].to, Humps: post.humps(float64(n)),
	}
	out.Top, out.Saturated = scores.shares(post)
	return out, nil
}

// A graphPool is a set of graphs to average over, with what was learned about
// them: sensitivity runs look at slightly different tables, for which the
// graphs that did not matter still do not.
type graphPool struct {
	set     GraphSettings
	graphs  []graph
	bounded bool
}

// newGraphPool lists the graphs for a table, or searches for them when there
// are too many.
func newGraphPool(ctx context.Context, t Table, set GraphSettings) (*graphPool, error) {
	pool := &graphPool{set: set, bounded: t.P() > enumeratedLists}
	if pool.bounded {
		var err error
		if pool.graphs, err = searchGraphs(ctx, t, set, newMarginals(t, set.Delta)); err != nil {
			return nil, err
		}
	} else {
		pool.graphs = decomposable(t.P())
	}
	if !set.Saturated {
		pool.graphs = slices.DeleteFunc(pool.graphs, graph.saturated)
	}
	return pool, nil
}

// posterior averages over the pool.
func (g *graphPool) posterior(ctx context.Context, t Table) (*posterior, *graphScores, error) {
	scores := newGraphScores(t, g.graphs, newMarginals(t, g.set.Delta))
	post, err := scores.posterior(ctx, g.set)
	return post, scores, err
}

// pruned returns the pool without the graphs that hold no mass to speak of.
func (g *graphPool) pruned(t Table) *graphPool {
	scores := newGraphScores(t, g.graphs, newMarginals(t, g.set.Delta))
	logs := scores.masses(g.set.Prior)
	best := slices.Max(logs)
	out := &graphPool{set: g.set, bounded: g.bounded}
	for i, s := range scores.graphs {
		if logs[i] > best-pruneWindow {
			out.graphs = append(out.graphs, s.graph)
		}
	}
	return out
}

// median returns the middle of the population size for a table.
func (g *graphPool) median(ctx context.Context, t Table) (float64, error) {
	post, _, err := g.posterior(ctx, t)
	if err != nil {
		return 0, err
	}
	return float64(t.n + post.quantile(0.5)), nil
}

// posterior sums the graphs' scores over the grid.
func (gs *graphScores) posterior(ctx context.Context, set GraphSettings) (*posterior, error) {
	values := make([]float64, len(gs.graphs))
	density := func(unseen float64) float64 {
		best := gs.into(values, unseen)
		return sumExp(values, best) + set.Prior.log(gs.n+unseen)
	}
	guess := gs.highest(set.Prior)
	if set.Grid > 0 {
		return build(ctx, density, 0, int(set.Grid*gs.n), guess, nil)
	}
	limit := int(maxGridFactor * gs.n)
	return build(ctx, density, 0, limit, guess, func(p *posterior, at int) bool {
		x := float64(at)
		// What is left is about density × distance when the tail falls like a
		// power; ask for a billionth of the total.
		if p.edge+p.peak+math.Log1p(x) > p.log-math.Log(1e9) {
			return false
		}
		return !gs.rises(x, float64(limit), p.peak, set.Prior)
	})
}

// highest returns about the largest log density: the best point of a geometric
// grid, and for each graph the top near its own best point, which in large
// tables is too narrow for the grid.
func (gs *graphScores) highest(prior Prior) float64 {
	const factor = 1.25
	values, best, where := make([]float64, len(gs.graphs)), make([]float64, len(gs.graphs)), make([]float64, len(gs.graphs))
	for i := range best {
		best[i] = math.Inf(-1)
	}
	for x := 1.0; x < maxGridFactor*gs.n; x *= factor {
		gs.into(values, x)
		p := prior.log(gs.n + x)
		for i, v := range values {
			if v+p > best[i] {
				best[i], where[i] = v+p, x
			}
		}
	}
	highest := slices.Max(best)
	if gs.n < narrowPeople {
		return highest
	}
	for i, x := range where {
		one := gs.only(i)
		var value [1]float64
		top, _ := climb(func(u float64) float64 {
			x := math.Exp(u)
			return one.into(value[:], x) + prior.log(gs.n+x)
		}, math.Log(x/factor), math.Log(x*factor), 1e-7)
		highest = max(highest, top)
	}
	return highest
}

// narrowPeople is the size of a table from which a posterior can be narrow
// beside the steps of the geometric grid.
const narrowPeople = 10_000

// only returns the scores of one of the graphs.
func (gs *graphScores) only(i int) *graphScores {
	return &graphScores{n: gs.n, delta: gs.delta, p: gs.p, sets: gs.sets, zeros: gs.zeros, graphs: gs.graphs[i : i+1], at: gs.at}
}

// sumExp returns the logarithm of the sum of exponentials, given the largest.
func sumExp(values []float64, best float64) float64 {
	sum := 0.0
	for _, v := range values {
		if d := v - best; d > -negligibleLog {
			sum += math.Exp(d)
		}
	}
	return best + math.Log(sum)
}

// rises reports whether some graph, still rising at x, will matter before the
// limit: the far hump that stopping at the first low point would miss.
func (gs *graphScores) rises(x, limit, peak float64, prior Prior) bool {
	here, there := make([]float64, len(gs.graphs)), make([]float64, len(gs.graphs))
	gs.into(here, x)
	gs.into(there, x*1.01+1)
	for i := range gs.graphs {
		if there[i] <= here[i] {
			continue
		}
		one := gs.only(i)
		var value [1]float64
		for far := x * 1.1; far < limit*1.1; far *= 1.1 {
			now := one.into(value[:], far) + prior.log(gs.n+far)
			if now > peak-negligibleLog/2 {
				return true
			}
		}
	}
	return false
}

// shares averages each graph's share of the density over equally probable
// population sizes, and returns the leading graphs and the saturated one's.
func (gs *graphScores) shares(p *posterior) ([]GraphShare, float64) {
	sums := make([]float64, len(gs.graphs))
	values := make([]float64, len(gs.graphs))
	for i := range shareQuantiles {
		x := p.quantile((float64(i) + 0.5) / shareQuantiles)
		total := sumExp(values, gs.into(values, float64(x)))
		for g, v := range values {
			sums[g] += math.Exp(v-total) / shareQuantiles
		}
	}
	order := make([]int, len(sums))
	saturated := 0.0
	for i := range order {
		order[i] = i
		if gs.graphs[i].graph.saturated() {
			saturated = sums[i]
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case sums[a] > sums[b]:
			return -1
		case sums[a] < sums[b]:
			return 1
		}
		return 0
	})
	var top []GraphShare
	for _, i := range order[:min(5, len(order))] {
		cliques := gs.graphs[i].graph.cliques()
		top = append(top, GraphShare{cliqueNames(gs.p, cliques), sums[i], cliques})
	}
	return top, saturated
}
