package linkage

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// normalize brings a value to the form in which values are compared: NFKC,
// lower case, no diacritics on Latin letters, single spaces, no punctuation
// at the ends. Values that only say that there is no value become "".
func normalize(s string) string {
	if plain, ok := normalizeASCII(s); ok {
		return noValue(plain)
	}
	var b strings.Builder
	space := false
	last := rune(0)
	for _, r := range norm.NFD.String(norm.NFKC.String(s)) {
		switch {
		case unicode.IsSpace(r) || unicode.Is(unicode.Zs, r):
			space = b.Len() > 0
			continue
		case unicode.Is(unicode.C, r):
			continue
		case unicode.Is(unicode.Mn, r) && unicode.Is(unicode.Latin, last):
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(unicode.ToLower(r))
		if !unicode.Is(unicode.Mn, r) {
			last = r
		}
	}
	return noValue(trimEnds(norm.NFC.String(b.String())))
}

// normalizeASCII is normalize for the common case; it returns s itself where
// nothing changes.
func normalizeASCII(s string) (string, bool) {
	changed, space := false, true
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= 0x80 || c < ' ' && c != '\t':
			return "", false
		case c >= 'A' && c <= 'Z' || c == '\t':
			changed = true
		case c == ' ':
			changed = changed || space
		}
		space = c == ' '
	}
	if changed {
		s = strings.ToLower(strings.Join(strings.Fields(s), " "))
	}
	return trimEnds(s), true
}

func trimEnds(s string) string { return strings.Trim(s, " .,;:'\"-/") }

// noValue recognizes the ways in which lists say that nothing is known.
func noValue(s string) string {
	switch s {
	case "null", "none", "nan", "n/a", "na", "nil", "unknown", "not known", "unspecified", "not stated", "?", "??", "???", "미상", "모름", "불명", "不详", "不詳", "未知":
		return ""
	}
	return s
}

// words splits a normalized value at everything that is no letter or digit.
func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
}

// squeeze leaves only letters and digits: the form in which codes are
// compared.
func squeeze(s string) string {
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return strings.Join(words(s), "")
		}
	}
	return s
}
