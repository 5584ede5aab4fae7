package resolve

import (
	"sort"

	"asylon/internal/record"
)

// forest is nodes under the nodes they are part of.
type forest struct {
	tops []*node
	kids map[*node][]*node
	up   map[*node]*node
}

// forest puts the given nodes of a world under one another. A node with
// several parents goes under the one that states a number, else under the
// smallest id. A circle of parts, which no command makes but two
// installations together may, is taken apart: none of its links holds.
func (w *world) forest(nodes []*node) forest {
	in := map[record.ID]*node{}
	for _, n := range nodes {
		in[n.id] = n
	}
	above := map[record.ID][]record.ID{}
	for _, p := range w.rec.Parts {
		if c, up := w.key(p.Child), w.key(p.Parent); c != up {
			above[c] = append(above[c], up)
		}
	}
	f := forest{kids: map[*node][]*node{}, up: map[*node]*node{}}
	for _, n := range nodes {
		if p := w.parent(n, in, above); p != nil {
			f.up[n] = p
			f.kids[p] = append(f.kids[p], n)
		} else {
			f.tops = append(f.tops, n)
		}
	}
	return f
}

// parent chooses the node that n lies in: the nearest one above it that is
// among the given nodes.
func (w *world) parent(n *node, in map[record.ID]*node, above map[record.ID][]record.ID) *node {
	if len(above[n.id]) == 0 {
		return nil
	}
	level, seen := []record.ID{n.id}, map[record.ID]bool{n.id: true}
	for len(level) > 0 {
		var next []record.ID
		var found []*node
		for _, id := range level {
			for _, up := range above[id] {
				if reaches(above, up, id) {
					continue
				}
				if p := in[up]; p != nil {
					found = append(found, p)
				}
				if !seen[up] {
					seen[up] = true
					next = append(next, up)
				}
			}
		}
		if len(found) > 0 {
			sort.Slice(found, func(i, j int) bool {
				if found[i].rng.stated != found[j].rng.stated {
					return found[i].rng.stated
				}
				return found[i].id < found[j].id
			})
			return found[0]
		}
		level = next
	}
	return nil
}

// reaches follows parts upwards.
func reaches(above map[record.ID][]record.ID, from, to record.ID) bool {
	queue, seen := []record.ID{from}, map[record.ID]bool{from: true}
	for i := 0; i < len(queue); i++ {
		if queue[i] == to {
			return true
		}
		for _, up := range above[queue[i]] {
			if !seen[up] {
				seen[up] = true
				queue = append(queue, up)
			}
		}
	}
	return false
}

// certain are the nodes that certainly match.
func certain(nodes []*node) []*node {
	var out []*node
	for _, n := range nodes {
		if n.match == Certainly {
			out = append(out, n)
		}
	}
	return out
}
