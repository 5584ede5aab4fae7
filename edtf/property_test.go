package edtf

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The oracle of these tests reads the format in the dullest way there is: it
// compares every day of half a century, written out, with the pattern, digit by
// digit. It shares no code with the package.

const (
	oracleFirst = 1975
	oracleLast  = 2025
)

// oracleDays are the days of the half century, as year, month and day.
func oracleDays() []oracleDay {
	var out []oracleDay
	lengths := []int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
	at := Day(1826) // 1 January 1975, counted by hand from 1970: 5 years, one leap day
	for y := oracleFirst; y <= oracleLast; y++ {
		for m := 1; m <= 12; m++ {
			n := lengths[m-1]
			if m == 2 && y%4 == 0 {
				n++
			}
			for d := 1; d <= n; d++ {
				out = append(out, oracleDay{fmt.Sprintf("%04d-%02d-%02d", y, m, d), at, y, m, d})
				at++
			}
		}
	}
	return out
}

type oracleDay struct {
	text    string
	day     Day
	y, m, d int
}

// fits says whether a day agrees with a pattern such as 199X-1X-05.
func (o oracleDay) fits(pattern string) bool {
	for i := range len(pattern) {
		if pattern[i] != 'X' && pattern[i] != o.text[i] {
			return false
		}
	}
	return true
}

// inSeason says whether a day lies in a division of a year by code.
func (o oracleDay) inSeason(year, code int) bool {
	months := func(first, last int) bool { return o.y == year && o.m >= first && o.m <= last }
	through := func(first, last, day int) bool {
		return months(first, last-1) || o.y == year && o.m == last && o.d <= day
	}
	switch {
	case code >= 40:
		return months((code-40)*6+1, (code-40)*6+6)
	case code >= 37:
		return months((code-37)*4+1, (code-37)*4+4)
	case code >= 33:
		return months((code-33)*3+1, (code-33)*3+3)
	}
	n := (code - 21) % 4
	if code >= 29 {
		n = (n + 2) % 4
	}
	switch n {
	case 0:
		return through(3, 6, 21)
	case 1:
		return through(6, 9, 23)
	case 2:
		return through(9, 12, 22)
	}
	inWinter := func(december int) bool {
		return o.y == december && o.m == 12 || o.y == december+1 && (o.m <= 2 || o.m == 3 && o.d <= 20)
	}
	return inWinter(year) || inWinter(year-1)
}

// drawSingle makes a date of the years 1980 to 2019 with gaps, and the test of
// the oracle for it.
func drawSingle(t *rapid.T) (text string, means func(oracleDay) bool) {
	digits := func(s, name string) string {
		b := []byte(s)
		for i := range b {
			if rapid.IntRange(0, 5).Draw(t, name) == 0 {
				b[i] = 'X'
			}
		}
		return string(b)
	}
	year := rapid.IntRange(1980, 2019).Draw(t, "year")
	text = fmt.Sprintf("%04d", year)
	switch rapid.IntRange(0, 4).Draw(t, "form") {
	case 0:
		code := rapid.IntRange(21, 41).Draw(t, "season")
		return fmt.Sprintf("%s-%02d", text, code), func(o oracleDay) bool { return o.inSeason(year, code) }
	case 1:
		if rapid.Bool().Draw(t, "decade") {
			text = text[:3] + "X"
		}
	case 2:
		text += "-" + digits(fmt.Sprintf("%02d", rapid.IntRange(1, 12).Draw(t, "month")), "gap")
	default:
		if rapid.Bool().Draw(t, "decade") {
			text = text[:3] + "X"
		}
		text += "-" + digits(fmt.Sprintf("%02d", rapid.IntRange(1, 12).Draw(t, "month")), "gap")
		text += "-" + digits(fmt.Sprintf("%02d", rapid.IntRange(1, 31).Draw(t, "day")), "gap")
	}
	return text, func(o oracleDay) bool { return o.fits(text) }
}

// meant gives the days that the oracle finds, and the first and last.
func meant(days []oracleDay, means func(oracleDay) bool) (set map[Day]bool, s Span) {
	set = map[Day]bool{}
	s = Span{MaxDay, MinDay}
	for _, o := range days {
		if means(o) {
			set[o.day] = true
			s = Span{min(s.First, o.day), max(s.Last, o.day)}
		}
	}
	return set, s
}

// TestBoundsHoldEveryDay is the law of the package: the interval of an uncertain
// date holds every day that it may mean. It is tight, too, without "~".
func TestBoundsHoldEveryDay(t *testing.T) {
	days := oracleDays()
	rapid.Check(t, func(t *rapid.T) {
		text, means := drawSingle(t)
		set, want := meant(days, means)
		d, err := Parse(text)
		if len(set) == 0 {
			if err == nil {
				t.Fatalf("%s fits no day and was accepted", text)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if d.Span() != want {
			t.Fatalf("%s: got %v, want %v", text, d.Span(), want)
		}
		about, err := Parse(text + "~")
		if err != nil {
			t.Fatal(err)
		}
		if about.Earliest() >= want.First || about.Latest() <= want.Last {
			t.Fatalf("%s~ from %v to %v is no wider than %v", text, about.Earliest(), about.Latest(), want)
		}
		doubted, err := Parse(text + "?")
		if err != nil || doubted.Span() != want || !doubted.Uncertain() {
			t.Fatalf("%s? is %v, %v", text, doubted.Span(), err)
		}
	})
}

// TestSetsAndIntervalsHoldEveryDay does the same for what joins dates.
func TestSetsAndIntervalsHoldEveryDay(t *testing.T) {
	days := oracleDays()
	rapid.Check(t, func(t *rapid.T) {
		a, meansA := drawSingle(t)
		b, meansB := drawSingle(t)
		setA, spanA := meant(days, meansA)
		setB, spanB := meant(days, meansB)
		if len(setA) == 0 || len(setB) == 0 {
			t.Skip("no such day")
		}
		both := Span{min(spanA.First, spanB.First), max(spanA.Last, spanB.Last)}
		for _, text := range []string{"[" + a + "," + b + "]", "{" + a + "," + b + "}"} {
			d, err := Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			if d.Span() != both {
				t.Fatalf("%s: got %v, want %v", text, d.Span(), both)
			}
			for day := range setA {
				if d.Overlaps(Span{day, day}) == Never {
					t.Fatalf("%s never touches %v", text, day)
				}
			}
		}
		d, err := Parse(a + "/" + b)
		if spanB.Last < spanA.First {
			if err == nil {
				t.Fatalf("%s ends before it begins", d)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if d.Earliest() != spanA.First || d.Latest() != spanB.Last {
			t.Fatalf("%s: got %v, want %v to %v", d, d.Span(), spanA.First, spanB.Last)
		}
		if open, err := Parse(a + "/.."); err != nil || open.Earliest() != spanA.First || open.Latest() != MaxDay {
			t.Fatalf("%s/..: %v, %v", a, open.Span(), err)
		}
	})
}

// extent is one thing that an uncertain date may turn out to be.
type extent struct{ first, last Day }

// drawDate makes a date over a few days of June 2001, of any kind, with all that
// it may turn out to be.
func drawDate(t *rapid.T, label string) (Date, []extent) {
	day := func(n int) string { return fmt.Sprintf("2001-06-%02d", n) }
	first := rapid.IntRange(1, 9).Draw(t, label+" first")
	last := rapid.IntRange(first, 9).Draw(t, label+" last")
	var text string
	var may []extent
	within := func(a, b int) {
		for f := a; f <= b; f++ {
			for l := f; l <= b; l++ {
				may = append(may, extent{DayOf(2001, 6, f), DayOf(2001, 6, l)})
			}
		}
	}
	switch rapid.IntRange(0, 4).Draw(t, label+" kind") {
	case 0:
		text = day(first)
		within(first, first)
	case 1:
		text = "2001-06-0X"
		within(1, 9)
	case 2:
		text = "[" + day(first) + ".." + day(last) + "]"
		within(first, last)
	case 3:
		text = day(first) + "/" + day(last)
		may = []extent{{DayOf(2001, 6, first), DayOf(2001, 6, last)}}
	default:
		// An interval whose ends are themselves uncertain.
		text = "2001-06-0X/" + day(last)
		for f := 1; f <= last; f++ {
			may = append(may, extent{DayOf(2001, 6, f), DayOf(2001, 6, last)})
		}
	}
	return MustParse(text), may
}

// judge counts over everything that may be.
func judge(may []extent, holds func(extent) bool) Match {
	yes := 0
	for _, e := range may {
		if holds(e) {
			yes++
		}
	}
	switch yes {
	case 0:
		return Never
	case len(may):
		return Certainly
	}
	return Possibly
}

// TestMatchesAreExact compares every answer with all that may be.
func TestMatchesAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, may := drawDate(t, "date")
		first := DayOf(2001, 6, rapid.IntRange(-1, 12).Draw(t, "first"))
		s := Span{first, first + Day(rapid.IntRange(-1, 8).Draw(t, "length"))}
		got, want := d.Within(s), judge(may, func(e extent) bool { return s.First <= e.first && e.last <= s.Last })
		if got != want {
			t.Fatalf("%s within %v: got %v, want %v", d, s, got, want)
		}
		got, want = d.Overlaps(s), judge(may, func(e extent) bool { return max(s.First, e.first) <= min(s.Last, e.last) })
		if got != want {
			t.Fatalf("%s overlaps %v: got %v, want %v", d, s, got, want)
		}

		e, others := drawDate(t, "other")
		var pairs []extent // of indexes
		for i := range may {
			for j := range others {
				pairs = append(pairs, extent{Day(i), Day(j)})
			}
		}
		got, want = d.Before(e), judge(pairs, func(p extent) bool { return may[p.first].last < others[p.last].first })
		if got != want || e.After(d) != got {
			t.Fatalf("%s before %s: got %v, want %v", d, e, got, want)
		}
		got = d.Coincides(e)
		want = judge(pairs, func(p extent) bool {
			return max(may[p.first].first, others[p.last].first) <= min(may[p.first].last, others[p.last].last)
		})
		// Of sets only the possibility is told.
		if sets := d.Kind() == OneOf || e.Kind() == OneOf; got != want && !(sets && want == Certainly && got == Possibly) {
			t.Fatalf("%s coincides with %s: got %v, want %v", d, e, got, want)
		}
		checkLengths(t, d, may)
		checkElapsed(t, d, e, may, others)
	})
}

func checkLengths(t *rapid.T, d Date, may []extent) {
	low, high, bounded := d.Length()
	wantLow, wantHigh := int64(1<<40), int64(0)
	for _, e := range may {
		n := int64(e.last-e.first) + 1
		wantLow, wantHigh = min(wantLow, n), max(wantHigh, n)
	}
	if low != wantLow || high != wantHigh || !bounded {
		t.Fatalf("%s lasts %d to %d days, want %d to %d", d, low, high, wantLow, wantHigh)
	}
}

func checkElapsed(t *rapid.T, d, e Date, may, others []extent) {
	low, high, bounded := Elapsed(d, e)
	wantLow, wantHigh := int64(1<<40), int64(-1<<40)
	for _, a := range may {
		for _, b := range others {
			n := int64(b.first - a.first)
			wantLow, wantHigh = min(wantLow, n), max(wantHigh, n)
		}
	}
	if low != wantLow || high != wantHigh || !bounded {
		t.Fatalf("from %s to %s: %d to %d days, want %d to %d", d, e, low, high, wantLow, wantHigh)
	}
}

// TestIntersectAndUnion checks the laws of the two.
func TestIntersectAndUnion(t *testing.T) {
	days := oracleDays()
	rapid.Check(t, func(t *rapid.T) {
		a, meansA := drawSingle(t)
		b, meansB := drawSingle(t)
		setA, _ := meant(days, meansA)
		setB, _ := meant(days, meansB)
		if len(setA) == 0 || len(setB) == 0 {
			t.Skip("no such day")
		}
		da, db := MustParse(a), MustParse(b)
		union := Union(da, db)
		both, ok := Intersect(da, db)
		if flipped, _ := Intersect(db, da); ok && flipped.Span() != both.Span() {
			t.Fatalf("%s and %s: %s one way, %s the other", a, b, both, flipped)
		}
		for day := range setA {
			if !union.Span().Contains(day) {
				t.Fatalf("the union %s of %s and %s leaves out %v", union, a, b, day)
			}
			if setB[day] && (!ok || !both.Span().Contains(day)) {
				t.Fatalf("the intersection %s of %s and %s leaves out %v", both, a, b, day)
			}
		}
		if ok && (both.Earliest() < max(da.Earliest(), db.Earliest()) || both.Latest() > min(da.Latest(), db.Latest())) {
			t.Fatalf("the intersection %s of %s and %s is too wide", both, a, b)
		}
		if union.Earliest() != min(da.Earliest(), db.Earliest()) || union.Latest() != max(da.Latest(), db.Latest()) {
			t.Fatalf("the union of %s and %s is %s", a, b, union)
		}
	})
}

// TestWindow says just the days asked for, whatever they are.
func TestWindow(t *testing.T) {
	days := func(t *rapid.T, name string) Day {
		first := DayOf(rapid.Int64Range(-9998, 9998).Draw(t, name+" year"), 1, 1)
		switch rapid.IntRange(0, 3).Draw(t, name+" edge") {
		case 0:
			return first
		case 1:
			return first - 1
		case 2:
			return first.addMonths(rapid.Int64Range(0, 11).Draw(t, name+" month"))
		}
		return first + Day(rapid.IntRange(0, 364).Draw(t, name+" day"))
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := days(t, "a"), days(t, "b")
		s := Span{min(a, b), max(a, b)}
		if rapid.IntRange(0, 3).Draw(t, "near") == 0 {
			s.Last = s.First + Day(rapid.IntRange(0, 800).Draw(t, "length"))
		}
		switch rapid.IntRange(0, 8).Draw(t, "open") {
		case 0:
			s.First = MinDay
		case 1:
			s.Last = MaxDay
		}
		d := Window(s)
		if d.Span() != s {
			t.Fatalf("the window of %v is %s, which is %v", s, d, d.Span())
		}
		if back, err := Parse(d.String()); err != nil || back != d {
			t.Fatalf("%s comes back as %s, %v", d, back, err)
		}
	})
}

func TestWindowWords(t *testing.T) {
	tests := []struct{ first, last, want string }{
		{"2001-06-12", "2001-06-12", "2001-06-12"},
		{"2001-06-01", "2001-06-30", "2001-06"},
		{"2001-01-01", "2001-12-31", "2001"},
		{"1990-01-01", "1999-12-31", "199X"},
		{"1900-01-01", "1999-12-31", "19XX"},
		{"1991-01-01", "2000-12-31", "[1991..2000]"},
		{"2001-07-21", "2001-07-31", "[2001-07-21..2001-07-31]"},
		{"2001-03-01", "2001-06-30", "[2001-03..2001-06]"},
		{"2000-01-01", "2001-06-30", "[2000-01..2001-06]"},
		{"", "2001-06-30", "[..2001-06]"},
		{"2001-06-13", "", "[2001-06-13..]"},
		{"", "", ""},
		{"2001-06-13", "2001-06-12", ""},
	}
	for _, tt := range tests {
		s := Span{MinDay, MaxDay}
		if tt.first != "" {
			s.First = MustParse(tt.first).Earliest()
		}
		if tt.last != "" {
			s.Last = MustParse(tt.last).Latest()
		}
		if got := Window(s).String(); got != tt.want {
			t.Errorf("from %s to %s: got %s, want %s", tt.first, tt.last, got, tt.want)
		}
	}
	// EDTF cannot write days of long years; the window widens to the years.
	day := DayOf(12345, 6, 7)
	if got := Window(Span{day, day + 400}); got.String() != "[Y12345..Y12346]" || !got.Span().Contains(day+400) {
		t.Errorf("got %s", got)
	}
}

// TestConstructors agree with what Parse reads.
func TestConstructors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := rapid.Int64Range(-9999, 9999).Draw(t, "year")
		m := rapid.IntRange(0, 13).Draw(t, "month")
		n := rapid.IntRange(0, 32).Draw(t, "day")
		year := Year(y)
		if back, err := Parse(year.String()); err != nil || back != year {
			t.Fatalf("%d: %s, %v", y, year, err)
		}
		month, err := Month(y, m)
		if (err == nil) != (m >= 1 && m <= 12) {
			t.Fatalf("month %d: %v", m, err)
		}
		if err == nil && month.String() != fmt.Sprintf("%s-%02d", year, m) {
			t.Fatalf("month %d of %d is %s", m, y, month)
		}
		day, err := Civil(y, m, n)
		if err != nil {
			return
		}
		if day.String() != fmt.Sprintf("%s-%02d-%02d", year, m, n) || On(day.Earliest()) != day {
			t.Fatalf("%d-%d-%d is %s", y, m, n, day)
		}
	})
	if !strings.HasPrefix(Year(1<<62).String(), "Y999") || On(MinDay) != (Date{}) {
		t.Error("the limits are not kept")
	}
	if _, err := Month(12345, 6); err == nil {
		t.Error("a month of a long year was written")
	}
}
