package svg

import (
	"encoding/xml"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestFitNeverExceedsItsRoom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		room := rapid.Float64Range(15, 300).Draw(t, "room")
		got := fit(s, textSize, room)
		if w := textWidth(got, textSize); w > room+0.001 {
			t.Fatalf("fit(%q, %v) = %q is %v wide", s, room, got, w)
		}
		if utf8.ValidString(s) && !utf8.ValidString(got) {
			t.Fatalf("fit(%q) = %q cuts a character", s, got)
		}
		if textWidth(s, textSize) <= room && got != s {
			t.Fatalf("fit(%q) = %q although there was room", s, got)
		}
	})
}

func TestFitKeepsMarksWithTheirLetters(t *testing.T) {
	got := fit("Việt Nam quốc tế rất dài", textSize, 40)
	if strings.HasSuffix(strings.TrimSuffix(got, "…"), "e") || !strings.HasSuffix(got, "…") {
		t.Errorf("fit = %q", got)
	}
}

func TestAnyTextIsWellFormed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		c := &canvas{}
		c.text("x", 1, 2, anchorRight, s, "data-x", s)
		if s == "" {
			return
		}
		var back struct {
			Text string `xml:",chardata"`
		}
		if err := xml.Unmarshal([]byte(c.b.String()), &back); err != nil {
			t.Fatalf("%q became %s: %v", s, c.b.String(), err)
		}
	})
}

func TestRightToLeftStandsWhereItWasPut(t *testing.T) {
	c := &canvas{}
	c.text("x", 10, 20, anchorLeft, "مدينة 12")
	if got := c.b.String(); !strings.Contains(got, `text-anchor="end"`) || !strings.Contains(got, `direction="rtl"`) {
		t.Errorf("an Arabic text at the left edge came out as %s", got)
	}
	c = &canvas{}
	c.text("x", 10, 20, anchorLeft, "12 town")
	if got := c.b.String(); strings.Contains(got, "direction") || strings.Contains(got, "anchor") {
		t.Errorf("a Latin text came out as %s", got)
	}
}

func TestTicksReachTheirMaximum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		max := rapid.Float64Range(0, 1e9).Draw(t, "max")
		n := rapid.IntRange(2, 8).Draw(t, "n")
		got := ticks(max, n)
		if last := got[len(got)-1]; last < max || got[0] != 0 {
			t.Fatalf("ticks(%v, %d) = %v", max, n, got)
		}
		if len(got) > n+2 {
			t.Fatalf("ticks(%v, %d) gives %d of them", max, n, len(got))
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Float64Range(0.5, 1e6).Draw(t, "low")
		high := low * rapid.Float64Range(1, 1e4).Draw(t, "times")
		got := logTicks(low, high)
		if got[0] > low || got[len(got)-1] < high {
			t.Fatalf("logTicks(%v, %v) = %v", low, high, got)
		}
		for i := 1; i < len(got); i++ {
			if got[i] <= got[i-1] {
				t.Fatalf("logTicks(%v, %v) = %v does not rise", low, high, got)
			}
		}
	})
}

func TestNumbers(t *testing.T) {
	tests := []struct {
		in   float64
		want string
	}{{0, "0"}, {7, "7"}, {12.5, "12.5"}, {999, "999"}, {1000, "1,000"}, {1234567, "1,234,567"}, {-1234, "-1,234"}}
	for _, tt := range tests {
		if got := English().number(tt.in); got != tt.want {
			t.Errorf("number(%v) = %q, want %q", tt.in, got, tt.want)
		}
	}
	if got := num(math.NaN()); got != "0" {
		t.Errorf("num(NaN) = %q", got)
	}
}

func TestDateTicksLieInTheSpan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := rapid.IntRange(-200000, 200000).Draw(t, "first")
		last := first + rapid.IntRange(0, 100000).Draw(t, "days")
		n := rapid.IntRange(2, 10).Draw(t, "n")
		got := dateTicks(first, last, n)
		if len(got) > n+2 {
			t.Fatalf("dateTicks(%d, %d, %d) gives %d", first, last, n, len(got))
		}
		for i, tick := range got {
			if tick.day < first || tick.day > last+1 || i > 0 && tick.day <= got[i-1].day {
				t.Fatalf("dateTicks(%d, %d, %d) = %v", first, last, n, got)
			}
		}
	})
}
