package edtf

// Match is the answer to a question about an uncertain date.
type Match int8

// The answers, in rising order.
const (
	Never     Match = iota // false whatever the date means
	Possibly               // true for some of what it may mean
	Certainly              // true whatever it means
)

// String gives the answer in a word.
func (m Match) String() string {
	switch m {
	case Possibly:
		return "possibly"
	case Certainly:
		return "certainly"
	}
	return "never"
}

func match(certainly, possibly bool) Match {
	switch {
	case certainly:
		return Certainly
	case possibly:
		return Possibly
	}
	return Never
}

// Within says whether all of the date lies in the span: the question of a
// count for a period. No date, and a date that is not resolved, lie possibly in
// any span that holds a day.
//
// A date without gaps gives the strongest answer that is true. For unstated
// digits in the middle ("2001-XX-15") Possibly may stand for Never, since only
// the first and the last day are looked at.
func (d Date) Within(s Span) Match {
	if d.kind == None {
		return match(false, !s.Empty())
	}
	if s.Empty() {
		return Never
	}
	if d.kind == OneOf || d.kind == AllOf {
		return d.eachMember(func(m Span) Match { return whole(m, m, s) })
	}
	return whole(d.start, d.end, s)
}

// whole asks whether something that begins in start and ends in end lies in s.
func whole(start, end, s Span) Match {
	// At best it begins as late and ends as early as it may, and at least one
	// day long.
	return match(s.First <= start.First && end.Last <= s.Last,
		start.Last >= s.First && end.First <= s.Last && max(start.First, s.First) <= min(end.Last, s.Last))
}

// Overlaps says whether the date and the span have a day in common: the
// question of a list that shows what was going on in a period. The notes on
// [Date.Within] hold here too.
func (d Date) Overlaps(s Span) Match {
	if d.kind == None {
		return match(false, !s.Empty())
	}
	if s.Empty() {
		return Never
	}
	switch d.kind {
	case OneOf:
		return d.eachMember(func(m Span) Match { return shares(m, m, s) })
	case AllOf:
		return d.anyMember(func(m Span) Match { return shares(m, m, s) })
	}
	return shares(d.start, d.end, s)
}

// shares asks whether something that begins in start and ends in end has a day
// in s.
func shares(start, end, s Span) Match {
	begins := match(start.Last <= s.Last, start.First <= s.Last)
	ends := match(end.First >= s.First, end.Last >= s.First)
	// Beginning and end are one thing, not two, where both may be any day of
	// the same stretch: to be certain, none of its days may lie outside.
	if start == end {
		return match(s.First <= start.First && end.Last <= s.Last, begins != Never && ends != Never)
	}
	return min(begins, ends)
}

// Before says whether the date is over before the other begins. Two dates that
// may fall on the same day are never certainly one before the other.
func (d Date) Before(e Date) Match {
	if d.kind == None || e.kind == None {
		return Possibly
	}
	return match(d.end.Last < e.start.First, d.end.First < e.start.Last)
}

// After is Before with the two exchanged.
func (d Date) After(e Date) Match { return e.Before(d) }

// Coincides says whether the two dates share a day. It is the question of
// linkage and of contradiction: Never means that the two cannot be dates of the
// same thing. Two months, even the same one, coincide only possibly.
func (d Date) Coincides(e Date) Match {
	if d.kind == None || e.kind == None {
		return Possibly
	}
	if !d.gapless() || !e.gapless() {
		return d.coincideByMember(e)
	}
	certain := d.start.Last <= e.end.First && e.start.Last <= d.end.First
	return match(certain, d.start.First <= e.end.Last && e.start.First <= d.end.Last)
}

func (d Date) gapless() bool { return d.kind == Point || d.kind == Interval }

// coincideByMember looks into sets, whose gaps no bounds show. It never answers
// Certainly: a set does not say which of its days is meant.
func (d Date) coincideByMember(e Date) Match {
	for _, a := range d.stretches() {
		for _, b := range e.stretches() {
			if a.First <= b.Last && b.First <= a.Last {
				return Possibly
			}
		}
	}
	return Never
}

// eachMember combines the answers for the members of a set, one or all of which
// hold: certain where all are, possible where one is.
func (d Date) eachMember(ask func(Span) Match) Match {
	low, high := Certainly, Never
	for _, m := range d.stretches() {
		a := ask(m)
		low, high = min(low, a), max(high, a)
	}
	if d.kind == AllOf {
		// All must lie within for the whole to do so.
		return low
	}
	return match(low == Certainly, high > Never)
}

// anyMember gives the best answer of a member.
func (d Date) anyMember(ask func(Span) Match) Match {
	high := Never
	for _, m := range d.stretches() {
		high = max(high, ask(m))
	}
	return high
}

// stretches gives the days that each member of a set may mean; for other dates
// the one stretch of all their days.
func (d Date) stretches() []Span {
	if d.gapless() || d.kind == None {
		return []Span{d.Span()}
	}
	// The text of a Date is always canonical, so it always parses.
	x, _ := parseExpr(d.text)
	out := make([]Span, len(x.members))
	for i := range x.members {
		out[i] = x.members[i].bounds()
	}
	return out
}

// Length gives the least and the greatest number of days that the date may
// last, both ends included. A single date coarser than a day ("in June") may
// last any time from one day to all of it; for the length of June itself ask
// [Span.Days]. The result bounded is false, and high 0, where there is no
// upper bound.
func (d Date) Length() (low, high int64, bounded bool) {
	low = 1
	if d.kind == None {
		return 1, 0, false
	}
	if d.start.Last.Bounded() && d.end.First.Bounded() {
		low = max(1, int64(d.end.First-d.start.Last)+1)
	}
	if d.kind == OneOf || d.kind == AllOf {
		low = 1
	}
	high, bounded = d.Span().Days()
	return low, high, bounded
}

// Elapsed gives the least and the greatest number of days from the beginning of
// one date to the beginning of another; negative where the other may be
// earlier. The result bounded is false where a beginning has no bounds.
func Elapsed(from, to Date) (low, high int64, bounded bool) {
	if from.kind == None || to.kind == None || !from.start.Bounded() || !to.start.Bounded() {
		return 0, 0, false
	}
	return int64(to.start.First - from.start.Last), int64(to.start.Last - from.start.First), true
}
