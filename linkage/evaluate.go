package linkage

import "fmt"

// Measures compares a linkage with the truth. Pairs are of rows.
type Measures struct {
	Records   int `json:"records"` // that have a truth
	People    int `json:"people"`  // by the truth
	TruePairs int `json:"true_pairs"`
	// Pair measures over the final clusters: of the pairs that they join, how
	// many are right; of the true pairs, how many they join.
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
	// B³ measures (Bagga and Baldwin 1998), the mean over records.
	B3Precision float64 `json:"b3_precision"`
	B3Recall    float64 `json:"b3_recall"`
	B3F1        float64 `json:"b3_f1"`
	// BlockingRecall is the share of the true pairs that were compared.
	BlockingRecall float64 `json:"blocking_recall"`
	// Brier is the mean squared error of the probabilities of the pairs that
	// were kept; pairs below the floor, nearly all of two people, are left out.
	Brier float64 `json:"brier"`
	// PeopleFound is how many people the linkage makes of these records.
	PeopleFound int `json:"people_found"`
	// Contradictions counts equal rows of one list that the truth gives to
	// different people: no linkage can tell them apart.
	Contradictions int `json:"contradictions,omitempty"`
}

// truths returns the true person of each row, numbered from 1; 0 where the
// truth does not say.
func (d *data) truths(t Truth) []uint32 {
	out := make([]uint32, 0, d.rows)
	index := make(map[string]uint32)
	for _, table := range d.tables {
		c := table.column(t.Column)
		known := make([]uint32, len(c.values))
		for i, v := range c.values {
			if id := t.identity(v); id != "" {
				n, ok := index[id]
				if !ok {
					n = uint32(len(index) + 1)
					index[id] = n
				}
				known[i] = n
			}
		}
		for _, id := range c.ids {
			out = append(out, known[id])
		}
	}
	return out
}

// measure computes everything but the blocking recall and the Brier score from
// the two partitions of the rows.
func measure(truth, found []uint32) Measures {
	type cell struct{ t, f uint32 }
	both := make(map[cell]int)
	byTruth, byFound := make(map[uint32]int), make(map[uint32]int)
	var m Measures
	for row, t := range truth {
		if t == 0 {
			continue
		}
		m.Records++
		both[cell{t, found[row]}]++
		byTruth[t]++
		byFound[found[row]]++
	}
	pairs := func(n int) float64 { return float64(n) * float64(n-1) / 2 }
	joined, truePairs, right := 0.0, 0.0, 0.0
	for _, n := range byTruth {
		truePairs += pairs(n)
	}
	for _, n := range byFound {
		joined += pairs(n)
	}
	for c, n := range both {
		right += pairs(n)
		m.B3Precision += float64(n) * float64(n) / float64(byFound[c.f])
		m.B3Recall += float64(n) * float64(n) / float64(byTruth[c.t])
	}
	m.People, m.PeopleFound, m.TruePairs = len(byTruth), len(byFound), int(truePairs)
	m.Precision, m.Recall = ratio(right, joined), ratio(right, truePairs)
	m.F1 = harmonic(m.Precision, m.Recall)
	m.B3Precision, m.B3Recall = ratio(m.B3Precision, float64(m.Records)), ratio(m.B3Recall, float64(m.Records))
	m.B3F1 = harmonic(m.B3Precision, m.B3Recall)
	return m
}

// ratio is 1 where there is nothing to get wrong.
func ratio(a, b float64) float64 {
	if b == 0 {
		return 1
	}
	return a / b
}

func harmonic(p, r float64) float64 {
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

// evaluate measures against the truth, if there is one.
func (l *linker) evaluate() error {
	if l.o.Truth.Column == "" {
		return nil
	}
	m := measure(l.truth, l.result.people)
	for row, u := range l.d.unitOf {
		if t := l.truth[row]; t != 0 && t != l.unitTruth[u] {
			m.Contradictions++
		}
	}
	compared := l.right
	for u, n := range l.d.times {
		if l.unitTruth[u] != 0 {
			compared += float64(n) * float64(n-1) / 2 // equal rows need no block
		}
	}
	byUnit := l.unitTruth
	same := func(a, b uint32) bool { return byUnit[a] != 0 && byUnit[a] == byUnit[b] }
	m.BlockingRecall = ratio(min(compared, float64(m.TruePairs)), float64(m.TruePairs))
	squares, pairs := 0.0, 0.0
	err := l.store.each(func(x link) error {
		if byUnit[x.a] == 0 || byUnit[x.b] == 0 || x.weight == certainly || x.weight == never {
			return nil
		}
		p := probability(x.weight)
		if same(x.a, x.b) {
			p = 1 - p
		}
		n := float64(l.d.times[x.a]) * float64(l.d.times[x.b])
		squares, pairs = squares+n*p*p, pairs+n
		return nil
	})
	m.Brier = ratio(squares, pairs)
	if pairs == 0 {
		m.Brier = 0
	}
	if m.Contradictions > 0 {
		l.result.Report.Notes = append(l.result.Report.Notes, fmt.Sprintf("The truth gives %d records to other people than an equal record of the same list; it disagrees with itself, or the columns do not tell these people apart.", m.Contradictions))
	}
	l.result.Report.Truth = &m
	return err
}
