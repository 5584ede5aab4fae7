// Package exact answers two questions about small integer matrices without
// rounding: do their columns span the whole space, and does a positive
// combination of some columns lie inside the cone of all of them?
//
// Package estimate asks them before it trusts a fitted model. Floating point
// is no help there: a fit that has no solution looks, after forty steps, like
// a fit with large parameters. The package is not a general solver of linear
// programmes; use it like this:
//
//	ok := exact.Interior(3, positive, zero)
//
// All functions are pure and safe for concurrent use.
package exact

import "math/big"

// A Column is one column of a matrix. Entries must be small: the package adds
// and multiplies them freely but the callers only ever use 0 and 1.
type Column []int64

// prime is large enough that a rank computed modulo it is nearly always the
// true rank, and small enough that products of residues fit a uint64.
const prime = 1<<31 - 1

// Spans reports whether the columns, each of k entries, have rank k.
func Spans(k int, cols []Column) bool {
	// Independence modulo a prime proves independence over the rationals; only
	// the other answer needs the slow way.
	if rankModPrime(k, cols) == k {
		return true
	}
	return len(annihilators(k, cols)) == 0
}

// rankModPrime returns the rank modulo prime, which never exceeds the rank.
func rankModPrime(k int, cols []Column) int {
	pivots := make([][]uint64, k) // pivots[i] has its first non-zero entry, a 1, at i
	rank := 0
	v := make([]uint64, k)
	for _, c := range cols {
		for i := range v {
			v[i] = uint64((c[i]%prime + prime) % prime)
		}
		for i := range k {
			if v[i] == 0 {
				continue
			}
			if pivots[i] == nil {
				pivots[i] = scaled(v, inverse(v[i]))
				rank++
				break
			}
			f := prime - v[i]
			for j := i; j < k; j++ {
				v[j] = (v[j] + f*pivots[i][j]) % prime
			}
		}
		if rank == k {
			break
		}
	}
	return rank
}

func scaled(v []uint64, f uint64) []uint64 {
	out := make([]uint64, len(v))
	for i, x := range v {
		out[i] = x * f % prime
	}
	return out
}

// inverse returns 1/x modulo prime by Fermat's little theorem.
func inverse(x uint64) uint64 {
	out, base := uint64(1), x
	for e := uint64(prime - 2); e > 0; e >>= 1 {
		if e&1 == 1 {
			out = out * base % prime
		}
		base = base * base % prime
	}
	return out
}

// annihilators returns a basis of the vectors y with y·c = 0 for all columns.
func annihilators(k int, cols []Column) [][]*big.Rat {
	// Gauss-Jordan elimination on the matrix whose rows are the columns.
	var rows [][]*big.Rat
	var lead []int
	for _, c := range cols {
		v := make([]*big.Rat, k)
		for i := range v {
			v[i] = big.NewRat(c[i], 1)
		}
		for r, row := range rows {
			subtract(v, row, new(big.Rat).Set(v[lead[r]]))
		}
		first := 0
		for first < k && v[first].Sign() == 0 {
			first++
		}
		if first == k {
			continue
		}
		scale(v, new(big.Rat).Inv(v[first]))
		for _, row := range rows {
			subtract(row, v, new(big.Rat).Set(row[first]))
		}
		rows, lead = append(rows, v), append(lead, first)
		if len(rows) == k {
			return nil
		}
	}
	isLead := make([]bool, k)
	for _, l := range lead {
		isLead[l] = true
	}
	var basis [][]*big.Rat
	for free := range k {
		if isLead[free] {
			continue
		}
		y := make([]*big.Rat, k)
		for i := range y {
			y[i] = new(big.Rat)
		}
		y[free].SetInt64(1)
		for r, l := range lead {
			y[l].Neg(rows[r][free])
		}
		basis = append(basis, y)
	}
	return basis
}

// subtract takes f times row from v, in place.
func subtract(v, row []*big.Rat, f *big.Rat) {
	if f.Sign() == 0 {
		return
	}
	var t big.Rat
	for i := range v {
		if row[i].Sign() != 0 {
			v[i].Sub(v[i], t.Mul(f, row[i]))
		}
	}
}

func scale(v []*big.Rat, f *big.Rat) {
	for i := range v {
		if v[i].Sign() != 0 {
			v[i].Mul(v[i], f)
		}
	}
}
