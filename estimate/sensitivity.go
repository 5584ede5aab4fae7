package estimate

import (
	"context"
	"math"

	"asylon/estimate/internal/variate"
)

// Sensitivity says how much the answer depends on things that could easily
// have been otherwise. The middle is the median of the estimates of three
// quick methods: the searched and the stepwise log-linear model, chosen anew,
// and the average over graphs. Factors are how many times the larger of the
// two middles is the smaller.
type Sensitivity struct {
	Middle   Number       `json:"middle"` // with nothing changed
	DropList []DropList   `json:"drop_list"`
	Person   PersonEffect `json:"person"`
	Links    LinkEffect   `json:"links"`
	Slider   []SliderStep `json:"slider"`
}

// DropList is the answer had one list never been made.
type DropList struct {
	List   string  `json:"list"`
	N      int     `json:"n"`
	Middle Number  `json:"middle"`
	Factor float64 `json:"factor"`
}

// PersonEffect is the largest change that one person more or fewer makes.
type PersonEffect struct {
	Lists  []string `json:"lists"` // that the person is on
	Change int      `json:"change"`
	Middle Number   `json:"middle"`
	Factor float64  `json:"factor"`
}

// LinkEffect is the answer if a share of the links between records of
// different lists were wrong.
type LinkEffect struct {
	Share float64 `json:"share"`
	// Missed is the middle if that share of links had been overlooked: pairs
	// of single records are taken for one person.
	Missed Number `json:"missed"`
	// False is the middle if that share of links joined two people.
	False  Number  `json:"false"`
	Factor float64 `json:"factor"` // the larger of the two changes
}

// SliderStep is the envelope if the odds of being on no list were Odds times
// what the models suppose. No table can tell the steps apart (Aleshin-Guendel,
// Sadinle and Wakefield 2021): it is the assumption that identifies the total.
type SliderStep struct {
	Odds     float64 `json:"odds"`
	Estimate Number  `json:"estimate"`
	Low      Number  `json:"low"`
	High     Number  `json:"high"`
}

const (
	wrongLinks = 0.05
	linkTrials = 11 // perturbed tables in each direction; their median is given
)

// A quick estimator redoes the quick methods on changed tables. It belongs to
// one goroutine.
type quick struct {
	searched selector
	stepwise selector
	pool     *graphPool
}

// middle returns the median of the three estimates for a table.
func (q *quick) middle(ctx context.Context, t Table) (float64, error) {
	counts := t.dense()
	var values []float64
	for _, s := range []selector{q.searched, q.stepwise} {
		s.load(counts)
		if fit, err := s.choose(); err == nil {
			values = append(values, fit.N)
		}
	}
	if q.pool != nil && len(q.pool.graphs) > 0 {
		m, err := q.pool.median(ctx, t)
		if err != nil {
			return 0, err
		}
		values = append(values, m)
	}
	return middle(values), nil
}

func (r *run) newQuick(t Table, tops []candidate, pool *graphPool) *quick {
	p := t.P()
	return &quick{
		searched: &criterionSelector{fitter: newFitter(p), cache: newExistenceCache(p), crit: r.set.Criterion, tops: tops},
		stepwise: &stepwiseSelector{newFitter(p), newExistenceCache(p), r.set.Threshold},
		pool:     pool,
	}
}

// sensitivity runs all of it. pool and ranked are those of the full table.
func (r *run) sensitivity(ctx context.Context, ranked []Fit, pool *graphPool) (*Sensitivity, error) {
	pool = pool.pruned(r.t)
	tops := candidates(r.t, ranked)
	quicks := make([]*quick, r.set.Workers)
	each := func(stage Stage, tables []Table) ([]float64, error) {
		task := r.task(stage)
		task.begin(len(tables))
		out := make([]float64, len(tables))
		err := parallel(ctx, r.set.Workers, len(tables), func(worker, i int) error {
			if quicks[worker] == nil {
				quicks[worker] = r.newQuick(r.t, tops, pool)
			}
			var err error
			out[i], err = quicks[worker].middle(ctx, tables[i])
			task.step(1)
			return err
		})
		return out, err
	}
	base, err := each(StagePerson, []Table{r.t})
	if err != nil {
		return nil, err
	}
	s := &Sensitivity{Middle: Number(base[0])}
	if s.DropList, err = r.dropLists(ctx, base[0]); err != nil {
		return nil, err
	}
	if s.Person, err = r.onePerson(base[0], each); err != nil {
		return nil, err
	}
	s.Links, err = r.links(base[0], each)
	return s, err
}

type manyMiddles func(Stage, []Table) ([]float64, error)

// dropLists leaves out one list at a time, with a search of its own for each.
func (r *run) dropLists(ctx context.Context, base float64) ([]DropList, error) {
	task := r.task(StageDrop)
	task.begin(r.t.P())
	out := make([]DropList, r.t.P())
	err := parallel(ctx, r.set.Workers, r.t.P(), func(_, j int) error {
		defer task.step(1)
		out[j] = DropList{List: r.t.lists[j], Middle: Missing(), Factor: 1}
		t, ok := r.t.Without(j)
		if !ok {
			return nil
		}
		out[j].N = t.n
		set := r.set.Graphs
		set.Delta = 1 / float64(uint64(1)<<t.P())
		pool, err := newGraphPool(ctx, t, set)
		if err != nil {
			return err
		}
		s, err := searchModels(ctx, t, max(1, min(r.set.MaxOrder, t.P()-1)), r.set.Criterion, 1, 1)
		if err != nil {
			return err
		}
		m, err := r.newQuick(t, candidates(t, s.ranked), pool).middle(ctx, t)
		out[j].Middle, out[j].Factor = Number(m), factor(m, base)
		return err
	})
	return out, err
}

// onePerson tries one person fewer of each pattern that anybody has, and one
// more of those and of every pair of lists.
func (r *run) onePerson(base float64, each manyMiddles) (PersonEffect, error) {
	type try struct {
		pattern Pattern
		change  int
	}
	var tries []try
	var tables []Table
	add := func(w Pattern, d int) {
		if t, ok := r.t.with(w, d); ok {
			tries, tables = append(tries, try{w, d}), append(tables, t)
		}
	}
	for _, c := range r.t.cells {
		add(c.Pattern, -1)
		add(c.Pattern, 1)
	}
	for j := range r.t.P() {
		for i := range j {
			if w := Pattern(1)<<i | 1<<j; r.t.Count(w) == 0 {
				add(w, 1)
			}
		}
	}
	middles, err := each(StagePerson, tables)
	out := PersonEffect{Middle: Missing(), Factor: 1}
	for i, m := range middles {
		if f := factor(m, base); f > out.Factor {
			out = PersonEffect{Change: tries[i].change, Middle: Number(m), Factor: f}
			for j, name := range r.t.lists {
				if tries[i].pattern.Has(j) {
					out.Lists = append(out.Lists, name)
				}
			}
		}
	}
	return out, err
}

// links estimates from tables in which a share of the links is undone, and
// from tables in which as many were added.
func (r *run) links(base float64, each manyMiddles) (LinkEffect, error) {
	var tables []Table
	for i := range linkTrials {
		rnd := variate.NewStream(r.set.Seed, streamLinks+uint64(i))
		tables = append(tables, r.t.unlinked(wrongLinks, rnd), r.t.overlinked(wrongLinks, rnd))
	}
	middles, err := each(StageLinks, tables)
	if err != nil {
		return LinkEffect{}, err
	}
	var apart, together []float64
	for i := 0; i < len(middles); i += 2 {
		apart, together = append(apart, middles[i]), append(together, middles[i+1])
	}
	out := LinkEffect{Share: wrongLinks, Missed: Number(middle(together)), False: Number(middle(apart))}
	out.Factor = max(factor(base, float64(out.Missed)), factor(base, float64(out.False)))
	return out, nil
}

// slider scales the unseen of the envelope.
func slider(n int, estimate, low, high Number) []SliderStep {
	var out []SliderStep
	for _, odds := range []float64{0.25, 0.5, 1, 2, 4} {
		scale := func(x Number) Number {
			if math.IsNaN(float64(x)) {
				return x
			}
			return Number(float64(n) + odds*(float64(x)-float64(n)))
		}
		out = append(out, SliderStep{odds, scale(estimate), scale(low), scale(high)})
	}
	return out
}
