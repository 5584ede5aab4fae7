package basemap

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
)

//go:embed places.csv
var placesFile string

//go:embed names.csv
var namesFile string

// PlaceID names a place of this package for ever: "longjing", "dprk".
type PlaceID string

// PlaceKind says what a place is, from the largest to the smallest.
type PlaceKind string

// The kinds of places. City is what calls itself one (市, 시), down to county
// level; prefecture includes cities that have counties below them; province
// includes cities directly below the state.
const (
	Country    PlaceKind = "country"
	Provincial PlaceKind = "province"
	Prefecture PlaceKind = "prefecture"
	City       PlaceKind = "city"
	County     PlaceKind = "county"
	Town       PlaceKind = "town"
)

// Place is one place of the seed gazetteer.
type Place struct {
	ID   PlaceID
	Kind PlaceKind
	// Parent is the place this one belongs to; empty for countries.
	Parent PlaceID
	// Code is from ISO 3166 (countries, provinces) or GB/T 2260 (below them
	// in China); empty where there is none here.
	Code string
	// GeoNames is the identifier there, 0 if unknown. OfSeat says that it is
	// the identifier of the place's seat, not of its whole area.
	GeoNames int
	OfSeat   bool
	// Lat and Lon (WGS 84, degrees) are those of the seat, or of the middle
	// of the area for countries and provinces.
	Lat, Lon float64
	// RadiusKM is the radius in kilometres of a circle about as large as the
	// place: how far from the point something may be that is only said to be
	// "in" it.
	RadiusKM float64
	// PositionSource and RadiusSource say where the numbers come from:
	// "geonames", "natural-earth" or "hand".
	PositionSource, RadiusSource string
	Names                        []Name
}

// NameKind says what kind of name a name is.
type NameKind string

// The kinds of names.
const (
	Common       NameKind = "common"       // in use
	Official     NameKind = "official"     // in full
	Reading      NameKind = "reading"      // Sino-Korean reading of a Chinese name
	Romanization NameKind = "romanization" // by the system in the language tag
	Former       NameKind = "former"       // no longer official, found in texts
	Exonym       NameKind = "exonym"       // what others call it
)

// Name is one name of a place.
type Name struct {
	Text string
	// Language is a BCP 47 tag: ko-KR and ko-KP where the South and the North
	// (and Koreans in China) write differently, zh-Hans, zh-Hant, ko-Hani,
	// zh-Latn-pinyin, zh-Latn-wadegile, ko-Latn-x-mr (McCune-Reischauer),
	// ko-Latn-x-rr (Revised Romanization).
	Language string
	Kind     NameKind
	// From and To bound the time of the name in years, as EDTF writes them
	// ("2005?" is uncertain); empty is open.
	From, To string
	// Source says where the name comes from ("geonames", or "hand"), Checked
	// what confirms it: "geonames", "gbt2260", "iso3166", "unihan" (the
	// reading or script form agrees with the Unihan database), or "hand":
	// nothing but the hand that wrote it.
	Source, Checked string
}

// Places returns the places of the seed gazetteer, parents before children.
func Places() []Place {
	places, err := parsePlaces(placesFile, namesFile)
	if err != nil {
		panic(fmt.Sprintf("basemap: embedded gazetteer: %v", err))
	}
	return places
}

// Name returns the name in use in a language (a tag as in Name.Language), or
// the first name in that language if none is marked so, or "" if there is
// none.
func (p Place) Name(language string) string {
	first := ""
	for _, n := range p.Names {
		if n.Language != language {
			continue
		}
		if n.Kind == Common {
			return n.Text
		}
		if first == "" {
			first = n.Text
		}
	}
	return first
}

// records reads a CSV file with a header of the wanted columns.
func records(file, header string) ([][]string, error) {
	rows, err := csv.NewReader(strings.NewReader(file)).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 || strings.Join(rows[0], ",") != header {
		return nil, fmt.Errorf("header is not %q", header)
	}
	return rows[1:], nil
}

func parsePlaces(placesCSV, namesCSV string) ([]Place, error) {
	rows, err := records(placesCSV, "id,kind,parent,code,geonames,geonames_of,lat,lon,radius_km,position_source,radius_source")
	if err != nil {
		return nil, fmt.Errorf("places: %w", err)
	}
	places := make([]Place, 0, len(rows))
	at := map[PlaceID]int{}
	for _, r := range rows {
		p, err := parsePlace(r)
		if err != nil {
			return nil, fmt.Errorf("place %s: %w", r[0], err)
		}
		if _, known := at[p.Parent]; p.Parent != "" && !known {
			return nil, fmt.Errorf("place %s: parent %s does not stand before it", p.ID, p.Parent)
		}
		if _, twice := at[p.ID]; twice {
			return nil, fmt.Errorf("place %s is there twice", p.ID)
		}
		at[p.ID] = len(places)
		places = append(places, p)
	}
	names, err := records(namesCSV, "place,lang,kind,name,from,to,source,checked")
	if err != nil {
		return nil, fmt.Errorf("names: %w", err)
	}
	for i, r := range names {
		k, ok := at[PlaceID(r[0])]
		if !ok {
			return nil, fmt.Errorf("name %d: there is no place %q", i+1, r[0])
		}
		places[k].Names = append(places[k].Names, Name{Language: r[1], Kind: NameKind(r[2]), Text: r[3],
			From: r[4], To: r[5], Source: r[6], Checked: r[7]})
	}
	return places, nil
}

func parsePlace(r []string) (Place, error) {
	p := Place{ID: PlaceID(r[0]), Kind: PlaceKind(r[1]), Parent: PlaceID(r[2]), Code: r[3], OfSeat: r[5] == "seat",
		PositionSource: r[9], RadiusSource: r[10]}
	var err error
	if r[4] != "" {
		if p.GeoNames, err = strconv.Atoi(r[4]); err != nil {
			return p, err
		}
	}
	for _, f := range []struct {
		to   *float64
		from string
	}{{&p.Lat, r[6]}, {&p.Lon, r[7]}, {&p.RadiusKM, r[8]}} {
		if *f.to, err = strconv.ParseFloat(f.from, 64); err != nil {
			return p, err
		}
	}
	return p, nil
}
