package figure

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"asylon/internal/access"
	"asylon/internal/fault"
	"asylon/internal/journal"
	"asylon/internal/policy"
	"asylon/internal/record"
)

// Figure is a figure as it was kept.
type Figure struct {
	ID record.ID
	Body
	// Bytes are the figure's own: they never change.
	Bytes []byte
	Actor record.Actor
	At    time.Time
	// Statements is how many the figure rests on, and Erased how many of them
	// are no longer there.
	Statements, Erased int
}

// Get finds a figure by its permanent name.
func Get(ctx context.Context, r *access.Reader, name string) (Figure, error) {
	var f Figure
	if err := r.Session().Allow(policy.ReadRecord); err != nil {
		return f, err
	}
	err := r.QueryRow(ctx, `select id from figures where name = ? order by id limit 1`, name).Scan(&f.ID)
	if errors.Is(err, sql.ErrNoRows) {
		return f, fault.NotFound("there is no figure by the name %.40q", name)
	}
	if err != nil {
		return f, fmt.Errorf("find figure: %w", err)
	}
	e, err := r.Entry(ctx, f.ID.Entry())
	if err != nil {
		return f, err
	}
	raw, err := r.OpenPart(ctx, e, 0)
	if errors.Is(err, journal.ErrAbsent) {
		return f, fault.NotFound("the figure %.40s was erased", name)
	}
	if err != nil {
		return f, err
	}
	if err := json.Unmarshal(raw, &f.Body); err != nil {
		return f, fault.Wrap(fault.KindCorrupt, err, fmt.Sprintf("the figure %.40s is damaged", name))
	}
	f.Bytes, f.Actor = raw, e.Actor
	if f.At, err = time.Parse(time.RFC3339, e.Time); err != nil {
		return f, fmt.Errorf("read figure: %w", err)
	}
	f.Statements, f.Erased, err = missing(ctx, r, f.Inputs)
	return f, err
}

// missing counts a figure's statements and those that are no longer there.
func missing(ctx context.Context, r *access.Reader, inputs []Input) (all, gone int, err error) {
	var ids []any
	found := 0
	flush := func() error {
		if len(ids) == 0 {
			return nil
		}
		var n int
		err := r.QueryRow(ctx, `select count(*) from statements where id in (`+marks(len(ids))+`)`, ids...).Scan(&n)
		found += n
		ids = ids[:0]
		return err
	}
	for _, in := range inputs {
		for _, n := range in.N {
			all++
			if ids = append(ids, string(in.Entry.Thing(n))); len(ids) == chunk {
				if err := flush(); err != nil {
					return 0, 0, fmt.Errorf("look for a figure's statements: %w", err)
				}
			}
		}
	}
	if err := flush(); err != nil {
		return 0, 0, fmt.Errorf("look for a figure's statements: %w", err)
	}
	return all, all - found, nil
}

// numberOf is the number of a thing within its entry.
func numberOf(id record.ID) (int, bool) {
	s := string(id)
	i := strings.LastIndexByte(s, '.')
	if i < 0 || i+2 > len(s) {
		return 0, false
	}
	n, err := strconv.Atoi(s[i+2:])
	return n, err == nil
}

// Line is a figure in a list.
type Line struct {
	ID       record.ID
	Name     string
	Question Question
	Low      int64
	Best     *int64
	High     *int64
	Actor    record.Actor
	At       time.Time
}

// Filter narrows a list of figures.
type Filter struct {
	Unit record.Unit
	Act  record.TermID
}

// List lists figures, the newest first, at most limit, from offset.
func List(ctx context.Context, r *access.Reader, f Filter, offset, limit int) (out []Line, total int, err error) {
	where, args := ` where 1 = 1`, []any{}
	if f.Unit != "" {
		where, args = where+` and unit = ?`, append(args, string(f.Unit))
	}
	if f.Act != "" {
		where, args = where+` and act = ?`, append(args, string(f.Act))
	}
	if err := r.QueryRow(ctx, `select count(*) from figures`+where, args...).Scan(&total); err != nil {
		return nil, 0, fmt.Errorf("count figures: %w", err)
	}
	rows, err := r.Query(ctx, `select id, name, question, low, best, high, actor, recorded from figures`+where+` order by recorded desc, id desc limit ? offset ?`,
		append(args, limit, offset)...)
	if err != nil {
		return nil, 0, fmt.Errorf("list figures: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var l Line
		var q string
		var best, high sql.NullInt64
		var at int64
		if err := rows.Scan(&l.ID, &l.Name, &q, &l.Low, &best, &high, &l.Actor, &at); err != nil {
			return nil, 0, err
		}
		if err := json.Unmarshal([]byte(q), &l.Question); err != nil {
			return nil, 0, fault.Wrap(fault.KindCorrupt, err, "a figure's question is damaged")
		}
		l.Best, l.High, l.At = optional(best), optional(high), time.Unix(at, 0).UTC()
		out = append(out, l)
	}
	return out, total, rows.Err()
}
