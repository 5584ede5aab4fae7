package resolve

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"asylon/edtf"
	"asylon/internal/record"
)

func id(s string) record.ID { return record.ID(s) }

func ptr(n int64) *int64 { return &n }

// stmt is a claim of a count; a high below zero is open.
func stmt(name string, low, high int64) Claim {
	n := &record.Count{Low: low, Unit: Persons}
	if high >= 0 {
		n.High = &high
	}
	return Claim{ID: id(name), Live: true, SourceDate: NoDay, Origin: name,
		Statement: record.Statement{Property: record.PropActCount, Value: record.Value{Count: n}}}
}

func best(c Claim, n int64) Claim       { c.Value.Count.Best = &n; return c }
func partial(c Claim) Claim             { c.Partial = true; return c }
func unit(c Claim, u record.Unit) Claim { c.Value.Count.Unit = u; return c }
func origin(c Claim, o string) Claim    { c.Origin = o; return c }
func per(c Claim, p string) Claim       { c.Value.Count.Per = p; return c }
func person(name string) Link           { return Link{id(name), record.KindPerson, id("s-" + name)} }
func grouped(name string) Link          { return Link{id(name), record.KindGroup, id("s-" + name)} }
func at(place string) func(*Act) {
	return func(a *Act) { a.Places = append(a.Places, Link{To: id(place)}) }
}
func with(ls ...Link) func(*Act)  { return func(a *Act) { a.Linked = append(a.Linked, ls...) } }
func says(cs ...Claim) func(*Act) { return func(a *Act) { a.Counts = append(a.Counts, cs...) } }
func in(events ...string) func(*Act) {
	return func(a *Act) {
		for _, e := range events {
			a.Events = append(a.Events, Link{To: id(e)})
		}
	}
}

func on(date string) func(*Act) {
	return func(a *Act) {
		d, err := edtf.Parse(date)
		if err != nil {
			panic(err)
		}
		a.Dates = append(a.Dates, Date{Span{int64(d.Earliest()), int64(d.Latest())}, id("s-date-" + string(a.ID))})
	}
}

func act(name, kind string, more ...func(*Act)) Act {
	a := Act{ID: id(name), Kinds: []Term{{record.TermID(kind), id("s-kind-" + name)}}}
	for _, f := range more {
		f(&a)
	}
	return a
}

func period(date string) *Span {
	d, err := edtf.Parse(date)
	if err != nil {
		panic(err)
	}
	return &Span{int64(d.Earliest()), int64(d.Latest())}
}

// small is a record with the places and terms of the tests.
func small(acts ...Act) *Record {
	return &Record{Acts: acts,
		Parents: map[record.TermID]record.TermID{"return.expulsion": "return", "return.handover": "return", "control.arrest": "control"},
		Within:  map[record.ID][]record.ID{"longjing": {"jilin"}, "tumen": {"jilin"}, "dandong": {"liaoning"}, "jilin": {"china"}, "liaoning": {"china"}}}
}

// shape is the part of a result that the tables look at. A high below zero is open.
type shape struct{ Low, Best, High int64 }

func shapeOf(r Result) shape {
	s := shape{r.Low, -1, -1}
	if r.Best != nil {
		s.Best = *r.Best
	}
	if r.High != nil {
		s.High = *r.High
	}
	return s
}

func TestCount(t *testing.T) {
	returns := Question{Unit: Persons, Term: "return"}
	june, july := on("2001-06"), on("2001-07")
	family := map[record.ID]Group{"g7": {Family: true, Counts: []Claim{stmt("n7", 7, 7)}, Members: []record.ID{"p1"}}}
	tests := []struct {
		name string
		q    Question
		rec  *Record
		want shape
		warn []WarningKind
	}{
		{"one stated", returns, small(act("a", "return", june, at("longjing"), says(best(stmt("1", 4, 6), 5)))), shape{4, 5, 6}, nil},
		{"two views of one act are joined, not added", returns,
			small(act("a", "return", june, at("longjing"), says(stmt("1", 40, 60), stmt("2", 50, 80)))), shape{40, -1, 80}, nil},
		{"disjoint: conflict and no best", returns,
			small(act("a", "return", june, at("longjing"), says(best(stmt("1", 10, 10), 10), best(stmt("2", 20, 20), 20)))), shape{10, -1, 20}, []WarningKind{WarnConflict}},
		{"copies of one origin count once", returns,
			small(act("a", "return", june, at("longjing"), says(best(origin(stmt("1", 10, 10), "x"), 10), best(origin(stmt("2", 10, 10), "x"), 10)))), shape{10, 10, 10}, nil},
		{"a partial view raises low", returns,
			small(act("a", "return", june, at("longjing"), says(stmt("1", 10, 50), partial(stmt("2", 20, 20))))), shape{20, -1, 50}, nil},
		{"only a partial view leaves high open", returns,
			small(act("a", "return", june, at("longjing"), says(partial(stmt("2", 20, 20))))), shape{20, -1, -1}, nil},
		{"linked persons raise low and high", returns,
			small(act("a", "return", june, at("longjing"), says(stmt("1", 1, 2)), with(person("p1"), person("p2"), person("p3")))), shape{3, -1, 3}, []WarningKind{WarnConflict}},
		{"nothing stated, nobody linked", returns,
			small(act("a", "return", june, at("longjing"))), shape{0, -1, 0}, []WarningKind{WarnNoNumber}},
		{"a rate gives no total", returns,
			small(act("a", "return", june, at("longjing"), says(per(stmt("1", 45, 55), "P2D")))), shape{0, -1, 0}, []WarningKind{WarnNoNumber, WarnRate}},
		{"other units are not converted", returns,
			small(act("a", "return", june, at("longjing"), says(unit(stmt("1", 3, 3), "families"), stmt("2", 9, 12)))), shape{9, -1, 12}, []WarningKind{WarnOtherUnit}},
		{"different months add", returns,
			small(act("a", "return", june, at("longjing"), says(stmt("1", 40, 60))), act("b", "return", july, at("longjing"), says(stmt("2", 5, 9)))), shape{45, -1, 69}, nil},
		{"different places add", returns,
			small(act("a", "return", june, at("longjing"), says(stmt("1", 40, 60))), act("b", "return", june, at("tumen"), says(stmt("2", 5, 9)))), shape{45, -1, 69}, nil},
		{"may be one: largest low, sum of highs", returns,
			small(act("a", "return", june, at("longjing"), says(stmt("1", 40, 60))), act("b", "return", june, at("jilin"), says(stmt("2", 5, 9)))), shape{40, -1, 69}, []WarningKind{WarnOverlap}},
		{"an undated act between two does not hide that they differ", returns,
			small(act("a", "return", june, at("longjing"), says(stmt("1", 40, 60))), act("b", "return", at("longjing"), says(stmt("2", 50, 50))), act("c", "return", july, at("longjing"), says(stmt("3", 30, 30)))),
			shape{70, -1, 140}, []WarningKind{WarnOverlap, WarnOverlap, WarnUndated}},
		{"one person twice is one person", returns,
			small(act("a", "return", june, at("longjing"), with(person("p1"), person("p2"))), act("b", "return", july, at("longjing"), with(person("p1")))), shape{2, -1, 2}, nil},
		{"and three returns", Question{Unit: Returns, Term: "return"},
			small(act("a", "return", june, at("longjing"), with(person("p1"), person("p2"))), act("b", "return", july, at("longjing"), with(person("p1")))), shape{3, -1, 3}, nil},
		{"linked persons may be among the uncounted of an overlapping act", returns,
			small(act("a", "return", june, at("longjing"), with(person("p1"), person("p2"), person("p3"))), act("b", "return", june, at("longjing"), says(stmt("1", 50, 50)))),
			shape{50, -1, 53}, []WarningKind{WarnOverlap}},
		{"a member lies inside the linked group", returns,
			&Record{Acts: []Act{act("a", "return", june, at("longjing"), with(person("p1"), grouped("g7")))}, Groups: family}, shape{7, -1, 7}, nil},
		{"a group returned twice is seven persons", returns,
			&Record{Acts: []Act{act("a", "return", june, at("longjing"), with(grouped("g7"))), act("b", "return", july, at("longjing"), with(grouped("g7")))}, Groups: family}, shape{7, -1, 7}, nil},
		{"and one family", Question{Unit: "families", Term: "return"},
			&Record{Acts: []Act{act("a", "return", june, at("longjing"), with(grouped("g7"))), act("b", "return", july, at("longjing"), with(grouped("g7")))}, Groups: family}, shape{1, -1, 1}, nil},
		{"and fourteen returns", Question{Unit: Returns, Term: "return"},
			&Record{Acts: []Act{act("a", "return", june, at("longjing"), with(grouped("g7"))), act("b", "return", july, at("longjing"), with(grouped("g7")))}, Groups: family}, shape{14, -1, 14}, nil},
		{"possible matches enter high only", Question{Unit: Persons, Term: "return", Period: period("2001-06")},
			small(act("a", "return", june, at("longjing"), says(stmt("1", 5, 5))), act("b", "return", on("2001"), at("tumen"), says(stmt("2", 7, 7))), act("c", "return", july, at("tumen"), says(stmt("3", 100, 100)))),
			shape{5, -1, 12}, nil},
		{"a wider kind is possible", Question{Unit: Persons, Term: "return.expulsion"},
			small(act("a", "return", june, at("longjing"), says(stmt("1", 5, 5))), act("b", "control.arrest", june, at("longjing"), says(stmt("2", 9, 9)))), shape{0, -1, 5}, nil},
		{"a wider place is possible", Question{Unit: Persons, Term: "return", Place: "longjing"},
			small(act("a", "return", june, at("china"), says(stmt("1", 5, 5))), act("b", "return", july, at("longjing"), says(stmt("2", 2, 2))), act("c", "return", july, at("dandong"), says(stmt("3", 9, 9)))), shape{2, -1, 7}, nil},
		{"acts may be one", Question{Unit: Acts, Term: "return"},
			small(act("a", "return", june, at("longjing")), act("b", "return", june, at("longjing")), act("c", "return", july, at("longjing"))), shape{2, -1, 3}, []WarningKind{WarnOverlap}},
		{"events once each", Question{Unit: Events, Term: "return"},
			small(act("a", "return", june, at("longjing"), in("e")), act("b", "return", june, at("longjing"), in("e")), act("c", "return", july, at("longjing"), in("f"))), shape{2, -1, 2}, nil},
		{"nothing reported", returns, small(), shape{0, -1, 0}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Count(tt.q, tt.rec)
			if d := cmp.Diff(tt.want, shapeOf(got)); d != "" {
				t.Errorf("result (-want +got):\n%s", d)
			}
			var kinds []WarningKind
			for _, w := range got.Warnings {
				kinds = append(kinds, w.Kind)
			}
			if d := cmp.Diff(tt.warn, kinds); d != "" {
				t.Errorf("warnings (-want +got):\n%s", d)
			}
		})
	}
}

func TestCountJudged(t *testing.T) {
	q := Question{Unit: Persons, Term: "return"}
	june := on("2001-06")
	acts := []Act{act("a", "return", june, at("longjing"), says(stmt("1", 40, 60))), act("b", "return", june, at("longjing"), says(stmt("2", 45, 70)), with(person("p1"), person("p2")))}
	judged := func(f func(*Record)) shape {
		r := small(acts...)
		f(r)
		return shapeOf(Count(q, r))
	}
	tests := []struct {
		name string
		f    func(*Record)
		want shape
	}{
		{"unjudged", func(*Record) {}, shape{45, -1, 130}},
		{"distinct", func(r *Record) { r.Distinct = []Pair{{"b", "a"}} }, shape{85, -1, 130}},
		{"same", func(r *Record) { r.Canonical = map[record.ID]record.ID{"a": "a", "b": "a"} }, shape{40, -1, 70}},
		{"same, disputed", func(r *Record) {
			r.Canonical, r.Disputed = map[record.ID]record.ID{"a": "a", "b": "a"}, map[record.ID]bool{"a": true}
		}, shape{40, -1, 130}},
		{"part of", func(r *Record) { r.Parts = []Part{{"a", "b"}} }, shape{45, -1, 70}},
		{"part of what states nothing", func(r *Record) {
			r.Acts = append(r.Acts, act("c", "return", june, at("longjing")))
			r.Parts = []Part{{"a", "c"}, {"b", "c"}}
		}, shape{45, -1, 130}},
		{"a circle of parts holds nothing", func(r *Record) { r.Parts = []Part{{"a", "b"}, {"b", "a"}} }, shape{45, -1, 130}},
		{"persons that may be one", func(r *Record) {
			r.Acts = []Act{act("a", "return", june, at("longjing"), with(person("p1"), person("p2")))}
			r.Candidates = []Pair{{"p1", "p2"}}
		}, shape{1, -1, 2}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if d := cmp.Diff(tt.want, judged(tt.f)); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestComplete(t *testing.T) {
	r := small(act("a", "return", on("2001-06"), says(stmt("1", 4, 4)), in("e")), act("b", "return", on("2001-07"), says(stmt("2", 4, 4)), in("e")))
	if Count(Question{Unit: Persons}, r).Complete {
		t.Error("complete without a judgement")
	}
	r.Complete = map[record.ID]bool{"e": true}
	if !Count(Question{Unit: Persons}, r).Complete {
		t.Error("judged complete, and not")
	}
}

func TestBeside(t *testing.T) {
	denied := Act{ID: "d", Beside: []Aside{{record.ModeDenied, record.PropActKind, "return.expulsion", "s"}}}
	r := Count(Question{Unit: Persons, Term: "return"}, small(denied, Act{ID: "x", Beside: []Aside{{record.ModeFeared, record.PropActKind, "control", "t"}}}))
	want := []Noted{{record.ModeDenied, "d", record.PropActKind, "s"}}
	if d := cmp.Diff(want, r.Beside); d != "" || r.Reported {
		t.Errorf("beside (-want +got):\n%s reported %v", d, r.Reported)
	}
}

func TestSeries(t *testing.T) {
	r := small(act("a", "return", on("2001-06"), at("longjing"), says(stmt("1", 4, 6))), act("b", "return.expulsion", on("2001-06/2001-07"), at("tumen"), says(stmt("2", 10, 10))),
		act("c", "return", says(stmt("3", 1, 1))))
	sources := map[record.ID]record.ID{"1": "x", "2": "y", "3": "y"}
	tests := []struct {
		by   By
		want map[string]shape
	}{
		{ByMonth, map[string]shape{"2001-06": {4, -1, 16}, "2001-07": {0, -1, 10}, "": {1, -1, 1}}},
		{ByPlace, map[string]shape{"longjing": {4, -1, 6}, "tumen": {10, -1, 10}, "": {1, -1, 1}}},
		{ByAct, map[string]shape{"return": {4, -1, 7}, "return.expulsion": {10, -1, 10}}},
		{BySource, map[string]shape{"": {0, -1, 0}, "x": {4, -1, 6}, "y": {10, -1, 11}}},
	}
	for _, tt := range tests {
		t.Run(string(tt.by), func(t *testing.T) {
			bs, err := Series(Question{Unit: Persons, Term: "return"}, r, tt.by, sources)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]shape{}
			for _, b := range bs {
				got[b.Key] = shapeOf(Result{Low: b.Low, Best: b.Best, High: b.High})
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestProperty(t *testing.T) {
	c := func(name, edtfDate string, f func(*Claim)) Claim {
		d, err := edtf.Parse(edtfDate)
		if err != nil {
			t.Fatal(err)
		}
		x := Claim{ID: id(name), Live: true, SourceDate: NoDay, Statement: record.Statement{Property: record.PropActDate,
			Value: record.Value{Date: &record.Date{EDTF: edtfDate, Earliest: int64(d.Earliest()), Latest: int64(d.Latest()), Resolved: true}}}}
		if f != nil {
			f(&x)
		}
		return x
	}
	tests := []struct {
		name   string
		claims []Claim
		shown  record.ID
		rule   Rule
	}{
		{"only", []Claim{c("1", "2001-06", nil)}, "1", RuleOnly},
		{"agree", []Claim{c("2", "2001-06", nil), c("1", "2001-06", nil)}, "1", RuleAgree},
		{"id", []Claim{c("2", "2001-06", nil), c("1", "2001-07", nil)}, "1", RuleID},
		{"date", []Claim{c("2", "2001-06", func(x *Claim) { x.SourceDate = 5 }), c("1", "2001-07", nil)}, "2", RuleDate},
		{"reliability", []Claim{c("2", "2001-06", func(x *Claim) { x.Reliability = "B" }), c("1", "2001-07", func(x *Claim) { x.SourceDate = 5 })}, "2", RuleReliability},
		{"grade", []Claim{c("2", "2001-06", func(x *Claim) { x.Grade = 2 }), c("1", "2001-07", func(x *Claim) { x.Reliability = "A" })}, "2", RuleGrade},
		{"review", []Claim{c("2", "2001-06", func(x *Claim) { x.Review = record.ReviewAccepted }), c("1", "2001-07", func(x *Claim) { x.Grade = 1 })}, "2", RuleReview},
		{"preferred", []Claim{c("2", "2001-06", func(x *Claim) { x.Preferred = true }), c("1", "2001-07", func(x *Claim) { x.Review = record.ReviewAccepted })}, "2", RulePreferred},
		{"rejected and withdrawn do not count", []Claim{c("1", "2001-07", func(x *Claim) { x.Review = record.ReviewRejected }), c("0", "2001-07", func(x *Claim) { x.Live = false }), c("2", "2001-06", nil)}, "2", RuleOnly},
		{"denied stands beside", []Claim{c("1", "2001-07", func(x *Claim) { x.Mode = record.ModeDenied }), c("2", "2001-06", nil)}, "2", RuleOnly},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for range 2 {
				slices.Reverse(tt.claims)
				got := Property(record.PropActDate, false, tt.claims, Eligible{})
				if got.Shown != tt.shown || got.Rule != tt.rule {
					t.Errorf("shown %s by %s, want %s by %s", got.Shown, got.Rule, tt.shown, tt.rule)
				}
			}
		})
	}
	got := Property(record.PropActDate, false, []Claim{c("1", "2001-06", nil), c("2", "2001-06-05", nil), c("3", "2001-08", nil)}, Eligible{})
	if d := cmp.Diff([]record.ID{"1", "2"}, got.Agreeing); d != "" || !got.Conflict || *got.Dates != (Span{period("2001-06").First, period("2001-08").Last}) {
		t.Errorf("agreeing (-want +got):\n%s conflict %v dates %v", d, got.Conflict, got.Dates)
	}
}

// drawRecord draws a record with linked persons, groups, counts, and places.
func drawRecord(t *rapid.T) *Record {
	r := small()
	r.Groups = map[record.ID]Group{}
	for i := range rapid.IntRange(0, 2).Draw(t, "groups") {
		n := rapid.Int64Range(1, 9).Draw(t, "size")
		g := Group{Counts: []Claim{stmt(fmt.Sprint("g", i), n, n+rapid.Int64Range(0, 3).Draw(t, "more"))}}
		if rapid.Bool().Draw(t, "member") {
			g.Members = []record.ID{id(fmt.Sprint("p", rapid.IntRange(0, 5).Draw(t, "who")))}
		}
		r.Groups[id(fmt.Sprint("g", i))] = g
	}
	dates := []string{"2001-06-03", "2001-06", "2001-07", "2001-06/2001-08", ""}
	places := []string{"longjing", "tumen", "jilin", "dandong", ""}
	for i := range rapid.IntRange(0, 7).Draw(t, "acts") {
		a := act(fmt.Sprint("a", i), rapid.SampledFrom([]string{"return", "return.expulsion", "control.arrest"}).Draw(t, "kind"))
		if d := rapid.SampledFrom(dates).Draw(t, "date"); d != "" {
			on(d)(&a)
		}
		if p := rapid.SampledFrom(places).Draw(t, "place"); p != "" {
			at(p)(&a)
		}
		for j := range rapid.IntRange(0, 2).Draw(t, "counts") {
			a.Counts = append(a.Counts, drawCount(t, fmt.Sprint("c", i, "-", j)))
		}
		for range rapid.IntRange(0, 3).Draw(t, "linked") {
			a.Linked = append(a.Linked, person(fmt.Sprint("p", rapid.IntRange(0, 5).Draw(t, "person"))))
		}
		for g := range r.Groups {
			if len(r.Groups) > 0 && rapid.IntRange(0, 3).Draw(t, "group") == 0 {
				a.Linked = append(a.Linked, grouped(string(g)))
				break
			}
		}
		r.Acts = append(r.Acts, a)
	}
	return r
}

func drawCount(t *rapid.T, name string) Claim {
	low := rapid.Int64Range(0, 40).Draw(t, "low")
	c := stmt(name, low, low+rapid.Int64Range(0, 20).Draw(t, "width"))
	switch rapid.IntRange(0, 5).Draw(t, "how") {
	case 0:
		c.Value.Count.High = nil
	case 1:
		c.Partial = true
	case 2:
		c.Value.Count.Best = ptr(low)
	}
	if rapid.IntRange(0, 4).Draw(t, "origin") == 0 {
		c.Origin = "shared"
	}
	c.Value.Count.Unit = rapid.SampledFrom([]record.Unit{Persons, Persons, Persons, Returns}).Draw(t, "unit")
	return c
}

func drawQuestion(t *rapid.T, filtered bool) Question {
	q := Question{Unit: rapid.SampledFrom([]record.Unit{Persons, Returns, Acts, Events, "families"}).Draw(t, "asked")}
	if filtered {
		q.Term = rapid.SampledFrom([]record.TermID{"return", "return.expulsion", ""}).Draw(t, "term")
		q.Place = rapid.SampledFrom([]record.ID{"", "longjing", "jilin"}).Draw(t, "in")
		if p := rapid.SampledFrom([]string{"", "2001-06", "2001"}).Draw(t, "period"); p != "" {
			q.Period = period(p)
		}
	}
	return q
}

// judge adds same and part-of judgements, without circles, to a record.
func judge(t *rapid.T, r *Record) *Record {
	out := *r
	out.Canonical = map[record.ID]record.ID{}
	for k, v := range r.Canonical {
		out.Canonical[k] = v
	}
	if len(r.Acts) < 2 {
		return &out
	}
	i := rapid.IntRange(0, len(r.Acts)-2).Draw(t, "first")
	j := rapid.IntRange(i+1, len(r.Acts)-1).Draw(t, "second")
	a, b := r.Acts[i].ID, r.Acts[j].ID
	switch rapid.IntRange(0, 2).Draw(t, "judgement") {
	case 0:
		if !slices.Contains(r.Parts, Part{b, a}) { // a part that is the whole is no sound record
			same(&out, a, b)
		}
	case 1:
		out.Parts = append(slices.Clone(r.Parts), Part{b, a})
	default:
		same(&out, "p0", rapid.SampledFrom([]record.ID{"p1", "p2"}).Draw(t, "person"))
	}
	return &out
}

// same makes one cluster of those of a and b.
func same(r *Record, a, b record.ID) {
	x, y := r.canonical(a), r.canonical(b)
	root := min(x, y)
	r.Canonical[a], r.Canonical[b] = root, root
	for id, c := range r.Canonical {
		if c == x || c == y {
			r.Canonical[id] = root
		}
	}
}

func check(t *rapid.T, r Result) {
	if r.High != nil && *r.High < r.Low || r.Reach < r.Low || r.Certain < r.Low || r.Reach < r.Certain {
		t.Fatalf("low %d, certain %d, reach %d, high %v", r.Low, r.Certain, r.Reach, shapeOf(r))
	}
	if r.Best != nil && (*r.Best < r.Low || r.High != nil && *r.Best > *r.High) {
		t.Fatalf("best %d outside %v", *r.Best, shapeOf(r))
	}
}

func TestLowBestHigh(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRecord(t)
		for range rapid.IntRange(0, 3).Draw(t, "judgements") {
			r = judge(t, r)
		}
		check(t, Count(drawQuestion(t, true), r))
	})
}

func TestJudgedOverlapNeverRaisesHigh(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q, r := drawQuestion(t, false), drawRecord(t)
		if rapid.Bool().Draw(t, "judged before") {
			r = judge(t, r)
		}
		before, after := Count(q, r), Count(q, judge(t, r))
		if after.High == nil && before.High != nil || after.High != nil && before.High != nil && *after.High > *before.High {
			t.Fatalf("high was %v, is %v", shapeOf(before), shapeOf(after))
		}
	})
}

func TestPartialViewNeverLowers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q, r := drawQuestion(t, true), drawRecord(t)
		if len(r.Acts) == 0 {
			return
		}
		before := Count(q, r)
		i := rapid.IntRange(0, len(r.Acts)-1).Draw(t, "act")
		more := *r
		more.Acts = slices.Clone(r.Acts)
		c := partial(stmt("view", rapid.Int64Range(0, 99).Draw(t, "seen"), -1))
		more.Acts[i].Counts = append(slices.Clone(r.Acts[i].Counts), c)
		after := Count(q, &more)
		if after.Low < before.Low || after.Reach < before.Reach {
			t.Fatalf("was %v, is %v", shapeOf(before), shapeOf(after))
		}
	})
}

func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q, r := drawQuestion(t, true), judge(t, drawRecord(t))
		before := Count(q, r)
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		mixed := *r
		mixed.Acts = slices.Clone(r.Acts)
		rng.Shuffle(len(mixed.Acts), func(i, j int) { mixed.Acts[i], mixed.Acts[j] = mixed.Acts[j], mixed.Acts[i] })
		for i := range mixed.Acts {
			a := &mixed.Acts[i]
			a.Counts, a.Linked = slices.Clone(a.Counts), slices.Clone(a.Linked)
			slices.Reverse(a.Counts)
			slices.Reverse(a.Linked)
		}
		if d := cmp.Diff(before, Count(q, &mixed)); d != "" {
			t.Fatalf("another order, another answer (-want +got):\n%s", d)
		}
	})
}

// TestSpreadIsNoMore compares the quick search for large clusters with the
// exact one.
func TestSpreadIsNoMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRecord(t)
		if len(r.Acts) > 2 && rapid.Bool().Draw(t, "distinct") {
			r.Distinct = []Pair{{r.Acts[0].ID, r.Acts[1].ID}, {r.Acts[1].ID, r.Acts[2].ID}}
		}
		w := newWorld(Question{Unit: Persons}, r, false)
		f := w.forest(w.nodes)
		bs := w.bundles(f, f.tops)
		weight := make([]int64, len(bs))
		top := int64(0)
		for i, b := range bs {
			weight[i] = b.low
			top = max(top, b.low)
		}
		quick, exact := w.spread(bs, weight), w.different(bs, weight)
		if quick > exact || quick < top {
			t.Fatalf("quick %d, exact %d, largest %d", quick, exact, top)
		}
	})
}

func many(n int) *Record {
	r := small()
	places := []string{"longjing", "tumen", "dandong", "jilin", ""}
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range n {
		a := act(fmt.Sprintf("a%06d", i), "return", on(fmt.Sprintf("%04d-%02d", 1995+rng.IntN(20), 1+rng.IntN(12))))
		if p := places[rng.IntN(len(places))]; p != "" {
			at(p)(&a)
		}
		low := int64(rng.IntN(50))
		says(stmt(fmt.Sprint("c", i), low, low+int64(rng.IntN(20))))(&a)
		with(person(fmt.Sprint("p", rng.IntN(n))))(&a)
		r.Acts = append(r.Acts, a)
	}
	return r
}

func TestManyActs(t *testing.T) {
	r := Count(Question{Unit: Persons, Term: "return"}, many(3000))
	if r.Low == 0 || r.High == nil || *r.High < r.Low || len(r.Acts) != 3000 {
		t.Errorf("%v of %d acts", shapeOf(r), len(r.Acts))
	}
}

func BenchmarkCount(b *testing.B) {
	for _, n := range []int{100, 10_000, 100_000} {
		rec := many(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				Count(Question{Unit: Persons, Term: "return"}, rec)
			}
		})
	}
}

func BenchmarkSeries(b *testing.B) {
	rec := many(100_000)
	for b.Loop() {
		if _, err := Series(Question{Unit: Persons, Term: "return"}, rec, ByMonth, nil); err != nil {
			b.Fatal(err)
		}
	}
}
