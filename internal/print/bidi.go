package print

import (
	"golang.org/x/text/unicode/bidi"
)

// The Unicode Bidirectional Algorithm (Unicode Annex 9, revision 46) for the
// lines we set ourselves. The Paragraph type of golang.org/x/text tells the
// direction of runs but not their level, and without the level a number after
// an Arabic word cannot be put in its place; so only the character classes
// come from there. Rule names in the comments are the annex's.

// level is an embedding level; even ones run from left to right. Characters
// that rule X9 removes have the level removed.
type level int8

const (
	removed  level = -1
	maxLevel level = 125
)

// bidiText is a paragraph with the classes of its characters.
type bidiText struct {
	runes   []rune
	classes []bidi.Class // as the explicit rules left them
	levels  []level
	para    level
	pdi     []int // for an isolate initiator its PDI, or len(runes)
	opener  []int // for a PDI its initiator, or -1
}

// bidiLevels resolves the level of each character of a paragraph. Auto takes
// the base direction from the text, and fallback if the text has none.
func bidiLevels(runes []rune, base, fallback Direction) (levels []level, para level) {
	t := &bidiText{runes: runes, classes: make([]bidi.Class, len(runes)), levels: make([]level, len(runes))}
	for i, r := range runes {
		p, _ := bidi.LookupRune(r)
		t.classes[i] = p.Class()
	}
	t.matchIsolates()
	switch base {
	case RightToLeft:
		t.para = 1
	case Auto:
		t.para = t.firstStrong(0, len(runes), fallback)
	}
	t.explicit()
	for _, seq := range t.sequences() {
		t.weak(seq)
		t.brackets(seq)
		t.neutral(seq)
		t.implicit(seq)
	}
	return t.levels, t.para
}

// matchIsolates pairs isolate initiators with their PDIs (BD9).
func (t *bidiText) matchIsolates() {
	t.pdi = make([]int, len(t.runes))
	t.opener = make([]int, len(t.runes))
	var stack []int
	for i, c := range t.classes {
		t.pdi[i], t.opener[i] = len(t.runes), -1
		switch c {
		case bidi.LRI, bidi.RLI, bidi.FSI:
			stack = append(stack, i)
		case bidi.PDI:
			if n := len(stack); n > 0 {
				t.opener[i] = stack[n-1]
				t.pdi[stack[n-1]] = i
				stack = stack[:n-1]
			}
		}
	}
}

// firstStrong finds the level of the first strong character from start to end
// that lies in no isolate (P2, P3).
func (t *bidiText) firstStrong(start, end int, fallback Direction) level {
	for i := start; i < end; i++ {
		switch t.classes[i] {
		case bidi.L:
			return 0
		case bidi.R, bidi.AL:
			return 1
		case bidi.LRI, bidi.RLI, bidi.FSI:
			i = t.pdi[i]
		}
	}
	if fallback == RightToLeft {
		return 1
	}
	return 0
}

// status is an entry of the directional status stack (X1).
type status struct {
	level    level
	override bidi.Class // L, R or ON for none
	isolate  bool
}

// explicit applies embeddings, overrides and isolates (X1 to X8) and marks
// what is removed (X9).
func (t *bidiText) explicit() {
	stack := []status{{t.para, bidi.ON, false}}
	overflowIsolates, overflowEmbeddings, validIsolates := 0, 0, 0
	next := func(rtl bool) level {
		l := stack[len(stack)-1].level
		if rtl {
			return (l + 1) | 1
		}
		return (l + 2) &^ 1
	}
	for i, c := range t.classes {
		top := stack[len(stack)-1]
		switch c {
		case bidi.RLE, bidi.LRE, bidi.RLO, bidi.LRO: // X2 to X5
			t.levels[i] = removed
			l := next(c == bidi.RLE || c == bidi.RLO)
			if l > maxLevel || overflowIsolates > 0 || overflowEmbeddings > 0 {
				if overflowIsolates == 0 {
					overflowEmbeddings++
				}
				continue
			}
			override := bidi.ON
			switch c {
			case bidi.RLO:
				override = bidi.R
			case bidi.LRO:
				override = bidi.L
			}
			stack = append(stack, status{l, override, false})
		case bidi.RLI, bidi.LRI, bidi.FSI: // X5a to X5c
			t.set(i, top)
			rtl := c == bidi.RLI
			if c == bidi.FSI {
				rtl = t.firstStrong(i+1, t.pdi[i], LeftToRight) == 1
			}
			l := next(rtl)
			if l > maxLevel || overflowIsolates > 0 || overflowEmbeddings > 0 {
				overflowIsolates++
				continue
			}
			validIsolates++
			stack = append(stack, status{l, bidi.ON, true})
		case bidi.PDI: // X6a
			switch {
			case overflowIsolates > 0:
				overflowIsolates--
			case validIsolates > 0:
				overflowEmbeddings = 0
				for !stack[len(stack)-1].isolate {
					stack = stack[:len(stack)-1]
				}
				stack = stack[:len(stack)-1]
				validIsolates--
			}
			t.set(i, stack[len(stack)-1])
		case bidi.PDF: // X7
			t.levels[i] = removed
			switch {
			case overflowIsolates > 0:
			case overflowEmbeddings > 0:
				overflowEmbeddings--
			case !top.isolate && len(stack) > 1:
				stack = stack[:len(stack)-1]
			}
		case bidi.B: // X8; a paragraph has none but at its end
			t.levels[i] = t.para
		case bidi.BN:
			t.levels[i] = removed
		default: // X6
			t.set(i, top)
		}
	}
}

// set gives a character the level, and the override if there is one.
func (t *bidiText) set(i int, s status) {
	t.levels[i] = s.level
	if s.override != bidi.ON {
		t.classes[i] = s.override
	}
}

// sequence is an isolating run sequence (BD13): the positions of its
// characters, its level and what stands at its edges.
type sequence struct {
	at       []int
	level    level
	sos, eos bidi.Class
}

// sequences finds the isolating run sequences (X10).
func (t *bidiText) sequences() []sequence {
	var runs [][]int // level runs, without removed characters
	last := removed
	for i, l := range t.levels {
		if l == removed {
			continue
		}
		if len(runs) == 0 || l != last {
			runs = append(runs, nil)
			last = l
		}
		runs[len(runs)-1] = append(runs[len(runs)-1], i)
	}
	byStart := map[int]int{}
	for k, r := range runs {
		byStart[r[0]] = k
	}
	var out []sequence
	for _, r := range runs {
		if t.opener[r[0]] >= 0 && t.isPDI(r[0]) {
			continue // goes on the sequence of its initiator
		}
		at := r
		for {
			end := at[len(at)-1]
			if !t.isInitiator(end) || t.pdi[end] == len(t.runes) {
				break
			}
			k, ok := byStart[t.pdi[end]]
			if !ok {
				break
			}
			at = append(at[:len(at):len(at)], runs[k]...)
		}
		out = append(out, t.sequence(at))
	}
	return out
}

// The explicit rules may have overridden the class of an isolate, so these two
// look at the character itself.
func (t *bidiText) isPDI(i int) bool { return t.runes[i] == '\u2069' }

func (t *bidiText) isInitiator(i int) bool {
	return t.runes[i] >= '\u2066' && t.runes[i] <= '\u2068'
}

// sequence computes sos and eos from the levels on both sides (X10).
func (t *bidiText) sequence(at []int) sequence {
	l := t.levels[at[0]]
	before, after := t.para, t.para
	for i := at[0] - 1; i >= 0; i-- {
		if t.levels[i] != removed {
			before = t.levels[i]
			break
		}
	}
	end := at[len(at)-1]
	if !t.isInitiator(end) || t.pdi[end] < len(t.runes) {
		for i := end + 1; i < len(t.runes); i++ {
			if t.levels[i] != removed {
				after = t.levels[i]
				break
			}
		}
	}
	return sequence{at: at, level: l, sos: classOf(max(l, before)), eos: classOf(max(l, after))}
}

// classOf is the strong class of a level's direction.
func classOf(l level) bidi.Class {
	if l%2 == 1 {
		return bidi.R
	}
	return bidi.L
}
