package estimate

import (
	"math/bits"
	"slices"
	"strings"
)

// Limits of the input. They are generous for any real study and keep hostile
// or mistaken tables from costing hours.
const (
	MinLists  = 2           // below two lists there is no overlap to learn from
	MaxLists  = 12          // 4,095 patterns; beyond it every method here is guesswork
	MaxPeople = 100_000_000 // people in one table; a larger count is a typing error
	maxName   = 100         // runes in the name of a list
)

// A Pattern says on which lists somebody was found: bit j is set when they
// are on list j, counted from zero. The zero pattern, on no list, is what the
// methods estimate and never part of a table.
type Pattern uint16

// Has reports whether the pattern includes list j, counted from zero.
func (w Pattern) Has(j int) bool { return w>>j&1 == 1 }

// Size returns the number of lists in the pattern.
func (w Pattern) Size() int { return bits.OnesCount16(uint16(w)) }

// A Cell is the number of people found on exactly the lists of its pattern.
type Cell struct {
	Pattern Pattern
	Count   int
}

// A Table holds, for a set of lists, how many people were found on each
// combination of them. It is made by NewTable or ReadTable, never changes, and
// may be used by several goroutines at once. Its zero value is not usable.
type Table struct {
	lists []string
	cells []Cell // positive counts only, by rising pattern
	n     int
}

// NewTable checks and stores lists and counts; patterns that are not given
// count as zero people. The error, when there is one, is an *InputError whose
// sentence says what is wrong and what to do.
func NewTable(lists []string, cells []Cell) (Table, error) {
	if err := checkLists(lists); err != nil {
		return Table{}, err
	}
	seen := make(map[Pattern]bool, len(cells))
	t := Table{lists: slices.Clone(lists)}
	for _, c := range cells {
		switch {
		case c.Pattern == 0:
			return Table{}, inputError(0, keyInputZeroPattern, nil)
		case int(c.Pattern) >= 1<<len(lists):
			return Table{}, inputError(0, keyInputPatternRange, args{"lists": number(len(lists))})
		case c.Count < 0:
			return Table{}, inputError(0, keyInputNegative, args{"value": number(c.Count)})
		case c.Count > MaxPeople || t.n+c.Count > MaxPeople:
			return Table{}, inputError(0, keyInputTooMany, args{"limit": number(MaxPeople)})
		case seen[c.Pattern]:
			return Table{}, inputError(0, keyInputDuplicate, args{"pattern": patternNames(lists, c.Pattern)})
		}
		seen[c.Pattern] = true
		if c.Count > 0 {
			t.cells = append(t.cells, c)
			t.n += c.Count
		}
	}
	if t.n == 0 {
		return Table{}, inputError(0, keyInputEmpty, nil)
	}
	slices.SortFunc(t.cells, func(a, b Cell) int { return int(a.Pattern) - int(b.Pattern) })
	return t, nil
}

func checkLists(lists []string) error {
	if len(lists) < MinLists || len(lists) > MaxLists {
		return inputError(0, keyInputLists, args{
			"lists": number(len(lists)), "min": number(MinLists), "max": number(MaxLists)})
	}
	seen := make(map[string]bool, len(lists))
	for j, name := range lists {
		switch {
		case strings.TrimSpace(name) == "":
			return inputError(0, keyInputNoName, args{"column": number(j + 1)})
		case len([]rune(name)) > maxName:
			return inputError(0, keyInputLongName, args{"column": number(j + 1), "limit": number(maxName)})
		case seen[name]:
			return inputError(0, keyInputSameName, args{"name": name})
		}
		seen[name] = true
	}
	return nil
}

// Lists returns the names of the lists in order.
func (t Table) Lists() []string { return slices.Clone(t.lists) }

// Cells returns the patterns with at least one person, by rising pattern.
func (t Table) Cells() []Cell { return slices.Clone(t.cells) }

// P returns the number of lists.
func (t Table) P() int { return len(t.lists) }

// N returns the number of different people documented on any list.
func (t Table) N() int { return t.n }

// Count returns the number of people found on exactly the lists of w.
func (t Table) Count(w Pattern) int {
	i, ok := slices.BinarySearchFunc(t.cells, w, func(c Cell, w Pattern) int { return int(c.Pattern) - int(w) })
	if !ok {
		return 0
	}
	return t.cells[i].Count
}

// On returns the number of people found on at least all the lists of w.
func (t Table) On(w Pattern) int {
	sum := 0
	for _, c := range t.cells {
		if c.Pattern&w == w {
			sum += c.Count
		}
	}
	return sum
}

// Overlap returns the number of people found on two or more lists. Everything
// the methods know about the unseen they know from these people.
func (t Table) Overlap() int {
	sum := 0
	for _, c := range t.cells {
		if c.Pattern.Size() >= 2 {
			sum += c.Count
		}
	}
	return sum
}

// Without returns the table as it would be had list j, counted from zero,
// never been made. The second result is false when nobody or fewer than
// MinLists lists would be left.
func (t Table) Without(j int) (Table, bool) {
	if j < 0 || j >= len(t.lists) || len(t.lists) <= MinLists {
		return Table{}, false
	}
	low := Pattern(1)<<j - 1
	counts := make(map[Pattern]int)
	for _, c := range t.cells {
		counts[c.Pattern&low|c.Pattern>>1&^low] += c.Count
	}
	delete(counts, 0)
	return t.remade(slices.Concat(t.lists[:j], t.lists[j+1:]), counts)
}

// remade builds a table from counts that are known to be sound.
func (t Table) remade(lists []string, counts map[Pattern]int) (Table, bool) {
	out := Table{lists: lists}
	for w, c := range counts {
		if c > 0 {
			out.cells = append(out.cells, Cell{w, c})
			out.n += c
		}
	}
	slices.SortFunc(out.cells, func(a, b Cell) int { return int(a.Pattern) - int(b.Pattern) })
	return out, out.n > 0
}

// with returns the table with d more people (fewer, when negative) of one
// pattern; false when nobody would be left or the count would be negative.
func (t Table) with(w Pattern, d int) (Table, bool) {
	counts := make(map[Pattern]int, len(t.cells)+1)
	for _, c := range t.cells {
		counts[c.Pattern] = c.Count
	}
	if counts[w]+d < 0 {
		return Table{}, false
	}
	counts[w] += d
	return t.remade(t.lists, counts)
}

// usedLists returns the lists that hold anybody, and the table of only those.
// A list without people says nothing: methods leave it out so that its
// presence cannot change an answer.
func (t Table) usedLists() (Table, []int) {
	var used []int
	for j := range t.lists {
		if t.On(1<<j) > 0 {
			used = append(used, j)
		}
	}
	if len(used) == len(t.lists) {
		return t, used
	}
	out := Table{n: t.n}
	for _, j := range used {
		out.lists = append(out.lists, t.lists[j])
	}
	for _, c := range t.cells {
		var w Pattern
		for i, j := range used {
			w |= c.Pattern >> j & 1 << i
		}
		out.cells = append(out.cells, Cell{w, c.Count})
	}
	slices.SortFunc(out.cells, func(a, b Cell) int { return int(a.Pattern) - int(b.Pattern) })
	return out, used
}

// dense returns the counts by pattern as floating point numbers.
func (t Table) dense() []float64 {
	out := make([]float64, 1<<len(t.lists))
	for _, c := range t.cells {
		out[c.Pattern] = float64(c.Count)
	}
	return out
}

// patternNames joins the names of the lists of a pattern.
func patternNames(lists []string, w Pattern) string {
	var names []string
	for j, name := range lists {
		if w.Has(j) {
			names = append(names, name)
		}
	}
	return strings.Join(names, " + ")
}

func trailing(w Pattern) int { return bits.TrailingZeros16(uint16(w)) }
