package estimate

import (
	"iter"
	"math"
)

// A segment stands for width consecutive numbers from start: the sum of a
// smooth function over them is its value at x times weight.
type segment struct {
	x, weight    float64
	start, width float64
}

// wideBlock is the number of numbers above which a block is summed by
// quadrature instead of one by one.
const wideBlock = 4096

// segments covers the block. A wide block is cut into steps over which the
// density changes by less than about a fifth; the midpoint rule over whole
// numbers is then exact to about 1e-4 of a step and, since errors of opposite
// slopes cancel, far better over a hump.
func (b *block) segments() iter.Seq[segment] {
	return func(yield func(segment) bool) {
		n := b.to - b.from + 1
		if b.values != nil || n <= wideBlock && !b.negligible {
			for x := b.from; x <= b.to; x++ {
				if !yield(segment{float64(x), 1, float64(x), 1}) {
					return
				}
			}
			return
		}
		steps := min(n, max(wideBlock, int(64*b.swing())))
		if b.negligible {
			steps = min(n, chebyshevNodes)
		}
		start := 0
		for i := range steps {
			end := (i + 1) * n / steps
			width := float64(end - start)
			s := segment{
				x:      float64(b.from+start) + (width-1)/2,
				weight: width, start: float64(b.from + start), width: width,
			}
			if !yield(s) {
				return
			}
			start = end
		}
	}
}

// swing bounds how much the log density of a wide block changes in all.
func (b *block) swing() float64 {
	sum := 0.0
	for j, c := range b.cheb[1:] {
		sum += math.Abs(c) * float64(j+1)
	}
	return 2 * sum
}
