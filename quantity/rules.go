package quantity

import "slices"

// A RuleID names one way of turning words into numbers, or counts into one.
// An id never changes its meaning: a rule that must change gets a new version.
type RuleID string

// A Rule is a rule at a version, as kept with every count.
type Rule struct {
	ID      RuleID `json:"id"`
	Version int    `json:"version"`
}

// The rules for words. Their sentences, in every language the kit prints, are
// what [Rules] lists.
const (
	RuleExact     RuleID = "exact"      // "seven": a bare number that is not round
	RuleZero      RuleID = "zero"       // "no one": a claim like any other
	RuleRound     RuleID = "round"      // "50": a bare round number
	RuleAbout     RuleID = "about"      // "about 50"
	RuleSomeMore  RuleID = "some-more"  // "50-odd", "50여 명", "五十多人"
	RulePlusMinus RuleID = "plus-minus" // "50 ± 5"
	RuleRange     RuleID = "range"      // "40 to 50"
	RuleAtLeast   RuleID = "at-least"   // "at least 50"
	RuleMoreThan  RuleID = "more-than"  // "more than 50"
	RuleUpTo      RuleID = "up-to"      // "up to 50"
	RuleFewerThan RuleID = "fewer-than" // "fewer than 50"
	RuleNearly    RuleID = "nearly"     // "nearly 50"
	RuleCouple    RuleID = "couple"     // "a couple"
	RuleFew       RuleID = "few"        // "a few"
	RuleSeveral   RuleID = "several"    // "several", "몇 명", "几个人"
	RuleDozen     RuleID = "dozen"      // "a dozen", "two dozen"
	RuleDozens    RuleID = "dozens"     // "dozens"
	RuleScores    RuleID = "scores"     // "scores"
	RuleMagnitude RuleID = "magnitude"  // "hundreds", "수백 명", "数百人"
	RulePlural    RuleID = "plural"     // "many", "다수", "一些": more than one, no more said
	RuleUnknown   RuleID = "unknown"    // "an unknown number of"
	RuleSum       RuleID = "sum"        // "two men and three women"
)

// The rules for combining; see the functions that carry them out.
const (
	RuleRateForPeriod   RuleID = "rate-for-period"  // [Rate.For]
	RuleSameEvent       RuleID = "same-event"       // [SameEvent]
	RuleDifferentEvents RuleID = "different-events" // [DifferentEvents]
	RuleUnknownOverlap  RuleID = "unknown-overlap"  // [UnknownOverlap]
	RulePartOfTotal     RuleID = "part-of-total"    // [PartOfTotal]
	RuleRaised          RuleID = "raised"           // [RaiseLow]
)

// Version is the current version of the rule, 0 for an id that is not known.
func (id RuleID) Version() int {
	if slices.Contains(allRules(), id) {
		return 1
	}
	return 0
}

// current is the rule at its current version.
func (id RuleID) current() Rule { return Rule{id, id.Version()} }

// Rules lists every rule, those for words first. The message of each says what
// it does; its placeholders are left empty.
func Rules() []Rule {
	var out []Rule
	for _, id := range allRules() {
		out = append(out, id.current())
	}
	return out
}

func allRules() []RuleID {
	return []RuleID{
		RuleExact, RuleZero, RuleRound, RuleAbout, RuleSomeMore, RulePlusMinus, RuleRange,
		RuleAtLeast, RuleMoreThan, RuleUpTo, RuleFewerThan, RuleNearly,
		RuleCouple, RuleFew, RuleSeveral, RuleDozen, RuleDozens, RuleScores, RuleMagnitude,
		RulePlural, RuleUnknown, RuleSum,
		RuleRateForPeriod, RuleSameEvent, RuleDifferentEvents, RuleUnknownOverlap,
		RulePartOfTotal, RuleRaised,
	}
}

// An amount is a number phrase before hedges are applied: either a number
// somebody stated, or a vague word with the range the table gives it, or both
// ("a dozen" states 12 and means 11 to 13).
type amount struct {
	n         int64 // the stated number
	stated    bool
	low, high int64 // what a vague word means
	open      bool  // the vague word has no ceiling
	rule      RuleID
	coef      int64 // n == coef*mult where a multiplier word ends the number:
	mult      int64 // "thirty thousand"; mult is 0 otherwise
	grouped   bool  // digits with separators, "30,000"
	digits    bool  // written in digits without a multiplier
}

// number is the amount of a plainly stated number.
func number(n int64) amount { return amount{n: n, stated: true} }

// vague is the amount of a vague word.
func vague(rule RuleID, low, high int64) amount { return amount{low: low, high: high, rule: rule} }

// vagueOpen is the amount of a vague word without a ceiling.
func vagueOpen(rule RuleID, low int64) amount { return amount{low: low, open: true, rule: rule} }

// plain tells whether the amount is a number and nothing but.
func (a amount) plain() bool { return a.rule == "" }

// floor and ceiling are the literal ends of the amount when it stands in a
// range or behind a bound: "at least 50" starts at 50, not at 45.
func (a amount) floor() int64 {
	if a.stated {
		return a.n
	}
	return a.low
}

func (a amount) ceiling() bound {
	if a.stated {
		return bound{a.n, true}
	}
	return bound{a.high, !a.open}
}

// magnitude is the amount of a plural power of ten: base "hundred" with from=2
// gives 200 to 999.
func magnitude(from, base int64) amount {
	return vague(RuleMagnitude, from*base, 10*base-1)
}

// scaled multiplies a vague small number by a power of ten or by twelve:
// "a few hundred" is 300 to 599, "several dozen" 36 to 99 at most.
func (a amount) scaled(base int64) amount {
	switch {
	case base == 1:
		return a
	case base == 12:
		return vague(RuleDozens, a.low*12, min(a.high*12+11, 99))
	case base == 20:
		return vague(RuleScores, a.low*20, 99)
	}
	return vague(RuleMagnitude, a.low*base, (a.high+1)*base-1)
}
