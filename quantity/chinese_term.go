package quantity

import "unicode"

// term reads a number or range with its measure word and the hedges behind. ok
// is false, and nothing taken, where the characters are part of another word.
func (c *chinese) term() (t eastTerm, ok bool, p *problem) {
	start := c.i
	defer func() {
		if !ok {
			c.i = start
		}
	}()
	c.space()
	n, end := longest(&c.scanner, chineseReached)
	if _, whole := longest(&c.scanner, chineseWhole); end > 0 && whole < end {
		c.i = end
		t.a, t.h = number(n), c.before|hedgeAtLeast
		if !c.measure(&t) && !c.stands() {
			return t, false, nil
		}
		c.after(&t)
		t.at = c.text(start, c.i)
		return t, true, t.evaluate(nil, false)
	}
	a, words, found, p := c.amount()
	if p != nil || !found {
		return t, false, p
	}
	t = eastTerm{h: c.before, a: a}
	if p := c.some(&t); p != nil {
		return t, false, p
	}
	if p := c.not(start); p != nil {
		return t, false, p
	}
	counted := c.measure(&t)
	hedged := c.after(&t)
	second, ordered, ranged, p := c.to(&t, &counted)
	if p != nil {
		return t, false, p
	}
	if words && !counted && !hedged && !ranged && !c.stands() && t.h&hedgeSomeMore == 0 {
		return t, false, nil
	}
	if ranged {
		c.after(&t)
		if c.take("之间") {
			t.h &^= hedgeBetween
		}
	}
	t.at = c.text(start, c.i)
	if ranged {
		return t, true, t.evaluate(&second, ordered)
	}
	return t, true, t.evaluate(nil, false)
}

// amount reads the number alone. words tells whether its characters may be
// parts of other words.
func (c *chinese) amount() (a amount, words, ok bool, p *problem) {
	whole, end := longest(&c.scanner, chineseWhole)
	if _, hedged := longest(&c.scanner, chineseBefore); hedged > end {
		end = -1 // 不少于 is no 不少
	}
	start := c.i
	a, words, ok, p = c.scanner.number(chineseNumerals)
	if end > 0 && (!ok || c.i <= end) {
		c.i = end
		// Idioms cannot be parts of other words; 多 and 三五 can.
		idiom := end-start >= 3 || end-start == 2 && whole.open
		return whole, !idiom, true, nil
	}
	if p != nil && words && !unicode.IsDigit(c.r[start]) {
		return a, true, false, nil
	}
	return a, words, ok, p
}

// some reads 余, 多 and 来 behind the number, and powers behind those:
// "三十多万". 多 before a measure word after a bare digit is no number word.
func (c *chinese) some(t *eastTerm) *problem {
	save := c.i
	c.space()
	var h hedge
	switch r := c.peek(0); {
	case r == '余', r == '多':
		h = hedgeSomeMore
	case r == '来' && t.a.stated && lastUnit(t.a.n) > 1:
		h = hedgeAbout
	case r == '±':
		c.i++
		d, _, ok, p := c.scanner.number(chineseNumerals)
		if p == nil && (!ok || !d.stated || !t.a.stated) {
			p = problemAt(ProblemUnread, "±")
		}
		if p != nil {
			return p
		}
		t.a = amount{n: t.a.n, stated: true, low: max(t.a.n-d.n, 0), high: t.a.n + d.n, rule: RulePlusMinus}
		return nil
	default:
		c.i = save
		return nil
	}
	c.i++
	if t.a.plain() {
		t.h |= h
	}
	e := eastNumber{s: &c.scanner, n: chineseNumerals}
	if mult := e.powers(); mult > 1 && t.a.plain() {
		if t.a.n > MaxStated/mult {
			return &problem{what: ProblemTooLarge}
		}
		t.a = number(t.a.n * mult)
	}
	return nil
}

// not refuses kilometres, years, dates and shares.
func (c *chinese) not(start int) *problem {
	what, end := longest(&c.scanner, chineseNot)
	_, end2 := longest(&c.scanner, chineseMeasures)
	if end < 0 || end2 >= end {
		return nil
	}
	return problemAt(what, c.text(start, end))
}

// measure reads the measure word and a noun for people behind it.
func (c *chinese) measure(t *eastTerm) bool {
	u, end := longest(&c.scanner, chineseMeasures)
	if end < 0 {
		// "50难民", "数以百计的难民": no measure word stands between.
		return c.nounHere(t)
	}
	word := c.text(c.i, end)
	c.i = end
	t.unit = u
	if word == "男" || word == "女" {
		t.noun = word
	}
	if u == Households && word == "家" && c.peek(0) != 0 && !c.afterGroup() && unicode.IsLetter(c.peek(0)) {
		c.i = end - 1 // 三家子村, 五家渠: names of places
		t.unit = Unstated
		return false
	}
	if u == Persons || u == Unstated {
		c.nounHere(t) // one need not follow
	}
	return true
}

// nounHere takes a noun for people, with 的 before it or without.
func (c *chinese) nounHere(t *eastTerm) bool {
	save := c.i
	c.take("的")
	if _, end := longest(&c.scanner, chineseNouns); end > 0 {
		t.unit, t.noun = Persons, c.text(c.i, end)
		c.i = end
		return true
	}
	c.i = save
	return false
}

// afterGroup tells whether a number or hedge follows 家, as in 一家七口.
func (c *chinese) afterGroup() bool {
	if _, end := longest(&c.scanner, chineseAfter); end > 0 {
		return true
	}
	if _, end := longest(&c.scanner, chineseBefore); end > 0 {
		return true
	}
	probe := *c
	_, ok, _ := probe.term()
	return ok || c.peek(0) == '共' || c.peek(0) == '被'
}

// after reads hedges behind the number; any tells whether some stood there.
func (c *chinese) after(t *eastTerm) (any bool) {
	for {
		h, end := longest(&c.scanner, chineseAfter)
		if end < 0 {
			return any
		}
		c.i = end
		t.h |= h
		any = true
		if t.unit == Unstated {
			c.measure(t)
		}
	}
}

// stands tells whether nothing but a sign follows.
func (c *chinese) stands() bool { return !unicode.IsLetter(c.peek(0)) }

// to reads the second end of a range with its measure word.
func (c *chinese) to(t *eastTerm, counted *bool) (b amount, ordered, ok bool, p *problem) {
	save := c.i
	ordered, end := longest(&c.scanner, chineseTo)
	if end < 0 && t.h&hedgeBetween != 0 {
		if _, e := longest(&c.scanner, chineseJoints); e > 0 {
			ordered, end = true, e // 在40人和60人之间
		}
	}
	if end < 0 {
		return b, false, false, nil
	}
	c.i = end
	for _, w := range []string{"多达", "最多", "约", "高达"} {
		c.take(w)
	}
	b, words, found, p := c.amount()
	if p != nil || !found {
		c.i = save
		return b, false, false, p
	}
	second := eastTerm{a: b}
	if p := c.some(&second); p != nil {
		return b, false, false, p
	}
	if c.measure(&second) {
		if t.unit != Unstated && second.unit != t.unit {
			c.i = save
			return b, false, false, nil
		}
		t.unit, t.noun, *counted = second.unit, second.noun, true
	} else if _, end := longest(&c.scanner, chineseAfter); words && !*counted && end < 0 && !c.stands() {
		c.i = save
		return b, false, false, nil
	}
	return second.a, ordered, true, nil
}
