package svg

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// samples are one picture of each kind, with several scripts, open ends,
// missing reports and hostile texts in them. All names are invented or are
// names of towns.
func samples() map[string]Drawer {
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	return map[string]Drawer{
		"rangebars": RangeBars{
			Frame: Frame{ID: "range", Title: "People returned, by place of arrest", Language: "en"}, Unit: "persons", Category: "Place",
			Bars: []RangeBar{
				{Label: "Longjing 룡정 龙井", Range: Range{Low: 7, High: 12, Open: true}},
				{Label: "Tumen", Range: Range{Low: 50, High: 70, Best: 60, HasBest: true}},
				{Label: "Hunchun", Range: Exactly(0)},
				{Label: "Helong", NoReports: true},
				{Label: "<script>alert(1)</script> & a label much too long for the room it has beside its bar", Range: Exactly(3)},
				{Label: "مدينة الحدود", Range: Range{Low: 1, High: 1, Open: true}},
			}},
		"bars": Bars{
			Frame: Frame{ID: "bars", Title: "Statements by source", Language: "en"}, Unit: "statements", Category: "Source", Shares: true,
			Bars: []Bar{{"Testimonies", 1240, false}, {"Press", 310, false}, {"Court files", 0, false}, {"Radio", 0, true}},
		},
		"months": Months{
			Frame: Frame{ID: "months", Title: "Returns by month", Language: "en"}, Unit: "returns",
			Counts: []MonthCount{
				{Month: Month{2001, 3}, Certain: Exactly(0), Possible: 0},
				{Month: Month{2001, 5}, Certain: Range{Low: 4, High: 6}, Possible: 11},
				{Month: Month{2001, 6}, Certain: Range{Low: 50, High: 75, Open: true}, Possible: 90},
				{Month: Month{2001, 7}, Certain: Range{Low: 20, High: 20}, Possible: 26, PossibleOpen: true},
				{Month: Month{2002, 2}, Certain: Exactly(3), Possible: 3},
			},
			From: Month{2001, 1},
		},
		"overlap": Overlap{
			Frame: Frame{ID: "overlap", Title: "People on three lists", Language: "en"},
			Lists: []string{"Families", "Church 교회", "Lawyers"},
			Cells: []OverlapCell{{0b001, 845}, {0b010, 1123}, {0b100, 118}, {0b011, 61}, {0b101, 21}, {0b110, 14}, {0b111, 6}},
		},
		"forest": Forest{
			Frame: Frame{ID: "forest", Title: "Estimates of people returned", Language: "en"}, Unit: "persons, 2001",
			Documented: 1200, Envelope: Range{Low: 2100, High: 9800}, Log: true,
			Estimates: []Estimate{
				{Method: "Chapman", Family: "Two lists", Range: Range{Low: 2100, High: 3900, Best: 2800, HasBest: true}},
				{Method: "Log-linear, BIC", Family: "Log-linear", Range: Range{Low: 2600, High: 5200, Best: 3600, HasBest: true}},
				{Method: "Latent classes", Family: "Latent classes", Range: Range{Low: 3300, High: 9800, Best: 5100, HasBest: true}, Remark: "wide"},
				{Method: "Chao's lower bound", Family: "Two lists", Range: Range{Low: 2200, High: 2200, Open: true}},
				{Method: "Stepwise", Family: "Log-linear", Refused: true, Remark: "no finite estimate exists"},
			}},
		"timeline": Timeline{
			Frame: Frame{ID: "timeline", Title: "What happened", Language: "en"},
			Acts: []Moment{
				{Label: "Crossing of the river", When: "spring 2001", Earliest: day(2001, 3, 1), Latest: day(2001, 5, 31)},
				{Label: "Arrest", When: "12 June 2001", Earliest: day(2001, 6, 12), Latest: day(2001, 6, 12)},
				{Label: "Handover at the border", When: "after 20 June 2001", Earliest: day(2001, 6, 20)},
				{Label: "Last seen", When: "before July 2001", Latest: day(2001, 6, 30)},
				{Label: "Fate", When: "unknown"},
			}},
		"map": Map{
			Frame: Frame{ID: "map", Title: "Returns by place", Language: "en"}, Unit: "persons",
			Ground: []Shape{
				{Land, orb.Polygon{{{128, 41}, {128, 43.6}, {131, 43.6}, {131, 42.2}, {130, 41}, {128, 41}}}},
				{Border, orb.LineString{{128, 42}, {129, 42.3}, {129.7, 42.45}, {129.9, 42.97}, {130.4, 42.7}, {130.6, 42.4}}},
			},
			Captions: []Caption{{"YANBIAN", 128.7, 43.2}},
			Points: []Point{
				{Label: "Longjing", Second: "龙井 룡정", Lon: 129.42, Lat: 42.77, HasCount: true, Range: Range{Low: 7, High: 12, Open: true}},
				{Label: "Tumen", Second: "图们 도문", Lon: 129.84, Lat: 42.97, HasCount: true, Range: Range{Low: 50, High: 70}},
				{Label: "Namyang", Second: "남양", Lon: 129.86, Lat: 42.95},
				{Label: "Onsong", Second: "온성", Lon: 129.99, Lat: 42.96, HasCount: true, Range: Exactly(0)},
				{Label: "Hunchun", Second: "珲春 훈춘", Lon: 130.36, Lat: 42.87, HasCount: true, Range: Exactly(9)},
				{Label: "A village near Musan", Lon: 129.21, Lat: 42.23, Within: 20},
				{Label: "Yanji", Second: "延吉 연길", Lon: 129.51, Lat: 42.91},
			}},
	}
}

func TestGolden(t *testing.T) {
	for name, d := range samples() {
		t.Run(name, func(t *testing.T) {
			p, err := d.Draw()
			if err != nil {
				t.Fatal(err)
			}
			compare(t, name+".svg.html", string(p.SVG)+"\n"+string(p.Table.HTML())+"\n")
		})
	}
}

func compare(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got); run with -update if that is meant:\n%s", path, diff)
	}
}

// Every drawing must be well-formed XML, carry its title, description and role,
// and contain nothing that the content security policy forbids.
func TestDrawingsAreWellFormedAndAccessible(t *testing.T) {
	for name, d := range samples() {
		t.Run(name, func(t *testing.T) {
			p, err := d.Draw()
			if err != nil {
				t.Fatal(err)
			}
			svgs := 0
			ids := map[string]bool{}
			dec := xml.NewDecoder(strings.NewReader("<body>" + string(p.SVG) + "</body>"))
			for {
				tok, err := dec.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatalf("not well formed: %v", err)
				}
				start, ok := tok.(xml.StartElement)
				if !ok {
					continue
				}
				attrs := map[string]string{}
				for _, a := range start.Attr {
					attrs[a.Name.Local] = a.Value
					if strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "style" || a.Name.Local == "href" {
						t.Errorf("<%s> has the attribute %s", start.Name.Local, a.Name.Local)
					}
				}
				if id := attrs["id"]; id != "" {
					if ids[id] {
						t.Errorf("id %q is used twice", id)
					}
					ids[id] = true
				}
				switch start.Name.Local {
				case "script", "style", "foreignObject", "image":
					t.Errorf("drawing contains <%s>", start.Name.Local)
				case "svg":
					if attrs["role"] != "" {
						svgs++
						if attrs["role"] != "img" || attrs["aria-labelledby"] == "" || attrs["viewBox"] == "" {
							t.Errorf("svg element is not announced as a picture: %v", attrs)
						}
					}
				}
			}
			if svgs != 2 {
				t.Errorf("%d drawings, want a narrow and a wide one", svgs)
			}
		})
	}
}

func TestStandaloneIsOneDocumentWithItsStyle(t *testing.T) {
	for name, d := range samples() {
		p, err := d.Draw()
		if err != nil {
			t.Fatal(err)
		}
		var root struct {
			XMLName xml.Name
			Style   string `xml:"style"`
			Title   string `xml:"title"`
		}
		if err := xml.Unmarshal(p.Standalone(), &root); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if root.XMLName.Local != "svg" || root.Title == "" || root.Style != CSS() {
			t.Errorf("%s: root %q, title %q, style of %d bytes", name, root.XMLName.Local, root.Title, len(root.Style))
		}
	}
}

func TestSameInputSameBytes(t *testing.T) {
	first := map[string]Picture{}
	for name, d := range samples() {
		p, err := d.Draw()
		if err != nil {
			t.Fatal(err)
		}
		first[name] = p
	}
	for name, d := range samples() {
		p, err := d.Draw()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(first[name], p); diff != "" {
			t.Errorf("%s drawn twice differs:\n%s", name, diff)
		}
	}
}

func TestTablesHaveOneCellForEachColumn(t *testing.T) {
	for name, d := range samples() {
		p, err := d.Draw()
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range p.Table.Rows {
			if len(row) != len(p.Table.Columns) {
				t.Errorf("%s: row %d has %d cells for %d columns", name, i, len(row), len(p.Table.Columns))
			}
		}
		if lines := bytes.Count([]byte(p.Table.Text()), []byte("\n")); lines != len(p.Table.Rows)+1 {
			t.Errorf("%s: text of the table has %d lines for %d rows", name, lines, len(p.Table.Rows))
		}
	}
}

// A frame without words, with a width, and one in Korean.
func TestFrame(t *testing.T) {
	bars := RangeBars{Frame: Frame{ID: "x", Title: "표", Width: 300, Words: Korean()}, Bars: []RangeBar{{Label: "가", NoReports: true}}}
	p, err := bars.Draw()
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(p.SVG), "<svg"); n != 1 {
		t.Errorf("%d drawings for a fixed width, want 1", n)
	}
	if !strings.Contains(string(p.SVG), Korean().NoReports) || p.Table.Rows[0][1] != Korean().NoReports {
		t.Errorf("Korean words are not used: %s", p.SVG)
	}
}

func TestWrongInput(t *testing.T) {
	ok := Frame{ID: "x", Title: "t"}
	tests := []struct {
		name string
		d    Drawer
		want string
	}{
		{"no id", Bars{Frame: Frame{Title: "t"}}, "id \"\""},
		{"id that breaks out", Bars{Frame: Frame{ID: `a"b`, Title: "t"}}, "lower-case letters"},
		{"no title", Bars{Frame: Frame{ID: "x"}}, "title is empty"},
		{"too narrow", Bars{Frame: Frame{ID: "x", Title: "t", Width: 100}}, "too small"},
		{"low above high", RangeBars{Frame: ok, Bars: []RangeBar{{Label: "B", Range: Range{Low: 3, High: 2}}}}, "bar 1 (B): low 3 is above high 2"},
		{"best outside", RangeBars{Frame: ok, Bars: []RangeBar{{Range: Range{Low: 1, High: 2, Best: 5, HasBest: true}}}}, "best 5 lies outside"},
		{"negative", Bars{Frame: ok, Bars: []Bar{{Value: -1}}}, "is no count"},
		{"month 13", Months{Frame: ok, Counts: []MonthCount{{Month: Month{2001, 13}}}}, "month 2001-13 does not exist"},
		{"month twice", Months{Frame: ok, Counts: []MonthCount{{Month: Month{2001, 1}}, {Month: Month{2001, 1}}}}, "given twice"},
		{"possible below certain", Months{Frame: ok, Counts: []MonthCount{{Month: Month{2001, 1}, Certain: Exactly(5), Possible: 4}}}, "below what is certain"},
		{"series too long", Months{Frame: ok, From: Month{1900, 1}, To: Month{2020, 1}}, "too many"},
		{"on no list", Overlap{Frame: ok, Lists: []string{"a"}, Cells: []OverlapCell{{On: 0, People: 3}}}, "on no list"},
		{"list beyond", Overlap{Frame: ok, Lists: []string{"a"}, Cells: []OverlapCell{{On: 2, People: 3}}}, "beyond the 1"},
		{"ends before", Timeline{Frame: ok, Acts: []Moment{{Label: "A", Earliest: time.Date(2001, 2, 1, 0, 0, 0, 0, time.UTC), Latest: time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)}}}, "ends before it begins"},
		{"empty map", Map{Frame: ok}, "neither points nor bounds"},
		{"no such latitude", Map{Frame: ok, Points: []Point{{Label: "P", Lat: 91}}}, "point 1 (P)"},
		{"bounds reversed", Map{Frame: ok, Bounds: orb.Bound{Min: orb.Point{5, 5}, Max: orb.Point{1, 1}}}, "south-western corner first"},
		{"estimate", Forest{Frame: ok, Estimates: []Estimate{{Method: "M", Range: Range{Low: 2, High: 1}}}}, "estimate 1 (M)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := tt.d.Draw()
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want one that says %q", err, tt.want)
			}
			if p.SVG != "" {
				t.Error("a picture came back with the error")
			}
		})
	}
}

// Pictures without any row are drawn, so that a page with an empty question
// still works.
func TestEmpty(t *testing.T) {
	f := Frame{ID: "x", Title: "t"}
	for _, d := range []Drawer{RangeBars{Frame: f}, Bars{Frame: f}, Months{Frame: f}, Overlap{Frame: f, Lists: []string{"a"}},
		Forest{Frame: f}, Forest{Frame: f, Log: true}, Timeline{Frame: f},
		Map{Frame: f, Bounds: orb.Bound{Min: orb.Point{128, 41}, Max: orb.Point{131, 43}}}} {
		if _, err := d.Draw(); err != nil {
			t.Errorf("%T: %v", d, err)
		}
	}
}
