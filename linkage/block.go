package linkage

import (
	"slices"
	"strings"
	"sync"
)

// A rule is a block of the configuration, made ready: the keys of every unit,
// sorted into groups.
type rule struct {
	block  Block
	tables []*keyTable
	fields []*field

	entries []entry // sorted by key, then unit; groups of one left out
	groups  []span
	// keys of each unit, sorted, to tell whether this rule pairs two units.
	off  []uint32 // nil where no unit has more than one key
	keys []uint32
	// pairs is how many pairs the groups make, before other rules are asked.
	pairs   int64
	refined int // groups that were larger than the limit
}

// An entry is a key in the upper half and a unit in the lower one. Keys are
// cut to 32 bits: of a million units, a hundred pairs share one by accident,
// and are compared for nothing.
type entry uint64

func newEntry(key uint64, unit uint32) entry {
	// 0 stands for no key at all.
	return entry(max(key>>32, 1)<<32 | uint64(unit))
}

func (e entry) key() uint32  { return uint32(e >> 32) }
func (e entry) unit() uint32 { return uint32(e) }

type span struct{ from, to uint32 }

// mostKeys is how many combined keys one unit has under one rule; the further
// ones are dropped, for a name with many readings and a vague year.
const mostKeys = 16

// splitKey cuts "dob.year" into field and part.
func splitKey(key string) (field, part string) {
	field, part, _ = strings.Cut(key, ".")
	return field, part
}

// A blocker prepares rules over one data set.
type blocker struct {
	d        *data
	maxBlock int
	workers  int
	// refine are the keys that split a block which is too large, in this order.
	refine []string
}

func newBlocker(d *data, maxBlock, workers int, refine []string) *blocker {
	return &blocker{d: d, maxBlock: maxBlock, workers: workers, refine: refine}
}

func (b *blocker) table(key string) (*field, *keyTable) {
	name, part := splitKey(key)
	i := slices.IndexFunc(b.d.fields, func(f *field) bool { return f.config.Name == name })
	if i < 0 {
		return nil, nil
	}
	f := b.d.fields[i]
	return f, f.keyTable(part, b.workers)
}

// rule computes the keys and groups of one rule.
func (b *blocker) rule(block Block) *rule {
	r := &rule{block: block}
	for _, k := range block {
		f, t := b.table(k)
		if f == nil {
			return r
		}
		r.fields, r.tables = append(r.fields, f), append(r.tables, t)
	}
	r.collect(b.d.units)
	b.group(r)
	return r
}

// collect makes the entries of all units.
func (r *rule) collect(units int) {
	r.entries = make([]entry, 0, units)
	row := make([]uint64, 0, mostKeys)
	for u := range uint32(units) {
		row = r.keysOf(row[:0], u)
		for _, k := range row {
			r.entries = append(r.entries, newEntry(k, u))
		}
	}
}

// keysOf appends the combined keys of one unit.
func (r *rule) keysOf(dst []uint64, u uint32) []uint64 {
	return combine(dst, len(r.tables), func(i int) []uint64 { return r.tables[i].of(r.fields[i].ids[u]) })
}

// combine appends every combination of one key of each part; it appends none
// if a part has none.
func combine(dst []uint64, parts int, keys func(int) []uint64) []uint64 {
	from := len(dst)
	dst = append(dst, 0)
	for i := range parts {
		list := keys(i)
		if len(list) == 0 {
			return dst[:from]
		}
		have := len(dst)
		for _, k := range list[1:] {
			for _, old := range dst[from:have] {
				if len(dst)-from < mostKeys {
					dst = append(dst, mix(old^k))
				}
			}
		}
		for j := from; j < have; j++ {
			dst[j] = mix(dst[j] ^ list[0])
		}
	}
	return dst
}

// group sorts the entries, refines what is too large, and finds the groups.
func (b *blocker) group(r *rule) {
	sortEntries(r.entries)
	for level := 0; level <= len(b.refine); level++ {
		if !b.refineLarge(r, level) {
			break
		}
		sortEntries(r.entries)
	}
	r.findGroups()
	r.index(b.d.units)
	r.pairs = b.cost(r)
}

// refineLarge gives the members of oversized groups a longer key: by another
// part that they must agree on or, when there is none left, by their place in
// the group, so that any group ends within the limit. It reports whether
// anything changed.
func (b *blocker) refineLarge(r *rule, level int) bool {
	changed := false
	for from := 0; from < len(r.entries); {
		to := from + 1
		for to < len(r.entries) && r.entries[to].key() == r.entries[from].key() {
			to++
		}
		if to-from > b.maxBlock {
			changed = true
			if level == 0 {
				r.refined++
			}
			b.lengthen(r, r.entries[from:to], level)
		}
		from = to
	}
	return changed
}

func (b *blocker) lengthen(r *rule, group []entry, level int) {
	if level == len(b.refine) {
		for i := range group {
			group[i] = newEntry(mix(uint64(group[i].key())+uint64(i/b.maxBlock+1)<<32), group[i].unit())
		}
		return
	}
	if slices.Contains(r.block, b.refine[level]) {
		return
	}
	f, t := b.table(b.refine[level])
	if f == nil {
		return
	}
	for i := range group {
		// Of several keys the first serves; without one, the unit stays with
		// the others that have none.
		extra := uint64(0)
		if keys := t.of(f.ids[group[i].unit()]); len(keys) > 0 {
			extra = keys[0]
		}
		group[i] = newEntry(mix(uint64(group[i].key())^extra), group[i].unit())
	}
}

// findGroups drops entries that stand alone and marks the others' groups.
func (r *rule) findGroups() {
	kept := r.entries[:0]
	for from := 0; from < len(r.entries); {
		to := from + 1
		for to < len(r.entries) && r.entries[to].key() == r.entries[from].key() {
			to++
		}
		// A unit may have come to one key twice.
		start := len(kept)
		kept = append(kept, slices.Compact(r.entries[from:to])...)
		if len(kept)-start > 1 {
			r.groups = append(r.groups, span{uint32(start), uint32(len(kept))})
		} else {
			kept = kept[:start]
		}
		from = to
	}
	r.entries = kept
}

// index lists each unit's keys.
func (r *rule) index(units int) {
	count := make([]uint32, units+1)
	several := false
	for _, e := range r.entries {
		count[e.unit()+1]++
		several = several || count[e.unit()+1] > 1
	}
	if !several {
		r.keys = make([]uint32, units)
		for _, e := range r.entries {
			r.keys[e.unit()] = e.key()
		}
		return
	}
	for u := range units {
		count[u+1] += count[u]
	}
	r.off = count
	r.keys = make([]uint32, len(r.entries))
	at := make([]uint32, units)
	for _, e := range r.entries { // in order of keys, so each unit's are sorted
		u := e.unit()
		r.keys[count[u]+at[u]] = e.key()
		at[u]++
	}
}

// firstShared returns the smallest key that the rule gives both units.
func (r *rule) firstShared(a, b uint32) (uint32, bool) {
	if r.off == nil {
		k := r.keys[a]
		return k, k != 0 && k == r.keys[b]
	}
	x, y := r.keys[r.off[a]:r.off[a+1]], r.keys[r.off[b]:r.off[b+1]]
	for len(x) > 0 && len(y) > 0 {
		switch {
		case x[0] == y[0]:
			return x[0], true
		case x[0] < y[0]:
			x = x[1:]
		default:
			y = y[1:]
		}
	}
	return 0, false
}

// cost counts the pairs of a rule's groups; in clean lists those of two lists.
func (b *blocker) cost(r *rule) int64 {
	pairs := int64(0)
	bySource := make([]int64, b.d.sources)
	for _, g := range r.groups {
		n := int64(g.to - g.from)
		pairs += n * (n - 1) / 2
		if !b.d.clean {
			continue
		}
		members := r.entries[g.from:g.to]
		for _, e := range members {
			bySource[b.d.source[e.unit()]]++
		}
		for _, e := range members {
			s := b.d.source[e.unit()]
			pairs -= bySource[s] * (bySource[s] - 1) / 2
			bySource[s] = 0
		}
	}
	return pairs
}

// chunkPairs is about how many pairs a worker takes at a time.
const chunkPairs = 1 << 16

// A chunk is a run of groups of one rule.
type chunk struct {
	rule     int
	from, to int // groups
}

// chunks divides the work of all rules into pieces that do not depend on the
// number of workers, so that results can be put together in one order.
func chunks(rules []*rule) []chunk {
	var list []chunk
	for i, r := range rules {
		from, load := 0, int64(0)
		for g := range r.groups {
			n := int64(r.groups[g].to - r.groups[g].from)
			if load += n * (n - 1) / 2; load >= chunkPairs {
				list = append(list, chunk{i, from, g + 1})
				from, load = g+1, 0
			}
		}
		if from < len(r.groups) {
			list = append(list, chunk{i, from, len(r.groups)})
		}
	}
	return list
}

// signatures hold one number for each rule of every unit: its key, or for a
// rule that gives it several keys a mask of them. The numbers of a unit stand
// together, since they are asked for together.
func signatures(rules []*rule, units int) []uint32 {
	out := make([]uint32, units*len(rules))
	for i, r := range rules {
		for u := range units {
			s := &out[u*len(rules)+i]
			if r.off == nil {
				*s = r.keys[u]
				continue
			}
			for _, k := range r.keys[r.off[u]:r.off[u+1]] {
				*s |= 1 << (k & 31)
			}
		}
	}
	return out
}

// pairsUp says whether a rule puts two units, of these signatures, together.
func (r *rule) pairsUp(a, b, sa, sb uint32) bool {
	if r.off == nil {
		return sa == sb && sa != 0
	}
	if sa&sb == 0 {
		return false
	}
	_, ok := r.firstShared(a, b)
	return ok
}

// eachPair calls f for every pair of the chunk that no earlier rule made.
func (s *scan) eachPair(c chunk, f func(a, b uint32)) {
	r, n := s.rules[c.rule], len(s.rules)
	for _, g := range r.groups[c.from:c.to] {
		members := r.entries[g.from:g.to]
		key := members[0].key()
		for i := range members {
			a := members[i].unit()
			sa := s.signatures[int(a)*n : int(a)*n+n]
		next:
			for j := i + 1; j < len(members); j++ {
				b := members[j].unit()
				if !s.d.may(a, b) {
					continue
				}
				sb := s.signatures[int(b)*n : int(b)*n+n]
				for e, earlier := range s.rules[:c.rule] {
					if earlier.pairsUp(a, b, sa[e], sb[e]) {
						continue next
					}
				}
				if r.off != nil {
					if k, ok := r.firstShared(a, b); !ok || k != key {
						continue // made under their first common key
					}
				}
				f(a, b)
			}
		}
	}
}

// work runs f for every chunk on several goroutines, and hands what f returned
// to take in the order of the chunks. At most a few results wait at a time.
func work[T any](list []chunk, workers int, f func(worker int, c chunk) T, take func(T)) {
	workers = max(1, min(workers, len(list)))
	results := make([]chan T, len(list))
	for i := range results {
		results[i] = make(chan T, 1)
	}
	next := make(chan int)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := range next {
				results[i] <- f(w, list[i])
			}
		})
	}
	wg.Go(func() {
		for i := range list {
			next <- i
		}
		close(next)
	})
	for i := range results {
		take(<-results[i])
		results[i] = nil
	}
	wg.Wait()
}

// sortEntries sorts by key, then unit: long lists by digits, since sorting is
// most of what blocking costs.
func sortEntries(list []entry) {
	if len(list) < 512 {
		slices.Sort(list)
		return
	}
	const digits, width = 3, 11
	buf := make([]entry, len(list))
	var count [digits][1 << width]int
	for _, e := range list {
		for d := range digits {
			count[d][e>>(32+width*d)&(1<<width-1)]++
		}
	}
	from, to := list, buf
	for d := range digits {
		at := 0
		for i, n := range count[d] {
			count[d][i] = at
			at += n
		}
		for _, e := range from {
			k := e >> (32 + width*d) & (1<<width - 1)
			to[count[d][k]] = e
			count[d][k]++
		}
		from, to = to, from
	}
	copy(list, from)
	// Units come in rising order from collect and keep it; after a refinement
	// or for a unit with several keys they need not.
	for i := 1; i < len(list); i++ {
		for j := i; j > 0 && list[j] < list[j-1]; j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
}
