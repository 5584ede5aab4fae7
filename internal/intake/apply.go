package intake

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf8"

	"asylon/internal/record"
	"asylon/internal/store"
)

func recorded(e *store.Applied) int64 {
	t, err := time.Parse(time.RFC3339, e.Time)
	if err != nil {
		return 0 // a header with another time is refused before it gets here
	}
	return t.Unix()
}

func decode(e *store.Applied, raw json.RawMessage, v any) error {
	if err := json.Unmarshal(raw, v); err != nil {
		return store.Quarantined("the body of %s is not of its kind", e.ID())
	}
	return nil
}

// applyDocument projects a document. Of a sealed one only that it exists: its
// compartment stands in the header, everything else is opened by a session.
func applyDocument(ctx context.Context, tx *store.Tx, e *store.Applied) error {
	id := e.ID().Thing(0)
	if len(e.Header.Parts) == 0 {
		return store.Quarantined("%s has no part", e.ID())
	}
	if c := e.Header.Parts[0].Compartment; c.Sealed() && e.First() {
		_, err := tx.Exec(ctx, `insert into documents (id, compartment, actor, recorded) values (?, ?, ?, ?)`,
			string(id), string(c), string(e.Actor), recorded(e))
		if err != nil {
			return fmt.Errorf("add sealed document: %w", err)
		}
	}
	return e.General(func(n int, raw json.RawMessage) error {
		if e.Header.Parts[0].Compartment.Sealed() {
			return addCipher(ctx, tx, e, id, raw)
		}
		if n == 0 {
			return addDocument(ctx, tx, e, id, raw)
		}
		return addPages(ctx, tx, e, id, n, raw)
	})
}

func addDocument(ctx context.Context, tx *store.Tx, e *store.Applied, id record.ID, raw json.RawMessage) error {
	var b DocumentBody
	if err := decode(e, raw, &b); err != nil {
		return err
	}
	var lo, hi any
	if b.Received.Resolved {
		lo, hi = b.Received.Earliest, b.Received.Latest
	}
	_, err := tx.Exec(ctx, `insert into documents (id, compartment, title, kind, lang, source, via, received, lo, hi, name, media, size, sha256, parent, pages, actor, recorded)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		string(id), string(record.General), b.Title, string(b.Kind), null(b.Lang), null(string(b.Source)), null(string(b.Via)), null(b.Received.EDTF), lo, hi,
		null(b.Original.Name), b.Original.Media, b.Original.Size, b.Original.SHA256, null(string(b.Parent)), b.Pages, string(e.Actor), recorded(e))
	if err != nil {
		return fmt.Errorf("add document: %w", err)
	}
	return nil
}

func addCipher(ctx context.Context, tx *store.Tx, e *store.Applied, id record.ID, raw json.RawMessage) error {
	var b CipherBody
	if err := decode(e, raw, &b); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `insert into sealed_originals (document, blob_name, sha256) values (?, ?, ?)`, string(id), b.Blob, b.SHA256)
	if err != nil {
		return fmt.Errorf("note sealed original: %w", err)
	}
	return nil
}

func addPages(ctx context.Context, tx *store.Tx, e *store.Applied, id record.ID, n int, raw json.RawMessage) error {
	var b PagesBody
	if err := decode(e, raw, &b); err != nil {
		return err
	}
	for _, p := range b.Pages {
		scanned := 0
		if p.Scanned {
			scanned = 1
		}
		_, err := tx.Exec(ctx, `insert into pages (document, page, part, label, chars, scanned) values (?, ?, ?, ?, ?, ?)`,
			string(id), p.Number, n, null(p.Label), utf8.RuneCountInString(p.Text), scanned)
		if err != nil {
			return fmt.Errorf("add page %d: %w", p.Number, err)
		}
	}
	return nil
}

func applyCustody(ctx context.Context, tx *store.Tx, e *store.Applied) error {
	for _, n := range e.SealedParts() { // the row says that there is something to open
		_, err := tx.Exec(ctx, `insert into custody (id, document, body, actor, recorded) values (?, ?, '', ?, ?)`,
			string(e.ID().Thing(1)), string(e.Header.Parts[n].Of), string(e.Actor), recorded(e))
		if err != nil {
			return fmt.Errorf("note custody: %w", err)
		}
	}
	return e.General(func(_ int, raw json.RawMessage) error {
		var b CustodyBody
		if err := decode(e, raw, &b); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `insert into custody (id, document, body, actor, recorded) values (?, ?, ?, ?, ?)`,
			string(e.ID().Thing(1)), string(b.Document), string(raw), string(e.Actor), recorded(e))
		if err != nil {
			return fmt.Errorf("note custody: %w", err)
		}
		return nil
	})
}

func applyBatch(ctx context.Context, tx *store.Tx, e *store.Applied) error {
	return e.General(func(_ int, raw json.RawMessage) error {
		var b BatchBody
		if err := decode(e, raw, &b); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `insert into batches (id, title, note, actor, recorded) values (?, ?, ?, ?, ?)`,
			string(e.ID().Thing(1)), b.Title, null(b.Note), string(e.Actor), recorded(e))
		if err != nil {
			return fmt.Errorf("note import: %w", err)
		}
		return nil
	})
}

func eraseDocument(ctx context.Context, tx *store.Tx, e *store.Applied, part int) error {
	id := string(e.ID().Thing(0))
	if e.Header.Parts[part].Compartment.Sealed() {
		return nil // the row says only that a sealed document existed, which stays true
	}
	if part == 0 {
		_, err := tx.Exec(ctx, `delete from documents where id = ?`, id)
		return err
	}
	_, err := tx.Exec(ctx, `delete from pages where document = ? and part = ?`, id, part)
	return err
}

func null(s string) any {
	if s == "" {
		return nil
	}
	return s
}
