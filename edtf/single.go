package edtf

// qualifier holds the flags of one part of a date.
type qualifier uint8

const (
	uncertain   qualifier = 1 << iota // "?": the source, or we, doubt it
	approximate                       // "~": near it
)

// unknownDigit marks a digit that is not stated, as EDTF writes it.
const unknownDigit = 'X'

// The parts of a date, as indexes into single.quals.
const (
	partYear = iota
	partMonth
	partDay
)

// field is a month or a day of the month as two digits, either of which may be
// unknownDigit.
type field [2]byte

func (f field) known() bool { return f[0] != unknownDigit && f[1] != unknownDigit }

// blank says whether neither digit is stated.
func (f field) blank() bool { return f[0] == unknownDigit && f[1] == unknownDigit }

// value is meaningful only where the field is known.
func (f field) value() int { return int(f[0]-'0')*10 + int(f[1]-'0') }

// matches says whether n, from 0 to 99, agrees with every stated digit.
func (f field) matches(n int) bool {
	return (f[0] == unknownDigit || int(f[0]-'0') == n/10) &&
		(f[1] == unknownDigit || int(f[1]-'0') == n%10)
}

func twoDigits(n int) field { return field{byte('0' + n/10), byte('0' + n%10)} }

// single is one date without interval or set: the syntax tree of the format.
type single struct {
	parts  uint8 // 1 year, 2 year and month or season, 3 year, month and day
	long   bool  // a year outside four digits, in year
	neg    bool  // a four-digit year before year 0
	sig    uint8 // significant digits of the year; 0 where all are
	digits [4]byte
	year   int64 // the year, sign included; meaningful where its digits are stated
	month  field // month 01 to 12, or a division of the year 21 to 41
	day    field
	quals  [3]qualifier
	clock  clock
}

// clock is a time of day, kept as written.
type clock struct {
	set                  bool
	hour, minute, second uint8
	zone                 zoneForm
	zoneHour, zoneMinute uint8
}

type zoneForm uint8

const (
	zoneNone zoneForm = iota
	zoneUTC
	zoneEastHour // +hh
	zoneWestHour // -hh
	zoneEast     // +hh:mm
	zoneWest     // -hh:mm
)

// yearKnown says whether every digit of the year is stated.
func (p *single) yearKnown() bool {
	if p.long {
		return true
	}
	return p.unknownYearDigits() == 0
}

func (p *single) unknownYearDigits() int {
	n := 0
	for _, c := range p.digits {
		if c == unknownDigit {
			n++
		}
	}
	return n
}

// resolved says whether the year is stated at least to its first digit.
func (p *single) resolved() bool { return p.long || p.digits[0] != unknownDigit }

// season gives the division of the year, 21 to 41, or 0 where the second part
// is a month.
func (p *single) season() int {
	if p.parts == 2 && p.month.known() {
		if v := p.month.value(); v >= firstSeason {
			return v
		}
	}
	return 0
}

// setYear stores a year of any length.
func (p *single) setYear(year int64) {
	p.year = year
	if year > 9999 || year < -9999 {
		p.long = true
		return
	}
	if year < 0 {
		p.neg = true
		year = -year
	}
	p.digits = [4]byte{byte('0' + year/1000), byte('0' + year/100%10), byte('0' + year/10%10), byte('0' + year%10)}
}

// allQuals gives the flags that any part carries.
func (p *single) allQuals() qualifier {
	return p.quals[partYear] | p.quals[partMonth] | p.quals[partDay]
}

// qualify sets the flags on every part that is stated.
func (p *single) qualify(q qualifier) {
	for i := range p.quals[:p.parts] {
		p.quals[i] |= q
	}
}

// level gives the conformance level of ISO 8601-2 that the date needs.
func (p *single) level() uint8 {
	lv := uint8(0)
	need := func(n uint8) { lv = max(lv, n) }
	if p.long || p.neg {
		need(1)
	}
	if p.sig > 0 {
		need(2)
	}
	if s := p.season(); s > lastPlainSeason {
		need(2)
	} else if s > 0 {
		need(1)
	}
	need(p.unspecifiedLevel())
	if p.allQuals() != 0 {
		need(1)
		for _, q := range p.quals[1:p.parts] {
			if q != p.quals[0] {
				need(2)
			}
		}
	}
	return lv
}

// unspecifiedLevel is level for the digits that are not stated: level 1 knows
// them only as a run at the end of the date.
func (p *single) unspecifiedLevel() uint8 {
	if !p.long && p.unknownYearDigits() > 0 {
		if p.parts > 1 || p.digits[0] == unknownDigit || p.digits[1] == unknownDigit || p.digits[3] != unknownDigit {
			return 2
		}
		return 1
	}
	month := p.parts < 2 || p.month.known()
	day := p.parts < 3 || p.day.known()
	switch {
	case month && day:
		return 0
	case !month && !p.month.blank(), p.parts == 3 && !day && !p.day.blank(), !month && day && p.parts == 3:
		return 2
	}
	return 1
}

// append writes the canonical form.
func (p *single) append(b []byte) []byte {
	run := p.leadingRun()
	for i := range int(p.parts) {
		if i > 0 {
			b = append(b, '-')
		}
		if i >= run {
			b = appendQualifier(b, p.quals[i])
		}
		b = p.appendPart(b, i)
		if i == run-1 {
			b = appendQualifier(b, p.quals[i])
		}
	}
	if p.clock.set {
		b = p.clock.append(b)
	}
	return b
}

// leadingRun counts the parts from the year on that carry the same flags: these
// share one sign at their right, and every later part has its own at its left.
func (p *single) leadingRun() int {
	run := 1
	for run < int(p.parts) && p.quals[run] == p.quals[0] {
		run++
	}
	return run
}

func (p *single) appendPart(b []byte, part int) []byte {
	switch part {
	case partMonth:
		return append(b, p.month[0], p.month[1])
	case partDay:
		return append(b, p.day[0], p.day[1])
	}
	switch {
	case p.long:
		b = appendYear(b, p.year)
	case p.neg:
		b = append(b, '-')
		b = append(b, p.digits[:]...)
	default:
		b = append(b, p.digits[:]...)
	}
	if p.sig > 0 {
		b = append(b, 'S')
		if p.sig >= 10 {
			b = append(b, byte('0'+p.sig/10))
		}
		b = append(b, byte('0'+p.sig%10))
	}
	return b
}

func appendQualifier(b []byte, q qualifier) []byte {
	switch q {
	case uncertain:
		return append(b, '?')
	case approximate:
		return append(b, '~')
	case uncertain | approximate:
		return append(b, '%')
	}
	return b
}

func (c *clock) append(b []byte) []byte {
	b = appendTwo(append(b, 'T'), int(c.hour))
	b = appendTwo(append(b, ':'), int(c.minute))
	b = appendTwo(append(b, ':'), int(c.second))
	switch c.zone {
	case zoneUTC:
		return append(b, 'Z')
	case zoneEastHour, zoneEast:
		b = append(b, '+')
	case zoneWestHour, zoneWest:
		b = append(b, '-')
	case zoneNone:
		return b
	}
	b = appendTwo(b, int(c.zoneHour))
	if c.zone == zoneEast || c.zone == zoneWest {
		b = appendTwo(append(b, ':'), int(c.zoneMinute))
	}
	return b
}
