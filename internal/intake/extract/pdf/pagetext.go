package pdf

import (
	"strings"
	"unicode"

	"asylon/internal/intake/extract"
)

// hyphen is what PDFium puts in the place of a hyphen at the end of a line and
// of the line end after it.
const hyphen = "\uFFFE"

// ligatures are the presentation forms U+FB00 to U+FB06, which some fonts state
// in the place of their letters; nobody can search for them.
var ligatures = strings.NewReplacer(
	"\uFB00", "ff", "\uFB01", "fi", "\uFB02", "fl", "\uFB03", "ffi", "\uFB04", "ffl", "\uFB05", "st", "\uFB06", "st")

// pageText brings what PDFium says about a page into the form of Page.Text:
// words broken at line ends are joined, ligatures become letters, and soft
// hyphens go, which in a PDF only say where a word was or could have been
// broken. It also returns how many characters have no known meaning.
func pageText(raw string) (text string, unknown int) {
	// U+0002 is the same sign in another of PDFium's functions.
	s := strings.ReplaceAll(raw, "\x02", hyphen)
	s = joinWords(s)
	s = strings.ReplaceAll(s, "\u00AD", "")
	s = ligatures.Replace(s)
	s = strings.TrimRight(extract.Clean(s), "\n ")
	for _, r := range s {
		// Fonts without a map to Unicode give private code points or none.
		if r == unicode.ReplacementChar || unicode.Is(unicode.Co, r) {
			unknown++
		}
	}
	return s, unknown
}

// joinWords resolves the hyphens at line ends. Whether one belongs to the word
// (north-east) or only to the line (exam-ple) the file does not say. It is kept
// next to a digit or a capital, and where the page has the word with its hyphen
// elsewhere; else it goes.
func joinWords(s string) string {
	if !strings.Contains(s, hyphen) {
		return s
	}
	parts := strings.Split(s, hyphen)
	known := hyphenated(s)
	var b strings.Builder
	b.WriteString(parts[0])
	for i, next := range parts[1:] {
		before, after := lastWord(parts[i]), firstWord(next)
		if !breakable(before, after) || known[strings.ToLower(before+"-"+after)] {
			b.WriteByte('-')
		}
		b.WriteString(next)
	}
	return b.String()
}

// hyphenated is the set of the pairs of words that stand joined by a hyphen
// within a line, in lower case.
func hyphenated(s string) map[string]bool {
	known := map[string]bool{}
	for i := 0; ; {
		n := strings.IndexByte(s[i:], '-')
		if n < 0 {
			return known
		}
		// The word before is looked for in this stretch only, so that the
		// whole takes one pass.
		if before, after := lastWord(s[i:i+n]), firstWord(s[i+n+1:]); before != "" && after != "" {
			known[strings.ToLower(before+"-"+after)] = true
		}
		i += n + 1
	}
}

// breakable tells whether two parts look like one word broken by a line end.
func breakable(before, after string) bool {
	if before == "" || after == "" {
		return false
	}
	last := []rune(before)
	first := []rune(after)
	return unicode.IsLower(last[len(last)-1]) && unicode.IsLower(first[0])
}

func lastWord(s string) string {
	i := strings.LastIndexFunc(s, notOfWord)
	return strings.TrimLeftFunc(s[i+1:], notOfWord) // the rest of a separator of several bytes
}

func firstWord(s string) string {
	if i := strings.IndexFunc(s, notOfWord); i >= 0 {
		return s[:i]
	}
	return s
}

func notOfWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }
