package edtf

import "testing"

func TestEnds(t *testing.T) {
	for in, want := range map[string][2]Bound{
		"":                 {UnknownEnd, UnknownEnd},
		"2001":             {Stated, Stated},
		"2001/..":          {Stated, OpenEnded},
		"2001/":            {Stated, UnknownEnd},
		"../2001":          {OpenEnded, Stated},
		"/2001":            {UnknownEnd, Stated},
		"XXXX-06":          {UnknownYear, UnknownYear},
		"2000-04/XXXX-07":  {Stated, UnknownYear},
		"[..2001-06]":      {OpenEnded, Stated},
		"[2001-06..]":      {Stated, OpenEnded},
		"{1999,2001-06..}": {Stated, OpenEnded},
	} {
		var d Date
		if in != "" {
			d = MustParse(in)
		}
		if got := [2]Bound{d.StartBound(), d.EndBound()}; got != want {
			t.Errorf("%s: got %v, want %v", in, got, want)
		}
	}
}

func TestPrecisionWords(t *testing.T) {
	for in, want := range map[string]string{
		"2001-06-12T10:30:00":     "second",
		"2001-06-12":              "day",
		"2001-06":                 "month",
		"2001-22":                 "season",
		"2001-40":                 "half",
		"2001":                    "year",
		"199X":                    "decade",
		"19XX":                    "century",
		"1XXX":                    "millennium",
		"2001-06-12/2001-07":      "month",
		"[2001-06-12,2001-12-06]": "day",
	} {
		if got := MustParse(in).Precision().String(); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
	if got := (Date{}).Precision().String(); got != "none" {
		t.Errorf("no date: got %s", got)
	}
}

// TestNoDate pins down the zero value: it may be any day, and is none.
func TestNoDate(t *testing.T) {
	var none Date
	june := MustParse("2001-06")
	s := june.Span()
	if none.Resolved() || none.Kind() != None || none.Span() != (Span{MinDay, MaxDay}) || none.Level() != 0 {
		t.Errorf("no date is %v %v %v", none.Resolved(), none.Kind(), none.Span())
	}
	for name, got := range map[string]Match{
		"within": none.Within(s), "overlaps": none.Overlaps(s), "before": none.Before(june), "after": none.After(june),
		"coincides": none.Coincides(june), "coincided with": june.Coincides(none),
	} {
		if got != Possibly {
			t.Errorf("no date %s June 2001: got %v", name, got)
		}
	}
	empty := Span{5, 4}
	if none.Within(empty) != Never || none.Overlaps(empty) != Never || june.Within(empty) != Never || june.Overlaps(empty) != Never {
		t.Error("something lies in no days")
	}
	if _, _, bounded := Elapsed(none, june); bounded {
		t.Error("days from no date were counted")
	}
	if low, high, bounded := none.Length(); low != 1 || high != 0 || bounded {
		t.Errorf("no date lasts %d to %d", low, high)
	}
	if got := none.Resolve(Reference{Date: june}); got != none {
		t.Errorf("no date was resolved to %s", got)
	}
	if got, ok := Intersect(none, june); !ok || got != june {
		t.Errorf("any day and June is %s", got)
	}
	if got := Union(none, june); got != none {
		t.Errorf("any day or June is %s", got)
	}
}

// TestUnresolvedMatches says that a date without its year may be in any span.
func TestUnresolvedMatches(t *testing.T) {
	june, s := MustParse("XXXX-06"), Span{DayOf(2001, 1, 1), DayOf(2001, 3, 31)}
	if june.Within(s) != Possibly || june.Overlaps(s) != Possibly || june.Before(MustParse("2001")) != Possibly {
		t.Error("a date without bounds was judged by its month")
	}
	if got, ok := Intersect(june, MustParse("XXXX-07")); !ok || got != june {
		t.Errorf("got %s, %v", got, ok)
	}
	if got, ok := Intersect(june, MustParse("2001-08")); !ok || got.String() != "2001-08" {
		t.Errorf("got %s, %v", got, ok)
	}
}

// TestSetsSeeTheirGaps says that nothing happened between the members of a set.
func TestSetsSeeTheirGaps(t *testing.T) {
	august := Span{DayOf(2001, 8, 1), DayOf(2001, 8, 31)}
	june := Span{DayOf(2001, 6, 1), DayOf(2001, 6, 30)}
	either, each := MustParse("[2001-06-12,2001-12-06]"), MustParse("{2001-06-12,2001-12-06}")
	tests := []struct {
		name      string
		got, want Match
	}{
		{"either in August", either.Overlaps(august), Never},
		{"either within August", either.Within(august), Never},
		{"either in June", either.Overlaps(june), Possibly},
		{"each in August", each.Overlaps(august), Never},
		{"each in June", each.Overlaps(june), Certainly},
		{"each within June", each.Within(june), Never},
		{"each within both", each.Within(each.Span()), Certainly},
		{"either and August", either.Coincides(MustParse("2001-08")), Never},
		{"either and June", either.Coincides(MustParse("2001-06")), Possibly},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s: got %v, want %v", tt.name, tt.got, tt.want)
		}
	}
	if low, high, bounded := each.Length(); low != 1 || high != 178 || !bounded {
		t.Errorf("each lasts %d to %d", low, high)
	}
	if low, high, bounded := MustParse("2001-06/..").Length(); low != 1 || high != 0 || bounded {
		t.Errorf("an open interval lasts %d to %d", low, high)
	}
	if low, high, bounded := MustParse("2001-06/2001-08").Length(); low != 33 || high != 92 || !bounded {
		t.Errorf("June to August lasts %d to %d", low, high)
	}
}

// TestDatesAreValues says that dates may be compared and be keys.
func TestDatesAreValues(t *testing.T) {
	seen := map[Date]int{MustParse("?2004-?06"): 1}
	if d := MustParse("2004-06?"); seen[d] != 1 || !d.Equal(MustParse("?2004-06?")) {
		t.Error("the same date in other words is another value")
	}
	if MustParse("2004-06") == MustParse("2004-06-01/2004-06-30") {
		t.Error("a month and its days from first to last are not the same statement")
	}
}
