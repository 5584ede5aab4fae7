package linkage

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"
	"sync"
)

// An Index answers who in the linked lists a new record could be, without
// linking again: it keeps the blocks' keys sorted and the model as it is. It is
// safe for concurrent use; lookups take turns.
type Index struct {
	r      *Result
	mu     sync.Mutex // guards what follows: a lookup writes its record at the end
	d      *data      // one unit longer than the lists'
	fields []*field   // of d, all of them
	scorer *scorer
	own    *comparer
	lookup []map[string]uint32 // value to id, by field
	rules  []*rule             // their entries are of all units, also those alone
	texts  []int               // bytes and runes of each field's texts without the new record
	runes  []int
}

// A Match is a record that a new one could be.
type Match struct {
	Record      Record
	Cluster     int // as in Clusters
	Weight      float64
	Probability float64
	Evidence    []Evidence
}

// mostInBlock is how many records of one block are compared with a new one; a
// larger block tells too little, and the other rules must find the person.
const mostInBlock = 5000

// Index makes an index of the result. It shares the lists' values with it.
func (r *Result) Index() *Index {
	l := r.l
	x := &Index{r: r}
	d := &data{tables: l.d.tables, sources: l.d.sources, units: l.d.units + 1, rows: l.d.rows}
	copies := make(map[*field]*field)
	for _, f := range l.d.fields {
		g := f.extended(l.d.units)
		copies[f] = g
		d.fields = append(d.fields, g)
		known := make(map[string]uint32, len(f.values))
		for id, v := range f.values {
			known[v] = uint32(id)
		}
		x.lookup = append(x.lookup, known)
		nb, nr := 0, 0
		if g.texts != nil {
			nb, nr = len(g.texts.bytes), len(g.texts.runes)
		}
		x.texts, x.runes = append(x.texts, nb), append(x.runes, nr)
	}
	for _, g := range d.fields {
		if g.crossed != nil {
			g.crossed = copies[g.crossed]
		}
	}
	x.d, x.fields = d, d.fields
	compared := d.compared()
	md := *l.model
	md.fields = compared
	x.scorer = &scorer{md: &md, fields: compared, d: d, table: l.scorer.table, adjust: l.scorer.adjust}
	x.own = d.newComparer(compared)
	for _, rl := range l.rules {
		x.rules = append(x.rules, x.rule(rl.block))
	}
	return x
}

// rule collects the keys of all units but the new one, without refinement.
func (x *Index) rule(block Block) *rule {
	b := newBlocker(x.d, mostInBlock, 1, nil)
	r := &rule{block: block}
	for _, k := range block {
		f, t := b.table(k)
		r.fields, r.tables = append(r.fields, f), append(r.tables, t)
	}
	r.collect(x.d.units - 1)
	sortEntries(r.entries)
	return r
}

// extended copies a field with room for one more unit and one more value.
func (f *field) extended(units int) *field {
	g := *f
	n := len(f.values)
	g.ids = append(slices.Clone(f.ids[:units]), 0)
	g.values = append(slices.Clone(f.values), "")
	g.count = append(slices.Clone(f.count), 1)
	g.rarity = append(slices.Clone(f.rarity), 2)
	if f.names != nil {
		g.names, g.brief, g.self = append(slices.Clone(f.names), f.names[0]), append(slices.Clone(f.brief), f.brief[0]), append(slices.Clone(f.self), 0)
	}
	if f.dates != nil {
		g.dates = append(slices.Clone(f.dates), noDate)
	}
	if f.parts != nil {
		g.parts = append(slices.Clone(f.parts), nil)
	}
	if f.texts != nil {
		t := *f.texts
		t.list, t.bytes, t.runes = slices.Clone(t.list), slices.Clone(t.bytes), slices.Clone(t.runes)
		g.texts = &t
	}
	if f.cross != nil {
		g.cross = append(slices.Clone(f.cross), 0)
	}
	g.values = g.values[:n+1]
	g.bind() // to itself, not to the field it was copied from
	return &g
}

// Find returns the records that a new one could be, the likeliest first, at
// most n. The new record is given by columns; those that the lists do not have
// are an error, since a misspelt one would silently count as unknown.
func (x *Index) Find(values map[string]string, n int) ([]Match, error) {
	if err := x.check(values); err != nil {
		return nil, err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	row, err := NewTable("new record", [][]string{keysAndValues(values, true), keysAndValues(values, false)})
	if err != nil {
		return nil, err
	}
	self := uint32(x.d.units - 1)
	for i, f := range x.fields {
		x.place(i, f, row)
		f.ids[self] = x.idOf(i, f)
	}
	w := len(x.own.fields)
	for i, f := range x.own.fields {
		x.own.matrix[int(self)*w+i] = f.ids[self]
	}
	return x.best(self, n), nil
}

func (x *Index) check(values map[string]string) error {
	var unknown []string
	for column := range values {
		if !slices.ContainsFunc(x.r.l.tables, func(t *Table) bool { return t.column(column) != nil }) {
			unknown = append(unknown, column)
		}
	}
	slices.Sort(unknown)
	if len(unknown) > 0 {
		return fmt.Errorf("no list has a column named %q", unknown)
	}
	if len(values) == 0 {
		return errors.New("the new record has no values")
	}
	return nil
}

// keysAndValues returns the columns, or their values, in one order.
func keysAndValues(values map[string]string, keys bool) []string {
	var list []string
	for k := range values {
		list = append(list, k)
	}
	slices.Sort(list)
	if keys {
		return list
	}
	for i, k := range list {
		list[i] = values[k]
	}
	return list
}

// place writes the new record's value of a field into the room at the end.
func (x *Index) place(i int, f *field, row *Table) {
	reading := field{config: f.config, values: []string{""}, keys: f.keys}
	reading.readTable(row, map[string]uint32{"": 0}, x.r.l.o.Places)
	value := reading.values[reading.ids[0]]
	n := len(f.values) - 1
	f.values[n] = value
	if _, known := x.lookup[i][value]; known {
		return
	}
	switch {
	case f.names != nil:
		f.names[n] = f.reader.Read(value)
		f.brief[n], f.self[n] = f.names[n].Sketch(), 0
	case f.dates != nil:
		f.dates[n] = f.newDate(value)
	}
	if f.texts != nil {
		f.texts.list = f.texts.list[:n]
		f.texts.bytes, f.texts.runes = f.texts.bytes[:x.texts[i]], f.texts.runes[:x.runes[i]]
		f.texts.add(value)
	}
	if f.parts != nil {
		f.parts[n] = f.parts[n][:0]
		for _, item := range f.itemsOf(value) {
			if k, ok := f.itemIDs[item]; ok && !slices.Contains(f.parts[n], k) {
				f.parts[n] = append(f.parts[n], k)
			}
		}
		slices.Sort(f.parts[n])
	}
	if f.cross != nil {
		f.cross[n] = 0
		for j, g := range x.fields {
			if g == f.crossed {
				f.cross[n] = x.lookup[j][value]
			}
		}
	}
}

// idOf returns the id of the value that place wrote: a known one, or the last.
func (x *Index) idOf(i int, f *field) uint32 {
	n := len(f.values) - 1
	if id, ok := x.lookup[i][f.values[n]]; ok {
		if f.dates != nil && !f.dates[id].known() && !f.dates[id].written {
			return 0
		}
		return id
	}
	if f.dates != nil && !f.dates[n].known() && !f.dates[n].written {
		return 0
	}
	return uint32(n)
}

// best compares the new unit with those that share a key.
func (x *Index) best(self uint32, n int) []Match {
	seen := make(map[uint32]bool)
	type scored struct {
		unit   uint32
		weight float32
	}
	var list []scored
	var keys []uint64
	for _, r := range x.rules {
		keys = combine(keys[:0], len(r.tables), func(i int) []uint64 {
			f := r.fields[i]
			_, part := splitKey(r.block[i])
			id := f.ids[self]
			switch {
			case id == 0:
				return nil
			case int(id) < len(f.values)-1:
				return r.tables[i].of(id)
			}
			return f.appendKeys(nil, id, part)
		})
		for _, k := range keys {
			e := newEntry(k, 0)
			from := sort.Search(len(r.entries), func(i int) bool { return r.entries[i] >= e })
			for i := from; i < len(r.entries) && i < from+mostInBlock && r.entries[i].key() == e.key(); i++ {
				u := r.entries[i].unit()
				if !seen[u] {
					seen[u] = true
					list = append(list, scored{u, x.scorer.weight(u, self, x.own.pattern(u, self))})
				}
			}
		}
	}
	slices.SortFunc(list, func(a, b scored) int { return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.unit, b.unit)) })
	var out []Match
	for _, s := range list[:min(n, len(list))] {
		m := Match{Record: x.r.first(s.unit), Cluster: int(x.r.personOf(s.unit)), Weight: float64(s.weight), Probability: probability(s.weight)}
		m.Evidence, _ = evidence(x.scorer, s.unit, self, x.own)
		out = append(out, m)
	}
	return out
}

// String sums the match up.
func (m Match) String() string {
	var parts []string
	for _, e := range m.Evidence {
		if e.Weight != 0 {
			parts = append(parts, fmt.Sprintf("%s %s %+.1f", e.Field, e.Level, e.Weight))
		}
	}
	return fmt.Sprintf("%.3f: %s", m.Probability, strings.Join(parts, "; "))
}
