package svg

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/simplify"
)

// kmPerDegree is the length of a degree of latitude on a sphere of the
// earth's mean radius, 6371.0088 km.
const kmPerDegree = 111.195

// sheet is the paper of a map: bounds and their projection.
type sheet struct {
	bound  orb.Bound
	w, h   float64
	kx, ky float64 // user units a degree
	perKm  float64 // user units a kilometre, at the middle latitude
}

// newSheet fits the bounds to a width. Sheets flatter than 2:1 or taller than
// 1:1.3 get more surroundings instead of odd proportions.
func newSheet(b orb.Bound, width float64) sheet {
	mid := (b.Min[1] + b.Max[1]) / 2
	cos := math.Cos(mid * math.Pi / 180)
	dx, dy := (b.Max[0]-b.Min[0])*cos, b.Max[1]-b.Min[1]
	switch ratio := dy / dx; {
	case ratio < 0.5:
		grow := (dx*0.5 - dy) / 2
		b.Min[1], b.Max[1] = b.Min[1]-grow, b.Max[1]+grow
	case ratio > 1.3:
		grow := (dy/1.3 - dx) / 2 / cos
		b.Min[0], b.Max[0] = b.Min[0]-grow, b.Max[0]+grow
	}
	s := sheet{bound: b, w: width}
	s.kx = width / (b.Max[0] - b.Min[0])
	s.ky = s.kx / cos
	s.h = math.Round(s.ky * (b.Max[1] - b.Min[1]))
	s.perKm = s.ky / kmPerDegree
	return s
}

// at projects a point; y grows downwards.
func (s sheet) at(p orb.Point) (x, y float64) {
	return (p[0] - s.bound.Min[0]) * s.kx, (s.bound.Max[1] - p[1]) * s.ky
}

// project moves a geometry to user units.
func (s sheet) project(g orb.Geometry) orb.Geometry {
	ring := func(ps []orb.Point) {
		for i, p := range ps {
			ps[i][0], ps[i][1] = s.at(p)
		}
	}
	switch g := g.(type) {
	case orb.LineString:
		ring(g)
	case orb.MultiLineString:
		for _, l := range g {
			ring(l)
		}
	case orb.Polygon:
		for _, l := range g {
			ring(l)
		}
	case orb.MultiPolygon:
		for _, poly := range g {
			for _, l := range poly {
				ring(l)
			}
		}
	}
	return g
}

// ground draws a shape, cut to the sheet and thinned to what can be seen.
func (c *canvas) ground(sh sheet, s Shape) {
	pad := 0.02 * (sh.bound.Max[0] - sh.bound.Min[0])
	cut := clip.Geometry(sh.bound.Pad(pad), orb.Clone(s.Geometry))
	if cut == nil {
		return
	}
	// A third of a unit is finer than a stroke and coarser than the data.
	g := simplify.DouglasPeucker(0.35).Simplify(sh.project(cut))
	d := pathOf(g)
	if d == "" {
		return
	}
	switch s.Kind {
	case Land:
		c.path("pic-ground", d, "fill-rule", "evenodd", "fill", "currentColor", "fill-opacity", "0.06")
	case Lake:
		c.path("pic-water", d, "fill-rule", "evenodd", "fill", "currentColor", "fill-opacity", "0.25")
	case Coast:
		c.path("pic-coast", d, "fill", "none", "stroke", "currentColor", "stroke-width", "0.7", "stroke-opacity", "0.6")
	case Border:
		c.path("pic-border", d, "fill", "none", "stroke", "currentColor", "stroke-width", "1.5", "stroke-opacity", "0.75", "stroke-dasharray", "7 2 2 2")
	case Province:
		c.path("pic-province", d, "fill", "none", "stroke", "currentColor", "stroke-width", "0.7", "stroke-opacity", "0.5", "stroke-dasharray", "3 3")
	case River:
		c.path("pic-water", d, "fill", "none", "stroke", "currentColor", "stroke-width", "1", "stroke-opacity", "0.7")
	}
}

// pathOf writes a geometry as path data, to a tenth of a unit. Other kinds of
// geometry than lines and areas give nothing.
func pathOf(g orb.Geometry) string {
	var b strings.Builder
	switch g := g.(type) {
	case orb.LineString:
		writeLine(&b, g, false)
	case orb.MultiLineString:
		for _, l := range g {
			writeLine(&b, l, false)
		}
	case orb.Polygon:
		for _, r := range g {
			writeLine(&b, r, true)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			for _, r := range p {
				writeLine(&b, r, true)
			}
		}
	}
	return b.String()
}

func writeLine(b *strings.Builder, ps []orb.Point, closed bool) {
	if len(ps) < 2 || closed && len(ps) < 4 {
		return
	}
	for i, p := range ps {
		if closed && i == len(ps)-1 {
			break // the closing letter says it
		}
		if i == 0 {
			b.WriteByte('M')
		} else {
			b.WriteByte('L')
		}
		b.WriteString(tenth(p[0]))
		b.WriteByte(' ')
		b.WriteString(tenth(p[1]))
	}
	if closed {
		b.WriteByte('Z')
	}
}

func tenth(x float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(x, 'f', 1, 64), ".0")
}

// scaleBar draws a bar of a round number of kilometres in the lower left.
func (c *canvas) scaleBar(sh sheet) {
	km := niceStep(sh.w * 0.25 / sh.perKm / 2)
	x, y := 12.0, sh.h-12
	w := km * sh.perKm
	c.path("pic-scale", "M"+num(x)+" "+num(y-4)+"V"+num(y)+"H"+num(x+w)+"V"+num(y-4), "fill", "none", "stroke", "currentColor", "stroke-width", "1.2")
	c.small("pic-tick pic-halo", x+2, y-7, anchorLeft, fmt.Sprintf(c.words.Kilometres, c.words.number(km)))
}

// sizeKey shows what the size of the symbols means.
func (c *canvas) sizeKey(y, rmax, most float64, unit string) float64 {
	x := 2.0
	mid := y + rmax
	values := sizeSteps(most)
	for _, v := range values {
		r := max(rmax*math.Sqrt(v/most), 2.5)
		c.circle("pic-mark", x+r, mid, r, "fill", "currentColor", "fill-opacity", "0.18", "stroke", "currentColor", "stroke-width", "1.4")
		label := c.words.number(v)
		c.small("pic-tick", x+2*r+4, mid+4, anchorLeft, label)
		x += 2*r + 12 + textWidth(label, smallSize)
	}
	text := c.words.SizeByCount
	if unit != "" {
		text = unit + "; " + text
	}
	if textWidth(text, smallSize) < c.width-x-8 {
		c.small("pic-tick", x+4, mid+4, anchorLeft, text)
		return y + 2*rmax + 8
	}
	c.small("pic-tick", 2, y+2*rmax+16, anchorLeft, fit(text, smallSize, c.width-2))
	return y + 2*rmax + 26
}

// sizeSteps are up to three counts for the key of sizes.
func sizeSteps(most float64) []float64 {
	var out []float64
	for _, share := range []float64{0.1, 0.4, 1} {
		v := most * share
		if share < 1 {
			v = niceStep(v)
		}
		if len(out) == 0 || v > out[len(out)-1] {
			out = append(out, v)
		}
	}
	return out
}
