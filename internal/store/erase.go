package store

import (
	"context"
	"fmt"

	"asylon/internal/fault"
	"asylon/internal/record"
)

// Erase destroys a part's bytes and salt and takes back what they projected.
// The entry, its header and the tree stay and still verify. What an erasure
// was for is recorded by the caller, in an entry of its own.
//
// An installation erases only what its own journal holds or what a partner's
// erasure told it to; the caller decides that.
func (tx *Tx) Erase(ctx context.Context, id record.EntryID, part int) error {
	e, err := tx.Load(ctx, id)
	if err != nil {
		return err
	}
	if part < 0 || part >= len(e.Parts) {
		return fault.NotFound("entry %s has no part %d", id, part)
	}
	if e.Parts[part].Bytes == nil {
		return nil
	}
	fns := tx.db.erase[e.Kind]
	if len(fns) == 0 {
		return fault.Invalid("what an entry of kind %s holds cannot be erased", e.Kind)
	}
	for _, f := range fns {
		if err := f(ctx, tx, newApplied(e), part); err != nil {
			return fmt.Errorf("erase part %d of %s: %w", part, id, err)
		}
	}
	jn, err := tx.jn(ctx, e.Journal)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `update parts set salt = null, body = null, state = ? where jn = ? and seq = ? and n = ?`,
		partErased, jn, e.Seq, part)
	if err != nil {
		return fmt.Errorf("erase part %d of %s: %w", part, id, err)
	}
	return nil
}
