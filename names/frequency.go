package names

import (
	"math"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// bits8 is an amount of information in eighths of a bit.
type bits8 uint8

const maxBits8 = bits8(255)

func toBits8(p float64) bits8 {
	if p <= 0 {
		return maxBits8
	}
	b := math.Round(-math.Log2(p) * 8)
	return bits8(min(max(b, 0), float64(maxBits8)))
}

func (b bits8) prob() float64 { return math.Exp2(-float64(b) / 8) }

// Floors for what no table lists: a syllable that can be read from some
// character, and one that cannot; the same for surnames.
const (
	floorHanGiven  = 3e-5
	floorGiven     = 1e-6
	floorSurname   = 1e-6
	floorChinese   = 2e-4
	surnameScale   = 100_000
	givenScale     = 10_000
	fitPseudoCount = 200 // names' worth of belief that the default carries in Fit
)

// Frequencies says how common surnames and given-name syllables are. The
// default suits Korean names of the North and South; Fit adapts it to the
// names of a project. A Frequencies is immutable and safe for concurrent use.
type Frequencies struct {
	surname  map[string]float64 // Southern form in Hangul, one or two syllables
	given    []float64          // by syllable
	pinyin   []float64          // by Mandarin syllable, at a place of a given name
	sizeSeen int
}

// Default returns the built-in frequencies, which docs/data-sources.md
// describes.
func Default() *Frequencies { return defaultFrequencies() }

var defaultFrequencies = sync.OnceValue(func() *Frequencies {
	f := &Frequencies{surname: make(map[string]float64), given: make([]float64, syllables)}
	for _, s := range surnameTable().list {
		f.surname[s.hangul] += s.share
	}
	for i := range f.given {
		f.given[i] = floorGiven
	}
	d := han()
	for _, readings := range d.korean {
		for _, r := range readings {
			f.given[r.hangul] = floorHanGiven
		}
	}
	for line := range strings.Lines(givenData) {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		n, err := strconv.Atoi(fields[0])
		if err != nil {
			continue // a line of the constant above; its test would fail
		}
		for _, s := range fields[1:] {
			r, _ := utf8.DecodeRuneInString(s)
			f.given[toSyllable(r)] = float64(n) / givenScale
		}
	}
	f.finish()
	return f
})

// finish scales the given-name shares to one and derives those of Mandarin
// syllables from them.
func (f *Frequencies) finish() {
	sum := 0.0
	for _, p := range f.given {
		sum += p
	}
	for i := range f.given {
		f.given[i] /= sum
	}
	d := han()
	f.pinyin = make([]float64, len(d.pinyin))
	for py := range f.pinyin {
		for h, share := range d.soundShare[pinyin(py)] {
			f.pinyin[py] += f.given[h] * share
		}
		f.pinyin[py] = max(f.pinyin[py], floorHanGiven)
	}
}

// Fit returns frequencies learnt from a list of names, in which the built-in
// ones count as if they had been seen in 200 names. Each name is taken at its
// most probable reading; names without a Korean reading are passed over.
func Fit(list []*Name) *Frequencies {
	base := Default()
	f := &Frequencies{surname: make(map[string]float64, len(base.surname)), given: make([]float64, syllables)}
	surnames, given := 0.0, 0.0
	for _, n := range list {
		p := n.bestKorean()
		if p == nil {
			continue
		}
		if s := n.surnameOf(p); s != "" {
			f.surname[s]++
			surnames++
		}
		row := n.slotsOf(p)[p.surname:]
		for i := range row {
			if c := n.bestCandidate(&row[i]); c != nil {
				f.given[c.hangul]++
				given++
			}
		}
		f.sizeSeen++
	}
	for s, p := range base.surname {
		f.surname[s] += p * fitPseudoCount
	}
	for s := range f.surname {
		f.surname[s] /= surnames + fitPseudoCount
	}
	for i := range f.given {
		f.given[i] = (f.given[i] + base.given[i]*2*fitPseudoCount) / (given + 2*fitPseudoCount)
	}
	f.finish()
	return f
}

// Names returns how many names the frequencies were fitted to; 0 for the
// built-in ones.
func (f *Frequencies) Names() int { return f.sizeSeen }

// Surname returns the share of people who bear a surname, given in Hangul in
// its Northern or Southern form.
func (f *Frequencies) Surname(hangul string) float64 {
	return max(f.surname[southernSurname(hangul)], floorSurname)
}

// southernSurname applies the rule of initial sounds to the first syllable.
func southernSurname(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if !isHangul(r) {
		return s
	}
	return string(toSyllable(r).southern().rune()) + s[n:]
}

// A surnameEntry is one line of surnameData.
type surnameEntry struct {
	hangul string
	share  float64
	han    []rune // folded, or pairs of them for a compound surname
}

type surnames struct {
	list      []surnameEntry
	compounds []compound             // those of two syllables
	hangul    map[string]bool        // one and two syllables, North and South forms
	han       map[string][]string    // folded characters to Hangul forms
	spelling  map[string][]spelledAs // usual Latin spellings
	chinese   map[string]bool        // folded characters
	mandarin  map[string]bool        // pinyin of Korean and Chinese surnames
}

type compound struct {
	hangul        string
	first, second syllable
}

// spelledAs is a Hangul surname that a Latin spelling may stand for. Rank 0
// is its most usual spelling.
type spelledAs struct {
	hangul string
	rank   int
}

var surnameTable = sync.OnceValue(func() *surnames {
	d := han()
	t := &surnames{
		hangul: make(map[string]bool), han: make(map[string][]string),
		spelling: make(map[string][]spelledAs), chinese: make(map[string]bool), mandarin: make(map[string]bool),
	}
	for line := range strings.Lines(surnameData) {
		f := strings.Fields(line)
		if len(f) < 4 {
			continue
		}
		n, err := strconv.Atoi(f[1])
		if err != nil {
			continue // as in givenData
		}
		t.add(d, f[0], float64(n)/surnameScale, []rune(f[2]), f[3:])
	}
	single, double, _ := strings.Cut(chineseSurnames, "|")
	for _, r := range single {
		t.addChinese(d, string(r))
	}
	pair := []rune(double)
	for i := 0; i+1 < len(pair); i += 2 {
		t.addChinese(d, string(pair[i:i+2]))
	}
	return t
})

func (t *surnames) add(d *hanData, hangul string, share float64, chars []rune, spellings []string) {
	e := surnameEntry{hangul: hangul, share: share}
	for _, r := range chars {
		e.han = append(e.han, d.fold(r))
	}
	t.list = append(t.list, e)
	t.hangul[hangul] = true
	width := utf8.RuneCountInString(hangul)
	if r := []rune(hangul); width == 2 {
		t.compounds = append(t.compounds, compound{hangul, toSyllable(r[0]), toSyllable(r[1])})
	}
	for i := 0; i+width <= len(e.han); i += width {
		key := string(e.han[i : i+width])
		t.han[key] = append(t.han[key], hangul)
		t.mandarin[d.spell(e.han[i:i+width])] = true
		// The North keeps the initial that the character itself has.
		for _, reading := range d.korean[e.han[i]] {
			if north := string(reading.hangul.rune()) + string([]rune(hangul)[1:]); southernSurname(north) == southernSurname(hangul) {
				t.hangul[north] = true
			}
		}
	}
	for rank, s := range spellings {
		t.spelling[s] = append(t.spelling[s], spelledAs{hangul, rank})
	}
}

func (t *surnames) addChinese(d *hanData, s string) {
	var folded []rune
	for _, r := range s {
		folded = append(folded, d.fold(r))
	}
	t.chinese[string(folded)] = true
	t.mandarin[d.spell([]rune(s))] = true
}

// spell writes characters in joined pinyin by their usual readings.
func (d *hanData) spell(chars []rune) string {
	var b strings.Builder
	for _, r := range chars {
		if py := d.mandarin[r]; len(py) > 0 {
			b.WriteString(d.pinyin[py[0]])
		}
	}
	return b.String()
}
