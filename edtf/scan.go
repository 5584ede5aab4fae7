package edtf

import "strconv"

const noMonth = "a year with Y or with significant digits takes no month"

// scanner walks over one single date inside a longer text.
type scanner struct {
	s    string
	base int // byte offset of s in the whole input
	i    int
}

func (sc *scanner) peek() byte {
	if sc.i < len(sc.s) {
		return sc.s[sc.i]
	}
	return 0
}

func (sc *scanner) fail(at int, text string) *problem { return trouble(sc.base+at, text) }

// qualifier reads at most one sign.
func (sc *scanner) qualifier() qualifier {
	switch sc.peek() {
	case '?':
		sc.i++
		return uncertain
	case '~':
		sc.i++
		return approximate
	case '%':
		sc.i++
		return uncertain | approximate
	}
	return 0
}

// parseSingle reads one date that fills s.
func parseSingle(s string, base int) (single, *problem) {
	var p single
	sc := scanner{s: s, base: base}
	if s == "" {
		return p, sc.fail(0, "a date is missing here")
	}
	for p.parts < 3 {
		own := sc.qualifier()
		if e := sc.part(&p); e != nil {
			return p, e
		}
		p.quals[p.parts] |= own
		p.parts++
		// A sign to the right speaks for this part and everything to its left.
		if q := sc.qualifier(); q != 0 {
			p.qualify(q)
		}
		if sc.peek() != '-' {
			break
		}
		if p.sig > 0 {
			return p, sc.fail(sc.i, noMonth)
		}
		sc.i++
	}
	if sc.peek() == 'T' {
		if e := sc.clock(&p); e != nil {
			return p, e
		}
	}
	if sc.i < len(s) {
		return p, sc.leftover()
	}
	return p, p.check(&sc)
}

func (sc *scanner) part(p *single) *problem {
	switch p.parts {
	case partYear:
		return sc.year(p)
	case partMonth:
		return sc.field(&p.month, "month")
	}
	if p.season() != 0 {
		return sc.fail(sc.i, "a season, quarter or half of a year takes no day")
	}
	return sc.field(&p.day, "day")
}

func (sc *scanner) field(f *field, name string) *problem {
	if sc.i+2 > len(sc.s) || !digitOrX(sc.s[sc.i]) || !digitOrX(sc.s[sc.i+1]) {
		return sc.fail(sc.i, "the "+name+" needs two digits; write X for a digit that is not stated")
	}
	*f = field{sc.s[sc.i], sc.s[sc.i+1]}
	sc.i += 2
	return nil
}

func (sc *scanner) year(p *single) *problem {
	if sc.peek() == 'Y' {
		return sc.longYear(p)
	}
	start := sc.i
	if sc.peek() == '-' {
		p.neg = true
		sc.i++
	}
	for n := range p.digits {
		c := sc.peek()
		if !digitOrX(c) {
			return sc.fail(sc.i, "the year needs four digits; write X for a digit that is not stated (196X), Y before a longer year (Y12000)")
		}
		p.digits[n] = c
		p.year = p.year*10 + int64(c-'0')
		sc.i++
	}
	if c := sc.peek(); c >= '0' && c <= '9' {
		return sc.fail(sc.i, "a year of more than four digits starts with Y (Y12000), and month and day are set off with hyphens (2001-06-12)")
	}
	if p.neg {
		if p.digits == [4]byte{'0', '0', '0', '0'} {
			return sc.fail(start, "year 0 takes no minus sign; it is 1 BC, and -0001 is 2 BC")
		}
		p.year = -p.year
	}
	if sc.peek() == 'S' {
		if !p.yearKnown() {
			return sc.fail(sc.i, "a year with significant digits states all its digits")
		}
		return sc.significant(p)
	}
	return nil
}

// longYear reads Y, sign, digits and the exponent and significant digits of
// level 2. An exponent is multiplied out: Y-17E7 is kept as Y-170000000.
func (sc *scanner) longYear(p *single) *problem {
	start := sc.i
	sc.i++
	neg := sc.peek() == '-'
	if neg {
		sc.i++
	}
	digits := sc.i
	n := sc.number(maxYear)
	if sc.i == digits {
		return sc.fail(sc.i, "digits of the year are missing after Y")
	}
	exponent := sc.peek() == 'E'
	if exponent {
		sc.i++
		at := sc.i
		e := sc.number(99)
		if sc.i == at {
			return sc.fail(sc.i, "digits are missing after E")
		}
		for ; e > 0 && n > 0 && n <= maxYear; e-- {
			n *= 10
		}
	} else if sc.i-digits < 5 {
		return sc.fail(start, "Y is only for years of more than four digits")
	}
	if n > maxYear {
		return sc.fail(digits, "the year is further than 999,999,999,999 from year 0")
	}
	if n < 10_000 && !exponent {
		return sc.fail(digits, "a long year does not start with zeros")
	}
	if neg {
		n = -n
	}
	if neg && n == 0 {
		return sc.fail(start, "year 0 takes no minus sign")
	}
	p.setYear(n)
	switch sc.peek() {
	case 'S':
		return sc.significant(p)
	case '-':
		return sc.fail(sc.i, noMonth)
	}
	return nil
}

func (sc *scanner) significant(p *single) *problem {
	sc.i++
	at := sc.i
	n := sc.number(99)
	abs := max(p.year, -p.year)
	if sc.i == at || n < 1 || sc.s[at] == '0' {
		return sc.fail(at, "S needs the number of significant digits, from 1")
	}
	if width := max(4, len(strconv.FormatInt(abs, 10))); int(n) > width {
		return sc.fail(at, "more significant digits than the year has")
	}
	p.sig = uint8(n)
	return nil
}

// number reads digits and stops growing once past limit, so that no input
// overflows; the caller compares with the limit.
func (sc *scanner) number(limit int64) int64 {
	var n int64
	for ; sc.i < len(sc.s); sc.i++ {
		c := sc.s[sc.i]
		if c < '0' || c > '9' {
			break
		}
		if n <= limit {
			n = n*10 + int64(c-'0')
		}
	}
	return n
}

func (sc *scanner) clock(p *single) *problem {
	if p.parts != 3 || !p.day.known() || !p.month.known() || !p.yearKnown() || p.allQuals() != 0 {
		return sc.fail(sc.i, "a time of day needs a full date before it, without unstated digits or signs")
	}
	at := sc.i
	c := &p.clock
	c.set = true
	ok := sc.two('T', &c.hour, 23) && sc.two(':', &c.minute, 59) && sc.two(':', &c.second, 60)
	if !ok || c.second == 60 && c.minute != 59 {
		return sc.fail(at, "a time of day is written Thh:mm:ss, from T00:00:00 to T23:59:59")
	}
	at = sc.i
	switch sign := sc.peek(); sign {
	case 'Z':
		sc.i++
		c.zone = zoneUTC
	case '+', '-':
		c.zone = zoneEastHour
		if sign == '-' {
			c.zone = zoneWestHour
		}
		ok = sc.two(sign, &c.zoneHour, 23)
		if ok && sc.peek() == ':' {
			c.zone += zoneEast - zoneEastHour
			ok = sc.two(':', &c.zoneMinute, 59)
		}
		if !ok || sign == '-' && c.zoneHour == 0 && c.zoneMinute == 0 {
			return sc.fail(at, "a zone is written Z, +hh, -hh, +hh:mm or -hh:mm")
		}
	}
	return nil
}

// two reads a mark and a number of two digits up to limit.
func (sc *scanner) two(mark byte, n *uint8, limit uint8) bool {
	if sc.i+3 > len(sc.s) || sc.s[sc.i] != mark || !digit(sc.s[sc.i+1]) || !digit(sc.s[sc.i+2]) {
		return false
	}
	*n = (sc.s[sc.i+1]-'0')*10 + sc.s[sc.i+2] - '0'
	sc.i += 3
	return *n <= limit
}

// leftover explains what follows a date that should have ended, with the forms
// of older drafts that people still write.
func (sc *scanner) leftover() *problem {
	switch c := sc.peek(); c {
	case 'u', 'x':
		return sc.fail(sc.i, "a digit that is not stated is written X, a capital")
	case '?', '~', '%':
		return sc.fail(sc.i, "one sign is enough: ? uncertain, ~ approximate, % both")
	case ' ':
		return sc.fail(sc.i, "a date holds no spaces")
	}
	return sc.fail(sc.i, "this does not belong to a date; the format is 2001, 2001-06 or 2001-06-12")
}

// check refuses dates that no calendar holds.
func (p *single) check(sc *scanner) *problem {
	if p.parts == 1 {
		return nil
	}
	monthAt := len(sc.s)
	// The byte of the month is only needed for an error, so it is found then.
	locate := func() int {
		for i := 1; i < len(sc.s); i++ {
			if sc.s[i] == '-' {
				return i + 1
			}
		}
		return monthAt
	}
	if p.season() != 0 {
		if p.season() > lastSeason {
			return sc.fail(locate(), "there is no month or season "+strconv.Itoa(p.season())+"; months are 01 to 12, seasons, quarters and halves 21 to 41")
		}
		return nil
	}
	anyMonth := false
	for m := 1; m <= 12 && !anyMonth; m++ {
		anyMonth = p.month.matches(m)
	}
	if !anyMonth {
		return sc.fail(locate(), "there is no month "+string(p.month[:])+"; months are 01 to 12, seasons, quarters and halves 21 to 41")
	}
	if p.parts == 3 {
		if _, ok := p.edge(-1); !ok {
			return sc.fail(locate()+3, "there is no day "+string(p.day[:])+" in that month")
		}
	}
	return nil
}

func digit(c byte) bool    { return c >= '0' && c <= '9' }
func digitOrX(c byte) bool { return digit(c) || c == unknownDigit }
