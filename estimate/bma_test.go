package estimate

import (
	"context"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// plainScore is the marginal likelihood of a graph as the papers write it:
// Dirichlet integrals of every clique over those of every separator, with the
// unseen put into the table.
func plainScore(t Table, g graph, delta float64, unseen int) float64 {
	p := t.P()
	cells := t.dense()
	cells[0] = float64(unseen)
	integral := func(s Pattern) float64 {
		margin := make(map[Pattern]float64)
		for w, c := range cells {
			margin[Pattern(w)&s] += c
		}
		weight := delta * math.Exp2(float64(p-s.Size()))
		sum := lnGamma(weight*math.Exp2(float64(s.Size()))) - lnGamma(weight*math.Exp2(float64(s.Size()))+float64(t.n+unseen))
		for _, c := range margin {
			sum += lnGamma(weight+c) - lnGamma(weight)
		}
		return sum
	}
	total := lnGamma(float64(t.n+unseen+1)) - lnGamma(float64(unseen+1))
	terms, _ := g.terms()
	for _, x := range terms {
		total += float64(x.times) * integral(x.set)
	}
	return total
}

func TestGraphScoresAgreeWithDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := tables(3, 4).Draw(t, "table")
		graphs := decomposable(table.P())
		delta := rapid.SampledFrom([]float64{0.0625, 0.5, 1}).Draw(t, "delta")
		scores := newGraphScores(table, graphs, newMarginals(table, delta))
		got := make([]float64, len(graphs))
		// Constants common to all graphs and numbers of unseen are left out of
		// the scores, so differences are compared.
		scores.into(got, 0)
		base := got[0] - plainScore(table, graphs[0], delta, 0)
		unseen := rapid.IntRange(0, 100_000).Draw(t, "unseen")
		scores.into(got, float64(unseen))
		for i, g := range graphs {
			want := plainScore(table, g, delta, unseen) + base
			if math.Abs(got[i]-want) > 1e-7*(1+math.Abs(want)) {
				t.Fatalf("graph %v, %d unseen: %v, want %v", g.cliques(), unseen, got[i], want)
			}
		}
	})
}

// The posterior's quantiles, computed from a few hundred evaluations, are
// those of adding up every number one by one.
func TestPosteriorAgreesWithSumming(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := tables(3).Draw(t, "table")
		pool, err := newGraphPool(context.Background(), table, GraphSettings{Delta: 0.125, Grid: 15})
		if err != nil {
			t.Fatal(err)
		}
		post, scores, err := pool.posterior(context.Background(), table)
		if err != nil {
			t.Fatal(err)
		}
		n := 15*table.n + 1
		values := make([]float64, len(scores.graphs))
		logs := make([]float64, n)
		top := math.Inf(-1)
		for x := range logs {
			logs[x] = sumExp(values, scores.into(values, float64(x))) - math.Log(float64(table.n+x))
			top = max(top, logs[x])
		}
		total := 0.0
		for _, l := range logs {
			total += math.Exp(l - top)
		}
		for _, q := range []float64{0.025, 0.5, 0.975} {
			want, sum := 0, 0.0
			for want = range logs {
				if sum += math.Exp(logs[want]-top) / total; sum >= q {
					break
				}
			}
			// A quantile within rounding of a whole number may fall either way.
			if got := post.quantile(q); got != want && math.Abs(post.cdf(min(got, want))-q) > 1e-8 {
				t.Fatalf("quantile %v: %d, want %d", q, got, want)
			}
		}
	})
}

// Wide blocks are summed by quadrature. A discretised log-normal is known.
func TestPosteriorOfWideDensity(t *testing.T) {
	const mu, sigma = 12.5, 0.3
	density := func(x float64) float64 {
		if x < 1 {
			return -1000
		}
		d := (math.Log(x) - mu) / sigma
		return -d*d/2 - math.Log(x)
	}
	post, err := build(context.Background(), density, 0, 20_000_000, math.Inf(-1), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []float64{0.025, 0.5, 0.975} {
		want := math.Exp(mu + sigma*normalQuantile(q))
		if got := float64(post.quantile(q)); math.Abs(got-want) > 2 {
			t.Errorf("quantile %v: %v, want %v", q, got, want)
		}
	}
	if got, want := post.mean(), math.Exp(mu+sigma*sigma/2); math.Abs(got/want-1) > 1e-6 {
		t.Errorf("mean %v, want %v", got, want)
	}
	if len(post.blocks) > 2000 {
		t.Errorf("%d blocks", len(post.blocks))
	}
	if post.humps(0) != 1 {
		t.Errorf("%d humps", post.humps(0))
	}
}

func TestHumps(t *testing.T) {
	two := func(x float64) float64 {
		a := (math.Log(x+1) - 7) / 0.1
		b := (math.Log(x+1) - 8) / 0.2
		return logAdd(-a*a/2, -b*b/2) - math.Log(x+1)
	}
	post, err := build(context.Background(), two, 0, 100_000, math.Inf(-1), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := post.humps(1); got != 2 {
		t.Errorf("%d humps, want 2", got)
	}
}

// A graph that is still rising must not be cut off by the first low point.
func TestGridReachesFarHump(t *testing.T) {
	// A and B share nearly everybody, C hardly anybody with either.
	table := mustTable(t, 3, 0, 5, 5, 200, 300, 1, 1, 1)
	pool, err := newGraphPool(context.Background(), table, GraphSettings{Delta: 0.125})
	if err != nil {
		t.Fatal(err)
	}
	a, err := averageGraphs(context.Background(), table, pool, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	if a.Edge > 1e-9 && a.GridEnd < maxGridFactor*table.n {
		t.Errorf("the grid ended at %d with density %v of the peak", a.GridEnd, a.Edge)
	}
}

// With more lists than can be listed the search must find what listing finds.
func TestGraphSearchFindsTheBest(t *testing.T) {
	s, _ := FindScenario("two-pairs-5")
	table, _ := s.Draw(3, 0)
	all, err := newGraphPool(context.Background(), table, GraphSettings{Delta: 1.0 / 32})
	if err != nil {
		t.Fatal(err)
	}
	found, err := searchGraphs(context.Background(), table, all.set, newMarginals(table, 1.0/32))
	if err != nil {
		t.Fatal(err)
	}
	searched := &graphPool{set: all.set, graphs: found}
	want, err := all.median(context.Background(), table)
	if err != nil {
		t.Fatal(err)
	}
	got, err := searched.median(context.Background(), table)
	if err != nil || math.Abs(got-want) > 1 {
		t.Errorf("median %v by search (%v), %v over all graphs", got, err, want)
	}
}

func TestLnGammaRise(t *testing.T) {
	for _, x := range []float64{1, 15.5, 17, 1e3, 1e7} {
		for _, d := range []float64{-0.9, -0.1, 0, 0.25, 3, 500, 1e6} {
			want := lnGamma(x+d) - lnGamma(x)
			if got := lnGammaRise(x, d); math.Abs(got-want) > 1e-9*(1+math.Abs(lnGamma(x+d))) {
				t.Errorf("rise from %v by %v: %v, want %v", x, d, got, want)
			}
		}
	}
}

func TestGraphsCalibrated(t *testing.T) {
	c, err := CalibrateGraphs(context.Background(), CalibrationPlan{Lists: 3, MostPeople: 400, Populations: 600, Seed: 5, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	if c.P < 1e-3 {
		t.Errorf("the true size does not fall evenly over the posterior: %+v", c)
	}
}
