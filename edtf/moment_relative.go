package edtf

// relativeSlot takes words that count from a reference.
func (p *parser) relativeSlot(m *moment, t token) *problem {
	switch t.kind {
	case tkDuration:
		return p.length(m, t, t.n, max(t.n, t.hi), t.u)
	case tkFew:
		return p.few(m, t)
	case tkShift:
		return p.shiftSlot(m, t)
	case tkPast:
		return p.pastSlot(m, t)
	case tkRelative:
		if t.hi != 0 {
			m.part = yearThird(t.hi)
			// "2001년 연말" is the end of the year named.
			if t.n == 0 && (t.u == unitYear && (m.hasYear || m.rel == unitYear) || t.u == unitMonth && (m.month > 0 || m.rel == unitMonth)) {
				return nil
			}
		}
		if t.u == unitWeek && p.lang == Chinese {
			p.hanWeekday(m)
		}
		return m.relative(t, t.u, t.n)
	case tkEvent:
		m.event = true
		return m.relative(t, t.u, t.n)
	case tkEarlier:
		m.earlier = int(t.n)
	case tkLastNight:
		m.lastNight = true
	case tkRecent:
		return p.recentSlot(m)
	case tkNow:
		m.now = true
	}
	return nil
}

// hanWeekday takes the rest of 上周一, whose 周 belongs to both words.
func (p *parser) hanWeekday(m *moment) {
	switch t := p.peek(0); {
	case t.kind == tkNumber && t.n >= 1 && t.n <= 6:
		m.weekday = int(t.n)
	case t.kind == tkUnit && t.u == unitDay:
		m.weekday = int(Sunday) + 1
	default:
		return
	}
	p.i++
}

func (m *moment) relative(t token, u unit, n int64) *problem {
	if m.rel != noUnit {
		return trouble(t.off, "counted from the day of the telling twice over")
	}
	m.rel, m.relN = u, n
	return nil
}

// few takes "a few", which needs a unit behind it.
func (p *parser) few(m *moment, t token) *problem {
	u := p.next()
	for u.kind == tkFiller || u.kind == tkOf { // 几个星期
		u = p.next()
	}
	if u.kind != tkUnit {
		return trouble(u.off, "a few of what? Name days, weeks, months or years")
	}
	return p.length(m, t, t.n, t.hi, u.u)
}

// length takes a length of time and the way it is counted, if that follows.
func (p *parser) length(m *moment, t token, low, high int64, u unit) *problem {
	if m.length != noUnit {
		return trouble(t.off, "a second length of time")
	}
	if low < 1 || high > maxLength {
		return trouble(t.off, "this length of time makes no sense here")
	}
	// "The last ten days of June" is a third of the month, "the first week of
	// June" its beginning.
	if m.hasShift && m.shift == -1 && u == unitDay && high <= 10 && p.peek(0).kind == tkOf {
		m.hasShift, m.part, m.window = false, latePart, 0
		return nil
	}
	m.length, m.lengthLow, m.lengthHigh = u, low, high
	if m.window != 0 {
		return nil
	}
	save := p.i
	p.skip()
	switch next := p.peek(0); {
	case next.kind == tkAgo:
		m.direction = -1
	case next.kind == tkEarlier:
		m.direction, m.event = int(next.n), true
	case next.kind == tkAfter && p.lang != English:
		m.direction, m.event = 1, true
	case next.kind == tkApprox:
		m.quals |= approximate
		p.i++
		m.length = noUnit
		return p.length(m, t, low, high, u)
	default:
		p.i = save
		return nil
	}
	p.i++
	return nil
}

// maxLength bounds counts of days, weeks, months and years.
const maxLength = 9999

// shiftSlot takes last, this and next.
func (p *parser) shiftSlot(m *moment, t token) *problem {
	p.skipFillers()
	next := p.peek(0)
	switch next.kind {
	case tkUnit:
		p.i++
		return p.shiftUnit(m, t, next)
	case tkMonth, tkSeason, tkWeekday:
		if t.n == -1 && next.kind == tkWeekday && p.peek(1).kind == tkOf {
			m.nth = -1 // "the last Friday of June"
			return nil
		}
		m.shift, m.hasShift = int(t.n), true
		return nil
	case tkNumber, tkFew, tkDuration:
		if t.n == 0 {
			return trouble(t.off, "say “last” or “next” with a length of time")
		}
		m.shift, m.hasShift = int(t.n), true
		m.window = int(t.n)
		return nil
	case tkWeekOf:
		if t.n == -1 && next.n == 0 {
			p.i++
			return m.nthUnit(next, -1, unitWeek)
		}
	}
	return trouble(t.off, "last or next what? Name a day, week, month, season or year")
}

func (p *parser) skipFillers() {
	for p.peek(0).kind == tkFiller {
		p.i++
	}
}

// shiftUnit takes "last week", and "the last week of June".
func (p *parser) shiftUnit(m *moment, t, u token) *problem {
	if t.n == -1 && (u.u == unitWeek || u.u == unitDay) && p.peek(0).kind == tkOf {
		return m.nthUnit(u, -1, u.u)
	}
	switch u.u {
	case unitHalf, unitQuarter:
		if t.n == -1 && p.peek(0).kind == tkOf {
			m.half, m.quarter = 0, 0
			if u.u == unitHalf {
				m.half = 2
			} else {
				m.quarter = 4
			}
			return nil
		}
		return trouble(u.off, "name the year of the quarter or half")
	}
	return m.relative(t, u.u, t.n)
}

// pastSlot takes "the past", "지난", "近", before a length of time or a name.
func (p *parser) pastSlot(m *moment, t token) *problem {
	p.skipFillers()
	next := p.peek(0)
	switch next.kind {
	case tkMonth, tkSeason, tkWeekday, tkDay: // "지난 3일" is the third last past
		m.past = true
		return nil
	case tkYear:
		if next.n < 100 {
			m.window = -1
		}
		return nil
	case tkNumber, tkFew, tkDuration:
		m.window = -1
		return nil
	case tkUnit:
		p.i++
		m.window = -1
		return p.length(m, t, 1, 1, next.u)
	}
	return trouble(t.off, "the past what? Name a length of time")
}

// recentSlot takes "recently", and "최근 3년", "in recent years".
func (p *parser) recentSlot(m *moment) *problem {
	save := p.i
	p.skip()
	switch next := p.peek(0); next.kind {
	case tkDuration, tkFew:
		m.window = -1
		return nil
	case tkYear:
		if next.n < 100 {
			m.window = -1
			return nil
		}
	case tkNumber:
		if p.peek(1).kind == tkUnit {
			m.window = -1
			return nil
		}
	case tkUnit: // "recent years": as long as that, and no more
		p.i++
		m.recent = true
		return nil
	}
	p.i = save
	m.recent = true
	return nil
}

// settle looks at the moment once it is complete.
func (p *parser) settle(m *moment) *problem {
	if !m.any {
		return trouble(p.peek(0).off, "a date is missing here")
	}
	// A bare number is a day once a month is named, or is left to the other date
	// of a range.
	if m.bare > 0 && m.month > 0 && m.day == 0 {
		m.day, m.bare = m.bare, 0
	}
	if m.bare > 0 && (m.day > 0 || m.month > 0 || m.length != noUnit || m.rel != noUnit || m.season > 0) {
		return trouble(m.start.off, "one of the numbers in this date is not understood")
	}
	if m.weekday > 0 && m.day == 0 && m.nth == 0 && m.weekOf == 0 && (m.month > 0 || m.hasYear || m.season > 0 || m.rel != noUnit && m.rel != unitWeek) {
		return trouble(m.start.off, "which of these weekdays? Name the day, or say the first or the last, with the year")
	}
	return nil
}
