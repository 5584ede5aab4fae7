package edtf

import "strconv"

// Day counts days in the proleptic Gregorian calendar; day 0 is 1 January 1970.
// It fits a signed 64-bit column, and every value this package makes is exact
// in a 64-bit floating-point number too.
type Day int64

// MinDay and MaxDay stand for "no bound": an open or unknown end, or a date that
// is not resolved. They lie far outside the days of any year that Parse accepts,
// and far enough inside the range of the type that adding a few thousand years
// of days to them cannot overflow.
const (
	MinDay Day = -1 << 52
	MaxDay Day = 1 << 52
)

// Weekday numbers the days of the week from Monday = 0 to Sunday = 6.
type Weekday int

// The days of the week, in the order of ISO 8601.
const (
	Monday Weekday = iota
	Tuesday
	Wednesday
	Thursday
	Friday
	Saturday
	Sunday
)

// maxYear bounds years on both sides of zero, so that every day stays well
// inside MinDay and MaxDay.
const maxYear = 999_999_999_999

// The Gregorian calendar repeats every 400 years, of 146,097 days.
const (
	yearsPerCycle = 400
	daysPerCycle  = 146_097
	// cycleToEpoch is the number of days from 1 March of year 0 to 1 January 1970.
	cycleToEpoch = 719_468
)

// DayOf gives the day of a date in the proleptic Gregorian calendar, with
// astronomical years (year 0 exists and is 1 BC). A month outside 1 to 12 is
// carried into the year, and a day outside the month into the months around
// it, so DayOf(2001, 3, 0) is the last of February.
func DayOf(year int64, month, day int) Day {
	m := int64(month) - 1
	year += floorDiv(m, 12)
	m -= 12 * floorDiv(m, 12)
	// Counting from March puts the leap day at the end of the year, where it
	// disturbs no month's offset.
	m -= 2
	if m < 0 {
		m += 12
		year--
	}
	cycle := floorDiv(year, yearsPerCycle)
	y := year - cycle*yearsPerCycle
	inYear := (153*m+2)/5 + int64(day) - 1
	return Day(cycle*daysPerCycle + y*365 + y/4 - y/100 + inYear - cycleToEpoch)
}

// Civil gives year, month and day of the month. It must not be called on MinDay
// or MaxDay, which are no days.
func (d Day) Civil() (year int64, month, day int) {
	n := int64(d) + cycleToEpoch
	cycle := floorDiv(n, daysPerCycle)
	n -= cycle * daysPerCycle
	y := (n - n/1460 + n/36524 - n/146096) / 365
	n -= 365*y + y/4 - y/100
	m := (5*n + 2) / 153
	day = int(n - (153*m+2)/5 + 1)
	year = cycle*yearsPerCycle + y
	month = int(m) + 3
	if month > 12 {
		month -= 12
		year++
	}
	return year, month, day
}

// Weekday gives the day of the week.
func (d Day) Weekday() Weekday {
	// 1 January 1970 was a Thursday.
	return Weekday(int64(d) + 3 - 7*floorDiv(int64(d)+3, 7))
}

// Bounded says whether d is a day rather than MinDay or MaxDay.
func (d Day) Bounded() bool { return d > MinDay && d < MaxDay }

// String prints the day as an EDTF date, or ".." for MinDay and MaxDay.
func (d Day) String() string {
	if !d.Bounded() {
		return ".."
	}
	y, m, day := d.Civil()
	var buf [32]byte
	return string(appendCivil(buf[:0], y, m, day))
}

// add moves a day but leaves the sentinels where they are.
func (d Day) add(n int64) Day {
	if !d.Bounded() {
		return d
	}
	return d + Day(n)
}

// addMonths moves a day by months and keeps its number in the month, or takes
// the last day of a month that is too short.
func (d Day) addMonths(n int64) Day {
	if !d.Bounded() {
		return d
	}
	y, m, day := d.Civil()
	total := y*12 + int64(m) - 1 + n
	y = floorDiv(total, 12)
	m = int(total-12*y) + 1
	return DayOf(y, m, min(day, monthLength(y, m)))
}

// Span is a run of days from First to Last, both included. MinDay and MaxDay
// leave a side open. It is a definite stretch of time, such as the period of a
// question, not an uncertain date.
type Span struct {
	First Day `json:"first"`
	Last  Day `json:"last"`
}

// Empty says whether the span holds no day.
func (s Span) Empty() bool { return s.First > s.Last }

// Bounded says whether both ends are days.
func (s Span) Bounded() bool { return s.First.Bounded() && s.Last.Bounded() }

// Contains says whether the day lies in the span.
func (s Span) Contains(d Day) bool { return s.First <= d && d <= s.Last }

// Days counts the days of the span: 1 where First equals Last, 0 where it is
// empty. The second result is false, and the count 0, where an end is open.
func (s Span) Days() (n int64, bounded bool) {
	if s.Empty() {
		return 0, true
	}
	if !s.Bounded() {
		return 0, false
	}
	return int64(s.Last-s.First) + 1, true
}

func isLeap(year int64) bool {
	return year%4 == 0 && (year%100 != 0 || year%400 == 0)
}

// monthLength gives the number of days of a month from 1 to 12.
func monthLength(year int64, month int) int {
	switch month {
	case 2:
		if isLeap(year) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// appendCivil writes a date of day precision in EDTF, as far as years of four
// digits go; days of longer years cannot be written in EDTF, and print with the
// Y of a long year so that nobody takes them for a date that can be read back.
func appendCivil(b []byte, year int64, month, day int) []byte {
	b = appendYear(b, year)
	b = append(b, '-')
	b = appendTwo(b, month)
	b = append(b, '-')
	return appendTwo(b, day)
}

// appendYear writes a year with at least four digits, and Y before longer ones.
func appendYear(b []byte, year int64) []byte {
	if year > 9999 || year < -9999 {
		b = append(b, 'Y')
		return strconv.AppendInt(b, year, 10)
	}
	if year < 0 {
		b = append(b, '-')
		year = -year
	}
	return append(b, byte('0'+year/1000), byte('0'+year/100%10), byte('0'+year/10%10), byte('0'+year%10))
}

func appendTwo(b []byte, n int) []byte {
	return append(b, byte('0'+n/10), byte('0'+n%10))
}
