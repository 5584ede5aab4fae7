package linkage

import (
	"sync"

	"asylon/names"
)

// A data set is the records of all lists, ready to be compared. Rows that are
// equal in every field and come from one list are one unit; nothing that is
// learnt or decided could tell them apart.
type data struct {
	tables  []*Table
	fields  []*field // compared and blocking ones
	rows    int
	units   int
	unitOf  []uint32 // by row
	times   []uint32 // rows of each unit
	source  []uint16 // the table of each unit
	sources int
	clean   bool // no list names anybody twice

	once   sync.Once
	matrix []uint32 // see matrixOf
}

// resources are what preparing values needs.
type resources struct {
	names   *names.Reader
	places  func(string) []string
	workers int
}

// newData reads and prepares all fields of the configuration.
func newData(c Config, tables []*Table, r resources) *data {
	d := &data{tables: tables, sources: len(tables), clean: c.UniqueWithinFile}
	for _, t := range tables {
		d.rows += t.rows
	}
	for _, fc := range c.Fields {
		d.fields = append(d.fields, newField(fc, tables, r))
	}
	d.cross()
	d.collapse()
	return d
}

// cross lets a given name meet the surname's column and the other way round,
// for lists in which they change places.
func (d *data) cross() {
	var given, surname *field
	for _, f := range d.fields {
		switch {
		case f.config.Kind == KindGiven && given == nil:
			given = f
		case f.config.Kind == KindSurname && surname == nil:
			surname = f
		}
	}
	if given == nil || surname == nil {
		return
	}
	index := make(map[string]uint32, len(surname.values))
	for id, v := range surname.values {
		index[v] = uint32(id)
	}
	given.crossed = surname
	given.cross = make([]uint32, len(given.values))
	for id, v := range given.values {
		given.cross[id] = index[v]
	}
}

// collapse finds the units. In clean lists equal rows are different people, so
// there each row is a unit.
func (d *data) collapse() {
	rowSource := make([]uint16, 0, d.rows)
	for i, t := range d.tables {
		for range t.rows {
			rowSource = append(rowSource, uint16(i))
		}
	}
	d.unitOf = make([]uint32, d.rows)
	if d.clean {
		d.units = d.rows
		d.source = rowSource
		d.times = make([]uint32, d.rows)
		for i := range d.unitOf {
			d.unitOf[i] = uint32(i)
			d.times[i] = 1
		}
		return
	}
	// Rows with one hash are compared in full, so that two different rows are
	// never taken for one.
	first := make(map[uint64]uint32, d.rows)
	next := make([]uint32, 0, d.rows) // another unit with this hash, plus one
	var rep []uint32
	for row := range d.rows {
		h := uint64(rowSource[row])
		for _, f := range d.fields {
			h = mix(h ^ uint64(f.ids[row])*0x9e3779b97f4a7c15)
		}
		u, ok := first[h]
		for ok && !d.equalRows(rep[u], uint32(row), rowSource) {
			if next[u] == 0 {
				ok = false
				break
			}
			u = next[u] - 1
		}
		if !ok {
			fresh := uint32(len(rep))
			rep = append(rep, uint32(row))
			next = append(next, first[h]+1)
			if _, taken := first[h]; !taken {
				next[fresh] = 0
			}
			first[h] = fresh
			d.times = append(d.times, 0)
			d.source = append(d.source, rowSource[row])
			u = fresh
		}
		d.unitOf[row] = u
		d.times[u]++
	}
	d.units = len(rep)
	for _, f := range d.fields {
		ids := make([]uint32, d.units)
		for u, row := range rep {
			ids[u] = f.ids[row]
		}
		f.ids = ids
	}
}

func (d *data) equalRows(a, b uint32, source []uint16) bool {
	if source[a] != source[b] {
		return false
	}
	for _, f := range d.fields {
		if f.ids[a] != f.ids[b] {
			return false
		}
	}
	return true
}

// may says whether two units may be one person at all.
func (d *data) may(a, b uint32) bool { return !d.clean || d.source[a] != d.source[b] }

// matrixOf returns the value ids of the compared fields, unit by unit, so that
// comparing two units touches two places in memory.
func (d *data) matrixOf(fields []*field) []uint32 {
	d.once.Do(func() {
		d.matrix = make([]uint32, d.units*len(fields))
		for i, f := range fields {
			for u, id := range f.ids {
				d.matrix[u*len(fields)+i] = id
			}
		}
	})
	return d.matrix
}

// compared returns the fields that take part in the comparison.
func (d *data) compared() []*field {
	var list []*field
	for _, f := range d.fields {
		if !f.config.Ignore {
			list = append(list, f)
		}
	}
	return list
}

// part returns a data set of some of the units; its fields share the prepared
// values. Frequencies remain those of the whole.
func (d *data) part(units []uint32) *data {
	p := &data{tables: d.tables, sources: d.sources, clean: d.clean}
	copies := make(map[*field]*field)
	for _, f := range d.fields {
		g := *f
		g.ids = make([]uint32, len(units))
		for i, u := range units {
			g.ids[i] = f.ids[u]
		}
		copies[f] = &g
		p.fields = append(p.fields, &g)
	}
	for _, g := range p.fields {
		if g.crossed != nil {
			g.crossed = copies[g.crossed]
		}
	}
	p.units = len(units)
	for i, u := range units {
		p.source = append(p.source, d.source[u])
		p.times = append(p.times, d.times[u])
		for range d.times[u] {
			p.unitOf = append(p.unitOf, uint32(i))
		}
	}
	p.rows = len(p.unitOf)
	return p
}
