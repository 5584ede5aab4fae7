package edtf

import "strings"

// Lang is a language that phrases are read in and dates printed in, by its tag.
type Lang string

// The languages of this package.
const (
	English Lang = "en"
	Korean  Lang = "ko"
	Chinese Lang = "zh"
)

// Need says what a reading still lacks.
type Need uint8

// What may be needed.
const (
	NeedNothing Need = iota
	NeedDate         // the date of the document or of the telling
	NeedEvent        // the date of the event that the text spoke of before
)

// String gives the need in words, or "".
func (n Need) String() string {
	switch n {
	case NeedDate:
		return "the date of the document"
	case NeedEvent:
		return "the date of the event spoken of"
	}
	return ""
}

// Rule names the way in which a phrase was understood. The names are stable:
// they are stored beside the value, and RulesVersion changes when a rule gives a
// different date for the same words.
type Rule string

// RulesVersion is the version of the rules below.
const RulesVersion = 1

// The rules.
const (
	RuleEDTF     Rule = "edtf"      // written in the format itself
	RuleCalendar Rule = "calendar"  // a day, month, season, year, decade or century
	RulePart     Rule = "part"      // early, mid, late: thirds of the unit, see [Read]
	RuleWeek     Rule = "week"      // a week of a month, by every way of counting
	RuleNumeric  Rule = "ambiguous" // 12/6/2001: both orders of day and month
	RuleYearless Rule = "yearless"  // a day or month whose year is not stated
	RuleWeekday  Rule = "weekday"   // a day of the week
	RuleRelative Rule = "relative"  // yesterday, last month
	RuleAgo      Rule = "ago"       // three weeks ago: half a unit on either side
	RuleWindow   Rule = "window"    // the past few years: at most that long
	RuleRecent   Rule = "recent"    // recently: some time before
	RuleEvent    Rule = "event"     // the next day: from the event spoken of
	RuleLunar    Rule = "lunar"     // converted from a lunar calendar
	RuleBetween  Rule = "between"   // some time between two dates
	RuleRange    Rule = "range"     // from one date to another
	RuleSince    Rule = "since"     // with no end stated
	RuleUntil    Rule = "until"     // with no beginning stated
	RuleBy       Rule = "by"        // then or before
	RuleBefore   Rule = "before"    //
	RuleAfter    Rule = "after"     //
	RuleOnwards  Rule = "onwards"   // then or after
	RuleSeveral  Rule = "several"   // each of several dates
	RuleEither   Rule = "either"    // one of several dates
)

// Reading is what a phrase was understood to mean.
type Reading struct {
	Date  Date
	Words string // the phrase without the space around it
	Rule  Rule
	Lang  Lang // guessed by the script
	// Relative says that the phrase counts from a reference: "yesterday", and
	// "in June" too, whose year depends on when it was said.
	Relative bool
	// Resolved says that Date has the bounds that the phrase allows. Where it is
	// false, Needs says what would resolve it.
	Resolved bool
	Needs    Need
	// Ambiguous says that the phrase has several readings, all kept in Date.
	Ambiguous bool
	// Lunar is the date as stated in a lunar calendar, its year 0 where the
	// phrase states none; nil where the phrase speaks of no lunar date.
	Lunar *Lunar
	// Note tells the person who typed the phrase what to look at, or is "".
	Note string
}

// Read understands a date as people type it and sources write it: in EDTF, or in
// words and figures of English, Korean or Chinese. Relative words are reckoned
// from the reference; without one they stay unresolved and say so.
//
// No digit is invented: where words leave room, the result is a window that
// holds every day they may mean.
//
//   - Early, mid and late (beginning, end; 초순, 중순, 하순, 말; 上旬, 中旬, 下旬, 底) are
//     the days 1 to 10, 11 to 20 and 21 to the last of a month; of a year, its
//     first, second and third four months; of a season, its thirds; of a decade
//     or century, overlapping thirds (years 0–3, 3–6, 6–9).
//   - "Week n of a month" covers every way of counting weeks.
//   - "n units ago" reaches half a unit to either side, days excepted. "A few" is
//     2 to 5, "several" (몇, 수, 几, 数) 2 to 9, of which a window takes the most.
//   - "Last week" covers weeks from Sunday and from Monday and the last seven
//     days; "last June" in July is either of the last two.
//   - A month without a year is looked for in the direction of ref.Tense.
//   - 12/6/2001 is both 12 June and 6 December, and "the 1900s" a decade or a
//     century; a year of two digits is refused.
//   - A lunar date is converted, by the calendar of the language where none is
//     named.
//   - "Between" gives some time between; "from … to" and "since" a duration.
//
// What is not understood gives a [*SyntaxError] with the byte in phrase.
func Read(phrase string, ref Reference) (Reading, error) {
	words := strings.TrimSpace(phrase)
	r := Reading{Words: words, Lang: guessLang(words)}
	base := strings.Index(phrase, words)
	if words == "" {
		return r, trouble(0, "the date is empty").in(phrase)
	}
	if len(words) > maxPhrase {
		return r, trouble(base, "this is too long for a date").in(phrase)
	}
	if x, e := parseExpr(words); e == nil {
		r.Rule = RuleEDTF
		r.finish(&node{fixed: &x}, ref)
		return r, nil
	}
	tokens, e := lex(fold(words))
	if e == nil {
		p := parser{tokens: tokens, lang: r.Lang, end: len(words)}
		var n node
		if n, e = p.phrase(); e == nil {
			r.Rule, r.Note, r.Ambiguous, r.Lunar = n.rule, n.note, n.ambiguous, n.lunar
			r.finish(&n, ref)
			return r, nil
		}
	}
	e.offset += base
	return r, e.in(phrase)
}

// node is an understood phrase, before a reference is applied.
type node struct {
	fixed *expr // a date that needs no reference, or only one for its year
	// Otherwise eval gives the date for a day of reference, and blank the form
	// of a date that is not resolved.
	eval  func(day Day, tense Tense) (expr, bool)
	blank expr
	need  Need
	quals qualifier // added to what eval gives

	rule      Rule
	note      string
	ambiguous bool
	lunar     *Lunar
}

// at gives the date for one day of reference.
func (n *node) at(day Day, tense Tense) (expr, bool) {
	if n.fixed != nil {
		if n.fixed.yearless() {
			return n.fixed.near(day, tense)
		}
		return *n.fixed, true
	}
	x, ok := n.eval(day, tense)
	x.qualify(n.quals)
	return x, ok
}

// unresolved gives the date without a reference.
func (n *node) unresolved() expr {
	if n.fixed != nil {
		return *n.fixed
	}
	return n.blank
}

// finish applies the reference.
func (r *Reading) finish(n *node, ref Reference) {
	if n.fixed != nil {
		r.Date = n.fixed.date()
		if r.Date.Resolved() {
			r.Resolved = true
			return
		}
	}
	r.Relative = true
	from := ref.Date
	r.Needs = NeedDate
	if n.need == NeedEvent {
		from, r.Needs = ref.Event, NeedEvent
	}
	results, ok := over(from, func(day Day) (expr, bool) { return n.at(day, ref.Tense) })
	x := n.unresolved()
	if ok {
		x = combine(results, sparse(from))
	}
	r.Date = x.date()
	if r.Resolved = r.Date.Resolved(); r.Resolved {
		r.Needs = NeedNothing
	}
}
