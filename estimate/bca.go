package estimate

import (
	"math"
	"slices"
)

// A jackknifed estimate is one with a single person of some pattern removed;
// weight is how many people share the pattern.
type jackknifed struct {
	pattern Pattern
	weight  float64
	value   float64
}

// A bootstrapInterval is an interval with the number of draws beyond its
// nearer limit: when few, another seed gives another limit.
type bootstrapInterval struct {
	low, high float64
	tail      float64
}

// bcaInterval returns Efron's (1987) bias-corrected and accelerated interval
// for an estimate from bootstrap draws and the jackknife. The draws are sorted
// in place; at least one is needed.
func bcaInterval(draws []float64, point float64, jack []jackknifed, level float64) bootstrapInterval {
	slices.Sort(draws)
	less, equal := 0.0, 0.0
	for _, d := range draws {
		// Reselection makes many draws return the very same model and nearly
		// the same estimate; equality is exact only when nothing changed.
		switch {
		case d < point:
			less++
		case d == point:
			equal++
		}
	}
	b := float64(len(draws))
	share := (less + equal/2) / b
	// A point outside all draws would send the correction to infinity.
	share = min(max(share, 0.5/b), 1-0.5/b)
	z0 := normalQuantile(share)
	a := acceleration(jack)
	tail := (1 - level) / 2
	at := func(alpha float64) float64 {
		z := z0 + normalQuantile(alpha)
		if 1-a*z <= 0 {
			return max(0, math.Copysign(1, z)) // beyond every draw
		}
		return normalCDF(z0 + z/(1-a*z))
	}
	below, above := at(tail), at(1-tail)
	return bootstrapInterval{
		low: quantile(draws, below), high: quantile(draws, above),
		tail: b * min(below, 1-above),
	}
}

// acceleration measures how the spread of the estimate grows with its size.
func acceleration(jack []jackknifed) float64 {
	sum, n := 0.0, 0.0
	for _, j := range jack {
		sum += j.weight * j.value
		n += j.weight
	}
	if n == 0 {
		return 0
	}
	mean := sum / n
	squares, cubes := 0.0, 0.0
	for _, j := range jack {
		d := mean - j.value
		squares += j.weight * d * d
		cubes += j.weight * d * d * d
	}
	if squares == 0 {
		return 0
	}
	return cubes / (6 * math.Pow(squares, 1.5))
}

// quantile interpolates between the two nearest of sorted values.
func quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	h := min(max(q, 0), 1) * float64(len(sorted)-1)
	i := int(h)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (h-float64(i))*(sorted[i+1]-sorted[i])
}

func normalCDF(x float64) float64 { return math.Erfc(-x/math.Sqrt2) / 2 }

func normalQuantile(p float64) float64 { return -math.Sqrt2 * math.Erfcinv(2*p) }
