package quantity

import "strings"

// A scanner walks over the runes of a Korean or Chinese phrase. Spaces carry
// little meaning there ("50 여 명" is "50여 명"), so words are matched across
// them.
type scanner struct {
	r []rune
	i int
}

func (s *scanner) end() bool { return s.i >= len(s.r) }

// peek is the rune k after the present one, 0 outside the phrase.
func (s *scanner) peek(k int) rune {
	if s.i+k < 0 || s.i+k >= len(s.r) {
		return 0
	}
	return s.r[s.i+k]
}

// space steps over spaces.
func (s *scanner) space() {
	for s.peek(0) == ' ' {
		s.i++
	}
}

// match finds word at the present place or behind spaces, with spaces allowed
// inside it. It gives the place behind the word, or -1.
func (s *scanner) match(word string) int {
	j := s.i
	for _, w := range word {
		for j < len(s.r) && s.r[j] == ' ' {
			j++
		}
		if j >= len(s.r) || s.r[j] != w {
			return -1
		}
		j++
	}
	return j
}

// take steps over word if it is next.
func (s *scanner) take(word string) bool {
	j := s.match(word)
	if j < 0 {
		return false
	}
	s.i = j
	return true
}

// text is the phrase between two places, without spaces at its ends.
func (s *scanner) text(i, j int) string {
	return strings.TrimSpace(string(s.r[i:min(j, len(s.r))]))
}

// An entry pairs a word with what it means.
type entry[V any] struct {
	word  string
	value V
}

// longest finds the longest word of a table at the present place and gives the
// place behind it, or -1.
func longest[V any](s *scanner, table []entry[V]) (value V, end int) {
	end = -1
	size := 0
	for _, e := range table {
		if len(e.word) <= size {
			continue
		}
		if j := s.match(e.word); j >= 0 {
			value, end, size = e.value, j, len(e.word)
		}
	}
	return value, end
}

// takeLongest is longest and steps over the word.
func takeLongest[V any](s *scanner, table []entry[V]) (value V, ok bool) {
	value, end := longest(s, table)
	if end < 0 {
		return value, false
	}
	s.i = end
	return value, true
}

// entries makes a table in which all words mean the same.
func entries[V any](value V, words string) []entry[V] {
	var out []entry[V]
	for _, w := range strings.Fields(words) {
		out = append(out, entry[V]{w, value})
	}
	return out
}

// join joins tables into one.
func join[V any](tables ...[]entry[V]) []entry[V] {
	var out []entry[V]
	for _, t := range tables {
		out = append(out, t...)
	}
	return out
}

// anyOf tells whether s holds one of the words.
func anyOf(s, words string) bool {
	for _, w := range strings.Fields(words) {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
