package linkage

import (
	"math"
	"strconv"
	"strings"

	"asylon/edtf"
)

// A dateValue is a value of a date field: the days that it may mean, and its
// eight digits if it is written as a full date, right or wrong.
type dateValue struct {
	first, last edtf.Day // first > last where nothing is known
	digits      [8]byte  // year, month, day; 0 where not written so
	written     bool     // digits are set
}

var noDate = dateValue{first: 1, last: 0}

func (d *dateValue) known() bool { return d.first <= d.last }

// newDate reads a date as lists write it: ISO, EDTF, eight digits, day and
// month first with separators, or words that package edtf understands.
func newDate(s string) dateValue {
	if d, ok := digitsDate(s); ok {
		return d
	}
	if d, err := edtf.Parse(strings.ToUpper(s)); err == nil && d.Resolved() {
		return spanDate(d)
	}
	r, err := edtf.Read(s, edtf.Reference{})
	if err != nil || !r.Resolved {
		return noDate
	}
	return spanDate(r.Date)
}

// canonicalDate writes a date so that one date is one value, however lists
// write it: as eight digits, or as the span of days that it may mean.
func canonicalDate(s string) string {
	d := newDate(s)
	switch {
	case d.written:
		return string(d.digits[:])
	case d.known() && d.first.Bounded() && d.last.Bounded():
		return edtf.Window(edtf.Span{First: d.first, Last: d.last}).String()
	}
	return ""
}

func spanDate(d edtf.Date) dateValue {
	v := noDate
	v.first, v.last = d.Earliest(), d.Latest()
	if v.first.Bounded() && v.last.Bounded() && v.first == v.last {
		y, m, day := v.first.Civil()
		if y >= 0 && y <= 9999 {
			v.setDigits(int(y), m, day)
		}
	}
	return v
}

func (d *dateValue) setDigits(y, m, day int) {
	n := y*10000 + m*100 + day
	for i := 7; i >= 0; i-- {
		d.digits[i] = byte('0' + n%10)
		n /= 10
	}
	d.written = true
}

// digitsDate reads dates made of digits. A date that no calendar has, such as
// 1862-81-01, keeps its digits and means its year.
func digitsDate(s string) (dateValue, bool) {
	part, ok := numbers(s)
	if !ok {
		return noDate, false
	}
	y, m, d := 0, 0, 0
	switch {
	case len(part) == 1 && len(part[0]) == 8:
		y, m, d = atoi(part[0][:4]), atoi(part[0][4:6]), atoi(part[0][6:])
	case len(part) == 1 && len(part[0]) == 4:
		return yearDate(atoi(part[0])), true
	case len(part) == 3 && len(part[0]) == 4:
		y, m, d = atoi(part[0]), atoi(part[1]), atoi(part[2])
	case len(part) == 3 && len(part[2]) == 4:
		// Day first, unless only month first makes sense.
		d, m, y = atoi(part[0]), atoi(part[1]), atoi(part[2])
		if m > 12 && d <= 12 {
			d, m = m, d
		}
	case len(part) == 2 && len(part[0]) == 4 && len(part[1]) <= 2 && atoi(part[1]) >= 1 && atoi(part[1]) <= 12:
		v := noDate
		y, m = atoi(part[0]), atoi(part[1])
		v.first, v.last = edtf.DayOf(int64(y), m, 1), edtf.DayOf(int64(y), m+1, 1)-1
		return v, true
	default:
		return noDate, false
	}
	if m > 99 || d > 99 {
		return noDate, false
	}
	v := noDate
	if m >= 1 && m <= 12 && d >= 1 && d <= 31 {
		v.first = edtf.DayOf(int64(y), m, d)
		v.last = v.first
	} else {
		v = yearDate(y)
	}
	v.setDigits(y, m, d)
	return v, true
}

func yearDate(y int) dateValue {
	v := noDate
	v.first, v.last = edtf.DayOf(int64(y), 1, 1), edtf.DayOf(int64(y)+1, 1, 1)-1
	return v
}

// numbers splits a value of digits with one kind of separator into its parts;
// it fails if anything else is in it. A time of day after a T or a space is
// left out.
func numbers(s string) ([]string, bool) {
	if i := strings.IndexAny(s, "tT "); i >= 8 && strings.Contains(s[i:], ":") {
		s = s[:i]
	}
	if s == "" || len(s) > 10 {
		return nil, false
	}
	var sep byte
	var part []string
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= '0' && c <= '9' {
			continue
		}
		if !strings.ContainsRune("-/. ", rune(c)) || sep != 0 && c != sep || i == from {
			return nil, false
		}
		sep = c
		part = append(part, s[from:i])
		from = i + 1
	}
	if from == len(s) {
		return nil, false
	}
	return append(part, s[from:]), true
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0 // the caller passes at most eight digits
	}
	return n
}

// Levels of a date, from unlike to like.
const (
	dateDiffers     = iota + 1
	dateNear        // within two years
	dateSameYear    // or one of the possible years in common
	dateOverlaps    // a vague date that holds the other
	dateOneSlip     // one digit, neighbours swapped, or day and month swapped
	dateLunar       // equal if one of them is by the lunar calendar
	dateSamePartial // the same vague date
	dateSame        // the same day
)

var dateLevels = []string{"missing", "differs", "within two years", "same year", "may be the same", "one slip", "lunar and solar", "the same, vague", "the same day"}

// compareDates returns the level of two dates that are written differently.
func compareDates(a, b *dateValue) int {
	if a.written && b.written {
		if a.digits == b.digits {
			return dateSame
		}
		if oneSlip(&a.digits, &b.digits) {
			return dateOneSlip
		}
	}
	if !a.known() || !b.known() {
		return dateDiffers
	}
	exact := a.first == a.last && b.first == b.last
	if exact && lunarEqual(a.first, b.first) {
		return dateLunar
	}
	if !exact && a.overlaps(b) {
		if a.first == b.first && a.last == b.last {
			return dateSamePartial
		}
		return dateOverlaps
	}
	switch gap := a.gap(b); {
	case exact && sameYear(a.first, b.first):
		return dateSameYear
	case gap <= 2*366:
		return dateNear
	}
	return dateDiffers
}

func (d *dateValue) overlaps(e *dateValue) bool { return d.first <= e.last && e.first <= d.last }

// gap returns the days between two dates that do not overlap.
func (d *dateValue) gap(e *dateValue) int64 {
	return max(int64(e.first-d.last), int64(d.first-e.last), 0)
}

func sameYear(a, b edtf.Day) bool {
	x, _, _ := a.Civil()
	y, _, _ := b.Civil()
	return x == y
}

// oneSlip says that one digit differs, two neighbouring digits are swapped, or
// day and month are.
func oneSlip(a, b *[8]byte) bool {
	diff, at := 0, -1
	for i := range a {
		if a[i] != b[i] {
			if at < 0 {
				at = i
			}
			diff++
		}
	}
	switch {
	case diff == 1:
		return true
	case diff == 2 && at < 7 && a[at] == b[at+1] && a[at+1] == b[at]:
		return true
	}
	return [4]byte(a[:4]) == [4]byte(b[:4]) && [2]byte(a[4:6]) == [2]byte(b[6:]) && [2]byte(a[6:]) == [2]byte(b[4:6])
}

// lunarEqual says that one of the days, taken as a lunar date, is the other.
func lunarEqual(a, b edtf.Day) bool {
	// A lunar date falls three to eight weeks before its solar namesake.
	if d := a - b; d > 60 || d < -60 || d > -15 && d < 15 {
		return false
	}
	return solarOf(a, b) || solarOf(b, a)
}

// solarOf says that the date of a, read as a lunar date, may be day b.
func solarOf(a, b edtf.Day) bool {
	y, m, d := a.Civil()
	if d > 30 {
		return false
	}
	s, err := edtf.Lunar{Year: int(y), Month: m, Day: d}.Solar()
	return err == nil && s.Earliest() <= b && b <= s.Latest() && s.Latest()-s.Earliest() < 62
}

// maxAge is the oldest age that is believed.
const maxAge = 130

// ageDate turns an age at a date into the days of birth that it allows, under
// all ways of counting if it is not said which one was used.
func ageDate(age, asOf, counted string) dateValue {
	low, high, ok := parseAge(age)
	at := newDate(asOf)
	if !ok || !at.known() {
		return noDate
	}
	system := edtf.AgeUnstated
	switch counted {
	case "international":
		system = edtf.AgeInternational
	case "counted":
		system = edtf.AgeCounted
	}
	born, err := edtf.BornFor(edtf.Ages{Low: low, High: high}, edtf.Window(edtf.Span{First: at.first, Last: at.last}), system)
	if err != nil {
		return noDate
	}
	return spanDate(born)
}

// parseAge reads an age such as "30", "about 30", "30세" or "30s".
func parseAge(s string) (low, high int, ok bool) {
	n, digits := 0, 0
	rest := ""
	for i, r := range s {
		if r >= '0' && r <= '9' {
			if digits < 3 {
				n = n*10 + int(r-'0')
			}
			digits++
			continue
		}
		if digits > 0 {
			rest = s[i:]
			break
		}
	}
	if digits == 0 || digits > 3 || n > maxAge {
		return 0, 0, false
	}
	switch {
	case strings.HasPrefix(rest, "s") || strings.HasPrefix(rest, "대") || strings.HasPrefix(rest, "多") || strings.HasPrefix(rest, "余"):
		return n, min(n+9, maxAge), true
	case strings.ContainsAny(s, "~?") || strings.Contains(s, "about") || strings.Contains(s, "약") || strings.Contains(s, "约") || strings.Contains(s, "around") || strings.HasPrefix(s, "c"):
		return max(0, n-2), min(n+2, maxAge), true
	}
	return n, n, true
}

// years returns the first and the last year that a date may lie in; ok is
// false where they are not bounded.
func (d *dateValue) years() (first, last int, ok bool) {
	if !d.known() || !d.first.Bounded() || !d.last.Bounded() {
		return 0, 0, false
	}
	a, _, _ := d.first.Civil()
	b, _, _ := d.last.Civil()
	if a < math.MinInt32 || b > math.MaxInt32 {
		return 0, 0, false
	}
	return int(a), int(b), true
}
