package resolve

import "asylon/internal/record"

// Match is the answer to whether an uncertain thing fits a question.
type Match int

// The answers, in rising order.
const (
	Never Match = iota
	Possibly
	Certainly
)

// String gives the answer in a word, as it is stored with a figure.
func (m Match) String() string {
	switch m {
	case Possibly:
		return "possibly"
	case Certainly:
		return "certainly"
	}
	return "never"
}

// matchKind asks for the kind of act. A source that says only "forced return,
// means not stated" may speak of an expulsion: a kind above the one asked for
// matches possibly.
func (w *world) matchKind(n *node) Match {
	if len(n.kinds) == 0 {
		for _, a := range n.acts {
			for _, k := range a.Kinds {
				n.kinds = append(n.kinds, k.Term)
			}
		}
	}
	if len(n.kinds) == 0 {
		return Never
	}
	in, maybe := 0, 0
	for _, k := range n.kinds {
		if w.q.Term == "" || w.rec.below(k, w.q.Term) {
			in++
		} else if w.rec.below(w.q.Term, k) {
			maybe++
		}
	}
	switch {
	case in == len(n.kinds):
		return Certainly
	case in+maybe > 0:
		return Possibly
	}
	return Never
}

// matchPeriod asks for the dates: all of what they may mean within the period
// is certain, a day in common possible, and no date may be any.
func (w *world) matchPeriod(n *node) Match {
	p := w.q.Period
	switch {
	case p == nil || n.span != nil && n.span.within(*p):
		return Certainly
	case n.span == nil || n.span.meets(*p):
		return Possibly
	}
	return Never
}

// matchPlace asks for the places: all within the place asked for is certain;
// one within, or one that contains it, possible; and no place may be any.
func (w *world) matchPlace(n *node) Match {
	if w.q.Place == "" {
		return Certainly
	}
	if len(n.places) == 0 {
		return Possibly
	}
	asked := w.rec.around(w.q.Place)
	in, maybe := 0, 0
	for _, around := range n.places {
		if contains(around, asked[0]) {
			in++
		} else if contains(asked, around[0]) {
			maybe++
		}
	}
	switch {
	case in == len(n.places):
		return Certainly
	case in+maybe > 0:
		return Possibly
	}
	return Never
}

// mayOverlap tells whether two nodes may be reports of one thing: nobody
// judged them distinct, their dates may coincide, and their places may be one.
func (w *world) mayOverlap(a, b *node) bool {
	if w.away[Pair{a.id, b.id}] || a.span != nil && b.span != nil && !a.span.meets(*b.span) {
		return false
	}
	if !placesMeet(a, b) || w.q.Unit == Acts && !w.kindsMeet(a, b) {
		return false
	}
	for _, e := range a.events {
		for _, f := range b.events {
			if w.away[Pair{e, f}] {
				return false
			}
		}
	}
	return true
}

func placesMeet(a, b *node) bool {
	if len(a.places) == 0 || len(b.places) == 0 {
		return true
	}
	for _, x := range a.places {
		for _, y := range b.places {
			if contains(x, y[0]) || contains(y, x[0]) {
				return true
			}
		}
	}
	return false
}

// kindsMeet tells whether two acts may be of one kind. An arrest and a return
// may concern the same people but are two acts.
func (w *world) kindsMeet(a, b *node) bool {
	for _, x := range a.kinds {
		for _, y := range b.kinds {
			if w.rec.below(x, y) || w.rec.below(y, x) {
				return true
			}
		}
	}
	return false
}

func contains(ids []record.ID, id record.ID) bool {
	for _, x := range ids {
		if x == id {
			return true
		}
	}
	return false
}
