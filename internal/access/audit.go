package access

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/store"
)

// Room registers the audit journal's table.
func Room() store.Room {
	return store.Room{Name: "access", Version: 1,
		Tables: []store.Table{{Name: "audit_log", Class: store.Audit,
			Compare: []string{"id", "what", "subject", "compartment", "reason", "detail", "actor", "at"},
			Create: `create table if not exists audit_log (id text primary key, what text not null, subject text, compartment text,
				reason text, detail text, actor text not null, at text not null)`,
			Indexes: []string{`create index if not exists audit_log_subject on audit_log (subject) where subject is not null`}}},
		Apply: map[string]store.ApplyFunc{AuditKind: applyAudit}}
}

func applyAudit(ctx context.Context, tx *store.Tx, e *store.Applied) error {
	return e.General(func(_ int, raw json.RawMessage) error {
		var b AuditBody
		if err := json.Unmarshal(raw, &b); err != nil {
			return store.Quarantined("the body of %s is not of its kind", e.ID())
		}
		_, err := tx.Exec(ctx, `insert into audit_log (id, what, subject, compartment, reason, detail, actor, at) values (?, ?, ?, ?, ?, ?, ?, ?)`,
			string(e.ID()), b.What, string(b.Of), string(b.Compartment), b.Reason, b.Detail, string(e.Actor), e.Time)
		if err != nil {
			return fmt.Errorf("note audit: %w", err)
		}
		return nil
	})
}

// Audited is a line of the audit journal.
type Audited struct {
	ID    record.EntryID
	Actor record.Actor
	At    time.Time
	AuditBody
}

// AuditLog lists the newest audit entries, at most limit, before a given one
// (empty: from the newest).
func (s *Session) AuditLog(ctx context.Context, before record.EntryID, limit int) ([]Audited, error) {
	var out []Audited
	err := s.Read(ctx, policy.ReadAudit, func(r *Reader) error {
		if before == "" {
			before = "~" // sorts after every id
		}
		rows, err := r.Query(ctx, `select id, what, subject, compartment, reason, detail, actor, at from audit_log
			where id < ? order by id desc limit ?`, string(before), limit)
		if err != nil {
			return fmt.Errorf("read audit: %w", err)
		}
		defer rows.Close()
		for rows.Next() {
			var a Audited
			var at string
			if err := rows.Scan(&a.ID, &a.What, &a.Of, &a.Compartment, &a.Reason, &a.Detail, &a.Actor, &at); err != nil {
				return err
			}
			if a.At, err = time.Parse(time.RFC3339, at); err != nil {
				return err
			}
			out = append(out, a)
		}
		return rows.Err()
	})
	return out, err
}

// AuditIn writes to the audit journal within a transaction that is not a
// session's: for accounts, whose work comes before a session exists.
func AuditIn(ctx context.Context, tx *store.Tx, actor record.Actor, b AuditBody) error {
	return appendAudit(ctx, tx, actor, b)
}
