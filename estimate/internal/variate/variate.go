// Package variate draws random numbers from the distributions that package
// estimate needs, from a stream that depends only on a seed and a stream
// number. Two workers never share a stream, so results do not depend on how
// many workers there are.
//
// It is not for secrets: everything can be recomputed from the seed, which is
// the point.
//
//	s := variate.NewStream(seed, replicate)
//	k := s.Binomial(100, 0.3)
//
// A Stream must not be used by two goroutines at once.
package variate

import (
	"math"
	"math/rand/v2"
)

// A Stream is a reproducible sequence of random numbers (PCG-DXSM).
type Stream struct {
	pcg rand.PCG
	rnd *rand.Rand
}

// NewStream returns the stream with the given number under a seed. Both are
// scrambled first, so neighbouring numbers give unrelated streams.
func NewStream(seed, number uint64) *Stream {
	s := &Stream{}
	a := scramble(seed)
	s.pcg.Seed(scramble(a^scramble(number)), scramble(a+scramble(^number)))
	s.rnd = rand.New(&s.pcg)
	return s
}

// scramble is the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
func scramble(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// Uniform returns a number in the open interval (0, 1).
func (s *Stream) Uniform() float64 {
	return (float64(s.pcg.Uint64()>>11) + 0.5) * (1.0 / (1 << 53))
}

// Intn returns a whole number in [0, n); n must be positive.
func (s *Stream) Intn(n int) int { return s.rnd.IntN(n) }

// Normal returns a standard normal number.
func (s *Stream) Normal() float64 { return s.rnd.NormFloat64() }

// Exponential returns an exponential number with mean one.
func (s *Stream) Exponential() float64 { return s.rnd.ExpFloat64() }

// Gamma returns a gamma number with the given shape and rate one, by the
// method of Marsaglia and Tsang (2000). Shape must be positive.
func (s *Stream) Gamma(shape float64) float64 {
	if shape == 1 {
		return s.Exponential()
	}
	if shape < 1 {
		return s.Gamma(shape+1) * math.Pow(s.Uniform(), 1/shape)
	}
	d := shape - 1.0/3
	c := 1 / (3 * math.Sqrt(d))
	for {
		x := s.Normal()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		u := s.Uniform()
		x2 := x * x
		if u < 1-0.0331*x2*x2 {
			return d * v
		}
		if math.Log(u) < 0.5*x2+d*(1-v+math.Log(v)) {
			return d * v
		}
	}
}

// LogGamma returns the logarithm of a gamma number. Unlike Gamma it keeps its
// precision when the shape is so small that the number itself would be zero.
func (s *Stream) LogGamma(shape float64) float64 {
	if shape >= 1 {
		return math.Log(s.Gamma(shape))
	}
	return math.Log(s.Gamma(shape+1)) + math.Log(s.Uniform())/shape
}

// Beta returns a beta number with positive parameters a and b.
func (s *Stream) Beta(a, b float64) float64 {
	if a == 1 && b == 1 {
		return s.Uniform()
	}
	x := s.Gamma(a)
	return x / (x + s.Gamma(b))
}

// Poisson returns a Poisson number. Mean must not be negative.
func (s *Stream) Poisson(mean float64) int {
	if mean < 12 {
		return s.poissonByProduct(mean)
	}
	return s.poissonByRejection(mean)
}

func (s *Stream) poissonByProduct(mean float64) int {
	limit := math.Exp(-mean)
	k := 0
	for p := s.Uniform(); p > limit; p *= s.Uniform() {
		k++
	}
	return k
}

// poissonByRejection is transformed rejection, algorithm PTRS of Hörmann
// (1993), good for means of ten and more.
func (s *Stream) poissonByRejection(mean float64) int {
	b := 0.931 + 2.53*math.Sqrt(mean)
	a := -0.059 + 0.02483*b
	vr := 0.9277 - 3.6224/(b-2)
	logMean := math.Log(mean)
	for {
		u := s.Uniform() - 0.5
		v := s.Uniform()
		us := 0.5 - math.Abs(u)
		k := math.Floor((2*a/us+b)*u + mean + 0.43)
		if us >= 0.07 && v <= vr {
			return int(k)
		}
		if k < 0 || us < 0.013 && v > us {
			continue
		}
		alpha := 1.1239 + 1.1328/(b-3.4)
		lg, _ := math.Lgamma(k + 1)
		if math.Log(v*alpha/(a/(us*us)+b)) <= k*logMean-mean-lg {
			return int(k)
		}
	}
}
