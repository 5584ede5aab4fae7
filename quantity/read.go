package quantity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// MaxPhrase is the longest phrase that is read, in characters. A number phrase
// has a dozen words; a page of text is a mistake.
const MaxPhrase = 400

// MaxStated is the largest number that is read. It is a hundred times mankind,
// and keeps every product the rules make far from overflow.
const MaxStated = 1_000_000_000_000

// Read understands a number phrase in English, Korean or Chinese; the script
// tells which. The error is a [*ReadError] that says what is wrong and what to
// write instead. Read never guesses between two meanings: it refuses.
func Read(phrase string) (Reading, error) {
	lang, p := scriptOf(phrase)
	if p != nil {
		return Reading{}, p.in(phrase)
	}
	return read(lang, phrase)
}

// ReadIn is [Read] for a phrase whose language is known. A tag other than
// English, Korean and Chinese is an error with [ProblemScript].
func ReadIn(lang Lang, phrase string) (Reading, error) {
	switch lang {
	case English, Korean, Chinese:
		return read(lang, phrase)
	}
	return Reading{}, problemAt(ProblemScript, string(lang)).in(phrase)
}

func read(lang Lang, phrase string) (Reading, error) {
	text, p := clean(phrase)
	if p != nil {
		return Reading{}, p.in(phrase)
	}
	var d *draft
	switch lang {
	case Korean:
		d, p = readKorean(text)
	case Chinese:
		d, p = readChinese(text)
	default:
		d, p = readEnglish(text)
	}
	if p == nil {
		var r Reading
		if r, p = d.reading(lang, strings.TrimSpace(phrase)); p == nil {
			return r, nil
		}
	}
	return Reading{}, p.in(phrase)
}

// scriptOf chooses the parser: Hangul is Korean, Han without Hangul is
// Chinese, Latin and bare digits are read as English. Kana is refused, because
// Japanese words around Han numerals would be read as Chinese ones.
func scriptOf(phrase string) (Lang, *problem) {
	lang := English
	for _, r := range phrase {
		switch {
		case unicode.Is(unicode.Hangul, r):
			return Korean, nil
		case unicode.Is(unicode.Han, r):
			lang = Chinese
		case unicode.Is(unicode.Hiragana, r), unicode.Is(unicode.Katakana, r):
			return "", problemAt(ProblemScript, string(r))
		case unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r):
			return "", problemAt(ProblemScript, string(r))
		}
	}
	return lang, nil
}

// clean folds what typing and copying change: full-width forms, the many
// dashes, quotes and spaces, decomposed Hangul. It refuses what would change a
// number if it were dropped or folded, such as a footnote mark after a digit.
func clean(phrase string) (string, *problem) {
	if !utf8.ValidString(phrase) {
		return "", newProblem(ProblemText, "it is not valid UTF-8")
	}
	if utf8.RuneCountInString(phrase) > MaxPhrase {
		return "", &problem{what: ProblemTooLong}
	}
	var b strings.Builder
	for _, r := range norm.NFC.String(width.Fold.String(phrase)) {
		switch {
		case r < 0x80 && !unicode.IsControl(r), unicode.Is(unicode.Pi, r), unicode.Is(unicode.Pf, r):
			b.WriteRune(foldSign(r))
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case unicode.IsControl(r):
			return "", newProblem(ProblemText, "it holds a control character")
		case unicode.Is(unicode.Cf, r):
			// Invisible: soft hyphens, joiners, marks of direction.
		case strings.ContainsRune("½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⁄", r):
			return "", problemAt(ProblemFraction, string(r))
		case r != '〇' && !unicode.IsLetter(r) && unicode.IsNumber(r), unicode.Is(unicode.Nl, r) && r != '〇':
			return "", problemAt(ProblemText, string(r))
		default:
			b.WriteRune(foldSign(r))
		}
	}
	text := strings.TrimSpace(b.String())
	if text == "" {
		return "", &problem{what: ProblemEmpty}
	}
	return text, nil
}

// foldSign maps the typographic variants of a sign to one.
func foldSign(r rune) rune {
	switch {
	case strings.ContainsRune("‐‑‒–—―−﹣", r):
		return '-'
	case strings.ContainsRune("〜～∼˜", r):
		return '~'
	case strings.ContainsRune("’‘‛ʼ′", r):
		return '\''
	case strings.ContainsRune("\"“”„«»「」『』", r):
		return ' ' // quotation marks carry no number
	case strings.ContainsRune("，、،", r):
		return ','
	case r == '[', r == '【':
		return '('
	case r == ']', r == '】':
		return ')'
	case r == '。':
		return '.'
	}
	return r
}

// countable refuses numbers nobody can have counted.
func countable(n int64) *problem {
	if n > MaxStated {
		return &problem{what: ProblemTooLarge}
	}
	return nil
}
