package basemap

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/paulmach/orb"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

func TestOutlinesHaveWhatMapsNeed(t *testing.T) {
	tests := []struct {
		name   string
		ground Ground
		kinds  []ShapeKind
		lands  []string
	}{
		{"border region", Outline(), []ShapeKind{Land, Coast, Border, Province, River}, []string{"China", "North Korea", "South Korea", "Russia"}},
		{"East Asia", EastAsia(), []ShapeKind{Land, Coast, Border}, []string{"China", "Mongolia", "Laos", "Thailand", "Vietnam", "Myanmar"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			kinds, lands := map[ShapeKind]bool{}, map[string]bool{}
			for i, s := range tt.ground.Shapes {
				kinds[s.Kind] = true
				lands[s.Name] = true
				// A hundredth of a degree for rounding.
				if b := s.Geometry.Bound(); !tt.ground.Bounds.Pad(0.01).Contains(b.Min) || !tt.ground.Bounds.Pad(0.01).Contains(b.Max) {
					t.Errorf("shape %d (%s %s) reaches beyond the bounds: %v", i, s.Kind, s.Name, b)
				}
			}
			for _, k := range tt.kinds {
				if !kinds[k] {
					t.Errorf("there is no %s", k)
				}
			}
			for _, l := range tt.lands {
				if !lands[l] {
					t.Errorf("there is no land %s", l)
				}
			}
		})
	}
}

// distance in kilometres between two points (haversine).
func distance(a, b orb.Point) float64 {
	rad := math.Pi / 180
	dlat, dlon := (b[1]-a[1])*rad, (b[0]-a[0])*rad
	h := math.Pow(math.Sin(dlat/2), 2) + math.Cos(a[1]*rad)*math.Cos(b[1]*rad)*math.Pow(math.Sin(dlon/2), 2)
	return 2 * 6371.0088 * math.Asin(math.Sqrt(h))
}

// The border runs past the towns that lie on its rivers, and the towns lie on
// the right side of it.
func TestBorderRunsPastItsTowns(t *testing.T) {
	var border orb.MultiLineString
	land := map[string]orb.MultiPolygon{}
	for _, s := range Outline().Shapes {
		switch s.Kind {
		case Border:
			border = append(border, s.Geometry.(orb.MultiLineString)...)
		case Land:
			land[s.Name] = s.Geometry.(orb.MultiPolygon)
		}
	}
	for _, id := range []PlaceID{"tumen", "namyang", "sanhe", "kaishantun", "hoeryong", "musan", "onsong", "changbai", "hyesan", "linjiang", "jian", "manpo", "dandong", "sinuiju"} {
		p := find(t, id)
		near := math.Inf(1)
		for _, l := range border {
			for _, q := range l {
				near = min(near, distance(orb.Point{p.Lon, p.Lat}, q))
			}
		}
		if near > 8 {
			t.Errorf("%s lies %.1f km from the border", id, near)
		}
	}
	for id, country := range map[PlaceID]string{"longjing": "China", "yanji": "China", "beijing": "China", "chongjin": "North Korea", "pyongyang": "North Korea", "seoul": "South Korea", "rajin": "North Korea"} {
		p := find(t, id)
		if !contains(land[country], orb.Point{p.Lon, p.Lat}) {
			t.Errorf("%s does not lie in %s", id, country)
		}
	}
}

// contains reports whether a point lies within (ray casting).
func contains(m orb.MultiPolygon, p orb.Point) bool {
	in := false
	for _, poly := range m {
		for _, ring := range poly {
			for i := 1; i < len(ring); i++ {
				a, b := ring[i-1], ring[i]
				if (a[1] > p[1]) != (b[1] > p[1]) && p[0] < (b[0]-a[0])*(p[1]-a[1])/(b[1]-a[1])+a[0] {
					in = !in
				}
			}
		}
	}
	return in
}

func find(t *testing.T, id PlaceID) Place {
	t.Helper()
	for _, p := range Places() {
		if p.ID == id {
			return p
		}
	}
	t.Fatalf("there is no place %s", id)
	return Place{}
}

func TestPlacesAreWhole(t *testing.T) {
	kinds := map[PlaceKind]int{Country: 0, Provincial: 1, Prefecture: 2, City: 3, County: 3, Town: 4}
	places := map[PlaceID]Place{}
	geonames := map[int]PlaceID{}
	for _, p := range Places() {
		places[p.ID] = p
		rank, ok := kinds[p.Kind]
		if !ok {
			t.Errorf("%s: kind %q", p.ID, p.Kind)
		}
		if (p.Parent == "") != (p.Kind == Country) {
			t.Errorf("%s: kind %s, parent %q", p.ID, p.Kind, p.Parent)
		}
		if parent, ok := places[p.Parent]; ok && kinds[parent.Kind] >= rank {
			t.Errorf("%s (%s) belongs to %s (%s)", p.ID, p.Kind, parent.ID, parent.Kind)
		}
		if p.Lat < -60 || p.Lat > 75 || math.Abs(p.Lon) > 180 || p.RadiusKM <= 0 {
			t.Errorf("%s: %v, %v within %v km", p.ID, p.Lat, p.Lon, p.RadiusKM)
		}
		if other := geonames[p.GeoNames]; p.GeoNames != 0 && !p.OfSeat && other != "" {
			t.Errorf("%s and %s have the same GeoNames id", p.ID, other)
		}
		if !p.OfSeat {
			geonames[p.GeoNames] = p.ID
		}
		// A child lies in its parent, as far as circles can say.
		if parent, ok := places[p.Parent]; ok {
			if d := distance(orb.Point{p.Lon, p.Lat}, orb.Point{parent.Lon, parent.Lat}); d > 2*parent.RadiusKM+p.RadiusKM {
				t.Errorf("%s lies %.0f km from %s, whose radius is %.0f", p.ID, d, parent.ID, parent.RadiusKM)
			}
		}
	}
	if len(places) < 50 {
		t.Errorf("%d places", len(places))
	}
}

func TestNamesAreWhole(t *testing.T) {
	kinds := map[NameKind]bool{Common: true, Official: true, Reading: true, Romanization: true, Former: true, Exonym: true}
	checks := map[string]bool{"geonames": true, "gbt2260": true, "iso3166": true, "unihan": true, "hand": true}
	scripts := map[string]*unicode.RangeTable{"ko-KR": unicode.Hangul, "ko-KP": unicode.Hangul, "ko": unicode.Hangul,
		"zh-Hans": unicode.Han, "zh-Hant": unicode.Han, "zh": unicode.Han, "ko-Hani": unicode.Han,
		"en": unicode.Latin, "zh-Latn-pinyin": unicode.Latin, "ko-Latn-x-mr": unicode.Latin, "ko-Latn-x-rr": unicode.Latin,
		"zh-Latn-wadegile": unicode.Latin, "ru": unicode.Cyrillic, "mn": unicode.Cyrillic, "th": unicode.Thai, "lo": unicode.Lao,
		"my": unicode.Myanmar, "km": unicode.Khmer, "vi": unicode.Latin}
	for _, p := range Places() {
		seen := map[string]bool{}
		for _, n := range p.Names {
			if _, err := language.Parse(n.Language); err != nil {
				t.Errorf("%s: language %q: %v", p.ID, n.Language, err)
			}
			if !kinds[n.Kind] || !checks[n.Checked] || n.Source != "hand" && n.Source != "geonames" {
				t.Errorf("%s: %+v has an unknown kind, source or check", p.ID, n)
			}
			if n.Text == "" || n.Text != strings.TrimSpace(n.Text) || n.Text != norm.NFC.String(n.Text) {
				t.Errorf("%s: name %q is not tidy", p.ID, n.Text)
			}
			key := n.Language + "|" + n.Text + "|" + string(n.Kind)
			if seen[key] {
				t.Errorf("%s: %s is there twice", p.ID, key)
			}
			seen[key] = true
			for _, r := range n.Text {
				if table, ok := scripts[n.Language]; ok && unicode.IsLetter(r) && !unicode.Is(table, r) && !strings.ContainsRune("ʼ", r) {
					t.Errorf("%s: %q is no %s", p.ID, n.Text, n.Language)
				}
			}
		}
		for _, lang := range []string{"en", "ko-KR", "zh-Hans"} {
			if p.Name(lang) == "" {
				t.Errorf("%s has no name in %s", p.ID, lang)
			}
		}
	}
}

// The spellings that a search must know.
func TestSpellingsOfLongjing(t *testing.T) {
	p := find(t, "longjing")
	have := map[string]bool{}
	for _, n := range p.Names {
		have[n.Text] = true
	}
	for _, want := range []string{"룽징", "룡정", "용정", "龙井", "龍井", "Longjing", "Yongjeong", "Ryongjŏng", "Lóngjǐng", "Lung-ching"} {
		if !have[want] {
			t.Errorf("%s is missing", want)
		}
	}
	if p.Name("ko-KP") != "룡정" || p.Name("ko-KR") != "룽징" || p.Name("xx") != "" {
		t.Errorf("names %q, %q", p.Name("ko-KP"), p.Name("ko-KR"))
	}
}

// Positions and identifiers agree with an independent extract of GeoNames,
// where it is at hand.
func TestPositionsAgreeWithGeoNames(t *testing.T) {
	dir := os.Getenv("ASYLON_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	f, err := os.Open(filepath.Join(dir, "places", "border-places.csv"))
	if err != nil {
		t.Skipf("the places to compare with are not here (%v); name their folder in ASYLON_DATA", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	ours := map[int]Place{}
	for _, p := range Places() {
		if _, known := ours[p.GeoNames]; !known || p.Kind != Prefecture {
			ours[p.GeoNames] = p
		}
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	compared := 0
	for _, r := range rows[1:] {
		id, err := strconv.Atoi(r[column["geonameid"]])
		if err != nil {
			t.Fatal(err)
		}
		p, ok := ours[id]
		if !ok {
			continue
		}
		compared++
		lat, _ := strconv.ParseFloat(r[column["lat"]], 64)
		lon, _ := strconv.ParseFloat(r[column["lon"]], 64)
		if d := distance(orb.Point{lon, lat}, orb.Point{p.Lon, p.Lat}); d > 0.1 {
			t.Errorf("%s lies %.2f km from GeoNames' %s", p.ID, d, r[column["name_roman"]])
		}
		for _, c := range []string{"name_hangul_kr", "name_hangul_kp"} {
			want := r[column[c]]
			found := want == ""
			for _, n := range p.Names {
				found = found || n.Text == want
			}
			if !found {
				t.Errorf("%s has no name %s", p.ID, want)
			}
		}
	}
	if compared < 15 {
		t.Errorf("only %d places compared", compared)
	}
}

func TestDamagedFilesAreRefused(t *testing.T) {
	header := strings.SplitAfter(placesFile, "\n")[0]
	names := strings.SplitAfter(namesFile, "\n")[0]
	tests := []struct{ name, places, names, want string }{
		{"empty", "", names, "header"},
		{"orphan", header + "a,city,b,,,,1,1,1,hand,hand\n", names, "parent b"},
		{"twice", header + "a,country,,,,,1,1,1,hand,hand\na,country,,,,,1,1,1,hand,hand\n", names, "twice"},
		{"no number", header + "a,country,,,,,x,1,1,hand,hand\n", names, "invalid syntax"},
		{"name of nobody", header, names + "a,en,common,A,,,hand,hand\n", `no place "a"`},
	}
	for _, tt := range tests {
		if _, err := parsePlaces(tt.places, tt.names); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want %q", tt.name, err, tt.want)
		}
	}
	for _, bad := range []string{"", `{"features":[{"geometry":{"type":"Point"}}]}`, `{"features":[{"geometry":{"type":"MultiPolygon","coordinates":"x"}}]}`} {
		if _, err := parseGround([]byte(bad)); err == nil {
			t.Errorf("outline %q was accepted", bad)
		}
	}
}

func ExamplePlaces() {
	for _, p := range Places() {
		if p.ID == "hoeryong" {
			fmt.Println(p.Name("en"), p.Name("ko-KP"), p.Name("ko-Hani"), p.Parent)
		}
	}
	// Output: Hoeryong 회령 會寧 north-hamgyong
}
