package estimate

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// A Criterion ranks models by fit and simplicity.
type Criterion string

// The criteria: Schwarz's and Akaike's.
const (
	BIC Criterion = "bic"
	AIC Criterion = "aic"
)

func (c Criterion) of(f Fit) float64 {
	if c == AIC {
		return f.AIC
	}
	return f.BIC
}

// Bounds of the search. Every hierarchical model is tried up to five lists
// (6,893); above, a beam of the best models is widened by one effect at a time.
const (
	exhaustiveLists = 5
	beamWidth       = 24   // models widened in one round, at most
	beamFits        = 6000 // fits after which a bounded search stops widening,
	beamFitsMany    = 3000 // and from eight lists on, where a fit costs most
	beamOrder       = 3    // largest set of lists tried above exhaustiveLists
)

// A search is what remains of a model search: candidates with their fits, best
// first, all of them existing and identifiable.
type search struct {
	ranked  []Fit
	tried   int
	bounded bool // not every model was tried
}

// searchModels fits hierarchical models of sets of at most order lists and
// returns the best keep of them by the criterion.
//
// Whether a model exists is asked only of those that would be kept: a fit that
// does not exist either fails to settle or settles on the supremum of its
// likelihood, so it can only rank too well, never hide a better model.
func searchModels(ctx context.Context, t Table, order int, crit Criterion, keep, workers int) (search, error) {
	p := t.P()
	if p > exhaustiveLists {
		return beamSearch(ctx, t, min(order, beamOrder), crit, keep, workers)
	}
	models := hierarchical(p, order)
	fits, err := fitAll(ctx, t, models, workers)
	if err != nil {
		return search{}, err
	}
	return search{ranked: existing(t, fits, crit, keep), tried: len(models)}, nil
}

// fitAll fits the models; those that fail have no parameters in the result.
func fitAll(ctx context.Context, t Table, models []Model, workers int) ([]Fit, error) {
	fits := make([]Fit, len(models))
	counts := t.dense()
	fitters := make([]*fitter, workers)
	err := spread(ctx, workers, len(models), 64, func(worker, i int) error {
		f := fitters[worker]
		if f == nil {
			f = newFitter(t.P())
			f.load(counts)
			fitters[worker] = f
		}
		// A failed fit is a model out of the running, not an error.
		fits[i], _ = f.fit(models[i], nil)
		return nil
	})
	return fits, err
}

// existing ranks the fits and returns the first keep that pass the test.
func existing(t Table, fits []Fit, crit Criterion, keep int) []Fit {
	fits = slices.DeleteFunc(fits, func(f Fit) bool { return f.Params == 0 })
	slices.SortStableFunc(fits, func(a, b Fit) int { return compareFits(a, b, crit) })
	var out []Fit
	for _, f := range fits {
		if len(out) == keep {
			break
		}
		if CheckExistence(t, f.Model).OK() {
			out = append(out, f)
		}
	}
	return out
}

// compareFits orders by the criterion; equal fits by simplicity, then by the
// estimate, then by a fixed order, so that the choice never depends on how the
// search went. Rounding keeps the last digits from deciding between models
// that symmetry makes equal.
func compareFits(a, b Fit, crit Criterion) int {
	return cmp.Or(
		cmp.Compare(math.Round(1e7*crit.of(a)), math.Round(1e7*crit.of(b))),
		cmp.Compare(a.Params, b.Params),
		cmp.Compare(math.Round(1e4*a.N), math.Round(1e4*b.N)),
		slices.Compare(a.Model.terms, b.Model.terms))
}

// beamSearch starts from independence and widens the best models by adding or
// removing one effect until nothing better turns up.
func beamSearch(ctx context.Context, t Table, order int, crit Criterion, keep, workers int) (search, error) {
	first := Independence(t.P())
	fits, err := fitAll(ctx, t, []Model{first}, workers)
	if err != nil {
		return search{}, err
	}
	seen := map[string]bool{first.key(): true}
	expanded := make(map[string]bool)
	all := existing(t, fits, crit, 1)
	tried := 1
	limit := beamFits
	if t.P() >= 8 {
		limit = beamFitsMany
	}
	// With many lists a model has many neighbours; a narrower beam then goes
	// further for the same number of fits.
	width := max(3, min(beamWidth, limit/(4*t.P()*(t.P()-1))))
	for tried < limit {
		var fresh []Model
		for _, f := range all[:min(width, len(all))] {
			if k := f.Model.key(); !expanded[k] {
				expanded[k] = true
				fresh = append(fresh, neighbours(t, f.Model, order, seen)...)
			}
		}
		if len(fresh) == 0 {
			break
		}
		tried += len(fresh)
		more, err := fitAll(ctx, t, fresh, workers)
		if err != nil {
			return search{}, err
		}
		all = existing(t, append(all, more...), crit, max(keep, beamWidth))
	}
	return search{ranked: all[:min(keep, len(all))], tried: tried, bounded: true}, nil
}

// neighbours lists the models one effect away that have not been seen. Sets of
// three lists that share nobody are not worth an effect of their own.
func neighbours(t Table, m Model, order int, seen map[string]bool) []Model {
	var out []Model
	add := func(n Model) {
		if k := n.key(); !seen[k] {
			seen[k] = true
			out = append(out, n)
		}
	}
	for _, s := range m.addable(order) {
		if s.Size() == 2 || t.On(s) > 0 {
			add(m.adding(s))
		}
	}
	for _, s := range m.Generators() {
		if s.Size() >= 2 {
			add(m.removing(s))
		}
	}
	return out
}
