package quantity

import (
	"strings"

	"asylon/edtf"
)

// edtfSpan takes a stated date or interval as a period. A single date stands
// for all of it: "2001-07" is the whole of July. An interval runs from some
// day of its first date to some day of its second, both included, so
// "2001-06/2001-08" lasts between 33 and 92 days; give days for a firm length.
func edtfSpan(t string) (Span, *problem) {
	d, err := edtf.Parse(t)
	if err != nil {
		return Span{}, newProblem(ProblemPeriod, "it is neither a duration nor a date interval")
	}
	s := Span{}
	switch {
	case d.Kind() == edtf.Interval:
		low, high, bounded := d.Length()
		if !bounded {
			return Span{}, newProblem(ProblemPeriod, "the interval has an end that is open or not known")
		}
		s.min, s.max = low, high
	case d.Kind() == edtf.Point && d.Resolved() && whole(d):
		n, bounded := d.Span().Days()
		if !bounded {
			return Span{}, newProblem(ProblemPeriod, "the date has no bounds")
		}
		s.min, s.max = n, n
		switch d.Precision() {
		case edtf.PrecisionMonth:
			s.months = [2]int64{1, 1}
		case edtf.PrecisionYear:
			s.months = [2]int64{12, 12}
		}
	default:
		return Span{}, newProblem(ProblemPeriod, "the date does not say how long the period lasted")
	}
	if s.check() != nil {
		return Span{}, newProblem(ProblemPeriod, "it is longer than ten thousand years")
	}
	return s, nil
}

// whole tells whether a single date names a stretch of time and not an unknown
// day in it: "2001-07" does, "2001-07-XX" and "2001-07~" do not.
func whole(d edtf.Date) bool {
	return !d.Uncertain() && !d.Approximate() && !strings.Contains(d.String(), "X")
}
