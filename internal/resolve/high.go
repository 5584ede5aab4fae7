package resolve

import "asylon/internal/record"

// limit is a high: at most so many were reported.
type limit struct {
	n    int64
	open bool // nothing bounds it; n is what is known at least
}

// high is how many the nodes were reported to be at most: the sum of the
// stated highs, less the persons and groups that are surely counted in
// several of them, and with those persons and groups that no number covers.
// What is part of a whole whose number is stated lies inside it.
func (w *world) high(nodes []*node) limit {
	f := w.forest(nodes)
	h := higher{w: w, f: f, covered: map[record.ID]repeat{}, loosePersons: map[record.ID]bool{}, looseGroups: map[*group]bool{}}
	for _, n := range f.tops {
		h.node(n)
	}
	return h.total()
}

// higher gathers what total needs.
type higher struct {
	w    *world
	f    forest
	sum  limit
	rest int64 // linked persons that are counted act by act
	// covered are the persons and groups that stated numbers count.
	covered      map[record.ID]repeat
	loosePersons map[record.ID]bool
	looseGroups  map[*group]bool
}

// repeat is how often stated numbers count somebody: in all, and the most in
// any one of them. What is beyond the most is counted again. Of two entities
// judged to be one that both stand in one act, each is taken to fill a place
// in its number; otherwise finding that two are one would make room for a
// stranger, and raise the high.
type repeat struct{ all, most int64 }

func (h *higher) node(n *node) {
	kids := h.f.kids[n]
	if h.w.q.Unit == Acts || h.w.q.Unit == Events {
		if len(kids) == 0 { // a whole is no thing besides its parts
			h.sum.n++
		}
		for _, k := range kids {
			h.node(k)
		}
		return
	}
	if !n.rng.stated {
		h.linked(n)
		for _, k := range kids {
			h.node(k)
		}
		return
	}
	b := h.w.bundles(h.f, []*node{n})[0]
	h.sum.n = add(h.sum.n, max(n.rng.high, b.low))
	h.sum.open = h.sum.open || n.rng.open
	if h.w.q.Unit != Returns {
		h.cover(b, h.written(n))
	}
}

// written are the persons and groups linked to a node or its parts.
func (h *higher) written(n *node) []record.ID {
	kids := h.f.kids[n]
	if len(kids) == 0 {
		return n.written
	}
	out := append([]record.ID(nil), n.written...)
	for _, k := range kids {
		out = append(out, h.written(k)...)
	}
	return unique(out)
}

// cover notes whom a stated number counts.
func (h *higher) cover(b bundle, written []record.ID) {
	here := map[record.ID]int64{}
	for _, p := range b.persons {
		here[p] = 0
	}
	size := map[record.ID]int64{}
	for _, g := range b.groups {
		here[g.id], size[g.id] = 0, g.low
	}
	for _, id := range written {
		k := h.w.key(id)
		if _, ok := here[k]; !ok {
			continue
		}
		if _, isGroup := size[k]; isGroup {
			here[k] += h.w.own(id, k)
		} else {
			here[k]++
		}
	}
	for k, n := range here {
		r := h.covered[k]
		h.covered[k] = repeat{add(r.all, n), max(r.most, n)}
	}
}

// own is how many a group counts at least beyond known members, going by what
// is said of it alone where it was judged the same as others.
func (w *world) own(id, key record.ID) int64 {
	g := w.groups[key]
	if id == key && !w.merged(id) {
		return g.low
	}
	known := int64(len(g.members))
	r, ok := combine(w.rec.Groups[id].Counts, Persons, known)
	if !ok {
		return max(1, known) - known
	}
	return r.low - known
}

// merged tells whether an entity was judged the same as another.
func (w *world) merged(id record.ID) bool {
	_, ok := w.rec.Canonical[id]
	return ok
}

// linked takes up the persons and groups of an act of which no number is
// stated.
func (h *higher) linked(n *node) {
	if h.w.q.Unit == Returns {
		h.rest = add(h.rest, n.rng.high)
		h.sum.open = h.sum.open || n.rng.open
		return
	}
	for _, p := range n.persons {
		h.loosePersons[p] = true
	}
	for _, g := range n.groups {
		h.looseGroups[g] = true
	}
}

func (h *higher) total() limit {
	out := h.sum
	out.n = add(out.n, h.rest)
	for p := range h.loosePersons {
		if _, ok := h.covered[p]; !ok {
			out.n = add(out.n, 1)
		}
	}
	for g := range h.looseGroups {
		if _, ok := h.covered[g.id]; !ok {
			out.n, out.open = add(out.n, g.high), out.open || g.open
		}
	}
	for _, r := range h.covered {
		out.n -= r.all - r.most
	}
	out.n = max(out.n, 0)
	return out
}
