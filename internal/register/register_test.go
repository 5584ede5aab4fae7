package register

import (
	"strings"
	"testing"

	"asylon/internal/access"
	"asylon/internal/access/accesstest"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/store"
)

// testWords is a small vocabulary: enough to record an arrest with a name.
func testWords() *Words {
	l := func(s string) record.Labels { return record.Labels{"en": s} }
	return NewWords([]record.Property{
		{ID: record.PropLabel, Type: record.TypeText, Labels: l("label")},
		{ID: record.PropActKind, Kinds: []record.Kind{record.KindAct}, Type: record.TypeTerm, List: record.ListActs, Labels: l("kind of act")},
		{ID: record.PropActVictim, Kinds: []record.Kind{record.KindAct}, Type: record.TypeRef, Refs: []record.Kind{record.KindPerson, record.KindGroup}, Many: true, Labels: l("victim")},
		{ID: record.PropActCount, Kinds: []record.Kind{record.KindAct}, Type: record.TypeCount, Labels: l("how many")},
		{ID: record.PropEventPartOf, Kinds: []record.Kind{record.KindEvent}, Type: record.TypeRef, Refs: []record.Kind{record.KindEvent}, Labels: l("part of")},
		{ID: record.PropPersonName, Kinds: []record.Kind{record.KindPerson}, Type: record.TypeText, Compartment: record.Identities, Labels: l("name")},
	}, []record.Term{{ID: "control.arrest", List: record.ListActs, Labels: l("arrest")}})
}

func TestRecordOpenAndMerge(t *testing.T) {
	words := testWords()
	accesstest.Each(t, []store.Room{Room()}, func(t *testing.T, e *accesstest.Env) {
		ctx := t.Context()
		s := e.Holding("kim", []record.Compartment{record.Identities}, policy.Analyst, policy.Keeper)
		var got Recorded
		err := s.Write(ctx, policy.AddRecord, func(w *access.Writer) error {
			var err error
			got, err = Record(ctx, w, words, Input{
				New: []record.NewEntity{{N: 1, Kind: record.KindAct}, {N: 2, Kind: record.KindPerson}, {N: 3, Kind: record.KindPerson}},
				Statements: []record.Statement{
					{Entity: record.Local(1), Property: record.PropActKind, Value: record.Value{Term: "control.arrest"}},
					{Entity: record.Local(1), Property: record.PropActVictim, Value: record.Value{Ref: record.Local(2)}},
					{Entity: record.Local(2), Property: record.PropPersonName, Value: record.Value{Text: "CANARY-NAME"}, Words: "CANARY-NAME"},
					{Entity: record.Local(3), Property: record.PropLabel, Value: record.Value{Text: "the second woman"}},
				}})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		p, q := got.Entities[1], got.Entities[2]
		err = s.Read(ctx, policy.ReadRecord, func(r *access.Reader) error {
			its, err := Referring(ctx, r, p)
			if err != nil || len(its) != 1 || its[0].Property != record.PropActVictim {
				t.Errorf("referring: %v %v", its, err)
			}
			if o, err := OpenedOf(ctx, r, p); err != nil || len(o) != 0 {
				t.Errorf("sealed name shows unopened: %v %v", o, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.OpenSealed(ctx, p, record.Identities, "checking the spelling"); err != nil {
			t.Fatal(err)
		}
		err = s.Read(ctx, policy.ReadRecord, func(r *access.Reader) error {
			o, err := OpenedOf(ctx, r, p)
			if err != nil || len(o) != 1 || o[0].Value.Text != "CANARY-NAME" {
				t.Errorf("opened: %v %v", o, err)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		before, err := e.DB.Dump(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range before {
			for _, row := range d.Rows {
				if strings.Contains(row, "CANARY") {
					t.Errorf("table %s shows a sealed name: %s", d.Table, row)
				}
			}
		}
		var j record.ID
		must(t, s.Write(ctx, policy.Judge, func(w *access.Writer) error {
			var err error
			j, err = Judge(ctx, w, JudgementBody{Type: Same, A: q, B: p, Reason: "same birth year and village"})
			return err
		}))
		must(t, s.Read(ctx, policy.ReadRecord, func(r *access.Reader) error {
			m, err := Members(ctx, r, q)
			if len(m) != 2 || m[0] != p {
				t.Errorf("members %v", m)
			}
			return err
		}))
		must(t, s.Write(ctx, policy.Judge, func(w *access.Writer) error {
			_, err := Undo(ctx, w, j, "two villages of one name")
			return err
		}))
		live, _ := e.DB.Digest(ctx)
		must(t, e.DB.Rebuild(ctx))
		again, _ := e.DB.Digest(ctx)
		for name, d := range live {
			if again[name] != d {
				t.Errorf("table %s differs after a replay: %v, was %v", name, again[name], d)
			}
		}
		if live["clusters"].Rows != 0 {
			t.Error("an undone merge leaves a cluster")
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
