package exact

import (
	"encoding/binary"
	"math/big"
)

// Interior reports whether a sum of the positive columns, each taken a
// positive number of times, can be written with every column, positive and
// zero, taken a positive number of times. Columns have k entries.
//
// For a log-linear model whose columns are cells this is the condition of
// Fienberg and Rinaldo (2012) for the maximum likelihood estimate to exist.
// The linear programme of Chan, Silverman and Vincent (2021), which makes the
// smallest weight s as large as possible and asks whether s > 0, is solved
// after a reduction: whatever the positive columns span can be compensated,
// so only the images of the zero columns in the quotient matter.
func Interior(k int, positive, zero []Column) bool {
	if len(zero) == 0 || rankModPrime(k, positive) == k {
		return true
	}
	basis := annihilators(k, positive)
	if len(basis) == 0 {
		return true
	}
	return balanced(images(basis, zero))
}

// images maps the columns into the quotient and keeps one of each direction.
// Zero images need no balance and are left out.
func images(basis [][]*big.Rat, cols []Column) [][]*big.Rat {
	whole := integers(basis)
	seen := make(map[string]bool)
	var out [][]*big.Rat
	v := make([]int64, len(whole))
	var key []byte
	for _, c := range cols {
		var divisor int64
		for i, y := range whole {
			v[i] = 0
			for j, x := range c {
				v[i] += y[j] * x
			}
			divisor = gcd(divisor, v[i])
		}
		if divisor == 0 {
			continue
		}
		key = key[:0]
		for i := range v {
			v[i] /= divisor
			key = binary.AppendVarint(key, v[i])
		}
		if seen[string(key)] {
			continue
		}
		seen[string(key)] = true
		image := make([]*big.Rat, len(v))
		for i, x := range v {
			image[i] = new(big.Rat).SetInt64(x)
		}
		out = append(out, image)
	}
	return out
}

// integers scales each vector of the basis to whole numbers without a common
// factor. The matrices here have entries 0 and 1 and at most a few dozen
// pivots, so the numbers stay tiny; should one not fit, the panic is a bug to
// hear of, not an answer to get wrong.
func integers(basis [][]*big.Rat) [][]int64 {
	out := make([][]int64, len(basis))
	for i, y := range basis {
		scale := big.NewInt(1)
		for _, x := range y {
			d := x.Denom()
			scale.Mul(scale, new(big.Int).Div(d, new(big.Int).GCD(nil, nil, scale, d)))
		}
		out[i] = make([]int64, len(y))
		for j, x := range y {
			n := new(big.Int).Mul(x.Num(), new(big.Int).Div(scale, x.Denom()))
			if n.BitLen() > 40 {
				panic("exact: matrix entries too large")
			}
			out[i][j] = n.Int64()
		}
	}
	return out
}

func gcd(a, b int64) int64 {
	if b < 0 {
		b = -b
	}
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// balanced reports whether some combination of the vectors with strictly
// positive weights is zero: maximise s over s ≤ 1 and u ≥ 0 with
// Σ (s + u_i) v_i = 0, by the simplex method with Bland's rule.
func balanced(vs [][]*big.Rat) bool {
	if len(vs) == 0 {
		return true
	}
	t := newTableau(vs)
	for {
		col := t.entering()
		if col < 0 {
			break
		}
		row := t.leaving(col)
		if row < 0 {
			break // unbounded cannot happen: s ≤ 1 bounds the objective
		}
		t.pivot(row, col)
	}
	return t.value().Sign() > 0
}

// A tableau is the simplex method's working matrix. Its columns are u_1 … u_m,
// s, the slack of s ≤ 1, and the right-hand side. Its rows are the d balance
// equations, whose artificial variables start, and stay, at zero, the row
// s ≤ 1, and the objective.
type tableau struct {
	rows  [][]*big.Rat
	basis []int // the variable of each row but the last; -1 is an artificial
	cols  int   // columns before the right-hand side
}

func newTableau(vs [][]*big.Rat) *tableau {
	m, d := len(vs), len(vs[0])
	t := &tableau{cols: m + 2}
	for i := range d {
		row := zeros(m + 3)
		for j, v := range vs {
			row[j].Set(v[i])
			row[m].Add(row[m], v[i])
		}
		t.rows, t.basis = append(t.rows, row), append(t.basis, -1)
	}
	bound := zeros(m + 3)
	bound[m].SetInt64(1)
	bound[m+1].SetInt64(1)
	bound[m+2].SetInt64(1)
	t.rows, t.basis = append(t.rows, bound), append(t.basis, m+1)
	goal := zeros(m + 3) // reduced costs: negative means raising it raises s
	goal[m].SetInt64(-1)
	t.rows = append(t.rows, goal)
	return t
}

func zeros(n int) []*big.Rat {
	out := make([]*big.Rat, n)
	for i := range out {
		out[i] = new(big.Rat)
	}
	return out
}

// entering returns the first column that improves the objective, or -1.
func (t *tableau) entering() int {
	goal := t.rows[len(t.rows)-1]
	for j := range t.cols {
		if goal[j].Sign() < 0 {
			return j
		}
	}
	return -1
}

// leaving returns the row that limits the column. An artificial variable may
// move neither way from zero, so its row, which has a zero on the right, is
// taken whenever the column touches it.
func (t *tableau) leaving(col int) int {
	best := -1
	var ratio, least big.Rat
	for i, b := range t.basis {
		x := t.rows[i][col]
		if b < 0 {
			if x.Sign() != 0 {
				return i
			}
			continue
		}
		if x.Sign() <= 0 {
			continue
		}
		ratio.Quo(t.rows[i][t.cols], x)
		c := ratio.Cmp(&least)
		if best < 0 || c < 0 || c == 0 && b < t.basis[best] {
			best = i
			least.Set(&ratio)
		}
	}
	return best
}

func (t *tableau) pivot(row, col int) {
	scale(t.rows[row], new(big.Rat).Inv(t.rows[row][col]))
	for i, r := range t.rows {
		if i != row {
			subtract(r, t.rows[row], new(big.Rat).Set(r[col]))
		}
	}
	t.basis[row] = col
}

// value returns the objective: the s of the current corner.
func (t *tableau) value() *big.Rat { return t.rows[len(t.rows)-1][t.cols] }
