// Package figure is the room of documented numbers: a question to the record
// ("persons forcibly returned, by any means, June to August 2001, by month"),
// its answer by the counting rules of package resolve, and the figure that
// keeps both for good.
//
// A figure is one entry of kind "figure/1". It holds the question, the unit,
// the rules and their version, the cut of the record it was asked of, the
// compartments it saw, the acts and statements it rests on, the answer with
// its warnings, and its chart and table as bytes. Nothing in it is ever
// reckoned again: asked for by its name it gives the same bytes, whatever has
// become of the record since.
//
//	f, err := figure.Ask(ctx, session, lexicon, figure.Question{Count: "persons", Act: "return", By: resolve.ByMonth})
//	again, err := figure.Get(ctx, reader, f.Name)
//
// Figures see general content only. Estimates of what nobody reported are
// another thing and not made here.
package figure

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"asylon/internal/journal"
	"asylon/internal/record"
	"asylon/internal/resolve"
	"asylon/internal/store"
)

// Kind is the kind of the entries this room owns.
const Kind = "figure/1"

// Body is the body of a figure's entry; the figure is number 1 of it. Field
// names are part of the format and never change their meaning.
type Body struct {
	Name     string      `json:"name"`
	Question Question    `json:"question"`
	Method   string      `json:"method"`
	Version  int         `json:"version"`
	Cut      journal.Cut `json:"cut"`
	// Compartments are those whose content could enter.
	Compartments []record.Compartment `json:"compartments"`
	// Inputs are the statements the answer rests on, by entry.
	Inputs []Input          `json:"inputs"`
	Result resolve.Result   `json:"result"`
	Series []resolve.Bucket `json:"series,omitempty"`
	// Omitted is how many acts are not listed in Result.Acts, which holds the
	// first ones; their statements are among Inputs all the same.
	Omitted int `json:"omitted,omitempty"`
	// Names are what the places and sources of the question and series were called.
	Names map[record.ID]string `json:"names,omitempty"`
	// Title is the question in words, by language, as it was when asked.
	Title map[string]string `json:"title"`
	// Rendered is chart and table as HTML, by language.
	Rendered map[string]string `json:"rendered"`
}

// Input is statements of one entry, by their numbers.
type Input struct {
	Entry record.EntryID `json:"entry"`
	N     []int          `json:"n"`
}

func tables() []store.Table {
	return []store.Table{{Name: "figures",
		Compare: []string{"id", "name", "asked", "answer", "question", "cut", "unit", "act", "low", "best", "high", "inputs", "actor", "recorded"},
		Create: `create table if not exists figures (id text primary key, name text not null, asked text not null, answer text not null,
			question text not null, cut text not null, unit text not null, act text, low bigint not null, best bigint, high bigint,
			inputs bigint not null, actor text not null, recorded bigint not null)`,
		Indexes: []string{
			`create index if not exists figures_name on figures (name, id)`,
			`create index if not exists figures_asked on figures (asked, answer)`,
			`create index if not exists figures_recorded on figures (recorded, id)`}}}
}

// Room registers the room with the store.
func Room() store.Room {
	return store.Room{Name: "figure", Version: 1, Tables: tables(),
		Apply: map[string]store.ApplyFunc{Kind: apply},
		Erase: map[string]store.EraseFunc{Kind: erase}}
}

func apply(ctx context.Context, tx *store.Tx, e *store.Applied) error {
	return e.General(func(_ int, raw json.RawMessage) error {
		var b Body
		if err := json.Unmarshal(raw, &b); err != nil {
			return store.Quarantined("the body of %s is not of its kind", e.ID())
		}
		asked, answer, err := b.hashes()
		if err != nil {
			return err
		}
		name, err := nameOf(asked, b.Cut, answer)
		if err != nil {
			return err
		}
		if name != b.Name {
			return store.Quarantined("figure %.40s does not have the name of what it says", b.Name)
		}
		question, err := json.Marshal(b.Question)
		if err != nil {
			return err
		}
		cut, err := b.Cut.Name()
		if err != nil {
			return err
		}
		inputs := 0
		for _, in := range b.Inputs {
			inputs += len(in.N)
		}
		at, err := time.Parse(time.RFC3339, e.Time)
		if err != nil {
			return store.Quarantined("%s has no time", e.ID())
		}
		_, err = tx.Exec(ctx, `insert into figures (id, name, asked, answer, question, cut, unit, act, low, best, high, inputs, actor, recorded)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, string(e.ID().Thing(1)), b.Name, asked, answer, string(question), cut,
			string(b.Result.Unit), null(string(b.Question.Act)), b.Result.Low, pointer(b.Result.Best), pointer(b.Result.High), inputs, string(e.Actor), at.Unix())
		if err != nil {
			return fmt.Errorf("keep figure: %w", err)
		}
		return nil
	})
}

func erase(ctx context.Context, tx *store.Tx, e *store.Applied, _ int) error {
	_, err := tx.Exec(ctx, `delete from figures where id = ?`, string(e.ID().Thing(1)))
	return err
}

func null(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func pointer(p *int64) any {
	if p == nil {
		return nil
	}
	return *p
}
