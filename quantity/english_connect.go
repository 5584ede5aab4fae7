package quantity

// own hands over what was read together with the first number: the size of a
// group, the whole a part was taken from, a partial view.
func (e *english) own(t englishTerm) {
	if t.ofThem {
		e.draft.partial = true
	}
	if t.whole != nil {
		e.draft.parts = append(e.draft.parts, draftPart{OutOf, *t.whole})
	}
	if t.sized == nil {
		return
	}
	if t.value.low == 1 && t.value.high == (bound{1, true}) {
		// "a family of seven" is seven persons, who form one family.
		one := t.term
		e.draft.term = *t.sized
		e.draft.parts = append(e.draft.parts, draftPart{OneGroup, one})
		return
	}
	e.draft.parts = append(e.draft.parts, draftPart{Each, *t.sized})
}

var (
	// englishBest opens the number a source holds to be best.
	englishBest = wordPhrases("probably", "most likely", "likely", "more likely", "best estimate", "best guess",
		"with a best estimate of", "best estimate of", "most probably", "the best estimate being", "best")
	// englishOf opens parts of the number before.
	englishOf = wordPhrases("including", "includes", "among them", "of whom", "of which", "among whom", "of them", "among these", "includes at", "incl")
	// englishSame opens the same things in another unit.
	englishSame = wordPhrases("in", "from", "of", "belonging to", "comprising", "consisting of", "i.e", "totalling", "totaling",
		"with", "with a total of", "or", "numbering", "making", "in all")
	// englishPlus adds.
	englishPlus = wordPhrases("and", "plus", "&", "as well as", "together with", "with", "along with", "and also")
)

func wordPhrases(phrases ...string) map[string]bool {
	m := map[string]bool{}
	for _, p := range phrases {
		m[p] = true
	}
	return m
}

// connectors reads whatever further numbers follow the first term.
func (e *english) connectors(first englishTerm) *problem {
	listing := false // the last sum was joined by a comma only
	for e.i < len(e.toks) {
		start := e.i
		mark := e.marks()
		done, p := e.connect(&first, mark, &listing)
		if p != nil {
			return p
		}
		if done {
			e.i = start
			break
		}
	}
	if listing {
		return newProblem(ProblemAmbiguous, "after a comma the second number may be a part or may be added; write \"including\" or \"and\"")
	}
	return nil
}

// marks steps over signs and gives the one that says most about what follows:
// an opening bracket or colon before a comma; 0 for none.
func (e *english) marks() (mark byte) {
	for {
		switch w := e.word(e.i); w {
		case "(", ":":
			mark = '('
		case ",", ";", "/", ")":
			if mark == 0 {
				mark = ','
			}
		case "\x00":
		default:
			return mark
		}
		e.i++
	}
}

// connect reads one connector and its number; done where none follows.
func (e *english) connect(first *englishTerm, mark byte, listing *bool) (done bool, p *problem) {
	if done, found, p := e.best(first); found || p != nil {
		return done, p
	}
	if found, p := e.bounds(first); found || p != nil {
		return false, p
	}
	if _, n := matchTokens(e.toks, e.i, englishOf); n > 0 && e.numberFollows(e.i+n) {
		e.i += n
		return false, e.parts()
	}
	if t, ok, p := e.other(mark != 0); ok || p != nil {
		if p != nil {
			return false, p
		}
		if mark == '(' && t.unit == e.draft.unit && t.unit != Unstated && !sameNumbers(t.value, e.draft.value) {
			// "7 people (4 men and 3 women)" divides the seven.
			e.part(t.englishTerm)
			return false, e.moreParts()
		}
		return false, e.join(first, t, listing)
	}
	return true, nil
}

// numberFollows tells whether hedges and a number begin at token i.
func (e *english) numberFollows(i int) bool {
	probe := *e
	probe.i = i
	if _, p := probe.hedges(); p != nil {
		return false
	}
	if _, n, _ := amountAt(probe.toks, probe.i); n > 0 {
		return true
	}
	if _, ok := probe.bareNoun(probe.i); ok {
		return true
	}
	w := probe.word(probe.i)
	return w == "both" || (w == "a" || w == "an") && probe.nounFollows(probe.i+1)
}

// best reads ", probably 45" behind a range or a number.
func (e *english) best(first *englishTerm) (done, found bool, p *problem) {
	i := e.i
	for e.word(i) == "but" || e.word(i) == "and" || e.word(i) == "with" && e.word(i+1) != "a" {
		i++
	}
	_, n := matchTokens(e.toks, i, englishBest)
	if n == 0 {
		return false, false, nil
	}
	for i += n; e.word(i) == ":" || e.word(i) == "of" || e.word(i) == "is" || e.word(i) == "about" || e.word(i) == "around"; {
		i++
	}
	a, k, p := amountAt(e.toks, i)
	if p != nil || k == 0 || !a.stated {
		return true, false, p
	}
	e.i = i + k
	t := englishTerm{}
	t.unit = first.unit
	if p := e.noun(&t); p != nil {
		return false, true, p
	}
	e.skip(")")
	v := &e.draft.value
	if !first.ranged && v.rule != RuleAtLeast && v.rule != RuleMoreThan && v.rule != RuleUpTo && v.rule != RuleFewerThan {
		if *v, p = between(0, first.a, a, false); p != nil {
			return false, true, p
		}
	}
	if a.n < v.low || v.high.closed && a.n > v.high.n {
		return false, true, &problem{what: ProblemContradiction, at: wordsOf(e.text, e.toks, i, i+k), why: "the best number lies outside the range"}
	}
	v.best = bound{a.n, true}
	return false, true, nil
}

// bounds reads "but fewer than 60" behind "at least 40".
func (e *english) bounds(first *englishTerm) (found bool, p *problem) {
	save := e.i
	for e.word(e.i) == "but" || e.word(e.i) == "and" || e.word(e.i) == "yet" || e.word(e.i) == "though" || e.word(e.i) == "or" {
		e.i++
	}
	h, p := e.hedges()
	if p != nil {
		return false, p
	}
	a, n, p := amountAt(e.toks, e.i)
	if h&(hedgeFloor|hedgeCeiling|hedgeNearly) == 0 || n == 0 || p != nil {
		e.i = save
		return false, p
	}
	probe := *e
	second := englishTerm{h: h, a: a}
	e.i += n
	if p := e.finish(&second); p != nil {
		return false, p
	}
	if second.noun != "" && first.noun != "" && second.noun != first.noun || second.ofThem {
		e.i, e.draft.parts = save, probe.draft.parts
		return false, nil // another thing or a part: not a bound of this number
	}
	if first.unit == Unstated {
		e.draft.unit, e.draft.noun = second.unit, second.noun
	}
	e.skip(")")
	switch floor, ceiling := first.h&hedgeFloor != 0, first.h&(hedgeCeiling|hedgeNearly) != 0; {
	case floor && h&(hedgeCeiling|hedgeNearly) != 0, ceiling && h&hedgeFloor != 0:
		e.draft.value, p = meet(e.draft.value, second.value)
	case !floor && !ceiling && !first.ranged && h&(hedgeCeiling|hedgeNearly) != 0:
		e.draft.value, p = between(0, first.a, amount{low: second.value.low, high: second.value.high.n, open: !second.value.high.closed, rule: RuleUpTo}, true)
	default:
		p = problemAt(ProblemTwoNumbers, wordsOf(e.text, e.toks, save, e.i))
	}
	return true, p
}

// parts reads "two children and a baby" behind "including".
func (e *english) parts() *problem {
	for {
		t, p := e.term()
		if p != nil {
			return p
		}
		e.part(t)
		if !e.andNumber() {
			return nil
		}
	}
}

// moreParts reads on in a list of parts.
func (e *english) moreParts() *problem {
	if !e.andNumber() {
		return nil
	}
	return e.parts()
}

// andNumber steps over "and" or a comma if a number follows.
func (e *english) andNumber() bool {
	save := e.i
	e.skip(",")
	e.skip("and")
	if e.i > save && e.numberFollows(e.i) {
		return true
	}
	e.i = save
	e.skip(")")
	return false
}

// part adds a term as a part of the whole; its unit is the whole's unless it
// has its own.
func (e *english) part(t englishTerm) {
	if t.unit == Unstated {
		t.unit = e.draft.unit
	}
	if e.draft.unit == Unstated {
		e.draft.unit = t.unit // a part is of the same things as the whole
	}
	e.draft.parts = append(e.draft.parts, draftPart{OfWhom, t.term})
}

// other reads a further term behind a connector: ok is false where none
// follows. Its connector is left in front of it for join.
func (e *english) other(comma bool) (t otherTerm, ok bool, p *problem) {
	save := e.i
	if _, n := matchTokens(e.toks, e.i, englishPlus); n > 0 && e.numberFollows(e.i+n) {
		t.plus = true
		t.same = e.word(e.i) == "with"
		e.i += n
	} else if _, n := matchTokens(e.toks, e.i, englishSame); n > 0 && e.numberFollows(e.i+n) {
		t.same = true
		e.i += n
	} else if !comma || !e.numberFollows(e.i) {
		return t, false, nil
	}
	if t.englishTerm, p = e.term(); p != nil {
		return t, false, p
	}
	if t.same && !t.plus && (t.unit == Unstated || t.unit == e.draft.unit) {
		e.i = save
		return t, false, nil
	}
	e.skip(")")
	return t, true, nil
}

// An otherTerm is a further term and how it was joined.
type otherTerm struct {
	englishTerm
	plus bool // by "and"
	same bool // by "in", "from", "with"
}

// join decides what a further term is to the first: a part, an addend, or the
// same things in another unit.
func (e *english) join(first *englishTerm, t otherTerm, listing *bool) *problem {
	d := &e.draft
	switch {
	case t.ofThem:
		e.part(t.englishTerm)
	case t.unit == d.unit && t.unit != Unstated:
		if t.sized != nil || t.whole != nil {
			return problemAt(ProblemTwoNumbers, t.at)
		}
		d.value = d.value.plus(t.value)
		if t.noun != "" && d.noun != "" && t.noun != d.noun {
			d.noun += ", " + t.noun
		}
		*listing = !t.plus
	case t.unit == Unstated && sameNumbers(d.value, t.value):
		// "50 (fifty) people" says the same twice.
		if d.unit == Unstated {
			again := englishTerm{}
			p := e.noun(&again)
			d.unit, d.noun = again.unit, again.noun
			return p
		}
	case t.unit == Unstated || d.unit == Unstated:
		return problemAt(ProblemTwoNumbers, t.at)
	case t.plus && !t.same:
		return problemAt(ProblemUnits, t.at)
	case first.value == d.value && isOne(d.value) && groupUnit(d.unit) && t.unit == Persons:
		one := d.term
		d.term = t.term
		d.parts = append(d.parts, draftPart{OneGroup, one})
	case !t.same && !t.unit.Known():
		return problemAt(ProblemTwoNumbers, t.at) // "three women, one pregnant"
	default:
		d.parts = append(d.parts, draftPart{Same, t.term})
	}
	return nil
}

// sameNumbers compares the numbers of two values, not how they were said.
func sameNumbers(a, b value) bool { return a.low == b.low && a.high == b.high }

func isOne(v value) bool { return v.low == 1 && v.high == bound{1, true} }

func groupUnit(u Unit) bool { return u == Families || u == Households || u == Groups }
