package resolve

import (
	"slices"
	"sort"

	"asylon/internal/record"
)

// WarningKind names what stands in the way of a better answer. It is a key of
// the interface's catalogues.
type WarningKind string

// The warnings.
const (
	WarnConflict   WarningKind = "conflict"   // sources exclude one another
	WarnOverlap    WarningKind = "overlap"    // nobody judged whether these two are one
	WarnUndated    WarningKind = "undated"    // no date, so it matches possibly
	WarnUnplaced   WarningKind = "unplaced"   // no place, so it matches possibly
	WarnNoNumber   WarningKind = "no_number"  // states no number
	WarnRate       WarningKind = "rate"       // a rate without a stated period is not totalled
	WarnOtherUnit  WarningKind = "other_unit" // counted in another unit, which is not converted
	WarnDisputed   WarningKind = "disputed"   // judgements contradict: once in low, apart in high
	WarnDenied     WarningKind = "denied"     // a source denies it
	WarnDuplicates WarningKind = "duplicates" // persons that may be one
)

// Warning is one thing that stands in the way, with the entities concerned. A
// pair that may be one is a warning of its own; the others list all concerned.
type Warning struct {
	Kind WarningKind `json:"kind"`
	IDs  []record.ID `json:"ids"`
	// More is how many further ones there are than are listed.
	More int `json:"more,omitempty"`
}

// Bounds of what warnings list, and of the search for pairs.
const (
	maxListed = 200
	maxPairs  = 100
	maxLooked = 400_000
)

func (w *world) warnings(f forest) []Warning {
	out := []Warning{}
	list := func(k WarningKind, is func(*node) bool) {
		var ids []record.ID
		for _, n := range w.nodes {
			if is(n) {
				ids = append(ids, n.id)
			}
		}
		out = appendListed(out, k, ids)
	}
	things := w.q.Unit == Acts || w.q.Unit == Events
	list(WarnConflict, func(n *node) bool {
		c := n.rng.conflict
		for _, g := range n.groups {
			c = c || g.conflict
		}
		return c
	})
	out = append(out, w.overlaps(f)...)
	list(WarnUndated, func(n *node) bool { return n.span == nil })
	list(WarnUnplaced, func(n *node) bool { return len(n.places) == 0 })
	list(WarnNoNumber, func(n *node) bool { return !n.numbered() || unnumberedGroup(n) })
	list(WarnRate, func(n *node) bool { return !things && hasRate(n) })
	list(WarnOtherUnit, func(n *node) bool { return !things && w.hasOther(n) })
	out = appendListed(out, WarnDisputed, w.disputed())
	list(WarnDenied, func(n *node) bool {
		for _, a := range n.acts {
			for _, s := range a.Beside {
				if s.Mode == record.ModeDenied {
					return true
				}
			}
		}
		return false
	})
	return append(out, w.duplicates()...)
}

func appendListed(out []Warning, k WarningKind, ids []record.ID) []Warning {
	if len(ids) == 0 {
		return out
	}
	ids = unique(ids)
	x := Warning{Kind: k, IDs: ids}
	if len(ids) > maxListed {
		x.IDs, x.More = ids[:maxListed:maxListed], len(ids)-maxListed
	}
	return append(out, x)
}

// unnumberedGroup tells whether a node rests on a group of which nobody says
// how many it is.
func unnumberedGroup(n *node) bool {
	for _, g := range n.groups {
		if !g.stated && !n.rng.stated {
			return true
		}
	}
	return false
}

func hasRate(n *node) bool {
	for _, a := range n.acts {
		if len(a.Rates) > 0 {
			return true
		}
		for _, c := range a.Counts {
			if c.Value.Count != nil && c.Value.Count.Per != "" {
				return true
			}
		}
	}
	return false
}

func (w *world) hasOther(n *node) bool {
	for _, a := range n.acts {
		for _, c := range a.Counts {
			if v := c.Value.Count; v != nil && v.Per == "" && v.Unit != w.q.Unit {
				return true
			}
		}
	}
	return false
}

// disputed lists the clusters with contradicting judgements that matter here.
func (w *world) disputed() []record.ID {
	var out []record.ID
	for _, n := range w.nodes {
		ids := append([]record.ID{n.id}, n.persons...)
		for _, g := range n.groups {
			ids = append(ids, g.id)
		}
		for _, id := range ids {
			if w.rec.Disputed[id] {
				out = append(out, id)
			}
		}
	}
	return out
}

// duplicates lists pairs of linked persons that may be one.
func (w *world) duplicates() []Warning {
	linked := map[record.ID]bool{}
	for _, n := range w.nodes {
		for _, a := range n.acts {
			for _, l := range a.Linked {
				linked[w.rec.canonical(l.To)] = true
			}
		}
	}
	var pairs [][2]record.ID
	for _, p := range w.rec.Candidates {
		if a, b := w.rec.canonical(p.A), w.rec.canonical(p.B); a != b && linked[a] && linked[b] {
			pairs = append(pairs, [2]record.ID{min(a, b), max(a, b)})
		}
	}
	return pairWarnings(WarnDuplicates, pairs)
}

// overlaps lists pairs side by side in the forest of which nobody judged
// whether they are one. Pairs are looked for in order of date, and only so
// far: a record with very many would otherwise take long to say so.
func (w *world) overlaps(f forest) []Warning {
	var pairs [][2]record.ID
	looked := 0
	level := func(ns []*node) {
		ns = slices.Clone(ns)
		sort.SliceStable(ns, func(i, j int) bool { return first(ns[i]) < first(ns[j]) })
		for i, a := range ns {
			for _, b := range ns[i+1:] {
				if looked++; looked > maxLooked || a.span != nil && b.span != nil && b.span.First > a.span.Last {
					break
				}
				if w.mayOverlap(a, b) {
					pairs = append(pairs, [2]record.ID{min(a.id, b.id), max(a.id, b.id)})
				}
			}
		}
	}
	level(f.tops)
	for _, n := range w.nodes {
		level(f.kids[n])
	}
	return pairWarnings(WarnOverlap, pairs)
}

func first(n *node) int64 {
	if n.span == nil {
		return -maxInt
	}
	return n.span.First
}

func pairWarnings(k WarningKind, pairs [][2]record.ID) []Warning {
	slices.SortFunc(pairs, func(a, b [2]record.ID) int { return slices.Compare(a[:], b[:]) })
	pairs = slices.Compact(pairs)
	var out []Warning
	for i, p := range pairs[:min(len(pairs), maxPairs)] {
		x := Warning{Kind: k, IDs: []record.ID{p[0], p[1]}}
		if i == maxPairs-1 {
			x.More = len(pairs) - maxPairs
		}
		out = append(out, x)
	}
	return out
}
