package svg

// A pattern fills an area so that it can be told from others without colour.
type pattern int

const (
	solid pattern = iota
	hatched
	dotted
	crossed
	barred
	patternCount
)

// name is the last part of the pattern's id and class.
func (p pattern) name() string {
	return [...]string{"solid", "hatch", "dots", "cross", "bars"}[p]
}

// fill returns the value of a fill attribute and notes that the pattern must
// be defined in this drawing.
func (c *canvas) fill(p pattern) string {
	if p == solid {
		return "currentColor"
	}
	c.used[p] = true
	return "url(#" + c.id + "-" + p.name() + ")"
}

// patterns writes the definitions of those patterns that were used.
func (c *canvas) patterns(id string, used [patternCount]bool) {
	any := false
	for _, u := range used {
		any = any || u
	}
	if !any {
		return
	}
	c.open("defs")
	for p := hatched; p < patternCount; p++ {
		if !used[p] {
			continue
		}
		c.open("pattern", "id", id+"-"+p.name(), "class", "pic-p-"+p.name(),
			"width", "6", "height", "6", "patternUnits", "userSpaceOnUse")
		switch p {
		case hatched:
			c.path("", "M-1 1L1 -1M0 6L6 0M5 7L7 5", "stroke", "currentColor", "stroke-width", "1.6", "fill", "none")
		case dotted:
			c.circle("", 1.5, 1.5, 1.1)
			c.circle("", 4.5, 4.5, 1.1)
		case crossed:
			c.path("", "M0 0L6 6M0 6L6 0", "stroke", "currentColor", "stroke-width", "1", "fill", "none")
		case barred:
			c.path("", "M0 1.5H6M0 4.5H6", "stroke", "currentColor", "stroke-width", "1", "fill", "none")
		}
		c.close("pattern")
	}
	c.close("defs")
}

// key is one entry of a legend.
type key struct {
	label string
	mark  func(c *canvas, x, y float64) // draws inside 16 by 10 units from (x, y)
}

// swatch is the key mark of an area.
func swatch(class string, p pattern) func(*canvas, float64, float64) {
	return func(c *canvas, x, y float64) {
		c.rect(class, x, y, 16, 10, "fill", c.fill(p), "stroke", "currentColor")
	}
}

// legend writes the keys in as many rows as they need, beginning at y, and
// returns the y below them.
func (c *canvas) legend(x0, y float64, keys []key) float64 {
	x := x0
	for _, k := range keys {
		label := fit(k.label, smallSize, c.width-x0-28)
		w := 22 + textWidth(label, smallSize) + 18
		if x > x0 && x+w > c.width {
			x = x0
			y += 18
		}
		k.mark(c, x, y)
		c.small("pic-text", x+22, y+9, anchorLeft, label)
		x += w
	}
	return y + 18
}
