package quantity_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"asylon/quantity"
)

// brief puts all that a reading claims in one line, for tables:
//
//	45..55 =50 persons about /P2D for P3W partial | of-whom 2..2 =2 persons | unread "words"
func brief(r quantity.Reading) string {
	var b strings.Builder
	b.WriteString(briefCount(r.Count))
	fmt.Fprintf(&b, " %s", r.Count.Rule().ID)
	if rate, ok := r.Rate(); ok {
		fmt.Fprintf(&b, " /%s", rate.Every().ISO())
	}
	if r.During != (quantity.Span{}) {
		lo, hi := r.During.Days()
		fmt.Fprintf(&b, " during %d-%d", lo, hi)
	}
	if r.Count.Has(quantity.Partial) {
		b.WriteString(" partial")
	}
	for _, p := range r.Parts {
		fmt.Fprintf(&b, " | %s %s", p.Role, briefCount(p.Count))
	}
	if r.Unread != "" {
		fmt.Fprintf(&b, " | unread %q", r.Unread)
	}
	return b.String()
}

func briefCount(c quantity.Count) string {
	s := fmt.Sprintf("%d..", c.Low())
	if n, ok := c.High(); ok {
		s += fmt.Sprint(n)
	}
	if n, ok := c.Best(); ok {
		s += fmt.Sprintf(" =%d", n)
	}
	if c.Unit() != quantity.Unstated {
		s += " " + string(c.Unit())
	}
	return s
}

type phraseTest struct{ phrase, want string }

// checkPhrases reads each phrase and compares it in brief; a want that begins
// with "error" names the problem instead.
func checkPhrases(t *testing.T, lang quantity.Lang, tests []phraseTest) {
	t.Helper()
	for _, test := range tests {
		r, err := quantity.Read(test.phrase)
		got := ""
		if err != nil {
			var re *quantity.ReadError
			if !errors.As(err, &re) {
				t.Errorf("Read(%q) error is a %T, want *ReadError", test.phrase, err)
				continue
			}
			got = "error " + string(re.Problem)
		} else {
			got = brief(r)
			if r.Count.Lang() != lang {
				t.Errorf("Read(%q).Count.Lang() = %q, want %q", test.phrase, r.Count.Lang(), lang)
			}
			if r.Count.Words() != strings.TrimSpace(test.phrase) {
				t.Errorf("Read(%q) kept the words %q", test.phrase, r.Count.Words())
			}
		}
		if got != test.want {
			t.Errorf("Read(%q)\n got %s\nwant %s", test.phrase, got, test.want)
			if err != nil {
				t.Logf("  %v", err)
			}
		}
	}
}
