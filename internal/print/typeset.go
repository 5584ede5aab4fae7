package print

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// style is the manner of a stretch of text on the page; lengths in points.
type style struct {
	size         float64
	bold, italic bool
	rise         float64 // above the baseline
	missing      bool    // underlined with dashes
	link         string  // outside address
	note         int     // number of the note that this leads to, or 0
}

// span is text in one style.
type span struct {
	text string
	style
}

// cluster is a character with the marks on it: what is never taken apart.
type cluster struct {
	first     int    // position of its first character in the paragraph
	src, draw []rune // as written, and as drawn (joined, replaced)
	over      []rune // Arabic marks, set over the letter one by one
	style     *style
	face      drawn
	width     float64
	breakable bool // a line may end after it
}

func (c cluster) isSpace() bool { return len(c.src) > 0 && (c.src[0] == ' ' || c.src[0] == 0x3000) }

// segment is a stretch of a line in one face and style, in the order it is
// drawn in from left to right.
type segment struct {
	face   drawn
	style  *style
	rtl    bool
	over   bool // a mark over a letter; nothing is added to it
	text   string
	actual string // what it says, if that is not text
	x      float64
	width  float64
}

// line is a set line.
type line struct {
	segments []segment
	width    float64
	rtl      bool // belongs to a paragraph from right to left
}

// typesetter sets texts; it notes the characters that no font has.
type typesetter struct {
	missing map[rune]bool
}

// replacement is drawn for a character that no font has. The character itself
// stays in the file as what the box says.
const replacement = '□'

// set breaks spans into lines of at most width points.
func (t *typesetter) set(spans []span, base, fallback Direction, width float64) ([]line, error) {
	clusters, runes, err := t.clusters(spans)
	if err != nil {
		return nil, err
	}
	levels, para := bidiLevels(runes, base, fallback)
	var lines []line
	for start := 0; start < len(clusters); {
		end := lineEnd(clusters, start, width)
		lines = append(lines, setLine(clusters[start:end], runes, levels, para))
		start = end
	}
	return lines, nil
}

// lineEnd finds where a line that begins at start ends: at the last place that
// allows it, or, in a word longer than the line, before the first cluster that
// is too much.
func lineEnd(clusters []cluster, start int, width float64) int {
	w, last := 0.0, -1
	for i := start; i < len(clusters); i++ {
		w += clusters[i].width
		// Spaces may hang over the edge, where nobody sees them.
		if w > width+0.01 && !clusters[i].isSpace() {
			if last > start {
				return last
			}
			return max(i, start+1)
		}
		if clusters[i].breakable {
			last = i + 1
		}
	}
	return len(clusters)
}

// clusters cuts the spans into clusters, shaped and measured. The runes are
// all characters, those that are not drawn included.
func (t *typesetter) clusters(spans []span) ([]cluster, []rune, error) {
	var runes []rune
	var styles []*style
	for i := range spans {
		for _, r := range normal(clean(spans[i].text)) {
			runes = append(runes, r)
			styles = append(styles, &spans[i].style)
		}
	}
	shaped := shape(runes)
	var out []cluster
	for i, r := range runes {
		// An alef that is already drawn with its lam stays there even if
		// another style begins between the two.
		if len(out) > 0 && (shaped[i] == 0 || isMark(r) && out[len(out)-1].style == styles[i]) {
			c := &out[len(out)-1]
			c.src = append(c.src, r)
			if shaped[i] != 0 {
				if err := t.addMark(c, shaped[i]); err != nil {
					return nil, nil, err
				}
			}
			continue
		}
		c := cluster{first: i, src: []rune{r}, style: styles[i]}
		if !isInvisible(r) {
			if err := t.measure(&c, shaped[i]); err != nil {
				return nil, nil, err
			}
			if r == ' ' && len(out) > 0 {
				if err := c.spaceLike(out[len(out)-1]); err != nil {
					return nil, nil, err
				}
			}
		}
		out = append(out, c)
	}
	markBreaks(out)
	return out, runes, nil
}

// measure chooses the face of a cluster and its width.
func (t *typesetter) measure(c *cluster, r rune) error {
	d, ok, err := choose(r, c.style.bold, c.style.italic)
	if err == nil && !ok {
		// Not even in its joined form: perhaps as it was written.
		r = c.src[0]
		if d, ok, err = choose(r, c.style.bold, c.style.italic); err == nil && !ok {
			t.missing[r] = true
			r = replacement
			d, _, err = choose(r, false, false)
		}
	}
	c.draw, c.face = []rune{r}, d
	c.width = float64(d.advance) * c.style.size / 1000
	return err
}

// spaceLike draws a space in the face of the word before it, so that words of
// one script stay one stretch of text.
func (c *cluster) spaceLike(before cluster) error {
	if before.style != c.style || len(before.draw) == 0 {
		return nil
	}
	font, err := before.face.face.load()
	if err != nil || font.glyph(' ') == 0 {
		return err
	}
	c.face = before.face
	c.face.advance = font.advance(' ')
	c.width = float64(c.face.advance) * c.style.size / 1000
	return nil
}

// addMark draws a mark over its letter if the letter's face has it.
func (t *typesetter) addMark(c *cluster, r rune) error {
	if isInvisible(r) || len(c.draw) == 0 {
		return nil
	}
	font, err := c.face.face.load()
	if err != nil {
		return err
	}
	if font.glyph(r) == 0 {
		t.missing[r] = true
		return nil
	}
	if unicode.Is(unicode.Arabic, r) || unicode.Is(unicode.Inherited, r) && r >= 0x64B && r <= 0x670 {
		c.over = withShadda(c.over, r)
		return nil
	}
	c.draw = append(c.draw, r)
	c.width += float64(font.advance(r)) * c.style.size / 1000
	return nil
}

// shaddaForms are the pictures of a shadda together with another mark, which
// would lie on one another if they were drawn one by one.
var shaddaForms = map[rune]rune{0x64C: 0xFC5E, 0x64D: 0xFC5F, 0x64E: 0xFC60, 0x64F: 0xFC61, 0x650: 0xFC62, 0x670: 0xFC63}

const shadda = 0x651

// withShadda adds a mark to those over a letter.
func withShadda(over []rune, r rune) []rune {
	for i, o := range over {
		if o == shadda && shaddaForms[r] != 0 {
			over[i] = shaddaForms[r]
			return over
		}
		if r == shadda && shaddaForms[o] != 0 {
			over[i] = shaddaForms[o]
			return over
		}
	}
	return append(over, r)
}

// markBreaks notes after which clusters a line may end. Characters that are
// not drawn do not hide their neighbours from one another, but a zero-width
// space allows a break and a reference to a note stays with its word.
func markBreaks(clusters []cluster) {
	last := -1 // the last cluster that counts
	for i := range clusters {
		r := clusters[i].src[0]
		if len(clusters[i].draw) == 0 && r != 0x200B && !isGlue(r) {
			continue
		}
		if last >= 0 && clusters[i].style.note == 0 {
			clusters[i-1].breakable = mayBreak(clusters[last].src[0], r)
		}
		last = i
	}
}

// setLine orders a line's clusters as they are seen and gathers them into
// segments.
func setLine(clusters []cluster, runes []rune, levels []level, para level) line {
	for len(clusters) > 1 && clusters[len(clusters)-1].isSpace() {
		clusters = clusters[:len(clusters)-1]
	}
	from := clusters[0].first
	last := clusters[len(clusters)-1]
	to := last.first + len(last.src)
	resolved := lineLevels(runes[from:to], levels[from:to], para)
	own := make([]level, len(clusters))
	for i, c := range clusters {
		own[i] = resolved[c.first-from]
		if own[i] == removed && len(c.draw) > 0 {
			own[i] = para
		}
	}
	l := line{rtl: para%2 == 1}
	for _, i := range visualOrder(own) {
		c := clusters[i]
		if len(c.draw) == 0 {
			continue
		}
		l.add(c, own[i]%2 == 1)
		l.addOver(c)
		l.width += c.width
	}
	return l
}

// addOver sets Arabic marks over the middle of the letter just added. The
// fonts' own tables would place them better; this keeps them with their letter.
func (l *line) addOver(c cluster) {
	font, err := c.face.face.load()
	if err != nil || len(c.over) == 0 {
		return // the face was loaded to measure the letter, so there is no error
	}
	left, right := font.bounds(c.draw[0])
	for _, r := range c.over {
		a, b := font.bounds(r)
		shift := float64(left+right-a-b) / 2 * c.style.size / 1000
		s := segment{face: c.face, style: c.style, rtl: true, over: true, text: string(r), x: l.width + shift}
		l.segments = append(l.segments, s)
	}
}

// add puts a cluster at the right end of a line. In stretches from right to
// left the text says what is drawn from its end to its beginning.
func (l *line) add(c cluster, rtl bool) {
	draw := c.draw
	if rtl {
		draw = []rune{mirror(c.draw[0])}
		draw = append(draw, c.draw[1:]...)
	}
	text, src := string(draw), string(c.src)
	if n := len(l.segments); n > 0 {
		s := &l.segments[n-1]
		if !s.over && s.face.face == c.face.face && s.face.stroke == c.face.stroke && s.style == c.style && s.rtl == rtl && (s.actual != "") == (rtl || src != text) {
			s.text += text
			switch {
			case rtl:
				s.actual = src + s.actual
			case s.actual != "":
				s.actual += src
			}
			s.width += c.width
			return
		}
	}
	s := segment{face: c.face, style: c.style, rtl: rtl, text: text, x: l.width, width: c.width}
	if rtl || src != text {
		s.actual = src
	}
	l.segments = append(l.segments, s)
}

// normal composes letters and marks where one character stands for both, as
// fonts have those. Compatibility ideographs are kept as they are: composing
// would replace them, and in a name that is a change.
func normal(s string) string {
	if norm.NFC.IsNormalString(s) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		i := strings.IndexFunc(s, isCompatibility)
		if i < 0 {
			b.WriteString(norm.NFC.String(s))
			break
		}
		b.WriteString(norm.NFC.String(s[:i]))
		rest := strings.TrimLeftFunc(s[i:], isCompatibility)
		b.WriteString(s[i : len(s)-len(rest)])
		s = rest
	}
	return b.String()
}

func isCompatibility(r rune) bool { return r >= 0xF900 && r <= 0xFAFF || r >= 0x2F800 && r <= 0x2FA1F }

// isMark reports whether a character belongs on the one before it.
func isMark(r rune) bool {
	return unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc) || r == 0xE33 || r == 0xEB3 // Thai and Lao am
}

// isInvisible reports whether a character is not drawn: format characters and
// the soft hyphen.
func isInvisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}
