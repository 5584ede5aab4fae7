package estimate

import "math"

// DefaultThreshold is the p-value below which stepwise selection adds an
// effect, as Chan, Silverman and Vincent (2021) chose it by simulation.
const DefaultThreshold = 0.02

// stepwise selects two-list effects for the table that is loaded: starting
// from independence it adds, one at a time, the pair of lists whose overlap is
// least probable under the current model, as long as its one-sided Poisson
// p-value lies below the threshold and the larger model exists (Chan,
// Silverman and Vincent 2021). The cost is one fit for each effect, not for
// each candidate, which is what makes it fit for bootstrapping sparse tables.
func (f *fitter) stepwise(cache *existenceCache, threshold float64) (Fit, error) {
	m := Independence(f.p)
	if !cache.check(f, m, m.key()).OK() {
		return Fit{}, errNoEstimate
	}
	fit, err := f.fit(m, nil)
	if err != nil {
		return Fit{}, err
	}
	for {
		larger, ok := f.nextEffect(m, cache, threshold)
		if !ok {
			return fit, nil
		}
		better, err := f.fit(larger, nil)
		if err != nil {
			return fit, nil
		}
		m, fit = larger, better
	}
}

// nextEffect returns the model with the best pair added, judged by the means
// of the fit just made.
func (f *fitter) nextEffect(m Model, cache *existenceCache, threshold float64) (Model, bool) {
	copy(f.m, f.mu)
	superset(f.m, f.p)
	tried := make(map[Pattern]bool)
	for {
		var best Pattern
		least := threshold
		for i := range f.p {
			for j := range i {
				s := Pattern(1)<<i | 1<<j
				if tried[s] || m.has(s) {
					continue
				}
				if p := poissonTail(f.sums[s], f.m[s]); p < least || p == least && best != 0 && s < best {
					best, least = s, p
				}
			}
		}
		if best == 0 {
			return m, false
		}
		larger := m.adding(best)
		if cache.check(f, larger, larger.key()).OK() {
			return larger, true
		}
		tried[best] = true
	}
}

// poissonTail returns the smaller of P(X ≤ k) and P(X ≥ k) for a Poisson
// number X, by summing away from k on the side that is the shorter tail.
func poissonTail(k, mean float64) float64 {
	if mean <= 0 {
		if k == 0 {
			return 1
		}
		return 0
	}
	at := math.Exp(k*math.Log(mean) - mean - lnGamma(k+1))
	sum, term := at, at
	if k < mean {
		for x := k; x > 0 && term > 1e-17*sum; x-- {
			term *= x / mean
			sum += term
		}
		return sum
	}
	for x := k + 1; term > 1e-17*sum && term > 0; x++ {
		term *= mean / x
		sum += term
	}
	return min(1, sum)
}
