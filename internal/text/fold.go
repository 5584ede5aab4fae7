package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A unit is one folded character and the bytes of the original that it came
// from. Several units may share their bytes, as the f and the i of the ligature
// ﬁ do; one unit may have the bytes of several characters, as a letter with its
// combining marks.
type unit struct {
	r          rune
	class      class
	start, end int
}

// folder yields the units of a text.
type folder struct {
	s     string
	pos   int    // where the next segment starts
	queue []unit // units of the last segment
	read  int    // how many of them were given out
	latin *latinTable
	iter  norm.Iter // kept for its buffers
}

func newFolder(s string) folder { return folder{s: s, latin: latinFolds()} }

// next returns the next unit, and false at the end.
func (f *folder) next() (unit, bool) {
	if f.read < len(f.queue) {
		u := f.queue[f.read]
		f.read++
		return u, true
	}
	i := f.pos
	if i >= len(f.s) {
		return unit{}, false
	}
	// An ASCII character before another one cannot be part of anything else.
	if c := f.s[i]; c < utf8.RuneSelf && (i+1 == len(f.s) || f.s[i+1] < utf8.RuneSelf) {
		f.pos++
		return unit{rune(asciiLower[c]), asciiClass[c], i, i + 1}, true
	}
	return f.segment()
}

// segment folds the text up to the next place where normalization cannot reach
// across.
func (f *folder) segment() (unit, bool) {
	start := f.pos
	r, size := utf8.DecodeRuneInString(f.s[start:])
	end := start + size
	if r == utf8.RuneError && size == 1 {
		f.pos = end
		return unit{utf8.RuneError, separator, start, end}, true // not UTF-8
	}
	if end == len(f.s) || startsSegment(f.s[end:]) {
		if folded, class, ok := foldAlone(r); ok {
			f.pos = end
			return unit{folded, class, start, end}, true
		}
		if out, ok := f.latin.get(r); ok {
			f.pos = end
			f.fill(out, start, end)
			return f.next()
		}
	} else {
		end = segmentEnd(f.s, start)
	}
	f.pos = end
	f.queue, f.read = f.queue[:0], 0
	f.iter.InitString(norm.NFKC, f.s[start:end])
	for !f.iter.Done() {
		f.pushNormalized(f.iter.Next(), start, end)
	}
	return f.next()
}

// pushNormalized folds and adds the characters of a normalized segment.
func (f *folder) pushNormalized(b []byte, start, end int) {
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		b = b[size:]
		if out, ok := f.latin.get(r); ok {
			for _, r := range out {
				f.push(r, start, end)
			}
			continue
		}
		f.push(foldRune(r), start, end)
	}
}

// maxSegment bounds a segment, in bytes. The longest real ones are a letter with
// a handful of marks; Unicode's stream-safe form allows thirty.
const maxSegment = 128

// segmentEnd returns where the segment ends that starts at byte start. What
// piles up more marks than any script does is cut between two of them.
func segmentEnd(s string, start int) int {
	rest := s[start:min(start+maxSegment+utf8.UTFMax, len(s))]
	n := norm.NFKC.NextBoundaryInString(rest, true)
	if n <= maxSegment {
		return start + n
	}
	n = maxSegment
	for !utf8.RuneStart(rest[n]) {
		n--
	}
	return start + n
}

// fill makes the queue hold the characters of s, which are folded.
func (f *folder) fill(s string, start, end int) {
	f.queue, f.read = f.queue[:0], 0
	for _, r := range s {
		f.push(r, start, end)
	}
}

// push adds a folded character to the queue.
func (f *folder) push(r rune, start, end int) {
	f.queue = append(f.queue, unit{r, classify(r), start, end})
}

// startsSegment reports, for the frequent scripts, that what comes before s
// does not change by normalization because of s. False means not known.
func startsSegment(s string) bool {
	if s[0] < utf8.RuneSelf {
		return true
	}
	r, _ := utf8.DecodeRuneInString(s)
	switch {
	case r < 0x300, // Latin, before the combining marks
		0x400 <= r && r <= 0x482, 0x48A <= r && r <= 0x52F, // Cyrillic
		0x5D0 <= r && r <= 0x5EA,                               // Hebrew letters
		0x620 <= r && r <= 0x64A,                               // Arabic letters
		0x1E00 <= r && r <= 0x1FFF, 0x2010 <= r && r <= 0x2027, // Latin, Greek, punctuation
		0x3000 <= r && r <= 0x3029, 0x3041 <= r && r <= 0x3096, 0x30A1 <= r && r <= 0x30FF,
		0x3400 <= r && r <= 0x9FFF, 0xAC00 <= r && r <= 0xD7A3,
		0xFF01 <= r && r <= 0xFF9D: // wide and narrow forms, before the narrow voicing marks
		return true
	}
	return false
}

// foldAlone folds a character of the frequent scripts that stands alone in its
// segment and that NFKC leaves as it is.
func foldAlone(r rune) (rune, class, bool) {
	switch {
	case 0xAC00 <= r && r <= 0xD7A3, 0x3400 <= r && r <= 0x4DBF, 0x4E00 <= r && r <= 0x9FFF,
		0x3041 <= r && r <= 0x3096, 0x30A1 <= r && r <= 0x30FA, r == prolonged:
		return r, gram, true
	case 0x400 <= r && r <= 0x481, 0x48A <= r && r <= 0x52F, 0x5D0 <= r && r <= 0x5EA:
		return foldRune(r), word, true
	case 0x620 <= r && r <= 0x64A:
		r = foldRune(r)
		return r, classify(r), true
	}
	return r, separator, false
}

// foldRune folds one character of a normalized text: case, and what single
// scripts need.
func foldRune(r rune) rune {
	r = unicode.ToLower(r)
	switch r {
	case 'ё':
		return 'е' // printed as е nearly always
	case 'ς':
		return 'σ'
	// What follows is usual for Arabic (as in Lucene's ArabicNormalizer) and
	// levels Arabic and Persian keyboards.
	case 'أ', 'إ', 'آ', 'ٱ':
		return 'ا'
	case 'ؤ':
		return 'و'
	case 'ئ', 'ى', 'ی':
		return 'ي'
	case 'ة':
		return 'ه'
	case 'ک':
		return 'ك'
	case tatweel:
		return softHyphen // stretches a word and is none of it
	}
	if r > utf8.RuneSelf && unicode.Is(unicode.Nd, r) {
		return foldDigit(r)
	}
	return r
}

const (
	tatweel    = '\u0640'
	softHyphen = '\u00ad'
)

// foldDigit returns the ASCII digit of a decimal digit of any script. Unicode
// encodes those of a script in a row, from zero.
func foldDigit(r rune) rune {
	for _, rg := range unicode.Nd.R16 {
		if rune(rg.Lo) <= r && r <= rune(rg.Hi) {
			return '0' + (r-rune(rg.Lo))%10
		}
	}
	for _, rg := range unicode.Nd.R32 {
		if rune(rg.Lo) <= r && r <= rune(rg.Hi) {
			return '0' + (r-rune(rg.Lo))%10
		}
	}
	return r
}

// Fold returns the text folded as it is for tokens, but with its punctuation,
// and with single spaces for white space. It serves to compare names and labels
// that people typed. Folding a second time changes nothing.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	f := newFolder(s)
	space := false // white space was met and is not written yet
	for {
		u, ok := f.next()
		if !ok {
			// What was dropped may have kept two Jamo apart.
			return norm.NFC.String(b.String())
		}
		r := u.r
		switch {
		case u.class == dropped:
			continue
		case u.class == apostrophe:
			r = '\''
		case u.class == separator && isSpace(r):
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
}
