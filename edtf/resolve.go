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
