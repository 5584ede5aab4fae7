package estimate

import (
	"context"
	"errors"
	"math"
	"slices"
)

// A run is one estimate in progress: a table with its lists in canonical
// order, and settings that have been checked.
type run struct {
	t   Table
	set Settings
}

func (r *run) task(s Stage) *task { return newTask(r.set.Report, s) }

// newFamily is a family without an estimate yet.
func newFamily(name FamilyName, m Method, interval string) Family {
	return Family{Family: name, Method: m, Interval: interval,
		Estimate: Missing(), Low: Missing(), High: Missing()}
}

func (f *Family) put(i Interval) {
	f.Estimate, f.Low, f.High = Number(i.Estimate), Number(i.Low), Number(i.High)
}

// fail records why there is no estimate. Errors of the context are not such
// reasons and come back.
func (f *Family) fail(err error) error {
	switch {
	case errors.Is(err, errNoEstimate), errors.Is(err, errNoConvergence):
		f.Failed = append(f.Failed, Message{Key: keyFitNone, Args: args{"method": string(f.Method)}})
	case errors.Is(err, errNotIdentifiable):
		f.Failed = append(f.Failed, Message{Key: keyFitAmbiguous, Args: args{"method": string(f.Method)}})
	case errors.Is(err, errNoCoverage):
		f.Failed = append(f.Failed, Message{Key: keyFitNoOverlap, Args: args{"method": string(f.Method)}})
	default:
		return err
	}
	return nil
}

// independence fits the lists as independent, with the profile interval.
func (r *run) independence(ctx context.Context) (Family, error) {
	f := newFamily(FamilyLogLinear, MethodIndependence, "profile")
	m := Independence(r.t.P())
	if !CheckExistence(r.t, m).OK() {
		return f, f.fail(errNoEstimate)
	}
	ft := newFitter(r.t.P())
	ft.load(r.t.dense())
	fit, err := ft.fit(m, nil)
	if err != nil {
		return f, f.fail(err)
	}
	i, err := ft.profileInterval(ctx, m, r.set.Level)
	if err != nil {
		return f, f.fail(err)
	}
	f.put(i)
	f.setFit(fit)
	return f, nil
}

func (f *Family) setFit(fit Fit) {
	f.model = &fit.Model
	f.AIC, f.BIC = Number(fit.AIC), Number(fit.BIC)
}

func (f *Family) setResampling(fit Fit, rs resampling) {
	f.setFit(fit)
	f.Estimate, f.Broken, f.Draws = Number(fit.N), rs.broken, len(rs.draws)
	if len(rs.draws) > 0 {
		f.Low, f.High = Number(rs.interval.low), Number(rs.interval.high)
		f.TailDraws = Number(rs.interval.tail)
	}
}

// A chosen family is a log-linear one with what sensitivity runs need of it.
type chosen struct {
	Family
	fit      Fit
	ranked   []Fit
	resample resampling
}

// logLinear searches for the best model and resamples its choice.
func (r *run) logLinear(ctx context.Context) (chosen, error) {
	c := chosen{Family: newFamily(FamilyLogLinear, MethodLogLinear, "bca")}
	task := r.task(StageSearch)
	task.begin(1)
	s, err := searchModels(ctx, r.t, r.set.MaxOrder, r.set.Criterion, r.set.TopModels, r.set.Workers)
	if err != nil {
		return c, err
	}
	task.step(1)
	c.Models, c.Bounded = s.tried, s.bounded
	if len(s.ranked) == 0 {
		return c, c.fail(errNoEstimate)
	}
	c.fit, c.ranked = s.ranked[0], s.ranked
	tops := candidates(r.t, s.ranked)
	c.resample, err = resample(ctx, r.t, c.fit, r.set, r.task(StageBootstrap), func() selector {
		return &criterionSelector{
			fitter: newFitter(r.t.P()), cache: newExistenceCache(r.t.P()), crit: r.set.Criterion, tops: tops}
	})
	if err != nil {
		return c, err
	}
	c.setResampling(c.fit, c.resample)
	return c, r.addProfile(ctx, &c.Family, c.fit.Model)
}

// stepwiseFamily selects two-list effects and resamples the selection.
func (r *run) stepwiseFamily(ctx context.Context) (chosen, error) {
	c := chosen{Family: newFamily(FamilyLogLinear, MethodStepwise, "bca")}
	newSelector := func() selector {
		return &stepwiseSelector{newFitter(r.t.P()), newExistenceCache(r.t.P()), r.set.Threshold}
	}
	s := newSelector()
	s.load(r.t.dense())
	var err error
	if c.fit, err = s.choose(); err != nil {
		return c, c.fail(err)
	}
	if c.resample, err = resample(ctx, r.t, c.fit, r.set, r.task(StageStepwise), newSelector); err != nil {
		return c, err
	}
	c.setResampling(c.fit, c.resample)
	return c, r.addProfile(ctx, &c.Family, c.fit.Model)
}

// addProfile adds the interval that takes the model as given.
func (r *run) addProfile(ctx context.Context, f *Family, m Model) error {
	ft := newFitter(r.t.P())
	ft.load(r.t.dense())
	i, err := ft.profileInterval(ctx, m, r.set.Level)
	f.ProfileLow, f.ProfileHigh = Missing(), Missing()
	if err == nil {
		f.ProfileLow, f.ProfileHigh = Number(i.Low), Number(i.High)
	}
	return ctx.Err() // a profile that cannot be traced is no reason to stop
}

// graphFamily averages over decomposable graphs; the pool serves later runs.
func (r *run) graphFamily(ctx context.Context) (Family, *graphPool, error) {
	f := newFamily(FamilyGraphs, MethodGraphs, "credible")
	task := r.task(StageGraphs)
	task.begin(1)
	pool, err := newGraphPool(ctx, r.t, r.set.Graphs)
	if err != nil {
		return f, nil, err
	}
	if len(pool.graphs) == 0 {
		return f, pool, f.fail(errNotIdentifiable) // the only graph is saturated
	}
	a, err := averageGraphs(ctx, r.t, pool, r.set.Level)
	if err != nil {
		return f, nil, err
	}
	task.step(1)
	f.put(Interval{float64(a.Median), float64(a.Low), float64(a.High)})
	f.Mean, f.Mode = Number(a.Mean), a.Mode
	f.Models, f.Bounded, f.Graphs, f.Saturated = a.Graphs, a.Bounded, a.Top, a.Saturated
	f.Edge, f.GridEnd, f.Humps = Number(a.Edge), a.GridEnd, a.Humps
	return f, pool, nil
}

// latentFamily samples latent classes.
func (r *run) latentFamily(ctx context.Context) (Family, error) {
	f := newFamily(FamilyLatent, MethodLatent, "credible")
	l, err := sampleClasses(ctx, r.t, r.set, r.task(StageChains))
	if err != nil {
		return f, err
	}
	f.put(Interval{l.Median, l.Low, l.High})
	f.Mean = Number(l.Mean)
	f.RHat, f.ESS, f.TailESS = Number(l.RHat), Number(l.ESS), Number(l.TailESS)
	f.Chains, f.Steps, f.Draws = l.Chains, l.Steps, l.Draws
	return f, nil
}

// lowerBound is Chao's bound.
func (r *run) lowerBound(ctx context.Context) (Family, error) {
	f := newFamily(FamilyLogLinear, MethodChao, "profile")
	if !CheckExistence(r.t, Independence(r.t.P())).OK() {
		return f, f.fail(errNoEstimate)
	}
	i, err := LowerBound(ctx, r.t, r.set.Level)
	if err != nil {
		return f, f.fail(err)
	}
	f.put(i)
	return f, nil
}

// coverageFamily is sample coverage.
func (r *run) coverageFamily(ctx context.Context) (Family, error) {
	f := newFamily(FamilyTwoList, MethodCoverage, "log-normal")
	c, err := coverageInterval(ctx, r.t, r.set, r.task(StageBootstrap))
	if err != nil {
		return f, f.fail(err)
	}
	f.put(c.Interval)
	f.Coverage, f.Draws = c.Share, r.set.Bootstrap
	return f, nil
}

// chapmanFamilies is one family for each pair of lists.
func (r *run) chapmanFamilies() []Family {
	var out []Family
	for _, e := range ChapmanPairs(r.t, r.set.Level) {
		f := newFamily(FamilyTwoList, MethodChapman, "log-normal")
		m := Model{p: r.t.P(), terms: []Pattern{e.Lists}}
		f.model = &m
		if e.Common < Limits().ChapmanOverlap {
			f.Failed = append(f.Failed, Message{Key: keyChapmanOverlap, Args: args{
				"lists": patternNames(r.t.lists, e.Lists), "common": number(e.Common),
				"limit": number(Limits().ChapmanOverlap)}})
		} else {
			f.put(e.Interval)
		}
		out = append(out, f)
	}
	return out
}

// middle is the median of what is known; NaN of nothing.
func middle(values []float64) float64 {
	var known []float64
	for _, v := range values {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			known = append(known, v)
		}
	}
	if len(known) == 0 {
		return math.NaN()
	}
	slices.Sort(known)
	return quantile(known, 0.5)
}

// factor is how many times the larger of two is the smaller; 1 when either is
// not known.
func factor(a, b float64) float64 {
	if !(a > 0) || !(b > 0) || math.IsInf(a, 0) || math.IsInf(b, 0) {
		return 1
	}
	return max(a/b, b/a)
}
