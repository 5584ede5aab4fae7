package edtf

import "strconv"

// moment collects what a phrase says of one point of time, slot by slot, in
// whatever order the language has it.
type moment struct {
	start token // for messages
	any   bool

	year       int64 // meaningful with hasYear
	hasYear    bool
	yearDigits int
	decade     bool // year is the first of ten
	century    int64
	bc         bool
	winterOf   bool // "winter 2000/01": year is the first of the two

	month, day int
	swapped    bool // month and day may be the other way round
	bare       int  // a number of one or two digits that may be a day
	season     int
	quarter    int
	half       int
	weekday    int // Weekday + 1
	part       yearThird
	week       int // of a month: 1 to 6, -1 the last
	nth        int // of a weekday in a month: 1 to 5, -1 the last
	lastDay    bool
	night      bool
	weekOf     int // 1 + token.n + 1, so that 0 is none
	shift      int // of a named month, season or weekday, with hasShift
	hasShift   bool
	past       bool // the last one that is past: "지난 6월"

	rel       unit // moved by relN from the reference
	relN      int64
	event     bool
	lastNight bool
	recent    bool
	now       bool
	earlier   int

	length     unit // n to most units
	lengthLow  int64
	lengthHigh int64
	direction  int // -1 ago, +1 from then; 0 not said
	window     int // -1 the past, +1 the coming

	lunar    bool
	calendar LunarCalendar
	leap     bool

	quals qualifier
	note  string
}

// parser goes through the tokens of a phrase.
type parser struct {
	tokens []token
	i      int
	lang   Lang
	end    int
}

func (p *parser) peek(ahead int) token {
	if p.i+ahead < len(p.tokens) {
		return p.tokens[p.i+ahead]
	}
	return token{kind: tkNone, off: p.end, end: p.end}
}

func (p *parser) next() token {
	t := p.peek(0)
	p.i++
	return t
}

// skip passes over words that add nothing.
func (p *parser) skip() {
	for {
		switch p.peek(0).kind {
		case tkFiller, tkOf, tkComma, tkDot, tkOpen, tkClose:
			p.i++
		default:
			return
		}
	}
}

// skipTo passes over fillers if a token of the kind follows them.
func (p *parser) skipTo(kinds ...tokenKind) bool {
	save := p.i
	p.skip()
	for _, k := range kinds {
		if p.peek(0).kind == k {
			return true
		}
	}
	p.i = save
	return false
}

// connects says whether a token joins or bounds moments and so ends one.
func connects(k tokenKind) bool {
	switch k {
	case tkFrom, tkTo, tkBetween, tkAnd, tkOr, tkSince, tkUntil, tkBy, tkBefore, tkAgo, tkAfter, tkOnwards,
		tkDash, tkTilde, tkSlash, tkNone:
		return true
	}
	return false
}

// moment reads slots until a word that joins moments, or the end.
func (p *parser) moment() (moment, *problem) {
	p.skip()
	m := moment{start: p.peek(0)}
	for {
		p.skip()
		t := p.peek(0)
		if connects(t.kind) {
			return m, p.settle(&m)
		}
		if e := p.slot(&m, t); e != nil {
			return m, e
		}
		if t.kind != tkApprox && t.kind != tkUncertain && t.kind != tkQuestion {
			m.any = true
		}
	}
}

// slot takes the next token, and those that belong to it, into the moment.
func (p *parser) slot(m *moment, t token) *problem {
	if done, e := p.numeric(m); done || e != nil {
		return e
	}
	p.i++
	switch t.kind {
	case tkApprox:
		m.quals |= approximate
	case tkUncertain, tkQuestion:
		m.quals |= uncertain
	case tkNumber, tkYear, tkDay, tkMonth, tkOrdinal, tkNth, tkEra, tkApostrophe, tkDecade, tkCentury:
		return p.numberSlot(m, t)
	case tkDuration, tkFew, tkShift, tkPast, tkRelative, tkEvent, tkEarlier, tkLastNight, tkRecent, tkNow:
		return p.relativeSlot(m, t)
	case tkWeekday:
		m.weekday = int(t.n) + 1
	case tkSeason:
		m.season = int(t.n)
		if t.hi != 0 {
			m.part = yearThird(t.hi)
		}
	case tkQuarter:
		m.quarter = int(t.n)
		return inRange(t, t.n, 1, 4, "a year has four quarters")
	case tkHalf:
		m.half = int(t.n)
	case tkPart:
		m.part = yearThird(t.n)
	case tkNight:
		m.night = true
	case tkWeekOf:
		m.weekOf = int(t.n) + 2
	case tkBC:
		m.bc = true
	case tkLunar, tkLeap, tkLunarDay, tkLunarMonth, tkFeast:
		m.lunarSlot(t)
	case tkUnit:
		return p.unitSlot(m, t)
	default:
		return trouble(t.off, "this has no place in a date here")
	}
	return nil
}

// unitSlot takes a unit by itself: "the end of the year" is this year's.
func (p *parser) unitSlot(m *moment, t token) *problem {
	switch {
	case p.peek(0).kind == tkOf && m.part == wholePart:
		return nil // "the month of June"
	case t.u == unitMonth && m.month > 0, t.u == unitYear && m.hasYear, t.u == unitDay && m.day > 0,
		t.u == unitWeek && m.week != 0, t.u == unitDay && m.weekday > 0:
		return nil // "(2001)년"
	case t.u == unitYear && p.peek(0).kind == tkNumber && p.peek(0).digits > 2:
		return nil // "the year 2001"
	case (t.u == unitMonth || t.u == unitYear || t.u == unitDecade || t.u == unitCentury) && m.part != wholePart:
		return m.relative(t, t.u, 0)
	}
	return trouble(t.off, "which one is meant? Say for example “last month” or name it")
}

func (m *moment) lunarSlot(t token) {
	m.lunar = true
	switch t.kind {
	case tkLunar:
		if t.n != 0 {
			m.calendar = LunarCalendar(t.n)
		}
		if t.hi != 0 && m.month == 0 { // "the 5th lunar month"
			m.month, m.day, m.bare = max(m.day, m.bare), 0, 0
		}
	case tkLeap:
		m.leap = true
	case tkLunarDay:
		m.day = int(t.n)
	case tkLunarMonth:
		m.month = int(t.n)
	case tkFeast:
		m.month, m.day = int(t.n/100), int(t.n%100)
		if t.hi != 0 {
			m.calendar = LunarCalendar(t.hi)
		}
	}
}

func inRange(t token, n, low, high int64, says string) *problem {
	if n < low || n > high {
		return trouble(t.off, says)
	}
	return nil
}

const yearInFull = "write the year in four digits, so that the century is clear"

// numberSlot takes numbers, which are years, months or days by their markers,
// their size and their place.
func (p *parser) numberSlot(m *moment, t token) *problem {
	switch t.kind {
	case tkYear:
		return p.yearSlot(m, t)
	case tkMonth:
		if m.month > 0 {
			return trouble(t.off, "a second month; join two dates with “to”, “and” or “or”")
		}
		m.month = int(t.n)
		return inRange(t, t.n, 1, 12, "a year has twelve months")
	case tkDay:
		return p.daySlot(m, t)
	case tkApostrophe:
		return trouble(t.off, yearInFull)
	case tkDecade:
		return m.decadeSlot(t)
	case tkCentury:
		return m.centurySlot(t, t.n)
	case tkEra:
		return p.era(m, t)
	case tkOrdinal, tkNth:
		return p.ordinal(m, t)
	}
	// A plain number.
	switch p.skipTo(tkUnit); {
	case p.peek(0).kind == tkUnit && !p.ofUnit(m):
		return p.length(m, t, t.n, t.n, p.next().u)
	case t.digits == 0 && t.n == 1:
		return nil // an article
	case t.digits == 4 || t.digits == 3 && t.n > 31 || m.bc && !m.hasYear || p.peek(0).kind == tkBC:
		return m.setYear(t, t.n)
	case t.n > 31:
		return trouble(t.off, yearInFull)
	case (m.day > 0 || m.bare > 0) && m.month > 0:
		return trouble(t.off, yearInFull)
	case m.month > 0:
		return m.setDay(t, t.n)
	case m.bare > 0 || t.n == 0:
		return trouble(t.off, "it is not clear what this number is: name the month or write 2001-06-12")
	}
	m.bare = int(t.n)
	return nil
}

// daySlot takes a number with a day sign: a day, or a length of time (3일 전).
func (p *parser) daySlot(m *moment, t token) *problem {
	alone := m.month == 0 && !m.hasYear && m.rel == noUnit && !m.lunar
	if alone && (p.skipTo(tkAgo, tkEarlier) || p.lang != English && p.skipTo(tkAfter)) {
		return p.length(m, t, t.n, t.n, unitDay)
	}
	return m.setDay(t, t.n)
}

// ofUnit says whether the unit ahead closes what the moment already has, such as
// the year sign after a bracket.
func (p *parser) ofUnit(m *moment) bool {
	return p.peek(0).u == unitYear && m.hasYear
}

func (m *moment) setDay(t token, n int64) *problem {
	if m.day > 0 {
		return trouble(t.off, "a second day; join two dates with “to”, “and” or “or”")
	}
	m.day = int(n)
	return inRange(t, n, 1, 31, "a month has at most 31 days")
}

func (m *moment) setYear(t token, n int64) *problem {
	if m.hasYear && m.year != n {
		return trouble(t.off, "this contradicts the year before it")
	}
	if n > 9999 {
		return trouble(t.off, "a year has four digits")
	}
	m.year, m.hasYear, m.yearDigits = n, true, t.digits
	return nil
}

// yearSlot takes a number with a year sign: a year, or a length of time.
func (p *parser) yearSlot(m *moment, t token) *problem {
	if t.n >= 100 || m.bc {
		return m.setYear(t, t.n)
	}
	if p.skipTo(tkAgo, tkAfter, tkEarlier) || m.window != 0 || m.recent {
		return p.length(m, t, t.n, t.n, unitYear)
	}
	return trouble(t.off, yearInFull)
}

func (m *moment) decadeSlot(t token) *problem {
	if t.n%10 != 0 || t.n > 9990 {
		return trouble(t.off, "a decade starts with a year that ends in 0")
	}
	m.decade, m.hasYear, m.year = true, true, t.n
	// "The 90s" and "90年代" leave out the century.
	if t.n < 100 {
		m.yearDigits = 2
	}
	return nil
}

func (m *moment) centurySlot(t token, n int64) *problem {
	m.century = n
	return inRange(t, n, 1, 98, "there is no such century")
}

// era takes a year of another era, with the common year in brackets or not.
func (p *parser) era(m *moment, t token) *problem {
	y := p.next()
	if t.n == 0 && y.kind != tkNumber && y.kind != tkYear { // "2001 AD"
		p.i--
		return nil
	}
	if y.kind != tkNumber && y.kind != tkYear || y.n == 0 {
		return trouble(y.off, "a year is missing after the name of the era")
	}
	year := y.n + t.n
	if m.hasYear && m.year != year {
		return trouble(y.off, "year "+strconv.FormatInt(y.n, 10)+" of the era is "+strconv.FormatInt(year, 10)+", not "+strconv.FormatInt(m.year, 10))
	}
	if year < 1 {
		return trouble(y.off, "that year of the era lies before the year 1")
	}
	if e := m.setYear(y, year); e != nil {
		return e
	}
	if p.peek(0).kind == tkOpen && (p.peek(1).kind == tkNumber || p.peek(1).kind == tkYear) {
		p.i++
		common := p.next()
		if common.n != year {
			return trouble(common.off, "year "+strconv.FormatInt(y.n, 10)+" of the era is "+strconv.FormatInt(year, 10))
		}
		if p.peek(0).kind == tkClose {
			p.i++
		}
	}
	if p.peek(0).kind == tkUnit && p.peek(0).u == unitYear {
		p.i++
	}
	return nil
}

// ordinal takes "first", "12th", "第一": of a unit, or a day of the month.
func (p *parser) ordinal(m *moment, t token) *problem {
	n := t.n
	if t.kind == tkNth {
		t = p.next()
		n = t.n
		switch t.kind {
		case tkQuarter:
			p.i--
			return nil
		case tkDuration: // 第一周
			return m.nthUnit(t, n, t.u)
		case tkNumber, tkCentury:
		default:
			return trouble(t.off, "a number is missing here")
		}
		if t.kind == tkCentury {
			return m.centurySlot(t, n)
		}
	}
	// "The first ten days of June".
	if p.skipTo(tkUnit, tkDuration, tkNumber, tkFew, tkWeekday, tkWeekOf, tkLunar) {
		u := p.peek(0)
		switch {
		case u.kind == tkLunar && (u.hi == 0 || m.month > 0):
		case u.kind == tkLunar:
			p.i++
			m.lunar, m.month = true, int(n)
			return inRange(t, n, 1, 12, "a year has twelve months")
		case u.kind == tkWeekOf && u.n == 0:
			p.i++
			return m.nthUnit(u, n, unitWeek)
		case u.kind == tkWeekday:
			m.nth = int(n)
			return inRange(t, n, -1, 5, "a month has no such weekday")
		case u.kind == tkFew && n == 1 && p.peek(1).kind == tkUnit && p.peek(1).u == unitDay:
			p.i += 2
			m.part = earlyPart
			return nil
		case u.kind == tkUnit:
			p.i++
			return m.nthUnit(u, n, u.u)
		case u.kind == tkNumber && u.n == 10 && p.peek(1).kind == tkUnit && p.peek(1).u == unitDay && n >= 1 && n <= 3:
			p.i += 2
			m.part = yearThird(n)
			return nil
		case u.kind == tkDuration && u.n == 1 && u.u == unitWeek: // 最后一周
			p.i++
			return m.nthUnit(u, n, unitWeek)
		}
	}
	if n < 1 {
		return trouble(t.off, "the last of what? Name a week, day or year")
	}
	return m.setDay(t, n)
}

// nthUnit takes the n-th week, half, quarter, century or day of something.
func (m *moment) nthUnit(t token, n int64, u unit) *problem {
	switch u {
	case unitWeek:
		m.week = int(n)
		return inRange(t, n, -1, 6, "a month has no such week")
	case unitHalf:
		m.half = int(n)
		return inRange(t, n, 1, 2, "there are two halves")
	case unitQuarter:
		m.quarter = int(n)
		return inRange(t, n, 1, 4, "a year has four quarters")
	case unitCentury:
		return m.centurySlot(t, n)
	case unitDay:
		if n < 0 {
			m.lastDay = true
			return nil
		}
		return m.setDay(t, n)
	case unitMonth:
		if n >= 1 && n <= 12 && m.month == 0 {
			m.month = int(n)
			return nil
		}
	}
	return trouble(t.off, "this cannot be counted in that way; name the date")
}
