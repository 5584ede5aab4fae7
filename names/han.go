package names

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// A hanReading is one Korean reading of a character.
type hanReading struct {
	hangul syllable
	share  float32 // of the names with this syllable, how many write it so
}

// A pinyin is the index of a toneless Mandarin syllable in hanData.pinyin;
// 0 means none.
type pinyin uint16

// hanData is what the generated tables say, made once and never changed.
type hanData struct {
	class    map[rune]rune         // a variant to the character that stands for it
	korean   map[rune][]hanReading // by character
	mandarin map[rune][]pinyin     // by character, the usual reading first

	pinyin   []string // spelling by index; index 0 is empty
	pinyinID map[string]pinyin

	// soundShare says how often a Hangul syllable, in a given name, is
	// written with a character of this Mandarin reading.
	soundShare map[pinyin]map[syllable]float64
}

// han decodes the tables on first use, in a few milliseconds.
var han = sync.OnceValue(loadHan)

// Weights of the three columns of hanKorean when the share of a character
// among the names with its syllable is guessed; characters that are known to
// be common in given names get more (see commonHan).
const (
	weightTaught  = 4
	weightAllowed = 1
	weightOther   = 0.1
	weightCommon  = 60
)

func loadHan() *hanData {
	d := &hanData{
		class:      make(map[rune]rune, 8000),
		korean:     make(map[rune][]hanReading, 14000),
		mandarin:   make(map[rune][]pinyin, 16000),
		pinyin:     []string{""},
		pinyinID:   make(map[string]pinyin, 450),
		soundShare: make(map[pinyin]map[syllable]float64, 450),
	}
	for class := range strings.Lines(hanVariants) {
		var first rune
		for _, r := range strings.TrimSpace(class) {
			if first == 0 {
				first = r
			}
			d.class[r] = first
		}
	}
	d.loadMandarin()
	d.loadKorean()
	return d
}

func (d *hanData) loadMandarin() {
	for line := range strings.Lines(hanMandarin) {
		spelling, chars, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok {
			continue
		}
		id := pinyin(len(d.pinyin))
		d.pinyin = append(d.pinyin, spelling)
		d.pinyinID[spelling] = id
		usual, others, _ := strings.Cut(chars, "|")
		for _, r := range usual {
			d.mandarin[r] = append([]pinyin{id}, d.mandarin[r]...)
		}
		for _, r := range others {
			d.mandarin[r] = append(d.mandarin[r], id)
		}
	}
}

func (d *hanData) loadKorean() {
	common := make(map[rune]bool)
	for _, r := range commonHan {
		common[r] = true
	}
	for line := range strings.Lines(hanKorean) {
		head, chars, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok {
			continue
		}
		r, _ := utf8.DecodeRuneInString(head)
		h := toSyllable(r)
		total := 0.0
		eachHan(chars, common, func(_ rune, w float64) { total += w })
		eachHan(chars, common, func(c rune, w float64) {
			share := w / total
			d.korean[c] = append(d.korean[c], hanReading{h, float32(share)})
			// A character's first Mandarin reading is the one that names use.
			if py := d.mandarin[c]; len(py) > 0 {
				m := d.soundShare[py[0]]
				if m == nil {
					m = make(map[syllable]float64)
					d.soundShare[py[0]] = m
				}
				m[h] += share
			}
		})
	}
}

// eachHan calls f with every character of a line of hanKorean and its weight.
func eachHan(columns string, common map[rune]bool, f func(rune, float64)) {
	column := 0
	for _, r := range columns {
		if r == '|' {
			column++
			continue
		}
		w := [...]float64{weightTaught, weightAllowed, weightOther}[column]
		// A common name character is common in its own reading, not in the
		// ones that the table lists last.
		if common[r] && column < 2 {
			w += weightCommon
		}
		f(r, w)
	}
}

// fold returns the character that stands for r's class of variants.
func (d *hanData) fold(r rune) rune {
	if c, ok := d.class[r]; ok {
		return c
	}
	return r
}

func isHan(r rune) bool {
	return r >= 0x3400 && r <= 0x9FFF || r >= 0xF900 && r <= 0xFAFF || r >= 0x20000 && r <= 0x3FFFF || r == '々'
}
