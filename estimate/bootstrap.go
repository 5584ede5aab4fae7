package estimate

import (
	"context"

	"asylon/estimate/internal/variate"
)

// A selector chooses a model for the table loaded in its fitter and fits it.
// It belongs to one goroutine.
type selector interface {
	choose() (Fit, error)
	load(counts []float64)
}

// stepwiseSelector repeats the stepwise selection.
type stepwiseSelector struct {
	*fitter
	cache     *existenceCache
	threshold float64
}

func (s *stepwiseSelector) choose() (Fit, error) { return s.stepwise(s.cache, s.threshold) }

// criterionSelector repeats the choice among the models that did best on the
// real table: refitting thousands that never win would only cost time.
type criterionSelector struct {
	*fitter
	cache *existenceCache
	crit  Criterion
	tops  []candidate
	fits  []Fit
}

// A candidate is a model with the effects it had on the real table, from
// which fits to resampled tables start.
type candidate struct {
	model Model
	key   string
	warm  []float64
}

// candidates prepares the ranked models of a search for reuse.
func candidates(t Table, ranked []Fit) []candidate {
	f := newFitter(t.P())
	f.load(t.dense())
	out := make([]candidate, 0, len(ranked))
	for _, r := range ranked {
		c := candidate{model: r.Model, key: r.Model.key()}
		if fit, err := f.fit(r.Model, nil); err == nil && fit.Empty == 0 {
			c.warm = append([]float64{}, f.theta...)
		}
		out = append(out, c)
	}
	return out
}

func (s *criterionSelector) choose() (Fit, error) {
	s.fits = s.fits[:0]
	for i := range s.tops {
		fit, err := s.fit(s.tops[i].model, s.tops[i].warm)
		if err != nil {
			fit = Fit{}
		}
		s.fits = append(s.fits, fit)
	}
	for {
		best := -1
		for i, fit := range s.fits {
			if fit.Params > 0 && (best < 0 || compareFits(fit, s.fits[best], s.crit) < 0) {
				best = i
			}
		}
		if best < 0 {
			return Fit{}, errNoEstimate
		}
		if s.cache.check(s.fitter, s.tops[best].model, s.tops[best].key).OK() {
			return s.fits[best], nil
		}
		s.fits[best].Params = 0
	}
}

// A resampling is the outcome of bootstrap and jackknife.
type resampling struct {
	draws []float64 // estimates, in the order of the draws
	jack  []jackknifed
	// broken is the share of draws on which the model chosen for the real
	// table does not exist: how close that table is to having no answer.
	broken   float64
	interval bootstrapInterval
}

// A resampler is what one worker needs to redo the choice on other tables.
type resampler struct {
	selector selector
	counts   []float64
	picks    []int
	probe    *fitter
	cache    *existenceCache
}

func newResampler(t Table, s selector) *resampler {
	return &resampler{
		selector: s, counts: make([]float64, 1<<t.P()), picks: make([]int, len(t.cells)),
		probe: newFitter(t.P()), cache: newExistenceCache(t.P()),
	}
}

// draw fills in a resampled table; jackknife one with a person removed.
func (r *resampler) draw(t Table, weights []float64, rnd *variate.Stream) {
	clear(r.counts)
	clear(r.picks)
	rnd.Multinomial(t.n, weights, r.picks)
	for c, k := range r.picks {
		r.counts[t.cells[c].Pattern] = float64(k)
	}
}

func (r *resampler) jackknife(t Table, i int) {
	clear(r.counts)
	for _, c := range t.cells {
		r.counts[c.Pattern] = float64(c.Count)
	}
	r.counts[t.cells[i].Pattern]--
}

// resample draws tables of the same size from the observed patterns, repeats
// the selection on each, and does the same with one person of each pattern
// removed. Draw i depends on the seed and i only.
func resample(ctx context.Context, t Table, chosen Fit, set Settings, task *task, newSelector func() selector) (resampling, error) {
	weights := make([]float64, len(t.cells))
	for i, c := range t.cells {
		weights[i] = float64(c.Count)
	}
	total := set.Bootstrap + len(t.cells)
	task.begin(total)
	values := make([]float64, total)
	ok, broken := make([]bool, total), make([]bool, total)
	workers := make([]*resampler, set.Workers)
	key := chosen.Model.key()
	err := spread(ctx, set.Workers, total, 4, func(worker, i int) error {
		r := workers[worker]
		if r == nil {
			r = newResampler(t, newSelector())
			workers[worker] = r
		}
		if i < set.Bootstrap {
			r.draw(t, weights, variate.NewStream(set.Seed, streamBootstrap+uint64(i)))
		} else {
			r.jackknife(t, i-set.Bootstrap)
		}
		r.probe.load(r.counts)
		broken[i] = !r.cache.check(r.probe, chosen.Model, key).OK()
		r.selector.load(r.counts)
		fit, err := r.selector.choose()
		values[i], ok[i] = fit.N, err == nil
		task.step(1)
		return nil
	})
	if err != nil {
		return resampling{}, err
	}
	return summarise(t, chosen, set, values, ok, broken), nil
}

func summarise(t Table, chosen Fit, set Settings, values []float64, ok, broken []bool) resampling {
	var r resampling
	count := 0
	for i := range set.Bootstrap {
		if ok[i] {
			r.draws = append(r.draws, values[i])
		}
		if broken[i] {
			count++
		}
	}
	r.broken = float64(count) / float64(max(1, set.Bootstrap))
	for i, c := range t.cells {
		if at := set.Bootstrap + i; ok[at] {
			r.jack = append(r.jack, jackknifed{c.Pattern, float64(c.Count), values[at]})
		}
	}
	if len(r.draws) > 0 {
		sorted := append([]float64{}, r.draws...)
		r.interval = bcaInterval(sorted, chosen.N, r.jack, set.Level)
	}
	return r
}
