package edtf

// node turns a moment into what it means.
func (p *parser) node(m *moment) (node, *problem) {
	n, e := p.meaning(m)
	if e != nil {
		return n, e
	}
	if m.night && !m.lastNight {
		// A night has two dates.
		n = n.wrap(func(s Span) expr { return windowExpr(Span{s.First, s.Last.add(1)}) })
	}
	if m.weekOf > 0 {
		n = n.wrap(func(s Span) expr { return windowExpr(aroundWeek(s, m.weekOf-2)) })
		n.rule = RuleWeek
	}
	if m.note != "" {
		n.note = m.note
	}
	n.quals |= m.quals
	if n.fixed != nil {
		n.fixed.qualify(m.quals)
	}
	n.blank.qualify(m.quals)
	if m.event {
		n.need, n.rule = NeedEvent, RuleEvent
	}
	return n, nil
}

// aroundWeek gives the days of "the week of", "beginning" or "ending" a date.
func aroundWeek(s Span, which int) Span {
	switch {
	case which > 0:
		return Span{s.First, s.Last.add(6)}
	case which < 0:
		return Span{s.First.add(-6), s.Last}
	}
	return Span{s.First.add(-6), s.Last.add(6)}
}

// wrap derives a date from the days of another.
func (n node) wrap(derive func(Span) expr) node {
	inner := n
	if n.fixed != nil {
		if d := n.fixed.date(); d.Resolved() {
			x := derive(d.Span())
			n.fixed = &x
			return n
		}
		n.blank = *n.fixed
	}
	n.fixed = nil
	n.eval = func(day Day, tense Tense) (expr, bool) {
		x, ok := inner.at(day, tense)
		if !ok {
			return x, false
		}
		return derive(x.date().Span()), true
	}
	return n
}

func (p *parser) meaning(m *moment) (node, *problem) {
	if m.bare > 0 {
		return node{}, trouble(m.start.off, "it is not clear what this number is: name the month or write 2001-06-12")
	}
	if m.slots()&^m.usable() != 0 || m.clash() {
		return node{}, trouble(m.start.off, "the words before and after do not go together as one date")
	}
	switch inMonthOf := m.month > 0 || m.rel == unitMonth; {
	case m.week != 0 && !inMonthOf:
		return node{}, trouble(m.start.off, "a week of which month?")
	case m.nth != 0 && (m.weekday == 0 || !inMonthOf):
		return node{}, trouble(m.start.off, "the weekday of which month?")
	case m.length != noUnit:
		return m.lengthNode()
	case m.now:
		return relativeNode(RuleRelative, 3, func(day Day) (expr, bool) { return pointExpr(daySingle(day)), true }), nil
	case m.recent:
		return relativeNode(RuleRecent, 1, func(day Day) (expr, bool) { return windowExpr(Span{MinDay, day}), true }), nil
	case m.lunar:
		return p.lunarNode(m)
	case m.lastNight:
		return relativeNode(RuleRelative, 3, func(day Day) (expr, bool) { return windowExpr(Span{day - 1, day}), true }), nil
	case m.earlier != 0:
		return m.earlierNode(), nil
	case m.rel != noUnit:
		return m.relNode()
	case m.hasYear || m.century > 0:
		return m.statedNode()
	}
	return m.yearlessNode()
}

// relativeNode makes a node from a function of the day of telling; parts is how
// finely the unresolved form is written.
func relativeNode(rule Rule, parts uint8, eval func(Day) (expr, bool)) node {
	blank := blankYear()
	blank.parts = parts
	blank.month, blank.day = field{unknownDigit, unknownDigit}, field{unknownDigit, unknownDigit}
	return node{
		eval:  func(day Day, _ Tense) (expr, bool) { return eval(day) },
		blank: pointExpr(blank), rule: rule, need: NeedDate,
	}
}

// rule names how a calendar date was understood.
func (m *moment) rule() Rule {
	switch {
	case m.swapped:
		return RuleNumeric
	case m.week != 0:
		return RuleWeek
	case m.part != wholePart && m.day == 0:
		return RulePart
	}
	return RuleCalendar
}

const bothWaysNote = "day and month may be the other way round; write the month as a word or 2001-06-12"

// statedNode is a date whose year is stated.
func (m *moment) statedNode() (node, *problem) {
	if m.hasYear && m.year == 0 && !m.decade {
		return node{}, trouble(m.start.off, "there is no year 0 in words; 1 BC comes before 1")
	}
	if m.day > 0 && m.month == 0 {
		return node{}, trouble(m.start.off, "a day and a year without a month")
	}
	if m.decade && m.yearDigits == 2 {
		return m.shortDecade(), nil
	}
	x, e := m.years()
	if e != nil {
		return node{}, e
	}
	n := node{fixed: &x, rule: m.rule(), ambiguous: x.kind == OneOf && m.swapped}
	if n.ambiguous {
		n.note = bothWaysNote
	}
	if m.decade && m.year%100 == 0 {
		n.ambiguous, n.note = true, "this may be ten years or a hundred; name the years if you know them"
	}
	m.checkWeekday(&x)
	return n, nil
}

// checkWeekday compares a weekday with the date beside it.
func (m *moment) checkWeekday(x *expr) {
	if m.weekday == 0 || m.nth != 0 || x.kind != Point {
		return
	}
	s := x.point.bounds()
	if s.First == s.Last && s.First.Weekday() != Weekday(m.weekday-1) {
		m.note = "the weekday does not fit this date; one of the two is wrong"
		m.quals |= uncertain
	}
}

// shortDecade is "the 90s" of a century not stated.
func (m *moment) shortDecade() node {
	blank := blankYear()
	blank.digits[2] = byte('0' + m.year/10)
	n := node{blank: pointExpr(blank), rule: m.rule(), need: NeedDate}
	n.eval = func(day Day, tense Tense) (expr, bool) {
		year, _, _ := day.Civil()
		of := *m
		of.yearDigits = 4
		of.year = floorDiv(year-m.year, 100)*100 + m.year
		if tense == Future && of.year+9 < year {
			of.year += 100
		}
		x, e := of.years()
		return x, e == nil
	}
	return n
}

// yearlessNode is a date whose year depends on when it was said.
func (m *moment) yearlessNode() (node, *problem) {
	switch {
	case m.month == 0 && m.season == 0 && m.quarter == 0 && m.half == 0:
		return m.dayNode()
	case m.lastDay && m.month == 2:
		// The year decides which day it is.
		month := *m
		month.lastDay = false
		n, e := month.yearlessNode()
		n = n.wrap(func(s Span) expr { return windowExpr(Span{s.Last, s.Last}) })
		n.blank, _ = m.inYear(blankYear())
		return n, e
	}
	x, e := m.inYear(blankYear())
	if e != nil {
		return node{}, e
	}
	n := node{fixed: &x, rule: m.rule(), need: NeedDate, ambiguous: x.kind == OneOf && m.swapped}
	switch {
	case n.ambiguous:
		n.note = bothWaysNote
	case n.rule == RuleCalendar:
		n.rule = RuleYearless
	}
	if !m.hasShift && !m.past {
		return n, nil
	}
	n.fixed, n.blank, n.rule = nil, x, RuleRelative
	shift := m.shift
	if m.past {
		n.eval = func(day Day, _ Tense) (expr, bool) { return x.near(day, Past) }
		return n, nil
	}
	n.eval = func(day Day, _ Tense) (expr, bool) { return x.shifted(day, shift) }
	return n, nil
}

// shifted gives "last June", "this June" and "next June". Last and next are the
// nearest one that is wholly past or to come, or that of the year before or
// after: people mean either.
func (x *expr) shifted(day Day, shift int) (expr, bool) {
	year, _, _ := day.Civil()
	other, ok := x.inYear(year + int64(shift))
	if !ok || shift == 0 {
		return other, ok
	}
	for n := range int64(searchYears) {
		c, ok := x.inYear(year + 1 - n)
		if shift > 0 {
			c, ok = x.inYear(year - 1 + n)
		}
		if !ok {
			continue
		}
		d := c.date()
		if shift < 0 && d.Latest() < day || shift > 0 && d.Earliest() > day {
			return combine([]expr{c, other}, true), true
		}
	}
	return expr{}, false
}

// dayNode is a day of the month, or a weekday, by itself.
func (m *moment) dayNode() (node, *problem) {
	switch {
	case m.day > 0:
		n := relativeNode(RuleYearless, 3, nil)
		n.blank.point.day = twoDigits(m.day)
		number := m.day
		n.eval = func(day Day, tense Tense) (expr, bool) { return nearDay(day, number, tense) }
		return n, nil
	case m.weekday > 0:
		want, shift, fixed := Weekday(m.weekday-1), m.shift, m.hasShift
		n := relativeNode(RuleWeekday, 3, nil)
		n.eval = func(day Day, tense Tense) (expr, bool) { return nearWeekday(day, want, tense, fixed, shift), true }
		return n, nil
	case m.part != wholePart:
		return node{}, trouble(m.start.off, "the beginning, middle or end of what? Name a month, season or year")
	}
	return node{}, trouble(m.start.off, "no date is named here")
}

// nearDay finds a day of the month, 1 to 31, on this side of a day or the other.
func nearDay(day Day, number int, tense Tense) (expr, bool) {
	year, month, _ := day.Civil()
	find := func(step int) (Day, bool) {
		// A month in two, at least, has the day.
		for i := range 4 {
			first := DayOf(year, month+i*step, 1)
			y, mo, _ := first.Civil()
			if d := first + Day(number) - 1; number <= monthLength(y, mo) && (d-day)*Day(step) >= 0 {
				return d, true
			}
		}
		return 0, false
	}
	return towards(tense, find)
}

// towards looks back, ahead or both ways.
func towards(tense Tense, find func(step int) (Day, bool)) (expr, bool) {
	var spans []Span
	for _, step := range []int{-1, 1} {
		if step < 0 && tense == Future || step > 0 && tense == Past {
			continue
		}
		d, ok := find(step)
		if !ok {
			return expr{}, false
		}
		spans = append(spans, Span{d, d})
	}
	return oneOfExpr(spans), true
}

// nearWeekday finds a day of the week. "Last Monday" is the last one past or
// that of last week; "next Monday" likewise.
func nearWeekday(day Day, want Weekday, tense Tense, shifted bool, shift int) expr {
	back := day - Day((day.Weekday()-want+7)%7)
	ahead := day + Day((want-day.Weekday()+7)%7)
	if !shifted {
		x, _ := towards(tense, func(step int) (Day, bool) {
			if step < 0 {
				return back, true
			}
			return ahead, true
		})
		return x
	}
	var spans []Span
	add := func(d Day) { spans = append(spans, Span{d, d}) }
	switch {
	case shift < 0:
		if back == day {
			back -= 7
		}
		add(back)
		if !sameWeek(back, day) {
			return oneOfExpr(spans)
		}
		add(back - 7)
	case shift > 0:
		if ahead == day {
			ahead += 7
		}
		add(ahead)
		if !sameWeek(ahead, day) {
			return oneOfExpr(spans)
		}
		add(ahead + 7)
	default:
		add(back)
		add(ahead)
	}
	return oneOfExpr(spans)
}

// sameWeek says whether two days lie in one week, counted from Monday or from
// Sunday.
func sameWeek(a, b Day) bool {
	monday := func(d Day) Day { return d - Day(d.Weekday()) }
	sunday := func(d Day) Day { return d - Day((d.Weekday()+1)%7) }
	return monday(a) == monday(b) || sunday(a) == sunday(b)
}
