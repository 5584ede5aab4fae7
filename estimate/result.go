package estimate

import "slices"

// A Result is an answer, or a refusal to give one, with everything it rests
// on. Its JSON form is what the command prints; the fields of the first lines
// keep their names for ever.
type Result struct {
	N        int       `json:"n"`       // different people documented
	Lists    []string  `json:"lists"`   // in the order of the table
	Overlap  int       `json:"overlap"` // people on two or more lists
	Method   Method    `json:"method"`
	Estimate Number    `json:"estimate"` // of the population size; missing when refused
	Low      Number    `json:"low"`
	High     Number    `json:"high"`
	Level    float64   `json:"level"`
	Families []Family  `json:"families"`
	Warnings []Message `json:"warnings"`
	Refused  bool      `json:"refused"`
	Reasons  []Message `json:"reasons"` // why it was refused
	Settings Settings  `json:"settings"`
	// Seconds is for the caller to fill in: the kit has no clock.
	Seconds float64 `json:"seconds"`

	Assumptions []Message    `json:"assumptions"`
	Direction   Direction    `json:"direction,omitempty"` // where the estimate probably errs
	Pairs       []PairLean   `json:"pairs,omitempty"`
	Lean        *Lean        `json:"lean,omitempty"`
	Sensitivity *Sensitivity `json:"sensitivity,omitempty"`
}

// FamilyName groups methods that answer to the same assumptions.
type FamilyName string

// The families.
const (
	FamilyTwoList   FamilyName = "two-list"
	FamilyLogLinear FamilyName = "log-linear"
	FamilyGraphs    FamilyName = "graphs"
	FamilyLatent    FamilyName = "latent-classes"
)

// A Family is what one method says.
type Family struct {
	Family   FamilyName `json:"family"`
	Method   Method     `json:"method"`
	Model    string     `json:"model,omitempty"` // lists by number, in the order of the table
	Named    string     `json:"model_named,omitempty"`
	Estimate Number     `json:"estimate"`
	Low      Number     `json:"low"`
	High     Number     `json:"high"`
	Interval string     `json:"interval"` // how the limits were made
	// Compare marks methods shown for comparison, which neither widen the
	// envelope nor count as disagreeing with it.
	Compare bool      `json:"compare,omitempty"`
	Failed  []Message `json:"failed,omitempty"` // why there is no estimate
	Notes   []Message `json:"notes,omitempty"`  // remarks about this method only

	Models      int          `json:"models,omitempty"`  // models or graphs considered
	Bounded     bool         `json:"bounded,omitempty"` // not all of them could be
	AIC         Number       `json:"aic,omitempty"`
	BIC         Number       `json:"bic,omitempty"`
	ProfileLow  Number       `json:"profile_low,omitempty"` // limits that ignore the choice of the model
	ProfileHigh Number       `json:"profile_high,omitempty"`
	Broken      float64      `json:"broken,omitempty"`     // share of resampled tables without an estimate
	Draws       int          `json:"draws,omitempty"`      // bootstrap or chain draws behind the limits
	TailDraws   Number       `json:"tail_draws,omitempty"` // draws beyond the nearer limit
	RHat        Number       `json:"r_hat,omitempty"`
	ESS         Number       `json:"ess,omitempty"`
	TailESS     Number       `json:"tail_ess,omitempty"`
	Chains      int          `json:"chains,omitempty"`
	Steps       int          `json:"steps,omitempty"`
	Mean        Number       `json:"mean,omitempty"`
	Mode        int          `json:"mode,omitempty"`
	Edge        Number       `json:"edge,omitempty"`
	GridEnd     int          `json:"grid_end,omitempty"`
	Humps       int          `json:"humps,omitempty"`
	Saturated   float64      `json:"saturated,omitempty"`
	Graphs      []GraphShare `json:"graphs,omitempty"`
	Coverage    float64      `json:"coverage,omitempty"`

	model *Model
}

// ok reports whether the family has an estimate.
func (f Family) ok() bool { return f.Estimate.Known() }

// refuse adds a reason and takes the figure away.
func (r *Result) refuse(m Message) {
	r.Refused = true
	r.Reasons = append(r.Reasons, m)
}

func (r *Result) warn(m Message) { r.Warnings = append(r.Warnings, m) }

// finish takes the figure away from a refused result and removes repetitions.
func (r *Result) finish() {
	if r.Refused {
		r.Estimate, r.Low, r.High = Missing(), Missing(), Missing()
		if r.Sensitivity != nil {
			r.Sensitivity.Slider = nil
		}
	}
	r.Warnings = distinct(r.Warnings)
	r.Reasons = distinct(r.Reasons)
}

func distinct(ms []Message) []Message {
	seen := make(map[string]bool)
	out := []Message{}
	for _, m := range ms {
		if text := m.Text(English); !seen[text] {
			seen[text] = true
			out = append(out, m)
		}
	}
	return out
}

// restore translates the model and the graphs of a rearranged table to the
// order of the caller's table t.
func (f *Family) restore(t Table, order []int) {
	if f.model != nil {
		m := f.model.back(t.P(), order)
		f.Model, f.Named = m.String(), m.Named(t.lists)
	}
	for i, g := range f.Graphs {
		cliques := make([]Pattern, len(g.cliques))
		for c, w := range g.cliques {
			cliques[c] = w.back(order)
		}
		slices.SortFunc(cliques, bySizeDown)
		f.Graphs[i].Graph = cliqueNames(t.P(), cliques)
	}
}
