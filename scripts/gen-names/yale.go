package main

import "strings"

// Yale spellings, as the field kKorean uses them, longest first within each
// list so that a prefix never hides a longer one.
var (
	yaleInitials = []struct {
		text  string
		index int
	}{
		{"KK", 1}, {"TT", 4}, {"PP", 8}, {"SS", 10}, {"CC", 13}, {"CH", 14}, {"KH", 15}, {"TH", 16}, {"PH", 17},
		{"K", 0}, {"N", 2}, {"T", 3}, {"L", 5}, {"M", 6}, {"P", 7}, {"S", 9}, {"C", 12}, {"H", 18}, {"", 11},
	}
	yaleVowels = []struct {
		text  string
		index int
	}{
		{"YAY", 3}, {"YEY", 7}, {"WAY", 10}, {"WEY", 15}, {"AY", 1}, {"YA", 2}, {"EY", 5}, {"YE", 6}, {"WA", 9},
		{"OY", 11}, {"YO", 12}, {"WE", 14}, {"WI", 16}, {"YU", 17}, {"UY", 19}, {"WU", 13},
		{"A", 0}, {"E", 4}, {"O", 8}, {"U", 18}, {"I", 20},
	}
	yaleFinals = map[string]int{"": 0, "K": 1, "N": 4, "T": 7, "L": 8, "M": 16, "P": 17, "S": 19, "NG": 21}
)

// fromYale turns a Yale romanization into a Hangul syllable; 0 if it is none.
func fromYale(s string) rune {
	for _, i := range yaleInitials {
		rest, ok := strings.CutPrefix(s, i.text)
		if !ok {
			continue
		}
		for _, v := range yaleVowels {
			tail, ok := strings.CutPrefix(rest, v.text)
			if !ok {
				continue
			}
			if f, ok := yaleFinals[tail]; ok {
				vowel := v.index
				// After a labial, Yale writes the rounded vowel without its W.
				if vowel == 18 && (i.index == 6 || i.index == 7 || i.index == 8 || i.index == 17) {
					vowel = 13
				}
				return rune(0xAC00 + (i.index*21+vowel)*28 + f)
			}
		}
	}
	return 0
}
