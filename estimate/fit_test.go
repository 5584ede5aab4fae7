package estimate

import (
	"context"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"

	"asylon/estimate/internal/variate"
)

func newTestStream(seed uint64) *variate.Stream { return variate.NewStream(seed, 0) }

// The maximum of a log-linear model reproduces the totals of its sets: that is
// what the likelihood equations say.
func TestFitReproducesTotals(t *testing.T) {
	models := hierarchical(4, 3)
	rapid.Check(t, func(t *rapid.T) {
		table := tables(4).Draw(t, "table")
		m := rapid.SampledFrom(models).Draw(t, "model")
		if !CheckExistence(table, m).OK() {
			t.Skip("no estimate")
		}
		f := newFitter(4)
		f.load(table.dense())
		fit, err := f.fit(m, nil)
		if err != nil {
			t.Fatalf("%s exists but: %v", m, err)
		}
		superset(f.mu, 4)
		tol := 1e-5 * float64(table.n)
		if math.Abs(f.mu[0]-float64(table.n)) > tol {
			t.Fatalf("%v people fitted, %d observed", f.mu[0], table.n)
		}
		for _, s := range m.terms {
			if math.Abs(f.mu[s]-float64(table.On(s))) > tol {
				t.Fatalf("%s, set %b: %v fitted, %d observed", m, s, f.mu[s], table.On(s))
			}
		}
		if fit.N < float64(table.n) {
			t.Fatalf("fewer people than observed: %v", fit.N)
		}
	})
}

// The log-likelihood is concave, so a point from which no direction leads up
// is its maximum. It is computed here from the design matrix that the fitter
// never forms.
func TestFitIsAtTheTop(t *testing.T) {
	table := mustTable(t, 3, 0, 90, 70, 28, 60, 22, 17, 8)
	rnd := newTestStream(1)
	for _, m := range hierarchical(3, 2) {
		f := newFitter(3)
		f.load(table.dense())
		fit, err := f.fit(m, nil)
		if err != nil {
			t.Fatal(err)
		}
		k := len(m.terms) + 1
		x := mat.NewDense(7, k, nil)
		for w := Pattern(1); w < 8; w++ {
			x.Set(int(w)-1, 0, 1)
			for i, s := range m.terms {
				if w&s == s {
					x.Set(int(w)-1, i+1, 1)
				}
			}
		}
		logLik := func(theta []float64) float64 {
			var eta mat.VecDense
			eta.MulVec(x, mat.NewVecDense(k, theta))
			sum := -f.fixed
			for w := range 7 {
				sum += float64(table.Count(Pattern(w+1)))*eta.AtVec(w) - math.Exp(eta.AtVec(w))
			}
			return sum
		}
		top := logLik(f.theta)
		if math.Abs(top-fit.LogLik) > 1e-9*math.Abs(top) {
			t.Errorf("%s: log-likelihood %v, by the design matrix %v", m, fit.LogLik, top)
		}
		for range 200 {
			near := make([]float64, k)
			for i, v := range f.theta {
				near[i] = v + 0.01*rnd.Normal()
			}
			if ll := logLik(near); ll > top+1e-9 {
				t.Fatalf("%s: %v at the fit, %v beside it", m, top, ll)
			}
		}
	}
}

// mustTable makes a table from counts by pattern, the zero pattern first.
func mustTable(t testing.TB, p int, counts ...int) Table {
	t.Helper()
	names := make([]string, p)
	for j := range names {
		names[j] = string(rune('A' + j))
	}
	var cells []Cell
	for w, c := range counts {
		if w > 0 {
			cells = append(cells, Cell{Pattern(w), c})
		}
	}
	table, err := NewTable(names, cells)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// With two lists everything is known in closed form.
func TestTwoListsClosedForm(t *testing.T) {
	table := mustTable(t, 2, 0, 30, 40, 12)
	f := newFitter(2)
	f.load(table.dense())
	fit, err := f.fit(Independence(2), nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := 82 + 30.0*40/12; math.Abs(fit.N-want) > 1e-6 {
		t.Errorf("N = %v, want %v", fit.N, want)
	}
	i, err := f.profileInterval(context.Background(), Independence(2), 0.95)
	if err != nil || !(i.Low > 82 && i.Low < fit.N && i.High > fit.N) {
		t.Errorf("interval %v, %v", i, err)
	}
	wide, err := f.profileInterval(context.Background(), Independence(2), 0.99)
	if err != nil || wide.Low >= i.Low || wide.High <= i.High {
		t.Errorf("the 99 %% interval %v does not contain the 95 %% interval %v (%v)", wide, i, err)
	}
}

func TestExistenceCodes(t *testing.T) {
	// Three lists of which only the first two share anybody.
	table := mustTable(t, 3, 0, 40, 30, 6, 20)
	for _, tt := range []struct {
		name string
		m    Model
		want Existence
	}{
		{"independence", Independence(3), Existence{true, true}},
		{"the pair that overlaps", Interactions(3, 0b011), Existence{false, true}},
		{"a pair that does not", Interactions(3, 0b101), Existence{true, true}},
		{"both pairs that do not", Interactions(3, 0b101, 0b110), Existence{true, true}},
		{"all pairs", Interactions(3, 0b011, 0b101, 0b110), Existence{true, false}},
	} {
		if got := CheckExistence(table, tt.m); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

// Where the exact test says that an estimate exists, more people in the cells
// that hold some cannot take it away.
func TestExistenceDependsOnSupportOnly(t *testing.T) {
	models := hierarchical(3, 2)
	rapid.Check(t, func(t *rapid.T) {
		table := tables(3).Draw(t, "table")
		m := rapid.SampledFrom(models).Draw(t, "model")
		w := rapid.SampledFrom(table.Cells()).Draw(t, "cell").Pattern
		more, _ := table.with(w, rapid.IntRange(1, 100).Draw(t, "more"))
		if a, b := CheckExistence(table, m), CheckExistence(more, m); a != b {
			t.Fatalf("%s: %+v, with more people %+v", m, a, b)
		}
	})
}

func TestPoissonTail(t *testing.T) {
	for _, mean := range []float64{0.3, 4, 25, 300} {
		d := distuv.Poisson{Lambda: mean}
		for _, k := range []float64{0, 1, 3, 20, 40, 280, 330} {
			low := d.CDF(k)
			high := 1.0
			if k > 0 {
				high = d.Survival(k - 1)
			}
			want := low
			if k >= mean {
				want = high
			}
			if got := poissonTail(k, mean); math.Abs(got-want) > 1e-9*(1+want)+1e-12 {
				t.Errorf("k %v, mean %v: %v, want %v", k, mean, got, want)
			}
		}
	}
	if poissonTail(0, 0) != 1 || poissonTail(3, 0) != 0 {
		t.Error("a mean of zero allows nobody")
	}
}

func TestNormal(t *testing.T) {
	d := distuv.UnitNormal
	for _, p := range []float64{1e-9, 0.025, 0.3, 0.5, 0.9, 0.999} {
		if got, want := normalQuantile(p), d.Quantile(p); math.Abs(got-want) > 1e-8 {
			t.Errorf("quantile %v: %v, want %v", p, got, want)
		}
		if got := normalCDF(d.Quantile(p)); math.Abs(got-p) > 1e-12 {
			t.Errorf("CDF at the quantile of %v: %v", p, got)
		}
	}
	for _, x := range []float64{0.5, 7, 31} {
		if got, want := chiSquareTail(x, 20), (distuv.ChiSquared{K: 20}).Survival(x); math.Abs(got-want) > 1e-10 {
			t.Errorf("chi² tail at %v: %v, want %v", x, got, want)
		}
	}
}
