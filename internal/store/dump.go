package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"fmt"
	"sort"
	"strings"
)

// TableDump is a table's content in comparable form: one line of JSON a row,
// sorted.
type TableDump struct {
	Table string
	Rows  []string
}

// Dump reads the compared columns of all projections. It is meant for tests
// and for small stores; Digest serves large ones.
func (db *DB) Dump(ctx context.Context) ([]TableDump, error) {
	var out []TableDump
	err := db.eachRow(ctx, func(table string) func(string) error {
		out = append(out, TableDump{Table: table})
		d := &out[len(out)-1]
		return func(row string) error { d.Rows = append(d.Rows, row); return nil }
	})
	for i := range out {
		sort.Strings(out[i].Rows)
	}
	return out, err
}

// Digests are per table a count of rows and a sum of their hashes that does
// not depend on their order, so that two stores of any size can be compared
// without holding their rows.
type Digests map[string]TableDigest

// TableDigest is one table's digest. Rows are added modulo 2^256 in four
// words; two tables with equal digests hold equal rows unless SHA-256 fails.
type TableDigest struct {
	Rows int64
	Sum  [4]uint64
}

// Digest computes the digests of all projections.
func (db *DB) Digest(ctx context.Context) (Digests, error) {
	out := Digests{}
	err := db.eachRow(ctx, func(table string) func(string) error {
		out[table] = TableDigest{}
		return func(row string) error {
			d := out[table]
			d.Rows++
			h := sha256.Sum256([]byte(row))
			for i := range d.Sum {
				for k := range 8 {
					d.Sum[i] += uint64(h[i*8+k]) << (8 * k)
				}
			}
			out[table] = d
			return nil
		}
	})
	return out, err
}

// eachRow hands every compared row of every projection to the function that
// begin returned for its table; nil leaves the table out.
func (db *DB) eachRow(ctx context.Context, begin func(table string) func(string) error) error {
	return db.Read(ctx, func(s *Snapshot) error {
		for _, r := range db.rooms {
			for _, t := range r.Tables {
				if t.Class == State || len(t.Compare) == 0 {
					continue
				}
				fn := begin(t.Name)
				if fn == nil {
					continue
				}
				if err := tableRows(ctx, s, t, fn); err != nil {
					return fmt.Errorf("read table %s: %w", t.Name, err)
				}
			}
		}
		return nil
	})
}

func tableRows(ctx context.Context, s *Snapshot, t Table, fn func(string) error) error {
	rows, err := s.Query(ctx, `select `+strings.Join(t.Compare, ", ")+` from `+t.Name)
	if err != nil {
		return err
	}
	defer rows.Close()
	vals := make([]any, len(t.Compare))
	ptrs := make([]any, len(t.Compare))
	for i := range vals {
		ptrs[i] = &vals[i]
	}
	for rows.Next() {
		if err := rows.Scan(ptrs...); err != nil {
			return err
		}
		line, err := canonicalRow(vals)
		if err != nil {
			return err
		}
		if err := fn(line); err != nil {
			return err
		}
	}
	return rows.Err()
}

// canonicalRow writes a row the same way whatever the driver returned.
func canonicalRow(vals []any) (string, error) {
	out := make([]any, len(vals))
	for i, v := range vals {
		switch x := v.(type) {
		case []byte:
			out[i] = map[string][]byte{"b": x}
		case int64, float64, string, nil:
			out[i] = x
		case int32:
			out[i] = int64(x)
		case sql.RawBytes:
			out[i] = map[string][]byte{"b": x}
		default:
			return "", fmt.Errorf("column %d has the unexpected type %T", i, v)
		}
	}
	b, err := json.Marshal(out)
	return string(b), err
}
