package quantity

// Numerals are the signs of numbers written by ten thousands: digits, powers,
// and the vague digit ("几", "수").
type numerals struct {
	digits map[rune]int64
	powers map[rune]int64
	vague  map[rune]bool
	// shortened numbers end in a bare digit one power down: 一百二 is 120.
	shortened bool
}

// An eastNumber is a number read by ten thousands, in digits, in numerals, or
// mixed ("3만 5천", "1.5万").
type eastNumber struct {
	s     *scanner
	n     *numerals
	start int

	total   int64 // complete ten thousands
	section int64 // below ten thousand
	cur     int64 // a digit waiting for its power
	has     bool  // cur holds one
	zero    bool  // a zero stood before cur, so it cannot be shortened
	lit     literal
	isLit   bool
	small   int64 // the last power below ten thousand in this section
	big     int64 // the last power from ten thousand on
	last    int64 // the last power of all
	lone    int64 // the coefficient while one digit and powers make the number
	words   bool  // numerals were used
	pair    int64 // the second digit of "三四百", 0 for none
	p       *problem
}

// number reads a number at the scanner's place; ok is false, and the scanner
// not moved, where none begins there. words tells whether numerals were used,
// which may be parts of other words, where digits may not.
func (s *scanner) number(n *numerals) (a amount, words, ok bool, p *problem) {
	s.space()
	e := eastNumber{s: s, n: n, start: s.i, small: 10_000, big: maxInt}
	if a, ok := e.vagueFirst(); ok {
		return a, true, true, nil
	}
	for e.p == nil && e.step() {
	}
	if e.p != nil {
		return amount{}, e.words, false, e.p
	}
	if s.i == e.start {
		return amount{}, false, false, nil
	}
	a, p = e.amount()
	return a, e.words, p == nil, p
}

// vagueFirst reads "几", "几百", "수십만": a vague digit and its powers.
func (e *eastNumber) vagueFirst() (amount, bool) {
	if !e.n.vague[e.s.peek(0)] {
		return amount{}, false
	}
	e.s.i++
	mult := e.powers()
	if mult == 1 {
		return vague(RuleSeveral, 3, 9), true
	}
	return magnitude(2, mult), true
}

// powers multiplies the powers that follow directly.
func (e *eastNumber) powers() int64 {
	mult := int64(1)
	for {
		p, ok := e.n.powers[e.s.peek(0)]
		if !ok || mult > MaxStated/p {
			return mult
		}
		mult *= p
		e.s.i++
	}
}

// step reads one sign of the number.
func (e *eastNumber) step() bool {
	save := e.s.i
	if e.last > 0 && !e.has {
		e.s.space() // "3만 5천": a space may follow a power
	}
	r := e.s.peek(0)
	if r >= '0' && r <= '9' {
		if e.has || e.isLit || e.last > 0 && !e.powerFollows() {
			e.s.i = save
			return false
		}
		return e.literal()
	}
	if p, ok := e.n.powers[r]; ok && e.power(p) {
		e.s.i++
		return true
	}
	if next := e.n.digits[e.s.peek(1)]; r == ',' && e.has && !e.isLit && e.pair == 0 && next == e.cur+1 {
		e.s.i++ // "三、四十" writes the pair with a comma
		r = e.s.peek(0)
	}
	if d, ok := e.n.digits[r]; ok && !e.isLit && e.digit(d) {
		e.s.i++
		return true
	}
	e.s.i = save
	return false
}

// powerFollows tells whether the digits here end in a power or in the end of
// the number, so that they go on with it: "1만5000", but not "3만 50명" after a
// space.
func (e *eastNumber) powerFollows() bool {
	if e.s.peek(-1) != ' ' {
		return true
	}
	j := 0
	for r := e.s.peek(j); r >= '0' && r <= '9'; r = e.s.peek(j) {
		j++
	}
	_, ok := e.n.powers[e.s.peek(j)]
	return ok
}

func (e *eastNumber) literal() bool {
	end := e.s.i
	for end < len(e.s.r) && e.s.r[end] < 0x80 {
		end++
	}
	lit, size, p := scanLiteral(string(e.s.r[e.s.i:end]))
	if p != nil {
		e.p = p
		return false
	}
	e.lit, e.isLit = lit, true
	if e.last > 0 && lit.frac != "" {
		e.p = problemAt(ProblemFraction, e.s.text(e.start, e.s.i+size))
		return false
	}
	e.s.i += size
	return true
}

// digit takes a numeral digit. Two digits in a row are a pair only if the
// second is one more ("三四百"), three to five is idiomatic, and a row with
// zeros is read by position (二〇〇).
func (e *eastNumber) digit(d int64) bool {
	switch {
	case e.pair > 0:
		return false
	case !e.has:
		e.cur, e.has = d, true
		if e.last == 0 && e.section == 0 {
			e.lone = d
		}
	case e.cur == 0 && e.last > 0:
		e.cur, e.zero = d, true // 一百零五
	case e.position(d):
		e.cur = 10*e.cur + d
	case d == e.cur+1 || e.cur == 3 && d == 5:
		e.pair = d
	default:
		return false
	}
	e.words = true
	return true
}

// position tells whether the digits are read by position: a zero is among
// them, here or next.
func (e *eastNumber) position(d int64) bool {
	next, ok := e.n.digits[e.s.peek(1)]
	return e.last == 0 && e.cur < MaxStated/10 && (d == 0 || ok && next == 0 || e.cur >= 10)
}

// power multiplies what is waiting by a power.
func (e *eastNumber) power(p int64) bool {
	if e.pair > 0 {
		return false // the pair's own powers are read in amount
	}
	e.words = e.words || !e.isLit
	if e.isLit {
		n, prob := e.lit.times(p)
		if prob != nil {
			e.p = prob
			return false
		}
		if e.lit.frac != "" {
			return e.scaled(p, n)
		}
		if e.last == 0 {
			e.lone = e.lit.n
		}
		e.cur, e.has, e.isLit = e.lit.n, true, false
	}
	if p < 10_000 {
		if p >= e.small {
			return false
		}
		coef := int64(1)
		if e.has {
			coef = e.cur
		} else if e.last == 0 {
			e.lone = 1
		}
		if e.section > 0 || e.total > 0 {
			e.lone = 0
		}
		e.section += coef * p
		e.small, e.last = p, p
	} else {
		if p >= e.big {
			return false
		}
		n := e.section
		if e.has {
			n += e.cur
			if e.section > 0 {
				e.lone = 0
			}
		}
		if n == 0 {
			n = 1
			if e.last == 0 {
				e.lone = 1
			}
		}
		if e.total > 0 {
			e.lone = 0
		}
		e.total = addLow(e.total, mulLow(n, p))
		e.section, e.small, e.big, e.last = 0, 10_000, p, p
	}
	e.cur, e.has, e.zero = 0, false, false
	return true
}

// scaled finishes a decimal with its power: "1.5만".
func (e *eastNumber) scaled(p, n int64) bool {
	if e.last > 0 {
		e.p = problemAt(ProblemFraction, e.s.text(e.start, e.s.i+1))
		return false
	}
	e.total, e.isLit, e.has, e.last, e.big = n, false, false, p, min(p, 10_000)
	e.small = 1
	return true
}

// amount finishes the number.
func (e *eastNumber) amount() (amount, *problem) {
	if e.isLit && e.last == 0 {
		if e.n.vague[e.s.peek(0)] && e.lit.frac == "" && lastUnit(e.lit.n) > 1 {
			e.s.i++ // 30几, 50몇
			return e.checked(vague(RuleSomeMore, e.lit.n+1, e.lit.n+lastUnit(e.lit.n)-1))
		}
		return e.lit.amount(1)
	}
	base := addLow(e.total, e.section)
	if e.pair > 0 {
		mult := e.powers()
		if mult >= 10_000 && base > 0 {
			// 十五六万: what stands before belongs to the ten thousands too.
			return e.checked(vague(RuleRange, mulLow(base+e.cur, mult), mulLow(base+e.pair, mult)))
		}
		return e.checked(vague(RuleRange, base+e.cur*mult, base+e.pair*mult))
	}
	n := base
	switch {
	case e.isLit:
		if e.lit.n >= e.last {
			return amount{}, problemAt(ProblemSeparators, e.s.text(e.start, e.s.i))
		}
		n = addLow(n, e.lit.n)
	case e.has && e.n.shortened && !e.zero && e.last >= 100 && e.cur > 0:
		n = addLow(n, e.cur*e.last/10)
	case e.has:
		n = addLow(n, e.cur)
	}
	if e.last >= 10 && !e.has && !e.isLit && e.n.vague[e.s.peek(0)] {
		e.s.i++ // 十几, 십몇: more than ten, less than twenty
		return e.checked(vague(RuleSomeMore, n+1, n+e.last-1))
	}
	a := number(n)
	if e.lone > 0 && n%e.lone == 0 && !e.has && !e.isLit {
		a.coef, a.mult = e.lone, n/e.lone
	}
	a.digits = !e.words && e.last == 0
	return e.checked(a)
}

func (e *eastNumber) checked(a amount) (amount, *problem) {
	if p := countable(max(a.n, a.high)); p != nil {
		p.at = e.s.text(e.start, e.s.i)
		return amount{}, p
	}
	return a, nil
}
