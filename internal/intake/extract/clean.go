package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean brings text from a document into the form that Page.Text promises:
// valid UTF-8, "\n" as the only line end, and no control characters but tab.
// NEL and the line and paragraph separators become "\n" as well; a vertical
// tab or form feed, a line break in all formats that use them, too. Characters
// that cannot be seen but carry meaning in some scripts (joiners, direction
// marks, soft hyphens) stay: what a source wrote is not ours to mend.
func Clean(s string) string {
	if !needsCleaning(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case r == '\r':
			if i < len(s) && s[i] == '\n' {
				i++
			}
			b.WriteByte('\n')
		case r == '\v' || r == '\f' || r == 0x85 || r == 0x2028 || r == 0x2029:
			b.WriteByte('\n')
		case r == '\n' || r == '\t' || !unicode.IsControl(r) && !noncharacter(r):
			b.WriteRune(r) // an invalid byte comes out as U+FFFD
		}
	}
	return b.String()
}

// needsCleaning tells whether Clean would change anything.
func needsCleaning(s string) bool {
	if !utf8.ValidString(s) {
		return true
	}
	for _, r := range s {
		if r < ' ' && r != '\n' && r != '\t' || r >= 0x7F && (r <= 0x9F || r == 0x2028 || r == 0x2029 || noncharacter(r)) {
			return true
		}
	}
	return false
}

// noncharacter tells whether r is one of the 66 code points that Unicode
// promises never to give a meaning. U+FEFF, a byte order mark where it is not
// at the start, is treated like them: it shows nothing and breaks words.
func noncharacter(r rune) bool {
	return r == 0xFEFF || r >= 0xFDD0 && r <= 0xFDEF || r&0xFFFE == 0xFFFE
}

// OneLine makes a short single line of something that a document says about
// itself: a title, a file name, a date. Runs of space and control characters
// become one space, direction overrides (which make a name read differently
// from what it is) vanish, and more than max code points are cut with an
// ellipsis.
func OneLine(s string, max int) string {
	s = strings.Map(func(r rune) rune {
		if r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || noncharacter(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
	return cut(s, max)
}

// cut shortens s to max code points, the last an ellipsis where it was longer.
func cut(s string, max int) string {
	if len(s) <= max || utf8.RuneCountInString(s) <= max {
		return s
	}
	for i := range s {
		if max == 1 {
			return s[:i] + "…"
		}
		max--
	}
	return s
}
