package quantity

// A hedge is a set of words around a number that change what it claims.
type hedge uint16

const (
	hedgeAbout     hedge = 1 << iota // about, 약, 左右
	hedgeExactly                     // exactly, all, 仅
	hedgeAtLeast                     // at least, 이상
	hedgeMoreThan                    // more than, 超过
	hedgeUpTo                        // up to, 최대
	hedgeFewerThan                   // fewer than, 미만
	hedgeNearly                      // nearly, 近
	hedgeSomeMore                    // -odd, 여, 余
	hedgeBetween                     // between: a range must follow
	hedgeFrom                        // from: a range may follow
)

// maxHedges bounds how many hedges may stand before one number, so that a
// phrase of nothing but hedges is not searched again from each of them.
const maxHedges = 8

const (
	hedgeFloor   = hedgeAtLeast | hedgeMoreThan
	hedgeCeiling = hedgeUpTo | hedgeFewerThan
)

// A value is a number phrase fully understood: the numbers of a Count.
type value struct {
	low    int64
	high   bound
	best   bound // closed: a source states it
	rule   RuleID
	approx bool
	n      int64 // the number the rule started from, for its sentence
}

// meaning applies the hedges to one amount. This is the phrase table.
func meaning(h hedge, a amount) (value, *problem) {
	if h&hedgeFloor != 0 && h&(hedgeCeiling|hedgeNearly) != 0 {
		return value{}, newProblem(ProblemContradiction, "a floor and a ceiling on the same number")
	}
	if h&(hedgeFloor|hedgeCeiling|hedgeNearly) != 0 {
		return bounded(h, a)
	}
	if !a.plain() {
		return value{low: a.low, high: bound{a.high, !a.open}, best: bound{a.n, a.stated}, rule: a.rule, approx: true, n: a.n}, nil
	}
	exact := value{low: a.n, high: bound{a.n, true}, best: bound{a.n, true}, rule: RuleExact, n: a.n}
	switch {
	case a.n == 0:
		exact.rule = RuleZero
		return exact, nil
	case h&hedgeSomeMore != 0 && lastUnit(a.n) > 1:
		// "50-odd" names the ten it lies in, not a best number.
		return value{low: a.n, high: bound{a.n + lastUnit(a.n) - 1, true}, rule: RuleSomeMore, approx: true, n: a.n}, nil
	case h&(hedgeAbout|hedgeSomeMore) != 0:
		return rounded(RuleAbout, a.n), nil
	case h&hedgeExactly == 0 && lastUnit(a.n) > 1:
		return rounded(RuleRound, a.n), nil
	}
	return exact, nil
}

// rounded is the value of a number known only to its last round unit. The
// number itself was stated, so it is the best.
func rounded(rule RuleID, n int64) value {
	low, high := widen(n)
	return value{low: low, high: bound{high, true}, best: bound{n, true}, rule: rule, approx: true, n: n}
}

// bounded is the value of a number with a bound on one side. No bound states a
// best number.
func bounded(h hedge, a amount) (value, *problem) {
	low, high := a.floor(), a.ceiling()
	if h&hedgeAbout != 0 && a.plain() {
		// "at least about 50": the floor itself is rounded.
		l, u := widen(a.n)
		low, high = l, bound{u, true}
	}
	n := a.floor()
	switch {
	case h&hedgeMoreThan != 0:
		return value{low: low + 1, rule: RuleMoreThan, n: n}, nil
	case h&hedgeAtLeast != 0:
		return value{low: low, rule: RuleAtLeast, n: n}, nil
	case h&hedgeUpTo != 0:
		return ceilingOf(RuleUpTo, high, high.n), nil
	case h&hedgeFewerThan != 0:
		if a.stated && a.n == 0 {
			return value{}, newProblem(ProblemNegative, "fewer than none")
		}
		if high.closed {
			high.n--
		}
		return ceilingOf(RuleFewerThan, high, high.n+1), nil
	}
	return nearly(a)
}

// ceilingOf is 1 to high: who says "up to 50" of something that happened says
// it happened to someone. A ceiling of one leaves open whether it did.
func ceilingOf(rule RuleID, high bound, n int64) value {
	v := value{low: 1, high: high, rule: rule, approx: true, n: n}
	if high.closed && high.n <= 1 {
		v.low = 0
	}
	return v
}

// nearly is nine tenths up to one less.
func nearly(a amount) (value, *problem) {
	if !a.stated {
		// "almost hundreds" bounds nothing; the vague word already says it all.
		return value{low: a.low, high: bound{a.high, !a.open}, rule: a.rule, approx: true}, nil
	}
	if a.n < 2 {
		return value{}, newProblem(ProblemContradiction, "nearly one is no number of whole people")
	}
	return value{low: min(9*a.n/10, a.n-1), high: bound{a.n - 1, true}, rule: RuleNearly, approx: true, n: a.n}, nil
}

// between is the value of a stated range. Bounds around it act on its ends.
// Ranges joined by "or" may come in either order; all others must ascend.
func between(h hedge, a, b amount, ordered bool) (value, *problem) {
	a, p := elided(a, b)
	if p != nil {
		return value{}, p
	}
	low, high := a.floor(), b.ceiling()
	if high.closed && high.n < low {
		if ordered {
			return value{}, newProblem(ProblemReversed, "the larger number comes first")
		}
		low, high = b.floor(), a.ceiling()
	}
	v := value{low: low, high: high, rule: RuleRange, approx: h&hedgeAbout != 0 || !a.stated || !b.stated, n: low}
	switch {
	case h&hedgeFloor != 0 && h&(hedgeCeiling|hedgeNearly) != 0:
		return value{}, newProblem(ProblemContradiction, "a floor and a ceiling on the same range")
	case h&hedgeMoreThan != 0:
		return value{low: low + 1, rule: RuleMoreThan, n: low}, nil
	case h&hedgeAtLeast != 0:
		return value{low: low, rule: RuleAtLeast, n: low}, nil
	case h&(hedgeCeiling|hedgeNearly) != 0:
		return ceilingOf(RuleUpTo, high, high.n), nil
	}
	return v, nil
}

// elided restores a multiplier that the first end of a range shares with the
// second ("25 to 30 thousand", "二三百"), and refuses digits where nobody can
// tell ("25-30,000").
func elided(a, b amount) (amount, *problem) {
	if !a.stated || !b.stated || !a.plain() || !b.plain() {
		if b.rule == RuleDozen && a.plain() && a.stated && a.n > 0 && a.n < b.coef {
			return vagueDozen(a.n), nil // "one or two dozen"
		}
		return a, nil
	}
	if b.mult > 1 && a.mult == 0 && a.n > 0 && a.n < b.coef && b.coef < 1000 {
		n := a.n * b.mult
		return amount{n: n, stated: true, coef: a.n, mult: b.mult}, nil
	}
	if !a.digits || !b.digits || a.grouped || a.n <= 0 {
		return a, nil
	}
	lead := b.n / lastUnit(b.n)
	switch {
	case b.grouped && b.n%1000 == 0 && a.n < 1000 && a.n < b.n/1000,
		a.n < 10 && lastUnit(b.n) > 1 && lead == a.n+1:
		return a, newProblem(ProblemAmbiguous, "the first number may share the zeros of the second")
	}
	return a, nil
}

// vagueDozen is k dozen, each dozen 11 to 13 as in "a dozen".
func vagueDozen(k int64) amount {
	return amount{n: 12 * k, stated: true, low: 11 * k, high: 13 * k, rule: RuleDozen, coef: k, mult: 12}
}

// plusMinus is the value of "50 ± 5".
func plusMinus(n, d int64) value {
	return value{low: max(n-d, 0), high: bound{n + d, true}, best: bound{n, true}, rule: RulePlusMinus, approx: true, n: n}
}

// meet narrows a value with a floor by a value with a ceiling: "at least 40
// but fewer than 60".
func meet(a, b value) (value, *problem) {
	v := a
	v.low = max(a.low, b.low)
	if b.high.closed && (!a.high.closed || b.high.n < a.high.n) {
		v.high = b.high
	}
	if v.high.closed && v.high.n < v.low {
		return value{}, newProblem(ProblemContradiction, "no number is both")
	}
	v.rule, v.n, v.approx = RuleRange, v.low, a.approx || b.approx
	return v, nil
}

// plus adds two values of one unit. A best survives only where both have one.
func (a value) plus(b value) value {
	return value{
		low: addLow(a.low, b.low), high: a.high.add(b.high),
		best: bound{addLow(a.best.n, b.best.n), a.best.closed && b.best.closed},
		rule: RuleSum, approx: a.approx || b.approx,
	}
}

// times multiplies a value: "50 three times a week" is 150 a week.
func (a value) times(k int64) value {
	a.low = mulLow(a.low, k)
	a.high = a.high.times(k)
	if a.best.closed {
		a.best = a.best.times(k)
	}
	return a
}
