package estimate

import (
	"context"
	"encoding/json"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestScenarios(t *testing.T) {
	all := Scenarios()
	if len(all) != 12 {
		t.Errorf("%d scenarios, want 12", len(all))
	}
	for _, s := range all {
		if err := s.Check(); err != nil {
			t.Error(err)
		}
		if found, ok := FindScenario(s.Name); !ok || found.People != s.People {
			t.Errorf("%s cannot be found", s.Name)
		}
		table, ok := s.Draw(1, 0)
		again, _ := s.Draw(1, 0)
		other, _ := s.Draw(1, 1)
		if !ok || cmp.Diff(table.cells, again.cells) != "" || cmp.Diff(table.cells, other.cells) == "" {
			t.Errorf("%s: draws must depend on seed and number only, and on both", s.Name)
		}
	}
	if _, ok := FindScenario("nothing"); ok {
		t.Error("found a scenario that is not there")
	}
}

// Lists reach the share of people that their chances say.
func TestScenarioReach(t *testing.T) {
	s := Scenario{Name: "test", People: 40_000, Groups: []Group{{0.25, []float64{0.8, 0.5, 0.1}}, {0.75, []float64{0.2, 0.5, 0.3}}},
		Follows: []Follow{{List: 1, After: 0, With: 0.9, Without: 0.3}}}
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	table, _ := s.Draw(1, 0)
	first := 0.25*0.8 + 0.75*0.2
	for j, want := range []float64{first, first*0.9 + (1-first)*0.3, 0.25*0.1 + 0.75*0.3} {
		if got := float64(table.On(1<<j)) / 40_000; math.Abs(got-want) > 0.01 {
			t.Errorf("list %d reaches %v, want %v", j, got, want)
		}
	}
}

func TestScenarioErrors(t *testing.T) {
	good := Scenario{Name: "x", People: 10, Groups: []Group{{1, []float64{0.1, 0.2}}}}
	for name, spoil := range map[string]func(*Scenario){
		"nobody":        func(s *Scenario) { s.People = 0 },
		"too many":      func(s *Scenario) { s.People = 2_000_000 },
		"no group":      func(s *Scenario) { s.Groups = nil },
		"one list":      func(s *Scenario) { s.Groups = []Group{{1, []float64{0.1}}} },
		"uneven groups": func(s *Scenario) { s.Groups = []Group{{0.5, []float64{0.1, 0.2}}, {0.5, []float64{0.1}}} },
		"half a share":  func(s *Scenario) { s.Groups = []Group{{0.5, []float64{0.1, 0.2}}} },
		"no chance":     func(s *Scenario) { s.Groups = []Group{{1, []float64{0.1, 1.2}}} },
		"not a number":  func(s *Scenario) { s.Groups = []Group{{1, []float64{0.1, math.NaN()}}} },
		"backwards":     func(s *Scenario) { s.Follows = []Follow{{List: 0, After: 1}} },
		"spread":        func(s *Scenario) { s.Spread = -1 },
	} {
		s := good
		spoil(&s)
		if s.Check() == nil {
			t.Errorf("%s: no error", name)
		}
		if _, err := Simulate(context.Background(), s, 1, Settings{}); err == nil {
			t.Errorf("%s: simulated", name)
		}
	}
}

func TestSimulate(t *testing.T) {
	s, _ := FindScenario("hidden-4")
	set := SimulationSettings()
	set.Bootstrap, set.Latent.Steps, set.Latent.MaxSteps = 20, 1000, 1000
	one, err := Simulate(context.Background(), s, 3, set)
	if err != nil {
		t.Fatal(err)
	}
	set.Workers = 3
	three, err := Simulate(context.Background(), s, 3, set)
	if err != nil {
		t.Fatal(err)
	}
	a, _ := json.Marshal(one)
	b, _ := json.Marshal(three)
	if diff := cmp.Diff(string(a), string(b)); diff != "" {
		t.Errorf("one worker and three: %s", diff)
	}
	if one.Observed < 700 || one.Observed > 1100 || len(one.Methods) != 7 {
		t.Errorf("%v people observed, %d methods", one.Observed, len(one.Methods))
	}
	for _, m := range one.Methods {
		if m.Done != 3 || m.Coverage > 0.5 || m.Bias > 0 {
			t.Errorf("%s: %+v; every method is too low here", m.Method, m)
		}
	}
	if one.AllMiss > 0 && one.Caught != one.AllMiss {
		t.Errorf("%d of %d caught; this population is easily seen through", one.Caught, one.AllMiss)
	}
}

// The counts must follow from the results, whatever the methods say.
func TestSimulationCounts(t *testing.T) {
	family := func(low, mid, high float64) Family {
		return Family{Method: MethodGraphs, Estimate: Number(mid), Low: Number(low), High: Number(high)}
	}
	warning := []Message{{Key: keyLeanLow, Direction: TooLow}}
	for _, tt := range []struct {
		name   string
		result Result
		want   Simulation
	}{
		{"right", Result{N: 50, Families: []Family{family(80, 100, 120)}}, Simulation{Harmless: 1, Held: 1}},
		{"right but far off", Result{N: 50, Families: []Family{family(60, 70, 120)}}, Simulation{Held: 1}},
		{"right and refused", Result{N: 50, Refused: true, Reasons: []Message{{Key: keySpread}}, Families: []Family{family(80, 100, 120)}},
			Simulation{Refused: 1, Harmless: 1, HarmlessRefused: 1, Held: 1, HeldRefused: 1}},
		{"too low", Result{N: 50, Families: []Family{family(60, 70, 80)}}, Simulation{AllMiss: 1, Misleading: 1}},
		{"too low and said so", Result{N: 50, Warnings: warning, Families: []Family{family(60, 70, 80)}}, Simulation{Warned: 1, AllMiss: 1, Caught: 1}},
		{"too high, said too low", Result{N: 50, Warnings: warning, Families: []Family{family(160, 170, 180)}}, Simulation{Warned: 1, AllMiss: 1, Misleading: 1}},
		{"one of two", Result{N: 50, Families: []Family{family(60, 70, 80), family(90, 95, 110)}}, Simulation{Held: 1}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := Simulation{Reasons: make(map[Key]int)}
			got.add(tt.result, 100, make(map[Method]*tally))
			got.Observed, got.Reasons = 0, nil
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
