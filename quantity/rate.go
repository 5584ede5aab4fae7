package quantity

import (
	"fmt"
	"strconv"
)

// A PeriodUnit is the calendar unit of a period.
type PeriodUnit string

// The calendar units. Months and years differ in length; sums over them use
// the shortest and the longest they can be.
const (
	Days   PeriodUnit = "days"
	Weeks  PeriodUnit = "weeks"
	Months PeriodUnit = "months"
	Years  PeriodUnit = "years"
)

// A Period is what a rate is per: "every two days" is {N: 2, Unit: Days},
// "every two or three weeks" is {N: 2, Max: 3, Unit: Weeks}.
type Period struct {
	N    int64      `json:"n"`
	Max  int64      `json:"max,omitempty"` // 0: the same as N
	Unit PeriodUnit `json:"unit"`
}

// maxPeriod bounds a period's number: ten thousand of any unit is longer than
// anything a report speaks of, and keeps all arithmetic far from overflow.
const maxPeriod = 10_000

// upper is the largest number of units the period may mean.
func (p Period) upper() int64 {
	if p.Max == 0 {
		return p.N
	}
	return p.Max
}

func (p Period) check() error {
	if p.N < 1 || p.upper() < p.N || p.upper() > maxPeriod {
		return fmt.Errorf("period: %d to %d is no usable number; write 1 to %d", p.N, p.upper(), maxPeriod)
	}
	switch p.Unit {
	case Days, Weeks, Months, Years:
		return nil
	}
	return fmt.Errorf("period: unit %q is not known; write days, weeks, months or years", p.Unit)
}

// ISO is the period as an ISO 8601 duration ("P2D"); an uncertain one gives
// both ends ("P2D/P3D").
func (p Period) ISO() string {
	letter := "D"
	switch p.Unit {
	case Weeks:
		letter = "W"
	case Months:
		letter = "M"
	case Years:
		letter = "Y"
	}
	s := "P" + strconv.FormatInt(p.N, 10) + letter
	if p.upper() != p.N {
		s += "/P" + strconv.FormatInt(p.Max, 10) + letter
	}
	return s
}

// A Rate is a count that is said to repeat: so many per period. It is not a
// total, and becomes one only through [Rate.For] with a stated period.
type Rate struct {
	count Count
	every Period
}

// NewRate makes a rate. It refuses a period shorter than one unit or longer
// than 10,000 of them.
func NewRate(c Count, every Period) (Rate, error) {
	if err := every.check(); err != nil {
		return Rate{}, fmt.Errorf("rate: %w", err)
	}
	if every.Max == every.N {
		every.Max = 0 // one spelling, so that equal rates are ==
	}
	return Rate{c, every}, nil
}

// Count is the number per period.
func (r Rate) Count() Count { return r.count }

// Every is the period.
func (r Rate) Every() Period { return r.every }

// A Total is a rate held for a period. It is derived, never stated, and its
// assumptions belong beside it wherever it is shown.
type Total struct {
	Count       Count     `json:"count"`
	Rate        Rate      `json:"rate"`
	Span        Span      `json:"span"`
	Assumptions []Message `json:"assumptions"`
}

// For holds the rate for a stated period: low × the periods that certainly fit
// into the shortest time it may mean, up to high × the periods that may have
// begun in the longest. "Around 50 every two days" for 21 days is 45 to 55,
// ten to eleven times: 450 to 605. The result has no best, because no source
// states one. A zero Span is refused: without a period there is no total.
func (r Rate) For(s Span) (Total, error) {
	if err := r.every.check(); err != nil {
		return Total{}, fmt.Errorf("rate: %w", err)
	}
	if s == (Span{}) {
		return Total{}, (&problem{what: ProblemPeriod, why: "no period is stated, so the rate has no total"}).in(r.count.words)
	}
	if err := s.check(); err != nil {
		return Total{}, fmt.Errorf("rate: %w", err)
	}
	few, many := s.fits(r.every)
	c := Count{
		low: mulLow(r.count.low, few), unit: r.count.unit, noun: r.count.noun, lang: r.count.lang,
		words: r.count.words, rule: RuleRateForPeriod.current(),
		flags: r.count.flags | Derived | Approximate,
	}
	high := r.count.bound().times(many)
	c.high, c.closed = high.n, high.closed
	notes := []Message{message(KeySteady)}
	if c.unit.ofPeople() || c.unit == Unstated {
		notes = append(notes, message(KeyMayBeTrips))
	}
	if lo, hi := s.Days(); lo != hi {
		notes = append(notes, message(KeyPeriodLength, digits(lo), digits(hi)))
	}
	notes = append(notes, message(KeyTimes, digits(few), digits(many)))
	return Total{Count: c, Rate: r, Span: s, Assumptions: notes}, nil
}
