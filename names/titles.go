package names

import (
	"slices"
	"strings"
	"unicode"
)

// Titles and forms of address, which are no part of a name.
var (
	latinTitles = setOf(`mr mrs ms miss mx dr prof professor sir dame lady madam madame mme mlle monsieur herr frau
		comrade rev reverend jr sr phd hon capt gen col sgt lt`)
	// hangulTitles and hanTitles follow a name, as a word of their own or
	// joined to it.
	hangulTitles = runeLists(`씨 님 여사 선생 선생님 동지 동무 할머니 할아버지 아주머니 아저씨 어머니 군 양`)
	hanTitles    = runeLists(`先生 女士 小姐 同志 氏 君 樣 様`)
)

func runeLists(words string) [][]rune {
	var list [][]rune
	for _, w := range strings.Fields(words) {
		list = append(list, []rune(w))
	}
	return list
}

// longestTitle is the length of professor.
const longestTitle = 9

// dropTitles removes titles from the row of tokens. In 김모 and 金某 ("one
// Kim") the second syllable says that the given name is withheld, and becomes
// a mask.
func (r *Reader) dropTitles(n *Name, tokens []token) []token {
	out := tokens[:0]
	alone := len(tokens) == 1
	for i, t := range tokens {
		word := n.text[t.from:t.to]
		switch t.script {
		case ScriptLatin:
			if !alone && len(word) <= longestTitle && latinTitles[strings.ToLower(string(word))] {
				continue
			}
		case ScriptHangul:
			if i > 0 && isTitle(word, hangulTitles) {
				continue
			}
			t = n.withheld(n.trimTitle(t, hangulTitles), '모')
		case ScriptHan:
			if i > 0 && isTitle(word, hanTitles) {
				continue
			}
			t = n.withheld(n.trimTitle(t, hanTitles), '某')
		}
		if t.to > t.from {
			out = append(out, t)
		}
	}
	return out
}

func isTitle(word []rune, titles [][]rune) bool {
	return slices.ContainsFunc(titles, func(t []rune) bool { return slices.Equal(t, word) })
}

// trimTitle cuts a title off the end of a word. One syllable is only cut from
// five on, so that given names that end in 양 or 군 stay whole; 씨 is always
// a title.
func (n *Name) trimTitle(t token, titles [][]rune) token {
	word := n.text[t.from:t.to]
	for _, title := range titles {
		w := len(title)
		if len(word) <= w || !slices.Equal(word[len(word)-w:], title) {
			continue
		}
		if w > 1 || title[0] == '씨' || title[0] == '氏' || len(word) >= 5 {
			t.to -= w
			return t
		}
	}
	return t
}

// withheld turns the mark into a mask where it follows a surname and ends the
// word.
func (n *Name) withheld(t token, mark rune) token {
	if t.to-t.from == 2 && n.text[t.to-1] == mark {
		n.text[t.to-1] = '○'
		n.note(NoteMasked)
	}
	return t
}

// initials splits a word such as YS or DJ: two or three capitals without a
// vowel.
func initials(word []rune) bool {
	if len(word) < 2 || len(word) > 3 {
		return false
	}
	for _, c := range word {
		if !unicode.IsUpper(c) || strings.ContainsRune("AEIOU", c) {
			return false
		}
	}
	return true
}
