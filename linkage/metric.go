package linkage

import (
	"math/bits"
	"unicode"
	"unicode/utf8"
)

// texts are values prepared for comparison letter by letter, packed so that
// comparing two touches little memory.
type texts struct {
	list  []textRef
	bytes []byte // of ASCII values
	runes []rune // of others
}

// A textRef is one value's place and summary.
type textRef struct {
	mask  uint64 // which letters occur, hashed to 64
	off   uint32
	n     uint8 // letters
	ascii bool
	// script is that of the first letter: 0 for Latin letters and digits.
	script uint8
}

// longestText is how many letters of a value are compared: enough for an
// address, and what one machine word of Myers' algorithm holds.
const longestText = 64

func newTexts(values []string) *texts {
	t := &texts{list: make([]textRef, 0, len(values))}
	for _, v := range values {
		t.add(v)
	}
	return t
}

func (t *texts) add(s string) {
	r := textRef{ascii: true, off: uint32(len(t.bytes))}
	for i := 0; i < len(s); i++ {
		r.ascii = r.ascii && s[i] < utf8.RuneSelf
	}
	if r.ascii {
		t.bytes = append(t.bytes, s[:min(len(s), longestText)]...)
		r.n = uint8(len(t.bytes) - int(r.off))
		for _, b := range t.bytes[r.off:] {
			r.mask |= 1 << (b & 63)
		}
	} else {
		r.off = uint32(len(t.runes))
		for _, c := range s {
			if r.n == longestText {
				break
			}
			t.runes = append(t.runes, c)
			r.mask |= 1 << (c & 63)
			r.n++
		}
	}
	r.script = scriptOf(s)
	t.list = append(t.list, r)
}

// scriptOf tells apart the scripts whose letters have nothing in common.
func scriptOf(s string) uint8 {
	for _, r := range s {
		if r < utf8.RuneSelf {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return 0
			}
			continue
		}
		for i, table := range scripts {
			if unicode.Is(table, r) {
				return uint8(i)
			}
		}
		return uint8(len(scripts))
	}
	return 0
}

var scripts = []*unicode.RangeTable{unicode.Latin, unicode.Hangul, unicode.Han, unicode.Cyrillic, unicode.Arabic, unicode.Greek, unicode.Myanmar, unicode.Thai, unicode.Hiragana, unicode.Katakana}

// len returns the number of letters of a value.
func (t *texts) len(i uint32) int { return int(t.list[i].n) }

func (t *texts) asBytes(r *textRef) []byte { return t.bytes[r.off : r.off+uint32(r.n)] }

// asRunes returns the letters as runes; it allocates for ASCII values.
func (t *texts) asRunes(r *textRef) []rune {
	if !r.ascii {
		return t.runes[r.off : r.off+uint32(r.n)]
	}
	out := make([]rune, r.n)
	for i, b := range t.asBytes(r) {
		out[i] = rune(b)
	}
	return out
}

// missing counts letters of one text that the other lacks altogether; each
// costs at least one edit.
func (r *textRef) missing(s *textRef) int {
	return max(bits.OnesCount64(r.mask&^s.mask), bits.OnesCount64(s.mask&^r.mask))
}

// bound is what the similarity of Jaro and Winkler cannot exceed, by the
// lengths and letters alone: with k letters in common at most and no
// transposition; the prefix can add four tenths of the rest.
func (r *textRef) bound(s *textRef) float64 {
	if r.n == 0 || s.n == 0 {
		return 0
	}
	k := min(r.n, s.n, r.n-uint8(bits.OnesCount64(r.mask&^s.mask)), s.n-uint8(bits.OnesCount64(s.mask&^r.mask)))
	top := (float64(k)/float64(r.n) + float64(k)/float64(s.n) + 1) / 3
	return top + 0.4*(1-top)
}

// jaroWinkler returns the similarity of Jaro and Winkler (prefix scale 0.1, at
// most four letters). It allocates only where one text is ASCII and the other
// is not.
func (t *texts) jaroWinkler(a, b uint32) float64 {
	r, s := &t.list[a], &t.list[b]
	switch {
	case r.n == 0 || s.n == 0:
		return 0
	case r.ascii && s.ascii:
		return jaro(t.asBytes(r), t.asBytes(s))
	}
	return jaro(t.asRunes(r), t.asRunes(s))
}

// jaro works on at most 64 letters a side, one bit each.
func jaro[T byte | rune](a, b []T) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	window := max(len(b)/2-1, 0)
	var usedA, usedB uint64
	matches := 0
	for i, c := range a {
		for j := max(0, i-window); j < min(len(b), i+window+1); j++ {
			if b[j] == c && usedB>>j&1 == 0 {
				usedA |= 1 << i
				usedB |= 1 << j
				matches++
				break
			}
		}
	}
	if matches == 0 {
		return 0
	}
	swaps := 0
	ub := usedB
	for ua := usedA; ua != 0; ua &= ua - 1 {
		i, j := bits.TrailingZeros64(ua), bits.TrailingZeros64(ub)
		ub &= ub - 1
		if a[i] != b[j] {
			swaps++
		}
	}
	prefix := 0
	for prefix < min(4, len(a)) && a[prefix] == b[prefix] {
		prefix++
	}
	return winkler(matches, swaps/2, len(a), len(b), prefix)
}

func winkler(matches, transpositions, m, n, prefix int) float64 {
	k := float64(matches)
	j := (k/float64(m) + k/float64(n) + (k-float64(transpositions))/k) / 3
	return j + 0.1*float64(prefix)*(1-j)
}

// edits returns the number of insertions, deletions, replacements and swaps of
// neighbours (optimal string alignment) between two texts, or limit+1 if there
// are more. For ASCII it is the bit-parallel algorithm of Hyyrö (2003).
func (t *texts) edits(a, b uint32, limit int) int {
	r, s := &t.list[a], &t.list[b]
	m, n := int(r.n), int(s.n)
	if d := m - n; d > limit || -d > limit || r.missing(s) > limit {
		return limit + 1
	}
	if m == 0 || n == 0 {
		return min(max(m, n), limit+1)
	}
	var pattern [64]uint64 // positions of each letter, hashed
	if r.ascii && s.ascii && fitsWord(t.asBytes(r), &pattern) {
		return min(editsBits(t.asBytes(r), t.asBytes(s), &pattern), limit+1)
	}
	return min(editsTable(t.asRunes(r), t.asRunes(s)), limit+1)
}

// fitsWord fills the positions of each letter of a; it fails where two
// different letters fall on one place of the table.
func fitsWord(a []byte, pattern *[64]uint64) bool {
	var who [64]byte
	for i, c := range a {
		k := c & 63
		if pattern[k] != 0 && who[k] != c {
			return false
		}
		who[k] = c
		pattern[k] |= 1 << i
	}
	return true
}

func editsBits(a, b []byte, pattern *[64]uint64) int {
	m := len(a)
	var vp, vn, d0, pm1 uint64 = ^uint64(0), 0, 0, 0
	score := m
	last := uint64(1) << (m - 1)
	for _, c := range b {
		pm := pattern[c&63]
		// A letter of b that merely falls on the place of a letter of a.
		if pm != 0 && a[bits.TrailingZeros64(pm)] != c {
			pm = 0
		}
		tr := ((^d0 & pm) << 1) & pm1
		d0 = (((pm & vp) + vp) ^ vp) | pm | vn | tr
		hp := vn | ^(d0 | vp)
		hn := d0 & vp
		if hp&last != 0 {
			score++
		} else if hn&last != 0 {
			score--
		}
		hp = hp<<1 | 1
		hn <<= 1
		vp = hn | ^(d0 | hp)
		vn = hp & d0
		pm1 = pm
	}
	return score
}

// editsTable is the textbook algorithm, for other alphabets.
func editsTable(a, b []rune) int {
	var rows [3][longestText + 1]uint8
	before, above, here := &rows[0], &rows[1], &rows[2]
	for j := range b {
		above[j+1] = uint8(j + 1)
	}
	for i := range a {
		here[0] = uint8(i + 1)
		for j := range b {
			cost := uint8(1)
			if a[i] == b[j] {
				cost = 0
			}
			v := min(above[j]+cost, above[j+1]+1, here[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				v = min(v, before[j-1]+1)
			}
			here[j+1] = v
		}
		before, above, here = above, here, before
	}
	return int(above[len(b)])
}
