package edtf

// date computes the value of a syntax tree.
func (x *expr) date() Date {
	switch x.kind {
	case Point:
		return x.point.date()
	case Interval:
		return x.interval()
	case OneOf, AllOf:
		return x.set()
	}
	return Date{}
}

func (p *single) date() Date {
	var buf [64]byte
	s := p.bounds()
	return Date{
		text:      string(p.append(buf[:0])),
		start:     s,
		end:       s,
		kind:      Point,
		precision: p.precision(),
		marks:     p.marks(),
	}
}

func (p *single) marks() marks {
	var m marks
	if q := p.allQuals(); q != 0 {
		if q&uncertain != 0 {
			m |= markUncertain
		}
		if q&approximate != 0 {
			m |= markApproximate
		}
	}
	if !p.resolved() {
		m |= markUnresolved
	}
	return m | levelMark(p.level())
}

func levelMark(level uint8) marks {
	switch level {
	case 1:
		return markLevel1
	case 2:
		return markLevel2
	}
	return 0
}

// precision gives the finest unit of the calendar that surely holds the date. A
// date whose year is not stated has the unit in which it is written.
func (p *single) precision() Precision {
	if p.clock.set {
		return PrecisionTime
	}
	if !p.resolved() {
		return p.writtenPrecision()
	}
	if lo, hi := p.years(); lo != hi {
		switch n := hi - lo + 1; {
		case n <= 10:
			return PrecisionDecade
		case n <= 100:
			return PrecisionCentury
		}
		return PrecisionCoarse
	}
	switch s := p.season(); {
	case s >= firstQuadrimester:
		return PrecisionHalf
	case s > 0:
		return PrecisionSeason
	case p.parts == 1 || !p.month.known():
		return PrecisionYear
	case p.parts == 2 || !p.day.known():
		return PrecisionMonth
	}
	return PrecisionDay
}

func (p *single) writtenPrecision() Precision {
	switch s := p.season(); {
	case s >= firstQuadrimester:
		return PrecisionHalf
	case s > 0:
		return PrecisionSeason
	case p.parts == 1:
		return PrecisionYear
	case p.parts == 2:
		return PrecisionMonth
	}
	if p.month.known() && p.day.blank() {
		return PrecisionMonth
	}
	return PrecisionDay
}

func (x *expr) interval() Date {
	var buf [128]byte
	b := x.ends[0].append(buf[:0])
	b = append(b, '/')
	b = x.ends[1].append(b)
	d := Date{text: string(b), kind: Interval}
	for i := range x.ends {
		d.takeMarks(&x.ends[i])
	}
	s, e := x.ends[0].bounds(), x.ends[1].bounds()
	// The end cannot come before the beginning, whatever each may mean alone.
	d.start = Span{s.First, min(s.Last, e.Last)}
	d.end = Span{max(e.First, s.First), e.Last}
	d.openMarks(x.ends[0].form, x.ends[1].form)
	return d
}

// takeMarks gathers what an end says about the whole.
func (d *Date) takeMarks(e *end) {
	if e.form != Stated {
		d.marks |= markLevel1
		return
	}
	d.marks |= e.date.marks()
	d.precision = max(d.precision, e.date.precision())
}

func (d *Date) openMarks(start, end Bound) {
	switch start {
	case OpenEnded:
		d.marks |= markStartOpen
	case UnknownEnd:
		d.marks |= markStartUnknown
	}
	switch end {
	case OpenEnded:
		d.marks |= markEndOpen
	case UnknownEnd:
		d.marks |= markEndUnknown
	}
}

func (x *expr) set() Date {
	d := Date{kind: x.kind, marks: markLevel2}
	var buf [256]byte
	open, closing := byte('['), byte(']')
	if x.kind == AllOf {
		open, closing = '{', '}'
	}
	b := append(buf[:0], open)
	all := Span{MaxDay, MinDay}
	for i := range x.members {
		m := &x.members[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = m.append(b)
		s := m.bounds()
		all = Span{min(all.First, s.First), max(all.Last, s.Last)}
		d.takeMarks(&m.from)
		if m.stretch {
			d.takeMarks(&m.to)
			d.openMarks(m.from.form, m.to.form)
		}
	}
	d.text = string(append(b, closing))
	d.start, d.end = all, all
	return d
}

// bounds gives the days from the first that the member may mean to the last.
func (m *member) bounds() Span {
	s := m.from.bounds()
	if m.stretch {
		s.Last = m.to.bounds().Last
	}
	return s
}

func (m *member) append(b []byte) []byte {
	if m.from.form == Stated {
		b = m.from.date.append(b)
	}
	if m.stretch {
		b = append(b, '.', '.')
		if m.to.form == Stated {
			b = m.to.date.append(b)
		}
	}
	return b
}

func (e *end) bounds() Span {
	if e.form != Stated {
		return Span{MinDay, MaxDay}
	}
	return e.date.bounds()
}

func (e *end) append(b []byte) []byte {
	switch e.form {
	case OpenEnded:
		return append(b, '.', '.')
	case UnknownEnd:
		return b
	}
	return e.date.append(b)
}
