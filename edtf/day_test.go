package edtf

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestDayAgainstTime(t *testing.T) {
	// Every day of 800 years, one after the other, against the standard library.
	at := time.Date(1600, 1, 1, 0, 0, 0, 0, time.UTC)
	d := DayOf(1600, 1, 1)
	if want := Day(at.Unix() / 86400); d != want {
		t.Fatalf("1600-01-01 is day %d, want %d", d, want)
	}
	for d < DayOf(2400, 1, 1) {
		y, m, day := d.Civil()
		if int(y) != at.Year() || m != int(at.Month()) || day != at.Day() {
			t.Fatalf("day %d is %d-%d-%d, want %v", d, y, m, day, at)
		}
		if DayOf(y, m, day) != d {
			t.Fatalf("%v does not come back", at)
		}
		if want := Weekday((int(at.Weekday()) + 6) % 7); d.Weekday() != want {
			t.Fatalf("%v is weekday %d, want %d", at, d.Weekday(), want)
		}
		at = at.AddDate(0, 0, 1)
		d++
	}
}

func TestDayLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := rapid.Int64Range(-maxYear, maxYear).Draw(t, "year")
		m := rapid.IntRange(1, 12).Draw(t, "month")
		n := rapid.IntRange(1, monthLength(y, m)).Draw(t, "day")
		d := DayOf(y, m, n)
		gy, gm, gn := d.Civil()
		if gy != y || gm != m || gn != n {
			t.Fatalf("%d-%d-%d came back as %d-%d-%d", y, m, n, gy, gm, gn)
		}
		if !d.Bounded() {
			t.Fatalf("%v is not bounded", d)
		}
		if next := (d + 1).Weekday(); next != (d.Weekday()+1)%7 {
			t.Fatalf("weekday %d is followed by %d", d.Weekday(), next)
		}
		carry := rapid.IntRange(-30, 30).Draw(t, "carry")
		if DayOf(y, m+12*carry, n) != DayOf(y+int64(carry), m, n) {
			t.Fatal("months are not carried into years")
		}
	})
}

func TestDayString(t *testing.T) {
	for day, want := range map[Day]string{
		0:                  "1970-01-01",
		MinDay:             "..",
		MaxDay:             "..",
		DayOf(2001, 6, 12): "2001-06-12",
		DayOf(-5, 1, 1):    "-0005-01-01",
		DayOf(12345, 3, 1): "Y12345-03-01",
		DayOf(2001, 3, 0):  "2001-02-28",
		DayOf(2001, 14, 1): "2002-02-01",
		DayOf(2001, 0, 31): "2000-12-31",
	} {
		if got := day.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestSpan(t *testing.T) {
	june := Span{DayOf(2001, 6, 1), DayOf(2001, 6, 30)}
	if n, ok := june.Days(); n != 30 || !ok {
		t.Errorf("June has %d days, %v", n, ok)
	}
	if n, ok := (Span{june.First, MaxDay}).Days(); n != 0 || ok {
		t.Errorf("an open span has %d days, %v", n, ok)
	}
	if n, ok := (Span{5, 4}).Days(); n != 0 || !ok {
		t.Errorf("an empty span has %d days, %v", n, ok)
	}
	if !june.Contains(june.Last) || june.Contains(june.Last+1) {
		t.Error("June does not end with its last day")
	}
}
