package edtf

// relNode is a date in a day, week, month or year counted from the telling.
func (m *moment) relNode() (node, *problem) {
	n := m.relN
	switch m.rel {
	case unitDay:
		return relativeNode(RuleRelative, 3, func(day Day) (expr, bool) {
			return pointExpr(daySingle(day + Day(n))), true
		}), nil
	case unitWeek:
		want := m.weekday
		return relativeNode(RuleRelative, 3, func(day Day) (expr, bool) { return weekFrom(day, n, want), true }), nil
	case unitMonth:
		return m.relMonth()
	case unitYear:
		return m.relYear()
	case unitDecade, unitCentury:
		return m.relTens()
	}
	return node{}, trouble(m.start.off, "name the year of this")
}

// weekFrom covers the n-th week from that of the day, weeks beginning on Monday
// or on Sunday; of the last and the next week also the nearest seven days. With
// a weekday (1 to 7) it is that day of the week.
func weekFrom(day Day, n int64, weekday int) expr {
	monday := day - Day(day.Weekday()) + Day(7*n)
	sunday := day - Day((day.Weekday()+1)%7) + Day(7*n)
	if weekday > 0 {
		a := monday + Day(weekday-1)
		b := sunday + Day(weekday%7)
		return oneOfExpr([]Span{{a, a}, {b, b}})
	}
	s := Span{min(monday, sunday), max(monday, sunday) + 6}
	switch n {
	case -1:
		s = Span{min(s.First, day-7), max(s.Last, day-1)}
	case 1:
		s = Span{min(s.First, day+1), max(s.Last, day+7)}
	}
	return windowExpr(s)
}

// relMonth is this, last or next month, or something in it.
func (m *moment) relMonth() (node, *problem) {
	if m.month > 0 || m.season > 0 {
		return node{}, trouble(m.start.off, "two months in one date")
	}
	at := func(day Day) (expr, *problem) {
		year, month, _ := day.Civil()
		year, month, _ = DayOf(year, month+int(m.relN), 1).Civil()
		of := *m
		of.month = month
		return of.inYear(yearSingle(year))
	}
	n := relativeNode(RuleRelative, 2, func(day Day) (expr, bool) {
		x, e := at(day)
		return x, e == nil
	})
	if m.day > 0 {
		n.blank.point = n.blank.point.withDay(m.day)
	}
	return n, nil
}

// relYear is this, last or next year, or something in it.
func (m *moment) relYear() (node, *problem) {
	if m.hasYear {
		return node{}, trouble(m.start.off, "two years in one date")
	}
	if m.day > 0 && m.month == 0 {
		return node{}, trouble(m.start.off, "a day and a year without a month")
	}
	// The slots are tried in a blank year first, so that what no year has is
	// refused now.
	blank, e := m.inYear(blankYear())
	if e != nil && m.nth == 0 && m.quarter == 0 && m.half == 0 {
		return node{}, e
	}
	n := relativeNode(RuleRelative, 1, func(day Day) (expr, bool) {
		year, _, _ := day.Civil()
		x, e := m.inYear(yearSingle(year + m.relN))
		return x, e == nil
	})
	if e == nil {
		n.blank = blank
	}
	n.ambiguous = m.swapped
	return n, nil
}

// relTens is this or last decade or century.
func (m *moment) relTens() (node, *problem) {
	if m.month > 0 || m.season > 0 || m.day > 0 {
		return node{}, trouble(m.start.off, "name the year of this month, season or day")
	}
	return relativeNode(RuleRelative, 1, func(day Day) (expr, bool) {
		year, _, _ := day.Civil()
		of := *m
		switch {
		case m.rel == unitCentury && m.decade: // 上世纪90年代
			of.yearDigits, of.year = 4, floorDiv(year, 100)*100+100*m.relN+m.year%100
			x, e := of.years()
			return x, e == nil && of.year >= 0
		case m.rel == unitCentury:
			of.century = floorDiv(year, 100) + 1 + m.relN
			x, e := of.years()
			return x, e == nil && of.century > 0
		}
		of.decade, of.year = true, floorDiv(year, 10)*10+10*m.relN
		x, e := of.years()
		return x, e == nil && of.year >= 0
	}), nil
}

// earlierNode is "earlier this year", "later this month", "earlier".
func (m *moment) earlierNode() node {
	return relativeNode(RuleWindow, 1, func(day Day) (expr, bool) {
		year, month, _ := day.Civil()
		s := Span{MinDay, MaxDay}
		switch m.rel {
		case unitDay:
			s = Span{day, day}
		case unitWeek:
			s = weekFrom(day, 0, 0).span()
		case unitMonth:
			s = Span{DayOf(year, month, 1), DayOf(year, month+1, 0)}
		case unitYear:
			s = Span{DayOf(year, 1, 1), DayOf(year, 12, 31)}
		}
		if m.earlier < 0 {
			s.Last = day
		} else {
			s.First = day
		}
		return windowExpr(s), true
	})
}

func (x expr) span() Span { return x.date().Span() }

// lengthNode is a length of time reckoned from the telling or the event.
func (m *moment) lengthNode() (node, *problem) {
	if m.direction == 0 && m.window == 0 {
		return node{}, trouble(m.start.off, "this is a length of time, not a date")
	}
	parts := uint8(3)
	switch m.length {
	case unitMonth:
		parts = 2
	case unitYear, unitDecade, unitCentury:
		parts = 1
	case unitDay, unitWeek:
	default:
		return node{}, trouble(m.start.off, "count days, weeks, months or years")
	}
	if m.window != 0 {
		return relativeNode(RuleWindow, parts, func(day Day) (expr, bool) {
			far := moveBy(day, int64(m.window)*m.lengthHigh, m.length)
			return windowExpr(Span{min(far, day), max(far, day)}), true
		}), nil
	}
	return relativeNode(RuleAgo, parts, func(day Day) (expr, bool) {
		return m.apart(Span{day, day}, m.direction), true
	}), nil
}

// apart gives the time that lies a length before (-1) or after (+1) the days of
// a span. Half a unit is added on both sides, since "three weeks ago" is said of
// 18 days and of 24, as far as the result keeps to its side. Where the unit is a
// month or a year the days are rounded outwards to months.
func (m *moment) apart(from Span, direction int) expr {
	a := moveBy(from.First, int64(direction)*m.lengthHigh, m.length)
	b := moveBy(from.Last, int64(direction)*m.lengthLow, m.length)
	if direction > 0 {
		a = moveBy(from.First, m.lengthLow, m.length)
		b = moveBy(from.Last, m.lengthHigh, m.length)
	}
	s := Span{a, b}
	const halfWeek, halfMonth = 3, 15
	switch m.length {
	case unitWeek:
		s = Span{s.First - halfWeek, s.Last + halfWeek}
	case unitMonth:
		s = wholeMonths(Span{s.First - halfMonth, s.Last + halfMonth})
	case unitYear:
		s = wholeMonths(moveMonths(s, 6))
	case unitDecade:
		s = wholeMonths(moveMonths(s, 60))
	case unitCentury:
		s = wholeMonths(moveMonths(s, 600))
	}
	if direction < 0 {
		s.Last = min(s.Last, from.Last)
	} else {
		s.First = max(s.First, from.First)
	}
	return windowExpr(s)
}

// wholeMonths rounds a span outwards to months.
func wholeMonths(s Span) Span {
	y1, m1, _ := s.First.Civil()
	y2, m2, _ := s.Last.Civil()
	return Span{DayOf(y1, m1, 1), DayOf(y2, m2+1, 0)}
}

func moveBy(day Day, n int64, u unit) Day {
	switch u {
	case unitWeek:
		return day.add(7 * n)
	case unitMonth:
		return day.addMonths(n)
	case unitYear:
		return day.addMonths(12 * n)
	case unitDecade:
		return day.addMonths(120 * n)
	case unitCentury:
		return day.addMonths(1200 * n)
	}
	return day.add(n)
}
