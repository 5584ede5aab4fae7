package quantity_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"asylon/quantity"
)

func TestRateFor(t *testing.T) {
	tests := []struct{ phrase, period, want string }{
		// The worked example of the counting rules.
		{"around 50 every two days", "P21D", "450..605"},
		{"around 50 every two days", "P3W", "450..605"},
		{"around 50 North Koreans every two days", "2001-07-01/2001-07-21", "450..605 persons"},
		{"12 a day", "P1D", "12..12"},
		{"12 a day", "P1W", "84..84"},
		{"12 every two days", "P1D", "0..12"},
		{"12 a week", "P10D", "12..24"},
		{"at least 12 a day", "P1W", "84.."},
		{"up to 12 a day", "P1W", "7..84"},
		{"no one a day", "P1W", "0..0 persons"},
		{"12 every two or three days", "P6D", "24..36"},
		// Months against months are exact; against days they are not.
		{"12 a month", "P3M", "36..36"},
		{"12 a month", "P1Y", "144..144"},
		{"12 a year", "P6M", "0..12"},
		{"12 every two months", "P3M", "12..24"},
		{"12 a month", "P31D", "12..24"},
		{"12 a month", "2001-07", "12..12"},
		{"12 a year", "2001", "12..12"},
		{"12 a day", "P1M", "336..372"},
		{"12 a day", "P1Y", "4380..4392"},
		{"12 a day", "P1M15D", "516..552"},
		{"12 a day", "2001-07", "372..372"},
		{"12 a day", "2000-02", "348..348"},
		// An interval between months begins and ends on some day of them.
		{"12 a day", "2001-06/2001-08", "396..1104"},
		{"12 a day", "2001-07-01/2001-07-31", "372..372"},
	}
	for _, test := range tests {
		r, err := quantity.Read(test.phrase)
		if err != nil {
			t.Fatal(err)
		}
		rate, ok := r.Rate()
		if !ok {
			t.Fatalf("Read(%q) is no rate", test.phrase)
		}
		span, err := quantity.ParseSpan(test.period)
		if err != nil {
			t.Errorf("ParseSpan(%q): %v", test.period, err)
			continue
		}
		total, err := rate.For(span)
		if err != nil {
			t.Errorf("%q for %s: %v", test.phrase, test.period, err)
			continue
		}
		if got := briefCount(total.Count); got != test.want {
			t.Errorf("%q for %s = %s, want %s", test.phrase, test.period, got, test.want)
		}
		if !total.Count.Has(quantity.Derived) || len(total.Assumptions) == 0 {
			t.Errorf("%q for %s does not say that it is derived and what it assumes", test.phrase, test.period)
		}
	}
}

func TestRateForStatesItsAssumptions(t *testing.T) {
	r, err := quantity.Read("around 50 North Koreans every two days")
	if err != nil {
		t.Fatal(err)
	}
	rate, _ := r.Rate()
	span, err := quantity.ParseSpan("2001-06/2001-08")
	if err != nil {
		t.Fatal(err)
	}
	total, err := rate.For(span)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range total.Assumptions {
		got = append(got, m.String())
	}
	want := []string{
		"derived; assumes a steady rate over the whole period",
		"may be trips, not people: someone returned twice would count twice",
		"the period lasts between 33 and 92 days",
		"the period holds 16 to 46 of the rate's periods",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNoPeriodNoTotal(t *testing.T) {
	r, err := quantity.Read("around 50 every two days")
	if err != nil {
		t.Fatal(err)
	}
	rate, _ := r.Rate()
	_, err = rate.For(quantity.Span{})
	var re *quantity.ReadError
	if !errors.As(err, &re) || re.Problem != quantity.ProblemPeriod {
		t.Errorf("For(no period) = %v, want an error about the period", err)
	}
	if got := r.Notes[2].Key; got != quantity.KeyNoPeriod {
		t.Errorf("the reading's third note is %q, want that there is no total", got)
	}
	if _, err := (quantity.Rate{}).For(span(t, "P3W")); err == nil {
		t.Error("a rate without a period was held for three weeks")
	}
}

func span(t testing.TB, text string) quantity.Span {
	t.Helper()
	s, err := quantity.ParseSpan(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestParseSpan(t *testing.T) {
	tests := []struct {
		text string
		min  int64 // -1: an error
		max  int64
	}{
		{"P1D", 1, 1}, {"P3W", 21, 21}, {"p3w", 21, 21}, {" P3W ", 21, 21}, {"P1M", 28, 31}, {"P2M", 59, 62}, {"P1Y", 365, 366},
		{"P1Y2M3D", 427, 431}, {"P1W1D", 8, 8}, {"P4Y", 1460, 1461}, {"P0Y1D", 1, 1},
		{"2001-07-05", 1, 1}, {"2001-07", 31, 31}, {"2001", 365, 365}, {"2000", 366, 366},
		{"2001-07-01/2001-07-21", 21, 21}, {"2001-06/2001-08", 33, 92},
		{"", -1, 0}, {"P", -1, 0}, {"P3", -1, 0}, {"PW", -1, 0}, {"P0D", -1, 0}, {"P1D1W", -1, 0}, {"P1H", -1, 0}, {"PT5H", -1, 0},
		{"P1.5W", -1, 0}, {"P-1W", -1, 0}, {"P99999999999999999999D", -1, 0}, {"P99999Y", -1, 0}, {"P3660001D", -1, 0},
		{"three weeks", -1, 0}, {"2001-13", -1, 0}, {"2001-07-01/..", -1, 0}, {"2001-07-01/", -1, 0}, {"../2001", -1, 0},
		{"2001-07-XX", -1, 0}, {"2001-07~", -1, 0}, {"[2001,2002]", -1, 0}, {"XXXX-07", -1, 0},
		{"2001-07-21/2001-07-01", -1, 0},
	}
	for _, test := range tests {
		s, err := quantity.ParseSpan(test.text)
		if test.min < 0 {
			var re *quantity.ReadError
			if !errors.As(err, &re) || re.Problem != quantity.ProblemPeriod {
				t.Errorf("ParseSpan(%q) = %v, %v; want an error about the period", test.text, s, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("ParseSpan(%q): %v", test.text, err)
			continue
		}
		if lo, hi := s.Days(); lo != test.min || hi != test.max {
			t.Errorf("ParseSpan(%q) lasts %d to %d days, want %d to %d", test.text, lo, hi, test.min, test.max)
		}
	}
}

// TestMonthLengths holds the arithmetic of months against the calendar: no run
// of months in four centuries lies outside, and the bounds are reached or
// missed by a day at most.
func TestMonthLengths(t *testing.T) {
	const cycle = 400 * 12
	var first [2*cycle + 1]int64 // day number of the first of each month
	for m := range first {
		first[m] = time.Date(1601, time.Month(1+m), 1, 0, 0, 0, 0, time.UTC).Unix() / 86400
	}
	for n := int64(1); n <= 130; n++ {
		least, most := int64(1<<40), int64(0)
		for m := int64(0); m < cycle; m++ {
			d := first[m+n] - first[m]
			least, most = min(least, d), max(most, d)
		}
		s, err := quantity.SpanOf(quantity.Period{N: n, Unit: quantity.Months})
		if err != nil {
			t.Fatal(err)
		}
		lo, hi := s.Days()
		if lo > least || hi < most || lo < least-1 || hi > most+1 {
			t.Errorf("%d months last %d to %d days, the calendar has %d to %d", n, lo, hi, least, most)
		}
	}
}

func TestNewRateRefuses(t *testing.T) {
	for _, p := range []quantity.Period{
		{}, {N: 1}, {N: 1, Unit: "hours"}, {N: 0, Unit: quantity.Days}, {N: -1, Unit: quantity.Days},
		{N: 3, Max: 2, Unit: quantity.Days}, {N: 10_001, Unit: quantity.Days},
	} {
		if r, err := quantity.NewRate(quantity.Count{}, p); err == nil {
			t.Errorf("NewRate(%+v) = %v, want an error", p, r)
		}
	}
	a, err := quantity.NewRate(quantity.Count{}, quantity.Period{N: 2, Max: 2, Unit: quantity.Days})
	if err != nil {
		t.Fatal(err)
	}
	b, err := quantity.NewRate(quantity.Count{}, quantity.Period{N: 2, Unit: quantity.Days})
	if err != nil {
		t.Fatal(err)
	}
	if a != b {
		t.Errorf("equal rates differ: %+v and %+v", a, b)
	}
}

func TestAsk(t *testing.T) {
	tests := []struct {
		name, phrase, period, want string // want: brief of the answer, or the problem
	}{
		{"count", "about 50 people", "", "45..55 =50 persons about"},
		{"rate without period", "around 50 every two days", "", "45..55 =50 about per P2D"},
		{"rate for a period", "around 50 every two days", "P3W", "450..605 rate-for-period for P3W"},
		{"the phrase's own period", "12 a day for three weeks", "", "252..252 rate-for-period for for three weeks"},
		{"the same period twice", "12 a day for three weeks", "P21D", "252..252 rate-for-period for P21D"},
		{"another period is a scenario", "12 a day for three weeks", "P6W", "error period"},
		{"a period for a count", "about 50 people", "P3W", "error period"},
		{"a bad period", "around 50 every two days", "for ever", "error period"},
		{"a bad phrase", "minus five people", "", "error negative"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a, err := quantity.Ask(test.phrase, test.period, quantity.English)
			got := ""
			var re *quantity.ReadError
			switch {
			case errors.As(err, &re):
				got = "error " + string(re.Problem)
			case err != nil:
				t.Fatal(err)
			default:
				c, err := quantity.New(quantity.Fields{Low: a.Low, High: a.High, Best: a.Best, Unit: a.Unit})
				if err != nil {
					t.Fatal(err)
				}
				got = briefCount(c) + " " + string(a.Rule)
				if a.Per != nil {
					got += " per " + *a.Per
				}
				if a.For != nil {
					got += " for " + *a.For
				}
			}
			if got != test.want {
				t.Errorf("Ask(%q, %q) = %s, want %s", test.phrase, test.period, got, test.want)
			}
		})
	}
}
