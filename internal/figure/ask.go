package figure

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"sort"

	"asylon/internal/access"
	"asylon/internal/fault"
	"asylon/internal/journal"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/register"
	"asylon/internal/resolve"
)

// maxActs bounds how many acts a figure lists one by one. What it rests on is
// listed in full.
const maxActs = 2000

// Ask answers a question and keeps the figure. Where a kept figure gives the
// same answer from the same statements to the same question, that one is
// returned: the same answer has one name.
//
// The answer is reckoned on one state of the record while others may write;
// the figure names that state.
func Ask(ctx context.Context, s *access.Session, lex *register.Lexicon, q Question) (Figure, error) {
	var b Body
	err := s.Read(ctx, policy.AskFigure, func(r *access.Reader) error {
		var err error
		b, err = Compute(ctx, r, lex, q)
		return err
	})
	if err != nil {
		return Figure{}, err
	}
	asked, answer, err := b.hashes()
	if err != nil {
		return Figure{}, err
	}
	var f Figure
	err = s.Write(ctx, policy.AskFigure, func(w *access.Writer) error {
		var name string
		err := w.QueryRow(ctx, `select name from figures where asked = ? and answer = ? order by id limit 1`, asked, answer).Scan(&name)
		if errors.Is(err, sql.ErrNoRows) {
			name, err = b.Name, keep(ctx, w, &b)
		}
		if err != nil {
			return err
		}
		f, err = Get(ctx, &w.Reader, name)
		return err
	})
	return f, err
}

// keep writes a figure into the record.
func keep(ctx context.Context, w *access.Writer, b *Body) error {
	body, err := json.Marshal(b)
	if err != nil {
		return err
	}
	if len(body) > journal.MaxBody/2 {
		return fault.Invalid("this figure rests on too much to be kept in one piece: ask for a shorter period or a smaller place")
	}
	_, err = w.Append(ctx, record.Draft{Kind: Kind, Needs: needs(b.Inputs), Parts: []record.DraftPart{{Compartment: record.General, Body: body}}})
	if err != nil {
		return fmt.Errorf("keep figure: %w", err)
	}
	return nil
}

// needs are the entries a figure rests on. Where there are more than an entry
// may name, the last one of each journal stands for those before it: journals
// are received without gaps.
func needs(inputs []Input) []record.EntryID {
	if len(inputs) < journal.MaxNeeds {
		out := make([]record.EntryID, len(inputs))
		for i, in := range inputs {
			out[i] = in.Entry
		}
		return out
	}
	last := map[record.JournalID]record.EntryID{}
	for _, in := range inputs {
		j, _, _ := in.Entry.Split()
		last[j] = max(last[j], in.Entry)
	}
	var out []record.EntryID
	for _, e := range last {
		out = append(out, e)
	}
	sort.Slice(out, func(i, j int) bool { return out[i] < out[j] })
	return out
}

// Compute answers a question without keeping the answer.
func Compute(ctx context.Context, r *access.Reader, lex *register.Lexicon, q Question) (Body, error) {
	words, err := lex.Load(ctx, r)
	if err != nil {
		return Body{}, err
	}
	if err := q.check(ctx, r, words); err != nil {
		return Body{}, err
	}
	if q.Place != "" {
		if q.Place, _, err = register.Canonical(ctx, r, q.Place); err != nil {
			return Body{}, err
		}
	}
	l, err := load(ctx, r, words, q)
	if err != nil {
		return Body{}, err
	}
	b := Body{Question: q, Method: resolve.Method, Version: resolve.Version, Compartments: []record.Compartment{record.General}}
	if b.Cut, err = r.Cut(ctx); err != nil {
		return b, err
	}
	rq, err := q.resolved()
	if err != nil {
		return b, err
	}
	b.Result = resolve.Count(rq, l.rec)
	if q.By != "" {
		if b.Series, err = resolve.Series(rq, l.rec, q.By, l.sources); err != nil {
			return b, fault.Invalid("%s", err.Error())
		}
	}
	b.Inputs = inputs(b.Result)
	b.trim()
	asked, answer, err := b.hashes()
	if err != nil {
		return b, err
	}
	if b.Name, err = nameOf(asked, b.Cut, answer); err != nil {
		return b, err
	}
	return b, render(ctx, r, words, &b)
}

// inputs are the statements of all acts, by entry, in order.
func inputs(r resolve.Result) []Input {
	by := map[record.EntryID]map[int]bool{}
	add := func(id record.ID) {
		e := id.Entry()
		if by[e] == nil {
			by[e] = map[int]bool{}
		}
		if n, ok := numberOf(id); ok {
			by[e][n] = true
		}
	}
	for _, a := range r.Acts {
		for _, s := range a.Statements {
			add(s)
		}
	}
	for _, n := range r.Beside {
		add(n.Statement)
	}
	out := make([]Input, 0, len(by))
	for e, ns := range by {
		in := Input{Entry: e}
		for n := range ns {
			in.N = append(in.N, n)
		}
		sort.Ints(in.N)
		out = append(out, in)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Entry < out[j].Entry })
	return out
}

// trim bounds what is listed one by one.
func (b *Body) trim() {
	if n := len(b.Result.Acts); n > maxActs {
		b.Omitted = n - maxActs
		b.Result.Acts = b.Result.Acts[:maxActs:maxActs]
	}
	for i := range b.Series {
		b.Series[i].Count = len(b.Series[i].Acts)
		if len(b.Series[i].Acts) > maxActs {
			b.Series[i].Acts = nil
		}
	}
}
