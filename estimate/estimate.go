package estimate

import (
	"context"
	"math"
	"slices"
)

// Estimate answers how many people there are, by the method of the settings,
// or refuses. The result is complete even then: it says why, and what the
// single methods would have said.
//
// Errors are those of the settings (*InputError) and of the context; a table
// that allows no estimate is a refusal, not an error. For the same table,
// settings and seed the result is the same, whatever the number of workers and
// however the lists are arranged.
func Estimate(ctx context.Context, t Table, set Settings) (Result, error) {
	used, places := t.usedLists()
	set, err := set.check(t, used)
	if err != nil {
		return Result{}, err
	}
	res := Result{
		N: t.n, Lists: t.Lists(), Overlap: t.Overlap(), Method: set.Method, Level: set.Level,
		Estimate: Missing(), Low: Missing(), High: Missing(), Settings: set,
	}
	table, order := used.canonical()
	r := &run{t: table, set: set}
	for j, name := range t.lists {
		if !slices.Contains(places, j) {
			res.warn(Message{Key: keyListEmpty, Args: args{"list": name}})
		}
	}
	switch {
	case used.P() < MinLists:
		res.refuse(Message{Key: keyListsOne, Args: args{"n": number(t.n)}})
	case set.Method == MethodEnvelope:
		err = r.envelope(ctx, &res)
	default:
		err = r.single(ctx, &res)
	}
	if err != nil {
		return Result{}, err
	}
	// Back from the canonical order of the used lists to the caller's.
	for i, j := range order {
		order[i] = places[j]
	}
	for i := range res.Families {
		res.Families[i].restore(t, order)
	}
	slices.SortStableFunc(res.Pairs, func(a, b PairLean) int { return slices.Compare(listPlaces(t, a), listPlaces(t, b)) })
	for i := range res.Pairs {
		if p := listPlaces(t, res.Pairs[i]); p[0] > p[1] {
			l := &res.Pairs[i].Lists
			l[0], l[1] = l[1], l[0]
		}
	}
	if s := res.Sensitivity; s != nil {
		slices.SortStableFunc(s.DropList, func(a, b DropList) int {
			return slices.Index(t.lists, a.List) - slices.Index(t.lists, b.List)
		})
	}
	res.finish()
	return res, nil
}

// single runs one method. It is refused only when the method itself has no
// answer; whatever would make the envelope refuse becomes a warning, because
// single methods are for checking and comparing, never for publishing.
func (r *run) single(ctx context.Context, res *Result) error {
	families, err := r.families(ctx)
	if err != nil {
		return err
	}
	res.Families = families
	res.warn(Message{Key: keySingleMethod, Args: args{"method": string(r.set.Method)}})
	res.Assumptions = assumptions(r.set.Method)
	res.Pairs = pairLeans(r.t, r.set.Level)
	r.judgeTable(res)
	for i := range families {
		judgeFamily(res, &families[i])
	}
	res.demote()
	r.headline(res)
	return nil
}

// families runs the method of the settings.
func (r *run) families(ctx context.Context) ([]Family, error) {
	var f Family
	var err error
	switch r.set.Method {
	case MethodChapman:
		return r.chapmanFamilies(), nil
	case MethodChao:
		f, err = r.lowerBound(ctx)
	case MethodCoverage:
		f, err = r.coverageFamily(ctx)
	case MethodIndependence:
		f, err = r.independence(ctx)
	case MethodLogLinear:
		var c chosen
		c, err = r.logLinear(ctx)
		f = c.Family
	case MethodStepwise:
		var c chosen
		c, err = r.stepwiseFamily(ctx)
		f = c.Family
	case MethodGraphs:
		f, _, err = r.graphFamily(ctx)
	case MethodLatent:
		f, err = r.latentFamily(ctx)
	}
	return []Family{f}, err
}

// envelope runs all families, measures how much the answer depends on what,
// and decides.
func (r *run) envelope(ctx context.Context, res *Result) error {
	searched, err := r.logLinear(ctx)
	if err != nil {
		return err
	}
	stepwise, err := r.stepwiseFamily(ctx)
	if err != nil {
		return err
	}
	graphs, pool, err := r.graphFamily(ctx)
	if err != nil {
		return err
	}
	latent, err := r.latentFamily(ctx)
	if err != nil {
		return err
	}
	res.Families = []Family{searched.Family, stepwise.Family, graphs, latent}
	for _, compare := range []func(context.Context) (Family, error){r.independence, r.lowerBound} {
		f, err := compare(ctx)
		if err != nil {
			return err
		}
		f.Compare = true
		res.Families = append(res.Families, f)
	}
	if len(pool.graphs) > 0 {
		if res.Sensitivity, err = r.sensitivity(ctx, searched.ranked, pool); err != nil {
			return err
		}
	}
	res.Assumptions = assumptions(MethodEnvelope)
	res.Pairs = pairLeans(r.t, r.set.Level)
	model := Independence(r.t.P())
	if searched.ok() {
		model = searched.fit.Model
	}
	lean := commonLean(r.t, model)
	res.Lean = &lean
	r.headline(res)
	r.judgeTable(res)
	for i := range res.Families {
		if !res.Families[i].Compare {
			judgeFamily(res, &res.Families[i])
		}
	}
	r.judgeEnvelope(res)
	if s := res.Sensitivity; s != nil {
		s.Slider = slider(r.t.n, res.Estimate, res.Low, res.High)
	}
	return nil
}

// headline sets the figure: the middle of the families' estimates, and the
// widest of their limits.
func (r *run) headline(res *Result) {
	var estimates []float64
	low, high := math.Inf(1), math.Inf(-1)
	for _, f := range res.Families {
		if f.Compare || !f.ok() {
			continue
		}
		estimates = append(estimates, float64(f.Estimate))
		if !math.IsNaN(float64(f.Low)) {
			low, high = min(low, float64(f.Low)), max(high, float64(f.High))
		}
	}
	if len(estimates) == 0 {
		if !res.Refused {
			for _, f := range res.Families {
				res.Reasons = append(res.Reasons, f.Failed...)
			}
			res.Refused = true
		}
		return
	}
	res.Estimate = Number(middle(estimates))
	if low <= high {
		res.Low, res.High = Number(low), Number(high)
	}
}

func listPlaces(t Table, p PairLean) []int {
	return []int{slices.Index(t.lists, p.Lists[0]), slices.Index(t.lists, p.Lists[1])}
}
