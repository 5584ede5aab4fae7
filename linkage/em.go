package linkage

import (
	"math"
	"slices"
)

// A model is what is learnt: how often each level comes about within one
// person (m) and between two (u), and how many of all pairs are of one person.
// It follows Fellegi and Sunter (1969); m and the prior are found by the
// algorithm of Dempster, Laird and Rubin over counts of patterns, as Winkler
// (1988) applied it. Missing values say nothing: level 0 is left out of every
// product.
type model struct {
	m, u  [][]float64
	prior float64 // of all possible pairs, how many are of one person
	pairs float64 // all possible pairs
	steps int     // iterations until nothing changed

	start  [][]float64 // m as it was guessed
	fields []*field
	edges  []*edge // by child; nil where a field depends on no other
}

const (
	mostSteps   = 200
	smallChange = 1e-5
	// leastShare keeps every level possible within one person and between
	// two, so that no single comparison decides by itself.
	leastM = 1e-4
	leastU = 1e-7
	// pseudoMatches is how many pairs of one person the first guess of m is
	// worth.
	pseudoMatches = 8
)

// A judgedPattern is the pattern of a pair that a person decided on.
type judgedPattern struct {
	pattern pattern
	same    bool
}

// judgedWorth is how many pairs a decision counts for: people decide on the
// pairs that are hard, of which there are many more.
const judgedWorth = 5

// withJudged puts the judged pairs before the others, with the share of each
// that is of one person.
func withJudged(patterns []tallySlot, judged []judgedPattern) ([]tallySlot, []float64) {
	if len(judged) == 0 {
		return patterns, nil
	}
	var share []float64
	all := make([]tallySlot, 0, len(judged)+len(patterns))
	for _, j := range judged {
		all = append(all, tallySlot{j.pattern, judgedWorth})
		s := 0.0
		if j.same {
			s = 1
		}
		share = append(share, s)
	}
	return append(all, patterns...), share
}

// startingModel guesses m: most values of one person agree, fewer the less
// alike they are.
func startingModel(fields []*field, chance [][]float64, pairs float64) *model {
	md := &model{pairs: pairs, prior: 1 / math.Max(2, math.Sqrt(pairs)), fields: fields, edges: make([]*edge, len(fields))}
	for i, f := range fields {
		m := make([]float64, len(f.levels))
		exact := f.exactLevels()
		if f.names != nil {
			exact = [3]int{nameAmbiguous + 1, nameCompatible + 1, nameSame + 1}
		}
		sum := 0.0
		for l := 1; l < len(m); l++ {
			m[l] = math.Exp2(-float64(len(m) - 1 - l))
			if slices.Contains(exact[:], l) {
				m[l] = 2
			}
			sum += m[l]
		}
		for l := range m {
			m[l] /= sum
		}
		md.m = append(md.m, m)
		md.u = append(md.u, normalized(chance[i], leastU))
	}
	return md
}

// normalized turns counts of levels 1 and up into shares, none below least.
func normalized(counts []float64, least float64) []float64 {
	out := make([]float64, len(counts))
	sum := 0.0
	for _, n := range counts[1:] {
		sum += n
	}
	for l := 1; l < len(counts); l++ {
		if sum > 0 {
			out[l] = counts[l] / sum
		}
		out[l] = math.Max(out[l], least)
	}
	return out
}

// fit finds m and the prior. Every pair that is not in the patterns was made
// by no block and counts as two people; chance holds the shares of the levels
// among random pairs, of which a few are of one person and are taken out.
//
// The strata say how fields depend on one another among two people. Judged
// pairs count with certainty.
func (md *model) fit(patterns []tallySlot, s *samples, judged []judgedPattern) {
	md.start = md.m
	patterns, judgedShare := withJudged(patterns, judged)
	fields := len(md.m)
	weights := make([]float64, len(patterns))
	raw := make([][]float64, fields)
	for i := range raw {
		raw[i] = normalized(s.chance[i], leastU)
	}
	md.depend(s.strata)
	for md.steps = 0; md.steps < mostSteps; md.steps++ {
		matches := 0.0
		for k, p := range patterns {
			odds := md.odds(p.pattern)
			weights[k] = p.count * odds / (1 + odds)
			if k < len(judgedShare) {
				weights[k] = p.count * judgedShare[k]
			}
			matches += weights[k]
		}
		change := md.update(patterns, weights, matches)
		md.condition(s.strata)
		md.takeOutMatches(raw, s.strata)
		if change < smallChange {
			break
		}
	}
}

// odds returns the odds that a pair with this pattern is of one person.
func (md *model) odds(p pattern) float64 {
	odds := md.prior / (1 - md.prior)
	for i := range md.m {
		if l := p.level(i); l > 0 {
			odds *= md.m[i][l] / md.chance(p, i, l)
		}
	}
	return odds
}

// chance returns u of a level, given the level of the field's parent.
func (md *model) chance(p pattern, i, l int) float64 {
	if e := md.edges[i]; e != nil {
		if b := md.fields[e.parent].rarityOf(p.level(e.parent)); b >= 0 {
			return e.given[b][l]
		}
	}
	return md.u[i][l]
}

// update is the maximization step; it returns the largest change.
func (md *model) update(patterns []tallySlot, weights []float64, matches float64) float64 {
	prior := math.Min(math.Max(matches/math.Max(md.pairs, 1), 1e-12), 0.9)
	change := math.Abs(prior-md.prior) / prior
	md.prior = prior
	next := make([][]float64, len(md.m))
	for i := range md.m {
		next[i] = make([]float64, len(md.m[i]))
		var sum [16]float64
		total := 0.0
		for k, p := range patterns {
			if l := p.pattern.level(i); l > 0 {
				sum[l] += weights[k]
				total += weights[k]
			}
		}
		for l := 1; l < len(md.m[i]); l++ {
			// Some imaginary pairs at the values m began with keep it steady
			// where there is little to learn from.
			m := (sum[l] + pseudoMatches*md.start[i][l]) / (total + pseudoMatches)
			m = math.Max(m, leastM)
			change = math.Max(change, math.Abs(m-md.m[i][l]))
			next[i][l] = m
		}
	}
	md.m = next
	return change
}

// takeOutMatches corrects u for the pairs of one person among random pairs:
// in a list where a person has ten records, much of the agreement on a birth
// date is theirs. For agreement, the stratum of the field shows how many of the
// pairs that agree are of two people; for other levels it hardly matters.
func (md *model) takeOutMatches(raw [][]float64, strata []*stratum) {
	for i, f := range md.fields {
		var two, all [16]float64
		for k, p := range strata[i].patterns {
			l := p.pattern.level(i)
			two[l] += strata[i].weights[k]
			all[l] += p.count
		}
		for l := 1; l < len(md.u[i]); l++ {
			share := 1.0
			if f.rarityOf(l) >= 0 && all[l] >= fewest {
				share = math.Max(two[l]/all[l], leastTwo)
			}
			md.u[i][l] = math.Max(raw[i][l]*share, leastU)
		}
	}
}

// Bounds of what a stratum is believed.
const (
	fewest   = 5    // pairs at a level
	leastTwo = 0.02 // share of them that is chance, whatever the model believes
)
