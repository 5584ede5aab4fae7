package names

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// anyName draws names that readers have to make sense of: built from syllables
// in several writings, cut, mixed, and plain rubbish.
func anyName() *rapid.Generator[string] {
	surnames := []string{"김", "이", "리", "박", "남궁", "金", "李", "鮮于", "Kim", "Lee", "Ri", "Park", "Jin", "Zhang", "Namgung", "Ŏ", "Smith", "de la Cruz", "Иванов"}
	given := []string{"영", "순", "철", "련", "英", "順", "哲", "yong", "sun", "young", "soon", "ch'ŏl", "ying", "shun", "Y.", "○", "John", "مريم", "mary", "カ"}
	return rapid.Custom(func(t *rapid.T) string {
		if rapid.IntRange(0, 9).Draw(t, "rubbish") == 0 {
			return rapid.StringN(0, 40, 200).Draw(t, "any")
		}
		parts := rapid.SliceOfN(rapid.SampledFrom(given), 0, 3).Draw(t, "given")
		sep := rapid.SampledFrom([]string{"", " ", "-"}).Draw(t, "sep")
		s := rapid.SampledFrom(surnames).Draw(t, "surname")
		g := strings.Join(parts, sep)
		switch rapid.IntRange(0, 3).Draw(t, "order") {
		case 0:
			return g + " " + s
		case 1:
			return s + ", " + g
		case 2:
			return s + g
		}
		return s + " " + g
	})
}

func TestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, u := anyName().Draw(t, "a"), anyName().Draw(t, "b")
		a, b := Read(s), Read(u)
		checkLaws(t, a, b)
		if self := Compare(a, Read(s)); !a.Empty() && self.Level != SameCharacters {
			t.Fatalf("Compare(%q, itself) = %v", s, self.Level)
		}
	})
}

// checkLaws holds what is true of every pair: symmetry, finite weights within
// bounds, and an explanation that fits the level.
func checkLaws(t interface{ Fatalf(string, ...any) }, a, b *Name) {
	c, d := Compare(a, b), Compare(b, a)
	if c.Level != d.Level || c.Weight != d.Weight {
		t.Fatalf("Compare(%q, %q) = %v %g, turned %v %g", a, b, c.Level, c.Weight, d.Level, d.Weight)
	}
	if w := float64(c.Weight); math.IsNaN(w) || w < weightLeast || w > 400 {
		t.Fatalf("Compare(%q, %q) weighs %g", a, b, w)
	}
	if c.Level == Incomparable && c.Weight != 0 {
		t.Fatalf("Compare(%q, %q) is incomparable but weighs %g", a, b, c.Weight)
	}
	if a.Sketch().Apart(b.Sketch()) && c.Level != Conflict {
		t.Fatalf("the sketches of %q and %q are apart, but Compare says %v", a, b, c.Level)
	}
	if err := fits(c); err != "" {
		t.Fatalf("Compare(%q, %q) = %v is explained by %q: %s", a, b, c.Level, c.Explain(), err)
	}
}

// fits says what contradicts the level in its explanation.
func fits(c Comparison) string {
	count := map[StepKind]int{}
	for _, s := range c.Steps() {
		count[s.Kind]++
	}
	differ := count[StepConflict]
	switch c.Level {
	case Incomparable:
		if len(count) > 0 {
			return "steps where nothing was compared"
		}
	case SameCharacters:
		if len(count) != min(count[StepSame], 1)+min(count[StepForm], 1) {
			return "something is not the same"
		}
	case SameHangul:
		if count[StepReading] == 0 || differ+count[StepCustom]+count[StepSpelling]+count[StepNorthSouth] > 0 {
			return "no reading, or more than readings"
		}
	case NorthSouth:
		if count[StepNorthSouth] == 0 || differ+count[StepCustom]+count[StepNear] > 0 {
			return "no Northern and Southern forms"
		}
	case Compatible:
		if differ+count[StepCustom]+count[StepNear]+count[StepInitial]+count[StepSound] > 0 {
			return "a step is weaker than compatible"
		}
	case Ambiguous:
		if count[StepCustom]+count[StepSound] == 0 || differ+count[StepNear] > 0 {
			return "nothing customary, or a difference"
		}
	case Near:
		if count[StepNear]+count[StepWholeLetter] != 1 || differ > 0 {
			return "not exactly one near part"
		}
	case Initials:
		if count[StepInitial]+count[StepWithheld] == 0 || differ > 0 {
			return "no initial, or a difference"
		}
	case Conflict:
		if differ+count[StepMissing]+count[StepNear] == 0 {
			return "no difference"
		}
	}
	return ""
}

func TestReadIsBounded(t *testing.T) {
	for name, s := range map[string]string{
		"one letter":   strings.Repeat("a", 100_000),
		"syllables":    strings.Repeat("yong", 50_000),
		"pinyin":       strings.Repeat("xian", 50_000),
		"Hangul":       strings.Repeat("김", 100_000),
		"words":        strings.Repeat("Kim ", 100_000),
		"brackets":     strings.Repeat("(김)", 50_000),
		"marks":        "a" + strings.Repeat("\u0301", 100_000),
		"controls":     strings.Repeat("\u202e\x00", 50_000),
		"invalid":      strings.Repeat("\xff\xfe", 50_000),
		"expanding":    strings.Repeat("\ufdfa", 50_000),
		"mixed":        strings.Repeat("김kim金", 50_000),
		"vowels":       strings.Repeat("aeiou", 20_000),
		"Hangul words": strings.Repeat("김영 ", 50_000),
	} {
		t.Run(name, func(t *testing.T) {
			n := Read(s)
			if len(n.text) > maxRunes || len(n.parses) > maxParses*maxParts*maxTokens || len(n.cands) > 4000 {
				t.Errorf("Read kept %d runes, %d parses, %d candidates", len(n.text), len(n.parses), len(n.cands))
			}
			checkLaws(t, n, Read("김영순"))
			n.Readings()
		})
	}
}

func FuzzCompare(f *testing.F) {
	for _, n := range sampleNames() {
		f.Add(n.raw, "Kim Yŏng-ch'ŏl")
		f.Add(n.raw, "김영순(金英順)")
	}
	f.Add("\u202eمريم", "Nguyễn, V. \xff")
	f.Fuzz(func(t *testing.T, s, u string) {
		a, b := Read(s), Read(u)
		checkLaws(t, a, b)
		for _, r := range a.Readings() {
			if r.Share < 0 || r.Share > 1+1e-9 {
				t.Fatalf("reading %v of %q has share %g", r, s, r.Share)
			}
		}
	})
}
