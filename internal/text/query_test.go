package text

import (
	"fmt"
	"strings"
	"testing"

	"asylon/internal/fault"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func mustParse(t testing.TB, s string) Query {
	t.Helper()
	q, err := Parse(s)
	if err != nil {
		t.Fatalf("Parse(%q): %v", s, err)
	}
	return q
}

func TestQueries(t *testing.T) {
	tests := []struct{ name, in, fts5, tsquery string }{
		{"word", "Tumen", `("tumen")`, `('tumen')`},
		{"and", "tumen AND border river", `("tumen" AND "border" AND "river")`, `('tumen' & 'border' & 'river')`},
		{"or", "tumen OR 도문 | yalu", `("tumen") OR ("도문") OR ("yalu")`, `('tumen') | ('도문') | ('yalu')`},
		{"or binds less", "a b OR c", `("a" AND "b") OR ("c")`, `('a' & 'b') | ('c')`},
		{"or in small letters is a word", "live or die", `("live" AND "or" AND "die")`, `('live' & 'or' & 'die')`},
		{"quoted operator", `"OR"`, `("or")`, `('or')`},
		{"not", "a -b -c", `(("a") NOT ("b" OR "c"))`, `(('a') & !('b' | 'c'))`},
		{"not a phrase", `a -"b c"`, `(("a") NOT ("b c"))`, `(('a') & !(('b' <-> 'c')))`},
		{"not first", "-b a", `(("a") NOT ("b"))`, `(('a') & !('b'))`},
		{"prefix", "depor*", `("depor"*)`, `('depor':*)`},
		{"phrase", `"forced return"`, `("forced return")`, `(('forced' <-> 'return'))`},
		{"phrase with prefix", `"forced ret"*`, `("forced ret"*)`, `(('forced' <-> 'ret':*))`},
		{"phrase with prefix inside", `"forced ret*"`, `("forced ret"*)`, `(('forced' <-> 'ret':*))`},
		{"typographic quotes", "“forced return” «a b» 「강제 송환」", `("forced return" AND "a b" AND "강제 제 송환")`, `(('forced' <-> 'return') & ('a' <-> 'b') & ('강제' <-> '제' <-> '송환'))`},
		{"open quote", `a "b c`, `("a" AND "b c")`, `('a' & ('b' <-> 'c'))`},
		{"quote inside a word", `a"b"c`, `("a" AND "b" AND "c")`, `('a' & 'b' & 'c')`},
		{"hyphen", "re-education", `("re education")`, `(('re' <-> 'education'))`},
		{"run", "강제송환", `("강제 제송 송환")`, `(('강제' <-> '제송' <-> '송환'))`},
		{"two characters", "도문", `("도문")`, `('도문')`},
		{"one character", "강", `("강"*)`, `('강':*)`},
		{"run with a star", "도문*", `("도문")`, `('도문')`},
		{"word and character", "2023년", `("2023 년"*)`, `(('2023' <-> '년':*))`},
		{"syntax of the engines", `a:b NEAR(c) {d} ^e col:'x' & !y <-> z:A`,
			`("a b" AND "near c" AND "d" AND "e" AND "col x" AND "y" AND "z a")`,
			`(('a' <-> 'b') & ('near' <-> 'c') & 'd' & 'e' & ('col' <-> 'x') & 'y' & ('z' <-> 'a'))`},
		{"dangling operators", "OR a OR OR b OR - -- | *", `("a") OR ("b")`, `('a') | ('b')`},
		{"dash before a space", "a - b", `("a" AND "b")`, `('a' & 'b')`},
		{"empty", "", "", ""},
		{"punctuation only", ` "" -"." * !`, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := mustParse(t, tt.in)
			got := []string{q.FTS5(), q.TSQuery()}
			if diff := cmp.Diff([]string{tt.fts5, tt.tsquery}, got); diff != "" {
				t.Errorf("Parse(%q) (-want +got):\n%s", tt.in, diff)
			}
			if q.Empty() != (tt.fts5 == "") {
				t.Errorf("Empty() = %v", q.Empty())
			}
		})
	}
}

func TestQueriesRefused(t *testing.T) {
	for name, in := range map[string]string{
		"only not":                   "-a",
		"one alternative only not":   "a OR -b",
		"first alternative only not": "-b OR a",
		"too long":                   strings.Repeat("a", MaxQueryBytes+1),
		"too many words":             strings.Repeat("a ", MaxQueryPhrases+1),
	} {
		_, err := Parse(in)
		if !fault.Is(err, fault.KindInvalid) || fault.Sentence(err) == "" {
			t.Errorf("%s: %v, want a fault of kind invalid with a sentence", name, err)
		}
	}
	if _, err := Parse(strings.Repeat("a ", MaxQueryPhrases)); err != nil {
		t.Errorf("as many words as allowed: %v", err)
	}
}

func TestMatch(t *testing.T) {
	tests := []struct {
		query string
		yes   []string
		no    []string
	}{
		{"송환", []string{"강제송환", "강제송환을", "송환", "강제 송환"}, []string{"송 환", "송한", "환송"}},
		{"강제송환", []string{"강제송환을 했다", "반강제송환"}, []string{"강제 송환", "송환강제", "강제송"}},
		{"강", []string{"강", "두만강", "강을", "압록강변", "江 강"}, []string{"갈", "두만 江"}},
		{"遣返", []string{"被遣返了", "遣返"}, []string{"返遣", "遣 返"}},
		{"人", []string{"朝鲜人", "人民"}, []string{"入"}},
		{`"강제 송환"`, []string{"강제 송환을", "반강제 송환"}, []string{"강제송환", "강제로 송환", "송환 강제"}},
		{"chongjin", []string{"Ch'ŏngjin", "Chongjin", "CH’ONGJIN", "Chŏngjin's"}, []string{"ch ongjin"}},
		{"Ch'ŏngjin", []string{"chongjin"}, []string{"ch"}},
		{"homme", []string{"l'homme", "L’HOMME"}, []string{"hommes"}},
		{"kim", []string{"Kim's"}, []string{"kims"}},
		{"deport", []string{"deport"}, []string{"deported"}},
		{"deport*", []string{"deport", "deported", "DEPORTATION"}, []string{"depo"}},
		{`"forced return"`, []string{"Forced return.", "forced-return"}, []string{"return forced", "forced the return"}},
		{"a b OR c", []string{"b a", "c"}, []string{"a", "b"}},
		{"a -b", []string{"a c"}, []string{"a b", "c"}},
		{"ДЕТЕЙ", []string{"детей"}, []string{"дети"}},
		{"محمد", []string{"مُحَمَّد"}, []string{"احمد"}},
		{"2023년", []string{"2023년에", "2023년"}, []string{"2023", "12023년"}},
		{"", nil, []string{"a", ""}},
	}
	for _, tt := range tests {
		q := mustParse(t, tt.query)
		for _, s := range tt.yes {
			if !Match(q, Tokens(s)) {
				t.Errorf("%q does not match %q", tt.query, s)
			}
		}
		for _, s := range tt.no {
			if Match(q, Tokens(s)) {
				t.Errorf("%q matches %q", tt.query, s)
			}
		}
	}
}

// TestPartsAreFound is the law that search stands on: a word of a text, and any
// part of a run of Hangul or Han, finds the text.
func TestPartsAreFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringOfN(rapid.SampledFrom([]rune("abcéŎ'9가나다라강제송환中国遣返")), 1, 8, -1), 1, 6).Draw(t, "words")
		s := strings.Join(words, " ")
		w := []rune(rapid.SampledFrom(words).Draw(t, "word"))
		from := rapid.IntRange(0, len(w)-1).Draw(t, "from")
		to := rapid.IntRange(from+1, len(w)).Draw(t, "to")
		// A part may start and end between two characters of a run and not
		// within a word of letters.
		inWord := func(i int) bool { return i > 0 && i < len(w) && (classify(w[i-1]) != gram || classify(w[i]) != gram) }
		for inWord(from) {
			from--
		}
		for inWord(to) {
			to++
		}
		part := string(w[from:to])
		q, err := Parse(part)
		if err != nil {
			t.Fatal(err)
		}
		if !q.Empty() && !Match(q, Tokens(s)) {
			t.Fatalf("%q does not match %q", part, s)
		}
	})
}

func TestAWholeTextFindsItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyText().Draw(t, "text")
		tokens := Tokens(s)
		if len(tokens) == 0 {
			t.Skip()
		}
		q := Query{any: []alternative{{all: []phrase{makePhrase(tokens, false)}}}}
		if !Match(q, Tokens("before "+s+" after")) {
			t.Fatalf("%q does not find itself: %s", s, q.FTS5())
		}
	})
}

// FuzzParse checks that no input breaks out of the syntax of either engine.
func FuzzParse(f *testing.F) {
	for _, s := range []string{`a "b c"* -d OR e`, `강제송환 -"송 환" | 江*`, `'); drop table x; --`, "\"\x00'\\", `“a„ «b* |-|`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := Parse(s)
		if err != nil {
			if !fault.Is(err, fault.KindInvalid) {
				t.Fatalf("error %v is not of kind invalid", err)
			}
			return
		}
		checkSyntax(t, q)
		if q.Empty() && Match(q, Tokens(s)) {
			t.Fatal("an empty query matches")
		}
		for _, p := range Snippet(s, q, 20) {
			if p.Text == "" {
				t.Fatal("an empty piece")
			}
		}
	})
}

// checkSyntax reads both forms of a query with a grammar that knows nothing but
// what they are allowed to be made of.
func checkSyntax(t interface{ Fatalf(string, ...any) }, q Query) {
	for _, g := range []struct {
		s, open, close, between, prefix, not string
		joiners                              []string
	}{
		{q.FTS5(), `"`, `"`, " ", "*", " NOT ", []string{" AND ", " OR "}},
		{q.TSQuery(), `'`, `'`, "", ":*", " & !", []string{" & ", " | ", " <-> "}},
	} {
		rest, depth := g.s, 0
	scanning:
		for rest != "" {
			switch rest[0] {
			case '(':
				depth++
				rest = rest[1:]
				continue
			case ')':
				depth--
				rest = rest[1:]
				continue
			case g.open[0]:
				token, after, ok := strings.Cut(rest[1:], g.close)
				if !ok || token == "" {
					t.Fatalf("open quote in %q", g.s)
				}
				for _, r := range token {
					if strings.ContainsRune(g.between, r) || classify(r) == word || classify(r) == gram || 0xE000 <= r && r <= 0xEFFF {
						continue
					}
					t.Fatalf("%U in a token of %q", r, g.s)
				}
				rest = strings.TrimPrefix(after, g.prefix)
				continue
			}
			for _, op := range append([]string{g.not}, g.joiners...) {
				if after, ok := strings.CutPrefix(rest, op); ok {
					rest = after
					continue scanning
				}
			}
			t.Fatalf("%q at the end of %q", rest, g.s)
		}
		if depth != 0 {
			t.Fatalf("parentheses in %q", g.s)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := Parse(`강제송환 "forced return" tumen* -훈춘 OR 도문`); err != nil {
			b.Fatal(err)
		}
	}
}

func ExampleParse() {
	q, err := Parse(`강제송환 tumen* -훈춘`)
	fmt.Println(q.FTS5(), err)
	fmt.Println(q.TSQuery())
	fmt.Println(Match(q, Tokens("투먼(Tumen)을 거쳐 강제송환되었다")))
	// Output:
	// (("강제 제송 송환" AND "tumen"*) NOT ("훈춘")) <nil>
	// ((('강제' <-> '제송' <-> '송환') & 'tumen':*) & !('훈춘'))
	// true
}
