package svg

import (
	"math"
	"strconv"
	"strings"
)

// Sizes in user units.
const (
	textSize  = 13.0
	smallSize = 11.0
	rowHeight = 28.0
)

// A canvas collects the elements of one drawing. It is used by one goroutine.
type canvas struct {
	b     strings.Builder
	id    string
	width float64
	words Words
	used  [patternCount]bool
}

// num prints a coordinate with at most two decimals: enough for a hundredth
// of a pixel, short, and the same on every machine.
func num(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		// Callers refuse such numbers; a drawing must be well formed even if
		// one slips through.
		return "0"
	}
	s := strconv.FormatFloat(x, 'f', 2, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" || s == "" {
		return "0"
	}
	return s
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")

// escape makes a text safe in element content and attribute values alike, and
// leaves out characters that XML does not allow at all.
func escape(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case r < 0x20, r == 0x7f, r == 0xfffe, r == 0xffff:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return escaper.Replace(s)
}

// attributes writes name-value pairs; pairs with an empty value are left out.
func (c *canvas) attributes(pairs []string) {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			continue
		}
		c.b.WriteByte(' ')
		c.b.WriteString(pairs[i])
		c.b.WriteString(`="`)
		c.b.WriteString(escape(pairs[i+1]))
		c.b.WriteByte('"')
	}
}

func (c *canvas) open(name string, pairs ...string) {
	c.b.WriteByte('<')
	c.b.WriteString(name)
	c.attributes(pairs)
	c.b.WriteByte('>')
}

func (c *canvas) close(name string) {
	c.b.WriteString("</")
	c.b.WriteString(name)
	c.b.WriteByte('>')
}

// leaf writes an element without content.
func (c *canvas) leaf(name string, pairs ...string) {
	c.b.WriteByte('<')
	c.b.WriteString(name)
	c.attributes(pairs)
	c.b.WriteString("/>")
}

// element writes an element with text content.
func (c *canvas) element(name, content string, pairs ...string) {
	c.open(name, pairs...)
	c.b.WriteString(escape(content))
	c.close(name)
}

func (c *canvas) line(class string, x1, y1, x2, y2 float64, pairs ...string) {
	c.leaf("line", append([]string{"class", class,
		"x1", num(x1), "y1", num(y1), "x2", num(x2), "y2", num(y2),
		"stroke", "currentColor"}, pairs...)...)
}

// rect draws a filled rectangle; a negative width or height counts as nothing.
func (c *canvas) rect(class string, x, y, w, h float64, pairs ...string) {
	if w <= 0 || h <= 0 {
		return
	}
	c.leaf("rect", append([]string{"class", class,
		"x", num(x), "y", num(y), "width", num(w), "height", num(h)}, pairs...)...)
}

func (c *canvas) circle(class string, x, y, r float64, pairs ...string) {
	c.leaf("circle", append([]string{"class", class,
		"cx", num(x), "cy", num(y), "r", num(r)}, pairs...)...)
}

func (c *canvas) path(class, d string, pairs ...string) {
	c.leaf("path", append([]string{"class", class, "d", d}, pairs...)...)
}

// arrow draws an open head whose tip is at (x, y), pointing right or up: the
// sign for "nothing bounds this from above".
func (c *canvas) arrow(class string, x, y, size float64, up bool) {
	d := "M" + num(x-size) + " " + num(y-size) + "L" + num(x) + " " + num(y) + "L" + num(x-size) + " " + num(y+size)
	if up {
		d = "M" + num(x-size) + " " + num(y+size) + "L" + num(x) + " " + num(y) + "L" + num(x+size) + " " + num(y+size)
	}
	c.path(class, d, "fill", "none", "stroke", "currentColor", "stroke-width", "2")
}

// anchor says which point of a text is given.
type anchor int

const (
	anchorLeft anchor = iota
	anchorMiddle
	anchorRight
)

// text writes one line of text with its baseline at y. The anchor is a side of
// the page, not of the text: a right-to-left text gets its direction and the
// opposite text-anchor, so that it stands where it was put.
func (c *canvas) text(class string, x, y float64, a anchor, s string, pairs ...string) {
	if s == "" {
		return
	}
	rtl := isRTL(s)
	value := "" // "start" is what a text has anyway
	switch {
	case a == anchorMiddle:
		value = "middle"
	case a == anchorRight != rtl:
		value = "end"
	}
	dir := ""
	if rtl {
		dir = "rtl"
	}
	c.element("text", s, append([]string{"class", class, "x", num(x), "y", num(y),
		"text-anchor", value, "direction", dir}, pairs...)...)
}

// small is text at the smaller size.
func (c *canvas) small(class string, x, y float64, a anchor, s string) {
	c.text(class, x, y, a, s, "font-size", num(smallSize))
}
