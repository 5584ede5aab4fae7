package edtf

import "slices"

// Tense says which way from the reference a date without a year is to be looked
// for. "In June", in a report of March 2001 on what happened, is June 2000; in
// the same report on what is planned, it is June 2001.
type Tense uint8

// The tenses.
const (
	Past   Tense = iota // what is told has happened, or has begun to
	Future              // what is told is to come, or not yet over
	Either              // it is not known which: both are kept
)

// Reference is what dates without a year and relative words ("last week") are
// reckoned from: the date of the document, or of the telling. It may be
// uncertain itself; the result then covers every day that it may mean.
type Reference struct {
	// Date is the date of the document. No date, or one that is open or not
	// resolved, leaves relative dates unresolved.
	Date Date
	// Event is the date of the event that the text spoke of last, for words
	// such as "the next day"; no date leaves them unresolved.
	Event Date
	Tense Tense
}

// maxReference bounds how many days of an uncertain reference are tried one by
// one. A longer reference (a decade, a century) is tried at its ends, and all
// between them is covered.
const maxReference = 750

// over evaluates something for every day that a reference may mean, and gives
// the result for each; the same result several times over comes once.
func over(ref Date, eval func(Day) (expr, bool)) ([]expr, bool) {
	s := ref.Span()
	n, bounded := s.Days()
	if !bounded || !ref.Resolved() {
		return nil, false
	}
	var out []expr
	add := func(day Day) bool {
		x, ok := eval(day)
		if ok && (len(out) == 0 || !sameExpr(&out[len(out)-1], &x)) {
			out = append(out, x)
		}
		return ok
	}
	if n > maxReference {
		return out, add(s.First) && add(s.Last)
	}
	for day := s.First; day <= s.Last; day++ {
		if !add(day) {
			return nil, false
		}
	}
	return out, true
}

func sameExpr(a, b *expr) bool {
	return a.kind == b.kind && a.kind == Point && a.point == b.point
}

// combine makes one date of the results for all days of a reference. sparse
// says that the results are all there are; otherwise what lies between the
// first and the last is covered too.
func combine(results []expr, sparse bool) expr {
	distinct := distinctExprs(results)
	if len(distinct) == 1 {
		return distinct[0]
	}
	if sparse && len(distinct) <= maxListed {
		if x, ok := listed(distinct); ok {
			return x
		}
	}
	if x, ok := joinIntervals(distinct); ok {
		return x
	}
	all := Span{MaxDay, MinDay}
	var q qualifier
	for i := range distinct {
		d := distinct[i].date()
		all = Span{min(all.First, d.Earliest()), max(all.Last, d.Latest())}
		q |= distinct[i].quals()
	}
	x := windowExpr(all)
	// Reach is already in the bounds; doubt is not.
	x.qualify(q & uncertain)
	return x
}

// joinIntervals makes one interval of several where what differs at an end is
// one unit together: the days of a month.
func joinIntervals(results []expr) (expr, bool) {
	out := results[0]
	for side := range out.ends {
		all := Span{MaxDay, MinDay}
		same := true
		for i := range results {
			r := &results[i]
			if r.kind != Interval {
				return out, false
			}
			same = same && r.ends[side] == out.ends[side]
			s := r.ends[side].bounds()
			all = Span{min(all.First, s.First), max(all.Last, s.Last)}
		}
		if same {
			continue
		}
		unit, ok := single{}, false
		if all.Bounded() {
			unit, ok = exactUnit(all)
		}
		if !ok || all.First == all.Last {
			return out, false
		}
		unit.qualify(out.ends[side].date.allQuals() & uncertain)
		out.ends[side].date = unit
	}
	return out, true
}

func distinctExprs(results []expr) []expr {
	seen := map[string]bool{}
	var out []expr
	for i := range results {
		text := results[i].date().text
		if !seen[text] {
			seen[text] = true
			out = append(out, results[i])
		}
	}
	return out
}

// listed writes several points and stretches as one set. Neighbours that follow
// one another without a gap are joined, for short lists that read well.
func listed(results []expr) (expr, bool) {
	x := expr{kind: OneOf}
	var spans []Span
	var q qualifier
	for i := range results {
		r := &results[i]
		switch {
		case r.kind == Point:
			x.members = append(x.members, member{from: end{date: r.point}})
		case r.kind == OneOf:
			x.members = append(x.members, r.members...)
		default:
			return x, false
		}
		q |= r.quals()
		spans = append(spans, r.date().Span())
	}
	if q&approximate == 0 {
		for _, s := range spans {
			if !s.Bounded() {
				return x, false
			}
		}
		x = oneOfExpr(spans)
		x.qualify(q)
	}
	return x, true
}

// quals gathers the flags of all parts.
func (x *expr) quals() qualifier {
	var q qualifier
	x.each(func(p *single) { q |= p.allQuals() })
	return q
}

// qualify sets flags on every part of every date.
func (x *expr) qualify(q qualifier) {
	if q == 0 {
		return
	}
	x.each(func(p *single) {
		if !p.clock.set {
			p.qualify(q)
		}
	})
}

// each visits every single date of the tree.
func (x *expr) each(visit func(*single)) {
	at := func(e *end) {
		if e.form == Stated {
			visit(&e.date)
		}
	}
	switch x.kind {
	case Point:
		visit(&x.point)
	case Interval:
		at(&x.ends[0])
		at(&x.ends[1])
	case OneOf, AllOf:
		for i := range x.members {
			at(&x.members[i].from)
			if x.members[i].stretch {
				at(&x.members[i].to)
			}
		}
	}
}

// Resolve finds the year of a date whose year is not stated at all ("XXXX-06",
// "XXXX-03/XXXX-06") from the reference: the last such date that began before
// the reference, the next that is not over, or both, as the tense says. Dates
// that are resolved come back as they are, and so do those that the reference
// cannot help. The result may be a set where the reference leaves a choice.
func (d Date) Resolve(ref Reference) Date {
	if d.kind == None || d.Resolved() {
		return d
	}
	x, _ := parseExpr(d.text) // canonical text always parses
	resolved, ok := x.resolve(ref)
	if !ok {
		return d
	}
	return resolved.date()
}

// resolve is Resolve on the tree.
func (x *expr) resolve(ref Reference) (expr, bool) {
	if !x.yearless() {
		return *x, false
	}
	results, ok := over(ref.Date, func(day Day) (expr, bool) { return x.near(day, ref.Tense) })
	if !ok {
		return *x, false
	}
	return combine(results, sparse(ref.Date)), true
}

// sparse says whether every day of a reference is tried by over.
func sparse(ref Date) bool {
	n, bounded := ref.Span().Days()
	return bounded && n <= maxReference
}

// yearless says whether every date in the tree states a month or season and no
// digit of the year.
func (x *expr) yearless() bool {
	ok := true
	x.each(func(p *single) {
		ok = ok && !p.long && p.parts > 1 && p.unknownYearDigits() == 4 && !p.month.blank()
	})
	return ok
}

// near gives the date in the year that the tense asks for.
func (x *expr) near(day Day, tense Tense) (expr, bool) {
	if x.kind == OneOf && len(x.members) > 1 {
		return x.nearEach(day, tense)
	}
	var found []expr
	if tense != Future {
		found = x.lastBefore(day)
	}
	if tense != Past {
		found = append(found, x.nextAfter(day)...)
	}
	if len(found) == 0 {
		return expr{}, false
	}
	return combine(found, true), true
}

// nearEach finds the year of each alternative by itself.
func (x *expr) nearEach(day Day, tense Tense) (expr, bool) {
	var found []expr
	for _, m := range x.members {
		one := expr{kind: OneOf, members: []member{m}}
		if !m.stretch {
			one = expr{kind: Point, point: m.from.date}
		}
		c, ok := one.near(day, tense)
		if !ok {
			return expr{}, false
		}
		found = append(found, c)
	}
	return combine(found, true), true
}

// Leap days come back within eight years, so a search of nine finds every date.
const searchYears = 9

// lastBefore gives the last such date that has begun by the day. Of a range over
// months that is not over by then ("from March to June", told in April) it may
// be this year's or the last one that is: both are given.
func (x *expr) lastBefore(day Day) []expr {
	year, _, _ := day.Civil()
	var found []expr
	for y := year + 1; y >= year-searchYears; y-- {
		c, ok := x.inYear(y)
		if !ok || c.statedSpan().First > day {
			continue
		}
		found = append(found, c)
		if x.kind == Point || !x.longRange(&c, day) {
			break
		}
	}
	return found
}

// longRange says whether a range over more than a month and a half has begun but
// not come to its last date.
func (x *expr) longRange(c *expr, day Day) bool {
	const long = 45
	last := c.ends[1].date
	if c.kind == OneOf {
		last = c.members[0].to.date
	}
	n, _ := c.date().Span().Days()
	return n > long && last.bounds().First > day
}

// nextAfter gives the next such date that is not over by the day.
func (x *expr) nextAfter(day Day) []expr {
	year, _, _ := day.Civil()
	for y := year - 2; y <= year+searchYears; y++ {
		if c, ok := x.inYear(y); ok && c.statedSpan().Last >= day {
			return []expr{c}
		}
	}
	return nil
}

// statedSpan gives the days from the first to the last of the dates stated, which
// for open ends is all there is to compare with.
func (x *expr) statedSpan() Span {
	all := Span{MaxDay, MinDay}
	x.each(func(p *single) {
		s := p.bounds()
		all = Span{min(all.First, s.First), max(all.Last, s.Last)}
	})
	return all
}

// inYear puts a year into a tree without years. A date of the tree that lies
// earlier in the year than the one before it belongs to the next year: "from
// November to February". The result is false where the year has no such day.
func (x *expr) inYear(year int64) (expr, bool) {
	if year < -9998 || year > 9998 {
		return expr{}, false
	}
	if x.kind == Point && x.point.season() != 0 {
		// A winter is looked for by itself, not as the two of one year.
		if parts := yearParts(x.point.season()); len(parts) > 1 {
			out := windowExpr(parts[len(parts)-1].span(year))
			out.qualify(x.point.allQuals())
			return out, true
		}
	}
	out := *x
	out.members = slices.Clone(x.members)
	stretch := x.kind == Interval || x.kind == OneOf && len(x.members) == 1
	ok, last, y := true, 0, year
	out.each(func(p *single) {
		at := p.ordinal()
		if stretch && at < last {
			y = year + 1
		}
		last = at
		p.setYear(y)
		if stretch && p.parts == 3 && p.day.known() && p.month.known() {
			// The end of February of any year, put into this one.
			p.day = twoDigits(min(p.day.value(), monthLength(y, p.month.value())))
		}
		if p.parts == 3 {
			_, has := p.edge(-1)
			ok = ok && has
		}
	})
	if stretch && x.kind == OneOf && out.members[0].from == out.members[0].to {
		out = expr{kind: Point, point: out.members[0].from.date}
	}
	return out, ok
}

// ordinal orders the dates of one year by where they begin.
func (p *single) ordinal() int {
	if p.season() != 0 {
		parts := yearParts(p.season())
		// Winter counts as the one at the end of the year.
		return parts[len(parts)-1].firstMonth * 100
	}
	month, day := 0, 0
	for m := 1; m <= 12 && month == 0; m++ {
		if p.month.matches(m) {
			month = m
		}
	}
	if p.parts == 3 && p.day.known() {
		day = p.day.value()
	}
	return month*100 + day
}
