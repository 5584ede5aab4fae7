package text

import (
	"unicode"
	"unicode/utf8"
)

// class says what a folded character does in the text.
type class uint8

const (
	separator  class = iota // ends a token
	word                    // part of a word
	gram                    // part of a run that is cut into pairs
	mark                    // belongs to the letter before it
	apostrophe              // vanishes within a word, ends it elsewhere
	dropped                 // as if it were not there
)

// asciiClass and asciiLower classify and fold the first 128 characters.
var (
	asciiClass = makeASCIIClass()
	asciiLower = makeASCIILower()
)

func makeASCIIClass() (t [utf8.RuneSelf]class) {
	for c := range t {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
			t[c] = word
		case c == '\'', c == '`':
			t[c] = apostrophe
		case c < ' ' && !isSpace(rune(c)), c == 0x7f:
			t[c] = dropped
		}
	}
	return t
}

func makeASCIILower() (t [utf8.RuneSelf]byte) {
	for c := range t {
		t[c] = byte(unicode.ToLower(rune(c)))
	}
	return t
}

// grams are the scripts that are cut into pairs.
var grams = []*unicode.RangeTable{
	unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo,
	unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
}

// looseMarks are the scripts whose marks are dropped: in these, writers leave
// them out at will, or (Inherited) they belong to a Latin, Greek or Cyrillic
// letter. Marks of other scripts, such as the vowels of Thai and Tibetan, are
// as needed as letters.
var looseMarks = []*unicode.RangeTable{
	unicode.Inherited, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Cyrillic,
}

// prolonged is the long-vowel sign of kana, a letter of no script's own.
const prolonged = 'ー'

// classify returns the class of a character that is folded already.
func classify(r rune) class {
	if r < utf8.RuneSelf {
		return asciiClass[r]
	}
	switch {
	case 0xAC00 <= r && r <= 0xD7A3, 0x4E00 <= r && r <= 0x9FFF, 0x3041 <= r && r <= 0x3096, r == prolonged:
		return gram // only to be quick: the tables below say the same
	case isApostrophe(r):
		return apostrophe
	case r == zeroWidthSpace:
		return separator // it stands between the words of Thai and Khmer
	case unicode.In(r, unicode.M):
		if unicode.In(r, looseMarks...) {
			return dropped
		}
		return mark
	case unicode.In(r, unicode.L, unicode.N):
		if unicode.In(r, grams...) {
			return gram
		}
		return word
	case unicode.In(r, unicode.Cf), unicode.Is(unicode.Cc, r) && !isSpace(r):
		return dropped
	}
	return separator
}

const zeroWidthSpace = '\u200b'

func isSpace(r rune) bool { return unicode.IsSpace(r) || r == zeroWidthSpace }

// isApostrophe covers what is typed and typeset for an apostrophe, and the
// letter-like signs with which romanizations write aspirates, ayn and hamza.
func isApostrophe(r rune) bool {
	switch r {
	case '\'', '`', '\u2018', '\u2019', '\u201b', '\u2032', // quotes, prime
		'\u02b9', '\u02bb', '\u02bc', '\u02bd', '\u02be', '\u02bf', // modifier letters
		'\u055a', '\u05f3', '\ua78c': // Armenian, Hebrew geresh, saltillo
		return true
	}
	return false
}
