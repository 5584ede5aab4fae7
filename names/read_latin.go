package names

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A latinWord is one word in the letters that the spelling tables use.
type latinWord struct {
	text     string // a–z, apostrophe, O for ŏ and U for ŭ
	pinyin   string // a–z, v for ü
	at       []int  // the place of each byte in Name.text
	joined   bool   // a hyphen joins it to its predecessor
	comma    bool
	initial  bool // one letter that stands for a syllable
	breve    bool // has ŏ or ŭ
	aspirate bool // has k', t', p' or ch'
	tone     bool // has a tone mark or digit of pinyin
	foreign  bool // has a letter that neither Korean nor pinyin uses
	ways     [][]spelled
}

// otherLatin spells out letters that do not decompose.
var otherLatin = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ı': "i", 'ħ': "h", 'ŋ': "ng",
}

const (
	markGrave     = '\u0300'
	markAcute     = '\u0301'
	markMacron    = '\u0304'
	markBreve     = '\u0306'
	markDiaeresis = '\u0308'
	markCaron     = '\u030C'
)

// latinWords turns tokens into words; a word of capitals without vowels
// becomes one word per letter.
func (n *Name) latinWords(tokens []token) []latinWord {
	var list []latinWord
	for i, t := range tokens {
		run := n.text[t.from:t.to]
		if initials(run) {
			for j, c := range run {
				letter := string(unicode.ToLower(c))
				list = append(list, latinWord{text: letter, pinyin: letter, at: []int{t.from + j}, joined: j > 0 || t.joined, initial: true})
			}
			continue
		}
		w := n.latinWord(t)
		// A vowel is a syllable by itself at the head, after a hyphen (Se-a)
		// or where it is no usual initial, unless a full stop follows.
		if len(w.text) == 1 {
			vowel := strings.Contains("aeiouOU", w.text) && (i == 0 || t.joined || strings.Contains("ouiOU", w.text))
			w.initial = t.dotted || !vowel
		}
		list = append(list, w)
	}
	return list
}

func (n *Name) latinWord(t token) latinWord {
	w := latinWord{joined: t.joined, comma: t.comma}
	var text, pin strings.Builder
	put := func(a, b byte, at int) {
		text.WriteByte(a)
		pin.WriteByte(b)
		w.at = append(w.at, at)
	}
	for i := t.from; i < t.to; i++ {
		c := unicode.ToLower(n.text[i])
		switch {
		case c == '\'':
			put('\'', '\'', i)
			continue
		case c >= '1' && c <= '5':
			w.tone = true
			continue
		}
		if s, ok := otherLatin[c]; ok {
			w.foreign = true
			for _, b := range []byte(s) {
				put(b, b, i)
			}
			continue
		}
		base, marks := byte(0), ""
		for _, d := range norm.NFD.String(string(c)) {
			if d >= 'a' && d <= 'z' && base == 0 {
				base = byte(d)
			} else {
				marks += string(d)
			}
		}
		if base == 0 {
			w.foreign = w.foreign || unicode.IsLetter(c)
			continue
		}
		a, b := base, base
		for _, m := range marks {
			switch {
			case m == markBreve && strings.IndexByte("ou", base) >= 0:
				a, w.breve = base-'a'+'A', true
			case m == markCaron && strings.IndexByte("ou", base) >= 0:
				// Breve typed as caron, or a third tone.
				a, w.tone = base-'a'+'A', true
			case m == markGrave || m == markAcute || m == markMacron || m == markCaron:
				w.tone = true
			case m == markDiaeresis && base == 'u':
				b, w.tone = 'v', true
			default:
				w.foreign = true
			}
		}
		put(a, b, i)
	}
	w.text, w.pinyin = text.String(), pin.String()
	w.aspirate = aspirated(w.text)
	return w
}

// aspirated says that an apostrophe follows k, t, p or ch and precedes a
// vowel, as McCune-Reischauer and Wade-Giles write aspiration.
func aspirated(s string) bool {
	for i := 1; i+1 < len(s); i++ {
		if s[i] == '\'' && strings.IndexByte("ktphs", s[i-1]) >= 0 && strings.IndexByte("aeiouwyOU", s[i+1]) >= 0 {
			return s[i-1] != 'h' || i > 1 && s[i-2] == 'c'
		}
	}
	return false
}

// An arrangement says which words are the surname.
type arrangement struct {
	surname, given []latinWord
	prior          float64
}

// Shares of the ways in which a Latin name of this kind is arranged.
const (
	shareFirst    = 0.75 // surname first
	shareLast     = 0.25
	shareCompound = 0.30 // Nam-gung Ok
	shareJoined   = 0.05 // Kimyongchol, in one word
)

func arrangements(words []latinWord) []arrangement {
	last := len(words) - 1
	if last < 0 || last >= maxSyllable {
		return nil
	}
	if last == 0 {
		return []arrangement{
			{surname: words, prior: shareOne},
			{given: words, prior: shareNoFamily},
		}
	}
	if words[0].comma || words[0].joined && last > 0 {
		return []arrangement{{surname: words[:1], given: words[1:], prior: 1}}
	}
	var list []arrangement
	if !words[1].joined {
		list = append(list, arrangement{words[:1], words[1:], shareFirst})
	} else if last >= 2 && !words[2].joined {
		list = append(list, arrangement{words[:2], words[2:], shareCompound})
	}
	if words[1].comma {
		return list
	}
	if !words[last].joined {
		list = append(list, arrangement{words[last:], words[:last], shareLast})
	} else if last >= 2 && !words[last-1].joined {
		list = append(list, arrangement{words[last-1:], words[:last-1], shareLast * shareCompound})
	}
	if last == 1 {
		list = append(list, arrangement{given: words, prior: shareNoFamily})
	}
	return list
}

// readLatin parses a name in Latin letters as Korean and as Mandarin.
func (r *Reader) readLatin(n *Name, tokens []token) []draft {
	words := n.latinWords(tokens)
	breve, aspirate, tone := false, false, false
	for i := range words {
		w := &words[i]
		if w.foreign {
			return nil
		}
		if !w.initial {
			w.ways = segment(w.text, maxSegmentations)
		}
		breve, aspirate, tone = breve || w.breve, aspirate || w.aspirate, tone || w.tone
	}
	var out []draft
	for _, a := range arrangements(words) {
		if !tone || breve || caronsOnly(words) {
			out = append(out, r.koreanDrafts(a, breve || aspirate || tone)...)
		}
		if !breve {
			out = append(out, r.mandarinDrafts(a)...)
		}
	}
	if len(out) > 0 || len(words) != 1 {
		return out
	}
	return r.joinedDrafts(words[0], breve || aspirate)
}

// caronsOnly says that every tone mark could be a breve written as a caron.
func caronsOnly(words []latinWord) bool {
	for i := range words {
		if w := &words[i]; w.tone && !strings.ContainsAny(w.text, "OU") {
			return false
		}
	}
	return true
}

// koreanDrafts reads an arrangement as a romanization of Korean.
func (r *Reader) koreanDrafts(a arrangement, strict bool) []draft {
	var heads [][]draftSlot
	if len(a.surname) > 0 {
		heads = r.surnameSlots(a.surname, strict)
	} else {
		heads = [][]draftSlot{nil}
	}
	if len(heads) == 0 {
		return nil
	}
	hyphen := false
	for i := range a.given {
		hyphen = hyphen || a.given[i].joined
	}
	tails := r.givenSlots(a.given, strict, strict || hyphen && len(a.surname) > 0)
	if len(a.given) > 0 && len(tails) == 0 {
		return nil
	}
	if len(a.given) == 0 {
		tails = []rowOfSlots{{share: 1}}
	}
	var out []draft
	for _, h := range heads {
		for _, t := range tails {
			if len(h)+len(t.slots) > maxSyllable {
				continue
			}
			d := draft{form: formLatin, surname: len(h), slots: append(append([]draftSlot(nil), h...), t.slots...)}
			d.probability(a.prior * t.share * shapeShare(len(t.slots)))
			out = append(out, d)
		}
	}
	return out
}

// surnameSlots reads words as a surname of one or two syllables.
func (r *Reader) surnameSlots(words []latinWord, strict bool) [][]draftSlot {
	text, at, ways := words[0].text, words[0].at, words[0].ways
	for i, w := range words {
		if w.initial {
			return nil
		}
		if i > 0 {
			text += w.text
			at = append(slices.Clone(at), w.at...)
			ways = segment(text, maxSegmentations)
		}
	}
	var out [][]draftSlot
	if list := r.latinSurname(text, ways, strict); list != nil {
		out = append(out, []draftSlot{slotFor(list, at, 0, len(at))})
	}
	for _, split := range ways {
		if len(split) != 2 {
			continue
		}
		if pair := r.latinCompound(text, split, strict); pair != nil {
			m := int(split[0].to)
			out = append(out, []draftSlot{slotFor(pair[0], at, 0, m), slotFor(pair[1], at, m, len(at))})
			break
		}
	}
	return out
}

// slotFor makes the slot whose writing is the bytes from–to of a word.
func slotFor(list []candidate, at []int, from, to int) draftSlot {
	s := draftSlot{list: list}
	s.from, s.to = uint16(at[from]), uint16(at[to-1]+1)
	return s
}

// Limits of the readings of a given name that are looked at.
const (
	maxSegmentations = 4
	maxSequences     = 12
)

// A wordSyllable is a syllable with the word that holds it.
type wordSyllable struct {
	spelled
	word *latinWord
}

// givenSlots reads words as a given name, in each way that makes sense. Where
// native is set, syllables that no character is read as are accepted too.
func (r *Reader) givenSlots(words []latinWord, strict, native bool) []rowOfSlots {
	sequences := [][]wordSyllable{nil}
	for i := range words {
		w := &words[i]
		var ways [][]spelled
		if w.initial {
			ways = [][]spelled{{{}}}
		} else if ways = w.ways; len(ways) == 0 {
			return nil
		}
		var next [][]wordSyllable
		for _, q := range sequences {
			for _, way := range ways {
				if len(q)+len(way) > maxSyllable-1 || len(next) == maxSequences {
					continue
				}
				row := append([]wordSyllable(nil), q...)
				for _, s := range way {
					row = append(row, wordSyllable{s, w})
				}
				next = append(next, row)
			}
		}
		sequences = next
	}
	var out []rowOfSlots
	for _, q := range sequences {
		if slots := r.slotsFor(q, strict, native); len(slots) > 0 {
			out = append(out, rowOfSlots{slots, divisionShare(q)})
		}
	}
	return out
}

// A rowOfSlots is one reading of a given name with a factor for how naturally
// it divides the letters.
type rowOfSlots struct {
	slots []draftSlot
	share float64
}

// divisionShare lowers a reading in which, inside a word, a vowel follows a
// consonant that could have begun its syllable.
func divisionShare(q []wordSyllable) float64 {
	share := 1.0
	for i := 1; i < len(q); i++ {
		if q[i].word == q[i-1].word && q[i].onset == "" && q[i-1].coda != "" {
			share /= 4
		}
	}
	return share
}

func (r *Reader) slotsFor(q []wordSyllable, strict, native bool) []draftSlot {
	var slots []draftSlot
	for i := range q {
		if q[i].word.initial {
			at := q[i].word.at[0]
			slots = append(slots, initialSlot(rune(q[i].word.pinyin[0]), at, at+1))
			continue
		}
		var prev, next *spelled
		if i > 0 {
			prev = &q[i-1].spelled
		}
		if i+1 < len(q) {
			next = &q[i+1].spelled
		}
		list := r.latinCandidates(nil, &q[i].spelled, prev, next, strict)
		known := false
		for _, c := range list {
			known = known || c.rarity.prob() > floorHanGiven/4
		}
		if len(list) == 0 || !known && !native {
			return nil
		}
		slots = append(slots, slotFor(list, q[i].word.at, int(q[i].from), int(q[i].to)))
	}
	return slots
}

// joinedDrafts reads one word as surname and given name together.
func (r *Reader) joinedDrafts(w latinWord, strict bool) []draft {
	if w.initial {
		return nil
	}
	var out []draft
	for _, split := range segment(w.text, 2*maxSegmentations) {
		if len(split) < 2 || len(split) > 3 {
			continue
		}
		cut := int(split[0].to)
		head := latinWord{text: w.text[:cut], pinyin: w.pinyin[:cut], at: w.at[:cut]}
		tail := latinWord{text: w.text[cut:], pinyin: w.pinyin[cut:], at: w.at[cut:]}
		head.ways, tail.ways = segment(head.text, maxSegmentations), segment(tail.text, maxSegmentations)
		out = append(out, r.koreanDrafts(arrangement{[]latinWord{head}, []latinWord{tail}, shareJoined}, strict)...)
	}
	return out
}
