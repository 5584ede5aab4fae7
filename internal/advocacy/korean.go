package advocacy

import (
	"strings"
	"unicode/utf8"

	"asylon/internal/record"
)

// particle picks the form of a Korean particle by the last sound of a word:
// the first after a consonant, the second after a vowel. After a word that is
// not in Hangul both are written.
func particle(word, consonant, vowel string) string {
	w := strings.TrimRight(word, "”’) ")
	r, _ := utf8.DecodeLastRuneInString(w)
	if r < 0xAC00 || r > 0xD7A3 {
		return word + consonant + "(" + vowel + ")"
	}
	if (r-0xAC00)%28 == 0 {
		return word + vowel
	}
	return word + consonant
}

func (l Lookup) koreanSource(g group) (who string, known bool) {
	switch {
	case g.source != "":
		return l.name(g.source), true
	case g.document != "":
		return "문서 “" + l.name(g.document) + "”", true
	}
	return "출처가 밝혀지지 않은 진술", false
}

// koreanAct words what a source says about one act.
func (l Lookup) koreanAct(g group) (text, hedge string) {
	var kind record.TermID
	label := ""
	if ks := g.of(record.PropActKind); len(ks) > 0 {
		kind = ks[0].Value.Term
		label = l.Words.Term(kind, "ko")
	}
	p := koreanPredicate(kind, label)
	named, counts, further, _ := l.subjects("ko", g)
	who := strings.Join(named, ", ")
	if len(counts) > 0 {
		if who == "" {
			who = counts[0]
		} else {
			who += "(" + counts[0] + ")"
		}
	}
	var parts []string
	if ds := g.of(record.PropActDate); len(ds) > 0 {
		if _, ok := simple(ds[0]); ok {
			parts = append(parts, dateText("ko", ds[0])+"에")
		} else {
			parts = append(parts, "(시기: "+dateText("ko", ds[0])+")")
		}
	}
	if vs := l.values("ko", g, record.PropActPlace); len(vs) > 0 {
		parts = append(parts, strings.Join(vs, ", ")+"에서")
	}
	parts = append(parts, l.koreanWay(g)...)
	if vs := l.values("ko", g, record.PropActRate); len(vs) > 0 {
		s := strings.Join(vs, ", ") + "의 비율로"
		if len(g.of(record.PropActDate)) == 0 {
			s += "(기간은 명시되지 않았으며 총수를 뜻하지 않음)"
		}
		parts = append(parts, s)
	}
	switch {
	case p.bare && who == "":
		parts = append(parts, "수가 명시되지 않은 사람들이")
	case p.bare:
		parts = append(parts, particle(who, "이", "가"))
	case who != "":
		parts = append(parts, who+"에 대하여")
	}
	if vs := l.values("ko", g, record.PropActPerpetrator); len(vs) > 0 {
		parts = append(parts, strings.Join(vs, ", ")+"에 의해")
	}
	body := strings.Join(parts, " ")
	if body != "" {
		body += " "
	}
	source, known := l.koreanSource(g)
	text, hedge = koreanFrame(g.mode, source, known, body, p)
	return text + l.koreanTail(g, kind, further), hedge
}

func (l Lookup) koreanWay(g group) []string {
	var out []string
	for _, x := range []struct {
		p    record.PropertyID
		word string
	}{{record.PropActFrom, "출발지"}, {record.PropActTo, "도착지"}} {
		if vs := l.values("ko", g, x.p); len(vs) > 0 {
			out = append(out, "("+x.word+": "+strings.Join(vs, ", ")+")")
		}
	}
	return out
}

// koreanTail adds, in brackets after the sentence, what its frame has no
// place for.
func (l Lookup) koreanTail(g group, kind record.TermID, further []string) string {
	var out []string
	if kind == "return" {
		out = append(out, "송환 방식은 명시되지 않음")
	}
	if rs := l.values("ko", g, record.PropActReported); len(rs) > 0 {
		out = append(out, "보고된 때: "+strings.Join(rs, ", "))
	}
	if len(further) > 0 {
		out = append(out, "밝혀진 수: "+strings.Join(further, ", "))
	}
	if r := strings.TrimPrefix(l.rest("ko", g, actFrame), "; "); r != "" {
		out = append(out, r)
	}
	if len(out) == 0 {
		return ""
	}
	return " (" + strings.Join(out, "; ") + ")"
}

func koreanFrame(m record.Mode, source string, known bool, body string, p predicate) (text, hedge string) {
	says := ""
	if known {
		says = particle(source, "은", "는") + " "
	}
	pick := func(with, without string) string {
		if known {
			return with
		}
		return without
	}
	switch m {
	case record.ModeDenied:
		hedge = pick("부인한다", "부인되고 있다")
		return says + body + p.past + "는 것" + pick("을 ", "이 ") + hedge + ".", hedge
	case record.ModeFeared:
		hedge = pick("수 있다고 우려한다", "수 있다는 우려가 있다")
		return says + body + p.future + " " + hedge + ".", hedge
	case record.ModeThreatened:
		hedge = "것이라는 위협이 있었다"
		return source + "에 따르면, " + body + p.future + " " + hedge + ".", hedge
	case record.ModeIntended:
		hedge = "것이라는 계획이 있었다"
		return source + "에 따르면, " + body + p.future + " " + hedge + ".", hedge
	case record.ModeGeneral:
		hedge = "일반적인 상황으로"
		return says + hedge + " " + body + p.is + "고 " + pick("서술한다", "서술된다") + ".", hedge
	}
	return source + "에 따르면, " + body + p.past + ".", ""
}

// koreanThing words what a source says about anything that is not an act.
func (l Lookup) koreanThing(g group) (text, hedge string) {
	source, known := l.koreanSource(g)
	np := l.thing("ko", g)
	who := particle(source, "은", "는") + " "
	if !known {
		who = source + "에 따르면, "
	}
	switch g.mode {
	case record.ModeDenied:
		hedge = "다음을 부인한다"
	case record.ModeFeared:
		hedge = "다음과 같은 일이 있을 수 있다고 우려한다"
	case record.ModeThreatened:
		hedge, who = "다음과 같은 위협이 있었다", source+"에 따르면, "
	case record.ModeIntended:
		hedge, who = "다음과 같은 계획이 있었다", source+"에 따르면, "
	case record.ModeGeneral:
		hedge = "다음을 일반적인 상황으로 서술한다"
	default:
		return source + "에 따르면: " + np + ".", ""
	}
	return who + hedge + ": " + np + ".", hedge
}
