package names

import "unicode/utf8"

// Shares of shapes that a Korean name takes, when its writing leaves open
// which syllables are the surname.
const (
	shareTwo      = 0.90 // a given name of two syllables
	shareOne      = 0.08 // of one
	shareLong     = 0.02 // of three or more, native or foreign
	shareNoFamily = 0.05 // the writing leaves out the surname
)

func shapeShare(given int) float64 {
	switch given {
	case 0, 1:
		return shareOne
	case 2:
		return shareTwo
	}
	return shareLong
}

// An eastern is a row of syllables or characters with the places of the gaps
// between words.
type eastern struct {
	runes []rune
	at    []int // their places in the text
	gap   []int // how many runes stand before each gap
	comma bool  // the first word is the surname
}

func (n *Name) eastern(tokens []token) eastern {
	var e eastern
	for i, t := range tokens {
		if i > 0 && !t.joined && t.script != ScriptNone {
			e.gap = append(e.gap, len(e.runes))
		}
		for j := t.from; j < t.to; j++ {
			e.runes = append(e.runes, n.text[j])
			e.at = append(e.at, j)
		}
		e.comma = e.comma || i == 0 && t.comma
	}
	return e
}

// turn moves the last word to the front: 영순 김.
func (e eastern) turn() eastern {
	g := e.gap[len(e.gap)-1]
	return eastern{
		runes: append(append([]rune(nil), e.runes[g:]...), e.runes[:g]...),
		at:    append(append([]int(nil), e.at[g:]...), e.at[:g]...),
		gap:   []int{len(e.runes) - g},
	}
}

// splits returns the lengths that the surname may have, and 0 where the row
// may lack one, given a test for surnames.
func (e eastern) splits(known func([]rune) bool) []int {
	var list []int
	for w := 1; w <= 2 && w <= len(e.runes); w++ {
		if len(e.gap) > 0 && e.gap[0] != w && e.gap[0] > 2 {
			continue
		}
		// One syllable is taken for a surname even if no table lists it,
		// provided that a given name follows; two must be known.
		if known(e.runes[:w]) || w == 1 && len(e.runes) >= 3 && len(e.gap) == 0 || w == 1 && len(e.gap) > 0 && e.gap[0] == 1 {
			list = append(list, w)
		}
	}
	if len(e.gap) == 0 && len(e.runes) <= 2 {
		list = append(list, 0)
	}
	return list
}

// readHangul parses a name in Hangul.
func (r *Reader) readHangul(n *Name, tokens []token) []draft {
	t := surnameTable()
	known := func(s []rune) bool { return t.hangul[string(s)] }
	e := n.eastern(tokens)
	if !e.plausible(isHangul) {
		return nil
	}
	// Foreign names in Hangul (존 스미스) come in words of which none is a
	// Korean surname; they are compared by their letters.
	if len(e.gap) > 0 && e.gap[0] > 1 && !known(e.runes[:min(e.gap[0], 2)]) {
		if last := e.turn(); len(e.gap) != 1 || !known(last.runes[:last.gap[0]]) {
			return nil
		}
		e = e.turn()
	}
	var out []draft
	for _, w := range e.splits(known) {
		d := draft{form: formHangul, surname: w}
		for i, c := range e.runes {
			if isMask(c) {
				d.slots = append(d.slots, maskedSlot(e.at[i], e.at[i]+1))
				continue
			}
			h := toSyllable(c)
			cand := candidate{hangul: h, class: h.southern(), rarity: r.given[h], system: SystemHangul}
			if i < w {
				cand.rarity = r.surnameRarity(string(e.runes[:w]), i)
			}
			s := draftSlot{list: []candidate{cand}}
			s.from, s.to = uint16(e.at[i]), uint16(e.at[i]+1)
			d.slots = append(d.slots, s)
		}
		prior := shapeShare(len(d.slots) - w)
		if w == 0 {
			prior *= shareNoFamily
		}
		d.probability(prior)
		out = append(out, d)
	}
	return out
}

// surnameRarity puts the rarity of a surname on its first syllable.
func (r *Reader) surnameRarity(surname string, i int) bits8 {
	if i > 0 {
		return 0
	}
	return toBits8(r.freq.Surname(surname))
}

// plausible says that the row is short and made of letters of one kind, or of
// masks, as Korean and Chinese names are.
func (e eastern) plausible(letter func(rune) bool) bool {
	if len(e.runes) == 0 || len(e.runes) > maxSyllable || len(e.gap) > 3 {
		return false
	}
	for _, c := range e.runes {
		if !letter(c) && !isMask(c) {
			return false
		}
	}
	return letter(e.runes[0])
}

// readHan parses a name in Han characters.
func (r *Reader) readHan(n *Name, tokens []token) []draft {
	d, t := han(), surnameTable()
	e := n.eastern(tokens)
	if !e.plausible(isHan) {
		return nil
	}
	folded := make([]rune, len(e.runes))
	for i, c := range e.runes {
		folded[i] = d.fold(c)
	}
	known := func(s []rune) bool {
		f := make([]rune, len(s))
		for i, c := range s {
			f[i] = d.fold(c)
		}
		return t.han[string(f)] != nil || t.chinese[string(f)]
	}
	if len(e.gap) == 1 && e.gap[0] > 1 && !known(e.runes[:min(e.gap[0], 2)]) {
		e = e.turn()
		for i, c := range e.runes {
			folded[i] = d.fold(c)
		}
	}
	var out []draft
	for _, w := range e.splits(known) {
		dr := draft{form: formHan, surname: w}
		for i, c := range e.runes {
			if isMask(c) {
				dr.slots = append(dr.slots, maskedSlot(e.at[i], e.at[i]+1))
				continue
			}
			s := draftSlot{}
			s.from, s.to = uint16(e.at[i]), uint16(e.at[i]+1)
			s.han = folded[i]
			copy(s.py[:], d.mandarin[c])
			if i < w {
				s.list = r.hanSurname(d, t, folded[:w], i)
			}
			if s.list == nil {
				s.list = r.hanGiven(d, c, folded[i], i < w)
			}
			s.info, s.same = bits8(12*8), bits8(12*8) // for a character without a reading
			dr.slots = append(dr.slots, s)
		}
		prior := shapeShare(len(dr.slots) - w)
		switch {
		case w == 0:
			prior *= shareNoFamily
		case !known(e.runes[:w]):
			prior *= 0.01
		}
		dr.probability(prior)
		out = append(out, dr)
	}
	return out
}

// hanSurname returns how the characters are read as a surname: 金 is 김 there
// and not 금. It returns nil where no table knows them.
func (r *Reader) hanSurname(d *hanData, t *surnames, chars []rune, i int) []candidate {
	var list []candidate
	for _, hangul := range t.han[string(chars)] {
		c, _ := utf8.DecodeRuneInString(string([]rune(hangul)[i]))
		list = append(list, r.hanSurnameCandidate(hangul, toSyllable(c), i))
		if i > 0 {
			continue
		}
		// The North's form, where the character's own initial gives one.
		for _, reading := range d.korean[chars[0]] {
			if reading.hangul != toSyllable(c) && reading.hangul.southern() == toSyllable(c).southern() {
				list = append(list, r.hanSurnameCandidate(hangul, reading.hangul, i))
			}
		}
	}
	if list == nil {
		return nil
	}
	return tidy(list, 0)
}

func (r *Reader) hanSurnameCandidate(surname string, h syllable, i int) candidate {
	return candidate{hangul: h, class: h.southern(), cost: costUsual, rarity: r.surnameRarity(surname, i), system: SystemHan}
}

// hanGiven returns the readings of one character, of its class where it has
// none of its own.
func (r *Reader) hanGiven(d *hanData, c, folded rune, surname bool) []candidate {
	readings := d.korean[c]
	if len(readings) == 0 {
		readings = d.korean[folded]
	}
	var list []candidate
	for _, k := range readings {
		cand := candidate{hangul: k.hangul, class: k.hangul.southern(), cost: toBits8(float64(k.share)), rarity: r.given[k.hangul], system: SystemHan}
		if surname {
			cand.rarity = r.surnameBits[k.hangul]
		}
		list = append(list, cand)
	}
	if len(list) == 0 && len(d.mandarin[c]) > 0 && !surname {
		// Unknown to the Korean tables: what sounds alike in Mandarin mostly
		// sounds alike in Korean.
		return r.pinyinCandidates(d.mandarin[c][0], inGiven)
	}
	return tidy(list, 0)
}
