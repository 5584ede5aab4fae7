package names

// A sound is an initial, a vowel or a final that some Latin letters may
// write, with the systems that write it so.
type sound struct {
	jamo   int
	system System
	when   context
}

// context limits a spelling to the neighbours that bring it about.
type context uint8

const (
	always     context = iota
	beforeNose         // before n, m, r or l: 학림 is said and written Hang-nim
	afterNose          // after a nasal or a stop: the ㄹ of 학림, 상륜
	beforeOpen         // before a vowel or h: 덕여 Tŏg-yŏ, 일훈 Ir-hun
	aroundL            // n and l meeting: 신라 Sil-la
)

const (
	rr   = SystemRevised
	mr   = SystemMcCune
	dprk = SystemDPRK
	free = SystemAdHoc
)

// Latin spellings of initials. O and U stand for ŏ and ŭ in all three tables.
var onsets = map[string][]sound{
	"":    {{initNone, rr | mr | dprk, always}},
	"g":   {{initG, rr | mr, always}},
	"k":   {{initG, mr | dprk, always}, {initK, rr, always}},
	"kk":  {{initGG, rr | mr | dprk, always}},
	"gg":  {{initGG, free, always}},
	"gh":  {{initG, free, always}},
	"k'":  {{initK, mr, always}},
	"kh":  {{initK, dprk, always}},
	"n":   {{initN, rr | mr | dprk, always}, {initR, mr | dprk, afterNose}},
	"r":   {{initR, rr | mr | dprk, always}},
	"l":   {{initR, free, always}, {initR, mr | dprk, aroundL}, {initN, mr | dprk, aroundL}},
	"rh":  {{initR, free, always}},
	"d":   {{initD, rr | mr, always}},
	"t":   {{initD, mr | dprk, always}, {initT, rr, always}},
	"tt":  {{initDD, rr | mr | dprk, always}},
	"dd":  {{initDD, free, always}},
	"t'":  {{initT, mr, always}},
	"th":  {{initT, dprk, always}},
	"m":   {{initM, rr | mr | dprk, always}},
	"b":   {{initB, rr | mr, always}},
	"p":   {{initB, mr | dprk, always}, {initP, rr, always}},
	"pp":  {{initBB, rr | mr | dprk, always}},
	"bb":  {{initBB, free, always}},
	"p'":  {{initP, mr, always}},
	"ph":  {{initP, dprk, always}},
	"f":   {{initP, free, always}},
	"s":   {{initS, rr | mr | dprk, always}},
	"sh":  {{initS, free, always}},
	"ss":  {{initSS, rr | mr | dprk, always}},
	"j":   {{initJ, rr | mr | dprk, always}},
	"z":   {{initJ, free, always}},
	"ch":  {{initJ, mr | dprk, always}, {initCh, rr | dprk, always}},
	"jj":  {{initJJ, rr | dprk, always}},
	"tch": {{initJJ, mr, always}},
	"ch'": {{initCh, mr, always}},
	"chh": {{initCh, dprk, always}},
	"h":   {{initH, rr | mr | dprk, always}},
}

// Latin spellings of vowels, with the glides.
var nuclei = map[string][]sound{
	"a":   {{vowA, rr | mr | dprk, always}},
	"ah":  {{vowA, free, always}},
	"ae":  {{vowAe, rr | mr | dprk, always}},
	"ai":  {{vowAe, free, always}},
	"ay":  {{vowAe, free, always}},
	"ya":  {{vowYa, rr | mr | dprk, always}},
	"yah": {{vowYa, free, always}},
	"yae": {{vowYae, rr | mr | dprk, always}},
	"eo":  {{vowEo, rr, always}},
	"O":   {{vowEo, mr, always}},
	"eu":  {{vowEu, rr, always}, {vowU, free, always}},
	"U":   {{vowEu, mr, always}},
	"uh":  {{vowEo, free, always}, {vowEu, free, always}},
	"o":   {{vowO, rr | mr | dprk, always}, {vowEo, dprk, always}},
	"oh":  {{vowO, free, always}},
	"u":   {{vowU, rr | mr | dprk, always}, {vowEu, dprk, always}, {vowEo, free, always}},
	"oo":  {{vowU, free, always}, {vowEu, free, always}},
	"ou":  {{vowU, free, always}, {vowEo, free, always}},
	"e":   {{vowE, rr | mr | dprk, always}, {vowAe, free, always}},
	"ei":  {{vowE, free, always}},
	"ey":  {{vowE, free, always}},
	"eh":  {{vowE, free, always}},
	"yeo": {{vowYeo, rr, always}},
	"yO":  {{vowYeo, mr, always}},
	"yo":  {{vowYo, rr | mr | dprk, always}, {vowYeo, dprk, always}},
	"yoh": {{vowYo, free, always}},
	"you": {{vowYeo, free, always}, {vowYu, free, always}},
	"yu":  {{vowYu, rr | mr | dprk, always}, {vowYeo, free, always}},
	"yuh": {{vowYeo, free, always}},
	"yoo": {{vowYu, free, always}},
	"ye":  {{vowYe, rr | mr | dprk, always}, {vowYeo, free, always}},
	"yea": {{vowYe, free, always}},
	"wa":  {{vowWa, rr | mr | dprk, always}},
	"wae": {{vowWae, rr | mr | dprk, always}},
	"oe":  {{vowOe, rr | mr | dprk, always}},
	"oi":  {{vowOe, free, always}},
	"oy":  {{vowOe, free, always}},
	"we":  {{vowWe, rr | mr | dprk, always}, {vowOe, free, always}},
	"wo":  {{vowWo, rr | dprk, always}},
	"wO":  {{vowWo, mr, always}},
	"weo": {{vowWo, free, always}},
	"wu":  {{vowU, free, always}, {vowWo, free, always}},
	"woo": {{vowU, free, always}},
	"wi":  {{vowWi, rr | mr | dprk, always}},
	"ui":  {{vowUi, rr | dprk, always}, {vowWi, free, always}},
	"Ui":  {{vowUi, mr, always}},
	"eui": {{vowUi, free, always}},
	"euy": {{vowUi, free, always}},
	"uy":  {{vowUi, free, always}},
	"i":   {{vowI, rr | mr | dprk, always}, {vowUi, free, always}},
	"yi":  {{vowI, mr | dprk, always}},
	"ee":  {{vowI, free, always}, {vowUi, free, always}},
	"ie":  {{vowI, free, always}},
	"ea":  {{vowI, free, always}},
	"ih":  {{vowI, free, always}},
}

// Latin spellings of finals.
var codas = map[string][]sound{
	"":   {{finNone, rr | mr | dprk, always}},
	"k":  {{finG, rr | mr | dprk, always}},
	"g":  {{finG, free, always}, {finG, mr | dprk, beforeOpen}},
	"ck": {{finG, free, always}},
	"n":  {{finN, rr | mr | dprk, always}, {finS, mr, beforeNose}, {finD, mr, beforeNose}},
	"l":  {{finL, rr | mr | dprk, always}, {finN, mr | dprk, aroundL}},
	"r":  {{finL, mr | dprk, beforeOpen}, {finL, free, always}},
	"m":  {{finM, rr | mr | dprk, always}, {finB, mr | dprk, beforeNose}},
	"p":  {{finB, rr | mr | dprk, always}},
	"b":  {{finB, free, always}, {finB, mr | dprk, beforeOpen}},
	"t":  {{finS, rr | mr | dprk, always}, {finD, rr | mr | dprk, always}, {finJ, rr | mr | dprk, always}, {finCh, rr | mr | dprk, always}},
	"s":  {{finS, free, always}, {finS, mr, beforeOpen}},
	"d":  {{finD, free, always}, {finD, mr, beforeOpen}},
	"ng": {{finNg, rr | mr | dprk, always}, {finG, mr | dprk, beforeNose}},
}

// Longest spellings, in letters.
const (
	longestOnset   = 3
	longestNucleus = 3
	longestCoda    = 2
)

// A spelled is one Latin syllable, taken apart.
type spelled struct {
	onset, nucleus, coda string
	from, to             uint16 // in Name.text
	atStart              bool   // of a written word: Tokko, Hyŏk-kŏse
}

// segment returns the ways of reading a word as Korean syllables, at most
// limit of them, the ones with fewer syllables first.
func segment(word string, limit int) [][]spelled {
	var out [][]spelled
	var walk func(at int, path []spelled)
	steps := 0
	walk = func(at int, path []spelled) {
		steps++
		if at == len(word) {
			out = append(out, append([]spelled(nil), path...))
			return
		}
		// A long word of vowels has very many readings; none is a name.
		if len(path) == maxSyllable || len(out) >= 4*limit || steps > 400 {
			return
		}
		for o := min(longestOnset, len(word)-at); o >= 0; o-- {
			onset := word[at : at+o]
			if _, ok := onsets[onset]; !ok {
				continue
			}
			v := at + o
			for l := min(longestNucleus, len(word)-v); l > 0; l-- {
				nucleus := word[v : v+l]
				if _, ok := nuclei[nucleus]; !ok || nucleus == "yi" && o > 0 {
					continue
				}
				c := v + l
				// Shorter finals first: a consonant between vowels mostly begins
				// a syllable.
				for m := 0; m <= min(longestCoda, len(word)-c); m++ {
					if _, ok := codas[word[c:c+m]]; !ok {
						continue
					}
					walk(c+m, append(path, spelled{onset: onset, nucleus: nucleus, coda: word[c : c+m], atStart: at == 0,
						from: uint16(at), to: uint16(c + m)}))
				}
			}
		}
	}
	walk(0, nil)
	sortByLength(out)
	return out[:min(len(out), limit)]
}

func sortByLength(list [][]spelled) {
	for i := 1; i < len(list); i++ {
		for j := i; j > 0 && len(list[j]) < len(list[j-1]); j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
}

// allows says whether a sound's context is met. An initial is asked with the
// syllable before it, a final with the one after it; the other is nil.
func (c context) allows(prev, next *spelled) bool {
	switch c {
	case always:
		return true
	case beforeNose:
		return next != nil && oneOf(next.onset, "n", "m", "r", "l")
	case afterNose:
		return prev != nil && oneOf(prev.coda, "n", "m", "ng")
	case beforeOpen:
		return next != nil && oneOf(next.onset, "", "h")
	case aroundL:
		return prev != nil && prev.coda == "l" || next != nil && next.onset == "l"
	}
	return false
}

func oneOf(s string, list ...string) bool {
	for _, t := range list {
		if s == t {
			return true
		}
	}
	return false
}
