package names

import (
	"fmt"
	"math"
	"strings"
)

// A StepKind says how one part of a name agrees with one of the other.
type StepKind uint8

// The kinds of step.
const (
	StepSame        StepKind = iota // the same character, syllable or word
	StepForm                        // two forms of one character
	StepReading                     // a character and its Korean reading, or two characters with one reading
	StepNorthSouth                  // Northern and Southern form
	StepSpelling                    // spellings that systems prescribe
	StepCustom                      // a customary spelling, or one through Mandarin
	StepMandarin                    // a character and its Mandarin sound
	StepInitial                     // an initial that fits
	StepWithheld                    // a syllable withheld
	StepNear                        // one sound or letter differs
	StepMissing                     // only one name has this part
	StepSound                       // words alike in their consonants
	StepConflict                    // they differ
	StepWholeLetter                 // compared letter by letter only
)

// A Step explains one part of a comparison.
type Step struct {
	Kind StepKind
	A, B string // the writings in the two names; "" where one lacks the part
	// Hangul is the syllable that both stand for, where there is one.
	Hangul  string
	Surname bool
	// SystemA and SystemB are how A and B write it, where they are Latin.
	SystemA, SystemB System
}

// Steps returns the parts of the comparison, in the order of the first name's
// normal form (surname first). It returns nil if nothing was comparable.
func (c Comparison) Steps() []Step {
	switch {
	case c.Level == Incomparable || c.a == nil:
		return nil
	case c.pa < 0 && len(c.a.letters) > 0 && len(c.b.letters) > 0:
		return c.letterSteps()
	case c.pa < 0:
		return []Step{{Kind: wholeKind(c.Level), A: c.a.raw, B: c.b.raw}}
	}
	a, b := c.a, c.b
	p, q := &a.parses[c.pa], &b.parses[c.pb]
	ra, rb := a.slotsOf(p), b.slotsOf(q)
	if p.surname != q.surname && p.surname > 0 && q.surname > 0 && p.slots == q.slots {
		return c.rowSteps(ra, rb, 0)
	}
	steps := c.rowSteps(ra[:p.surname], rb[:q.surname], int(max(p.surname, q.surname)))
	steps = append(steps, c.rowSteps(ra[p.surname:], rb[q.surname:], 0)...)
	if c.Level == SameCharacters {
		for i := range steps {
			if steps[i].Kind != StepForm {
				steps[i].Kind = StepSame // the letters themselves agree
			}
		}
	}
	return steps
}

func wholeKind(l Level) StepKind {
	switch l {
	case SameCharacters:
		return StepSame
	case Near:
		return StepWholeLetter
	}
	return StepConflict
}

// rowSteps explains two rows of slots; surname is how many are the surname.
func (c Comparison) rowSteps(ra, rb []slot, surname int) []Step {
	var steps []Step
	sa, sb := c.style()
	for i := range max(len(ra), len(rb)) {
		switch {
		case i >= len(ra):
			steps = append(steps, Step{Kind: StepMissing, B: c.b.writing(&rb[i]), Surname: i < surname})
		case i >= len(rb):
			steps = append(steps, Step{Kind: StepMissing, A: c.a.writing(&ra[i]), Surname: i < surname})
		default:
			s := c.slotStep(&ra[i], &rb[i], i == 0, sa, sb)
			s.Surname = i < surname
			steps = append(steps, s)
		}
	}
	return steps
}

func (c Comparison) slotStep(s, t *slot, head bool, sa, sb System) Step {
	f := compareSlots(c.a, c.b, s, t, head)
	step := Step{A: c.a.writing(s), B: c.b.writing(t)}
	if f.ca != nil {
		step.Hangul = string(f.ca.hangul.rune())
		step.SystemA, step.SystemB = narrow(f.ca.system, sa), narrow(f.cb.system, sb)
	}
	switch f.kind {
	case fitCharacter:
		step.Kind = StepSame
		if step.A != step.B && s.han != 0 {
			step.Kind = StepForm
		}
	case fitHangul:
		step.Kind = StepReading
		if step.A == step.B {
			step.Kind = StepSame
		}
	case fitNorth:
		step.Kind = StepNorthSouth
		step.A, step.B = showHangul(step.A, f.ca), showHangul(step.B, f.cb)
	case fitRuled:
		step.Kind = StepSpelling
		if f.ca == nil {
			step.Kind = StepMandarin
		}
	case fitFree:
		step.Kind = StepCustom
	case fitOpen:
		step.Kind = StepInitial
		if s.kind == slotMasked || t.kind == slotMasked {
			step.Kind = StepWithheld
		}
	default:
		step.Kind = StepConflict
		if c.Level != Conflict && nearSlots(c.a, c.b, s, t) {
			step.Kind = StepNear
		}
	}
	return step
}

// showHangul adds the syllable that a writing stands for, if it is not Hangul.
func showHangul(writing string, c *candidate) string {
	if h := string(c.hangul.rune()); h != writing {
		return writing + " (" + h + ")"
	}
	return writing
}

// style returns the systems that all syllables of each name follow.
func (c Comparison) style() (sa, sb System) {
	sa, sb = ^System(0), ^System(0)
	p, q := &c.a.parses[c.pa], &c.b.parses[c.pb]
	ra, rb := c.a.slotsOf(p), c.b.slotsOf(q)
	for i := range min(len(ra), len(rb)) {
		if f := compareSlots(c.a, c.b, &ra[i], &rb[i], i == 0); f.ca != nil {
			if f.ca.system&SystemUsual == 0 {
				sa &= f.ca.system
			}
			if f.cb.system&SystemUsual == 0 {
				sb &= f.cb.system
			}
		}
	}
	return sa, sb
}

// narrow returns one system: one that the whole name follows if possible.
func narrow(s, style System) System {
	if s&style != 0 {
		s &= style
	}
	for _, one := range []System{SystemHangul, SystemHan, SystemUsual, SystemDPRK, SystemRevised, SystemMcCune, SystemAdHoc, SystemMandarin} {
		if s&one != 0 {
			return one
		}
	}
	return 0
}

// letterSteps explains a comparison by words of letters.
func (c Comparison) letterSteps() []Step {
	f, g := &c.a.letters[c.fa], &c.b.letters[c.fb]
	if c.a.key == c.b.key || joined(f, g) {
		return []Step{{Kind: StepSame, A: c.a.raw, B: c.b.raw}}
	}
	turned := c.a.key > c.b.key // as Compare orders them
	if turned {
		f, g = g, f
	}
	var al alignment
	al.align(f, g)
	var steps []Step
	for i := range f.words {
		s := Step{A: string(f.words[i].letters), Surname: f.words[i].surname, Kind: StepMissing}
		if j := al.to[i]; j >= 0 {
			s.B = string(g.words[j].letters)
			s.Kind = [...]StepKind{StepSame, StepSound, StepInitial, StepNear}[al.fit[i]]
		}
		steps = append(steps, s)
	}
	for j := range g.words {
		if !al.used[j] {
			steps = append(steps, Step{Kind: StepMissing, B: string(g.words[j].letters), Surname: g.words[j].surname})
		}
	}
	if turned {
		for i := range steps {
			steps[i].A, steps[i].B = steps[i].B, steps[i].A
		}
	}
	return steps
}

var systemNames = map[System]string{
	SystemHangul: "Hangul", SystemHan: "characters", SystemRevised: "Revised spelling", SystemMcCune: "McCune-Reischauer",
	SystemDPRK: "DPRK spelling", SystemUsual: "usual spelling of the surname", SystemAdHoc: "customary spelling", SystemMandarin: "Mandarin",
}

// String returns the English name of a single system, or the first of several.
func (s System) String() string { return systemNames[narrow(s, s)] }

func (s System) latin() bool { return s&(SystemHangul|SystemHan) == 0 && s != 0 }

// String returns the step in a short English phrase.
func (s Step) String() string {
	switch s.Kind {
	case StepSame:
		if strings.EqualFold(s.A, s.B) {
			return s.A + " in both"
		}
		return fmt.Sprintf("%s and %s are the same", s.A, s.B)
	case StepForm:
		return fmt.Sprintf("%s and %s are forms of one character", s.A, s.B)
	case StepReading:
		if s.Hangul == s.A {
			return fmt.Sprintf("%s read %s", s.B, s.A)
		}
		if s.Hangul == s.B {
			return fmt.Sprintf("%s read %s", s.A, s.B)
		}
		return fmt.Sprintf("%s and %s both read %s", s.A, s.B, s.Hangul)
	case StepNorthSouth:
		return fmt.Sprintf("%s = %s, North and South", s.A, s.B)
	case StepSpelling, StepCustom:
		return s.spelling()
	case StepMandarin:
		return fmt.Sprintf("%s = %s in Mandarin", s.A, s.B)
	case StepInitial:
		return fmt.Sprintf("%s and %s agree as far as the initial shows", s.A, s.B)
	case StepWithheld:
		return fmt.Sprintf("a syllable is withheld (%s, %s)", s.A, s.B)
	case StepNear:
		return fmt.Sprintf("%s and %s differ by one sound", s.A, s.B)
	case StepSound:
		return fmt.Sprintf("%s and %s sound alike", s.A, s.B)
	case StepMissing:
		return fmt.Sprintf("%s is in one name only", s.A+s.B)
	case StepWholeLetter:
		return fmt.Sprintf("%s is near %s letter by letter", s.A, s.B)
	}
	return fmt.Sprintf("%s and %s differ", s.A, s.B)
}

func (s Step) spelling() string {
	a, b := s.SystemA.latin(), s.SystemB.latin()
	switch {
	case a && b && strings.EqualFold(s.A, s.B):
		return fmt.Sprintf("%s in both, for %s", strings.ToLower(s.A), s.Hangul)
	case a && b:
		return fmt.Sprintf("%s (%s) = %s (%s), both for %s", strings.ToLower(s.A), s.SystemA, strings.ToLower(s.B), s.SystemB, s.Hangul)
	case a:
		return fmt.Sprintf("%s = %s, %s", own(s.B, s.Hangul), strings.ToLower(s.A), s.SystemA)
	case b:
		return fmt.Sprintf("%s = %s, %s", own(s.A, s.Hangul), strings.ToLower(s.B), s.SystemB)
	}
	return fmt.Sprintf("%s and %s may both be %s", s.A, s.B, s.Hangul)
}

// own shows a character with the reading that makes it agree.
func own(writing, hangul string) string {
	if writing == hangul {
		return writing
	}
	return writing + " read " + hangul
}

// Explain returns the comparison as one English sentence for a documenter:
// what agrees, and how much that says.
func (c Comparison) Explain() string {
	steps := c.Steps()
	if len(steps) == 0 {
		return "The names cannot be compared."
	}
	var parts []string
	for _, s := range steps {
		parts = append(parts, s.String())
	}
	text := strings.Join(parts, "; ")
	switch {
	case c.Weight >= 1:
		text += fmt.Sprintf(". Two people's names agree so about once in %s pairs", roundNumber(math.Exp2(float64(c.Weight))))
	case c.Weight <= -1:
		text += fmt.Sprintf(". This is about %s times likelier between two people than within one", roundNumber(math.Exp2(-float64(c.Weight))))
	}
	return text + "."
}

// roundNumber writes a number with two leading digits and commas.
func roundNumber(x float64) string {
	unit := math.Pow(10, math.Max(0, math.Floor(math.Log10(x))-1))
	s := fmt.Sprintf("%.0f", math.Round(x/unit)*unit)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// DefaultPrior is the prior probability that Probability is usually given: of
// two names drawn from lists of a thousand people each that cover the same
// people, one pair in a thousand is of one person.
const DefaultPrior = 1.0 / 1000

// Probability returns the probability that the two writings name one person,
// if prior is the probability before the names were seen and nothing but the
// names is known. It returns prior itself where nothing was comparable.
func (c Comparison) Probability(prior float64) float64 {
	prior = min(max(prior, 0), 1)
	odds := prior * math.Exp2(float64(c.Weight))
	return odds / (odds + 1 - prior)
}
