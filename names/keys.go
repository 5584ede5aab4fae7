package names

import (
	"slices"
)

// A Key is a blocking key: two names that may be one person's mostly share at
// least one. Keys are equal in every process.
type Key uint64

// Limits of the keys of one name.
const (
	maxKeys       = 8
	keysPerSlot   = 3
	leastKeyShare = 0.02
)

// Keys returns keys of the whole name: its syllables, with sounds that
// romanizations and ears confuse made one, for each reading that is likely; its
// pinyin, if it is Chinese; else the consonants of its words.
func (n *Name) Keys() []Key {
	return n.keys(func(p *parse) (from, to int) { return 0, int(p.slots) }, 'n', nil)
}

// SurnameKeys returns keys of the surname alone.
func (n *Name) SurnameKeys() []Key {
	return n.keys(func(p *parse) (from, to int) { return 0, int(p.surname) }, 's', func(w *letterWord) bool { return w.surname })
}

// GivenKeys returns keys of the given name alone.
func (n *Name) GivenKeys() []Key {
	return n.keys(func(p *parse) (from, to int) { return int(p.surname), int(p.slots) }, 'g', func(w *letterWord) bool { return !w.surname })
}

// keys collects the keys of one part of every parse.
func (n *Name) keys(part func(*parse) (int, int), mark byte, word func(*letterWord) bool) []Key {
	var out []Key
	add := func(k Key) {
		if len(out) < maxKeys && !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	for i := range n.parses {
		p := &n.parses[i]
		from, to := part(p)
		if from == to || i > 0 && p.cost.prob() < leastKeyShare {
			continue
		}
		row := n.slotsOf(p)[from:to]
		if open(row) {
			continue // an initial or a withheld syllable blocks nothing
		}
		if p.form == formHan || p.form == formMandarin {
			if k, ok := mandarinKey(row, mark); ok {
				add(k)
			}
		}
		for _, k := range n.soundKeys(row, mark) {
			add(k)
		}
	}
	if len(n.parses) == 0 {
		for i := range n.letters {
			if k, ok := n.letters[i].key(mark, word); ok {
				add(k)
			}
		}
	}
	return out
}

func open(row []slot) bool {
	for i := range row {
		if row[i].kind != slotSyllable {
			return true
		}
	}
	return false
}

// soundKeys multiplies out the coarse sounds of each slot.
func (n *Name) soundKeys(row []slot, mark byte) []Key {
	list := []Key{newKey(mark)}
	for i := range row {
		sounds := n.coarse(&row[i])
		if len(sounds) == 0 {
			return nil
		}
		var next []Key
		for _, k := range list {
			for _, s := range sounds {
				next = append(next, k.with(uint64(s)))
			}
		}
		list = next[:min(len(next), maxKeys)]
	}
	return list
}

// coarse returns the likely sounds of a slot, coarsened, the likeliest first.
func (n *Name) coarse(s *slot) []uint32 {
	type sound struct {
		code uint32
		p    float64
	}
	var list []sound
	total := 0.0
	for _, c := range n.candidatesOf(s) {
		p := c.cost.prob() * c.rarity.prob()
		total += p
		code := c.class.coarse()
		if i := slices.IndexFunc(list, func(x sound) bool { return x.code == code }); i >= 0 {
			list[i].p += p
		} else {
			list = append(list, sound{code, p})
		}
	}
	slices.SortFunc(list, func(a, b sound) int {
		switch {
		case a.p > b.p:
			return -1
		case a.p < b.p:
			return 1
		}
		return int(a.code) - int(b.code)
	})
	var out []uint32
	for _, x := range list[:min(len(list), keysPerSlot)] {
		if x.p >= total*leastKeyShare {
			out = append(out, x.code)
		}
	}
	return out
}

// Classes of sounds that share a key. Initials: lax, tense and aspirated are
// one; vowels: what DPRK spelling or an ad-hoc one merges is one.
var (
	coarseInitial = [19]uint8{1, 1, 2, 3, 3, 2, 4, 5, 5, 6, 6, 7, 8, 8, 8, 1, 3, 5, 9}
	coarseVowel   = [vowels]uint8{vowA: 1, vowAe: 2, vowYa: 3, vowYae: 4, vowEo: 5, vowE: 2, vowYeo: 6, vowYe: 4, vowO: 5, vowWa: 7,
		vowWae: 8, vowOe: 8, vowYo: 6, vowU: 5, vowWo: 9, vowWe: 8, vowWi: 10, vowYu: 6, vowEu: 5, vowUi: 11, vowI: 11}
	coarseFinal = [finals]uint8{0, 1, 1, 1, 2, 2, 2, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5, 6, 6, 3, 3, 7, 3, 3, 1, 3, 6, 3}
)

func (s syllable) coarse() uint32 {
	i, v, f := s.split()
	return uint32(coarseInitial[i])<<16 | uint32(coarseVowel[v])<<8 | uint32(coarseFinal[f])
}

// mandarinKey is the usual pinyin of each slot.
func mandarinKey(row []slot, mark byte) (Key, bool) {
	k := newKey(mark).with('p')
	for i := range row {
		if row[i].py[0] == 0 {
			return 0, false
		}
		k = k.with(uint64(row[i].py[0]))
	}
	return k, true
}

// key is made of the words' consonants, regardless of their order.
func (f *letterForm) key(mark byte, wanted func(*letterWord) bool) (Key, bool) {
	var words []string
	for i := range f.words {
		w := &f.words[i]
		if w.initial || wanted != nil && !wanted(w) {
			continue
		}
		s := w.skeleton
		if s == "" {
			s = string(w.letters)
		}
		words = append(words, s)
	}
	if len(words) == 0 {
		return 0, false
	}
	slices.Sort(words)
	k := newKey(mark).with('w')
	for _, w := range words {
		for _, r := range w {
			k = k.with(uint64(r))
		}
		k = k.with(' ')
	}
	return k, true
}

func newKey(mark byte) Key { return Key(14695981039346656037).with(uint64(mark)) }

// with mixes a value into the key (FNV-1a by words, then spread).
func (k Key) with(v uint64) Key {
	h := (uint64(k) ^ v) * 1099511628211
	return Key(h ^ h>>29)
}

// Sound returns a short code of the consonants of one word in Latin letters,
// with those that languages and transliterations interchange made one, and a
// mark for a vowel at the head: Mohammed and Muhamad share it. Other letters
// count for nothing; the code may be empty.
func Sound(word string) string { return skeleton(fold([]rune(word), ScriptLatin)) }
