package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"asylon/internal/fault"
)

// The limits of a query. They keep what either engine makes of it small.
const (
	MaxQueryBytes   = 4096 // bytes of what was typed
	MaxQueryPhrases = 64   // words and phrases
)

// A Query is a parsed search: alternatives, of which one must match. The zero
// Query is empty. A Query is not changed by its methods and may be shared.
type Query struct {
	any []alternative
}

// An alternative matches a text that has all its phrases and none of the
// others. It has at least one that it wants.
type alternative struct {
	all, none []phrase
}

// A phrase is tokens in a row. With prefix the last one may go on.
type phrase struct {
	tokens []string
	prefix bool
}

// Parse reads what a person typed into a search box:
//
//	강제송환 도문        both words
//	"forced return"      the words in a row, in any of the usual quotation marks
//	tumen OR 도문        one of both; OR in capitals, or |
//	-훈춘                not this word
//	depor*               words that start so
//
// OR binds less than standing side by side: a b OR c is (a and b) or c. A word
// with a hyphen or an apostrophe, or of a script without spaces, is a phrase of
// its tokens. Punctuation has no meaning otherwise, so every text can be typed.
//
// Text without any letter or digit gives an empty query. The errors are faults
// of kind invalid: a text that is too long, and an alternative that only says
// what is not wanted, which neither engine can answer from its index.
func Parse(s string) (Query, error) {
	if len(s) > MaxQueryBytes {
		return Query{}, fault.Invalid("the search is longer than %d bytes; look for a part of it", MaxQueryBytes)
	}
	p := parser{s: s}
	for p.term() {
	}
	p.endAlternative()
	switch {
	case p.phrases > MaxQueryPhrases:
		return Query{}, fault.Invalid("the search has more than %d words; look for some of them", MaxQueryPhrases)
	case p.onlyNot:
		return Query{}, fault.Invalid("the search only says what to leave out; add a word to look for")
	}
	return Query{any: p.any}, nil
}

// Empty reports whether there is nothing to look for. An empty query matches no
// text and has no form in either engine.
func (q Query) Empty() bool { return len(q.any) == 0 }

// parser reads a query term by term.
type parser struct {
	s       string
	any     []alternative
	open    alternative
	phrases int
	onlyNot bool
}

// term reads one term and reports whether there was one.
func (p *parser) term() bool {
	p.s = strings.TrimLeftFunc(p.s, isSpace)
	if p.s == "" {
		return false
	}
	if p.s[0] == '|' {
		p.s = p.s[1:]
		p.endAlternative()
		return true
	}
	not := false
	for rest, ok := strings.CutPrefix(p.s, "-"); ok; rest, ok = strings.CutPrefix(rest, "-") {
		p.s, not = rest, true
	}
	body, quoted := p.body()
	switch {
	case !quoted && !not && body == "OR":
		p.endAlternative()
	case !quoted && !not && body == "AND":
		// It is what standing side by side means.
	default:
		p.add(body, not)
	}
	return true
}

// body takes a quoted text or a run without spaces off the input, together with
// a star behind it.
func (p *parser) body() (body string, quoted bool) {
	open, size := utf8.DecodeRuneInString(p.s)
	if closing := closingQuote(open); closing != "" {
		p.s = p.s[size:]
		end, after := len(p.s), len(p.s)
		if i := strings.IndexAny(p.s, closing); i >= 0 {
			_, n := utf8.DecodeRuneInString(p.s[i:])
			end, after = i, i+n
		}
		body, p.s = p.s[:end], p.s[after:]
		if rest, star := strings.CutPrefix(p.s, "*"); star {
			p.s = rest
			body += "*"
		}
		return body, true
	}
	end := strings.IndexFunc(p.s, func(r rune) bool { return isSpace(r) || r == '|' || closingQuote(r) != "" })
	if end < 0 {
		end = len(p.s)
	}
	body, p.s = p.s[:end], p.s[end:]
	return body, false
}

// closingQuote returns the marks that end a quotation which r opens, or nothing.
// The low and the high mark pair differently from language to language.
func closingQuote(r rune) string {
	switch r {
	case '"', '＂', '“', '”', '„', '‟':
		return `"＂“”„‟`
	case '«', '»':
		return "«»"
	case '「':
		return "」"
	case '『':
		return "』"
	case '《':
		return "》"
	}
	return ""
}

// add cuts the body of a term to tokens and takes them into the alternative.
func (p *parser) add(body string, not bool) {
	tokens := Tokens(body)
	if len(tokens) == 0 {
		return
	}
	star := strings.HasSuffix(strings.TrimRightFunc(body, unicode.IsSpace), "*")
	p.phrases++
	ph := makePhrase(tokens, star)
	if not {
		p.open.none = append(p.open.none, ph)
		return
	}
	p.open.all = append(p.open.all, ph)
}

// makePhrase turns the tokens of what was typed into those that a text must
// have. The text may go on behind a run of characters, so its tail, which says
// that the run ends, is not wanted at the end; and a character alone is the
// start of a token, whatever comes after it.
func makePhrase(tokens []Token, star bool) phrase {
	ph := phrase{prefix: star}
	switch tokens[len(tokens)-1].kind {
	case kindTail:
		tokens = tokens[:len(tokens)-1]
		ph.prefix = false // pairs do not go on
	case kindSingle:
		ph.prefix = true
	}
	for _, t := range tokens {
		ph.tokens = append(ph.tokens, t.Text)
	}
	return ph
}

// endAlternative closes the alternative in hand. One without any term, as
// between OR and the end, is left out.
func (p *parser) endAlternative() {
	switch {
	case len(p.open.all) > 0:
		p.any = append(p.any, p.open)
	case len(p.open.none) > 0:
		p.onlyNot = true
	}
	p.open = alternative{}
}
