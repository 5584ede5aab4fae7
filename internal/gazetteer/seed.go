package gazetteer

import (
	"context"
	"fmt"
	"strconv"

	"asylon/internal/access"
	"asylon/internal/basemap"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/register"
)

// kindTerms are the terms of the seed gazetteer's kinds of place.
var kindTerms = map[basemap.PlaceKind]record.TermID{
	basemap.Country: "place.country", basemap.Provincial: "place.province", basemap.Prefecture: "place.prefecture",
	basemap.City: "place.county", basemap.County: "place.county", basemap.Town: "place.town",
}

// Seed records the places a new record begins with: the border region, with
// names in every script, as stated by the seed gazetteer.
func Seed(ctx context.Context, s *access.Session, lex *register.Lexicon) error {
	return s.Write(ctx, policy.AddRecord, func(w *access.Writer) error {
		words, err := lex.Load(ctx, w)
		if err != nil {
			return err
		}
		src, err := register.Record(ctx, w, words, register.Input{New: []record.NewEntity{{N: 1, Kind: record.KindSource}},
			Statements: []record.Statement{
				{Entity: record.Local(1), Property: record.PropLabel, Value: record.Value{Text: "Seed gazetteer"}},
				{Entity: record.Local(1), Property: record.PropSourceKind, Value: record.Value{Term: "source.gazetteer"}},
				{Entity: record.Local(1), Property: record.PropNote, Value: record.Value{Text: "Positions and numbers from GeoNames (CC BY 4.0) and Natural Earth; names checked as docs/data-sources.md says."}},
			}})
		if err != nil {
			return err
		}
		return seedPlaces(ctx, w, words, src.Entities[0])
	})
}

// seedPlaces records all places in one entry and their further names in as
// many as they need.
func seedPlaces(ctx context.Context, w *access.Writer, words *register.Words, source record.ID) error {
	places := basemap.Places()
	number := map[basemap.PlaceID]int{}
	in := register.Input{Source: source}
	for i, p := range places {
		number[p.ID] = i + 1
		in.New = append(in.New, record.NewEntity{N: i + 1, Kind: record.KindPlace})
	}
	for _, p := range places {
		e := record.Local(number[p.ID])
		add := func(prop record.PropertyID, v record.Value) {
			in.Statements = append(in.Statements, record.Statement{Entity: e, Property: prop, Value: v})
		}
		add(record.PropLabel, record.Value{Text: p.Name("en")})
		if t, ok := kindTerms[p.Kind]; ok {
			add(record.PropPlaceKind, record.Value{Term: t})
		}
		if n, ok := number[p.Parent]; ok {
			add(record.PropPlaceWithin, record.Value{Ref: record.Local(n)})
		}
		add(record.PropPlacePoint, record.Value{Point: &record.Point{Lat: p.Lat, Lon: p.Lon, Radius: p.RadiusKM * 1000}})
		if p.GeoNames > 0 && !p.OfSeat {
			add(record.PropPlaceCode, record.Value{Text: "geonames:" + strconv.Itoa(p.GeoNames)})
		}
	}
	got, err := register.Record(ctx, w, words, in)
	if err != nil {
		return fmt.Errorf("record places: %w", err)
	}
	names := register.Input{Source: source}
	flush := func() error {
		if len(names.Statements) == 0 {
			return nil
		}
		_, err := register.Record(ctx, w, words, names)
		names.Statements = nil
		return err
	}
	for i, p := range places {
		for _, n := range p.Names {
			names.Statements = append(names.Statements, record.Statement{Entity: got.Entities[i], Property: record.PropPlaceName,
				Value: record.Value{Text: n.Text}, Words: n.Text, Lang: n.Language})
		}
		if len(names.Statements) > record.MaxStatements-100 {
			if err := flush(); err != nil {
				return fmt.Errorf("record place names: %w", err)
			}
		}
	}
	if err := flush(); err != nil {
		return fmt.Errorf("record place names: %w", err)
	}
	return nil
}
