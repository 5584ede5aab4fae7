package svg

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"
	"golang.org/x/text/width"
)

// runeEms estimates the advance of a rune in ems of a common sans-serif face.
// The reader's font is unknown, so the guesses lie on the wide side.
func runeEms(r rune) float64 {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case r < 0x80:
		return asciiEms(r)
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 1.02
	}
	if unicode.IsUpper(r) {
		return 0.72
	}
	return 0.6
}

func asciiEms(r rune) float64 {
	switch {
	case strings.ContainsRune("iljI.,:;'|!()[]/ ft", r):
		return 0.36
	case strings.ContainsRune("mwMW@%", r):
		return 0.92
	case r >= '0' && r <= '9':
		return 0.58
	case r >= 'A' && r <= 'Z':
		return 0.7
	}
	return 0.58
}

// textWidth estimates how wide a text is at a size, in user units.
func textWidth(s string, size float64) float64 {
	ems := 0.0
	for _, r := range s {
		ems += runeEms(r)
	}
	return ems * size
}

// fit shortens a text with an ellipsis until it is at most max wide. The whole
// text is always in the table.
func fit(s string, size, max float64) string {
	if textWidth(s, size) <= max {
		return s
	}
	ellipsis := "…"
	room := max/size - runeEms('…')
	end := 0
	for i, r := range s {
		room -= runeEms(r)
		if room < 0 {
			break
		}
		end = i + len(string(r))
	}
	// A combining mark must not lose its letter, nor a letter its mark: the
	// cut moves back to before the last letter if marks follow it.
	for end > 0 && end < len(s) && startsWithMark(s[end:]) {
		rs := []rune(s[:end])
		end = len(string(rs[:len(rs)-1]))
	}
	return strings.TrimRight(s[:end], " ") + ellipsis
}

func startsWithMark(s string) bool {
	for _, r := range s {
		return unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc)
	}
	return false
}

// isRTL reports whether the first strongly directional character of a text
// runs from right to left (rules P2 and P3 of Unicode Annex 9).
func isRTL(s string) bool {
	for _, r := range s {
		p, _ := bidi.LookupRune(r)
		switch p.Class() {
		case bidi.L:
			return false
		case bidi.R, bidi.AL:
			return true
		}
	}
	return false
}
