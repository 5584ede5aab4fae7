package advocacy

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"asylon/edtf"
	"asylon/internal/journal"
	"asylon/internal/record"
	"asylon/internal/store"
)

// The kinds of entry this room owns.
const (
	KindLetter = "letter/1"
	KindReply  = "reply/1"
)

// Body is the body of a letter's entry. Field names are part of the format.
type Body struct {
	Name      string      `json:"name"`
	Content   Content     `json:"content"`
	Sentences []Sentence  `json:"sentences"`
	Cut       journal.Cut `json:"cut"` // the state of the record it was written from
	HTML      string      `json:"html"`
	Markdown  string      `json:"md"`
	PDF       []byte      `json:"pdf"` // base64 in JSON
	// The SHA-256 of each rendering, hexadecimal.
	HTMLSum     string `json:"html_sha256"`
	MarkdownSum string `json:"md_sha256"`
	PDFSum      string `json:"pdf_sha256"`
}

// Sentence is one fact of a letter as it was worded, with what it rests on.
type Sentence struct {
	Text      string   `json:"text"`             // as the letter has it
	Generated string   `json:"gen"`              // as it was generated
	Edited    bool     `json:"edited,omitempty"` // the author reworded it
	Hedges    []string `json:"hedges,omitempty"` // phrases an author must leave in
	Figure    string   `json:"figure,omitempty"`
	// Derivations are of the statements, in the order they were chosen.
	Derivations []Derivation `json:"from,omitempty"`
}

// Derivation says where one statement of a sentence comes from.
type Derivation struct {
	Statement     record.ID          `json:"st"`
	Entity        record.ID          `json:"e"`
	Property      record.PropertyID  `json:"p"`
	Mode          record.Mode        `json:"m"`
	Source        record.ID          `json:"src,omitempty"`
	SourceName    string             `json:"src_name,omitempty"`
	Via           record.ID          `json:"via,omitempty"`
	ViaName       string             `json:"via_name,omitempty"`
	Document      record.ID          `json:"doc,omitempty"`
	DocumentTitle string             `json:"doc_title,omitempty"`
	Page          int                `json:"page,omitempty"`
	Quote         *record.Quote      `json:"q,omitempty"`
	Reliability   record.Reliability `json:"r,omitempty"`
	Grade         record.Grade       `json:"g,omitempty"`
	Recorded      string             `json:"recorded"` // day, in UTC
}

// ReplyBody is what came back to a letter, or did not: number 1 of its entry.
type ReplyBody struct {
	Letter   string    `json:"letter"` // its name
	What     What      `json:"what"`
	When     string    `json:"when"` // EDTF
	Text     string    `json:"text,omitempty"`
	Document record.ID `json:"doc,omitempty"`
}

// What is a kind of answer to a letter.
type What string

// The kinds of answer.
const (
	Replied  What = "reply"
	Partial  What = "partial"
	Refusing What = "refusal"
	Silence  What = "silence"
	FollowUp What = "follow-up" // we wrote or asked again
)

// Whats lists the kinds of answer in the order pages show them.
func Whats() []What { return []What{Replied, Partial, Refusing, Silence, FollowUp} }

func tables() []store.Table {
	return []store.Table{
		// Keyed by entry, since two installations may freeze the same letter.
		{Name: "letters", Compare: []string{"body", "name", "title", "addressee", "day", "reply_by", "lang", "actor", "recorded"},
			Create: `create table if not exists letters (body text primary key, name text not null, title text not null, addressee text not null,
				day bigint not null, reply_by bigint, lang text not null, actor text not null, recorded bigint not null)`,
			Indexes: []string{`create index if not exists letters_name on letters (name)`}},
		{Name: "replies", Compare: []string{"id", "letter", "what", "day", "body", "actor", "recorded"},
			Create: `create table if not exists replies (id text primary key, letter text not null, what text not null, day bigint not null,
				body text not null, actor text not null, recorded bigint not null)`,
			Indexes: []string{`create index if not exists replies_letter on replies (letter)`}},
		{Name: "letter_drafts", Class: store.State,
			Create: `create table if not exists letter_drafts (id text primary key, owner text not null, body text not null)`},
	}
}

// Room registers the room with the store.
func Room() store.Room {
	return store.Room{Name: "advocacy", Version: 1, Tables: tables(),
		Apply: map[string]store.ApplyFunc{KindLetter: applyLetter, KindReply: applyReply},
		Erase: map[string]store.EraseFunc{KindLetter: eraseFrom("letters", "body", ""), KindReply: eraseFrom("replies", "id", "1")}}
}

func recorded(e *store.Applied) int64 {
	t, err := time.Parse(time.RFC3339, e.Time)
	if err != nil {
		return 0 // a header with another time is refused before it gets here
	}
	return t.Unix()
}

func applyLetter(ctx context.Context, tx *store.Tx, e *store.Applied) error {
	return e.General(func(_ int, raw json.RawMessage) error {
		var b Body
		if err := json.Unmarshal(raw, &b); err != nil {
			return store.Quarantined("the body of %s is not of its kind", e.ID())
		}
		if b.Name != nameOf(b.HTMLSum, b.MarkdownSum, b.PDFSum) {
			return store.Quarantined("the letter of %s does not have the name of its bytes", e.ID())
		}
		d, err := edtf.Parse(b.Content.Date)
		if err != nil {
			return store.Quarantined("the letter of %s has no date", e.ID())
		}
		var by any
		if r, err := edtf.Parse(b.Content.ReplyBy); err == nil && !r.IsZero() {
			by = int64(r.Latest())
		}
		_, err = tx.Exec(ctx, `insert into letters (body, name, title, addressee, day, reply_by, lang, actor, recorded) values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			string(e.ID()), b.Name, b.Content.Subject, b.Content.Addressee.Name, int64(d.Earliest()), by, b.Content.Language, string(e.Actor), recorded(e))
		if err != nil {
			return fmt.Errorf("add letter: %w", err)
		}
		return nil
	})
}

func applyReply(ctx context.Context, tx *store.Tx, e *store.Applied) error {
	return e.General(func(_ int, raw json.RawMessage) error {
		var b ReplyBody
		if err := json.Unmarshal(raw, &b); err != nil {
			return store.Quarantined("the body of %s is not of its kind", e.ID())
		}
		d, err := edtf.Parse(b.When)
		if err != nil {
			return store.Quarantined("the reply of %s has no date", e.ID())
		}
		_, err = tx.Exec(ctx, `insert into replies (id, letter, what, day, body, actor, recorded) values (?, ?, ?, ?, ?, ?, ?)`,
			string(e.ID().Thing(1)), b.Letter, string(b.What), int64(d.Earliest()), string(raw), string(e.Actor), recorded(e))
		if err != nil {
			return fmt.Errorf("add reply: %w", err)
		}
		return nil
	})
}

// eraseFrom takes a row back when its entry's bytes are erased.
func eraseFrom(table, column, thing string) store.EraseFunc {
	return func(ctx context.Context, tx *store.Tx, e *store.Applied, _ int) error {
		id := string(e.ID())
		if thing != "" {
			id = string(e.ID().Thing(1))
		}
		if _, err := tx.Exec(ctx, `delete from `+table+` where `+column+` = ?`, id); err != nil {
			return fmt.Errorf("erase from %s: %w", table, err)
		}
		return nil
	}
}
