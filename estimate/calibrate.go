package estimate

import (
	"context"
	"math"

	"asylon/estimate/internal/variate"
)

// A Calibration is the outcome of simulation-based calibration (Talts and
// others 2018): populations are drawn from the prior of a Bayesian method,
// listed by its own model, and estimated. If prior, model and computation fit
// together, the true size falls evenly over the posterior, so Bins are even.
type Calibration struct {
	Populations int     `json:"populations"`
	Bins        []int   `json:"bins"` // how often the true size fell into each part of the posterior
	ChiSquare   float64 `json:"chi_square"`
	// P is the probability of bins this uneven by chance alone.
	P float64 `json:"p"`
}

// calibrationBins leaves an even number of degrees of freedom, for which the
// chi-square tail is a short sum.
const calibrationBins = 21

// calibrate collects where the true sizes fell, as numbers in (0, 1).
func calibrate(positions []float64) Calibration {
	c := Calibration{Populations: len(positions), Bins: make([]int, calibrationBins)}
	for _, u := range positions {
		c.Bins[min(calibrationBins-1, int(u*calibrationBins))]++
	}
	want := float64(len(positions)) / calibrationBins
	for _, n := range c.Bins {
		c.ChiSquare += (float64(n) - want) * (float64(n) - want) / want
	}
	c.P = chiSquareTail(c.ChiSquare, calibrationBins-1)
	return c
}

// chiSquareTail is the upper tail of chi² for an even number of degrees.
func chiSquareTail(x float64, even int) float64 {
	term, sum := 1.0, 1.0
	for i := 1; i < even/2; i++ {
		term *= x / 2 / float64(i)
		sum += term
	}
	return math.Exp(-x/2) * sum
}

// A CalibrationPlan says what to draw.
type CalibrationPlan struct {
	Lists       int    // in each population
	MostPeople  int    // sizes are drawn from 1/N up to here
	Populations int    // how many
	Seed        uint64 // of everything
	Workers     int
}

// CalibrateGraphs calibrates averaging over decomposable graphs. Its errors
// are those of the context.
func CalibrateGraphs(ctx context.Context, plan CalibrationPlan) (Calibration, error) {
	var graphs []graph
	for _, g := range decomposable(plan.Lists) {
		if !g.saturated() {
			graphs = append(graphs, g)
		}
	}
	const delta = 0.25 // per cell: tables that are neither empty nor even
	positions := make([]float64, plan.Populations)
	err := parallel(ctx, plan.Workers, plan.Populations, func(_, i int) error {
		rnd := variate.NewStream(plan.Seed, streamCalibrate+uint64(i))
		var t Table
		size, ok := 0, false
		for !ok {
			size = drawSize(plan.MostPeople, rnd)
			g := graphs[rnd.Intn(len(graphs))]
			t, ok = drawTable(plan.Lists, size, g.drawCells(delta, rnd), rnd)
		}
		set := GraphSettings{Delta: delta}
		scores := newGraphScores(t, graphs, newMarginals(t, delta))
		values := make([]float64, len(graphs))
		density := func(unseen float64) float64 {
			return sumExp(values, scores.into(values, unseen)) + set.Prior.log(float64(t.n)+unseen)
		}
		post, err := build(ctx, density, 0, plan.MostPeople-t.n, math.Inf(-1), nil)
		if err != nil {
			return err
		}
		below, upTo := post.cdf(size-t.n-1), post.cdf(size-t.n)
		positions[i] = below + rnd.Uniform()*(upTo-below)
		return nil
	})
	return calibrate(positions), err
}

// CalibrateLatent calibrates the latent class sampler; steps of each chain are
// spent on every population. Its errors are those of the context.
func CalibrateLatent(ctx context.Context, plan CalibrationPlan, classes, steps int) (Calibration, error) {
	set := LatentSettings{Classes: classes}.withDefaults(plan.Lists)
	positions := make([]float64, plan.Populations)
	err := parallel(ctx, plan.Workers, plan.Populations, func(_, i int) error {
		rnd := variate.NewStream(plan.Seed, streamCalibrate+uint64(i))
		var t Table
		size, ok := 0, false
		for !ok {
			size = drawSize(plan.MostPeople, rnd)
			t, ok = drawTable(plan.Lists, size, drawClasses(plan.Lists, set, rnd), rnd)
		}
		s := newLatentSampler(t, set, rnd, float64(plan.MostPeople-t.n))
		below, same, kept := 0, 0, 0
		for step := range steps + steps/4 {
			if step%chainBlock == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			s.step()
			if step == min(firstSteps, steps/8) {
				s.sortClasses()
			}
			if step < steps/4 {
				continue
			}
			kept++
			switch n := t.n + s.unseen; {
			case n < size:
				below++
			case n == size:
				same++
			}
		}
		positions[i] = (float64(below) + rnd.Uniform()*float64(same)) / float64(kept)
		return nil
	})
	return calibrate(positions), err
}

// drawSize draws a size with probability proportional to 1/N.
func drawSize(most int, rnd *variate.Stream) int {
	for {
		// N = ⌊e^u⌋ has probability ln(1+1/N), a little less than 1/N.
		n := int(math.Exp(rnd.Uniform() * math.Log(float64(most)+1)))
		if n >= 1 && n <= most && rnd.Uniform() < 1/(float64(n)*math.Log1p(1/float64(n)))*math.Ln2 {
			return n
		}
	}
}

// drawTable lists a population of the given size; false when nobody is found.
func drawTable(p, size int, cells []float64, rnd *variate.Stream) (Table, bool) {
	picks := make([]int, len(cells))
	rnd.Multinomial(size, cells, picks)
	counts := make(map[Pattern]int)
	for w, n := range picks[1:] {
		counts[Pattern(w+1)] = n
	}
	return Table{}.remade(make([]string, p), counts)
}

// drawCells draws cell probabilities from the hyper-Dirichlet prior of the
// graph: along a perfect elimination order, each list given its earlier
// neighbours.
func (g graph) drawCells(delta float64, rnd *variate.Stream) []float64 {
	p := len(g.edges)
	cells := make([]float64, 1<<p)
	for w := range cells {
		cells[w] = 1
	}
	for _, v := range g.order() {
		weight := delta * float64(uint64(1)<<(p-v.earlier.Size()-1))
		on := make(map[Pattern]float64)
		for w := range cells {
			given := Pattern(w) & v.earlier
			q, ok := on[given]
			if !ok {
				q = rnd.Beta(weight, weight)
				on[given] = q
			}
			if w>>v.list&1 == 0 {
				q = 1 - q
			}
			cells[w] *= q
		}
	}
	return cells
}

// drawClasses draws cell probabilities from the prior of the latent classes.
func drawClasses(p int, set LatentSettings, rnd *variate.Stream) []float64 {
	alpha := max(1e-9, math.Exp(rnd.LogGamma(set.Shape))/set.Rate)
	cells := make([]float64, 1<<p)
	left := 0.0
	for c := range set.Classes {
		weight := math.Exp(left)
		if c < set.Classes-1 {
			rest := math.Log(rnd.Uniform()) / alpha
			weight *= -math.Expm1(rest)
			left += rest
		}
		on := make([]float64, p)
		for j := range on {
			on[j] = rnd.Uniform()
		}
		for w := range cells {
			x := weight
			for j, q := range on {
				if w>>j&1 == 1 {
					x *= q
				} else {
					x *= 1 - q
				}
			}
			cells[w] += x
		}
	}
	return cells
}
