package edtf

import (
	"testing"

	"pgregory.net/rapid"
)

func TestAgeAt(t *testing.T) {
	tests := []struct {
		name, born, at string
		system         AgeSystem
		low, high      int
		ok             bool
	}{
		{"on the birthday", "1981-06-12", "2001-06-12", AgeInternational, 20, 20, true},
		{"the day before", "1981-06-12", "2001-06-11", AgeInternational, 19, 19, true},
		{"year of birth known", "1981", "2001-06-12", AgeInternational, 19, 20, true},
		{"both are years", "1981", "2001", AgeInternational, 19, 20, true},
		{"about a year", "1981~", "2001", AgeInternational, 17, 22, true},
		{"on the day of birth", "2001-06-12", "2001-06-12", AgeInternational, 0, 0, true},
		{"in the year of birth", "2001", "2001", AgeInternational, 0, 0, true},
		{"born after", "2002", "2001", AgeInternational, 0, 0, false},
		{"perhaps born after", "2001", "2001-03", AgeInternational, 0, 0, true},
		{"leap day in a common year", "1980-02-29", "2001-02-28", AgeInternational, 20, 21, true},
		{"leap day, a day later", "1980-02-29", "2001-03-01", AgeInternational, 21, 21, true},
		{"leap day in a leap year", "1980-02-29", "2000-02-28", AgeInternational, 19, 19, true},
		{"by year", "1981-12-31", "2001-01-01", AgeByYear, 20, 20, true},
		{"counted from birth", "2001-06-12", "2001-06-12", AgeCounted, 1, 1, true},
		{"two on the second day", "2000-12-31", "2001-01-01", AgeCounted, 2, 2, true},
		{"counted", "1981-06-12", "2001-06-11", AgeCounted, 21, 21, true},
		{"born before the lunar New Year", "1981-02-04", "2001-06-12", AgeCountedKorean, 22, 22, true},
		{"born at the lunar New Year", "1981-02-05", "2001-06-12", AgeCountedKorean, 21, 21, true},
		{"asked before the lunar New Year", "1981-06-12", "2001-01-23", AgeCountedKorean, 20, 20, true},
		{"asked at the lunar New Year", "1981-06-12", "2001-01-24", AgeCountedKorean, 21, 21, true},
		{"the New Year of the countries differs", "1981-06-12", "1997-02-07", AgeCountedChinese, 17, 17, true},
		{"not yet in Korea", "1981-06-12", "1997-02-07", AgeCountedKorean, 16, 16, true},
		{"before the tables", "1850-02-01", "1860-06-01", AgeCountedKorean, 11, 12, true},
		{"not stated", "1981-06-12", "2001-06-11", AgeUnstated, 19, 21, true},
		{"not stated, before the lunar New Year", "1981-02-01", "2001-01-10", AgeUnstated, 19, 21, true},
		{"birth not resolved", "XXXX-06-12", "2001", AgeInternational, 0, 0, false},
		{"date open", "1981", "2001/..", AgeInternational, 0, 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := AgeAt(MustParse(tt.born), MustParse(tt.at), tt.system)
			if want := (Ages{tt.low, tt.high}); got != want || ok != tt.ok {
				t.Errorf("born %s, at %s, %v: got %v %v, want %v %v", tt.born, tt.at, tt.system, got, ok, want, tt.ok)
			}
		})
	}
}

// TestAgeOfLunarBirth goes from a birth by the lunar calendar to an age.
func TestAgeOfLunarBirth(t *testing.T) {
	// The last day of the lunar year 1980 was 4 February 1981: two by counting
	// on the next day, and born in 1981 all the same.
	born, err := Lunar{Calendar: LunarKorean, Year: 1980, Month: 12, Day: 30}.Solar()
	if err != nil || born.String() != "1981-02-04" {
		t.Fatalf("got %s, %v", born, err)
	}
	if got, ok := AgeAt(born, MustParse("1981-02-05"), AgeCountedKorean); !ok || got != (Ages{2, 2}) {
		t.Errorf("counted: %v, %v", got, ok)
	}
	if got, ok := AgeAt(born, MustParse("2001-08"), AgeInternational); !ok || got != (Ages{20, 20}) {
		t.Errorf("international: %v, %v", got, ok)
	}
	// A leap month that is not stated leaves two births, and so two ages.
	born, err = Lunar{Calendar: LunarKorean, Year: 2001, Month: 4, Day: 20}.Solar()
	if err != nil {
		t.Fatal(err)
	}
	if got, ok := AgeAt(born, MustParse("2011-06-01"), AgeInternational); !ok || got != (Ages{9, 10}) {
		t.Errorf("leap month: %v, %v, born %s", got, ok, born)
	}
}

func TestBornFor(t *testing.T) {
	tests := []struct {
		name      string
		low, high int
		at        string
		system    AgeSystem
		want      string
	}{
		{"twenty on a day", 20, 20, "2001-06-12", AgeInternational, "[1980-06-13..1981-06-12]"},
		{"twenty in a month", 20, 20, "2001-06", AgeInternational, "[1980-06-02..1981-06-30]"},
		{"in the twenties", 20, 29, "2001-06-12", AgeInternational, "[1971-06-13..1981-06-12]"},
		{"by year", 20, 20, "2001-06-12", AgeByYear, "1981"},
		{"counted", 20, 20, "2001-06-12", AgeCounted, "1982"},
		{"counted by the lunar year", 20, 20, "2001-06-12", AgeCountedKorean, "[1982-01-25..1983-02-12]"},
		{"before the New Year", 20, 20, "2001-01-10", AgeCountedKorean, "[1981-02-05..1982-01-24]"},
		{"not stated", 20, 20, "2001-06-12", AgeUnstated, "[1980-06-13..1983-02-12]"},
		{"newly born", 0, 0, "2001-06-12", AgeInternational, "[2000-06-13..2001-06-12]"},
		{"one by counting", 1, 1, "2001-06-12", AgeCounted, "[2001-01-01..2001-06-12]"},
		{"just of age, on 28 February", 20, 20, "2001-02-28", AgeInternational, "[1980-02-29..1981-02-28]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := BornFor(Ages{tt.low, tt.high}, MustParse(tt.at), tt.system)
			if err != nil || got.String() != tt.want {
				t.Errorf("got %s, %v, want %s", got, err, tt.want)
			}
		})
	}
	for _, tt := range []struct {
		ages   Ages
		at     string
		system AgeSystem
	}{
		{Ages{0, 0}, "2001", AgeCounted},
		{Ages{0, 0}, "2001", AgeCountedKorean},
		{Ages{-1, 5}, "2001", AgeInternational},
		{Ages{5, 4}, "2001", AgeInternational},
		{Ages{0, 131}, "2001", AgeInternational},
		{Ages{20, 20}, "XXXX-06", AgeInternational},
		{Ages{20, 20}, "2001/..", AgeInternational},
	} {
		if d, err := BornFor(tt.ages, MustParse(tt.at), tt.system); err == nil {
			t.Errorf("%v at %s: got %s, want an error", tt.ages, tt.at, d)
		}
	}
}

var ageSystems = []AgeSystem{AgeUnstated, AgeInternational, AgeByYear, AgeCounted, AgeCountedKorean, AgeCountedChinese}

// TestAgesCoverEveryPair compares the ages of uncertain dates with those of all
// pairs of their days.
func TestAgesCoverEveryPair(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		system := rapid.SampledFrom(ageSystems).Draw(t, "system")
		span := func(label string) Span {
			first := DayOf(1895, 1, 1) + Day(rapid.IntRange(0, 3000).Draw(t, label))
			return Span{first, first + Day(rapid.IntRange(0, 40).Draw(t, label+" length"))}
		}
		born, at := span("born"), span("at")
		var want Ages
		found := false
		for b := born.First; b <= born.Last; b++ {
			for a := max(at.First, b); a <= at.Last; a++ {
				low, high := ageRange(b, a, system)
				if !found {
					want, found = Ages{low, high}, true
				}
				want = Ages{min(want.Low, low), max(want.High, high)}
			}
		}
		got, ok := AgeAt(Window(born), Window(at), system)
		if ok != found || got != want {
			t.Fatalf("born %v, at %v, %v: got %v %v, want %v %v", born, at, system, got, ok, want, found)
		}
	})
}

// TestBirthsAndAgesAreInverse says that a birth is among those for an age at a
// date exactly when the age is among those of the birth at the date.
func TestBirthsAndAgesAreInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		system := rapid.SampledFrom(ageSystems).Draw(t, "system")
		first := DayOf(1990, 1, 1) + Day(rapid.IntRange(0, 8000).Draw(t, "at"))
		at := Window(Span{first, first + Day(rapid.SampledFrom([]int{0, 0, 1, 30, 400}).Draw(t, "length"))})
		low := rapid.IntRange(0, 90).Draw(t, "low")
		ages := Ages{low, low + rapid.SampledFrom([]int{0, 0, 1, 9}).Draw(t, "more")}
		births, err := BornFor(ages, at, system)
		if err != nil {
			if ages.High > 0 {
				t.Fatal(err)
			}
			return
		}
		s := births.Span()
		for _, born := range []Day{s.First - 1, s.First, s.Last, s.Last + 1, s.First + (s.Last-s.First)/2} {
			got, ok := AgeAt(On(born), at, system)
			fits := ok && got.Low <= ages.High && ages.Low <= got.High
			if fits != s.Contains(born) {
				t.Fatalf("age %v at %s by %v is a birth in %s; born %v gives %v, %v", ages, at, system, births, born, got, ok)
			}
		}
	})
}
