package register

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"asylon/internal/access"
	"asylon/internal/fault"
	"asylon/internal/record"
	"asylon/internal/store"
)

// Item is a statement as it stands in the record: what was stated, and what
// has become of it.
type Item struct {
	ID record.ID
	record.Statement
	Document record.ID
	Batch    record.ID
	Actor    record.Actor
	Recorded time.Time
	Live     bool // not retracted, replaced or undone
	Review   record.Review
	// Sealed names the compartment the statement was opened from; empty for a
	// general one.
	Sealed record.Compartment
}

const selectItem = `select ` + statementColumns + ` from statements `

// scanItem reads a row of selectItem.
func scanItem(rows *sql.Rows) (Item, error) {
	var it Item
	var term, qual, txt, ref, edtf, unit, per, rule, words, lang, doc, quote, source, via, rel, sup, basis, batch, ext sql.NullString
	var lo, hi, resolved, nlo, nhi, nbest, page, cstart, cend, grade sql.NullInt64
	var lat, lon sql.NullFloat64
	var partial, rec, live, part int64
	err := rows.Scan(&it.ID, &it.Entity, &it.Property, &it.Mode, &term, &qual, &txt, &ref,
		&edtf, &lo, &hi, &resolved, &nlo, &nhi, &nbest, &unit, &per, &lat, &lon, &rule,
		&words, &lang, &doc, &page, &cstart, &cend, &quote, &source, &via,
		&rel, &grade, &partial, &sup, &basis, &it.Actor, &rec, &batch, &ext, &live, &it.Review, &part)
	if err != nil {
		return it, fmt.Errorf("read statement: %w", err)
	}
	it.Value = record.Value{Term: record.TermID(term.String), Qual: record.TermID(qual.String), Text: txt.String, Ref: record.ID(ref.String)}
	if edtf.Valid {
		it.Value.Date = &record.Date{EDTF: edtf.String, Earliest: lo.Int64, Latest: hi.Int64, Resolved: resolved.Int64 == 1, Rule: rule.String}
	}
	if nlo.Valid {
		it.Value.Count = &record.Count{Low: nlo.Int64, High: optional(nhi), Best: optional(nbest), Unit: record.Unit(unit.String), Per: per.String, Rule: rule.String}
	}
	var x extra
	if ext.Valid {
		if err := json.Unmarshal([]byte(ext.String), &x); err != nil {
			return it, fault.Wrap(fault.KindCorrupt, err, fmt.Sprintf("statement %s is damaged", it.ID))
		}
	}
	if lat.Valid {
		it.Value.Point = &record.Point{Lat: lat.Float64, Lon: lon.Float64, Radius: x.Radius}
	}
	if page.Valid || cend.Valid || x.Media != "" || x.Note != "" {
		it.At = &record.Locator{Page: int(page.Int64), Start: int(cstart.Int64), End: int(cend.Int64), Media: x.Media, Note: x.Note}
	}
	if quote.Valid {
		it.Quote = &record.Quote{Text: quote.String, Lang: x.QuoteLang, Translation: x.Translation, Translator: x.Translator}
	}
	it.N = 0
	it.Words, it.Lang, it.Document, it.Source, it.Via = words.String, lang.String, record.ID(doc.String), record.ID(source.String), record.ID(via.String)
	it.Reliability, it.Grade, it.Partial = record.Reliability(rel.String), record.Grade(grade.Int64), partial == 1
	it.Supersedes, it.Basis, it.Batch = record.ID(sup.String), record.ID(basis.String), record.ID(batch.String)
	it.Recorded, it.Live = time.Unix(rec, 0).UTC(), live == 1
	return it, nil
}

func optional(n sql.NullInt64) *int64 {
	if !n.Valid {
		return nil
	}
	return &n.Int64
}

// items runs selectItem with a tail.
func items(ctx context.Context, q store.Queryer, tail string, args ...any) ([]Item, error) {
	rows, err := q.Query(ctx, selectItem+tail, args...)
	if err != nil {
		return nil, fmt.Errorf("list statements: %w", err)
	}
	defer rows.Close()
	var out []Item
	for rows.Next() {
		it, err := scanItem(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, it)
	}
	return out, rows.Err()
}

// marks is "?, ?, ?" and the ids as arguments.
func marks(ids []record.ID) (string, []any) {
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = string(id)
	}
	return strings.TrimSuffix(strings.Repeat("?, ", len(ids)), ", "), args
}

// Get returns one general statement.
func Get(ctx context.Context, r *access.Reader, id record.ID) (Item, error) {
	all, err := items(ctx, r, `where id = ?`, string(id))
	if err != nil {
		return Item{}, err
	}
	if len(all) == 0 {
		return Item{}, fault.NotFound("there is no statement %.64s", string(id))
	}
	return all[0], nil
}

// Of lists the general statements about an entity and all that were judged
// the same, withdrawn ones included, in order of property and id.
func Of(ctx context.Context, r *access.Reader, id record.ID) ([]Item, error) {
	m, err := Members(ctx, r, id)
	if err != nil {
		return nil, err
	}
	in, args := marks(m)
	return items(ctx, r, `where entity in (`+in+`) order by property, id`, args...)
}

// OfMany lists the standing general statements about many entities, each by
// itself: no cluster is followed. At most 500 entities.
func OfMany(ctx context.Context, r *access.Reader, ids []record.ID) ([]Item, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	in, args := marks(ids)
	return items(ctx, r, `where entity in (`+in+`) and live = 1 order by entity, property, id`, args...)
}

// Referring lists the standing statements whose value is the entity or one
// judged the same: the acts of a person, the parts of an event.
func Referring(ctx context.Context, r *access.Reader, id record.ID) ([]Item, error) {
	m, err := Members(ctx, r, id)
	if err != nil {
		return nil, err
	}
	in, args := marks(m)
	return items(ctx, r, `where ref in (`+in+`) and live = 1 order by property, id`, args...)
}

// FromDocument lists the general statements taken from a document, in order of
// their place in it.
func FromDocument(ctx context.Context, r *access.Reader, doc record.ID) ([]Item, error) {
	return items(ctx, r, `where document = ? order by page, cstart, id`, string(doc))
}

// FromSource lists the standing general statements of a source, at most limit.
func FromSource(ctx context.Context, r *access.Reader, source record.ID, limit int) ([]Item, error) {
	return items(ctx, r, `where source = ? and live = 1 order by id limit ?`, string(source), limit)
}

// ByLabel finds the entity of a kind that has this label. Of several, the one
// recorded first; none is not found.
func ByLabel(ctx context.Context, r *access.Reader, kind record.Kind, label string) (record.ID, error) {
	var id record.ID
	// One branch for each property, so that the index of labels serves both.
	err := r.QueryRow(ctx, `select entity from (
		select s.entity from statements s join entities e on e.id = s.entity where s.property = 'label' and s.txt = ? and s.live = 1 and e.kind = ?
		union select s.entity from statements s join entities e on e.id = s.entity where s.property = 'place.name' and s.txt = ? and s.live = 1 and e.kind = ?) x
		order by entity limit 1`, label, string(kind), label, string(kind)).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", fault.NotFound("there is no %s called %.60q", kind, label)
	}
	return id, err
}

// Exists tells whether an entity is in the record, and of which kind.
func Exists(ctx context.Context, q store.Queryer, id record.ID) (record.Kind, bool, error) {
	return exists(ctx, q, id)
}

// KindOf is the entity's kind; an entity that is not there is not found.
func KindOf(ctx context.Context, q store.Queryer, id record.ID) (record.Kind, error) {
	k, ok, err := exists(ctx, q, id)
	if err != nil {
		return "", fmt.Errorf("look up %s: %w", id, err)
	}
	if !ok {
		return "", fault.NotFound("there is nothing here by that name")
	}
	return k, nil
}

// Canonical is the entity that speaks for the cluster of id: id itself where
// nothing was judged the same. Disputed tells that judgements contradict.
func Canonical(ctx context.Context, q store.Queryer, id record.ID) (canon record.ID, disputed bool, err error) {
	var d int
	err = q.QueryRow(ctx, `select canonical, disputed from clusters where entity = ?`, string(id)).Scan(&canon, &d)
	if errors.Is(err, sql.ErrNoRows) {
		return id, false, nil
	}
	return canon, d == 1, err
}

// Members lists all entities judged the same as id, itself included, in order.
func Members(ctx context.Context, q store.Queryer, id record.ID) ([]record.ID, error) {
	canon, _, err := Canonical(ctx, q, id)
	if err != nil {
		return nil, err
	}
	m, err := column(ctx, q, `select entity from clusters where canonical = ? order by entity`, string(canon))
	if err != nil || len(m) > 0 {
		return m, err
	}
	return []record.ID{id}, nil
}

// Canonicals maps each of ids to the entity that speaks for it. Ids that
// stand alone are not in the map.
func Canonicals(ctx context.Context, q store.Queryer, ids []record.ID) (map[record.ID]record.ID, error) {
	out := map[record.ID]record.ID{}
	for chunk := range chunks(ids) {
		in, args := marks(chunk)
		rows, err := q.Query(ctx, `select entity, canonical from clusters where entity in (`+in+`)`, args...)
		if err != nil {
			return nil, fmt.Errorf("find clusters: %w", err)
		}
		for rows.Next() {
			var a, b record.ID
			if err := rows.Scan(&a, &b); err != nil {
				rows.Close()
				return nil, err
			}
			out[a] = b
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// chunkSize keeps lists of parameters within what both engines take.
const chunkSize = 500

func chunks(ids []record.ID) func(yield func([]record.ID) bool) {
	return func(yield func([]record.ID) bool) {
		for len(ids) > 0 {
			n := min(len(ids), chunkSize)
			if !yield(ids[:n]) {
				return
			}
			ids = ids[n:]
		}
	}
}

// Codes maps entities to their local labels, such as P-0412.
func Codes(ctx context.Context, q store.Queryer, ids []record.ID) (map[record.ID]string, error) {
	out := map[record.ID]string{}
	for chunk := range chunks(ids) {
		in, args := marks(chunk)
		if err := pairs(ctx, q, out, `select entity, code from codes where entity in (`+in+`)`, args...); err != nil {
			return nil, fmt.Errorf("find codes: %w", err)
		}
	}
	return out, nil
}

// ByCode finds the entity with a local label.
func ByCode(ctx context.Context, q store.Queryer, code string) (record.ID, error) {
	var id record.ID
	err := q.QueryRow(ctx, `select entity from codes where code = ?`, strings.ToUpper(strings.TrimSpace(code))).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", fault.NotFound("there is nothing here with the label %.20q", code)
	}
	return id, err
}

// Titles maps entities to what to call them: the label statement with the
// best grade, else nothing (the caller shows the code). Clusters share titles.
func Titles(ctx context.Context, q store.Queryer, ids []record.ID) (map[record.ID]string, error) {
	out := map[record.ID]string{}
	for chunk := range chunks(ids) {
		in, args := marks(chunk)
		// Worst first, so that the last one written is the best: by grade, then id.
		err := pairs(ctx, q, out, `select entity, txt from statements where entity in (`+in+`) and property in ('label', 'place.name')
			and live = 1 and txt is not null order by entity, case when property = 'label' then 1 else 0 end, coalesce(grade, 7) desc, id desc`, args...)
		if err != nil {
			return nil, fmt.Errorf("find titles: %w", err)
		}
	}
	return out, nil
}

func pairs(ctx context.Context, q store.Queryer, out map[record.ID]string, query string, args ...any) error {
	rows, err := q.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id record.ID
		var s string
		if err := rows.Scan(&id, &s); err != nil {
			return err
		}
		out[id] = s
	}
	return rows.Err()
}

// SealedPart is sealed content that belongs to an entity: that it exists and
// in which compartment, not what it says.
type SealedPart struct {
	Entry       record.EntryID
	N           int
	Entity      record.ID
	Compartment record.Compartment
}

// SealedOf lists the sealed parts of an entity in the compartments the actor
// holds. To anybody else they do not exist.
func SealedOf(ctx context.Context, r *access.Reader, id record.ID) ([]SealedPart, error) {
	m, err := Members(ctx, r, id)
	if err != nil {
		return nil, err
	}
	in, args := marks(m)
	rows, err := r.Query(ctx, `select entry, n, entity, compartment from sealed_parts where entity in (`+in+`) order by entry, n`, args...)
	if err != nil {
		return nil, fmt.Errorf("list sealed parts: %w", err)
	}
	defer rows.Close()
	var out []SealedPart
	for rows.Next() {
		var p SealedPart
		if err := rows.Scan(&p.Entry, &p.N, &p.Entity, &p.Compartment); err != nil {
			return nil, err
		}
		if r.Session().Member(p.Compartment) {
			out = append(out, p)
		}
	}
	return out, rows.Err()
}

// OpenedOf returns the statements of an entity's sealed parts that the session
// has opened; those it has not opened are left out.
func OpenedOf(ctx context.Context, r *access.Reader, id record.ID) ([]Item, error) {
	parts, err := SealedOf(ctx, r, id)
	if err != nil {
		return nil, err
	}
	var out []Item
	for _, p := range parts {
		if _, ok := r.Session().Opened(p.Entity, p.Compartment); !ok {
			continue
		}
		more, err := openPart(ctx, r, p)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	return out, nil
}

func openPart(ctx context.Context, r *access.Reader, p SealedPart) ([]Item, error) {
	e, err := r.Entry(ctx, p.Entry)
	if err != nil {
		return nil, err
	}
	raw, err := r.OpenPart(ctx, e, p.N)
	if err != nil {
		return nil, err
	}
	var b record.StatementsBody
	if err := json.Unmarshal(raw, &b); err != nil {
		return nil, fault.Wrap(fault.KindCorrupt, err, fmt.Sprintf("a sealed part of entry %s is damaged", p.Entry))
	}
	b.In(p.Entry)
	at, _ := time.Parse(time.RFC3339, e.Time) // a header with another time was refused
	var out []Item
	for _, s := range b.Statements {
		s.Source, s.Via = first(s.Source, b.Source), first(s.Via, b.Via)
		s.Mode = s.ModeOf()
		id := p.Entry.Thing(s.N)
		withdrawn, err := retracted(ctx, r, id)
		if err != nil {
			return nil, err
		}
		out = append(out, Item{ID: id, Statement: s, Document: b.Document, Batch: b.Batch, Actor: e.Actor,
			Recorded: at.UTC(), Live: !withdrawn, Review: record.ReviewDraft, Sealed: p.Compartment})
	}
	return out, nil
}

// retracted tells whether a sealed statement was taken back: sealed ones have
// no row of their own to carry the mark.
func retracted(ctx context.Context, q store.Queryer, id record.ID) (bool, error) {
	var n int
	err := q.QueryRow(ctx, `select count(*) from retractions r where r.target = ?
		and not exists (select 1 from undone u where u.target = r.id)`, string(id)).Scan(&n)
	return n > 0, err
}

// OfKind lists entities of a kind that speak for themselves or their cluster,
// newest last, at most limit.
func OfKind(ctx context.Context, q store.Queryer, k record.Kind, limit int) ([]record.ID, error) {
	return column(ctx, q, `select id from entities where kind = ?
		and not exists (select 1 from clusters c where c.entity = entities.id and c.canonical <> c.entity) order by id limit ?`, string(k), limit)
}
