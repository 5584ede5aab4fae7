package edtf

// lunarNode is a date in a lunar calendar, converted.
func (p *parser) lunarNode(m *moment) (node, *problem) {
	if m.calendar == LunarUnstated {
		switch p.lang {
		case Korean:
			m.calendar = LunarKorean
		case Chinese:
			m.calendar = LunarChinese
		}
	}
	if m.month == 0 && !m.hasYear && m.rel != unitYear {
		return node{}, trouble(m.start.off, "the month of the lunar date is missing")
	}
	if m.rel != noUnit && m.rel != unitYear {
		return node{}, trouble(m.start.off, "a lunar date is given by year, month and day")
	}
	l := Lunar{Calendar: m.calendar, Month: m.month, Day: m.day}
	if m.leap {
		l.Leap = LeapYes
	}
	if m.hasYear {
		l.Year = int(m.year)
		x, ok, why := m.lunarIn(l)
		if !ok {
			return node{}, trouble(m.start.off, why)
		}
		return node{fixed: &x, rule: RuleLunar, lunar: &l}, nil
	}
	n := relativeNode(RuleLunar, 3, nil)
	n.lunar = &l
	n.eval = func(day Day, tense Tense) (expr, bool) {
		if m.rel == unitYear {
			year, _, _ := day.Civil()
			of := l
			of.Year = int(year + m.relN)
			x, ok, _ := m.lunarIn(of)
			return x, ok
		}
		return m.lunarNear(l, day, tense)
	}
	return n, nil
}

// lunarIn converts in a year. Where it cannot, the last result says why.
func (m *moment) lunarIn(l Lunar) (expr, bool, string) {
	spans, err := l.spans()
	if err != nil {
		return expr{}, false, err.Error()
	}
	if m.part != wholePart && l.Month > 0 && l.Day == 0 {
		first, last := thirdOfMonth(m.part)
		for i, s := range spans {
			spans[i] = Span{s.First + Day(first) - 1, min(s.First+Day(last)-1, s.Last)}
		}
	}
	return oneOfExpr(spans), true, ""
}

// lunarNear finds the year that the tense asks for. A leap month comes back
// within a few decades at most.
func (m *moment) lunarNear(l Lunar, day Day, tense Tense) (expr, bool) {
	const searched = 60
	year, _, _ := day.Civil()
	find := func(step int) (expr, bool) {
		for n := range searched {
			of := l
			of.Year = int(year) - step + step*n
			x, ok, _ := m.lunarIn(of)
			if !ok {
				continue
			}
			if d := x.date(); step < 0 && d.Earliest() <= day || step > 0 && d.Latest() >= day {
				return x, true
			}
		}
		return expr{}, false
	}
	var found []expr
	for _, step := range []int{-1, 1} {
		if step < 0 && tense == Future || step > 0 && tense == Past {
			continue
		}
		x, ok := find(step)
		if !ok {
			return expr{}, false
		}
		found = append(found, x)
	}
	return combine(found, true), true
}
