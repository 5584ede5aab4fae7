package estimate

import (
	"fmt"
	"math"

	"asylon/estimate/internal/variate"
)

// A Scenario is an invented population whose size is known, and the lists that
// are made of it.
type Scenario struct {
	Name   string  `json:"name"`
	About  string  `json:"about"` // what kind of population it is, in English
	People int     `json:"people"`
	Groups []Group `json:"groups"`
	// Spread is the standard deviation of a shift of the log-odds that each
	// person carries to every list.
	Spread float64 `json:"spread,omitempty"`
	// Follows are lists whose chance depends on an earlier list.
	Follows []Follow `json:"follows,omitempty"`
}

// A Group is a part of the population with its own chance of being on each
// list.
type Group struct {
	Share float64   `json:"share"`
	On    []float64 `json:"on"`
}

// A Follow replaces the chance of being on List by With for people on After
// and by Without for the others. Lists count from zero; After comes first.
type Follow struct {
	List    int     `json:"list"`
	After   int     `json:"after"`
	With    float64 `json:"with"`
	Without float64 `json:"without"`
}

// Scenarios returns the twelve populations on which the rules of refusing and
// warning were tuned: six of the research report and six more.
func Scenarios() []Scenario {
	one := func(on ...float64) []Group { return []Group{{1, on}} }
	return []Scenario{
		{Name: "independent-3", People: 1000, Groups: one(.30, .25, .20),
			About: "three lists that ignore each other"},
		{Name: "pair-4", People: 1500, Groups: one(.25, .225, .20, .15),
			Follows: []Follow{{1, 0, .45, .15}},
			About:   "four lists, the second helped by the first"},
		{Name: "hidden-4", People: 2000, Groups: []Group{{.7, []float64{.08, .10, .06, .07}}, {.3, []float64{.45, .40, .35, .30}}},
			About: "four lists, seven in ten people hard to see"},
		{Name: "sparse-5", People: 1500, Groups: one(.02, .03, .05, .02, .015),
			About: "five lists that reach one person in eight between them"},
		{Name: "unreachable-4", People: 2000, Groups: []Group{{.4, []float64{.005, .005, .005, .005}}, {.6, []float64{.25, .20, .20, .15}}},
			About: "four lists, two in five people nearly out of reach of all"},
		{Name: "visibility-3", People: 1000, Groups: []Group{{.5, []float64{.15, .125, .10}}, {.5, []float64{.45, .375, .30}}},
			About: "three lists, half the people three times as visible as the others"},
		{Name: "independent-5", People: 3000, Groups: one(.15, .12, .20, .10, .08),
			About: "five lists of middling reach that ignore each other"},
		{Name: "referral-3", People: 2000, Groups: one(.30, .25, .25),
			Follows: []Follow{{1, 0, .50, .15}},
			About:   "three lists, one referring people to another"},
		{Name: "two-pairs-5", People: 2500, Groups: one(.25, .20, .15, .20, .12),
			Follows: []Follow{{1, 0, .40, .13}, {4, 3, .30, .08}},
			About:   "five lists, two pairs of which help each other"},
		{Name: "regions-4", People: 2000, Groups: []Group{{.5, []float64{.40, .05, .25, .20}}, {.5, []float64{.05, .35, .25, .20}}},
			About: "four lists, two of which work in different halves of the country"},
		{Name: "gradual-4", People: 2000, Groups: one(.20, .15, .15, .12), Spread: 1.2,
			About: "four lists, visibility differing by degrees from person to person"},
		{Name: "gradual-5", People: 3000, Groups: one(.10, .08, .12, .06, .10), Spread: 1.5,
			About: "five lists, visibility differing widely from person to person"},
	}
}

// FindScenario returns the scenario of that name.
func FindScenario(name string) (Scenario, bool) {
	for _, s := range Scenarios() {
		if s.Name == name {
			return s, true
		}
	}
	return Scenario{}, false
}

// Check reports what is wrong with a scenario, or nil.
func (s Scenario) Check() error {
	bad := func(p float64) bool { return !(p >= 0 && p <= 1) }
	if s.People < 1 || s.People > 1_000_000 {
		return fmt.Errorf("scenario %s: people must be between 1 and 1,000,000", s.Name)
	}
	if len(s.Groups) == 0 || s.Spread < 0 {
		return fmt.Errorf("scenario %s: it needs a group, and a spread that is not negative", s.Name)
	}
	p := len(s.Groups[0].On)
	if p < MinLists || p > MaxLists {
		return fmt.Errorf("scenario %s: it needs %d to %d lists", s.Name, MinLists, MaxLists)
	}
	share := 0.0
	for _, g := range s.Groups {
		share += g.Share
		if len(g.On) != p || bad(g.Share) {
			return fmt.Errorf("scenario %s: every group needs a share and one chance for each list", s.Name)
		}
		for _, q := range g.On {
			if bad(q) {
				return fmt.Errorf("scenario %s: chances lie between 0 and 1", s.Name)
			}
		}
	}
	if math.Abs(share-1) > 1e-9 {
		return fmt.Errorf("scenario %s: the shares of its groups must add up to 1", s.Name)
	}
	for _, f := range s.Follows {
		if f.After < 0 || f.After >= f.List || f.List >= p || bad(f.With) || bad(f.Without) {
			return fmt.Errorf("scenario %s: a list can only follow an earlier one, with chances between 0 and 1", s.Name)
		}
	}
	return nil
}

// Draw makes one population of the scenario and lists it. Population i depends
// on the seed and i only. The table is missing when the lists found nobody.
func (s Scenario) Draw(seed uint64, i int) (Table, bool) {
	rnd := variate.NewStream(seed, streamScenario+uint64(i))
	p := len(s.Groups[0].On)
	names := make([]string, p)
	for j := range names {
		names[j] = string(rune('A' + j))
	}
	counts := make(map[Pattern]int)
	for range s.People {
		counts[s.person(rnd)]++
	}
	delete(counts, 0)
	return Table{}.remade(names, counts)
}

// person draws the lists of one person.
func (s Scenario) person(rnd *variate.Stream) Pattern {
	g := s.Groups[0]
	u := rnd.Uniform()
	for _, next := range s.Groups {
		g = next
		if u -= g.Share; u < 0 {
			break
		}
	}
	shift := 0.0
	if s.Spread > 0 {
		shift = s.Spread * rnd.Normal()
	}
	var w Pattern
	for j, q := range g.On {
		for _, f := range s.Follows {
			if f.List == j {
				q = f.Without
				if w.Has(f.After) {
					q = f.With
				}
			}
		}
		if shift != 0 {
			q = 1 / (1 + (1-q)/q*math.Exp(-shift))
		}
		if rnd.Uniform() < q {
			w |= 1 << j
		}
	}
	return w
}
