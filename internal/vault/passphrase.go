package vault

import (
	"crypto/rand"
	_ "embed"
	"encoding/binary"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"asylon/internal/fault"
)

// Limits of passphrases and logins, in characters.
const (
	MinPassphrase = 16  // as CheckPassphrase counts them
	MaxPassphrase = 512 // so that nobody can make us hash a book
	MaxLogin      = 64
)

// Words is how many words NewPassphrase draws. Six of 2,048 are 66 bits: at
// 0.8 seconds of processor time for each guess, half of them take some
// 900,000 million years of one processor.
const Words = 6

//go:embed words.txt
var wordText string

// wordList is 2,048 short, common, easily spelt English words, without pairs
// that sound alike.
var wordList = sync.OnceValue(func() []string { return strings.Fields(wordText) })

// NewPassphrase draws six words at random, like "otter plum canyon quiz lilac
// honest". It is safe for concurrent use.
func NewPassphrase() string {
	words := wordList()
	var b [2 * Words]byte
	rand.Read(b[:])
	chosen := make([]string, Words)
	for i := range chosen {
		// 2,048 divides 65,536: the remainder is as even as the draw.
		chosen[i] = words[int(binary.BigEndian.Uint16(b[2*i:]))%len(words)]
	}
	return strings.Join(chosen, " ")
}

// NormalisePassphrase brings a passphrase into the one form that is hashed:
// Unicode NFKC, so that Hangul typed as syllables or as letters, and Latin
// typed in full or half width, are the same; no space at the ends; one space
// between words. Case and everything else count.
func NormalisePassphrase(s string) string {
	return strings.Join(strings.Fields(norm.NFKC.String(s)), " ")
}

// foldLogin brings a login into the one form that is hashed: as a passphrase,
// and in lower case.
func foldLogin(s string) string {
	return norm.NFKC.String(strings.ToLower(NormalisePassphrase(s)))
}

// CheckLogin tells whether a login can be given to somebody: 1 to 64 letters
// of any script, digits and the signs . _ - @ +. The error is a fault.Invalid.
func CheckLogin(login string) error {
	folded := foldLogin(login)
	if n := utf8.RuneCountInString(folded); n < 1 || n > MaxLogin {
		return fault.Invalid("the login has %d characters; it needs 1 to %d", n, MaxLogin)
	}
	for _, r := range folded {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._-@+", r) {
			return fault.Invalid("the login contains %q; use letters, digits and the signs . _ - @ +", r)
		}
	}
	return nil
}

// CheckPassphrase tells whether a new passphrase is strong enough to protect a
// stolen disk. It counts characters (Hangul, Han and Kana twice), leaving out
// the login, well-known words, repetitions and series. The error is a
// fault.Invalid that says what to do and does not repeat the passphrase.
func CheckPassphrase(passphrase, login string) error {
	p := NormalisePassphrase(passphrase)
	if utf8.RuneCountInString(p) > MaxPassphrase {
		return fault.Invalid("the passphrase is longer than %d characters; shorten it", MaxPassphrase)
	}
	for _, r := range p {
		if !unicode.IsPrint(r) || r == utf8.RuneError {
			return fault.Invalid("the passphrase contains a character that cannot be seen or typed reliably; use letters, digits, signs and spaces")
		}
	}
	if n := strength(p, foldLogin(login)); n < MinPassphrase {
		return fault.Invalid("the passphrase is too easy to guess: without its repetitions, series, common words and the login it is worth %d characters, and %d are needed; take the six words offered, or a sentence only you know", n, MinPassphrase)
	}
	return nil
}

// commonParts are what people begin a weak passphrase with.
var commonParts = strings.Fields(`password passwort passphrase passwd qwertyuiop qwerty asdfghjkl asdfgh zxcvbnm
	1q2w3e4r iloveyou letmein welcome admin asylon 비밀번호 암호 사랑해 密码 密碼`)

// strength counts the characters of p that a guesser cannot get for nothing.
func strength(p, login string) int {
	p = strings.ToLower(p)
	if words := strings.Fields(p); len(words) > 1 {
		slices.Sort(words) // a word counts once, wherever it comes again
		p = strings.Join(slices.Compact(words), " ")
	}
	if utf8.RuneCountInString(login) > 2 {
		p = strings.ReplaceAll(p, login, "")
	}
	for _, c := range commonParts {
		p = strings.ReplaceAll(p, norm.NFKC.String(c), "")
	}
	n, distinct := 0, map[rune]bool{}
	runes := []rune(p)
	runes = runes[:period(runes)]
	step := rune(0)
	for i, r := range runes {
		distinct[r] = true
		previous := step
		if i > 0 {
			step = r - runes[i-1]
		}
		if i > 1 && step == previous && step >= -1 && step <= 1 {
			continue // goes on as it went: aaa, 345, 987
		}
		n += weight(r)
	}
	// Few different characters make few possibilities however long it is.
	if limit := 3 * len(distinct); n > limit {
		n = limit
	}
	return n
}

// weight is 2 for the scripts whose characters each stand for a syllable or a
// word, 1 for the others.
func weight(r rune) int {
	if unicode.In(r, unicode.Hangul, unicode.Han, unicode.Hiragana, unicode.Katakana) {
		return 2
	}
	return 1
}

// period is the length of the shortest unit that, repeated, gives s; len(s)
// if there is none. (The border function of Knuth, Morris and Pratt.)
func period(s []rune) int {
	if len(s) == 0 {
		return 0
	}
	border := make([]int, len(s))
	for i := 1; i < len(s); i++ {
		k := border[i-1]
		for k > 0 && s[i] != s[k] {
			k = border[k-1]
		}
		if s[i] == s[k] {
			k++
		}
		border[i] = k
	}
	p := len(s) - border[len(s)-1]
	if 2*p > len(s) {
		return len(s) // begins and ends alike, but repeats nothing whole
	}
	return p
}
