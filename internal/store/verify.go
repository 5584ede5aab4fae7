package store

import (
	"context"
	"crypto/ed25519"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"asylon/internal/journal"
)

// VerifyJournals checks every journal: headers in canonical form and in
// sequence, parts against their commitments, the stored tree against the one
// the headers give, checkpoints against signature and root. It calls found
// for each thing wrong and names it.
func (db *DB) VerifyJournals(ctx context.Context, found func(string)) (entries, parts int64, err error) {
	err = db.Read(ctx, func(s *Snapshot) error {
		entries, parts, err = VerifyJournalsOf(ctx, s, found)
		return err
	})
	return entries, parts, err
}

// VerifyJournalsOf is VerifyJournals over whatever reads.
func VerifyJournalsOf(ctx context.Context, q Queryer, found func(string)) (entries, parts int64, err error) {
	js, err := Journals(ctx, q)
	if err != nil {
		return 0, 0, err
	}
	for _, j := range js {
		n, p, err := verifyJournal(ctx, q, j, found)
		if err != nil {
			return entries, parts, fmt.Errorf("verify journal %s: %w", j.ID, err)
		}
		entries, parts = entries+n, parts+p
	}
	return entries, parts, nil
}

func verifyJournal(ctx context.Context, s Queryer, j Journal, found func(string)) (int64, int64, error) {
	if journal.JournalOf(ed25519.PublicKey(j.Key)) != j.ID {
		found(fmt.Sprintf("journal %s: its key is not the one it is named after", j.ID))
		return 0, 0, nil
	}
	tree, err := verifyHeaders(ctx, s, j, found)
	if err != nil {
		return 0, 0, err
	}
	parts, err := verifyParts(ctx, s, j, found)
	if err != nil {
		return 0, 0, err
	}
	if err := verifyTree(ctx, s, j, tree, found); err != nil {
		return 0, 0, err
	}
	verifyCheckpoint(j, tree, found)
	return tree.size, parts, nil
}

// counted is a tree with its size.
type counted struct {
	journal.Tree
	size int64
}

func verifyHeaders(ctx context.Context, s Queryer, j Journal, found func(string)) (*counted, error) {
	rows, err := s.Query(ctx, `select e.seq, e.header, e.state from entries e join journals j on j.jn = e.jn where j.id = ? order by e.seq`, string(j.ID))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	t := &counted{}
	for rows.Next() {
		var seq int64
		var state int
		var raw []byte
		if err := rows.Scan(&seq, &raw, &state); err != nil {
			return nil, err
		}
		h, err := journal.ParseHeader(raw)
		switch {
		case err != nil:
			found(fmt.Sprintf("journal %s, entry %d: the header is damaged: %s", j.ID, seq, err))
		case h.Journal != j.ID || h.Seq != seq:
			found(fmt.Sprintf("journal %s, entry %d: the header belongs elsewhere (%s)", j.ID, seq, h.ID()))
		case state == statePending && j.Mine:
			found(fmt.Sprintf("journal %s, entry %d: marked as not applied", j.ID, seq))
		}
		if seq != t.size {
			if seq > t.size && seq < j.Size || j.Mine {
				found(fmt.Sprintf("journal %s: entry %d is missing", j.ID, t.size))
			}
			return t, rows.Err()
		}
		if err := t.Append(seq, raw); err != nil {
			return nil, err
		}
		t.size++
	}
	return t, rows.Err()
}

func verifyParts(ctx context.Context, s Queryer, j Journal, found func(string)) (int64, error) {
	rows, err := s.Query(ctx, `select e.seq, e.header, p.n, p.salt, p.body, p.state from entries e
		join journals j on j.jn = e.jn join parts p on p.jn = e.jn and p.seq = e.seq where j.id = ? order by e.seq, p.n`, string(j.ID))
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var count int64
	var h journal.Header
	cur, seen, good := int64(-1), 0, false
	missing := func() {
		if good && seen < len(h.Parts) {
			found(fmt.Sprintf("journal %s, entry %d: %d of its %d parts are missing", j.ID, cur, len(h.Parts)-seen, len(h.Parts)))
		}
	}
	for rows.Next() {
		var seq int64
		var n, state int
		var raw, salt, body []byte
		if err := rows.Scan(&seq, &raw, &n, &salt, &body, &state); err != nil {
			return count, err
		}
		if seq != cur {
			missing()
			var err error
			h, err = journal.ParseHeader(raw)
			cur, seen, good = seq, 0, err == nil // a damaged header was reported with the headers
		}
		count++
		seen++
		if !good {
			continue
		}
		if state < partPresent || state > partWithheld || state != partPresent && body != nil {
			found(fmt.Sprintf("journal %s, entry %d, part %d: its mark (%d) does not fit its bytes", j.ID, seq, n, state))
			continue
		}
		if err := h.CheckPart(n, stored(salt, body, state)); err != nil {
			found(fmt.Sprintf("journal %s, entry %d, part %d is damaged: %s", j.ID, seq, n, err))
		}
	}
	missing()
	return count, rows.Err()
}

// verifyTree compares the stored hashes with those the headers give.
func verifyTree(ctx context.Context, s Queryer, j Journal, t *counted, found func(string)) error {
	rows, err := s.Query(ctx, `select t.idx, t.hash from tree t join journals j on j.jn = t.jn where j.id = ? order by t.idx`, string(j.ID))
	if err != nil {
		return err
	}
	defer rows.Close()
	want := tlog.StoredHashCount(t.size)
	n := int64(0)
	for rows.Next() {
		var idx int64
		var hash []byte
		if err := rows.Scan(&idx, &hash); err != nil {
			return err
		}
		got, err := t.ReadHashes([]int64{idx})
		if err != nil || string(got[0][:]) != string(hash) {
			found(fmt.Sprintf("journal %s: tree hash %d is not the one the entries give", j.ID, idx))
		}
		n++
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if n != want {
		found(fmt.Sprintf("journal %s: the tree has %d hashes and the entries give %d", j.ID, n, want))
	}
	return nil
}

func verifyCheckpoint(j Journal, t *counted, found func(string)) {
	if j.Size != t.size {
		found(fmt.Sprintf("journal %s: it should hold %d entries and holds %d", j.ID, j.Size, t.size))
	}
	if j.Checkpoint == nil {
		if j.Mine && j.Size > 0 {
			found(fmt.Sprintf("journal %s: the checkpoint is missing", j.ID))
		}
		return
	}
	cp, err := journal.OpenCheckpoint(j.Checkpoint, ed25519.PublicKey(j.Key))
	if err != nil {
		found(fmt.Sprintf("journal %s: the checkpoint's signature does not hold: %s", j.ID, err))
		return
	}
	if j.Mine && cp.Size != t.size || cp.Size > t.size {
		found(fmt.Sprintf("journal %s: the checkpoint covers %d entries and %d are held", j.ID, cp.Size, t.size))
		return
	}
	root, err := t.Root(cp.Size)
	if err != nil || root != cp.Root {
		found(fmt.Sprintf("journal %s: the entries do not give the signed root", j.ID))
	}
}

// Differences names rows of a table that one store has and the other has not,
// at most limit of each.
func Differences(ctx context.Context, have, want *DB, table string, limit int) ([]string, error) {
	collect := func(db *DB) (map[string]int, error) {
		rows := map[string]int{}
		err := db.eachRow(ctx, func(name string) func(string) error {
			if name != table {
				return nil
			}
			return func(row string) error { rows[row]++; return nil }
		})
		return rows, err
	}
	a, err := collect(have)
	if err != nil {
		return nil, err
	}
	b, err := collect(want)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, x := range []struct {
		in, not map[string]int
		text    string
	}{{a, b, "the table has, and the journal does not give"}, {b, a, "the journal gives, and the table does not have"}} {
		n := 0
		for row, k := range x.in {
			if x.not[row] != k && n < limit {
				out = append(out, fmt.Sprintf("%s: row %s", x.text, firstColumn(row)))
				n++
			}
		}
	}
	return out, nil
}

// firstColumn is a row's first column, an id: contents stay out of messages.
func firstColumn(row string) string {
	for i := 1; i < len(row); i++ {
		if row[i] == ',' || row[i] == ']' {
			return row[1:i]
		}
	}
	return row
}
