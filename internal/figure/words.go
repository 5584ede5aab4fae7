package figure

import (
	"fmt"

	"asylon/internal/record"
	"asylon/internal/resolve"
)

// texts are the sentences that a kept figure carries in itself. They are
// frozen with it; pages around it take theirs from the interface's catalogue.
type texts struct {
	noReports, noNumber string
	complete, one       string // "%s to %s %s"; "%s %s"
	atLeast, upTo, open string
	best                string
	all, from, to, span string
	by                  map[resolve.By]string
	unknown             map[resolve.By]string
	total               string
	note                string
	units               map[record.Unit]string
	single              map[record.Unit]string // where one is said otherwise
}

func textsIn(lang string) texts {
	if lang == "ko" {
		return korean()
	}
	return english()
}

// Languages are the languages in which a figure is kept.
func Languages() []string { return []string{"en", "ko"} }

func english() texts {
	return texts{
		noReports: "no reports", noNumber: "reports, but none states a number",
		complete: "%s to %s %s", one: "%s %s",
		atLeast: "at least %s %s", upTo: "; up to %s were reported", open: "; no upper bound was reported", best: "; best stated: %s",
		all: "all acts", from: "from %s", to: "to %s", span: "%s to %s",
		by:      map[resolve.By]string{resolve.ByMonth: "by month", resolve.ByPlace: "by place", resolve.ByAct: "by kind of act", resolve.BySource: "by source"},
		unknown: map[resolve.By]string{resolve.ByMonth: "undated", resolve.ByPlace: "place not stated", resolve.ByAct: "kind not stated", resolve.BySource: "source not stated"},
		total:   "all together",
		note:    "Counts follow what was reported, not what happened. Months, places and kinds without an entry had no reports, which is not zero. The parts do not add up to the figure where something may belong to several.",
		units:   map[record.Unit]string{"persons": "persons", "returns": "returns", "acts": "acts", "events": "events", "families": "families", "households": "households"},
		single:  map[record.Unit]string{"persons": "person", "returns": "return", "acts": "act", "events": "event", "families": "family", "households": "household"},
	}
}

func korean() texts {
	return texts{
		noReports: "보고 없음", noNumber: "보고는 있으나 수를 밝힌 것이 없음",
		complete: "%s~%s%s", one: "%s%s",
		atLeast: "최소 %s%s", upTo: ", 보고된 최대 %s", open: ", 보고된 상한 없음", best: ", 밝힌 최적값 %s",
		all: "모든 행위", from: "%s부터", to: "%s까지", span: "%s~%s",
		by:      map[resolve.By]string{resolve.ByMonth: "월별", resolve.ByPlace: "장소별", resolve.ByAct: "행위별", resolve.BySource: "출처별"},
		unknown: map[resolve.By]string{resolve.ByMonth: "날짜 미상", resolve.ByPlace: "장소 미상", resolve.ByAct: "종류 미상", resolve.BySource: "출처 미상"},
		total:   "전체",
		note:    "이 수는 일어난 일이 아니라 보고된 것을 따릅니다. 항목이 없는 달·장소·행위는 보고가 없었다는 뜻이며 0이 아닙니다. 여러 항목에 속할 수 있는 것이 있으면 각 항목의 합은 전체와 다릅니다.",
		units:   map[record.Unit]string{"persons": "명", "returns": "건(송환)", "acts": "건(행위)", "events": "건(사건)", "families": "가족", "households": "세대"},
	}
}

func (x texts) unit(u record.Unit) string {
	if s, ok := x.units[u]; ok {
		return s
	}
	return string(u)
}

// InWords says a result in a language: low, high and best with their unit,
// and "at least" unless the parts were judged complete. Languages without
// texts of their own get English.
func InWords(r resolve.Result, lang string) string {
	x := textsIn(lang)
	unit := x.unit(r.Unit)
	if one, ok := x.single[r.Unit]; ok && r.Low == 1 && (!r.Complete || r.High != nil && *r.High == 1) {
		unit = one
	}
	switch {
	case !r.Reported:
		return x.noReports
	case !r.Numbered:
		return x.noNumber
	}
	var s string
	switch {
	case r.Complete && r.High != nil && *r.High == r.Low:
		s = fmt.Sprintf(x.one, digits(r.Low), unit)
	case r.Complete && r.High != nil:
		s = fmt.Sprintf(x.complete, digits(r.Low), digits(*r.High), unit)
	default:
		s = fmt.Sprintf(x.atLeast, digits(r.Low), unit)
		if r.High == nil {
			s += x.open
		} else if *r.High != r.Low {
			s += fmt.Sprintf(x.upTo, digits(*r.High))
		}
	}
	if r.Best != nil && (r.High == nil || *r.High != r.Low) {
		s += fmt.Sprintf(x.best, digits(*r.Best))
	}
	return s
}

// In picks what a figure keeps in a language, English where it keeps none.
func In(kept map[string]string, lang string) string {
	if s := kept[lang]; s != "" {
		return s
	}
	return kept["en"]
}

// digits writes a number with its thousands parted.
func digits(n int64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// UnitWords names a unit in a language.
func UnitWords(u record.Unit, lang string) string { return textsIn(lang).unit(u) }
