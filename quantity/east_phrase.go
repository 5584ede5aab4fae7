package quantity

import "strings"

// An eastPhrase is what the Korean and the Chinese reader share: the phrase,
// the draft, and how one number phrase is joined to those before it.
type eastPhrase struct {
	scanner
	draft   draft
	have    bool
	first   eastTerm
	joined  joint
	before  hedge    // hedges read, waiting for their number
	group   Unit     // "일가족", "一家": the persons counted form one
	inside  bool     // in brackets, where the same unit divides the number
	divided bool     // a part was read; further numbers are parts too
	context []string // words that are no part of a number
}

// An eastTerm is a number phrase with the hedges that made it.
type eastTerm struct {
	term
	h      hedge
	a      amount
	ranged bool
}

// A joint is how the next number is bound to the one before.
type joint uint8

const (
	joinNone   joint = iota
	joinSum          // 와, 和: added
	joinOfWhom       // 그중, 其中: a part of the one before
	joinOutOf        // 중: the one before is the whole
)

// add binds a further term to what was read before.
func (e *eastPhrase) add(t eastTerm) *problem {
	how := e.joined
	e.joined, e.before = joinNone, 0
	if !e.have {
		e.have, e.first, e.draft.term = true, t, t.term
		return nil
	}
	d := &e.draft
	switch {
	case how == joinOfWhom, how != joinOutOf && (e.inside || e.divided) && t.unit == d.unit && !sameNumbers(t.value, d.value):
		if t.unit == Unstated {
			t.unit = d.unit
		}
		e.divided = true
		d.parts = append(d.parts, draftPart{OfWhom, t.term})
	case how == joinOutOf:
		whole := d.term
		if t.unit == Unstated {
			t.unit = whole.unit
		}
		d.term, e.first = t.term, t
		d.parts = append(d.parts, draftPart{OutOf, whole})
	case t.unit == Unstated || d.unit == Unstated && e.first.h == 0:
		return problemAt(ProblemTwoNumbers, t.at)
	case t.unit == d.unit || d.unit == Unstated:
		return e.addAlike(t, how)
	case how == joinSum:
		return problemAt(ProblemUnits, t.at)
	case isOne(d.value) && groupUnit(d.unit) && t.unit == Persons:
		d.parts = append(d.parts, draftPart{OneGroup, d.term})
		d.term, e.first = t.term, t
	case isOne(t.value) && groupUnit(t.unit) && d.unit == Persons:
		d.parts = append(d.parts, draftPart{OneGroup, t.term})
	case !t.unit.Known() || !d.unit.Known():
		return problemAt(ProblemTwoNumbers, t.at)
	default:
		d.parts = append(d.parts, draftPart{Same, t.term})
	}
	return nil
}

// addAlike binds a term of the same unit: an addend, or the other bound.
func (e *eastPhrase) addAlike(t eastTerm, how joint) (p *problem) {
	d := &e.draft
	const ceilings = hedgeCeiling | hedgeNearly
	switch floor, ceiling := e.first.h&hedgeFloor != 0, e.first.h&ceilings != 0; {
	case floor && t.h&ceilings != 0, ceiling && t.h&hedgeFloor != 0:
		d.value, p = meet(d.value, t.value)
		d.unit, d.noun = t.unit, t.noun
		return p
	case how == joinSum, e.first.noun == "男" && t.noun == "女", e.first.noun == "女" && t.noun == "男":
		d.value = d.value.plus(t.value)
		if t.noun != "" && d.noun != "" && t.noun != d.noun {
			d.noun += ", " + t.noun
		}
		return nil
	}
	return problemAt(ProblemTwoNumbers, t.at)
}

// evaluate works out the value of a term from its amounts.
func (t *eastTerm) evaluate(second *amount, ordered bool) (p *problem) {
	if second == nil {
		t.value, p = meaning(t.h, t.a)
		if p == nil && !t.a.plain() && t.a.rule == RuleRange {
			t.value.n = t.a.low
		}
		return p
	}
	t.ranged = true
	t.value, p = between(t.h, t.a, *second, ordered)
	return p
}

// sharing turns "twice a week, 50 each" into a rate of the fifty: the count of
// times goes to the rate.
func (e *eastPhrase) sharing() {
	d := &e.draft
	if d.every == (Period{}) || len(d.parts) != 1 || d.parts[0].role != Same {
		return
	}
	times, other := d.term, d.parts[0].term
	if times.unit != Times {
		times, other = other, times
	}
	if times.unit != Times || !times.value.best.closed || times.value.rule != RuleExact || times.value.low < 1 {
		return
	}
	d.term, d.perTime, d.parts = other, times.value.low, nil
}

// bracket notes an opening or closing bracket.
func (e *eastPhrase) bracket(r rune) {
	switch r {
	case '(':
		e.inside = e.have
	case ')':
		e.inside = false
	}
}

// finish checks that a number was read and gives the draft.
func (e *eastPhrase) finish(denials, shares, partial string) (*draft, *problem) {
	all := strings.Join(e.context, " ")
	if !e.have {
		if anyOf(all, shares) {
			return nil, problemAt(ProblemShare, all)
		}
		return nil, problemAt(ProblemNoNumber, all)
	}
	if anyOf(all, denials) {
		return nil, problemAt(ProblemDenied, all)
	}
	if e.before != 0 {
		return nil, problemAt(ProblemUnread, e.text(max(e.i-8, 0), e.i))
	}
	if e.group != Unstated && e.draft.unit == Persons {
		one, _ := meaning(0, number(1))
		e.draft.parts = append(e.draft.parts, draftPart{OneGroup, term{value: one, unit: e.group}})
	}
	e.sharing()
	e.draft.partial = e.draft.partial || anyOf(strings.ReplaceAll(all, " ", ""), partial)
	return &e.draft, nil
}
