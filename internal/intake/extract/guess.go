package extract

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/saintfish/chardet"
)

// How much of a text the guess looks at, and of how much of that each character
// is weighed.
const (
	sampleBytes  = 64 << 10
	weighedBytes = 8 << 10
)

// candidates are the encodings that are weighed for text that is neither marked
// nor valid UTF-8: those of the languages that our sources write in.
var candidates = [...]string{"euc-kr", "gb18030", "big5", "shift_jis", "euc-jp", "windows-1252", "windows-1251", "koi8-r", "windows-1250", "windows-1254"}

// guess names the encoding of unmarked text. Valid UTF-8 is no guess.
func guess(data []byte) (name string, guessed bool) {
	switch {
	case bytes.Contains(data, []byte("\x1b$B")), bytes.Contains(data, []byte("\x1b$@")):
		return nameISOJP, true
	case bytes.Contains(data, []byte("\x1b$)C")):
		return nameISOKR, true
	}
	if utf16 := guessUTF16(data); utf16 != "" {
		return utf16, true
	}
	if mostlyUTF8(data) {
		return nameUTF8, !utf8.Valid(data)
	}
	sample := highSample(data)
	// The statistical guess is right on a page of text and blind on a line; the
	// weighing of single characters is the other way round. Together they
	// decide.
	statistics := map[string]float64{}
	if found, err := chardet.NewTextDetector().DetectAll(sample); err == nil {
		for _, f := range found {
			if _, name, ok := lookup(f.Charset); ok {
				statistics[name] = max(statistics[name], float64(f.Confidence)/100)
			}
		}
	}
	names := append([]string(nil), candidates[:]...)
	for n := range statistics {
		if !strings.HasPrefix(n, "utf-") && !strings.HasPrefix(n, "iso-2022") && !contains(names, n) && statistics[n] >= 0.3 {
			names = append(names, n)
		}
	}
	best, bestScore := "windows-1252", -1e9 // decodes anything
	for _, n := range names {
		score := plausibility(sample, n) + 1.5*statistics[n]
		if score > bestScore || score == bestScore && n < best {
			best, bestScore = n, score
		}
	}
	return best, true
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// mostlyUTF8 tells whether data is UTF-8, a few damaged places allowed: text
// in any other encoding breaks the rules of UTF-8 at nearly every letter
// beyond ASCII.
func mostlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		i += n
	}
	return bad == 0 || good >= 20*bad
}

// highSample collects lines that have bytes beyond ASCII.
func highSample(data []byte) []byte {
	var sample []byte
	for len(data) > 0 && len(sample) < sampleBytes {
		line := data
		if i := bytes.IndexByte(data, '\n'); i >= 0 {
			line = data[:i+1]
		}
		data = data[len(line):]
		if len(line) > sampleBytes {
			line = line[:sampleBytes]
		}
		for _, c := range line {
			if c >= utf8.RuneSelf {
				sample = append(sample, line...)
				break
			}
		}
	}
	return sample
}

// guessUTF16 finds UTF-16 without a byte order mark by its zero bytes, which
// every space and line end of it has, and which no other text has.
func guessUTF16(data []byte) string {
	sample := data[:min(len(data), sampleBytes)&^1]
	if len(sample) < 4 || bytes.IndexByte(sample, 0) < 0 {
		return ""
	}
	best, bestShare := "", 0.9
	for _, name := range []string{nameUTF16L, nameUTF16B} {
		e, _, _ := lookup(name)
		text, err := e.NewDecoder().Bytes(sample)
		if err != nil {
			continue
		}
		if share := textShare(string(text)); share > bestShare {
			best, bestShare = name, share
		}
	}
	return best
}

// textShare is the share of characters that people write.
func textShare(s string) float64 {
	good, all := 0, 0
	for _, r := range s {
		all++
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r >= ' ' && r < 0x7F,
			unicode.In(r, unicode.Hangul, unicode.Hiragana, unicode.Katakana, unicode.Latin, unicode.Cyrillic, unicode.Arabic),
			r >= 0x4E00 && r <= 0x9FA5, r >= 0x2010 && r <= 0x2026, r >= 0x3000 && r <= 0x303F, r >= 0xFF01 && r <= 0xFF5E:
			good++
		}
	}
	return float64(good) / float64(max(all, 1))
}

// frequent are characters that fill a third of ordinary text in Chinese and two
// thirds of it in Korean, and come up by chance in a small part of that.
const (
	frequentKorean = "이다의는에을가고은로를한지서도인시자사기하해대정어리나아일들그있수보과라전상부주스으제여조국장신원것안비만경성공무구동와용" +
		"면데선유게화소진관방연적할미문단생우모오내중된없년결업금간러당반계실통후세같르트물었입회외발행력식개때학위마까분되타려운영심바월말네살북남체포강추송탈출명"
	frequentSimplified  = "的一是不了在人有我他这中大来上国个到说们为被"
	frequentTraditional = "的一是不了在人有我他這中大來上國個到說們為被"
)

// plausibility weighs how likely a sample is text in an encoding: the mean
// weight of its characters beyond ASCII, about 1 to 3 where it is, and less
// than 1 where it is not. The weights were set by trying the wrong encodings
// on the samples of the tests.
func plausibility(sample []byte, name string) float64 {
	e, _, _ := lookup(name)
	text, err := e.NewDecoder().Bytes(sample[:min(len(sample), weighedBytes)])
	if err != nil {
		return -10
	}
	w := weigher{name: name, previous: ' '}
	for _, r := range string(text) {
		w.add(r)
	}
	return w.total / float64(max(w.count, 1))
}

// weigher adds up the weights of characters. A letter's neighbour matters: an
// accented letter stands between letters, a capital at the start of a word.
type weigher struct {
	name     string
	previous rune
	total    float64
	count    int
}

func (w *weigher) add(r rune) {
	if r >= utf8.RuneSelf {
		w.total += w.weight(r)
		w.count++
	}
	w.previous = r
}

func (w *weigher) weight(r rune) float64 {
	switch {
	case r == utf8.RuneError || unicode.Is(unicode.Co, r) || unicode.IsControl(r):
		return -8
	case r >= 0x3000 && r <= 0x3011 || r >= 0xFF01 && r <= 0xFF5E, r >= 0x2013 && r <= 0x2026:
		return 1
	}
	switch w.name {
	case "euc-kr":
		return w.korean(r)
	case "gb18030":
		return w.han(r, frequentSimplified)
	case "big5":
		return w.han(r, frequentTraditional)
	case "shift_jis", "euc-jp":
		return w.japanese(r)
	}
	return w.letter(r)
}

func (w *weigher) korean(r rune) float64 {
	switch {
	case strings.ContainsRune(frequentKorean, r):
		return 3
	case r >= 0xAC00 && r <= 0xD7A3:
		return 1.2
	}
	return 0 // Han characters are rare in modern Korean
}

func (w *weigher) han(r rune, frequent string) float64 {
	switch {
	case strings.ContainsRune(frequent, r):
		return 4
	case unicode.Is(unicode.Han, r) && w.common(r):
		return 1.8
	case unicode.Is(unicode.Han, r):
		return 0.1
	}
	return -1
}

func (w *weigher) japanese(r rune) float64 {
	switch {
	case r >= 0x3041 && r <= 0x30FC:
		return 3
	case unicode.Is(unicode.Han, r) && w.common(r):
		return 1.5
	case unicode.Is(unicode.Han, r):
		return 0.1
	}
	return -1 // half-width katakana, mostly
}

// common tells whether a Han character is of the first level of the encoding's
// national standard, the few thousand that ordinary text is written in. The
// lead byte tells: both levels are contiguous in each of them.
func (w *weigher) common(r rune) bool {
	e, _, _ := lookup(w.name)
	b, err := e.NewEncoder().Bytes([]byte(string(r)))
	if err != nil || len(b) != 2 {
		return false
	}
	switch lead, trail := b[0], b[1]; w.name {
	case "gb18030":
		return lead >= 0xB0 && lead <= 0xD7 && trail >= 0xA1
	case "big5":
		return lead >= 0xA4 && lead <= 0xC6
	case "euc-jp":
		return lead >= 0xB0 && lead <= 0xCF
	default: // shift_jis
		return lead >= 0x88 && lead <= 0x97
	}
}

// letter weighs characters of alphabets.
func (w *weigher) letter(r rune) float64 {
	inWord := unicode.IsLetter(w.previous)
	switch {
	case !unicode.IsLetter(r):
		return -0.8
	case unicode.IsUpper(r) && unicode.IsLower(w.previous):
		return -1
	case unicode.Is(unicode.Latin, r) && w.previous >= utf8.RuneSelf && inWord:
		return -0.5 // one accented letter after another is rare
	case unicode.Is(unicode.Latin, r) && !inWord && unicode.IsLower(r):
		return 0.6
	case unicode.Is(unicode.Latin, r):
		return 1.5
	case inWord && sameScript(w.previous, r):
		return 1.6
	}
	return 0.5
}

func sameScript(a, b rune) bool {
	for _, t := range []*unicode.RangeTable{unicode.Cyrillic, unicode.Greek, unicode.Arabic, unicode.Hebrew, unicode.Thai} {
		if unicode.Is(t, a) && unicode.Is(t, b) {
			return true
		}
	}
	return false
}

// looksLikeText tells whether bytes are text, for the cases that a detector of
// file types calls binary: unmarked UTF-16, or a few control characters.
func looksLikeText(head []byte, override string) bool {
	if name, _ := byMark(head); name != "" || guessUTF16(head) != "" {
		return true
	}
	if override != "" {
		if _, name, ok := lookup(override); ok && strings.HasPrefix(name, "utf-16") || strings.HasPrefix(name, "utf-32") {
			return true // the user's word
		}
	}
	controls := 0
	for _, c := range head {
		switch {
		case c == 0:
			return false
		case c < ' ' && c != '\t' && c != '\n' && c != '\v' && c != '\f' && c != '\r' && c != 0x0E && c != 0x0F && c != 0x1B:
			controls++
		}
	}
	return controls*100 <= len(head)
}
