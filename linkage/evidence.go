package linkage

import (
	"math"

	"asylon/names"
)

// evidence splits the weight of a pair into what each field says. The last
// entry's weight is the prior's.
func evidence(s *scorer, a, b uint32, c *comparer) ([]Evidence, float64) {
	p := c.pattern(a, b)
	list := make([]Evidence, 0, len(s.fields)+1)
	sum := 0.0
	for i, f := range s.fields {
		level := p.level(i)
		x, y := f.ids[a], f.ids[b]
		e := Evidence{Field: f.config.Name, A: f.values[x], B: f.values[y], Level: f.levels[level]}
		if level > 0 {
			e.Weight = math.Log2(s.md.m[i][level]/s.md.chance(p, i, level)) + float64(s.adjustment(i, f, a, b, p))
		}
		if f.names != nil && x != 0 && y != 0 {
			e.Why = names.Compare(f.names[x], f.names[y]).Explain()
		}
		sum += e.Weight
		list = append(list, e)
	}
	prior := math.Log2(s.md.prior / (1 - s.md.prior))
	list = append(list, Evidence{Field: "prior", Weight: prior, Level: "before anything is compared"})
	return list, sum + prior
}
