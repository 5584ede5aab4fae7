package store

import (
	"context"
	"database/sql"
	"fmt"
	"sync"

	"asylon/internal/journal"
	"asylon/internal/record"
)

// rebuildLocked drops the projections and replays the journal into new ones,
// in one transaction: readers see the old tables until it commits, and a
// crash leaves the old ones. The caller holds mu.
func (db *DB) rebuildLocked(ctx context.Context) error {
	return db.rawTx(ctx, func(raw *sql.Tx) error {
		for _, r := range db.rooms {
			for _, t := range r.Tables {
				if t.Class == State {
					continue
				}
				if _, err := raw.ExecContext(ctx, `drop table if exists `+t.Name); err != nil {
					return fmt.Errorf("drop %s: %w", t.Name, err)
				}
			}
		}
		if err := db.replay(ctx, raw, db.eng.Read); err != nil {
			return err
		}
		for _, r := range db.rooms {
			if err := db.noteVersion(ctx, raw, r); err != nil {
				return err
			}
		}
		return nil
	})
}

// Rebuild drops every projection and replays the journal.
func (db *DB) Rebuild(ctx context.Context) error {
	db.mu.Lock()
	defer db.mu.Unlock()
	if err := db.rebuildLocked(ctx); err != nil {
		return fmt.Errorf("rebuild: %w", err)
	}
	return nil
}

// ReplayFrom fills this store, which must hold no entries, with the
// projections of another's journal. The journal itself is not copied: the
// result serves to compare tables.
func (db *DB) ReplayFrom(ctx context.Context, from *DB) error {
	db.mu.Lock()
	defer db.mu.Unlock()
	return db.rawTx(ctx, func(raw *sql.Tx) error {
		for _, r := range db.rooms {
			for _, t := range r.Tables {
				if _, err := raw.ExecContext(ctx, `drop table if exists `+t.Name); err != nil {
					return fmt.Errorf("drop %s: %w", t.Name, err)
				}
			}
		}
		return db.replay(ctx, raw, from.eng.Read)
	})
}

// replay creates the projection tables without secondary indexes, applies all
// entries read from the journal in src, and builds the indexes last.
func (db *DB) replay(ctx context.Context, raw *sql.Tx, src *sql.DB) error {
	for _, r := range db.rooms {
		if err := db.createTables(ctx, raw, r, false); err != nil {
			return err
		}
	}
	tx := db.begin(raw)
	set := &memorySet{done_: map[record.EntryID]bool{}, waits: map[record.EntryID][]*Applied{}, left: map[record.EntryID]int{}}
	tx.apply = set
	mine, err := ownJournals(ctx, src)
	if err != nil {
		return err
	}
	tx.unguarded = func(j record.JournalID) bool { return mine[j] }
	err = stream(ctx, src, func(e journal.Entry) error { return tx.replayOne(ctx, set, newApplied(e)) })
	if err != nil {
		return err
	}
	for _, r := range db.rooms {
		if r.After != nil {
			if err := r.After(ctx, tx); err != nil {
				return fmt.Errorf("finish replay of %s: %w", r.Name, err)
			}
		}
		for _, t := range r.Tables {
			if err := db.createIndexes(ctx, raw, t); err != nil {
				return err
			}
		}
	}
	return nil
}

// ownJournals lists the journals whose entries were checked as they were
// written: none of theirs can be quarantined.
func ownJournals(ctx context.Context, src *sql.DB) (map[record.JournalID]bool, error) {
	rows, err := src.QueryContext(ctx, `select id from journals where mine = 1`)
	if err != nil {
		return nil, fmt.Errorf("list own journals: %w", err)
	}
	defer rows.Close()
	out := map[record.JournalID]bool{}
	for rows.Next() {
		var id record.JournalID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out[id] = true
	}
	return out, rows.Err()
}

// replayOne applies an entry if all it needs has been, or keeps it waiting.
func (tx *Tx) replayOne(ctx context.Context, set *memorySet, first *Applied) error {
	if set.hold(first) {
		return nil
	}
	queue := []*Applied{first}
	for len(queue) > 0 {
		a := queue[0]
		queue = queue[1:]
		st, err := tx.project(ctx, a)
		if err != nil {
			return err
		}
		if st.state == stateQuarantined && tx.unguarded(a.Journal) {
			return fmt.Errorf("entry %s was accepted when it was written and breaks a rule now: %s", a.ID(), st.reason)
		}
		queue = append(queue, set.release(a.ID())...)
	}
	return nil
}

// memorySet is the applySet of a replay.
type memorySet struct {
	done_ map[record.EntryID]bool
	waits map[record.EntryID][]*Applied
	left  map[record.EntryID]int
}

func (m *memorySet) done(_ context.Context, id record.EntryID) (bool, error) { return m.done_[id], nil }

func (m *memorySet) mark(context.Context, int64, int64, outcome) error { return nil }

// hold keeps an entry waiting if something it needs has not been applied.
func (m *memorySet) hold(a *Applied) bool {
	seen := map[record.EntryID]bool{}
	for _, n := range a.Needs {
		if m.done_[n] || seen[n] {
			continue
		}
		seen[n] = true
		m.waits[n] = append(m.waits[n], a)
		m.left[a.ID()]++
	}
	return len(seen) > 0
}

// release notes that id was applied and lists what now waits for nothing.
func (m *memorySet) release(id record.EntryID) []*Applied {
	m.done_[id] = true
	var ready []*Applied
	for _, a := range m.waits[id] {
		w := a.ID()
		if m.left[w]--; m.left[w] == 0 {
			delete(m.left, w)
			ready = append(ready, a)
		}
	}
	delete(m.waits, id)
	return ready
}

// readAhead is how many entries may be read before they are applied.
const readAhead = 256

// stream reads all entries with their parts, journal by journal in order,
// ahead of the consumer so that reading and applying share two cores.
func stream(ctx context.Context, src *sql.DB, fn func(journal.Entry) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ch := make(chan journal.Entry, readAhead)
	var wg sync.WaitGroup
	var readErr error
	wg.Go(func() {
		defer close(ch)
		readErr = readEntries(ctx, src, func(e journal.Entry) error {
			select {
			case ch <- e:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	})
	var err error
	for e := range ch {
		if err = fn(e); err != nil {
			cancel()
			break
		}
	}
	for range ch { // let the reader finish before its error is read
	}
	wg.Wait()
	if err != nil {
		return err
	}
	return readErr
}

const entriesQuery = `select e.jn, e.seq, e.header, p.n, p.salt, p.body, p.state
	from entries e left join parts p on p.jn = e.jn and p.seq = e.seq
	order by e.jn, e.seq, p.n`

// readEntries reads entries in order of local journal number and sequence.
func readEntries(ctx context.Context, src *sql.DB, fn func(journal.Entry) error) error {
	rows, err := src.QueryContext(ctx, entriesQuery)
	if err != nil {
		return fmt.Errorf("read journal: %w", err)
	}
	defer rows.Close()
	var cur journal.Entry
	curJN, curSeq, open := int64(0), int64(0), false
	for rows.Next() {
		var jn, seq int64
		var raw, salt, body []byte
		var n, state sql.NullInt64
		if err := rows.Scan(&jn, &seq, &raw, &n, &salt, &body, &state); err != nil {
			return fmt.Errorf("read journal: %w", err)
		}
		if !open || jn != curJN || seq != curSeq {
			if open {
				if err := fn(cur); err != nil {
					return err
				}
			}
			h, err := journal.ParseHeader(raw)
			if err != nil {
				return fmt.Errorf("read journal, entry %d: %w", seq, err)
			}
			cur = journal.Entry{Header: h, Raw: raw, Parts: make([]journal.Part, len(h.Parts))}
			curJN, curSeq, open = jn, seq, true
		}
		if n.Valid && int(n.Int64) < len(cur.Parts) {
			cur.Parts[n.Int64] = stored(salt, body, int(state.Int64))
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read journal: %w", err)
	}
	if open {
		return fn(cur)
	}
	return nil
}
