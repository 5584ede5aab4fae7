package quantity_test

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"asylon/quantity"
)

// holds checks the invariant of every count: low ≤ best ≤ high, none negative.
func holds(t rapid.TB, c quantity.Count) {
	t.Helper()
	if c.Low() < 0 {
		t.Fatalf("low of %+v is negative", c.Fields())
	}
	high, closed := c.High()
	if closed && high < c.Low() {
		t.Fatalf("high of %+v is below its low", c.Fields())
	}
	if best, ok := c.Best(); ok && !c.Contains(best) {
		t.Fatalf("best of %+v is outside its range", c.Fields())
	}
	if _, err := quantity.New(c.Fields()); err != nil {
		t.Fatalf("%+v: %v", c.Fields(), err)
	}
}

// numbers draws small numbers, and sometimes ones near the end of the type.
var numbers = rapid.Custom(func(t *rapid.T) int64 {
	if rapid.IntRange(0, 9).Draw(t, "size") == 0 {
		return rapid.Int64Range(math.MaxInt64-3, math.MaxInt64).Draw(t, "huge")
	}
	return rapid.Int64Range(0, 300).Draw(t, "n")
})

// counts draws any count of persons.
var counts = rapid.Custom(func(t *rapid.T) quantity.Count {
	a, b, c := numbers.Draw(t, "a"), numbers.Draw(t, "b"), numbers.Draw(t, "c")
	low, high := min(a, b, c), max(a, b, c)
	best := a + b + c - low - high // wraps, and wraps back
	f := quantity.Fields{
		Low: low, Unit: quantity.Persons,
		Partial: rapid.IntRange(0, 4).Draw(t, "partial") == 0, Approximate: rapid.Bool().Draw(t, "approximate"),
	}
	if rapid.IntRange(0, 3).Draw(t, "open") > 0 {
		f.High = &high
	}
	if rapid.Bool().Draw(t, "stated") {
		f.Best = &best
	}
	n, err := quantity.New(f)
	if err != nil {
		t.Fatal(err)
	}
	return n
})

var claims = rapid.Custom(func(t *rapid.T) quantity.Claim {
	return quantity.Claim{
		Count:  counts.Draw(t, "count"),
		Rank:   rapid.IntRange(0, 2).Draw(t, "rank"),
		Origin: rapid.SampledFrom([]string{"", "", "radio", "letter"}).Draw(t, "origin"),
	}
})

func sameEvent(t rapid.TB, cs []quantity.Claim, distinct int64) quantity.Count {
	t.Helper()
	got, err := quantity.SameEvent(cs, distinct)
	if err != nil {
		t.Fatal(err)
	}
	holds(t, got.Count)
	return got.Count
}

// atMost tells whether the high of a does not exceed the high of b.
func atMost(a, b quantity.Count) bool {
	x, xc := a.High()
	y, yc := b.High()
	return !yc || xc && x <= y
}

func TestLawSameEventIgnoresOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cs := rapid.SliceOfN(claims, 1, 6).Draw(t, "claims")
		d := rapid.Int64Range(0, 400).Draw(t, "distinct")
		if a, b := sameEvent(t, cs, d), sameEvent(t, rapid.Permutation(cs).Draw(t, "shuffled"), d); a != b {
			t.Fatalf("%+v became %+v", a.Fields(), b.Fields())
		}
	})
}

func TestLawMoreOfAPartNeverLowers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cs := rapid.SliceOfN(claims, 1, 5).Draw(t, "claims")
		before := sameEvent(t, cs, 0)
		view := claims.Draw(t, "view")
		view.Count, view.Origin = view.Count.With(quantity.Partial), ""
		after := sameEvent(t, append(cs[:len(cs):len(cs)], view), 0)
		if after.Low() < before.Low() || after.Low() < view.Count.Low() {
			t.Fatalf("a partial view of %v took %v to %v", view.Count, before, after)
		}
		d := rapid.Int64Range(0, 400).Draw(t, "distinct")
		if known := sameEvent(t, cs, d); known.Low() < max(before.Low(), d) || !atMost(before, known) {
			t.Fatalf("%d distinct persons took %v to %v", d, before, known)
		}
	})
}

func TestLawSameEventHoldsEveryClaim(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cs := rapid.SliceOfN(counts, 1, 5).Draw(t, "counts")
		var in []quantity.Claim
		for _, c := range cs {
			in = append(in, quantity.Claim{Count: c.Without(quantity.Partial)})
		}
		got := sameEvent(t, in, 0)
		for _, c := range in {
			if c.Count.Low() < got.Low() || !atMost(c.Count, got) {
				t.Fatalf("%v is not inside %v", c.Count, got)
			}
		}
	})
}

func TestLawCopiesCountOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := claims.Draw(t, "claim")
		c.Origin = "radio"
		others := rapid.SliceOfN(claims, 0, 3).Draw(t, "others")
		once := append(others[:len(others):len(others)], c)
		twice := append(once[:len(once):len(once)], c)
		if a, b := sameEvent(t, once, 0), sameEvent(t, twice, 0); a != b {
			t.Fatalf("a copy took %+v to %+v", a.Fields(), b.Fields())
		}
	})
}

// TestLawJudgedOverlapNeverRaisesHigh: whoever judges some reports of a
// cluster to be of one event gets a high that is not above the one before.
func TestLawJudgedOverlapNeverRaisesHigh(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cluster := rapid.SliceOfN(counts, 2, 6).Draw(t, "cluster")
		for i := range cluster {
			cluster[i] = cluster[i].Without(quantity.Partial)
		}
		elsewhere := rapid.SliceOfN(counts, 0, 3).Draw(t, "elsewhere")
		before, err := quantity.UnknownOverlap(cluster, elsewhere)
		if err != nil {
			t.Fatal(err)
		}
		k := rapid.IntRange(1, len(cluster)).Draw(t, "judged")
		var in []quantity.Claim
		for _, c := range cluster[:k] {
			in = append(in, quantity.Claim{Count: c})
		}
		judged := append([]quantity.Count{sameEvent(t, in, 0)}, cluster[k:]...)
		after, err := quantity.UnknownOverlap(judged, elsewhere)
		if err != nil {
			t.Fatal(err)
		}
		holds(t, before.Count)
		holds(t, after.Count)
		if !atMost(after.Count, before.Count) {
			t.Fatalf("a judgement took %v to %v", before.Count, after.Count)
		}
	})
}

// TestLawUnknownOverlapLiesBetween: whether all of a cluster are one or all are
// different, the truth lies inside; and judging them different never lowers.
func TestLawUnknownOverlapLiesBetween(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cluster := rapid.SliceOfN(counts, 1, 5).Draw(t, "cluster")
		unknown, err := quantity.UnknownOverlap(cluster)
		if err != nil {
			t.Fatal(err)
		}
		apart, err := quantity.DifferentEvents(cluster...)
		if err != nil {
			t.Fatal(err)
		}
		holds(t, unknown.Count)
		holds(t, apart.Count)
		if unknown.Count.Low() > apart.Count.Low() || !atMost(apart.Count, unknown.Count) || !atMost(unknown.Count, apart.Count) {
			t.Fatalf("unknown %v, apart %v", unknown.Count, apart.Count)
		}
		for _, c := range cluster {
			if c.Low() > unknown.Count.Low() || !atMost(c, unknown.Count) {
				t.Fatalf("%v alone is not inside %v", c, unknown.Count)
			}
		}
	})
}

func TestLawSumsIgnoreOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cs := rapid.SliceOfN(counts, 1, 6).Draw(t, "counts")
		mixed := rapid.Permutation(cs).Draw(t, "shuffled")
		a, err := quantity.DifferentEvents(cs...)
		if err != nil {
			t.Fatal(err)
		}
		b, err := quantity.DifferentEvents(mixed...)
		if err != nil {
			t.Fatal(err)
		}
		if a.Count != b.Count {
			t.Fatalf("%+v became %+v", a.Count.Fields(), b.Count.Fields())
		}
		x, err := quantity.UnknownOverlap(cs[:1], cs)
		if err != nil {
			t.Fatal(err)
		}
		y, err := quantity.UnknownOverlap(mixed, cs[:1])
		if err != nil {
			t.Fatal(err)
		}
		if x.Count != y.Count {
			t.Fatalf("%+v became %+v", x.Count.Fields(), y.Count.Fields())
		}
	})
}

func TestLawPartsRaiseTotals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := counts.Draw(t, "total")
		parts := rapid.SliceOfN(counts, 0, 4).Draw(t, "parts")
		for _, complete := range []bool{true, false} {
			got, err := quantity.PartOfTotal(total, complete, parts...)
			if err != nil {
				t.Fatal(err)
			}
			holds(t, got.Count)
			if got.Count.Low() < total.Low() || !atMost(total, got.Count) {
				t.Fatalf("parts took %v to %v", total, got.Count)
			}
			for _, p := range parts {
				if got.Count.Low() < p.Low() {
					t.Fatalf("the part %v is larger than %v", p, got.Count)
				}
			}
		}
	})
}

func TestLawRaiseLow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, floor := counts.Draw(t, "count"), numbers.Draw(t, "floor")
		got := quantity.RaiseLow(c, floor).Count
		holds(t, got)
		if got.Low() != max(c.Low(), floor) || !atMost(c, got) {
			t.Fatalf("raised by %d: %v became %v", floor, c, got)
		}
		if again := quantity.RaiseLow(got, floor).Count; again != got {
			t.Fatalf("raised twice: %v became %v", got, again)
		}
	})
}

// TestLawTotalHoldsEverySchedule: however the periods of a rate may lie in the
// time it is held for, the number of people lies in the total.
func TestLawTotalHoldsEverySchedule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Int64Range(0, 50).Draw(t, "low")
		high := low + rapid.Int64Range(0, 50).Draw(t, "width")
		c, err := quantity.Between(low, high, quantity.Persons)
		if err != nil {
			t.Fatal(err)
		}
		n := rapid.Int64Range(1, 40).Draw(t, "every")
		rate, err := quantity.NewRate(c, quantity.Period{N: n, Max: n + rapid.Int64Range(0, 5).Draw(t, "more"), Unit: quantity.Days})
		if err != nil {
			t.Fatal(err)
		}
		least := rapid.Int64Range(1, 400).Draw(t, "least")
		most := least + rapid.Int64Range(0, 100).Draw(t, "uncertain")
		s, err := quantity.SpanOfDays(least, most, "")
		if err != nil {
			t.Fatal(err)
		}
		total, err := rate.For(s)
		if err != nil {
			t.Fatal(err)
		}
		holds(t, total.Count)
		// One true story: a length, a period, an offset of its first occasion.
		length := rapid.Int64Range(least, most).Draw(t, "length")
		period := rapid.Int64Range(n, max(n, rate.Every().Max)).Draw(t, "period")
		var people int64
		for day := rapid.Int64Range(0, period-1).Draw(t, "offset"); day < length; day += period {
			people += rapid.Int64Range(low, high).Draw(t, "people")
		}
		if !total.Count.Contains(people) {
			t.Fatalf("%d people in %d days, every %d, are not in %v", people, length, period, total.Count)
		}
	})
}

func TestLawJSONRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := counts.Draw(t, "count")
		b, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		var back quantity.Count
		if err := json.Unmarshal(b, &back); err != nil {
			t.Fatal(err)
		}
		if back != c {
			t.Fatalf("%s came back as %+v", b, back.Fields())
		}
		r, err := quantity.NewRate(c, quantity.Period{N: rapid.Int64Range(1, 9).Draw(t, "n"), Unit: quantity.Weeks})
		if err != nil {
			t.Fatal(err)
		}
		b, err = json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		var rate quantity.Rate
		if err := json.Unmarshal(b, &rate); err != nil {
			t.Fatal(err)
		}
		if rate != r {
			t.Fatalf("%s came back as %v", b, rate)
		}
	})
}

// TestLawNumbersReadBack: a number means the same however it is written, and
// the rounding rule holds for all of them.
func TestLawNumbersReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(1, 99_999_999).Draw(t, "n")
		if rapid.Bool().Draw(t, "round") {
			for n >= 1000 {
				n = n / 1000 * 10
			}
		}
		forms := map[string]string{
			"digits": strconv.FormatInt(n, 10), "grouped": grouped(n), "english": englishWords(n),
			"korean":  eastWords(n, []rune("영일이삼사오육칠팔구"), []rune("십백천"), '만', false) + " 명",
			"chinese": eastWords(n, []rune("零一二三四五六七八九"), []rune("十百千"), '万', true) + "人",
		}
		unit := int64(1)
		for n%(10*unit) == 0 {
			unit *= 10
		}
		slack := max(float64(unit)/2, float64(n)/10)
		for name, text := range forms {
			r, err := quantity.Read(text)
			if err != nil {
				t.Fatalf("%s %q: %v", name, text, err)
			}
			if best, ok := r.Count.Best(); !ok || best != n {
				t.Fatalf("%s %q has best %d, want %d", name, text, best, n)
			}
			low, high := r.Count.Low(), int64(0)
			high, _ = r.Count.High()
			wantLow, wantHigh := n, n
			if unit > 1 {
				wantLow, wantHigh = max(1, int64(math.Floor(float64(n)-slack))), int64(math.Ceil(float64(n)+slack))
			}
			if low != wantLow || high != wantHigh {
				t.Fatalf("%s %q is %d to %d, want %d to %d", name, text, low, high, wantLow, wantHigh)
			}
		}
	})
}

// grouped writes a number with commas.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

var (
	ones = strings.Fields("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
	tens = strings.Fields("- - twenty thirty forty fifty sixty seventy eighty ninety")
)

// englishWords writes a number in English words.
func englishWords(n int64) string {
	switch {
	case n < 20:
		return ones[n]
	case n < 100 && n%10 == 0:
		return tens[n/10]
	case n < 100:
		return tens[n/10] + "-" + ones[n%10]
	case n < 1000 && n%100 == 0:
		return ones[n/100] + " hundred"
	case n < 1000:
		return ones[n/100] + " hundred and " + englishWords(n%100)
	case n < 1_000_000:
		return higher(n, 1000, "thousand")
	}
	return higher(n, 1_000_000, "million")
}

func higher(n, unit int64, name string) string {
	s := englishWords(n/unit) + " " + name
	switch rest := n % unit; {
	case rest == 0:
		return s
	case rest < 100:
		return s + " and " + englishWords(rest)
	default:
		return s + " " + englishWords(rest)
	}
}

// eastWords writes a number by ten thousands. Chinese marks a gap with a zero
// and says 一十; Korean does neither.
func eastWords(n int64, digits, powers []rune, myriad rune, zero bool) string {
	var b strings.Builder
	if n >= 10_000 {
		b.WriteString(eastWords(n/10_000, digits, powers, myriad, zero))
		b.WriteRune(myriad)
		if n %= 10_000; n == 0 {
			return b.String()
		}
		if zero && n < 1000 {
			b.WriteRune(digits[0])
		}
	}
	gap := false
	for i, p := 3, int64(1000); i >= 0; i, p = i-1, p/10 {
		d := n / p % 10
		if d == 0 {
			gap = n/p > 0
			continue
		}
		if gap && zero {
			b.WriteRune(digits[0])
		}
		gap = false
		if d > 1 || i == 0 || zero {
			b.WriteRune(digits[d])
		}
		if i > 0 {
			b.WriteRune(powers[i-1])
		}
	}
	return b.String()
}
