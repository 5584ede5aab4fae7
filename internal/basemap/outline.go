package basemap

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/paulmach/orb"
)

//go:embed border.geojson
var borderFile []byte

//go:embed east-asia.geojson
var eastAsiaFile []byte

// ShapeKind says what a shape of an outline is.
type ShapeKind string

// The kinds of shapes. Land and lakes are areas (orb.MultiPolygon); the others
// are lines (orb.MultiLineString). Areas carry no borders of their own: they
// are cut off at the bounds, and that edge is no border.
const (
	Land     ShapeKind = "land"
	Lake     ShapeKind = "lake"
	Coast    ShapeKind = "coast"
	Border   ShapeKind = "border"
	Province ShapeKind = "province"
	River    ShapeKind = "river"
)

// A Shape is a piece of the ground, in degrees of longitude and latitude (WGS
// 84). Name is that of the country for land, and empty otherwise.
type Shape struct {
	Kind     ShapeKind
	Name     string
	Geometry orb.Geometry
}

// A Ground is a set of shapes and the bounds they were cut to.
type Ground struct {
	Bounds orb.Bound
	Shapes []Shape
}

// Credit is the line that stands below a map drawn on these outlines. Natural
// Earth asks for none; saying where lines come from is a matter of course.
const Credit = "Natural Earth"

// Outline returns the border region of China and the DPRK: from Beijing to the
// Sea of Japan and from Seoul to Harbin, with borders, provinces, larger rivers
// and lakes. It is drawn from a map at 1:10,000,000, true to a kilometre or
// two: which bank of a river a point lies on cannot be read from it. Borders
// are those of Natural Earth, which draws them as they are in effect, and say
// nothing about claims.
func Outline() Ground { return mustParse("border.geojson", borderFile) }

// EastAsia returns countries and coasts from India to Japan and from Siberia to
// Java, coarsely, for maps of the ways through third countries.
func EastAsia() Ground { return mustParse("east-asia.geojson", eastAsiaFile) }

// mustParse reads an embedded file. It panics if that is damaged, which no
// input can cause and every test would show.
func mustParse(name string, data []byte) Ground {
	g, err := parseGround(data)
	if err != nil {
		panic(fmt.Sprintf("basemap: embedded file %s: %v", name, err))
	}
	return g
}

// collection is the part of GeoJSON (RFC 7946) that the files use.
type collection struct {
	BBox     [4]float64 `json:"bbox"`
	Features []struct {
		Properties struct {
			Kind ShapeKind `json:"kind"`
			Name string    `json:"name"`
		} `json:"properties"`
		Geometry struct {
			Type        string          `json:"type"`
			Coordinates json.RawMessage `json:"coordinates"`
		} `json:"geometry"`
	} `json:"features"`
}

func parseGround(data []byte) (Ground, error) {
	var c collection
	if err := json.Unmarshal(data, &c); err != nil {
		return Ground{}, err
	}
	g := Ground{Bounds: orb.Bound{Min: orb.Point{c.BBox[0], c.BBox[1]}, Max: orb.Point{c.BBox[2], c.BBox[3]}}}
	for i, f := range c.Features {
		s := Shape{Kind: f.Properties.Kind, Name: f.Properties.Name}
		switch f.Geometry.Type {
		case "MultiPolygon":
			var m orb.MultiPolygon
			if err := json.Unmarshal(f.Geometry.Coordinates, &m); err != nil {
				return Ground{}, fmt.Errorf("feature %d: %w", i+1, err)
			}
			s.Geometry = m
		case "MultiLineString":
			var m orb.MultiLineString
			if err := json.Unmarshal(f.Geometry.Coordinates, &m); err != nil {
				return Ground{}, fmt.Errorf("feature %d: %w", i+1, err)
			}
			s.Geometry = m
		default:
			return Ground{}, fmt.Errorf("feature %d: geometry %q is not used here", i+1, f.Geometry.Type)
		}
		g.Shapes = append(g.Shapes, s)
	}
	return g, nil
}
