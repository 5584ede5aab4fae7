package resolve

import (
	"math"

	"asylon/internal/record"
)

// Claim is a statement as it stands in the record, with what is needed to
// weigh it.
type Claim struct {
	ID record.ID
	record.Statement
	Live   bool          // not retracted, replaced or undone
	Review record.Review // empty means draft
	// SourceDate is the day of the document the statement is taken from;
	// NoDay where nobody stated it. The earlier source stands nearer to what
	// it tells, so of equals it goes first.
	SourceDate int64
	// Origin is what the statement goes back to: statements of one origin are
	// one report. Empty means an origin of its own.
	Origin string
	// Preferred marks a statement that was judged to give the value to show.
	Preferred bool
}

// NoDay is the SourceDate of a source whose date nobody stated.
const NoDay = math.MaxInt64

// Eligible says which statements may enter an answer, besides that they must
// stand and not be rejected in review. The zero value lets all of those in.
type Eligible struct {
	// Reliability is the worst grade of source let in, A to F; empty lets in
	// all, ungraded ones included.
	Reliability record.Reliability `json:"reliability,omitempty"`
	// Grade is the worst grade of information let in, 1 to 6; 0 lets in all,
	// ungraded ones included.
	Grade record.Grade `json:"grade,omitempty"`
	// Accepted lets in only what a second person accepted.
	Accepted bool `json:"accepted,omitempty"`
}

// Allows tells whether a claim may enter an answer.
func (e Eligible) Allows(c Claim) bool {
	switch {
	case !c.Live || c.Review == record.ReviewRejected:
		return false
	case e.Accepted && c.Review != record.ReviewAccepted:
		return false
	case e.Reliability != "" && (c.Reliability == "" || c.Reliability > e.Reliability):
		return false
	case e.Grade != 0 && (c.Grade == 0 || c.Grade > e.Grade):
		return false
	}
	return true
}

// weight orders claims by one criterion each, smaller first. What is not
// graded comes after everything that is.
func (c Claim) weight() [5]int64 {
	var w [5]int64
	if !c.Preferred {
		w[0] = 1
	}
	if c.Review != record.ReviewAccepted {
		w[1] = 1
	}
	w[2], w[3], w[4] = 7, 7, c.SourceDate
	if c.Grade > 0 {
		w[2] = int64(c.Grade)
	}
	if c.Reliability != "" {
		w[3] = int64(c.Reliability[0] - 'A')
	}
	return w
}

// rank is the weight without date and id as one number for quantity, larger
// being better: of claims of one rank none goes before another.
func (c Claim) rank() int {
	w := c.weight()
	return -int(((w[0]*2+w[1])*8+w[2])*8 + w[3])
}
