// Package coding is the room between a text and the record: it turns what
// people type ("end of July", "some dozens of families") into values, and says
// how it understood them before anything is saved. It proposes; a person
// accepts. What is accepted is written by register.
package coding

import (
	"errors"
	"strconv"
	"strings"

	"asylon/edtf"
	"asylon/internal/fault"
	"asylon/internal/record"
	"asylon/quantity"
)

// Understood is a value as understood, with what to show before saving.
type Understood struct {
	Value record.Value
	Words string
	Lang  string
	// Unresolved says that the words need a date nobody has given yet.
	Unresolved bool
	// Needs says what would resolve them, in words.
	Needs string
	// Notes explain the reading.
	Notes []string
	// Rest are words that were not understood as part of the value.
	Rest string
	// Partial says that the words state a part of a whole.
	Partial bool
}

// Reference is what relative dates are reckoned from: the document's own date,
// as a statement gives it.
type Reference struct {
	Date edtf.Date
	// Statement is the id of the statement that gives the date.
	Statement record.ID
}

// Understand reads what a person typed for a property. Terms, references and
// texts are taken as they are: choosing is the form's work.
func Understand(p record.Property, words string, ref Reference, mode record.Mode) (Understood, error) {
	words = strings.TrimSpace(words)
	switch p.Type {
	case record.TypeDate:
		return Date(words, ref, mode)
	case record.TypeCount, record.TypeRate:
		u, err := Number(words)
		if err != nil {
			return u, err
		}
		if isRate := u.Value.Count.Per != ""; isRate != (p.Type == record.TypeRate) {
			return u, wrongNumber(p, isRate)
		}
		return u, nil
	case record.TypePoint:
		return point(words)
	case record.TypeTerm:
		return Understood{Value: record.Value{Term: record.TermID(words)}, Words: words}, nil
	case record.TypeRef:
		return Understood{Value: record.Value{Ref: record.ID(words)}}, nil
	}
	if words == "" {
		return Understood{}, fault.Invalid("%q is empty", p.Labels.In("en"))
	}
	return Understood{Value: record.Value{Text: words}, Words: words}, nil
}

func wrongNumber(p record.Property, isRate bool) error {
	if isRate {
		return fault.Invalid("this is a rate, and %q takes a number: a rate is no total; record it as a rate", p.Labels.In("en"))
	}
	return fault.Invalid("this is a number, and %q takes a rate such as \"50 every two days\"", p.Labels.In("en"))
}

// Date reads a date phrase.
func Date(words string, ref Reference, mode record.Mode) (Understood, error) {
	tense := edtf.Past
	if mode == record.ModeIntended || mode == record.ModeThreatened || mode == record.ModeFeared {
		tense = edtf.Either
	}
	r, err := edtf.Read(words, edtf.Reference{Date: ref.Date, Tense: tense})
	var syntax *edtf.SyntaxError
	if errors.As(err, &syntax) {
		return Understood{}, fault.Invalid("the date %q is not understood: %s", short(words), syntax.Problem)
	}
	if err != nil {
		return Understood{}, fault.Invalid("the date %q is not understood", short(words))
	}
	u := Understood{Words: r.Words, Lang: string(r.Lang), Unresolved: !r.Resolved}
	d := record.Date{EDTF: r.Date.String(), Resolved: r.Resolved, Rule: string(r.Rule)}
	if r.Resolved {
		d.Earliest, d.Latest = int64(r.Date.Earliest()), int64(r.Date.Latest())
	} else {
		u.Needs = r.Needs.String()
	}
	if r.Note != "" {
		u.Notes = append(u.Notes, r.Note)
	}
	u.Value.Date = &d
	return u, nil
}

// Number reads a number phrase: a count, or a rate.
func Number(words string) (Understood, error) {
	r, err := quantity.Read(words)
	if err != nil {
		return Understood{}, fault.Invalid("%s", err.Error())
	}
	u := Understood{Words: strings.TrimSpace(words), Lang: string(r.Count.Lang()), Rest: r.Unread, Partial: r.Count.Has(quantity.Partial)}
	c := record.Count{Low: r.Count.Low(), Unit: record.Unit(r.Count.Unit()), Rule: string(r.Count.Rule().ID) + "/" + strconv.Itoa(r.Count.Rule().Version)}
	if h, ok := r.Count.High(); ok {
		c.High = &h
	}
	if b, ok := r.Count.Best(); ok {
		c.Best = &b
	}
	if rate, ok := r.Rate(); ok {
		c.Per = rate.Every().ISO()
	}
	for _, n := range r.Notes {
		u.Notes = append(u.Notes, n.Text(quantity.English))
	}
	if c.Unit == "" {
		c.Unit = record.Unit(quantity.Persons)
		u.Notes = append(u.Notes, "no unit was stated; persons is assumed: say otherwise if it is wrong")
	}
	u.Value.Count = &c
	return u, nil
}

// point reads "42.77, 129.42" with a radius in metres after it if there is one.
func point(words string) (Understood, error) {
	f := strings.FieldsFunc(words, func(r rune) bool { return r == ',' || r == ';' || r == ' ' })
	if len(f) != 2 && len(f) != 3 {
		return Understood{}, fault.Invalid("write a position as latitude, longitude, and perhaps a radius in metres: 42.77, 129.42, 2000")
	}
	var n [3]float64
	for i, s := range f {
		x, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return Understood{}, fault.Invalid("%.20q is not a number of degrees or metres", s)
		}
		n[i] = x
	}
	return Understood{Value: record.Value{Point: &record.Point{Lat: n[0], Lon: n[1], Radius: n[2]}}, Words: words}, nil
}

func short(s string) string {
	r := []rune(s)
	if len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
