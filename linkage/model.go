package linkage

import (
	"fmt"
	"maps"
	"slices"
)

// A Model is what a linkage learnt, to be looked at, kept, and used again for
// the same fields.
type Model struct {
	// Prior is the share of all possible pairs that are of one person.
	Prior  float64      `json:"prior"`
	Fields []FieldModel `json:"fields"`
}

// A FieldModel is the model of one field.
type FieldModel struct {
	Name   string       `json:"name"`
	Levels []LevelModel `json:"levels"`
	// Parent is the field on whose agreement this one's chance agreement
	// depends; "" if on none. Given is then u of each level, by the rarity of
	// the value that the parent agrees on: common, uncommon, rare.
	Parent string      `json:"parent,omitempty"`
	Given  [][]float64 `json:"given,omitempty"`
}

// A LevelModel says how often a level comes about within one person (M) and
// between two (U).
type LevelModel struct {
	Name string  `json:"name"`
	M    float64 `json:"m"`
	U    float64 `json:"u"`
}

func (md *model) export() Model {
	out := Model{Prior: md.prior}
	for i, f := range md.fields {
		fm := FieldModel{Name: f.config.Name}
		for l, name := range f.levels {
			if l > 0 {
				fm.Levels = append(fm.Levels, LevelModel{name, md.m[i][l], md.u[i][l]})
			}
		}
		if e := md.edges[i]; e != nil {
			fm.Parent = md.fields[e.parent].config.Name
			for _, g := range e.given {
				fm.Given = append(fm.Given, g[1:])
			}
		}
		out.Fields = append(out.Fields, fm)
	}
	return out
}

// use checks that the model fits the fields and makes it ready.
func (m *Model) use(fields []*field) (*model, error) {
	md := &model{prior: m.Prior, fields: fields, edges: make([]*edge, len(fields))}
	if m.Prior <= 0 || m.Prior >= 1 {
		return nil, fmt.Errorf("the model's prior %g is not between 0 and 1", m.Prior)
	}
	if len(m.Fields) != len(fields) {
		return nil, fmt.Errorf("the model has %d fields, the configuration %d", len(m.Fields), len(fields))
	}
	for i, f := range fields {
		fm := m.Fields[i]
		if fm.Name != f.config.Name || len(fm.Levels) != len(f.levels)-1 {
			return nil, fmt.Errorf("field %d of the model is %q with %d levels, of the configuration %q with %d", i+1, fm.Name, len(fm.Levels), f.config.Name, len(f.levels)-1)
		}
		ms, us := make([]float64, len(f.levels)), make([]float64, len(f.levels))
		for l, lm := range fm.Levels {
			if lm.M <= 0 || lm.M > 1 || lm.U <= 0 || lm.U > 1 {
				return nil, fmt.Errorf("field %q, level %q of the model: m %g and u %g must lie above 0 and not above 1", fm.Name, lm.Name, lm.M, lm.U)
			}
			ms[l+1], us[l+1] = lm.M, lm.U
		}
		md.m, md.u = append(md.m, ms), append(md.u, us)
		if err := md.useEdge(i, fm, fields); err != nil {
			return nil, err
		}
	}
	return md, nil
}

func (md *model) useEdge(i int, fm FieldModel, fields []*field) error {
	if fm.Parent == "" {
		return nil
	}
	parent := slices.IndexFunc(fields, func(f *field) bool { return f.config.Name == fm.Parent })
	if parent < 0 || parent == i || len(fm.Given) != 3 {
		return fmt.Errorf("field %q of the model depends on %q, which makes no sense", fm.Name, fm.Parent)
	}
	e := &edge{parent: parent}
	for b, g := range fm.Given {
		if len(g) != len(fm.Levels) || slices.ContainsFunc(g, func(u float64) bool { return u <= 0 || u > 1 }) {
			return fmt.Errorf("field %q of the model: its shares given %q are not complete", fm.Name, fm.Parent)
		}
		e.given[b] = append([]float64{0}, g...)
	}
	md.edges[i] = e
	return nil
}

func sortedKeys(m map[uint64]bool) []uint64 { return slices.Sorted(maps.Keys(m)) }
