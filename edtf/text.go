package edtf

import (
	"strconv"
	"strings"
)

// Text prints the date for people, in English, Korean or Chinese; an unknown
// language gets English. What is not stated is said to be not stated. The text
// is for reading: it cannot always be read back to the same date.
func (d Date) Text(lang Lang) string {
	t := tongueOf(lang)
	if d.kind == None {
		return t.noDate
	}
	x, _ := parseExpr(d.text) // canonical text always parses
	switch d.kind {
	case Point:
		return t.point(&x.point, wholeDate)
	case Interval:
		return t.interval(&x)
	}
	return t.set(&x)
}

// tongue is how a language words dates. %a and %b in a form stand for dates or
// for what they are said of.
type tongue struct {
	// plain words a date without its signs, leaving out what omit says. What is
	// not stated comes apart, as a note to put behind the whole.
	plain func(p *single, omit omission) (words, note string)

	noDate                            string
	about, uncertain                  string
	partsUncertain                    string // %b is a list of the next three
	uncertainWord                     string
	approximateWord                   string
	bothWord                          string
	parts                             [3]string
	fromTo, between, since, until     string
	fromUnknownEnd, untilUnknownStart string
	orEarlier, orLater, or, and       string
	comma                             string
	clockJoin, zoneUTC                string
	omitFirst                         bool // a range says the year with its second date
}

// omission says which leading parts a date in a range leaves to the other.
type omission uint8

const (
	wholeDate   omission = iota
	withoutYear          // the year is said with the other date
	dayOnly              // year and month are
)

func tongueOf(lang Lang) *tongue {
	switch lang {
	case Korean:
		return koreanTongue()
	case Chinese:
		return chineseTongue()
	}
	return englishTongue()
}

// fill puts dates into a form.
func fill(form, a, b string) string {
	return strings.NewReplacer("%a", a, "%b", b).Replace(form)
}

// point words a date with its signs.
func (t *tongue) point(p *single, omit omission) string {
	s, note := t.plain(p, omit)
	if p.clock.set {
		s += t.clock(&p.clock)
	}
	q := p.allQuals()
	if q == 0 {
		return s + note
	}
	if run := p.leadingRun(); run < int(p.parts) {
		return fill(t.partsUncertain, s+note, t.partList(p))
	}
	if q&approximate != 0 {
		s = fill(t.about, s, "")
	}
	s += note
	if q&uncertain != 0 {
		s = fill(t.uncertain, s, "")
	}
	return s
}

// partList words which parts of a date are uncertain or approximate, where they
// differ.
func (t *tongue) partList(p *single) string {
	var out []string
	for i, q := range p.quals[:p.parts] {
		word := ""
		switch q {
		case uncertain:
			word = t.uncertainWord
		case approximate:
			word = t.approximateWord
		case uncertain | approximate:
			word = t.bothWord
		default:
			continue
		}
		out = append(out, fill(word, t.parts[i], ""))
	}
	return strings.Join(out, t.comma)
}

func (t *tongue) clock(c *clock) string {
	b := appendTwo(nil, int(c.hour))
	b = appendTwo(append(b, ':'), int(c.minute))
	b = appendTwo(append(b, ':'), int(c.second))
	s := t.clockJoin + string(b)
	zone := appendTwo(nil, int(c.zoneHour))
	if c.zone == zoneEast || c.zone == zoneWest {
		zone = appendTwo(append(zone, ':'), int(c.zoneMinute))
	}
	switch c.zone {
	case zoneUTC:
		return s + t.zoneUTC
	case zoneEast, zoneEastHour:
		return s + t.zoneUTC + "+" + string(zone)
	case zoneWest, zoneWestHour:
		return s + t.zoneUTC + "−" + string(zone)
	}
	return s
}

// interval words from … to, with its open and unknown ends.
func (t *tongue) interval(x *expr) string {
	a, b := &x.ends[0], &x.ends[1]
	switch {
	case a.form == Stated && b.form == OpenEnded:
		return fill(t.since, t.point(&a.date, wholeDate), "")
	case a.form == Stated && b.form == UnknownEnd:
		return fill(t.fromUnknownEnd, t.point(&a.date, wholeDate), "")
	case a.form == OpenEnded:
		return fill(t.until, t.point(&b.date, wholeDate), "")
	case a.form == UnknownEnd:
		return fill(t.untilUnknownStart, t.point(&b.date, wholeDate), "")
	}
	return t.pair(t.fromTo, &a.date, &b.date)
}

// pair words two dates in one form, saying what they share only once.
func (t *tongue) pair(form string, a, b *single) string {
	omit := shared(a, b)
	if omit == wholeDate {
		return fill(form, t.point(a, wholeDate), t.point(b, wholeDate))
	}
	omitA, omitB := wholeDate, omit
	if t.omitFirst {
		omitA, omitB = omit, wholeDate
	}
	from, noteA := t.plain(a, omitA)
	to, noteB := t.plain(b, omitB)
	return fill(form, from, to) + noteA + noteB
}

// shared says which leading parts two dates of a range have in common, as far as
// leaving them out reads well.
func shared(a, b *single) omission {
	switch {
	case a.allQuals() != 0 || b.allQuals() != 0 || a.parts < 2 || b.parts < 2 || a.long || b.long,
		a.sig > 0 || b.sig > 0 || a.neg != b.neg || a.digits != b.digits,
		a.season() != 0 || b.season() != 0 || !wellKnown(a) || !wellKnown(b):
		return wholeDate
	case a.parts == 3 && b.parts == 3 && a.month == b.month:
		return dayOnly
	}
	return withoutYear
}

// wellKnown says whether month and day are stated, and the year wholly or not at
// all.
func wellKnown(p *single) bool {
	return p.month.known() && (p.parts < 3 || p.day.known()) && (p.yearKnown() || p.unknownYearDigits() == 4)
}

// set words the members of a set one after the other.
func (t *tongue) set(x *expr) string {
	words := make([]string, len(x.members))
	for i := range x.members {
		words[i] = t.member(&x.members[i], x.kind == AllOf)
	}
	if len(words) == 1 {
		return words[0]
	}
	join := t.or
	if x.kind == AllOf {
		join = t.and
	}
	last := len(words) - 1
	return fill(join, strings.Join(words[:last], t.comma), words[last])
}

func (t *tongue) member(m *member, all bool) string {
	switch {
	case !m.stretch:
		return t.point(&m.from.date, wholeDate)
	case m.from.form == OpenEnded && all:
		return fill(t.until, t.point(&m.to.date, wholeDate), "")
	case m.to.form == OpenEnded && all:
		return fill(t.since, t.point(&m.from.date, wholeDate), "")
	case m.from.form == OpenEnded:
		return fill(t.orEarlier, t.point(&m.to.date, wholeDate), "")
	case m.to.form == OpenEnded:
		return fill(t.orLater, t.point(&m.from.date, wholeDate), "")
	case all:
		return t.pair(t.fromTo, &m.from.date, &m.to.date)
	}
	return t.pair(t.between, &m.from.date, &m.to.date)
}

// shape sorts single dates by what is stated of them, which is what decides how
// they are worded.
type shape uint8

const (
	shapeDay shape = iota
	shapeMonth
	shapeYear
	shapeSeason
	shapeDecade
	shapeYears         // several years: their first and last
	shapeMonthNoDay    // 1985-04-XX
	shapeYearNoMonth   // 1985-XX and 1985-XX-XX
	shapeDayNoYear     // XXXX-06-12
	shapeMonthNoYear   // XXXX-06, XXXX-06-XX
	shapeSeasonNoYear  // XXXX-22
	shapeDayNoMonth    // XXXX-XX-12
	shapeDecadeNoYear  // XX9X
	shapeNothing       // XXXX, XXXX-XX, XXXX-XX-XX
	shapeDays          // anything else: its first and last day
	shapeDaysNotStated // anything else without a year
)

func (p *single) shape() shape {
	if !p.resolved() {
		return p.shapeUnresolved()
	}
	lo, hi := p.years()
	switch {
	case p.parts == 1 && lo == hi:
		return shapeYear
	case p.parts == 1 && hi == lo+9 && lo%10 == 0 && lo%100 != 0 && lo > 0:
		// "The 1900s" would be read as a century.
		return shapeDecade
	case p.parts == 1:
		return shapeYears
	case lo != hi:
		return shapeDays
	case p.season() != 0:
		return shapeSeason
	case p.month.blank() && (p.parts == 2 || p.day.blank()):
		return shapeYearNoMonth
	case !p.month.known():
		return shapeDays
	case p.parts == 2:
		return shapeMonth
	case p.day.blank():
		return shapeMonthNoDay
	case !p.day.known():
		return shapeDays
	}
	return shapeDay
}

func (p *single) shapeUnresolved() shape {
	if p.unknownYearDigits() < 4 {
		if p.parts == 1 && p.digits[1] == unknownDigit && p.digits[2] != unknownDigit && p.digits[3] == unknownDigit {
			return shapeDecadeNoYear
		}
		return shapeDaysNotStated
	}
	switch {
	case p.parts == 1, p.parts == 2 && p.month.blank(), p.parts == 3 && p.month.blank() && p.day.blank():
		return shapeNothing
	case p.season() != 0:
		return shapeSeasonNoYear
	case p.month.blank() && p.day.known():
		return shapeDayNoMonth
	case !p.month.known():
		return shapeDaysNotStated
	case p.parts == 2 || p.day.blank():
		return shapeMonthNoYear
	case !p.day.known():
		return shapeDaysNotStated
	}
	return shapeDayNoYear
}

// appendPlain writes the format without signs.
func (p *single) appendPlain(b []byte) []byte {
	plain := *p
	plain.quals = [3]qualifier{}
	return plain.append(b)
}

// edges gives the days or years that bound a date of no better shape, as dates
// to be worded.
func (p *single) edges() (first, last single) {
	plain := *p
	plain.quals = [3]qualifier{}
	s := plain.bounds()
	if p.parts == 1 {
		lo, hi := p.years()
		return yearSingle(lo), yearSingle(hi)
	}
	return daySingle(s.First), daySingle(s.Last)
}

// unless gives the note where nothing is left out.
func unless(omit omission, note string) string {
	if omit != wholeDate {
		return ""
	}
	return note
}

// yearNumber prints the number of a year, without an era.
func yearNumber(year int64) string {
	if year <= 0 {
		year = 1 - year
	}
	return strconv.FormatInt(year, 10)
}
