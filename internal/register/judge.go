package register

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"sort"

	"asylon/internal/record"
	"asylon/internal/store"
)

func applyRetract(ctx context.Context, tx *store.Tx, e *store.Applied) error {
	return e.General(func(_ int, raw json.RawMessage) error {
		var b RetractBody
		if err := decode(e, raw, &b); err != nil {
			return err
		}
		for _, t := range b.Targets {
			if t.ID.Journal() != e.Journal {
				return store.Quarantined("%s retracts a statement that another installation made", e.ID())
			}
			_, err := tx.Exec(ctx, `insert into retractions (id, target, actor, recorded, reason) values (?, ?, ?, ?, ?)`,
				string(e.ID().Thing(t.N)), string(t.ID), string(e.Actor), recorded(e), null(b.Reason))
			if err != nil {
				return fmt.Errorf("retract %s: %w", t.ID, err)
			}
			if err := refreshWithdrawn(ctx, tx, t.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

func applyReview(ctx context.Context, tx *store.Tx, e *store.Applied) error {
	return e.General(func(_ int, raw json.RawMessage) error {
		var b ReviewBody
		if err := decode(e, raw, &b); err != nil {
			return err
		}
		if b.State != record.ReviewAccepted && b.State != record.ReviewRejected && b.State != record.ReviewDraft {
			return store.Quarantined("%s reviews with the unknown state %q", e.ID(), b.State)
		}
		for _, t := range b.Targets {
			id := e.ID().Thing(t.N)
			_, err := tx.Exec(ctx, `insert into reviews (id, target, state, actor, recorded, reason) values (?, ?, ?, ?, ?, ?)`,
				string(id), string(t.ID), string(b.State), string(e.Actor), recorded(e), null(b.Reason))
			if err != nil {
				return fmt.Errorf("review %s: %w", t.ID, err)
			}
			for _, o := range t.Over {
				if _, err := tx.Exec(ctx, `insert into reviews_over (over_, review) values (?, ?) on conflict do nothing`, string(o), string(id)); err != nil {
					return fmt.Errorf("review %s: %w", t.ID, err)
				}
			}
			if err := refreshReview(ctx, tx, t.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

// refreshReview sets a statement's review state: of reviews that none
// replaced, a rejection outweighs an acceptance.
func refreshReview(ctx context.Context, tx *store.Tx, id record.ID) error {
	_, err := tx.Exec(ctx, `update statements set review = coalesce((select max(v.state) from reviews v
		where v.target = statements.id and not exists (select 1 from reviews_over w where w.over_ = v.id)), 'draft') where id = ?`, string(id))
	if err != nil {
		return fmt.Errorf("refresh review of %s: %w", id, err)
	}
	return nil
}

func applyJudgement(ctx context.Context, tx *store.Tx, e *store.Applied) error {
	return e.General(func(_ int, raw json.RawMessage) error {
		var b JudgementBody
		if err := decode(e, raw, &b); err != nil {
			return err
		}
		if !b.Type.valid() {
			return store.Quarantined("%s is of the unknown judgement %q", e.ID(), b.Type)
		}
		if b.Type == Same {
			if err := sameKind(ctx, tx, e, b); err != nil {
				return err
			}
		}
		if b.Type.symmetric() && b.B < b.A {
			b.A, b.B = b.B, b.A
		}
		_, err := tx.Exec(ctx, `insert into judgements (id, type, a, b, property, actor, recorded, reason, live) values (?, ?, ?, ?, ?, ?, ?, ?,
			case when exists (select 1 from undone u where u.target = ?) then 0 else 1 end)`,
			string(e.ID().Thing(1)), string(b.Type), string(b.A), string(b.B), null(string(b.Property)), string(e.Actor), recorded(e), null(b.Reason), string(e.ID().Thing(1)))
		if err != nil {
			return fmt.Errorf("note judgement: %w", err)
		}
		return recluster(ctx, tx, b.Type, b.A, b.B)
	})
}

// sameKind refuses to make one of things of different kinds.
func sameKind(ctx context.Context, tx *store.Tx, e *store.Applied, b JudgementBody) error {
	ka, oka, err := exists(ctx, tx, b.A)
	if err != nil {
		return err
	}
	kb, okb, err := exists(ctx, tx, b.B)
	if err != nil {
		return err
	}
	if !oka || !okb || ka != kb || b.A == b.B {
		return store.Quarantined("%s makes one of things that are not two of a kind", e.ID())
	}
	return nil
}

func applyUndo(ctx context.Context, tx *store.Tx, e *store.Applied) error {
	return e.General(func(_ int, raw json.RawMessage) error {
		var b UndoBody
		if err := decode(e, raw, &b); err != nil {
			return err
		}
		if b.Target.Journal() != e.Journal {
			return store.Quarantined("%s undoes what another installation did", e.ID())
		}
		_, err := tx.Exec(ctx, `insert into undone (id, target, actor, recorded, reason) values (?, ?, ?, ?, ?)`,
			string(e.ID().Thing(1)), string(b.Target), string(e.Actor), recorded(e), null(b.Reason))
		if err != nil {
			return fmt.Errorf("note undoing: %w", err)
		}
		var typ JudgementType
		var x, y record.ID
		err = tx.QueryRow(ctx, `select type, a, b from judgements where id = ?`, string(b.Target)).Scan(&typ, &x, &y)
		if err == nil {
			if _, err := tx.Exec(ctx, `update judgements set live = 0 where id = ?`, string(b.Target)); err != nil {
				return err
			}
			return recluster(ctx, tx, typ, x, y)
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		return undoRest(ctx, tx, b.Target)
	})
}

// undoRest undoes a retraction or an import batch.
func undoRest(ctx context.Context, tx *store.Tx, target record.ID) error {
	var stmt string
	err := tx.QueryRow(ctx, `select target from retractions where id = ?`, string(target)).Scan(&stmt)
	if err == nil {
		return refreshWithdrawn(ctx, tx, record.ID(stmt))
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	ids, err := column(ctx, tx, `select id from statements where batch = ?`, string(target))
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := refreshWithdrawn(ctx, tx, id); err != nil {
			return err
		}
	}
	return nil
}

// recluster recomputes the clusters around two entities after a judgement
// between them came or went: the connected components of the standing "same"
// judgements. The smallest id speaks for a cluster. A cluster in which two
// are also judged not the same is disputed.
func recluster(ctx context.Context, tx *store.Tx, t JudgementType, a, b record.ID) error {
	if t != Same && t != NotSame {
		return nil
	}
	done := map[record.ID]bool{}
	for _, start := range []record.ID{a, b} {
		if done[start] {
			continue
		}
		comp, err := component(ctx, tx, start)
		if err != nil {
			return err
		}
		for _, m := range comp {
			done[m] = true
		}
		if err := writeCluster(ctx, tx, comp); err != nil {
			return err
		}
	}
	return nil
}

// maxCluster bounds a cluster: one that grows beyond it is an error of
// judgement or an attack, and would make every page that shows it fail.
const maxCluster = 5000

func component(ctx context.Context, q store.Queryer, start record.ID) ([]record.ID, error) {
	seen := map[record.ID]bool{start: true}
	queue := []record.ID{start}
	for i := 0; i < len(queue) && len(queue) <= maxCluster; i++ {
		next, err := column(ctx, q, `select b from judgements where a = ? and type = 'same' and live = 1
			union select a from judgements where b = ? and type = 'same' and live = 1`, string(queue[i]), string(queue[i]))
		if err != nil {
			return nil, err
		}
		for _, n := range next {
			if !seen[n] {
				seen[n] = true
				queue = append(queue, n)
			}
		}
	}
	sort.Slice(queue, func(i, j int) bool { return queue[i] < queue[j] })
	return queue, nil
}

func writeCluster(ctx context.Context, tx *store.Tx, comp []record.ID) error {
	if len(comp) == 1 {
		_, err := tx.Exec(ctx, `delete from clusters where entity = ?`, string(comp[0]))
		return err
	}
	in := map[record.ID]bool{}
	for _, m := range comp {
		in[m] = true
	}
	disputed := false
	for _, m := range comp {
		against, err := column(ctx, tx, `select b from judgements where a = ? and type = 'not same' and live = 1`, string(m))
		if err != nil {
			return err
		}
		for _, x := range against {
			disputed = disputed || in[x]
		}
	}
	for _, m := range comp {
		_, err := tx.Exec(ctx, `insert into clusters (entity, canonical, disputed) values (?, ?, ?)
			on conflict (entity) do update set canonical = excluded.canonical, disputed = excluded.disputed`,
			string(m), string(comp[0]), bit(disputed))
		if err != nil {
			return fmt.Errorf("write cluster of %s: %w", comp[0], err)
		}
	}
	return nil
}

// column reads a column of ids.
func column(ctx context.Context, q store.Queryer, query string, args ...any) ([]record.ID, error) {
	rows, err := q.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []record.ID
	for rows.Next() {
		var s record.ID
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

func applyWords(ctx context.Context, tx *store.Tx, e *store.Applied) error {
	return e.General(func(_ int, raw json.RawMessage) error {
		var b record.WordsBody
		if err := decode(e, raw, &b); err != nil {
			return err
		}
		for _, p := range b.Properties {
			body, err := json.Marshal(p)
			if err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `insert into properties (id, entry, edition, body) values (?, ?, ?, ?)`,
				string(p.ID), string(e.ID()), b.Edition, string(body)); err != nil {
				return fmt.Errorf("define property %s: %w", p.ID, err)
			}
		}
		for _, t := range b.Terms {
			body, err := json.Marshal(t)
			if err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `insert into terms (id, entry, edition, list, parent, body) values (?, ?, ?, ?, ?, ?)`,
				string(t.ID), string(e.ID()), b.Edition, string(t.List), null(string(t.Parent)), string(body)); err != nil {
				return fmt.Errorf("define term %s: %w", t.ID, err)
			}
		}
		return nil
	})
}

func applyConsent(ctx context.Context, tx *store.Tx, e *store.Applied) error {
	return e.General(func(_ int, raw json.RawMessage) error {
		var b ConsentBody
		if err := decode(e, raw, &b); err != nil {
			return err
		}
		b.Person = b.Person.In(e.ID())
		body, err := json.Marshal(b)
		if err != nil {
			return err
		}
		var expires any
		if b.Expires != nil {
			expires = b.Expires.Earliest
		}
		_, err = tx.Exec(ctx, `insert into consents (id, person, purpose, recipient, expires, body, actor, recorded) values (?, ?, ?, ?, ?, ?, ?, ?)`,
			string(e.ID().Thing(1)), string(b.Person), string(b.Purpose), string(b.Recipient), expires, string(body), string(e.Actor), recorded(e))
		if err != nil {
			return fmt.Errorf("note consent: %w", err)
		}
		return nil
	})
}

func eraseConsent(ctx context.Context, tx *store.Tx, e *store.Applied, part int) error {
	_, err := tx.Exec(ctx, `delete from consents where id = ?`, string(e.ID().Thing(1)))
	return err
}
