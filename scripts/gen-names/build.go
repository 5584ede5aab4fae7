package main

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// tables are the lines of the three constants.
type tables struct{ korean, mandarin, variants []string }

// Rank orders the characters of one syllable by how likely they are in a
// Korean name; it is the column of the line that they stand in.
type rank int

const (
	taught  rank = iota // kHangul …E: the 1,800 characters of the school list
	allowed             // kHangul …N: allowed in given names
	other               // everything else, and readings inherited from a variant
	ranks
)

// build turns the database into table lines. Only characters with a Korean
// reading of their own, or of a character they are a form of, and characters
// of the Chinese standard list are kept: nothing else stands in names often
// enough to be worth its bytes.
func build(db *unihan) tables {
	v := newVariants(db)
	korean := koreanReadings(db, v)
	mandarin := mandarinReadings(db, v, korean)
	return tables{
		korean:   koreanLines(korean),
		mandarin: mandarinLines(mandarin),
		variants: v.lines(func(r rune) bool { return len(korean[r]) > 0 || len(mandarin[r]) > 0 }),
	}
}

// bmp says that r fits the 16 bits that the tables of package names use.
func bmp(r rune) bool { return r >= 0x3400 && r <= 0x9FFF }

// koreanReadings gives each character its readings with their ranks.
func koreanReadings(db *unihan, v *variants) map[rune]map[rune]rank {
	own := make(map[rune]map[rune]rank)
	for r, text := range db.fields["kHangul"] {
		if !bmp(r) {
			continue
		}
		own[r] = make(map[rune]rank)
		for _, f := range strings.Fields(text) {
			syllable, mark, _ := strings.Cut(f, ":")
			h, _ := utf8.DecodeRuneInString(norm.NFC.String(syllable))
			k := other
			switch {
			case strings.Contains(mark, "E"):
				k = taught
			case strings.Contains(mark, "N"):
				k = allowed
			}
			if old, ok := own[r][h]; !ok || k < old {
				own[r][h] = k
			}
		}
	}
	// kKorean, an older field in Yale romanization, knows a thousand more.
	for r, text := range db.fields["kKorean"] {
		if !bmp(r) || own[r] != nil {
			continue
		}
		for _, f := range strings.Fields(text) {
			if h := fromYale(f); h != 0 {
				if own[r] == nil {
					own[r] = make(map[rune]rank)
				}
				own[r][h] = other
			}
		}
	}
	all := make(map[rune]map[rune]rank, len(own))
	for r, m := range own {
		all[r] = maps.Clone(m)
	}
	// A simplified or variant form is read as what it stands for; where it
	// is also a character of its own, the inherited reading comes second.
	for _, class := range v.classes() {
		for _, r := range class {
			for _, from := range class {
				if from == r || !v.standsFor(r, from) {
					continue
				}
				for h, k := range own[from] {
					if all[r] == nil {
						all[r] = make(map[rune]rank)
					}
					if len(own[r]) > 0 {
						k = other
					}
					if old, ok := all[r][h]; !ok || k < old {
						all[r][h] = k
					}
				}
			}
		}
	}
	return all
}

// mandarinReadings gives each kept character its toneless pinyin, the usual
// reading first.
func mandarinReadings(db *unihan, v *variants, korean map[rune]map[rune]rank) map[rune][]string {
	all := make(map[rune][]string)
	add := func(r rune, reading string) {
		if s := toneless(reading); s != "" && !slices.Contains(all[r], s) {
			all[r] = append(all[r], s)
		}
	}
	for r, text := range db.fields["kMandarin"] {
		if !bmp(r) || (len(korean[r]) == 0 && db.fields["kTGHZ2013"][r] == "" && !v.inStandard(db, r)) {
			continue
		}
		for _, s := range strings.Fields(text) {
			add(r, s)
		}
		for _, s := range strings.Fields(db.fields["kTGHZ2013"][r]) {
			_, list, _ := strings.Cut(s, ":")
			for _, p := range strings.Split(list, ",") {
				add(r, p)
			}
		}
		for _, s := range strings.Fields(db.fields["kHanyuPinlu"][r]) {
			p, _, _ := strings.Cut(s, "(")
			add(r, p)
		}
	}
	return all
}

// toneless removes tone marks and writes ü as v, the keyboard habit.
func toneless(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case r >= 'a' && r <= 'z':
			b.WriteRune(r)
		case r == '\u0308': // diaeresis: turn the u just written into v
			u := strings.TrimSuffix(b.String(), "u")
			b.Reset()
			b.WriteString(u + "v")
		}
	}
	return b.String()
}

func koreanLines(readings map[rune]map[rune]rank) []string {
	bySyllable := make(map[rune]*[ranks][]rune)
	for r, m := range readings {
		for h, k := range m {
			if bySyllable[h] == nil {
				bySyllable[h] = new([ranks][]rune)
			}
			bySyllable[h][k] = append(bySyllable[h][k], r)
		}
	}
	var lines []string
	for _, h := range slices.Sorted(maps.Keys(bySyllable)) {
		cols := bySyllable[h]
		text := make([]string, ranks)
		for i := range cols {
			slices.Sort(cols[i])
			text[i] = string(cols[i])
		}
		lines = append(lines, string(h)+" "+strings.Join(text, "|"))
	}
	return lines
}

func mandarinLines(readings map[rune][]string) []string {
	first, second := make(map[string][]rune), make(map[string][]rune)
	for r, list := range readings {
		for i, s := range list {
			if i == 0 {
				first[s] = append(first[s], r)
			} else {
				second[s] = append(second[s], r)
			}
		}
	}
	keys := slices.Collect(maps.Keys(first))
	for s := range second {
		if first[s] == nil {
			keys = append(keys, s)
		}
	}
	slices.Sort(keys)
	var lines []string
	for _, s := range keys {
		slices.Sort(first[s])
		slices.Sort(second[s])
		lines = append(lines, s+" "+string(first[s])+"|"+string(second[s]))
	}
	return lines
}
