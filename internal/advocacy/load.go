package advocacy

import (
	"context"
	"strings"
	"time"

	"asylon/edtf"
	"asylon/internal/access"
	"asylon/internal/fault"
	"asylon/internal/intake"
	"asylon/internal/record"
	"asylon/internal/register"
)

// Figures words kept figures for letters.
type Figures interface {
	// Sentence words a figure, found by its permanent name, in a language. A
	// figure that is not there is not found.
	Sentence(ctx context.Context, r *access.Reader, name, lang string) (string, error)
}

// Letters words, checks and freezes letters. Figures may be nil: a letter that
// names one is then refused. It is safe for concurrent use.
type Letters struct {
	Lexicon *register.Lexicon
	Figures Figures
}

// Draft is a letter as it stands: its sentences and what is refused of it.
type Draft struct {
	Sentences []Sentence
	Refused   []Refusal
}

// Preview words the facts of a content and tells what would be refused if it
// were frozen now. The content may be incomplete; without a date consents are
// looked at as of today.
func (l Letters) Preview(ctx context.Context, r *access.Reader, c Content) (Draft, error) {
	if err := c.bounds(); err != nil {
		return Draft{}, err
	}
	b := builder{ctx: ctx, r: r, lang: c.Language, docs: map[record.ID]intake.Held{}, closed: map[record.ID]bool{},
		private: map[record.ID]bool{}, consents: map[record.ID][]register.Consent{}}
	if b.lang != "ko" {
		b.lang = "en"
	}
	b.at = dayOf(r.Session().Now())
	if d, err := day("date", c.Date); err == nil {
		b.at = d.Earliest()
	}
	var err error
	if b.look.Words, err = l.Lexicon.Load(ctx, r); err != nil {
		return Draft{}, err
	}
	if err := b.load(c); err != nil {
		return Draft{}, err
	}
	var out Draft
	for i, f := range c.Facts {
		s, refused, err := b.fact(l.Figures, f)
		if err != nil {
			return Draft{}, err
		}
		for _, x := range refused {
			x.Fact = i + 1
			out.Refused = append(out.Refused, x)
		}
		out.Sentences = append(out.Sentences, s)
	}
	for _, s := range c.Signatories {
		if strings.TrimSpace(s.Name) == "" {
			return Draft{}, fault.Invalid("a signatory has no name")
		}
		if !s.consented() {
			out.Refused = append(out.Refused, Refusal{Reason: ReasonSignatory, Detail: s.Name})
		}
	}
	return out, nil
}

// consented tells whether it is recorded when and how the signatory agreed.
func (s Signatory) consented() bool {
	d, err := edtf.Parse(s.ConsentDate)
	return err == nil && d.Resolved() && strings.TrimSpace(s.ConsentHow) != ""
}

func dayOf(t time.Time) edtf.Day {
	t = t.UTC()
	return edtf.DayOf(int64(t.Year()), int(t.Month()), t.Day())
}

// builder collects what wording and refusing must know.
type builder struct {
	ctx      context.Context
	r        *access.Reader
	lang     string
	at       edtf.Day
	items    map[record.ID]register.Item
	look     Lookup
	docs     map[record.ID]intake.Held
	closed   map[record.ID]bool // documents that are sealed or not to be seen
	private  map[record.ID]bool
	consents map[record.ID][]register.Consent
}

// load reads all chosen statements and everything they touch.
func (b *builder) load(c Content) error {
	b.items = map[record.ID]register.Item{}
	var ids []record.ID
	for _, f := range c.Facts {
		for _, id := range f.Statements {
			if _, ok := b.items[id]; ok {
				continue
			}
			it, err := register.Get(b.ctx, b.r, id)
			if fault.Is(err, fault.KindNotFound) {
				continue // refused where it is used
			}
			if err != nil {
				return err
			}
			b.items[id] = it
			ids = append(ids, it.Entity, it.Value.Ref, it.Source, it.Via, it.Document)
			if err := b.document(it.Document); err != nil {
				return err
			}
			if h, ok := b.docs[it.Document]; ok {
				ids = append(ids, h.Source, h.Via)
			}
		}
	}
	return b.names(distinct(ids))
}

func distinct(ids []record.ID) []record.ID {
	seen := map[record.ID]bool{"": true}
	var out []record.ID
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

// document looks at the document a statement comes from. One that is sealed,
// even if this session has opened it, is closed to letters.
func (b *builder) document(id record.ID) error {
	if _, ok := b.docs[id]; ok || id == "" || b.closed[id] {
		return nil
	}
	h, err := intake.Get(b.ctx, b.r, id)
	if fault.Is(err, fault.KindNotFound) {
		b.closed[id] = true
		return nil
	}
	if err != nil {
		return err
	}
	if h.Compartment.Sealed() || !h.Open {
		b.closed[id] = true
		return nil
	}
	b.docs[id] = h
	return nil
}

// perQuery is how many ids one query takes.
const perQuery = 400

func (b *builder) names(ids []record.ID) error {
	b.look.Names, b.look.Same, b.look.Modes = map[record.ID]string{}, map[record.ID]record.ID{}, map[Told]record.Mode{}
	b.look.Kinds = map[record.ID]record.Kind{}
	for len(ids) > 0 {
		n := min(len(ids), perQuery)
		if err := b.namesOf(ids[:n]); err != nil {
			return err
		}
		ids = ids[n:]
	}
	for id, h := range b.docs {
		b.look.Names[id] = h.Title
	}
	return nil
}

func (b *builder) namesOf(ids []record.ID) error {
	codes, err := register.Codes(b.ctx, b.r, ids)
	if err != nil {
		return err
	}
	titles, err := register.Titles(b.ctx, b.r, ids)
	if err != nil {
		return err
	}
	for _, m := range []map[record.ID]string{codes, titles} {
		for id, s := range m {
			b.look.Names[id] = s
		}
	}
	same, err := register.Canonicals(b.ctx, b.r, ids)
	if err != nil {
		return err
	}
	for id, c := range same {
		b.look.Same[id] = c
		if b.look.Names[c] == "" {
			b.look.Names[c] = b.look.Names[id]
		}
	}
	for _, id := range ids {
		if err := b.entity(id); err != nil {
			return err
		}
	}
	return nil
}

// entity finds an entity's kind and what follows from it: of acts and
// conditions the mode of the whole, of sources whether they are private
// persons, of persons their consents.
func (b *builder) entity(id record.ID) error {
	kind, ok, err := register.Exists(b.ctx, b.r, id)
	if err != nil || !ok {
		return err
	}
	b.look.Kinds[id] = kind
	if c, ok := b.look.Same[id]; ok {
		b.look.Kinds[c] = kind
	}
	switch kind {
	case record.KindAct, record.KindCondition:
		return b.mode(id)
	case record.KindSource:
		return b.source(id)
	case record.KindPerson:
		b.consents[id], err = register.ConsentsOf(b.ctx, b.r, id)
	}
	return err
}

// mode finds in which modes sources put an act as a whole. Where nobody says
// that it happened, no detail of it is worded as if it had.
func (b *builder) mode(id record.ID) error {
	all, err := register.Of(b.ctx, b.r, id)
	if err != nil {
		return err
	}
	e := b.look.canon(id)
	happened := false
	var other record.Mode
	for _, it := range all {
		if !it.Live || !kindProperties[it.Property] || it.Review == record.ReviewRejected {
			continue
		}
		if it.ModeOf() == record.ModeHappened {
			happened = true
			continue
		}
		b.look.Modes[Told{e, it.Source}] = it.ModeOf()
		other = it.ModeOf()
	}
	if !happened && other != "" {
		b.look.Modes[Told{e, ""}] = other
	}
	return nil
}

// source tells private persons among sources by the kind of source. One of
// whom the kind is not known may be a private person and is treated as one.
func (b *builder) source(id record.ID) error {
	all, err := register.Of(b.ctx, b.r, id)
	if err != nil {
		return err
	}
	known, private := false, false
	for _, it := range all {
		if it.Property == record.PropSourceKind && it.Live && it.Review != record.ReviewRejected {
			known = true
			private = private || b.look.Words.IsBelow(it.Value.Term, "source.person")
		}
	}
	if private || !known {
		b.private[id] = true
		b.consents[id], err = register.ConsentsOf(b.ctx, b.r, id)
	}
	return err
}

// fact words one fact and tells what of it is refused.
func (b *builder) fact(figures Figures, f Fact) (Sentence, []Refusal, error) {
	if f.Figure != "" {
		return b.figure(figures, f)
	}
	var items []register.Item
	var refused []Refusal
	for _, id := range f.Statements {
		it, ok := b.items[id]
		if !ok {
			reason := ReasonUnknown
			if b.sealed(id) {
				reason = ReasonSealed
			}
			refused = append(refused, Refusal{Statement: id, Reason: reason})
			continue
		}
		refused = append(refused, Refuse(b.standing(it), b.at)...)
		if !b.closed[it.Document] {
			items = append(items, it)
		}
	}
	if len(items) == 0 {
		return Sentence{}, refused, nil
	}
	w := b.look.Sentence(b.lang, items...)
	s := Sentence{Text: w.Text, Generated: w.Text, Hedges: w.Hedges}
	for _, it := range items {
		s.Derivations = append(s.Derivations, b.derivation(it))
	}
	return s, append(refused, s.edit(f.Text)...), nil
}

// sealed tells whether an id that is no general statement lies in an entry
// with sealed content in a compartment the author holds. To anybody else it
// does not exist.
func (b *builder) sealed(id record.ID) bool {
	if !id.Valid() {
		return false
	}
	e, err := b.r.Entry(b.ctx, id.Entry())
	if err != nil {
		return false
	}
	for _, p := range e.Header.Parts {
		if p.Compartment.Sealed() && b.r.Session().Member(p.Compartment) {
			return true
		}
	}
	return false
}

// edit puts the author's wording in place of the generated one and refuses it
// where a phrase that keeps the distance is gone.
func (s *Sentence) edit(text string) []Refusal {
	text = strings.TrimSpace(text)
	if text == "" || text == s.Generated {
		return nil
	}
	s.Text, s.Edited = text, true
	var out []Refusal
	for _, h := range s.Hedges {
		if !strings.Contains(strings.ToLower(text), strings.ToLower(h)) {
			out = append(out, Refusal{Reason: ReasonHedge, Detail: h})
		}
	}
	return out
}

func (b *builder) figure(figures Figures, f Fact) (Sentence, []Refusal, error) {
	missing := []Refusal{{Reason: ReasonUnknown, Detail: f.Figure}}
	if figures == nil {
		return Sentence{}, missing, nil
	}
	text, err := figures.Sentence(b.ctx, b.r, f.Figure, b.lang)
	if fault.Is(err, fault.KindNotFound) {
		return Sentence{}, missing, nil
	}
	if err != nil {
		return Sentence{}, nil, err
	}
	s := Sentence{Text: text, Generated: text, Figure: f.Figure}
	return s, s.edit(f.Text), nil
}

func (b *builder) standing(it register.Item) Standing {
	s := Standing{Item: it, DocumentSealed: b.closed[it.Document], Kinds: b.look.Kinds, Private: b.private, Consents: b.consents}
	ids := []record.ID{it.Source, it.Via}
	if h, ok := b.docs[it.Document]; ok {
		ids = append(ids, h.Source, h.Via)
	}
	s.Sources = distinct(ids)
	return s
}

func (b *builder) derivation(it register.Item) Derivation {
	d := Derivation{Statement: it.ID, Entity: it.Entity, Property: it.Property, Mode: it.ModeOf(), Source: it.Source, Via: it.Via, Document: it.Document,
		Quote: it.Quote, Reliability: it.Reliability, Grade: it.Grade, Recorded: it.Recorded.UTC().Format("2006-01-02")}
	if it.Source != "" {
		d.SourceName = b.look.name(it.Source)
	}
	if it.Via != "" {
		d.ViaName = b.look.name(it.Via)
	}
	if it.Document != "" {
		d.DocumentTitle = b.look.name(it.Document)
	}
	if it.At != nil {
		d.Page = it.At.Page
	}
	return d
}
