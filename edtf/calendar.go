package edtf

import "fmt"

// blankYear is a year of which no digit is stated.
func blankYear() single {
	return single{parts: 1, digits: [4]byte{unknownDigit, unknownDigit, unknownDigit, unknownDigit}}
}

func yearSingle(year int64) single {
	p := single{parts: 1}
	p.setYear(year)
	return p
}

// withMonth and withDay add a part to a date.
func (p single) withMonth(month int) single {
	p.parts, p.month = 2, twoDigits(month)
	return p
}

func (p single) withDay(day int) single {
	p.parts, p.day = 3, twoDigits(day)
	return p
}

func pointExpr(p single) expr { return expr{kind: Point, point: p} }

func stretchExpr(from, to single) expr {
	return expr{kind: OneOf, members: []member{{stretch: true, from: end{date: from}, to: end{date: to}}}}
}

// daysOfMonth gives the days first to last of the month in p, the last day
// counted for a leap year where the year is not known.
func daysOfMonth(p single, first, last int) expr {
	length := monthLength(p.year, p.month.value())
	if !p.yearKnown() && p.month.value() == 2 {
		length = 29
	}
	return stretchExpr(p.withDay(first), p.withDay(min(last, length)))
}

// Thirds of a month and of a year, by which early, mid and late are meant.
func thirdOfMonth(part yearThird) (first, last int) {
	if part == latePart {
		return 21, 31
	}
	return int(part)*10 - 9, int(part) * 10
}

func thirdOfYear(part yearThird) (first, last int) { return int(part)*4 - 3, int(part) * 4 }

// thirdOfTen gives the years of a decade; neighbours share a year, since "the
// mid 1990s" has no sharp edge.
func thirdOfTen(part yearThird) (first, last int64) { return int64(part-1) * 3, int64(part) * 3 }

// inYear writes what the slots say of the year in y, which may be blank.
func (m *moment) inYear(y single) (expr, *problem) {
	switch {
	case m.season > 0:
		return m.seasonIn(y), nil
	case m.quarter > 0:
		return m.partOf(y, firstQuarter+m.quarter-1)
	case m.half > 0 && m.month == 0:
		return m.partOf(y, firstHalf+m.half-1)
	case m.month > 0:
		return m.monthIn(y)
	case m.part != wholePart:
		first, last := thirdOfYear(m.part)
		return stretchExpr(y.withMonth(first), y.withMonth(last)), nil
	}
	return pointExpr(y), nil
}

// partOf writes a quarter or half, of which a part may be meant.
func (m *moment) partOf(y single, code int) (expr, *problem) {
	p := y.withMonth(code)
	if m.part == wholePart {
		return pointExpr(p), nil
	}
	if !y.yearKnown() {
		return expr{}, trouble(m.start.off, "name the year of this part of a year")
	}
	return windowExpr(thirdOfSpan(p.bounds(), m.part)), nil
}

// seasonIn writes a season. A winter with two years is the one between them.
func (m *moment) seasonIn(y single) expr {
	p := y.withMonth(m.season)
	parts := yearParts(m.season)
	switch {
	case m.winterOf && len(parts) > 1:
		return m.thirdOf(parts[1].span(y.year))
	case m.part == wholePart:
		return pointExpr(p)
	case !y.yearKnown():
		// The thirds of a season by its days in some year: only 29 February
		// differs between years, and winter is not cut at it.
		x := m.thirdOf(parts[len(parts)-1].span(2000))
		x.each(func(q *single) { q.digits, q.year = y.digits, 0 })
		return x
	}
	var spans []Span
	for _, part := range parts {
		spans = append(spans, thirdOfSpan(part.span(y.year), m.part))
	}
	return oneOfExpr(spans)
}

func (m *moment) thirdOf(s Span) expr {
	if m.part == wholePart {
		return windowExpr(s)
	}
	return windowExpr(thirdOfSpan(s, m.part))
}

// thirdOfSpan gives a third of a stretch, rounded outwards to whole days.
func thirdOfSpan(s Span, part yearThird) Span {
	n := s.Last - s.First + 1
	return Span{s.First + n*Day(part-1)/3, s.First + (n*Day(part)+2)/3 - 1}
}

// monthIn writes a month, or a part, week or day of it.
func (m *moment) monthIn(y single) (expr, *problem) {
	if m.swapped {
		return m.bothWays(y)
	}
	p := y.withMonth(m.month)
	switch {
	case m.day > 0:
		d := p.withDay(m.day)
		if _, ok := d.edge(-1); !ok {
			return expr{}, trouble(m.start.off, fmt.Sprintf("there is no day %d in month %d of that year", m.day, m.month))
		}
		return pointExpr(d), nil
	case m.lastDay:
		if !y.yearKnown() && m.month == 2 {
			return stretchExpr(p.withDay(28), p.withDay(29)), nil
		}
		return pointExpr(p.withDay(monthLength(y.year, m.month))), nil
	case m.nth != 0:
		return m.nthWeekday(p)
	case m.week != 0:
		return m.weekIn(p)
	case m.part != wholePart:
		first, last := thirdOfMonth(m.part)
		return daysOfMonth(p, first, last), nil
	case m.half == 1:
		return daysOfMonth(p, 1, 16), nil
	case m.half == 2:
		return daysOfMonth(p, 15, 31), nil
	}
	return pointExpr(p), nil
}

// bothWays writes 12/6/2001 as the two days it may be.
func (m *moment) bothWays(y single) (expr, *problem) {
	a := y.withMonth(m.day).withDay(m.month)
	b := y.withMonth(m.month).withDay(m.day)
	_, okA := a.edge(-1)
	_, okB := b.edge(-1)
	switch {
	case okA && okB:
		if m.day > m.month {
			a, b = b, a
		}
		return expr{kind: OneOf, members: []member{{from: end{date: a}}, {from: end{date: b}}}}, nil
	case okA:
		return pointExpr(a), nil
	case okB:
		return pointExpr(b), nil
	}
	return expr{}, trouble(m.start.off, "there is no such day")
}

// nthWeekday writes "the first Monday of June 2001".
func (m *moment) nthWeekday(p single) (expr, *problem) {
	if !p.yearKnown() {
		return expr{}, trouble(m.start.off, "name the year, so that the weekday can be found")
	}
	month := Span{DayOf(p.year, m.month, 1), DayOf(p.year, m.month+1, 0)}
	want := Weekday(m.weekday - 1)
	var day Day
	if m.nth < 0 {
		day = month.Last - Day((month.Last.Weekday()-want+7)%7)
	} else {
		day = month.First + Day((want-month.First.Weekday()+7)%7) + Day(7*(m.nth-1))
	}
	if !month.Contains(day) {
		return expr{}, trouble(m.start.off, "the month has no such weekday")
	}
	return pointExpr(daySingle(day)), nil
}

// weekIn writes the n-th week of a month. Weeks are counted in many ways: in
// sevens from the first, from the week that holds the first, from the first
// whole week, and beginning on Sunday or on Monday. All are covered.
func (m *moment) weekIn(p single) (expr, *problem) {
	const whole = 31
	if !p.yearKnown() {
		// Without a year the weekdays are not known: six days of slack.
		if m.week < 0 {
			return daysOfMonth(p, m.shortest()-12, whole), nil
		}
		first := max(1, 7*(m.week-1)-5)
		if first > m.shortest() {
			return expr{}, trouble(m.start.off, "the month has no such week")
		}
		return daysOfMonth(p, first, min(whole, 7*m.week+6)), nil
	}
	month := Span{DayOf(p.year, m.month, 1), DayOf(p.year, m.month+1, 0)}
	s := weekOfMonth(month, m.week)
	if s.Empty() {
		return expr{}, trouble(m.start.off, "the month has no such week")
	}
	_, _, first := s.First.Civil()
	_, _, last := s.Last.Civil()
	return daysOfMonth(p, first, last), nil
}

// shortest gives the least number of days that the month has.
func (m *moment) shortest() int { return monthLength(2001, m.month) }

// weekOfMonth covers the n-th (or, by -1, the last) week of a month by every way
// of counting.
func weekOfMonth(month Span, n int) Span {
	all := Span{month.First + Day(7*(n-1)), month.First + Day(7*n) - 1}
	if n < 0 {
		all = Span{month.Last - 6, month.Last}
	}
	for _, firstDay := range []Weekday{Monday, Sunday} {
		if n < 0 {
			// The week that holds the last day, and the one before it if that
			// is the last whole one.
			start := month.Last - Day((month.Last.Weekday()-firstDay+7)%7)
			if start+6 > month.Last {
				start -= 7
			}
			all.First = min(all.First, start)
			continue
		}
		start := month.First - Day((month.First.Weekday()-firstDay+7)%7) + Day(7*(n-1))
		all.First, all.Last = min(all.First, start), max(all.Last, start+6)
		if start < month.First+Day(7*(n-1)) {
			all.Last = max(all.Last, start+13) // the first whole week is the next
		}
	}
	return Span{max(all.First, month.First), min(all.Last, month.Last)}
}

// years writes years, decades and centuries without month or season.
func (m *moment) years() (expr, *problem) {
	switch {
	case m.century > 0:
		// The 20th century is 1901 to 2000 by the book and 1900 to 1999 by use.
		first := (m.century - 1) * 100
		last := first + 100
		switch {
		case m.bc && m.part != wholePart:
			return expr{}, trouble(m.start.off, "write a part of a century before the common era as two years")
		case m.bc:
			// There was no year 0: the 1st century is 100 BC, or -0099, to 1 BC.
			first, last = 1-last, -first
		case m.part != wholePart:
			lo, hi := thirdOfTen(m.part)
			first, last = first+lo*11, first+hi*11+1
		}
		return stretchExpr(yearSingle(first), yearSingle(last)), nil
	case m.decade && m.bc:
		return expr{}, trouble(m.start.off, "write a decade before the common era as two years")
	case m.decade && m.year%100 == 0:
		return m.hundreds(), nil
	case m.decade && m.part != wholePart:
		lo, hi := thirdOfTen(m.part)
		return stretchExpr(yearSingle(m.year+lo), yearSingle(m.year+hi)), nil
	case m.decade:
		p := yearSingle(m.year)
		p.digits[3] = unknownDigit
		return pointExpr(p), nil
	}
	return m.inYear(m.yearStated())
}

// hundreds is "the 1900s": ten years to some, a hundred to others.
func (m *moment) hundreds() expr {
	if m.part != wholePart {
		lo, hi := thirdOfTen(m.part)
		return stretchExpr(yearSingle(m.year+lo*11), yearSingle(m.year+hi*11))
	}
	p := yearSingle(m.year)
	p.digits[2], p.digits[3] = unknownDigit, unknownDigit
	return pointExpr(p)
}

// yearStated gives the year as written, years before the common era included.
func (m *moment) yearStated() single {
	if m.bc {
		return yearSingle(1 - m.year)
	}
	return yearSingle(m.year)
}
