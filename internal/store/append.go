package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"asylon/internal/fault"
	"asylon/internal/journal"
	"asylon/internal/record"
)

// Sealers finds the sealer of an entity's record key in a compartment. It is
// given by access, which knows whether the actor may seal into it.
type Sealers interface {
	Sealer(ctx context.Context, tx *Tx, c record.Compartment, of record.ID) (journal.Sealer, error)
}

// Append writes an entry to this installation's record journal and applies it.
func (tx *Tx) Append(ctx context.Context, actor record.Actor, d record.Draft, seal Sealers) (record.EntryID, error) {
	return tx.append(ctx, recordJournal, actor, d, seal)
}

// AppendAudit writes an entry to the audit journal, which never leaves.
func (tx *Tx) AppendAudit(ctx context.Context, actor record.Actor, d record.Draft) (record.EntryID, error) {
	return tx.append(ctx, auditJournal, actor, d, nil)
}

func (tx *Tx) append(ctx context.Context, c journalClass, actor record.Actor, d record.Draft, seal Sealers) (record.EntryID, error) {
	key, ok := tx.db.keys[c]
	if !ok {
		return "", errNoKey
	}
	if actor == "" {
		return "", fault.Forbidden("nobody may write without a name")
	}
	jn, err := tx.jn(ctx, key.Journal())
	if err != nil {
		return "", fmt.Errorf("find own journal: %w", err)
	}
	h, err := tx.head(ctx, jn, &key)
	if err != nil {
		return "", err
	}
	p := journal.Preamble{Journal: key.Journal(), Seq: h.size, Actor: actor, Kind: d.Kind, New: d.New,
		Time: tx.db.now().UTC().Truncate(time.Second).Format(time.RFC3339)}
	p.Subjects, p.Needs = expand(p.ID(), d)
	if err := tx.checkNeeds(ctx, p); err != nil {
		return "", err
	}
	parts, err := tx.inputs(ctx, p.ID(), d, seal)
	if err != nil {
		return "", err
	}
	e, err := journal.Build(p, parts, tx.db.random)
	if err != nil {
		return "", fmt.Errorf("build entry: %w", err)
	}
	if err := tx.insert(ctx, jn, e, stateApplied, ""); err != nil {
		return "", err
	}
	if err := tx.grow(ctx, h, e.Raw); err != nil {
		return "", err
	}
	tx.unguarded = func(j record.JournalID) bool { return j == key.Journal() }
	st, err := tx.project(ctx, newApplied(e))
	tx.unguarded = nil
	if err != nil {
		return "", err
	}
	if st.state == stateQuarantined {
		return "", fault.Invalid("%s", st.reason)
	}
	if st.state == stateUnknown {
		return "", fmt.Errorf("entry kind %q is not registered", d.Kind)
	}
	return e.ID(), nil
}

// expand turns local subjects into ids and lists needs once each.
func expand(e record.EntryID, d record.Draft) (subjects []record.ID, needs []record.EntryID) {
	for _, s := range d.Subjects {
		subjects = append(subjects, s.In(e))
	}
	seen := map[record.EntryID]bool{e: true, "": true}
	for _, n := range d.Needs {
		if !seen[n] {
			seen[n] = true
			needs = append(needs, n)
		}
	}
	return subjects, needs
}

// checkNeeds refuses an entry that refers to what is not there. The sentence
// does not tell an absent thing from one that is somebody else's.
func (tx *Tx) checkNeeds(ctx context.Context, p journal.Preamble) error {
	for _, n := range p.Needs {
		ok, err := tx.apply.done(ctx, n)
		if err != nil {
			return err
		}
		if !ok {
			return fault.NotFound("it refers to something that is not in the record (%s)", n)
		}
	}
	return nil
}

func (tx *Tx) inputs(ctx context.Context, e record.EntryID, d record.Draft, seal Sealers) ([]journal.PartInput, error) {
	parts := make([]journal.PartInput, len(d.Parts))
	for i, dp := range d.Parts {
		in := journal.PartInput{Compartment: dp.Compartment, Body: dp.Body}
		if dp.Compartment.Sealed() {
			if seal == nil {
				return nil, fmt.Errorf("part %d is sealed and there is no sealer", i)
			}
			in.Of = dp.Of.In(e)
			s, err := seal.Sealer(ctx, tx, dp.Compartment, in.Of)
			if err != nil {
				return nil, err
			}
			in.Sealer = s
		}
		parts[i] = in
	}
	return parts, nil
}

func (tx *Tx) insert(ctx context.Context, jn int64, e journal.Entry, state int, reason string) error {
	_, err := tx.Exec(ctx, `insert into entries (jn, seq, header, state, reason) values (?, ?, ?, ?, ?)`,
		jn, e.Seq, e.Raw, state, nullable(reason))
	if err != nil {
		return fmt.Errorf("insert entry %s: %w", e.ID(), err)
	}
	for i, p := range e.Parts {
		st := partPresent
		if p.Bytes == nil {
			st = partWithheld
		}
		_, err := tx.Exec(ctx, `insert into parts (jn, seq, n, salt, body, state) values (?, ?, ?, ?, ?, ?)`,
			jn, e.Seq, i, p.Salt, p.Bytes, st)
		if err != nil {
			return fmt.Errorf("insert part %d of %s: %w", i, e.ID(), err)
		}
	}
	return nil
}

func nullable(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// Applied is an entry as an apply function sees it: the header, and those of
// its parts that are to be projected now. Parts that are erased or withheld,
// or were projected before, are not among them.
type Applied struct {
	journal.Entry
	fresh []int
	late  bool
}

func newApplied(e journal.Entry) *Applied {
	a := &Applied{Entry: e}
	for i, p := range e.Parts {
		if p.Bytes != nil {
			a.fresh = append(a.fresh, i)
		}
	}
	return a
}

// General calls fn for each general part to be projected, with its body.
func (a *Applied) General(fn func(n int, body json.RawMessage) error) error {
	for _, n := range a.fresh {
		if a.Header.Parts[n].Compartment.Sealed() {
			continue
		}
		b, err := a.Body(n)
		if err != nil {
			return fmt.Errorf("entry %s: %w", a.ID(), err)
		}
		if err := fn(n, b); err != nil {
			return err
		}
	}
	return nil
}

// SealedParts lists the numbers of the sealed parts to be projected.
func (a *Applied) SealedParts() []int {
	var out []int
	for _, n := range a.fresh {
		if a.Header.Parts[n].Compartment.Sealed() {
			out = append(out, n)
		}
	}
	return out
}

// First tells whether the entry has never been projected before: false when
// only a late part is. What depends on the header alone is done when First.
func (a *Applied) First() bool { return !a.late }
