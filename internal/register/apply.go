package register

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"asylon/internal/record"
	"asylon/internal/store"
)

// decode reads a body strictly enough to catch a defect and loosely enough to
// read a later minor version.
func decode(e *store.Applied, b json.RawMessage, v any) error {
	if err := json.Unmarshal(b, v); err != nil {
		return store.Quarantined("the body of %s is not of its kind", e.ID())
	}
	return nil
}

// recorded is the entry's own time in seconds.
func recorded(e *store.Applied) int64 {
	t, err := time.Parse(time.RFC3339, e.Time)
	if err != nil {
		return 0 // a header with another time is refused before it gets here
	}
	return t.Unix()
}

func applyStatements(ctx context.Context, tx *store.Tx, e *store.Applied) error {
	if err := addEntities(ctx, tx, e); err != nil {
		return err
	}
	if err := noteSealed(ctx, tx, e); err != nil {
		return err
	}
	return e.General(func(n int, raw json.RawMessage) error {
		var b record.StatementsBody
		if err := decode(e, raw, &b); err != nil {
			return err
		}
		b.In(e.ID())
		known := map[record.ID]bool{}
		for i := range e.New {
			known[e.ID().Thing(i+1)] = true
		}
		dead, err := undoneBatch(ctx, tx, b.Batch)
		if err != nil {
			return err
		}
		for i := range b.Statements {
			if err := addStatement(ctx, tx, e, n, &b, &b.Statements[i], known, dead); err != nil {
				return err
			}
		}
		return nil
	})
}

// noteSealed projects each sealed part as a reference that a session opens.
func noteSealed(ctx context.Context, tx *store.Tx, e *store.Applied) error {
	for _, n := range e.SealedParts() {
		p := e.Header.Parts[n]
		_, err := tx.Exec(ctx, `insert into sealed_parts (entry, n, entity, compartment, epoch) values (?, ?, ?, ?, ?)`,
			string(e.ID()), n, string(p.Of), string(p.Compartment), p.Epoch)
		if err != nil {
			return fmt.Errorf("note sealed part: %w", err)
		}
	}
	return nil
}

// addEntities brings the entities of an entry's header into the world, once.
func addEntities(ctx context.Context, tx *store.Tx, e *store.Applied) error {
	if !e.First() {
		return nil
	}
	for i, k := range e.New {
		if err := addEntity(ctx, tx, e.ID().Thing(i+1), k); err != nil {
			return err
		}
	}
	return nil
}

// addEntity brings an entity into the world and gives it its local label.
func addEntity(ctx context.Context, tx *store.Tx, id record.ID, kind record.Kind) error {
	if !kind.Valid() {
		return store.Quarantined("entity %s is of the unknown kind %q", id, kind)
	}
	if _, err := tx.Exec(ctx, `insert into entities (id, kind) values (?, ?)`, string(id), string(kind)); err != nil {
		return fmt.Errorf("add entity %s: %w", id, err)
	}
	return label(ctx, tx, id, kind)
}

// NewEntityOf is an apply function for rooms whose entries of some kind bring
// one entity, number 0, into the world: the document of a document entry.
func NewEntityOf(kind record.Kind) store.ApplyFunc {
	return func(ctx context.Context, tx *store.Tx, e *store.Applied) error {
		if !e.First() {
			return nil
		}
		return addEntity(ctx, tx, e.ID().Thing(0), kind)
	}
}

// label gives an entity a local code such as P-0412, once. Codes are state:
// another installation gives its own, and a replay keeps those given.
func label(ctx context.Context, tx *store.Tx, id record.ID, kind record.Kind) error {
	var have string
	err := tx.QueryRow(ctx, `select code from codes where entity = ?`, string(id)).Scan(&have)
	if err == nil {
		return nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("look up code of %s: %w", id, err)
	}
	var n int64
	err = tx.QueryRow(ctx, `insert into code_counts (prefix, last) values (?, 1)
		on conflict (prefix) do update set last = code_counts.last + 1 returning last`, kind.CodePrefix()).Scan(&n)
	if err != nil {
		return fmt.Errorf("count codes: %w", err)
	}
	_, err = tx.Exec(ctx, `insert into codes (entity, code) values (?, ?)`, string(id), fmt.Sprintf("%s-%04d", kind.CodePrefix(), n))
	if err != nil {
		return fmt.Errorf("give code to %s: %w", id, err)
	}
	return nil
}

// exists tells whether an entity is in the record, and of which kind.
func exists(ctx context.Context, q store.Queryer, id record.ID) (record.Kind, bool, error) {
	var k record.Kind
	err := q.QueryRow(ctx, `select kind from entities where id = ?`, string(id)).Scan(&k)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return k, err == nil, err
}

// extra is what is rarely asked for of a statement.
type extra struct {
	Media       string  `json:"media,omitempty"`
	Note        string  `json:"note,omitempty"`
	QuoteLang   string  `json:"ql,omitempty"`
	Translation string  `json:"tr,omitempty"`
	Translator  string  `json:"by,omitempty"`
	Radius      float64 `json:"r,omitempty"`
}

var insertStatement = `insert into statements (` + statementColumns + `) values (
	?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

func addStatement(ctx context.Context, tx *store.Tx, e *store.Applied, part int, b *record.StatementsBody, s *record.Statement, known map[record.ID]bool, dead bool) error {
	if !known[s.Entity] {
		_, ok, err := exists(ctx, tx, s.Entity)
		if err != nil {
			return err
		}
		if !ok {
			return store.Quarantined("statement %d is about %s, which is not in the record", s.N, s.Entity)
		}
		known[s.Entity] = true
	}
	id := e.ID().Thing(s.N)
	if s.Supersedes != "" && s.Supersedes.Journal() != e.Journal {
		return store.Quarantined("statement %s replaces one that another installation made", id)
	}
	if _, err := tx.Exec(ctx, insertStatement, row(id, e, part, b, s, dead)...); err != nil {
		return fmt.Errorf("add statement %s: %w", id, err)
	}
	if s.Supersedes != "" {
		if err := refreshLive(ctx, tx, s.Supersedes); err != nil {
			return err
		}
	}
	if e.First() {
		return nil
	}
	// A part that comes late may find its statements retracted, replaced or
	// reviewed already.
	if err := refreshLive(ctx, tx, id); err != nil {
		return err
	}
	return refreshReview(ctx, tx, id)
}

// row is the statement as the columns of insertStatement.
func row(id record.ID, e *store.Applied, part int, b *record.StatementsBody, s *record.Statement, dead bool) []any {
	v := s.Value
	var edtf, lo, hi, resolved, nlo, nhi, nbest, unit, per, rule, lat, lon any
	var x extra
	if d := v.Date; d != nil {
		edtf, lo, hi, resolved, rule = d.EDTF, d.Earliest, d.Latest, bit(d.Resolved), null(d.Rule)
		if !d.Resolved {
			lo, hi = nil, nil
		}
	}
	if c := v.Count; c != nil {
		nlo, nhi, nbest, unit, per, rule = c.Low, pointer(c.High), pointer(c.Best), null(string(c.Unit)), null(c.Per), null(c.Rule)
	}
	if p := v.Point; p != nil {
		lat, lon, x.Radius = p.Lat, p.Lon, p.Radius
	}
	var page, start, end, quote any
	if s.At != nil {
		page, start, end = number(s.At.Page), number(s.At.Start), number(s.At.End)
		x.Media, x.Note = s.At.Media, s.At.Note
	}
	if s.Quote != nil {
		quote, x.QuoteLang, x.Translation, x.Translator = null(s.Quote.Text), s.Quote.Lang, s.Quote.Translation, s.Quote.Translator
	}
	if s.At != nil && s.At.End > 0 {
		start = s.At.Start
	}
	return []any{string(id), string(s.Entity), string(s.Property), string(s.ModeOf()),
		null(string(v.Term)), null(string(v.Qual)), null(v.Text), null(string(v.Ref)),
		edtf, lo, hi, resolved, nlo, nhi, nbest, unit, per, lat, lon, rule,
		null(s.Words), null(s.Lang), null(string(b.Document)), page, start, end, quote,
		null(string(first(s.Source, b.Source))), null(string(first(s.Via, b.Via))),
		null(string(s.Reliability)), number(int(s.Grade)), bit(s.Partial),
		null(string(s.Supersedes)), null(string(s.Basis)), string(e.Actor), recorded(e), null(string(b.Batch)),
		x.json(), bit(!dead), string(record.ReviewDraft), part}
}

func (x extra) json() any {
	if x == (extra{}) {
		return nil
	}
	b, err := json.Marshal(x)
	if err != nil {
		return nil // strings and a number: cannot fail
	}
	return string(b)
}

func first(a, b record.ID) record.ID {
	if a != "" {
		return a
	}
	return b
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func null(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func number(n int) any {
	if n == 0 {
		return nil
	}
	return int64(n)
}

func pointer(p *int64) any {
	if p == nil {
		return nil
	}
	return *p
}

// undoneBatch tells whether the import a body belongs to was undone.
func undoneBatch(ctx context.Context, tx *store.Tx, batch record.ID) (bool, error) {
	if batch == "" {
		return false, nil
	}
	var n int
	err := tx.QueryRow(ctx, `select count(*) from undone where target = ?`, string(batch)).Scan(&n)
	return n > 0, err
}

// withdrawn is true of a statements row under alias %s that was retracted (and
// the retraction not undone), or whose import was undone.
const withdrawn = `(exists (select 1 from retractions r where r.target = %[1]s.id
		and not exists (select 1 from undone u where u.target = r.id))
	or exists (select 1 from undone u where u.target = %[1]s.batch))`

var refreshQuery = fmt.Sprintf(`update statements set live = case when `+withdrawn+`
	or exists (select 1 from statements s2 where s2.supersedes = statements.id and not `+fmt.Sprintf(withdrawn, "s2")+`)
	then 0 else 1 end where id = ?`, "statements")

// refreshLive sets whether a statement stands: it was not withdrawn, and
// nothing that was not withdrawn replaced it. It is a function of the set of
// entries, whatever their order.
func refreshLive(ctx context.Context, tx *store.Tx, id record.ID) error {
	if _, err := tx.Exec(ctx, refreshQuery, string(id)); err != nil {
		return fmt.Errorf("refresh statement %s: %w", id, err)
	}
	return nil
}

// refreshWithdrawn refreshes a statement whose withdrawal changed, and what it
// had replaced.
func refreshWithdrawn(ctx context.Context, tx *store.Tx, id record.ID) error {
	if err := refreshLive(ctx, tx, id); err != nil {
		return err
	}
	var below sql.NullString
	err := tx.QueryRow(ctx, `select supersedes from statements where id = ?`, string(id)).Scan(&below)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !below.Valid {
		return nil // erased, or it replaced nothing
	}
	if err != nil {
		return fmt.Errorf("find what %s replaced: %w", id, err)
	}
	return refreshLive(ctx, tx, record.ID(below.String))
}

func eraseStatements(ctx context.Context, tx *store.Tx, e *store.Applied, part int) error {
	if e.Header.Parts[part].Compartment.Sealed() {
		_, err := tx.Exec(ctx, `delete from sealed_parts where entry = ? and n = ?`, string(e.ID()), part)
		return err
	}
	raw, err := e.Body(part)
	if err != nil {
		return err
	}
	var b record.StatementsBody
	if err := decode(e, raw, &b); err != nil {
		return err
	}
	b.In(e.ID())
	for _, s := range b.Statements {
		if _, err := tx.Exec(ctx, `delete from statements where id = ?`, string(e.ID().Thing(s.N))); err != nil {
			return err
		}
		if s.Supersedes != "" {
			if err := refreshLive(ctx, tx, s.Supersedes); err != nil {
				return err
			}
		}
	}
	return nil
}
