package quantity

import "strings"

// A Reading is what a phrase was understood to say, with enough beside the
// numbers to show a documenter what was understood before it is saved.
type Reading struct {
	// Count is the number; for a rate, the number per period.
	Count Count
	// Parts are further counts the phrase gives: of whom so many, in so many
	// families. They are never added to Count and never converted.
	Parts []Part
	// During is the period the phrase itself states ("for three weeks").
	// The zero Span: none.
	During Span
	// Unread are words that were not taken as part of the number, such as
	// "were deported". They never hold a number (other than an ordinal) or a
	// denial.
	Unread string
	// Notes explain the reading, the rule's sentence first. Ranges in them are
	// written in English; Explanation writes them in any language.
	Notes []Message

	every   Period
	perTime int64 // how often in each period
	start   int64 // the number the rule started from
}

// A Role says how a further count relates to the count of a reading.
type Role string

// The roles of further counts.
const (
	OfWhom   Role = "of-whom"     // a part of the count: "two of them children"
	OneGroup Role = "one-group"   // what they form together: "a family of seven"
	Each     Role = "each"        // the size of each one counted: "three families of five"
	Same     Role = "same-things" // the same things in another unit: "seven people in two families"
	OutOf    Role = "out-of"      // the whole that the count is a part of: "two of the seven"
)

// A Part is a further count of a reading.
type Part struct {
	Role  Role  `json:"role"`
	Count Count `json:"count"`
}

// Rate is the rate the phrase states; ok is false where it states none.
func (r Reading) Rate() (rate Rate, ok bool) {
	if r.every == (Period{}) {
		return Rate{}, false
	}
	return Rate{r.Count, r.every}, true
}

// Text prints the count or the rate.
func (r Reading) Text(lang Lang) string {
	if rate, ok := r.Rate(); ok {
		return rate.Text(lang)
	}
	return r.Count.Text(lang)
}

// Explanation joins the notes to one text in the given language.
func (r Reading) Explanation(lang Lang) string {
	var s []string
	for _, m := range r.notesIn(lang) {
		s = append(s, m.Text(lang))
	}
	return strings.Join(s, wordingOf(lang).sep)
}

// A term is one number phrase with its unit.
type term struct {
	value value
	unit  Unit
	noun  string
	at    string // the words, for error messages and as the words of a part
}

// count makes the Count of a term.
func (t term) count(lang Lang, words string) Count {
	v := t.value
	c := Count{
		low: v.low, high: v.high.n, closed: v.high.closed, best: v.best.n, stated: v.best.closed,
		unit: t.unit, noun: t.noun, words: words, lang: lang, rule: v.rule.current(),
	}
	if !c.closed {
		c.high = 0
	}
	if !c.stated {
		c.best = 0
	}
	if v.approx {
		c.flags |= Approximate
	}
	return c
}

// A draft is a reading in the making: what a language's parser hands over.
type draft struct {
	term
	every   Period
	perTime int64 // "three times a week"; 0 where the words do not say
	during  Span
	parts   []draftPart
	partial bool
	unread  string
}

type draftPart struct {
	role Role
	term term
}

// checkParts refuses parts that cannot be parts.
func (d *draft) checkParts() *problem {
	for _, p := range d.parts {
		smaller, larger := p.term.value, d.value
		switch p.role {
		case OutOf:
			smaller, larger = larger, smaller
		case OfWhom:
		default:
			continue
		}
		if larger.high.closed && smaller.low > larger.high.n {
			return &problem{what: ProblemContradiction, at: p.term.at, why: "the part is larger than the whole"}
		}
	}
	return nil
}

// reading makes the Reading; words are the phrase as given.
func (d *draft) reading(lang Lang, words string) (Reading, *problem) {
	if p := d.checkParts(); p != nil {
		return Reading{}, p
	}
	if d.perTime > 1 {
		d.value = d.value.times(d.perTime)
	}
	r := Reading{Count: d.count(lang, words), During: d.during, Unread: d.unread, every: d.every}
	if r.every.Max == r.every.N {
		r.every.Max = 0
	}
	if d.partial {
		r.Count.flags |= Partial
	}
	if err := r.Count.check(); err != nil {
		return Reading{}, newProblem(ProblemContradiction, err.Error())
	}
	for _, p := range d.parts {
		r.Parts = append(r.Parts, Part{p.role, p.term.count(lang, p.term.at)})
	}
	r.start, r.perTime = d.value.n, d.perTime
	r.Notes = r.notesIn(English)
	return r, nil
}

// notesIn explains the reading, the rule's sentence first, with the ranges in
// it written in the given language.
func (r Reading) notesIn(lang Lang) []Message {
	notes := []Message{ruleMessage(r.Count.rule.ID, digits(r.start), r.Count.Text(lang))}
	if r.every != (Period{}) {
		notes = append(notes, message(KeyRate, r.every.Text(lang)))
		if r.perTime > 1 {
			notes = append(notes, message(KeyPerSharing, digits(r.perTime)))
		}
		if r.During == (Span{}) {
			notes = append(notes, message(KeyNoPeriod))
		}
	}
	for _, p := range r.Parts {
		notes = append(notes, message(string(p.Role), p.Count.Text(lang)))
	}
	if r.Count.Has(Partial) {
		notes = append(notes, message(KeyPartial))
	}
	if r.Count.unit == Unstated {
		notes = append(notes, message(KeyNoUnit))
	}
	if r.Unread != "" {
		notes = append(notes, message(KeyUnread, r.Unread))
	}
	return notes
}
