package names

import "math"

// Level says how two names agree, from conflict to the same characters.
// Higher is closer.
type Level uint8

// The levels.
const (
	Incomparable   Level = iota // one of the names is empty, or the scripts share no reading
	Conflict                    // they differ
	SurnameOnly                 // the surname agrees; the given name differs or is missing
	GivenOnly                   // the given name agrees; one of the surnames is missing
	Initials                    // all agrees as far as initials or withheld syllables show
	Near                        // one syllable, or one word, is near; the rest agrees
	Ambiguous                   // a spelling fits that stands for other names as well
	Compatible                  // each spelling follows a system for the same syllables
	NorthSouth                  // Northern and Southern form of one name
	SameHangul                  // one Hangul name; the characters differ or are not known
	SameCharacters              // the same characters, forms of a character being one
)

var levelNames = [...]string{
	"incomparable", "conflict", "surname only", "given name only", "initials", "one syllable near",
	"ambiguous spelling", "compatible spelling", "North/South variant", "same Hangul", "same characters",
}

// Levels is how many levels there are; a Level is less than it.
const Levels = len(levelNames)

// String returns the English name of the level.
func (l Level) String() string { return levelNames[l] }

// Agrees says that the whole of both names agrees, by their spelling.
func (l Level) Agrees() bool { return l >= Ambiguous }

// A Comparison is what Compare found. It refers to the names compared.
type Comparison struct {
	Level Level
	// Weight is the evidence, in bits (binary logarithm of a likelihood
	// ratio), that the two writings name one person. It is high for rare
	// names, low for common ones, negative where the names differ.
	Weight float32

	a, b   *Name
	pa, pb int8 // parses that were compared; −1 if letters were
	fa, fb int8 // letter forms that were compared
}

// Weights, in bits, of what is not computed from frequencies. Each is the
// logarithm of how often the thing is seen between writings of one name over
// how often it is seen between two people's.
const (
	weightConflict   = -5.5 // a syllable differs
	weightSurname    = -6   // a surname differs
	weightNear       = -3   // a syllable differs by one likely sound: a slip, but also how brothers' and sisters' names differ
	weightMissing    = -2.5 // one given name has a syllable more
	weightNorthHead  = -1   // 리/이 in a surname or at the head of a given name
	weightNorthTail  = -3   // inside a given name the South keeps the ㄹ, so 린 and 인 are two names
	weightOtherHan   = -4   // the same reading, written with another character
	weightStyles     = -1   // one name spelled by two systems at once
	weightDivision   = -2   // a surname of one syllable in one name, of two in the other
	weightInitialFit = 2    // a letter agrees
	weightLeast      = -14  // no pair of names is worse evidence than this
)

// kinds of agreement between two slots, best first.
type fit uint8

const (
	fitCharacter fit = iota
	fitHangul
	fitNorth
	fitRuled
	fitFree
	fitOpen // an initial or a mask
	fitNear
	fitNone
)

// slotFit is what comparing two slots gives.
type slotFit struct {
	kind   fit
	weight float32
	ca, cb *candidate // the syllables that agree, where that is how they agree
}

// Compare compares two names. It is symmetric and allocates nothing.
func Compare(a, b *Name) Comparison {
	c := Comparison{a: a, b: b, pa: -1, pb: -1}
	if a.Empty() || b.Empty() {
		return c
	}
	if len(a.parses) == 0 || len(b.parses) == 0 {
		// Words may tie in how they pair off; one order of the names makes
		// the answer the same for both.
		if a.key <= b.key {
			c.Level, c.Weight, c.fa, c.fb = compareLetters(a, b)
		} else {
			c.Level, c.Weight, c.fb, c.fa = compareLetters(b, a)
		}
		return c
	}
	both := a.inHan && b.inHan
	best := float32(math.Inf(-1))
	for i := range a.parses {
		for j := range b.parses {
			p, q := &a.parses[i], &b.parses[j]
			// Where both names are known in characters, those decide, not
			// the Hangul that one of them adds.
			if both && (p.form == formHan) != (q.form == formHan) {
				continue
			}
			level, weight := compareParses(a, b, p, q)
			// Doubt about the parse counts against what rests on it, but a
			// conflict is no smaller for resting on an unlikely parse.
			score := weight - float32(max(p.cost, q.cost))/8
			if score > best || score == best && (level > c.Level || level == c.Level && weight > c.Weight) {
				best = score
				c.Level, c.Weight, c.pa, c.pb = level, weight, int8(i), int8(j)
			}
		}
	}
	if a.key == b.key && c.Level < SameCharacters {
		c.Level, c.Weight = SameCharacters, max(c.Weight, min(selfWeight(a), selfWeight(b)))
	}
	c.Weight = max(c.Weight, weightLeast)
	return c
}

// selfWeight is how surprising a name is: the weight of finding it twice.
func selfWeight(n *Name) float32 {
	if len(n.parses) == 0 {
		w := float32(0)
		for i := range n.letters[:min(1, len(n.letters))] {
			for j := range n.letters[i].words {
				w += wordWeight(&n.letters[i].words[j])
			}
		}
		return w
	}
	w := 0
	row := n.slotsOf(&n.parses[0])
	for i := range row {
		w += int(row[i].same)
	}
	return float32(w) / 8
}

// compareParses compares one parse of each name.
func compareParses(a, b *Name, p, q *parse) (Level, float32) {
	ra, rb := a.slotsOf(p), b.slotsOf(q)
	if p.surname != q.surname && p.surname > 0 && q.surname > 0 && p.slots == q.slots && p.slots > 2 {
		return compareUndivided(a, b, ra, rb)
	}
	surname, sw := compareSurnames(a, b, p, q, ra, rb)
	ga, gb := ra[p.surname:], rb[q.surname:]
	if surname == fitNone && len(ga) != len(gb) {
		return Conflict, weightSurname + weightConflict
	}
	missing := p.surname == 0 != (q.surname == 0)
	if len(ga) == 0 || len(gb) == 0 {
		switch {
		case missing:
			return Incomparable, 0
		case len(ga) != len(gb) && surname != fitNone:
			return SurnameOnly, sw
		case surname == fitNone:
			return Conflict, sw
		}
		return levelOf(surname), sw
	}
	given, gw, misses := compareGiven(a, b, ga, gb)
	switch {
	case misses > 0 || given == fitNone:
		if surname == fitNone || missing {
			return Conflict, sw + gw
		}
		return SurnameOnly, sw + gw
	case surname == fitNone:
		return Conflict, sw + gw
	case missing:
		return GivenOnly, gw
	case surname == fitNear && given == fitNear:
		return Conflict, sw + gw
	}
	level := levelOf(max(surname, given))
	weight := sw + gw
	if level == Ambiguous || level == Compatible {
		weight += styleWeight(a, b, ra, rb)
	}
	return level, weight
}

func levelOf(f fit) Level {
	return [...]Level{SameCharacters, SameHangul, NorthSouth, Compatible, Ambiguous, Initials, Near, Conflict}[f]
}

// compareUndivided compares two parses that disagree on where the surname ends
// (Xian Yujia, Xianyu Jia): only full agreement counts.
func compareUndivided(a, b *Name, ra, rb []slot) (Level, float32) {
	worst, weight := fitCharacter, float32(weightDivision)
	for i := range ra {
		f := compareSlots(a, b, &ra[i], &rb[i], i == 0)
		if f.kind == fitNone {
			return Conflict, weightSurname
		}
		worst, weight = max(worst, f.kind), weight+f.weight
	}
	return levelOf(max(worst, fitRuled)), weight
}

// compareSurnames compares the surnames of two parses; a missing one agrees
// and weighs nothing.
func compareSurnames(a, b *Name, p, q *parse, ra, rb []slot) (fit, float32) {
	switch {
	case p.surname == 0 || q.surname == 0:
		return fitCharacter, 0
	case p.surname != q.surname:
		return fitNone, weightSurname
	}
	worst, weight, near := fitCharacter, float32(0), 0
	for i := range ra[:p.surname] {
		f := compareSlots(a, b, &ra[i], &rb[i], true)
		if f.kind == fitNone && nearSlots(a, b, &ra[i], &rb[i]) && near == 0 {
			f = slotFit{kind: fitNear, weight: weightNear}
			near++
		}
		if f.kind == fitNone {
			return fitNone, weightSurname
		}
		worst, weight = max(worst, f.kind), weight+f.weight
	}
	return worst, weight
}

// compareGiven compares given names and counts the syllables that differ.
func compareGiven(a, b *Name, ga, gb []slot) (worst fit, weight float32, misses int) {
	if len(ga) != len(gb) {
		return compareUneven(a, b, ga, gb)
	}
	at := -1
	for i := range ga {
		f := compareSlots(a, b, &ga[i], &gb[i], i == 0)
		if f.kind == fitNone {
			misses++
			at = i
			weight += weightConflict
			continue
		}
		worst, weight = max(worst, f.kind), weight+f.weight
	}
	// One syllable that differs may be near, if another one agrees or it is
	// all there is.
	if misses == 1 && nearSlots(a, b, &ga[at], &gb[at]) {
		return max(worst, fitNear), weight - weightConflict + weightNear, 0
	}
	if misses > 0 {
		// Brothers and sisters share a syllable, so one that agrees beside one
		// that differs is no evidence.
		weight = float32(misses) * weightConflict
	}
	return worst, weight, misses
}

// compareUneven compares given names of different lengths: an initial may
// stand for all of one; otherwise they differ, the less so the more agrees.
func compareUneven(a, b *Name, ga, gb []slot) (fit, float32, int) {
	if len(ga) == 1 && ga[0].kind != slotSyllable || len(gb) == 1 && gb[0].kind != slotSyllable {
		f := compareSlots(a, b, &ga[0], &gb[0], true)
		if f.kind == fitNone {
			return fitNone, weightConflict, 1
		}
		return fitOpen, f.weight, 0
	}
	weight := float32(weightMissing)
	for i := range min(len(ga), len(gb)) {
		if f := compareSlots(a, b, &ga[i], &gb[i], i == 0); f.kind == fitNone {
			weight += weightConflict
		}
	}
	return fitNone, weight, 1
}

// compareSlots compares two syllables; head says that they stand at the head
// of a surname or given name.
func compareSlots(a, b *Name, s, t *slot, head bool) slotFit {
	switch {
	case s.kind == slotMasked || t.kind == slotMasked:
		return slotFit{kind: fitOpen}
	case s.kind == slotInitial || t.kind == slotInitial:
		if s.letters&t.letters == 0 {
			return slotFit{kind: fitNone}
		}
		return slotFit{kind: fitOpen, weight: weightInitialFit}
	case s.han != 0 && s.han == t.han:
		return slotFit{kind: fitCharacter, weight: float32(s.info) / 8}
	case s.py[0] != 0 && t.py[0] != 0 && (s.han == 0 || t.han == 0):
		return compareMandarin(s, t)
	case s.mask&t.mask == 0:
		return slotFit{kind: fitNone}
	}
	return compareCandidates(a, b, s, t, head)
}

// compareMandarin compares pinyin with pinyin or with a character.
func compareMandarin(s, t *slot) slotFit {
	for _, x := range s.py {
		for _, y := range t.py {
			if x == y && x != 0 {
				w := float32(min(s.info, t.info)) / 8
				if s.han == 0 && t.han == 0 {
					return slotFit{kind: fitCharacter, weight: w}
				}
				return slotFit{kind: fitRuled, weight: w}
			}
		}
	}
	return slotFit{kind: fitNone}
}

// compareCandidates finds the syllable that both slots may stand for and
// weighs it: the chance of both writings if it is meant, over the chance of
// meeting them by accident.
func compareCandidates(a, b *Name, s, t *slot, head bool) slotFit {
	x, y := a.candidatesOf(s), b.candidatesOf(t)
	best := slotFit{kind: fitNone, weight: float32(math.Inf(-1))}
	j0 := 0
	for i := range x {
		for j0 < len(y) && y[j0].class < x[i].class {
			j0++
		}
		for j := j0; j < len(y) && y[j].class == x[i].class; j++ {
			f := weighCandidates(s, t, &x[i], &y[j], head)
			if f.weight > best.weight || f.weight == best.weight && f.kind < best.kind {
				best = f
			}
		}
	}
	return best
}

func weighCandidates(s, t *slot, x, y *candidate, head bool) slotFit {
	f := slotFit{ca: x, cb: y}
	rarity := int(max(x.rarity, y.rarity))
	f.weight = float32(int(s.info)+int(t.info)-int(x.cost)-int(y.cost)-rarity) / 8
	// Lists mostly follow one system, so that agreement in the spelling
	// itself is no evidence beyond that of the syllable.
	if s.han == 0 && t.han == 0 {
		f.weight = min(f.weight, float32(min(s.same, t.same))/8)
	}
	systems := x.system | y.system
	switch {
	case x.hangul != y.hangul && head:
		f.kind, f.weight = fitNorth, f.weight+weightNorthHead
	case x.hangul != y.hangul:
		f.kind, f.weight = fitNorth, f.weight+weightNorthTail
	case systems == SystemHangul:
		f.kind = fitCharacter
	case systems&^(SystemHangul|SystemHan) == 0:
		f.kind = fitHangul
	default:
		f.kind = fitRuled
	}
	if x.system&ruled == 0 || y.system&ruled == 0 {
		f.kind = max(f.kind, fitFree)
	}
	if s.han != 0 && t.han != 0 {
		f.weight += weightOtherHan
	}
	// A floor: a fit is never worse than a syllable that merely is near.
	f.weight = max(f.weight, weightNear)
	return f
}

// styleWeight charges a name for syllables that follow different systems.
func styleWeight(a, b *Name, ra, rb []slot) float32 {
	sa, sb := ^System(0), ^System(0)
	for i := range min(len(ra), len(rb)) {
		f := compareSlots(a, b, &ra[i], &rb[i], i == 0)
		if f.ca == nil {
			continue
		}
		if f.ca.system&SystemUsual == 0 {
			sa &= f.ca.system
		}
		if f.cb.system&SystemUsual == 0 {
			sb &= f.cb.system
		}
	}
	w := float32(0)
	if sa == 0 {
		w += weightStyles
	}
	if sb == 0 {
		w += weightStyles
	}
	return w
}

// nearSlots says that two syllables which differ may be slips of one another.
func nearSlots(a, b *Name, s, t *slot) bool {
	if s.kind != slotSyllable || t.kind != slotSyllable {
		return false
	}
	if s.py[0] != 0 && t.py[0] != 0 && (s.han == 0 || t.han == 0) {
		table := han().pinyin
		for _, x := range s.py {
			for _, y := range t.py {
				if x != 0 && y != 0 && nearPinyin(table[x], table[y]) {
					return true
				}
			}
		}
		return false
	}
	x, y := a.candidatesOf(s), b.candidatesOf(t)
	for i := range x {
		for j := range y {
			if x[i].hangul.near(y[j].hangul) {
				return true
			}
		}
	}
	return false
}
