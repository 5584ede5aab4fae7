package advocacy

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"asylon/internal/access"
	"asylon/internal/access/accesstest"
	"asylon/internal/fault"
	"asylon/internal/intake"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/record/seed"
	"asylon/internal/register"
	"asylon/internal/store"
)

func rooms() []store.Room { return []store.Room{register.Room(), intake.Room(), Room()} }

// scene is a small record: an organisation tells of an arrest of seven, of
// which a private person tells too, and fears a return; a person is named.
type scene struct {
	s                               *access.Session
	l                               Letters
	act, person, witness, demand    record.ID
	kind, count, victim, told, fear record.ID
}

func newScene(t *testing.T, e *accesstest.Env) *scene {
	t.Helper()
	ctx := t.Context()
	sc := &scene{s: e.Holding("kim", []record.Compartment{record.Identities}, policy.Analyst, policy.Keeper), l: Letters{Lexicon: new(register.Lexicon), Figures: oneFigure{}}}
	body, err := seed.Words()
	if err != nil {
		t.Fatal(err)
	}
	must(t, sc.s.Write(ctx, policy.DefineWords, func(w *access.Writer) error {
		_, err := register.Define(ctx, w, register.NewWords(nil, nil), body)
		return err
	}))
	var got register.Recorded
	must(t, sc.s.Write(ctx, policy.AddRecord, func(w *access.Writer) error {
		words, err := sc.l.Lexicon.Load(ctx, w)
		if err != nil {
			return err
		}
		n := record.Local
		st := func(e record.ID, p record.PropertyID, v record.Value, src record.ID, m record.Mode) record.Statement {
			return record.Statement{Entity: e, Property: p, Value: v, Source: src, Mode: m}
		}
		quoted := st(n(1), record.PropActKind, record.Value{Term: "control.arrest"}, n(2), "")
		quoted.Quote = &record.Quote{Text: "일곱 명이 체포되었다", Lang: "ko", Translation: "seven were arrested"}
		quoted.Reliability, quoted.Grade = "B", 2
		got, err = register.Record(ctx, w, words, register.Input{
			New: []record.NewEntity{{N: 1, Kind: record.KindAct}, {N: 2, Kind: record.KindSource}, {N: 3, Kind: record.KindSource}, {N: 4, Kind: record.KindPerson}, {N: 5, Kind: record.KindAct}, {N: 6, Kind: record.KindDemand}},
			Statements: []record.Statement{
				quoted,
				st(n(1), record.PropActCount, record.Value{Count: number(7, 7, "persons")}, n(2), ""),
				st(n(1), record.PropActVictim, record.Value{Ref: n(4)}, n(2), ""),
				st(n(1), record.PropActDate, record.Value{Date: date("2001-06")}, n(3), ""),
				st(n(5), record.PropActKind, record.Value{Term: "return"}, n(2), record.ModeFeared),
				st(n(2), record.PropLabel, record.Value{Text: "Northern Relief"}, "", ""),
				st(n(2), record.PropSourceKind, record.Value{Term: "source.organisation"}, "", ""),
				st(n(3), record.PropLabel, record.Value{Text: "a witness"}, "", ""),
				st(n(3), record.PropSourceKind, record.Value{Term: "source.witness"}, "", ""),
				st(n(4), record.PropLabel, record.Value{Text: "the second woman"}, "", ""),
				st(n(4), record.PropPersonName, record.Value{Text: "CANARY"}, "", ""),
				st(n(6), record.PropDemandKind, record.Value{Term: "demand.release"}, "", ""),
			}})
		return err
	}))
	sc.act, sc.witness, sc.person, sc.demand = got.Entities[0], got.Entities[2], got.Entities[3], got.Entities[5]
	sc.kind, sc.count, sc.victim, sc.told, sc.fear = got.Statements[0], got.Statements[1], got.Statements[2], got.Statements[3], got.Statements[4]
	return sc
}

// oneFigure knows one figure.
type oneFigure struct{}

func (oneFigure) Sentence(_ context.Context, _ *access.Reader, name, _ string) (string, error) {
	if name != "known" {
		return "", fault.NotFound("no figure")
	}
	return "At least 7 persons were arrested.", nil
}

func (sc *scene) content() Content {
	return Content{Language: "en", Date: "2001-08-01", Addressee: Addressee{Name: "To the Prefect", Salutation: "Sir,", Address: []string{"1 Long Street"}},
		Subject: "Seven people arrested", Opening: "We write to you.", Concerns: []string{"We are concerned."},
		Facts:   []Fact{{Statements: []record.ID{sc.kind, sc.count}}, {Statements: []record.ID{sc.fear}}, {Figure: "known"}},
		Demands: []Demand{{Text: "Release them", Until: "they are free", Demand: sc.demand}}, Closing: "Respectfully",
		Signatories: []Signatory{{Name: "Han Sol", Role: "Chair", ConsentDate: "2001-07-30", ConsentHow: "in writing"}}, ReplyBy: "2001-09-01"}
}

func (sc *scene) freeze(t *testing.T, c Content) (l Letter, refused []Refusal, err error) {
	err = sc.s.Write(t.Context(), policy.WriteLetter, func(w *access.Writer) error {
		var err error
		l, refused, err = sc.l.Freeze(t.Context(), w, c)
		return err
	})
	return l, refused, err
}

func (sc *scene) consent(t *testing.T, who record.ID) (id record.ID) {
	must(t, sc.s.Write(t.Context(), policy.RecordAccord, func(w *access.Writer) error {
		words, err := sc.l.Lexicon.Load(t.Context(), w)
		if err != nil {
			return err
		}
		id, err = register.RecordConsent(t.Context(), w, words, register.ConsentBody{Person: who, Purpose: "purpose.letter", Recipient: "recipient.public", Given: *date("2001-07-01")})
		return err
	}))
	return id
}

func reasons(rs []Refusal) []Reason {
	var out []Reason
	for _, r := range rs {
		out = append(out, r.Reason)
	}
	return out
}

func TestFreeze(t *testing.T) {
	accesstest.Each(t, rooms(), func(t *testing.T, e *accesstest.Env) {
		sc := newScene(t, e)
		first, refused, err := sc.freeze(t, sc.content())
		if err != nil {
			t.Fatalf("%v %v", err, refused)
		}
		if len(first.Name) != 26 || len(first.Cut.Journals) == 0 || !bytes.HasPrefix(first.PDF, []byte("%PDF")) {
			t.Errorf("letter %q with %d journals in its cut", first.Name, len(first.Cut.Journals))
		}
		for _, part := range []string{"According to Northern Relief, 7 persons were arrested.", "Northern Relief fears that persons whose number is not stated could be forcibly returned",
			"일곱 명이 체포되었다", "seven were arrested", "graded B2", string(sc.kind), "1 September 2001", "Release them", "Han Sol"} {
			if !strings.Contains(first.HTML, part) {
				t.Errorf("the letter does not say %q", part)
			}
		}
		// What becomes of the record later changes nothing.
		must(t, sc.s.Write(t.Context(), policy.AddRecord, func(w *access.Writer) error {
			_, err := register.Retract(t.Context(), w, []record.ID{sc.kind}, "misread")
			return err
		}))
		must(t, sc.s.Read(t.Context(), policy.ReadRecord, func(r *access.Reader) error {
			again, err := Get(t.Context(), r, first.Name)
			if d := cmp.Diff(first.Body, again.Body); d != "" {
				t.Errorf("the letter changed:\n%s", d)
			}
			return err
		}))
		if _, refused, err := sc.freeze(t, sc.content()); !fault.Is(err, fault.KindInvalid) || !cmp.Equal(reasons(refused), []Reason{ReasonRetracted}) {
			t.Errorf("a retracted fact: %v %v", refused, err)
		}
	})
}

func TestFreezeTwiceKeepsOne(t *testing.T) {
	accesstest.Each(t, rooms(), func(t *testing.T, e *accesstest.Env) {
		sc := newScene(t, e)
		a, _, err := sc.freeze(t, sc.content())
		must(t, err)
		e.Now = e.Now.Add(48 * time.Hour)
		b, _, err := sc.freeze(t, sc.content())
		must(t, err)
		if a.Entry != b.Entry {
			t.Errorf("the same letter was kept twice, as %s and %s", a.Entry, b.Entry)
		}
	})
}

func TestRefusedWithConsent(t *testing.T) {
	accesstest.Each(t, rooms(), func(t *testing.T, e *accesstest.Env) {
		sc := newScene(t, e)
		c := sc.content()
		c.Facts = []Fact{{Statements: []record.ID{sc.kind, sc.victim, sc.told}}}
		_, refused, err := sc.freeze(t, c)
		if d := cmp.Diff([]Refusal{{Fact: 1, Statement: sc.victim, Reason: ReasonPerson, Who: sc.person}, {Fact: 1, Statement: sc.told, Reason: ReasonSource, Who: sc.witness}}, refused); d != "" || !fault.Is(err, fault.KindForbidden) {
			t.Errorf("%v\n%s", err, d)
		}
		given := sc.consent(t, sc.person)
		sc.consent(t, sc.witness)
		l, refused, err := sc.freeze(t, c)
		if err != nil {
			t.Fatalf("%v %v", err, refused)
		}
		if !strings.Contains(l.HTML, "the second woman") || strings.Contains(l.HTML, "CANARY") {
			t.Error("the letter calls the person by another than the neutral title")
		}
		must(t, sc.s.Write(t.Context(), policy.Judge, func(w *access.Writer) error {
			_, err := register.Undo(t.Context(), w, given, "withdrawn by telephone")
			return err
		}))
		c.Subject = "Another letter"
		if _, refused, _ := sc.freeze(t, c); !cmp.Equal(reasons(refused), []Reason{ReasonPerson}) {
			t.Errorf("after withdrawal: %v", refused)
		}
	})
}

func TestRefusedOthers(t *testing.T) {
	accesstest.Each(t, rooms(), func(t *testing.T, e *accesstest.Env) {
		sc := newScene(t, e)
		tests := []struct {
			name   string
			change func(*Content)
			want   []Reason
			kind   fault.Kind
		}{
			{"signatory without consent", func(c *Content) { c.Signatories[0].ConsentHow = "" }, []Reason{ReasonSignatory}, fault.KindForbidden},
			{"sealed name", func(c *Content) { c.Facts = []Fact{{Statements: []record.ID{sc.kind.Entry().Thing(17)}}} }, []Reason{ReasonSealed}, fault.KindForbidden},
			{"no such statement", func(c *Content) { c.Facts = []Fact{{Statements: []record.ID{"nonsense"}}} }, []Reason{ReasonUnknown}, fault.KindInvalid},
			{"no such figure", func(c *Content) { c.Facts = []Fact{{Figure: "nothing"}} }, []Reason{ReasonUnknown}, fault.KindInvalid},
			{"edited out of its mode", func(c *Content) { c.Facts[1].Text = "People will be returned." }, []Reason{ReasonHedge}, fault.KindInvalid},
			{"nobody signs", func(c *Content) { c.Signatories = nil }, nil, fault.KindInvalid},
			{"no such demand", func(c *Content) { c.Demands[0].Demand = sc.person }, nil, fault.KindInvalid},
			{"reply before the letter", func(c *Content) { c.ReplyBy = "2001-07-01" }, nil, fault.KindInvalid},
			{"date that is no day", func(c *Content) { c.Date = "2001-08" }, nil, fault.KindInvalid},
		}
		for _, x := range tests {
			t.Run(x.name, func(t *testing.T) {
				c := sc.content()
				x.change(&c)
				_, refused, err := sc.freeze(t, c)
				if d := cmp.Diff(x.want, reasons(refused)); d != "" || !fault.Is(err, x.kind) {
					t.Errorf("%v\n%s", err, d)
				}
			})
		}
		c := sc.content()
		c.Facts[1].Text = "Northern Relief fears that they could all be sent back."
		l, _, err := sc.freeze(t, c)
		must(t, err)
		if s := l.Sentences[1]; !s.Edited || s.Text != c.Facts[1].Text || s.Generated == s.Text {
			t.Errorf("edited sentence kept as %+v", s)
		}
	})
}

func TestRepliesAndState(t *testing.T) {
	accesstest.Each(t, rooms(), func(t *testing.T, e *accesstest.Env) {
		sc := newScene(t, e)
		ctx := t.Context()
		e.Now = time.Date(2001, 8, 2, 9, 0, 0, 0, time.UTC)
		l, _, err := sc.freeze(t, sc.content())
		must(t, err)
		state := func(want State) {
			t.Helper()
			must(t, sc.s.Read(ctx, policy.ReadRecord, func(r *access.Reader) error {
				ls, total, err := List(ctx, r, 0, 10)
				if err == nil && (total != 1 || len(ls) != 1 || ls[0].State != want) {
					t.Errorf("letters %+v of %d, want %s", ls, total, want)
				}
				return err
			}))
		}
		reply := func(b ReplyBody) error {
			b.Letter = l.Name
			return sc.s.Write(ctx, policy.WriteLetter, func(w *access.Writer) error {
				_, err := AddReply(ctx, w, b)
				return err
			})
		}
		state(Awaiting)
		e.Now = time.Date(2001, 9, 2, 9, 0, 0, 0, time.UTC)
		state(Overdue)
		must(t, reply(ReplyBody{What: Silence, When: "2001-09-02"}))
		state(Overdue)
		must(t, reply(ReplyBody{What: Partial, When: "2001-09-20", Text: "They will look into it."}))
		state(Answered)
		for name, b := range map[string]ReplyBody{"no kind": {When: "2001-09-20"}, "no date": {What: Replied}, "document that is a person": {What: Replied, When: "2001-09-20", Document: sc.person}} {
			if err := reply(b); !fault.Is(err, fault.KindInvalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		for _, term := range []record.TermID{"met.partly", "met.met"} {
			must(t, sc.s.Write(ctx, policy.AddRecord, func(w *access.Writer) error {
				words, err := sc.l.Lexicon.Load(ctx, w)
				return errors.Join(err, Answer(ctx, w, words, sc.demand, term, "", "letter of September"))
			}))
			must(t, sc.s.Read(ctx, policy.ReadRecord, func(r *access.Reader) error {
				got, err := AnswerOf(ctx, r, sc.demand)
				if got != term {
					t.Errorf("the demand stands at %s, want %s", got, term)
				}
				return err
			}))
		}
		live, err := e.DB.Digest(ctx)
		must(t, err)
		must(t, e.DB.Rebuild(ctx))
		again, err := e.DB.Digest(ctx)
		must(t, err)
		for _, table := range []string{"letters", "replies"} {
			if live[table] != again[table] || live[table].Rows == 0 {
				t.Errorf("table %s differs after a replay: %v, was %v", table, again[table], live[table])
			}
		}
	})
}

func TestDrafts(t *testing.T) {
	accesstest.Each(t, rooms(), func(t *testing.T, e *accesstest.Env) {
		ctx := t.Context()
		mine, other := e.As("kim", policy.Analyst), e.As("lee", policy.Analyst)
		id, err := NewDraft(ctx, mine, Content{Language: "ko"})
		must(t, err)
		must(t, mine.Write(ctx, policy.WriteLetter, func(w *access.Writer) error { return SaveDraft(ctx, w, id, Content{Language: "ko", Subject: "제목"}) }))
		must(t, mine.Read(ctx, policy.ReadRecord, func(r *access.Reader) error {
			c, err := GetDraft(ctx, r, id)
			if c.Subject != "제목" {
				t.Errorf("draft %+v", c)
			}
			return err
		}))
		err = other.Write(ctx, policy.WriteLetter, func(w *access.Writer) error { return SaveDraft(ctx, w, id, Content{}) })
		if !fault.Is(err, fault.KindNotFound) {
			t.Errorf("somebody else's draft was saved: %v", err)
		}
		must(t, mine.Write(ctx, policy.WriteLetter, func(w *access.Writer) error { return DropDraft(ctx, w, id) }))
		must(t, mine.Read(ctx, policy.ReadRecord, func(r *access.Reader) error {
			ls, err := Drafts(ctx, r)
			if len(ls) != 0 {
				t.Errorf("dropped draft is listed: %v", ls)
			}
			return err
		}))
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
