package main

import (
	"maps"
	"slices"
	"strings"
)

// variants groups characters that write one another: simplified and
// traditional forms, and variants that Unihan calls the same but for shape.
type variants struct {
	db     *unihan
	parent map[rune]rune
	edge   map[[2]rune]bool // edge[r, s]: r may be written for s
}

func newVariants(db *unihan) *variants {
	v := &variants{db: db, parent: make(map[rune]rune), edge: make(map[[2]rune]bool)}
	for _, field := range []string{"kSimplifiedVariant", "kTraditionalVariant", "kZVariant"} {
		for r, list := range db.fields[field] {
			for _, s := range runes(list) {
				v.link(r, s)
			}
		}
	}
	// "Semantic variants" are sometimes mere synonyms; only those that share
	// both a Korean and a Mandarin reading are the same name to an ear, and
	// only those whose own list is short are not catch-all entries.
	for r, list := range db.fields["kSemanticVariant"] {
		for _, s := range runes(list) {
			if v.sameSound(r, s) {
				v.link(r, s)
			}
		}
	}
	for pair := range strings.FieldsSeq(printForms) {
		r := []rune(pair)
		v.link(r[0], r[1])
	}
	return v
}

// printForms are pairs that Unihan 15 does not link: the forms of Korean and of
// Chinese print, and Japanese simplifications, that occur in names.
const printForms = `淸清 靑青 尙尚 愼慎 曺曹 裵裴 姸妍 朗朖 鉄鐵 広廣 恵惠 徳德 栄榮 桜櫻 沢澤 浜濱 竜龍 辺邊 飮飲 産產 熙煕 顏顔 羨羡 旣既 屛屏 豐豊 勲勳 眉睂`

func runes(list string) []rune {
	var out []rune
	for _, f := range strings.Fields(list) {
		if r, err := parseRune(f); err == nil && bmp(r) {
			out = append(out, r)
		}
	}
	return out
}

func (v *variants) sameSound(r, s rune) bool {
	if v.db.fields["kMandarin"][r] != v.db.fields["kMandarin"][s] {
		return false
	}
	a, b := v.db.fields["kHangul"][r], v.db.fields["kHangul"][s]
	if a == "" || b == "" {
		return true
	}
	for _, f := range strings.Fields(a) {
		h, _, _ := strings.Cut(f, ":")
		if strings.Contains(b, h+":") {
			return true
		}
	}
	return false
}

func (v *variants) link(r, s rune) {
	if r == s || !bmp(r) {
		return
	}
	v.edge[[2]rune{r, s}], v.edge[[2]rune{s, r}] = true, true
	a, b := v.find(r), v.find(s)
	if a != b {
		v.parent[a] = b
	}
}

func (v *variants) find(r rune) rune {
	p, ok := v.parent[r]
	if !ok {
		v.parent[r] = r
		return r
	}
	if p == r {
		return r
	}
	root := v.find(p)
	v.parent[r] = root
	return root
}

// standsFor says that r may be written where s is meant: they are linked
// directly, not merely through a third character.
func (v *variants) standsFor(r, s rune) bool { return v.edge[[2]rune{r, s}] }

// inStandard says that a form of r belongs to the Chinese standard list.
func (v *variants) inStandard(db *unihan, r rune) bool {
	for _, s := range runes(db.fields["kSimplifiedVariant"][r]) {
		if db.fields["kTGHZ2013"][s] != "" {
			return true
		}
	}
	return false
}

// classes returns the groups of two or more, each sorted with the character
// that stands for it in front, in a fixed order.
func (v *variants) classes() [][]rune {
	group := make(map[rune][]rune)
	for _, r := range slices.Sorted(maps.Keys(v.parent)) {
		root := v.find(r)
		group[root] = append(group[root], r)
	}
	var out [][]rune
	for _, class := range group {
		if len(class) < 2 {
			continue
		}
		slices.SortFunc(class, func(a, b rune) int {
			if x, y := v.weight(a), v.weight(b); x != y {
				return y - x
			}
			return int(a - b)
		})
		out = append(out, class)
	}
	slices.SortFunc(out, func(a, b []rune) int { return int(a[0] - b[0]) })
	return out
}

// weight prefers, as the face of a class, a character of the Korean school
// list, then one allowed in names, then any with a Korean reading.
func (v *variants) weight(r rune) int {
	text := v.db.fields["kHangul"][r]
	switch {
	case strings.Contains(text, "E"):
		return 3
	case strings.Contains(text, "N"):
		return 2
	case text != "":
		return 1
	}
	return 0
}

func (v *variants) lines(keep func(rune) bool) []string {
	var out []string
	for _, class := range v.classes() {
		class = slices.DeleteFunc(class, func(r rune) bool { return !keep(r) })
		if len(class) > 1 {
			out = append(out, string(class))
		}
	}
	return out
}
