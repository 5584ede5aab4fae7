package variate

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// draws is enough for the tests below to see an error of a few per cent in a
// tail; the thresholds leave room for chance but seeds are fixed, so a test
// that passes keeps passing.
const draws = 15_000

// checkUniform bins numbers that should be uniform and compares with chi².
func checkUniform(t *testing.T, name string, us []float64) {
	t.Helper()
	const bins = 20
	var n [bins]float64
	for _, u := range us {
		n[min(bins-1, int(u*bins))]++
	}
	want := float64(len(us)) / bins
	chi := 0.0
	for _, x := range n {
		chi += (x - want) * (x - want) / want
	}
	if p := (distuv.ChiSquared{K: bins - 1}).Survival(chi); p < 1e-4 {
		t.Errorf("%s: chi² = %.1f, p = %.2g", name, chi, p)
	}
}

func TestContinuous(t *testing.T) {
	s := NewStream(1, 2)
	for _, shape := range []float64{0.05, 0.25, 1, 1.5, 10, 3000} {
		d := distuv.Gamma{Alpha: shape, Beta: 1}
		us, logs := make([]float64, draws), make([]float64, draws)
		for i := range us {
			us[i] = d.CDF(s.Gamma(shape))
			logs[i] = d.CDF(math.Exp(s.LogGamma(shape)))
		}
		checkUniform(t, "gamma", us)
		checkUniform(t, "log gamma", logs)
	}
	for _, ab := range [][2]float64{{1, 1}, {1, 400}, {2.5, 7}, {0.3, 0.3}} {
		d := distuv.Beta{Alpha: ab[0], Beta: ab[1]}
		us := make([]float64, draws)
		for i := range us {
			us[i] = d.CDF(s.Beta(ab[0], ab[1]))
		}
		checkUniform(t, "beta", us)
	}
}

// checkDiscrete spreads each whole number uniformly over its step of the
// distribution function, which makes it uniform if the number is right.
func checkDiscrete(t *testing.T, name string, s *Stream, cdf func(float64) float64, draw func() int) {
	t.Helper()
	us := make([]float64, draws)
	for i := range us {
		k := float64(draw())
		low := 0.0
		if k > 0 {
			low = cdf(k - 1)
		}
		us[i] = low + s.Uniform()*(cdf(k)-low)
	}
	checkUniform(t, name, us)
}

func TestDiscrete(t *testing.T) {
	s := NewStream(3, 4)
	for _, mean := range []float64{0.2, 3, 11.9, 12.1, 80, 4000} {
		checkDiscrete(t, "poisson", s, distuv.Poisson{Lambda: mean}.CDF, func() int { return s.Poisson(mean) })
	}
	for _, b := range []struct {
		n int
		p float64
	}{{1, 0.5}, {12, 0.3}, {16, 0.9}, {40, 0.1}, {60, 0.3}, {500, 0.5}, {9000, 0.001}, {9000, 0.77}} {
		d := distuv.Binomial{N: float64(b.n), P: b.p}
		checkDiscrete(t, "binomial", s, d.CDF, func() int { return s.Binomial(b.n, b.p) })
	}
}

func TestBinomialEdges(t *testing.T) {
	s := NewStream(5, 6)
	for _, tt := range []struct {
		n    int
		p    float64
		want int
	}{{0, 0.5, 0}, {7, 0, 0}, {7, -1e-17, 0}, {7, 1, 7}, {7, 1.0000001, 7}, {7, math.NaN(), 0}} {
		if got := s.Binomial(tt.n, tt.p); got != tt.want {
			t.Errorf("Binomial(%d, %v) = %d, want %d", tt.n, tt.p, got, tt.want)
		}
	}
}

func TestMultinomial(t *testing.T) {
	s := NewStream(7, 8)
	weights := []float64{0, 2, 0, 5, 3, 0}
	sum := make([]int, len(weights))
	for range 200 {
		out := make([]int, len(weights))
		s.Multinomial(1000, weights, out)
		n := 0
		for i, k := range out {
			n += k
			sum[i] += k
		}
		if n != 1000 {
			t.Fatalf("%v adds up to %d, want 1000", out, n)
		}
	}
	for i, w := range weights {
		want := w / 10 * 200_000
		if math.Abs(float64(sum[i])-want) > 5*math.Sqrt(want+1) {
			t.Errorf("category %d drawn %d times, want about %.0f", i, sum[i], want)
		}
	}
}

func TestStreams(t *testing.T) {
	a, again, other := NewStream(1, 0), NewStream(1, 0), NewStream(1, 1)
	same := 0
	for range 1000 {
		x := a.Uniform()
		if y := again.Uniform(); x != y {
			t.Fatalf("same stream gave %v and %v", x, y)
		}
		if x == other.Uniform() {
			same++
		}
	}
	if same > 0 {
		t.Errorf("two streams agree on %d of 1000 numbers", same)
	}
}

func BenchmarkBeta(b *testing.B) {
	s := NewStream(1, 1)
	for b.Loop() {
		s.Beta(300, 900)
	}
}

func BenchmarkBinomial(b *testing.B) {
	s := NewStream(1, 1)
	for b.Loop() {
		s.Binomial(800, 0.3)
	}
}
