package names

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// A Reader reads names under given frequencies. It is immutable and safe for
// concurrent use.
type Reader struct {
	freq  *Frequencies
	given []bits8 // rarity of a syllable at a place of a given name

	surnameBits []bits8 // rarity of a surname of one syllable; noSurname if no table has it

	surnameSound  map[pinyin]map[syllable]float64 // share of a surname's bearers who write it with this sound
	pinyinSurname map[pinyin]float64
	pinyinGiven   []bits8
}

// noSurname is the rarity of what is not known to be a surname.
const noSurname = bits8(20 * 8)

// NewReader returns a reader that weighs names by f.
func NewReader(f *Frequencies) *Reader {
	d := han()
	r := &Reader{
		freq: f, given: make([]bits8, syllables), pinyinGiven: make([]bits8, len(d.pinyin)),
		surnameSound: make(map[pinyin]map[syllable]float64), pinyinSurname: make(map[pinyin]float64),
	}
	for i, p := range f.given {
		r.given[i] = toBits8(p)
	}
	for i, p := range f.pinyin {
		r.pinyinGiven[i] = toBits8(p)
	}
	t := surnameTable()
	r.surnameBits = make([]bits8, syllables)
	for i := range r.surnameBits {
		r.surnameBits[i] = noSurname
	}
	for s := range t.hangul {
		if h, width := utf8.DecodeRuneInString(s); width == len(s) {
			r.surnameBits[toSyllable(h)] = toBits8(f.Surname(s))
		}
	}
	for _, e := range t.list {
		r.addSurnameSound(d, e)
	}
	for s := range t.mandarin {
		if id, ok := d.pinyinID[s]; ok {
			r.pinyinSurname[id] += floorChinese * 10
		}
	}
	return r
}

// addSurnameSound notes how a Korean surname sounds in Mandarin. The first
// characters of an entry are the commonest.
func (r *Reader) addSurnameSound(d *hanData, e surnameEntry) {
	if len([]rune(e.hangul)) != 1 {
		return
	}
	h := toSyllable([]rune(e.hangul)[0])
	total := 0.0
	for i := range e.han {
		total += 1 / float64(i+1)
	}
	for i, c := range e.han {
		py := d.mandarin[c]
		if len(py) == 0 {
			continue
		}
		share := 1 / float64(i+1) / total
		m := r.surnameSound[py[0]]
		if m == nil {
			m = make(map[syllable]float64)
			r.surnameSound[py[0]] = m
		}
		m[h] += share
		r.pinyinSurname[py[0]] += share * e.share / 2
	}
}

var defaultReader = sync.OnceValue(func() *Reader { return NewReader(Default()) })

// Read reads a name under the default frequencies. It accepts any string: what
// it cannot make sense of is compared letter by letter.
func Read(s string) *Name { return defaultReader().Read(s) }

// Read reads a name. Its cost is bounded for any input: the text is cut at 200
// characters, eight words and four writings.
func (r *Reader) Read(s string) *Name {
	n := &Name{raw: s}
	n.text, n.notes = clean(s)
	var keys []string
	for _, span := range parts(n.text) {
		for _, group := range groups(tokenize(n.text, span[0], span[1])) {
			if key := r.readGroup(n, group); key != "" && !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	slices.Sort(keys)
	n.key = strings.Join(keys, "|")
	return n
}

// groups splits a row of tokens where the script changes between words, as in
// "김영순 金英順". A change inside a word keeps the row together.
func groups(tokens []token) [][]token {
	var list [][]token
	start := 0
	for i := 1; i < len(tokens); i++ {
		if tokens[i].script != tokens[start].script && tokens[i].script != ScriptNone && tokens[start].script != ScriptNone {
			if tokens[i].joined {
				return [][]token{tokens}
			}
			list = append(list, tokens[start:i])
			start = i
		}
	}
	if len(tokens) > 0 {
		list = append(list, tokens[start:])
	}
	return list
}

// readGroup adds to n what one writing of the name says; it returns its key.
func (r *Reader) readGroup(n *Name, tokens []token) string {
	script, mixed := ScriptNone, false
	for _, t := range tokens {
		if t.script == ScriptNone {
			n.note(NoteMasked)
			continue
		}
		if script == ScriptNone {
			script = t.script
		}
		mixed = mixed || t.script != script
	}
	if script == ScriptNone {
		return ""
	}
	if n.script == ScriptNone {
		n.script = script
	}
	if mixed {
		n.note(NoteMixed)
	}
	tokens = r.dropTitles(n, tokens)
	if len(tokens) == 0 {
		return ""
	}
	var drafts []draft
	if !mixed {
		switch script {
		case ScriptHangul:
			drafts = r.readHangul(n, tokens)
		case ScriptHan:
			drafts = r.readHan(n, tokens)
		case ScriptLatin:
			drafts = r.readLatin(n, tokens)
		}
	}
	n.adopt(drafts)
	n.addLetters(tokens, drafts)
	return n.foldKey(tokens)
}

func (n *Name) note(note Note) {
	if !slices.Contains(n.notes, note) {
		n.notes = append(n.notes, note)
	}
}

// foldKey joins the tokens, folded for case and for variants of characters.
func (n *Name) foldKey(tokens []token) string {
	var b strings.Builder
	d := han()
	for _, t := range tokens {
		for _, c := range n.text[t.from:t.to] {
			if c != '\'' || t.script != ScriptLatin {
				b.WriteRune(unicode.ToLower(d.fold(c)))
			} else {
				b.WriteRune(c)
			}
		}
	}
	return b.String()
}

// A draft is a parse in the making, with its probability before the others
// are known.
type draft struct {
	form    parseForm
	surname int
	slots   []draftSlot
	p       float64
}

type draftSlot struct {
	slot
	list []candidate
}

// maxDoubt is the cost above which a parse is not worth comparing.
const maxDoubt = bits8(16 * 8)

// adopt keeps the most probable drafts as parses of n.
func (n *Name) adopt(drafts []draft) {
	total := 0.0
	for _, d := range drafts {
		total += d.p
	}
	slices.SortStableFunc(drafts, func(a, b draft) int { return cmp.Compare(b.p, a.p) })
	for i, d := range drafts {
		cost := toBits8(d.p / total)
		if i == maxParses || cost > maxDoubt {
			break
		}
		p := parse{first: uint16(len(n.slots)), slots: uint8(len(d.slots)), surname: uint8(d.surname), form: d.form, cost: cost}
		for _, s := range d.slots {
			s.first, s.n = uint16(len(n.cands)), uint8(len(s.list))
			for _, c := range s.list {
				s.mask |= 1 << (uint32(c.class) * 2654435761 >> 26)
				s.letters |= c.hangul.letterMask()
			}
			n.cands = append(n.cands, s.list...)
			n.slots = append(n.slots, s.slot)
		}
		n.parses = append(n.parses, p)
		n.inHan = n.inHan || d.form == formHan
	}
}

// weigh sets how surprising the writing of a slot is, from its candidates.
func (s *draftSlot) weigh() float64 {
	if len(s.list) == 0 || s.han == 0 && s.py[0] != 0 {
		return s.info.prob() // set when the slot was made
	}
	least := maxBits8
	for _, c := range s.list {
		least = min(least, c.cost)
	}
	p, same := 0.0, 0.0
	for _, c := range s.list {
		p += c.rarity.prob() * c.cost.prob()
		same += c.rarity.prob() * (c.cost - least).prob()
	}
	s.info, s.same = toBits8(p), toBits8(same)
	return p
}

// initial makes a slot for a letter that stands for a syllable.
func initialSlot(letter rune, from, to int) draftSlot {
	return draftSlot{slot: slot{kind: slotInitial, letters: lettersOf(string(letter)), from: uint16(from), to: uint16(to), info: toBits8(1.0 / 16), same: toBits8(1.0 / 16)}}
}

func maskedSlot(from, to int) draftSlot {
	return draftSlot{slot: slot{kind: slotMasked, from: uint16(from), to: uint16(to)}}
}

// probability multiplies what the slots of a draft are worth.
func (d *draft) probability(prior float64) {
	d.p = prior
	for i := range d.slots {
		if s := &d.slots[i]; s.kind == slotSyllable {
			d.p *= s.weigh()
		} else {
			d.p *= math.Exp2(-float64(s.info) / 8)
		}
	}
}
