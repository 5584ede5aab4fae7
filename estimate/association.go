package estimate

import "math"

// A PairLean says how two lists depend on each other, as far as the people on
// the other lists show it.
type PairLean struct {
	Lists    [2]string `json:"lists"`
	Common   int       `json:"common"`
	Chapman  Number    `json:"chapman"`  // estimate that takes the two as independent
	LogOdds  Number    `json:"log_odds"` // positive when being on one goes with being on the other
	StdError Number    `json:"std_error"`
	// Direction is where an estimate errs that takes the two as independent:
	// too low when they share more people than chance would have.
	Direction Direction `json:"direction,omitempty"`
}

// pairLeans measures every pair of lists by the Mantel-Haenszel odds ratio
// over the people on each combination of the other lists: among those all four
// cells are known, nobody unseen is needed. With two lists nothing is known.
func pairLeans(t Table, level float64) []PairLean {
	var out []PairLean
	for _, e := range ChapmanPairs(t, level) {
		l := PairLean{Common: e.Common, Chapman: Number(e.Estimate)}
		at := 0
		for j, name := range t.lists {
			if e.Lists.Has(j) {
				l.Lists[at] = name
				at++
			}
		}
		log, se := mantelHaenszel(t, e.Lists)
		l.LogOdds, l.StdError = Number(log), Number(se)
		switch z := log / se; {
		case z >= Limits().PairLean:
			l.Direction = TooLow
		case z <= -Limits().PairLean:
			l.Direction = TooHigh
		}
		out = append(out, l)
	}
	return out
}

// mantelHaenszel returns the pooled log odds ratio of two lists and its
// standard error (Robins, Breslow and Greenland 1986), NaN when nothing is
// known of it.
func mantelHaenszel(t Table, pair Pattern) (log, se float64) {
	a := pair & -pair
	b := pair &^ a
	strata := make(map[Pattern]*[4]float64) // neither, a only, b only, both
	var pool [4]float64
	var order []Pattern
	for _, c := range t.cells {
		rest := c.Pattern &^ pair
		if rest == 0 {
			continue
		}
		s := strata[rest]
		if s == nil {
			s = new([4]float64)
			strata[rest] = s
			order = append(order, rest)
		}
		i := 0
		if c.Pattern&a != 0 {
			i++
		}
		if c.Pattern&b != 0 {
			i += 2
		}
		s[i] += float64(c.Count)
		pool[i] += float64(c.Count)
	}
	var r, s, pr, ps, qs float64
	for _, rest := range order {
		x := strata[rest]
		n := x[0] + x[1] + x[2] + x[3]
		ri, si := x[3]*x[0]/n, x[1]*x[2]/n
		p := (x[3] + x[0]) / n
		r += ri
		s += si
		pr += p * ri
		ps += p*si + (1-p)*ri
		qs += (1 - p) * si
	}
	if r > 0 && s > 0 {
		return math.Log(r / s), math.Sqrt(pr/(2*r*r) + ps/(2*r*s) + qs/(2*s*s))
	}
	if pool[1]+pool[3] == 0 || pool[2]+pool[3] == 0 {
		return math.NaN(), math.NaN() // nobody on one of the two is on any other list
	}
	// Too thin to pool by strata: one table, half a person added to each cell.
	for i := range pool {
		pool[i] += 0.5
		se += 1 / pool[i]
	}
	return math.Log(pool[3] * pool[0] / (pool[1] * pool[2])), math.Sqrt(se)
}

// A Lean is what the table says about a dependence common to all lists, which
// is how differences in visibility show: an effect of each pair of lists that
// is the same for all, beyond the effects a model already has.
type Lean struct {
	Effect Number `json:"effect"`
	Z      Number `json:"z"` // the effect in standard errors
	// Beyond is false when the model left no room to measure the effect
	// besides its own; then it was measured against independence.
	Beyond bool `json:"beyond_model"`
}

// commonLean fits the common effect beside the model, or beside independence
// when the two cannot be told apart. It is NaN when neither can be fitted.
func commonLean(t Table, m Model) Lean {
	if effect, z, ok := commonEffect(t, m); ok {
		return Lean{Number(effect), Number(z), true}
	}
	if effect, z, ok := commonEffect(t, Independence(t.P())); ok {
		return Lean{Number(effect), Number(z), false}
	}
	return Lean{Number(math.NaN()), Number(math.NaN()), false}
}

func commonEffect(t Table, m Model) (effect, z float64, ok bool) {
	full := listDesign(t)
	d := &design{}
	var live, empty []Pattern
	for _, s := range m.terms {
		switch {
		case t.On(s) == 0:
			empty = append(empty, s)
		case s.Size() >= 2:
			live = append(live, s)
		}
	}
cells:
	for i, row := range full.rows {
		w := Pattern(i)
		for _, s := range empty {
			if w&s == s {
				continue cells
			}
		}
		for _, s := range live {
			x := 0.0
			if w&s == s {
				x = 1
			}
			row = append(row, x)
		}
		k := float64(w.Size())
		d.rows = append(d.rows, append(row, k*(k-1)/2))
		d.counts = append(d.counts, full.counts[i])
	}
	d.offset = make([]float64, len(d.rows))
	theta, _, err := d.fit()
	if err != nil {
		return 0, 0, false
	}
	last := len(theta) - 1
	variance, ok := d.variance(theta, last)
	if !ok || math.Abs(theta[last]) > 10 {
		return 0, 0, false // running away: it exists only at infinity
	}
	return theta[last], theta[last] / math.Sqrt(variance), true
}

// variance returns the asymptotic variance of one effect.
func (d *design) variance(theta []float64, i int) (float64, bool) {
	k := len(theta)
	h, g := make([]float64, k*(k+1)/2), make([]float64, k)
	for r := 1; r < len(d.rows); r++ {
		addRow(h, g, d.rows[r], math.Exp(d.eta(theta, r)), 0)
	}
	if !cholesky(h, k) {
		return 0, false
	}
	clear(g)
	g[i] = 1
	solve(h, k, g)
	return g[i], g[i] > 0
}
