package names

import (
	"slices"
	"strings"
	"sync"
)

// wadeGiles maps spellings of Wade-Giles, with the apostrophe and without, to
// the Mandarin syllables they may stand for.
var wadeGiles = sync.OnceValue(func() map[string][]pinyin {
	m := make(map[string][]pinyin)
	for id, s := range han().pinyin {
		if s == "" {
			continue
		}
		w := toWadeGiles(s)
		m[w] = append(m[w], pinyin(id))
		if bare := strings.ReplaceAll(w, "'", ""); bare != w {
			m[bare] = append(m[bare], pinyin(id))
		}
	}
	return m
})

var wadeInitials = []struct{ pinyin, wade string }{
	{"zh", "ch"}, {"ch", "ch'"}, {"sh", "sh"}, {"b", "p"}, {"p", "p'"}, {"d", "t"}, {"t", "t'"},
	{"g", "k"}, {"k", "k'"}, {"j", "ch"}, {"q", "ch'"}, {"x", "hs"}, {"z", "ts"}, {"c", "ts'"}, {"r", "j"},
}

var wadeFinals = map[string]string{
	"ian": "ien", "ie": "ieh", "ong": "ung", "iong": "iung", "uo": "o", "ue": "üeh", "ve": "üeh", "e": "e",
	"er": "erh", "you": "yu", "yan": "yen", "ye": "yeh", "yue": "yüeh", "yu": "yü", "yuan": "yüan", "yun": "yün",
	"yong": "yung", "yi": "i",
}

// toWadeGiles follows the table of the system of 1912, ü being written u
// because that is what remains of it in names.
func toWadeGiles(s string) string {
	for _, whole := range []struct{ pinyin, wade string }{
		{"zhi", "chih"}, {"chi", "ch'ih"}, {"shi", "shih"}, {"ri", "jih"}, {"zi", "tzu"}, {"ci", "tz'u"}, {"si", "ssu"},
		{"ju", "chu"}, {"qu", "ch'u"}, {"xu", "hsu"}, {"guo", "kuo"}, {"kuo", "k'uo"}, {"huo", "huo"}, {"shuo", "shuo"},
		{"ge", "ko"}, {"ke", "k'o"}, {"he", "ho"},
	} {
		if s == whole.pinyin {
			return whole.wade
		}
	}
	initial, final := "", s
	for _, i := range wadeInitials {
		if rest, ok := strings.CutPrefix(s, i.pinyin); ok {
			initial, final = i.wade, rest
			break
		}
	}
	if initial == "" && len(s) > 1 && strings.ContainsRune("mnlhf", rune(s[0])) {
		initial, final = s[:1], s[1:]
	}
	if w, ok := wadeFinals[final]; ok {
		final = w
	}
	return initial + strings.NewReplacer("ü", "u", "v", "u").Replace(final)
}

// longestPinyin is the length of zhuang.
const longestPinyin = 6

// segmentPinyin returns the ways of reading a word as pinyin syllables: the
// indices of the syllables and where each ends. Fewer syllables come first.
func segmentPinyin(word string, limit int) (ids [][]pinyin, ends [][]int) {
	d := han()
	steps := 0
	var walk func(at int, path []pinyin, stops []int)
	walk = func(at int, path []pinyin, stops []int) {
		steps++
		if at == len(word) {
			ids = append(ids, slices.Clone(path))
			ends = append(ends, slices.Clone(stops))
			return
		}
		if len(path) == maxSyllable || len(ids) >= limit || steps > 200 {
			return
		}
		for l := min(longestPinyin, len(word)-at); l > 0; l-- {
			if id, ok := d.pinyinID[word[at:at+l]]; ok {
				walk(at+l, append(path, id), append(stops, at+l))
			}
		}
	}
	walk(0, nil, nil)
	return ids, ends
}

// pinyinCandidates returns the Korean syllables that characters with this
// Mandarin reading are read as.
func (r *Reader) pinyinCandidates(py pinyin, at place) []candidate {
	var list []candidate
	for h, share := range han().soundShare[py] {
		if at == inGiven && share > 0.004 {
			list = append(list, candidate{hangul: h, class: h.southern(), cost: toBits8(share), rarity: r.given[h], system: SystemMandarin})
		}
	}
	if at == inSurname {
		for h, share := range r.surnameSound[py] {
			list = append(list, candidate{hangul: h, class: h.southern(), cost: toBits8(share), rarity: r.surnameBits[h], system: SystemMandarin})
		}
	}
	return tidy(list, 0)
}

// Sounds of Mandarin that speakers of the north-east and typists confuse.
var pinyinSlips = []struct{ a, b string }{
	{"zh", "z"}, {"ch", "c"}, {"sh", "s"}, {"n", "l"}, {"l", "r"}, {"f", "h"},
	{"ing", "in"}, {"eng", "en"}, {"ang", "an"}, {"v", "u"}, {"ian", "iang"}, {"uan", "uang"}, {"ong", "eng"},
}

// nearPinyin says that two Mandarin syllables differ by one such sound.
func nearPinyin(a, b string) bool {
	for _, s := range pinyinSlips {
		if slip(a, b, s.a, s.b) || slip(b, a, s.a, s.b) {
			return true
		}
	}
	return false
}

// slip says that replacing x by y, at the head or the end of a, gives b.
func slip(a, b, x, y string) bool {
	if rest, ok := strings.CutPrefix(a, x); ok && len(rest)+len(y) == len(b) && b[:len(y)] == y && b[len(y):] == rest {
		return true
	}
	rest, ok := strings.CutSuffix(a, x)
	return ok && len(rest)+len(y) == len(b) && b[:len(rest)] == rest && b[len(rest):] == y
}
