package estimate

import (
	"context"
	"math"
)

// A design is a log-linear model whose columns are not sets of lists: the
// heterogeneity models, whose extra effects depend on how many lists somebody
// is on. Row i belongs to cell i; rows of cells beyond the first are observed,
// row 0 is the unseen.
type design struct {
	rows   [][]float64
	offset []float64
	counts []float64 // counts[0] is assumed for profiles
	whole  bool
	apart  float64 // people in cells that the model fits exactly and leaves out
}

// fit maximises the Poisson likelihood by Newton's method.
func (d *design) fit() (theta []float64, ll float64, err error) {
	k := len(d.rows[0])
	theta = make([]float64, k)
	first := 1
	if d.whole {
		first = 0
	}
	h, g := make([]float64, k*(k+1)/2), make([]float64, k)
	ll = math.Inf(-1)
	scale := 0.0 // zero marks the least squares start
	step := make([]float64, k)
	for range maxNewton {
		clear(h)
		clear(g)
		for i := first; i < len(d.rows); i++ {
			c := d.counts[i]
			mu, want := c+0.5, 0.0
			if scale == 0 {
				want = mu*(math.Log(mu)-d.offset[i]) + c - mu
			} else {
				mu = math.Exp(d.eta(theta, i))
				want = c - mu
			}
			addRow(h, g, d.rows[i], mu, want)
		}
		copy(step, g)
		if !cholesky(h, k) {
			return nil, 0, errNotIdentifiable
		}
		solve(h, k, step)
		decrement := 0.0
		for i, x := range g {
			decrement += x * step[i]
		}
		before := append([]float64{}, theta...)
		for scale = 1; ; scale /= 2 {
			for i, x := range before {
				theta[i] = x + scale*step[i]
			}
			now := d.logLik(theta, first)
			if now >= ll-1e-9*(1+math.Abs(ll)) {
				ll = now
				break
			}
			if scale < 1e-9 {
				return nil, 0, errNoConvergence
			}
		}
		if decrement < decrementDone {
			return theta, ll, nil
		}
	}
	return nil, 0, errNoConvergence
}

func addRow(h, g, row []float64, mu, want float64) {
	at := 0
	for a, x := range row {
		g[a] += x * want
		for b, y := range row[:a+1] {
			h[at+b] += mu * x * y
		}
		at += a + 1
	}
}

func (d *design) eta(theta []float64, i int) float64 {
	sum := d.offset[i]
	for j, x := range d.rows[i] {
		sum += x * theta[j]
	}
	return sum
}

func (d *design) logLik(theta []float64, first int) float64 {
	ll := 0.0
	for i := first; i < len(d.rows); i++ {
		eta := d.eta(theta, i)
		ll += d.counts[i]*eta - math.Exp(eta)
	}
	return ll
}

// interval fits the model and profiles the population size.
func (d *design) interval(ctx context.Context, level float64) (Interval, error) {
	theta, _, err := d.fit()
	if err != nil {
		return Interval{}, err
	}
	n := d.apart
	for _, c := range d.counts[1:] {
		n += c
	}
	out := Interval{Estimate: n + math.Exp(d.eta(theta, 0))}
	d.whole = true
	out.Low, out.High, err = profileLimits(ctx, n, out.Estimate, chiSquare1(level), func(total float64) (float64, error) {
		d.counts[0] = total - n
		theta, _, err := d.fit()
		if err != nil {
			return 0, err
		}
		ll := lnGamma(total+1) - lnGamma(total-n+1) - d.apart*math.Log(total)
		for i, c := range d.counts {
			if c > 0 {
				ll += c * (d.eta(theta, i) - math.Log(total))
			}
		}
		return ll, nil
	})
	d.whole, d.counts[0] = false, 0
	return out, err
}

// listDesign is the design of lists with their own effects.
func listDesign(t Table) *design {
	d := &design{counts: t.dense()}
	for w := range d.counts {
		row := []float64{1}
		for j := range t.P() {
			row = append(row, float64(w>>j&1))
		}
		d.rows = append(d.rows, row)
	}
	d.offset = make([]float64, len(d.rows))
	return d
}

// LowerBound estimates Chao's lower bound for lists that differ in how much
// they reach: from three lists on, the logarithm of a pattern's expected count may
// bend upwards, by any amount at each further list, since people who differ in
// visibility can only bend it that way (Rivest and Baillargeon 2007). Under such differences fewer
// people than this are improbable; lists that avoid each other break it.
// Errors are those of a model that cannot be fitted and of the context.
func LowerBound(ctx context.Context, t Table, level float64) (Interval, error) {
	t, _ = t.usedLists()
	active := make([]bool, t.P()+1)
	for k := 3; k <= t.P(); k++ {
		active[k] = atSize(t, k) > 0
	}
	for {
		d := listDesign(t)
		var sizes []int
		for k, on := range active {
			if !on {
				continue
			}
			sizes = append(sizes, k)
			for w := range d.rows {
				d.rows[w] = append(d.rows[w], float64(max(0, Pattern(w).Size()-k+1)))
			}
		}
		theta, _, err := d.fit()
		if err != nil {
			return Interval{}, err
		}
		// A bend downwards would turn the bound into something else.
		clean := true
		for i, k := range sizes {
			if theta[1+t.P()+i] < 0 {
				active[k], clean = false, false
			}
		}
		if clean {
			return d.interval(ctx, level)
		}
	}
}

func atSize(t Table, k int) int {
	sum := 0
	for _, c := range t.cells {
		if c.Pattern.Size() == k {
			sum += c.Count
		}
	}
	return sum
}

// Visibility estimates the model in which people differ in visibility so that
// being on k lists is multiplied by a factor to the power 2^k - 1: Rcapture's
// "Poisson" heterogeneity with base two. It extrapolates a shape nobody can
// check and is here for comparison only.
func Visibility(ctx context.Context, t Table, level float64) (Interval, error) {
	t, _ = t.usedLists()
	d := listDesign(t)
	for w := range d.rows {
		d.rows[w] = append(d.rows[w], math.Exp2(float64(Pattern(w).Size()))-1)
	}
	return d.interval(ctx, level)
}

// LowerBoundFrequencies is Chao's (1987) lower bound n + f1²/(2 f2) for people
// who are told apart but not the lists or occasions, with its profile interval.
func LowerBoundFrequencies(ctx context.Context, f Frequencies, level float64) (Interval, error) {
	if len(f) < 2 || f[0] == 0 || f[1] == 0 {
		return Interval{}, errNoEstimate
	}
	d := &design{
		rows:   [][]float64{{1, 0}, {1, 1}, {1, 2}},
		offset: []float64{0, 0, -math.Ln2}, // occasions without number: 1/k!
		counts: []float64{0, float64(f[0]), float64(f[1])},
		apart:  float64(f.N() - f[0] - f[1]),
	}
	return d.interval(ctx, level)
}

// BiasCorrected estimates the model of independent lists from counts that are
// raised a little where the bias of the estimate comes from: by (t-2)/2t for
// people on one of t lists and 2/t(t-1) for people on two (Rivest and Lévesque
// 2001). The interval is the usual one of Wald. It is here for comparison.
func BiasCorrected(t Table, level float64) (Interval, error) {
	t, _ = t.usedLists()
	d := listDesign(t)
	p := float64(t.P())
	for w := range d.counts {
		switch Pattern(w).Size() {
		case 1:
			d.counts[w] += (p - 2) / (2 * p)
		case 2:
			d.counts[w] += 2 / (p * (p - 1))
		}
	}
	theta, _, err := d.fit()
	if err != nil {
		return Interval{}, err
	}
	variance, ok := d.variance(theta, 0)
	if !ok {
		return Interval{}, errNotIdentifiable
	}
	unseen := math.Exp(theta[0])
	half := normalQuantile((1+level)/2) * math.Sqrt(unseen+unseen*unseen*variance)
	n := float64(t.n) + unseen
	return Interval{n, n - half, n + half}, nil
}
