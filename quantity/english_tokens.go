package quantity

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A token is a word, a number in digits, or a sign of an English phrase.
type token struct {
	kind  tokenKind
	text  string // lower case
	orig  string // as written
	lit   literal
	start int  // where it begins in the phrase, in bytes
	end   int  // where it ends
	glued bool // no space before it
}

type tokenKind uint8

const (
	tokenWord tokenKind = iota
	tokenNumber
	tokenSign
	tokenGap // where a rate was taken out
)

// englishTokens cuts a clean phrase into tokens.
func englishTokens(s string) ([]token, *problem) {
	var toks []token
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		t := token{start: i, glued: i > 0 && s[i-1] != ' '}
		switch {
		case r == ' ' || r == '!':
			i += size
			continue
		case r >= '0' && r <= '9':
			lit, n, p := scanLiteral(s[i:])
			if p != nil {
				return nil, p
			}
			t.kind, t.lit, size = tokenNumber, lit, n
			if k := pluralAfter(s[i:], lit, n); k > 0 {
				t.kind, size = tokenWord, k
			} else if p := ordinalAfter(s[i:], n); p != nil {
				return nil, p
			}
		case unicode.IsLetter(r):
			t.kind, size = tokenWord, wordRun(s[i:])
		default:
			t.kind = tokenSign
		}
		t.end = i + size
		t.orig = s[i:t.end]
		t.text = strings.ToLower(t.orig)
		if t.kind == tokenWord {
			t.text = strings.Replace(t.text, "0's", "0s", 1)
		}
		i = t.end
		switch {
		case t.text == "+" && (strings.HasPrefix(s[i:], "/-") || strings.HasPrefix(s[i:], "-")):
			t.text, t.end = "±", i+1+strings.Index(s[i:], "-")
			i = t.end
		case t.text == "." || t.text == "'":
			continue // full stops, marks of abbreviation, closing quotes
		}
		toks = append(toks, t)
	}
	return toks, nil
}

// wordRun is the length of the word at the start of s: letters, combining
// marks, and apostrophes between letters.
func wordRun(s string) int {
	for i, r := range s {
		if unicode.IsLetter(r) || unicode.Is(unicode.M, r) {
			continue
		}
		if r == '\'' && i+1 < len(s) {
			if next, _ := utf8.DecodeRuneInString(s[i+1:]); unicode.IsLetter(next) {
				continue
			}
		}
		return i
	}
	return len(s)
}

// pluralAfter finds "100s" and "1000's", which are words for hundreds and
// thousands, and gives their length; 0 for anything else.
func pluralAfter(s string, lit literal, n int) int {
	for _, end := range []string{"s", "'s"} {
		if _, ok := englishPlurals[strings.ToLower(s[:n])+"s"]; ok && strings.HasPrefix(s[n:], end) && lit.frac == "" {
			if rest := s[n+len(end):]; rest == "" || wordRun(rest) == 0 {
				return n + len(end)
			}
		}
	}
	return 0
}

// ordinalAfter refuses "50th" and "the 1990s" before they read as counts.
func ordinalAfter(s string, n int) *problem {
	w := strings.ToLower(s[n : n+wordRun(s[n:])])
	switch w {
	case "st", "nd", "rd", "th", "s":
		return problemAt(ProblemOrdinal, s[:n+len(w)])
	}
	return nil
}

// matchTokens finds the longest phrase of a table at toks[i:] and the number
// of tokens it takes, 0 where there is none.
func matchTokens[V any](toks []token, i int, table map[string]V) (value V, n int) {
	const longest = 6
	var b strings.Builder
	for k := 0; k < longest && i+k < len(toks); k++ {
		t := toks[i+k]
		if t.kind == tokenNumber || t.kind == tokenGap {
			break
		}
		if k > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.text)
		if v, ok := table[b.String()]; ok {
			value, n = v, k+1
		}
	}
	return value, n
}

// wordsOf is the text that tokens i to j-1 were cut from.
func wordsOf(s string, toks []token, i, j int) string {
	if i >= j || j > len(toks) {
		return ""
	}
	var b strings.Builder
	for k := i; k < j; k++ {
		if toks[k].kind == tokenGap {
			continue
		}
		if b.Len() > 0 && !toks[k].glued {
			b.WriteByte(' ')
		}
		b.WriteString(s[toks[k].start:toks[k].end])
	}
	return b.String()
}
