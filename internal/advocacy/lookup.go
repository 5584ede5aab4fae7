package advocacy

import (
	"fmt"
	"strings"

	"asylon/edtf"
	"asylon/internal/record"
	"asylon/internal/register"
	"asylon/quantity"
)

// Lookup is what wording must know beside the statements themselves. It is
// read-only, so that wording is a pure function.
type Lookup struct {
	Words *register.Words
	Names map[record.ID]string // what entities, sources and documents are called
	Kinds map[record.ID]record.Kind
	Same  map[record.ID]record.ID // the entity that speaks for one, where judged
	// Modes are the modes in which sources put an act or condition as a whole,
	// where they do not say that it happened. They keep a detail, such as a
	// date, from being worded as if the act had happened.
	Modes map[Told]record.Mode
}

// Told is an entity as a source tells of it; no source stands for all.
type Told struct{ Entity, Source record.ID }

// Wording is a generated text and the phrases by which it keeps its distance;
// an author who rewords it must leave them in.
type Wording struct {
	Text   string
	Hedges []string
}

// group is what one source says about one entity in one mode.
type group struct {
	entity, source, document record.ID
	mode                     record.Mode
	items                    []register.Item
}

// Sentence words statements in a language: one sentence for all that one
// source says about one entity in one mode, in the order in which they were
// first given. It is pure: the same statements give the same words.
func (l Lookup) Sentence(lang string, items ...register.Item) Wording {
	var out Wording
	var said []string
	for _, g := range l.groups(items) {
		text, hedge := l.one(lang, g)
		said = append(said, text)
		if hedge != "" {
			out.Hedges = append(out.Hedges, hedge)
		}
	}
	out.Text = strings.Join(said, " ")
	return out
}

func (l Lookup) one(lang string, g group) (text, hedge string) {
	act := l.Kinds[g.entity] == record.KindAct
	switch {
	case lang == "ko" && act:
		return l.koreanAct(g)
	case lang == "ko":
		return l.koreanThing(g)
	case act:
		return l.englishAct(g)
	}
	return l.englishThing(g)
}

// groups puts together what one source says of one entity. A detail stands in
// the mode of the act it belongs to, unless it has one of its own.
func (l Lookup) groups(items []register.Item) []group {
	kind := map[Told]record.Mode{}
	for _, it := range items {
		if kindProperties[it.Property] {
			kind[Told{l.canon(it.Entity), it.Source}] = it.ModeOf()
		}
	}
	var out []group
next:
	for _, it := range items {
		e := l.canon(it.Entity)
		m := it.ModeOf()
		if m == record.ModeHappened {
			m = l.modeOf(kind, e, it.Source)
		}
		for i := range out {
			g := &out[i]
			if g.entity == e && g.source == it.Source && g.mode == m && (it.Source != "" || g.document == it.Document) {
				g.items = append(g.items, it)
				continue next
			}
		}
		out = append(out, group{e, it.Source, it.Document, m, []register.Item{it}})
	}
	return out
}

func (l Lookup) modeOf(kind map[Told]record.Mode, e, source record.ID) record.Mode {
	if m, ok := kind[Told{e, source}]; ok {
		return m
	}
	for _, k := range []Told{{e, source}, {e, ""}} {
		if m, ok := l.Modes[k]; ok {
			return m
		}
	}
	return record.ModeHappened
}

// kindProperties say what sort of thing an entity is; their mode is the mode
// of the whole.
var kindProperties = map[record.PropertyID]bool{record.PropActKind: true, record.PropConditionKind: true, record.PropPositionKind: true, record.PropDemandKind: true}

func (l Lookup) canon(id record.ID) record.ID {
	if c, ok := l.Same[id]; ok {
		return c
	}
	return id
}

func (l Lookup) name(id record.ID) string {
	if n := l.Names[id]; n != "" {
		return n
	}
	return string(id)
}

// of lists the items of a property, in the order given.
func (g group) of(p record.PropertyID) []register.Item {
	var out []register.Item
	for _, it := range g.items {
		if it.Property == p {
			out = append(out, it)
		}
	}
	return out
}

// values words the items of a property.
func (l Lookup) values(lang string, g group, p record.PropertyID) []string {
	var out []string
	for _, it := range g.of(p) {
		out = append(out, l.value(lang, it))
	}
	return out
}

// value words one value: labels of terms, names of entities, dates and counts
// as hedged as they were stated, texts quoted.
func (l Lookup) value(lang string, it register.Item) string {
	v := it.Value
	s := ""
	switch {
	case v.Term != "":
		s = l.Words.Term(v.Term, lang)
	case v.Ref != "":
		s = l.name(v.Ref)
	case v.Date != nil:
		s = dateText(lang, it)
	case v.Count != nil:
		s = countText(lang, it)
	case v.Point != nil:
		s = fmt.Sprintf("%.4f, %.4f", v.Point.Lat, v.Point.Lon)
	default:
		s = "“" + v.Text + "”"
	}
	if v.Qual != "" {
		s += " (" + l.Words.Term(v.Qual, lang) + ")"
	}
	return s
}

// dateText prints a date for people. One that nobody could place is quoted.
func dateText(lang string, it register.Item) string {
	d, err := edtf.Parse(it.Value.Date.EDTF)
	if err != nil || !it.Value.Date.Resolved && it.Words != "" {
		return "“" + it.Words + "”"
	}
	return d.Text(edtf.Lang(lang))
}

// simple tells whether a date is one that takes "in" or "on".
func simple(it register.Item) (d edtf.Date, ok bool) {
	d, err := edtf.Parse(it.Value.Date.EDTF)
	return d, err == nil && it.Value.Date.Resolved && d.Kind() == edtf.Point && !d.Approximate() && !d.Uncertain() && !strings.Contains(d.String(), "X")
}

// countText prints a count or a rate with its range. Where the source's words
// were vaguer than a number they stand beside it.
func countText(lang string, it register.Item) string {
	n := it.Value.Count
	q, err := quantity.New(quantity.Fields{Low: n.Low, High: n.High, Best: n.Best, Unit: quantity.Unit(n.Unit)})
	if err != nil {
		return "“" + it.Words + "”"
	}
	s := q.Text(quantity.Lang(lang))
	if !q.IsExact() && it.Words != "" {
		s += " (“" + it.Words + "”)"
	}
	if n.Per != "" {
		s = rateText(lang, s, n.Per)
	}
	if it.Partial {
		if lang == "ko" {
			s += "(일부만 본 것)"
		} else {
			s += " (a partial view)"
		}
	}
	return s
}

// rateText keeps a rate a rate: so many in so many days.
func rateText(lang, count, per string) string {
	period := per
	if span, err := quantity.ParseSpan(per); err == nil {
		lo, hi := span.Days()
		period = fmt.Sprint(lo)
		if hi != lo {
			period = fmt.Sprintf("%d–%d", lo, hi)
		}
		switch {
		case lang == "ko":
			period += "일"
		case hi == 1:
			period += " day"
		default:
			period += " days"
		}
	}
	if lang == "ko" {
		return period + "마다 " + count
	}
	return count + " every " + period
}

// people are the units that can be the subject of what was done.
var people = map[record.Unit]bool{"persons": true, "families": true, "households": true, "groups": true}

// subjects are the people an act was done to or who did it: those named, and
// how many. Other numbers are left for the end of the sentence.
func (l Lookup) subjects(lang string, g group) (named []string, counts, further []string, one bool) {
	for _, p := range []record.PropertyID{record.PropActVictim, "act.actor"} {
		for _, it := range g.of(p) {
			named = append(named, l.value(lang, it))
			one = l.Kinds[it.Value.Ref] == record.KindPerson
		}
	}
	one = one && len(named) == 1
	for _, it := range g.of(record.PropActCount) {
		if len(counts) == 0 && people[it.Value.Count.Unit] {
			counts = append(counts, countText(lang, it))
			one = len(named) < 2 && it.Value.Count.High != nil && *it.Value.Count.High == 1
			continue
		}
		further = append(further, countText(lang, it))
	}
	return named, counts, further, one
}
