package quantity

import "math"

// maxInt is where sums stop. A low that stops there is still a true floor; a
// high that would pass it is opened instead, because a bound that is too small
// would be a false claim.
const maxInt = math.MaxInt64

// addLow adds two floors, stopping at maxInt.
func addLow(a, b int64) int64 {
	if a > maxInt-b {
		return maxInt
	}
	return a + b
}

// mulLow multiplies two floors, stopping at maxInt.
func mulLow(a, b int64) int64 {
	if a != 0 && b > maxInt/a {
		return maxInt
	}
	return a * b
}

// A bound is a ceiling that may be open.
type bound struct {
	n      int64
	closed bool
}

func (c Count) bound() bound { return bound{c.high, c.closed} }

// add adds two ceilings; one open ceiling opens the sum.
func (a bound) add(b bound) bound {
	if !a.closed || !b.closed || a.n > maxInt-b.n {
		return bound{}
	}
	return bound{a.n + b.n, true}
}

// times multiplies a ceiling. Zero times an open ceiling is zero: no period,
// no people, however high the rate.
func (a bound) times(k int64) bound {
	if k == 0 {
		return bound{0, true}
	}
	if !a.closed || a.n > maxInt/k {
		return bound{}
	}
	return bound{a.n * k, true}
}

// max gives the higher of two ceilings; open is higher than any number.
func (a bound) max(b bound) bound {
	if !a.closed || !b.closed {
		return bound{}
	}
	return bound{max(a.n, b.n), true}
}

// floorDiv and ceilDiv divide non-negative numbers by a positive one.
func floorDiv(a, b int64) int64 { return a / b }

func ceilDiv(a, b int64) int64 {
	if a%b == 0 {
		return a / b
	}
	return a/b + 1
}

// widen is the rounding rule: n less and more half its last round unit or a
// tenth of it, whichever is larger, outwards to whole numbers. A stated number
// of one or more never widens down to none.
func widen(n int64) (low, high int64) {
	if n <= 0 {
		return 0, 0
	}
	// In twentieths, half units and tenths are both whole numbers.
	slack := max(10*lastUnit(n), 2*n)
	low = floorDiv(20*n-slack, 20)
	high = ceilDiv(20*n+slack, 20)
	return max(low, 1), high
}

// lastUnit is the largest power of ten that divides n: 1,500 is rounded to
// hundreds, 50 to tens, 7 to ones.
func lastUnit(n int64) int64 {
	u := int64(1)
	for n != 0 && n%(10*u) == 0 {
		u *= 10
	}
	return u
}
