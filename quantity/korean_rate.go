package quantity

// rate reads a rate or a stated period at the present place.
func (k *korean) rate() (ok bool, p *problem) {
	start := k.i
	if every, end := longest(&k.scanner, koreanEvery); end > 0 && k.bounded(end) {
		k.i = end
		return true, k.setRate(every, start)
	}
	if every, end := longest(&k.scanner, koreanLetters); end > 0 && end < len(k.r) && k.letterHere(end) {
		k.i = end
		return true, k.setRate(every, start)
	}
	if k.peek(0) == '매' {
		k.i++ // "매 2주마다": the period says the rest
		k.space()
		if _, end, p := k.stretch(); p != nil || end < 0 {
			k.i = start
			return false, p
		}
		every, end, _ := k.stretch()
		k.i = end
		_, _ = takeLongest(&k.scanner, koreanPer) // optional
		return true, k.setRate(every, start)
	}
	every, end, p := k.stretch()
	if p != nil || end < 0 {
		return false, p
	}
	k.i = end
	_, per := longest(&k.scanner, koreanPer)
	if _, end := longest(&k.scanner, koreanFor); end > per {
		k.i = end
		k.particles()
		span, err := SpanOf(every)
		if err != nil {
			return false, periodProblem(every, k.text(start, end))
		}
		span.words = k.text(start, end)
		k.draft.during = span
		return true, nil
	}
	if _, end := longest(&k.scanner, koreanPer); end > 0 && k.bounded(end) {
		k.i = end
		k.particles()
		return true, k.setRate(every, start)
	}
	if every == (Period{N: 1, Unit: Days}) || every == (Period{N: 1, Unit: Weeks}) || every == (Period{N: 1, Unit: Months}) {
		// "하루 50명"; "이틀 50명" could mean in two days, once.
		if k.numberAhead(k.i, 1) {
			return true, k.setRate(every, start)
		}
	}
	k.i = start
	return false, nil
}

// letterHere tells whether a single letter that ends at j names a period: a
// number must follow, in digits for the letters that begin many other words.
func (k *korean) letterHere(j int) bool {
	if k.i > 0 && k.r[k.i-1] != ' ' {
		return false
	}
	if k.peek(0) == '월' || k.peek(0) == '연' {
		return k.numberAhead(j, 0)
	}
	return k.r[j] == ' ' && j+1 < len(k.r) && k.r[j+1] >= '0' && k.r[j+1] <= '9'
}

// setRate keeps the rate; a second one is a contradiction.
func (e *eastPhrase) setRate(every Period, start int) *problem {
	if e.draft.every != (Period{}) {
		return problemAt(ProblemTwoNumbers, e.text(start, e.i))
	}
	if every.Max == every.N {
		every.Max = 0
	}
	e.draft.every = every
	return periodProblem(every, e.text(start, e.i))
}

// stretch reads a stretch of time: "이틀", "3주", "2~3일". end is -1 where none
// stands here.
func (k *korean) stretch() (every Period, end int, p *problem) {
	if span, end := longest(&k.scanner, koreanSpans); end > 0 {
		return span, end, nil
	}
	save := k.i
	defer func() { k.i = save }()
	if r := k.peek(0); (r < '0' || r > '9') && !koreanNumerals.vague[r] {
		return every, -1, nil
	}
	a, _, ok, p := k.scanner.number(koreanNumerals)
	if !ok || p != nil {
		return every, -1, nil // the number's own reader reports what is wrong
	}
	low, high := a.floor(), a.ceiling().n
	if k.peek(0) == '~' || k.peek(0) == '-' {
		k.i++
		if b, _, ok, p := k.scanner.number(koreanNumerals); ok && p == nil && b.stated {
			high = b.n
		}
	}
	unit, end := longest(&k.scanner, koreanPeriods)
	if end < 0 {
		return every, -1, nil
	}
	if low < 1 || high < low || high > maxPeriod {
		return every, -1, &problem{what: ProblemPeriod, at: k.text(save, end), why: "the rate's period is not a usable number"}
	}
	every = Period{N: low * unit.N, Max: high * unit.N, Unit: unit.Unit}
	if every.Max == every.N {
		every.Max = 0
	}
	return every, end, nil
}
