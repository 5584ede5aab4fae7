package quantity

import (
	"encoding/json"
	"fmt"
	"strings"
)

// A Span is a stated period: how long it lasted at least and at most, in days,
// and the words or notation that state it. The zero Span states none.
type Span struct {
	min, max int64
	months   [2]int64 // least and most months, where it is given in months
	words    string
}

// maxDays bounds a span: ten thousand years.
const maxDays = 3_660_000

// SpanOfDays makes a span of min to max days, both counted inclusively.
func SpanOfDays(minDays, maxDays int64, words string) (Span, error) {
	s := Span{min: minDays, max: maxDays, words: words}
	return s, s.check()
}

// SpanOf makes the span that a [Period] lasts.
func SpanOf(p Period) (Span, error) {
	if err := p.check(); err != nil {
		return Span{}, err
	}
	lo, hi := p.days()
	s := Span{min: lo, max: hi, words: p.ISO()}
	if n, ok := p.Unit.inMonths(); ok {
		s.months = [2]int64{n * p.N, n * p.upper()}
	}
	return s, s.check()
}

// Days are the least and most days the span may last.
func (s Span) Days() (least, most int64) { return s.min, s.max }

// Words are the words or the notation that state the span.
func (s Span) Words() string { return s.words }

func (s Span) check() error {
	if s.min < 0 || s.max < s.min || s.max < 1 || s.max > maxDays {
		return fmt.Errorf("period: %d to %d days is no usable length; write 1 to %d days", s.min, s.max, maxDays)
	}
	return nil
}

// fits counts periods: how many lie in the span for certain, and how many may
// have begun in it. Months and years are compared as months where both sides
// are, so that a quarter holds exactly three months.
func (s Span) fits(p Period) (few, many int64) {
	if n, ok := p.Unit.inMonths(); ok && s.months[0] > 0 {
		return floorDiv(s.months[0], n*p.upper()), ceilDiv(s.months[1], n*p.N)
	}
	lo, hi := p.days()
	return floorDiv(s.min, hi), ceilDiv(s.max, lo)
}

// inMonths is the length of the unit in months, for those that have one.
func (u PeriodUnit) inMonths() (int64, bool) {
	switch u {
	case Months:
		return 1, true
	case Years:
		return 12, true
	}
	return 0, false
}

// days is the shortest and longest the period may last.
func (p Period) days() (least, most int64) {
	switch p.Unit {
	case Days:
		return p.N, p.upper()
	case Weeks:
		return 7 * p.N, 7 * p.upper()
	}
	n, _ := p.Unit.inMonths()
	least, _ = monthDays(n * p.N)
	_, most = monthDays(n * p.upper())
	return least, most
}

// monthDays is the least and most days that n months in a row can have, in the
// Gregorian calendar. The bounds for the leap days of whole years are the
// loosest that can occur; they are at most one day too wide on either side.
func monthDays(n int64) (least, most int64) {
	// Shortest and longest run of r months: with February in or out of it.
	shortest := [12]int64{0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334}
	longest := [12]int64{0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337}
	years, rest := n/12, n%12
	// A leap day comes every fourth year, but for three centuries in four.
	leastLeaps := max(years/4-1-years/100, 0)
	mostLeaps := (years + 3) / 4
	return 365*years + leastLeaps + shortest[rest], 365*years + mostLeaps + longest[rest]
}

// spanJSON is the stored shape of a span. The JSON names are stable.
type spanJSON struct {
	MinDays   int64  `json:"min_days"`
	MaxDays   int64  `json:"max_days"`
	MinMonths int64  `json:"min_months,omitempty"`
	MaxMonths int64  `json:"max_months,omitempty"`
	Words     string `json:"words,omitempty"`
}

// MarshalJSON writes the lengths and the words.
func (s Span) MarshalJSON() ([]byte, error) {
	return json.Marshal(spanJSON{s.min, s.max, s.months[0], s.months[1], s.words})
}

// UnmarshalJSON reads what MarshalJSON writes and refuses lengths that no
// constructor makes.
func (s *Span) UnmarshalJSON(b []byte) error {
	var j spanJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return fmt.Errorf("decode span: %w", err)
	}
	n := Span{min: j.MinDays, max: j.MaxDays, months: [2]int64{j.MinMonths, j.MaxMonths}, words: j.Words}
	if n == (Span{}) {
		*s = n
		return nil
	}
	if err := n.check(); err != nil {
		return fmt.Errorf("decode span: %w", err)
	}
	if j.MinMonths < 0 || j.MaxMonths < j.MinMonths || j.MaxMonths > 12*maxPeriod {
		return fmt.Errorf("decode span: %d to %d months is no usable length", j.MinMonths, j.MaxMonths)
	}
	*s = n
	return nil
}

// ParseSpan reads a stated period: an ISO 8601 duration ("P3W", "P21D",
// "P1M15D") or an EDTF date or interval ("2001-07", "2001-07-01/2001-07-21").
// Errors are a [*ReadError] with [ProblemPeriod].
func ParseSpan(text string) (Span, error) {
	t := strings.TrimSpace(text)
	var s Span
	var p *problem
	switch {
	case t == "":
		p = newProblem(ProblemPeriod, "it is empty")
	case t[0] == 'P' || t[0] == 'p':
		s, p = isoDuration(strings.ToUpper(t))
	default:
		s, p = edtfSpan(t)
	}
	if p != nil {
		return Span{}, p.in(text)
	}
	s.words = t
	return s, nil
}

// isoDuration reads the date part of an ISO 8601 duration in whole numbers.
// Time parts are refused: nothing here is per hour.
func isoDuration(t string) (Span, *problem) {
	var n, months, days int64
	var inNumber bool
	order := "YMWD"
	for i, c := range []byte(t[1:]) {
		switch {
		case c >= '0' && c <= '9':
			n, inNumber = n*10+int64(c-'0'), true
			if n > maxDays {
				return Span{}, newProblem(ProblemPeriod, "it is longer than ten thousand years")
			}
		case c == 'T':
			return Span{}, newProblem(ProblemPeriod, "hours and minutes are too short for a rate")
		case c == '.' || c == ',' || c == '-' || c == '+':
			return Span{}, newProblem(ProblemPeriod, "a duration is written in whole numbers")
		default:
			at := strings.IndexByte(order, c)
			if at < 0 || !inNumber {
				return Span{}, newProblem(ProblemPeriod, fmt.Sprintf("character %d of the duration does not fit", i+2))
			}
			order = order[at+1:]
			switch c {
			case 'Y':
				months += 12 * n
			case 'M':
				months += n
			case 'W':
				days += 7 * n
			case 'D':
				days += n
			}
			n, inNumber = 0, false
		}
	}
	if inNumber || months+days == 0 {
		return Span{}, newProblem(ProblemPeriod, "the duration is empty or ends in a bare number")
	}
	if months > 12*maxPeriod {
		return Span{}, newProblem(ProblemPeriod, "it is longer than ten thousand years")
	}
	lo, hi := monthDays(months)
	s := Span{min: lo + days, max: hi + days}
	if days == 0 {
		s.months = [2]int64{months, months}
	}
	if s.check() != nil {
		return Span{}, newProblem(ProblemPeriod, "it is longer than ten thousand years")
	}
	return s, nil
}
