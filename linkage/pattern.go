package linkage

import (
	"math/rand/v2"
	"slices"
)

// A pattern is the levels of all compared fields for one pair, four bits each,
// the first field lowest.
type pattern uint64

func (p pattern) level(field int) int { return int(p>>(4*field)) & 15 }

// A comparer compares units. It remembers what it computed for the values it
// saw last, and so belongs to one goroutine.
type comparer struct {
	fields []*field
	memory [][]memo
	// matrix holds the value ids of all fields, unit by unit.
	matrix []uint32
}

type memo struct {
	pair  uint64
	level int32
}

// Sizes of a comparer's memory: for short lists there is less to remember,
// and making the memory would cost more than it saves.
const (
	smallMemory = 1 << 10
	largeMemory = 1 << 13
	manyValues  = 20_000
)

func (d *data) newComparer(fields []*field) *comparer {
	c := &comparer{fields: fields, memory: make([][]memo, len(fields)), matrix: d.matrixOf(fields)}
	for i, f := range fields {
		size := smallMemory
		if len(f.ids) > manyValues {
			size = largeMemory
		}
		c.memory[i] = make([]memo, size)
	}
	return c
}

// pattern compares two units in all fields.
func (c *comparer) pattern(a, b uint32) pattern {
	var p pattern
	n := len(c.fields)
	x, y := c.matrix[int(a)*n:int(a)*n+n], c.matrix[int(b)*n:int(b)*n+n]
	for i, f := range c.fields {
		p |= pattern(c.level(i, f, x[i], y[i], a, b)) << (4 * i)
	}
	return p
}

// level compares the values x and y of units a and b in one field.
func (c *comparer) level(i int, f *field, x, y, a, b uint32) int {
	if x == 0 || y == 0 {
		return f.levelMissing(x, y, a, b)
	}
	if x == y {
		return f.levelOfEqual(x)
	}
	if f.alien != nil && f.alien(x, y) {
		return 0
	}
	if f.unlike != nil && f.unlike(x, y) {
		if f.swapped > 0 && f.inOtherColumn(x, y, a, b) {
			return f.swapped
		}
		return 1
	}
	key := pairKey(x, y)
	m := &c.memory[i][mix(key)&uint64(len(c.memory[i])-1)]
	if m.pair != key {
		m.pair, m.level = key, int32(f.compare(x, y))
	}
	level := int(m.level)
	if level < f.swapped && f.inOtherColumn(x, y, a, b) {
		return f.swapped
	}
	return level
}

// levelMissing is the level where one value is missing: none, unless a name
// stands in the other column.
func (f *field) levelMissing(x, y, a, b uint32) int {
	if f.crossed != nil && x|y != 0 && f.inOtherColumn(x, y, a, b) {
		return f.swapped
	}
	return 0
}

// levelOfEqual is the level of a value with itself, which for a vague date or
// a name of initials is not the highest.
func (f *field) levelOfEqual(x uint32) int {
	level := f.exact
	switch {
	case f.dates != nil:
		if d := &f.dates[x]; !d.written && d.first != d.last {
			return dateSamePartial
		}
	case f.names != nil:
		if f.names[x].Empty() {
			return 0
		}
		return nameSame + int(f.rarity[x])
	}
	if r := int(f.rarity[x]); r > 0 {
		return len(f.levels) - 3 + r
	}
	return level
}

// exactLevels calls g for the levels of equal values.
func (f *field) exactLevels() [3]int {
	return [3]int{f.exact, len(f.levels) - 2, len(f.levels) - 1}
}

// rarityOf returns the rarity of the value if the level is one of equal
// values, and −1 otherwise.
func (f *field) rarityOf(level int) int {
	switch {
	case f.names != nil && level >= nameAmbiguous:
		return (level - nameAmbiguous) % 3 // however they agree
	case level == f.exact:
		return 0
	case level >= len(f.levels)-2:
		return level - len(f.levels) + 3
	}
	return -1
}

// exactChance replaces what the random pairs say of equal values by what
// follows from how often each value occurs, which is exact.
func (d *data) exactChance(fields []*field, chance [][]float64) {
	for i, f := range fields {
		if f.names != nil {
			continue
		}
		same := make([]float64, len(f.levels))
		total := 0.0
		for id, n := range f.count {
			if id > 0 {
				total += float64(n)
				same[f.levelOfEqual(uint32(id))] += float64(n) * (float64(n) - 1)
			}
		}
		drawn := 0.0
		for _, n := range chance[i][1:] {
			drawn += n
		}
		if total < 2 || drawn == 0 {
			continue
		}
		for _, l := range f.exactLevels() {
			chance[i][l] = same[l] / (total * (total - 1)) * drawn
		}
	}
}

// inOtherColumn says that one record has in this column what the other has in
// the crossed one.
func (f *field) inOtherColumn(x, y, a, b uint32) bool {
	if f.crossed == nil {
		return false
	}
	p, q := f.cross[x], f.cross[y]
	return p != 0 && p == f.crossed.ids[b] || q != 0 && q == f.crossed.ids[a]
}

// A tally counts pairs by pattern.
type tally struct {
	slots []tallySlot
	used  int
}

type tallySlot struct {
	pattern pattern
	count   float64
}

func newTally() *tally { return &tally{slots: make([]tallySlot, 1024)} }

// slot returns the place of p, making one if need be. A slot with count 0 is
// free; counts only grow.
func (t *tally) add(p pattern, n float64) {
	if 2*t.used >= len(t.slots) {
		t.grow()
	}
	mask := uint64(len(t.slots) - 1)
	for i := mix(uint64(p)+1) & mask; ; i = (i + 1) & mask {
		s := &t.slots[i]
		if s.count == 0 {
			s.pattern = p
			t.used++
		} else if s.pattern != p {
			continue
		}
		s.count += n
		return
	}
}

func (t *tally) grow() {
	old := t.slots
	t.slots, t.used = make([]tallySlot, 2*len(old)), 0
	for _, s := range old {
		if s.count > 0 {
			t.add(s.pattern, s.count)
		}
	}
}

// merge adds another tally's counts.
func (t *tally) merge(u *tally) {
	for _, s := range u.slots {
		if s.count > 0 {
			t.add(s.pattern, s.count)
		}
	}
}

// list returns the patterns in a fixed order.
func (t *tally) list() []tallySlot {
	out := make([]tallySlot, 0, t.used)
	for _, s := range t.slots {
		if s.count > 0 {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b tallySlot) int {
		if a.pattern < b.pattern {
			return -1
		}
		return 1 // patterns are listed once each
	})
	return out
}

// possiblePairs is how many pairs of rows there are.
func (d *data) possiblePairs() float64 {
	n := float64(d.rows)
	pairs := n * (n - 1) / 2
	if d.clean {
		bySource := make([]float64, d.sources)
		for u, s := range d.source {
			bySource[s] += float64(d.times[u])
		}
		for _, m := range bySource {
			pairs -= m * (m - 1) / 2
		}
	}
	return pairs
}

// Numbers of random pairs, by the length of the lists.
const (
	mostRandom   = 300_000
	leastRandom  = 20_000
	randomPerRow = 4
)

// chance counts levels among random pairs, exact where that can be computed.
func (d *data) chance(fields []*field, seed uint64, workers int) [][]float64 {
	n := min(mostRandom, max(leastRandom, randomPerRow*d.rows))
	c := d.randomPairs(fields, n, seed, workers)
	d.exactChance(fields, c)
	for i, f := range fields {
		if f.names != nil {
			d.nameChance(f, c[i], seed)
		}
	}
	return c
}

// randomPairs compares pairs of rows drawn at random and counts, for each
// field, how often each level comes about by chance. In clean lists the rows
// are of two lists. The pairs depend on the seed alone.
func (d *data) randomPairs(fields []*field, n int, seed uint64, workers int) [][]float64 {
	if d.rows < 2 {
		n = 0
	}
	const share = 1 << 14
	var list []chunk
	for from := 0; from < n; from += share {
		list = append(list, chunk{rule: len(list), from: from, to: min(n, from+share)})
	}
	comparers := make([]*comparer, max(1, workers))
	total := newLevelCounts(fields)
	work(list, workers, func(w int, c chunk) [][]float64 {
		if comparers[w] == nil {
			comparers[w] = d.newComparer(fields)
		}
		rng := rand.New(rand.NewPCG(seed, uint64(c.rule)))
		out := newLevelCounts(fields)
		for range c.to - c.from {
			a, b := uint32(rng.IntN(d.rows)), uint32(rng.IntN(d.rows))
			if a == b {
				continue
			}
			a, b = d.unitOf[a], d.unitOf[b]
			if !d.may(a, b) {
				continue
			}
			for i, f := range fields {
				out[i][comparers[w].level(i, f, f.ids[a], f.ids[b], a, b)]++
			}
		}
		return out
	}, func(out [][]float64) {
		for i := range total {
			for l := range total[i] {
				total[i][l] += out[i][l]
			}
		}
	})
	return total
}

func newLevelCounts(fields []*field) [][]float64 {
	out := make([][]float64, len(fields))
	for i, f := range fields {
		out[i] = make([]float64, len(f.levels))
	}
	return out
}
