package estimate

import (
	"cmp"
	"math"
	"slices"

	"asylon/estimate/internal/variate"
)

// LatentSettings steer the latent class sampler. The zero value is the
// recommended one.
type LatentSettings struct {
	// Classes is the largest number of classes; zero means 10, or one less
	// than the number of patterns if that is smaller.
	Classes int `json:"classes"`
	// Shape and Rate are those of the gamma prior of the concentration α;
	// zero means 0.25 each.
	Shape float64 `json:"shape"`
	Rate  float64 `json:"rate"`
	// Warmup is the number of steps of each chain that are thrown away.
	Warmup int `json:"warmup"`
	// Steps is the number of steps of each chain after that, Thin the number
	// of them to one draw that is kept. Chains that have not settled after
	// Steps are lengthened, by doubling, to at most MaxSteps.
	Steps    int `json:"steps"`
	Thin     int `json:"thin"`
	MaxSteps int `json:"max_steps"`
}

func (s LatentSettings) withDefaults(p int) LatentSettings {
	if s.Classes <= 0 {
		s.Classes = min(10, 1<<p-1)
	}
	if s.Shape <= 0 || s.Rate <= 0 {
		s.Shape, s.Rate = 0.25, 0.25
	}
	if s.Steps <= 0 {
		s.Steps = 20_000
	}
	if s.Warmup <= 0 {
		s.Warmup = s.Steps / 4
	}
	if s.Thin <= 0 {
		s.Thin = 10
	}
	if s.MaxSteps < s.Steps {
		s.MaxSteps = max(s.Steps, 320_000)
	}
	return s
}

// firstSteps run before classes are put in order of weight: under the
// stick-breaking prior labels are not exchangeable, and a chain that has its
// large classes behind small ones takes very long to move them.
const firstSteps = 500

// A latentSampler is one Gibbs chain of the latent class model with a
// truncated stick-breaking prior (Manrique-Vallier 2016): people fall into
// classes, within a class the lists are independent, and every class has some
// chance of being listed. It belongs to one goroutine and allocates nothing
// once made.
type latentSampler struct {
	rnd      *variate.Stream
	p, k     int
	n        int
	patterns []Pattern
	counts   []int
	shape    float64
	rate     float64
	limit    float64 // largest number of unseen people allowed

	alpha  float64
	sticks bool      // false before the first step and after sorting
	weight []float64 // of each class
	rest   []float64 // logarithm of what each class leaves to the later ones
	on     []float64 // probability of class k being on list j, at k*p+j
	unseen int

	cell    []float64 // weight × probability, at pattern*k + class
	zero    []float64 // the same for being on no list
	grow    []float64 // working memory of the doubling below
	odds    []float64 // working memory of fillSparse and slide, for each list
	tried   []float64 // working memory of slide, for each pattern
	size    []int     // people in each class, unseen included
	members []int     // people of class k on list j, at k*p+j
}

func newLatentSampler(t Table, set LatentSettings, rnd *variate.Stream, limit float64) *latentSampler {
	p, k := t.P(), set.Classes
	s := &latentSampler{
		rnd: rnd, p: p, k: k, n: t.n, shape: set.Shape, rate: set.Rate, limit: limit,
		alpha: 1, weight: make([]float64, k), rest: make([]float64, k), on: make([]float64, k*p),
		cell: make([]float64, len(t.cells)*k), zero: make([]float64, k),
		odds: make([]float64, p), tried: make([]float64, len(t.cells)), size: make([]int, k), members: make([]int, k*p),
	}
	for _, c := range t.cells {
		s.patterns = append(s.patterns, c.Pattern)
		s.counts = append(s.counts, c.Count)
	}
	if 1<<p <= 4*len(t.cells) {
		s.grow = make([]float64, 1<<p)
	}
	// A chain starts from a draw of the prior with equal weights, so that
	// different chains start in different places.
	for c := range s.weight {
		s.weight[c] = 1 / float64(k)
	}
	for i := range s.on {
		s.on[i] = rnd.Uniform()
	}
	return s
}

// step updates everything once.
func (s *latentSampler) step() {
	s.fill()
	s.slide()
	s.allocate()
	s.drawUnseen()
	s.drawLists()
	s.drawSticks()
}

// fill computes weight × probability of every observed pattern and of no list.
func (s *latentSampler) fill() {
	if s.grow == nil {
		s.fillSparse()
		return
	}
	// All patterns of a class by doubling: off the next list, then on it.
	for c := range s.k {
		g := s.grow
		g[0] = s.weight[c]
		size := 1
		for _, on := range s.on[c*s.p : (c+1)*s.p] {
			for i, x := range g[:size] {
				y := x * on
				g[size+i] = y
				g[i] = x - y
			}
			size *= 2
		}
		s.zero[c] = g[0]
		for i, w := range s.patterns {
			s.cell[i*s.k+c] = g[w]
		}
	}
}

// fillSparse is fill for tables with few of many patterns.
func (s *latentSampler) fillSparse() {
	for c := range s.k {
		base := s.weight[c]
		for j, q := range s.on[c*s.p : (c+1)*s.p] {
			base *= 1 - q
			s.odds[j] = q / (1 - q)
		}
		s.zero[c] = base
		for i, w := range s.patterns {
			x := base
			for rest := w; rest > 0; rest &= rest - 1 {
				x *= s.odds[trailing(rest)]
			}
			s.cell[i*s.k+c] = x
		}
	}
}

// allocate draws the classes of the people observed, pattern by pattern.
func (s *latentSampler) allocate() {
	clear(s.size)
	clear(s.members)
	for i, w := range s.patterns {
		row := s.cell[i*s.k : (i+1)*s.k]
		total := 0.0
		for _, x := range row {
			total += x
		}
		left := s.counts[i]
		for c := 0; left > 0; c++ {
			here := left
			if c < s.k-1 {
				here = s.rnd.Binomial(left, row[c]/total)
				total -= row[c]
			}
			if here == 0 {
				continue
			}
			left -= here
			s.size[c] += here
			members := s.members[c*s.p : (c+1)*s.p]
			for rest := w; rest > 0; rest &= rest - 1 {
				members[trailing(rest)] += here
			}
		}
	}
}

// drawUnseen draws how many people are on no list, given that a share of
// everybody is: under the prior 1/N it is negative binomial, here a Poisson
// number with a gamma mean. A number beyond the limit is not taken; the chain
// keeps the old one, which makes the limit part of the prior.
func (s *latentSampler) drawUnseen() {
	missed := 0.0
	for _, x := range s.zero {
		missed += x
	}
	missed = min(missed, 1-1e-12)
	mean := s.rnd.Gamma(float64(s.n)) * missed / (1 - missed)
	if mean <= s.limit {
		if u := s.rnd.Poisson(mean); float64(u) <= s.limit {
			s.unseen = u
		}
	}
	left, total := s.unseen, missed
	for c := 0; left > 0; c++ {
		here := left
		if c < s.k-1 {
			here = s.rnd.Binomial(left, s.zero[c]/total)
			total -= s.zero[c]
		}
		left -= here
		s.size[c] += here
	}
}

// drawLists draws each class's probability of being on each list.
func (s *latentSampler) drawLists() {
	for c, size := range s.size {
		for j := c * s.p; j < (c+1)*s.p; j++ {
			on := s.members[j]
			q := s.rnd.Beta(float64(1+on), float64(1+size-on))
			s.on[j] = min(max(q, 1e-14), 1-1e-14) // odds must stay finite
		}
	}
}

// drawSticks draws the class weights and their concentration, with two moves
// that exchange classes (Papaspiliopoulos and Roberts 2008): without them a
// class that has grown large behind a small one stays there.
func (s *latentSampler) drawSticks() {
	s.exchange()
	later := s.n + s.unseen
	left, logLeft := 1.0, 0.0 // the weight not yet given away
	for c := range s.k - 1 {
		later -= s.size[c]
		rest := s.drawRest(s.size[c], later)
		given := -math.Expm1(rest)
		s.rest[c] = rest
		s.weight[c] = left * given
		left *= 1 - given
		logLeft += rest
	}
	s.weight[s.k-1] = left
	s.alpha = max(1e-9, s.rnd.Gamma(s.shape+float64(s.k-1))/(s.rate-logLeft))
	s.sticks = true
}

// drawRest draws ln(1-V) for a stick V ~ Beta(1+here, α+later). With few
// classes in use α is small and 1-V is often far below the smallest difference
// from one, so V itself would not do.
func (s *latentSampler) drawRest(here, later int) float64 {
	b := s.alpha + float64(later)
	if here == 0 {
		return math.Log(s.rnd.Uniform()) / b
	}
	taken := s.rnd.Gamma(1 + float64(here))
	if b >= 1 {
		given := s.rnd.Gamma(b)
		return math.Log(given / (taken + given))
	}
	given := s.rnd.LogGamma(b)
	return given - logAdd(math.Log(taken), given)
}

// exchange proposes to swap the people of two classes, and of two neighbours
// together with their sticks. Weights and sticks are those
// the people were allocated by.
func (s *latentSampler) exchange() {
	if s.k < 2 || !s.sticks {
		return
	}
	a, b := s.rnd.Intn(s.k), s.rnd.Intn(s.k)
	if s.size[a] != s.size[b] && s.weight[a] > 0 && s.weight[b] > 0 {
		r := float64(s.size[b]-s.size[a]) * math.Log(s.weight[a]/s.weight[b])
		if r >= 0 || s.rnd.Uniform() < math.Exp(r) {
			s.swap(a, b)
		}
	}
	if s.k < 3 {
		return
	}
	// The last stick is fixed at one and cannot move.
	a = s.rnd.Intn(s.k - 2)
	b = a + 1
	r := float64(s.size[a])*s.rest[b] - float64(s.size[b])*s.rest[a]
	if r >= 0 || s.rnd.Uniform() < math.Exp(r) {
		s.swap(a, b)
	}
}

// swap exchanges the people of two classes and how the lists see them.
func (s *latentSampler) swap(a, b int) {
	s.size[a], s.size[b] = s.size[b], s.size[a]
	for j := range s.p {
		x, y := a*s.p+j, b*s.p+j
		s.members[x], s.members[y] = s.members[y], s.members[x]
		s.on[x], s.on[y] = s.on[y], s.on[x]
	}
}

// sortClasses puts the classes in order of size, once, early in the chain.
func (s *latentSampler) sortClasses() {
	order := make([]int, s.k)
	for c := range order {
		order[c] = c
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(s.size[b], s.size[a]) })
	size := slices.Clone(s.size)
	on, members, weight := slices.Clone(s.on), slices.Clone(s.members), slices.Clone(s.weight)
	for to, from := range order {
		s.size[to], s.weight[to] = size[from], weight[from]
		copy(s.on[to*s.p:(to+1)*s.p], on[from*s.p:])
		copy(s.members[to*s.p:(to+1)*s.p], members[from*s.p:])
	}
	s.sticks = false // those of the old order; the next step draws new ones
}
