package linkage

// A scan goes through the candidate pairs of a set of rules.
type scan struct {
	d       *data
	fields  []*field
	rules   []*rule
	workers int
	chunks  []chunk
	// signatures are those of all units, one after the other.
	signatures []uint32
}

func newScan(d *data, fields []*field, rules []*rule, workers int) *scan {
	return &scan{d: d, fields: fields, rules: rules, workers: max(1, workers), chunks: chunks(rules), signatures: signatures(rules, d.units)}
}

// bound is how many pairs there are at most: those that several rules make
// are counted several times.
func (s *scan) bound() int64 {
	n := int64(0)
	for _, r := range s.rules {
		n += r.pairs
	}
	return n
}

// comparers gives each worker its own.
func (s *scan) comparers() []*comparer {
	list := make([]*comparer, s.workers)
	for i := range list {
		list[i] = s.d.newComparer(s.fields)
	}
	return list
}

// A comparedPair is a candidate pair with its pattern.
type comparedPair struct {
	a, b uint32
	p    pattern
}

// learned is what a scan for learning found.
type learned struct {
	tally *tally
	pairs [][]comparedPair // by chunk; nil if they were not to be kept
	count int64
}

// learn compares pairs and counts their patterns: all of them or, if there are
// more than most, those of every n-th chunk, counted n times. Chunks hold
// groups in the order of hashed keys, so that every n-th is a fair sample.
func (s *scan) learn(most int64, keep bool) learned {
	every := int(max(1, (s.bound()+most-1)/most))
	list := s.chunks
	if every > 1 {
		list, keep = nil, false
		for i := every / 2; i < len(s.chunks); i += every {
			list = append(list, s.chunks[i])
		}
	}
	type result struct {
		t     *tally
		pairs []comparedPair
		n     int64
	}
	comparers := s.comparers()
	out := learned{tally: newTally()}
	work(list, s.workers, func(w int, c chunk) result {
		r := result{t: newTally()}
		s.eachPair(c, func(a, b uint32) {
			p := comparers[w].pattern(a, b)
			r.t.add(p, float64(s.d.times[a])*float64(s.d.times[b])*float64(every))
			r.n++
			if keep {
				r.pairs = append(r.pairs, comparedPair{a, b, p})
			}
		})
		return r
	}, func(r result) {
		out.tally.merge(r.t)
		out.count += r.n * int64(every)
		if keep {
			out.pairs = append(out.pairs, r.pairs)
		}
	})
	return out
}

// A link is a scored pair of units.
type link struct {
	a, b   uint32
	weight float32
}

// A count is what scoring counts.
type count struct {
	pairs int64
	// right are the pairs of rows of one person, if the truth is known.
	right float64
}

// score weighs all pairs and stores those of at least floor. Pairs that learn
// kept are not compared again. Truth, by unit, may be nil.
func (s *scan) score(sc *scorer, kept [][]comparedPair, floor float32, store *linkStore, truth []uint32) (count, error) {
	type result struct {
		links []link
		count
	}
	right := func(a, b uint32) float64 {
		if truth == nil || truth[a] == 0 || truth[a] != truth[b] {
			return 0
		}
		return float64(s.d.times[a]) * float64(s.d.times[b])
	}
	comparers := s.comparers()
	var total count
	var failed error
	take := func(r result) {
		total.pairs += r.pairs
		total.right += r.right
		if failed == nil {
			failed = store.add(r.links)
		}
	}
	if kept != nil {
		list := make([]chunk, len(kept))
		for i := range list {
			list[i].rule = i
		}
		work(list, s.workers, func(_ int, c chunk) result {
			var r result
			for _, x := range kept[c.rule] {
				r.pairs++
				r.right += right(x.a, x.b)
				if w := sc.judge(x.a, x.b, x.p); w >= floor {
					r.links = append(r.links, link{x.a, x.b, w})
				}
			}
			kept[c.rule] = nil
			return r
		}, take)
		return total, failed
	}
	work(s.chunks, s.workers, func(w int, c chunk) result {
		var r result
		s.eachPair(c, func(a, b uint32) {
			r.pairs++
			r.right += right(a, b)
			if w := sc.judge(a, b, comparers[w].pattern(a, b)); w >= floor {
				r.links = append(r.links, link{a, b, w})
			}
		})
		return r
	}, take)
	return total, failed
}

// judge is the weight of a pair that was compared.
func (s *scorer) judge(a, b uint32, p pattern) float32 {
	if same, ok := s.judged[pairKey(a, b)]; ok {
		if same {
			return certainly
		}
		return never
	}
	return s.weight(a, b, p)
}
