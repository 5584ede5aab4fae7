package store

import (
	"context"
	"errors"
	"fmt"

	"asylon/internal/record"
)

// outcome is what became of an entry.
type outcome struct {
	state  int
	reason string
}

// project runs the apply functions of the entry's kind. A rule broken is an
// outcome; anything else that fails is an error and ends the transaction.
// Whatever a quarantined entry had projected before the rule was found broken
// is taken back, for which a savepoint is needed unless the whole transaction
// will be rolled back anyway. Savepoints are costly: they make the full-text
// index flush.
func (tx *Tx) project(ctx context.Context, a *Applied) (outcome, error) {
	fns := tx.db.apply[a.Kind]
	if len(fns) == 0 {
		return outcome{stateUnknown, ""}, nil
	}
	if tx.unguarded != nil && tx.unguarded(a.Journal) {
		return tx.run(ctx, fns, a)
	}
	if _, err := tx.Exec(ctx, `savepoint project`); err != nil {
		return outcome{}, fmt.Errorf("mark savepoint: %w", err)
	}
	o, err := tx.run(ctx, fns, a)
	if err != nil {
		return o, err
	}
	if o.state == stateQuarantined {
		if _, err := tx.Exec(ctx, `rollback to savepoint project`); err != nil {
			return o, fmt.Errorf("take back %s: %w", a.ID(), err)
		}
	}
	_, err = tx.Exec(ctx, `release savepoint project`)
	return o, err
}

func (tx *Tx) run(ctx context.Context, fns []ApplyFunc, a *Applied) (outcome, error) {
	for _, f := range fns {
		err := f(ctx, tx, a)
		var q Quarantine
		if errors.As(err, &q) {
			return outcome{stateQuarantined, q.Reason}, nil
		}
		if err != nil {
			return outcome{}, fmt.Errorf("apply %s %s: %w", a.Kind, a.ID(), err)
		}
	}
	return outcome{stateApplied, ""}, nil
}

// applySet knows which entries have been processed. In a live store that is a
// column of the entries table; in a replay it is memory, so that a replay
// does not write the journal.
type applySet interface {
	done(ctx context.Context, id record.EntryID) (bool, error)
	mark(ctx context.Context, jn, seq int64, o outcome) error
}

// tableSet is the live applySet.
type tableSet Tx

func (t *tableSet) done(ctx context.Context, id record.EntryID) (bool, error) {
	j, seq, ok := id.Split()
	if !ok {
		return false, nil
	}
	tx := (*Tx)(t)
	jn, err := tx.jn(ctx, j)
	if noRows(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if h, ok := tx.heads[jn]; ok && h.key != nil {
		return seq >= 0 && seq < h.size, nil // all of one's own are applied as they are written
	}
	var state int
	err = tx.QueryRow(ctx, `select state from entries where jn = ? and seq = ?`, jn, seq).Scan(&state)
	if noRows(err) {
		return false, nil
	}
	return state != statePending, err
}

func (t *tableSet) mark(ctx context.Context, jn, seq int64, o outcome) error {
	_, err := (*Tx)(t).Exec(ctx, `update entries set state = ?, reason = ? where jn = ? and seq = ?`,
		o.state, nullable(o.reason), jn, seq)
	if err != nil {
		return fmt.Errorf("note state of entry %d: %w", seq, err)
	}
	return nil
}
