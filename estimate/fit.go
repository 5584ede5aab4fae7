package estimate

import (
	"errors"
	"math"
)

// A Fit is a log-linear Poisson model fitted to a table by maximum likelihood.
// Effects of sets of lists that share nobody are minus infinity: they and the
// cells that contain them take no part (the extended estimate of Fienberg and
// Rinaldo 2012).
type Fit struct {
	Model  Model
	N      float64 // estimated size of the population, unseen included
	LogLik float64 // Poisson log-likelihood of the observed cells
	Params int     // effects in the model, the overall level included
	Empty  int     // effects of the model that are minus infinity
	AIC    float64
	BIC    float64 // with the logarithm of the number of people observed
}

var (
	errNoEstimate      = errors.New("no maximum likelihood estimate exists")
	errNotIdentifiable = errors.New("the effects cannot be told apart")
	errNoConvergence   = errors.New("the fit did not settle")
)

const (
	maxNewton = 60
	maxHalves = 30
	// decrementDone ends the iteration: steps converge quadratically, so the
	// error after a step of this squared size is far below 1e-9.
	decrementDone = 1e-12
)

// A fitter fits models to one table at a time. It owns its working memory and
// belongs to one goroutine.
//
// The design matrix of a hierarchical model is never formed. Cells and effects
// are both subsets of the lists, an effect applies to a cell that contains it,
// so linear predictors are sums over subsets and scores and information are
// sums over supersets: information between S and T is the fitted total of the
// cells that contain S∪T.
type fitter struct {
	p      int
	counts []float64 // by pattern; the zero cell holds the unseen, when assumed
	sums   []float64 // people on at least the lists of a pattern; sums[0] is all
	fixed  float64   // Σ log n! of the observed cells
	seen   []Pattern // cells with people
	whole  bool      // the zero cell counts as observed: for profiles

	eta, trial []float64 // linear predictors of the cells with people
	mu, m      []float64
	off        []bool // cells an empty effect removes
	live       []Pattern
	theta      []float64
	step       []float64
	next       []float64
	h          []float64 // lower triangle, row by row, of live × live
}

func newFitter(p int) *fitter {
	size := 1 << p
	return &fitter{
		p: p, counts: make([]float64, size), sums: make([]float64, size),
		eta: make([]float64, size), mu: make([]float64, size), m: make([]float64, size),
		trial: make([]float64, size), off: make([]bool, size),
	}
}

// load sets the table; counts are indexed by pattern and not kept.
func (f *fitter) load(counts []float64) {
	copy(f.counts, counts)
	f.counts[0] = 0
	f.whole = false
	copy(f.sums, f.counts)
	superset(f.sums, f.p)
	f.fixed = 0
	f.seen = f.seen[:0]
	for w, c := range f.counts {
		if c > 0 {
			lg, _ := math.Lgamma(c + 1)
			f.fixed += lg
			f.seen = append(f.seen, Pattern(w))
		}
	}
}

// assume treats unseen people as if they had been counted on no list.
func (f *fitter) assume(unseen float64) {
	f.sums[0] += unseen - f.counts[0]
	f.counts[0] = unseen
	f.whole = true
}

// superset replaces each entry by the sum over the patterns containing it.
func superset(a []float64, p int) {
	for bit := 1; bit < 1<<p; bit <<= 1 {
		for base := 0; base < len(a); base += 2 * bit {
			low, high := a[base:base+bit], a[base+bit:base+2*bit]
			for i, x := range high {
				low[i] += x
			}
		}
	}
}

// multiply replaces each entry by the product over the patterns it contains.
func multiply(a []float64, p int) {
	for bit := 1; bit < 1<<p; bit <<= 1 {
		for base := 0; base < len(a); base += 2 * bit {
			low, high := a[base:base+bit], a[base+bit:base+2*bit]
			for i, x := range low {
				high[i] *= x
			}
		}
	}
}

// fit fits the model, from the effects of warm when they are given for exactly
// the effects that are alive here, else from the counts. It does not ask
// whether the estimate exists; see existence.
func (f *fitter) fit(m Model, warm []float64) (Fit, error) {
	empty := f.prepare(m)
	k := len(f.live) + 1
	if len(warm) == k {
		copy(f.theta, warm)
	} else if !f.start() {
		return Fit{}, errNotIdentifiable
	}
	f.predict(f.theta, f.eta)
	ll := f.logLik(f.eta)
	if math.IsInf(ll, 0) || math.IsNaN(ll) {
		return Fit{}, errNoConvergence
	}
	for range maxNewton {
		copy(f.m, f.mu)
		superset(f.m, f.p)
		f.step[0] = f.sums[0] - f.m[0]
		for i, s := range f.live {
			f.step[i+1] = f.sums[s] - f.m[s]
		}
		copy(f.next, f.step)
		f.information()
		if !cholesky(f.h, k) {
			return Fit{}, errNotIdentifiable
		}
		solve(f.h, k, f.step)
		decrement := 0.0
		for i, g := range f.next {
			decrement += g * f.step[i]
		}
		var ok bool
		if ll, ok = f.advance(ll, decrement); !ok {
			return Fit{}, errNoConvergence
		}
		if decrement < decrementDone {
			return f.result(m, ll, k+empty, empty), nil
		}
	}
	return Fit{}, errNoConvergence
}

// prepare finds the live effects and the cells that take part.
func (f *fitter) prepare(m Model) (empty int) {
	f.live = f.live[:0]
	clear(f.off)
	for _, s := range m.terms {
		if f.sums[s] > 0 {
			f.live = append(f.live, s)
			continue
		}
		empty++
		for w := s; int(w) < len(f.off); w = (w + 1) | s {
			f.off[w] = true
		}
	}
	f.off[0] = !f.whole
	k := len(f.live) + 1
	if cap(f.theta) < k {
		f.theta, f.step, f.next = make([]float64, k), make([]float64, k), make([]float64, k)
		f.h = make([]float64, k*(k+1)/2)
	}
	f.theta, f.step, f.next = f.theta[:k], f.step[:k], f.next[:k]
	f.h = f.h[:k*(k+1)/2]
	return empty
}

// start takes the first step of iterated least squares from the counts.
func (f *fitter) start() bool {
	for w, c := range f.counts {
		if f.off[w] {
			f.mu[w], f.eta[w] = 0, 0
			continue
		}
		mu := c + 0.5
		f.mu[w] = mu
		f.eta[w] = mu*math.Log(mu) + c - mu
	}
	copy(f.m, f.mu)
	superset(f.m, f.p)
	superset(f.eta, f.p)
	f.information()
	f.theta[0] = f.eta[0]
	for i, s := range f.live {
		f.theta[i+1] = f.eta[s]
	}
	if !cholesky(f.h, len(f.theta)) {
		return false
	}
	solve(f.h, len(f.theta), f.theta)
	return true
}

// information fills h from the superset sums in m.
func (f *fitter) information() {
	h, m := f.h, f.m
	h[0] = m[0]
	at := 1
	for i, s := range f.live {
		h[at] = m[s]
		row := h[at+1 : at+i+2]
		for j, t := range f.live[:i+1] {
			row[j] = m[s|t]
		}
		at += i + 2
	}
}

// predict sets mu from the effects, and eta where people are, which is all
// that the likelihood needs. Multiplying through the subsets saves taking the
// exponential of every cell.
func (f *fitter) predict(theta, eta []float64) {
	mu := f.mu
	for i := range mu {
		mu[i] = 1
	}
	mu[0] = math.Exp(theta[0])
	for i, s := range f.live {
		mu[s] = math.Exp(theta[i+1])
	}
	multiply(mu, f.p)
	for w, off := range f.off {
		if off {
			mu[w] = 0
		}
	}
	eta[0] = theta[0]
	for _, w := range f.seen {
		x := theta[0]
		for i, s := range f.live {
			if w&s == s {
				x += theta[i+1]
			}
		}
		eta[w] = x
	}
}

func (f *fitter) logLik(eta []float64) float64 {
	ll := -f.fixed
	for _, w := range f.seen {
		ll += f.counts[w] * eta[w]
	}
	if f.whole {
		ll += f.counts[0] * eta[0]
	}
	for _, x := range f.mu {
		ll -= x
	}
	return ll
}

// advance moves along step, halving it while the likelihood falls.
func (f *fitter) advance(ll, decrement float64) (float64, bool) {
	slack := 1e-9 * (1 + math.Abs(ll))
	scale := 1.0
	for range maxHalves {
		for i, d := range f.step {
			f.next[i] = f.theta[i] + scale*d
		}
		f.predict(f.next, f.trial)
		now := f.logLik(f.trial)
		if now >= ll-slack {
			f.theta, f.next = f.next, f.theta
			f.eta, f.trial = f.trial, f.eta
			return now, true
		}
		scale /= 2
	}
	return ll, decrement < decrementDone
}

func (f *fitter) result(m Model, ll float64, params, empty int) Fit {
	n := f.sums[0]
	if f.whole {
		n -= f.counts[0]
	}
	return Fit{
		Model: m, LogLik: ll, Params: params, Empty: empty,
		N:   n + math.Exp(f.theta[0]),
		AIC: 2*float64(params) - 2*ll,
		BIC: math.Log(n)*float64(params) - 2*ll,
	}
}

// cholesky factors the positive definite matrix whose lower triangle is given
// row by row, in place; false when it is not definite to working precision.
func cholesky(a []float64, k int) bool {
	at := 0
	for i := range k {
		ri := a[at : at+i+1]
		top := ri[i]
		bt := 0
		for j := range i {
			rj := a[bt : bt+j+1]
			sum := ri[j]
			for l, x := range rj[:j] {
				sum -= ri[l] * x
			}
			ri[j] = sum / rj[j]
			bt += j + 1
		}
		d := top
		for _, x := range ri[:i] {
			d -= x * x
		}
		if !(d > 1e-12*top) {
			return false
		}
		ri[i] = math.Sqrt(d)
		at += i + 1
	}
	return true
}

// solve replaces b by the solution of the system whose factor cholesky made.
func solve(a []float64, k int, b []float64) {
	at := 0
	for i := range k {
		sum := b[i]
		for j, x := range a[at : at+i] {
			sum -= x * b[j]
		}
		b[i] = sum / a[at+i]
		at += i + 1
	}
	for i := k - 1; i >= 0; i-- {
		at -= i + 1
		b[i] /= a[at+i]
		for j, x := range a[at : at+i] {
			b[j] -= x * b[i]
		}
	}
}
