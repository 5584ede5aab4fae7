package svg

import (
	"regexp"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// placed sets labels for random symbols and returns what lies on the sheet.
func placed(t *rapid.T) (*occupied, []tag) {
	sh := sheet{bound: orb.Bound{Max: orb.Point{1, 1}}, w: 400, h: 300, kx: 400, ky: 300}
	o := &occupied{sheet: box{2, 2, sh.w - 2, sh.h - 2}}
	var symbols []symbol
	for range rapid.IntRange(1, 60).Draw(t, "symbols") {
		s := symbol{
			x:     rapid.Float64Range(0, sh.w).Draw(t, "x"),
			y:     rapid.Float64Range(0, sh.h).Draw(t, "y"),
			rHigh: rapid.Float64Range(0, 17).Draw(t, "r"),
		}
		symbols = append(symbols, s)
		r := s.extent()
		o.boxes = append(o.boxes, box{s.x - r, s.y - r, s.x + r, s.y + r})
	}
	o.symbols = len(symbols)
	var tags []tag
	for _, s := range symbols {
		w := rapid.Float64Range(8, 120).Draw(t, "w")
		if tag, ok := o.place(s, w, 14, 60, rapid.SampledFrom([]crossing{crossNothing, crossSymbols}).Draw(t, "may")); ok {
			tags = append(tags, tag)
			o.take(tag)
		}
	}
	return o, tags
}

// However crowded the sheet is, no label lies on another, on a symbol, on a
// leader line of another label or beyond the edge.
func TestLabelsNeverOverlap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o, tags := placed(t)
		for i, a := range tags {
			if a.at.x0 < o.sheet.x0 || a.at.x1 > o.sheet.x1 || a.at.y0 < o.sheet.y0 || a.at.y1 > o.sheet.y1 {
				t.Fatalf("label %v lies beyond the sheet", a.at)
			}
			for _, b := range o.boxes[:o.symbols] {
				if a.at.overlaps(b) {
					t.Fatalf("label %v lies on symbol %v", a.at, b)
				}
			}
			for j, b := range tags {
				if i != j && a.at.overlaps(b.at) {
					t.Fatalf("labels %v and %v overlap", a.at, b.at)
				}
				if i != j && b.leader != nil && a.at.crosses(b.leader.x0, b.leader.y0, b.leader.x1, b.leader.y1) {
					t.Fatalf("label %v lies on the leader %v", a.at, *b.leader)
				}
			}
		}
	})
}

// Ten places on one spot: most cannot be labelled there, and every one is
// named either on the sheet or in the key.
func TestEveryPlaceIsNamed(t *testing.T) {
	m := Map{Frame: Frame{ID: "m", Title: "t", Width: 344}}
	names := strings.Fields("Alpha Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliet")
	for i, n := range names {
		m.Points = append(m.Points, Point{Label: n, Second: "이름", Lon: 129 + float64(i)/1000, Lat: 42})
	}
	p, err := m.Draw()
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		if !strings.Contains(string(p.SVG), ">"+n) {
			t.Errorf("%s is named nowhere on the map", n)
		}
	}
	// Those without room share one tag, so that each number in the key is
	// found on the sheet.
	if !regexp.MustCompile(`>1–\d+</text>`).MatchString(string(p.SVG)) {
		t.Errorf("no tag stands for the crowd: %s", p.SVG)
	}
}

func TestCrosses(t *testing.T) {
	b := box{10, 10, 20, 20}
	tests := []struct {
		name           string
		x0, y0, x1, y1 float64
		want           bool
	}{
		{"through", 0, 15, 30, 15, true},
		{"diagonal through a corner", 5, 15, 15, 5, true},
		{"past a corner", 0, 12, 9, 0, false},
		{"short of it", 0, 15, 9, 15, false},
		{"inside", 12, 12, 14, 14, true},
		{"parallel beside", 0, 25, 30, 25, false},
	}
	for _, tt := range tests {
		if got := b.crosses(tt.x0, tt.y0, tt.x1, tt.y1); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func BenchmarkMap(b *testing.B) {
	m := samples()["map"]
	for b.Loop() {
		if _, err := m.Draw(); err != nil {
			b.Fatal(err)
		}
	}
}
