package linkage

import (
	"cmp"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
)

// Blocks are proposed in three steps. A pilot compares pairs that agree on two
// fields, in a part of the records, and learns a model from them. The pairs
// that it holds for one person show how often each key agrees within one; only
// pairs that would have been found without the key's field are asked. Then
// rules are chosen, one after the other, that reach most of what is not yet
// reached for the pairs that they cost. HRDAG's experience stands behind this:
// hand-made rules are where linkage loses most people.

const (
	pilotRows     = 60_000
	pilotPerRow   = 2 // pairs a row that one pilot rule may cost
	pilotChance   = 2 // exact agreements, besides the key's field, that make a pair independent of it
	costRows      = 8_000
	mostRules     = 16
	coverageDraws = 8192
	leastGain     = 0.0004 // share of the people's pairs that a further rule must add
)

// A candidateKey is a key that rules may use.
type candidateKey struct {
	name  string
	field int     // index among the compared fields
	agree float64 // how often it agrees within one person
	// chance is the pairs that it makes in the sample for costs.
	chance      float64
	informative bool // it parts the records into many blocks
}

// A plan is what proposing blocks found out.
type plan struct {
	blocks   []Block
	refine   []string
	samples  *samples // nil if the pilot saw a part of the records only
	coverage float64  // share of one person's pairs that the rules reach, as estimated
}

// proposeBlocks chooses blocking rules for d within the budget of pairs.
func proposeBlocks(d *data, budget int64, seed uint64, workers int) plan {
	fields := d.compared()
	small := d
	if d.rows > pilotRows {
		small = d.part(d.chosenUnits(pilotRows, seed))
	}
	p := runPilot(small, seed, workers)
	keys := p.keys(fields)
	p.measure(keys)
	costs := newCosts(d, seed, workers)
	pl := choose(keys, costs, budget, len(fields))
	if small == d {
		pl.samples = p.samples // they serve the whole linkage as well
	}
	return pl
}

// chosenUnits draws about n rows' worth of units.
func (d *data) chosenUnits(n int, seed uint64) []uint32 {
	units := slices.Clone(d.sample(n, seed))
	slices.Sort(units)
	return slices.Compact(units)
}

// A pilot is a first, rough linkage.
type pilot struct {
	d       *data
	fields  []*field
	blocker *blocker
	model   *model
	samples *samples
	pairs   []pilotPair // those that are probably of one person
}

type pilotPair struct {
	comparedPair
	share float64 // probability of being one person, times the rows
}

func runPilot(d *data, seed uint64, workers int) *pilot {
	p := &pilot{d: d, fields: d.compared()}
	p.blocker = newBlocker(d, 100, workers, nil)
	var rules []*rule
	limit := int64(pilotPerRow * d.rows)
	add := func(b Block) {
		// A rule whose blocks had to be cut to pieces says little.
		if r := p.blocker.rule(b); r.pairs > 0 && r.pairs <= limit && r.refined < 20 {
			rules = append(rules, r)
		}
	}
	for i, f := range p.fields {
		add(Block{pilotKey(f)})
		for _, g := range p.fields[i+1:] {
			add(Block{pilotKey(f), pilotKey(g)})
		}
	}
	p.samples = d.samples(p.fields, seed, workers)
	found := newScan(d, p.fields, rules, workers).learn(math.MaxInt64, true)
	p.model = startingModel(p.fields, p.samples.chance, d.possiblePairs())
	p.model.fit(found.tally.list(), p.samples, nil)
	for _, list := range found.pairs {
		for _, x := range list {
			odds := p.model.odds(x.p)
			if share := odds / (1 + odds); share > 0.5 {
				p.pairs = append(p.pairs, pilotPair{x, share * float64(d.times[x.a]) * float64(d.times[x.b])})
			}
		}
	}
	return p
}

// pilotKey is the whole value, or the nearest thing to it that blocks.
func pilotKey(f *field) string {
	switch f.config.Kind {
	case KindName:
		return f.config.Name + ".sound"
	case KindAge:
		return f.config.Name + ".year"
	case KindSet:
		return f.config.Name + ".any"
	}
	return f.config.Name
}

// keys lists the keys of all fields.
func (p *pilot) keys(fields []*field) []candidateKey {
	var list []candidateKey
	for i, f := range fields {
		for _, part := range partsOf(f.config.Kind) {
			name := f.config.Name
			if part != "" {
				name += "." + part
			}
			list = append(list, candidateKey{name: name, field: i})
		}
	}
	return list
}

// measure fills how often keys agree. A pair counts for a key if it agrees on
// two other fields, since the pilot would then have found it anyway.
func (p *pilot) measure(keys []candidateKey) {
	for k := range keys {
		key := &keys[k]
		f, t := p.blocker.table(key.name)
		agree, total := 0.5, 1.0
		for _, x := range p.pairs {
			if p.exactOthers(x.p, key.field) < pilotChance {
				continue
			}
			total += x.share
			if shareKey(t.of(f.ids[x.a]), t.of(f.ids[x.b])) {
				agree += x.share
			}
		}
		key.agree = agree / total
		key.informative = t.different() >= 20
	}
}

// exactOthers counts exact agreements in fields other than one.
func (p *pilot) exactOthers(x pattern, field int) int {
	n := 0
	for i, f := range p.fields {
		if i != field && f.rarityOf(x.level(i)) >= 0 {
			n++
		}
	}
	return n
}

func shareKey(a, b []uint64) bool {
	for _, x := range a {
		if slices.Contains(b, x) {
			return true
		}
	}
	return false
}

// costs estimates the pairs of a rule from a sample of the records.
type costs struct {
	blocker *blocker
	scale   float64
}

func newCosts(d *data, seed uint64, workers int) *costs {
	small := d
	if d.units > costRows {
		small = d.part(d.chosenUnits(costRows, seed+1))
	}
	ratio := float64(d.units) / math.Max(float64(small.units), 1)
	return &costs{blocker: newBlocker(small, math.MaxInt32, workers, nil), scale: ratio * ratio}
}

// of returns how many pairs a rule makes; the refinement of large blocks,
// which lowers it, is left out.
func (c *costs) of(b Block) float64 {
	r := &rule{block: b}
	for _, k := range b {
		f, t := c.blocker.table(k)
		r.fields, r.tables = append(r.fields, f), append(r.tables, t)
	}
	r.collect(c.blocker.d.units)
	sortEntries(r.entries)
	r.findGroups()
	return float64(c.blocker.cost(r)) * c.scale
}

// A reach is a set of imagined pairs of one person, as bits.
type reach [coverageDraws / 64]uint64

func (r *reach) and(s *reach) (out reach) {
	for i := range r {
		out[i] = r[i] & s[i]
	}
	return out
}

// beyond counts the pairs of r that are not in s.
func (r *reach) beyond(s *reach) int {
	n := 0
	for i := range r {
		n += bits.OnesCount64(r[i] &^ s[i])
	}
	return n
}

func (r *reach) add(s *reach) {
	for i := range r {
		r[i] |= s[i]
	}
}

// reaches draws imagined pairs. Fields agree independently within one person;
// of one field, a narrower key agrees only where the wider one does.
func reaches(keys []candidateKey, fields int) []reach {
	rng := rand.New(rand.NewPCG(7, 7))
	out := make([]reach, len(keys))
	draw := make([]float64, fields)
	for i := range coverageDraws {
		for f := range draw {
			draw[f] = rng.Float64()
		}
		for k := range keys {
			if draw[keys[k].field] < keys[k].agree {
				out[k][i/64] |= 1 << (i % 64)
			}
		}
	}
	return out
}

// An option is a rule that may be chosen.
type option struct {
	block  Block
	reach  reach
	cost   float64 // pairs
	costed bool    // cost was measured, not guessed
}

// choose picks rules greedily: most new pairs of one person for the cost.
func choose(keys []candidateKey, c *costs, budget int64, fields int) plan {
	options := c.options(keys, reaches(keys, fields))
	rows := float64(c.blocker.d.rows) * math.Sqrt(c.scale)
	// A rule costs something even if it makes no pair: its keys are sorted.
	overhead := 2 * rows
	left := float64(budget)
	pl := plan{refine: refineKeys(keys)}
	var covered reach
	for len(pl.blocks) < mostRules {
		best, bestValue, bestGain := -1, 0.0, 0
		for i := range options {
			o := &options[i]
			gain := o.reach.beyond(&covered)
			if float64(gain) < leastGain*coverageDraws || o.cost > left {
				continue
			}
			if v := float64(gain) / (o.cost + overhead); v > bestValue {
				best, bestValue, bestGain = i, v, gain
			}
		}
		if best < 0 {
			break
		}
		o := &options[best]
		if !o.costed {
			// A guess that made the rule look good is checked, and the choice
			// made again.
			o.cost, o.costed = c.of(o.block), true
			continue
		}
		left -= o.cost
		covered.add(&o.reach)
		pl.blocks = append(pl.blocks, o.block)
		pl.coverage += float64(bestGain) / coverageDraws
	}
	return pl
}

// options lists the rules of one to three keys of different fields that reach
// anything, with a guess at their cost as if keys were independent.
func (c *costs) options(keys []candidateKey, r []reach) []option {
	var list []option
	none := &reach{}
	for k := range keys {
		keys[k].chance = c.of(Block{keys[k].name}) / c.scale
	}
	pairs := math.Max(c.blocker.d.possiblePairs(), 1)
	add := func(rc reach, ks ...candidateKey) {
		if float64(rc.beyond(none)) < leastGain*coverageDraws {
			return
		}
		o := option{reach: rc, cost: pairs * c.scale, costed: len(ks) == 1}
		for _, k := range ks {
			o.block = append(o.block, k.name)
			o.cost *= k.chance / pairs
		}
		list = append(list, o)
	}
	for i := range keys {
		add(r[i], keys[i])
		for j := i + 1; j < len(keys); j++ {
			if keys[i].field == keys[j].field {
				continue
			}
			two := r[i].and(&r[j])
			add(two, keys[i], keys[j])
			for k := j + 1; k < len(keys); k++ {
				if keys[k].field != keys[i].field && keys[k].field != keys[j].field {
					add(two.and(&r[k]), keys[i], keys[j], keys[k])
				}
			}
		}
	}
	return list
}

// mostRefine is how many keys a large block may be refined by.
const mostRefine = 4

// refineKeys are the keys that agree most within one person, one of each
// field; a key must tell something.
func refineKeys(keys []candidateKey) []string {
	order := slices.Clone(keys)
	slices.SortStableFunc(order, func(a, b candidateKey) int { return cmp.Compare(b.agree, a.agree) })
	var out []string
	used := make(map[int]bool)
	for _, k := range order {
		if !used[k.field] && k.informative && len(out) < mostRefine {
			used[k.field] = true
			out = append(out, k.name)
		}
	}
	return out
}
