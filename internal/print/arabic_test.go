package print

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestShape(t *testing.T) {
	tests := []struct {
		name, in string
		want     []rune
	}{
		{"one letter", "ب", []rune{0xFE8F}},
		{"three joined", "بتث", []rune{0xFE91, 0xFE98, 0xFE9A}},
		{"alef joins backwards only", "باب", []rune{0xFE91, 0xFE8E, 0xFE8F}},
		{"hamza joins nothing", "بءب", []rune{0xFE8F, 0xFE80, 0xFE8F}},
		{"lam alef", "لا", []rune{0xFEFB, 0}},
		{"joined lam alef", "سلام", []rune{0xFEB3, 0xFEFC, 0, 0xFEE1}},
		{"marks are looked through", "بَب", []rune{0xFE91, 0x64E, 0xFE90}},
		{"lam, mark, alef", "لَا", []rune{0xFEFB, 0x64E, 0}},
		{"tatweel joins", "بـ", []rune{0xFE91, 0x640}},
		{"non-joiner parts", "ب\u200cب", []rune{0xFE8F, 0x200C, 0xFE8F}},
		{"joiner joins", "ب\u200d", []rune{0xFE91, 0x200D}},
		{"Latin between", "بaب", []rune{0xFE8F, 'a', 0xFE8F}},
		{"Persian peh and yeh", "پی", []rune{0xFB58, 0xFBFD}},
		{"Uyghur ae", "بە", []rune{0xFE91, 0xFEEA}},
		{"Uyghur alef maksura joins", "ىب", []rune{0xFBE8, 0xFE90}},
		{"no Arabic", "abc", []rune("abc")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := shape([]rune(tt.in)); string(got) != string(tt.want) {
				t.Errorf("shape(%q) = %U, want %U", tt.in, got, tt.want)
			}
		})
	}
}

// Each form in the table is, by Unicode's own decomposition, a form of its
// letter, and the font has it.
func TestFormsBelongToTheirLetters(t *testing.T) {
	for r, f := range arabicForms {
		n := rune(1)
		switch f.joining {
		case joinsRight:
			n = 2
		case joinsBoth:
			n = 4
		case joinsCauses:
			continue
		}
		if r == alefMaksura {
			n = 2
		}
		for k := range n {
			base := []rune(norm.NFKC.String(string(f.first + k)))
			if r != 0x6D5 && (len(base) != 1 || base[0] != r) {
				t.Errorf("%U is a form of %U, not of %U", f.first+k, base, r)
			}
			if _, ok, err := choose(f.first+k, false, false); err != nil || !ok {
				t.Errorf("no font has %U (%v)", f.first+k, err)
			}
		}
	}
	for alef, form := range lamAlef {
		if got, want := norm.NFKC.String(string(form)), norm.NFC.String(string([]rune{lam, alef})); got != want {
			t.Errorf("%U is %U, want %U", form, []rune(got), []rune(want))
		}
	}
}

// The joining in the table agrees with Unicode's ArabicShaping.txt, except for
// letters whose joined forms have no code point.
func TestJoiningAgreesWithUnicode(t *testing.T) {
	f, err := os.Open("/usr/share/unicode/ArabicShaping.txt")
	if err != nil {
		t.Skipf("Unicode's table is not here (%v); install the package unicode-data to check against it", err)
	}
	defer f.Close()
	types := map[rune]string{}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		fields := strings.Split(lines.Text(), ";")
		if len(fields) < 4 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		var r rune
		for _, h := range fields[0] {
			r = r<<4 | rune(strings.IndexRune("0123456789ABCDEF", h))
		}
		types[r] = strings.TrimSpace(fields[2])
	}
	want := map[joining]string{joinsNot: "U", joinsRight: "R", joinsBoth: "D", joinsCauses: "C"}
	for r, form := range arabicForms {
		if r == 0x6BA { // noon ghunna has only two forms
			continue
		}
		if types[r] != want[form.joining] {
			t.Errorf("%U joins as %s, the table says %s", r, types[r], want[form.joining])
		}
	}
}
