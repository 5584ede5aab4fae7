package advocacy

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"asylon/edtf"
	"asylon/internal/record"
	"asylon/internal/register"
)

// taken are the properties that the frame of a sentence has already said.
func taken(ps ...record.PropertyID) map[record.PropertyID]bool {
	m := map[record.PropertyID]bool{}
	for _, p := range ps {
		m[p] = true
	}
	return m
}

var actFrame = taken(record.PropActKind, record.PropActVictim, "act.actor", record.PropActCount, record.PropActRate, record.PropActDate,
	record.PropActReported, record.PropActPlace, record.PropActFrom, record.PropActTo, record.PropActPerpetrator)

// englishSource is who says it, as a subject and after "according to".
func (l Lookup) englishSource(g group) (who string, named bool) {
	switch {
	case g.source != "":
		return l.name(g.source), true
	case g.document != "":
		return "the document “" + l.name(g.document) + "”", true
	}
	return "a statement whose source is not named", false
}

// englishAct words what a source says about one act.
func (l Lookup) englishAct(g group) (text, hedge string) {
	var kind record.TermID
	label := ""
	if ks := g.of(record.PropActKind); len(ks) > 0 {
		kind = ks[0].Value.Term
		label = l.Words.Term(kind, "en")
	}
	c := englishClause(kind, label)
	named, counts, further, one := l.subjects("en", g)
	subject, tail := c.subject, ""
	who := englishWho(named, counts)
	if subject == "" {
		subject = who
		if who == "" {
			subject = "persons whose number is not stated"
		}
		one = one && who != ""
	} else if who != "" {
		tail = ", concerning " + who
	}
	tail = l.englishWhere(g) + l.englishWhen(g.of(record.PropActDate)) + l.englishBy(g) + tail + l.englishRate(g)
	if rs := g.of(record.PropActReported); len(rs) > 0 {
		tail += " (reported" + strings.TrimPrefix(l.englishWhen(rs), ",") + ")"
	}
	if len(further) > 0 {
		tail += "; number as stated: " + strings.Join(further, "; ")
	}
	tail += l.rest("en", g, actFrame)
	source, known := l.englishSource(g)
	return frame(g.mode, source, known, subject, c, one, tail)
}

func englishWho(named, counts []string) string {
	who := joinEnglish(named)
	if len(counts) == 0 {
		return who
	}
	if who == "" {
		return counts[0]
	}
	return who + " (" + counts[0] + ")"
}

// frame puts a clause into the words of its mode.
func frame(m record.Mode, source string, known bool, subject string, c clause, one bool, tail string) (text, hedge string) {
	past := c.past
	if one {
		past = c.past1
	}
	switch m {
	case record.ModeDenied:
		hedge = source + " denies that"
		if !known {
			hedge = "it is denied that"
		}
		return capital(hedge + " " + subject + " " + past + tail + "."), hedge
	case record.ModeFeared:
		hedge = source + " fears that"
		if !known {
			hedge = "it is feared that"
		}
		return capital(hedge + " " + subject + " could " + c.base + tail + "."), hedge
	case record.ModeThreatened:
		hedge = "it was threatened that"
		return "According to " + source + ", " + hedge + " " + subject + " would " + c.base + tail + ".", hedge
	case record.ModeIntended:
		hedge = "it was intended that"
		return "According to " + source + ", " + hedge + " " + subject + " would " + c.base + tail + ".", hedge
	case record.ModeGeneral:
		hedge = "describes as a general condition that"
		return capital(source + " " + hedge + " " + subject + " " + present(c, one) + tail + "."), hedge
	}
	return "According to " + source + ", " + subject + " " + past + tail + ".", ""
}

func present(c clause, one bool) string {
	if one && strings.HasPrefix(c.is, "are ") {
		return "is " + strings.TrimPrefix(c.is, "are ")
	}
	return c.is
}

// englishWhere says from where, where to and where.
func (l Lookup) englishWhere(g group) string {
	s := ""
	for _, x := range []struct {
		p    record.PropertyID
		word string
	}{{record.PropActFrom, " from "}, {record.PropActTo, " to "}, {record.PropActPlace, " in "}} {
		if vs := l.values("en", g, x.p); len(vs) > 0 {
			s += x.word + joinEnglish(vs)
		}
	}
	return s
}

// englishWhen says when, with the preposition that the date takes.
func (l Lookup) englishWhen(dates []register.Item) string {
	if len(dates) == 0 {
		return ""
	}
	it := dates[0]
	text := dateText("en", it)
	if d, ok := simple(it); ok {
		if d.Earliest() == d.Latest() {
			return " on " + text
		}
		return " in " + text
	}
	d, err := edtf.Parse(it.Value.Date.EDTF)
	switch {
	case err == nil && it.Value.Date.Resolved && (d.Kind() == edtf.Interval || d.Kind() == edtf.OneOf):
		return ", " + text // "from March to June", "between 21 and 31 July"
	case strings.HasPrefix(text, "“"):
		return ", " + text + " (the source’s own words for when)"
	}
	return ", the time being stated as " + text
}

func (l Lookup) englishBy(g group) string {
	vs := l.values("en", g, record.PropActPerpetrator)
	if len(vs) == 0 {
		return ""
	}
	return ", by " + joinEnglish(vs)
}

// englishRate keeps a rate a rate and says when no period is known for it.
func (l Lookup) englishRate(g group) string {
	vs := l.values("en", g, record.PropActRate)
	if len(vs) == 0 {
		return ""
	}
	s := ", at a rate of " + strings.Join(vs, "; ")
	if len(g.of(record.PropActDate)) == 0 {
		s += " (period not stated; no total follows from it)"
	}
	return s
}

// rest words every statement that the frame has no place for.
func (l Lookup) rest(lang string, g group, done map[record.PropertyID]bool) string {
	s := ""
	for _, it := range g.items {
		if !done[it.Property] {
			s += "; " + l.Words.Property(it.Property, lang) + ": " + l.value(lang, it)
		}
	}
	return s
}

// englishThing words what a source says about anything that is not an act.
func (l Lookup) englishThing(g group) (text, hedge string) {
	source, known := l.englishSource(g)
	np := l.thing("en", g)
	says := func(with, without string) string {
		if known {
			return source + " " + with
		}
		return without
	}
	switch g.mode {
	case record.ModeDenied:
		hedge = says("denies the following", "the following is denied")
	case record.ModeFeared:
		hedge = says("fears that the following could come about", "it is feared that the following could come about")
	case record.ModeThreatened:
		hedge = "the following was threatened"
		return "According to " + source + ", " + hedge + ": " + np + ".", hedge
	case record.ModeIntended:
		hedge = "the following was intended"
		return "According to " + source + ", " + hedge + ": " + np + ".", hedge
	case record.ModeGeneral:
		hedge = says("describes as the general situation", "it is described as the general situation")
	default:
		return "According to " + source + ": " + np + ".", ""
	}
	return capital(hedge) + ": " + np + ".", hedge
}

// thing lists what is stated of an entity: what it is first, then its other
// properties in the order given.
func (l Lookup) thing(lang string, g group) string {
	head := ""
	done := map[record.PropertyID]bool{}
	for p := range kindProperties {
		if vs := l.values(lang, g, p); len(vs) > 0 {
			head = strings.Join(vs, ", ")
			done[p] = true
		}
	}
	if head == "" {
		switch l.Kinds[g.entity] {
		case record.KindPerson, record.KindGroup, record.KindOrganisation, record.KindPlace, record.KindEvent, record.KindDocument, record.KindSource:
			head = l.name(g.entity)
		}
	}
	rest := strings.TrimPrefix(l.rest(lang, g, done), "; ")
	switch {
	case head == "":
		return rest
	case rest == "":
		return head
	}
	return head + " – " + rest
}

func joinEnglish(xs []string) string {
	switch len(xs) {
	case 0:
		return ""
	case 1:
		return xs[0]
	}
	return strings.Join(xs[:len(xs)-1], ", ") + " and " + xs[len(xs)-1]
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
