package linkage

import (
	"slices"
)

// clustering is the outcome: who is whom.
type clustering struct {
	person  []uint32 // by unit: its number in people
	people  []person
	bridges []link // links that alone hold two parts of a person together
	largest int    // units of the largest component, before it was divided
	parts   int    // components of two units or more
}

// linkWeight is the weight from which a pair connects a component: likelier
// one person than not.
const linkWeight = 0

// A divider turns links into people.
type divider struct {
	d         *data
	fields    []*field
	sc        *scorer
	threshold float32
	workers   int
	budget    int // links held at a time
}

// divide finds components and divides them, as many at a time as their links
// fit the memory.
func (v *divider) divide(store *linkStore) (*clustering, error) {
	g := newGroups(v.d.units)
	err := store.each(func(l link) error {
		if l.weight >= linkWeight {
			g.join(l.a, l.b)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	parts := v.components(g)
	out := &clustering{parts: len(parts)}
	for _, p := range parts {
		out.largest = max(out.largest, len(p.members))
	}
	if err := v.countLinks(g, parts, store); err != nil {
		return nil, err
	}
	out.person = make([]uint32, v.d.units)
	single := make([]bool, v.d.units)
	for i := range single {
		single[i] = true
	}
	for from := 0; from < len(parts); {
		to, load := from, 0
		for to < len(parts) && (to == from || load+parts[to].count <= v.budget) {
			load += parts[to].count
			to++
		}
		if err := v.divideParts(g, parts[from:to], store, out, single); err != nil {
			return nil, err
		}
		from = to
	}
	for u, alone := range single {
		if alone {
			out.people = append(out.people, person{members: []uint32{uint32(u)}, weakest: certainly})
		}
	}
	out.number()
	return out, nil
}

// A component is a set of units that links connect.
type component struct {
	members []uint32
	links   []link
	count   int
}

func (v *divider) components(g groups) []component {
	count := make([]uint32, len(g))
	for i := range g {
		count[g.find(uint32(i))]++
	}
	at := make(map[uint32]int)
	var parts []component
	for i := range g {
		root := g.find(uint32(i))
		if count[root] < 2 {
			continue
		}
		k, ok := at[root]
		if !ok {
			k = len(parts)
			at[root] = k
			parts = append(parts, component{members: make([]uint32, 0, count[root])})
		}
		parts[k].members = append(parts[k].members, uint32(i))
	}
	return parts
}

// within calls f with the number of the component that a link lies in. Links
// below the threshold for joining are no help to anything.
func (v *divider) within(g groups, number []int32, store *linkStore, f func(part int32, l link)) error {
	return store.each(func(l link) error {
		if l.weight > v.threshold || l.weight == never {
			if root := g.find(l.a); root == g.find(l.b) && number[root] >= 0 {
				f(number[root], l)
			}
		}
		return nil
	})
}

func partNumbers(g groups, parts []component) []int32 {
	number := make([]int32, len(g))
	for i := range number {
		number[i] = -1
	}
	for i, p := range parts {
		number[g.find(p.members[0])] = int32(i)
	}
	return number
}

func (v *divider) countLinks(g groups, parts []component, store *linkStore) error {
	return v.within(g, partNumbers(g, parts), store, func(part int32, _ link) { parts[part].count++ })
}

// divideParts collects the links of some components and divides these.
func (v *divider) divideParts(g groups, parts []component, store *linkStore, out *clustering, single []bool) error {
	for i := range parts {
		parts[i].links = make([]link, 0, parts[i].count)
	}
	err := v.within(g, partNumbers(g, parts), store, func(part int32, l link) {
		parts[part].links = append(parts[part].links, l)
	})
	if err != nil {
		return err
	}
	var list []chunk
	for from := 0; from < len(parts); {
		to, load := from, 0
		for to < len(parts) && load < 4096 {
			load += parts[to].count
			to++
		}
		list = append(list, chunk{from: from, to: to})
		from = to
	}
	type result struct {
		people  []person
		bridges []link
	}
	comparers := make([]*comparer, max(1, v.workers))
	work(list, v.workers, func(w int, c chunk) result {
		if comparers[w] == nil {
			comparers[w] = v.d.newComparer(v.fields)
		}
		ag := &agglomerator{threshold: float64(v.threshold), decide: func(a, b uint32) float32 { return v.sc.decide(comparers[w], a, b) }}
		var r result
		for i := c.from; i < c.to; i++ {
			people := ag.divide(parts[i].members, parts[i].links)
			r.bridges = append(r.bridges, bridges(people, parts[i].links)...)
			r.people = append(r.people, people...)
			parts[i].links = nil
		}
		return r
	}, func(r result) {
		for _, p := range r.people {
			for _, u := range p.members {
				single[u] = false
			}
		}
		out.people = append(out.people, r.people...)
		out.bridges = append(out.bridges, r.bridges...)
	})
	return nil
}

// number orders the people by their first unit and numbers the units.
func (c *clustering) number() {
	slices.SortFunc(c.people, func(a, b person) int { return int(a.members[0]) - int(b.members[0]) })
	for i, p := range c.people {
		for _, u := range p.members {
			c.person[u] = uint32(i)
		}
	}
}

// bridges finds links that alone hold together two parts of a person, each of
// at least two units: the likeliest false joins. It is Tarjan's algorithm.
func bridges(people []person, links []link) []link {
	at := make(map[uint32]int)
	for i, p := range people {
		if len(p.members) >= 4 {
			for _, u := range p.members {
				at[u] = i
			}
		}
	}
	byPerson := make(map[int][]link)
	for _, l := range links {
		if i, ok := at[l.a]; ok && l.weight >= linkWeight {
			if j, ok := at[l.b]; ok && i == j {
				byPerson[i] = append(byPerson[i], l)
			}
		}
	}
	var out []link
	for i := range people {
		if ls := byPerson[i]; len(ls) > 0 {
			out = append(out, bridgesOf(people[i].members, ls)...)
		}
	}
	return out
}

func bridgesOf(members []uint32, links []link) []link {
	at := make(map[uint32]int, len(members))
	for i, u := range members {
		at[u] = i
	}
	type arc struct{ to, link int }
	arcs := make([][]arc, len(members))
	for i, l := range links {
		a, b := at[l.a], at[l.b]
		arcs[a] = append(arcs[a], arc{b, i})
		arcs[b] = append(arcs[b], arc{a, i})
	}
	seen, low, size := make([]int, len(members)), make([]int, len(members)), make([]int, len(members))
	var out []link
	clock := 0
	var walk func(at, came int, whole *int)
	var tree []struct{ link, node int }
	walk = func(at, came int, whole *int) {
		clock++
		*whole++
		seen[at], low[at], size[at] = clock, clock, 1
		for _, a := range arcs[at] {
			switch {
			case a.link == came:
			case seen[a.to] > 0:
				low[at] = min(low[at], seen[a.to])
			default:
				walk(a.to, a.link, whole)
				low[at] = min(low[at], low[a.to])
				size[at] += size[a.to]
				if low[a.to] > seen[at] {
					tree = append(tree, struct{ link, node int }{a.link, a.to})
				}
			}
		}
	}
	for i := range members {
		if seen[i] > 0 {
			continue
		}
		whole := 0
		tree = tree[:0]
		walk(i, -1, &whole)
		for _, t := range tree {
			if s := size[t.node]; s >= 2 && whole-s >= 2 {
				out = append(out, links[t.link])
			}
		}
	}
	return out
}
