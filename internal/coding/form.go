package coding

import (
	"context"
	"strings"

	"asylon/internal/access"
	"asylon/internal/fault"
	"asylon/internal/record"
	"asylon/internal/register"
)

// Form is what a documenter filled in about one passage: one entity, new or
// known, and what the passage says of its properties.
type Form struct {
	Document    record.ID
	Compartment record.Compartment // of the document
	Source      record.ID
	Via         record.ID
	At          *record.Locator
	Quote       *record.Quote

	Entity record.ID   // known entity; empty for a new one
	Kind   record.Kind // of a new entity
	Label  string      // what to call a new entity

	Mode        record.Mode
	Reliability record.Reliability
	Grade       record.Grade
	Partial     bool
	Fields      []Field

	Reference Reference // the document's own date
}

// Field is what was typed for one property.
type Field struct {
	Property record.PropertyID
	Typed    string
	Qual     record.TermID
}

// Row is a field as understood, to be shown before saving.
type Row struct {
	Field
	Understood
	Problem string
	Makes   record.Kind // the typed reference brings a new entity of this kind
	Title   string      // of the entity referred to, or to be made
}

// Build understands a form: what would be recorded, and row by row how. An
// input is only to be recorded when no row has a problem.
func Build(ctx context.Context, r *access.Reader, words *register.Words, f Form) (register.Input, []Row, error) {
	in := register.Input{Document: f.Document, Compartment: f.Compartment, Source: f.Source, Via: f.Via}
	entity := f.Entity
	if entity != "" {
		if _, err := register.KindOf(ctx, r, entity); err != nil {
			return in, nil, err
		}
	} else {
		if !f.Kind.Valid() || f.Kind == record.KindDocument {
			return in, nil, fault.Invalid("choose what this is about")
		}
		entity = record.Local(1)
		in.New = append(in.New, record.NewEntity{N: 1, Kind: f.Kind})
		if l := strings.TrimSpace(f.Label); l != "" {
			in.Statements = append(in.Statements, f.statement(entity, record.PropLabel, Understood{Value: record.Value{Text: l}, Words: l}, ""))
		}
	}
	b := builder{ctx: ctx, r: r, words: words, in: &in}
	var rows []Row
	for _, fd := range f.Fields {
		if strings.TrimSpace(fd.Typed) == "" {
			continue
		}
		row, err := b.row(f, fd)
		if err != nil && fault.KindOf(err) != fault.KindInvalid && fault.KindOf(err) != fault.KindNotFound {
			return in, nil, err
		}
		if err != nil {
			row.Problem = fault.Sentence(err)
		} else {
			row.Value.Qual = fd.Qual
			in.Statements = append(in.Statements, f.statement(entity, fd.Property, row.Understood, fd.Qual))
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 && f.Entity != "" {
		return in, rows, fault.Invalid("fill in at least one field: what does the passage say?")
	}
	return in, rows, nil
}

func (f Form) statement(e record.ID, p record.PropertyID, u Understood, qual record.TermID) record.Statement {
	s := record.Statement{Entity: e, Property: p, Value: u.Value, Words: u.Words, Lang: u.Lang, Mode: f.Mode, At: f.At, Quote: f.Quote,
		Reliability: f.Reliability, Grade: f.Grade}
	s.Value.Qual = qual
	if u.Value.Count != nil {
		s.Partial = f.Partial || u.Partial
	}
	if u.Value.Date != nil && f.Reference.Statement != "" && u.Value.Date.Resolved && relative(u) {
		s.Basis = f.Reference.Statement
	}
	if s.Mode == record.ModeHappened {
		s.Mode = ""
	}
	return s
}

// relative tells whether a date needed the document's date to be understood:
// without it, it would not resolve.
func relative(u Understood) bool {
	alone, err := Date(u.Words, Reference{}, record.ModeHappened)
	return err == nil && alone.Unresolved
}

// builder understands rows and collects the entities they bring.
type builder struct {
	ctx   context.Context
	r     *access.Reader
	words *register.Words
	in    *register.Input
}

func (b *builder) row(f Form, fd Field) (Row, error) {
	row := Row{Field: fd}
	p, ok := b.words.Properties[fd.Property]
	if !ok {
		return row, fault.Invalid("%.40q is not a property", string(fd.Property))
	}
	if p.Type == record.TypeRef {
		return b.reference(p, fd)
	}
	u, err := Understand(p, fd.Typed, f.Reference, f.Mode)
	row.Understood = u
	if err == nil && p.Type == record.TypeTerm {
		if t, ok := b.words.Terms[u.Value.Term]; !ok || t.List != p.List {
			return row, fault.Invalid("choose %q from its list", p.Labels.In("en"))
		}
		row.Words = ""
	}
	return row, err
}

// reference understands a typed entity: a local label such as P-0412, an id, a
// name that one entity has, or "+ name" for a new one ("+group: a family").
func (b *builder) reference(p record.Property, fd Field) (Row, error) {
	row := Row{Field: fd}
	typed := strings.TrimSpace(fd.Typed)
	if name, isNew := strings.CutPrefix(typed, "+"); isNew {
		return b.newReference(p, row, strings.TrimSpace(name))
	}
	id, err := b.find(p, typed)
	if err != nil {
		return row, err
	}
	k, err := register.KindOf(b.ctx, b.r, id)
	if err != nil {
		return row, err
	}
	if !allowed(p.Refs, k) {
		return row, fault.Invalid("%q is a %s, which %q cannot be", typed, k, p.Labels.In("en"))
	}
	titles, err := register.Titles(b.ctx, b.r, []record.ID{id})
	if err != nil {
		return row, err
	}
	row.Value.Ref, row.Title = id, firstOf(titles[id], typed)
	return row, nil
}

func (b *builder) find(p record.Property, typed string) (record.ID, error) {
	if id, err := record.ParseID(typed); err == nil {
		return id, nil
	}
	if id, err := register.ByCode(b.ctx, b.r, typed); err == nil {
		return id, nil
	} else if !fault.Is(err, fault.KindNotFound) {
		return "", err
	}
	for _, k := range p.Refs {
		id, err := register.ByLabel(b.ctx, b.r, k, typed)
		if err == nil || !fault.Is(err, fault.KindNotFound) {
			return id, err
		}
	}
	return "", fault.Invalid("there is no %s called %q: correct the name, or write + before it to make a new one", kindList(p.Refs), short(typed))
}

func (b *builder) newReference(p record.Property, row Row, name string) (Row, error) {
	kind := p.Refs[0]
	if k, rest, ok := strings.Cut(name, ":"); ok && allowed(p.Refs, record.Kind(strings.TrimSpace(k))) {
		kind, name = record.Kind(strings.TrimSpace(k)), strings.TrimSpace(rest)
	}
	if name == "" {
		return row, fault.Invalid("write a short name after the +")
	}
	n := len(b.in.New) + 1
	b.in.New = append(b.in.New, record.NewEntity{N: n, Kind: kind})
	b.in.Statements = append(b.in.Statements, record.Statement{Entity: record.Local(n), Property: record.PropLabel, Value: record.Value{Text: name}, Words: name})
	row.Value.Ref, row.Makes, row.Title = record.Local(n), kind, name
	return row, nil
}

func allowed(refs []record.Kind, k record.Kind) bool {
	for _, x := range refs {
		if x == k {
			return true
		}
	}
	return len(refs) == 0
}

func kindList(ks []record.Kind) string {
	var s []string
	for _, k := range ks {
		s = append(s, string(k))
	}
	return strings.Join(s, " or ")
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
