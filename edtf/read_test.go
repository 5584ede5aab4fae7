package edtf

import (
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// phrases gives the lines of testdata/phrases.txt.
func phrases(t testing.TB) []string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "phrases.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(b)) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, line)
		}
	}
	return out
}

// TestReadPhrases keeps the reading of every phrase: without a reference, in a
// document of 15 August 2001, and in one of August 2001.
func TestReadPhrases(t *testing.T) {
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma = '\t'
	for _, p := range phrases(t) {
		row := []string{p}
		bare, err := Read(p, Reference{})
		if err != nil {
			row = append(row, "error: "+err.Error())
		} else {
			row = append(row, bare.Date.String())
			for _, ref := range []string{"2001-08-15", "2001-08"} {
				r, err := Read(p, Reference{Date: MustParse(ref)})
				if err != nil {
					t.Errorf("%s was read without a reference but not in %s: %v", p, ref, err)
				}
				row = append(row, r.Date.String())
			}
			row = append(row, string(bare.Rule), features(bare))
		}
		if err := w.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	golden(t, "read.tsv", b.String())
}

func features(r Reading) string {
	var out []string
	if !r.Resolved {
		out = append(out, "needs "+r.Needs.String())
	}
	if r.Ambiguous {
		out = append(out, "ambiguous")
	}
	if r.Lunar != nil {
		out = append(out, r.Lunar.Calendar.String()+" lunar")
	}
	if r.Note != "" {
		out = append(out, r.Note)
	}
	return strings.Join(out, "; ")
}

// TestReadStated keeps apart the phrases that the documents of issue 2 turn on.
func TestReadStated(t *testing.T) {
	tests := []struct {
		phrase, ref string
		tense       Tense
		want        string
		first, last string
		resolved    bool
		needs       Need
		rule        Rule
	}{
		{phrase: "today", want: "XXXX-XX-XX", needs: NeedDate, rule: RuleRelative},
		{phrase: "today", ref: "2001-08", want: "2001-08", first: "2001-08-01", last: "2001-08-31", resolved: true, rule: RuleRelative},
		{phrase: "in June", want: "XXXX-06", needs: NeedDate, rule: RuleYearless},
		{phrase: "in June", ref: "2001-08", want: "2001-06", first: "2001-06-01", last: "2001-06-30", resolved: true, rule: RuleYearless},
		{phrase: "in June", ref: "2001-03", tense: Future, want: "2001-06", first: "2001-06-01", last: "2001-06-30", resolved: true, rule: RuleYearless},
		{phrase: "in June", ref: "2001", want: "[2000-06,2001-06]", first: "2000-06-01", last: "2001-06-30", resolved: true, rule: RuleYearless},
		{phrase: "At the end of July", ref: "2001-08", want: "[2001-07-21..2001-07-31]", first: "2001-07-21", last: "2001-07-31", resolved: true, rule: RulePart},
		{phrase: "over the past few years", ref: "2001-08", want: "[1996-08..2001-08]", first: "1996-08-01", last: "2001-08-31", resolved: true, rule: RuleWindow},
		{phrase: "12 June 2001", want: "2001-06-12", first: "2001-06-12", last: "2001-06-12", resolved: true, rule: RuleCalendar},
		{phrase: "12/6/2001", want: "[2001-06-12,2001-12-06]", first: "2001-06-12", last: "2001-12-06", resolved: true, rule: RuleNumeric},
		{phrase: "2001-06-12/2001-06-15", want: "2001-06-12/2001-06-15", first: "2001-06-12", last: "2001-06-15", resolved: true, rule: RuleEDTF},
		{phrase: "XXXX-06", ref: "2001-08", want: "2001-06", first: "2001-06-01", last: "2001-06-30", resolved: true, rule: RuleEDTF},
		{phrase: "the next day", ref: "2001-08-15", want: "XXXX-XX-XX", needs: NeedEvent, rule: RuleEvent},
		{phrase: "until July", ref: "2001-08", tense: Future, want: "../2002-07", last: "2002-07-31", resolved: true, rule: RuleUntil},
		{phrase: "6월", ref: "1998/2001", want: "[1997-06..2001-06]", first: "1997-06-01", last: "2001-06-30", resolved: true, rule: RuleYearless},
		{phrase: "yesterday", ref: "2001-08-15~", want: "[2001-08-07..2001-08-21]", first: "2001-08-07", last: "2001-08-21", resolved: true, rule: RuleRelative},
		{phrase: "yesterday", ref: "2001-08-01/..", want: "XXXX-XX-XX", needs: NeedDate, rule: RuleRelative},
	}
	for _, tt := range tests {
		t.Run(tt.phrase+" in "+tt.ref, func(t *testing.T) {
			ref := Reference{Tense: tt.tense}
			if tt.ref != "" {
				ref.Date = MustParse(tt.ref)
			}
			r, err := Read(tt.phrase, ref)
			if err != nil {
				t.Fatal(err)
			}
			if r.Date.String() != tt.want || r.Resolved != tt.resolved || r.Needs != tt.needs || r.Rule != tt.rule {
				t.Errorf("got %s resolved %v needs %q rule %s, want %s %v %q %s",
					r.Date, r.Resolved, r.Needs, r.Rule, tt.want, tt.resolved, tt.needs, tt.rule)
			}
			checkSpan(t, r.Date, tt.first, tt.last)
		})
	}
}

func TestReadEvent(t *testing.T) {
	ref := Reference{Date: MustParse("2001-08-15"), Event: MustParse("2001-06-12")}
	for phrase, want := range map[string]string{
		"the same day":    "2001-06-12",
		"the next day":    "2001-06-13",
		"two days later":  "2001-06-14",
		"그날":              "2001-06-12",
		"이튿날":             "2001-06-13",
		"次日":              "2001-06-13",
		"两天后":             "2001-06-14",
		"the same month":  "2001-06",
		"이듬해 봄":           "2002-21",
		"two weeks later": "[2001-06-23..2001-06-29]",
	} {
		r, err := Read(phrase, ref)
		if err != nil {
			t.Errorf("%s: %v", phrase, err)
			continue
		}
		if r.Date.String() != want || !r.Resolved || r.Rule != RuleEvent {
			t.Errorf("%s: got %s by %s, want %s", phrase, r.Date, r.Rule, want)
		}
	}
}

func TestReadLang(t *testing.T) {
	for phrase, want := range map[string]Lang{
		"12 June 2001": English, "2001": English, "2001년 6월": Korean, "2001年6月": Chinese, "二〇〇一": Chinese, "주체90(2001)年": Korean,
	} {
		if r, err := Read(phrase, Reference{}); err != nil || r.Lang != want {
			t.Errorf("%s: got %s, %v, want %s", phrase, r.Lang, err, want)
		}
	}
	// Korean as some systems store it, in single letters.
	r, err := Read("2001\u1102\u1167\u11ab 6\u110b\u116f\u11af", Reference{})
	if err != nil || r.Date.String() != "2001-06" {
		t.Errorf("decomposed letters: %s, %v", r.Date, err)
	}
}

func TestReadErrorPosition(t *testing.T) {
	for phrase, want := range map[string]int{
		"":                       0,
		"   ":                    0,
		"12 June hello":          8,
		"  12 June hello":        10,
		"2001년 6월 어딘가":           13,
		"2001年13月":               7,
		"１２ June hello":          12,
		strings.Repeat("a", 300): 0,
	} {
		_, err := Read(phrase, Reference{})
		var se *SyntaxError
		if !errors.As(err, &se) || se.Offset != want || se.Input != phrase {
			t.Errorf("%q: got %v, want byte %d", phrase, err, want)
		}
	}
}

// TestReadWordsAreUnique finds a word that two rows of the list give different
// meanings.
func TestReadWordsAreUnique(t *testing.T) {
	seen := map[string]token{}
	for _, list := range [][]entry{englishWords(), koreanWords(), chineseWords()} {
		for _, e := range list {
			for w := range strings.SplitSeq(e.words, "|") {
				if old, ok := seen[w]; ok && old != e.t {
					t.Errorf("%q means %+v and %+v", w, old, e.t)
				}
				seen[w] = e.t
				if len(w) > longestWord || w == "" {
					t.Errorf("%q is too long to be found, or empty", w)
				}
				if f := fold(w); string(f.text) != w {
					t.Errorf("%q is not in the form that phrases are brought into: %q", w, f.text)
				}
			}
		}
	}
}

// TestReadUncertainReference says that what a phrase means in a document of some
// day lies inside what it means in a document of that month or year.
func TestReadUncertainReference(t *testing.T) {
	all := phrases(t)
	rapid.Check(t, func(t *rapid.T) {
		phrase := rapid.SampledFrom(all).Draw(t, "phrase")
		tense := rapid.SampledFrom([]Tense{Past, Future, Either}).Draw(t, "tense")
		day := Day(rapid.Int64Range(int64(DayOf(1990, 1, 1)), int64(DayOf(2010, 12, 31))).Draw(t, "day"))
		y, m, _ := day.Civil()
		month, err := Month(y, m)
		if err != nil {
			t.Fatal(err)
		}
		exact, err := Read(phrase, Reference{Date: On(day), Event: On(day), Tense: tense})
		if err != nil || !exact.Resolved {
			t.Skip("not resolved")
		}
		for _, wider := range []Date{month, Year(y), MustParse("XXXX-06").Resolve(Reference{Date: On(day)})} {
			if !wider.Span().Contains(day) {
				continue
			}
			r, err := Read(phrase, Reference{Date: wider, Event: wider, Tense: tense})
			if err != nil || !r.Resolved {
				t.Fatalf("%s in %s: %s, %v", phrase, wider, r.Date, err)
			}
			if r.Date.Earliest() > exact.Date.Earliest() || r.Date.Latest() < exact.Date.Latest() {
				t.Fatalf("%s is %s on %v but %s in %s", phrase, exact.Date, day, r.Date, wider)
			}
		}
	})
}

// TestReadBackText says that dates worded by Text are read back as they were.
func TestReadBackText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lang := rapid.SampledFrom([]Lang{English, Korean, Chinese}).Draw(t, "language")
		year := rapid.Int64Range(1000, 2100).Draw(t, "year")
		day := func(label string) Day {
			return DayOf(year, 1, 1) + Day(rapid.IntRange(0, 700).Draw(t, label))
		}
		a := day("a")
		b := a + Day(rapid.IntRange(1, 500).Draw(t, "b"))
		point := func(d Day, parts uint8) string {
			p := daySingle(d)
			p.parts = parts
			return string(p.append(nil))
		}
		parts := uint8(rapid.IntRange(2, 3).Draw(t, "parts"))
		from, to := point(a, parts), point(b, parts)
		if from == to {
			t.Skip("the same")
		}
		text := rapid.SampledFrom([]string{
			from, from + "~", from + "/" + to, "[" + from + ".." + to + "]", from + "/..", "../" + to,
			"[" + from + "," + to + "]", "{" + from + "," + to + "}", Year(year).String(), Year(year).String() + "~",
			Year(year).String() + "/" + Year(year+3).String(), "XXXX" + from[4:], Year(year).String()[:2] + "9X",
		}).Draw(t, "date")
		d := MustParse(text)
		r, err := Read(d.Text(lang), Reference{})
		if err != nil {
			t.Fatalf("%s is worded %q: %v", d, d.Text(lang), err)
		}
		if r.Date != d {
			t.Fatalf("%s is worded %q, which is read as %s", d, d.Text(lang), r.Date)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range texts {
		f.Add(s)
	}
	f.Add("[2001..,2003]")
	f.Add("Y1E99S3")
	f.Fuzz(func(t *testing.T, s string) {
		d, err := Parse(s)
		if err != nil {
			var se *SyntaxError
			if !errors.As(err, &se) || se.Offset < 0 || se.Offset > len(s) || !d.IsZero() {
				t.Fatalf("%q: %q, %v", s, d, err)
			}
			return
		}
		checkDate(t, d)
	})
}

// checkDate holds for every date there is.
func checkDate(t *testing.T, d Date) {
	t.Helper()
	if d.IsZero() {
		return
	}
	back, err := Parse(d.String())
	if err != nil || back != d {
		t.Fatalf("%q comes back as %q, %v", d, back, err)
	}
	if d.Earliest() > d.Latest() {
		t.Fatalf("%q runs from %v to %v", d, d.Earliest(), d.Latest())
	}
	for _, lang := range []Lang{English, Korean, Chinese} {
		if text := d.Text(lang); text == "" || !utf8.ValidString(text) {
			t.Fatalf("%q is worded %q in %s", d, text, lang)
		}
	}
	if d.Within(d.Span()) != Certainly {
		t.Fatalf("%q is not within itself", d)
	}
	if d.Coincides(d) == Never {
		t.Fatalf("%q does not coincide with itself", d)
	}
	d.Resolve(Reference{Date: MustParse("2001-08"), Tense: Either})
}

func FuzzRead(f *testing.F) {
	for _, p := range phrases(f) {
		f.Add(p, "2001-08-15", byte(0))
	}
	f.Add("in June", "19XX", byte(2))
	f.Add("last week", "9999-12-31", byte(1))
	f.Add("three weeks ago", "Y-999999999999", byte(2))
	f.Fuzz(func(t *testing.T, phrase, reference string, tense byte) {
		ref := Reference{Tense: Tense(tense % 3)}
		if d, err := Parse(reference); err == nil {
			ref.Date, ref.Event = d, d
		}
		r, err := Read(phrase, ref)
		if err != nil {
			var se *SyntaxError
			if !errors.As(err, &se) || se.Offset < 0 || se.Offset > len(phrase) {
				t.Fatalf("%q: %v", phrase, err)
			}
			return
		}
		checkDate(t, r.Date)
		if r.Resolved != r.Date.Resolved() || r.Resolved != (r.Needs == NeedNothing) {
			t.Fatalf("%q: %q, resolved %v, needs %q", phrase, r.Date, r.Resolved, r.Needs)
		}
		if diff := cmp.Diff(strings.TrimSpace(phrase), r.Words); diff != "" {
			t.Fatal(diff)
		}
	})
}
