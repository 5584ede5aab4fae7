package estimate

import (
	"context"
	"math"
	"slices"
)

// A posterior is a distribution over whole numbers of unseen people, kept in
// blocks. Within a block the logarithm of the density is a polynomial, or,
// where nothing smooth fits, a list of values; so a grid of millions costs a
// few thousand evaluations and sums come out as if every number had been
// evaluated.
type posterior struct {
	blocks []block
	log    float64 // logarithm of the total mass
	peak   float64 // largest log density
	mode   int
	edge   float64 // density at the last number relative to the peak
}

type block struct {
	from, to   int       // the numbers covered, both included
	values     []float64 // log density at each number, when listed
	cheb       []float64 // else its Chebyshev coefficients over [from, to]
	log        float64   // logarithm of the block's mass
	negligible bool      // too low to matter, so summed coarsely
	below      float64   // mass of all earlier blocks, relative to the total
	mass       float64   // mass relative to the total
}

const (
	chebyshevNodes = 11
	listedWidth    = 16 // blocks this narrow are listed
	blockGrowth    = 16 // a block is at most this fraction of its distance
	// negligibleLog is how far below the peak a density no longer matters:
	// e^-40 of it over a million numbers is less than 1e-11.
	negligibleLog = 40
	// maxJump is the largest difference of log density from node to node that
	// a block may have: summing a steeper one would take too many steps.
	maxJump = 40
)

// build integrates the log density over from … to. The guess is a first idea
// of the largest log density; a wrong one costs time, not accuracy. done is
// asked after each block whether the rest can be left out.
func build(ctx context.Context, density func(float64) float64, from, to int, guess float64,
	done func(p *posterior, at int) bool) (*posterior, error) {
	p := &posterior{peak: math.Inf(-1)}
	for a := from; a <= to; {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		b := min(to, a+max(listedWidth, a/blockGrowth)-1)
		p.cover(density, a, b, max(guess, p.peak))
		a = b + 1
		if done != nil && done(p, b) {
			break
		}
	}
	p.finish()
	return p, nil
}

// cover adds blocks for from … to, halving where a polynomial does not fit.
func (p *posterior) cover(density func(float64) float64, from, to int, best float64) {
	if to-from < listedWidth {
		p.list(density, from, to)
		return
	}
	b := block{from: from, to: to}
	half, mid := float64(to-from)/2, float64(from+to)/2
	var y [chebyshevNodes]float64
	top, jump := math.Inf(-1), 0.0
	for k := range y {
		y[k] = density(mid + half*math.Cos(math.Pi*(float64(k)+0.5)/chebyshevNodes))
		top = max(top, y[k])
		if k > 0 {
			jump = max(jump, math.Abs(y[k]-y[k-1]))
		}
	}
	b.cheb = chebyshev(y[:])
	// A top between two nodes is no higher than the next step up would be.
	b.negligible = top+jump < best-negligibleLog
	if !b.negligible && (jump > maxJump || !fits(density, b.cheb, mid, half, top)) {
		m := (from + to) / 2
		p.cover(density, from, m, best)
		p.cover(density, m+1, to, max(best, p.peak))
		return
	}
	p.add(b)
}

// fits reports whether the polynomial agrees with the density between nodes.
func fits(density func(float64) float64, cheb []float64, mid, half, top float64) bool {
	// Large arguments carry rounding of their own; asking for more than that
	// would split for ever.
	tol := max(1e-9, 1e-13*math.Abs(top))
	for _, x := range [3]float64{-1, 0.137, 0.971} {
		if math.Abs(density(mid+half*x)-clenshaw(cheb, x)) > tol {
			return false
		}
	}
	return true
}

func (p *posterior) list(density func(float64) float64, from, to int) {
	b := block{from: from, to: to, values: make([]float64, to-from+1)}
	for i := range b.values {
		b.values[i] = density(float64(from + i))
	}
	p.add(b)
}

// at returns the log density at a number of the block.
func (b *block) at(x float64) float64 {
	if b.values != nil {
		return b.values[int(x)-b.from]
	}
	half, mid := float64(b.to-b.from)/2, float64(b.from+b.to)/2
	return clenshaw(b.cheb, (x-mid)/half)
}

// add sums a block and keeps it.
func (p *posterior) add(b block) {
	top, where := math.Inf(-1), b.from
	sum := 0.0
	for s := range b.segments() {
		y := b.at(s.x)
		if y > top {
			sum *= math.Exp(top - y)
			top, where = y, int(math.Round(s.x))
		}
		sum += s.weight * math.Exp(y-top)
	}
	b.log = top + math.Log(sum)
	if top > p.peak {
		p.peak, p.mode = top, where
	}
	p.edge = b.at(float64(b.to)) - p.peak
	if len(p.blocks) == 0 {
		p.log = b.log
	} else {
		p.log = logAdd(p.log, b.log)
	}
	p.blocks = append(p.blocks, b)
}

// finish sets the relative masses.
func (p *posterior) finish() {
	below := 0.0
	for i := range p.blocks {
		b := &p.blocks[i]
		b.mass = math.Exp(b.log - p.log)
		b.below = below
		below += b.mass
	}
	p.edge = math.Exp(p.edge)
}

// quantile returns the smallest number with at least the share q at or below.
func (p *posterior) quantile(q float64) int {
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.below+b.mass < q && i+1 < len(p.blocks) {
			continue
		}
		sum := b.below
		last := float64(b.from)
		for s := range b.segments() {
			w := s.weight * math.Exp(b.at(s.x)-p.log)
			if sum+w >= q {
				// Within a step of several numbers the density hardly changes.
				part := math.Ceil((q - sum) / w * s.width)
				return int(s.start + max(1, part) - 1)
			}
			sum += w
			last = s.start + s.width - 1
		}
		return int(last)
	}
	return 0
}

// cdf returns the share of the distribution at or below x.
func (p *posterior) cdf(x int) float64 {
	sum := 0.0
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.to <= x {
			sum = b.below + b.mass
			continue
		}
		for s := range b.segments() {
			if s.start+s.width-1 > float64(x) {
				break
			}
			sum += s.weight * math.Exp(b.at(s.x)-p.log)
		}
		break
	}
	return sum
}

// mean returns the expected number.
func (p *posterior) mean() float64 {
	sum := 0.0
	for i := range p.blocks {
		b := &p.blocks[i]
		for s := range b.segments() {
			sum += s.weight * s.x * math.Exp(b.at(s.x)-p.log)
		}
	}
	return sum
}

// humps counts the separate tops of the distribution of the logarithm of
// offset plus the number: those at least a fifth as high as the highest, with
// a valley of less than two thirds of the lower between them. The logarithm
// keeps a far, wide hump from being overlooked beside a near, narrow one.
func (p *posterior) humps(offset float64) int {
	var ys []float64
	for i := range p.blocks {
		b := &p.blocks[i]
		step := max(1, (b.to-b.from)/32)
		for x := b.from; x <= b.to; x += step {
			ys = append(ys, b.at(float64(x))+math.Log(offset+float64(x)))
		}
	}
	floor := slices.Max(ys) - math.Log(5)
	valley := math.Log(1.5)
	count := 0
	top, low := math.Inf(-1), math.Inf(1) // of the current hump, and since its top
	for _, y := range ys {
		if y > top && count > 0 && low > top-valley {
			top, low = y, y // still climbing the same hump
			continue
		}
		low = min(low, y)
		if y >= floor && (count == 0 || y-low > valley && top-low > valley) {
			count++
			top, low = y, y
		}
	}
	return count
}

// chebyshev returns the coefficients of the polynomial through the values at
// the Chebyshev nodes.
func chebyshev(y []float64) []float64 {
	n := len(y)
	c := make([]float64, n)
	for j := range c {
		sum := 0.0
		for k, v := range y {
			sum += v * math.Cos(math.Pi*float64(j)*(float64(k)+0.5)/float64(n))
		}
		c[j] = 2 * sum / float64(n)
	}
	c[0] /= 2
	return c
}

// clenshaw evaluates a Chebyshev series at x in [-1, 1].
func clenshaw(c []float64, x float64) float64 {
	b1, b2 := 0.0, 0.0
	for j := len(c) - 1; j > 0; j-- {
		b1, b2 = 2*x*b1-b2+c[j], b1
	}
	return x*b1 - b2 + c[0]
}

func logAdd(a, b float64) float64 {
	if a < b {
		a, b = b, a
	}
	return a + math.Log1p(math.Exp(b-a))
}
