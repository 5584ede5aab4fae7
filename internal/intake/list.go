package intake

import (
	"context"
	"fmt"
	"strings"

	"asylon/internal/access"
	"asylon/internal/record"
)

// Filter narrows a list of documents. Zero values do not narrow.
type Filter struct {
	Source      record.ID
	Kind        record.TermID
	Compartment record.Compartment
	Limit       int
	Offset      int
}

// Listed is a line of the list of documents. Of a sealed one only id and
// compartment are set.
type Listed struct {
	ID          record.ID
	Compartment record.Compartment
	Title       string
	Kind        record.TermID
	Lang        string
	Source      record.ID
	Received    string // EDTF
	Pages       int
	Parent      record.ID
}

// List lists documents that the actor can see, newest first, and counts all
// that the filter lets through.
func List(ctx context.Context, r *access.Reader, f Filter) ([]Listed, int, error) {
	where, args := []string{"1 = 1"}, []any{}
	add := func(cond string, v any) { where, args = append(where, cond), append(args, v) }
	if f.Source != "" {
		add("source = ?", string(f.Source))
	}
	if f.Kind != "" {
		add("kind = ?", string(f.Kind))
	}
	if f.Compartment != "" {
		add("compartment = ?", string(f.Compartment))
	}
	for _, c := range []record.Compartment{record.Identities, record.Sources} {
		if !r.Session().Member(c) {
			add("compartment <> ?", string(c))
		}
	}
	cond := strings.Join(where, " and ")
	var total int
	if err := r.QueryRow(ctx, `select count(*) from documents where `+cond, args...).Scan(&total); err != nil {
		return nil, 0, fmt.Errorf("count documents: %w", err)
	}
	rows, err := r.Query(ctx, `select id, compartment, coalesce(title, ''), coalesce(kind, ''), coalesce(lang, ''), coalesce(source, ''),
		coalesce(received, ''), coalesce(pages, 0), coalesce(parent, '') from documents where `+cond+`
		order by recorded desc, id desc limit ? offset ?`, append(args, f.Limit, f.Offset)...)
	if err != nil {
		return nil, 0, fmt.Errorf("list documents: %w", err)
	}
	defer rows.Close()
	var out []Listed
	for rows.Next() {
		var l Listed
		if err := rows.Scan(&l.ID, &l.Compartment, &l.Title, &l.Kind, &l.Lang, &l.Source, &l.Received, &l.Pages, &l.Parent); err != nil {
			return nil, 0, err
		}
		out = append(out, l)
	}
	return out, total, rows.Err()
}

// PageList lists the pages of an open document: number, label, length.
func PageList(ctx context.Context, r *access.Reader, h Held) ([]Page, error) {
	if !h.Open {
		return nil, nil
	}
	out := make([]Page, 0, h.Pages)
	if h.Compartment.Sealed() {
		for n := 1; n <= h.Pages; n++ {
			out = append(out, Page{Number: n})
		}
		return out, nil
	}
	rows, err := r.Query(ctx, `select page, coalesce(label, ''), scanned from pages where document = ? order by page`, string(h.ID))
	if err != nil {
		return nil, fmt.Errorf("list pages: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var p Page
		var scanned int
		if err := rows.Scan(&p.Number, &p.Label, &scanned); err != nil {
			return nil, err
		}
		p.Scanned = scanned == 1
		out = append(out, p)
	}
	return out, rows.Err()
}
