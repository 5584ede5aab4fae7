package print

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

// weak resolves weak types (W1 to W7).
func (t *bidiText) weak(s sequence) {
	c := func(k int) bidi.Class { return t.classes[s.at[k]] }
	prev := s.sos
	for k, i := range s.at { // W1
		if c(k) == bidi.NSM {
			t.classes[i] = prev
		}
		prev = c(k)
		switch prev {
		case bidi.LRI, bidi.RLI, bidi.FSI, bidi.PDI:
			prev = bidi.ON
		}
	}
	strong := s.sos
	for k, i := range s.at { // W2, W3
		switch c(k) {
		case bidi.L, bidi.R:
			strong = c(k)
		case bidi.AL:
			strong = bidi.AL
		case bidi.EN:
			if strong == bidi.AL {
				t.classes[i] = bidi.AN
			}
		}
	}
	for k, i := range s.at {
		if c(k) == bidi.AL {
			t.classes[i] = bidi.R
		}
	}
	for k := 1; k+1 < len(s.at); k++ { // W4
		before, after := c(k-1), c(k+1)
		switch {
		case c(k) == bidi.ES && before == bidi.EN && after == bidi.EN,
			c(k) == bidi.CS && before == bidi.EN && after == bidi.EN:
			t.classes[s.at[k]] = bidi.EN
		case c(k) == bidi.CS && before == bidi.AN && after == bidi.AN:
			t.classes[s.at[k]] = bidi.AN
		}
	}
	for k := 0; k < len(s.at); k++ { // W5
		if c(k) != bidi.ET {
			continue
		}
		end := k
		for end < len(s.at) && c(end) == bidi.ET {
			end++
		}
		if k > 0 && c(k-1) == bidi.EN || end < len(s.at) && c(end) == bidi.EN {
			for j := k; j < end; j++ {
				t.classes[s.at[j]] = bidi.EN
			}
		}
		k = end - 1
	}
	strong = s.sos
	for k, i := range s.at { // W6, W7
		switch c(k) {
		case bidi.ES, bidi.ET, bidi.CS:
			t.classes[i] = bidi.ON
		case bidi.L, bidi.R:
			strong = c(k)
		case bidi.EN:
			if strong == bidi.L {
				t.classes[i] = bidi.L
			}
		}
	}
}

// maxBrackets is the depth at which rule BD16 gives up.
const maxBrackets = 63

// bracketPairs finds matching brackets of a sequence, ordered by the opening
// one (BD16).
func (t *bidiText) bracketPairs(s sequence) [][2]int {
	type open struct {
		closer rune
		k      int
	}
	var stack []open
	var pairs [][2]int
	for k, i := range s.at {
		if t.classes[i] != bidi.ON {
			continue
		}
		r := canonicalBracket(t.runes[i])
		p, _ := bidi.LookupRune(r)
		if !p.IsBracket() {
			continue
		}
		if p.IsOpeningBracket() {
			if len(stack) == maxBrackets {
				return nil
			}
			stack = append(stack, open{canonicalBracket(mirror(r)), k})
			continue
		}
		for n := len(stack) - 1; n >= 0; n-- {
			if stack[n].closer == r {
				pairs = append(pairs, [2]int{stack[n].k, k})
				stack = stack[:n]
				break
			}
		}
	}
	slices.SortFunc(pairs, func(a, b [2]int) int { return a[0] - b[0] })
	return pairs
}

// canonicalBracket maps the two brackets that have canonical equivalents.
func canonicalBracket(r rune) rune {
	switch r {
	case '\u2329':
		return '\u3008'
	case '\u232A':
		return '\u3009'
	}
	return r
}

// strongOf is the direction that a class counts as among neutrals: numbers
// count as R. ON stands for no direction.
func strongOf(c bidi.Class) bidi.Class {
	switch c {
	case bidi.L:
		return bidi.L
	case bidi.R, bidi.EN, bidi.AN:
		return bidi.R
	}
	return bidi.ON
}

// brackets resolves paired brackets (N0).
func (t *bidiText) brackets(s sequence) {
	embedding := classOf(s.level)
	for _, pair := range t.bracketPairs(s) {
		inside := bidi.ON
		for k := pair[0] + 1; k < pair[1]; k++ {
			d := strongOf(t.classes[s.at[k]])
			if d == embedding {
				inside = d
				break
			}
			if d != bidi.ON {
				inside = d
			}
		}
		if inside == bidi.ON {
			continue
		}
		if inside != embedding {
			// N0 c: the other direction wins only if it already stood before.
			before := s.sos
			for k := pair[0] - 1; k >= 0; k-- {
				if d := strongOf(t.classes[s.at[k]]); d != bidi.ON {
					before = d
					break
				}
			}
			if before != inside {
				inside = embedding
			}
		}
		for _, k := range pair {
			t.setBracket(s, k, inside)
		}
	}
}

// setBracket gives a bracket its class, and the marks that follow it, which W1
// had made like the bracket.
func (t *bidiText) setBracket(s sequence, k int, c bidi.Class) {
	t.classes[s.at[k]] = c
	for j := k + 1; j < len(s.at); j++ {
		p, _ := bidi.LookupRune(t.runes[s.at[j]])
		if p.Class() != bidi.NSM {
			return
		}
		t.classes[s.at[j]] = c
	}
}

// neutral resolves neutrals and isolates from both sides (N1, N2).
func (t *bidiText) neutral(s sequence) {
	prev := s.sos
	for k := 0; k < len(s.at); k++ {
		d := strongOf(t.classes[s.at[k]])
		if d != bidi.ON {
			prev = d
			continue
		}
		end := k
		for end < len(s.at) && strongOf(t.classes[s.at[end]]) == bidi.ON {
			end++
		}
		next := s.eos
		if end < len(s.at) {
			next = strongOf(t.classes[s.at[end]])
		}
		c := classOf(s.level)
		if prev == next {
			c = prev
		}
		for j := k; j < end; j++ {
			t.classes[s.at[j]] = c
		}
		k = end - 1
	}
}

// implicit raises levels by class (I1, I2).
func (t *bidiText) implicit(s sequence) {
	for _, i := range s.at {
		c := t.classes[i]
		switch {
		case s.level%2 == 0 && c == bidi.R:
			t.levels[i]++
		case s.level%2 == 0 && (c == bidi.AN || c == bidi.EN):
			t.levels[i] += 2
		case s.level%2 == 1 && (c == bidi.L || c == bidi.AN || c == bidi.EN):
			t.levels[i]++
		}
	}
}

// lineLevels returns the levels of one line: white space at its end and
// separators fall back to the paragraph's level (L1).
func lineLevels(runes []rune, levels []level, para level) []level {
	out := slices.Clone(levels)
	trailing := true
	for i := len(runes) - 1; i >= 0; i-- {
		p, _ := bidi.LookupRune(runes[i])
		switch p.Class() {
		case bidi.B, bidi.S:
			trailing = true
		case bidi.WS, bidi.LRI, bidi.RLI, bidi.FSI, bidi.PDI:
		case bidi.LRE, bidi.RLE, bidi.LRO, bidi.RLO, bidi.PDF, bidi.BN:
			continue
		default:
			trailing = false
		}
		if trailing {
			out[i] = para
		}
	}
	return out
}

// visualOrder returns the positions of a line from left to right, without
// removed ones (L2).
func visualOrder(levels []level) []int {
	var at []int
	highest, lowestOdd := level(0), maxLevel+2
	for i, l := range levels {
		if l == removed {
			continue
		}
		at = append(at, i)
		highest = max(highest, l)
		if l%2 == 1 {
			lowestOdd = min(lowestOdd, l)
		}
	}
	for l := highest; l >= lowestOdd; l-- {
		for start := 0; start < len(at); start++ {
			if levels[at[start]] < l {
				continue
			}
			end := start
			for end < len(at) && levels[at[end]] >= l {
				end++
			}
			slices.Reverse(at[start:end])
			start = end
		}
	}
	return at
}

// mirror returns the character whose picture stands for r in a run from right
// to left. Brackets come from the Unicode tables; the other signs that occur
// in text are listed.
func mirror(r rune) rune {
	switch r {
	case '<':
		return '>'
	case '>':
		return '<'
	case '«':
		return '»'
	case '»':
		return '«'
	case '‹':
		return '›'
	case '›':
		return '‹'
	case '≤':
		return '≥'
	case '≥':
		return '≤'
	}
	p, _ := bidi.LookupRune(r)
	if !p.IsBracket() {
		return r
	}
	return []rune(bidi.ReverseString(string(r)))[0]
}
