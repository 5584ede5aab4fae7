package edtf

// share gives to each of two joined moments what only the other states: "12–15
// June 2001", "6월 12일부터 15일까지", "November to February 2001".
func share(a, b *moment) {
	shareOrder(a, b)
	shareOrder(b, a)
	shareCount(a, b)
	shareDay(a, b)
	sharePart(a, b)
	if a.lunar != b.lunar {
		if a.lunar && (b.month > 0 || b.day > 0) {
			b.lunar, b.calendar = true, a.calendar
		} else if b.lunar && !a.hasYear {
			a.lunar, a.calendar = true, b.calendar
		}
	}
	shareYear(a, b)
}

// shareOrder reads the figures of one date in the order that those of the other
// show: in 12/6–15/6/2001 the day comes first.
func shareOrder(a, b *moment) {
	if !a.swapped || b.order == orderUnknown {
		return
	}
	a.swapped = false
	if b.order == dayFirst {
		a.month, a.day = a.day, a.month
	}
}

// shareCount gives the unit to a count: "the first or second week of June".
func shareCount(a, b *moment) {
	if !a.ordinal || a.month > 0 || b.day > 0 {
		return
	}
	n := a.day
	switch {
	case b.week != 0:
		a.week = n
	case b.quarter > 0:
		a.quarter = n
	case b.half > 0:
		a.half = n
	case b.century > 0:
		a.century = int64(n)
	default:
		return
	}
	a.day = 0
	if a.century == 0 {
		a.takeUnit(b)
	}
}

// shareDay gives a month to a day without one.
func shareDay(a, b *moment) {
	if a.bare > 0 && a.month == 0 && (b.day > 0 || b.bare > 0) {
		a.day, a.bare = a.bare, 0
	}
	if b.bare > 0 && b.month == 0 && a.day > 0 {
		b.day, b.bare = b.bare, 0
	}
	switch {
	case a.day > 0 && a.month == 0 && b.month > 0:
		a.month = b.month
	case b.day > 0 && b.month == 0 && a.month > 0:
		b.month = a.month
	case b.day > 0 && b.month == 0 && a.rel == unitMonth && b.rel == noUnit:
		b.rel, b.relN = a.rel, a.relN
	case a.day > 0 && a.month == 0 && b.rel == unitMonth && a.rel == noUnit:
		a.rel, a.relN = b.rel, b.relN
	}
}

// sharePart gives the unit to a bare part: "early to mid June", "6월 초순부터
// 중순까지".
func sharePart(a, b *moment) {
	switch {
	case a.onlyPart() && !b.onlyPart():
		a.takeUnit(b)
	case b.onlyPart() && !a.onlyPart():
		b.takeUnit(a)
	}
}

func (m *moment) onlyPart() bool {
	return (m.part != wholePart || m.week != 0) && m.month == 0 && m.season == 0 && !m.hasYear && m.rel == noUnit && m.century == 0
}

func (m *moment) takeUnit(from *moment) {
	m.month, m.season = from.month, from.season
	m.year, m.hasYear, m.yearDigits, m.bc = from.year, from.hasYear, from.yearDigits, from.bc
	m.decade, m.century = from.decade, from.century
	m.rel, m.relN, m.event = from.rel, from.relN, from.event
	m.shift, m.hasShift, m.past = from.shift, from.hasShift, from.past
}

// shareYear gives a year to a month or season without one. A range that runs
// over the turn of the year takes the neighbouring year.
func shareYear(a, b *moment) {
	over := a.place() > b.place()
	named := func(m *moment) bool { return m.month > 0 || m.season > 0 || m.quarter > 0 || m.half > 0 }
	bare := func(m *moment) bool {
		return named(m) && !m.hasYear && m.rel == noUnit && !m.hasShift && !m.past
	}
	switch {
	case bare(a) && b.hasYear && !b.decade && b.century == 0 && named(b):
		a.year, a.hasYear, a.yearDigits, a.bc = b.year, true, b.yearDigits, b.bc
		if over {
			a.year--
		}
	case bare(b) && a.hasYear && !a.decade && a.century == 0 && named(a):
		b.year, b.hasYear, b.yearDigits, b.bc = a.year, true, a.yearDigits, a.bc
		if over {
			b.year++
		}
	case bare(a) && b.rel == unitYear && named(b):
		a.rel, a.relN = unitYear, b.relN
		if over {
			a.relN--
		}
	case bare(b) && a.rel == unitYear && named(a):
		b.rel, b.relN = unitYear, a.relN
		if over {
			b.relN++
		}
	case bare(a) && named(b) && b.hasShift && b.shift == 0, bare(b) && named(a) && a.hasShift && a.shift == 0:
		a.hasShift, b.hasShift, a.shift, b.shift = true, true, 0, 0
	}
}

// place orders moments within a year.
func (m *moment) place() int {
	switch {
	case m.month > 0:
		day := m.day
		if m.part != wholePart {
			day, _ = thirdOfMonth(m.part)
		}
		if m.week > 0 {
			day = 7*m.week - 6
		}
		return m.month*100 + day
	case m.season > 0:
		parts := yearParts(m.season)
		return parts[len(parts)-1].firstMonth * 100
	case m.quarter > 0:
		return m.quarter * 300
	}
	return m.half * 600
}
