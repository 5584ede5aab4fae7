package search

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"asylon/internal/access"
	"asylon/internal/fault"
	"asylon/internal/policy"
	"asylon/internal/record"
)

// Filter narrows a list of entities of one kind. Zero values do not narrow.
type Filter struct {
	Kind record.Kind
	// Terms are the terms of the kind's own word list (acts, conditions …), with
	// all their children.
	Terms []record.TermID
	Mode  record.Mode
	// Between keeps what has a date within the days From to To: certainly, every
	// day it may mean lies within; possibly, some day does.
	Between   bool
	From, To  int64
	Certainly bool
	Places    []record.ID // with everything within them
	Source    record.ID
	Grade     record.Grade // this or better
	Review    record.Review
	Label     string // part of the title
	Sort      string // "newest" (default), "oldest", "date"
	Limit     int
	Offset    int
}

// countLimit is how far a list is counted: beyond it "more than" is said.
const countLimit = 5000

// kindProperty is the property that says what sort of thing an entity is.
var kindProperty = map[record.Kind]record.PropertyID{
	record.KindAct: record.PropActKind, record.KindCondition: record.PropConditionKind, record.KindPosition: record.PropPositionKind,
	record.KindDemand: record.PropDemandKind, record.KindSource: record.PropSourceKind, record.KindPlace: record.PropPlaceKind,
	record.KindGroup: record.PropGroupKind, record.KindOrganisation: record.PropOrgKind,
}

// dateProperty and placeProperty are the properties by which an entity is
// filtered in time and space.
var dateProperty = map[record.Kind]record.PropertyID{
	record.KindAct: record.PropActDate, record.KindEvent: record.PropEventDate, record.KindCondition: record.PropConditionDate,
	record.KindPosition: record.PropPositionDate, record.KindDemand: record.PropDemandDate,
}

var placeProperty = map[record.Kind]record.PropertyID{
	record.KindAct: record.PropActPlace, record.KindEvent: record.PropEventPlace, record.KindCondition: record.PropConditionPlace,
	record.KindPlace: record.PropPlaceWithin,
}

// KindProperty is the property that says what sort of thing an entity of the
// kind is; empty where there is none.
func KindProperty(k record.Kind) record.PropertyID { return kindProperty[k] }

// DateProperty is the property that dates entities of the kind; empty where
// there is none.
func DateProperty(k record.Kind) record.PropertyID { return dateProperty[k] }

// PlaceProperty is the property that places entities of the kind; empty where
// there is none.
func PlaceProperty(k record.Kind) record.PropertyID { return placeProperty[k] }

// List lists entities, and counts them as far as countLimit; more tells that
// there are more than total.
func List(ctx context.Context, r *access.Reader, f Filter) (ids []record.ID, total int, more bool, err error) {
	if !f.Kind.Valid() {
		return nil, 0, false, fault.NotFound("there is no list of that kind")
	}
	cond, args, err := f.where()
	if err != nil {
		return nil, 0, false, err
	}
	from := ` from entities e where ` + cond
	err = r.QueryRow(ctx, `select count(*) from (select 1`+from+fmt.Sprintf(` limit %d) x`, countLimit+1), args...).Scan(&total)
	if err != nil {
		return nil, 0, false, fmt.Errorf("count list: %w", err)
	}
	if total > countLimit {
		total, more = countLimit, true
	}
	order := ` order by e.id desc`
	switch f.Sort {
	case "oldest":
		order = ` order by e.id`
	case "date":
		if p := dateProperty[f.Kind]; p != "" {
			order = ` order by (select min(s.lo) from statements s where s.entity = e.id and s.property = '` + string(p) + `' and s.live = 1), e.id`
		}
	}
	rows, err := r.Query(ctx, `select e.id`+from+order+` limit ? offset ?`, append(args, f.Limit, f.Offset)...)
	if err != nil {
		return nil, 0, false, fmt.Errorf("list: %w", err)
	}
	for rows.Next() {
		var id record.ID
		if err := rows.Scan(&id); err != nil {
			return nil, 0, false, errors.Join(err, rows.Close())
		}
		ids = append(ids, id)
	}
	return ids, total, more, errors.Join(rows.Err(), rows.Close())
}

// where builds the condition. Every value is a parameter; only names of our
// own are written into the text.
func (f Filter) where() (string, []any, error) {
	conds := []string{`e.kind = ?`, `not exists (select 1 from clusters c where c.entity = e.id and c.canonical <> e.id)`}
	args := []any{string(f.Kind)}
	has := func(cond string, a ...any) {
		conds = append(conds, `exists (select 1 from statements s where s.entity = e.id and s.live = 1 and `+cond+`)`)
		args = append(args, a...)
	}
	if p := kindProperty[f.Kind]; len(f.Terms) > 0 && p != "" {
		in, a := list(f.Terms)
		// coalesce keeps the planner from the index of terms: here the entity is
		// given, and has few statements.
		cond := `s.property = '` + string(p) + `' and coalesce(s.term, '') in (` + in + `)`
		if f.Mode != "" {
			cond += ` and s.mode = ?`
			a = append(a, string(f.Mode))
		}
		has(cond, a...)
	} else if f.Mode != "" {
		has(`s.mode = ?`, string(f.Mode))
	}
	// within is has for conditions that let few through: the statements that
	// fit are found by their own index first, not entity by entity.
	within := func(cond string, a ...any) {
		conds = append(conds, `e.id in (select s.entity from statements s where s.live = 1 and `+cond+`)`)
		args = append(args, a...)
	}
	if f.Between {
		p := dateProperty[f.Kind]
		if p == "" {
			return "", nil, fault.Invalid("this list has no dates to filter by")
		}
		if f.Certainly {
			within(`s.property = '`+string(p)+`' and s.lo >= ? and s.lo <= ? and s.hi <= ?`, f.From, f.To, f.To)
			conds = append(conds, `not exists (select 1 from statements s where s.entity = e.id and s.live = 1 and s.property = '`+string(p)+`' and (s.lo is null or s.lo < ? or s.hi > ?))`)
			args = append(args, f.From, f.To)
		} else {
			within(`s.property = '`+string(p)+`' and s.lo <= ? and s.hi >= ?`, f.To, f.From)
		}
	}
	if len(f.Places) > 0 {
		p := placeProperty[f.Kind]
		if p == "" {
			return "", nil, fault.Invalid("this list has no places to filter by")
		}
		in, a := list(f.Places)
		within(`s.property = '`+string(p)+`' and s.ref in (`+in+`)`, a...)
	}
	if f.Source != "" {
		has(`s.source = ?`, string(f.Source))
	}
	if f.Grade > 0 {
		has(`s.grade <= ?`, int(f.Grade))
	}
	if f.Review != "" {
		has(`s.review = ?`, string(f.Review))
	}
	if f.Label != "" {
		has(`s.property in ('label', 'place.name') and lower(s.txt) like ? escape '!'`, "%"+escapeLike(strings.ToLower(f.Label))+"%")
	}
	return strings.Join(conds, " and "), args, nil
}

func list[T ~string](xs []T) (string, []any) {
	args := make([]any, len(xs))
	for i, x := range xs {
		args[i] = string(x)
	}
	return strings.TrimSuffix(strings.Repeat("?, ", len(xs)), ", "), args
}

func escapeLike(s string) string {
	return strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(s)
}

// View is a saved list or search.
type View struct{ ID, Name, Query string }

// Views lists the actor's saved views by name.
func Views(ctx context.Context, r *access.Reader) ([]View, error) {
	rows, err := r.Query(ctx, `select id, name, query from views where owner = ? order by name, id`, string(r.Session().ID))
	if err != nil {
		return nil, fmt.Errorf("list views: %w", err)
	}
	defer rows.Close()
	var out []View
	for rows.Next() {
		var v View
		if err := rows.Scan(&v.ID, &v.Name, &v.Query); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// SaveView keeps a list or search under a name. query is the page's path and
// query, within this site.
func SaveView(ctx context.Context, s *access.Session, name, query string) error {
	name = strings.TrimSpace(name)
	if name == "" || len(name) > 200 || !strings.HasPrefix(query, "/") || len(query) > 2000 {
		return fault.Invalid("give the view a name of at most 200 characters")
	}
	return s.Write(ctx, policy.UseState, func(w *access.Writer) error {
		_, err := w.State(ctx, `insert into views (id, owner, name, query) values (?, ?, ?, ?)`, access.NewToken(), string(s.ID), name, query)
		return err
	})
}

// DropView forgets a view of the actor's own.
func DropView(ctx context.Context, s *access.Session, id string) error {
	return s.Write(ctx, policy.UseState, func(w *access.Writer) error {
		_, err := w.State(ctx, `delete from views where id = ? and owner = ?`, id, string(s.ID))
		return err
	})
}
