package advocacy

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"asylon/internal/access"
	"asylon/internal/fault"
	"asylon/internal/policy"
)

// DraftLine is a draft in a list.
type DraftLine struct{ ID, Subject, Addressee string }

// NewDraft begins a letter of the actor's own.
func NewDraft(ctx context.Context, s *access.Session, c Content) (string, error) {
	id := access.NewToken()
	raw, err := json.Marshal(c)
	if err != nil {
		return "", fmt.Errorf("write draft: %w", err)
	}
	return id, s.Write(ctx, policy.WriteLetter, func(w *access.Writer) error {
		_, err := w.State(ctx, `insert into letter_drafts (id, owner, body) values (?, ?, ?)`, id, string(s.ID), string(raw))
		return err
	})
}

// SaveDraft keeps a draft as it is now.
func SaveDraft(ctx context.Context, w *access.Writer, id string, c Content) error {
	raw, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("write draft: %w", err)
	}
	res, err := w.State(ctx, `update letter_drafts set body = ? where id = ? and owner = ?`, string(raw), id, string(w.Session().ID))
	if err != nil {
		return fmt.Errorf("save draft: %w", err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return fault.NotFound("there is no draft of yours of that name")
	}
	return nil
}

// DropDraft forgets a draft.
func DropDraft(ctx context.Context, w *access.Writer, id string) error {
	if _, err := w.State(ctx, `delete from letter_drafts where id = ? and owner = ?`, id, string(w.Session().ID)); err != nil {
		return fmt.Errorf("drop draft: %w", err)
	}
	return nil
}

// GetDraft finds a draft of the actor's own.
func GetDraft(ctx context.Context, r *access.Reader, id string) (Content, error) {
	var raw string
	var c Content
	err := r.QueryRow(ctx, `select body from letter_drafts where id = ? and owner = ?`, id, string(r.Session().ID)).Scan(&raw)
	if errors.Is(err, sql.ErrNoRows) {
		return c, fault.NotFound("there is no draft of yours of that name")
	}
	if err != nil {
		return c, fmt.Errorf("find draft: %w", err)
	}
	if err := json.Unmarshal([]byte(raw), &c); err != nil {
		return c, fault.Wrap(fault.KindCorrupt, err, "the draft is damaged")
	}
	return c, nil
}

// Drafts lists the actor's drafts.
func Drafts(ctx context.Context, r *access.Reader) ([]DraftLine, error) {
	rows, err := r.Query(ctx, `select id, body from letter_drafts where owner = ? order by id`, string(r.Session().ID))
	if err != nil {
		return nil, fmt.Errorf("list drafts: %w", err)
	}
	defer rows.Close()
	var out []DraftLine
	for rows.Next() {
		var l DraftLine
		var raw string
		if err := rows.Scan(&l.ID, &raw); err != nil {
			return nil, err
		}
		var c Content
		if err := json.Unmarshal([]byte(raw), &c); err != nil {
			return nil, fault.Wrap(fault.KindCorrupt, err, "draft "+l.ID+" is damaged")
		}
		l.Subject, l.Addressee = c.Subject, c.Addressee.Name
		out = append(out, l)
	}
	return out, rows.Err()
}
