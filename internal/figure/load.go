package figure

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"asylon/internal/record"
	"asylon/internal/register"
	"asylon/internal/resolve"
	"asylon/internal/store"
)

// loaded is the part of the record that a question needs.
type loaded struct {
	rec     *resolve.Record
	sources map[record.ID]record.ID // of statements
}

// loader reads it, each thing with one query.
type loader struct {
	ctx     context.Context
	q       store.Queryer
	words   *register.Words
	ask     Question
	period  *resolve.Span
	out     loaded
	origins *origins
	rely    map[record.ID]record.Reliability // of sources
	acts    map[record.ID]*resolve.Act
	groups  map[record.ID]*resolve.Group
}

func load(ctx context.Context, q store.Queryer, words *register.Words, ask Question) (loaded, error) {
	p, err := ask.period()
	if err != nil {
		return loaded{}, err
	}
	l := loader{ctx: ctx, q: q, words: words, ask: ask, period: p, acts: map[record.ID]*resolve.Act{}, groups: map[record.ID]*resolve.Group{},
		rely: map[record.ID]record.Reliability{}, origins: newOrigins()}
	l.out = loaded{sources: map[record.ID]record.ID{}, rec: &resolve.Record{Groups: map[record.ID]resolve.Group{}, Canonical: map[record.ID]record.ID{},
		Disputed: map[record.ID]bool{}, Complete: map[record.ID]bool{}, Parents: map[record.TermID]record.TermID{}, Within: map[record.ID][]record.ID{}}}
	for id, t := range words.Terms {
		if t.List == record.ListActs {
			l.out.rec.Parents[id] = t.Parent
		}
	}
	for _, step := range []func() error{l.clusters, l.judgements, l.surroundings, l.readActs, l.readGroups} {
		if err := step(); err != nil {
			return loaded{}, fmt.Errorf("load acts: %w", err)
		}
	}
	for _, a := range l.acts {
		l.out.rec.Acts = append(l.out.rec.Acts, *a)
	}
	for id, g := range l.groups {
		l.out.rec.Groups[id] = *g
	}
	return l.out, nil
}

// each calls fn for every row.
func (l *loader) each(query string, fn func(*sql.Rows) error, args ...any) (err error) {
	rows, err := l.q.Query(l.ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (l *loader) clusters() error {
	return l.each(`select entity, canonical, disputed from clusters`, func(rows *sql.Rows) error {
		var e, c record.ID
		var d int
		if err := rows.Scan(&e, &c, &d); err != nil {
			return err
		}
		l.out.rec.Canonical[e] = c
		if d == 1 {
			l.out.rec.Disputed[c] = true
		}
		return nil
	})
}

func (l *loader) judgements() error {
	return l.each(`select type, a, b from judgements where live = 1 and type in ('part of', 'distinct', 'same origin', 'complete') order by id`, func(rows *sql.Rows) error {
		var t register.JudgementType
		var a, b record.ID
		if err := rows.Scan(&t, &a, &b); err != nil {
			return err
		}
		switch t {
		case register.PartOf:
			l.out.rec.Parts = append(l.out.rec.Parts, resolve.Part{Child: a, Parent: b})
		case register.Distinct:
			l.out.rec.Distinct = append(l.out.rec.Distinct, resolve.Pair{A: a, B: b})
		case register.SameOrigin:
			l.origins.join(a, b)
		case register.Complete:
			l.out.rec.Complete[a] = true
		}
		return nil
	})
}

// surroundings reads what lies in what, and what sources repeat.
func (l *loader) surroundings() error {
	return l.each(`select property, entity, ref, txt from statements where property in ('place.within', 'event.part_of', 'source.origin', 'source.reliability')
		and live = 1 and review <> 'rejected' and mode = 'happened' order by property, entity, coalesce(grade, 7) desc, id desc`, func(rows *sql.Rows) error {
		var p record.PropertyID
		var e record.ID
		var ref, txt sql.NullString
		if err := rows.Scan(&p, &e, &ref, &txt); err != nil {
			return err
		}
		to := record.ID(ref.String)
		switch p {
		case record.PropPlaceWithin:
			c := l.canonical(e)
			if up := l.canonical(to); up != c && !has(l.out.rec.Within[c], up) {
				l.out.rec.Within[c] = append(l.out.rec.Within[c], up)
			}
		case record.PropEventPartOf:
			l.out.rec.Parts = append(l.out.rec.Parts, resolve.Part{Child: e, Parent: to})
		case record.PropSourceOrigin:
			l.origins.join(l.canonical(e), l.canonical(to))
		case record.PropSourceReliability:
			if r := record.Reliability(strings.ToUpper(strings.TrimSpace(txt.String))); r.Valid() {
				l.rely[l.canonical(e)] = r
			}
		}
		return nil
	})
}

func (l *loader) canonical(id record.ID) record.ID {
	if c, ok := l.out.rec.Canonical[id]; ok {
		return c
	}
	return id
}

func has(ids []record.ID, id record.ID) bool {
	for _, x := range ids {
		if x == id {
			return true
		}
	}
	return false
}

// columns of a statement that counting looks at.
const columns = `s.id, s.entity, s.property, s.mode, s.term, s.ref, s.lo, s.hi, s.resolved, s.nlo, s.nhi, s.nbest, s.unit, s.per,
	s.source, s.document, s.reliability, s.grade, s.partial, s.review, r.kind`

// actProperties are what is read of an act.
const actProperties = `'act.kind', 'act.date', 'act.place', 'act.from', 'act.count', 'act.rate', 'act.victim', 'act.event'`

// kinds are the kinds asked for and those above: a source that says less may
// mean the same.
func (l *loader) kinds() []record.TermID {
	if l.ask.Act == "" {
		return nil
	}
	out := l.words.Below(l.ask.Act)
	for t, i := l.words.Terms[l.ask.Act].Parent, 0; t != "" && i < 100; i++ {
		out = append(out, t)
		t = l.words.Terms[t].Parent
	}
	return out
}

// candidates finds the acts whose kind may be the one asked for, and all that
// were judged the same.
func (l *loader) candidates() (string, []any) {
	var args []any
	q := `with cand as (select distinct entity from statements where property = 'act.kind' and live = 1`
	if kinds := l.kinds(); kinds != nil {
		q += ` and term in (` + marks(len(kinds)) + `)`
		for _, k := range kinds {
			args = append(args, string(k))
		}
	}
	return q + `), acts as (select entity from cand union
		select c2.entity from cand join clusters c1 on c1.entity = cand.entity join clusters c2 on c2.canonical = c1.canonical) `, args
}

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

const selectAct = `select ` + columns + ` from acts a join statements s on s.entity = a.entity left join entities r on r.id = s.ref
	where s.live = 1 and s.review <> 'rejected' and s.property in (` + actProperties + `)`

// eachAct calls fn for the statements of the acts that may match. Acts whose
// every date lies outside the period are not read; where a filter on
// statements could take a date away, all are read and the rules decide.
func (l *loader) eachAct(fn func(*sql.Rows) error) error {
	with, args := l.candidates()
	if l.period == nil || l.ask.Eligible != (resolve.Eligible{}) {
		return l.each(with+selectAct, fn, args...)
	}
	hulls := map[record.ID]*resolve.Span{} // by canonical act; nil: undated
	members := map[record.ID][]any{}
	err := l.each(with+`select a.entity, s.lo, s.hi from acts a left join statements s on s.entity = a.entity and s.property = 'act.date'
		and s.live = 1 and s.review <> 'rejected' and s.mode = 'happened' and s.lo is not null order by a.entity`, func(rows *sql.Rows) error {
		var id record.ID
		var lo, hi sql.NullInt64
		if err := rows.Scan(&id, &lo, &hi); err != nil {
			return err
		}
		c := l.canonical(id)
		if m := members[c]; len(m) == 0 || m[len(m)-1] != string(id) {
			members[c] = append(m, string(id))
		}
		if h := hulls[c]; lo.Valid && h == nil {
			hulls[c] = &resolve.Span{First: lo.Int64, Last: hi.Int64}
		} else if lo.Valid {
			h.First, h.Last = min(h.First, lo.Int64), max(h.Last, hi.Int64)
		}
		return nil
	}, args...)
	if err != nil {
		return err
	}
	var wanted []any
	for c, ids := range members {
		if h := hulls[c]; h == nil || h.First <= l.period.Last && h.Last >= l.period.First {
			wanted = append(wanted, ids...)
		}
	}
	for len(wanted) > 0 {
		n := min(len(wanted), chunk)
		err := l.each(`with acts as (select id as entity from entities where id in (`+marks(n)+`)) `+selectAct, fn, wanted[:n]...)
		if err != nil {
			return err
		}
		wanted = wanted[n:]
	}
	return nil
}

// row is one statement as read.
type row struct {
	claim resolve.Claim
	span  *resolve.Span
	kind  record.Kind // of what it refers to
	src   record.ID
}

func (l *loader) scan(rows *sql.Rows) (row, error) {
	var x row
	c := &x.claim
	var term, ref, unit, per, source, doc, rel, kind sql.NullString
	var lo, hi, resolved, nlo, nhi, nbest, grade sql.NullInt64
	var partial int64
	err := rows.Scan(&c.ID, &c.Entity, &c.Property, &c.Mode, &term, &ref, &lo, &hi, &resolved, &nlo, &nhi, &nbest, &unit, &per,
		&source, &doc, &rel, &grade, &partial, &c.Review, &kind)
	if err != nil {
		return x, err
	}
	c.Value.Term, c.Value.Ref = record.TermID(term.String), record.ID(ref.String)
	if lo.Valid && resolved.Int64 == 1 {
		x.span = &resolve.Span{First: lo.Int64, Last: hi.Int64}
	}
	if nlo.Valid {
		c.Value.Count = &record.Count{Low: nlo.Int64, High: optional(nhi), Best: optional(nbest), Unit: record.Unit(unit.String), Per: per.String}
	}
	x.src = l.canonical(record.ID(source.String))
	x.kind = record.Kind(kind.String)
	c.Live, c.Partial, c.Grade, c.SourceDate = true, partial == 1, record.Grade(grade.Int64), resolve.NoDay
	c.Source, c.Reliability = x.src, record.Reliability(rel.String)
	if c.Reliability == "" {
		c.Reliability = l.rely[x.src]
	}
	c.Origin = l.origins.of(c.ID, x.src, record.ID(doc.String))
	return x, nil
}

func optional(n sql.NullInt64) *int64 {
	if !n.Valid {
		return nil
	}
	return &n.Int64
}

func (l *loader) readActs() error {
	from := map[record.ID][]resolve.Link{} // where a movement began, for acts without a place
	err := l.eachAct(func(rows *sql.Rows) error {
		x, err := l.scan(rows)
		if err != nil || !l.ask.Eligible.Allows(x.claim) {
			return err
		}
		c := x.claim
		a := l.acts[c.Entity]
		if a == nil {
			a = &resolve.Act{ID: c.Entity}
			l.acts[c.Entity] = a
		}
		l.out.sources[c.ID] = x.src
		if c.ModeOf() != record.ModeHappened {
			a.Beside = append(a.Beside, resolve.Aside{Mode: c.Mode, Property: c.Property, Term: c.Value.Term, From: c.ID})
			return nil
		}
		link := resolve.Link{To: c.Value.Ref, Kind: x.kind, From: c.ID}
		switch c.Property {
		case record.PropActKind:
			a.Kinds = append(a.Kinds, resolve.Term{Term: c.Value.Term, From: c.ID})
		case record.PropActDate:
			if x.span != nil {
				a.Dates = append(a.Dates, resolve.Date{Span: *x.span, From: c.ID})
			}
		case record.PropActPlace:
			a.Places = append(a.Places, link)
		case record.PropActFrom:
			from[c.Entity] = append(from[c.Entity], link)
		case record.PropActCount:
			a.Counts = append(a.Counts, c)
		case record.PropActRate:
			a.Rates = append(a.Rates, c.ID)
		case record.PropActVictim:
			a.Linked = append(a.Linked, link)
			if x.kind == record.KindGroup {
				l.groups[link.To] = &resolve.Group{}
			}
		case record.PropActEvent:
			a.Events = append(a.Events, link)
		}
		return nil
	})
	for id, places := range from {
		if a := l.acts[id]; len(a.Places) == 0 {
			a.Places = places
		}
	}
	return err
}

// chunk keeps lists of parameters within what both engines take.
const chunk = 400

// readGroups reads the linked groups and all that were judged the same.
func (l *loader) readGroups() error {
	wanted := map[record.ID]bool{}
	for g := range l.groups {
		wanted[l.canonical(g)] = true
	}
	for e, c := range l.out.rec.Canonical {
		if wanted[c] && l.groups[e] == nil {
			l.groups[e] = &resolve.Group{}
		}
	}
	ids := make([]any, 0, len(l.groups))
	for g := range l.groups {
		ids = append(ids, string(g))
	}
	for len(ids) > 0 {
		n := min(len(ids), chunk)
		if err := l.groupChunk(ids[:n]); err != nil {
			return err
		}
		ids = ids[n:]
	}
	return nil
}

func (l *loader) groupChunk(ids []any) error {
	in := marks(len(ids))
	return l.each(`select `+columns+` from statements s left join entities r on r.id = s.ref where s.live = 1 and s.review <> 'rejected' and s.mode = 'happened'
		and (s.property in ('group.kind', 'group.count') and s.entity in (`+in+`) or s.property = 'person.group' and s.ref in (`+in+`))`,
		func(rows *sql.Rows) error {
			x, err := l.scan(rows)
			if err != nil || !l.ask.Eligible.Allows(x.claim) {
				return err
			}
			c := x.claim
			l.out.sources[c.ID] = x.src
			switch c.Property {
			case record.PropGroupCount:
				g := l.groups[c.Entity]
				g.Counts = append(g.Counts, c)
			case record.PropGroupKind:
				g := l.groups[c.Entity]
				g.Family = g.Family || l.words.IsBelow(c.Value.Term, "group.family")
				g.From = append(g.From, c.ID)
			case record.PropPersonGroup:
				g := l.groups[c.Value.Ref]
				g.Members = append(g.Members, c.Entity)
				g.From = append(g.From, c.ID)
			}
			return nil
		}, append(append([]any{}, ids...), ids...)...)
}
