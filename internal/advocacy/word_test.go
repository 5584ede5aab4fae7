package advocacy

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"asylon/edtf"
	"asylon/internal/record"
	"asylon/internal/record/seed"
	"asylon/internal/register"
)

var update = flag.Bool("update", false, "write the golden files anew")

func seedWords(t testing.TB) *register.Words {
	t.Helper()
	b, err := seed.Words()
	if err != nil {
		t.Fatal(err)
	}
	return register.NewWords(b.Properties, b.Terms)
}

func date(s string) *record.Date {
	d := edtf.MustParse(s)
	return &record.Date{EDTF: s, Earliest: int64(d.Earliest()), Latest: int64(d.Latest()), Resolved: d.Resolved()}
}

func number(lo, hi int64, unit record.Unit) *record.Count {
	c := &record.Count{Low: lo, Unit: unit}
	if hi > 0 {
		c.High = &hi
	}
	return c
}

// say makes an item of entity a, said by source s.
func say(p record.PropertyID, v record.Value) register.Item {
	return register.Item{Statement: record.Statement{Entity: "a", Property: p, Value: v, Source: "s"}, Live: true}
}

func lookup(t testing.TB) Lookup {
	return Lookup{Words: seedWords(t),
		Names: map[record.ID]string{"s": "Northern Relief", "place": "Longjing", "bridge": "Tumen bridge", "guards": "border guards", "family": "a family of seven",
			"woman": "the second woman", "doc": "Notes of June", "police": "경찰"},
		Kinds: map[record.ID]record.Kind{"a": record.KindAct, "c": record.KindCondition, "p": record.KindPosition, "woman": record.KindPerson, "family": record.KindGroup}}
}

// arrests are the statements of one act.
func arrests() []register.Item {
	return []register.Item{
		say(record.PropActKind, record.Value{Term: "control.arrest"}),
		say(record.PropActDate, record.Value{Date: date("2001-06")}),
		say(record.PropActPlace, record.Value{Ref: "place"}),
		say(record.PropActCount, record.Value{Count: number(7, 7, "persons")}),
		say(record.PropActPerpetrator, record.Value{Ref: "guards", Qual: "degree.carried"}),
	}
}

func inMode(m record.Mode, items []register.Item) []register.Item {
	for i := range items {
		items[i].Mode = m
	}
	return items
}

func of(e record.ID, items ...register.Item) []register.Item {
	for i := range items {
		items[i].Entity = e
	}
	return items
}

func without(source string, items []register.Item) []register.Item {
	for i := range items {
		items[i].Source, items[i].Document = "", record.ID(source)
	}
	return items
}

type wordCase struct {
	name  string
	items []register.Item
}

func wordCases() []wordCase {
	var cases []wordCase
	for _, m := range record.Modes() {
		cases = append(cases, wordCase{"act " + string(m), inMode(m, arrests())},
			wordCase{"act " + string(m) + ", no source", without("", inMode(m, arrests()))},
			wordCase{"condition " + string(m), inMode(m, of("c",
				say(record.PropConditionKind, record.Value{Term: "condition.checks"}), say(record.PropConditionTrend, record.Value{Term: "trend.up"}),
				say(record.PropConditionPlace, record.Value{Ref: "place"})))})
	}
	rate := say(record.PropActRate, record.Value{Count: number(45, 55, "persons")})
	rate.Value.Count.Per, rate.Words = "P2D", "around 50"
	vague := say(record.PropActCount, record.Value{Count: number(200, 0, "persons")})
	vague.Words, vague.Partial = "hundreds", true
	unplaced := say(record.PropActDate, record.Value{Date: &record.Date{EDTF: "XXXX-07"}})
	unplaced.Words = "end of July"
	return append(cases,
		wordCase{"from a document", without("doc", arrests())},
		wordCase{"rate without a period", []register.Item{say(record.PropActKind, record.Value{Term: "return.handover"}), rate,
			say(record.PropActPlace, record.Value{Ref: "bridge"}), say(record.PropActReported, record.Value{Date: date("2001-07-09")})}},
		wordCase{"rate in a period", []register.Item{say(record.PropActKind, record.Value{Term: "return.handover"}), rate, say(record.PropActDate, record.Value{Date: date("2001-06/2001-08")})}},
		wordCase{"vague count, partial view", []register.Item{say(record.PropActKind, record.Value{Term: "return"}), vague}},
		wordCase{"date not placed", []register.Item{say(record.PropActKind, record.Value{Term: "return"}), unplaced}},
		wordCase{"about a day", []register.Item{say(record.PropActKind, record.Value{Term: "leaving.crossing"}), say(record.PropActDate, record.Value{Date: date("2001-06-09~")})}},
		wordCase{"one person", []register.Item{say(record.PropActKind, record.Value{Term: "control.arrest"}), say(record.PropActVictim, record.Value{Ref: "woman"})}},
		wordCase{"several victims", []register.Item{say(record.PropActKind, record.Value{Term: "around.marriage"}), say(record.PropActVictim, record.Value{Ref: "woman"}), say(record.PropActVictim, record.Value{Ref: "family"})}},
		wordCase{"returns are not people", []register.Item{say(record.PropActKind, record.Value{Term: "return"}), say(record.PropActCount, record.Value{Count: number(9, 9, "returns")})}},
		wordCase{"search of homes", []register.Item{say(record.PropActKind, record.Value{Term: "control.search"}), say(record.PropActCount, record.Value{Count: number(3, 3, "households")})}},
		wordCase{"act without a verb", []register.Item{say(record.PropActKind, record.Value{Term: "answer.letter"}), say(record.PropActReason, record.Value{Text: "the treaty"})}},
		wordCase{"kind not chosen", []register.Item{say(record.PropActDate, record.Value{Date: date("2001-06-09")})}},
		wordCase{"position", of("p", say(record.PropPositionHolder, record.Value{Ref: "police"}), say(record.PropPositionKind, record.Value{Term: "position.status"}),
			say(record.PropPositionText, record.Value{Text: "They are economic migrants"}))},
	)
}

func TestSentenceGolden(t *testing.T) {
	l := lookup(t)
	for _, lang := range Languages() {
		t.Run(lang, func(t *testing.T) {
			var b strings.Builder
			for _, c := range wordCases() {
				w := l.Sentence(lang, c.items...)
				fmt.Fprintf(&b, "# %s\n%s\n", c.name, w.Text)
				for _, h := range w.Hedges {
					fmt.Fprintf(&b, "  keep: %s\n", h)
					if !strings.Contains(strings.ToLower(w.Text), strings.ToLower(h)) {
						t.Errorf("%s: the sentence does not have its own hedge %q", c.name, h)
					}
				}
			}
			golden := filepath.Join("testdata", "sentences."+lang+".txt")
			if *update {
				if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(want), b.String()); d != "" {
				t.Errorf("sentences changed (-golden +now):\n%s", d)
			}
		})
	}
}

// A detail of an act that a source only fears must never read as if the act
// had happened, whichever statements are chosen.
func TestDetailsKeepTheModeOfTheAct(t *testing.T) {
	l := lookup(t)
	l.Modes = map[Told]record.Mode{{"a", "s"}: record.ModeFeared}
	w := l.Sentence("en", say(record.PropActDate, record.Value{Date: date("2001-06")}))
	if !strings.HasPrefix(w.Text, "Northern Relief fears that ") || len(w.Hedges) != 1 {
		t.Errorf("a date of a feared act reads %q", w.Text)
	}
}

func TestSentenceSeparatesSourcesAndModes(t *testing.T) {
	l := lookup(t)
	rapid.Check(t, func(t *rapid.T) {
		var items []register.Item
		want := map[string]bool{}
		for range rapid.IntRange(1, 6).Draw(t, "n") {
			it := say(record.PropActKind, record.Value{Term: "control.arrest"})
			it.Entity = record.ID(rapid.SampledFrom([]string{"a", "b"}).Draw(t, "entity"))
			it.Source = record.ID(rapid.SampledFrom([]string{"s", "police"}).Draw(t, "source"))
			it.Mode = rapid.SampledFrom([]record.Mode{record.ModeFeared, record.ModeDenied}).Draw(t, "mode")
			items = append(items, it)
			want[string(it.Entity)+string(it.Source)+string(it.Mode)] = true
		}
		l.Kinds = map[record.ID]record.Kind{"a": record.KindAct, "b": record.KindAct}
		if got := len(l.Sentence("en", items...).Hedges); got != len(want) {
			t.Fatalf("%d sentences for %d of entity, source and mode", got, len(want))
		}
	})
}

func TestFigureWords(t *testing.T) {
	tests := []struct{ lang, want string }{
		{"en", "Counted from the reports recorded by 2001-09-01 (arrest, from June 2001, to August 2001, in Longjing, as reported): at least 7 persons (figure abc)."},
		{"ko", "2001-09-01까지 기록된 보고를 세면 (arrest, 2001년 6월부터, 2001년 8월까지, Longjing, 보고된 것만): at least 7 persons (수치 abc)."},
	}
	for _, x := range tests {
		if got := figureWords(x.lang, "arrest", "Longjing", "2001-06", "2001-08", "at least 7 persons", "2001-09-01", "abc"); got != x.want {
			t.Errorf("%s: %q, want %q", x.lang, got, x.want)
		}
	}
}
