package estimate

import "math"

// An Interval is an estimate of the population size with its limits.
type Interval struct {
	Estimate, Low, High float64
}

// Chapman returns the two-list estimate of Chapman (1951) for the people on
// two lists of n1 and n2 with m in common, with the log-normal interval of
// Chao (1987). It assumes that being on one list does not change the chance of
// being on the other and that everybody has the same chance on each list. Of
// two lists it always applies; whether it should be believed is another
// matter, see Thresholds. Nobody on a list gives the people observed.
func Chapman(n1, n2, m int, level float64) Interval {
	a, b, c := float64(n1), float64(n2), float64(m)
	estimate := (a+1)*(b+1)/(c+1) - 1
	variance := (a + 1) * (b + 1) * (a - c) * (b - c) / ((c + 1) * (c + 1) * (c + 2))
	return logNormal(a+b-c, estimate, variance, level)
}

// logNormal returns the interval that treats the logarithm of the number of
// unseen people as normal, so that its lower limit never falls below the
// people observed (Chao 1987).
func logNormal(observed, estimate, variance, level float64) Interval {
	unseen := estimate - observed
	if unseen <= 0 || variance <= 0 {
		return Interval{estimate, min(observed, estimate), estimate}
	}
	z := normalQuantile((1 + level) / 2)
	c := math.Exp(z * math.Sqrt(math.Log1p(variance/(unseen*unseen))))
	return Interval{estimate, observed + unseen/c, observed + unseen*c}
}

// A PairEstimate is Chapman's estimate from two of the lists.
type PairEstimate struct {
	Lists  Pattern
	Common int
	Interval
}

// ChapmanPairs returns the estimate for every pair of lists that both hold
// somebody. Pairs that disagree are a cheap alarm: lists that help each other
// give too little, lists that avoid each other too much.
func ChapmanPairs(t Table, level float64) []PairEstimate {
	var out []PairEstimate
	for j := range t.P() {
		for i := range j {
			a, b := t.On(1<<i), t.On(1<<j)
			if a == 0 || b == 0 {
				continue
			}
			s := Pattern(1)<<i | 1<<j
			m := t.On(s)
			out = append(out, PairEstimate{s, m, Chapman(a, b, m, level)})
		}
	}
	return out
}
