package estimate

import "math"

// slideSizes are the standard deviations of the shifts of log-odds that slide
// tries: small ones for classes that many people pin down, large ones for
// classes that hardly anybody was seen of.
var slideSizes = [...]float64{0.08, 0.3, 1}

// slideShare is the share of the people observed that a class must explain to
// be worth moving.
const slideShare = 1e-3

// slide moves a whole class between "few people, easily seen" and "many
// people, hardly seen", without regard to who is in it and how many are
// unseen. Step by step Gibbs sampling is slow in just this direction: the
// people it supposes unseen tell the class to stay as it is.
//
// The class's log-odds of being on each list shift by one amount, and its
// weight changes so that it explains as many of the people observed as before.
// In log-odds and log-ratios of weights this is a translation, so the move is
// accepted by the ratio of the densities in those coordinates; the number of
// unseen is drawn afresh with it, which leaves only the limit to be checked.
// fill must have been called, and is again after a move.
func (s *latentSampler) slide() {
	if s.k < 2 || !s.sticks {
		return
	}
	c := s.rnd.Intn(s.k - 1)
	weight := s.weight[c]
	seen := weight - s.zero[c]
	missed := 0.0
	for _, x := range s.zero {
		missed += x
	}
	if !(seen > slideShare*(1-missed)) || !(missed < 1) {
		return // the share does not change in a move, so neither does this answer
	}
	shift := slideSizes[s.rnd.Intn(len(slideSizes))] * s.rnd.Normal()
	density, zero := s.shifted(c, shift)
	// zero is the new chance of a person of the class to be on no list.
	scale := seen / (weight * (1 - zero)) // of the weight, before all are made to sum to one
	total := 1 + (scale-1)*weight
	if !(scale > 0) || !(total > 0) || math.IsInf(total, 0) {
		return
	}
	missedNow := (missed + weight*scale*zero - s.zero[c]) / total
	if !(missedNow < 1) {
		return
	}
	density += s.explained(c, weight*scale, total)
	density += float64(s.n) * (math.Log1p(-missed) - math.Log1p(-missedNow))
	density += s.rescaled(c, scale, total)
	if !(density >= 0) && !(s.rnd.Uniform() < math.Exp(density)) {
		return
	}
	mean := s.rnd.Gamma(float64(s.n)) * missedNow / (1 - missedNow)
	if !(mean <= s.limit) {
		return
	}
	unseen := s.rnd.Poisson(mean)
	if float64(unseen) > s.limit {
		return
	}
	s.unseen = unseen
	copy(s.on[c*s.p:(c+1)*s.p], s.odds[:s.p])
	s.reweigh(c, scale, total)
	s.fill()
}

// shifted computes the class's new chances into odds and the new chance of
// every observed pattern into tried, and returns the change of the log density
// of the chances and the chance of being on no list.
func (s *latentSampler) shifted(c int, shift float64) (density, zero float64) {
	factor := math.Exp(-shift)
	zero = 1
	now := 1.0
	for j, q := range s.on[c*s.p : (c+1)*s.p] {
		r := 1 / (1 + (1-q)/q*factor)
		r = min(max(r, 1e-14), 1-1e-14)
		s.odds[j] = r
		now *= r * (1 - r) / (q * (1 - q))
		zero *= 1 - r
	}
	for i, w := range s.patterns {
		x := 1.0
		for j, r := range s.odds[:s.p] {
			if w>>j&1 == 1 {
				x *= r
			} else {
				x *= 1 - r
			}
		}
		s.tried[i] = x
	}
	return math.Log(now), zero
}

// explained is the change of the log-likelihood of the observed patterns when
// the class takes the chances in tried and the given weight.
func (s *latentSampler) explained(c int, weight, total float64) float64 {
	sum := -float64(s.n) * math.Log(total)
	for i, n := range s.counts {
		row := s.cell[i*s.k : (i+1)*s.k]
		all := 0.0
		for _, x := range row {
			all += x
		}
		sum += float64(n) * math.Log(1+(weight*s.tried[i]-row[c])/all)
	}
	return sum
}

// rescaled is the change of the log density of the weights, in log-ratios,
// when class c's weight is multiplied by scale and all are divided by total.
// With R_k the weight of class k and all later ones, the stick-breaking
// density is Π α (R_{k+1}/R_k)^(α-1) / R_k and the log-ratios contribute Π w_k.
func (s *latentSampler) rescaled(c int, scale, total float64) float64 {
	logTotal := math.Log(total)
	sum := math.Log(scale) - float64(s.k)*logTotal
	sum -= (s.alpha - 1) * logTotal // R of the last class, which is not c
	left := 0.0
	for k := range s.k - 1 {
		sum += logTotal
		if k <= c {
			sum -= math.Log1p((scale - 1) * s.weight[c] * math.Exp(-left))
		}
		left += s.rest[k]
	}
	return sum
}

// reweigh applies the new weights and what each class leaves to later ones.
func (s *latentSampler) reweigh(c int, scale, total float64) {
	weight := s.weight[c]
	left := 0.0
	for k := range s.k - 1 {
		here := 1.0 // how R_k changes, before division by total
		if k <= c {
			here = 1 + (scale-1)*weight*math.Exp(-left)
		}
		left += s.rest[k]
		next := 1.0
		if k+1 <= c {
			next = 1 + (scale-1)*weight*math.Exp(-left)
		}
		s.rest[k] += math.Log(next / here)
		s.weight[k] /= total
	}
	s.weight[s.k-1] /= total
	s.weight[c] *= scale
}
