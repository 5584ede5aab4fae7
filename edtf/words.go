package edtf

import "strings"

// yearThird is a part of a month, season, year, decade or century.
type yearThird int64

const (
	wholePart yearThird = iota
	earlyPart
	midPart
	latePart
)

// entry is a row of the word list: what the words stand for, and the words with
// bars between them, in the form that fold gives.
type entry struct {
	t     token
	words string
}

// words joins the lists of all languages; no two give a word different
// meanings. Read only.
var words = joinWords(englishWords(), koreanWords(), chineseWords())

// longestWord bounds the search for an entry, in bytes.
const longestWord = 40

func joinWords(lists ...[]entry) map[string]token {
	all := make(map[string]token)
	for _, list := range lists {
		for _, e := range list {
			for w := range strings.SplitSeq(e.words, "|") {
				all[w] = e.t
			}
		}
	}
	return all
}

// numbered makes entries of one kind whose numbers follow one another.
func numbered(kind tokenKind, first int64, rows ...string) []entry {
	out := make([]entry, len(rows))
	for i, row := range rows {
		out[i] = entry{token{kind: kind, n: first + int64(i)}, row}
	}
	return out
}

// How many "a few" and "several" are at the least and at the most. The most
// matters more: it bounds how far back "the past few years" may reach.
const (
	coupleLow, coupleHigh   = 2, 3
	fewLow, fewHigh         = 2, 5
	severalLow, severalHigh = 2, 9
)

// What to add to the years of other eras.
const (
	juche  = 1911  // of the North Korean calendar, from the birth of Kim Il Sung
	dangun = -2333 // of the legendary founder of Korea
	minguo = 1911  // of the Republic of China
)

// marker is what may stand directly behind a number.
type marker struct {
	text string
	kind tokenKind
	u    unit
}

// Longer markers stand before shorter ones that they begin with. Read only.
var markers = []marker{
	{"년대", tkDecade, noUnit}, {"年代", tkDecade, noUnit}, {"'s", tkDecade, noUnit}, {"s", tkDecade, noUnit},
	{"세기", tkCentury, noUnit}, {"世纪", tkCentury, noUnit}, {"世紀", tkCentury, noUnit},
	{"분기", tkQuarter, noUnit}, {"季度", tkQuarter, noUnit},
	{"시", tkTime, noUnit}, {"분", tkTime, noUnit}, {"点", tkTime, noUnit}, {"點", tkTime, noUnit},
	{"时", tkTime, noUnit}, {"時", tkTime, noUnit}, {"am", tkTime, noUnit}, {"pm", tkTime, noUnit},
	{"년동안", tkDuration, unitYear}, {"년간", tkDuration, unitYear}, {"年间", tkDuration, unitYear},
	{"年間", tkDuration, unitYear}, {"年来", tkDuration, unitYear}, {"年來", tkDuration, unitYear},
	{"개월동안", tkDuration, unitMonth}, {"개월간", tkDuration, unitMonth}, {"개월", tkDuration, unitMonth},
	{"달", tkDuration, unitMonth}, {"个多月", tkDuration, unitMonth}, {"个月", tkDuration, unitMonth},
	{"個月", tkDuration, unitMonth},
	{"주일간", tkDuration, unitWeek}, {"주일", tkDuration, unitWeek}, {"주간", tkDuration, unitWeek},
	{"주", tkDuration, unitWeek}, {"个星期", tkDuration, unitWeek}, {"個星期", tkDuration, unitWeek},
	{"星期", tkDuration, unitWeek}, {"周", tkDuration, unitWeek}, {"週", tkDuration, unitWeek},
	{"일동안", tkDuration, unitDay}, {"일간", tkDuration, unitDay}, {"天", tkDuration, unitDay},
	{"日间", tkDuration, unitDay}, {"日間", tkDuration, unitDay},
	{"년", tkYear, noUnit}, {"年", tkYear, noUnit},
	{"월달", tkMonth, noUnit}, {"월", tkMonth, noUnit}, {"月份", tkMonth, noUnit}, {"月", tkMonth, noUnit},
	{"일", tkDay, noUnit}, {"日", tkDay, noUnit}, {"号", tkDay, noUnit}, {"號", tkDay, noUnit},
	{"st", tkOrdinal, noUnit}, {"nd", tkOrdinal, noUnit}, {"rd", tkOrdinal, noUnit}, {"th", tkOrdinal, noUnit},
	{"번째", tkOrdinal, noUnit}, {"째", tkOrdinal, noUnit},
}

// hanDigits gives the values of Chinese numerals. Read only.
var hanDigits = map[rune]int64{
	'〇': 0, '一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
	'两': 2, '兩': 2, '十': 10, '廿': 20, '卅': 30, '百': 100, '千': 1000,
}
