package search

import (
	"context"
	"errors"
	"fmt"

	"asylon/internal/access"
	"asylon/internal/fault"
	"asylon/internal/intake"
	"asylon/internal/record"
	"asylon/internal/register"
	"asylon/internal/text"
)

// maxRanked is how many of the newest matches are looked at. Ranking all
// matches of a common word would take longer than anybody waits; the result
// says when there were more.
const maxRanked = 2000

// Query is what to find.
type Query struct {
	Text   string
	Kind   string // "document", "statement", or a kind of entity; empty for all
	Limit  int
	Offset int
}

// Hit is one thing found.
type Hit struct {
	Kind     string // "document", "statement", or the kind of the entity it is about
	ID       record.ID
	Entity   record.ID
	Title    string
	Document record.ID
	Page     int
	Snippet  []text.Piece
	Property record.PropertyID
}

// Result is what was found, best first.
type Result struct {
	Hits  []Hit
	Total int  // among those looked at
	More  bool // only the newest matches were looked at
}

// snippetLength is how many characters of a text are shown around a hit.
const snippetLength = 200

// candidate is a matching row before it is shown.
type candidate struct {
	rid  int64
	row  string
	id   record.ID
	ent  record.ID
	kind record.Kind
	page int
}

// Find looks for a text in documents and record.
func Find(ctx context.Context, r *access.Reader, q Query) (Result, error) {
	parsed, err := text.Parse(q.Text)
	if err != nil {
		return Result{}, fault.Invalid("%s", err.Error())
	}
	if parsed.Empty() {
		return Result{}, nil
	}
	all, more, err := candidates(ctx, r, parsed)
	if err != nil {
		return Result{}, err
	}
	all = ranked(narrow(all, q.Kind))
	res := Result{Total: len(all), More: more}
	if q.Offset < len(all) {
		all = all[q.Offset:]
	} else {
		all = nil
	}
	if q.Limit > 0 && len(all) > q.Limit {
		all = all[:q.Limit]
	}
	res.Hits, err = show(ctx, r, parsed, q.Kind, all)
	return res, err
}

func candidates(ctx context.Context, r *access.Reader, q text.Query) ([]candidate, bool, error) {
	sql := `select r.rid, r.kind, r.id, r.entity, e.kind, r.page from search_fts f join search_rows r on r.rid = f.rowid
		join entities e on e.id = r.entity where search_fts match ? order by f.rowid desc limit ?`
	arg := q.FTS5()
	if r.Dialect().Name() == "postgres" {
		sql = `select r.rid, r.kind, r.id, r.entity, e.kind, r.page from search_fts f join search_rows r on r.rid = f.rid
			join entities e on e.id = r.entity where f.tokens @@ ?::tsquery order by f.rid desc limit ?`
		arg = q.TSQuery()
	}
	rows, err := r.Query(ctx, sql, arg, maxRanked+1)
	if err != nil {
		return nil, false, fmt.Errorf("search: %w", err)
	}
	var out []candidate
	for rows.Next() {
		var c candidate
		if err := rows.Scan(&c.rid, &c.row, &c.id, &c.ent, &c.kind, &c.page); err != nil {
			return nil, false, errors.Join(err, rows.Close())
		}
		out = append(out, c)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, false, fmt.Errorf("search: %w", err)
	}
	more := len(out) > maxRanked
	if more {
		out = out[:maxRanked]
	}
	return out, more, nil
}

// narrow keeps what is of the asked kind. For a kind of entity each entity
// stands once.
func narrow(all []candidate, kind string) []candidate {
	if kind == "" {
		return all
	}
	var out []candidate
	seen := map[record.ID]bool{}
	for _, c := range all {
		switch {
		case kind == rowDocument && c.row == rowDocument, kind == rowStatement && c.row == rowStatement:
			out = append(out, c)
		case kind == string(c.kind) && c.row == rowStatement && !seen[c.ent]:
			seen[c.ent] = true
			out = append(out, c)
		}
	}
	return out
}

// ranked puts titles before pages before single statements; within each, the
// newest first.
func ranked(all []candidate) []candidate {
	var titles, pages, rest []candidate
	for _, c := range all {
		switch {
		case c.row == rowDocument && c.page == 0:
			titles = append(titles, c)
		case c.row == rowDocument:
			pages = append(pages, c)
		default:
			rest = append(rest, c)
		}
	}
	return append(append(titles, pages...), rest...)
}

// show words the hits of one page of results. A statement that was taken back
// since is left out.
func show(ctx context.Context, r *access.Reader, q text.Query, kind string, cs []candidate) ([]Hit, error) {
	var ents []record.ID
	for _, c := range cs {
		ents = append(ents, c.ent)
	}
	titles, err := register.Titles(ctx, r, ents)
	if err != nil {
		return nil, err
	}
	codes, err := register.Codes(ctx, r, ents)
	if err != nil {
		return nil, err
	}
	var out []Hit
	for _, c := range cs {
		h := Hit{ID: c.id, Entity: c.ent, Page: c.page, Title: titles[c.ent]}
		if h.Title == "" {
			h.Title = codes[c.ent]
		}
		ok, err := h.fill(ctx, r, q, kind, c)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, h)
		}
	}
	return out, nil
}

func (h *Hit) fill(ctx context.Context, r *access.Reader, q text.Query, kind string, c candidate) (bool, error) {
	if c.row == rowDocument {
		h.Kind, h.Document = rowDocument, c.id
		d, err := intake.Get(ctx, r, c.id)
		if fault.Is(err, fault.KindNotFound) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		h.Title = d.Title
		s := d.Title
		if c.page > 0 {
			p, err := intake.PageOf(ctx, r, c.id, c.page)
			if err != nil {
				return false, err
			}
			s = p.Text
		}
		h.Snippet = text.Snippet(s, q, snippetLength)
		return true, nil
	}
	it, err := register.Get(ctx, r, c.id)
	if fault.Is(err, fault.KindNotFound) || err == nil && !it.Live {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	h.Kind = rowStatement
	if kind != "" && kind != rowStatement {
		h.Kind, h.ID = string(c.kind), c.ent
	}
	h.Property, h.Document = it.Property, it.Document
	if it.At != nil {
		h.Page = it.At.Page
	}
	s := it.Words
	if it.Value.Text != "" {
		s = it.Value.Text
	}
	if it.Quote != nil {
		s += "\n" + it.Quote.Text + "\n" + it.Quote.Translation
	}
	h.Snippet = text.Snippet(s, q, snippetLength)
	return true, nil
}
