package print

import (
	"strings"
	"unicode"
)

// Where a line may end. The rules are a part of Unicode Annex 14 that serves
// our texts: at spaces; after hyphens within words; between Hanzi and kana but
// not before closing or after opening punctuation (kinsoku); in Korean only at
// spaces, as careful setting does; in Thai and Lao, which put no spaces between
// words, before a vowel that is written in front of its syllable.

const (
	// notBefore may not begin a line, notAfter may not end one.
	notBefore = "、。，．・：；？！゛゜ヽヾゝゞ々ー’”）〕］｝〉》」』】°′″℃％‰)]}>»›,.:;?!%…‥ァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎゕゖ､｡｣･"
	notAfter  = "‘“（〔［｛〈《「『【([{<«‹¿¡｢$£¥￥＄￦№"
)

// mayBreak reports whether a line may end between two neighbouring characters
// that are drawn.
func mayBreak(a, b rune) bool {
	switch {
	case isGlue(a) || isGlue(b):
		return false
	case a == ' ' || a == 0x3000 || a == 0x200B:
		return b != ' '
	case b == ' ' || b == 0x200B:
		return false
	case strings.ContainsRune(notBefore, b) || strings.ContainsRune(notAfter, a):
		return false
	case a == '-' || a == '‐' || a == '–':
		return unicode.IsLetter(b)
	case a == '—' || b == '—':
		return a != b
	case isLeadingVowel(b):
		return unicode.In(a, unicode.Thai, unicode.Lao)
	case isIdeographic(a) || isIdeographic(b):
		// Korean particles stay with the Hanzi before them.
		return !unicode.Is(unicode.Hangul, a) && !unicode.Is(unicode.Hangul, b)
	}
	return false
}

// isGlue reports whether a character forbids a break on both its sides.
func isGlue(r rune) bool {
	switch r {
	case 0xA0, 0x202F, 0x2060, 0xFEFF, 0x2011:
		return true
	}
	return false
}

// isIdeographic reports whether lines may end on both sides of a character.
func isIdeographic(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo) ||
		r >= 0x3001 && r <= 0x303F || r >= 0xFF01 && r <= 0xFF60
}

// isLeadingVowel reports whether a Thai or Lao vowel is written before the
// consonant it follows.
func isLeadingVowel(r rune) bool {
	return r >= 0xE40 && r <= 0xE44 || r >= 0xEC0 && r <= 0xEC4
}
