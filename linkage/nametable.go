package linkage

import (
	"math"
	"math/rand/v2"
	"slices"
	"sort"

	"asylon/names"
)

// Levels of whole names. Those at which names agree are kept apart by how
// common the name is: many people are called Kim Yong Chol.
const (
	nameConflict     = iota + 1
	nameGivenOnly    // the surname is missing in one
	nameSurnameOnly  // the given names differ
	nameSurnameAlone // a given name is missing, so there is nothing against it
	nameInitials
	nameNear
	nameAmbiguous                       // by a spelling that fits other names too
	nameCompatible = nameAmbiguous + 3  // by spellings of known systems, or North and South
	nameSame       = nameCompatible + 3 // in Hangul or in characters
	nameLevels     = nameSame + 3
)

var nameLevelNames = []string{
	"missing", "differs", "given name only", "surname only, other given name", "surname, no given name", "initials", "one syllable near",
	"ambiguous spelling, common name", "ambiguous spelling, uncommon name", "ambiguous spelling, rare name",
	"compatible spelling, common name", "compatible spelling, uncommon name", "compatible spelling, rare name",
	"same, common name", "same, uncommon name", "same, rare name",
}

// Distances in bits from the weight of an average name at which a name counts
// as uncommon and as rare.
const (
	uncommonName = 0.5
	rareName     = 4
)

// setNames makes a field compare whole names.
func (f *field) setNames(workers int) {
	f.levels = nameLevelNames
	f.exact = nameSame
	f.self = make([]float32, len(f.values))
	parallel(len(f.values), workers, func(i int) { f.self[i] = names.Compare(f.names[i], f.names[i]).Weight })
	f.nameMean = f.meanWeight(func(float32) bool { return true })
	f.rarity = make([]uint8, len(f.values))
	for id := range f.values {
		f.rarity[id] = f.nameRarity(f.self[id])
	}
	for r := range f.classMean {
		f.classMean[r] = f.meanWeight(func(w float32) bool { return int(f.nameRarity(w)) == r })
	}
}

func (f *field) nameRarity(w float32) uint8 {
	switch {
	case w >= f.nameMean+rareName:
		return 2
	case w >= f.nameMean+uncommonName:
		return 1
	}
	return 0
}

// meanWeight is the weight of agreement on the name of an average bearer: the
// logarithm of the mean chance of meeting the name again, over the names that
// the test admits.
func (f *field) meanWeight(admit func(float32) bool) float32 {
	sum, n := 0.0, 0.0
	for id := 1; id < len(f.values); id++ {
		if w := f.self[id]; admit(w) && f.count[id] > 0 {
			sum += float64(f.count[id]) * math.Exp2(-float64(w))
			n += float64(f.count[id])
		}
	}
	if sum == 0 {
		return 0
	}
	return float32(-math.Log2(sum / n))
}

func (f *field) nameLevel(c names.Comparison) int {
	switch c.Level {
	case names.Incomparable:
		return 0
	case names.Conflict:
		return nameConflict
	case names.GivenOnly:
		return nameGivenOnly
	case names.SurnameOnly:
		if c.Weight > 0 {
			return nameSurnameAlone
		}
		return nameSurnameOnly
	case names.Initials:
		return nameInitials
	case names.Near:
		return nameNear
	case names.Ambiguous:
		return nameAmbiguous + int(f.nameRarity(c.Weight))
	case names.Compatible, names.NorthSouth:
		return nameCompatible + int(f.nameRarity(c.Weight))
	}
	return nameSame + int(f.nameRarity(c.Weight))
}

// nameLimit is how many bits the rarity of a name may move its weight beside
// that of its class; beyond it the tables are guesses.
const nameLimit = 4

// nameAdjustment is how much rarer than an average name of its class the one
// is that two writings agree on, in bits.
func (f *field) nameAdjustment(a, b uint32) float32 {
	x, y := f.ids[a], f.ids[b]
	w := f.self[x]
	if x != y {
		w = names.Compare(f.names[x], f.names[y]).Weight
	}
	return min(max(w-f.classMean[f.nameRarity(w)], -nameLimit), nameLimit)
}

// soundGroups are the units that share a key of the sound of a name, to draw
// pairs from: nearly all names that agree share one.
type soundGroups struct {
	rule  *rule
	table *keyTable
	sums  []float64 // pairs up to and with each group
}

func (d *data) soundGroups(f *field) *soundGroups {
	s := &soundGroups{table: f.keyTable("sound", 1)}
	s.rule = &rule{tables: []*keyTable{s.table}, fields: []*field{f}}
	s.rule.collect(d.units)
	sortEntries(s.rule.entries)
	s.rule.findGroups()
	total := 0.0
	for _, g := range s.rule.groups {
		n := float64(g.to - g.from)
		total += n * (n - 1) / 2
		s.sums = append(s.sums, total)
	}
	return s
}

// draw calls g for up to n pairs drawn evenly from all pairs in all groups,
// and returns how many such pairs there are. A pair that shares several keys
// has a share of one over their number.
func (s *soundGroups) draw(d *data, f *field, n int, rng *rand.Rand, g func(a, b uint32, share float64)) (total, drawn float64) {
	if len(s.sums) == 0 {
		return 0, 0
	}
	total = s.sums[len(s.sums)-1]
	for range n {
		x := s.rule.groups[min(sort.SearchFloat64s(s.sums, rng.Float64()*total), len(s.sums)-1)]
		size := int(x.to - x.from)
		a, b := s.rule.entries[int(x.from)+rng.IntN(size)].unit(), s.rule.entries[int(x.from)+rng.IntN(size)].unit()
		if a == b {
			continue
		}
		drawn++
		if d.may(a, b) {
			g(a, b, 1/float64(max(1, sharedKeys(s.table.of(f.ids[a]), s.table.of(f.ids[b])))))
		}
	}
	return total, drawn
}

func sharedKeys(a, b []uint64) int {
	n := 0
	for _, x := range a {
		if slices.Contains(b, x) {
			n++
		}
	}
	return n
}

// nameChance replaces what the random pairs say of names that agree, which is
// too rare to be met among them, by what pairs that share a sound show, weighed
// by how many pairs do.
func (d *data) nameChance(f *field, chance []float64, seed uint64) {
	found := make([]float64, len(chance))
	total, drawn := d.soundGroups(f).draw(d, f, mostStratum, rand.New(rand.NewPCG(seed, 0x4e)), func(a, b uint32, share float64) {
		found[f.compare(f.ids[a], f.ids[b])] += share
	})
	present, random := 0.0, 0.0
	for _, id := range f.ids {
		if id != 0 {
			present++
		}
	}
	for _, n := range chance[1:] {
		random += n
	}
	if drawn == 0 || random == 0 || present < 2 {
		return
	}
	scale := random * total / (present * (present - 1) / 2) / drawn
	for l := nameAmbiguous; l < nameLevels; l++ {
		chance[l] = found[l] * scale
	}
}
