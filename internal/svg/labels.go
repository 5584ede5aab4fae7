package svg

import (
	"fmt"
	"math"
)

// box is a rectangle on the sheet.
type box struct{ x0, y0, x1, y1 float64 }

func (a box) overlaps(b box) bool {
	return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1
}

// crosses reports whether the segment from (x0, y0) to (x1, y1) touches the
// box, by cutting the segment at the box's four sides (Liang and Barsky 1984).
func (a box) crosses(x0, y0, x1, y1 float64) bool {
	t0, t1 := 0.0, 1.0
	dx, dy := x1-x0, y1-y0
	for _, e := range [4][2]float64{{-dx, x0 - a.x0}, {dx, a.x1 - x0}, {-dy, y0 - a.y0}, {dy, a.y1 - y0}} {
		p, q := e[0], e[1]
		if p == 0 {
			if q < 0 {
				return false
			}
			continue
		}
		t := q / p
		if p < 0 {
			t0 = max(t0, t)
		} else {
			t1 = min(t1, t)
		}
	}
	return t0 <= t1
}

// segment is a leader line that labels must not cover.
type segment struct{ x0, y0, x1, y1 float64 }

// occupied is what already lies on the sheet.
type occupied struct {
	sheet   box
	symbols int // how many of the boxes are symbols; they come first
	boxes   []box
	leaders []segment
}

func (o *occupied) free(b box) bool {
	if b.x0 < o.sheet.x0 || b.y0 < o.sheet.y0 || b.x1 > o.sheet.x1 || b.y1 > o.sheet.y1 {
		return false
	}
	for _, other := range o.boxes {
		if b.overlaps(other) {
			return false
		}
	}
	for _, l := range o.leaders {
		if b.crosses(l.x0, l.y0, l.x1, l.y1) {
			return false
		}
	}
	return true
}

// crossing says what a leader line may cross. In a crowd a line over something
// is the lesser evil: without it the place would have no name on the sheet.
type crossing int

const (
	crossNothing crossing = iota
	crossSymbols
	crossAll
)

// clear reports whether a leader line crosses nothing but the symbols that its
// own symbol lies on: a small place within a large one's circle has to get out.
func (o *occupied) clear(l segment, may crossing) bool {
	if may == crossAll {
		return true
	}
	for i, b := range o.boxes {
		if i < o.symbols && may == crossSymbols {
			continue
		}
		if i < o.symbols && b.x0 <= l.x0 && l.x0 <= b.x1 && b.y0 <= l.y0 && l.y0 <= b.y1 {
			continue
		}
		if b.crosses(l.x0, l.y0, l.x1, l.y1) {
			return false
		}
	}
	return true
}

// tag is a label that has found its place.
type tag struct {
	at     box
	leader *segment
}

// place looks for a free place for a box of w by h near a symbol: first beside
// it, where no leader line is needed, then further away with one. reach is how
// far that may be; ok is false if nothing is free.
func (o *occupied) place(s symbol, w, h, reach float64, may crossing) (tag, bool) {
	r := s.extent() + 3
	d := r * math.Sqrt2 / 2
	beside := []box{
		{s.x + r, s.y - h/2, s.x + r + w, s.y + h/2}, // right
		{s.x - r - w, s.y - h/2, s.x - r, s.y + h/2}, // left
		{s.x + d, s.y - d - h, s.x + d + w, s.y - d}, // above right
		{s.x + d, s.y + d, s.x + d + w, s.y + d + h}, // below right
		{s.x - d - w, s.y - d - h, s.x - d, s.y - d}, // above left
		{s.x - d - w, s.y + d, s.x - d, s.y + d + h}, // below left
		{s.x - w/2, s.y - r - h, s.x + w/2, s.y - r}, // above
		{s.x - w/2, s.y + r, s.x + w/2, s.y + r + h}, // below
	}
	for _, b := range beside {
		if o.free(b) {
			return tag{at: b}, true
		}
	}
	for dist := r + 12; dist <= reach; dist += 10 {
		for k := range 16 {
			angle := float64(k) * math.Pi / 8
			cx, cy := s.x+dist*math.Cos(angle), s.y+dist*math.Sin(angle)
			// The box hangs on the line's end by the side that faces the symbol.
			x0 := cx - w/2 + math.Cos(angle)*w/2
			y0 := cy - h/2 + math.Sin(angle)*h/2
			b := box{x0, y0, x0 + w, y0 + h}
			line := segment{s.x, s.y, cx, cy}
			if o.free(b) && o.clear(line, may) {
				return tag{at: b, leader: &line}, true
			}
		}
	}
	return tag{}, false
}

// labels sets the labels of all symbols and then the captions, and returns the
// symbols that got a number instead, in the order of their numbers.
func (c *canvas) labels(sh sheet, symbols []symbol, captions []Caption) []symbol {
	o := &occupied{sheet: box{2, 2, sh.w - 2, sh.h - 2}}
	for _, s := range symbols {
		r := s.extent()
		o.boxes = append(o.boxes, box{s.x - r, s.y - r, s.x + r, s.y + r})
	}
	o.symbols = len(symbols)
	// The scale bar keeps its corner.
	o.boxes = append(o.boxes, box{0, sh.h - 36, sh.w * 0.3, sh.h})

	reach := 46.0
	if sh.w < 480 {
		reach = 30
	}
	var numbered []symbol
	for _, s := range symbols {
		w := max(textWidth(s.Label, smallSize), textWidth(s.Second, smallSize-1)) + 2
		h := 14.0
		if s.Second != "" {
			h = 27
		}
		if s.Label == "" {
			continue
		}
		if w < sh.w*0.4 {
			if t, ok := o.place(s, w, h, reach, crossNothing); ok {
				c.label(t, s)
				o.take(t)
				continue
			}
		}
		numbered = append(numbered, s)
	}
	numbered = c.numbers(o, numbered)
	c.captions(sh, o, captions)
	return numbered
}

// groupReach is how close together places without room for a label share one
// tag, in user units.
const groupReach = 20

// numbers gives places their numbers and sets them as tags. In a crowd one tag
// stands for neighbouring places ("3–6"); if there is no room even for that,
// only the key and the table name them.
func (c *canvas) numbers(o *occupied, places []symbol) []symbol {
	var groups [][]symbol
next:
	for _, s := range places {
		for i, g := range groups {
			if math.Hypot(s.x-g[0].x, s.y-g[0].y) <= groupReach {
				groups[i] = append(g, s)
				continue next
			}
		}
		groups = append(groups, []symbol{s})
	}
	var out []symbol
	for _, g := range groups {
		for i := range g {
			g[i].number = len(out) + 1
			out = append(out, g[i])
		}
		text := fmt.Sprint(g[0].number)
		if len(g) > 1 {
			text += "–" + fmt.Sprint(g[len(g)-1].number)
		}
		w := textWidth(text, smallSize) + 6
		for may := crossNothing; may <= crossAll; may++ {
			if t, ok := o.place(g[0], w, 14, 140, may); ok {
				c.numberTag(t, text)
				o.take(t)
				break
			}
		}
	}
	return out
}

func (o *occupied) take(t tag) {
	o.boxes = append(o.boxes, t.at)
	if t.leader != nil {
		o.leaders = append(o.leaders, *t.leader)
	}
}

// label writes a label, and its leader line if it has one. The text stands on
// the side of the box that faces the symbol.
func (c *canvas) label(t tag, s symbol) {
	c.leader(t)
	x, a := t.at.x0+1, anchorLeft
	switch mid := (t.at.x0 + t.at.x1) / 2; {
	case mid < s.x-4 && t.at.x1 <= s.x+1:
		x, a = t.at.x1-1, anchorRight
	case t.at.x0 < s.x && t.at.x1 > s.x:
		x, a = mid, anchorMiddle
	}
	c.small("pic-name pic-halo", x, t.at.y0+11, a, s.Label)
	if s.Second != "" {
		c.text("pic-name pic-halo pic-quiet", x, t.at.y0+23, a, s.Second, "font-size", num(smallSize-1))
	}
}

func (c *canvas) leader(t tag) {
	if t.leader != nil {
		l := t.leader
		c.line("pic-leader", l.x0, l.y0, l.x1, l.y1, "stroke-width", "0.8")
	}
}

// numberTag writes a number in a frame.
func (c *canvas) numberTag(t tag, text string) {
	c.leader(t)
	c.rect("pic-tag", t.at.x0, t.at.y0, t.at.x1-t.at.x0, t.at.y1-t.at.y0, "fill", "none", "stroke", "currentColor", "stroke-width", "0.8", "rx", "3")
	c.small("pic-name pic-halo", (t.at.x0+t.at.x1)/2, t.at.y0+11, anchorMiddle, text)
}

// captions writes the names of areas that are on the sheet and in no label's
// way; the others are left out.
func (c *canvas) captions(sh sheet, o *occupied, captions []Caption) {
	for _, caption := range captions {
		x, y := sh.at([2]float64{caption.Lon, caption.Lat})
		w := textWidth(caption.Text, textSize) * 1.25
		for _, dy := range []float64{0, -20, 20, -40, 40} {
			b := box{x - w/2, y + dy - 9, x + w/2, y + dy + 9}
			if !o.free(b) {
				continue
			}
			spacing := "1.5"
			if isRTL(caption.Text) {
				spacing = "" // spacing would tear joined letters apart
			}
			c.text("pic-quiet pic-caption", x, y+dy+4, anchorMiddle, caption.Text, "letter-spacing", spacing, "fill-opacity", "0.75")
			o.boxes = append(o.boxes, b)
			break
		}
	}
}

// numberKey lists the numbered places below the map.
func (c *canvas) numberKey(y float64, numbered []symbol) float64 {
	if len(numbered) == 0 {
		return y
	}
	columns := max(int(c.width/168), 1)
	w := c.width / float64(columns)
	per := (len(numbered) + columns - 1) / columns
	for k, s := range numbered {
		x := w * float64(k/per)
		at := y + 16*float64(k%per) + 12
		text := s.Label
		if s.Second != "" {
			text += " " + s.Second
		}
		c.small("pic-value", x+20, at, anchorRight, fmt.Sprint(s.number))
		c.small("pic-name", x+26, at, anchorLeft, fit(text, smallSize, w-34))
	}
	return y + 16*float64(per) + 6
}
