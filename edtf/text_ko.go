package edtf

import "strconv"

func koreanTongue() *tongue {
	return &tongue{
		plain:             koreanDate,
		noDate:            "날짜 미상",
		about:             "%a경",
		uncertain:         "%a(불확실)",
		partsUncertain:    "%a(%b)",
		uncertainWord:     "%a 불확실",
		approximateWord:   "%a 대략",
		bothWord:          "%a 대략·불확실",
		parts:             [3]string{"연도", "월", "일"},
		fromTo:            "%a부터 %b까지",
		between:           "%a에서 %b 사이",
		since:             "%a부터",
		until:             "%a까지",
		fromUnknownEnd:    "%a부터(끝 미상)",
		untilUnknownStart: "%a까지(시작 미상)",
		orEarlier:         "%a 또는 그 이전",
		orLater:           "%a 또는 그 이후",
		or:                "%a 또는 %b",
		and:               "%a 및 %b",
		comma:             ", ",
		clockJoin:         " ",
		zoneUTC:           " UTC",
	}
}

func koreanYear(year int64) string {
	if year <= 0 {
		return "기원전 " + yearNumber(year) + "년"
	}
	return yearNumber(year) + "년"
}

func koreanDivision(code int) string {
	switch {
	case code >= firstHalf:
		return [...]string{"상반기", "하반기"}[code-firstHalf]
	case code >= firstQuadrimester:
		return [...]string{"첫 넉 달", "가운데 넉 달", "마지막 넉 달"}[code-firstQuadrimester]
	case code >= firstQuarter:
		return strconv.Itoa(code-firstQuarter+1) + "분기"
	}
	return [...]string{"봄", "여름", "가을", "겨울"}[(code-firstSeason)%4] + hemisphere(code, "(북반구)", "(남반구)")
}

func koreanDate(p *single, omit omission) (words, note string) {
	const noYear, noDay = "(연도 미상)", "(날짜 미상)"
	east := &eastWords{koreanYear, "월", "일", " "}
	switch shape := p.shape(); shape {
	case shapeYear:
		return koreanYear(p.year), ""
	case shapeDecade:
		lo, _ := p.years()
		return strconv.FormatInt(lo, 10) + "년대", ""
	case shapeMonth, shapeDay:
		return east.date(p, omit), ""
	case shapeMonthNoDay:
		return east.date(p, omit), noDay
	case shapeMonthNoYear, shapeDayNoYear:
		return east.date(p, max(omit, withoutYear)), unless(omit, noYear)
	case shapeSeason:
		return koreanYear(p.year) + " " + koreanDivision(p.season()), ""
	case shapeSeasonNoYear:
		return koreanDivision(p.season()), noYear
	case shapeYearNoMonth:
		return koreanYear(p.year), "(월 미상)"
	case shapeDayNoMonth:
		return strconv.Itoa(p.day.value()) + "일", "(연도·월 미상)"
	case shapeDecadeNoYear:
		return string(p.digits[2]) + "0년대", "(세기 미상)"
	case shapeNothing:
		return [...]string{"연도 미상", "연도·월 미상", "날짜 미상"}[p.parts-1], ""
	case shapeDaysNotStated:
		return "불완전한 날짜 " + string(p.appendPlain(nil)), noYear
	}
	first, last := p.edges()
	return koreanTongue().pair("%a에서 %b 사이", &first, &last), ""
}

// eastWords are the signs that Korean and Chinese put behind year, month and day.
type eastWords struct {
	year       func(int64) string
	month, day string
	space      string
}

// date words a month or a day.
func (w *eastWords) date(p *single, omit omission) string {
	s := strconv.Itoa(p.month.value()) + w.month
	if p.parts == 3 && p.day.known() {
		day := strconv.Itoa(p.day.value()) + w.day
		if omit == dayOnly {
			return day
		}
		s += w.space + day
	}
	if omit != wholeDate {
		return s
	}
	return w.year(p.year) + w.space + s
}
