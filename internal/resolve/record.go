package resolve

import "asylon/internal/record"

// Question is what a figure asks.
type Question struct {
	// Unit is what is counted: persons, returns, acts, events, or any unit in
	// which sources count (families, households…). Units are never converted.
	Unit record.Unit
	// Term is the kind of act asked for, with everything under it.
	Term record.TermID
	// Period bounds the dates of the acts; nil asks for all times.
	Period *Span
	// Place bounds their places; empty asks for everywhere.
	Place record.ID
}

// The units with rules of their own.
const (
	Persons record.Unit = "persons"
	Returns record.Unit = "returns"
	Acts    record.Unit = "acts"
	Events  record.Unit = "events"
)

// Record is what a question is asked of. Nothing in it depends on order.
type Record struct {
	Acts   []Act
	Groups map[record.ID]Group // by entity id
	// Canonical maps an entity that was judged the same as others to the one
	// that speaks for them; entities that stand alone are not in it.
	Canonical map[record.ID]record.ID
	// Disputed marks canonical entities whose judgements contradict.
	Disputed map[record.ID]bool
	// Parts are judged or stated "part of": acts within acts, events within
	// events.
	Parts []Part
	// Distinct are pairs of acts or events judged not to overlap.
	Distinct []Pair
	// Complete marks acts and events whose recorded parts were judged to be
	// all there were.
	Complete map[record.ID]bool
	// Candidates are pairs of persons that may be one and are not yet judged.
	Candidates []Pair
	// Parents are the terms right above each term.
	Parents map[record.TermID]record.TermID
	// Within are the places right around each place.
	Within map[record.ID][]record.ID
}

// Act is what is stated of one act, withdrawn and ineligible statements left
// out. Only Beside holds what was stated in another mode than happened.
type Act struct {
	ID     record.ID
	Kinds  []Term
	Dates  []Date
	Places []Link
	Linked []Link  // victims: persons and groups
	Events []Link  // events that contain it
	Counts []Claim // act.count, rates included
	Rates  []record.ID
	Beside []Aside
}

// Term is a kind with the statement that gives it.
type Term struct {
	Term record.TermID
	From record.ID
}

// Date is a resolved date with the statement that gives it.
type Date struct {
	Span
	From record.ID
}

// Link is a reference with the statement that gives it.
type Link struct {
	To   record.ID
	Kind record.Kind // of the entity referred to
	From record.ID
}

// Aside is something stated of an act in another mode than happened.
type Aside struct {
	Mode     record.Mode
	Property record.PropertyID
	Term     record.TermID // of a kind of act
	From     record.ID
}

// Group is a counted group.
type Group struct {
	Family  bool
	Counts  []Claim     // group.count
	Members []record.ID // persons who are counted in it
	From    []record.ID // statements of kind and membership
}

// Part says that Child is part of Parent.
type Part struct{ Child, Parent record.ID }

// Pair is two entities, in either order.
type Pair struct{ A, B record.ID }

func (r *Record) canonical(id record.ID) record.ID {
	if c, ok := r.Canonical[id]; ok {
		return c
	}
	return id
}

// below tells whether t is root or under it. A chain longer than any tree of
// words is a circle and ends.
func (r *Record) below(t, root record.TermID) bool {
	for i := 0; t != "" && i < 100; i++ {
		if t == root {
			return true
		}
		t = r.Parents[t]
	}
	return false
}

// around lists a place and every place it lies in.
func (r *Record) around(p record.ID) []record.ID {
	out := []record.ID{r.canonical(p)}
	seen := map[record.ID]bool{out[0]: true}
	for i := 0; i < len(out) && len(out) < 100; i++ {
		for _, up := range r.Within[out[i]] {
			if up = r.canonical(up); !seen[up] {
				seen[up] = true
				out = append(out, up)
			}
		}
	}
	return out
}
