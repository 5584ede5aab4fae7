package store

import (
	"context"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"asylon/internal/journal"
)

// CutOf names the state of the record that q sees: size and root of every
// record journal that holds an entry.
func CutOf(ctx context.Context, q Queryer) (journal.Cut, error) {
	rows, err := q.Query(ctx, `select jn, id, size from journals where class = 'record' and size > 0 order by id`)
	if err != nil {
		return journal.Cut{}, fmt.Errorf("read cut: %w", err)
	}
	type row struct {
		jn int64
		p  journal.CutPoint
	}
	var all []row
	for rows.Next() {
		var r row
		if err := rows.Scan(&r.jn, &r.p.Journal, &r.p.Size); err != nil {
			rows.Close()
			return journal.Cut{}, err
		}
		all = append(all, r)
	}
	if err := rows.Err(); err != nil {
		return journal.Cut{}, err
	}
	if err := rows.Close(); err != nil {
		return journal.Cut{}, err
	}
	cut := journal.Cut{Version: 1}
	for _, r := range all {
		r.p.Root, err = tlog.TreeHash(r.p.Size, treeReader(ctx, q, r.jn))
		if err != nil {
			return journal.Cut{}, fmt.Errorf("read cut: %w", err)
		}
		cut.Journals = append(cut.Journals, r.p)
	}
	return cut, nil
}

// treeReader reads stored tree hashes of a journal.
func treeReader(ctx context.Context, q Queryer, jn int64) tlog.HashReaderFunc {
	return func(idx []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(idx))
		for i, x := range idx {
			var b []byte
			if err := q.QueryRow(ctx, `select hash from tree where jn = ? and idx = ?`, jn, x).Scan(&b); err != nil {
				return nil, fmt.Errorf("tree hash %d: %w", x, err)
			}
			copy(out[i][:], b)
		}
		return out, nil
	}
}
