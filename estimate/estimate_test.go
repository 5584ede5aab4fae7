package estimate_test

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"asylon/estimate"
)

// quick are settings for tests that are not about precision.
func quick(m estimate.Method) estimate.Settings {
	return estimate.Settings{Method: m, Seed: 7, Bootstrap: 40,
		Latent: estimate.LatentSettings{Steps: 600, Thin: 2, MaxSteps: 600}}
}

func mustEstimate(t testing.TB, table estimate.Table, set estimate.Settings) estimate.Result {
	t.Helper()
	res, err := estimate.Estimate(context.Background(), table, set)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func mustJSON(t testing.TB, v any) string {
	t.Helper()
	data, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestWorkersChangeNothing(t *testing.T) {
	table := invented(t)
	for _, m := range estimate.Methods() {
		set := quick(m)
		one := mustEstimate(t, table, set)
		set.Workers = 5
		five := mustEstimate(t, table, set)
		if diff := cmp.Diff(mustJSON(t, one), mustJSON(t, five)); diff != "" {
			t.Errorf("%s: one worker and five: %s", m, diff)
		}
	}
}

func TestSeedMatters(t *testing.T) {
	set := quick(estimate.MethodEnvelope)
	a := mustEstimate(t, invented(t), set)
	set.Seed++
	b := mustEstimate(t, invented(t), set)
	if a.Low == b.Low && a.High == b.High {
		t.Errorf("two seeds gave the same limits %v and %v", a.Low, a.High)
	}
}

// answers are the numbers of a result, without names and places of lists.
func answers(r estimate.Result) []float64 {
	out := []float64{float64(r.N), float64(r.Overlap), float64(r.Estimate), float64(r.Low), float64(r.High)}
	for _, f := range r.Families {
		out = append(out, float64(f.Estimate), float64(f.Low), float64(f.High))
	}
	for i, x := range out {
		if math.IsNaN(x) {
			out[i] = -1
		}
	}
	return out
}

// reordered returns the table with its lists in another order.
func reordered(t testing.TB, table estimate.Table, order []int) estimate.Table {
	lists := make([]string, len(order))
	for i, j := range order {
		lists[i] = table.Lists()[j]
	}
	cells := table.Cells()
	for c := range cells {
		var w estimate.Pattern
		for i, j := range order {
			if cells[c].Pattern.Has(j) {
				w |= 1 << i
			}
		}
		cells[c].Pattern = w
	}
	out, err := estimate.NewTable(lists, cells)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestRelabellingChangesNothing(t *testing.T) {
	table := invented(t)
	for _, m := range estimate.Methods() {
		if m == estimate.MethodChapman {
			continue // its families are the pairs, in the order of the lists
		}
		want := mustEstimate(t, table, quick(m))
		for _, order := range [][]int{{2, 0, 1}} {
			got := mustEstimate(t, reordered(t, table, order), quick(m))
			if diff := cmp.Diff(answers(want), answers(got)); diff != "" {
				t.Errorf("%s, order %v: %s", m, order, diff)
			}
			if len(want.Reasons) != len(got.Reasons) || len(want.Warnings) != len(got.Warnings) {
				t.Errorf("%s, order %v: %d and %d reasons, %d and %d warnings", m, order,
					len(want.Reasons), len(got.Reasons), len(want.Warnings), len(got.Warnings))
			}
		}
	}
}

// A list's names go where its numbers go.
func TestNamesFollowLists(t *testing.T) {
	res := mustEstimate(t, invented(t), quick(estimate.MethodChapman))
	want := map[string]bool{"clinic×court": true, "clinic×church": true, "court×church": true}
	for _, f := range res.Families {
		if !want[f.Named] {
			t.Errorf("pair %q", f.Named)
		}
	}
	got := mustEstimate(t, invented(t), quick(estimate.MethodEnvelope))
	if diff := cmp.Diff([]string{"clinic", "court", "church"}, got.Lists); diff != "" {
		t.Error(diff)
	}
	var dropped []string
	for _, d := range got.Sensitivity.DropList {
		dropped = append(dropped, d.List)
	}
	if diff := cmp.Diff(got.Lists, dropped); diff != "" {
		t.Error(diff)
	}
}

func TestEmptyListChangesNothing(t *testing.T) {
	table := invented(t)
	wider, err := estimate.NewTable(append([]string{"nobody"}, table.Lists()...), shifted(table.Cells()))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range estimate.Methods() {
		want, got := mustEstimate(t, table, quick(m)), mustEstimate(t, wider, quick(m))
		if diff := cmp.Diff(answers(want), answers(got)); diff != "" {
			t.Errorf("%s: %s", m, diff)
		}
		if len(got.Warnings) != len(want.Warnings)+1 {
			t.Errorf("%s: the empty list was not mentioned", m)
		}
	}
}

// shifted moves every list up by one.
func shifted(cells []estimate.Cell) []estimate.Cell {
	for i := range cells {
		cells[i].Pattern <<= 1
	}
	return cells
}

func TestMoreOverlapNeverRaisesChapman(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.IntRange(1, 500).Draw(t, "a"), rapid.IntRange(1, 500).Draw(t, "b")
		m := rapid.IntRange(0, min(a, b)-1).Draw(t, "common")
		less, more := estimate.Chapman(a, b, m, 0.95), estimate.Chapman(a, b, m+1, 0.95)
		if more.Estimate > less.Estimate {
			t.Fatalf("%d in common: %v; %d: %v", m, less.Estimate, m+1, more.Estimate)
		}
		for _, i := range []estimate.Interval{less, more} {
			if !(i.Low <= i.Estimate+1e-9 && i.Estimate <= i.High+1e-9) {
				t.Fatalf("interval %+v", i)
			}
		}
	})
}

// No method may find fewer people than were found, whatever the table.
func TestNeverFewerThanObserved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.IntRange(2, 4).Draw(t, "lists")
		var cells []estimate.Cell
		for w := estimate.Pattern(1); w < 1<<p; w++ {
			if c := rapid.OneOf(rapid.Just(0), rapid.IntRange(0, 30)).Draw(t, "count"); c > 0 {
				cells = append(cells, estimate.Cell{Pattern: w, Count: c})
			}
		}
		table, err := estimate.NewTable([]string{"A", "B", "C", "D"}[:p], cells)
		if err != nil {
			t.Skip(err)
		}
		m := rapid.SampledFrom(estimate.Methods()).Draw(t, "method")
		set := quick(m)
		set.Bootstrap, set.Latent.Steps, set.Latent.MaxSteps = 5, 500, 500
		res, err := estimate.Estimate(context.Background(), table, set)
		if err != nil {
			t.Fatal(err)
		}
		if res.Refused == res.Estimate.Known() {
			t.Fatalf("refused %v, estimate %v", res.Refused, res.Estimate)
		}
		if res.Refused && len(res.Reasons) == 0 {
			t.Fatal("refused without a reason")
		}
		for _, f := range res.Families {
			// Sample coverage and two-list estimates do not count people of
			// other lists, so they alone may fall below.
			if f.Family != estimate.FamilyTwoList && float64(f.Estimate) < float64(res.N)-1e-6 {
				t.Fatalf("%s: %v of %d observed", f.Method, f.Estimate, res.N)
			}
			if float64(f.Low) > float64(f.High) {
				t.Fatalf("%s: from %v to %v", f.Method, f.Low, f.High)
			}
		}
		if _, err := json.Marshal(res); err != nil {
			t.Fatal(err)
		}
	})
}

func TestRefusals(t *testing.T) {
	cells := func(counts map[estimate.Pattern]int) []estimate.Cell {
		var out []estimate.Cell
		for w := estimate.Pattern(1); w < 16; w++ {
			if counts[w] > 0 {
				out = append(out, estimate.Cell{Pattern: w, Count: counts[w]})
			}
		}
		return out
	}
	three := []string{"A", "B", "C"}
	for _, tt := range []struct {
		name     string
		lists    []string
		counts   map[estimate.Pattern]int
		declared estimate.Declared
		want     estimate.Key
	}{
		{name: "two lists", lists: three[:2], counts: map[estimate.Pattern]int{1: 50, 2: 60, 3: 30}, want: "lists.two"},
		{name: "one list", lists: three[:2], counts: map[estimate.Pattern]int{1: 50}, want: "lists.one"},
		{name: "few overlaps", lists: three, counts: map[estimate.Pattern]int{1: 50, 2: 60, 4: 40, 3: 6, 5: 6, 6: 7}, want: "overlap.too-few"},
		{name: "list apart", lists: three, counts: map[estimate.Pattern]int{1: 50, 2: 60, 3: 40, 4: 30}, want: "list.isolated"},
		{name: "list inside another", lists: three, counts: map[estimate.Pattern]int{1: 50, 2: 60, 3: 40, 5: 20, 7: 9}, want: "list.inside"},
		{name: "same list twice", lists: three, counts: map[estimate.Pattern]int{1: 50, 6: 60, 7: 40}, want: "lists.same"},
		{name: "other places", lists: three, counts: map[estimate.Pattern]int{1: 50, 2: 60, 4: 40, 3: 20, 5: 20, 6: 20, 7: 9},
			declared: estimate.Declared{Scope: "A covers one province only"}, want: "declared.scope"},
		{name: "a copied list", lists: three, counts: map[estimate.Pattern]int{1: 50, 2: 60, 4: 40, 3: 20, 5: 20, 6: 20, 7: 9},
			declared: estimate.Declared{Copied: []estimate.Copied{{List: "A", From: "B"}}}, want: "declared.copied"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			table, err := estimate.NewTable(tt.lists, cells(tt.counts))
			if err != nil {
				t.Fatal(err)
			}
			set := quick(estimate.MethodEnvelope)
			set.Declared = tt.declared
			res := mustEstimate(t, table, set)
			if !res.Refused || res.Estimate.Known() || res.High.Known() {
				t.Fatalf("refused %v, estimate %v", res.Refused, res.Estimate)
			}
			var keys []estimate.Key
			for _, m := range res.Reasons {
				keys = append(keys, m.Key)
			}
			found := false
			for _, k := range keys {
				found = found || k == tt.want
			}
			if !found {
				t.Errorf("reasons %v, want %s", keys, tt.want)
			}
		})
	}
}

// A single method says what the envelope would refuse, but answers.
func TestSingleMethodsAnswer(t *testing.T) {
	table, err := estimate.NewTable([]string{"A", "B", "C"}, []estimate.Cell{
		{Pattern: 1, Count: 40}, {Pattern: 2, Count: 50}, {Pattern: 4, Count: 30}, {Pattern: 3, Count: 8}, {Pattern: 5, Count: 4}, {Pattern: 6, Count: 5}})
	if err != nil {
		t.Fatal(err)
	}
	res := mustEstimate(t, table, quick(estimate.MethodIndependence))
	if res.Refused || !res.Estimate.Known() {
		t.Fatalf("refused %v, estimate %v", res.Refused, res.Estimate)
	}
	text := mustJSON(t, res.Warnings)
	for _, want := range []string{"overlap.too-few", "method.single"} {
		if !strings.Contains(text, want) {
			t.Errorf("no warning %s in %s", want, text)
		}
	}
}

func TestSettingsErrors(t *testing.T) {
	for name, set := range map[string]estimate.Settings{
		"method":    {Method: "guess"},
		"level":     {Level: 1},
		"bootstrap": {Bootstrap: -1},
		"chains":    {Chains: 3},
		"threshold": {Threshold: 2},
		"criterion": {Criterion: "dic"},
		"grid":      {Graphs: estimate.GraphSettings{Grid: -1}},
		"delta":     {Graphs: estimate.GraphSettings{Delta: math.NaN()}},
		"classes":   {Latent: estimate.LatentSettings{Classes: 1000}},
		"thin":      {Latent: estimate.LatentSettings{Steps: 1000, Thin: 500}},
		"list":      {Declared: estimate.Declared{Copied: []estimate.Copied{{List: "A", From: "nowhere"}}}},
	} {
		_, err := estimate.Estimate(context.Background(), invented(t), set)
		var input *estimate.InputError
		if !errors.As(err, &input) {
			t.Errorf("%s: error %v, want an input error", name, err)
		}
	}
}

func TestCancelAndProgress(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	set := quick(estimate.MethodEnvelope)
	set.Workers = 3
	var mu sync.Mutex
	stages := make(map[estimate.Stage]estimate.Progress)
	set.Report = func(p estimate.Progress) {
		if !mu.TryLock() {
			t.Error("two reports at the same time")
			return
		}
		defer mu.Unlock()
		if p.Done > p.Total {
			t.Errorf("%s: %d of %d done", p.Stage, p.Done, p.Total)
		}
		stages[p.Stage] = p
	}
	mustEstimate(t, invented(t), set)
	for s, p := range stages {
		if p.Done != p.Total {
			t.Errorf("%s ended at %d of %d", s, p.Done, p.Total)
		}
	}
	if len(stages) < 7 {
		t.Errorf("only the stages %v were reported", stages)
	}
	// Cancelling from a report of each stage must end the work there.
	for stage := range stages {
		ctx, cancel := context.WithCancel(ctx)
		set.Report = func(p estimate.Progress) {
			if p.Stage == stage {
				cancel()
			}
		}
		set.Latent.Steps = 20_000
		set.Latent.MaxSteps = 20_000
		if _, err := estimate.Estimate(ctx, invented(t), set); !errors.Is(err, context.Canceled) && stage != estimate.StageLinks {
			t.Errorf("cancelled at %s: %v", stage, err)
		}
		cancel()
	}
	cancel()
	if _, err := estimate.Estimate(ctx, invented(t), quick(estimate.MethodLatent)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before it began: %v", err)
	}
}

// The fields that programs read keep their names.
func TestResultJSON(t *testing.T) {
	var got map[string]any
	if err := json.Unmarshal([]byte(mustJSON(t, mustEstimate(t, invented(t), quick(estimate.MethodEnvelope)))), &got); err != nil {
		t.Fatal(err)
	}
	for _, field := range []string{"n", "lists", "overlap", "method", "estimate", "low", "high", "level",
		"families", "warnings", "refused", "reasons", "settings", "seconds"} {
		if _, ok := got[field]; !ok {
			t.Errorf("no field %s", field)
		}
	}
	if got["n"] != 295.0 || got["overlap"] != 75.0 || got["method"] != "envelope" || got["level"] != 0.95 {
		t.Errorf("n %v, overlap %v, method %v, level %v", got["n"], got["overlap"], got["method"], got["level"])
	}
	low, mid, high := got["low"].(float64), got["estimate"].(float64), got["high"].(float64)
	if !(295 <= low && low < mid && mid < high) {
		t.Errorf("%v from %v to %v", mid, low, high)
	}
	for _, r := range []any{got["reasons"], got["warnings"]} {
		if _, ok := r.([]any); !ok {
			t.Errorf("%v is not a list, empty or not", r)
		}
	}
}

// Tables at the edges of what is allowed must be answered or refused, soon.
func TestExtremeTables(t *testing.T) {
	lists := strings.Split("a b c d e f g h i j k l", " ")
	var sparse []estimate.Cell
	for j := range 12 {
		sparse = append(sparse, estimate.Cell{Pattern: 1 << j, Count: 20},
			estimate.Cell{Pattern: 1<<j | 1<<((j+1)%12), Count: 3})
	}
	for _, tt := range []struct {
		name  string
		lists []string
		cells []estimate.Cell
	}{
		{"twelve lists", lists, sparse},
		{"a hundred million", lists[:3], []estimate.Cell{{Pattern: 1, Count: 50_000_000}, {Pattern: 2, Count: 30_000_000},
			{Pattern: 4, Count: 10_000_000}, {Pattern: 3, Count: 5_000_000}, {Pattern: 6, Count: 2_000_000}, {Pattern: 5, Count: 2_000_000}, {Pattern: 7, Count: 500_000}}},
		{"one person", lists[:2], []estimate.Cell{{Pattern: 3, Count: 1}}},
		{"everybody on all", lists[:3], []estimate.Cell{{Pattern: 7, Count: 500}}},
		{"nobody on two", lists[:4], []estimate.Cell{{Pattern: 1, Count: 9}, {Pattern: 2, Count: 9}, {Pattern: 4, Count: 9}, {Pattern: 8, Count: 9}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			table, err := estimate.NewTable(tt.lists, tt.cells)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range estimate.Methods() {
				if len(tt.lists) == 12 && (m == estimate.MethodEnvelope || m == estimate.MethodLogLinear) {
					continue // minutes, not milliseconds; the parts are tried one by one
				}
				set := quick(m)
				set.Bootstrap, set.Latent.Steps, set.Latent.MaxSteps = 3, 500, 500
				mustJSON(t, mustEstimate(t, table, set))
			}
		})
	}
}
