package edtf

import "strconv"

func englishTongue() *tongue {
	return &tongue{
		plain:             englishDate,
		noDate:            "date not stated",
		about:             "about %a",
		uncertain:         "%a (uncertain)",
		partsUncertain:    "%a (%b)",
		uncertainWord:     "%a uncertain",
		approximateWord:   "%a approximate",
		bothWord:          "%a uncertain and approximate",
		parts:             [3]string{"year", "month", "day"},
		fromTo:            "from %a to %b",
		between:           "between %a and %b",
		since:             "since %a",
		until:             "until %a",
		fromUnknownEnd:    "from %a, end not known",
		untilUnknownStart: "until %a, beginning not known",
		orEarlier:         "%a or earlier",
		orLater:           "%a or later",
		or:                "%a or %b",
		and:               "%a and %b",
		comma:             ", ",
		omitFirst:         true,
		clockJoin:         ", ",
		zoneUTC:           " UTC",
	}
}

func englishMonth(m int) string {
	return [...]string{"January", "February", "March", "April", "May", "June", "July", "August",
		"September", "October", "November", "December"}[m-1]
}

func englishYear(year int64) string {
	if year <= 0 {
		return yearNumber(year) + " BC"
	}
	if year < 100 {
		return "AD " + yearNumber(year)
	}
	return yearNumber(year)
}

// englishDivision words a division of the year by its code.
func englishDivision(code int) string {
	seasons := [...]string{"spring", "summer", "autumn", "winter"}
	ordinals := [...]string{"first", "second", "third", "fourth"}
	switch {
	case code >= firstHalf:
		return ordinals[code-firstHalf] + " half"
	case code >= firstQuadrimester:
		return ordinals[code-firstQuadrimester] + " third"
	case code >= firstQuarter:
		return ordinals[code-firstQuarter] + " quarter"
	}
	return seasons[(code-firstSeason)%4]
}

// hemisphere names the half of the globe where the code does.
func hemisphere(code int, north, south string) string {
	switch {
	case code >= firstQuarter || code < firstNorthern:
		return ""
	case code >= firstSouthern:
		return south
	}
	return north
}

func englishSeason(code int, year string) string {
	word := englishDivision(code)
	if code >= firstQuarter {
		word += " of"
	}
	return word + " " + year + hemisphere(code, " (northern hemisphere)", " (southern hemisphere)")
}

func englishDate(p *single, omit omission) (words, note string) {
	const noYear = ", year not stated"
	switch shape := p.shape(); shape {
	case shapeYear:
		return englishYear(p.year), ""
	case shapeDecade:
		lo, _ := p.years()
		return "the " + strconv.FormatInt(lo, 10) + "s", ""
	case shapeMonth:
		return englishMonthDate(p, omit), ""
	case shapeMonthNoDay:
		return englishMonthDate(p, omit), ", day not stated"
	case shapeDay:
		return englishDay(p, omit), ""
	case shapeMonthNoYear:
		return englishMonthDate(p, withoutYear), unless(omit, noYear)
	case shapeDayNoYear:
		return englishDay(p, max(omit, withoutYear)), unless(omit, noYear)
	case shapeSeason:
		return englishSeason(p.season(), englishYear(p.year)), ""
	case shapeSeasonNoYear:
		return englishDivision(p.season()), noYear
	case shapeYearNoMonth:
		return englishYear(p.year), ", month not stated"
	case shapeDayNoMonth:
		return "day " + strconv.Itoa(p.day.value()), ", month and year not stated"
	case shapeDecadeNoYear:
		return "the " + string(p.digits[2]) + "0s", ", century not stated"
	case shapeNothing:
		return [...]string{"year not stated", "month and year not stated", "date not stated"}[p.parts-1], ""
	case shapeDaysNotStated:
		return "incomplete date " + string(p.appendPlain(nil)), noYear
	}
	first, last := p.edges()
	return englishTongue().pair("between %a and %b", &first, &last), ""
}

func englishMonthDate(p *single, omit omission) string {
	s := englishMonth(p.month.value())
	if omit != wholeDate {
		return s
	}
	return s + " " + englishYear(p.year)
}

func englishDay(p *single, omit omission) string {
	s := strconv.Itoa(p.day.value())
	if omit == dayOnly {
		return s
	}
	return s + " " + englishMonthDate(p, omit)
}
