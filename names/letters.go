package names

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A letterForm is a name as words of letters, for names that are neither
// Korean nor Chinese and for writings of those that make no sense as such.
type letterForm struct {
	words   []letterWord
	derived bool // transliterated by us, so spelling is a guess
}

// A letterWord is one word, lower case, without diacritics.
type letterWord struct {
	letters  []rune
	skeleton string // consonants, those that transliterations mix up made one
	initial  bool
	surname  bool
}

// particles belong to a name without telling people apart, and come and go
// from one document to the next.
var particles = setOf(`de del della di da do dos das du des la le les el al ar as ad an van von der den ter ten zu
	zur af av bin ben ibn bint binti abu umm ould st saint san santa y e i u daw ko ma maung saw naw dato datuk haji hajji`)

// suffixes follow the surname.
var suffixes = setOf(`jr sr ii iii iv`)

func setOf(words string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// addLetters adds the letters of the tokens. Hangul and Han that parse need
// none: Compare romanizes them where it must.
func (n *Name) addLetters(tokens []token, drafts []draft) {
	script := tokens[0].script
	if script == ScriptHangul || script == ScriptHan {
		if len(drafts) > 0 {
			return
		}
		if script == ScriptHangul {
			if f := n.hangulLetters(tokens); len(f.words) > 0 {
				n.letters = append(n.letters, f)
			}
			return
		}
	}
	form := letterForm{derived: script != ScriptLatin && transliterates(script), words: make([]letterWord, 0, len(tokens))}
	comma := false
	for i, t := range tokens {
		if t.script == ScriptNone || len(form.words) == maxTokens {
			continue
		}
		comma = comma || t.comma && i == 0
		letters := fold(n.text[t.from:t.to], t.script)
		if len(letters) == 0 {
			continue
		}
		initial := len(letters) == 1 && (t.script == ScriptLatin || t.script == ScriptCyrillic || t.script == ScriptGreek)
		form.words = append(form.words, letterWord{letters: letters, initial: initial})
	}
	form.words = dropParticles(form.words)
	if len(form.words) == 0 {
		return
	}
	// Only names that are compared by their letters come to use skeletons.
	for i := range form.words {
		form.words[i].skeleton = skeleton(form.words[i].letters)
	}
	form.markSurname(comma)
	n.letters = append(n.letters, form)
}

func dropParticles(words []letterWord) []letterWord {
	kept := make([]letterWord, 0, len(words))
	for _, w := range words {
		if !among(w.letters, particles) && !(len(kept) > 0 && among(w.letters, suffixes)) {
			kept = append(kept, w)
		}
	}
	if len(kept) == 0 {
		return words
	}
	return kept
}

// among says that the list holds the word.
func among(word []rune, list map[string]bool) bool {
	if len(word) > longestParticle {
		return false
	}
	return list[string(word)]
}

const longestParticle = 6

// markSurname marks the word that most probably is the surname: the first
// before a comma, else the last that is no initial.
func (f *letterForm) markSurname(comma bool) {
	if comma || len(f.words) == 1 {
		f.words[0].surname = true
		return
	}
	for i := len(f.words) - 1; i >= 0; i-- {
		if !f.words[i].initial {
			f.words[i].surname = true
			return
		}
	}
}

// fold writes a word in lower case without diacritics, transliterated into
// Latin letters where its script has a table.
func fold(run []rune, script Script) []rune {
	if plain := foldPlain(run); plain != nil {
		return plain
	}
	var b strings.Builder
	text := string(run)
	if script != ScriptKana { // whose voicing marks are marks to Unicode
		text = norm.NFD.String(text)
	}
	for _, c := range text {
		c = unicode.ToLower(c)
		if s, ok := otherLatin[c]; ok {
			b.WriteString(s)
			continue
		}
		if unicode.Is(unicode.Mn, c) && script != ScriptBurmese && script != ScriptOther {
			continue
		}
		if c == '\'' || c >= '0' && c <= '9' {
			continue
		}
		b.WriteRune(c)
	}
	s := norm.NFC.String(b.String())
	if transliterates(script) {
		s = transliterate(s, script)
	}
	return []rune(s)
}

// foldPlain is fold for words of unaccented Latin letters; it returns nil for
// all others.
func foldPlain(run []rune) []rune {
	out := make([]rune, 0, len(run))
	for _, c := range run {
		switch {
		case c >= 'a' && c <= 'z':
			out = append(out, c)
		case c >= 'A' && c <= 'Z':
			out = append(out, c-'A'+'a')
		case c == '\'' || c >= '0' && c <= '9':
		default:
			return nil
		}
	}
	return out
}

// skeleton keeps the consonants of Latin letters, with those that languages
// and transliterations interchange made equal: Mohammed and Muhamad, Yusuf
// and Youssef, Aleksandr and Alexander.
func skeleton(letters []rune) string {
	var b [maxWord]byte
	n, last := 0, byte(0)
	for i := 0; i < len(letters) && n < len(b); {
		c, width := soundClass(letters[i:])
		// Vowels count at the head only, and all as one; a doubled consonant
		// counts once.
		if c != 0 && c != last && (c != 'a' || i == 0) {
			b[n] = c
			n++
		}
		last = c
		i += width
	}
	return string(b[:n])
}

// soundClass returns the class of the sound that the letters begin with, and
// how many letters write it. Vowels and h are class a; other scripts are 0.
func soundClass(s []rune) (class byte, width int) {
	next := rune(0)
	if len(s) > 1 {
		next = s[1]
	}
	switch c := s[0]; c {
	case 'a', 'e', 'i', 'o', 'u', 'y', 'h':
		return 'a', 1
	case 's', 'z', 'x':
		if next == 'h' && len(s) > 3 && s[2] == 'c' && s[3] == 'h' {
			return 's', 4
		}
		if c == 's' && next == 'c' && len(s) > 2 && s[2] == 'h' {
			return 's', 3
		}
		return 's', widthWith(next, 'h')
	case 't':
		switch next {
		case 's', 'z':
			return 's', 2
		case 'c':
			return 'k', 2
		}
		return 't', widthWith(next, 'h')
	case 'd':
		if next == 'j' || next == 'z' {
			return 'j', 2
		}
		return 'd', widthWith(next, 'h')
	case 'p':
		if next == 'h' {
			return 'f', 2
		}
		return 'p', 1
	case 'k', 'q', 'c', 'g':
		if next == 's' && c == 'k' {
			return 's', 2 // x, as Alexander has it
		}
		return 'k', widthWith(next, 'h')
	case 'w', 'v':
		return 'v', 1
	default:
		if c < 'a' || c > 'z' {
			return 0, 1
		}
		return byte(c), 1
	}
}

// widthWith is 2 if the next letter only modifies the first.
func widthWith(next, modifier rune) int {
	if next == modifier {
		return 2
	}
	return 1
}

// distance returns the number of single-letter edits, a swap of neighbours
// being one, that turn a into b, or limit+1 if there are more. It works on the
// stack and allocates nothing; words beyond 31 letters are compared by their
// beginnings.
func distance(a, b []rune, limit int) int {
	a, b = a[:min(len(a), maxWord)], b[:min(len(b), maxWord)]
	if d := len(a) - len(b); d > limit || -d > limit {
		return limit + 1
	}
	var rows [3][maxWord + 1]uint8
	before, above, here := &rows[0], &rows[1], &rows[2]
	for j := range b {
		above[j+1] = uint8(j + 1)
	}
	for i := range a {
		here[0] = uint8(i + 1)
		least := here[0]
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
			least = min(least, v)
		}
		if int(least) > limit {
			return limit + 1
		}
		before, above, here = above, here, before
	}
	return min(int(above[len(b)]), limit+1)
}

const maxWord = 31
