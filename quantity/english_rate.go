package quantity

// englishPeriods are the calendar words of rates.
var englishPeriods = map[string]Period{
	"day": {N: 1, Unit: Days}, "days": {N: 1, Unit: Days}, "night": {N: 1, Unit: Days}, "nights": {N: 1, Unit: Days},
	"week": {N: 1, Unit: Weeks}, "weeks": {N: 1, Unit: Weeks},
	"fortnight": {N: 2, Unit: Weeks}, "fortnights": {N: 2, Unit: Weeks},
	"month": {N: 1, Unit: Months}, "months": {N: 1, Unit: Months},
	"quarter": {N: 3, Unit: Months}, "quarters": {N: 3, Unit: Months},
	"year": {N: 1, Unit: Years}, "years": {N: 1, Unit: Years}, "annum": {N: 1, Unit: Years}, "diem": {N: 1, Unit: Days},
}

// englishAdverbs are rates in one word.
var englishAdverbs = map[string]Period{
	"daily": {N: 1, Unit: Days}, "nightly": {N: 1, Unit: Days}, "weekly": {N: 1, Unit: Weeks},
	"fortnightly": {N: 2, Unit: Weeks}, "monthly": {N: 1, Unit: Months}, "quarterly": {N: 3, Unit: Months},
	"yearly": {N: 1, Unit: Years}, "annually": {N: 1, Unit: Years},
	"on a daily basis": {N: 1, Unit: Days}, "on a weekly basis": {N: 1, Unit: Weeks},
	"on a monthly basis": {N: 1, Unit: Months}, "a daily average of": {N: 1, Unit: Days},
	"an average daily": {N: 1, Unit: Days}, "each and every day": {N: 1, Unit: Days},
	"day after day": {N: 1, Unit: Days}, "every single day": {N: 1, Unit: Days},
}

// englishTwice are the numbers of times in a rate.
var englishTwice = map[string]int64{"once": 1, "twice": 2, "thrice": 3, "one time": 1}

// englishPer opens a rate; the indefinite article does too, see rateAt.
var englishPer = map[string]bool{
	"every": true, "each": true, "per": true, "/": true, "for every": true, "for each": true, "in every": true,
	"in each": true, "once every": true, "once in every": true,
}

// englishDuring opens a stated period.
var englishDuring = map[string]bool{
	"for": true, "over": true, "during": true, "throughout": true, "within": true, "in": true, "across": true,
	"for a period of": true, "over a period of": true, "in the space of": true, "in the course of": true,
	"over the course of": true, "for the": true, "over the": true, "during the": true, "within the": true,
}

// takeRate cuts the rate and the stated period out of the tokens and leaves a
// gap in their place, so that they may stand anywhere in the phrase.
func (e *english) takeRate() *problem {
	for i := 0; i < len(e.toks); i++ {
		every, n, p := e.rateAt(i)
		if p != nil {
			return p
		}
		if n > 0 {
			if e.draft.every != (Period{}) {
				return problemAt(ProblemTwoNumbers, wordsOf(e.text, e.toks, i, i+n))
			}
			e.draft.every = every
			first := e.timesBefore(i, i+n == len(e.toks))
			e.cut(first, i+n)
			i = first
			continue
		}
		if span, n := e.duringAt(i); n > 0 && e.draft.during == (Span{}) {
			e.draft.during = span
			e.cut(i, i+n)
		}
	}
	return nil
}

// cut replaces tokens i to j-1 by a gap.
func (e *english) cut(i, j int) {
	rest := append([]token{{kind: tokenGap, text: "\x00"}}, e.toks[j:]...)
	e.toks = append(e.toks[:i:i], rest...)
}

// timesBefore reads "twice", "three times" before a rate and gives the token
// it begins at. Alone in the phrase they are what is counted.
func (e *english) timesBefore(i int, last bool) int {
	if i >= 1 && (i > 1 || !last) {
		if k, n := matchTokens(e.toks, i-1, englishTwice); n == 1 {
			e.draft.perTime = k
			return i - 1
		}
	}
	if i >= 2 && e.toks[i-1].text == "times" {
		if a, n, p := amountAt(e.toks, i-2); p == nil && n == 1 && a.stated && a.n > 0 && a.n <= 1000 && i > 2 {
			e.draft.perTime = a.n
			return i - 2
		}
	}
	return i
}

// rateAt reads a rate at token i.
func (e *english) rateAt(i int) (Period, int, *problem) {
	if every, n := matchTokens(e.toks, i, englishAdverbs); n > 0 {
		return every, n, nil
	}
	switch e.toks[i].text {
	case "biweekly", "bimonthly", "biannually", "hourly":
		return Period{}, 0, problemAt(ProblemAmbiguous, e.toks[i].orig)
	}
	_, n := matchTokens(e.toks, i, englishPer)
	article := n == 0 && (e.toks[i].text == "a" || e.toks[i].text == "an")
	if article {
		if i == 0 || englishDuring[e.toks[i-1].text] || e.word(i-1) == "after" || e.word(i-1) == "half" {
			return Period{}, 0, nil
		}
		n = 1
	}
	if n == 0 {
		return Period{}, 0, nil
	}
	count, k, p := e.periodNumber(i+n, article)
	if p != nil {
		return Period{}, 0, p
	}
	unit := e.word(i + n + k)
	if unit == "hour" || unit == "hours" || unit == "minute" {
		return Period{}, 0, &problem{what: ProblemPeriod, at: e.toks[i+n+k].orig, why: "rates are per day or longer"}
	}
	every, ok := englishPeriods[unit]
	if !ok || article && e.word(i+n+k+1) == "ago" {
		return Period{}, 0, nil
	}
	every.N, every.Max = every.N*count[0], every.N*count[1]
	if every.Max == every.N {
		every.Max = 0
	}
	return every, n + k + 1, periodProblem(every, e.toks[i].orig)
}

// periodProblem is the period's own check as a problem of the phrase.
func periodProblem(every Period, at string) *problem {
	if err := every.check(); err != nil {
		return &problem{what: ProblemPeriod, at: at, why: err.Error()}
	}
	return nil
}

// periodNumber reads how many days or weeks: "two", "two or three", "few",
// "other". Without one it is 1.
func (e *english) periodNumber(i int, article bool) (count [2]int64, n int, p *problem) {
	switch e.word(i) {
	case "other", "second", "alternate":
		if !article {
			return [2]int64{2, 2}, 1, nil
		}
	case "third":
		if !article {
			return [2]int64{3, 3}, 1, nil
		}
	case "single":
		return [2]int64{1, 1}, 1, nil
	}
	if article {
		return [2]int64{1, 1}, 0, nil
	}
	a, n, p := amountAt(e.toks, i)
	if n == 0 || p != nil {
		return [2]int64{1, 1}, 0, p
	}
	low, high := a.floor(), a.ceiling()
	switch e.word(i + n) {
	case "or", "to", "-", "~":
		if b, k, p := amountAt(e.toks, i+n+1); k > 0 && p == nil && b.ceiling().closed {
			high, n = b.ceiling(), n+1+k
		}
	}
	if !high.closed || low < 1 || high.n < low || high.n > maxPeriod {
		return count, 0, &problem{what: ProblemPeriod, at: e.word(i), why: "the rate's period is not a usable number"}
	}
	return [2]int64{low, high.n}, n, nil
}

// duringAt reads a stated period at token i: "for three weeks", "over a month".
func (e *english) duringAt(i int) (Span, int) {
	_, n := matchTokens(e.toks, i, englishDuring)
	if n == 0 {
		return Span{}, 0
	}
	for e.word(i+n) == "the" || e.word(i+n) == "past" || e.word(i+n) == "last" || e.word(i+n) == "first" || e.word(i+n) == "next" {
		n++
	}
	k := 0
	count := [2]int64{1, 1}
	if e.word(i+n) == "a" || e.word(i+n) == "an" {
		k = 1
	}
	if c, m, p := e.periodNumber(i+n, false); m > 0 && p == nil {
		count, k = c, m
	}
	unit, ok := englishPeriods[e.word(i+n+k)]
	if !ok || k == 0 || e.word(i+n+k+1) == "ago" {
		return Span{}, 0
	}
	span, err := SpanOf(Period{N: unit.N * count[0], Max: unit.N * count[1], Unit: unit.Unit})
	if err != nil {
		return Span{}, 0
	}
	span.words = wordsOf(e.text, e.toks, i, i+n+k+1)
	return span, n + k + 1
}
