package print

import (
	"strings"

	"golang.org/x/text/unicode/bidi"
)

// clean turns line ends and tabs into spaces and leaves out control
// characters; directional marks are kept, since texts in Arabic need them.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r' || r == 0x2028 || r == 0x2029:
			return ' '
		case r < 0x20, r >= 0x7f && r < 0xa0, r == 0xfffe, r == 0xffff:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

// isRTL reports whether the first strongly directional character of a text
// runs from right to left (rules P2 and P3 of Unicode Annex 9).
func isRTL(s string) bool {
	depth := 0 // of isolates, whose content does not count
	for _, r := range s {
		p, _ := bidi.LookupRune(r)
		switch p.Class() {
		case bidi.LRI, bidi.RLI, bidi.FSI:
			depth++
		case bidi.PDI:
			depth = max(depth-1, 0)
		case bidi.L:
			if depth == 0 {
				return false
			}
		case bidi.R, bidi.AL:
			if depth == 0 {
				return true
			}
		}
	}
	return false
}
