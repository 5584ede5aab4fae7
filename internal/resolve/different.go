package resolve

import (
	"math/bits"
	"sort"

	"asylon/internal/record"
)

// exactSet is up to how many bundles the best set of different ones is found
// exactly. Trying all sets of 40 is quick because overlap is dense; more could
// take minutes on a record made to be slow.
const exactSet = 40

// different is the largest sum over members of a cluster that are all
// provably different from one another.
func (w *world) different(k []bundle, weight []int64) int64 {
	if len(k) <= exactSet {
		adj := make([]uint64, len(k))
		for i := range k {
			for j := range k {
				if i != j && w.mayOverlap(k[i].node, k[j].node) {
					adj[i] |= 1 << j
				}
			}
		}
		return heaviest(adj, weight, 1<<len(k)-1)
	}
	return w.spread(k, weight)
}

// heaviest is the weight of the heaviest set of vertices of left that has no
// edge inside: take or leave the vertex with most neighbours.
func heaviest(adj []uint64, weight []int64, left uint64) int64 {
	sum, most, at := int64(0), 0, 0
	for rest := left; rest != 0; rest &= rest - 1 {
		i := bits.TrailingZeros64(rest)
		d := bits.OnesCount64(adj[i] & left)
		if d == 0 {
			sum = add(sum, weight[i])
			left &^= 1 << i
		} else if d > most {
			most, at = d, i
		}
	}
	if left == 0 {
		return sum
	}
	without := left &^ (1 << at)
	return add(sum, max(add(weight[at], heaviest(adj, weight, without&^adj[at])), heaviest(adj, weight, without)))
}

// item is a member of a large cluster, or several that were judged distinct
// and so may be taken together.
type item struct {
	span   *Span
	place  record.ID // empty: anywhere
	weight int64
}

// spread is a sum over provably different members that can be found quickly:
// at every place either the best sequence of dates that do not meet, or the
// sums of the places within. It never exceeds what different would find, and
// only grows with the weights.
func (w *world) spread(k []bundle, weight []int64) int64 {
	items := make([]item, 0, len(k))
	for i, b := range k {
		items = append(items, item{b.span, w.soleplace(b.node), weight[i]})
	}
	items = append(items, w.judgedApart(k, weight)...)
	at := map[record.ID][]item{}
	within := map[record.ID]map[record.ID]bool{}
	for _, it := range items {
		// Every place around it up to the outermost, and "" around those.
		chain := []record.ID{""}
		if it.place != "" {
			chain = append(w.rec.around(it.place), "")
		}
		for i, p := range chain {
			at[p] = append(at[p], it)
			if i > 0 {
				if within[p] == nil {
					within[p] = map[record.ID]bool{}
				}
				within[p][chain[i-1]] = true
			}
		}
	}
	var best func(p record.ID) int64
	best = func(p record.ID) int64 {
		sum := int64(0)
		for c := range within[p] {
			sum = add(sum, best(c))
		}
		return max(sum, sequence(at[p]))
	}
	return best("")
}

// soleplace is the place of a node if it has one and every place around it
// lies in one other at most, so that places not in one line never meet.
func (w *world) soleplace(n *node) record.ID {
	if len(n.places) != 1 {
		return ""
	}
	for _, p := range n.places[0] {
		if len(w.rec.Within[p]) > 1 {
			return ""
		}
	}
	return n.places[0][0]
}

// judgedApart puts members together that were judged distinct pair by pair.
func (w *world) judgedApart(k []bundle, weight []int64) []item {
	if len(w.away) == 0 {
		return nil
	}
	at := map[record.ID]int{}
	for i, b := range k {
		at[b.id] = i
	}
	used := map[record.ID]bool{}
	var out []item
	for i, b := range k {
		if used[b.id] {
			continue
		}
		set := []int{i}
		for _, o := range w.distinctFrom(b.id) {
			j, ok := at[o]
			if !ok || used[o] {
				continue
			}
			apart := true
			for _, s := range set {
				apart = apart && !w.mayOverlap(k[s].node, k[j].node)
			}
			if apart {
				set = append(set, j)
			}
		}
		if len(set) < 2 {
			continue
		}
		var it item
		for x, s := range set {
			used[k[s].id] = true
			it.weight = add(it.weight, weight[s])
			switch {
			case x == 0:
				it.span = k[s].span
			case it.span != nil && k[s].span != nil:
				j := it.span.join(*k[s].span)
				it.span = &j
			default:
				it.span = nil
			}
		}
		out = append(out, it)
	}
	return out
}

// distinctFrom lists what was judged distinct from a node, in order.
func (w *world) distinctFrom(id record.ID) []record.ID {
	if w.apartOf == nil {
		w.apartOf = map[record.ID][]record.ID{}
		for p := range w.away {
			w.apartOf[p.A] = append(w.apartOf[p.A], p.B)
		}
		for _, ids := range w.apartOf {
			sortIDs(ids)
		}
	}
	return w.apartOf[id]
}

// sequence is the heaviest sequence of items whose dates do not meet; an
// undated one can only stand alone.
func sequence(items []item) int64 {
	best := int64(0)
	var dated []item
	for _, it := range items {
		if it.span == nil {
			best = max(best, it.weight)
		} else {
			dated = append(dated, it)
		}
	}
	sort.Slice(dated, func(i, j int) bool { return dated[i].span.Last < dated[j].span.Last })
	sums := make([]int64, len(dated)+1)
	for i, it := range dated {
		n := sort.Search(i, func(j int) bool { return dated[j].span.Last >= it.span.First })
		sums[i+1] = max(sums[i], add(sums[n], it.weight))
	}
	return max(best, sums[len(dated)])
}
