package edtf

import "strconv"

func chineseTongue() *tongue {
	return &tongue{
		plain:             chineseDate,
		noDate:            "日期不详",
		about:             "约%a",
		uncertain:         "%a（不确定）",
		partsUncertain:    "%a（%b）",
		uncertainWord:     "%a不确定",
		approximateWord:   "%a约计",
		bothWord:          "%a约计且不确定",
		parts:             [3]string{"年份", "月份", "日期"},
		fromTo:            "%a至%b",
		between:           "%a至%b之间",
		since:             "%a起",
		until:             "至%a",
		fromUnknownEnd:    "%a起（结束时间不详）",
		untilUnknownStart: "至%a（开始时间不详）",
		orEarlier:         "%a或更早",
		orLater:           "%a或更晚",
		or:                "%a或%b",
		and:               "%a和%b",
		comma:             "、",
		clockJoin:         " ",
		zoneUTC:           " UTC",
	}
}

func chineseYear(year int64) string {
	if year <= 0 {
		return "公元前" + yearNumber(year) + "年"
	}
	return yearNumber(year) + "年"
}

func chineseDivision(code int) string {
	switch {
	case code >= firstHalf:
		return [...]string{"上半年", "下半年"}[code-firstHalf]
	case code >= firstQuadrimester:
		return [...]string{"前四个月", "中间四个月", "后四个月"}[code-firstQuadrimester]
	case code >= firstQuarter:
		return "第" + [...]string{"一", "二", "三", "四"}[code-firstQuarter] + "季度"
	}
	return [...]string{"春季", "夏季", "秋季", "冬季"}[(code-firstSeason)%4] + hemisphere(code, "（北半球）", "（南半球）")
}

func chineseDate(p *single, omit omission) (words, note string) {
	const noYear, noDay = "（年份不详）", "（日期不详）"
	east := &eastWords{chineseYear, "月", "日", ""}
	switch shape := p.shape(); shape {
	case shapeYear:
		return chineseYear(p.year), ""
	case shapeDecade:
		lo, _ := p.years()
		return strconv.FormatInt(lo, 10) + "年代", ""
	case shapeMonth, shapeDay:
		return east.date(p, omit), ""
	case shapeMonthNoDay:
		return east.date(p, omit), noDay
	case shapeMonthNoYear, shapeDayNoYear:
		return east.date(p, max(omit, withoutYear)), unless(omit, noYear)
	case shapeSeason:
		return chineseYear(p.year) + chineseDivision(p.season()), ""
	case shapeSeasonNoYear:
		return chineseDivision(p.season()), noYear
	case shapeYearNoMonth:
		return chineseYear(p.year), "（月份不详）"
	case shapeDayNoMonth:
		return strconv.Itoa(p.day.value()) + "日", "（年月不详）"
	case shapeDecadeNoYear:
		return string(p.digits[2]) + "0年代", "（世纪不详）"
	case shapeNothing:
		return [...]string{"年份不详", "年月不详", "日期不详"}[p.parts-1], ""
	case shapeDaysNotStated:
		return "不完整的日期 " + string(p.appendPlain(nil)), noYear
	}
	first, last := p.edges()
	return chineseTongue().pair("%a至%b之间", &first, &last), ""
}
