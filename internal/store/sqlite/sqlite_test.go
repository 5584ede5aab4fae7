package sqlite

import (
	"context"
	"encoding/json"
	"testing"

	"asylon/internal/journal"
	"asylon/internal/record"
	"asylon/internal/store"
)

func toy() store.Room {
	return store.Room{Name: "toy", Version: 1, Tables: []store.Table{{Name: "toys", Create: `create table toys (id text primary key, body text)`, Compare: []string{"id", "body"}}},
		Apply: map[string]store.ApplyFunc{"toy/1": func(ctx context.Context, tx *store.Tx, e *store.Applied) error {
			return e.General(func(n int, b json.RawMessage) error {
				_, err := tx.Exec(ctx, `insert into toys (id, body) values (?, ?)`, string(e.ID().Thing(n)), string(b))
				return err
			})
		}}}
}

func TestSmoke(t *testing.T) {
	ctx := t.Context()
	eng, err := Open(ctx, t.TempDir()+"/x.db", make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(ctx, eng, store.Options{Rooms: []store.Room{toy()}})
	if err != nil {
		t.Fatal(err)
	}
	k1, _ := journal.NewKey(make([]byte, 32))
	seed := make([]byte, 32)
	seed[0] = 1
	k2, _ := journal.NewKey(seed)
	if err := db.UseKeys(ctx, k1, k2); err != nil {
		t.Fatal(err)
	}
	for range 20 {
		if err := db.Write(ctx, func(tx *store.Tx) error {
			_, err := tx.Append(ctx, record.System, record.Draft{Kind: "toy/1", Parts: []record.DraftPart{{Compartment: record.General, Body: json.RawMessage(`{"a":1}`)}}}, nil)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	a, _ := db.Digest(ctx)
	if err := db.Rebuild(ctx); err != nil {
		t.Fatal(err)
	}
	b, _ := db.Digest(ctx)
	if a["toys"] != b["toys"] || a["toys"].Rows != 20 {
		t.Fatal(a, b)
	}
	if err := db.Write(ctx, func(tx *store.Tx) error { _, err := tx.Exec(ctx, `update parts set body = x'00'`); return err }); err == nil {
		t.Fatal("guard let an update through")
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
