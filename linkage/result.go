package linkage

import (
	"fmt"
	"io"
)

// A Result is a finished linkage. Its methods may be called from several
// goroutines, except Close.
type Result struct {
	Report Report

	l       *linker
	people  []uint32 // by row: the number of the person
	count   int      // people
	members [][]uint32
	weakest []float64 // by person
	bridge  []link
	dispute []bool
	unitRow [][]uint32 // rows of each unit, in order
}

// A Report says what was done and found, for people and for the record.
type Report struct {
	Version    int             `json:"version"`
	Records    int             `json:"records"`
	Lists      []ListReport    `json:"lists"`
	Units      int             `json:"different_records"` // equal rows of one list count once
	Pairs      int64           `json:"candidate_pairs"`
	Possible   float64         `json:"possible_pairs"`
	Patterns   int             `json:"patterns"`
	Kept       int64           `json:"kept_pairs"` // of at least PairFloor
	Blocks     []BlockReport   `json:"blocks"`
	Coverage   float64         `json:"estimated_coverage,omitempty"` // of one person's pairs, by the proposed blocks
	Refine     []string        `json:"refine,omitempty"`
	Model      Model           `json:"model"`
	Iterations int             `json:"iterations"`
	Thresholds Thresholds      `json:"thresholds"`
	People     int             `json:"people"`
	Sizes      map[int]int     `json:"clusters_by_size"` // records in a cluster: how many such clusters
	Components ComponentReport `json:"components"`
	Bridges    int             `json:"bridges"`
	Disputed   int             `json:"disputed,omitempty"`
	Judgements int             `json:"judgements,omitempty"`
	Truth      *Measures       `json:"truth,omitempty"`
	Stages     []Stage         `json:"stages"`
	Notes      []string        `json:"notes,omitempty"`
}

// A ListReport names a list.
type ListReport struct {
	Name    string   `json:"name"`
	Records int      `json:"records"`
	Notes   []string `json:"notes,omitempty"`
}

// A BlockReport says what one blocking rule made.
type BlockReport struct {
	Keys    Block `json:"keys"`
	Pairs   int64 `json:"pairs"`             // with those that other rules make too
	Refined int   `json:"refined,omitempty"` // blocks that were too large
}

// Thresholds are the probabilities that decided.
type Thresholds struct {
	Cluster   float64 `json:"cluster"`    // mean over the pairs of two clusters that are joined
	Link      float64 `json:"link"`       // from here a pair connects records
	PairFloor float64 `json:"pair_floor"` // below it pairs are not kept
}

// A ComponentReport describes the sets of linked records before division.
type ComponentReport struct {
	Count   int `json:"count"`
	Largest int `json:"largest"`
}

// A Stage is a part of the work and what it took.
type Stage struct {
	Name      string  `json:"name"`
	Seconds   float64 `json:"seconds"`
	PeakBytes int64   `json:"peak_bytes,omitempty"`
}

// reportVersion is the version of the report's form.
const reportVersion = 1

// finish numbers the people by row and fills the report.
func (r *Result) finish(l *linker, c *clustering) {
	r.l = l
	d := l.d
	r.unitRow = make([][]uint32, d.units)
	for row, u := range d.unitOf {
		r.unitRow[u] = append(r.unitRow[u], uint32(row))
	}
	alone := r.apart(c)
	r.people = make([]uint32, d.rows)
	number := make([]uint32, len(c.people))
	for row, u := range d.unitOf {
		p := c.person[u]
		if number[p] == 0 || alone[u] {
			r.members = append(r.members, nil)
			r.weakest = append(r.weakest, c.people[p].weakest)
			number[p] = uint32(len(r.members))
		}
		r.people[row] = number[p] - 1
		r.members[number[p]-1] = append(r.members[number[p]-1], uint32(row))
	}
	r.count = len(r.members)
	r.bridge = c.bridges
	r.findDisputes()
	r.fill(c)
}

// apart says which units of several equal rows are not one person: they hold
// too little, such as a common name alone, and nothing linked them to others.
func (r *Result) apart(c *clustering) []bool {
	d := r.l.d
	alone := make([]bool, d.units)
	cm := d.newComparer(r.l.fields)
	for u, n := range d.times {
		if n > 1 && len(c.people[c.person[u]].members) == 1 {
			w := r.l.scorer.weight(uint32(u), uint32(u), cm.pattern(uint32(u), uint32(u)))
			alone[u] = w < linkWeight
		}
	}
	return alone
}

// findDisputes marks the people about whom decisions contradict one another.
func (r *Result) findDisputes() {
	r.dispute = make([]bool, r.count)
	for _, key := range sortedKeys(r.l.judged) {
		a, b := r.personOf(uint32(key>>32)), r.personOf(uint32(key))
		if r.l.judged[key] != (a == b) {
			r.dispute[a], r.dispute[b] = true, true
		}
	}
}

func (r *Result) personOf(unit uint32) uint32 { return r.people[r.unitRow[unit][0]] }

func (r *Result) fill(c *clustering) {
	l, rep := r.l, &r.Report
	rep.Version, rep.Records, rep.Units = reportVersion, l.d.rows, l.d.units
	for _, t := range l.tables {
		rep.Lists = append(rep.Lists, ListReport{t.Name, t.rows, t.Notes})
	}
	rep.Pairs, rep.Possible, rep.Kept = l.found.count, l.d.possiblePairs(), l.store.len()
	rep.Patterns, rep.Iterations, rep.Model = l.found.tally.used, l.model.steps, l.model.export()
	for _, x := range l.rules {
		rep.Blocks = append(rep.Blocks, BlockReport{x.block, x.pairs, x.refined})
	}
	rep.Coverage, rep.Refine = l.plan.coverage, l.plan.refine
	threshold := l.config.Threshold
	if threshold == 0 {
		threshold = DefaultThreshold
	}
	rep.Thresholds = Thresholds{threshold, probability(linkWeight), pairProbability}
	rep.People, rep.Sizes = r.count, make(map[int]int)
	for i, m := range r.members {
		rep.Sizes[len(m)]++
		if r.dispute[i] {
			rep.Disputed++
		}
	}
	rep.Components = ComponentReport{c.parts, c.largest}
	rep.Bridges, rep.Judgements = len(c.bridges), len(l.judged)
}

// A Cluster is the records of one person, as far as the linkage found them.
type Cluster struct {
	Records []Record
	// Confidence is the mean probability of the pairs at the weakest join that
	// made the cluster; 1 for a single record.
	Confidence float64
	// Bridges are pairs of records that alone hold two parts together.
	Bridges [][2]Record
	// Disputed says that decisions of people contradict one another here.
	Disputed bool
}

// Clusters returns all people, in the order of their first records.
func (r *Result) Clusters() []Cluster {
	out := make([]Cluster, r.count)
	for i, rows := range r.members {
		out[i] = Cluster{Confidence: probability(float32(r.weakest[i])), Disputed: r.dispute[i]}
		for _, row := range rows {
			out[i].Records = append(out[i].Records, r.l.d.record(int(row)))
		}
	}
	for _, b := range r.bridge {
		p := r.personOf(b.a)
		out[p].Bridges = append(out[p].Bridges, [2]Record{r.first(b.a), r.first(b.b)})
	}
	return out
}

func (r *Result) first(unit uint32) Record { return r.l.d.record(int(r.unitRow[unit][0])) }

// Cluster returns the number of a record's cluster in Clusters.
func (r *Result) Cluster(x Record) int { return int(r.people[r.l.d.row(x)]) }

// A Pair is two records that may be of one person.
type Pair struct {
	A, B        Record
	Weight      float64 // log2 of the odds
	Probability float64
	Same        bool // they are in one cluster
}

// mostExpanded is how many equal rows are paired one by one; of more, each is
// paired with the first only.
const mostExpanded = 50

// Pairs calls f for every kept pair of records, the likeliest first where all
// links fit the memory. Equal rows of one list count as pairs too.
func (r *Result) Pairs(f func(Pair) error) error {
	d := r.l.d
	cm := d.newComparer(r.l.fields)
	for u, rows := range r.unitRow {
		if len(rows) < 2 || d.clean {
			continue
		}
		w := r.l.scorer.weight(uint32(u), uint32(u), cm.pattern(uint32(u), uint32(u)))
		if probability(w) < pairProbability {
			continue
		}
		if err := r.expand(rows, rows, w, f); err != nil {
			return err
		}
	}
	return r.l.store.each(func(x link) error { return r.expand(r.unitRow[x.a], r.unitRow[x.b], x.weight, f) })
}

// expand calls f for the pairs of rows of two units, or of one with itself.
func (r *Result) expand(a, b []uint32, w float32, f func(Pair) error) error {
	self := &a[0] == &b[0]
	if len(a) > mostExpanded {
		a = a[:1]
	}
	if len(b) > mostExpanded && !self {
		b = b[:1]
	}
	for i, x := range a {
		for j, y := range b {
			if self && j <= i {
				continue
			}
			p := Pair{r.l.d.record(int(x)), r.l.d.record(int(y)), float64(w), probability(w), r.people[x] == r.people[y]}
			if err := f(p); err != nil {
				return err
			}
		}
	}
	return nil
}

// Evidence is what one field says about a pair.
type Evidence struct {
	Field  string
	A, B   string  // the values, as they are compared
	Level  string  // how they agree
	Weight float64 // in bits, for (above 0) or against one person
	// Why explains the level of names in a sentence; "" for other kinds.
	Why string
}

// Evidence compares two records field by field. The weights and the prior add
// up to the pair's weight, which is returned too.
func (r *Result) Evidence(x, y Record) (list []Evidence, weight float64) {
	l := r.l
	a, b := l.d.unitOf[l.d.row(x)], l.d.unitOf[l.d.row(y)]
	return evidence(l.scorer, a, b, l.d.newComparer(l.fields))
}

// Model returns what was learnt.
func (r *Result) Model() Model { return r.Report.Model }

// Config returns the configuration that was used, with the blocks that were
// proposed.
func (r *Result) Config() Config {
	c := r.l.config
	c.Blocks = nil
	for _, x := range r.l.rules {
		c.Blocks = append(c.Blocks, x.block)
	}
	return c
}

// Close gives back the room on disk. The result must not be used after.
func (r *Result) Close() error { return r.l.close() }

var _ io.Closer = (*Result)(nil)

// String sums the result up in a line.
func (r *Result) String() string {
	return fmt.Sprintf("%d records, %d people, %d pairs compared", r.Report.Records, r.count, r.Report.Pairs)
}
