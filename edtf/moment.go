package edtf

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
	swapped    bool     // month and day may be the other way round
	order      dayOrder // of day and month in figures
	ordinal    bool     // day was "the first", which may be of something else
	bare       int      // a number of one or two digits that may be a day
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

// dayOrder is the order of day and month in a date in figures, as far as the
// figures themselves show it.
type dayOrder uint8

const (
	orderUnknown dayOrder = iota
	dayFirst
	monthFirst
)

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
	case tkWeekday, tkSeason, tkQuarter, tkHalf, tkPart:
		return m.nameSlot(t)
	case tkTime:
		m.note = "the time of day is left out"
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

// nameSlot takes what may be named once only.
func (m *moment) nameSlot(t token) *problem {
	fill := func(slot *int, n int64) *problem {
		if *slot != 0 && *slot != int(n) {
			return trouble(t.off, "this is named twice; join two dates with “to”, “and” or “or”")
		}
		*slot = int(n)
		return nil
	}
	switch t.kind {
	case tkWeekday:
		return fill(&m.weekday, t.n+1)
	case tkQuarter:
		if e := inRange(t, t.n, 1, 4, "a year has four quarters"); e != nil {
			return e
		}
		return fill(&m.quarter, t.n)
	case tkHalf:
		return fill(&m.half, t.n)
	case tkSeason:
		if t.hi != 0 {
			m.part = yearThird(t.hi)
		}
		return fill(&m.season, t.n)
	}
	part := int(m.part)
	e := fill(&part, t.n)
	m.part = yearThird(part)
	return e
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
