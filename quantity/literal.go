package quantity

import "strings"

// A literal is a number in digits: its whole part, its decimals, and whether
// groups of three were marked off.
type literal struct {
	n       int64
	frac    string
	grouped bool
}

// scanLiteral reads the digits at the start of s and tells how many bytes they
// take. Commas and spaces may set off groups of exactly three; anything else
// inside the number is refused, because 1.200 and 12,34 mean different numbers
// in different countries.
func scanLiteral(s string) (lit literal, size int, p *problem) {
	size = digitRun(s)
	whole := s[:size]
	first := size
	for size < len(s) && (s[size] == ',' || s[size] == ' ') && first <= 3 {
		run := digitRun(s[size+1:])
		if run != 3 {
			break
		}
		whole += s[size+1 : size+4]
		size += 4
		lit.grouped = true
	}
	if size+1 < len(s) && s[size] == ',' && digitRun(s[size+1:]) > 0 {
		return literal{}, 0, problemAt(ProblemSeparators, s[:size+1+digitRun(s[size+1:])])
	}
	if size+1 < len(s) && s[size] == '.' && digitRun(s[size+1:]) > 0 {
		run := digitRun(s[size+1:])
		lit.frac = s[size+1 : size+1+run]
		size += 1 + run
		if size+1 < len(s) && (s[size] == '.' || s[size] == ',') && digitRun(s[size+1:]) > 0 {
			return literal{}, 0, problemAt(ProblemSeparators, s[:size+1+digitRun(s[size+1:])])
		}
	}
	for _, c := range []byte(whole) {
		lit.n = lit.n*10 + int64(c-'0')
		if lit.n > MaxStated {
			return literal{}, 0, problemAt(ProblemTooLarge, s[:size])
		}
	}
	return lit, size, nil
}

// digitRun is the number of ASCII digits at the start of s.
func digitRun(s string) int {
	return len(s) - len(strings.TrimLeft(s, "0123456789"))
}

// times is the literal multiplied by a power of ten ("1.5 million"). What is
// left behind the decimal point afterwards is refused.
func (l literal) times(mult int64) (int64, *problem) {
	frac := strings.TrimRight(l.frac, "0")
	if mult == 1 && l.frac != "" {
		if len(l.frac) == 3 {
			return 0, newProblem(ProblemSeparators, "a point before three digits may be a decimal point or a thousands mark")
		}
		return 0, &problem{what: ProblemFraction}
	}
	if l.n > MaxStated/mult {
		return 0, &problem{what: ProblemTooLarge}
	}
	n, unit := l.n*mult, mult
	for _, c := range []byte(frac) {
		if unit%10 != 0 {
			return 0, &problem{what: ProblemFraction}
		}
		unit /= 10
		n += int64(c-'0') * unit
	}
	return n, countable(n)
}

// amount is the literal as a stated number, multiplied where a word says so.
func (l literal) amount(mult int64) (amount, *problem) {
	n, p := l.times(mult)
	if p != nil {
		return amount{}, p
	}
	a := number(n)
	a.grouped, a.digits = l.grouped, mult == 1
	if mult > 1 && l.frac == "" {
		a.coef, a.mult = l.n, mult
	}
	return a, nil
}
