package variate

import "math"

// Binomial returns a binomial number: successes in n trials of probability p.
// Probabilities outside [0, 1], which rounding can produce, count as 0 or 1.
func (s *Stream) Binomial(n int, p float64) int {
	switch {
	case n <= 0 || !(p > 0):
		return 0
	case p >= 1:
		return n
	case p > 0.5:
		return n - s.Binomial(n, 1-p)
	case float64(n)*p < 12:
		return s.binomialByInversion(n, p)
	}
	return s.binomialByRejection(n, p)
}

// binomialByInversion walks up the distribution from zero; its expected cost
// is the mean, so it is used for small means only.
func (s *Stream) binomialByInversion(n int, p float64) int {
	u := s.Uniform()
	if u <= 1-float64(n)*p {
		return 0 // (1-p)^n ≥ 1-np, so the exact first step is not needed
	}
	q := 1 - p
	ratio := p / q
	r := power(q, n) // quicker than through logarithms, and as good for small n·p
	k := 0
	for u > r {
		u -= r
		k++
		if k > n {
			return n // rounding ate the last crumbs of probability
		}
		r *= ratio * float64(n-k+1) / float64(k)
	}
	return k
}

// power returns x to the n, by repeated squaring.
func power(x float64, n int) float64 {
	out := 1.0
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			out *= x
		}
		x *= x
	}
	return out
}

// binomialByRejection is transformed rejection with a squeeze, algorithm BTRS
// of Hörmann (1993), good for n·p of ten and more and p up to one half.
func (s *Stream) binomialByRejection(n int, p float64) int {
	nf := float64(n)
	spq := math.Sqrt(nf * p * (1 - p))
	b := 1.15 + 2.53*spq
	a := -0.0873 + 0.0248*b + 0.01*p
	c := nf*p + 0.5
	vr := 0.92 - 4.2/b
	for {
		u := s.Uniform() - 0.5
		v := s.Uniform()
		us := 0.5 - math.Abs(u)
		k := math.Floor((2*a/us+b)*u + c)
		if us >= 0.07 && v <= vr {
			return int(k)
		}
		if k < 0 || k > nf {
			continue
		}
		// The density relative to its mode, so that nothing overflows.
		m := math.Floor((nf + 1) * p)
		gap := logFactorial(m) + logFactorial(nf-m) - logFactorial(k) - logFactorial(nf-k)
		alpha := (2.83 + 5.1/b) * spq
		if math.Log(v*alpha/(a/(us*us)+b)) <= gap+(k-m)*math.Log(p/(1-p)) {
			return int(k)
		}
	}
}

// logFactorials holds ln k! for the numbers that are asked for most.
var logFactorials = func() (table [1024]float64) {
	for k := 2; k < len(table); k++ {
		table[k] = table[k-1] + math.Log(float64(k))
	}
	return table
}()

// logFactorial returns ln k!; beyond the table by Stirling's series, whose
// next term is below 1e-14 there.
func logFactorial(k float64) float64 {
	if k < float64(len(logFactorials)) {
		return logFactorials[int(k)]
	}
	i := 1 / k
	return (k+0.5)*math.Log(k) - k + 0.9189385332046727 + i*(1.0/12-i*i/360)
}

// Multinomial distributes n over the weights, which need not sum to one, and
// adds the numbers to out. Weights must not be negative and not all zero.
func (s *Stream) Multinomial(n int, weights []float64, out []int) {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	last := len(weights) - 1
	for last > 0 && weights[last] == 0 {
		last--
	}
	for i, w := range weights[:last] {
		if n == 0 {
			return
		}
		if w == 0 {
			continue
		}
		k := s.Binomial(n, w/total)
		out[i] += k
		n -= k
		total -= w
	}
	out[last] += n
}
