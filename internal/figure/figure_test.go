package figure

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"asylon/internal/access"
	"asylon/internal/access/accesstest"
	"asylon/internal/fault"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/record/seed"
	"asylon/internal/register"
	"asylon/internal/resolve"
	"asylon/internal/store"

	"asylon/edtf"
)

var update = flag.Bool("update", false, "write the golden files anew")

func rooms() []store.Room { return []store.Room{register.Room(), Room()} }

// office is a record being written by a test.
type office struct {
	t     testing.TB
	e     *accesstest.Env
	s     *access.Session
	lex   *register.Lexicon
	words *register.Words
}

func newOffice(t testing.TB, e *accesstest.Env) *office {
	o := &office{t: t, e: e, s: e.As("mina", policy.Analyst, policy.Keeper), lex: &register.Lexicon{}}
	body, err := seed.Words()
	o.must(err)
	o.must(o.s.Write(t.Context(), policy.DefineWords, func(w *access.Writer) error {
		_, err := register.Define(t.Context(), w, register.NewWords(nil, nil), body)
		return err
	}))
	o.must(o.s.Read(t.Context(), policy.ReadRecord, func(r *access.Reader) error {
		o.words, err = o.lex.Load(t.Context(), r)
		return err
	}))
	return o
}

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// fact is a statement in short.
type fact struct {
	p    record.PropertyID
	v    record.Value
	more func(*record.Statement)
}

func date(s string) record.Value {
	d, err := edtf.Parse(s)
	if err != nil {
		panic(err)
	}
	return record.Value{Date: &record.Date{EDTF: s, Earliest: int64(d.Earliest()), Latest: int64(d.Latest()), Resolved: true}}
}

func count(low, high int64, unit record.Unit) record.Value {
	return record.Value{Count: &record.Count{Low: low, High: &high, Unit: unit}}
}

func ref(id record.ID) record.Value      { return record.Value{Ref: id} }
func term(id record.TermID) record.Value { return record.Value{Term: id} }

// add records a new entity, from a source.
func (o *office) add(kind record.Kind, source record.ID, facts ...fact) record.ID {
	o.t.Helper()
	in := register.Input{New: []record.NewEntity{{N: 1, Kind: kind}}, Source: source}
	for _, f := range facts {
		s := record.Statement{Entity: record.Local(1), Property: f.p, Value: f.v}
		if f.more != nil {
			f.more(&s)
		}
		in.Statements = append(in.Statements, s)
	}
	return o.record(in).Entities[0]
}

func (o *office) record(in register.Input) (got register.Recorded) {
	o.t.Helper()
	o.must(o.s.Write(o.t.Context(), policy.AddRecord, func(w *access.Writer) error {
		var err error
		got, err = register.Record(o.t.Context(), w, o.words, in)
		return err
	}))
	return got
}

func (o *office) say(entity, source record.ID, p record.PropertyID, v record.Value) record.ID {
	o.t.Helper()
	return o.record(register.Input{Source: source, Statements: []record.Statement{{Entity: entity, Property: p, Value: v}}}).Statements[0]
}

func (o *office) judge(t register.JudgementType, a, b record.ID) {
	o.t.Helper()
	o.must(o.s.Write(o.t.Context(), policy.Judge, func(w *access.Writer) error {
		_, err := register.Judge(o.t.Context(), w, register.JudgementBody{Type: t, A: a, B: b, Reason: "read both reports"})
		return err
	}))
}

func (o *office) ask(q Question) Figure {
	o.t.Helper()
	f, err := Ask(o.t.Context(), o.s, o.lex, q)
	o.must(err)
	return f
}

// small writes a record of three returns, an arrest, a denied and a feared one.
func (o *office) small() map[string]record.ID {
	ids := map[string]record.ID{}
	name := func(s string) fact { return fact{p: record.PropLabel, v: record.Value{Text: s}} }
	ids["net"] = o.add(record.KindSource, "", name("A network"), fact{p: record.PropSourceReliability, v: record.Value{Text: "B"}})
	ids["paper"] = o.add(record.KindSource, "", name("A newspaper"), fact{p: record.PropSourceOrigin, v: ref(ids["net"])})
	ids["jilin"] = o.add(record.KindPlace, "", name("Jilin"))
	ids["longjing"] = o.add(record.KindPlace, "", name("Longjing"), fact{p: record.PropPlaceWithin, v: ref(ids["jilin"])})
	ids["dandong"] = o.add(record.KindPlace, "", name("Dandong"))
	ids["p1"], ids["p2"] = o.add(record.KindPerson, "", name("a woman")), o.add(record.KindPerson, "", name("a boy"))
	ids["family"] = o.add(record.KindGroup, ids["net"], fact{p: record.PropGroupKind, v: term("group.family")}, fact{p: record.PropGroupCount, v: count(7, 7, "persons")})
	o.say(ids["p1"], ids["net"], record.PropPersonGroup, ref(ids["family"]))
	kind := func(t record.TermID) fact { return fact{p: record.PropActKind, v: term(t)} }
	ids["june"] = o.add(record.KindAct, ids["net"], kind("return"), fact{p: record.PropActDate, v: date("2001-06")}, fact{p: record.PropActPlace, v: ref(ids["longjing"])},
		fact{p: record.PropActCount, v: count(40, 60, "persons")}, fact{p: record.PropActVictim, v: ref(ids["family"])})
	o.say(ids["june"], ids["paper"], record.PropActCount, count(50, 50, "persons")) // repeats the network: one report
	ids["july"] = o.add(record.KindAct, ids["net"], kind("return.handover"), fact{p: record.PropActDate, v: date("2001-07-03")}, fact{p: record.PropActPlace, v: ref(ids["dandong"])},
		fact{p: record.PropActVictim, v: ref(ids["p1"])}, fact{p: record.PropActVictim, v: ref(ids["p2"])})
	ids["summer"] = o.add(record.KindAct, ids["net"], kind("return"), fact{p: record.PropActDate, v: date("2001-06/2001-08")},
		fact{p: record.PropActCount, v: count(200, 999, "persons")}, fact{p: record.PropActRate, v: record.Value{Count: &record.Count{Low: 45, Unit: "persons", Per: "P2D"}}})
	ids["arrest"] = o.add(record.KindAct, ids["net"], kind("control.arrest"), fact{p: record.PropActDate, v: date("2001-06")}, fact{p: record.PropActCount, v: count(7, 7, "persons")})
	denied := kind("return.expulsion")
	denied.more = func(s *record.Statement) { s.Mode = record.ModeDenied }
	ids["denied"] = o.add(record.KindAct, ids["paper"], denied)
	return ids
}

func TestAsk(t *testing.T) {
	accesstest.Each(t, rooms(), func(t *testing.T, e *accesstest.Env) {
		o := newOffice(t, e)
		ids := o.small()
		q := Question{Count: "persons", Act: "return", From: "2001-06", To: "2001-08", By: resolve.ByMonth}
		f := o.ask(q)
		// Summer may overlap with June and July; those two are different.
		if f.Result.Low != 200 || f.Result.High == nil || *f.Result.High != 60+2+999-1 {
			t.Errorf("low %d high %v", f.Result.Low, f.Result.High)
		}
		if len(f.Result.Beside) != 1 || f.Result.Beside[0].Act != ids["denied"] {
			t.Errorf("beside %v", f.Result.Beside)
		}
		if again := o.ask(q); again.Name != f.Name || !bytes.Equal(again.Bytes, f.Bytes) {
			t.Error("the same question of the same record got another figure")
		}
		o.judge(register.PartOf, ids["june"], ids["summer"])
		o.judge(register.PartOf, ids["july"], ids["summer"])
		later := o.ask(q)
		if later.Name == f.Name || *later.Result.High != 999 || later.Result.Low != 200 {
			t.Errorf("judged: %s, %d to %d", later.Name, later.Result.Low, *later.Result.High)
		}
		o.must(o.s.Read(t.Context(), policy.ReadRecord, func(r *access.Reader) error {
			old, err := Get(t.Context(), r, f.Name)
			if err != nil || !bytes.Equal(old.Bytes, f.Bytes) || old.Erased != 0 || old.Statements < 12 {
				t.Errorf("a kept figure changed: %d of %d erased, %v", old.Erased, old.Statements, err)
			}
			if got, want := In(later.Title, "en"), "Persons, forced return, means not stated, June 2001 to August 2001, by month"; got != want {
				t.Errorf("%q, want %q", got, want)
			}
			lines, total, err := List(t.Context(), r, Filter{Unit: "persons", Act: "return"}, 0, 10)
			if err != nil || total != 2 || len(lines) != 2 || lines[0].Name != later.Name || lines[1].Low != 200 {
				t.Errorf("list: %d %v %v", total, lines, err)
			}
			_, err = Get(t.Context(), r, "nothing")
			if !fault.Is(err, fault.KindNotFound) {
				t.Errorf("a figure that is not there: %v", err)
			}
			return nil
		}))
		before, err := e.DB.Digest(t.Context())
		o.must(err)
		o.must(e.DB.Rebuild(t.Context()))
		after, err := e.DB.Digest(t.Context())
		o.must(err)
		if d := cmp.Diff(fmt.Sprint(before), fmt.Sprint(after)); d != "" {
			t.Errorf("a replay gives other tables (-want +got):\n%s", d)
		}
	})
}

func TestUnitsAndFilters(t *testing.T) {
	accesstest.Each(t, rooms(), func(t *testing.T, e *accesstest.Env) {
		o := newOffice(t, e)
		ids := o.small()
		tests := []struct {
			name      string
			q         Question
			low, high int64
		}{
			{"persons in a month and place", Question{Count: "persons", Act: "return", From: "2001-06", To: "2001-06", Place: ids["jilin"]}, 40, 60 + 999},
			{"persons handed over", Question{Count: "persons", Act: "return.handover", Place: ids["dandong"], From: "2001-07", To: "2001-07"}, 2, 2 + 999},
			{"families", Question{Count: "families", Act: "return"}, 1, 1},
			{"returns are not persons", Question{Count: "returns", Act: "return"}, 9, 9},
			{"acts", Question{Count: "acts", Act: "return"}, 2, 3},
			{"arrests", Question{Count: "persons", Act: "control"}, 7, 7},
			{"only well graded", Question{Count: "persons", Act: "return", Eligible: resolve.Eligible{Grade: 2}}, 0, 0},
			{"before all", Question{Count: "persons", Act: "return", To: "1999"}, 0, 0},
		}
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				f := o.ask(tt.q)
				if f.Result.High == nil || f.Result.Low != tt.low || *f.Result.High != tt.high {
					b, _ := json.MarshalIndent(f.Result, "", " ")
					t.Errorf("low %d, want %d to %d: %s", f.Result.Low, tt.low, tt.high, b)
				}
			})
		}
	})
}

func TestErasedInputs(t *testing.T) {
	accesstest.Each(t, rooms(), func(t *testing.T, e *accesstest.Env) {
		o := newOffice(t, e)
		ids := o.small()
		f := o.ask(Question{Count: "persons", Act: "return"})
		o.must(e.DB.Write(t.Context(), func(tx *store.Tx) error { return tx.Erase(t.Context(), ids["july"].Entry(), 0) }))
		o.must(o.s.Read(t.Context(), policy.ReadRecord, func(r *access.Reader) error {
			got, err := Get(t.Context(), r, f.Name)
			if err != nil || got.Erased != 5 || !bytes.Equal(got.Bytes, f.Bytes) {
				t.Errorf("%d erased, want 5; %v", got.Erased, err)
			}
			return nil
		}))
	})
}

func TestRefused(t *testing.T) {
	e := accesstest.Memory(t, rooms())
	o := newOffice(t, e)
	ids := o.small()
	tests := []struct {
		name string
		q    Question
		kind fault.Kind
		say  string
	}{
		{"unit", Question{Count: "boats"}, fault.KindInvalid, "boats"},
		{"act", Question{Count: "persons", Act: "flying"}, fault.KindInvalid, "tree of acts"},
		{"date", Question{Count: "persons", From: "sometime"}, fault.KindInvalid, "from"},
		{"order", Question{Count: "persons", From: "2002", To: "2001"}, fault.KindInvalid, "before it begins"},
		{"by", Question{Count: "persons", By: "colour"}, fault.KindInvalid, "divide"},
		{"place", Question{Count: "persons", Place: ids["p1"]}, fault.KindInvalid, "places"},
		{"no such place", Question{Count: "persons", Place: "abcdefghijklmnop.a1.a1"}, fault.KindNotFound, ""},
		{"grade", Question{Count: "persons", Eligible: resolve.Eligible{Grade: 9}}, fault.KindInvalid, "grade"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Ask(t.Context(), o.s, o.lex, tt.q)
			if !fault.Is(err, tt.kind) || !strings.Contains(err.Error(), tt.say) {
				t.Errorf("%v", err)
			}
		})
	}
	if _, err := Ask(t.Context(), e.As("reader", policy.Reader), o.lex, Question{Count: "persons"}); !fault.Is(err, fault.KindForbidden) {
		t.Errorf("a reader kept a figure: %v", err)
	}
}

// TestGolden keeps the form of a figure: ids replaced by names, since they
// hang on the journal's key.
func TestGolden(t *testing.T) {
	e := accesstest.Memory(t, rooms())
	o := newOffice(t, e)
	o.small()
	for _, by := range []resolve.By{"", resolve.ByMonth, resolve.ByPlace, resolve.BySource} {
		f := o.ask(Question{Count: "persons", Act: "return", From: "2001-05", To: "2001-08", By: by})
		var b bytes.Buffer
		o.must(json.Indent(&b, f.Bytes, "", " "))
		s := strings.ReplaceAll(b.String(), f.Name, "NAME")
		for _, p := range f.Cut.Journals {
			s = strings.ReplaceAll(s, string(p.Journal), "JOURNAL")
			root, err := json.Marshal(p.Root)
			o.must(err)
			s = strings.ReplaceAll(s, string(root), `"ROOT"`)
		}
		path := filepath.Join("testdata", "by-"+string(by)+".json")
		if *update {
			o.must(os.MkdirAll("testdata", 0o755))
			o.must(os.WriteFile(path, []byte(s), 0o644))
		}
		want, err := os.ReadFile(path)
		o.must(err)
		if d := cmp.Diff(string(want), s); d != "" {
			t.Errorf("%s (-want +got):\n%s", path, d)
		}
	}
}

func TestInWords(t *testing.T) {
	n := func(x int64) *int64 { return &x }
	tests := []struct {
		r      resolve.Result
		en, ko string
	}{
		{resolve.Result{Unit: "persons"}, "no reports", "보고 없음"},
		{resolve.Result{Unit: "persons", Reported: true}, "reports, but none states a number", "보고는 있으나 수를 밝힌 것이 없음"},
		{resolve.Result{Unit: "persons", Reported: true, Numbered: true, Low: 1200, High: n(1200)}, "at least 1,200 persons", "최소 1,200명"},
		{resolve.Result{Unit: "persons", Reported: true, Numbered: true, Low: 40, Best: n(50), High: n(60)}, "at least 40 persons; up to 60 were reported; best stated: 50", "최소 40명, 보고된 최대 60, 밝힌 최적값 50"},
		{resolve.Result{Unit: "persons", Reported: true, Numbered: true, Low: 20}, "at least 20 persons; no upper bound was reported", "최소 20명, 보고된 상한 없음"},
		{resolve.Result{Unit: "returns", Reported: true, Numbered: true, Low: 1, High: n(1)}, "at least 1 return", "최소 1건(송환)"},
		{resolve.Result{Unit: "families", Reported: true, Numbered: true, Complete: true, Low: 3, High: n(4)}, "3 to 4 families", "3~4가족"},
		{resolve.Result{Unit: "persons", Reported: true, Numbered: true, Complete: true, Low: 7, High: n(7)}, "7 persons", "7명"},
	}
	for _, tt := range tests {
		if got := InWords(tt.r, "en"); got != tt.en {
			t.Errorf("%q, want %q", got, tt.en)
		}
		if got := InWords(tt.r, "ko"); got != tt.ko {
			t.Errorf("%q, want %q", got, tt.ko)
		}
	}
}

// BenchmarkAsk asks a record of many acts: 100 statements of 20 acts an entry.
func BenchmarkAsk(b *testing.B) {
	o := newOffice(b, accesstest.Memory(b, rooms()))
	place := o.add(record.KindPlace, "", fact{p: record.PropLabel, v: record.Value{Text: "Tumen"}})
	const acts = 5_000
	for i := 0; i < acts; i += 20 {
		in := register.Input{}
		for j := range 20 {
			e := record.Local(j + 1)
			in.New = append(in.New, record.NewEntity{N: j + 1, Kind: record.KindAct})
			add := func(p record.PropertyID, v record.Value) {
				in.Statements = append(in.Statements, record.Statement{Entity: e, Property: p, Value: v})
			}
			add(record.PropActKind, term("return"))
			add(record.PropActDate, date(fmt.Sprintf("%04d-%02d", 1996+i/20%15, 1+j%12)))
			add(record.PropActPlace, ref(place))
			add(record.PropActCount, count(int64(j), int64(j+5), "persons"))
		}
		o.record(in)
	}
	for _, q := range []Question{{Count: "persons", Act: "return", By: resolve.ByMonth}, {Count: "persons", Act: "return", From: "2001-06", To: "2001-08"}} {
		b.Run(fmt.Sprintf("from=%s", q.From), func(b *testing.B) {
			for b.Loop() {
				o.must(o.s.Read(b.Context(), policy.AskFigure, func(r *access.Reader) error {
					_, err := Compute(b.Context(), r, o.lex, q)
					return err
				}))
			}
		})
	}
}
