package text

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// marked writes a snippet with brackets around its hits.
func marked(pieces []Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.Hit {
			b.WriteString("[" + p.Text + "]")
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestSnippet(t *testing.T) {
	long := strings.Repeat("before it happened ", 20) + "they were sent back " + strings.Repeat("after that nobody heard ", 20)
	tests := []struct {
		name, text, query string
		max               int
		want              string
	}{
		{"whole text", "강제송환을 했다", "송환", 100, "강제[송환]을 했다"},
		{"run in a word", "반강제송환을", "강제송환", 100, "반[강제송환]을"},
		{"one character", "두만강을 강은", "강", 100, "두만[강]을 [강]은"},
		{"prefix", "They deported him", "depor*", 100, "They [deported] him"},
		{"phrase", "a forced  return b", `"forced return"`, 100, "a [forced  return] b"},
		{"marks stay with their letter", "x " + norm.NFD.String("Ŏ") + "m y", "om", 100, "x [" + norm.NFD.String("Ŏ") + "m] y"},
		{"original form is kept", "From ＴＵＭＥＮ on", "tumen", 100, "From [ＴＵＭＥＮ] on"},
		{"hits side by side", "강제송환", "강제 송환", 100, "[강제송환]"},
		{"not-words are not marked", "a b", "a -c", 100, "[a] b"},
		{"around the hit", long, "sent", 40, "…they were [sent] back after that nobody…"},
		{"hit at the start", "seen " + long, "seen", 20, "[seen] before it…"},
		{"two words in one stretch", "sent " + long, "they OR sent", 20, "…[they] were [sent]…"},
		{"hit at the end", long + "gone", "gone", 22, "…that nobody heard [gone]"},
		{"no hit", long, "xyz", 21, "before it happened…"},
		{"no space near", strings.Repeat("가나다라", 20) + "송환" + strings.Repeat("가나다라", 20), "송환", 10, "…다라[송환]가나다라가나…"},
		{"hit longer than the snippet", "aa " + strings.Repeat("x", 50), strings.Repeat("x", 50), 10, "…[xxxxxxxxxx]…"},
		{"most different words win", "a a a a " + strings.Repeat("- ", 50) + "a b", "a b", 10, "…- - - [a] [b]"},
		{"no room", "text", "text", 0, ""},
		{"no text", "", "text", 10, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := marked(Snippet(tt.text, mustParse(t, tt.query), tt.max))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("snippet (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSnippetLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyText().Draw(t, "text") + strings.Repeat(" "+anyText().Draw(t, "more"), rapid.IntRange(0, 5).Draw(t, "times"))
		s = strings.ReplaceAll(s, Ellipsis, "")
		query := "강제 a 中 é"
		if tokens := Tokens(s); len(tokens) > 0 && rapid.Bool().Draw(t, "from the text") {
			tok := rapid.SampledFrom(tokens).Draw(t, "token")
			query = `"` + strings.ReplaceAll(s[tok.Start:tok.End], `"`, "") + `"`
		}
		q, err := Parse(query)
		if err != nil {
			t.Skip()
		}
		limit := rapid.IntRange(1, 60).Draw(t, "max")
		pieces := Snippet(s, q, limit)
		var shown strings.Builder
		hits := 0
		for i, p := range pieces {
			if p.Text == Ellipsis && (i == 0 || i == len(pieces)-1) {
				continue
			}
			if p.Text == "" {
				t.Fatalf("an empty piece in %v", pieces)
			}
			if p.Hit {
				hits++
			}
			shown.WriteString(p.Text)
		}
		got := shown.String()
		from := strings.Index(s, got)
		if from < 0 {
			t.Fatalf("%q is not from %q", got, s)
		}
		if utf8.ValidString(s) && !utf8.ValidString(got) {
			t.Fatalf("%q cuts a character of %q", got, s)
		}
		if n := utf8.RuneCountInString(got); n > limit {
			t.Fatalf("%q has %d characters, limit %d", got, n, limit)
		}
		if hits == 0 && limit >= utf8.RuneCountInString(s) && Match(q, Tokens(s)) {
			t.Fatalf("no hit in %v for %q", pieces, query)
		}
	})
}

func TestCharBoundary(t *testing.T) {
	for name, chars := range map[string][]string{
		"ascii":      {"a", "b", "\r\n", "c"},
		"marks":      {"e\u0301\u0308", "a"},
		"jamo":       {"\u1112\u1161\u11ab", "\u1100\u1161", "가"},
		"thai":       {"ก", "ำ"},
		"devanagari": {"हि", "न\u094d", "दी"},
		"family":     {"a", "👨\u200d👩\u200d👧", "b"},
		"flags":      {"🇰🇷", "🇨🇳", "x"},
		"skin":       {"👍🏽", "y"},
		"narrow":     {"ｶ\uff9e", "ｲ"},
		"selector":   {"葛\U000e0100", "城", "☎\ufe0f"},
	} {
		s := strings.Join(chars, "")
		want := map[int]bool{0: true}
		at := 0
		for _, c := range chars {
			at += len(c)
			want[at] = true
		}
		for i := 0; i <= len(s); i++ {
			if got := charBoundary(s, i); got != want[i] {
				t.Errorf("%s: boundary at byte %d of %q: %v", name, i, s, got)
			}
		}
	}
}

func BenchmarkSnippet(b *testing.B) {
	s := strings.Repeat(sampleText, 10)
	q := mustParse(b, "남양 witnesses 遣返")
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Snippet(s, q, 200)
	}
}

func ExampleSnippet() {
	q, _ := Parse("송환")
	for _, p := range Snippet("국제기구는 강제송환을 우려한다고 밝혔다", q, 12) {
		if p.Hit {
			fmt.Printf("<mark>%s</mark>", p.Text)
			continue
		}
		fmt.Print(p.Text)
	}
	fmt.Println()
	// Output: …강제<mark>송환</mark>을 우려한다고…
}
