package text

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// A Piece is a stretch of a snippet.
type Piece struct {
	Text string
	Hit  bool // the query matched here
}

// Ellipsis stands for what a snippet leaves out, as a piece of its own.
const Ellipsis = "…"

// How far a snippet's edge may move inward to lie between words, in characters.
// Scripts without spaces are cut where the length ends.
const edgeSlack = 15

// Snippet returns the part of a text that shows best why it matches: at most max
// characters of the original, unchanged, with the hits marked, and an
// [Ellipsis] at each end where the text goes on. It takes the stretch with the
// most different words of the query. Where none is in the text, it is the
// beginning of the text. No cut falls inside a character, its marks and joined
// parts included.
func Snippet(original string, q Query, max int) []Piece {
	if max <= 0 || original == "" {
		return nil
	}
	hits := findHits(original, q)
	from, to := window(original, hits, max)
	return pieces(original, hits, from, to)
}

// A hit is a place where a phrase of the query matches.
type hit struct {
	start, end int // bytes
	phrase     int // which one
	runeStart  int // the same in characters from the start of the text
	runeEnd    int
}

// findHits lists the places where the phrases that are asked for match, in the
// order of the text.
func findHits(s string, q Query) []hit {
	var phrases []phrase
	for _, a := range q.any {
		phrases = append(phrases, a.all...)
	}
	tokens := Tokens(s)
	var hits []hit
	for i := range tokens {
		for n, ph := range phrases {
			if ph.at(tokens[i:]) {
				h := hit{start: tokens[i].Start, end: ph.end(tokens[i:]), phrase: n}
				for !charBoundary(s, h.start) {
					h.start--
				}
				for !charBoundary(s, h.end) {
					h.end++
				}
				hits = append(hits, h)
			}
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(a.start, b.start) })
	count, at := 0, 0
	for i := range hits {
		h := &hits[i]
		count += utf8.RuneCountInString(s[at:h.start])
		at = h.start
		h.runeStart = count
		h.runeEnd = count + utf8.RuneCountInString(s[h.start:h.end])
	}
	return hits
}

// end returns where a phrase ends that matches at the start of tokens. A single
// character that matched the first of a pair ends with it.
func (ph phrase) end(tokens []Token) int {
	last := len(ph.tokens) - 1
	if t := tokens[last]; t.kind == kindPair && t.Text != ph.tokens[last] {
		return t.head
	}
	return tokens[last].End
}

// window chooses the stretch of bytes to show.
func window(s string, hits []hit, max int) (from, to int) {
	if len(hits) == 0 {
		return 0, edgeRight(s, 0, forward(s, 0, max))
	}
	first, last := bestHits(hits, max)
	from, to = hits[first].start, hits[first].end
	runes := hits[first].runeEnd - hits[first].runeStart
	for _, h := range hits[first+1 : last+1] {
		if h.end > to {
			to = h.end
			runes = h.runeEnd - hits[first].runeStart
		}
	}
	if runes >= max {
		to = forward(s, from, max)
		for to > from && !charBoundary(s, to) {
			to--
		}
		return from, to
	}
	// A third of what is left goes before the hits: what comes after usually
	// says more. What one side cannot use, the other gets.
	left := max - runes
	start := backward(s, from, left/3)
	left -= utf8.RuneCountInString(s[start:from])
	end := forward(s, to, left)
	left -= utf8.RuneCountInString(s[to:end])
	start = backward(s, start, left)
	return edgeLeft(s, start, from), edgeRight(s, to, end)
}

// bestHits returns the first and last of the hits that fit into max characters
// and among which the most phrases are; of equals, the first with most hits.
func bestHits(hits []hit, max int) (first, last int) {
	inside := map[int]int{} // phrase → hits in the window
	bestPhrases, bestCount := 0, 0
	end := 0 // the window is hits[start:end]
	for start := range hits {
		if end <= start {
			end = start + 1
			inside[hits[start].phrase]++
		}
		for end < len(hits) && hits[end].runeEnd-hits[start].runeStart <= max {
			inside[hits[end].phrase]++
			end++
		}
		count := end - start
		if len(inside) > bestPhrases || len(inside) == bestPhrases && count > bestCount {
			bestPhrases, bestCount = len(inside), count
			first, last = start, end-1
		}
		if inside[hits[start].phrase]--; inside[hits[start].phrase] == 0 {
			delete(inside, hits[start].phrase)
		}
	}
	return first, last
}

// pieces cuts the stretch into hits and what is between them.
func pieces(s string, hits []hit, from, to int) []Piece {
	var out []Piece
	add := func(text string, isHit bool) {
		switch {
		case text == "":
		case len(out) > 0 && out[len(out)-1].Hit == isHit && out[len(out)-1].Text != Ellipsis:
			out[len(out)-1].Text += text
		default:
			out = append(out, Piece{text, isHit})
		}
	}
	if from > 0 {
		add(Ellipsis, false)
	}
	at := from
	for _, h := range hits {
		start, end := max(h.start, at), min(h.end, to)
		if start >= end {
			continue
		}
		add(s[at:start], false)
		add(s[start:end], true)
		at = end
	}
	add(s[at:to], false)
	if to < len(s) {
		out = append(out, Piece{Text: Ellipsis})
	}
	return out
}

// forward returns the place n characters after at, or the end of the text.
func forward(s string, at, n int) int {
	for ; n > 0 && at < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return at
}

// backward returns the place n characters before at, or the start of the text.
func backward(s string, at, n int) int {
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return at
}

// edgeLeft moves the start of a snippet toward limit: behind the next space if
// one is near, and in any case out of a character.
func edgeLeft(s string, at, limit int) int {
	if r, _ := utf8.DecodeLastRuneInString(s[:at]); at == 0 || isSpace(r) && charBoundary(s, at) {
		return at
	}
	for i, n := at, 0; i < limit && n < edgeSlack; n++ {
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		if isSpace(r) && charBoundary(s, i) {
			return i
		}
	}
	for at < limit && !charBoundary(s, at) {
		at++
	}
	return at
}

// edgeRight moves the end of a snippet toward limit in the same way.
func edgeRight(s string, limit, at int) int {
	if r, _ := utf8.DecodeRuneInString(s[at:]); at == len(s) || isSpace(r) && charBoundary(s, at) {
		return at
	}
	for i, n := at, 0; i > limit && n < edgeSlack; n++ {
		r, size := utf8.DecodeLastRuneInString(s[:i])
		if isSpace(r) && charBoundary(s, i-size) {
			return i - size
		}
		i -= size
	}
	for at > limit && !charBoundary(s, at) {
		at--
	}
	return at
}
