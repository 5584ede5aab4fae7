package quantity

import "strings"

// noun reads the noun phrase behind a number and what is bound to it: "of
// them", "of the seven", "a family of seven", "a 12-member group".
func (e *english) noun(t *englishTerm) *problem {
	if e.word(e.i) == "of" {
		if p := e.ofPhrase(t); p != nil || t.ofThem || t.whole != nil {
			return p
		}
	}
	if e.word(e.i) == "-" && e.toks[e.i].glued && e.i+1 < len(e.toks) && e.toks[e.i+1].kind == tokenWord {
		if e.strong(t) {
			return nil
		}
		e.i++ // "50-bed"
	}
	words, n := e.nounWords(e.i)
	if len(words) == 0 {
		return nil
	}
	if m := words[len(words)-1].text; englishMeasures[m] || englishMeasures[words[0].text] {
		return problemAt(ProblemMeasure, m)
	}
	for _, w := range words {
		if englishFractions[w.text] {
			return problemAt(ProblemShare, w.orig)
		}
	}
	e.i += n
	noun := strings.TrimSpace(e.text[words[0].start:words[len(words)-1].end])
	unit := unitOfNoun(words)
	if t.unit != Unstated && t.unit != unit {
		return problemAt(ProblemUnits, noun)
	}
	t.unit, t.noun = unit, noun
	switch t.unit {
	case Families, Households, Groups:
		return e.size(t)
	}
	return nil
}

// nounWords collects the words of a noun phrase from token i on and the number
// of tokens they take. Two nouns may be joined: "men and women".
func (e *english) nounWords(i int) (words []token, n int) {
	j := i
	if e.word(j) == "of" {
		j++
	}
	for e.word(j) == "the" || e.word(j) == "these" || e.word(j) == "those" || e.word(j) == "other" || e.word(j) == "his" ||
		e.word(j) == "her" || e.word(j) == "their" || e.word(j) == "different" || e.word(j) == "more" && e.word(j+1) != "than" {
		j++
	}
	for j < len(e.toks) {
		t := e.toks[j]
		if _, k := matchTokens(e.toks, j, englishAfter); k > 0 {
			break
		}
		if (t.text == "and" || t.text == "or") && len(words) > 0 && e.plainNoun(j+1) {
			j++
			continue
		}
		if t.text == "-" && t.glued && len(words) > 0 && e.plainNoun(j+1) {
			// "asylum-seekers": the hyphen binds, the last word names the unit.
			j++
			continue
		}
		if t.kind != tokenWord || englishStops[t.text] || strings.HasSuffix(t.text, "n't") {
			break
		}
		if _, k, _ := amountAt(e.toks, j); k > 0 {
			break
		}
		words = append(words, t)
		j++
	}
	if len(words) == 0 {
		return nil, 0
	}
	return words, j - i
}

// plainNoun tells whether token i is a word that may go on a noun phrase.
func (e *english) plainNoun(i int) bool {
	if i >= len(e.toks) || e.toks[i].kind != tokenWord || englishStops[e.toks[i].text] {
		return false
	}
	switch e.toks[i].text {
	case "a", "an", "the", "his", "her", "their", "so", "more", "fewer", "less", "over":
		return false
	}
	if _, k, _ := amountAt(e.toks, i); k > 0 {
		return false
	}
	_, k := matchTokens(e.toks, i, englishBefore)
	return k == 0
}

// ofPhrase reads "of them" and "of the seven people".
func (e *english) ofPhrase(t *englishTerm) *problem {
	switch e.word(e.i + 1) {
	case "them", "whom", "these", "those", "which", "us":
		if e.i+2 < len(e.toks) && e.plainNoun(e.i+2) && e.word(e.i+1) != "them" && e.word(e.i+1) != "whom" {
			return nil // "of these families"
		}
		e.i += 2
		t.ofThem = true
		for e.word(e.i) == "were" || e.word(e.i) == "are" || e.word(e.i) == "being" || e.word(e.i) == "was" {
			e.i++
		}
		words, n := e.nounWords(e.i)
		if u := unitOfNoun(words); len(words) > 0 && u.Known() {
			t.unit, t.noun = u, e.text[words[0].start:words[len(words)-1].end]
			e.i += n
		}
		return nil
	case "the", "a", "all":
		if _, n, _ := amountAt(e.toks, e.i+2); n == 0 {
			return nil
		}
		e.i += 2
	default:
		if _, n, _ := amountAt(e.toks, e.i+1); n == 0 || groupUnit(t.unit) || !t.a.plain() {
			return nil
		}
		e.i++ // "two of seven"
	}
	whole, p := e.term()
	if p != nil {
		return p
	}
	if t.unit == Unstated {
		t.unit, t.noun = whole.unit, whole.noun
	}
	t.whole = &whole.term
	return nil
}

// size reads "of seven" behind families, households and groups.
func (e *english) size(t *englishTerm) *problem {
	if e.word(e.i) != "of" && e.word(e.i) != "with" && e.word(e.i) != "numbering" {
		return nil
	}
	save := e.i
	e.i++
	h, p := e.hedges()
	if p != nil {
		return p
	}
	if _, n, _ := amountAt(e.toks, e.i); n == 0 {
		e.i = save
		return nil
	}
	sized := englishTerm{h: h}
	if sized.a, p = e.number(h); p != nil {
		return p
	}
	start := save + 1
	if p := e.finish(&sized); p != nil {
		return p
	}
	if sized.unit == Unstated {
		sized.unit = Persons // a family or group is of people
	}
	sized.at = wordsOf(e.text, e.toks, start, e.i)
	t.sized = &sized.term
	return nil
}

// adjective tells whether "12-member" or the like begins at token i, so that
// an article before it is no number.
func (e *english) adjective(i int) bool {
	_, n, _ := amountAt(e.toks, i)
	return n > 0 && e.word(i+n) == "-" && e.toks[i+n].glued && strengths[e.word(i+n+1)]
}

// strengths make an adjective of a number: "12-member".
var strengths = wordSet("member person strong man people")

// strong reads "12-member group", "50-strong crowd", "seven-person family"
// behind the number: so many persons who form one group.
func (e *english) strong(t *englishTerm) bool {
	if !strengths[e.word(e.i+1)] {
		return false
	}
	e.i += 2
	t.unit = Persons
	start := e.i
	if words, n := e.nounWords(e.i); len(words) > 0 {
		e.i += n
		if u := unitOfNoun(words); u == Families || u == Households || u == Groups {
			one, _ := meaning(0, number(1))
			t.sized = nil
			t.whole = nil
			noun := wordsOf(e.text, e.toks, start, e.i)
			e.draft.parts = append(e.draft.parts, draftPart{OneGroup, term{one, u, noun, noun}})
		}
		t.noun = strings.TrimSpace(wordsOf(e.text, e.toks, start, e.i))
	}
	return true
}
