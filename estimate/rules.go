package estimate

import "math"

// judgeTable applies the rules that need nothing but the table and what was
// declared about it.
func (r *run) judgeTable(res *Result) {
	l := Limits()
	t := r.t
	n := args{"n": number(t.n)}
	if p := t.P(); p < l.ListsRefuse {
		res.refuse(Message{Key: keyListsRefuse, Args: args{"lists": number(p)}})
	} else if p < l.ListsWarn {
		res.warn(threeLists(p, res.Lean))
	}
	overlap := t.Overlap()
	share := float64(overlap) / float64(t.n)
	switch {
	case overlap < l.OverlapRefuse:
		res.refuse(Message{Key: keyOverlapRefuse, Args: args{
			"overlap": number(overlap), "limit": number(l.OverlapRefuse)}})
	case share < l.OverlapShareWarn:
		res.warn(Message{Key: keyOverlapWarn, Args: args{
			"overlap": number(overlap), "share": percent(share), "limit": percent(l.OverlapShareWarn)}})
	}
	if t.n < l.PeopleWarn {
		n["limit"] = number(l.PeopleWarn)
		res.warn(Message{Key: keyPeopleWarn, Args: n})
	}
	r.judgeLists(res)
	if d := r.set.Declared; d.Scope != "" {
		res.refuse(Message{Key: keyDeclaredScope, Args: args{"scope": shown(d.Scope)}})
	}
	for _, c := range r.set.Declared.Copied {
		res.refuse(Message{Key: keyDeclaredCopied, Args: args{"list": c.List, "from": c.From}})
	}
}

// threeLists is the warning that nothing checks a dependence of all lists.
// People differing in visibility is the usual one and makes the answer too
// low, so that is what it says, unless the lists rather avoid each other.
func threeLists(p int, lean *Lean) Message {
	m := Message{Key: keyListsWarn, Direction: TooLow, Args: args{"lists": number(p)}}
	if lean != nil && float64(lean.Z) <= -Limits().PairLean {
		m.Key, m.Direction = keyListsWarnHigh, TooHigh
	}
	return m
}

// judgeLists looks for lists that stand apart from all others or lie inside
// one, and for pairs that share nobody.
func (r *run) judgeLists(res *Result) {
	t := r.t
	for i, name := range t.lists {
		if on := t.On(1 << i); on < Limits().ListPeopleWarn {
			res.warn(Message{Key: keyListTiny, Args: args{
				"list": name, "n": number(on), "limit": number(Limits().ListPeopleWarn)}})
		}
		shared := t.On(1<<i) - t.Count(1<<i)
		if shared == 0 {
			res.refuse(Message{Key: keyListIsolated, Args: args{"list": name}})
			continue
		}
		for j, other := range t.lists {
			common := t.On(1<<i | 1<<j)
			switch {
			case i == j:
			case common == t.On(1<<i) && common == t.On(1<<j):
				res.refuse(Message{Key: keyListsSame, Args: args{"list": t.lists[min(i, j)], "from": t.lists[max(i, j)]}})
			case common == t.On(1<<i):
				m := Message{Key: keyListInside, Args: args{"list": name, "from": other}}
				if common >= Limits().InsideRefuse {
					res.refuse(m)
				} else {
					res.warn(m)
				}
			case common == 0 && i < j && t.On(1<<j) > t.Count(1<<j):
				res.warn(Message{Key: keyPairApart, Args: args{"list": name, "other": other}})
			}
		}
	}
}

// judgeFamily applies the rules about one method's own health.
func judgeFamily(res *Result, f *Family) {
	l := Limits()
	method := string(f.Method)
	if !f.ok() {
		if f.Method == MethodChapman {
			res.Warnings = append(res.Warnings, f.Failed...)
			return
		}
		for _, m := range f.Failed {
			res.refuse(m)
		}
		return
	}
	graded(res, f.Broken, l.BrokenRefuse, l.BrokenWarn, Message{
		Key: keyBroken, Args: args{"method": method, "share": percent(f.Broken)}})
	graded(res, f.Saturated, l.SaturatedRefuse, l.SaturatedWarn, Message{
		Key: keySaturated, Args: args{"share": percent(f.Saturated)}})
	if f.Draws > 0 && f.Interval == "bca" && float64(f.TailDraws) < l.TailDraws {
		f.note(Message{Key: keyTailDraws, Args: args{"method": method, "draws": number(f.Draws)}})
	}
	if f.Chains > 0 {
		m := Message{Key: keyChains, Args: args{
			"rhat": ratio3(float64(f.RHat)), "ess": number(int(f.ESS)), "chains": number(f.Chains)}}
		rhat, ess := float64(f.RHat), float64(f.ESS)
		switch {
		case !(rhat <= l.RHatRefuse) || !(ess >= l.ESSRefuse):
			res.refuse(m)
		case rhat > l.RHatWarn || ess < l.ESSWarn:
			res.warn(m)
		case float64(f.TailESS) < l.ESSWarn:
			f.note(Message{Key: keyChainTails, Args: args{"ess": number(int(f.TailESS))}})
		}
	}
	if f.Method == MethodGraphs {
		if float64(f.Edge) > l.EdgeRefuse && res.Settings.Graphs.Grid == 0 {
			res.refuse(Message{Key: keyEdge, Args: args{"factor": number(maxGridFactor)}})
		}
		if f.Humps > 1 {
			res.warn(Message{Key: keyHumps, Args: args{"humps": number(f.Humps)}})
		}
	}
	if math.IsInf(float64(f.High), 1) {
		res.warn(Message{Key: keyNoUpperLimit, Args: args{"method": method}})
	}
}

// note records a remark about one family that does not concern the figure.
func (f *Family) note(m Message) { f.Notes = append(f.Notes, m) }

// graded refuses above one limit and warns above the other.
func graded(res *Result, x, refuse, warn float64, m Message) {
	switch {
	case x > refuse:
		res.refuse(m)
	case x > warn:
		res.warn(m)
	}
}

// judgeEnvelope applies the rules about how much the families differ and how
// much they depend on single people, lists and links.
func (r *run) judgeEnvelope(res *Result) {
	l := Limits()
	low, high := math.Inf(1), 0.0
	var lowest, highest Family
	for _, f := range res.Families {
		if f.Compare || !f.ok() {
			continue
		}
		if x := float64(f.Estimate); x < low {
			low, lowest = x, f
		}
		if x := float64(f.Estimate); x > high {
			high, highest = x, f
		}
	}
	if high > 0 {
		graded(res, high/low, l.SpreadRefuse, l.SpreadWarn, Message{Key: keySpread, Args: args{
			"factor": ratio(high / low), "low": string(lowest.Method), "high": string(highest.Method)}})
	}
	r.judgeCorrection(res)
	if s := res.Sensitivity; s != nil {
		graded(res, s.Person.Factor, l.PersonRefuse, l.PersonWarn, Message{Key: keyPerson, Args: args{
			"factor": ratio(s.Person.Factor)}})
		for _, d := range s.DropList {
			// Of three lists only two are left, and two lists can correct for
			// nothing: their answer is shown but does not judge the others.
			if r.t.P() >= l.ListsWarn {
				graded(res, d.Factor, l.DropListRefuse, l.DropListWarn, Message{Key: keyDropList, Args: args{
					"list": d.List, "factor": ratio(d.Factor)}})
			}
		}
		if s.Links.Factor > l.LinksWarn {
			res.warn(Message{Key: keyLinks, Args: args{
				"share": percent(s.Links.Share), "factor": ratio(s.Links.Factor)}})
		}
	}
	r.judgeLean(res)
}

// judgeCorrection compares with independent lists: an answer that is mostly
// correction rests on the form of the correction, whichever methods agree.
func (r *run) judgeCorrection(res *Result) {
	for _, f := range res.Families {
		if f.Method != MethodIndependence || !f.ok() {
			continue
		}
		x := factor(float64(res.Estimate), float64(f.Estimate))
		graded(res, x, Limits().CorrectionRefuse, Limits().CorrectionWarn, Message{Key: keyCorrection, Args: args{
			"factor": ratio(x), "independent": roundedText(f.Estimate)}})
	}
}

// judgeLean says which way the figure probably errs, if the table shows any.
func (r *run) judgeLean(res *Result) {
	l := Limits()
	bound := Missing()
	for _, f := range res.Families {
		if f.Method == MethodChao {
			bound = f.Estimate
		}
	}
	if bound.Known() && res.High.Known() && bound > res.High {
		res.Direction = TooLow
		res.warn(Message{Key: keyBound, Direction: TooLow, Args: args{"bound": roundedText(bound)}})
	}
	z := float64(res.Lean.Z)
	if !(z >= l.LeanLowWarn) && !(z <= -l.LeanHighWarn) {
		return
	}
	m := Message{Key: keyLeanLow, Direction: signDirection(z)}
	switch {
	case z < 0:
		m.Key = keyLeanHigh
	case z >= l.LeanLowStrong:
		m.Key = keyLeanLowStrong
	}
	if res.Direction == Unknown {
		res.Direction = m.Direction
	}
	res.warn(m)
}

func signDirection(z float64) Direction {
	if z > 0 {
		return TooLow
	}
	return TooHigh
}

// demote turns the reasons that concern the table, not the method, into
// warnings that the envelope would refuse.
func (r *Result) demote() {
	own := map[Key]bool{keyFitNone: true, keyFitAmbiguous: true, keyFitNoOverlap: true, keyChapmanOverlap: true}
	var keep []Message
	for _, m := range r.Reasons {
		if own[m.Key] {
			keep = append(keep, m)
		} else {
			r.warn(m)
		}
	}
	r.Reasons = keep
	r.Refused = len(keep) > 0
}

// assumptions lists, in words, what must be true for the figure to be.
func assumptions(m Method) []Message {
	keys := []Key{keyAssumeSame, keyAssumeLinks, keyAssumeReach}
	switch m {
	case MethodChapman, MethodIndependence:
		keys = append(keys, keyAssumeIndependent, keyAssumeVisibility)
	case MethodChao:
		keys = append(keys, keyAssumeBound)
	case MethodCoverage:
		keys = append(keys, keyAssumeCoverage)
	case MethodLogLinear, MethodStepwise:
		keys = append(keys, keyAssumeInteraction, keyAssumeVisibility)
	case MethodGraphs:
		keys = append(keys, keyAssumeGraph, keyAssumeVisibility)
	case MethodLatent:
		keys = append(keys, keyAssumeClasses)
	default:
		keys = append(keys, keyAssumeInteraction, keyAssumeGraph, keyAssumeClasses, keyAssumeVisibility)
	}
	out := make([]Message, len(keys))
	for i, k := range keys {
		out[i] = Message{Key: k}
		if k == keyAssumeVisibility || k == keyAssumeReach {
			out[i].Direction = TooLow
		}
	}
	return out
}
