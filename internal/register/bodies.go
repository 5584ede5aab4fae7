package register

import "asylon/internal/record"

// The kinds of entry this room owns.
const (
	KindStatements = "statements/1"
	KindRetract    = "retract/1"
	KindReview     = "review/1"
	KindJudgement  = "judgement/1"
	KindUndo       = "undo/1"
	KindWords      = "words/1"
	KindConsent    = "consent/1"
)

// RetractBody takes statements back. Only the journal that made them may.
type RetractBody struct {
	Targets []Target `json:"targets"`
	Reason  string   `json:"reason"`
}

// Target is one thing an entry is about; its number gives the act on it an id
// of its own.
type Target struct {
	N  int       `json:"n"`
	ID record.ID `json:"target"`
	// Over are the earlier reviews of the target that this one replaces.
	Over []record.ID `json:"ids,omitempty"`
}

// ReviewBody is a second person's view of statements: does the source say so.
type ReviewBody struct {
	Targets []Target      `json:"targets"`
	State   record.Review `json:"state"`
	Reason  string        `json:"reason,omitempty"`
}

// JudgementType is a kind of judgement.
type JudgementType string

// The judgements.
const (
	Same       JudgementType = "same"        // A and B are one thing
	NotSame    JudgementType = "not same"    // A and B are two things
	PartOf     JudgementType = "part of"     // act or event A is part of B
	Distinct   JudgementType = "distinct"    // A and B do not overlap: nobody is counted in both
	SameOrigin JudgementType = "same origin" // statements or sources A and B repeat one origin
	Preferred  JudgementType = "preferred"   // of entity B, statement A gives the value to show
	Complete   JudgementType = "complete"    // the parts recorded of A are all there were
)

// JudgementTypes lists the judgements in the order pages show them.
func JudgementTypes() []JudgementType {
	return []JudgementType{Same, NotSame, PartOf, Distinct, SameOrigin, Preferred, Complete}
}

// symmetric judgements mean the same with a and b exchanged.
func (t JudgementType) symmetric() bool {
	return t == Same || t == NotSame || t == Distinct || t == SameOrigin
}

// valid tells whether t is known.
func (t JudgementType) valid() bool {
	for _, x := range JudgementTypes() {
		if x == t {
			return true
		}
	}
	return false
}

// JudgementBody is one judgement, number 1 of its entry.
type JudgementBody struct {
	Type     JudgementType     `json:"type"`
	A        record.ID         `json:"a"`
	B        record.ID         `json:"b"`
	Property record.PropertyID `json:"property,omitempty"` // of a preferred value
	Reason   string            `json:"reason"`
}

// UndoBody takes a judgement, a retraction or an import batch back, number 1
// of its entry.
type UndoBody struct {
	Target record.ID `json:"target"`
	Reason string    `json:"reason"`
}

// ConsentBody is what a person agreed to, or has withdrawn, number 1 of its
// entry. Facts empty means every fact about the person.
type ConsentBody struct {
	Person    record.ID           `json:"e"`
	Purpose   record.TermID       `json:"purpose"`
	Recipient record.TermID       `json:"recipient"`
	Facts     []record.PropertyID `json:"facts,omitempty"`
	Given     record.Date         `json:"given"`
	Expires   *record.Date        `json:"expires,omitempty"`
	How       string              `json:"how,omitempty"` // in writing, by phone, through whom, in which language
}
