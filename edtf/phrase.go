package edtf

// phrase reads moments and the words that join or bound them.
func (p *parser) phrase() (node, *problem) {
	var ops opSet
	p.ops(&ops)
	if p.atEnd() {
		return node{}, trouble(p.peek(0).off, "a date is missing here")
	}
	a, e := p.moment()
	if e != nil {
		return node{}, e
	}
	between := p.i
	p.ops(&ops)
	if p.atEnd() {
		if last := p.tokens[len(p.tokens)-1].kind; last == tkDash || last == tkTilde {
			ops = 1 << (tkSince - tkFrom) // "June 2001 –"
		}
		return p.bounded(&a, ops)
	}
	if between == p.i {
		return node{}, trouble(p.peek(0).off, "this has no place in a date here")
	}
	b, e := p.moment()
	if e != nil {
		return node{}, e
	}
	p.ops(&ops)
	if !p.atEnd() {
		return node{}, trouble(p.peek(0).off, "a date joins two dates at most")
	}
	return p.joined(&a, &b, ops)
}

func (p *parser) atEnd() bool {
	p.skip()
	return p.peek(0).kind == tkNone
}

// opSet holds the joining words of a phrase, wherever they stand: English has
// them before, Korean behind, Chinese on both sides.
type opSet uint32

func (o *opSet) add(k tokenKind)     { *o |= 1 << (k - tkFrom) }
func (o opSet) has(k tokenKind) bool { return o&(1<<(k-tkFrom)) != 0 }
func (o opSet) any(kinds ...tokenKind) bool {
	for _, k := range kinds {
		if o.has(k) {
			return true
		}
	}
	return false
}

// ops takes joining words and the fillers around them.
func (p *parser) ops(o *opSet) {
	for {
		p.skip()
		switch t := p.peek(0); t.kind {
		case tkFrom, tkTo, tkBetween, tkAnd, tkOr, tkSince, tkUntil, tkBy, tkBefore, tkAfter, tkOnwards:
			o.add(t.kind)
		case tkAgo:
			o.add(tkBefore)
		case tkDash, tkTilde:
			o.add(tkTo)
		case tkSlash:
			o.add(tkOr)
		default:
			return
		}
		p.i++
	}
}

// bounded makes a node of one moment and the words around it.
func (p *parser) bounded(m *moment, ops opSet) (node, *problem) {
	n, e := p.node(m)
	if e != nil {
		return n, e
	}
	switch {
	case ops.any(tkBetween, tkAnd, tkOr):
		return n, trouble(p.end, "the second date is missing")
	case ops.has(tkBefore):
		n = n.wrapOpen(func(s Span) Span { return Span{MinDay, beforeOf(m, s)} })
		n.rule = RuleBefore
	case ops.has(tkAfter):
		n = n.wrapOpen(func(s Span) Span { return Span{afterOf(m, s), MaxDay} })
		n.rule = RuleAfter
	case ops.has(tkBy):
		n = n.wrapOpen(func(s Span) Span { return Span{MinDay, s.Last} })
		n.rule = RuleBy
	case ops.has(tkOnwards):
		n = n.wrapOpen(func(s Span) Span { return Span{s.First, MaxDay} })
		n.rule = RuleOnwards
	case ops.any(tkUntil, tkTo):
		return n.join(openNode(), false), nil
	case ops.any(tkFrom, tkSince):
		return n.join(openNode(), true), nil
	}
	return n, nil
}

// wrapOpen derives a span that is open on one side. The unresolved form says so
// too: "[..XXXX-07]".
func (n node) wrapOpen(derive func(Span) Span) node {
	none := expr{kind: None}
	blank := n.unresolved()
	before := derive(Span{0, 0}).First == MinDay
	n = n.wrap(func(s Span) expr { return windowExpr(derive(s)) })
	if before {
		n.blank = stretchBetween(&none, &blank)
	} else {
		n.blank = stretchBetween(&blank, &none)
	}
	return n
}

// beforeOf gives the last day before a date: before June is before its first
// day, but before the end of July may be within that end.
func beforeOf(m *moment, s Span) Day {
	if m.part == wholePart && m.quals&approximate == 0 {
		return s.First.add(-1)
	}
	return s.Last.add(-1)
}

func afterOf(m *moment, s Span) Day {
	if m.part == wholePart && m.quals&approximate == 0 {
		return s.Last.add(1)
	}
	return s.First.add(1)
}

// openNode stands for the open end of a duration.
func openNode() node {
	x := expr{kind: None}
	return node{fixed: &x}
}

// join makes a duration with one end open.
func (n node) join(open node, first bool) node {
	rule := RuleUntil
	if first {
		rule = RuleSince
	}
	out := n
	out.rule = rule
	make := func(x expr) expr {
		if first {
			return interval(&x, open.fixed)
		}
		return interval(open.fixed, &x)
	}
	if n.fixed != nil {
		x := make(*n.fixed)
		out.fixed = &x
		return out
	}
	out.blank = make(n.blank)
	out.eval = func(day Day, tense Tense) (expr, bool) {
		x, ok := n.at(day, tense)
		return make(x), ok
	}
	return out
}

// interval writes from … to; an expression of kind None leaves an end open. The
// format allows one date only at each end: of a stretch ("from late July to early
// August") the days from its first to the last of the other are kept instead.
func interval(a, b *expr) expr {
	single := func(x *expr) bool { return x.kind == Point || x.kind == None }
	if !single(a) || !single(b) {
		return stretchBetween(a, b)
	}
	x := expr{kind: Interval}
	for i, e := range []*expr{a, b} {
		x.ends[i] = end{date: e.point}
		if e.kind == None {
			x.ends[i].form = OpenEnded
		}
	}
	return x
}

// joined makes a node of two moments.
func (p *parser) joined(a, b *moment, ops opSet) (node, *problem) {
	if a.length != noUnit && a.direction == 0 && a.window == 0 {
		return p.offset(a, b, ops)
	}
	share(a, b)
	na, e := p.node(a)
	if e != nil {
		return na, e
	}
	nb, e := p.node(b)
	if e != nil {
		return nb, e
	}
	rule, write := RuleRange, interval
	switch {
	case ops.has(tkBetween):
		rule, write = RuleBetween, stretchBetween
	case ops.has(tkOr):
		rule, write = RuleEither, func(x, y *expr) expr { return listBoth(OneOf, x, y) }
	case ops.has(tkAnd):
		rule, write = RuleSeveral, func(x, y *expr) expr { return listBoth(AllOf, x, y) }
	case !ops.any(tkTo, tkUntil, tkFrom, tkSince):
		return node{}, trouble(b.start.off, "join two dates with “to”, “and” or “or”")
	}
	out := node{rule: rule, need: max(na.need, nb.need), note: na.note + nb.note, ambiguous: na.ambiguous || nb.ambiguous}
	ordered := rule == RuleRange || rule == RuleBetween
	if na.fixed != nil && nb.fixed != nil && na.fixed.yearless() == nb.fixed.yearless() {
		x := write(na.fixed, nb.fixed)
		if ordered && na.fixed.span().First > nb.fixed.span().Last {
			return out, trouble(b.start.off, "the second date lies before the first")
		}
		out.fixed = &x
		return out, nil
	}
	ua, ub := na.unresolved(), nb.unresolved()
	out.blank = write(&ua, &ub)
	out.eval = func(day Day, tense Tense) (expr, bool) {
		x, okA := na.at(day, tense)
		y, okB := nb.at(day, tense)
		if ordered && okA && okB && x.span().First > y.span().Last {
			// "From the 28th to the 3rd": the last such before the end.
			x, okA = na.at(y.span().First, Past)
		}
		if !okA || !okB || ordered && x.span().First > y.span().Last {
			return expr{}, false
		}
		return write(&x, &y), true
	}
	return out, nil
}

// offset is "three weeks before 12 June 2001".
func (p *parser) offset(a, b *moment, ops opSet) (node, *problem) {
	direction := 1
	switch ops {
	case 1 << (tkBefore - tkFrom):
		direction = -1
	case 1 << (tkAfter - tkFrom):
	default:
		return node{}, trouble(a.start.off, "this is a length of time, not a date")
	}
	if a.length == unitSeason || a.length == unitHalf || a.length == unitQuarter {
		return node{}, trouble(a.start.off, "count days, weeks, months or years")
	}
	n, e := p.node(b)
	if e != nil {
		return n, e
	}
	n = n.wrap(func(s Span) expr {
		x := a.apart(s, direction)
		x.qualify(a.quals)
		return x
	})
	n.rule = RuleAgo
	return n, nil
}

// stretchBetween writes some time from the first day of one date to the last of
// another; an expression of kind None leaves a side open.
func stretchBetween(a, b *expr) expr {
	from, okA := edgeOf(a, true)
	to, okB := edgeOf(b, false)
	if okA && okB {
		return expr{kind: OneOf, members: []member{{stretch: true, from: from, to: to}}}
	}
	s := Span{MinDay, MaxDay}
	if a.kind != None {
		s.First = a.span().First
	}
	if b.kind != None {
		s.Last = b.span().Last
	}
	return windowExpr(s)
}

// edgeOf gives the first or the last date in a point or a single stretch.
func edgeOf(x *expr, first bool) (end, bool) {
	switch {
	case x.kind == None:
		return end{form: OpenEnded}, true
	case x.kind == Point:
		return end{date: x.point}, true
	case x.kind != OneOf || len(x.members) != 1:
		return end{}, false
	case first:
		return x.members[0].from, true
	}
	return x.members[0].to, true
}

// listBoth writes one or each of two dates.
func listBoth(kind Kind, a, b *expr) expr {
	x := expr{kind: kind}
	for _, of := range []*expr{a, b} {
		switch of.kind {
		case Point:
			x.members = append(x.members, member{from: end{date: of.point}})
		case OneOf, AllOf:
			x.members = append(x.members, of.members...)
		default:
			return windowExpr(Span{min(a.span().First, b.span().First), max(a.span().Last, b.span().Last)})
		}
	}
	for i, m := range x.members {
		if m.from.form != Stated && i > 0 || m.stretch && m.to.form != Stated && i < len(x.members)-1 {
			return windowExpr(Span{min(a.span().First, b.span().First), max(a.span().Last, b.span().Last)})
		}
	}
	return x
}
