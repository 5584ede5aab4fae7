package estimate

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// tables draws tables of a few lists, some of them empty or apart.
func tables(lists ...int) *rapid.Generator[Table] {
	return rapid.Custom(func(t *rapid.T) Table {
		p := rapid.SampledFrom(lists).Draw(t, "lists")
		names := make([]string, p)
		for j := range names {
			names[j] = string(rune('A' + j))
		}
		var cells []Cell
		for w := Pattern(1); w < 1<<p; w++ {
			if c := rapid.OneOf(rapid.Just(0), rapid.IntRange(0, 40)).Draw(t, "count"); c > 0 {
				cells = append(cells, Cell{w, c})
			}
		}
		if len(cells) == 0 {
			cells = []Cell{{1, 1}}
		}
		table, err := NewTable(names, cells)
		if err != nil {
			t.Fatalf("NewTable: %v", err)
		}
		return table
	})
}

func TestNewTableErrors(t *testing.T) {
	two := []string{"A", "B"}
	many := strings.Split(strings.Repeat("x,", 40), ",")
	for _, tt := range []struct {
		name  string
		lists []string
		cells []Cell
		want  Key
	}{
		{"one list", []string{"A"}, nil, keyInputLists},
		{"forty lists", many, nil, keyInputLists},
		{"unnamed list", []string{"A", " "}, nil, keyInputNoName},
		{"long name", []string{"A", strings.Repeat("가", 101)}, nil, keyInputLongName},
		{"same name", []string{"A", "A"}, nil, keyInputSameName},
		{"people on no list", two, []Cell{{0, 5}}, keyInputZeroPattern},
		{"a list too many", two, []Cell{{4, 5}}, keyInputPatternRange},
		{"negative", two, []Cell{{1, -1}}, keyInputNegative},
		{"too many", two, []Cell{{1, 1_000_000_000_000}}, keyInputTooMany},
		{"too many together", two, []Cell{{1, MaxPeople}, {2, 1}}, keyInputTooMany},
		{"twice", two, []Cell{{1, 1}, {1, 2}}, keyInputDuplicate},
		{"nobody", two, []Cell{{1, 0}}, keyInputEmpty},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := NewTable(tt.lists, tt.cells)
			var input *InputError
			if !errors.As(err, &input) || input.Message.Key != tt.want {
				t.Fatalf("error %v, want key %s", err, tt.want)
			}
			for _, lang := range []Language{English, Korean} {
				if text := input.Text(lang); text == "" || strings.ContainsAny(text, "{}") {
					t.Errorf("%s sentence %q", lang, text)
				}
			}
		})
	}
}

func TestTableCounts(t *testing.T) {
	table, err := NewTable([]string{"A", "B", "C"}, []Cell{{0b111, 2}, {0b001, 10}, {0b110, 3}, {0b100, 7}})
	if err != nil {
		t.Fatal(err)
	}
	if table.N() != 22 || table.Overlap() != 5 || table.On(0b100) != 12 || table.Count(0b010) != 0 {
		t.Errorf("n %d, overlap %d, on C %d, only B %d", table.N(), table.Overlap(), table.On(0b100), table.Count(0b010))
	}
	without, ok := table.Without(1)
	want := []Cell{{0b01, 10}, {0b10, 10}, {0b11, 2}}
	if !ok || cmp.Diff(want, without.Cells()) != "" || cmp.Diff([]string{"A", "C"}, without.Lists()) != "" {
		t.Errorf("without B: %v %v", without.Lists(), without.Cells())
	}
	if _, ok := without.Without(0); ok {
		t.Error("a list was left out of two")
	}
}

func TestWithoutKeepsOthers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := tables(3, 4).Draw(t, "table")
		j := rapid.IntRange(0, table.P()-1).Draw(t, "list")
		left, ok := table.Without(j)
		if want := table.N() - table.Count(1<<j); ok != (want > 0) || ok && left.N() != want {
			t.Fatalf("%d people left, want %d", left.N(), want)
		}
	})
}

// Whatever order the lists come in, the canonical table is the same.
func TestCanonicalForgetsOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := tables(3, 4, 5).Draw(t, "table")
		order := make([]int, table.P())
		for i := range order {
			order[i] = i
		}
		shuffled := table.arranged(rapid.Permutation(order).Draw(t, "order"))
		a, _ := table.canonical()
		b, back := shuffled.canonical()
		if diff := cmp.Diff(a.cells, b.cells); diff != "" {
			t.Fatalf("%s", diff)
		}
		for i, c := range b.cells {
			if shuffled.Count(c.Pattern.back(back)) != c.Count {
				t.Fatalf("cell %d is not the caller's", i)
			}
		}
	})
}

func TestLinksKeepRecords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := tables(3, 4).Draw(t, "table")
		rnd := newTestStream(rapid.Uint64().Draw(t, "seed"))
		for name, changed := range map[string]Table{
			"unlinked": table.unlinked(0.3, rnd), "overlinked": table.overlinked(0.3, rnd),
		} {
			for j := range table.P() {
				if got, want := changed.On(1<<j), table.On(1<<j); got != want {
					t.Fatalf("%s: list %d holds %d records, had %d", name, j, got, want)
				}
			}
		}
		if table.unlinked(0.3, rnd).N() < table.N() || table.overlinked(0.3, rnd).N() > table.N() {
			t.Fatal("undoing links lost people, or adding them made some")
		}
	})
}
