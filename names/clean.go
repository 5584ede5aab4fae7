package names

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Limits of what is read of one name, so that no input costs more than a few
// hundred microseconds.
const (
	maxRunes    = 200
	maxParts    = 4 // writings of one name: 김영순 (金英順)
	maxTokens   = 8
	maxParses   = 4
	maxSyllable = 6 // syllables of a Korean or Chinese name
)

// clean brings a name to one normal form (NFKC, so full-width letters and
// compatibility ideographs become the usual ones), without control, format
// and direction characters, with one kind of apostrophe, hyphen and space.
func clean(s string) (text []rune, notes []Note) {
	// Normalization may lengthen a string, so cut before and after.
	cut := 0
	for i := range s {
		if cut == maxRunes {
			s = s[:i]
			notes = append(notes, NoteTooLong)
			break
		}
		cut++
	}
	text = make([]rune, 0, len(s))
	for _, r := range norm.NFKC.String(strings.ToValidUTF8(s, "")) {
		if r >= '!' && r <= '~' && r != '_' && r != '`' || isHangul(r) {
			text = append(text, r)
			continue
		}
		switch {
		case unicode.IsSpace(r) || r == '_' || r == '\u200B':
			if len(text) > 0 && text[len(text)-1] != ' ' {
				text = append(text, ' ')
			}
			continue
		case unicode.Is(unicode.C, r) || unicode.Is(unicode.Variation_Selector, r) || r == '\u115F' || r == '\u1160' || r == '\u3164':
			if !slices.Contains(notes, NoteControls) {
				notes = append(notes, NoteControls)
			}
			continue
		case strings.ContainsRune("’‘ʼʻʾʿ`´ʹ′", r):
			r = '\''
		case unicode.Is(unicode.Pd, r) || r == '·' || r == '・' || r == '‧' || r == '•':
			r = '-'
		case r == '、' || r == '،':
			r = ','
		}
		text = append(text, r)
	}
	if len(text) > maxRunes {
		text = text[:maxRunes]
	}
	for len(text) > 0 && text[len(text)-1] == ' ' {
		text = text[:len(text)-1]
	}
	return text, notes
}

// scriptOf returns the script of a letter, ScriptNone for all other runes.
func scriptOf(r rune) Script {
	switch {
	case r < 0x80:
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return ScriptLatin
		}
		return ScriptNone
	case isHangul(r) || unicode.Is(unicode.Hangul, r):
		return ScriptHangul
	case isHan(r):
		return ScriptHan
	case unicode.Is(unicode.Latin, r):
		return ScriptLatin
	case unicode.In(r, unicode.Hiragana, unicode.Katakana) || r == 'ー':
		return ScriptKana
	case unicode.Is(unicode.Cyrillic, r):
		return ScriptCyrillic
	case unicode.Is(unicode.Greek, r):
		return ScriptGreek
	case unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r):
		return ScriptArabic
	case unicode.Is(unicode.Myanmar, r):
		return ScriptBurmese
	case unicode.IsLetter(r) || unicode.IsMark(r):
		return ScriptOther
	}
	return ScriptNone
}

// isMask says that r stands for a syllable that was withheld.
func isMask(r rune) bool { return strings.ContainsRune("○◯〇●*※□×", r) }

// A token is a run of one script in the cleaned text.
type token struct {
	script   Script
	from, to int
	joined   bool // follows its predecessor across a hyphen or without a gap
	dotted   bool // a full stop follows
	comma    bool // a comma follows
}

// tokenize splits text[from:to] at everything that is not a letter, an
// apostrophe inside a word, a digit of a tone, or a mask.
func tokenize(text []rune, from, to int) []token {
	var list []token
	gap := true
	for i := from; i < to && len(list) < maxTokens; {
		r := text[i]
		s := scriptOf(r)
		masked := isMask(r)
		switch {
		case s == ScriptNone && !masked:
			if n := len(list); n > 0 && !gap {
				list[n-1].dotted = list[n-1].dotted || r == '.'
			}
			if n := len(list); n > 0 && r == ',' {
				list[n-1].comma = true
			}
			gap = gap || r != '-' && r != '\''
			i++
			continue
		}
		j := i + 1
		for j < to {
			t := scriptOf(text[j])
			if masked && isMask(text[j]) || !masked && t == s && !isMask(text[j]) || inWord(text, j, to, s) {
				j++
				continue
			}
			break
		}
		list = append(list, token{script: s, from: i, to: j, joined: !gap && len(list) > 0})
		gap = false
		i = j
	}
	return list
}

// inWord says that the rune at j continues a Latin word though it is no
// letter: an apostrophe before a letter, a tone digit, a combining mark.
func inWord(text []rune, j, to int, s Script) bool {
	r := text[j]
	switch {
	case unicode.Is(unicode.Mn, r):
		return true
	case s != ScriptLatin:
		return false
	case r >= '1' && r <= '5':
		return true
	case r == '\'':
		return j+1 < to && scriptOf(text[j+1]) == ScriptLatin
	}
	return false
}

// parts splits the text at brackets, slashes and words such as "alias" into
// writings of one name.
func parts(text []rune) [][2]int {
	var list [][2]int
	from := 0
	flush := func(to int) {
		if to > from && len(list) < maxParts {
			list = append(list, [2]int{from, to})
		}
	}
	text = text[:endOfName(text)]
	for i, r := range text {
		if !isHangul(r) && strings.ContainsRune("()[]{}<>（）〔〕【】《》/=|;\"“”«»", r) {
			flush(i)
			from = i + 1
		}
	}
	flush(len(text))
	return list
}

// endOfName returns where the name ends and an age or a year begins, as in
// "Kim Young-soon, about 30": at the comma before the first number, or at the
// word before it that announces an age.
func endOfName(text []rune) int {
	for i, r := range text {
		if !unicode.IsDigit(r) || i > 0 && scriptOf(text[i-1]) == ScriptLatin {
			continue
		}
		end := i
		for end > 0 && !unicode.IsLetter(text[end-1]) {
			end--
		}
		word := end
		for word > 0 && unicode.IsLetter(text[word-1]) {
			word--
		}
		if ageWords[strings.ToLower(string(text[word:end]))] {
			end = word
		}
		return end
	}
	return len(text)
}

// ageWords come before an age.
var ageWords = setOf(`about aged age around approximately approx circa ca c born b 약 나이 년생 约 約 年`)
