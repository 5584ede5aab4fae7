package edtf

import "strings"

// Limits on what Parse reads: far beyond any real date, near enough that no
// input costs more than a moment.
const (
	maxText    = 4096
	maxMembers = 256
)

// Parse reads a date in the Extended Date/Time Format, ISO 8601-2:2019 levels 0
// and 1 and the parts of level 2 named in the package comment. The canonical
// text of the result may differ from s: signs are gathered ("?2004-?06" becomes
// "2004-06?"), exponents multiplied out, spaces in sets dropped.
//
// A text that is no such date gives a [*SyntaxError]; Parse does not guess, as
// [Read] does.
func Parse(s string) (Date, error) {
	d, e := parse(s)
	if e != nil {
		return Date{}, e.in(s)
	}
	return d, nil
}

// MustParse is Parse for texts known to be right, such as constants and tests;
// it panics on others.
func MustParse(s string) Date {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func parse(s string) (Date, *problem) {
	if len(s) > maxText {
		return Date{}, trouble(maxText, "this is longer than any date")
	}
	x, e := parseExpr(s)
	if e != nil {
		return Date{}, e
	}
	return x.date(), nil
}

// expr is the syntax tree of a whole date.
type expr struct {
	kind    Kind
	point   single   // Point
	ends    [2]end   // Interval
	members []member // OneOf, AllOf
}

// end is one side of an interval.
type end struct {
	form Bound
	date single
}

// member is one element of a set: a date, or a stretch between two, of which
// the first or last element of a set may leave one side open.
type member struct {
	stretch  bool
	from, to end
}

func parseExpr(s string) (expr, *problem) {
	if s == "" {
		return expr{}, trouble(0, "the date is empty")
	}
	if s[0] == '[' || s[0] == '{' {
		return parseSet(s)
	}
	if i := strings.IndexByte(s, '/'); i >= 0 {
		return parseInterval(s, i)
	}
	p, e := parseSingle(s, 0)
	return expr{kind: Point, point: p}, e
}

func parseInterval(s string, slash int) (expr, *problem) {
	x := expr{kind: Interval}
	for i, part := range [2]string{s[:slash], s[slash+1:]} {
		base := i * (slash + 1)
		switch part {
		case "":
			x.ends[i].form = UnknownEnd
			continue
		case "..":
			x.ends[i].form = OpenEnded
			continue
		case "open", "unknown":
			return x, trouble(base, "an open end is written .. and an unknown end is left empty")
		}
		p, e := parseSingle(part, base)
		if e != nil {
			return x, e
		}
		if p.clock.set {
			return x, trouble(base, "an interval takes dates without a time of day")
		}
		x.ends[i].date = p
	}
	if x.ends[0].form != Stated && x.ends[1].form != Stated {
		return x, trouble(0, "an interval needs a date at one end at least")
	}
	if x.ends[0].form == Stated && x.ends[1].form == Stated {
		if x.ends[1].date.bounds().Last < x.ends[0].date.bounds().First {
			return x, trouble(slash+1, "the interval ends before it begins")
		}
	}
	return x, nil
}

func parseSet(s string) (expr, *problem) {
	x := expr{kind: OneOf}
	closing := byte(']')
	if s[0] == '{' {
		x.kind, closing = AllOf, '}'
	}
	if s[len(s)-1] != closing || len(s) < 2 {
		return x, trouble(len(s)-1, "the set is not closed with "+string(closing))
	}
	at := 1
	for at <= len(s)-1 {
		stop := len(s) - 1
		if i := strings.IndexByte(s[at:stop], ','); i >= 0 {
			stop = at + i
		}
		if len(x.members) == maxMembers {
			return x, trouble(at, "the set has too many members")
		}
		m, e := parseMember(s[at:stop], at)
		if e != nil {
			return x, e
		}
		first, last := len(x.members) == 0, stop == len(s)-1
		if m.from.form == OpenEnded && !first || m.to.form == OpenEnded && !last {
			return x, trouble(at, "only the first and the last member of a set may be open")
		}
		x.members = append(x.members, m)
		at = stop + 1
	}
	if only := x.members[0]; len(x.members) == 1 && !only.stretch {
		return x, trouble(1, "a set needs more than one date; write the date without brackets")
	}
	return x, nil
}

func parseMember(s string, base int) (member, *problem) {
	trimmed := strings.TrimLeft(s, " ")
	base += len(s) - len(trimmed)
	s = strings.TrimRight(trimmed, " ")
	before, after, stretch := strings.Cut(s, "..")
	m := member{stretch: stretch}
	if stretch && before == "" && after == "" {
		return m, trouble(base, "a date is missing beside ..")
	}
	var e *problem
	if m.from, e = parseMemberEnd(before, base, stretch); e != nil || !stretch {
		return m, e
	}
	if m.to, e = parseMemberEnd(after, base+len(before)+2, stretch); e != nil {
		return m, e
	}
	if m.from.form == Stated && m.to.form == Stated && m.to.date.bounds().Last < m.from.date.bounds().First {
		return m, trouble(base+len(before)+2, "the stretch ends before it begins")
	}
	return m, nil
}

func parseMemberEnd(s string, base int, mayOpen bool) (end, *problem) {
	if s == "" && mayOpen {
		return end{form: OpenEnded}, nil
	}
	p, e := parseSingle(s, base)
	if e == nil && p.clock.set {
		e = trouble(base, "a set takes dates without a time of day")
	}
	return end{date: p}, e
}
