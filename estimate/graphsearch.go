package estimate

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// searchGraphs looks for the decomposable graphs that matter when there are
// too many to list: a beam that starts from independence, adds or removes one
// edge at a time while the graph stays chordal, and keeps the graphs within
// Occam's window of the best (Madigan and Raftery 1994).
func searchGraphs(ctx context.Context, t Table, set GraphSettings, ms *marginals) ([]graph, error) {
	type rated struct {
		graph graph
		log   float64
	}
	first := emptyGraph(t.P())
	seen := map[string]bool{first.key(): true}
	expanded := make(map[string]bool)
	rate := func(graphs []graph) []rated {
		scores := newGraphScores(t, graphs, ms)
		logs := scores.masses(set.Prior)
		out := make([]rated, len(scores.graphs))
		for i, s := range scores.graphs {
			out[i] = rated{s.graph, logs[i]}
		}
		return out
	}
	all := rate([]graph{first})
	for range graphRounds {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		var fresh []graph
		for _, r := range all[:min(graphBeam, len(all))] {
			if k := r.graph.key(); expanded[k] {
				continue
			} else {
				expanded[k] = true
			}
			fresh = append(fresh, chordalNeighbours(r.graph, seen)...)
		}
		if len(fresh) == 0 {
			break
		}
		all = append(all, rate(fresh)...)
		slices.SortStableFunc(all, func(a, b rated) int { return cmp.Compare(b.log, a.log) })
		cut := min(len(all), graphsKept)
		for cut > 1 && all[cut-1].log < all[0].log-occamWindow {
			cut--
		}
		all = all[:max(cut, min(len(all), graphBeam))]
	}
	out := make([]graph, len(all))
	for i, r := range all {
		out[i] = r.graph
	}
	return out, nil
}

// chordalNeighbours lists the unseen, unsaturated chordal graphs one edge away.
func chordalNeighbours(g graph, seen map[string]bool) []graph {
	var out []graph
	for i := range g.edges {
		for j := range i {
			n := g.toggled(i, j)
			k := n.key()
			if seen[k] || n.saturated() {
				continue
			}
			seen[k] = true
			if _, ok := n.terms(); ok {
				out = append(out, n)
			}
		}
	}
	return out
}

// masses estimates the logarithm of each graph's total posterior mass by the
// trapezium rule on a geometric grid: good enough to rank graphs.
func (gs *graphScores) masses(prior Prior) []float64 {
	logs := make([]float64, len(gs.graphs))
	for i := range logs {
		logs[i] = math.Inf(-1)
	}
	values := make([]float64, len(gs.graphs))
	const factor = 1.15
	for x := 1.0; x < maxGridFactor*gs.n; x = x*factor + 1 {
		gs.into(values, x)
		width := prior.log(gs.n+x) + math.Log(x)
		for i, v := range values {
			logs[i] = logAdd(logs[i], v+width)
		}
	}
	return logs
}
