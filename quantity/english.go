package quantity

import "strings"

// english reads one English phrase. It walks the tokens once from left to
// right, after the rate and the period have been cut out.
type english struct {
	text  string
	toks  []token
	i     int
	draft draft
	// counted is the unit of a number word that is its own noun: "twice".
	counted Unit
}

// readEnglish reads a clean English phrase:
//
//	[hedges] number [noun] {connector [hedges] number [noun]} [words not read]
//
// A connector makes a range, a bound, a best number, a sum or a part.
func readEnglish(text string) (*draft, *problem) {
	toks, p := englishTokens(text)
	if p != nil {
		return nil, p
	}
	e := &english{text: text, toks: toks}
	if p := e.refuse(); p != nil {
		return nil, p
	}
	if p := e.takeRate(); p != nil {
		return nil, p
	}
	if _, n := matchTokens(e.toks, 0, englishPartial); n > 0 {
		e.i, e.draft.partial = n, true
	}
	first, p := e.term()
	if p != nil {
		return nil, p
	}
	e.draft.term = first.term
	e.own(first)
	if p := e.connectors(first); p != nil {
		return nil, p
	}
	if p := e.rest(); p != nil {
		return nil, p
	}
	return &e.draft, nil
}

// refuse finds what makes the whole phrase something else than a count.
func (e *english) refuse() *problem {
	for i, t := range e.toks {
		next := e.word(i + 1)
		switch {
		case t.text == "minus" && e.word(i-1) != "or", t.text == "negative":
			return problemAt(ProblemNegative, wordsOf(e.text, e.toks, i, min(i+2, len(e.toks))))
		case t.text == "-" && i+1 < len(e.toks) && e.toks[i+1].kind == tokenNumber && e.toks[i+1].glued && (i == 0 || !t.glued && !numberEnds(e.toks, i)):
			return problemAt(ProblemNegative, t.orig+e.toks[i+1].orig)
		case t.text == "%", t.text == "percent", t.text == "per" && (next == "cent" || next == "thousand"):
			return problemAt(ProblemShare, wordsOf(e.text, e.toks, max(i-1, 0), i+1))
		case t.text == "$" || t.text == "€" || t.text == "£" || t.text == "¥" || t.text == "₩" || t.text == "°":
			return problemAt(ProblemMeasure, t.orig)
		case t.text == "/" && i > 0 && e.toks[i-1].kind == tokenNumber && i+1 < len(e.toks) && e.toks[i+1].kind == tokenNumber && englishPeriods[e.word(i+2)] == (Period{}):
			return problemAt(ProblemFraction, wordsOf(e.text, e.toks, i-1, i+2))
		}
	}
	return nil
}

// numberEnds tells whether the token before i may end a number, so that a
// hyphen at i joins a range.
func numberEnds(toks []token, i int) bool {
	if i == 0 {
		return false
	}
	t := toks[i-1]
	if t.kind == tokenNumber {
		return true
	}
	_, n, _ := amountAt(toks, i-1)
	return n > 0 || englishPowers[t.text] > 0
}

// word is the text of token i, empty outside the phrase.
func (e *english) word(i int) string {
	if i < 0 || i >= len(e.toks) {
		return ""
	}
	return e.toks[i].text
}

// leftOut tells whether what follows adds people without saying how many: "and
// their children". Leaving them out would make the count too small.
func (e *english) leftOut() bool {
	i := e.i
	switch e.word(i) {
	case "and", "plus", "&":
		i++
	default:
		return false
	}
	words, _ := e.nounWords(i)
	u := unitOfNoun(words)
	return u != Unstated && u.Known()
}

// rest takes what follows the number. It must not hold a number or a denial,
// which would change what was claimed.
func (e *english) rest() *problem {
	for e.word(e.i) == "," || e.word(e.i) == ")" || e.word(e.i) == ";" || e.word(e.i) == "\x00" {
		e.i++
	}
	if e.leftOut() {
		return problemAt(ProblemNoNumber, wordsOf(e.text, e.toks, e.i, len(e.toks)))
	}
	if e.draft.unit == Unstated && (e.word(e.i) == "in" || e.word(e.i) == "out" && e.word(e.i+1) == "of") {
		if _, n, _ := amountAt(e.toks, e.i+1+b2i(e.word(e.i) == "out")); n > 0 {
			return problemAt(ProblemShare, wordsOf(e.text, e.toks, 0, len(e.toks))) // "one in ten"
		}
	}
	for j := e.i; j < len(e.toks); j++ {
		t := e.toks[j]
		if e.draft.value.rule == RuleZero && englishKnowing[t.text] {
			return problemAt(ProblemNoNumber, wordsOf(e.text, e.toks, 0, len(e.toks))) // "no one knows"
		}
		if t.kind == tokenGap {
			continue
		}
		if englishDenials[t.text] || strings.HasSuffix(t.text, "n't") {
			return problemAt(ProblemDenied, wordsOf(e.text, e.toks, e.i, len(e.toks)))
		}
		if t.kind == tokenNumber || t.text == "twice" || t.text == "thrice" {
			return problemAt(ProblemTwoNumbers, t.orig)
		}
		if _, n, _ := amountAt(e.toks, j); n > 0 && t.text != "some" {
			return problemAt(ProblemTwoNumbers, wordsOf(e.text, e.toks, j, j+n))
		}
		if t.kind == tokenSign && !strings.Contains(",-()/:;&", t.text) {
			return problemAt(ProblemUnread, t.orig)
		}
	}
	e.draft.unread = strings.Trim(wordsOf(e.text, e.toks, e.i, len(e.toks)), " ,;()")
	return nil
}
