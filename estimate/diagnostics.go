package estimate

import (
	"cmp"
	"math"
	"slices"
)

// A Diagnosis says how far the chains of a sampler agree.
type Diagnosis struct {
	// RHat is the largest of the rank-normalised split R-hat of the draws and
	// of their distances from the median (Vehtari and others 2021): 1 when
	// the halves of all chains look alike in place and in spread.
	RHat float64
	// ESS is the number of independent draws that would tell as much about
	// the middle of the distribution.
	ESS float64
	// TailESS is the same for the outer twentieths, whichever is worse: what
	// the limits of an interval rest on.
	TailESS float64
}

// diagnose compares chains of equal length.
func diagnose(chains [][]float64) Diagnosis {
	halves := split(chains)
	ranked := rankNormal(halves)
	folded := rankNormal(fold(halves))
	return Diagnosis{
		RHat: math.Max(rHat(ranked), rHat(folded)), ESS: effectiveSize(ranked),
		TailESS: min(effectiveSize(beyond(halves, 0.05, false)), effectiveSize(beyond(halves, 0.95, true))),
	}
}

// beyond marks the draws in a tail of all draws with 1, the others with 0.
func beyond(chains [][]float64, q float64, above bool) [][]float64 {
	all := slices.Concat(chains...)
	slices.Sort(all)
	limit := quantile(all, q)
	out := make([][]float64, len(chains))
	for i, c := range chains {
		out[i] = make([]float64, len(c))
		for j, x := range c {
			if above && x >= limit || !above && x <= limit {
				out[i][j] = 1
			}
		}
	}
	return out
}

// split cuts every chain in two, so that a drift within a chain shows as a
// difference between chains.
func split(chains [][]float64) [][]float64 {
	var out [][]float64
	for _, c := range chains {
		half := len(c) / 2
		out = append(out, c[:half], c[len(c)-half:])
	}
	return out
}

// fold replaces draws by their distance from the median of all.
func fold(chains [][]float64) [][]float64 {
	all := slices.Concat(chains...)
	slices.Sort(all)
	mid := quantile(all, 0.5)
	out := make([][]float64, len(chains))
	for i, c := range chains {
		out[i] = make([]float64, len(c))
		for j, x := range c {
			out[i][j] = math.Abs(x - mid)
		}
	}
	return out
}

// rankNormal replaces draws by the normal scores of their ranks among all, so
// that heavy tails do not hide a disagreement. Equal draws share their rank.
func rankNormal(chains [][]float64) [][]float64 {
	type ref struct {
		value       float64
		chain, draw int
	}
	var refs []ref
	out := make([][]float64, len(chains))
	for i, c := range chains {
		out[i] = make([]float64, len(c))
		for j, x := range c {
			refs = append(refs, ref{x, i, j})
		}
	}
	slices.SortFunc(refs, func(a, b ref) int { return cmp.Compare(a.value, b.value) })
	n := float64(len(refs))
	for a := 0; a < len(refs); {
		b := a
		for b < len(refs) && refs[b].value == refs[a].value {
			b++
		}
		rank := float64(a+b+1) / 2
		score := normalQuantile((rank - 0.375) / (n + 0.25))
		for ; a < b; a++ {
			out[refs[a].chain][refs[a].draw] = score
		}
	}
	return out
}

func meanVariance(x []float64) (mean, variance float64) {
	for _, v := range x {
		mean += v
	}
	mean /= float64(len(x))
	for _, v := range x {
		variance += (v - mean) * (v - mean)
	}
	return mean, variance / float64(len(x)-1)
}

// pooled returns the mean within-chain variance and the variance estimate
// that also counts differences between chains.
func pooled(chains [][]float64) (within, total float64) {
	n := float64(len(chains[0]))
	means := make([]float64, len(chains))
	for i, c := range chains {
		m, v := meanVariance(c)
		means[i] = m
		within += v / float64(len(chains))
	}
	_, between := meanVariance(means)
	return within, within*(n-1)/n + between
}

func rHat(chains [][]float64) float64 {
	within, total := pooled(chains)
	if within == 0 {
		if total == 0 {
			return 1 // every draw is the same: nothing disagrees
		}
		return math.Inf(1)
	}
	return math.Sqrt(total / within)
}

// effectiveSize sums autocorrelations over pairs of lags until they stop
// falling and being positive (Geyer 1992).
func effectiveSize(chains [][]float64) float64 {
	within, total := pooled(chains)
	n, m := len(chains[0]), float64(len(chains))
	if total == 0 {
		return m * float64(n)
	}
	means := make([]float64, len(chains))
	for i, c := range chains {
		means[i], _ = meanVariance(c)
	}
	correlation := func(lag int) float64 {
		cov := 0.0
		for i, c := range chains {
			sum := 0.0
			for j := range c[:n-lag] {
				sum += (c[j] - means[i]) * (c[j+lag] - means[i])
			}
			cov += sum / float64(n) / m
		}
		return 1 - (within*float64(n-1)/float64(n)-cov)/total
	}
	sum := 0.0
	last := math.Inf(1)
	for lag := 0; lag+1 < n; lag += 2 {
		pair := correlation(lag) + correlation(lag+1)
		if pair <= 0 {
			break
		}
		last = min(last, pair)
		sum += last
	}
	tau := max(2*sum-1, 1/math.Log10(m*float64(n)))
	return m * float64(n) / tau
}
