package register

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"asylon/internal/access"
	"asylon/internal/fault"
	"asylon/internal/policy"
	"asylon/internal/record"
)

// general makes a draft of one general part.
func general(kind string, body any, subjects, refs []record.ID) (record.Draft, error) {
	b, err := json.Marshal(body)
	if err != nil {
		return record.Draft{}, err
	}
	d := record.Draft{Kind: kind, Subjects: subjects, Parts: []record.DraftPart{{Compartment: record.General, Body: b}}}
	for _, r := range refs {
		d.Needs = append(d.Needs, r.Entry())
	}
	return d, nil
}

func reasoned(reason, of string) error {
	if len([]rune(strings.TrimSpace(reason))) < 3 {
		return fault.Invalid("say why %s: the reason is kept with it", of)
	}
	return nil
}

// Retract takes statements back. They stay in the history; nothing counts them.
func Retract(ctx context.Context, w *access.Writer, ids []record.ID, reason string) (record.EntryID, error) {
	if err := w.Session().Allow(policy.AddRecord); err != nil {
		return "", err
	}
	if err := reasoned(reason, "this is taken back"); err != nil {
		return "", err
	}
	if len(ids) == 0 || len(ids) > record.MaxStatements {
		return "", fault.Invalid("choose 1 to %d statements to take back", record.MaxStatements)
	}
	b := RetractBody{Reason: reason}
	for i, id := range ids {
		b.Targets = append(b.Targets, Target{N: i + 1, ID: id})
	}
	d, err := general(KindRetract, b, nil, ids)
	if err != nil {
		return "", err
	}
	return w.Append(ctx, d)
}

// ReviewStatements records a second person's view. Nobody reviews what they
// recorded themselves.
func ReviewStatements(ctx context.Context, w *access.Writer, ids []record.ID, state record.Review, reason string) (record.EntryID, error) {
	if err := w.Session().Allow(policy.Review); err != nil {
		return "", err
	}
	if state == record.ReviewRejected {
		if err := reasoned(reason, "the statement is rejected"); err != nil {
			return "", err
		}
	}
	if len(ids) == 0 || len(ids) > record.MaxStatements {
		return "", fault.Invalid("choose 1 to %d statements to review", record.MaxStatements)
	}
	b := ReviewBody{State: state, Reason: reason}
	refs := append([]record.ID(nil), ids...)
	for i, id := range ids {
		it, err := Get(ctx, &w.Reader, id)
		if err != nil {
			return "", err
		}
		if it.Actor == w.Session().ID {
			return "", fault.Forbidden("a statement is reviewed by somebody other than the one who recorded it")
		}
		old, err := column(ctx, w, `select id from reviews v where v.target = ? and not exists (select 1 from reviews_over x where x.over_ = v.id)`, string(id))
		if err != nil {
			return "", err
		}
		b.Targets = append(b.Targets, Target{N: i + 1, ID: id, Over: old})
		refs = append(refs, old...)
	}
	d, err := general(KindReview, b, nil, refs)
	if err != nil {
		return "", err
	}
	return w.Append(ctx, d)
}

// Judge records a judgement over two things and returns its id, by which it
// can be undone.
func Judge(ctx context.Context, w *access.Writer, b JudgementBody) (record.ID, error) {
	if err := w.Session().Allow(policy.Judge); err != nil {
		return "", err
	}
	if !b.Type.valid() {
		return "", fault.Invalid("%.20q is not a judgement", string(b.Type))
	}
	if err := reasoned(b.Reason, "you judge so"); err != nil {
		return "", err
	}
	if b.A == b.B && b.Type != Complete {
		return "", fault.Invalid("a judgement is about two things; these are one")
	}
	if err := checkJudged(ctx, w, b); err != nil {
		return "", err
	}
	d, err := general(KindJudgement, b, []record.ID{b.A, b.B}, []record.ID{b.A, b.B})
	if err != nil {
		return "", err
	}
	e, err := w.Append(ctx, d)
	return e.Thing(1), err
}

// checkJudged demands that both things exist and are of kinds that the
// judgement can be about.
func checkJudged(ctx context.Context, w *access.Writer, b JudgementBody) error {
	if b.Type == SameOrigin || b.Type == Preferred {
		if _, err := Get(ctx, &w.Reader, b.A); err != nil && b.Type == Preferred {
			return err
		}
		return nil
	}
	ka, err := KindOf(ctx, w, b.A)
	if err != nil {
		return err
	}
	kb, err := KindOf(ctx, w, b.B)
	if err != nil {
		return err
	}
	if (b.Type == Same || b.Type == NotSame) && ka != kb {
		return fault.Invalid("a %s and a %s cannot be the same", ka, kb)
	}
	if b.Type == PartOf {
		if kb != record.KindAct && kb != record.KindEvent || ka != record.KindAct && ka != record.KindEvent {
			return fault.Invalid("only acts and events are parts of one another")
		}
		loop, err := partReaches(ctx, w, b.B, b.A)
		if err != nil {
			return err
		}
		if loop {
			return fault.Invalid("that would make it part of itself, through what it contains")
		}
	}
	return nil
}

// partReaches follows standing "part of" judgements upwards.
func partReaches(ctx context.Context, w *access.Writer, from, to record.ID) (bool, error) {
	seen := map[record.ID]bool{from: true}
	queue := []record.ID{from}
	for i := 0; i < len(queue) && i < maxDepth; i++ {
		if queue[i] == to {
			return true, nil
		}
		up, err := column(ctx, w, `select b from judgements where a = ? and type = 'part of' and live = 1`, string(queue[i]))
		if err != nil {
			return false, err
		}
		for _, u := range up {
			if !seen[u] {
				seen[u] = true
				queue = append(queue, u)
			}
		}
	}
	return false, nil
}

// Undo takes back a judgement, a retraction or an import.
func Undo(ctx context.Context, w *access.Writer, target record.ID, reason string) (record.EntryID, error) {
	if err := w.Session().Allow(policy.AddRecord); err != nil {
		return "", err
	}
	if err := reasoned(reason, "this is undone"); err != nil {
		return "", err
	}
	var typ string
	err := w.QueryRow(ctx, `select type from judgements where id = ?`, string(target)).Scan(&typ)
	switch {
	case err == nil:
		if err := w.Session().Allow(policy.Judge); err != nil {
			return "", err
		}
	case !errors.Is(err, sql.ErrNoRows):
		return "", fmt.Errorf("look up judgement: %w", err)
	}
	d, err := general(KindUndo, UndoBody{Target: target, Reason: reason}, nil, []record.ID{target})
	if err != nil {
		return "", err
	}
	return w.Append(ctx, d)
}

// RecordConsent records what a person agreed to and returns the consent's id.
// A consent is withdrawn by Undo.
func RecordConsent(ctx context.Context, w *access.Writer, words *Words, b ConsentBody) (record.ID, error) {
	if err := w.Session().Allow(policy.RecordAccord); err != nil {
		return "", err
	}
	k, err := KindOf(ctx, w, b.Person)
	if err != nil {
		return "", err
	}
	if k != record.KindPerson && k != record.KindGroup && k != record.KindSource {
		return "", fault.Invalid("consent is a person's, a group's or a source's, not a %s's", k)
	}
	if words.Terms[b.Purpose].List != record.ListPurposes || words.Terms[b.Recipient].List != record.ListRecipients {
		return "", fault.Invalid("say for what purpose, and to whom: choose both from their lists")
	}
	if !b.Given.Resolved {
		return "", fault.Invalid("say when the consent was given")
	}
	d, err := general(KindConsent, b, []record.ID{b.Person}, []record.ID{b.Person})
	if err != nil {
		return "", err
	}
	e, err := w.Append(ctx, d)
	return e.Thing(1), err
}

// Consent is a consent as it stands.
type Consent struct {
	ID record.ID
	ConsentBody
	Withdrawn bool
}

// ConsentsOf lists the consents of a person and all judged the same.
func ConsentsOf(ctx context.Context, r *access.Reader, person record.ID) ([]Consent, error) {
	m, err := Members(ctx, r, person)
	if err != nil {
		return nil, err
	}
	in, args := marks(m)
	rows, err := r.Query(ctx, `select id, body, exists (select 1 from undone u where u.target = consents.id) from consents where person in (`+in+`) order by id`, args...)
	if err != nil {
		return nil, fmt.Errorf("list consents: %w", err)
	}
	defer rows.Close()
	var out []Consent
	for rows.Next() {
		var c Consent
		var body string
		if err := rows.Scan(&c.ID, &body, &c.Withdrawn); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(body), &c.ConsentBody); err != nil {
			return nil, fmt.Errorf("read consent %s: %w", c.ID, err)
		}
		out = append(out, c)
	}
	return out, rows.Err()
}
