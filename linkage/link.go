package linkage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"asylon/names"
)

// Options are what a linkage is given beside lists and configuration. The zero
// value works; nothing here changes the result except Truth, Judgements, Model
// and Names.
type Options struct {
	// Workers is how many goroutines compute; 0 means one for each processor.
	Workers int
	// Memory is about how many bytes links between records may take before
	// they go to Scratch; 0 means DefaultMemory.
	Memory int64
	// Scratch makes room on disk; without it everything stays in memory.
	Scratch func() (Scratch, error)
	// Truth names a column that says who each record is, to measure with.
	Truth Truth
	// Judgements are decisions of people. They stand, whatever the evidence,
	// and the model learns from them.
	Judgements []Judgement
	// Model is used as it is instead of being learnt from the lists.
	Model *Model
	// Names reads names; nil means frequencies fitted to the lists.
	Names *names.Reader
	// Places, if set, knows places: it returns the place that a value means and
	// the larger ones that hold it, the smallest first, by names of its own
	// that are the same for every language; none if it does not know it.
	Places func(value string) []string
	// Now and PeakMemory, if set, are asked at the end of each stage for the
	// report: the time, and the largest memory of the process in bytes.
	Now        func() time.Time
	PeakMemory func() int64
	// Progress, if set, is told each stage as it begins.
	Progress func(stage string)
}

// DefaultMemory is what links may take in memory.
const DefaultMemory = 1 << 30

// Numbers of pairs that are enough to learn from.
const (
	mostLearned     = 4_000_000
	pairProbability = 0.02 // pairs below are not kept
)

// A Record names one row of the lists, both counted from 0.
type Record struct{ Table, Row int }

// A Judgement is what a person decided about two records.
type Judgement struct {
	A, B Record
	Same bool
}

// Link finds the records of the lists that are of one person. The result is
// the same for any number of workers and any memory.
//
// It returns an error where the configuration is wrong or names columns that
// no list has, where the context is cancelled, and where writing to Scratch
// fails.
func Link(ctx context.Context, c Config, tables []*Table, o Options) (*Result, error) {
	if err := checkInput(c, tables, o); err != nil {
		return nil, err
	}
	l := &linker{ctx: ctx, config: c, tables: tables, o: o, workers: o.Workers}
	if l.workers == 0 {
		l.workers = defaultWorkers()
	}
	for _, s := range []struct {
		name string
		run  func() error
	}{
		{"prepare", l.prepare}, {"block", l.block}, {"learn", l.learn}, {"score", l.score}, {"cluster", l.cluster}, {"evaluate", l.evaluate},
	} {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := l.stage(s.name, s.run); err != nil {
			return nil, errors.Join(fmt.Errorf("%s: %w", s.name, err), l.close())
		}
	}
	return l.result, nil
}

func checkInput(c Config, tables []*Table, o Options) error {
	if err := c.Check(); err != nil {
		return err
	}
	if len(tables) == 0 {
		return errors.New("there is no list to link")
	}
	rows := 0
	for _, t := range tables {
		rows += t.rows
	}
	if int64(rows) >= 1<<31 || len(tables) > 1<<15 {
		return fmt.Errorf("%d records in %d lists are too many for one linkage", rows, len(tables))
	}
	var errs []error
	for _, f := range c.Fields {
		found := false
		for _, name := range f.Columns {
			for _, t := range tables {
				found = found || t.column(name) != nil
			}
		}
		if !found {
			errs = append(errs, fmt.Errorf("field %q: no list has a column named %q", f.Name, f.Columns))
		}
	}
	if o.Truth.Column != "" {
		for _, t := range tables {
			if t.column(o.Truth.Column) == nil {
				errs = append(errs, fmt.Errorf("%s has no column %q to tell the truth; it has %q", t.Name, o.Truth.Column, t.Columns()))
			}
		}
	}
	for _, j := range o.Judgements {
		for _, r := range []Record{j.A, j.B} {
			if r.Table < 0 || r.Table >= len(tables) || r.Row < 0 || r.Row >= tables[r.Table].rows {
				errs = append(errs, fmt.Errorf("a judgement is about row %d of list %d, which there is not", r.Row, r.Table))
			}
		}
	}
	return errors.Join(errs...)
}

// A linker is one run of Link.
type linker struct {
	ctx     context.Context
	config  Config
	tables  []*Table
	o       Options
	workers int

	d      *data
	fields []*field
	rules  []*rule
	plan   plan
	scan   *scan
	found  learned
	model  *model
	scorer *scorer
	judged map[uint64]bool
	store  *linkStore
	result *Result

	truth     []uint32 // by row; nil if it is not known
	unitTruth []uint32 // of a unit's first row
	right     float64  // pairs of rows of one person that were compared
}

// stage runs one part and notes what it took.
func (l *linker) stage(name string, run func() error) error {
	if l.o.Progress != nil {
		l.o.Progress(name)
	}
	if l.result == nil {
		l.result = &Result{}
	}
	s := Stage{Name: name}
	var start time.Time
	if l.o.Now != nil {
		start = l.o.Now()
	}
	err := run()
	if l.o.Now != nil {
		s.Seconds = l.o.Now().Sub(start).Seconds()
	}
	if l.o.PeakMemory != nil {
		s.PeakBytes = l.o.PeakMemory()
	}
	l.result.Report.Stages = append(l.result.Report.Stages, s)
	return err
}

func (l *linker) close() error {
	if l.store == nil {
		return nil
	}
	return l.store.close()
}

func (l *linker) prepare() error {
	reader := l.o.Names
	if reader == nil {
		reader = fittedReader(l.config, l.tables)
	}
	l.d = newData(l.config, l.tables, resources{reader, l.o.Places, l.workers})
	l.fields = l.d.compared()
	l.judged = make(map[uint64]bool)
	for _, j := range l.o.Judgements {
		a, b := l.d.unitOf[l.d.row(j.A)], l.d.unitOf[l.d.row(j.B)]
		if a != b {
			l.judged[pairKey(a, b)] = j.Same
		}
	}
	return nil
}

// row returns the number of a record among all rows.
func (d *data) row(r Record) int {
	at := r.Row
	for _, t := range d.tables[:r.Table] {
		at += t.rows
	}
	return at
}

// record is the inverse of row.
func (d *data) record(row int) Record {
	for i, t := range d.tables {
		if row < t.rows {
			return Record{i, row}
		}
		row -= t.rows
	}
	return Record{}
}

// fittedReader fits name frequencies to a sample of the lists, if a field
// holds names.
func fittedReader(c Config, tables []*Table) *names.Reader {
	var sample []*names.Name
	for _, f := range c.Fields {
		if f.Kind != KindName {
			continue
		}
		for _, t := range tables {
			step := max(1, t.rows/fitSample)
			for row := 0; row < t.rows; row += step {
				value := ""
				for _, name := range f.Columns {
					if v := t.Value(row, name); v != "" && (value == "" || f.Join) {
						value += " " + v
					}
				}
				sample = append(sample, names.Read(value))
			}
		}
	}
	if len(sample) == 0 {
		return names.NewReader(names.Default())
	}
	return names.NewReader(names.Fit(sample))
}

// fitSample is about how many names of each list frequencies are fitted to.
const fitSample = 3000

func (l *linker) block() error {
	budget := l.config.MaxPairs
	if budget == 0 {
		budget = int64(defaultPerRecord * max(l.d.rows, 100))
	}
	maxBlock := l.config.MaxBlock
	if maxBlock == 0 {
		maxBlock = DefaultMaxBlock
	}
	l.plan = plan{blocks: l.config.Blocks}
	if len(l.plan.blocks) == 0 {
		l.plan = proposeBlocks(l.d, budget, l.config.Seed, l.workers)
	} else {
		l.plan.refine = defaultRefine(l.fields)
	}
	rules := make([]*rule, len(l.plan.blocks))
	tasks(len(rules), l.workers, func(i int) {
		rules[i] = newBlocker(l.d, maxBlock, 1, l.plan.refine).rule(l.plan.blocks[i])
	})
	left := 2 * budget
	for i, r := range rules {
		// Where nearly all records are alike even refined blocks are many;
		// smaller ones keep the work within bounds.
		for size := maxBlock / 4; r.pairs > left && size >= 4; size /= 4 {
			r = newBlocker(l.d, size, 1, l.plan.refine).rule(l.plan.blocks[i])
		}
		if r.pairs > left {
			l.result.Report.Notes = append(l.result.Report.Notes, fmt.Sprintf("The block %v makes too many pairs and was left out.", r.block))
			continue
		}
		left -= r.pairs
		l.rules = append(l.rules, r)
	}
	return nil
}

// defaultRefine refines the blocks of a configuration by years of birth and
// the sound of names.
func defaultRefine(fields []*field) []string {
	var out []string
	for _, f := range fields {
		name := f.config.Name
		switch f.config.Kind {
		case KindDate, KindAge:
			out = append(out, name+".year")
		case KindName, KindGiven, KindSurname:
			out = append(out, name+".sound")
		case KindPlace:
			out = append(out, name)
		}
	}
	return out[:min(len(out), mostRefine)]
}

func (l *linker) learn() error {
	l.scan = newScan(l.d, l.fields, l.rules, l.workers)
	l.found = l.scan.learn(mostLearned, true)
	if l.o.Model != nil {
		md, err := l.o.Model.use(l.fields)
		if err != nil {
			return err
		}
		l.model = md
		return nil
	}
	s := l.plan.samples
	if s == nil {
		s = l.d.samples(l.fields, l.config.Seed, l.workers)
	}
	l.model = startingModel(l.fields, s.chance, l.d.possiblePairs())
	l.model.fit(l.found.tally.list(), s, l.judgedPatterns())
	return nil
}

// judgedPatterns compares the judged pairs, to learn from them.
func (l *linker) judgedPatterns() []judgedPattern {
	c := l.d.newComparer(l.fields)
	out := make([]judgedPattern, 0, len(l.judged))
	for _, key := range sortedKeys(l.judged) {
		a, b := uint32(key>>32), uint32(key)
		out = append(out, judgedPattern{c.pattern(a, b), l.judged[key]})
	}
	return out
}

func (l *linker) score() error {
	patterns := l.found.tally.list()
	l.scorer = newScorer(l.model, l.d, patterns)
	l.scorer.judged = l.judged
	memory := l.o.Memory
	if memory == 0 {
		memory = DefaultMemory
	}
	l.store = &linkStore{budget: int(memory / 2 / linkBytes), scratch: l.o.Scratch}
	if l.o.Truth.Column != "" {
		l.truth = l.d.truths(l.o.Truth)
		l.unitTruth = make([]uint32, l.d.units)
		for row, u := range l.d.unitOf {
			if l.unitTruth[u] == 0 {
				l.unitTruth[u] = l.truth[row]
			}
		}
	}
	n, err := l.scan.score(l.scorer, l.found.pairs, weightOf(pairProbability), l.store, l.unitTruth)
	if err != nil {
		return err
	}
	l.found.count, l.right = n.pairs, n.right
	return l.addJudged()
}

// addJudged adds the pairs that people called one person, for those that no
// block made.
func (l *linker) addJudged() error {
	var extra []link
	for _, key := range sortedKeys(l.judged) {
		if l.judged[key] {
			extra = append(extra, link{uint32(key >> 32), uint32(key), certainly})
		}
	}
	return l.store.add(extra)
}

func (l *linker) cluster() error {
	threshold := l.config.Threshold
	if threshold == 0 {
		threshold = DefaultThreshold
	}
	memory := l.o.Memory
	if memory == 0 {
		memory = DefaultMemory
	}
	v := &divider{d: l.d, fields: l.fields, sc: l.scorer, threshold: weightOf(threshold), workers: l.workers, budget: int(memory / 2 / linkBytes)}
	c, err := v.divide(l.store)
	if err != nil {
		return err
	}
	l.store.order()
	l.result.finish(l, c)
	return nil
}
