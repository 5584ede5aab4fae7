package text

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The blocks with Latin and Greek letters that carry marks.
const (
	latinLo, latinHi   = 0x00C0, 0x02AF // up to the phonetic letters, some of which have capitals
	greekLo, greekHi   = 0x0370, 0x03FF
	extendLo, extendHi = 0x1E00, 0x1FFF // Latin, Vietnamese among it, and Greek
)

// latinTable holds the folded form of each letter of these blocks.
type latinTable struct {
	latin  [latinHi - latinLo + 1]string
	greek  [greekHi - greekLo + 1]string
	extend [extendHi - extendLo + 1]string
}

// get returns the folded form of a letter of these blocks.
func (t *latinTable) get(r rune) (string, bool) {
	switch {
	case r < latinLo:
		return "", false
	case r <= latinHi:
		return t.latin[r-latinLo], true
	case greekLo <= r && r <= greekHi:
		return t.greek[r-greekLo], true
	case extendLo <= r && r <= extendHi:
		return t.extend[r-extendLo], true
	}
	return "", false
}

// latinFolds computes the table once, when the first text is folded.
var latinFolds = sync.OnceValue(func() *latinTable {
	t := new(latinTable)
	for i := range t.latin {
		t.latin[i] = foldLatin(rune(latinLo + i))
	}
	for i := range t.greek {
		t.greek[i] = foldLatin(rune(greekLo + i))
	}
	for i := range t.extend {
		t.extend[i] = foldLatin(rune(extendLo + i))
	}
	return t
})

// foldLatin takes a letter apart, drops its marks, and puts it in lower case.
func foldLatin(r rune) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(string(r)) {
		if unicode.Is(unicode.M, r) {
			continue
		}
		r = foldRune(r)
		if plain, ok := plainLatin(r); ok {
			b.WriteString(plain)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// plainLatin spells the letters whose stroke or joining Unicode does not treat
// as a mark.
func plainLatin(r rune) (string, bool) {
	switch r {
	case 'đ', 'ð', 'ɖ':
		return "d", true
	case 'ħ':
		return "h", true
	case 'ı':
		return "i", true
	case 'ł':
		return "l", true
	case 'ø':
		return "o", true
	case 'ŧ':
		return "t", true
	case 'æ':
		return "ae", true
	case 'œ':
		return "oe", true
	case 'ß':
		return "ss", true
	case 'þ':
		return "th", true
	}
	return "", false
}
