package edtf

import "fmt"

// LunarCalendar names whose reckoning a lunar date follows. The two calendars
// share their rules; now and then a new moon near midnight sets them apart by a
// day, and rarely by a month.
type LunarCalendar uint8

// The lunisolar calendars.
const (
	LunarUnstated LunarCalendar = iota // either of the two: both readings are kept
	LunarKorean
	LunarChinese
)

// String gives the name for people.
func (c LunarCalendar) String() string {
	switch c {
	case LunarKorean:
		return "Korean"
	case LunarChinese:
		return "Chinese"
	}
	return "Korean or Chinese"
}

// Leap says whether a lunar month is the repeated one.
type Leap uint8

// What a source may say of a leap month.
const (
	LeapUnstated Leap = iota // nothing: in a year that repeats the month, both are meant
	LeapNo
	LeapYes
)

// Lunar is a date in a lunisolar calendar, as a source states it.
type Lunar struct {
	Calendar LunarCalendar
	Year     int // the Gregorian year in which the lunar year begins
	Month    int // 1 to 12; 0 where only the year is stated
	Day      int // 1 to 30; 0 where only the month is stated
	Leap     Leap
}

// Solar gives the days that a lunar date may mean. From 1900 to 2100 it uses the
// tables of the calendars; the result is a day where they leave no choice, and
// a set of days or a window otherwise. Outside these years it gives a window
// wide enough for every such calendar since the year 1. A month or a day that
// the year does not have is an error.
func (l Lunar) Solar() (Date, error) {
	spans, err := l.spans()
	if err != nil {
		return Date{}, err
	}
	return oneOfSpans(spans), nil
}

// spans gives a stretch for every reading.
func (l Lunar) spans() ([]Span, error) {
	if l.Month < 0 || l.Month > 12 || l.Day < 0 || l.Day > 30 || l.Month == 0 && l.Day > 0 || l.Year < 1 || l.Year > 9998 {
		return nil, fmt.Errorf("there is no day %d of month %d of lunar year %d: months run to 12, days to 30, years from 1 to 9998", l.Day, l.Month, l.Year)
	}
	if l.Year < firstLunarYear || l.Year > lastLunarYear {
		return []Span{l.outsideTables()}, nil
	}
	var spans []Span
	for _, c := range l.calendars() {
		spans = l.inTable(spans, c)
	}
	if len(spans) == 0 {
		return nil, l.missing()
	}
	return spans, nil
}

func (l Lunar) calendars() []*lunarYears {
	switch l.Calendar {
	case LunarKorean:
		return []*lunarYears{&koreanYears}
	case LunarChinese:
		return []*lunarYears{&chineseYears}
	}
	return []*lunarYears{&koreanYears, &chineseYears}
}

// missing explains a date that no reading has.
func (l Lunar) missing() error {
	if l.Leap == LeapYes {
		return fmt.Errorf("the %v lunar year %d does not repeat month %d, or that month has no day %d", l.Calendar, l.Year, l.Month, l.Day)
	}
	return fmt.Errorf("month %d of the %v lunar year %d has no day %d", l.Month, l.Calendar, l.Year, l.Day)
}

// inTable adds the readings of one calendar.
func (l Lunar) inTable(spans []Span, years *lunarYears) []Span {
	if l.Month == 0 {
		y := years.year(l.Year)
		return append(spans, Span{y.start, y.start + Day(y.days()) - 1})
	}
	for m := range years.year(l.Year).months() {
		if m.number != l.Month || m.leap && l.Leap == LeapNo || !m.leap && l.Leap == LeapYes || l.Day > m.length {
			continue
		}
		s := Span{m.start, m.start + Day(m.length) - 1}
		if l.Day > 0 {
			d := m.start + Day(l.Day) - 1
			s = Span{d, d}
		}
		spans = append(spans, s)
	}
	return spans
}

// outsideTables gives the widest window. Month n holds the n-th principal term
// of the sun, near 19 February for the first and a twelfth of a year later for
// each; a leap month follows the month it repeats. The slack covers the drift of
// the seasons against the calendar, eccentricity of the orbit, and the mean
// terms that were used before 1645.
func (l Lunar) outsideTables() Span {
	const slack = 6
	year := int64(l.Year)
	if l.Month == 0 {
		return Span{DayOf(year, 1, 20-slack), DayOf(year+1, 2, 21+slack)}
	}
	term := DayOf(year, 2, 19) + Day(float64(l.Month-1)*365.2425/12)
	// The month begins at most 29 days before its term and on the term at the
	// latest; a repeated month begins within the 30 days after that.
	first, last := term-29-slack, term+slack
	switch l.Leap {
	case LeapYes:
		first, last = term-slack, last+30
	case LeapUnstated:
		last += 30
	}
	if l.Day > 0 {
		return Span{first + Day(l.Day) - 1, last + Day(l.Day) - 1}
	}
	return Span{first, last + 29}
}

// LunarOf gives the lunar date of a day. The calendar must be LunarKorean or
// LunarChinese, and the day within their tables: from New Year 1900 to the end
// of the lunar year 2100.
func LunarOf(day Day, calendar LunarCalendar) (Lunar, error) {
	l := Lunar{Calendar: calendar}
	if calendar == LunarUnstated {
		return l, fmt.Errorf("the lunar date of %v differs by country: say which calendar", day)
	}
	years := l.calendars()[0]
	if !day.Bounded() || day < years.year(firstLunarYear).start {
		return l, outsideLunar(day)
	}
	y, _, _ := day.Civil()
	if y > lastLunarYear+1 {
		return l, outsideLunar(day)
	}
	year := min(int(y), lastLunarYear)
	if day < years.year(year).start {
		year--
	}
	for m := range years.year(year).months() {
		if n := int(day-m.start) + 1; n <= m.length {
			l.Year, l.Month, l.Day, l.Leap = year, m.number, n, LeapNo
			if m.leap {
				l.Leap = LeapYes
			}
			return l, nil
		}
	}
	return l, outsideLunar(day)
}

func outsideLunar(day Day) error {
	return fmt.Errorf("the lunar date of %v is not known: the tables run from %d to %d", day, firstLunarYear, lastLunarYear)
}

// lunarYear is a row of a table.
type lunarYear struct {
	word  uint32
	start Day
}

func (t *lunarYears) year(year int) lunarYear {
	w := t[year-firstLunarYear]
	return lunarYear{w, DayOf(int64(year), 1, 1) + Day(w>>17)}
}

// leap gives the number of the repeated month, or 0.
func (y lunarYear) leap() int { return int(y.word >> 13 & 15) }

func (y lunarYear) count() int {
	if y.leap() > 0 {
		return 13
	}
	return 12
}

func (y lunarYear) length(place int) int { return 29 + int(y.word>>place&1) }

func (y lunarYear) days() int {
	n := 0
	for i := range y.count() {
		n += y.length(i)
	}
	return n
}

// lunarMonth is one month of a lunar year.
type lunarMonth struct {
	number int
	leap   bool
	length int
	start  Day
}

// months yields the months in order.
func (y lunarYear) months() func(yield func(lunarMonth) bool) {
	return func(yield func(lunarMonth) bool) {
		start, leap := y.start, y.leap()
		for i := range y.count() {
			m := lunarMonth{number: i + 1, length: y.length(i), start: start}
			if leap > 0 && i >= leap {
				m.number, m.leap = i, i == leap
			}
			if !yield(m) {
				return
			}
			start += Day(m.length)
		}
	}
}
