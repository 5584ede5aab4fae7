package linkage

import (
	"cmp"
	"container/heap"
	"slices"
)

// Units that are linked, directly or through others, form a component. Linking
// alone chains: one false link makes two families one person. So a component
// is divided by agglomeration: the two clusters whose pairs weigh most in the
// mean (average link) are joined, as long as that mean is above a threshold.
// One false link between two people is outweighed by all their other pairs.
// Clusters are only ever joined where at least one link runs between them, but
// the mean is over all pairs, also those that no block made.

// weightLimit is how much one pair counts at most, in bits, for or against: a
// record full of errors must not keep a person apart, nor a rare name carry a
// stranger in.
const weightLimit = 8

// An agglomerator divides components. It belongs to one goroutine.
type agglomerator struct {
	decide    func(a, b uint32) float32 // the weight of any pair of units
	threshold float64
}

// A cluster of a component, while it grows.
type growing struct {
	members []uint32
	// sums are the weights of all pairs with the members of another cluster.
	sums map[int32]float64
	// weakest is the lowest mean at which two parts of it were joined.
	weakest float64
	version int32 // counts its joins, to know old proposals
	alive   bool
}

// A person is a finished cluster.
type person struct {
	members []uint32 // units, in order
	weakest float64  // in bits; of a single unit: certainly
}

// divide makes people of one component, given its links.
func (ag *agglomerator) divide(members []uint32, links []link) []person {
	at := make(map[uint32]int32, len(members))
	list := make([]growing, len(members))
	for i, u := range members {
		at[u] = int32(i)
		list[i] = growing{members: []uint32{u}, sums: make(map[int32]float64), weakest: certainly, alive: true}
	}
	h := &proposals{}
	for _, l := range links {
		a, b := at[l.a], at[l.b]
		w := limited(l.weight)
		list[a].sums[b], list[b].sums[a] = w, w
		if w > ag.threshold {
			h.list = append(h.list, newProposal(list, a, b, w))
		}
	}
	heap.Init(h)
	for h.Len() > 0 {
		p := heap.Pop(h).(proposal)
		a, b := &list[p.a], &list[p.b]
		if !a.alive || !b.alive || a.version != p.versionA || b.version != p.versionB {
			continue
		}
		ag.join(list, p, h)
	}
	return finished(list)
}

// limited bounds the weight of evidence; decisions of people stay what they
// are.
func limited(w float32) float64 {
	if w == certainly || w == never {
		return float64(w)
	}
	return min(max(float64(w), -weightLimit), weightLimit)
}

// join adds the second cluster of a proposal to the first.
func (ag *agglomerator) join(list []growing, p proposal, h *proposals) {
	a, b := &list[p.a], &list[p.b]
	delete(a.sums, p.b)
	delete(b.sums, p.a)
	var neighbours []int32
	for c := range a.sums {
		neighbours = append(neighbours, c)
	}
	for c := range b.sums {
		if _, ok := a.sums[c]; !ok {
			neighbours = append(neighbours, c)
		}
	}
	slices.Sort(neighbours)
	for _, c := range neighbours {
		x, ok := a.sums[c]
		if !ok {
			x = ag.between(a.members, list[c].members)
		}
		y, ok := b.sums[c]
		if !ok {
			y = ag.between(b.members, list[c].members)
		}
		a.sums[c], list[c].sums[p.a] = x+y, x+y
		delete(list[c].sums, p.b)
	}
	a.members = append(a.members, b.members...)
	a.weakest = min(a.weakest, b.weakest, p.mean)
	a.version++
	b.alive, b.sums, b.members = false, nil, nil
	for _, c := range neighbours {
		mean := a.sums[c] / float64(len(a.members)*len(list[c].members))
		if mean > ag.threshold {
			heap.Push(h, newProposal(list, p.a, c, mean))
		}
	}
}

// between sums the weights of all pairs of two clusters.
func (ag *agglomerator) between(a, b []uint32) float64 {
	sum := 0.0
	for _, x := range a {
		for _, y := range b {
			sum += limited(ag.decide(x, y))
		}
	}
	return sum
}

func finished(list []growing) []person {
	var out []person
	for i := range list {
		if g := &list[i]; g.alive {
			slices.Sort(g.members)
			out = append(out, person{g.members, g.weakest})
		}
	}
	slices.SortFunc(out, func(a, b person) int { return cmp.Compare(a.members[0], b.members[0]) })
	return out
}

// A proposal is to join two clusters.
type proposal struct {
	mean               float64
	a, b               int32
	versionA, versionB int32
	first, second      uint32 // smallest members, to break ties alike
}

func newProposal(list []growing, a, b int32, mean float64) proposal {
	// The cluster with the smaller first member takes the other in.
	x, y := list[a].members[0], list[b].members[0]
	if y < x {
		a, b, x, y = b, a, y, x
	}
	return proposal{mean, a, b, list[a].version, list[b].version, x, y}
}

type proposals struct{ list []proposal }

func (h *proposals) Len() int { return len(h.list) }
func (h *proposals) Less(i, j int) bool {
	x, y := &h.list[i], &h.list[j]
	return cmp.Or(cmp.Compare(y.mean, x.mean), cmp.Compare(x.first, y.first), cmp.Compare(x.second, y.second)) < 0
}
func (h *proposals) Swap(i, j int) { h.list[i], h.list[j] = h.list[j], h.list[i] }
func (h *proposals) Push(x any)    { h.list = append(h.list, x.(proposal)) }
func (h *proposals) Pop() any {
	x := h.list[len(h.list)-1]
	h.list = h.list[:len(h.list)-1]
	return x
}
