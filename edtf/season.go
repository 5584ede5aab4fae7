package edtf

// Codes of the divisions of a year: ISO 8601-2 writes them in place of a month.
const (
	firstSeason       = 21 // spring; northern, like 25
	lastPlainSeason   = 24 // the last that level 1 knows
	firstNorthern     = 25
	firstSouthern     = 29
	firstQuarter      = 33
	firstQuadrimester = 37
	firstHalf         = 40
	lastSeason        = 41
)

// yearPart is a stretch of a year: the first day of a month to a day of the
// same or a later month, counted from January of the named year.
type yearPart struct {
	firstMonth, lastMonth int
	lastDay               int // 0: the end of lastMonth
}

// Seasons run from the first day by the months to the day before the latest
// date on which equinox or solstice can fall, since sources mean now the one
// and now the other and never say which.
const (
	lastSpringDay = 21 // of June
	lastSummerDay = 23 // of September
	lastAutumnDay = 22 // of December
	lastWinterDay = 20 // of March
)

// marchToJune and its neighbours are the four temperate seasons of a year,
// without the names that depend on the hemisphere.
func marchToJune() []yearPart       { return []yearPart{{3, 6, lastSpringDay}} }
func juneToSeptember() []yearPart   { return []yearPart{{6, 9, lastSummerDay}} }
func septemberToWinter() []yearPart { return []yearPart{{9, 12, lastAutumnDay}} }
func decemberToMarches() []yearPart {
	// The season over the turn of the year is named after either year.
	return []yearPart{{0, 3, lastWinterDay}, {12, 15, lastWinterDay}}
}

// yearParts gives the stretches that a code from 21 to 41 may mean, in order.
func yearParts(code int) []yearPart {
	switch {
	case code >= firstHalf:
		m := (code-firstHalf)*6 + 1
		return []yearPart{{m, m + 5, 0}}
	case code >= firstQuadrimester:
		m := (code-firstQuadrimester)*4 + 1
		return []yearPart{{m, m + 3, 0}}
	case code >= firstQuarter:
		m := (code-firstQuarter)*3 + 1
		return []yearPart{{m, m + 2, 0}}
	}
	// The quarters of the sun, from spring in the north.
	turn := (code - firstSeason) % 4
	if code >= firstSouthern {
		turn = (turn + 2) % 4
	}
	switch turn {
	case 0:
		return marchToJune()
	case 1:
		return juneToSeptember()
	case 2:
		return septemberToWinter()
	}
	return decemberToMarches()
}

// span gives the days of the part in one year.
func (y yearPart) span(year int64) Span {
	last := DayOf(year, y.lastMonth+1, 0)
	if y.lastDay > 0 {
		last = DayOf(year, y.lastMonth, y.lastDay)
	}
	return Span{DayOf(year, y.firstMonth, 1), last}
}

// halfOf gives half the length of a division, in months, rounded up.
func halfOf(code int) int64 {
	if code >= firstHalf {
		return 3
	}
	return 2
}
