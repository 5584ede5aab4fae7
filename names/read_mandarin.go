package names

import "strings"

// wadeShare is how often a Latin name that Wade-Giles can spell is in fact
// spelled so, beside pinyin.
const wadeShare = 0.1

// mandarinDrafts reads an arrangement as pinyin, or as Wade-Giles where the
// words are single syllables.
func (r *Reader) mandarinDrafts(a arrangement) []draft {
	if len(a.surname) == 0 && len(a.given) == 0 {
		return nil
	}
	var out []draft
	if d, ok := r.pinyinDraft(a); ok {
		out = append(out, d)
	}
	return append(out, r.wadeDrafts(a)...)
}

func (r *Reader) pinyinDraft(a arrangement) (draft, bool) {
	d := draft{form: formMandarin}
	t := surnameTable()
	if len(a.surname) > 0 {
		text, at := joinWords(a.surname)
		if text == "" || !t.mandarin[text] {
			return d, false
		}
		ids, ends := segmentPinyin(text, 1)
		if len(ids) == 0 || len(ids[0]) > 2 {
			return d, false
		}
		d.surname = len(ids[0])
		d.slots = r.pinyinSlots(ids[0], ends[0], at, inSurname)
	}
	given := 0
	for i := range a.given {
		w := &a.given[i]
		if w.initial {
			d.slots = append(d.slots, initialSlot(rune(w.pinyin[0]), w.at[0], w.at[0]+1))
			given++
			continue
		}
		from := 0
		for _, piece := range strings.Split(w.pinyin, "'") {
			ids, ends := segmentPinyin(piece, 1)
			if len(ids) == 0 && piece != "" {
				return d, false
			}
			if piece != "" {
				d.slots = append(d.slots, r.pinyinSlots(ids[0], ends[0], w.at[from:from+len(piece)], inGiven)...)
				given += len(ids[0])
			}
			from += len(piece) + 1
		}
	}
	// Longer ones are not Chinese, nor Korean names in Chinese.
	if given > 3 || given == 0 && d.surname == 0 {
		return d, false
	}
	d.probability(a.prior * shapeShare(given) * pinyinPrior(len(d.slots)))
	return d, true
}

func joinWords(words []latinWord) (string, []int) {
	var b strings.Builder
	var at []int
	for _, w := range words {
		if w.initial {
			return "", nil
		}
		b.WriteString(w.pinyin)
		at = append(at, w.at...)
	}
	return b.String(), at
}

func (r *Reader) pinyinSlots(ids []pinyin, ends []int, at []int, where place) []draftSlot {
	var out []draftSlot
	from := 0
	for i, id := range ids {
		s := slotFor(r.pinyinCandidates(id, where), at, from, ends[i])
		out = append(out, r.finishPinyin(s, []pinyin{id}, where, i))
		from = ends[i]
	}
	return out
}

// finishPinyin fills what a slot in Mandarin needs beside its candidates.
func (r *Reader) finishPinyin(s draftSlot, ids []pinyin, where place, i int) draftSlot {
	copy(s.py[:], ids)
	p := 0.0
	for _, id := range ids {
		switch {
		case where == inGiven:
			p += r.pinyinGiven[id].prob()
		case i > 0:
			p = 1 // the first syllable of a compound surname bears its rarity
		default:
			p += max(r.pinyinSurname[id], floorChinese)
		}
		s.letters |= lettersOf(han().pinyin[id][:1])
	}
	s.info = toBits8(p)
	s.same = s.info
	return s
}

// wadeDrafts reads an arrangement of single syllables as Wade-Giles.
func (r *Reader) wadeDrafts(a arrangement) []draft {
	t := wadeGiles()
	d := draft{form: formMandarin, surname: len(a.surname)}
	if len(a.surname) != 1 || len(a.given) == 0 || len(a.given) > 2 {
		return nil
	}
	known := false
	for i, w := range append(append([]latinWord(nil), a.surname...), a.given...) {
		where := inGiven
		if i == 0 {
			where = inSurname
		}
		ids := t[strings.ReplaceAll(w.pinyin, "v", "u")]
		if len(ids) == 0 {
			return nil
		}
		var list []candidate
		for _, id := range ids {
			list = append(list, r.pinyinCandidates(id, where)...)
			known = known || i == 0 && r.pinyinSurname[id] > 0
		}
		d.slots = append(d.slots, r.finishPinyin(slotFor(tidy(list, 0), w.at, 0, len(w.at)), ids[:min(len(ids), 3)], where, 0))
	}
	if !known {
		return nil
	}
	d.probability(a.prior * wadeShare * shapeShare(len(a.given)) * pinyinPrior(len(d.slots)))
	return []draft{d}
}

// pinyinPrior makes a reading in Mandarin comparable with one in Korean, where
// each syllable also pays for the choice of its spelling.
func pinyinPrior(slots int) float64 {
	return (bits8(slots) * costRuled).prob()
}
