package estimate

import (
	"context"
	"math"
)

// profileReach bounds the search for an upper limit, as a multiple of the
// estimate; a profile that is still that flat has no useful upper end.
const profileReach = 1000

// chiSquare1 is the quantile of chi² with one degree of freedom.
func chiSquare1(level float64) float64 {
	z := normalQuantile((1 + level) / 2)
	return z * z
}

// profileInterval returns the interval of a hierarchical model by the profile
// of the multinomial likelihood (Cormack 1992). The fitter keeps the table
// that is loaded; the model must exist for it.
func (f *fitter) profileInterval(ctx context.Context, m Model, level float64) (Interval, error) {
	fit, err := f.fit(m, nil)
	if err != nil {
		return Interval{}, err
	}
	n := f.sums[0]
	out := Interval{Estimate: fit.N}
	out.Low, out.High, err = profileLimits(ctx, n, fit.N, chiSquare1(level), func(total float64) (float64, error) {
		return f.profileAt(m, n, total)
	})
	f.sums[0], f.counts[0], f.whole = n, 0, false
	return out, err
}

// profileAt fits the model to the table completed with total-n unseen people
// and returns the multinomial log-likelihood of that total.
func (f *fitter) profileAt(m Model, n, total float64) (float64, error) {
	f.assume(total - n)
	if _, err := f.fit(m, nil); err != nil {
		return 0, err
	}
	ll := lnGamma(total+1) - lnGamma(total-n+1) - f.fixed
	for _, w := range f.seen {
		ll += f.counts[w] * (f.eta[w] - math.Log(total))
	}
	if unseen := total - n; unseen > 0 {
		ll += unseen * (f.eta[0] - math.Log(total))
	}
	return ll, nil
}

// profileLimits finds the population sizes at which twice the profile lies at
// most q below its top. The upper limit is infinite when the profile never
// falls that far.
func profileLimits(ctx context.Context, n, estimate, q float64, profile func(total float64) (float64, error)) (low, high float64, err error) {
	at := func(total float64) float64 {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return 0
		}
		var ll float64
		ll, err = profile(total)
		return ll
	}
	// The multinomial top lies just below the Poisson estimate (Sandland and
	// Cormack 1984), so a short climb from there finds it.
	reach := estimate + math.Max(1, 0.1*(estimate-n))
	top, peak := climb(at, n, reach, 1e-4*(1+reach-n))
	below := func(total float64) float64 { return 2*(top-at(total)) - q }
	low = n
	if below(n) > 0 {
		low = bisect(below, n, peak)
	}
	for step := math.Max(1, peak-n); err == nil; step *= 2 {
		high = peak + step
		if high > profileReach*estimate {
			return low, math.Inf(1), err
		}
		if below(high) > 0 {
			return low, bisect(below, high, peak), err
		}
	}
	return low, high, err
}

func lnGamma(x float64) float64 {
	lg, _ := math.Lgamma(x)
	return lg
}

// climb maximises a function that has one top over [a, b], by golden section,
// to within the tolerance.
func climb(f func(float64) float64, a, b, tolerance float64) (top, at float64) {
	const ratio = 0.6180339887498949
	x1, x2 := b-ratio*(b-a), a+ratio*(b-a)
	f1, f2 := f(x1), f(x2)
	for b-a > tolerance {
		if f1 < f2 {
			a, x1, f1 = x1, x2, f2
			x2 = a + ratio*(b-a)
			f2 = f(x2)
		} else {
			b, x2, f2 = x2, x1, f1
			x1 = b - ratio*(b-a)
			f1 = f(x1)
		}
	}
	if f1 > f2 {
		return f1, x1
	}
	return f2, x2
}

// bisect finds the zero of g between out, where g > 0, and in, where g < 0.
func bisect(g func(float64) float64, out, in float64) float64 {
	for range 100 {
		mid := (out + in) / 2
		if g(mid) > 0 {
			out = mid
		} else {
			in = mid
		}
		if math.Abs(out-in) < 1e-3 {
			break
		}
	}
	return (out + in) / 2
}
