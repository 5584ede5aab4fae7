// Package search is the room where things are found: full text over documents
// and record, lists with filters, and saved views. It indexes general content
// only; what is sealed is never in the database's index.
package search

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"asylon/internal/intake"
	"asylon/internal/record"
	"asylon/internal/register"
	"asylon/internal/store"
	"asylon/internal/text"
)

// Room registers the room with the store. The full-text table differs by
// engine and holds no text, only what was cut by package text.
func Room() store.Room {
	return store.Room{Name: "search", Version: text.Version,
		Tables: []store.Table{
			{Name: "search_rows", Create: `create table if not exists search_rows (rid {rowid}, kind text not null, id text not null, entity text,
				page bigint not null, part bigint not null)`,
				Indexes: []string{`create index if not exists search_rows_id on search_rows (id)`}},
			{Name: "search_fts",
				Create:          `create virtual table if not exists search_fts using fts5(tokens, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0", detail=full)`,
				CreatePostgres:  `create table if not exists search_fts (rid bigint primary key, tokens tsvector not null)`,
				IndexesPostgres: []string{`create index if not exists search_fts_tokens on search_fts using gin (tokens)`}},
			{Name: "views", Class: store.State,
				Create: `create table if not exists views (id text primary key, owner text not null, name text not null, query text not null)`},
		},
		Apply: map[string]store.ApplyFunc{
			register.KindStatements: indexStatements,
			intake.KindDocument:     indexDocument,
		},
		Erase: map[string]store.EraseFunc{
			register.KindStatements: forget,
			intake.KindDocument:     forget,
		}}
}

// The kinds of indexed row.
const (
	rowDocument  = "document"
	rowStatement = "statement"
)

func indexStatements(ctx context.Context, tx *store.Tx, e *store.Applied) error {
	return e.General(func(part int, raw json.RawMessage) error {
		var b record.StatementsBody
		if err := json.Unmarshal(raw, &b); err != nil {
			return store.Quarantined("the body of %s is not of its kind", e.ID())
		}
		b.In(e.ID())
		for _, s := range b.Statements {
			if err := add(ctx, tx, rowStatement, e.ID().Thing(s.N), s.Entity, 0, part, wordsOf(&b, s)); err != nil {
				return err
			}
		}
		return nil
	})
}

// wordsOf is what of a statement can be searched for: its text or words
// (dates and numbers are found by filters instead), the translation of its
// quote, and the quote itself where no page holds it.
func wordsOf(b *record.StatementsBody, s record.Statement) string {
	var f []string
	if s.Value.Text != "" {
		f = append(f, s.Value.Text)
	}
	if s.Words != "" && s.Words != s.Value.Text && s.Value.Date == nil && s.Value.Count == nil {
		f = append(f, s.Words)
	}
	if s.Quote != nil {
		if b.Document == "" {
			f = append(f, s.Quote.Text)
		}
		if s.Quote.Translation != "" {
			f = append(f, s.Quote.Translation)
		}
	}
	return strings.Join(f, "\n")
}

func indexDocument(ctx context.Context, tx *store.Tx, e *store.Applied) error {
	id := e.ID().Thing(0)
	return e.General(func(part int, raw json.RawMessage) error {
		if part == 0 {
			var b intake.DocumentBody
			if err := json.Unmarshal(raw, &b); err != nil {
				return store.Quarantined("the body of %s is not of its kind", e.ID())
			}
			return add(ctx, tx, rowDocument, id, id, 0, part, b.Title+"\n"+b.Original.Name)
		}
		var b intake.PagesBody
		if err := json.Unmarshal(raw, &b); err != nil {
			return store.Quarantined("the body of %s is not of its kind", e.ID())
		}
		for _, p := range b.Pages {
			if err := add(ctx, tx, rowDocument, id, id, p.Number, part, p.Text); err != nil {
				return err
			}
		}
		return nil
	})
}

// add indexes one text. A text without a token has no row.
func add(ctx context.Context, tx *store.Tx, kind string, id, entity record.ID, page, part int, s string) error {
	postgres := tx.Dialect().Name() == "postgres"
	var tokens string
	if postgres {
		tokens = text.TSVector(s)
	} else {
		tokens = text.IndexText(s)
	}
	if tokens == "" {
		return nil
	}
	var rid int64
	err := tx.QueryRow(ctx, `insert into search_rows (kind, id, entity, page, part) values (?, ?, ?, ?, ?) returning rid`,
		kind, string(id), string(entity), page, part).Scan(&rid)
	if err != nil {
		return fmt.Errorf("index %s: %w", id, err)
	}
	q := `insert into search_fts (rowid, tokens) values (?, ?)`
	if postgres {
		q = `insert into search_fts (rid, tokens) values (?, ?::tsvector)`
	}
	if _, err := tx.Exec(ctx, q, rid, tokens); err != nil {
		return fmt.Errorf("index %s: %w", id, err)
	}
	return nil
}

// forget takes what an erased part said out of the index.
func forget(ctx context.Context, tx *store.Tx, e *store.Applied, part int) error {
	del := `delete from search_fts where rowid in `
	if tx.Dialect().Name() == "postgres" {
		del = `delete from search_fts where rid in `
	}
	sel := `(select rid from search_rows where id >= ? and id < ? and part = ?)`
	from, to := string(e.ID())+".", string(e.ID())+"/" // every thing of this entry: "." sorts right before "/"
	if _, err := tx.Exec(ctx, del+sel, from, to, part); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `delete from search_rows where id >= ? and id < ? and part = ?`, from, to, part)
	return err
}
