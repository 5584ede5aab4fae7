package linkage

import "math"

// A scorer turns patterns into weights: binary logarithms of the odds that a
// pair is of one person. It does not change once made, so that workers share
// it.
type scorer struct {
	md     *model
	fields []*field
	d      *data
	table  []scoredPattern // open addressing; known patterns with their weights
	// adjust is, by field and value, how much rarer the value is than the
	// average of its level, in bits; 0 for rare values, of which most
	// occurrences may be one person's.
	adjust [][]float32
	judged map[uint64]bool // what people decided, by pair of units
}

type scoredPattern struct {
	pattern pattern
	weight  float32
	known   bool
}

// Weights that stand for certainty. A decision outweighs any evidence; that
// two are different people outweighs that others are one.
const (
	certainly = 1000
	never     = -1e6
)

func newScorer(md *model, d *data, patterns []tallySlot) *scorer {
	s := &scorer{md: md, fields: md.fields, d: d}
	size := 1024
	for size < 4*len(patterns) {
		size *= 2
	}
	s.table = make([]scoredPattern, size)
	for _, p := range patterns {
		*s.find(p.pattern) = scoredPattern{p.pattern, float32(math.Log2(md.odds(p.pattern))), true}
	}
	for _, f := range md.fields {
		s.adjust = append(s.adjust, f.frequencyWeights())
	}
	return s
}

// hopeless is a weight that no adjustment brings back.
const hopeless = -40

// find returns the place of a pattern, or the free place where it would be.
func (s *scorer) find(p pattern) *scoredPattern {
	mask := uint64(len(s.table) - 1)
	for i := mix(uint64(p)+1) & mask; ; i = (i + 1) & mask {
		if t := &s.table[i]; !t.known || t.pattern == p {
			return t
		}
	}
}

// frequencyWeights computes the adjustment of each value for its frequency
// within its level (Winkler 2000: agreement on value v is worth 1/f(v)).
func (f *field) frequencyWeights() []float32 {
	total := 0.0
	for _, n := range f.count[1:] {
		total += float64(n)
	}
	var sum, squares [3]float64
	for id, n := range f.count {
		if id > 0 {
			share := float64(n) / max(total, 1)
			sum[f.rarity[id]] += share
			squares[f.rarity[id]] += share * share
		}
	}
	out := make([]float32, len(f.count))
	for id, n := range f.count {
		if r := f.rarity[id]; id > 0 && n > 0 && r < 2 && sum[r] > 0 {
			out[id] = float32(math.Log2(squares[r] / sum[r] / (float64(n) / total)))
		}
	}
	return out
}

// weight returns the weight of a pair from its evidence.
func (s *scorer) weight(a, b uint32, p pattern) float32 {
	w := float32(0)
	if t := s.find(p); t.known {
		w = t.weight
	} else {
		w = float32(math.Log2(s.md.odds(p)))
	}
	if w < hopeless {
		return w
	}
	for i, f := range s.fields {
		if f.config.Incompatible && p.level(i) == 1 {
			return never
		}
		w += s.adjustment(i, f, a, b, p)
	}
	return w
}

// adjustment is how much a field's weight differs from that of its level,
// because the value that agrees is commoner or rarer than others.
func (s *scorer) adjustment(i int, f *field, a, b uint32, p pattern) float32 {
	l := p.level(i)
	if f.names != nil {
		if l < nameAmbiguous {
			return 0
		}
		return f.nameAdjustment(a, b)
	}
	r := f.rarityOf(l)
	if r < 0 || r == 2 {
		return 0
	}
	// Where the field's parent agrees, its own frequency is no longer the
	// chance of agreement.
	if e := s.md.edges[i]; e != nil && s.fields[e.parent].rarityOf(p.level(e.parent)) >= 0 {
		return 0
	}
	return s.adjust[i][f.ids[a]]
}

// decide returns the weight of a pair from its evidence and from what people
// decided about it.
func (s *scorer) decide(c *comparer, a, b uint32) float32 {
	if same, ok := s.judged[pairKey(a, b)]; ok {
		if same {
			return certainly
		}
		return never
	}
	if !s.d.may(a, b) {
		return never
	}
	return s.weight(a, b, c.pattern(a, b))
}

// probability turns a weight into a probability.
func probability(weight float32) float64 {
	return 1 / (1 + math.Exp2(-float64(weight)))
}

// weightOf turns a probability into a weight.
func weightOf(p float64) float32 {
	return float32(math.Log2(p / (1 - p)))
}
