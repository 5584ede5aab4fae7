package quantity_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"asylon/quantity"
)

// must reads a phrase that is known to be good.
func must(t testing.TB, phrase string) quantity.Count {
	t.Helper()
	r, err := quantity.Read(phrase)
	if err != nil {
		t.Fatal(err)
	}
	return r.Count
}

// briefCombined is briefCount with the flags and the notes' keys.
func briefCombined(c quantity.Combined) string {
	s := briefCount(c.Count)
	for _, f := range []struct {
		flag quantity.Flags
		name string
	}{{quantity.Conflict, "conflict"}, {quantity.Complete, "complete"}} {
		if c.Count.Has(f.flag) {
			s += " " + f.name
		}
	}
	for _, n := range c.Notes {
		s += " +" + n.Key
	}
	return s
}

func TestSameEvent(t *testing.T) {
	type claim struct {
		phrase  string
		rank    int
		origin  string
		partial bool
	}
	tests := []struct {
		name     string
		claims   []claim
		distinct int64
		want     string
	}{
		{"one source", []claim{{phrase: "seven people"}}, 0, "7..7 =7 persons"},
		{"never added", []claim{{phrase: "seven people"}, {phrase: "seven people"}}, 0, "7..7 =7 persons"},
		{"smallest low, largest high", []claim{{phrase: "about 50 people"}, {phrase: "dozens of people"}}, 0, "24..99 persons"},
		{"best of the source ranked best", []claim{{phrase: "about 50 people", rank: 2}, {phrase: "48 people", rank: 1}}, 0, "45..55 =50 persons"},
		{"the source ranked best states none", []claim{{phrase: "dozens of people", rank: 2}, {phrase: "48 people", rank: 1}}, 0, "24..99 persons"},
		{"equals differ, so no best", []claim{{phrase: "about 50 people"}, {phrase: "48 people"}}, 0, "45..55 persons"},
		{"disjoint ranges conflict", []claim{{phrase: "12 people", rank: 2}, {phrase: "dozens of people", rank: 1}}, 0, "12..99 persons conflict +conflict"},
		{"disjoint though a third spans both", []claim{{phrase: "12 people"}, {phrase: "hundreds of people"}, {phrase: "up to 900 people"}}, 0, "1..999 persons conflict +conflict"},
		{"an open high stays open", []claim{{phrase: "12 people"}, {phrase: "at least 10 people"}}, 0, "10.. persons"},
		{"a partial view raises the low", []claim{{phrase: "dozens of people"}, {phrase: "31 people", partial: true}}, 0, "31..99 persons +low-raised"},
		{"a partial view never lowers the low", []claim{{phrase: "dozens of people"}, {phrase: "three people", partial: true}}, 0, "24..99 persons"},
		{"only parts were seen", []claim{{phrase: "three people", partial: true}, {phrase: "seven people", partial: true}}, 0, "7.. persons +only-parts +low-raised"},
		{"distinct persons raise the low", []claim{{phrase: "dozens of people"}}, 40, "40..99 persons +low-raised"},
		{"distinct persons never lower it", []claim{{phrase: "dozens of people"}}, 5, "24..99 persons"},
		{"more distinct persons than any source says", []claim{{phrase: "seven people"}}, 9, "9..9 persons conflict +low-raised +best-dropped +conflict"},
		{"a best below the floor is dropped", []claim{{phrase: "about 50 people"}}, 52, "52..55 persons +low-raised +best-dropped"},
		{"copies count once", []claim{{phrase: "40 to 60 people", origin: "radio"}, {phrase: "40 to 60 people", origin: "radio"}}, 0, "40..60 persons +copies"},
		{"a bad copy gives way to the better ranked one", []claim{{phrase: "48 people", origin: "radio", rank: 2}, {phrase: "480 people", origin: "radio", rank: 1}}, 0, "48..48 =48 persons +copies"},
		{"copies of one rank are not told apart", []claim{{phrase: "48 people", origin: "radio"}, {phrase: "46 people", origin: "radio"}}, 0, "46..48 persons +copies"},
		{"one origin saw a part and heard of the whole", []claim{{phrase: "48 people", origin: "a"}, {phrase: "12 people", origin: "a", partial: true}}, 0, "48..48 =48 persons"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var claims []quantity.Claim
			for _, c := range test.claims {
				n := must(t, c.phrase)
				if c.partial {
					n = n.With(quantity.Partial)
				}
				claims = append(claims, quantity.Claim{Count: n, Rank: c.rank, Origin: c.origin})
			}
			got, err := quantity.SameEvent(claims, test.distinct)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, briefCombined(got)); diff != "" {
				t.Error(diff)
			}
			if !got.Count.Has(quantity.Derived) || got.Count.Rule().ID != quantity.RuleSameEvent {
				t.Errorf("the result does not say that it is derived by the rule: %+v", got.Count.Fields())
			}
		})
	}
}

func TestTotals(t *testing.T) {
	phrases := func(s ...string) (out []quantity.Count) {
		for _, p := range s {
			out = append(out, must(t, p))
		}
		return out
	}
	different := func(s ...string) func() (quantity.Combined, error) {
		return func() (quantity.Combined, error) { return quantity.DifferentEvents(phrases(s...)...) }
	}
	unknown := func(clusters ...[]quantity.Count) func() (quantity.Combined, error) {
		return func() (quantity.Combined, error) { return quantity.UnknownOverlap(clusters...) }
	}
	part := func(total string, complete bool, parts ...string) func() (quantity.Combined, error) {
		return func() (quantity.Combined, error) {
			return quantity.PartOfTotal(must(t, total), complete, phrases(parts...)...)
		}
	}
	tests := []struct {
		name string
		got  func() (quantity.Combined, error)
		want string
	}{
		{"different events add up", different("seven people", "40 to 60 people"), "47..67 persons"},
		{"bests add up where all have one", different("seven people", "about 50 people"), "52..62 =57 persons"},
		{"one open high opens the sum", different("seven people", "at least 40 people"), "47.. persons"},
		{"one event", different("seven people"), "7..7 =7 persons"},
		{"zero is a number", different("no people", "seven people"), "7..7 =7 persons"},

		{"unknown overlap", unknown(phrases("40 to 60 people", "about 50 people")), "45..115 persons +rule.unknown-overlap"},
		{"clusters add up", unknown(phrases("40 to 60 people", "about 50 people"), phrases("seven people")), "52..122 persons +rule.unknown-overlap"},
		{"nothing overlaps", unknown(phrases("seven people"), phrases("12 people")), "19..19 =19 persons"},
		{"an empty cluster is nothing", unknown(nil, phrases("12 people")), "12..12 =12 persons"},
		{"an open high in a cluster", unknown(phrases("at least 40 people", "seven people")), "40.. persons +rule.unknown-overlap"},

		{"parts raise the low of the total", part("dozens of people", true, "31 people", "12 people"), "43..99 persons complete +low-raised"},
		{"parts below the total change nothing", part("dozens of people", true, "three people"), "24..99 persons complete"},
		{"parts above a complete total conflict", part("exactly 40 people", true, "31 people", "12 people"), "43..43 persons conflict complete +low-raised +best-dropped +conflict"},
		{"an incomplete total bounds what was reported", part("exactly 40 people", false, "31 people", "12 people"), "43..43 persons +low-raised +best-dropped"},
		{"an incomplete total and smaller parts", part("40 to 60 people", false, "12 people"), "40..60 persons"},
		{"an incomplete total and an open part", part("40 to 60 people", false, "at least 12 people"), "40.. persons"},
		{"a complete total bounds an open part", part("40 to 60 people", true, "at least 12 people"), "40..60 persons complete"},
		{"no parts", part("40 to 60 people", true), "40..60 persons complete"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := test.got()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, briefCombined(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRaiseLow(t *testing.T) {
	tests := []struct {
		phrase string
		floor  int64
		want   string
	}{
		{"dozens of people", 40, "40..99 persons +low-raised"},
		{"dozens of people", 10, "24..99 persons"},
		{"dozens of people", -1, "24..99 persons"},
		{"seven people", 9, "9..9 persons conflict +low-raised +best-dropped +conflict"},
		{"at least seven people", 9, "9.. persons +low-raised"},
	}
	for _, test := range tests {
		if got := briefCombined(quantity.RaiseLow(must(t, test.phrase), test.floor)); got != test.want {
			t.Errorf("RaiseLow(%q, %d) = %s, want %s", test.phrase, test.floor, got, test.want)
		}
	}
}

func TestCombineRefuses(t *testing.T) {
	people, families, bare := must(t, "seven people"), must(t, "two families"), must(t, "seven")
	claims := func(cs ...quantity.Count) (out []quantity.Claim) {
		for _, c := range cs {
			out = append(out, quantity.Claim{Count: c})
		}
		return out
	}
	tests := []struct {
		name string
		err  error
		want string
	}{
		{"same event, two units", second(quantity.SameEvent(claims(people, families), 0)), "units differ ([families persons])"},
		{"same event, no claim", second(quantity.SameEvent(nil, 0)), "pass at least one"},
		{"same event, negative", second(quantity.SameEvent(claims(people), -1)), "a count starts at 0"},
		{"different events, two units", second(quantity.DifferentEvents(people, bare)), "units differ ([no unit persons])"},
		{"different events, none", second(quantity.DifferentEvents()), "pass at least one"},
		{"unknown overlap, two units", second(quantity.UnknownOverlap([]quantity.Count{people}, []quantity.Count{families})), "never converted"},
		{"unknown overlap, none", second(quantity.UnknownOverlap(nil)), "pass at least one"},
		{"total, two units", second(quantity.PartOfTotal(people, true, families)), "never converted"},
	}
	for _, test := range tests {
		if test.err == nil || !strings.Contains(test.err.Error(), test.want) {
			t.Errorf("%s: error %v, want one with %q", test.name, test.err, test.want)
		}
	}
}

func second[A any](_ A, err error) error { return err }

// TestSaturation checks that sums too large to write stay true: the low stops
// as a floor, the high opens.
func TestSaturation(t *testing.T) {
	big, err := quantity.Between(math.MaxInt64-1, math.MaxInt64, quantity.Persons)
	if err != nil {
		t.Fatal(err)
	}
	got, err := quantity.DifferentEvents(big, big)
	if err != nil {
		t.Fatal(err)
	}
	if got.Count.Low() != math.MaxInt64 {
		t.Errorf("low = %d, want the largest number", got.Count.Low())
	}
	if n, ok := got.Count.High(); ok {
		t.Errorf("high = %d, want open", n)
	}
	if len(got.Notes) != 1 || got.Notes[0].Key != quantity.KeySaturated {
		t.Errorf("notes = %v, want the one about saturation", got.Notes)
	}
	exact, err := quantity.Exactly(math.MaxInt64, quantity.Persons)
	if err != nil {
		t.Fatal(err)
	}
	if got, err = quantity.DifferentEvents(exact, exact); err != nil {
		t.Fatal(err)
	}
	if n, ok := got.Count.Best(); ok {
		t.Errorf("best = %d, want none", n)
	}
}
