package text

import (
	"strings"
	"unicode/utf8"
)

// A Token is one searchable piece of a text.
type Token struct {
	Text       string // folded; letters and digits only
	Start, End int    // the bytes of the original that it came from

	kind kind
	head int // end of the first character in a token of two; else End
}

// kind tells the tokens of a run apart.
type kind uint8

const (
	kindWord   kind = iota // a word
	kindPair               // two characters of a run
	kindTail               // the last character of a run, after its pairs
	kindSingle             // a run of one character
)

// maxWordRunes is the longest token made of a word, in characters. Longer ones
// are not words but encoded data; they are cut there, in texts and queries
// alike.
const maxWordRunes = 128

// Tokens cuts a text into tokens, in the order of the text. The n-th token is at
// position n in both engines.
func Tokens(s string) []Token {
	var tokens []Token
	scan(s, func(t *piece) {
		tokens = append(tokens, Token{Text: t.string(s), Start: t.start, End: t.end, kind: t.kind, head: t.head})
	})
	return tokens
}

// IndexText returns the tokens of a text with single spaces between them, to be
// stored in an FTS5 table with the tokenizer "unicode61 remove_diacritics 0".
func IndexText(s string) string {
	var b strings.Builder
	b.Grow(len(s) + len(s)/2)
	scan(s, func(t *piece) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.Write(t.text)
	})
	return b.String()
}

// A piece is a token in the making; its text is overwritten by the next.
type piece struct {
	text             []byte
	start, head, end int
	kind             kind
}

// string returns the text, without a copy where the original has it.
func (t *piece) string(s string) string {
	if same := s[t.start:t.end]; same == string(t.text) {
		return same
	}
	return string(t.text)
}

// scan calls emit for each token of s.
func scan(s string, emit func(*piece)) {
	c := cutter{emit: emit}
	f := newFolder(s)
	for {
		u, ok := f.next()
		if !ok {
			c.flush()
			return
		}
		switch u.class {
		case separator:
			c.flush()
		case word:
			c.addWord(u)
		case gram:
			c.addGram(u)
		case mark:
			c.addMark(u)
		case apostrophe:
			c.addApostrophe()
		}
	}
}

// cutter gathers units to tokens.
type cutter struct {
	emit func(*piece)
	out  piece
	in   class // word or gram while a token is open; else separator

	// The open word.
	buf        []byte
	start, end int
	runes      int
	quoted     bool // an apostrophe was met since the last letter
	// A word may end in 's, which then is not part of it.
	possessive bool // the last letters are 's
	stem       int  // length of the word before them, in bytes
	stemEnd    int  // and where it ends in the original

	// The last two characters of the open run; before is empty at its start.
	before, last cluster
}

// A cluster is one character of a run, with its marks.
type cluster struct {
	text       []byte
	start, end int
}

func (c *cluster) reset(u unit) {
	c.text = appendSafe(c.text[:0], u.r)
	c.start, c.end = u.start, u.end
}

func (c *cutter) addWord(u unit) {
	if c.in != word {
		c.flush()
		c.open(u)
	}
	if c.quoted {
		c.quoted = false
		switch {
		case isDigit(u.r), elides(c.buf, u.r):
			c.flush()
			c.open(u)
		case u.r == 's':
			c.possessive, c.stem, c.stemEnd = true, len(c.buf), c.end
			c.append(u)
			return
		}
	}
	c.possessive = false
	c.append(u)
}

// open starts a word.
func (c *cutter) open(u unit) {
	c.in = word
	c.buf, c.runes, c.start = c.buf[:0], 0, u.start
	c.quoted, c.possessive = false, false
}

func (c *cutter) append(u unit) {
	c.end = u.end
	if c.runes++; c.runes <= maxWordRunes {
		c.buf = appendSafe(c.buf, u.r)
	}
}

func (c *cutter) addGram(u unit) {
	if c.in != gram {
		c.flush()
		c.in = gram
		c.before.text = c.before.text[:0]
		c.last.reset(u)
		return
	}
	if len(c.before.text) > 0 {
		c.emitPair()
	}
	c.before, c.last = c.last, c.before
	c.last.reset(u)
}

// addMark gives a mark to the letter before it. A mark without one is dropped.
func (c *cutter) addMark(u unit) {
	switch c.in {
	case word:
		c.possessive = false
		c.append(u)
	case gram:
		c.last.text = appendSafe(c.last.text, u.r)
		c.last.end = u.end
	}
}

// addApostrophe leaves a word open to see whether it goes on.
func (c *cutter) addApostrophe() {
	if c.in != word || c.quoted {
		c.flush()
		return
	}
	c.quoted = true
}

// flush ends the open token.
func (c *cutter) flush() {
	switch c.in {
	case word:
		if c.possessive && c.stem > 0 {
			c.buf, c.end = c.buf[:c.stem], c.stemEnd
		}
		c.send(c.buf, c.start, c.end, c.end, kindWord)
	case gram:
		k := kindSingle
		if len(c.before.text) > 0 {
			c.emitPair()
			k = kindTail
		}
		c.send(c.last.text, c.last.start, c.last.end, c.last.end, k)
	}
	c.in = separator
}

func (c *cutter) emitPair() {
	c.buf = append(append(c.buf[:0], c.before.text...), c.last.text...)
	c.send(c.buf, c.before.start, c.before.end, c.last.end, kindPair)
}

func (c *cutter) send(text []byte, start, head, end int, k kind) {
	c.out = piece{text, start, head, end, k}
	c.emit(&c.out)
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// elides reports whether a word before an apostrophe is one of the French and
// Italian words that lose their vowel before the next: l'homme, d'un, qu'il. T
// is not among them, for in romanized Korean t' is a letter: T'aedong.
func elides(before []byte, next rune) bool {
	switch next {
	case 'a', 'e', 'i', 'o', 'u', 'y', 'h':
	default:
		return false
	}
	switch string(before) {
	case "l", "d", "j", "c", "s", "m", "n", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu",
		"dell", "nell", "sull", "dall", "all":
		return true
	}
	return false
}

// appendSafe appends a folded character so that SQLite's unicode61 keeps it
// whole: as it is where that is known, else spelled in two private-use
// characters, which unicode61 counts among the letters (category Co). The first
// has the upper ten, the second the lower eleven bits. Characters of private use
// in the text are separators, so nothing collides.
func appendSafe(b []byte, r rune) []byte {
	if r < utf8.RuneSelf {
		return append(b, byte(r))
	}
	if isSafe(r) {
		return utf8.AppendRune(b, r)
	}
	b = utf8.AppendRune(b, 0xE000+r>>11)
	return utf8.AppendRune(b, 0xE800+r&0x7FF)
}

// isSafe reports whether SQLite's unicode61 keeps a folded character. A test
// asks SQLite about each.
func isSafe(r rune) bool {
	switch {
	case 0xAC00 <= r && r <= 0xD7A3, // Hangul
		0x4E00 <= r && r <= 0x9FA5, 0x3400 <= r && r <= 0x4DB5, 0x20000 <= r && r <= 0x2A6D6, // Han
		0x3041 <= r && r <= 0x3096, 0x30A1 <= r && r <= 0x30FA, r == prolonged, r == '々',
		0x3B1 <= r && r <= 0x3C9,                           // Greek
		0x430 <= r && r <= 0x45F, 0x490 <= r && r <= 0x513, // Cyrillic
		0x561 <= r && r <= 0x586,                           // Armenian
		0x5D0 <= r && r <= 0x5EA,                           // Hebrew
		0x620 <= r && r <= 0x64A, 0x671 <= r && r <= 0x6D3, // Arabic
		0x904 <= r && r <= 0x939,                           // Devanagari
		0xE01 <= r && r <= 0xE30, 0xE40 <= r && r <= 0xE46, // Thai
		0xF40 <= r && r <= 0xF6C,                               // Tibetan
		0x1000 <= r && r <= 0x102A, 0x1780 <= r && r <= 0x17B3, // Burmese, Khmer
		0x10D0 <= r && r <= 0x10FA, 0x1200 <= r && r <= 0x135A, 0x1820 <= r && r <= 0x1877: // Georgian, Ethiopic, Mongolian
		return true
	}
	return false
}
