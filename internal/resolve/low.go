package resolve

import (
	"sort"

	"asylon/internal/record"
)

// bundle is a node with everything under it, as the low reckons with it.
type bundle struct {
	*node
	low     int64
	persons []record.ID
	groups  []*group
}

// bundles are the nodes at one level of a forest with their parts folded in:
// a whole is at least as many as its parts together.
func (w *world) bundles(f forest, level []*node) []bundle {
	out := make([]bundle, len(level))
	for i, n := range level {
		b := bundle{node: n, low: n.rng.low, persons: n.persons, groups: n.groups}
		if kids := f.kids[n]; len(kids) > 0 {
			parts := w.bundles(f, kids)
			var ps []record.ID
			ps = append(ps, n.persons...)
			gs := map[*group]bool{}
			for _, g := range n.groups {
				gs[g] = true
			}
			for _, p := range parts {
				ps = append(ps, p.persons...)
				for _, g := range p.groups {
					gs[g] = true
				}
			}
			b.persons, b.groups = unique(ps), sortedGroups(gs)
			b.low = max(b.low, w.low(parts), int64(len(b.persons)))
		}
		out[i] = b
	}
	return out
}

func sortedGroups(set map[*group]bool) []*group {
	var out []*group
	for g := range set {
		out = append(out, g)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].id < out[j].id })
	return out
}

// low is how many there are at the least in all the bundles together.
//
// Distinct persons count once wherever they appear. Beyond them, each cluster
// of bundles that may overlap adds what its provably different members hold
// at least: the largest low of a cluster in which all may be one, the sum
// where dates or places exclude it. A person linked anywhere in a cluster may
// be one of the uncounted of any other member, so what a cluster adds is
// reckoned beyond all persons linked in it.
func (w *world) low(bs []bundle) int64 {
	clusters, loose := w.clusters(bs)
	total := int64(0)
	seen := map[record.ID]bool{}
	counted := map[*group]bool{} // in an earlier cluster
	for _, k := range clusters {
		if w.q.Unit == Returns { // each act is a return of its own: nothing carries over
			total = add(total, w.clusterLow(k, nil))
			continue
		}
		here := personsOf(k)
		total = add(total, w.clusterLow(k, counted)-int64(len(here)))
		for _, p := range here {
			seen[p] = true
		}
		for _, b := range k {
			for _, g := range b.groups {
				counted[g] = true
			}
		}
	}
	total = add(total, int64(len(seen)))
	// The loose ones may overlap with everything: they can only be the whole.
	for _, b := range loose {
		total = max(total, b.low)
	}
	return max(total, int64(len(personsOf(bs))))
}

func personsOf(bs []bundle) []record.ID {
	var out []record.ID
	for _, b := range bs {
		out = append(out, b.persons...)
	}
	return unique(out)
}

// clusterLow is how many a cluster holds at least, groups that were counted
// before left out.
func (w *world) clusterLow(k []bundle, counted map[*group]bool) int64 {
	best := int64(len(personsOf(k)))
	own := make([]int64, len(k))
	owner := map[record.ID]bool{}
	groups := map[*group]bool{}
	for i, b := range k {
		low, repeat := b.low, int64(0)
		for _, g := range b.groups {
			if counted[g] {
				low -= g.low
			}
		}
		low = max(low, int64(len(b.persons)))
		best = max(best, low)
		if w.q.Unit == Returns {
			own[i] = low
			continue
		}
		// Of what two members share, the first alone is credited, so that
		// adding up never counts it twice.
		for _, p := range b.persons {
			if owner[p] {
				repeat++
			}
			owner[p] = true
		}
		for _, g := range b.groups {
			if groups[g] && !counted[g] {
				repeat += g.low
			}
			groups[g] = true
		}
		own[i] = max(0, low-repeat)
	}
	return max(best, w.different(k, own))
}

// exactPairs is up to how many bundles all pairs are compared.
const exactPairs = 600

// clusters parts bundles into those that may overlap, directly or through
// others. Where there are too many to compare all pairs, those without a date
// are set aside as loose, the rest is parted where no date reaches across, and
// what is still large stays one cluster: that only makes low smaller.
func (w *world) clusters(bs []bundle) (clusters [][]bundle, loose []bundle) {
	if len(bs) <= exactPairs {
		return w.connected(bs), nil
	}
	var dated []bundle
	for _, b := range bs {
		if b.span == nil {
			loose = append(loose, b)
		} else {
			dated = append(dated, b)
		}
	}
	sort.SliceStable(dated, func(i, j int) bool { return dated[i].span.First < dated[j].span.First })
	for len(dated) > 0 {
		n, reach := 1, dated[0].span.Last
		for n < len(dated) && dated[n].span.First <= reach {
			reach = max(reach, dated[n].span.Last)
			n++
		}
		seg := append([]bundle(nil), dated[:n]...)
		sort.Slice(seg, func(i, j int) bool { return seg[i].id < seg[j].id })
		dated = dated[n:]
		if n <= exactPairs {
			clusters = append(clusters, w.connected(seg)...)
		} else {
			clusters = append(clusters, seg)
		}
	}
	return clusters, loose
}

// connected finds the connected components, each in order of id, the one with
// the smallest id first.
func (w *world) connected(bs []bundle) [][]bundle {
	bs = append([]bundle(nil), bs...)
	sort.Slice(bs, func(i, j int) bool { return bs[i].id < bs[j].id })
	part := make([]int, len(bs)) // 0: not yet reached
	var out [][]bundle
	for i := range bs {
		if part[i] != 0 {
			continue
		}
		n := len(out) + 1
		part[i] = n
		queue := []int{i}
		for j := 0; j < len(queue); j++ {
			for k := range bs {
				if part[k] == 0 && w.mayOverlap(bs[queue[j]].node, bs[k].node) {
					part[k] = n
					queue = append(queue, k)
				}
			}
		}
		sort.Ints(queue)
		var c []bundle
		for _, j := range queue {
			c = append(c, bs[j])
		}
		out = append(out, c)
	}
	return out
}
