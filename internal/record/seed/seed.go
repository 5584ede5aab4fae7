// Package seed holds the words every record begins with: the properties, the
// tree of acts and the other word lists, with English and Korean labels. They
// are written into the journal when an installation is set up, and an office
// adds its own beside them.
//
// The lists are plain text files, so that a lawyer or translator can read and
// correct them. What a file states of a word that exists already (its list,
// parent, type, compartment) must never be changed: raise Edition only to
// relabel, reorder or retire.
package seed

import (
	_ "embed"
	"fmt"
	"strings"

	"asylon/internal/record"
)

// Edition of the seed. A higher edition relabels the words of a lower one.
const Edition = 1

//go:embed acts.txt
var actsText string

//go:embed lists.txt
var listsText string

//go:embed properties.txt
var propertiesText string

// Words parses the seed. An error is a mistake in a file of this package and
// names the line.
func Words() (record.WordsBody, error) {
	acts, err := parseActs(actsText)
	if err != nil {
		return record.WordsBody{}, fmt.Errorf("acts.txt: %w", err)
	}
	lists, err := parseLists(listsText)
	if err != nil {
		return record.WordsBody{}, fmt.Errorf("lists.txt: %w", err)
	}
	props, err := parseProperties(propertiesText)
	if err != nil {
		return record.WordsBody{}, fmt.Errorf("properties.txt: %w", err)
	}
	return record.WordsBody{Edition: Edition, Properties: props, Terms: append(acts, lists...)}, nil
}

// lines calls fn for each line that is neither empty nor a comment, split at
// "|" with the fields trimmed.
func lines(text string, fn func(line string, f []string) error) error {
	for i, l := range strings.Split(text, "\n") {
		if strings.TrimSpace(l) == "" || strings.HasPrefix(l, "#") {
			continue
		}
		f := strings.Split(l, "|")
		for k := range f {
			f[k] = strings.TrimSpace(f[k])
		}
		if err := fn(l, f); err != nil {
			return fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return nil
}

func parseActs(text string) ([]record.Term, error) {
	var out []record.Term
	err := lines(text, func(_ string, f []string) error {
		if len(f) != 6 {
			return fmt.Errorf("%d fields, not 6", len(f))
		}
		id, code, _ := strings.Cut(f[0], "=")
		id, deport := strings.CutSuffix(id, "+")
		t := record.Term{ID: record.TermID(id), List: record.ListActs, Labels: labels(f[1], f[2]),
			Definition: english(f[3]), Boundary: english(f[4]), Example: english(f[5]), Huridocs: code, Deport: deport, Order: len(out)}
		if i := strings.LastIndexByte(id, '.'); i > 0 {
			t.Parent = record.TermID(id[:i])
		}
		out = append(out, t)
		return nil
	})
	return out, err
}

func parseLists(text string) ([]record.Term, error) {
	var out []record.Term
	var list record.ListID
	var top record.TermID
	err := lines(text, func(line string, f []string) error {
		if strings.HasPrefix(line, "[") {
			list, top = record.ListID(strings.Trim(line, "[]")), ""
			return nil
		}
		if len(f) != 4 || list == "" {
			return fmt.Errorf("%d fields, not 4, or no list begun", len(f))
		}
		t := record.Term{ID: record.TermID(f[0]), List: list, Labels: labels(f[1], f[2]), Definition: english(f[3]), Order: len(out)}
		if strings.HasPrefix(line, " ") {
			t.Parent = top
		} else {
			top = t.ID
		}
		out = append(out, t)
		return nil
	})
	return out, err
}

func parseProperties(text string) ([]record.Property, error) {
	var out []record.Property
	err := lines(text, func(_ string, f []string) error {
		if len(f) != 10 {
			return fmt.Errorf("%d fields, not 10", len(f))
		}
		p := record.Property{ID: record.PropertyID(f[0]), Type: record.Type(f[2]), Quals: record.ListID(f[4]),
			Compartment: record.Compartment(f[5]), Many: f[6] == "many", Labels: labels(f[7], f[8]), Definition: english(f[9]), Order: len(out)}
		if f[1] != "*" {
			p.Kinds = kinds(f[1])
		}
		switch p.Type {
		case record.TypeTerm:
			p.List = record.ListID(f[3])
		case record.TypeRef:
			p.Refs = kinds(f[3])
		case record.TypeText, record.TypeDate, record.TypeCount, record.TypeRate, record.TypePoint:
		default:
			return fmt.Errorf("unknown type %q", f[2])
		}
		for _, k := range append(append([]record.Kind{}, p.Kinds...), p.Refs...) {
			if !k.Valid() {
				return fmt.Errorf("unknown kind %q", k)
			}
		}
		out = append(out, p)
		return nil
	})
	return out, err
}

func kinds(s string) []record.Kind {
	var out []record.Kind
	for _, k := range strings.Split(s, ",") {
		out = append(out, record.Kind(strings.TrimSpace(k)))
	}
	return out
}

func labels(en, ko string) record.Labels { return record.Labels{"en": en, "ko": ko} }

func english(s string) record.Labels { return record.Labels{"en": s} }
