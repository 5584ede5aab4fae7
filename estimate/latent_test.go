package estimate

import (
	"context"
	"math"
	"slices"
	"testing"

	"asylon/estimate/internal/variate"
)

// With one class the lists are independent and the posterior is known: the
// binomial coefficient times a beta function for each list, times 1/N.
func TestOneClassIsKnown(t *testing.T) {
	table := mustTable(t, 3, 0, 60, 45, 22, 40, 15, 12, 6)
	density := func(unseen float64) float64 {
		total := float64(table.n) + unseen
		sum := lnGamma(total+1) - lnGamma(unseen+1) - math.Log(total)
		for j := range 3 {
			on := float64(table.On(1 << j))
			sum += lnGamma(on+1) + lnGamma(total-on+1) - lnGamma(total+2)
		}
		return sum
	}
	post, err := build(context.Background(), density, 0, 100_000, math.Inf(-1), nil)
	if err != nil {
		t.Fatal(err)
	}
	set, err := Settings{Seed: 4, Latent: LatentSettings{Classes: 1, Steps: 20_000}}.check(table, table)
	if err != nil {
		t.Fatal(err)
	}
	got, err := sampleClasses(context.Background(), table, set, newTask(nil, StageChains))
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		name string
		got  float64
		q    float64
	}{{"median", got.Median, 0.5}, {"low", got.Low, 0.025}, {"high", got.High, 0.975}} {
		want := float64(table.n + post.quantile(x.q))
		if math.Abs(x.got-want) > 0.02*want {
			t.Errorf("%s %v, want %v", x.name, x.got, want)
		}
	}
}

// The sampler must hold people together: classes add up, and so do lists.
func TestSamplerKeepsPeople(t *testing.T) {
	s, _ := FindScenario("hidden-4")
	table, _ := s.Draw(8, 0)
	for _, sparse := range []bool{false, true} {
		set := LatentSettings{}.withDefaults(4)
		sampler := newLatentSampler(table, set, variate.NewStream(1, 2), 1e6)
		if sparse {
			sampler.grow = nil
		}
		for step := range 300 {
			sampler.step()
			if step == 100 {
				sampler.sortClasses()
			}
			total, weight := 0, 0.0
			for c, size := range sampler.size {
				total += size
				weight += sampler.weight[c]
			}
			if total != table.n+sampler.unseen || math.Abs(weight-1) > 1e-9 {
				t.Fatalf("step %d: %d people in classes of weight %v, want %d", step, total, weight, table.n+sampler.unseen)
			}
			for j := range 4 {
				on := 0
				for c := range sampler.size {
					on += sampler.members[c*4+j]
				}
				if on != table.On(1<<j) {
					t.Fatalf("step %d: list %d holds %d people, want %d", step, j, on, table.On(1<<j))
				}
			}
		}
	}
}

// Both ways of filling in the probabilities must agree.
func TestFillSparseAgrees(t *testing.T) {
	table := mustTable(t, 3, 0, 60, 45, 22, 40, 15, 12, 6)
	s := newLatentSampler(table, LatentSettings{}.withDefaults(3), variate.NewStream(1, 2), 1e6)
	for range 20 {
		s.step()
	}
	s.fill()
	cell, zero := slices.Clone(s.cell), slices.Clone(s.zero)
	s.fillSparse()
	for i := range cell {
		if math.Abs(cell[i]-s.cell[i]) > 1e-12 {
			t.Fatalf("cell %d: %v and %v", i, cell[i], s.cell[i])
		}
	}
	for c := range zero {
		if math.Abs(zero[c]-s.zero[c]) > 1e-12 {
			t.Fatalf("class %d: %v and %v", c, zero[c], s.zero[c])
		}
	}
}

// What slide believes about weights must be what they become.
func TestSlideKeepsBooks(t *testing.T) {
	table := mustTable(t, 3, 0, 60, 45, 22, 40, 15, 12, 6)
	s := newLatentSampler(table, LatentSettings{}.withDefaults(3), variate.NewStream(1, 2), 1e6)
	moved := 0
	for range 500 {
		s.step()
		s.fill()
		before := slices.Clone(s.on)
		s.slide()
		if !slices.Equal(before, s.on) {
			moved++
		}
		left := 0.0
		for c := range s.k - 1 {
			want := -math.Exp(left) * math.Expm1(s.rest[c])
			if math.Abs(s.weight[c]-want) > 1e-9 {
				t.Fatalf("class %d weighs %v, its stick says %v", c, s.weight[c], want)
			}
			left += s.rest[c]
		}
	}
	if moved == 0 {
		t.Error("no class ever moved")
	}
}

func TestLatentClassesCalibrated(t *testing.T) {
	c, err := CalibrateLatent(context.Background(), CalibrationPlan{Lists: 3, MostPeople: 150, Populations: 210, Seed: 6, Workers: 2}, 3, 1500)
	if err != nil {
		t.Fatal(err)
	}
	if c.P < 1e-3 {
		t.Errorf("the true size does not fall evenly over the posterior: %+v", c)
	}
}

// A calibration must notice a method that is wrong: here one whose posterior
// is right but for being shifted by a tenth of its width.
func TestCalibrationNoticesBias(t *testing.T) {
	rnd := variate.NewStream(9, 9)
	var even, shifted []float64
	for range 1000 {
		u := rnd.Uniform()
		even = append(even, u)
		shifted = append(shifted, min(u+0.1, 0.999))
	}
	if c := calibrate(even); c.P < 1e-3 {
		t.Errorf("even positions: p = %v", c.P)
	}
	if c := calibrate(shifted); c.P > 1e-6 {
		t.Errorf("shifted positions: p = %v", c.P)
	}
}

func TestDiagnose(t *testing.T) {
	rnd := variate.NewStream(1, 1)
	chains := func(draw func(chain, i int, last float64) float64) [][]float64 {
		out := make([][]float64, 4)
		for c := range out {
			last := 0.0
			for i := range 1000 {
				last = draw(c, i, last)
				out[c] = append(out[c], last)
			}
		}
		return out
	}
	independent := diagnose(chains(func(int, int, float64) float64 { return rnd.Normal() }))
	if independent.RHat > 1.01 || independent.ESS < 3000 || independent.TailESS < 2000 {
		t.Errorf("independent draws: %+v", independent)
	}
	// An autoregression of 0.9 has (1+0.9)/(1-0.9) = 19 draws to one.
	slow := diagnose(chains(func(_, _ int, last float64) float64 { return 0.9*last + math.Sqrt(0.19)*rnd.Normal() }))
	if slow.ESS < 4000/19*0.6 || slow.ESS > 4000/19*1.6 {
		t.Errorf("an autoregression has effective size %v, want about %v", slow.ESS, 4000/19)
	}
	apart := diagnose(chains(func(c, _ int, _ float64) float64 { return float64(c%2) + rnd.Normal() }))
	if apart.RHat < 1.05 {
		t.Errorf("chains in two places: R-hat %v", apart.RHat)
	}
	spread := diagnose(chains(func(c, _ int, _ float64) float64 { return float64(1+3*(c%2)) * rnd.Normal() }))
	if spread.RHat < 1.05 {
		t.Errorf("chains of two spreads: R-hat %v", spread.RHat)
	}
	constant := diagnose(chains(func(int, int, float64) float64 { return 7 }))
	if constant.RHat != 1 || math.IsNaN(constant.ESS) {
		t.Errorf("constant draws: %+v", constant)
	}
}

func TestBCaOfNormalMean(t *testing.T) {
	// For a mean of many normal numbers the interval is close to the usual one.
	rnd := variate.NewStream(2, 2)
	var draws []float64
	for range 20_000 {
		draws = append(draws, 50+2*rnd.Normal())
	}
	jack := []jackknifed{{1, 10, 49.9}, {2, 10, 50.1}}
	i := bcaInterval(draws, 50, jack, 0.95)
	if math.Abs(i.low-46.08) > 0.15 || math.Abs(i.high-53.92) > 0.15 {
		t.Errorf("interval %+v, want about 46.1 to 53.9", i)
	}
	if math.Abs(i.tail-500) > 60 {
		t.Errorf("%v draws beyond a limit, want about 500", i.tail)
	}
	// A skewed jackknife must move both limits the same way.
	skewed := bcaInterval(draws, 50, []jackknifed{{1, 5, 45}, {2, 95, 50.3}}, 0.95)
	if skewed.low == i.low || math.Signbit(skewed.low-i.low) != math.Signbit(skewed.high-i.high) {
		t.Errorf("acceleration moved %+v to %+v", i, skewed)
	}
	if one := bcaInterval([]float64{7}, 7, nil, 0.95); one.low != 7 || one.high != 7 {
		t.Errorf("one draw: %+v", one)
	}
}
