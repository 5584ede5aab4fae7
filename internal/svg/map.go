package svg

import (
	"errors"
	"fmt"
	"html/template"
	"math"
	"sort"

	"github.com/paulmach/orb"
)

// ShapeKind says what a shape of the ground is.
type ShapeKind int

// The kinds of ground. Areas are filled, lines only stroked, so that the edge
// along which an area was cut to the sheet never looks like a border.
const (
	Land ShapeKind = iota
	Lake
	Coast
	Border
	Province
	River
)

// Shape is a piece of the ground: an area (orb.Polygon, orb.MultiPolygon) for
// Land and Lake, a line (orb.LineString, orb.MultiLineString) for the others,
// in degrees of longitude and latitude (WGS 84).
type Shape struct {
	Kind     ShapeKind
	Geometry orb.Geometry
}

// Map shows places on a drawn ground: a symbol whose area follows the count
// (filled: low, ring: high), a circle where the position is only known within
// some kilometres, labels that never lie on one another, and numbers with a
// key where there is no room for a label. It makes no request to anyone.
//
// The sheet is an equirectangular drawing, true to scale in both directions at
// its middle latitude; over the few degrees of a border region the error at
// the edges stays below a few per cent.
type Map struct {
	Frame
	// Unit names what the symbols count.
	Unit   string
	Ground []Shape
	Points []Point
	// Captions are names of areas, set quietly where they are in nobody's way.
	Captions []Caption
	// Bounds are the longitudes and latitudes to be shown; the zero value
	// means all points with a margin.
	Bounds orb.Bound
}

// Point is a place on the map.
type Point struct {
	Label string
	// Second is drawn below Label, in a smaller size: the name in another
	// script.
	Second string
	// Others are further names, for the table only.
	Others   []string
	Lon, Lat float64
	// Range is the count if HasCount is set; else a small dot is drawn.
	Range    Range
	HasCount bool
	// Within is the radius in kilometres inside which the place lies. Zero
	// means that the position is that of the place itself.
	Within float64
}

// Caption is the name of an area, in the middle of it.
type Caption struct {
	Text     string
	Lon, Lat float64
}

// Draw draws the map. Points outside Bounds are only in the table. The error
// says which point is wrong.
func (p Map) Draw() (Picture, error) {
	if err := p.check(); err != nil {
		return Picture{}, fmt.Errorf("draw map: %w", err)
	}
	if p.Bounds == (orb.Bound{}) {
		p.Bounds = p.around()
	}
	return Picture{SVG: p.picture(), Table: p.table()}, nil
}

func (p Map) check() error {
	if err := p.Frame.check(); err != nil {
		return err
	}
	if len(p.Points) > maxRows {
		return fmt.Errorf("%d places are too many for one map: choose at most %d", len(p.Points), maxRows)
	}
	if len(p.Points) == 0 && p.Bounds == (orb.Bound{}) {
		return errors.New("there are neither points nor bounds: give one of them")
	}
	for i, pt := range p.Points {
		if !(math.Abs(pt.Lon) <= 180 && math.Abs(pt.Lat) <= 85) {
			return fmt.Errorf("point %d (%s): longitude %v, latitude %v: give degrees, latitude at most 85 from the equator", i+1, pt.Label, pt.Lon, pt.Lat)
		}
		if !(pt.Within >= 0 && pt.Within < 20000) {
			return fmt.Errorf("point %d (%s): precision of %v km: give 0 or more", i+1, pt.Label, pt.Within)
		}
		if pt.HasCount {
			if err := pt.Range.check(); err != nil {
				return fmt.Errorf("point %d (%s): %w", i+1, pt.Label, err)
			}
		}
	}
	if b := p.Bounds; b != (orb.Bound{}) && !(b.Min[0] < b.Max[0] && b.Min[1] < b.Max[1] && b.Min[1] >= -85 && b.Max[1] <= 85) {
		return fmt.Errorf("bounds %v to %v enclose nothing: give the south-western corner first", b.Min, b.Max)
	}
	return nil
}

// around returns bounds that hold all points with a margin of a tenth, and at
// least half a degree, so that a single place still has surroundings.
func (p Map) around() orb.Bound {
	b := orb.Bound{Min: orb.Point{p.Points[0].Lon, p.Points[0].Lat}, Max: orb.Point{p.Points[0].Lon, p.Points[0].Lat}}
	for _, pt := range p.Points {
		b = b.Extend(orb.Point{pt.Lon, pt.Lat})
	}
	dx := max((b.Max[0]-b.Min[0])/10, 0.5)
	dy := max((b.Max[1]-b.Min[1])/10, 0.4)
	b.Min[0], b.Max[0] = b.Min[0]-dx, b.Max[0]+dx
	b.Min[1], b.Max[1] = max(b.Min[1]-dy, -85), min(b.Max[1]+dy, 85)
	return b
}

// table lists the points in the order given. Positions are printed to two
// decimals at most, and coarser where the place is only known within some
// kilometres: more digits would claim what nobody knows.
func (p Map) table() Table {
	words := p.words()
	t := Table{Caption: p.Title, Columns: []Column{column(words.Place), column(words.OtherNames),
		numColumn(words.Low), numColumn(words.High),
		numColumn(words.Latitude), numColumn(words.Longitude), column(words.Precision)}}
	for _, pt := range p.Points {
		low, high := "", ""
		if pt.HasCount {
			low, _, high = words.cells(pt.Range)
		}
		digits := 2
		switch {
		case pt.Within >= 50:
			digits = 0
		case pt.Within >= 5:
			digits = 1
		}
		precision := words.Exact
		if pt.Within > 0 {
			precision = fmt.Sprintf(words.Within, words.number(pt.Within))
		}
		t.Rows = append(t.Rows, []string{pt.Label, pt.otherNames(), low, high,
			fmt.Sprintf("%.*f", digits, pt.Lat), fmt.Sprintf("%.*f", digits, pt.Lon), precision})
	}
	return t
}

func (pt Point) otherNames() string {
	s := pt.Second
	for _, o := range pt.Others {
		if s != "" {
			s += ", "
		}
		s += o
	}
	return s
}

func (p Map) picture() template.HTML {
	return p.paint("map", func(c *canvas) float64 {
		sh := newSheet(p.Bounds, c.width)
		// A nested svg element cuts off what reaches beyond the sheet.
		c.open("svg", "class", "pic-sheet", "x", "0", "y", "0", "width", num(sh.w), "height", num(sh.h))
		for _, s := range p.Ground {
			c.ground(sh, s)
		}
		symbols, rmax, most := p.symbols(sh)
		for _, s := range symbols {
			c.symbol(s)
		}
		numbered := c.labels(sh, symbols, p.Captions)
		c.scaleBar(sh)
		c.close("svg")
		c.rect("pic-frame", 0.5, 0.5, sh.w-1, sh.h-1, "fill", "none", "stroke", "currentColor", "stroke-opacity", "0.4")

		y := sh.h + 8
		if most > 0 {
			y = c.sizeKey(y, rmax, most, p.Unit)
		}
		return c.numberKey(y, numbered)
	})
}

// symbol is a point that lies on the sheet.
type symbol struct {
	Point
	x, y        float64
	rLow, rHigh float64 // radii of the filled disc and of the ring
	within      float64 // radius of the circle of precision
	number      int     // in the key, if there was no room for the label
}

// extent is the radius that labels must keep clear of.
func (s symbol) extent() float64 { return max(s.rHigh, s.rLow, 3) }

// symbols projects the points on the sheet and sizes them: area is
// proportional to the count, the largest count having radius rmax.
func (p Map) symbols(sh sheet) (out []symbol, rmax, most float64) {
	rmax = 17
	if sh.w < 480 {
		rmax = 12
	}
	for _, pt := range p.Points {
		if pt.HasCount {
			most = max(most, pt.Range.High)
		}
	}
	radius := func(n float64) float64 {
		if n <= 0 {
			return 0
		}
		return max(rmax*math.Sqrt(n/most), 2.5)
	}
	for _, pt := range p.Points {
		x, y := sh.at(orb.Point{pt.Lon, pt.Lat})
		if x < 0 || y < 0 || x > sh.w || y > sh.h {
			continue
		}
		s := symbol{Point: pt, x: x, y: y, within: pt.Within * sh.perKm}
		if pt.HasCount {
			s.rLow, s.rHigh = radius(pt.Range.Low), radius(pt.Range.High)
		}
		out = append(out, s)
	}
	// Large ones first, so that small ones lie on top and stay visible; and
	// the large ones get their labels first.
	sort.SliceStable(out, func(i, j int) bool { return out[i].extent() > out[j].extent() })
	return out, rmax, most
}

// symbol draws one place.
func (c *canvas) symbol(s symbol) {
	if s.within > 0 {
		c.circle("pic-line", s.x, s.y, s.within, "fill", "currentColor", "fill-opacity", "0.05",
			"stroke", "currentColor", "stroke-width", "1", "stroke-dasharray", "2 4")
	}
	switch {
	case !s.HasCount:
		c.circle("pic-dot", s.x, s.y, 2.6, "fill", "currentColor")
	case s.rHigh == 0:
		// Reported: none. A cross, unlike the dot of a place without reports.
		d := "M" + num(s.x-4) + " " + num(s.y-4) + "L" + num(s.x+4) + " " + num(s.y+4) +
			"M" + num(s.x-4) + " " + num(s.y+4) + "L" + num(s.x+4) + " " + num(s.y-4)
		c.path("pic-mark", d, "fill", "none", "stroke", "currentColor", "stroke-width", "1.6")
	default:
		dash := ""
		if s.Range.Open {
			dash = "5 2"
		}
		c.circle("pic-mark", s.x, s.y, s.rHigh, "fill", "currentColor", "fill-opacity", "0.18",
			"stroke", "currentColor", "stroke-width", "1.4", "stroke-dasharray", dash)
		if s.rLow > 0 {
			c.circle("pic-mark", s.x, s.y, s.rLow, "fill", "currentColor", "fill-opacity", "0.75")
		}
	}
}
