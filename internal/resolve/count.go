package resolve

import (
	"sort"

	"asylon/internal/record"
)

// Result is what a question comes to. Low ≤ Best ≤ High always holds.
type Result struct {
	Unit record.Unit `json:"unit"`
	Low  int64       `json:"low"`
	Best *int64      `json:"best"` // only where sources state one
	High *int64      `json:"high"` // nil: nothing bounds it
	// Reach is High, or where High is open the most that is known: for
	// drawings.
	Reach int64 `json:"reach"`
	// Certain is Reach over what certainly matches only; CertainOpen says that
	// nothing bounds it.
	Certain     int64 `json:"certain_high"`
	CertainOpen bool  `json:"certain_open,omitempty"`
	// Reported is false where no act matches at all: no reports, which is not
	// a count of zero. Numbered is false where acts match and none has a
	// number.
	Reported bool `json:"reported"`
	Numbered bool `json:"numbered"`
	// Complete says that the parts were judged to be all there were; without
	// it the figure is "at least".
	Complete bool      `json:"complete"`
	Conflict bool      `json:"conflict"`
	Acts     []Derived `json:"acts"`
	Warnings []Warning `json:"warnings"`
	Beside   []Noted   `json:"beside,omitempty"`
}

// Derived is what one act (or event) gives to a figure.
type Derived struct {
	ID         record.ID   `json:"id"`
	Members    []record.ID `json:"members,omitempty"` // acts judged to be this one, where several
	Match      string      `json:"match"`
	Low        int64       `json:"low"`
	Best       *int64      `json:"best"`
	High       *int64      `json:"high"`
	Numbered   bool        `json:"numbered"`
	Conflict   bool        `json:"conflict,omitempty"`
	Linked     int         `json:"linked,omitempty"` // distinct persons (or families) linked
	Groups     []record.ID `json:"groups,omitempty"`
	PartOf     record.ID   `json:"part_of,omitempty"`
	Statements []record.ID `json:"statements"`
}

// Noted is what was stated of a matching act in another mode than happened.
// It is shown beside a figure and never in it.
type Noted struct {
	Mode      record.Mode       `json:"mode"`
	Act       record.ID         `json:"act"`
	Property  record.PropertyID `json:"property"`
	Statement record.ID         `json:"statement"`
}

// Count answers a question from a record.
func Count(q Question, rec *Record) Result { return count(q, rec, nil) }

// count asks narrow of each act besides the question, where it is set.
func count(q Question, rec *Record, narrow func(*node) Match) Result {
	near, far := readWorld(q, rec, false, narrow), readWorld(q, rec, true, narrow)
	out := Result{Unit: q.Unit, Reported: len(near.nodes) > 0}
	sure := near.forest(certain(near.nodes))
	tops := near.bundles(sure, sure.tops)
	out.Low = near.low(tops)
	h, c := far.high(far.nodes), far.high(certain(far.nodes))
	out.Reach = max(h.n, out.Low, c.n)
	out.Certain, out.CertainOpen = max(c.n, out.Low), c.open
	if !h.open {
		high := out.Reach
		out.High = &high
	}
	all := near.forest(near.nodes)
	out.Acts = near.derive(all)
	for _, a := range out.Acts {
		out.Numbered = out.Numbered || a.Numbered
		out.Conflict = out.Conflict || a.Conflict
	}
	if len(tops) == len(all.tops) {
		out.Best = near.best(tops, out)
	}
	out.Complete = near.complete(all)
	out.Warnings = near.warnings(all)
	out.Beside = near.beside()
	return out
}

// best is the sum of the stated bests where every act has one and all are
// certainly different; of a single act it is that act's.
func (w *world) best(tops []bundle, r Result) *int64 {
	if w.q.Unit == Acts || w.q.Unit == Events || len(tops) == 0 || r.Conflict {
		return nil
	}
	sum := int64(0)
	linked := 0
	groups := map[*group]bool{}
	for _, b := range tops {
		if b.rng.best == nil {
			return nil
		}
		sum = add(sum, *b.rng.best)
		linked += len(b.persons)
		for _, g := range b.groups {
			if groups[g] && w.q.Unit != Returns {
				return nil
			}
			groups[g] = true
		}
	}
	if w.q.Unit != Returns && linked != len(personsOf(tops)) {
		return nil // somebody is counted in two of them
	}
	clusters, loose := w.clusters(tops)
	if len(clusters) != len(tops) || len(loose) > 0 || sum < r.Low || sum > r.Reach && r.High != nil {
		return nil
	}
	return &sum
}

// complete tells whether everything that matches is, or lies in, acts or
// events whose parts were judged to be all.
func (w *world) complete(f forest) bool {
	if len(f.tops) == 0 {
		return false
	}
	full := map[record.ID]bool{}
	for id, ok := range w.rec.Complete {
		if ok {
			full[w.key(id)] = true
		}
	}
	for _, n := range f.tops {
		ok := full[n.id]
		for _, e := range n.events {
			ok = ok || full[e]
		}
		if !ok {
			return false
		}
	}
	return len(full) == 1 || len(f.tops) == 1
}

// derive lists what each act gives, in order of id.
func (w *world) derive(f forest) []Derived {
	out := make([]Derived, 0, len(w.nodes))
	for _, n := range w.nodes {
		d := Derived{ID: n.id, Match: n.match.String(), Low: n.rng.low, Best: n.rng.best, Numbered: n.numbered(),
			Conflict: n.rng.conflict, Linked: len(n.persons), Statements: w.basis(n)}
		if len(n.acts) > 1 {
			for _, a := range n.acts {
				d.Members = append(d.Members, a.ID)
			}
			d.Members = unique(d.Members)
		}
		if !n.rng.open && d.Numbered {
			high := n.rng.high
			d.High = &high
		}
		for _, g := range n.groups {
			d.Groups = append(d.Groups, g.id)
			d.Conflict = d.Conflict || g.conflict && !n.rng.stated
		}
		if p := f.up[n]; p != nil {
			d.PartOf = p.id
		}
		out = append(out, d)
	}
	return out
}

// numbered tells whether anything gives the node a number.
func (n *node) numbered() bool {
	return n.rng.stated || len(n.persons) > 0 || len(n.groups) > 0
}

// basis lists the statements that a node's part in the answer rests on.
func (w *world) basis(n *node) []record.ID {
	var out []record.ID
	for _, a := range n.acts {
		for _, k := range a.Kinds {
			out = append(out, k.From)
		}
		for _, d := range a.Dates {
			out = append(out, d.From)
		}
		for _, ls := range [][]Link{a.Places, a.Linked, a.Events} {
			for _, l := range ls {
				out = append(out, l.From)
			}
		}
		for _, c := range a.Counts {
			out = append(out, c.ID)
		}
	}
	for _, g := range n.groups {
		out = append(out, g.from...)
	}
	return unique(out)
}

// maxBeside bounds what is listed beside a figure.
const maxBeside = 500

// beside lists what was stated in other modes of acts that match, and of acts
// that only such statements speak of.
func (w *world) beside() []Noted {
	var out []Noted
	for i := range w.rec.Acts {
		a := &w.rec.Acts[i]
		if len(a.Beside) == 0 || !w.asked(a) {
			continue
		}
		for _, s := range a.Beside {
			out = append(out, Noted{s.Mode, w.key(a.ID), s.Property, s.From})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Statement < out[j].Statement })
	return out[:min(len(out), maxBeside)]
}

// asked tells whether an act that may never have happened is of the kind,
// time and place asked for.
func (w *world) asked(a *Act) bool {
	n := &node{acts: []*Act{a}}
	for _, s := range a.Beside {
		if s.Term != "" {
			n.kinds = append(n.kinds, s.Term)
		}
	}
	for _, k := range a.Kinds {
		n.kinds = append(n.kinds, k.Term)
	}
	return w.read(n) != Never
}
