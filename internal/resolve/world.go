package resolve

import (
	"slices"
	"sort"

	"asylon/internal/record"
	"asylon/quantity"
)

// world is one reading of the record: what counts as one thing. The low is
// reckoned in a world where disputed clusters and unresolved duplicates are
// one, the high in a world where they stand apart.
type world struct {
	q      Question
	rec    *Record
	apart  bool
	narrow func(*node) Match       // asked of each act besides the question; may be nil
	dup    map[record.ID]record.ID // person to the one that stands for its duplicates
	groups map[record.ID]*group
	nodes  []*node // in order of id
	byID   map[record.ID]*node
	away   map[Pair]bool // judged distinct
	// apartOf is away by id, made when first asked for.
	apartOf map[record.ID][]record.ID
}

// node is an act, or for the question of events an event, as one thing of a
// world.
type node struct {
	id     record.ID
	acts   []*Act // that were judged to be this one
	match  Match
	span   *Span         // nil: undated
	places [][]record.ID // of each place stated: it and what it lies in; empty: unplaced
	kinds  []record.TermID
	events []record.ID

	persons []record.ID // distinct persons, those in linked groups included; sorted
	groups  []*group    // linked; sorted
	written []record.ID // the persons and groups as linked, before any were judged the same
	rng     reckoned
}

// reckoned is a range with what stands behind it.
type reckoned struct {
	low, high int64
	open      bool // nothing bounds it from above; high is then what is known at least
	stated    bool // a source gives a number, be it of a part
	best      *int64
	conflict  bool
}

// group is a counted group as one thing of a world. What it counts beyond its
// known members is anonymous.
type group struct {
	id       record.ID
	members  []record.ID
	low      int64 // anonymous at least
	high     int64 // anonymous at most
	open     bool
	stated   bool
	conflict bool
	family   bool
	from     []record.ID
}

// newWorld reads the record for a question; apart keeps disputed clusters and
// unresolved duplicates apart.
func newWorld(q Question, rec *Record, apart bool) *world { return readWorld(q, rec, apart, nil) }

// readWorld is newWorld with a further question to each act.
func readWorld(q Question, rec *Record, apart bool, narrow func(*node) Match) *world {
	w := &world{q: q, rec: rec, apart: apart, narrow: narrow, dup: map[record.ID]record.ID{}, groups: map[record.ID]*group{},
		byID: map[record.ID]*node{}, away: map[Pair]bool{}}
	if !apart {
		w.joinDuplicates()
	}
	w.readGroups()
	for _, p := range rec.Distinct {
		a, b := w.key(p.A), w.key(p.B)
		w.away[Pair{a, b}], w.away[Pair{b, a}] = true, true
	}
	w.readActs()
	if q.Unit == Events {
		w.liftEvents()
	}
	return w
}

// key is the thing an entity is part of in this world.
func (w *world) key(id record.ID) record.ID {
	c := w.rec.canonical(id)
	if w.apart && w.rec.Disputed[c] {
		return id
	}
	if d, ok := w.dup[c]; ok {
		return d
	}
	return c
}

// joinDuplicates makes one of persons that may be one: the smallest id of
// everything connected stands for all.
func (w *world) joinDuplicates() {
	var find func(record.ID) record.ID
	find = func(id record.ID) record.ID {
		up, ok := w.dup[id]
		if !ok || up == id {
			return id
		}
		root := find(up)
		w.dup[id] = root
		return root
	}
	for _, p := range w.rec.Candidates {
		a, b := find(w.rec.canonical(p.A)), find(w.rec.canonical(p.B))
		w.dup[max(a, b)] = min(a, b)
	}
	for id := range w.dup {
		w.dup[id] = find(id)
	}
}

// readGroups works out each group's range beyond its known members.
func (w *world) readGroups() {
	pooled := map[record.ID][]Group{}
	for id, g := range w.rec.Groups {
		pooled[w.key(id)] = append(pooled[w.key(id)], g)
	}
	for id, gs := range pooled {
		out := &group{id: id}
		var claims []Claim
		for _, g := range gs {
			for _, m := range g.Members {
				out.members = append(out.members, w.key(m))
			}
			out.family = out.family || g.Family
			out.from = append(out.from, g.From...)
			claims = append(claims, g.Counts...)
			for _, c := range g.Counts {
				out.from = append(out.from, c.ID)
			}
		}
		out.members = unique(out.members)
		known := int64(len(out.members))
		r, ok := combine(claims, Persons, known)
		if !ok {
			r = reckoned{low: max(1, known), high: max(1, known)} // there is no group of nobody
		}
		out.low, out.high, out.open, out.stated, out.conflict = r.low-known, r.high-known, r.open, r.stated, r.conflict
		w.groups[id] = out
	}
}

// combine makes one range of claims about one thing; ok is false where there
// is none in the unit.
func combine(claims []Claim, unit record.Unit, floor int64) (reckoned, bool) {
	qs := quantities(claims, unit)
	if len(qs) == 0 {
		return reckoned{}, false
	}
	c, err := quantity.SameEvent(qs, floor)
	if err != nil {
		return reckoned{}, false // only units that differ fail, and they do not
	}
	r := reckoned{low: c.Count.Low(), stated: true, conflict: c.Count.Has(quantity.Conflict)}
	if h, ok := c.Count.High(); ok {
		r.high = h
	} else {
		r.high, r.open = r.low, true
		for _, q := range qs { // what is known at least, for drawings
			if h, ok := q.Count.High(); ok && !q.Count.Has(quantity.Partial) {
				r.high = max(r.high, h)
			}
		}
	}
	if b, ok := c.Count.Best(); ok {
		r.best = &b
	}
	return r, true
}

// readActs pools the acts that were judged one and keeps those that match.
func (w *world) readActs() {
	pooled := map[record.ID]*node{}
	for i := range w.rec.Acts {
		a := &w.rec.Acts[i]
		k := w.key(a.ID)
		if pooled[k] == nil {
			pooled[k] = &node{id: k}
		}
		pooled[k].acts = append(pooled[k].acts, a)
	}
	for _, n := range pooled {
		sort.Slice(n.acts, func(i, j int) bool { return n.acts[i].ID < n.acts[j].ID })
		if n.match = w.read(n); n.match == Never {
			continue
		}
		w.reckon(n)
		w.nodes = append(w.nodes, n)
		w.byID[n.id] = n
	}
	sort.Slice(w.nodes, func(i, j int) bool { return w.nodes[i].id < w.nodes[j].id })
}

// read gathers kinds, dates, places and events of a node and matches it.
func (w *world) read(n *node) Match {
	m := w.matchKind(n)
	if m == Never {
		return Never
	}
	var places, events []record.ID
	for _, a := range n.acts {
		for _, d := range a.Dates {
			s := d.Span
			if n.span != nil {
				s = s.join(*n.span)
			}
			n.span = &s
		}
		for _, p := range a.Places {
			places = append(places, w.rec.canonical(p.To))
		}
		for _, e := range a.Events {
			events = append(events, w.key(e.To))
		}
	}
	n.events = unique(events)
	for _, p := range unique(places) {
		n.places = append(n.places, w.rec.around(p))
	}
	m = min(m, w.matchPeriod(n), w.matchPlace(n))
	if w.narrow != nil && m != Never {
		m = min(m, w.narrow(n))
	}
	return m
}

// reckon works out a node's linked persons and its range in the unit asked.
func (w *world) reckon(n *node) {
	var claims []Claim
	seen := map[record.ID]bool{}
	for _, a := range n.acts {
		claims = append(claims, a.Counts...)
		for _, l := range a.Linked {
			id := w.key(l.To)
			g := w.groups[id]
			if g == nil {
				if l.Kind == record.KindPerson {
					n.persons, n.written = append(n.persons, id), append(n.written, l.To)
				}
				continue
			}
			n.written = append(append(n.written, l.To), w.rec.Groups[l.To].Members...)
			if !seen[id] {
				seen[id] = true
				n.groups = append(n.groups, g)
				n.persons = append(n.persons, g.members...)
			}
		}
	}
	sort.Slice(n.groups, func(i, j int) bool { return n.groups[i].id < n.groups[j].id })
	n.persons, n.written = unique(n.persons), unique(n.written)
	switch w.q.Unit {
	case Acts, Events:
		n.persons, n.groups = nil, nil
		n.rng = reckoned{low: 1, high: 1, stated: true}
		return
	case Persons, Returns:
	default: // of other units only groups of that kind are things one can point at
		n.persons = nil
		for _, g := range n.groups {
			if w.q.Unit == "families" && g.family {
				n.persons = append(n.persons, g.id)
			}
		}
		n.groups = nil
	}
	low := int64(len(n.persons))
	high, open := low, false
	for _, g := range n.groups {
		low, high, open = add(low, g.low), add(high, g.high), open || g.open
	}
	r, ok := combine(claims, w.q.Unit, low)
	if !ok {
		r = reckoned{low: low, high: high, open: open}
	} else if r.open {
		r.high = max(r.high, high)
	}
	n.rng = r
}

// liftEvents turns the matching acts into the events that contain them.
func (w *world) liftEvents() {
	byEvent := map[record.ID]*node{}
	for _, a := range w.nodes {
		for _, e := range a.events {
			n := byEvent[e]
			if n == nil {
				n = &node{id: e, rng: a.rng, span: a.span, places: a.places}
				byEvent[e] = n
			}
			n.acts = append(n.acts, a.acts...)
			n.match = max(n.match, a.match)
			n.kinds = append(n.kinds, a.kinds...)
			n.events = []record.ID{e}
			if a.span == nil || n.span == nil {
				n.span = nil
			} else {
				s := n.span.join(*a.span)
				n.span = &s
			}
			if len(a.places) == 0 || len(n.places) == 0 {
				n.places = nil
			} else {
				n.places = append(slices.Clone(n.places), a.places...)
			}
		}
	}
	w.nodes, w.byID = nil, byEvent
	for _, n := range byEvent {
		w.nodes = append(w.nodes, n)
	}
	sort.Slice(w.nodes, func(i, j int) bool { return w.nodes[i].id < w.nodes[j].id })
}

// add adds without overflow: a sum that no longer fits stays at the largest
// number.
func add(a, b int64) int64 {
	if a > maxInt-b {
		return maxInt
	}
	return a + b
}

const maxInt = 1<<63 - 1

// unique sorts ids and drops repeats.
func unique(ids []record.ID) []record.ID {
	slices.Sort(ids)
	return slices.Compact(ids)
}
