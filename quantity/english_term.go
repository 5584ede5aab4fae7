package quantity

import "strings"

// An englishTerm is one number phrase with what was read around it.
type englishTerm struct {
	term
	h      hedge
	a      amount
	ranged bool // two numbers were given
	sized  *term
	whole  *term // "two of the seven"
	ofThem bool  // "two of them"
}

// term reads hedges, a number or range, a noun, and hedges behind them.
func (e *english) term() (englishTerm, *problem) {
	start := e.i
	if t, ok := e.zero(); ok {
		return t, nil
	}
	h, p := e.hedges()
	if p != nil {
		return englishTerm{}, p
	}
	if t, ok := e.zero(); ok && h == 0 {
		return t, nil
	}
	t := englishTerm{h: h}
	a, p := e.number(h)
	if p != nil {
		return t, p
	}
	t.a = a
	t.unit, e.counted = e.counted, Unstated
	if p := e.finish(&t); p != nil {
		if p.at == "" {
			p.at = wordsOf(e.text, e.toks, start, e.i)
		}
		return t, p
	}
	t.at = wordsOf(e.text, e.toks, start, e.i)
	return t, nil
}

// finish reads on behind the first number of a term and works out its value.
func (e *english) finish(t *englishTerm) *problem {
	if e.word(e.i) == "±" || e.plusOrMinus() {
		return e.error(t)
	}
	e.after(&t.h)
	second, ordered, found, p := e.range2(t)
	if p != nil {
		return p
	}
	if p := e.noun(t); p != nil {
		return p
	}
	e.after(&t.h)
	if !found {
		// "40 people to 50 people": the noun may stand at both ends.
		if second, ordered, found, p = e.range2(t); p != nil {
			return p
		}
		if found {
			if p := e.noun(t); p != nil {
				return p
			}
			e.after(&t.h)
		}
	}
	if t.ranged = found; found {
		t.value, p = between(t.h, t.a, second, ordered)
		return p
	}
	if t.h&hedgeBetween != 0 || t.h&hedgeFrom != 0 && t.h&hedgeFloor == 0 {
		return newProblem(ProblemUnread, "the second number of the range is missing")
	}
	t.value, p = meaning(t.h, t.a)
	return p
}

// zero reads a claim of none: "no one", "none", "no people".
func (e *english) zero() (englishTerm, bool) {
	if _, n := matchTokens(e.toks, e.i, englishBefore); n > 1 {
		return englishTerm{}, false // "no more than"
	}
	person, n := matchTokens(e.toks, e.i, englishZero)
	if n == 0 {
		return englishTerm{}, false
	}
	if _, k, _ := amountAt(e.toks, e.i+n); k > 0 || englishKnowing[e.word(e.i+n)] {
		return englishTerm{}, false
	}
	if e.word(e.i) == "no" && n == 1 && (e.i+1 >= len(e.toks) || englishStops[e.word(e.i+1)]) {
		return englishTerm{}, false // a bare "no" answers a question
	}
	start := e.i
	e.i += n
	t := englishTerm{}
	t.value, _ = meaning(0, number(0))
	if e.word(e.i) == "of" && (e.word(e.i+1) == "them" || e.word(e.i+1) == "whom" || e.word(e.i+1) == "us") {
		e.i += 2
	}
	// The noun of "none of the refugees" is read as after any number.
	_ = e.noun(&t) // a size behind none says nothing
	if person && t.unit == Unstated {
		t.unit = Persons
	}
	t.at = wordsOf(e.text, e.toks, start, e.i)
	return t, true
}

// hedges reads the words before a number.
func (e *english) hedges() (h hedge, p *problem) {
	for n := 0; n < maxHedges && e.i < len(e.toks); n++ {
		// "a few", "a couple" and "some dozens" are numbers, not hedges.
		if _, n, _ := amountAt(e.toks, e.i); n > 0 {
			return h, nil
		}
		switch w := e.word(e.i); {
		case w == "some":
			h |= hedgeAbout
			e.i++
			continue
		case e.toks[e.i].kind == tokenGap, w == "(", w == ",", w == ":", w == "a" && e.adjective(e.i+1):
			e.i++
			continue
		}
		b, n := matchTokens(e.toks, e.i, englishBefore)
		if n == 0 {
			return h, nil
		}
		if b&(hedgeFloor|hedgeCeiling|hedgeNearly) != 0 {
			h &^= hedgeAbout // "maybe as many as 50" doubts the claim, not the 50
		}
		h |= b
		e.i += n
	}
	return h, nil
}

// after reads hedges behind a number or its noun.
func (e *english) after(h *hedge) {
	for {
		gap := 0
		if e.word(e.i) == "\x00" {
			gap = 1 // "50 a week or more"
		}
		a, n := matchTokens(e.toks, e.i+gap, englishAfter)
		if n == 0 {
			return
		}
		n += gap
		// "50 or more" is a hedge, "50 or more than 60" is not; "7 plus 3" is a sum.
		if _, k, _ := amountAt(e.toks, e.i+n); k > 0 || e.word(e.i+n) == "than" || e.word(e.i+n) == "to" {
			return
		}
		*h |= a
		e.i += n
	}
}

// number reads the number itself, with "a", "both" and "every one" as words
// for it where a noun follows.
func (e *english) number(h hedge) (amount, *problem) {
	a, n, p := amountAt(e.toks, e.i)
	if p != nil {
		return a, p
	}
	if n > 0 {
		e.i += n
		return a, nil
	}
	switch w := e.word(e.i); w {
	case "both":
		e.i++
		return number(2), nil
	case "once", "twice", "thrice":
		e.i++
		e.counted = Times
		return number(englishTwice[w]), nil
	case "a", "an", "someone", "somebody":
		if w != "a" && w != "an" {
			return number(1), nil // the word is its own noun
		}
		if englishFractions[e.word(e.i+1)] {
			return amount{}, problemAt(ProblemShare, wordsOf(e.text, e.toks, e.i, e.i+2))
		}
		if e.nounFollows(e.i + 1) {
			e.i++
			return number(1), nil
		}
	}
	if a, ok := e.bareNoun(e.i); ok {
		return a, nil
	}
	return amount{}, e.noNumber()
}

// bareNoun reads nouns that say their number themselves: "her child" is one,
// "family of four" one family, "families of four" more than one. The noun is
// left to be read.
func (e *english) bareNoun(i int) (amount, bool) {
	words, n := e.nounWords(i)
	if len(words) == 0 || i >= len(e.toks) || words[0].start != e.toks[i].start {
		return amount{}, false
	}
	last := words[len(words)-1].text
	switch unit := unitOfNoun(words); {
	case englishOwners[e.word(i-1)] && unit == Persons && !plural(last):
		return number(1), true
	case groupUnit(unit) && e.word(i+n) == "of" && e.numberFollows(i+n+1):
		if plural(last) {
			return vagueOpen(RulePlural, 2), true
		}
		return number(1), true
	}
	return amount{}, false
}

// englishOwners are possessives before a relative.
var englishOwners = wordSet("his her their my our")

// nounFollows tells whether a known noun of a countable thing begins at i.
func (e *english) nounFollows(i int) bool {
	words, _ := e.nounWords(i)
	if len(words) == 0 {
		return false
	}
	u := unitOfNoun(words)
	return u.Known() && u != Unstated
}

// noNumber says why no number could be read at the present token.
func (e *english) noNumber() *problem {
	at := wordsOf(e.text, e.toks, e.i, min(e.i+3, len(e.toks)))
	if e.i > 0 && e.word(e.i-1) == "all" || englishShares[e.word(e.i)] || e.word(e.i) == "one" {
		return problemAt(ProblemShare, at)
	}
	for j := e.i; j < len(e.toks); j++ {
		switch t := e.toks[j]; {
		case englishDenials[t.text]:
			return problemAt(ProblemDenied, at)
		case englishOrdinals[t.text]:
			return problemAt(ProblemOrdinal, t.orig)
		case englishShares[t.text]:
			return problemAt(ProblemShare, t.orig)
		}
		if _, n, _ := amountAt(e.toks, j); n > 0 {
			return problemAt(ProblemUnread, wordsOf(e.text, e.toks, e.i, j))
		}
	}
	return problemAt(ProblemNoNumber, at)
}

// plusOrMinus tells whether a stated error follows in words.
func (e *english) plusOrMinus() bool {
	if e.word(e.i) == "plus" && e.word(e.i+1) == "or" && e.word(e.i+2) == "minus" {
		e.i += 2
		return true
	}
	if (e.word(e.i) == "give" || e.word(e.i) == "," && e.word(e.i+1) == "give") && e.word(e.i+1+b2i(e.word(e.i) == ",")) == "or" {
		j := e.i + b2i(e.word(e.i) == ",")
		if _, n, _ := amountAt(e.toks, j+3); n > 0 {
			e.i = j + 2
			return true
		}
	}
	return false
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// error reads the number behind ± and works out the value.
func (e *english) error(t *englishTerm) *problem {
	e.i++
	d, n, p := amountAt(e.toks, e.i)
	if p != nil {
		return p
	}
	if n == 0 || !d.stated || !t.a.stated {
		return problemAt(ProblemUnread, e.word(e.i-1))
	}
	e.i += n
	t.value, t.ranged = plusMinus(t.a.n, d.n), true
	return e.noun(t)
}

// englishTo joins the ends of a range; true where they must ascend.
var englishTo = map[string]bool{
	"to": true, "-": true, "~": true, "through": true, "up to": true, "to perhaps": true, "to possibly": true, "to maybe": true,
	"or": false, "or even": false, "or possibly": false, "or perhaps": false, "or maybe": false, "if not": false,
	"and possibly": false, "and perhaps": false, "and maybe": false, "possibly": false, "perhaps": false,
	"maybe": false, "even": false, ", or even": false, ", if not": false, ", possibly": false, ", perhaps": false,
	", maybe": false, ", or": false, ", even": false, "( possibly": false, "( perhaps": false, "( maybe": false,
	", and possibly": false, ", and perhaps": false, ", or possibly": false, ", or perhaps": false,
}

// range2 reads the second end of a range, if one follows.
func (e *english) range2(t *englishTerm) (b amount, ordered, found bool, p *problem) {
	start, h := e.i, t.h
	ordered, n := matchTokens(e.toks, e.i, englishTo)
	if n == 0 && h&hedgeBetween != 0 && e.word(e.i) == "and" {
		ordered, n = true, 1
	}
	if e.word(e.i) == "up" && h&(hedgeFrom|hedgeBetween) == 0 {
		n = 0 // "40, up to 60" is a bound, see connectors
	}
	if n == 0 {
		return amount{}, false, false, nil
	}
	e.i += n
	h2, p := e.hedges()
	if p != nil {
		return amount{}, false, false, p
	}
	b, k, p := amountAt(e.toks, e.i)
	if p != nil {
		return amount{}, false, false, p
	}
	if k == 0 {
		e.i = start
		return amount{}, false, false, nil
	}
	e.i += k
	if h&hedgeFloor != 0 && anyOf(strings.ToLower(wordsOf(e.text, e.toks, start, start+n)), "perhaps possibly maybe even") {
		// "at least 50, perhaps 100" is a range; "at least 50 or 60" is a floor.
		if h&hedgeMoreThan != 0 && t.a.stated {
			t.a = number(t.a.n + 1)
		}
		t.h &^= hedgeFloor
	}
	switch {
	case h2&hedgeFloor != 0:
		b = vagueOpen(RuleRange, b.floor())
	case h2&hedgeFewerThan != 0 && b.stated:
		b = number(b.n - 1)
	}
	if e.word(start+n-1) == "(" || e.word(start) == "(" {
		e.skip(")")
	}
	e.after(&t.h)
	return b, ordered, true, nil
}

// skip steps over a sign if it is next.
func (e *english) skip(sign string) bool {
	if e.word(e.i) == sign {
		e.i++
		return true
	}
	return false
}
