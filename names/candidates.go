package names

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Costs of a spelling, given the syllable: what share of the writings of that
// syllable it makes up. They only need the right order of size.
const (
	costRuled  bits8 = 16 // one spelling in four follows a given system
	costFree   bits8 = 32 // a customary spelling of one sound
	costFreer  bits8 = 44 // of two
	costUsual  bits8 = 12 // the first two usual spellings of a surname
	costUsual2 bits8 = 24 // the others
	costSandhi bits8 = 16 // more, where sounds are written as they meet
)

const maxCandidates = 12

// A place is where in a name a syllable stands.
type place uint8

const (
	inGiven place = iota
	inSurname
)

// latinCandidates returns what one Latin syllable may stand for. Where the
// name shows the signs of McCune-Reischauer (strict), a letter without a sign
// means what that system says and nothing else.
func (r *Reader) latinCandidates(dst []candidate, s, prev, next *spelled, strict bool) []candidate {
	start := len(dst)
	for _, o := range onsets[s.onset] {
		if !o.when.allows(prev, nil) {
			continue
		}
		for _, v := range nuclei[s.nucleus] {
			for _, c := range codas[s.coda] {
				if !c.when.allows(nil, next) {
					continue
				}
				system := o.system & v.system & c.system
				if strict && system&SystemMcCune == 0 {
					continue
				}
				if !strict {
					system &^= SystemMcCune
				}
				cost := costRuled
				if system == 0 || system&ruled == 0 {
					system = SystemAdHoc
					cost = costFree
					if frees := countFree(o, v, c); frees > 1 {
						cost = costFreer
					}
				}
				// Systems that show assimilation show their signs too.
				if !strict && (o.when != always || c.when != always) {
					cost += costSandhi
				}
				h := compose(o.jamo, v.jamo, c.jamo)
				dst = append(dst, candidate{hangul: h, class: h.southern(), cost: cost, rarity: r.given[h], system: system})
			}
		}
	}
	return tidy(dst, start)
}

func countFree(list ...sound) int {
	n := 0
	for _, s := range list {
		if s.system == SystemAdHoc {
			n++
		}
	}
	return n
}

// latinSurname returns what a Latin word may stand for as a surname of one
// syllable.
func (r *Reader) latinSurname(word string, ways [][]spelled, strict bool) []candidate {
	t := surnameTable()
	var list []candidate
	if plain := plainLetters(word); !strict || plain == word {
		for _, s := range t.spelling[plain] {
			if h, width := utf8.DecodeRuneInString(s.hangul); width == len(s.hangul) {
				list = append(list, r.surnameCandidate(toSyllable(h), rankCost(s.rank), SystemUsual))
			}
		}
	}
	for _, split := range ways[:min(len(ways), 1)] {
		if len(split) != 1 {
			continue
		}
		for _, c := range r.latinCandidates(nil, &split[0], nil, nil, strict) {
			// A surname that is in no table is possible, but would crowd out
			// the ones that are.
			if r.surnameBits[c.hangul] < noSurname {
				list = append(list, r.surnameCandidate(c.hangul, c.cost, c.system))
			}
		}
	}
	if len(list) == 0 {
		return nil
	}
	return tidy(list, 0)
}

// plainLetters drops the signs that the spelling tables keep.
func plainLetters(word string) string {
	if !strings.ContainsAny(word, "OU'") {
		return word
	}
	return strings.NewReplacer("O", "o", "U", "u", "'", "").Replace(word)
}

// latinCompound reads a word of two syllables as a compound surname.
func (r *Reader) latinCompound(word string, split []spelled, strict bool) [][]candidate {
	t := surnameTable()
	usual := t.spelling[plainLetters(word)]
	first := r.latinCandidates(nil, &split[0], nil, &split[1], strict)
	second := r.latinCandidates(nil, &split[1], &split[0], nil, strict)
	var a, b []candidate
	for _, e := range t.compounds {
		c, d := e.first, e.second
		cost, system := maxBits8, System(0)
		for _, s := range usual {
			if s.hangul == e.hangul {
				cost, system = rankCost(s.rank), SystemUsual
			}
		}
		i := slices.IndexFunc(first, func(x candidate) bool { return x.hangul == c })
		j := slices.IndexFunc(second, func(x candidate) bool { return x.hangul == d })
		if i >= 0 && j >= 0 {
			cost = min(cost, max(first[i].cost, second[j].cost))
			system |= first[i].system & second[j].system
		}
		if cost == maxBits8 {
			continue
		}
		if system == 0 {
			system = SystemAdHoc
		}
		// The pair is as rare as the surname; that is put on its first syllable.
		a = append(a, candidate{hangul: c, class: c.southern(), cost: cost, rarity: toBits8(r.freq.Surname(e.hangul)), system: system})
		b = append(b, candidate{hangul: d, class: d.southern(), system: system})
	}
	if len(a) == 0 {
		return nil
	}
	return [][]candidate{tidy(a, 0), tidy(b, 0)}
}

func rankCost(rank int) bits8 {
	if rank < 2 {
		return costUsual
	}
	return costUsual2
}

func (r *Reader) surnameCandidate(h syllable, cost bits8, system System) candidate {
	return candidate{hangul: h, class: h.southern(), cost: cost, rarity: r.surnameBits[h], system: system}
}

// tidy orders dst[start:] by class, keeps the best of equal syllables, and no
// more than the dozen most probable.
func tidy(dst []candidate, start int) []candidate {
	list := dst[start:]
	slices.SortFunc(list, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.hangul, b.hangul), cmp.Compare(a.cost, b.cost))
	})
	kept := list[:0]
	for _, c := range list {
		if n := len(kept); n > 0 && kept[n-1].hangul == c.hangul {
			kept[n-1].system |= c.system
			continue
		}
		kept = append(kept, c)
	}
	if len(kept) > maxCandidates {
		slices.SortFunc(kept, func(a, b candidate) int {
			return cmp.Compare(int(a.cost)+int(a.rarity), int(b.cost)+int(b.rarity))
		})
		kept = kept[:maxCandidates]
	}
	slices.SortFunc(kept, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.class, b.class), cmp.Compare(a.hangul, b.hangul))
	})
	return dst[:start+len(kept)]
}

// Letters that romanizations of a Korean initial, or of a silent initial with
// a vowel, begin with.
var initialLetters = [19]string{
	initG: "gk", initGG: "gk", initN: "n", initD: "dt", initDD: "dt", initR: "rln", initM: "m",
	initB: "bp", initBB: "bp", initS: "s", initSS: "s", initNone: "", initJ: "jc", initJJ: "jc",
	initCh: "c", initK: "k", initT: "t", initP: "p", initH: "h",
}

var vowelLetters = [vowels]string{
	vowA: "a", vowAe: "a", vowYa: "y", vowYae: "y", vowEo: "eou", vowE: "e", vowYeo: "y", vowYe: "y",
	vowO: "o", vowWa: "w", vowWae: "w", vowOe: "o", vowYo: "y", vowU: "uw", vowWo: "w", vowWe: "w",
	vowWi: "w", vowYu: "y", vowEu: "eu", vowUi: "eu", vowI: "iy",
}

// letterMask returns the letters that the syllable may begin with.
func (s syllable) letterMask() uint32 {
	i, v, _ := s.split()
	text := initialLetters[i]
	if i == initNone {
		text = vowelLetters[v]
	}
	if s.southern() != s { // 이 for 리: the initial may have been dropped
		j, _, _ := s.southern().split()
		text += initialLetters[j]
		if j == initNone {
			text += vowelLetters[v]
		}
	}
	return lettersOf(text)
}

func lettersOf(text string) uint32 {
	var m uint32
	for _, r := range text {
		if r >= 'a' && r <= 'z' {
			m |= 1 << (r - 'a')
		}
	}
	return m
}
