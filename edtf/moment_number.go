package edtf

import "strconv"

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
	if m.hasYear {
		return trouble(t.off, "a year and a decade; join two dates with “to”, “and” or “or”")
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
	m.ordinal = true
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
