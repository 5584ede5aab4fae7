package names

// A syllable is a Hangul syllable as its distance from 가 (U+AC00). The
// arithmetic that takes it apart is Unicode Standard Annex 15.
type syllable uint16

const (
	hangulFirst = 0xAC00
	hangulLast  = 0xD7A3
	syllables   = hangulLast - hangulFirst + 1

	vowels = 21
	finals = 28
)

// Indices of initial consonants, in Unicode's order.
const (
	initG = iota // ㄱ
	initGG
	initN
	initD
	initDD
	initR // ㄹ
	initM
	initB
	initBB
	initS
	initSS
	initNone // ㅇ, silent
	initJ
	initJJ
	initCh
	initK
	initT
	initP
	initH
)

// Indices of vowels, in Unicode's order.
const (
	vowA = iota
	vowAe
	vowYa
	vowYae
	vowEo
	vowE
	vowYeo
	vowYe
	vowO
	vowWa
	vowWae
	vowOe
	vowYo
	vowU
	vowWo
	vowWe
	vowWi
	vowYu
	vowEu
	vowUi
	vowI
)

// Indices of the final consonants that stand in names.
const (
	finNone = 0
	finG    = 1
	finN    = 4
	finD    = 7
	finL    = 8
	finM    = 16
	finB    = 17
	finS    = 19
	finNg   = 21
	finJ    = 22
	finCh   = 23
	finT    = 25
)

func isHangul(r rune) bool { return r >= hangulFirst && r <= hangulLast }

func toSyllable(r rune) syllable { return syllable(r - hangulFirst) }

func (s syllable) rune() rune { return rune(s) + hangulFirst }

func compose(initial, vowel, final int) syllable {
	return syllable((initial*vowels+vowel)*finals + final)
}

// split returns the indices of initial, vowel and final.
func (s syllable) split() (initial, vowel, final int) {
	return int(s) / (vowels * finals), int(s) / finals % vowels, int(s) % finals
}

// hardened says that the vowel is i or begins with y: before it the South
// drops an initial ㄹ or ㄴ that the North keeps.
func hardened(vowel int) bool {
	switch vowel {
	case vowYa, vowYae, vowYeo, vowYe, vowYo, vowYu, vowI:
		return true
	}
	return false
}

// southern returns the syllable as the South's rule of initial sounds
// (두음 법칙) writes it at the head of a word: 리 and 니 become 이, 로 becomes
// 노. Two syllables are North and South forms of one when it makes them equal.
func (s syllable) southern() syllable {
	initial, vowel, final := s.split()
	switch {
	case (initial == initR || initial == initN) && hardened(vowel):
		return compose(initNone, vowel, final)
	case initial == initR:
		return compose(initN, vowel, final)
	}
	return s
}

// Sounds that ears and typists confuse. Two syllables are near when they
// differ in exactly one of initial, vowel and final, by one of these pairs.
var (
	nearInitials = pairTable(19, [][2]int{
		{initG, initK}, {initG, initGG}, {initK, initGG},
		{initD, initT}, {initD, initDD}, {initT, initDD},
		{initB, initP}, {initB, initBB}, {initP, initBB},
		{initJ, initCh}, {initJ, initJJ}, {initCh, initJJ},
		{initS, initSS}, {initN, initR}, {initR, initNone}, {initN, initNone},
		{initH, initNone},
	})
	nearVowels = pairTable(vowels, [][2]int{
		{vowAe, vowE}, {vowEo, vowO}, {vowO, vowU}, {vowYeo, vowYo}, {vowYo, vowYu},
		{vowEu, vowU}, {vowEu, vowEo}, {vowEu, vowI}, {vowUi, vowI}, {vowUi, vowEu}, {vowWi, vowI},
		{vowWi, vowUi}, {vowOe, vowWae}, {vowOe, vowWe}, {vowWae, vowWe}, {vowOe, vowE},
		{vowYae, vowYe}, {vowYe, vowE}, {vowYeo, vowEo}, {vowYeo, vowYe}, {vowWo, vowEo},
		{vowWa, vowA}, {vowYa, vowA}, {vowYo, vowO}, {vowYu, vowU},
	})
	nearFinals = pairTable(finals, [][2]int{
		{finN, finNg}, {finN, finM}, {finM, finNg}, {finG, finNone}, {finL, finNone},
		{finN, finNone}, {finNg, finNone}, {finD, finS}, {finS, finT}, {finB, finM}, {finN, finL},
	})
)

func pairTable(n int, pairs [][2]int) [][]bool {
	t := make([][]bool, n)
	for i := range t {
		t[i] = make([]bool, n)
	}
	for _, p := range pairs {
		t[p[0]][p[1]], t[p[1]][p[0]] = true, true
	}
	return t
}

// near says that one sound of the two syllables differs, by a likely slip.
func (s syllable) near(t syllable) bool {
	i, v, f := s.split()
	j, w, g := t.split()
	switch {
	case v == w && f == g:
		return nearInitials[i][j]
	case i == j && f == g:
		return nearVowels[v][w]
	case i == j && v == w:
		return nearFinals[f][g]
	}
	return false
}
