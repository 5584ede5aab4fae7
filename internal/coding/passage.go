package coding

import (
	"strings"
	"unicode"

	"asylon/internal/fault"
)

// Passage is a stretch of a page's text, in Unicode code points.
type Passage struct {
	Start, End int
	Text       string
}

// maxSentence is where a sentence is cut for choosing, in code points: a page
// without full stops must still be choosable in pieces.
const maxSentence = 600

// Sentences cuts a page's text into passages that a reader can choose from and
// to. Line ends within a sentence do not end it: sources break lines anywhere;
// an empty line does.
func Sentences(text string) []Passage {
	rs := []rune(text)
	var out []Passage
	start := 0
	flush := func(end int) {
		s, e := start, end
		for s < e && unicode.IsSpace(rs[s]) {
			s++
		}
		for e > s && unicode.IsSpace(rs[e-1]) {
			e--
		}
		if e > s {
			out = append(out, Passage{s, e, string(rs[s:e])})
		}
		start = end
	}
	for i := 0; i < len(rs); i++ {
		switch {
		case strings.ContainsRune("。！？", rs[i]):
			flush(i + 1)
		case strings.ContainsRune(".!?", rs[i]) && endsSentence(rs, i):
			for i+1 < len(rs) && strings.ContainsRune("\"'”’)", rs[i+1]) {
				i++
			}
			flush(i + 1)
		case rs[i] == '\n' && emptyLine(rs, i+1):
			flush(i + 1)
		case i-start >= maxSentence && unicode.IsSpace(rs[i]):
			flush(i + 1)
		}
	}
	flush(len(rs))
	return out
}

// endsSentence tells whether the mark at i is followed by space and then by
// something that begins a sentence: "Dr. Kim" and "3.5" do not end one.
func endsSentence(rs []rune, i int) bool {
	j := i + 1
	for j < len(rs) && strings.ContainsRune("\"'”’)", rs[j]) {
		j++
	}
	if j == len(rs) {
		return true
	}
	if !unicode.IsSpace(rs[j]) {
		return false
	}
	word := 0
	for k := i - 1; k >= 0 && unicode.IsLetter(rs[k]); k-- {
		word++
	}
	for j < len(rs) && unicode.IsSpace(rs[j]) {
		j++
	}
	return word != 1 && (j == len(rs) || !unicode.IsLower(rs[j]))
}

// emptyLine tells whether the line beginning at i holds nothing but space, and
// the text does not simply go on: double-spaced texts have an empty line
// between any two lines, and there a sentence goes on in lower case.
func emptyLine(rs []rune, i int) bool {
	j := i
	for j < len(rs) && rs[j] != '\n' {
		if !unicode.IsSpace(rs[j]) {
			return false
		}
		j++
	}
	if j == len(rs) {
		return true
	}
	for j < len(rs) && unicode.IsSpace(rs[j]) {
		j++
	}
	k := i - 1
	for k >= 0 && unicode.IsSpace(rs[k]) {
		k--
	}
	ended := k < 0 || strings.ContainsRune(".!?:;。！？\"”)", rs[k])
	return ended || j < len(rs) && unicode.IsUpper(rs[j]) && k >= 0 && !strings.ContainsRune(",", rs[k]) && lineIsShort(rs, k)
}

// lineIsShort tells whether the line that ends at k is short, like a heading.
func lineIsShort(rs []rune, k int) bool {
	n := 0
	for k >= 0 && rs[k] != '\n' {
		n, k = n+1, k-1
	}
	return n < 50
}

// Between is the passage from the from-th to the to-th sentence, from 1.
func Between(text string, from, to int) (Passage, error) {
	all := Sentences(text)
	if from < 1 || to < from || to > len(all) {
		return Passage{}, fault.Invalid("choose a first and a last sentence between 1 and %d, the last not before the first", len(all))
	}
	return At(text, all[from-1].Start, all[to-1].End)
}

// At is the passage between two positions.
func At(text string, start, end int) (Passage, error) {
	rs := []rune(text)
	if start < 0 || end > len(rs) || start >= end {
		return Passage{}, fault.Invalid("the passage from %d to %d is not on this page, which has %d characters", start, end, len(rs))
	}
	return Passage{start, end, string(rs[start:end])}, nil
}

// Locate finds typed words on a page: exactly, else with any space standing
// for any other. Where they stand more than once, the first is taken.
func Locate(text, words string) (Passage, error) {
	words = strings.TrimSpace(words)
	if words == "" {
		return Passage{}, fault.Invalid("type the words, or choose sentences")
	}
	rs, want := []rune(text), []rune(words)
	for i := range rs {
		if j, ok := matchAt(rs, i, want); ok {
			return Passage{i, j, string(rs[i:j])}, nil
		}
	}
	return Passage{}, fault.Invalid("these words are not on this page: copy them from the text as it is shown")
}

func matchAt(rs []rune, i int, want []rune) (int, bool) {
	for k := 0; k < len(want); {
		if unicode.IsSpace(want[k]) {
			if i >= len(rs) || !unicode.IsSpace(rs[i]) {
				return 0, false
			}
			for i < len(rs) && unicode.IsSpace(rs[i]) {
				i++
			}
			for k < len(want) && unicode.IsSpace(want[k]) {
				k++
			}
			continue
		}
		if i >= len(rs) || rs[i] != want[k] {
			return 0, false
		}
		i, k = i+1, k+1
	}
	return i, true
}
