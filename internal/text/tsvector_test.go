package text

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestTSVector(t *testing.T) {
	for in, want := range map[string]string{
		"":                         "",
		"b a b":                    "'a':2 'b':1,3",
		"강제송환":                     "'강제':1 '송환':3 '제송':2 '환':4",
		`it's 'a' \ "b":1A`:        "'1a':4 'a':2 'b':3 'it':1",
		strings.Repeat("x ", 1000): "'x':" + numbers(MaxOccurrences),
	} {
		if got := TSVector(in); got != want {
			t.Errorf("TSVector(%.40q) = %q, want %q", in, got, want)
		}
	}
}

// numbers lists 1 to n with commas.
func numbers(n int) string {
	var s []string
	for i := range n {
		s = append(s, fmt.Sprint(i+1))
	}
	return strings.Join(s, ",")
}

func TestTSVectorBeyondTheLimits(t *testing.T) {
	var b strings.Builder
	for i := range 200_000 {
		fmt.Fprintf(&b, "word%d ", i)
	}
	got := TSVector(b.String())
	if n := vectorBytes(got); n > MaxVectorBytes || n < MaxVectorBytes-100 {
		t.Errorf("the vector takes %d bytes, want nearly %d", n, MaxVectorBytes)
	}
	if !strings.Contains(got, fmt.Sprintf("'word%d':%d ", MaxPosition-1, MaxPosition)) || !strings.Contains(got, fmt.Sprintf("'word%d' ", MaxPosition)) {
		t.Error("the word behind the last position is missing or has one")
	}
}

var lexemePattern = regexp.MustCompile(`'([^']+)'(?::([0-9,]+))?`)

// vectorBytes is what a vector takes in PostgreSQL at most.
func vectorBytes(vector string) int {
	n := 0
	for _, m := range lexemePattern.FindAllStringSubmatch(vector, -1) {
		n += len(m[1]) + lexemeOverhead
		if m[2] != "" {
			n += 2 * (1 + strings.Count(m[2], ","))
		}
	}
	return n
}

func TestPassages(t *testing.T) {
	if got := Passages(""); got != nil {
		t.Errorf("Passages of nothing = %v", got)
	}
	page := strings.Repeat(sampleText, 20)
	if got := Passages(page); len(got) != 1 {
		t.Errorf("an ordinary page has %d passages", len(got))
	}
	var long strings.Builder
	for i := range 60_000 {
		fmt.Fprintf(&long, "w%d", i)
		long.WriteString([]string{" ", " ", " ", "\n"}[i%4])
	}
	for name, s := range map[string]string{
		"many words":        long.String(),
		"one word for ever": strings.Repeat("the ", 5000),
		"one run for ever":  strings.Repeat("강제송환", 10_000),
		"long words":        strings.Repeat(strings.Repeat("हि", 100)+" ", 2) + manyLongWords(4000),
		"word at the end":   strings.Repeat("line\n", 500) + strings.Repeat("x ", 300),
	} {
		t.Run(name, func(t *testing.T) { checkPassages(t, s) })
	}
	for _, span := range Passages(long.String())[1:] {
		if long.String()[span.Start-1] != '\n' {
			t.Errorf("a passage starts at byte %d, in a line", span.Start)
		}
	}
}

// manyLongWords makes n different words of a hundred letters.
func manyLongWords(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%0100d ", i)
	}
	return b.String()
}

// checkPassages fails where passages leave something out, are too large, or
// lose a token that is not at a cut.
func checkPassages(t interface{ Fatalf(string, ...any) }, s string) {
	at, tokens := 0, 0
	passages := Passages(s)
	for _, span := range passages {
		if span.Start != at || span.End <= span.Start {
			t.Fatalf("passage %v after byte %d", span, at)
		}
		at = span.End
		seen := map[string]int{}
		all := Tokens(s[span.Start:span.End])
		tokens += len(all)
		for _, tok := range all {
			seen[tok.Text]++
			if seen[tok.Text] > MaxOccurrences {
				t.Fatalf("passage %v has %q more than %d times", span, tok.Text, MaxOccurrences)
			}
		}
		if len(all) >= MaxPosition {
			t.Fatalf("passage %v has %d tokens", span, len(all))
		}
		if n := vectorBytes(TSVector(s[span.Start:span.End])); n > MaxVectorBytes {
			t.Fatalf("passage %v has a vector of %d bytes", span, n)
		}
	}
	if at != len(s) {
		t.Fatalf("the passages end at %d of %d bytes", at, len(s))
	}
	if whole := len(Tokens(s)); tokens < whole {
		t.Fatalf("the passages have %d tokens, the text %d", tokens, whole)
	}
}

func TestPassageLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		unit := anyText().Draw(t, "text")
		n := rapid.IntRange(1, 400).Draw(t, "times")
		sep := rapid.SampledFrom([]string{"", " ", "\n"}).Draw(t, "separator")
		if s := strings.Repeat(unit+sep, n); s != "" {
			checkPassages(t, s)
		}
	})
}
