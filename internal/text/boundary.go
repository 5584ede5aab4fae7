package text

import (
	"unicode"
	"unicode/utf8"
)

// charBoundary reports whether a cut at byte i falls between two characters as
// a reader sees them. It follows the extended grapheme clusters of Unicode
// (UAX #29) as far as text is concerned: marks, joiners, Jamo, flags and the
// colours of emoji stay with what they belong to. It errs on the side of not
// cutting.
func charBoundary(s string, i int) bool {
	if i <= 0 || i >= len(s) {
		return true
	}
	if !utf8.RuneStart(s[i]) {
		return false
	}
	if s[i] < utf8.RuneSelf && s[i-1] < utf8.RuneSelf {
		return s[i] != '\n' || s[i-1] != '\r'
	}
	next, _ := utf8.DecodeRuneInString(s[i:])
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	switch {
	case before == zeroWidthJoiner, next == zeroWidthJoiner,
		unicode.Is(unicode.M, next),
		unicode.Is(unicode.Variation_Selector, next),
		0x1160 <= next && next <= 0x11FF, // vowel and final Jamo
		isLeadingJamo(before) && isLeadingJamo(next),
		next == 0xFF9E || next == 0xFF9F,   // voicing of narrow kana
		0x1F3FB <= next && next <= 0x1F3FF: // skin colours
		return false
	case isRegional(before) && isRegional(next):
		return regionalsBefore(s[:i])%2 == 0
	}
	return true
}

const zeroWidthJoiner = '\u200d'

func isLeadingJamo(r rune) bool { return 0x1100 <= r && r <= 0x115F }

// isRegional covers the letters that make flags in pairs.
func isRegional(r rune) bool { return 0x1F1E6 <= r && r <= 0x1F1FF }

// regionalsBefore counts the flag letters at the end of s.
func regionalsBefore(s string) int {
	n := 0
	for {
		r, size := utf8.DecodeLastRuneInString(s)
		if !isRegional(r) {
			return n
		}
		n++
		s = s[:len(s)-size]
	}
}
