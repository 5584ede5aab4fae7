package print

import (
	"strings"
	"testing"
)

func TestMayBreak(t *testing.T) {
	// A bar stands where a line may end.
	for _, want := range []string{
		"a |line |of |words",
		"well-|known |1-2",
		"中|国|人|民，|在|这|里。|（注|释）|见",
		"가족은 |국경에서",
		"中|国과 |가",
		"no\u00a0break",
		"say |“this” |(or |that)",
		"1|—|2",
		"ครอบ|เด็ก|ไทย",
	} {
		runes := []rune(strings.ReplaceAll(want, "|", ""))
		var b strings.Builder
		for i, r := range runes {
			b.WriteRune(r)
			if i+1 < len(runes) && mayBreak(r, runes[i+1]) {
				b.WriteByte('|')
			}
		}
		if got := b.String(); got != want {
			t.Errorf("breaks %q, want %q", got, want)
		}
	}
}

func setText(t *testing.T, s string, width float64) []string {
	t.Helper()
	ts := &typesetter{missing: map[rune]bool{}}
	lines, err := ts.set(plain(s, 10), Auto, LeftToRight, width)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, l := range lines {
		out = append(out, lineText(l))
	}
	return out
}

func TestLinesAreFilled(t *testing.T) {
	for _, l := range setText(t, strings.Repeat("words of a text ", 20), 150)[:5] {
		if len(l) < 20 {
			t.Errorf("line %q is short", l)
		}
		if strings.HasSuffix(l, " ") || strings.HasPrefix(l, " ") {
			t.Errorf("line %q begins or ends with a space", l)
		}
	}
	if got := setText(t, "Unbreakableunbreakable", 40); len(got) < 3 || strings.Join(got, "") != "Unbreakableunbreakable" {
		t.Errorf("a long word became %q", got)
	}
	// Kinsoku: the full stop stays with its character.
	for _, l := range setText(t, strings.Repeat("一二三四五六七八九。", 10), 100) {
		if strings.HasPrefix(l, "。") {
			t.Errorf("line %q begins with a full stop", l)
		}
	}
}

func TestNoteNumberStaysWithItsWord(t *testing.T) {
	ts := &typesetter{missing: map[rune]bool{}}
	for width := 20.0; width < 90; width += 3 {
		lines, err := ts.set([]span{{"word", style{size: 10}}, {"1", style{size: 7, rise: 3, note: 1}}, {" more", style{size: 10}}}, Auto, LeftToRight, width)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(lineText(lines[len(lines)-1]), "1") {
			t.Errorf("width %v: the number begins a line", width)
		}
	}
}

// A name in compatibility ideographs stays in them; letters and marks become
// the one character that fonts have.
func TestNormal(t *testing.T) {
	tests := []struct{ in, want string }{
		{"e\u0301", "é"},
		{"\u1112\u1161\u11ab", "한"},
		{"\uF9E1e\u0301", "\uF9E1é"},
		{"e\u0301\uF9E1", "é\uF9E1"},
	}
	for _, tt := range tests {
		if got := normal(tt.in); got != tt.want {
			t.Errorf("normal(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}
