package print

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/bidi"
	"pgregory.net/rapid"
)

// The conformance test of the Unicode Character Database, as Debian's package
// unicode-data installs it.
const characterTest = "/usr/share/unicode/BidiCharacterTest.txt"

func TestBidiConformance(t *testing.T) {
	f, err := os.Open(characterTest)
	if err != nil {
		t.Skipf("Unicode's conformance test is not here (%v); install the package unicode-data to run it", err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	n, failed := 0, 0
	for lines.Scan() {
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		n++
		// The small table of unusual mirrors plays no part here: only
		// brackets do, and those come from the same Unicode tables.
		if msg := bidiCase(line); msg != "" {
			if failed++; failed <= 5 {
				t.Errorf("%s: %s", line, msg)
			}
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	if failed > 0 || n < 90000 {
		t.Errorf("%d of %d cases failed", failed, n)
	}
}

// bidiCase runs one line of the conformance test and says what is wrong.
func bidiCase(line string) string {
	fields := strings.Split(line, ";")
	var runes []rune
	for _, h := range strings.Fields(fields[0]) {
		v, err := strconv.ParseInt(h, 16, 32)
		if err != nil {
			return err.Error()
		}
		runes = append(runes, rune(v))
	}
	base := [...]Direction{LeftToRight, RightToLeft, Auto}[fields[1][0]-'0']
	levels, para := bidiLevels(runes, base, LeftToRight)
	if fmt.Sprint(para) != fields[2] {
		return fmt.Sprintf("paragraph level %d", para)
	}
	levels = lineLevels(runes, levels, para)
	for i, want := range strings.Fields(fields[3]) {
		if want == "x" {
			continue // removed characters take no part in the order
		}
		if fmt.Sprint(levels[i]) != want {
			return fmt.Sprintf("levels %v", levels)
		}
	}
	got := strings.Trim(fmt.Sprint(visualOrder(levels)), "[]")
	if got != fields[4] {
		return "order " + got
	}
	return ""
}

// A few cases that must hold where the conformance test is absent.
func TestBidiOrder(t *testing.T) {
	tests := []struct {
		name, in string
		base     Direction
		want     string
	}{
		{"Latin", "abc 12", Auto, "abc 12"},
		{"Hebrew", "אבג", Auto, "גבא"},
		{"a number after Hebrew in a Latin line", "a אב 12", Auto, "a 12 בא"},
		{"a number after Arabic", "ab ابت 12 cd", Auto, "ab 12 تبا cd"},
		{"Latin in a Hebrew line", "אב cd גד", Auto, "דג cd בא"},
		{"brackets", "(אב) c", LeftToRight, "(בא) c"},
		{"an isolate keeps its number", "אב \u206612\u2069 a", LeftToRight, "בא \u206612\u2069 a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			runes := []rune(tt.in)
			levels, para := bidiLevels(runes, tt.base, LeftToRight)
			levels = lineLevels(runes, levels, para)
			var b strings.Builder
			for _, i := range visualOrder(levels) {
				b.WriteRune(runes[i])
			}
			if got := b.String(); got != tt.want {
				t.Errorf("order %q, want %q", got, tt.want)
			}
		})
	}
}

// Whatever the text, the visual order holds every character that is drawn
// exactly once.
func TestVisualOrderIsAPermutation(t *testing.T) {
	alphabet := []rune("ab 12.,(אבج)\u0301\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u0661%-/")
	rapid.Check(t, func(t *rapid.T) {
		runes := rapid.SliceOf(rapid.SampledFrom(alphabet)).Draw(t, "runes")
		levels, para := bidiLevels(runes, rapid.SampledFrom([]Direction{Auto, LeftToRight, RightToLeft}).Draw(t, "base"), LeftToRight)
		levels = lineLevels(runes, levels, para)
		seen := map[int]bool{}
		for _, i := range visualOrder(levels) {
			if seen[i] {
				t.Fatalf("position %d comes twice", i)
			}
			seen[i] = true
		}
		for i, l := range levels {
			if (l != removed) != seen[i] {
				t.Fatalf("position %d with level %d: drawn %v", i, l, seen[i])
			}
		}
	})
}

func TestMirror(t *testing.T) {
	for _, r := range "()[]{}<>«»‹›≤≥「」（）" {
		if m := mirror(r); m == r || mirror(m) != r {
			t.Errorf("mirror(%c) = %c, back %c", r, m, mirror(m))
		}
	}
	if mirror('a') != 'a' {
		t.Error("a letter was mirrored")
	}
	if p, _ := bidi.LookupRune('('); !p.IsOpeningBracket() {
		t.Error("the tables do not know the bracket")
	}
}
