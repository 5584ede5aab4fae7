package text

import "strings"

// Match reports whether a text with these tokens, from [Tokens], matches. Both
// engines give the same answer; texts beyond the limits of [TSVector] excepted.
func Match(q Query, tokens []Token) bool {
	for _, a := range q.any {
		if a.match(tokens) {
			return true
		}
	}
	return false
}

func (a alternative) match(tokens []Token) bool {
	for _, ph := range a.all {
		if ph.find(tokens) < 0 {
			return false
		}
	}
	for _, ph := range a.none {
		if ph.find(tokens) >= 0 {
			return false
		}
	}
	return true
}

// find returns the index of the first token at which the phrase matches, or a
// negative number.
func (ph phrase) find(tokens []Token) int {
	for i := range tokens {
		if ph.at(tokens[i:]) {
			return i
		}
	}
	return -1
}

// at reports whether the phrase matches at the start of tokens.
func (ph phrase) at(tokens []Token) bool {
	if len(ph.tokens) > len(tokens) {
		return false
	}
	last := len(ph.tokens) - 1
	for i, want := range ph.tokens {
		got := tokens[i].Text
		if got != want && !(i == last && ph.prefix && strings.HasPrefix(got, want)) {
			return false
		}
	}
	return true
}
