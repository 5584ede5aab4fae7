package quantity

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// A Claim is one source's count of something, as it enters a combination.
type Claim struct {
	// Count is what the source says. If it is [Partial] it speaks of a part.
	Count Count
	// Rank orders the sources by credibility, higher being better. Claims of
	// one rank are not ordered.
	Rank int
	// Origin is what the claim goes back to: the reports of one origin are one
	// report. Empty means an origin of its own.
	Origin string
}

// A Combined is a count made of others, with what must be said about it.
type Combined struct {
	Count Count     `json:"count"`
	Notes []Message `json:"notes"`
}

// SameEvent combines what several sources say about one act or event. Their
// numbers are never added: low is the smallest credible low, high the largest
// credible high. Best is the number stated by the source ranked best, and
// exists only if that source states one and all sources of that rank agree; it
// is never an average. Claims that exclude one another are marked [Conflict]
// and leave no best. Which claims are credible is the caller's judgement: pass
// only those.
//
// Partial claims and distinct, the number of persons known to be different
// from one another, raise the low and never lower it; where nobody speaks of
// the whole the high stays open. Claims of one origin count once, through the
// best ranked of them. The order of the claims does not matter.
//
// Rule: estimation rules 1, 5 and 6; counting rules of the record, "within an
// act or event".
func SameEvent(claims []Claim, distinct int64) (Combined, error) {
	if len(claims) == 0 {
		return Combined{}, errors.New("combine claims of one event: there is none; pass at least one")
	}
	if distinct < 0 {
		return Combined{}, fmt.Errorf("combine claims of one event: %d distinct persons; a count starts at 0", distinct)
	}
	unit, err := commonUnit(claims, func(c Claim) Count { return c.Count })
	if err != nil {
		return Combined{}, fmt.Errorf("combine claims of one event: %w", err)
	}
	once, copies := oncePerOrigin(claims)
	var notes []Message
	if copies > 0 {
		notes = append(notes, message(KeyCopies, digits(int64(copies))))
	}
	c, floor, wholes := hull(once)
	c.unit, c.rule = unit, RuleSameEvent.current()
	c.flags |= Derived
	if wholes == 0 {
		notes = append(notes, message(KeyOnlyParts))
	} else if conflicting(once) {
		c.flags |= Conflict
	}
	if best, ok := bestOf(once); ok && !c.Has(Conflict) {
		c.best, c.stated = best, true
	}
	c, more := raise(c, max(floor, distinct))
	notes = append(notes, more...)
	if c.Has(Conflict) {
		notes = append(notes, message(KeyConflict))
	}
	return Combined{c, notes}, nil
}

// hull is the range from the smallest low to the largest high of the claims
// about the whole, and the largest low of the claims about parts.
func hull(claims []Claim) (c Count, floor int64, wholes int) {
	for _, cl := range claims {
		n := cl.Count
		c.flags |= n.flags & Approximate
		if n.Has(Partial) {
			floor = max(floor, n.low)
			continue
		}
		c.flags |= n.flags & Conflict
		if wholes++; wholes == 1 {
			c.low, c.high, c.closed = n.low, n.high, n.closed
			continue
		}
		c.low = min(c.low, n.low)
		b := c.bound().max(n.bound())
		c.high, c.closed = b.n, b.closed
	}
	return c, floor, wholes
}

// conflicting tells whether two claims about the whole exclude one another.
func conflicting(claims []Claim) bool {
	var highestLow int64
	lowestHigh := bound{}
	for _, cl := range claims {
		if cl.Count.Has(Partial) {
			continue
		}
		highestLow = max(highestLow, cl.Count.low)
		if b := cl.Count.bound(); b.closed && (!lowestHigh.closed || b.n < lowestHigh.n) {
			lowestHigh = b
		}
	}
	return lowestHigh.closed && highestLow > lowestHigh.n
}

// bestOf is the best number of the sources ranked best among those that speak
// of the whole; none where they state none or differ.
func bestOf(claims []Claim) (n int64, ok bool) {
	first := true
	var rank int
	for _, cl := range claims {
		if cl.Count.Has(Partial) || !first && cl.Rank < rank {
			continue
		}
		b, stated := cl.Count.Best()
		switch {
		case first || cl.Rank > rank:
			n, ok, rank, first = b, stated, cl.Rank, false
		case !stated || !ok || b != n:
			ok = false
		}
	}
	return n, ok
}

// oncePerOrigin keeps of every origin the claim ranked best. Where several of
// one origin share that rank their ranges are joined, because which of the
// copies is faithful is not known. Views of a part and of the whole are
// different reports even from one origin.
func oncePerOrigin(claims []Claim) (once []Claim, copies int) {
	type origin struct {
		name    string
		partial bool
	}
	at := map[origin]int{}
	for _, cl := range claims {
		key := origin{cl.Origin, cl.Count.Has(Partial)}
		i, seen := at[key]
		if cl.Origin == "" || !seen {
			at[key] = len(once)
			once = append(once, cl)
			continue
		}
		copies++
		switch cmp.Compare(cl.Rank, once[i].Rank) {
		case 1:
			once[i] = cl
		case 0:
			once[i].Count = joinCopies(once[i].Count, cl.Count)
		}
	}
	return once, copies
}

// joinCopies is the range that holds both copies; a best they do not share is
// lost.
func joinCopies(a, b Count) Count {
	a.low = min(a.low, b.low)
	h := a.bound().max(b.bound())
	a.high, a.closed = h.n, h.closed
	if !b.stated || !a.stated || a.best != b.best {
		a.best, a.stated = 0, false
	}
	a.flags |= b.flags
	return a
}

// raise lifts the low to a floor that is certain. Where the floor overtakes
// the high, the claims about the whole were too small: the high follows, and
// the conflict is marked. A best below the floor is dropped.
func raise(c Count, floor int64) (Count, []Message) {
	if floor <= c.low {
		return c, nil
	}
	notes := []Message{message(KeyRaised, digits(floor))}
	c.low = floor
	if c.closed && c.high < floor {
		c.high = floor
		c.flags |= Conflict
	}
	if c.stated && (c.best < floor || c.Has(Conflict)) {
		if c.best < floor {
			notes = append(notes, message(KeyBestDropped))
		}
		c.best, c.stated = 0, false
	}
	return c, notes
}

// RaiseLow lifts the low of a count to a floor that is certain: the number of
// persons known to be different from one another, or the low of a partial
// view. It never lowers anything. A floor above the high lifts the high with
// it and marks a [Conflict].
//
// Rule: estimation rule 6; counting rules, "partial views and distinct linked
// persons raise the low, never lower it".
func RaiseLow(c Count, floor int64) Combined {
	raised, notes := raise(c, floor)
	if len(notes) == 0 {
		return Combined{c, nil}
	}
	raised.rule = RuleRaised.current()
	raised.flags |= Derived
	raised.words, raised.lang = "", ""
	if raised.Has(Conflict) && !c.Has(Conflict) {
		notes = append(notes, message(KeyConflict))
	}
	return Combined{raised, notes}
}

// commonUnit is the unit of all counts. Units are never converted, so a second
// one is refused.
func commonUnit[T any](items []T, count func(T) Count) (Unit, error) {
	units := map[Unit]bool{}
	for _, it := range items {
		units[count(it).unit] = true
	}
	if len(units) > 1 {
		var names []string
		for u := range units {
			if u == Unstated {
				u = "no unit"
			}
			names = append(names, string(u))
		}
		slices.Sort(names)
		return "", fmt.Errorf("units differ (%v); units are never converted: combine each unit by itself", names)
	}
	return count(items[0]).unit, nil
}
