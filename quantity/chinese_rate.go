package quantity

// rate reads a rate or a stated period at the present place: 每两天, 平均每月,
// 一天 before a number, 三周内.
func (c *chinese) rate() (ok bool, p *problem) {
	start := c.i
	if every, found := takeLongest(&c.scanner, chineseEvery); found {
		if c.numberAhead(c.i) || c.have || start == 0 {
			return true, c.setRate(every, start)
		}
		c.i = start
	}
	each := false
	for _, w := range []string{"每次", "每回", "每趟", "每批"} {
		// The size of one occasion is no rate over time.
		if end := c.match(w); end > 0 && c.numberAhead(end) {
			c.i = end
			c.context = append(c.context, w)
			return true, nil
		}
	}
	switch {
	case c.match("每隔") > 0:
		// 每隔两天 is every two days to some and every three to others.
		return false, problemAt(ProblemAmbiguous, c.text(start, min(start+5, len(c.r))))
	case c.take("每"), c.take("平均每"):
		each = true
	}
	every, end, p := c.stretch()
	if p != nil || end < 0 {
		if each && p == nil {
			c.i = start + 1 // 每个, 每人: no rate over time
			return false, problemAt(ProblemUnread, c.text(start, min(start+3, len(c.r))))
		}
		c.i = start
		return false, p
	}
	c.i = end
	if each {
		for c.take("平均") || c.take("都") || c.take("就") {
		}
		return true, c.setRate(every, start)
	}
	for _, w := range []string{"内", "以内", "之内", "间", "期间", "以来", "里", "当中"} {
		if !c.take(w) {
			continue
		}
		span, err := SpanOf(every)
		if err != nil {
			return false, periodProblem(every, c.text(start, end))
		}
		span.words = c.text(start, c.i)
		c.draft.during = span
		return true, nil
	}
	if every.N == 1 && every.Max == 0 && c.numberAhead(c.i) {
		return true, c.setRate(every, start) // 一天50人
	}
	c.i = start
	return false, nil
}

// stretch reads a stretch of time: 两天, 三周, 2至3天, or the bare unit behind
// 每. end is -1 where none stands here.
func (c *chinese) stretch() (every Period, end int, p *problem) {
	save := c.i
	defer func() { c.i = save }()
	low, high := int64(1), int64(1)
	a, _, ok, p := c.scanner.number(chineseNumerals)
	bare := !ok
	if p != nil {
		return every, -1, nil // the number's own reader reports what is wrong
	}
	if ok {
		hi := a.ceiling()
		low, high = a.floor(), hi.n
		if _, end := longest(&c.scanner, chineseTo); end > 0 {
			c.i = end
			if b, _, ok, p := c.scanner.number(chineseNumerals); ok && p == nil {
				high = b.ceiling().n
			}
		}
	}
	unit, end := longest(&c.scanner, chinesePeriods)
	if end < 0 || bare && (save == 0 || c.r[save-1] != '每') {
		return every, -1, nil
	}
	if low < 1 || high < low || high > maxPeriod {
		return every, -1, &problem{what: ProblemPeriod, at: c.text(save, end), why: "the rate's period is not a usable number"}
	}
	every = Period{N: low * unit.N, Max: high * unit.N, Unit: unit.Unit}
	if every.Max == every.N {
		every.Max = 0
	}
	return every, end, nil
}
