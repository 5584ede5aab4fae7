package quantity_test

import (
	"testing"

	"asylon/quantity"
)

func TestCountAsksCertainlyAndPossibly(t *testing.T) {
	tests := []struct {
		phrase              string
		low, high           int64
		certainly, possibly bool
	}{
		{"seven people", 5, 10, true, true},
		{"seven people", 7, 7, true, true},
		{"seven people", 8, 10, false, false},
		{"dozens of people", 20, 100, true, true},
		{"dozens of people", 50, 100, false, true},
		{"dozens of people", 100, 200, false, false},
		{"at least 50 people", 40, 1000, false, true},
		{"at least 50 people", 1, 49, false, false},
		{"dozens of people", 60, 40, false, false},
	}
	for _, test := range tests {
		certainly, possibly := must(t, test.phrase).Within(test.low, test.high)
		if certainly != test.certainly || possibly != test.possibly {
			t.Errorf("%q within %d to %d: certainly %v, possibly %v; want %v, %v",
				test.phrase, test.low, test.high, certainly, possibly, test.certainly, test.possibly)
		}
	}
}

func TestWithUnit(t *testing.T) {
	c, err := must(t, "around 50").WithUnit(quantity.Persons)
	if err != nil || c.Unit() != quantity.Persons {
		t.Errorf("a unit for a count without one: %v, %v", c, err)
	}
	if got, err := c.WithUnit(quantity.Families); err == nil {
		t.Errorf("persons became families: %v", got)
	}
	if _, err := c.WithUnit(quantity.Persons); err != nil {
		t.Errorf("the unit it has: %v", err)
	}
	if _, err := must(t, "around 50").WithUnit("a\x00b"); err == nil {
		t.Error("a unit with a control character was taken")
	}
}

func TestConstructorsRefuse(t *testing.T) {
	for name, make := range map[string]func() (quantity.Count, error){
		"negative":  func() (quantity.Count, error) { return quantity.Exactly(-1, quantity.Persons) },
		"reversed":  func() (quantity.Count, error) { return quantity.Between(5, 4, quantity.Persons) },
		"below":     func() (quantity.Count, error) { return quantity.AtLeast(-5, quantity.Persons) },
		"long unit": func() (quantity.Count, error) { return quantity.AtLeast(5, quantity.Unit(make70())) },
	} {
		if c, err := make(); err == nil {
			t.Errorf("%s made %v", name, c)
		}
	}
}

func make70() string {
	b := make([]byte, 70)
	for i := range b {
		b[i] = 'x'
	}
	return string(b)
}

func TestZeroCountSaysNothing(t *testing.T) {
	var c quantity.Count
	if _, closed := c.High(); closed || c.Low() != 0 || !c.Contains(0) || !c.Contains(1<<40) {
		t.Errorf("the zero count claims %v", c)
	}
	if _, ok := c.Best(); ok {
		t.Error("the zero count has a best")
	}
}

func TestRulesAreKnown(t *testing.T) {
	for _, r := range quantity.Rules() {
		if r.Version < 1 || r.Explain().Text(quantity.English) == r.Explain().Key {
			t.Errorf("rule %q has version %d and the sentence %q", r.ID, r.Version, r.Explain())
		}
	}
	if v := quantity.RuleID("no such rule").Version(); v != 0 {
		t.Errorf("an unknown rule has version %d", v)
	}
}
