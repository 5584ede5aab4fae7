package quantity

import (
	"errors"
	"fmt"
)

// DifferentEvents adds counts of different events: low to low, high to high.
// The best is the sum of the bests where every count has one, none otherwise.
// One open high opens the sum. It is only right where the events, and what is
// counted in them, were judged to be different; otherwise use
// [UnknownOverlap].
//
// Rule: estimation rule 2.
func DifferentEvents(counts ...Count) (Combined, error) {
	if len(counts) == 0 {
		return Combined{}, errors.New("add counts of different events: there is none; pass at least one")
	}
	unit, err := commonUnit(counts, func(c Count) Count { return c })
	if err != nil {
		return Combined{}, fmt.Errorf("add counts of different events: %w", err)
	}
	c := sum(counts)
	c.unit, c.rule = unit, RuleDifferentEvents.current()
	return Combined{c, saturation(counts, c)}, nil
}

// sum adds ranges. Its flags are those that any part passes on.
func sum(counts []Count) Count {
	var low, best int64
	high, stated := bound{0, true}, true
	flags := Derived
	for _, c := range counts {
		low, high = addLow(low, c.low), high.add(c.bound())
		best, stated = addLow(best, c.best), stated && c.stated
		flags |= c.flags & (Approximate | Conflict)
	}
	s := Count{low: low, high: high.n, closed: high.closed, flags: flags}
	if stated && (!s.closed || best <= s.high) && best < maxInt {
		s.best, s.stated = best, true
	}
	return s
}

// saturation notes a sum that no longer fits: its parts had closed highs and
// the sum has none, or its low stopped.
func saturation(counts []Count, s Count) []Message {
	closed := true
	for _, c := range counts {
		closed = closed && c.closed
	}
	if closed && !s.closed || s.low == maxInt {
		return []Message{message(KeySaturated)}
	}
	return nil
}

// UnknownOverlap adds counts of which nobody has judged whether they overlap.
// Each cluster holds the counts that may be about the same people; clusters
// are different from one another. A cluster gives its largest low, because one
// report may contain all the others, and the sum of its highs, because none
// may. There is a best only where no overlap is left open. A cluster whose
// judgements contradict one another (a disputed one) is passed the same way:
// once in low, apart in high.
//
// A later judgement narrows the result: counts judged to be of one event go
// through [SameEvent] first, and that never raises the high.
//
// Rule: estimation rule 3; counting rules, "where distinctness has not been
// judged".
func UnknownOverlap(clusters ...[]Count) (Combined, error) {
	var all, parts []Count
	open := false
	for _, cluster := range clusters {
		if len(cluster) == 0 {
			continue
		}
		all = append(all, cluster...)
		open = open || len(cluster) > 1
		parts = append(parts, unjudged(cluster))
	}
	if len(all) == 0 {
		return Combined{}, errors.New("add counts of unknown overlap: there is none; pass at least one")
	}
	unit, err := commonUnit(all, func(c Count) Count { return c })
	if err != nil {
		return Combined{}, fmt.Errorf("add counts of unknown overlap: %w", err)
	}
	c := sum(parts)
	c.unit, c.rule = unit, RuleUnknownOverlap.current()
	notes := saturation(all, c)
	if open {
		notes = append(notes, RuleUnknownOverlap.current().Explain())
	}
	return Combined{c, notes}, nil
}

// unjudged is the count of one cluster: the largest low to the sum of highs.
func unjudged(cluster []Count) Count {
	if len(cluster) == 1 {
		return cluster[0]
	}
	c := sum(cluster)
	c.low, c.best, c.stated = 0, 0, false
	for _, n := range cluster {
		c.low = max(c.low, n.low)
	}
	return c
}

// PartOfTotal combines a stated total with counts of its parts, which were
// judged to be different from one another. The low is the larger of the
// total's low and the sum of the parts' lows. If the total claims to cover
// everything (complete), its high is the high, and parts that exceed it mark a
// [Conflict]. If it does not, the high is the larger of the total's high and
// the sum of the parts' highs: it bounds what was reported, not what happened.
// The best is the total's.
//
// Rule: estimation rule 4 as amended by the counting rules, "high bounds what
// was reported".
func PartOfTotal(total Count, complete bool, parts ...Count) (Combined, error) {
	unit, err := commonUnit(append([]Count{total}, parts...), func(c Count) Count { return c })
	if err != nil {
		return Combined{}, fmt.Errorf("combine a total with its parts: %w", err)
	}
	c := total
	c.words, c.lang, c.noun = "", "", ""
	c.unit, c.rule = unit, RulePartOfTotal.current()
	c.flags = total.flags&(Approximate|Conflict) | Derived
	var floor int64
	if len(parts) > 0 {
		s := sum(parts)
		floor = s.low
		c.flags |= s.flags
		if !complete {
			b := c.bound().max(s.bound())
			c.high, c.closed = b.n, b.closed
		}
	}
	if complete {
		c.flags |= Complete
	}
	c, notes := raise(c, floor)
	if c.Has(Conflict) {
		c.best, c.stated = 0, false
		notes = append(notes, message(KeyConflict))
	}
	return Combined{c, notes}, nil
}
