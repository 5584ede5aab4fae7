package edtf

import "fmt"

// Date is an uncertain date, or none: the zero value is "no date stated".
//
// A Date never changes, is comparable with ==, and may be a map key. Two dates
// are equal exactly when their canonical texts are.
type Date struct {
	text string
	// The date begins on some day of start and ends on some day of end; for all
	// but intervals both are the whole stretch that it may mean.
	start, end Span
	kind       Kind
	precision  Precision
	marks      marks
}

// Kind says how a date is made up.
type Kind uint8

// The kinds of dates.
const (
	None     Kind = iota // no date stated
	Point                // one date, of any precision
	Interval             // from one date to another
	OneOf                // [..]: one of several, or some part of the time between
	AllOf                // {..}: each of several
)

// Precision is the unit in which a date is stated; for intervals and sets, the
// coarsest of its members.
type Precision uint8

// The precisions, from fine to coarse.
const (
	PrecisionNone    Precision = iota
	PrecisionTime              // to the second
	PrecisionDay               //
	PrecisionMonth             //
	PrecisionSeason            // or quarter of a year
	PrecisionHalf              // or third of a year
	PrecisionYear              //
	PrecisionDecade            //
	PrecisionCentury           //
	PrecisionCoarse            // coarser than a century
)

// String gives the word that the command line and the exports print.
func (p Precision) String() string {
	switch p {
	case PrecisionTime:
		return "second"
	case PrecisionDay:
		return "day"
	case PrecisionMonth:
		return "month"
	case PrecisionSeason:
		return "season"
	case PrecisionHalf:
		return "half"
	case PrecisionYear:
		return "year"
	case PrecisionDecade:
		return "decade"
	case PrecisionCentury:
		return "century"
	case PrecisionCoarse:
		return "millennium"
	}
	return "none"
}

// Bound says how an end of a date is stated.
type Bound uint8

// The ways to state an end.
const (
	Stated      Bound = iota // by a date
	OpenEnded                // "..": no bound
	UnknownEnd               // empty: there is one, but it is not known
	UnknownYear              // a date whose year is not stated
)

type marks uint16

const (
	markUncertain marks = 1 << iota
	markApproximate
	markUnresolved
	markStartOpen
	markEndOpen
	markStartUnknown
	markEndUnknown
	markLevel1
	markLevel2
)

// String gives the canonical EDTF text, or "" for no date.
func (d Date) String() string { return d.text }

// IsZero says whether no date is stated.
func (d Date) IsZero() bool { return d.kind == None }

// Equal says whether both are the same date in the same words; it is ==.
func (d Date) Equal(e Date) bool { return d == e }

// Kind says how the date is made up.
func (d Date) Kind() Kind { return d.kind }

// Precision gives the unit in which the date is stated.
func (d Date) Precision() Precision { return d.precision }

// Uncertain says whether any part is marked "?" or "%".
func (d Date) Uncertain() bool { return d.marks&markUncertain != 0 }

// Approximate says whether any part is marked "~" or "%".
func (d Date) Approximate() bool { return d.marks&markApproximate != 0 }

// Resolved says whether every year in the date is stated, at least to its first
// digit. A date that is not resolved ("XXXX-06"), and no date at all, have no
// bounds: see [Date.Resolve].
func (d Date) Resolved() bool { return d.kind != None && d.marks&markUnresolved == 0 }

// Level gives the conformance level of ISO 8601-2 that a reader of the text
// needs: 0, 1 or 2.
func (d Date) Level() int {
	switch {
	case d.marks&markLevel2 != 0:
		return 2
	case d.marks&markLevel1 != 0:
		return 1
	}
	return 0
}

// Earliest gives the first day that the date may mean, or MinDay where it has
// no first day or is not resolved.
func (d Date) Earliest() Day {
	if d.kind == None {
		return MinDay
	}
	return d.start.First
}

// Latest gives the last day that the date may mean, or MaxDay where it has no
// last day or is not resolved.
func (d Date) Latest() Day {
	if d.kind == None {
		return MaxDay
	}
	return d.end.Last
}

// Span gives all days from the earliest to the latest.
func (d Date) Span() Span { return Span{d.Earliest(), d.Latest()} }

// StartBound says how the beginning is stated.
func (d Date) StartBound() Bound {
	return d.bound(markStartOpen, markStartUnknown, d.Earliest())
}

// EndBound says how the end is stated.
func (d Date) EndBound() Bound {
	return d.bound(markEndOpen, markEndUnknown, d.Latest())
}

func (d Date) bound(open, unknown marks, day Day) Bound {
	switch {
	case d.kind == None:
		return UnknownEnd
	case d.marks&open != 0:
		return OpenEnded
	case d.marks&unknown != 0:
		return UnknownEnd
	case !day.Bounded():
		return UnknownYear
	}
	return Stated
}

// MarshalText gives the canonical EDTF text, "" for no date; encoding/json uses
// it too.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.text), nil }

// UnmarshalText reads EDTF; an empty text is no date.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := Parse(string(b))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// Year gives a year with no month. The year must be within 999,999,999,999 of
// year 0; further ones are moved to that limit.
func Year(year int64) Date {
	p := single{parts: 1}
	p.setYear(max(-maxYear, min(year, maxYear)))
	return p.date()
}

// Month gives a month of a year.
func Month(year int64, month int) (Date, error) {
	p := single{parts: 2, month: twoDigits(max(0, min(month, 99)))}
	p.setYear(year)
	if p.long || month < 1 || month > 12 {
		return Date{}, fmt.Errorf("month %d of year %d cannot be written: years run from -9999 to 9999, months from 1 to 12", month, year)
	}
	return p.date(), nil
}

// Civil gives a day by year, month and day of the month.
func Civil(year int64, month, day int) (Date, error) {
	if _, err := Month(year, month); err != nil {
		return Date{}, err
	}
	if day < 1 || day > monthLength(year, month) {
		return Date{}, fmt.Errorf("there is no day %d in month %d of year %d", day, month, year)
	}
	p := single{parts: 3, month: twoDigits(month), day: twoDigits(day)}
	p.setYear(year)
	return p.date(), nil
}

// On gives the date of one day. It is no date where the day is MinDay or
// MaxDay, and only the year of a day outside years -9999 to 9999, which EDTF
// cannot write more finely.
func On(day Day) Date {
	if !day.Bounded() {
		return Date{}
	}
	p := daySingle(day)
	return p.date()
}

// daySingle is the syntax of On.
func daySingle(day Day) single {
	y, m, d := day.Civil()
	p := single{parts: 3, month: twoDigits(m), day: twoDigits(d)}
	p.setYear(max(-maxYear, min(y, maxYear)))
	if p.long {
		p.parts = 1
	}
	return p
}
