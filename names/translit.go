package names

import "strings"

// Transliterations are the plain ones that passports and news agencies use.
// They need not be right, only near enough for the skeletons of two writings
// of one name to meet.

var cyrillic = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ж': "zh", 'з': "z", 'и': "i", 'й': "y", 'к': "k",
	'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f", 'х': "kh",
	'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "shch", 'ъ': "", 'ы': "y", 'ь': "", 'э': "e", 'ю': "yu", 'я': "ya",
	'і': "i", 'ї': "i", 'є': "ye", 'ґ': "g", 'ў': "u", 'ј': "j", 'љ': "lj", 'њ': "nj", 'ћ': "c", 'ђ': "dj", 'џ': "dz",
	'қ': "k", 'ғ': "g", 'ң': "n", 'ү': "u", 'ұ': "u", 'ө': "o", 'ә': "a", 'һ': "h",
}

var greek = map[rune]string{
	'α': "a", 'β': "v", 'γ': "g", 'δ': "d", 'ε': "e", 'ζ': "z", 'η': "i", 'θ': "th", 'ι': "i", 'κ': "k", 'λ': "l",
	'μ': "m", 'ν': "n", 'ξ': "x", 'ο': "o", 'π': "p", 'ρ': "r", 'σ': "s", 'ς': "s", 'τ': "t", 'υ': "y", 'φ': "f",
	'χ': "ch", 'ψ': "ps", 'ω': "o",
}

// arabic gives consonants and long vowels; short ones are not written.
var arabic = map[rune]string{
	'ا': "a", 'أ': "a", 'إ': "i", 'آ': "a", 'ٱ': "a", 'ب': "b", 'پ': "p", 'ت': "t", 'ث': "th", 'ج': "j", 'چ': "ch",
	'ح': "h", 'خ': "kh", 'د': "d", 'ذ': "dh", 'ر': "r", 'ز': "z", 'ژ': "zh", 'س': "s", 'ش': "sh", 'ص': "s", 'ض': "d",
	'ط': "t", 'ظ': "z", 'ع': "", 'غ': "gh", 'ف': "f", 'ق': "q", 'ک': "k", 'ك': "k", 'گ': "g", 'ل': "l", 'م': "m",
	'ن': "n", 'ه': "h", 'ة': "a", 'و': "w", 'ؤ': "w", 'ی': "y", 'ي': "y", 'ى': "a", 'ئ': "y", 'ء': "", 'ٹ': "t", 'ڈ': "d", 'ڑ': "r",
}

// Kana are written in modified Hepburn; small kana and the long mark are
// dealt with by romanizeKana.
const kanaTable = `a ア i イ u ウ e エ o オ ka カ ki キ ku ク ke ケ ko コ sa サ shi シ su ス se セ so ソ ta タ chi チ tsu ツ te テ to ト
na ナ ni ニ nu ヌ ne ネ no ノ ha ハ hi ヒ fu フ he ヘ ho ホ ma マ mi ミ mu ム me メ mo モ ya ヤ yu ユ yo ヨ ra ラ ri リ ru ル re レ ro ロ
wa ワ o ヲ n ン ga ガ gi ギ gu グ ge ゲ go ゴ za ザ ji ジ zu ズ ze ゼ zo ゾ da ダ ji ヂ zu ヅ de デ do ド ba バ bi ビ bu ブ be ベ bo ボ
pa パ pi ピ pu プ pe ペ po ポ vu ヴ`

var kana = func() map[rune]string {
	m := make(map[rune]string)
	f := strings.Fields(kanaTable)
	for i := 0; i+1 < len(f); i += 2 {
		m[[]rune(f[i+1])[0]] = f[i]
	}
	return m
}()

func transliterates(s Script) bool {
	switch s {
	case ScriptCyrillic, ScriptGreek, ScriptArabic, ScriptKana:
		return true
	}
	return false
}

// transliterate writes a lower-case word in Latin letters.
func transliterate(word string, script Script) string {
	if script == ScriptKana {
		return romanizeKana(word)
	}
	table := map[Script]map[rune]string{ScriptCyrillic: cyrillic, ScriptGreek: greek, ScriptArabic: arabic}[script]
	var b strings.Builder
	for i, r := range word {
		letters := table[r]
		// Inside a word, waw and yeh are vowels more often than not.
		if script == ScriptArabic && i > 0 {
			letters = strings.NewReplacer("w", "u", "y", "i").Replace(letters)
		}
		b.WriteString(letters)
	}
	s := b.String()
	if script == ScriptArabic {
		s = strings.TrimPrefix(s, "al") // the article, written joined
	}
	return s
}

func romanizeKana(word string) string {
	var out []string
	double := false
	for _, r := range word {
		if r >= 'ぁ' && r <= 'ゖ' { // hiragana to katakana
			r += 'ァ' - 'ぁ'
		}
		small := strings.IndexRune("ャュョァィゥェォ", r)
		switch {
		case r == 'ッ':
			double = true
			continue
		case r == 'ー':
			continue
		case small >= 0 && len(out) > 0:
			out[len(out)-1] = glide(out[len(out)-1], [...]string{"ya", "yu", "yo", "a", "i", "u", "e", "o"}[small/3])
			continue
		}
		s := kana[r]
		if double && s != "" {
			s = s[:1] + s
		}
		double = false
		out = append(out, s)
	}
	return strings.Join(out, "")
}

// glide joins a kana with the small one after it: ki+ya = kya, shi+yo = sho.
func glide(s, small string) string {
	if s == "" {
		return small
	}
	stem := s[:len(s)-1]
	if strings.HasSuffix(stem, "sh") || strings.HasSuffix(stem, "ch") || strings.HasSuffix(stem, "j") {
		small = strings.TrimPrefix(small, "y")
	}
	return stem + small
}

// Spellings of jamo in the Revised and the DPRK systems, by index.
var (
	revisedInitials = [19]string{"g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"}
	northInitials   = [19]string{"k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "j", "jj", "ch", "kh", "th", "ph", "h"}
	revisedVowels   = [vowels]string{"a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"}
	northVowels     = [vowels]string{"a", "ae", "ya", "yae", "o", "e", "yo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "u", "ui", "i"}
	latinFinals     = [finals]string{"", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "l", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t"}
)

func (s syllable) revised() string {
	i, v, f := s.split()
	return revisedInitials[i] + revisedVowels[v] + latinFinals[f]
}

// hangulLetters transliterates a foreign name written in Hangul.
func (n *Name) hangulLetters(tokens []token) letterForm {
	f := letterForm{derived: true}
	for _, t := range tokens {
		var b strings.Builder
		for _, c := range n.text[t.from:t.to] {
			if isHangul(c) {
				b.WriteString(toSyllable(c).revised())
			}
		}
		if s := b.String(); s != "" && len(f.words) < maxTokens {
			f.words = append(f.words, letterWord{letters: []rune(s), skeleton: skeleton([]rune(s))})
		}
	}
	if len(f.words) > 0 {
		f.markSurname(false)
	}
	return f
}
