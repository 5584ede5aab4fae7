package edtf

// numeric takes dates in figures: 2001.6.12, 12/6/2001, 6/2001, 6/12. The
// result is false where the tokens are something else, such as the days of a
// range (12-15 June).
func (p *parser) numeric(m *moment) (bool, *problem) {
	a := p.peek(0)
	if a.kind != tkNumber || a.digits == 0 {
		return false, nil
	}
	if a.digits == 8 {
		return true, p.eightDigits(m, a)
	}
	sep := p.peek(1).kind
	b := p.peek(2)
	if sep != tkDot && sep != tkSlash && sep != tkDash || b.kind != tkNumber || b.digits == 0 {
		return p.bracketEra(m, a)
	}
	c := p.peek(4)
	if p.peek(3).kind == sep && c.kind == tkNumber && c.digits > 0 {
		p.i += 5
		if p.peek(0).kind == tkDot {
			p.i++ // 2001. 6. 12.
		}
		return true, m.threeNumbers(a, b, c)
	}
	// Two numbers with a hyphen are a range, unless one is a year.
	switch {
	case a.digits == 4 && (b.digits == 2 || b.digits == 4) && sep != tkDot && (m.season > 0 || p.peek(3).kind == tkSeason):
		return true, p.twoYears(m, a, b)
	case a.digits == 4 && b.digits <= 2 && b.n >= 1 && b.n <= 12 && m.month == 0:
		p.i += 3
		m.month = int(b.n)
		return true, m.setYear(a, a.n)
	case b.digits == 4 && a.digits <= 2 && a.n >= 1 && a.n <= 12 && m.month == 0:
		p.i += 3
		m.month = int(a.n)
		return true, m.setYear(b, b.n)
	case sep == tkDash || m.month > 0 || a.digits > 2 || b.digits > 2:
		return false, nil
	}
	p.i += 3
	if p.peek(0).kind == tkDot {
		p.i++
	}
	return true, m.monthAndDay(a, b)
}

// eightDigits takes 20010612, the basic form of ISO 8601.
func (p *parser) eightDigits(m *moment, t token) *problem {
	p.i++
	year, month, day := t.n/10_000, t.n/100%100, t.n%100
	if m.hasYear || m.month > 0 || m.day > 0 {
		return trouble(t.off, "a second date; join two dates with “to”, “and” or “or”")
	}
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return trouble(t.off, "eight digits are read as year, month and day, and there is no such day")
	}
	m.month, m.day = int(month), int(day)
	return m.setYear(t, year)
}

// twoYears takes the two years that a winter lies in: 2000/01, 2000-2001.
func (p *parser) twoYears(m *moment, a, b token) *problem {
	p.i += 3
	if (a.n+1)%100 != b.n%100 || b.digits == 4 && b.n != a.n+1 {
		return trouble(b.off, "two years with one season are those on either side of a winter; join others with “to”")
	}
	m.winterOf = true
	return m.setYear(a, a.n)
}

// bracketEra takes 2001(주체90)년.
func (p *parser) bracketEra(m *moment, year token) (bool, *problem) {
	if year.digits != 4 || p.peek(1).kind != tkOpen || p.peek(2).kind != tkEra {
		return false, nil
	}
	p.i += 2
	if e := m.setYear(year, year.n); e != nil {
		return true, e
	}
	era := p.next()
	if e := p.era(m, era); e != nil {
		return true, e
	}
	if p.peek(0).kind == tkClose {
		p.i++
	}
	if p.peek(0).kind == tkUnit && p.peek(0).u == unitYear {
		p.i++
	}
	return true, nil
}

// threeNumbers takes year, month and day, or day, month and year in either
// order.
func (m *moment) threeNumbers(a, b, c token) *problem {
	switch {
	case m.month > 0 || m.hasYear:
		return trouble(a.off, "a second date; join two dates with “to”, “and” or “or”")
	case a.digits == 4 && b.digits <= 2 && c.digits <= 2:
		m.month, m.day = int(b.n), int(c.n)
		if e := inRange(b, b.n, 1, 12, "a year has twelve months"); e != nil {
			return e
		}
		if e := inRange(c, c.n, 1, 31, "a month has at most 31 days"); e != nil {
			return e
		}
		return m.setYear(a, a.n)
	case c.digits == 4 && a.digits <= 2 && b.digits <= 2:
		if e := m.monthAndDay(a, b); e != nil {
			return e
		}
		return m.setYear(c, c.n)
	}
	return trouble(a.off, yearInFull)
}

// monthAndDay takes two small numbers whose order is not known.
func (m *moment) monthAndDay(a, b token) *problem {
	switch {
	case a.n < 1 || b.n < 1 || a.n > 31 || b.n > 31 || a.n > 12 && b.n > 12:
		return trouble(a.off, "these are no month and day")
	case a.n > 12:
		m.day, m.month, m.order = int(a.n), int(b.n), dayFirst
	case b.n > 12:
		m.month, m.day, m.order = int(a.n), int(b.n), monthFirst
	case a.n == b.n:
		m.month, m.day = int(a.n), int(b.n)
	default:
		m.month, m.day, m.swapped = int(a.n), int(b.n), true
	}
	return nil
}
