// Package resolve holds the rules by which the record answers: which of
// several statements gives the value to show, and how many people, returns,
// acts, events or families a set of acts documents.
//
// It is pure: no I/O, no clock, no globals that change. Rooms load statements
// and acts and hand them in; the same input, in any order, gives the same
// answer. It is not for estimates of what nobody reported (package estimate),
// nor for reading words (edtf, quantity).
//
//	v := resolve.Property(record.PropActDate, claims, resolve.Eligible{})
//	// v.Shown is the statement whose value is shown, v.Rule says why.
//
//	r := resolve.Count(resolve.Question{Unit: "persons", Term: "return"}, rec)
//	// r.Low ≤ r.High, r.Warnings say what stands in the way of a better answer.
//
// The rules are those of the house's design, section 5, and of the combining
// rules for hedged quantities that quantity implements. In short: ranges of
// one act are never added; ranges of different acts are; where nobody judged
// whether acts are different, low takes no more than what is certainly
// different, and high the sum.
package resolve

// Method names the counting rules, and Version the edition of them. A stored
// figure keeps both: a later edition never changes an earlier figure.
const (
	Method  = "documented"
	Version = 1
)
