package edtf

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// day writes a day for a table: "" is no bound.
func day(t *testing.T, s string) Day {
	t.Helper()
	d, err := Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d.Earliest()
}

func TestParse(t *testing.T) {
	tests := []struct {
		in, want    string // want "" means in itself
		first, last string // "" is no bound
		precision   Precision
		level       int
		flags       string // "?", "~", "%" and "!" for not resolved
	}{
		// Level 0.
		{in: "2001", first: "2001-01-01", last: "2001-12-31", precision: PrecisionYear},
		{in: "0000", first: "0000-01-01", last: "0000-12-31", precision: PrecisionYear},
		{in: "2001-06", first: "2001-06-01", last: "2001-06-30", precision: PrecisionMonth},
		{in: "2001-02", first: "2001-02-01", last: "2001-02-28", precision: PrecisionMonth},
		{in: "2000-02", first: "2000-02-01", last: "2000-02-29", precision: PrecisionMonth},
		{in: "1900-02", first: "1900-02-01", last: "1900-02-28", precision: PrecisionMonth},
		{in: "2001-06-12", first: "2001-06-12", last: "2001-06-12", precision: PrecisionDay},
		{in: "2000-02-29", first: "2000-02-29", last: "2000-02-29", precision: PrecisionDay},
		{in: "1985-04-12T23:20:30", first: "1985-04-12", last: "1985-04-12", precision: PrecisionTime},
		{in: "1985-04-12T23:20:30Z", first: "1985-04-12", last: "1985-04-12", precision: PrecisionTime},
		{in: "1985-04-12T23:20:30-04", first: "1985-04-12", last: "1985-04-12", precision: PrecisionTime},
		{in: "1985-04-12T23:20:30+04:30", first: "1985-04-12", last: "1985-04-12", precision: PrecisionTime},
		{in: "1990-12-31T23:59:60Z", first: "1990-12-31", last: "1990-12-31", precision: PrecisionTime},
		{in: "1964/2008", first: "1964-01-01", last: "2008-12-31", precision: PrecisionYear},
		{in: "2004-06/2006-08", first: "2004-06-01", last: "2006-08-31", precision: PrecisionMonth},
		{in: "2004-02-01/2005-02-08", first: "2004-02-01", last: "2005-02-08", precision: PrecisionDay},
		{in: "2004-02-01/2005-02", first: "2004-02-01", last: "2005-02-28", precision: PrecisionMonth},
		{in: "2004-02-01/2005", first: "2004-02-01", last: "2005-12-31", precision: PrecisionYear},
		{in: "2005/2006-02", first: "2005-01-01", last: "2006-02-28", precision: PrecisionYear},

		// Level 1.
		{in: "Y170000002", precision: PrecisionYear, level: 1, first: "*", last: "*"},
		{in: "Y-170000002", precision: PrecisionYear, level: 1, first: "*", last: "*"},
		{in: "2001-21", first: "2001-03-01", last: "2001-06-21", precision: PrecisionSeason, level: 1},
		{in: "2001-22", first: "2001-06-01", last: "2001-09-23", precision: PrecisionSeason, level: 1},
		{in: "2001-23", first: "2001-09-01", last: "2001-12-22", precision: PrecisionSeason, level: 1},
		{in: "2001-24", first: "2000-12-01", last: "2002-03-20", precision: PrecisionSeason, level: 1},
		{in: "1984?", first: "1984-01-01", last: "1984-12-31", precision: PrecisionYear, level: 1, flags: "?"},
		{in: "2004-06~", first: "2004-05-01", last: "2004-07-31", precision: PrecisionMonth, level: 1, flags: "~"},
		{in: "2004-06-11%", first: "2004-06-04", last: "2004-06-18", precision: PrecisionDay, level: 1, flags: "%"},
		{in: "2004-06-11?", first: "2004-06-11", last: "2004-06-11", precision: PrecisionDay, level: 1, flags: "?"},
		{in: "2001~", first: "1999-01-01", last: "2003-12-31", precision: PrecisionYear, level: 1, flags: "~"},
		{in: "201X", first: "2010-01-01", last: "2019-12-31", precision: PrecisionDecade, level: 1},
		{in: "20XX", first: "2000-01-01", last: "2099-12-31", precision: PrecisionCentury, level: 1},
		{in: "2004-XX", first: "2004-01-01", last: "2004-12-31", precision: PrecisionYear, level: 1},
		{in: "1985-04-XX", first: "1985-04-01", last: "1985-04-30", precision: PrecisionMonth, level: 1},
		{in: "1985-XX-XX", first: "1985-01-01", last: "1985-12-31", precision: PrecisionYear, level: 1},
		{in: "1985-04-12/..", first: "1985-04-12", precision: PrecisionDay, level: 1},
		{in: "1985-04/..", first: "1985-04-01", precision: PrecisionMonth, level: 1},
		{in: "1985/", first: "1985-01-01", precision: PrecisionYear, level: 1},
		{in: "../1985-04-12", last: "1985-04-12", precision: PrecisionDay, level: 1},
		{in: "/1985-04", last: "1985-04-30", precision: PrecisionMonth, level: 1},
		{in: "-1985", first: "-1985-01-01", last: "-1985-12-31", precision: PrecisionYear, level: 1},
		{in: "-0001-02-28", first: "-0001-02-28", last: "-0001-02-28", precision: PrecisionDay, level: 1},
		{in: "1984~/2004-06", first: "1982-01-01", last: "2004-06-30", precision: PrecisionYear, level: 1, flags: "~"},
		{in: "1984?/2004%", first: "1984-01-01", last: "2006-12-31", precision: PrecisionYear, level: 1, flags: "%"},
		{in: "2004-06-XX/2004-07-03", first: "2004-06-01", last: "2004-07-03", precision: PrecisionMonth, level: 1},

		// Level 2.
		{in: "Y-17E7", want: "Y-170000000", first: "*", last: "*", precision: PrecisionYear, level: 1},
		{in: "Y2E3", want: "2000", first: "2000-01-01", last: "2000-12-31", precision: PrecisionYear},
		{in: "1950S2", first: "1900-01-01", last: "1999-12-31", precision: PrecisionCentury, level: 2},
		{in: "1959S3", first: "1950-01-01", last: "1959-12-31", precision: PrecisionDecade, level: 2},
		{in: "-1950S2", first: "-1999-01-01", last: "-1900-12-31", precision: PrecisionCentury, level: 2},
		{in: "1950S4", first: "1950-01-01", last: "1950-12-31", precision: PrecisionYear, level: 2},
		{in: "Y171010000S3", first: "*", last: "*", precision: PrecisionCoarse, level: 2},
		{in: "2001-25", first: "2001-03-01", last: "2001-06-21", precision: PrecisionSeason, level: 2},
		{in: "2001-29", first: "2001-09-01", last: "2001-12-22", precision: PrecisionSeason, level: 2},
		{in: "2001-30", first: "2000-12-01", last: "2002-03-20", precision: PrecisionSeason, level: 2},
		{in: "2001-31", first: "2001-03-01", last: "2001-06-21", precision: PrecisionSeason, level: 2},
		{in: "2001-32", first: "2001-06-01", last: "2001-09-23", precision: PrecisionSeason, level: 2},
		{in: "2001-33", first: "2001-01-01", last: "2001-03-31", precision: PrecisionSeason, level: 2},
		{in: "2001-36", first: "2001-10-01", last: "2001-12-31", precision: PrecisionSeason, level: 2},
		{in: "2001-37", first: "2001-01-01", last: "2001-04-30", precision: PrecisionHalf, level: 2},
		{in: "2001-39", first: "2001-09-01", last: "2001-12-31", precision: PrecisionHalf, level: 2},
		{in: "2001-40", first: "2001-01-01", last: "2001-06-30", precision: PrecisionHalf, level: 2},
		{in: "2001-41", first: "2001-07-01", last: "2001-12-31", precision: PrecisionHalf, level: 2},
		{in: "2004-06~-11", first: "2004-05-11", last: "2004-07-11", precision: PrecisionDay, level: 2, flags: "~"},
		{in: "2004?-06-11", first: "2004-06-11", last: "2004-06-11", precision: PrecisionDay, level: 2, flags: "?"},
		{in: "?2004-06-~11", want: "2004?-06-~11", first: "2004-06-04", last: "2004-06-18", precision: PrecisionDay, level: 2, flags: "%"},
		{in: "2004-%06-11", first: "2004-05-11", last: "2004-07-11", precision: PrecisionDay, level: 2, flags: "%"},
		{in: "~2004-06-~11", want: "2004~-06-~11", first: "2002-06-04", last: "2006-06-18", precision: PrecisionDay, level: 2, flags: "~"},
		{in: "?2004-?06-?11", want: "2004-06-11?", first: "2004-06-11", last: "2004-06-11", precision: PrecisionDay, level: 1, flags: "?"},
		{in: "?2004~", want: "2004%", first: "2002-01-01", last: "2006-12-31", precision: PrecisionYear, level: 1, flags: "%"},
		{in: "2004?-06~", want: "2004%-~06", first: "2004-05-01", last: "2004-07-31", precision: PrecisionMonth, level: 2, flags: "%"},
		{in: "156X-12-25", first: "1560-12-25", last: "1569-12-25", precision: PrecisionDecade, level: 2},
		{in: "15XX-12-XX", first: "1500-12-01", last: "1599-12-31", precision: PrecisionCentury, level: 2},
		{in: "1XXX-12", first: "1000-12-01", last: "1999-12-31", precision: PrecisionCoarse, level: 2},
		{in: "1984-1X", first: "1984-10-01", last: "1984-12-31", precision: PrecisionYear, level: 2},
		{in: "1984-XX-31", first: "1984-01-31", last: "1984-12-31", precision: PrecisionYear, level: 2},
		{in: "1984-02-2X", first: "1984-02-20", last: "1984-02-29", precision: PrecisionMonth, level: 2},
		{in: "199X-02-29", first: "1992-02-29", last: "1996-02-29", precision: PrecisionDecade, level: 2},
		{in: "-1XXX", first: "-1999-01-01", last: "-1000-12-31", precision: PrecisionCoarse, level: 2},
		{in: "-000X", first: "-0009-01-01", last: "-0001-12-31", precision: PrecisionDecade, level: 1},
		{in: "196X~", first: "1955-01-01", last: "1974-12-31", precision: PrecisionDecade, level: 1, flags: "~"},
		{in: "2001-22~", first: "2001-04-01", last: "2001-11-23", precision: PrecisionSeason, level: 1, flags: "~"},
		{in: "XXXX-06", precision: PrecisionMonth, level: 2, flags: "!"},
		{in: "XXXX-06-12", precision: PrecisionDay, level: 2, flags: "!"},
		{in: "XXXX-02-29", precision: PrecisionDay, level: 2, flags: "!"},
		{in: "XXXX-XX-XX", precision: PrecisionDay, level: 2, flags: "!"},
		{in: "XXXX-22", precision: PrecisionSeason, level: 2, flags: "!"},
		{in: "XXXX", precision: PrecisionYear, level: 2, flags: "!"},
		{in: "XX9X", precision: PrecisionYear, level: 2, flags: "!"},
		{in: "XXXX-03/XXXX-06", precision: PrecisionMonth, level: 2, flags: "!"},
		{in: "2000-04/XXXX-07", first: "2000-04-01", precision: PrecisionMonth, level: 2, flags: "!"},
		{in: "[1667,1668,1670..1672]", first: "1667-01-01", last: "1672-12-31", precision: PrecisionYear, level: 2},
		{in: "[1667, 1668, 1670..1672]", want: "[1667,1668,1670..1672]", first: "1667-01-01", last: "1672-12-31", precision: PrecisionYear, level: 2},
		{in: "[..1760-12-03]", last: "1760-12-03", precision: PrecisionDay, level: 2},
		{in: "[1760-12..]", first: "1760-12-01", precision: PrecisionMonth, level: 2},
		{in: "[1760-01,1760-02,1760-12..]", first: "1760-01-01", precision: PrecisionMonth, level: 2},
		{in: "[1667,1760-12]", first: "1667-01-01", last: "1760-12-31", precision: PrecisionYear, level: 2},
		{in: "{1667,1668,1670..1672}", first: "1667-01-01", last: "1672-12-31", precision: PrecisionYear, level: 2},
		{in: "{..1984}", last: "1984-12-31", precision: PrecisionYear, level: 2},
		{in: "[2001-06-12,2001-12-06]", first: "2001-06-12", last: "2001-12-06", precision: PrecisionDay, level: 2},
		{in: "[2001-12-06,2001-06-12]", first: "2001-06-12", last: "2001-12-06", precision: PrecisionDay, level: 2},
		{in: "[XXXX-03..XXXX-06]", precision: PrecisionMonth, level: 2, flags: "!"},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			d, err := Parse(tt.in)
			if err != nil {
				t.Fatal(err)
			}
			want := tt.want
			if want == "" {
				want = tt.in
			}
			flags := ""
			switch {
			case d.Uncertain() && d.Approximate():
				flags = "%"
			case d.Uncertain():
				flags = "?"
			case d.Approximate():
				flags = "~"
			}
			if !d.Resolved() {
				flags += "!"
			}
			if d.String() != want || flags != tt.flags || d.Precision() != tt.precision || d.Level() != tt.level {
				t.Errorf("got %q flags %q precision %v level %d, want %q %q %v %d",
					d, flags, d.Precision(), d.Level(), want, tt.flags, tt.precision, tt.level)
			}
			if tt.first != "*" {
				checkSpan(t, d, tt.first, tt.last)
			}
		})
	}
}

func checkSpan(t *testing.T, d Date, first, last string) {
	t.Helper()
	want := Span{MinDay, MaxDay}
	if first != "" {
		want.First = day(t, first)
	}
	if last != "" {
		l, err := Parse(last)
		if err != nil {
			t.Fatal(err)
		}
		want.Last = l.Latest()
	}
	// Negative years run backwards in the table's shorthand, not in time.
	if got := d.Span(); got != want {
		t.Errorf("%s runs from %v to %v, want %v to %v", d, got.First, got.Last, want.First, want.Last)
	}
}

func TestLongYears(t *testing.T) {
	tests := []struct {
		in          string
		first, last int64
	}{
		{"Y170000002", 170000002, 170000002},
		{"Y-170000002", -170000002, -170000002},
		{"Y171010000S3", 171000000, 171999999},
		{"Y-171010000S3", -171999999, -171000000},
		{"Y999999999999", 999999999999, 999999999999},
		{"Y1E12", 0, 0},
	}
	for _, tt := range tests {
		d, err := Parse(tt.in)
		if tt.first == 0 {
			if err == nil {
				t.Errorf("%s was accepted as %s", tt.in, d)
			}
			continue
		}
		if err != nil {
			t.Error(err)
			continue
		}
		if want := (Span{DayOf(tt.first, 1, 1), DayOf(tt.last, 12, 31)}); d.Span() != want {
			t.Errorf("%s: got %v, want %v", tt.in, d.Span(), want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	tests := []struct {
		in     string
		offset int
		says   string
	}{
		{"", 0, "empty"},
		{"201", 3, "four digits"},
		{"20011", 4, "starts with Y"},
		{"20010612", 4, "set off with hyphens"},
		{"2001-6", 5, "two digits"},
		{"2001-13", 5, "no month 13"},
		{"2001-00", 5, "no month 00"},
		{"2001-42", 5, "no month or season 42"},
		{"2001-2X", 5, "no month 2X"},
		{"2001-06-31", 8, "no day 31"},
		{"2001-02-29", 8, "no day 29"},
		{"2001-02-3X", 8, "no day 3X"},
		{"XXXX-02-30", 8, "no day 30"},
		{"XX01-02-29", 8, "no day 29"},
		{"2001-00-12", 5, "no month 00"},
		{"-2001-13", 6, "no month 13"},
		{"?2001-06-?31", 9, "no day 31"},
		{"2001-06-00", 8, "no day 00"},
		{"2001-21-05", 8, "takes no day"},
		{"2001-06-12-01", 11, "does not belong"},
		{"-0000", 0, "year 0"},
		{"Y-0E5", 0, "year 0"},
		{"Y2001", 0, "more than four digits"},
		{"Y02001", 1, "zeros"},
		{"Y", 1, "missing"},
		{"Y17E", 4, "missing"},
		{"Y9999999999999", 1, "further"},
		{"Y99999999999999999999999999", 1, "further"},
		{"Y12345-06", 6, "takes no month"},
		{"Y1E3-06", 4, "takes no month"},
		{"1950S2-06", 6, "takes no month"},
		{"1950S0", 5, "S needs"},
		{"1950S5", 5, "more significant"},
		{"195XS2", 4, "all its digits"},
		{"196u", 3, "four digits"},
		{"2001-06-12u", 10, "capital"},
		{"2001??", 5, "one sign"},
		{"2001 ", 4, "no spaces"},
		{" 2001", 0, "four digits"},
		{"2001-06-12T24:00:00", 10, "Thh:mm:ss"},
		{"2001-06-12T10:30", 10, "Thh:mm:ss"},
		{"2001-06-12T10:30:60", 10, "Thh:mm:ss"},
		{"2001-06-12T10:30:00+24", 19, "zone"},
		{"2001-06-12T10:30:00-00", 19, "zone"},
		{"2001-06-12?T10:30:00", 11, "full date"},
		{"2001-06T10:30:00", 7, "full date"},
		{"2001-06-XXT10:30:00", 10, "full date"},
		{"2001-06-12T10:30:00/2002", 0, "without a time"},
		{"2001/2000", 5, "before it begins"},
		{"../..", 0, "at one end"},
		{"/", 0, "at one end"},
		{"/..", 0, "at one end"},
		{"2001/open", 5, "written .."},
		{"unknown/2001", 0, "written .."},
		{"2001/2002/2003", 9, "does not belong"},
		{"[2001", 4, "not closed"},
		{"[", 0, "not closed"},
		{"{2001,2002]", 10, "not closed"},
		{"[]", 1, "missing"},
		{"[2001]", 1, "without brackets"},
		{"[2001,]", 6, "missing"},
		{"[2001,,2002]", 6, "missing"},
		{"[..]", 1, "missing beside"},
		{"[2001..,2003]", 1, "first and the last"},
		{"[2001,..2003]", 6, "first and the last"},
		{"[2003..2001]", 7, "before it begins"},
		{"[2001/2002]", 5, "does not belong"},
		{"[2001-06-12T10:30:00,2002]", 1, "without a time"},
		{"yesterday", 0, "four digits"},
		{"２００１", 0, "four digits"},
		{strings.Repeat("2", 5000), 4096, "longer"},
		{"[" + strings.Repeat("2001,", 400) + "2002]", 1 + 5*256, "too many"},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			d, err := Parse(tt.in)
			var se *SyntaxError
			if !errors.As(err, &se) {
				t.Fatalf("got %q, %v; want a syntax error", d, err)
			}
			if se.Offset != tt.offset || !strings.Contains(se.Problem, tt.says) {
				t.Errorf("got byte %d %q, want byte %d and %q", se.Offset, se.Problem, tt.offset, tt.says)
			}
		})
	}
}

func TestErrorText(t *testing.T) {
	_, err := Parse("2001-13")
	const want = `date "2001-13": byte 5: there is no month 13; months are 01 to 12, seasons, quarters and halves 21 to 41`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if _, err := Parse(strings.Repeat("한", 200)); err == nil || len(err.Error()) > 400 {
		t.Errorf("a long input makes a long error: %v", err)
	}
}

func TestJSON(t *testing.T) {
	type act struct {
		When  Date  `json:"when"`
		Until *Date `json:"until"`
	}
	const text = `{"when":"[2001-07-21..2001-07-31]","until":null}`
	var a act
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		t.Fatal(err)
	}
	back, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(text, string(back)); diff != "" {
		t.Error(diff)
	}
	if err := json.Unmarshal([]byte(`{"when":""}`), &a); err != nil || !a.When.IsZero() {
		t.Errorf("an empty text gave %q, %v", a.When, err)
	}
	if err := json.Unmarshal([]byte(`{"when":"2001-13"}`), &a); err == nil {
		t.Error("month 13 came in through JSON")
	}
}
