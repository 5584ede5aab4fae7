package estimate

import "asylon/estimate/internal/variate"

// unlinked returns the table as it would be if each link between the records
// of one person were wrong with the given probability: a person on k lists has
// k-1 links, and every wrong one turns a record into a person of its own.
func (t Table) unlinked(share float64, rnd *variate.Stream) Table {
	counts := make(map[Pattern]int, 2*len(t.cells))
	for _, c := range t.cells {
		if c.Pattern.Size() < 2 {
			counts[c.Pattern] += c.Count
			continue
		}
		// Only the few people with a wrong link need to be drawn one by one.
		links := c.Pattern.Size() - 1
		whole := 1.0
		for range links {
			whole *= 1 - share
		}
		hurt := rnd.Binomial(c.Count, 1-whole)
		counts[c.Pattern] += c.Count - hurt
		for range hurt {
			lost := 1 // at least one link, or the person would not be here
			for range links - 1 {
				lost += rnd.Binomial(1, share)
			}
			w := c.Pattern
			for range lost {
				record := pick(w, rnd)
				counts[record]++
				w &^= record
			}
			counts[w]++
		}
	}
	out, _ := t.remade(t.lists, counts)
	return out
}

// overlinked returns the table as it would be if the links it has were only
// 1-share of all: people who share no list are joined, as many as are missing.
func (t Table) overlinked(share float64, rnd *variate.Stream) Table {
	counts := make(map[Pattern]int, 2*len(t.cells))
	links := 0
	var weights []float64
	for _, c := range t.cells {
		counts[c.Pattern] = c.Count
		links += c.Count * (c.Pattern.Size() - 1)
		weights = append(weights, float64(c.Count))
	}
	missing := int(float64(links)*share/(1-share) + 0.5)
	for range missing {
		a, b := t.drawPattern(weights, rnd), t.drawPattern(weights, rnd)
		if a&b != 0 || counts[a] == 0 || counts[b] == 0 {
			// Two records of one list are never the same person. Trying again
			// might go on for ever; a second pair nearly always fits.
			if a, b = t.drawPattern(weights, rnd), t.drawPattern(weights, rnd); a&b != 0 || counts[a] == 0 || counts[b] == 0 {
				continue
			}
		}
		counts[a]--
		counts[b]--
		counts[a|b]++
	}
	out, _ := t.remade(t.lists, counts)
	return out
}

func (t Table) drawPattern(weights []float64, rnd *variate.Stream) Pattern {
	u := rnd.Uniform() * float64(t.n)
	for i, w := range weights {
		if u -= w; u < 0 {
			return t.cells[i].Pattern
		}
	}
	return t.cells[len(t.cells)-1].Pattern
}

// pick returns one list of the pattern, as a pattern.
func pick(w Pattern, rnd *variate.Stream) Pattern {
	for range rnd.Intn(w.Size()) {
		w &= w - 1
	}
	return w & -w
}
