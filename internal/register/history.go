package register

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"time"

	"asylon/internal/access"
	"asylon/internal/record"
)

// Judgement is a judgement as it stands.
type Judgement struct {
	ID record.ID
	JudgementBody
	Actor    record.Actor
	Recorded time.Time
	Live     bool // not undone
}

// JudgementsOf lists the judgements about an entity, its cluster, and its
// statements, undone ones included, oldest first.
func JudgementsOf(ctx context.Context, r *access.Reader, id record.ID) ([]Judgement, error) {
	m, err := Members(ctx, r, id)
	if err != nil {
		return nil, err
	}
	in, args := marks(m)
	return judgements(ctx, r, `where a in (`+in+`) or b in (`+in+`) order by id`, append(args, args...)...)
}

func judgements(ctx context.Context, r *access.Reader, tail string, args ...any) ([]Judgement, error) {
	rows, err := r.Query(ctx, `select id, type, a, b, coalesce(property, ''), actor, recorded, coalesce(reason, ''), live from judgements `+tail, args...)
	if err != nil {
		return nil, fmt.Errorf("list judgements: %w", err)
	}
	defer rows.Close()
	var out []Judgement
	for rows.Next() {
		var j Judgement
		var at, live int64
		if err := rows.Scan(&j.ID, &j.Type, &j.A, &j.B, &j.Property, &j.Actor, &at, &j.Reason, &live); err != nil {
			return nil, err
		}
		j.Recorded, j.Live = time.Unix(at, 0).UTC(), live == 1
		out = append(out, j)
	}
	return out, rows.Err()
}

// Step is one entry of an entity's history.
type Step struct {
	ID     record.ID
	Entry  record.EntryID
	What   string // statement, retraction, review, judgement, undoing, consent
	Detail string // property, judgement type or review state
	Target record.ID
	Actor  record.Actor
	At     time.Time
	Reason string
	Undone bool
}

// History lists what was recorded about an entity and its cluster, entry by
// entry, in the order it was recorded.
func History(ctx context.Context, r *access.Reader, id record.ID) ([]Step, error) {
	m, err := Members(ctx, r, id)
	if err != nil {
		return nil, err
	}
	in, args := marks(m)
	own := `(select id from statements where entity in (` + in + `))`
	var out []Step
	for _, q := range []struct {
		what, sql string
		args      []any
	}{
		{"statement", `select id, property, id, actor, recorded, '', 0 from statements where entity in (` + in + `)`, args},
		{"retraction", `select id, '', target, actor, recorded, coalesce(reason, ''), case when exists (select 1 from undone u where u.target = retractions.id) then 1 else 0 end
			from retractions where target in ` + own, args},
		{"review", `select id, state, target, actor, recorded, coalesce(reason, ''), 0 from reviews where target in ` + own, args},
		{"judgement", `select id, type, case when a in (` + in + `) then b else a end, actor, recorded, coalesce(reason, ''), 1 - live
			from judgements where a in (` + in + `) or b in (` + in + `)`, append(append(append([]any{}, args...), args...), args...)},
		{"undoing", `select id, '', target, actor, recorded, coalesce(reason, ''), 0 from undone where target in
			(select id from judgements where a in (` + in + `) or b in (` + in + `)) or target in (select id from retractions where target in ` + own + `)`,
			append(append(append([]any{}, args...), args...), args...)},
		{"consent", `select id, purpose, person, actor, recorded, '', case when exists (select 1 from undone u where u.target = consents.id) then 1 else 0 end
			from consents where person in (` + in + `)`, args},
	} {
		steps, err := steps(ctx, r, q.what, q.sql, q.args)
		if err != nil {
			return nil, fmt.Errorf("history of %s: %w", id, err)
		}
		out = append(out, steps...)
	}
	sort.Slice(out, func(i, j int) bool {
		if !out[i].At.Equal(out[j].At) {
			return out[i].At.Before(out[j].At)
		}
		return out[i].ID < out[j].ID
	})
	return out, nil
}

func steps(ctx context.Context, r *access.Reader, what, sql string, args []any) (out []Step, err error) {
	rows, err := r.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		s := Step{What: what}
		var at, undone int64
		if err := rows.Scan(&s.ID, &s.Detail, &s.Target, &s.Actor, &at, &s.Reason, &undone); err != nil {
			return nil, err
		}
		s.Entry, s.At, s.Undone = s.ID.Entry(), time.Unix(at, 0).UTC(), undone == 1
		out = append(out, s)
	}
	return out, rows.Err()
}
