package access

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"asylon/internal/store"
)

// State changes a table of class State: saved views, drafts, settings. It
// refuses any other table, so that nothing but an entry changes the record.
func (w *Writer) State(ctx context.Context, q string, args ...any) (sql.Result, error) {
	t := target(q)
	if !w.s.door.isState(t) {
		return nil, fmt.Errorf("table %q is not a state table", t)
	}
	return w.tx.Exec(ctx, q, args...)
}

// target is the table an insert, update or delete changes.
func target(q string) string {
	f := strings.Fields(q)
	for i, w := range f {
		switch w {
		case "into", "from":
			if i+1 < len(f) {
				return name(f[i+1])
			}
		case "update":
			if i == 0 && len(f) > 1 {
				return name(f[1])
			}
		}
	}
	return ""
}

func name(s string) string {
	if i := strings.IndexByte(s, '('); i >= 0 {
		s = s[:i]
	}
	return s
}

func (d *Door) isState(table string) bool {
	for _, r := range d.db.Rooms() {
		for _, t := range r.Tables {
			if t.Name == table {
				return t.Class == store.State
			}
		}
	}
	return false
}
