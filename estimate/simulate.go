package estimate

import (
	"context"
	"math"
	"slices"
)

// A Simulation says how the methods and the rules did on many populations of
// one scenario, whose true sizes are known.
type Simulation struct {
	Scenario    Scenario           `json:"scenario"`
	Populations int                `json:"populations"`
	Seed        uint64             `json:"seed"`
	Observed    float64            `json:"observed"` // mean number of people documented
	Overlap     float64            `json:"overlap"`  // mean number on two or more lists
	Methods     []MethodSimulation `json:"methods"`

	Refused int         `json:"refused"`
	Warned  int         `json:"warned"` // not refused, with some warning
	Reasons map[Key]int `json:"reasons"`
	// AllMiss counts the populations whose size lies outside the interval of
	// every family; Caught those of them that were refused or carry a warning
	// with the right direction.
	AllMiss int `json:"all_miss"`
	Caught  int `json:"caught"`
	// Harmless counts the populations whose size lies inside the interval of
	// every family and within a quarter of the middle of their estimates: a
	// figure would have misled nobody. HarmlessRefused were refused all the
	// same.
	Harmless        int `json:"harmless"`
	HarmlessRefused int `json:"harmless_refused"`
	// Held counts, more leniently, the populations that some family holds.
	Held        int `json:"held"`
	HeldRefused int `json:"held_refused"`
	// Misleading counts the populations that got a figure, without a warning
	// of the right direction, whose range does not hold the size.
	Misleading int `json:"misleading"`
}

// A MethodSimulation says how often the interval of a method held the size.
type MethodSimulation struct {
	Method Method `json:"method"`
	Done   int    `json:"done"` // populations it had an estimate for
	// Coverage is the share of all populations whose size the interval held.
	Coverage float64 `json:"coverage"`
	// Bias and Width are medians of the estimate's error and the interval's
	// width, both relative to the size.
	Bias  float64 `json:"bias"`
	Width float64 `json:"width"`
}

// closeEnough is how far the middle may lie from the size, relative to it, for
// a figure to be called harmless.
const closeEnough = 0.25

// SimulationSettings are the settings of an envelope quick enough to be run on
// thousands of populations: fewer bootstrap draws, and chains that start short.
func SimulationSettings() Settings {
	return Settings{
		Bootstrap: 200,
		Latent:    LatentSettings{Steps: 6000, Thin: 10},
	}
}

// Simulate draws populations of a scenario, lists them, runs the envelope on
// each and compares with the known sizes. Populations are spread over
// set.Workers; the result does not depend on how many there are.
func Simulate(ctx context.Context, s Scenario, populations int, set Settings) (Simulation, error) {
	if err := s.Check(); err != nil {
		return Simulation{}, err
	}
	task := newTask(set.Report, StageSimulate)
	task.begin(populations)
	workers := max(1, set.Workers)
	set.Method, set.Workers, set.Report = MethodEnvelope, 1, nil
	results := make([]Result, populations)
	err := parallel(ctx, workers, populations, func(_, i int) error {
		defer task.step(1)
		t, ok := s.Draw(set.Seed, i)
		if !ok {
			return nil
		}
		own := set
		own.Seed = set.Seed + uint64(i)
		var err error
		results[i], err = Estimate(ctx, t, own)
		return err
	})
	if err != nil {
		return Simulation{}, err
	}
	out := Simulation{Scenario: s, Populations: populations, Seed: set.Seed, Reasons: make(map[Key]int)}
	tallies := make(map[Method]*tally)
	for _, r := range results {
		out.add(r, float64(s.People), tallies)
	}
	for _, m := range Methods() {
		if t := tallies[m]; t != nil {
			out.Methods = append(out.Methods, t.summary(m, populations))
		}
	}
	out.Observed /= float64(max(1, populations))
	out.Overlap /= float64(max(1, populations))
	return out, nil
}

// add counts one population.
func (s *Simulation) add(r Result, size float64, tallies map[Method]*tally) {
	s.Observed += float64(r.N)
	s.Overlap += float64(r.Overlap)
	all := tallyOf(tallies, MethodEnvelope)
	held, missed := 0, 0
	low, high := math.Inf(1), math.Inf(-1)
	var estimates []float64
	for _, f := range r.Families {
		if !f.ok() {
			continue
		}
		inside := tallyOf(tallies, f.Method).add(float64(f.Estimate), float64(f.Low), float64(f.High), size)
		if f.Compare {
			continue
		}
		estimates = append(estimates, float64(f.Estimate))
		low, high = min(low, float64(f.Low)), max(high, float64(f.High))
		if inside {
			held++
		} else {
			missed++
		}
	}
	mid := middle(estimates)
	inside := all.add(mid, low, high, size)
	warned := r.Refused || warnsRightly(r, mid, size)
	s.count(r)
	if held > 0 {
		s.Held++
		if r.Refused {
			s.HeldRefused++
		}
	}
	if missed == 0 && held > 0 && math.Abs(mid-size) <= closeEnough*size {
		s.Harmless++
		if r.Refused {
			s.HarmlessRefused++
		}
	}
	if held == 0 {
		s.AllMiss++
		if warned {
			s.Caught++
		}
	}
	if !inside && !warned {
		s.Misleading++
	}
}

func (s *Simulation) count(r Result) {
	switch {
	case r.Refused || r.N == 0:
		s.Refused++
		for _, m := range r.Reasons {
			s.Reasons[m.Key]++
		}
	case len(r.Warnings) > 0:
		s.Warned++
	}
}

// warnsRightly reports whether a warning says the direction of the error.
func warnsRightly(r Result, mid, size float64) bool {
	right := TooLow
	if mid > size {
		right = TooHigh
	}
	return slices.ContainsFunc(r.Warnings, func(m Message) bool { return m.Direction == right })
}

// A tally collects what one method said about many populations.
type tally struct {
	held           int
	errors, widths []float64
}

func tallyOf(all map[Method]*tally, m Method) *tally {
	if all[m] == nil {
		all[m] = &tally{}
	}
	return all[m]
}

func (t *tally) add(estimate, low, high, size float64) (inside bool) {
	if math.IsNaN(estimate) {
		return false
	}
	inside = low <= size && size <= high
	if inside {
		t.held++
	}
	t.errors = append(t.errors, estimate/size-1)
	t.widths = append(t.widths, (high-low)/size)
	return inside
}

func (t *tally) summary(m Method, populations int) MethodSimulation {
	return MethodSimulation{
		Method: m, Done: len(t.errors), Coverage: float64(t.held) / float64(max(1, populations)),
		Bias: middle(t.errors), Width: middle(t.widths),
	}
}
