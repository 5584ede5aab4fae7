package edtf

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxPhrase bounds what Read looks at: phrases for dates are short.
const maxPhrase = 200

// folded is a phrase in one form (compatibility forms, case, dashes), with the
// byte of the original that each of its bytes comes from.
type folded struct {
	text []byte
	from []int
	end  int // length of the original
}

func (f *folded) origin(i int) int {
	if i < len(f.from) {
		return f.from[i]
	}
	return f.end
}

// fold brings a phrase into the form that the word list is written in. Han and
// Hangul lose the spaces between them, which writers set as they like, but
// digits never run together.
func fold(phrase string) folded {
	f := folded{end: len(phrase)}
	var it norm.Iter
	it.InitString(norm.NFKC, phrase)
	gap := -1 // where a pending space was
	for !it.Done() {
		at := it.Pos()
		for _, r := range string(it.Next()) {
			r = plainRune(unicode.ToLower(r))
			if unicode.IsSpace(r) {
				if len(f.text) > 0 && gap < 0 {
					gap = at
				}
				continue
			}
			if gap >= 0 {
				last, _ := utf8.DecodeLastRune(f.text)
				if !(eastern(last) || eastern(r)) || unicode.IsDigit(last) && unicode.IsDigit(r) {
					f.add(' ', gap)
				}
				gap = -1
			}
			f.add(r, at)
		}
	}
	return f
}

func (f *folded) add(r rune, at int) {
	n := len(f.text)
	f.text = utf8.AppendRune(f.text, r)
	for range len(f.text) - n {
		f.from = append(f.from, at)
	}
}

// plainRune folds the many dashes, quotes and points into one of each.
func plainRune(r rune) rune {
	switch r {
	case '–', '—', '−', '‐', '‑', '‒', '―', '─':
		return '-'
	case '〜', '∼', '∽':
		return '~'
	case '’', '‘', 'ʼ', '`', '´':
		return '\''
	case '·', '・', 'ㆍ', '。', '‧', '•':
		return '.'
	case '、':
		return ','
	case '○', '零', '◯':
		return '〇'
	case '「', '」', '『', '』', '"', '“', '”':
		return ' '
	}
	return r
}

// eastern says whether a rune belongs to Korean or Chinese writing.
func eastern(r rune) bool {
	return unicode.Is(unicode.Hangul, r) || unicode.Is(unicode.Han, r) || r == '〇'
}

// guessLang tells the language by its script.
func guessLang(phrase string) Lang {
	lang := English
	for _, r := range norm.NFKC.String(phrase) {
		if unicode.Is(unicode.Hangul, r) {
			return Korean
		}
		if unicode.Is(unicode.Han, r) || r == '〇' {
			lang = Chinese
		}
	}
	return lang
}

// lexer turns a folded phrase into tokens.
type lexer struct {
	folded
	i   int
	out []token
}

// lex gives the tokens, or what could not be understood and where.
func lex(f folded) ([]token, *problem) {
	lx := lexer{folded: f}
	for lx.i < len(lx.text) {
		if lx.text[lx.i] == ' ' {
			lx.i++
			continue
		}
		if lx.timeOfDay() || lx.word() || lx.number() || lx.sign() {
			continue
		}
		return nil, trouble(lx.origin(lx.i), "the word "+quoted(lx.restWord())+" is not understood here")
	}
	return joinTokens(lx.out), nil
}

func (lx *lexer) emit(t token, width int) {
	t.off, t.end = lx.origin(lx.i), lx.origin(lx.i+width)
	lx.out = append(lx.out, t)
	lx.i += width
}

// word takes the longest entry of the word list that starts here. Latin words
// are whole words; Han and Hangul need no boundary.
func (lx *lexer) word() bool {
	rest := lx.text[lx.i:]
	for n := min(longestWord, len(rest)); n > 0; n-- {
		if n < len(rest) && !utf8.RuneStart(rest[n]) {
			continue
		}
		t, ok := words[string(rest[:n])]
		if !ok || n < len(rest) && latin(rest[n-1]) && (latin(rest[n]) || digit(rest[n]) && latin(rest[0])) {
			continue
		}
		lx.emit(t, n)
		return true
	}
	return false
}

func latin(c byte) bool { return c >= 'a' && c <= 'z' }

// restWord gives the word at hand for a message.
func (lx *lexer) restWord() string {
	rest := string(lx.text[lx.i:])
	if i := strings.IndexByte(rest, ' '); i > 0 {
		rest = rest[:i]
	}
	const most = 40
	for i := range rest {
		if i >= most {
			return rest[:i] + "…"
		}
	}
	return rest
}

func (lx *lexer) sign() bool {
	k := signKind(lx.text[lx.i])
	if k == tkNone {
		return false
	}
	lx.emit(token{kind: k}, 1)
	return true
}

// timeOfDay takes 10:30 and 10:30:00, after a T or not.
func (lx *lexer) timeOfDay() bool {
	b := lx.text[lx.i:]
	n := 0
	if b[0] == 't' {
		n++
	}
	hour := n
	for n < len(b) && n-hour < 2 && digit(b[n]) {
		n++
	}
	groups := 0
	for n > hour && groups < 2 && n+2 < len(b) && b[n] == ':' && digit(b[n+1]) && digit(b[n+2]) {
		n += 3
		groups++
	}
	if groups == 0 || n < len(b) && digit(b[n]) {
		return false
	}
	if n < len(b) && b[n] == 'z' {
		n++
	}
	lx.emit(token{kind: tkTime}, n)
	return true
}

func signKind(c byte) tokenKind {
	switch c {
	case '-':
		return tkDash
	case '~':
		return tkTilde
	case '/':
		return tkSlash
	case '.':
		return tkDot
	case ',':
		return tkComma
	case '(', '[':
		return tkOpen
	case ')', ']':
		return tkClose
	case '?':
		return tkQuestion
	case '\'':
		return tkApostrophe
	}
	return tkNone
}

// maxDigits bounds numbers in phrases; a longer run of digits is no part of a
// date that people write.
const maxDigits = 8

// number takes digits or Chinese numerals and the marker behind them.
func (lx *lexer) number() bool {
	n, width, digits := arabic(lx.text[lx.i:])
	han := width == 0
	if han {
		n, width, digits = hanNumber(string(lx.text[lx.i:]))
	}
	if width == 0 {
		return false
	}
	t := token{kind: tkNumber, n: n, digits: digits}
	for _, m := range markers {
		if !strings.HasPrefix(string(lx.text[lx.i+width:]), m.text) {
			continue
		}
		end := lx.i + width + len(m.text)
		if latin(m.text[len(m.text)-1]) && end < len(lx.text) && latin(lx.text[end]) {
			continue
		}
		t.kind, t.u, t.hi, t.digits = m.kind, m.u, n, max(digits, 1)
		width += len(m.text)
		break
	}
	if han && digits == 2 && n%10 == n/10+1 && t.kind != tkNumber {
		lx.neighbours(t, width)
		return true
	}
	lx.emit(t, width)
	return true
}

// neighbours takes two numerals in a row, which mean the one or the other and
// not a number of two digits: 两三年 is two or three years, 六七月 June or July.
func (lx *lexer) neighbours(t token, width int) {
	low, high := t.n/10, t.n%10
	switch t.kind {
	case tkMonth, tkDay:
		lx.emit(token{kind: t.kind, n: low, digits: 1}, 0)
		lx.emit(token{kind: tkOr}, 0)
		lx.emit(token{kind: t.kind, n: high, digits: 1}, width)
	case tkYear, tkDuration:
		u := t.u
		if t.kind == tkYear {
			u = unitYear
		}
		lx.emit(token{kind: tkDuration, u: u, n: low, hi: high}, width)
	default:
		lx.emit(t, width)
	}
}

// arabic reads a run of digits.
func arabic(b []byte) (n int64, width, digits int) {
	for width < len(b) && digit(b[width]) {
		if width == maxDigits {
			return 0, 0, 0
		}
		n = n*10 + int64(b[width]-'0')
		width++
	}
	return n, width, width
}

// hanNumber reads Chinese numerals, as a row of digits (二〇〇一) or with their
// places (二十一, 廿一).
func hanNumber(s string) (n int64, width, digits int) {
	var total, part int64
	places := false
	count := 0
	for i, r := range s {
		v, ok := hanDigits[r]
		if !ok || count == 2*maxDigits {
			break
		}
		count++
		width = i + utf8.RuneLen(r)
		switch {
		case v < 10 && !places && digits > 0:
			part = part*10 + v
			digits++
		case v < 10:
			part = v
			digits++
		case v == 20 || v == 30: // 廿, 卅
			total += v
			part, places = 0, true
		default:
			places = true
			total += max(part, 1) * v
			part = 0
		}
		if part > 999_999 || total > 999_999 {
			return 0, 0, 0
		}
	}
	if places {
		digits = 0
	}
	return total + part, width, digits
}

func quoted(s string) string { return "“" + s + "”" }
