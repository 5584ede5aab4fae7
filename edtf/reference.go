package edtf

// maxReference bounds how many days of an uncertain reference are tried one by
// one. A longer reference (a decade, a century) is tried at its ends, and all
// between them is covered.
const maxReference = 750

// over evaluates something for every day that a reference may mean, and gives
// the result for each; the same result several times over comes once.
func over(ref Date, eval func(Day) (expr, bool)) ([]expr, bool) {
	s := ref.Span()
	n, bounded := s.Days()
	if !bounded || !ref.Resolved() {
		return nil, false
	}
	var out []expr
	add := func(day Day) bool {
		x, ok := eval(day)
		if ok && (len(out) == 0 || !sameExpr(&out[len(out)-1], &x)) {
			out = append(out, x)
		}
		return ok
	}
	if n > maxReference {
		return out, add(s.First) && add(s.Last)
	}
	for day := s.First; day <= s.Last; day++ {
		if !add(day) {
			return nil, false
		}
	}
	return out, true
}

func sameExpr(a, b *expr) bool {
	return a.kind == b.kind && a.kind == Point && a.point == b.point
}

// combine makes one date of the results for all days of a reference. sparse
// says that the results are all there are; otherwise what lies between the
// first and the last is covered too.
func combine(results []expr, sparse bool) expr {
	distinct := distinctExprs(results)
	if len(distinct) == 1 {
		return distinct[0]
	}
	if sparse && len(distinct) <= maxListed {
		if x, ok := listed(distinct); ok {
			return x
		}
	}
	if x, ok := joinIntervals(distinct); ok {
		return x
	}
	all := Span{MaxDay, MinDay}
	var q qualifier
	for i := range distinct {
		d := distinct[i].date()
		all = Span{min(all.First, d.Earliest()), max(all.Last, d.Latest())}
		q |= distinct[i].quals()
	}
	x := windowExpr(all)
	// Reach is already in the bounds; doubt is not.
	x.qualify(q & uncertain)
	return x
}

// joinIntervals makes one interval of several where what differs at an end is
// one unit together: the days of a month.
func joinIntervals(results []expr) (expr, bool) {
	out := results[0]
	for side := range out.ends {
		all := Span{MaxDay, MinDay}
		same := true
		for i := range results {
			r := &results[i]
			if r.kind != Interval {
				return out, false
			}
			same = same && r.ends[side] == out.ends[side]
			s := r.ends[side].bounds()
			all = Span{min(all.First, s.First), max(all.Last, s.Last)}
		}
		if same {
			continue
		}
		unit, ok := single{}, false
		if all.Bounded() {
			unit, ok = exactUnit(all)
		}
		if !ok || all.First == all.Last {
			return out, false
		}
		unit.qualify(out.ends[side].date.allQuals() & uncertain)
		out.ends[side].date = unit
	}
	return out, true
}

func distinctExprs(results []expr) []expr {
	seen := map[string]bool{}
	var out []expr
	for i := range results {
		text := results[i].date().text
		if !seen[text] {
			seen[text] = true
			out = append(out, results[i])
		}
	}
	return out
}

// listed writes several points and stretches as one set. Neighbours that follow
// one another without a gap are joined, for short lists that read well.
func listed(results []expr) (expr, bool) {
	x := expr{kind: OneOf}
	var spans []Span
	var q qualifier
	for i := range results {
		r := &results[i]
		switch {
		case r.kind == Point:
			x.members = append(x.members, member{from: end{date: r.point}})
		case r.kind == OneOf:
			x.members = append(x.members, r.members...)
		default:
			return x, false
		}
		q |= r.quals()
		spans = append(spans, r.date().Span())
	}
	if q&approximate == 0 {
		for _, s := range spans {
			if !s.Bounded() {
				return x, false
			}
		}
		x = oneOfExpr(spans)
		x.qualify(q)
	}
	return x, true
}

// quals gathers the flags of all parts.
func (x *expr) quals() qualifier {
	var q qualifier
	x.each(func(p *single) { q |= p.allQuals() })
	return q
}

// qualify sets flags on every part of every date.
func (x *expr) qualify(q qualifier) {
	if q == 0 {
		return
	}
	x.each(func(p *single) {
		if !p.clock.set {
			p.qualify(q)
		}
	})
}

// each visits every single date of the tree.
func (x *expr) each(visit func(*single)) {
	at := func(e *end) {
		if e.form == Stated {
			visit(&e.date)
		}
	}
	switch x.kind {
	case Point:
		visit(&x.point)
	case Interval:
		at(&x.ends[0])
		at(&x.ends[1])
	case OneOf, AllOf:
		for i := range x.members {
			at(&x.members[i].from)
			if x.members[i].stretch {
				at(&x.members[i].to)
			}
		}
	}
}

// sparse says whether every day of a reference is tried by over.
func sparse(ref Date) bool {
	n, bounded := ref.Span().Days()
	return bounded && n <= maxReference
}
