package quantity

import (
	"strconv"
	"strings"
)

// digits prints a number with a comma between groups of three, as all three
// languages write it.
func digits(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// A wording holds the patterns of one language. %n is the number or the range
// with its unit.
type wording struct {
	dash, to                   string // "200–999", "45 and 55"
	between, atLeast, upTo     string
	derived, derivedOpen       string // %n and %h: floor, reported ceiling
	best, conflict, unknown    string
	parenOpen, parenClose, sep string
	rate                       string // %n, %p
}

func wordingOf(lang Lang) wording {
	switch lang {
	case Korean:
		return wording{
			dash: "~", to: "~", between: "%n", atLeast: "%n 이상", upTo: "최대 %n",
			derived: "최소 %n (보고된 상한 %h)", derivedOpen: "최소 %n",
			best: "최적 %b", conflict: "진술이 서로 어긋남", unknown: "수 미상 (%u)",
			parenOpen: " (", parenClose: ")", sep: "; ", rate: "%p %n",
		}
	case Chinese:
		return wording{
			dash: "–", to: "至", between: "%n", atLeast: "至少%n", upTo: "至多%n",
			derived: "至少%n（报告上限%h）", derivedOpen: "至少%n",
			best: "最佳%b", conflict: "陈述互相矛盾", unknown: "数目不明（%u）",
			parenOpen: "（", parenClose: "）", sep: "；", rate: "每%p%n",
		}
	}
	return wording{
		dash: "–", to: " and ", between: "between %n", atLeast: "at least %n", upTo: "up to %n",
		derived: "at least %n (reports allow up to %h)", derivedOpen: "at least %n",
		best: "best %b", conflict: "sources conflict", unknown: "an unknown number of %u",
		parenOpen: " (", parenClose: ")", sep: "; ", rate: "%n %p",
	}
}

// Text prints the count in English, Korean or Chinese (English for any other
// tag), with its unit: "at least 200 persons", "between 45 and 55 persons",
// "200–999 persons (hundreds)", "45~55명", "200–999人（数百）". A derived count
// says "at least" unless it was marked [Complete]: what nobody reported is not
// in it.
func (c Count) Text(lang Lang) string {
	w := wordingOf(lang)
	s := c.core(w, lang)
	var notes []string
	if label := c.label(lang); label != "" {
		notes = append(notes, label)
	}
	if c.showsBest() {
		notes = append(notes, strings.ReplaceAll(w.best, "%b", digits(c.best)))
	}
	if c.Has(Conflict) {
		notes = append(notes, w.conflict)
	}
	if len(notes) > 0 {
		s += w.parenOpen + strings.Join(notes, w.sep) + w.parenClose
	}
	return s
}

// core is the text without the remarks in brackets.
func (c Count) core(w wording, lang Lang) string {
	fill := func(pattern, number string) string {
		one := number == "1"
		return strings.ReplaceAll(pattern, "%n", unitText(lang, c.unit, number, one))
	}
	open := c.Has(Derived) && !c.Has(Complete)
	switch {
	case c.low == 0 && !c.closed:
		s := strings.ReplaceAll(w.unknown, "%u", unitName(lang, c.unit))
		return strings.TrimSuffix(strings.TrimSuffix(s, " ()"), "（）")
	case open && c.closed && c.low == 0 && c.high > 0:
		return fill(w.upTo, digits(c.high))
	case open && c.closed && c.low < c.high:
		return strings.ReplaceAll(fill(w.derived, digits(c.low)), "%h", digits(c.high))
	case open:
		return fill(w.derivedOpen, digits(c.low))
	case !c.closed:
		return fill(w.atLeast, digits(c.low))
	case c.low == c.high:
		return fill("%n", digits(c.low))
	case c.low <= 1 && c.flags&Derived == 0:
		return fill(w.upTo, digits(c.high))
	case c.label(lang) != "":
		return fill("%n", digits(c.low)+w.dash+digits(c.high))
	}
	return fill(w.between, digits(c.low)+w.to+digits(c.high))
}

// showsBest leaves a best out where the range already says it ("about 50").
func (c Count) showsBest() bool {
	if !c.stated || c.IsExact() {
		return false
	}
	switch c.rule.ID {
	case RuleRound, RuleAbout, RuleDozen, RulePlusMinus:
		return false
	}
	return true
}

// label names the vague word behind a range, in the language printed: a
// Korean reader sees 수백 where the English source said "hundreds".
func (c Count) label(lang Lang) string {
	key := ""
	switch c.rule.ID {
	case RuleCouple, RuleFew, RuleSeveral, RuleDozens, RuleScores:
		key = string(c.rule.ID)
	case RuleMagnitude:
		unit := lastUnit(c.low)
		if c.low != 2*unit || c.high != 10*unit-1 {
			return "" // "several hundred" has no word of its own in every language
		}
		key = strconv.FormatInt(unit, 10)
	default:
		return ""
	}
	return vagueNames[key][column(lang)]
}

// vagueNames holds the vague words by rule or power of ten.
var vagueNames = map[string][3]string{
	"couple":        {"a couple", "두어", "两三"},
	"few":           {"a few", "몇", "几"},
	"several":       {"several", "여러", "数"},
	"dozens":        {"dozens", "수십", "数十"},
	"scores":        {"scores", "수십", "数十"},
	"10":            {"tens", "수십", "数十"},
	"100":           {"hundreds", "수백", "数百"},
	"1000":          {"thousands", "수천", "数千"},
	"10000":         {"tens of thousands", "수만", "数万"},
	"100000":        {"hundreds of thousands", "수십만", "数十万"},
	"1000000":       {"millions", "수백만", "数百万"},
	"10000000":      {"tens of millions", "수천만", "数千万"},
	"100000000":     {"hundreds of millions", "수억", "数亿"},
	"1000000000":    {"billions", "수십억", "数十亿"},
	"10000000000":   {"tens of billions", "수백억", "数百亿"},
	"100000000000":  {"hundreds of billions", "수천억", "数千亿"},
	"1000000000000": {"trillions", "수조", "数万亿"},
}

// unitPatterns says how a number and a known unit stand together: English
// plural and singular, Korean and Chinese with their counters.
var unitPatterns = map[Unit][4]string{
	Unstated:   {"%", "%", "%", "%"},
	Persons:    {"% persons", "% person", "%명", "%人"},
	Families:   {"% families", "% family", "%가족", "%个家庭"},
	Households: {"% households", "% household", "%가구", "%户"},
	Groups:     {"% groups", "% group", "%개 무리", "%批"},
	Returns:    {"% returns", "% return", "송환 %건", "%次遣返"},
	Crossings:  {"% crossings", "% crossing", "월경 %건", "%次越境"},
	Events:     {"% events", "% event", "사건 %건", "%起事件"},
	Acts:       {"% acts", "% act", "행위 %건", "%项行为"},
	Deaths:     {"% deaths", "% death", "사망 %건", "%例死亡"},
	Trips:      {"% trips", "% trip", "이동 %회", "%人次"},
	Times:      {"% times", "% time", "%회", "%次"},
}

// unitText puts a number, or a range of numbers, and its unit together.
func unitText(lang Lang, u Unit, number string, one bool) string {
	row, ok := unitPatterns[u]
	if !ok {
		return number + " " + string(u)
	}
	col := 0
	switch {
	case lang == Korean:
		col = 2
	case lang == Chinese:
		col = 3
	case one:
		col = 1
	}
	return strings.Replace(row[col], "%", number, 1)
}

// unitName is the unit by itself, for "an unknown number of persons".
func unitName(lang Lang, u Unit) string {
	if u == Unstated && column(lang) == 0 {
		return "things"
	}
	return strings.TrimSpace(unitText(lang, u, "", false))
}

// Text prints the rate: "between 45 and 55 persons every 2 days",
// "2일마다 45~55명", "每2天45至55人".
func (r Rate) Text(lang Lang) string {
	s := strings.ReplaceAll(wordingOf(lang).rate, "%p", r.every.phrase(lang))
	return strings.ReplaceAll(s, "%n", r.count.Text(lang))
}

// String is the English text of the rate.
func (r Rate) String() string { return r.Text(English) }

// Text prints the length of the period: "2 days", "2일", "2天".
func (p Period) Text(lang Lang) string {
	number := digits(p.N)
	w := wordingOf(lang)
	if p.upper() != p.N {
		number += w.dash + digits(p.upper())
	}
	one := p.upper() == 1
	row := map[PeriodUnit][4]string{
		Days:   {"% days", "% day", "%일", "%天"},
		Weeks:  {"% weeks", "% week", "%주", "%周"},
		Months: {"% months", "% month", "%개월", "%个月"},
		Years:  {"% years", "% year", "%년", "%年"},
	}[p.Unit]
	col := column(lang) + 1
	if col == 1 && !one {
		col = 0
	}
	return strings.Replace(row[col], "%", number, 1)
}

// phrase is the period as part of a rate: English says "per day" but "every 2
// days", Korean 매일 but 2일마다; Chinese drops the one.
func (p Period) phrase(lang Lang) string {
	s := p.Text(lang)
	switch column(lang) {
	case 0:
		if p.upper() == 1 {
			return "per " + strings.TrimPrefix(s, "1 ")
		}
		return "every " + s
	case 1:
		if p.upper() == 1 {
			return map[PeriodUnit]string{Days: "매일", Weeks: "매주", Months: "매월", Years: "매년"}[p.Unit]
		}
		return s + "마다"
	case 2:
		if p.upper() == 1 {
			return strings.TrimPrefix(s, "1")
		}
	}
	return s
}
