package edtf

// How far "~" reaches on either side. The format leaves it open; these are wide
// enough for "about" as people write it, and stated in the package comment.
const (
	aboutDays   = 7
	aboutMonths = 1
	aboutYears  = 2
)

// bounds gives the days that a date may mean, or an unbounded span where its
// year is not stated.
func (p *single) bounds() Span {
	if !p.resolved() {
		return Span{MinDay, MaxDay}
	}
	var s Span
	switch {
	case p.parts == 1:
		lo, hi := p.years()
		s = Span{DayOf(lo, 1, 1), DayOf(hi, 12, 31)}
	case p.season() != 0:
		lo, hi := p.years()
		parts := yearParts(p.season())
		s = Span{parts[0].span(lo).First, parts[len(parts)-1].span(hi).Last}
	default:
		s.First, _ = p.edge(-1)
		s.Last, _ = p.edge(+1)
	}
	if p.allQuals()&approximate != 0 {
		s = p.widen(s)
	}
	return s
}

// years gives the first and the last year that the stated digits allow.
func (p *single) years() (lo, hi int64) {
	if p.yearKnown() {
		return p.significantYears()
	}
	for _, c := range p.digits {
		lo, hi = lo*10, hi*10
		if c == unknownDigit {
			hi += 9
			continue
		}
		lo += int64(c - '0')
		hi += int64(c - '0')
	}
	if p.neg {
		// Year 0 is written without a sign, so -000X starts at -1.
		lo, hi = -hi, -max(lo, 1)
	}
	return lo, hi
}

func (p *single) significantYears() (lo, hi int64) {
	if p.sig == 0 {
		return p.year, p.year
	}
	abs := max(p.year, -p.year)
	width := 4
	for n := abs / 10_000; n > 0; n /= 10 {
		width++
	}
	unit := int64(1)
	for range width - int(p.sig) {
		unit *= 10
	}
	lo = abs / unit * unit
	hi = lo + unit - 1
	if p.year < 0 {
		return -hi, -lo
	}
	return lo, hi
}

// edge gives the first (dir -1) or last (dir +1) day that fits every stated
// digit, for a date with a month. The result is false where no day does.
func (p *single) edge(dir int) (Day, bool) {
	if p.yearKnown() {
		return p.edgeInYear(p.year, dir)
	}
	// Years are tried from the edge inwards. Only 29 February makes the walk
	// longer than a step, and then by a few thousand years at most.
	free := p.unknownYearDigits()
	count := int64(1)
	for range free {
		count *= 10
	}
	for n := range count {
		fill := n
		if (dir > 0) != p.neg {
			fill = count - 1 - n
		}
		year := p.fillYear(fill)
		if p.neg {
			if year == 0 {
				continue
			}
			year = -year
		}
		if day, ok := p.edgeInYear(year, dir); ok {
			return day, true
		}
	}
	return 0, false
}

// fillYear puts the decimal digits of fill into the unstated digits of the year.
func (p *single) fillYear(fill int64) int64 {
	year, unit := int64(0), int64(1)
	for i := len(p.digits) - 1; i >= 0; i-- {
		d := int64(p.digits[i] - '0')
		if p.digits[i] == unknownDigit {
			d = fill % 10
			fill /= 10
		}
		year += d * unit
		unit *= 10
	}
	return year
}

func (p *single) edgeInYear(year int64, dir int) (Day, bool) {
	if p.month.known() {
		return p.edgeInMonth(year, p.month.value(), dir)
	}
	for n := range 12 {
		m := n + 1
		if dir > 0 {
			m = 12 - n
		}
		if !p.month.matches(m) {
			continue
		}
		if day, ok := p.edgeInMonth(year, m, dir); ok {
			return day, true
		}
	}
	return 0, false
}

func (p *single) edgeInMonth(year int64, month, dir int) (Day, bool) {
	length := monthLength(year, month)
	if p.parts == 2 {
		if dir < 0 {
			return DayOf(year, month, 1), true
		}
		return DayOf(year, month, length), true
	}
	if p.day.known() {
		d := p.day.value()
		return DayOf(year, month, d), d >= 1 && d <= length
	}
	for n := range length {
		d := n + 1
		if dir > 0 {
			d = length - n
		}
		if p.day.matches(d) {
			return DayOf(year, month, d), true
		}
	}
	return 0, false
}

// widen applies "~": once for every run of neighbouring approximate parts, by
// the unit of the finest part of the run.
func (p *single) widen(s Span) Span {
	about := func(part int) bool {
		return part < int(p.parts) && p.quals[part]&approximate != 0
	}
	for part := range int(p.parts) {
		if !about(part) || about(part+1) {
			continue
		}
		switch {
		case part == partDay && p.day.known():
			s = Span{s.First.add(-aboutDays), s.Last.add(aboutDays)}
		case part == partYear:
			s = moveMonths(s, 12*p.aboutYears())
		case part == partMonth && p.season() != 0:
			s = moveMonths(s, halfOf(p.season()))
		case part == partMonth && !p.month.known():
			// The year is all that is stated: half of it.
			s = moveMonths(s, 6)
		default:
			s = moveMonths(s, aboutMonths)
		}
	}
	return s
}

// aboutYears gives the reach of "~" on the year: more where digits are missing.
func (p *single) aboutYears() int64 {
	lo, hi := p.years()
	if lo == hi {
		return aboutYears
	}
	return (hi - lo + 2) / 2
}

// moveMonths moves both ends outwards. The last day is moved by way of the day
// after it, so that the end of a month stays the end of a month.
func moveMonths(s Span, n int64) Span {
	return Span{s.First.addMonths(-n), s.Last.add(1).addMonths(n).add(-1)}
}
