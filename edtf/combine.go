package edtf

import "slices"

// Window gives the date that means "some time between these days", in the
// coarsest terms that say exactly that: "2001-06" for all of June, a day for one
// day, [2001-07-21..2001-07-31] otherwise. An empty span, and one that is open on
// both sides, give no date. Days outside years -9999 to 9999, which EDTF cannot
// write, widen to their years.
func Window(s Span) Date {
	if s.Empty() {
		return Date{}
	}
	x := windowExpr(s)
	return x.date()
}

// windowExpr is the syntax of Window, for a span that is not empty.
func windowExpr(s Span) expr {
	// Beyond the years that can be written there is no bound to write.
	if s.First < DayOf(-maxYear, 1, 1) {
		s.First = MinDay
	}
	if s.Last > DayOf(maxYear, 12, 31) {
		s.Last = MaxDay
	}
	if !s.First.Bounded() && !s.Last.Bounded() {
		return expr{kind: None}
	}
	m := spanMember(s)
	if !m.stretch {
		return expr{kind: Point, point: m.from.date}
	}
	return expr{kind: OneOf, members: []member{m}}
}

// spanMember writes a span, of which one side at least is bounded, as a member
// of a set.
func spanMember(s Span) member {
	if !s.First.Bounded() {
		return member{stretch: true, from: end{form: OpenEnded}, to: end{date: lastSingle(s.Last)}}
	}
	if !s.Last.Bounded() {
		return member{stretch: true, from: end{date: firstSingle(s.First)}, to: end{form: OpenEnded}}
	}
	if p, ok := exactUnit(s); ok {
		return member{from: end{date: p}}
	}
	from, to := firstSingle(s.First), lastSingle(s.Last)
	// Both ends in the finer unit: [2001-07-21..2001-07-31], not ..2001-07].
	unit := max(from.parts, to.parts)
	return member{stretch: true, from: end{date: refined(s.First, unit)}, to: end{date: refined(s.Last, unit)}}
}

// refined writes a day with as many parts as asked, or as can be written.
func refined(d Day, parts uint8) single {
	p := daySingle(d)
	p.parts = min(p.parts, parts)
	return p
}

// exactUnit finds the day, month, year, decade or century that has just these
// days.
func exactUnit(s Span) (single, bool) {
	first, last := daySingle(s.First), daySingle(s.Last)
	if s.First == s.Last {
		return first, true
	}
	y1, m1, d1 := s.First.Civil()
	y2, m2, d2 := s.Last.Civil()
	if d1 != 1 || d2 != monthLength(y2, m2) {
		// A day of a long year can only be written as that year.
		return first, first.long && y1 == y2
	}
	if y1 == y2 && m1 == m2 {
		if first.parts > 2 {
			first.parts = 2
		}
		return first, true
	}
	if m1 != 1 || m2 != 12 {
		return single{}, false
	}
	first.parts, last.parts = 1, 1
	switch {
	case y1 == y2:
		return first, true
	case y1 >= 0 && !last.long && y1%100 == 0 && y2 == y1+99:
		first.digits[2], first.digits[3] = unknownDigit, unknownDigit
		return first, true
	case y1 >= 0 && !last.long && y1%10 == 0 && y2 == y1+9:
		first.digits[3] = unknownDigit
		return first, true
	}
	return single{}, false
}

// firstSingle writes a day as the beginning of a stretch: the first of a month
// as the month, New Year's Day as the year.
func firstSingle(d Day) single {
	p := daySingle(d)
	_, month, day := d.Civil()
	if day == 1 {
		p.parts = min(p.parts, 2)
		if month == 1 {
			p.parts = 1
		}
	}
	return p
}

// lastSingle writes a day as the end of a stretch.
func lastSingle(d Day) single {
	p := daySingle(d)
	year, month, day := d.Civil()
	if day == monthLength(year, month) {
		p.parts = min(p.parts, 2)
		if month == 12 {
			p.parts = 1
		}
	}
	return p
}

// maxListed is how many separate readings are listed one by one; more are
// covered by one stretch.
const maxListed = 6

// oneOfSpans gives the date that means some time in one of the spans.
func oneOfSpans(spans []Span) Date {
	x := oneOfExpr(spans)
	return x.date()
}

func oneOfExpr(spans []Span) expr {
	merged := mergeSpans(spans)
	if len(merged) > maxListed {
		merged = []Span{{merged[0].First, merged[len(merged)-1].Last}}
	}
	if len(merged) == 1 {
		return windowExpr(merged[0])
	}
	x := expr{kind: OneOf}
	for _, s := range merged {
		x.members = append(x.members, spanMember(s))
	}
	return x
}

// mergeSpans sorts spans and joins those that touch.
func mergeSpans(spans []Span) []Span {
	sorted := slices.Clone(spans)
	slices.SortFunc(sorted, func(a, b Span) int {
		if a.First != b.First {
			return int(max(-1, min(1, a.First-b.First)))
		}
		return int(max(-1, min(1, a.Last-b.Last)))
	})
	var out []Span
	for _, s := range sorted {
		if n := len(out); n > 0 && s.First <= out[n-1].Last+1 {
			out[n-1].Last = max(out[n-1].Last, s.Last)
			continue
		}
		out = append(out, s)
	}
	return out
}

// Intersect gives the days that both dates allow, as a window: what is left when
// two sources date the same thing and both are believed. The result is false
// where they have no day in common. No date allows every day. Marks of
// uncertainty are not carried over: ask the two dates.
func Intersect(a, b Date) (Date, bool) {
	switch {
	case a.kind == None:
		return b, true
	case b.kind == None || a == b:
		return a, true
	}
	var common []Span
	for _, s := range a.stretches() {
		for _, t := range b.stretches() {
			both := Span{max(s.First, t.First), min(s.Last, t.Last)}
			if !both.Empty() {
				common = append(common, both)
			}
		}
	}
	if len(common) == 0 {
		return Date{}, false
	}
	d := oneOfSpans(common)
	if d.kind == None {
		// Neither has bounds, so neither narrows the other.
		return a, true
	}
	return d, true
}

// Union gives the smallest stretch that covers both dates. No date, and a date
// that is not resolved, may be any day, so a union with one is no date.
func Union(a, b Date) Date {
	if a == b {
		return a
	}
	s := Span{min(a.Earliest(), b.Earliest()), max(a.Latest(), b.Latest())}
	return Window(s)
}
