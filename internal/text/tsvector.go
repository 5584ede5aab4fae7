package text

import (
	"slices"
	"strconv"
	"strings"
)

// What PostgreSQL takes (documentation, section 12.11, "Limitations"). A vector
// counts the bytes of its lexemes and of their positions.
const (
	// MaxPosition is the last position that a tsvector can hold.
	MaxPosition = 16_383
	// MaxOccurrences is the most positions of one lexeme.
	MaxOccurrences = 255
	// MaxVectorBytes bounds the lexemes and positions of one vector.
	MaxVectorBytes = 1<<20 - 1
)

// lexemeOverhead is what PostgreSQL may need for a lexeme besides its letters:
// alignment to two bytes and the count of positions.
const lexemeOverhead = 4

// TSVector returns the tokens of a text as the literal of a PostgreSQL tsvector,
// to be cast: $1::tsvector.
//
// A text beyond PostgreSQL's limits still gives a vector that it takes: what is
// behind [MaxPosition] is found as a word and not in a phrase, what is behind
// [MaxVectorBytes] not at all. Index texts by [Passages] and neither happens.
func TSVector(s string) string {
	at := map[string][]int{}
	size, pos := 0, 0
	scan(s, func(t *piece) {
		pos++
		places, seen := at[string(t.text)]
		needs := 0
		if !seen {
			needs = len(t.text) + lexemeOverhead
		}
		if pos <= MaxPosition && len(places) < MaxOccurrences {
			places = append(places, pos)
			needs += 2
		}
		if size+needs > MaxVectorBytes {
			return
		}
		size += needs
		at[string(t.text)] = places
	})
	lexemes := make([]string, 0, len(at))
	for lexeme := range at {
		lexemes = append(lexemes, lexeme)
	}
	slices.Sort(lexemes)
	var b strings.Builder
	b.Grow(size + size/2)
	for i, lexeme := range lexemes {
		if i > 0 {
			b.WriteByte(' ')
		}
		writeQuoted(&b, lexeme)
		for j, pos := range at[lexeme] {
			b.WriteByte(":,"[min(j, 1)])
			b.WriteString(strconv.Itoa(pos))
		}
	}
	return b.String()
}

// writeQuoted writes a lexeme of a tsvector or tsquery. Tokens hold letters and
// digits only, so there is nothing to escape.
func writeQuoted(b *strings.Builder, lexeme string) {
	b.WriteByte('\'')
	b.WriteString(lexeme)
	b.WriteByte('\'')
}

// A Span is a stretch of a text, in bytes.
type Span struct{ Start, End int }

// passageTokens is the most tokens of a passage. It leaves room below
// [MaxPosition]. The frequent words of English fill a passage earlier, after six
// pages of print or so; an ordinary page is one passage.
const passageTokens = 12_000

// passageOccurrences is the most occurrences of one token in a passage. It leaves
// room below [MaxOccurrences] for the tokens of one segment, which cannot be
// parted, and for the tail that a cut makes of a run.
const passageOccurrences = 200

// passageBytes bounds a passage's vector; see [MaxVectorBytes].
const passageBytes = 900_000

// Passages cuts a text into stretches that can be indexed without loss: no
// passage has too many tokens, too many of one token, or too large a vector. The
// stretches cover the text without gap or overlap. Cuts are made at the last
// line break in the second half of a passage, else between two tokens; a phrase
// across a cut is not found. An empty text has no passage.
func Passages(s string) []Span {
	if s == "" {
		return nil
	}
	p := passager{s: s}
	scan(s, p.add)
	return append(p.spans, Span{p.start, len(s)})
}

// passager measures tokens and cuts where a passage is full.
type passager struct {
	s     string
	spans []Span
	start int // of the passage in hand

	seen   map[string]int // how often each token occurs in it
	most   int            // the largest of these numbers
	size   int            // of its vector
	tokens []Span         // its tokens, for the place of the cut
}

func (p *passager) add(t *piece) {
	if p.seen == nil {
		p.seen = map[string]int{}
	}
	// Tokens that start at the same byte, as those of the ligature ﷺ do, cannot
	// be parted.
	for p.full() && p.tokens[len(p.tokens)-1].Start < t.start {
		p.cut(t.start)
	}
	p.count(t)
	p.tokens = append(p.tokens, Span{t.start, t.end})
}

func (p *passager) full() bool {
	return len(p.tokens) >= passageTokens || p.size >= passageBytes || p.most >= passageOccurrences
}

func (p *passager) count(t *piece) {
	n := p.seen[string(t.text)] + 1
	p.seen[string(t.text)] = n
	p.most = max(p.most, n)
	p.size += len(t.text) + lexemeOverhead + 2
}

// cut ends the passage at a line break, or else before the token at byte at.
func (p *passager) cut(at int) {
	half := p.start + (at-p.start)/2
	if i := strings.LastIndexByte(p.s[half:at], '\n'); i >= 0 {
		at = half + i + 1
	}
	p.spans = append(p.spans, Span{p.start, at})
	p.start = at
	// The tokens behind the line break belong to the next passage; what is
	// known of it is counted anew from them.
	behind := p.tokens[:0]
	for _, span := range p.tokens {
		if span.Start >= at {
			behind = append(behind, span)
		}
	}
	p.tokens, p.size, p.most = behind, 0, 0
	clear(p.seen)
	if len(behind) > 0 {
		scan(p.s[behind[0].Start:behind[len(behind)-1].End], p.count)
	}
}
