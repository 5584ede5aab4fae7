package store

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"asylon/internal/fault"
	"asylon/internal/journal"
	"asylon/internal/record"
)

// Receive takes in an entry of another installation's journal, in any order,
// as often as it comes. It is applied when all it depends on has been. A part
// that was withheld before and is present now is added and applied.
//
// A second entry with the same number and another header is a fork: it is
// kept as proof and Receive reports a conflict after committing it.
func (tx *Tx) Receive(ctx context.Context, e journal.Entry) error {
	h, err := journal.ParseHeader(e.Raw)
	if err != nil {
		return fault.Wrap(fault.KindInvalid, err, "an entry from another installation is malformed")
	}
	e.Header = h
	if len(e.Parts) != len(h.Parts) {
		return fault.Invalid("entry %s comes with %d parts and names %d", h.ID(), len(e.Parts), len(h.Parts))
	}
	for i, p := range e.Parts {
		if err := h.CheckPart(i, p); err != nil {
			return fault.Wrap(fault.KindInvalid, err, fmt.Sprintf("entry %s is damaged", h.ID()))
		}
	}
	jn, err := tx.jn(ctx, h.Journal)
	if noRows(err) {
		return fault.Forbidden("journal %s has not been accepted here", h.Journal)
	}
	if err != nil {
		return err
	}
	var have []byte
	var state int
	err = tx.QueryRow(ctx, `select header, state from entries where jn = ? and seq = ?`, jn, e.Seq).Scan(&have, &state)
	switch {
	case noRows(err):
		return tx.receiveNew(ctx, jn, e)
	case err != nil:
		return fmt.Errorf("look up entry %s: %w", h.ID(), err)
	case !bytes.Equal(have, e.Raw):
		_, err := tx.Exec(ctx, `insert into forks (jn, seq, header) values (?, ?, ?) on conflict do nothing`, jn, e.Seq, e.Raw)
		return err
	}
	return tx.receiveParts(ctx, jn, e, state)
}

func (tx *Tx) receiveNew(ctx context.Context, jn int64, e journal.Entry) error {
	if err := tx.insert(ctx, jn, e, statePending, ""); err != nil {
		return err
	}
	if err := tx.extend(ctx, jn); err != nil {
		return err
	}
	missing := 0
	for _, n := range e.Needs {
		ok, err := tx.apply.done(ctx, n)
		if err != nil {
			return err
		}
		if ok {
			continue
		}
		missing++
		if _, err := tx.Exec(ctx, `insert into waits (need, jn, seq) values (?, ?, ?) on conflict do nothing`, string(n), jn, e.Seq); err != nil {
			return fmt.Errorf("note wait of %s: %w", e.ID(), err)
		}
	}
	if missing > 0 {
		return nil
	}
	return tx.settle(ctx, jn, newApplied(e))
}

// settle applies an entry and then those that were waiting for it, and so on.
func (tx *Tx) settle(ctx context.Context, jn int64, first *Applied) error {
	type item struct {
		jn int64
		e  *Applied
	}
	queue := []item{{jn, first}}
	for len(queue) > 0 {
		it := queue[0]
		queue = queue[1:]
		st, err := tx.project(ctx, it.e)
		if err != nil {
			return err
		}
		if err := tx.apply.mark(ctx, it.jn, it.e.Seq, st); err != nil {
			return err
		}
		ready, err := tx.released(ctx, it.e.ID())
		if err != nil {
			return err
		}
		for _, r := range ready {
			e, err := tx.Load(ctx, r)
			if err != nil {
				return err
			}
			n, err := tx.jn(ctx, e.Journal)
			if err != nil {
				return err
			}
			queue = append(queue, item{n, newApplied(e)})
		}
	}
	return nil
}

// released takes the waits for id away and lists the entries that now wait
// for nothing.
func (tx *Tx) released(ctx context.Context, id record.EntryID) ([]record.EntryID, error) {
	rows, err := tx.Query(ctx, `select j.id, w.seq, w.jn from waits w join journals j on j.jn = w.jn where w.need = ? order by j.id, w.seq`, string(id))
	if err != nil {
		return nil, fmt.Errorf("find waiting entries: %w", err)
	}
	type waiter struct {
		id record.EntryID
		jn int64
		s  int64
	}
	var all []waiter
	for rows.Next() {
		var j record.JournalID
		var w waiter
		if err := rows.Scan(&j, &w.s, &w.jn); err != nil {
			rows.Close()
			return nil, err
		}
		w.id = record.Entry(j, w.s)
		all = append(all, w)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil || len(all) == 0 {
		return nil, err
	}
	if _, err := tx.Exec(ctx, `delete from waits where need = ?`, string(id)); err != nil {
		return nil, err
	}
	var ready []record.EntryID
	for _, w := range all {
		var left int
		if err := tx.QueryRow(ctx, `select count(*) from waits where jn = ? and seq = ?`, w.jn, w.s).Scan(&left); err != nil {
			return nil, err
		}
		if left == 0 {
			ready = append(ready, w.id)
		}
	}
	return ready, nil
}

// receiveParts adds parts that were withheld and are present now.
func (tx *Tx) receiveParts(ctx context.Context, jn int64, e journal.Entry, state int) error {
	a := &Applied{Entry: e, late: true}
	for i, p := range e.Parts {
		if p.Bytes == nil {
			continue
		}
		r, err := tx.Exec(ctx, `update parts set salt = ?, body = ?, state = ? where jn = ? and seq = ? and n = ? and state = ?`,
			p.Salt, p.Bytes, partPresent, jn, e.Seq, i, partWithheld)
		if err != nil {
			return fmt.Errorf("add part %d of %s: %w", i, e.ID(), err)
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			continue
		}
		a.fresh = append(a.fresh, i)
	}
	if len(a.fresh) == 0 || state != stateApplied {
		return nil // nothing new, or it will be applied whole when its turn comes
	}
	st, err := tx.project(ctx, a)
	if err != nil {
		return err
	}
	if st.state == stateQuarantined {
		return tx.apply.mark(ctx, jn, e.Seq, st)
	}
	return nil
}

// extend grows the tree over the entries that now follow without a gap.
func (tx *Tx) extend(ctx context.Context, jn int64) error {
	h, err := tx.head(ctx, jn, nil)
	if err != nil {
		return err
	}
	for {
		var raw []byte
		err := tx.QueryRow(ctx, `select header from entries where jn = ? and seq = ?`, jn, h.size).Scan(&raw)
		if noRows(err) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := tx.grow(ctx, h, raw); err != nil {
			return err
		}
	}
}

// ReceiveCheckpoint takes in another installation's checkpoint. It must agree
// with the entries held; one that reaches further than they do is unavailable
// until they have come.
func (tx *Tx) ReceiveCheckpoint(ctx context.Context, id record.JournalID, msg []byte) error {
	var pub []byte
	var jn int64
	err := tx.QueryRow(ctx, `select jn, vkey from journals where id = ?`, string(id)).Scan(&jn, &pub)
	if noRows(err) {
		return fault.Forbidden("journal %s has not been accepted here", id)
	}
	if err != nil {
		return err
	}
	cp, err := journal.OpenCheckpoint(msg, ed25519.PublicKey(pub))
	if err != nil {
		return fault.Wrap(fault.KindInvalid, err, fmt.Sprintf("the checkpoint of journal %s is not signed by its key", id))
	}
	h, err := tx.head(ctx, jn, nil)
	if err != nil {
		return err
	}
	if cp.Size > h.size {
		return fault.Unavailable("the checkpoint covers %d entries of journal %s and %d have come", cp.Size, id, h.size)
	}
	root, err := tlog.TreeHash(cp.Size, tx.reader(ctx, h))
	if err != nil {
		return err
	}
	if root != cp.Root {
		return fault.Conflict("journal %s was signed with another history than the one received", id)
	}
	_, err = tx.Exec(ctx, `update journals set checkpoint = ? where jn = ?`, msg, jn)
	return err
}

// Load reads an entry with its parts.
func (tx *Tx) Load(ctx context.Context, id record.EntryID) (journal.Entry, error) {
	return LoadEntry(ctx, tx, id)
}

// LoadEntry reads an entry with its parts.
func LoadEntry(ctx context.Context, q Queryer, id record.EntryID) (journal.Entry, error) {
	j, seq, ok := id.Split()
	if !ok {
		return journal.Entry{}, fault.NotFound("there is no entry %.64q", string(id))
	}
	var raw []byte
	var jn int64
	err := q.QueryRow(ctx, `select e.jn, e.header from entries e join journals j on j.jn = e.jn
		where j.id = ? and e.seq = ?`, string(j), seq).Scan(&jn, &raw)
	if noRows(err) {
		return journal.Entry{}, fault.NotFound("there is no entry %s", id)
	}
	if err != nil {
		return journal.Entry{}, fmt.Errorf("load entry %s: %w", id, err)
	}
	h, err := journal.ParseHeader(raw)
	if err != nil {
		return journal.Entry{}, fault.Wrap(fault.KindCorrupt, err, fmt.Sprintf("entry %s is damaged", id))
	}
	e := journal.Entry{Header: h, Raw: raw, Parts: make([]journal.Part, len(h.Parts))}
	rows, err := q.Query(ctx, `select n, salt, body, state from parts where jn = ? and seq = ? order by n`, jn, seq)
	if err != nil {
		return e, fmt.Errorf("load parts of %s: %w", id, err)
	}
	defer rows.Close()
	for rows.Next() {
		var n, state int
		var salt, body []byte
		if err := rows.Scan(&n, &salt, &body, &state); err != nil {
			return e, err
		}
		if n < 0 || n >= len(e.Parts) {
			return e, fault.Corrupt("entry %s has a part %d that its header does not name", id, n)
		}
		e.Parts[n] = stored(salt, body, state)
	}
	return e, rows.Err()
}

// stored is a part as a row holds it. An empty body that is present is not nil.
func stored(salt, body []byte, state int) journal.Part {
	if state != partPresent {
		return journal.Part{}
	}
	if body == nil {
		body = []byte{}
	}
	return journal.Part{Salt: salt, Bytes: body}
}

// Entries hands out the entries of a journal from a sequence on, in order,
// with the parts that are present: what an exchange or an export reads.
func Entries(ctx context.Context, q Queryer, j record.JournalID, from int64, fn func(journal.Entry) error) error {
	var size int64
	if err := q.QueryRow(ctx, `select size from journals where id = ?`, string(j)).Scan(&size); err != nil {
		return fmt.Errorf("read journal %s: %w", j, err)
	}
	for seq := from; seq < size; seq++ {
		e, err := LoadEntry(ctx, q, record.Entry(j, seq))
		if err != nil {
			return err
		}
		if err := fn(e); err != nil {
			return err
		}
	}
	return nil
}
