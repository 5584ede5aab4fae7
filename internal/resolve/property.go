package resolve

import (
	"sort"

	"asylon/edtf"
	"asylon/internal/record"
	"asylon/quantity"
)

// Rule names why a statement's value is the one shown. It is a key of the
// interface's catalogues.
type Rule string

// The rules, in the order in which they decide.
const (
	RuleOnly        Rule = "only"        // nothing else was stated
	RuleAgree       Rule = "agree"       // all statements agree
	RulePreferred   Rule = "preferred"   // a judgement prefers it
	RuleReview      Rule = "review"      // a second person accepted it
	RuleGrade       Rule = "grade"       // its information is graded better
	RuleReliability Rule = "reliability" // its source is graded better
	RuleDate        Rule = "date"        // its source is earlier
	RuleID          Rule = "id"          // nothing orders them; the smallest id, so that all see the same
)

var deciding = [...]Rule{RulePreferred, RuleReview, RuleGrade, RuleReliability, RuleDate}

// Resolved is what a property of one entity comes to.
type Resolved struct {
	Property record.PropertyID
	Shown    record.ID    // the statement whose value is shown; empty where none is eligible
	Value    record.Value // its value
	Rule     Rule
	// Agreeing and Contradicting divide the eligible statements that it
	// happened; Shown is among Agreeing. Of a property that takes several
	// values side by side, none contradicts.
	Agreeing, Contradicting []record.ID
	// Beside are eligible statements in another mode: denied, feared and so on.
	Beside map[record.Mode][]record.ID
	// Left are statements that are withdrawn, rejected or not eligible.
	Left []record.ID
	// Dates is the span from the earliest to the latest day of all eligible
	// dates; nil where none is resolved.
	Dates *Span
	// Count combines the eligible counts of the shown one's unit.
	Count *quantity.Combined
	// Conflict says that two statements exclude one another.
	Conflict bool
}

// Span is a stretch of days, both ends included, as edtf.Day numbers.
type Span struct {
	First int64 `json:"first"`
	Last  int64 `json:"last"`
}

func (s Span) meets(t Span) bool  { return s.First <= t.Last && t.First <= s.Last }
func (s Span) within(t Span) bool { return t.First <= s.First && s.Last <= t.Last }
func (s Span) join(t Span) Span   { return Span{min(s.First, t.First), max(s.Last, t.Last)} }

// Property resolves one property of one entity. Claims of other properties
// are not looked at. many says that the property takes several values side by
// side.
func Property(p record.PropertyID, many bool, claims []Claim, el Eligible) Resolved {
	out := Resolved{Property: p}
	var ok []Claim
	for _, c := range claims {
		switch {
		case c.Property != p:
		case !el.Allows(c):
			out.Left = append(out.Left, c.ID)
		case c.ModeOf() != record.ModeHappened:
			if out.Beside == nil {
				out.Beside = map[record.Mode][]record.ID{}
			}
			out.Beside[c.ModeOf()] = append(out.Beside[c.ModeOf()], c.ID)
		default:
			ok = append(ok, c)
		}
	}
	sortIDs(out.Left)
	for _, ids := range out.Beside {
		sortIDs(ids)
	}
	if len(ok) == 0 {
		return out
	}
	sort.Slice(ok, func(i, j int) bool { return before(ok[i], ok[j]) })
	out.Shown, out.Value = ok[0].ID, ok[0].Value
	var second *Claim
	for i, c := range ok {
		if i > 0 && second == nil && !sameValue(ok[0].Value, c.Value) {
			second = &ok[i]
		}
		if many || agree(ok[0], c) {
			out.Agreeing = append(out.Agreeing, c.ID)
		} else {
			out.Contradicting = append(out.Contradicting, c.ID)
		}
		if d := c.Value.Date; d != nil && d.Resolved {
			s := Span{d.Earliest, d.Latest}
			if out.Dates != nil {
				s = s.join(*out.Dates)
			}
			out.Dates = &s
		}
	}
	out.Conflict = len(out.Contradicting) > 0
	out.Rule = ruleFor(ok, second)
	if n := ok[0].Value.Count; n != nil && n.Per == "" {
		if r, err := quantity.SameEvent(quantities(ok, n.Unit), 0); err == nil {
			out.Count = &r
			out.Conflict = out.Conflict || r.Count.Has(quantity.Conflict)
		}
	}
	return out
}

func before(a, b Claim) bool {
	x, y := a.weight(), b.weight()
	for i := range x {
		if x[i] != y[i] {
			return x[i] < y[i]
		}
	}
	return a.ID < b.ID
}

// ruleFor names the criterion by which the first claim goes before the first
// of another value.
func ruleFor(ok []Claim, second *Claim) Rule {
	switch {
	case len(ok) == 1:
		return RuleOnly
	case second == nil:
		return RuleAgree
	}
	x, y := ok[0].weight(), second.weight()
	for i := range x {
		if x[i] != y[i] {
			return deciding[i]
		}
	}
	return RuleID
}

// sameValue tells whether two values are written alike.
func sameValue(a, b record.Value) bool {
	if a.Term != b.Term || a.Text != b.Text || a.Ref != b.Ref || a.Qual != b.Qual {
		return false
	}
	if (a.Date == nil) != (b.Date == nil) || a.Date != nil && a.Date.EDTF != b.Date.EDTF {
		return false
	}
	if (a.Point == nil) != (b.Point == nil) || a.Point != nil && *a.Point != *b.Point {
		return false
	}
	x, y := a.Count, b.Count
	if (x == nil) != (y == nil) {
		return false
	}
	return x == nil || x.Low == y.Low && equal(x.High, y.High) && equal(x.Best, y.Best) && x.Unit == y.Unit && x.Per == y.Per
}

func equal(a, b *int64) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

// agree tells whether two claims can both be true of a property that has one
// value: dates that may coincide, counts that overlap or of which one is a
// partial view, counts in different units.
func agree(a, b Claim) bool {
	switch {
	case a.Value.Date != nil && b.Value.Date != nil:
		return datesAgree(*a.Value.Date, *b.Value.Date)
	case a.Value.Count != nil && b.Value.Count != nil:
		x, y := a.Value.Count, b.Value.Count
		if x.Unit != y.Unit || x.Per != y.Per {
			return true // different things are said, neither excludes the other
		}
		if a.Partial || b.Partial {
			part, whole := x, y
			if b.Partial {
				part, whole = y, x
			}
			return a.Partial && b.Partial || whole.High == nil || part.Low <= *whole.High
		}
		return (x.High == nil || y.Low <= *x.High) && (y.High == nil || x.Low <= *y.High)
	}
	return sameValue(a.Value, b.Value)
}

func datesAgree(a, b record.Date) bool {
	if !a.Resolved || !b.Resolved {
		return true
	}
	x, errx := edtf.Parse(a.EDTF)
	y, erry := edtf.Parse(b.EDTF)
	if errx == nil && erry == nil {
		return x.Coincides(y) != edtf.Never
	}
	return Span{a.Earliest, a.Latest}.meets(Span{b.Earliest, b.Latest})
}

// quantities are the counts in a unit, as quantity combines them. Counts that
// break its rules (from a faulty foreign installation) are left out.
func quantities(claims []Claim, unit record.Unit) []quantity.Claim {
	var out []quantity.Claim
	for _, c := range claims {
		n := c.Value.Count
		if n == nil || n.Per != "" || n.Unit != unit {
			continue
		}
		q, err := quantity.New(quantity.Fields{Low: n.Low, High: n.High, Best: n.Best, Unit: quantity.Unit(unit), Partial: c.Partial})
		if err != nil {
			continue
		}
		out = append(out, quantity.Claim{Count: q, Rank: c.rank(), Origin: c.Origin})
	}
	return out
}

func sortIDs(ids []record.ID) {
	sort.Slice(ids, func(i, j int) bool { return ids[i] < ids[j] })
}
