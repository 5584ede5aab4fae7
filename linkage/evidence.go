package linkage

import (
	"math"

	"asylon/names"
)

// evidence splits the weight of a pair into what each field says. The last
// entry's weight is the prior's.
func (l *linker) evidence(a, b uint32, c *comparer) ([]Evidence, float64) {
	p := c.pattern(a, b)
	list := make([]Evidence, 0, len(l.fields)+1)
	sum := 0.0
	for i, f := range l.fields {
		level := p.level(i)
		x, y := f.ids[a], f.ids[b]
		e := Evidence{Field: f.config.Name, A: f.values[x], B: f.values[y], Level: f.levels[level]}
		if level > 0 {
			e.Weight = math.Log2(l.model.m[i][level]/l.model.chance(p, i, level)) + float64(l.scorer.adjustment(i, f, a, b, p))
		}
		if f.names != nil && x != 0 && y != 0 {
			e.Why = names.Compare(f.names[x], f.names[y]).Explain()
		}
		sum += e.Weight
		list = append(list, e)
	}
	prior := math.Log2(l.model.prior / (1 - l.model.prior))
	list = append(list, Evidence{Field: "prior", Weight: prior, Level: "before anything is compared"})
	return list, sum + prior
}
