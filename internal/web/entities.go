package web

import (
	"net/http"
	"net/url"
	"sort"
	"strings"
	"time"

	"asylon/edtf"
	"asylon/internal/access"
	"asylon/internal/accounts"
	"asylon/internal/coding"
	"asylon/internal/fault"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/register"
	"asylon/internal/resolve"
	"asylon/quantity"
)

// entityRoutes are the pages of everything in the record: an event, an act, a
// person, and what is done with their statements.
func (s *Server) entityRoutes() {
	s.page("GET /entity/{id}", entityPage)
	s.page("POST /entity/{id}/retract", retractStatements)
	s.page("POST /entity/{id}/review", reviewStatements)
	s.page("POST /entity/{id}/prefer", preferStatement)
	s.page("GET /judge", judgePage)
	s.page("POST /judge", judgeSave)
	s.page("POST /undo", undo)
	s.page("POST /entity/{id}/consent", consentSave)
}

// propertyGroup is all that is stated of one property.
type propertyGroup struct {
	Property   record.PropertyID
	Label      string
	Hint       string
	Many       bool
	Live       []statementView
	Withdrawn  []statementView
	Contradict bool
	Shown      string // the resolved value
	Rule       string // how it was chosen, in words
	Preferred  bool
}

// related is an entity that refers to this one, in brief.
type related struct {
	ID, Code, Name, Kind string
	As                   string // the property by which it refers, in words
	Qual                 string
	When, Where, HowMany string
	Who                  []string
	Mode                 string
	Happened             bool
}

type relatedGroup struct {
	Label string
	Lines []related
}

type sealedView struct {
	Compartment string
	Label       string
	Parts       int
	Open        bool
	Left        time.Duration
	Statements  []statementView
	Of          string
}

type judgementView struct {
	ID, Type, Other, OtherName, By, On, Reason string
	Live                                       bool
}

type stepView struct {
	On, By, What, Detail, Reason, Entry, Target string
	Undone                                      bool
}

type consentView struct {
	ID, Purpose, Recipient, Given, Expires, How string
	Withdrawn                                   bool
}

type entityView struct {
	base
	ID         record.ID
	Code, Name string
	Kind       record.Kind
	KindLabel  string
	Members    []related
	Disputed   bool
	Groups     []propertyGroup
	Related    []relatedGroup
	Sealed     []sealedView
	Judgements []judgementView
	History    []stepView
	Consents   []consentView
	Purposes   []option
	Recipients []option
	CanConsent bool
	Token      string
}

func entityPage(c *call) error {
	p := &entityView{ID: record.ID(c.r.PathValue("id")), Token: access.NewToken()}
	err := c.visit.Read(c.ctx(), policy.ReadRecord, func(r *access.Reader) error { return p.load(c, r) })
	if err != nil {
		return err
	}
	if p.Kind == record.KindDocument {
		c.redirect("/document/" + string(p.ID))
		return nil
	}
	return c.render(http.StatusOK, "entity", p.Name, p)
}

func (p *entityView) load(c *call, r *access.Reader) error {
	var err error
	if p.Kind, err = register.KindOf(c.ctx(), r, p.ID); err != nil || p.Kind == record.KindDocument {
		return err
	}
	words, err := c.words(r)
	if err != nil {
		return err
	}
	p.KindLabel = c.text("kind." + string(p.Kind))
	members, err := register.Members(c.ctx(), r, p.ID)
	if err != nil {
		return err
	}
	_, p.Disputed, err = register.Canonical(c.ctx(), r, p.ID)
	if err != nil {
		return err
	}
	items, err := register.Of(c.ctx(), r, p.ID)
	if err != nil {
		return err
	}
	refs, err := register.Referring(c.ctx(), r, p.ID)
	if err != nil {
		return err
	}
	v, err := newViewer(c, r, words, append(append([]register.Item{}, items...), refs...))
	if err != nil {
		return err
	}
	n, err := namer(c, r, members)
	if err != nil {
		return err
	}
	p.Name, p.Code = n.name(p.ID), n.codes[p.ID]
	for _, m := range members {
		if len(members) > 1 {
			p.Members = append(p.Members, related{ID: string(m), Code: n.codes[m], Name: n.name(m)})
		}
	}
	js, err := register.JudgementsOf(c.ctx(), r, p.ID)
	if err != nil {
		return err
	}
	p.Groups = groups(v, words, items, preferredOf(js))
	if p.Related, err = relations(c, r, v, refs); err != nil {
		return err
	}
	if err := p.sealed(c, r, words); err != nil {
		return err
	}
	return p.beside(c, r, words, js)
}

// groups puts statements under their properties, in the order of the words.
func groups(v *viewer, words *register.Words, items []register.Item, preferred map[record.ID]bool) []propertyGroup {
	by := map[record.PropertyID]*propertyGroup{}
	var order []record.PropertyID
	byProp := map[record.PropertyID][]register.Item{}
	for _, it := range items {
		g := by[it.Property]
		if g == nil {
			p := words.Properties[it.Property]
			g = &propertyGroup{Property: it.Property, Label: words.Property(it.Property, v.c.lang), Hint: p.Definition.In(v.c.lang), Many: p.Many}
			by[it.Property] = g
			order = append(order, it.Property)
		}
		if it.Live {
			g.Live = append(g.Live, v.view(it))
			byProp[it.Property] = append(byProp[it.Property], it)
		} else {
			g.Withdrawn = append(g.Withdrawn, v.view(it))
		}
	}
	sort.SliceStable(order, func(i, j int) bool { return words.Properties[order[i]].Order < words.Properties[order[j]].Order })
	out := make([]propertyGroup, 0, len(order))
	for _, id := range order {
		g := by[id]
		resolveGroup(v, g, byProp[id], preferred)
		out = append(out, *g)
	}
	return out
}

// relations lists what refers to an entity, in brief, by the property through
// which it does.
func relations(c *call, r *access.Reader, v *viewer, refs []register.Item) ([]relatedGroup, error) {
	var ids []record.ID
	seen := map[record.ID]bool{}
	for _, it := range refs {
		if !seen[it.Entity] {
			seen[it.Entity] = true
			ids = append(ids, it.Entity)
		}
	}
	if len(ids) > maxRelated {
		ids = ids[:maxRelated]
	}
	facts, err := register.OfMany(c.ctx(), r, ids)
	if err != nil {
		return nil, err
	}
	fv, err := newViewer(c, r, v.words, facts)
	if err != nil {
		return nil, err
	}
	lines := map[record.ID]*related{}
	for _, id := range ids {
		lines[id] = &related{ID: string(id), Code: fv.names.codes[id], Name: fv.names.name(id), Happened: true}
	}
	for _, it := range facts {
		brief(fv, lines[it.Entity], it)
	}
	var out []relatedGroup
	at := map[record.PropertyID]int{}
	for _, it := range refs {
		l := lines[it.Entity]
		if l == nil {
			continue
		}
		i, ok := at[it.Property]
		if !ok {
			i = len(out)
			at[it.Property] = i
			out = append(out, relatedGroup{Label: v.words.Property(it.Property, c.lang)})
		}
		line := *l
		if it.Value.Qual != "" {
			line.Qual = v.words.Term(it.Value.Qual, c.lang)
		}
		if k := len(out[i].Lines); k > 0 && out[i].Lines[k-1].ID == line.ID && out[i].Lines[k-1].Qual == line.Qual {
			continue // two sources say the same of one entity: one line
		}
		out[i].Lines = append(out[i].Lines, line)
	}
	return out, nil
}

// maxRelated bounds how many related entities a page tells about.
const maxRelated = 400

// brief adds one statement to a related entity's line.
func brief(v *viewer, l *related, it register.Item) {
	if l == nil {
		return
	}
	text, _ := v.value(it)
	switch it.Property {
	case record.PropActKind, record.PropConditionKind, record.PropPositionKind, record.PropDemandKind, record.PropGroupKind:
		l.Kind = text
		l.Mode, l.Happened = v.c.text("mode."+string(it.ModeOf())), it.ModeOf() == record.ModeHappened
	case record.PropActDate, record.PropEventDate, record.PropConditionDate, record.PropPositionDate, record.PropDemandDate:
		l.When = beside(l.When, text)
	case record.PropActPlace, record.PropEventPlace, record.PropConditionPlace:
		l.Where = beside(l.Where, text)
	case record.PropActCount, record.PropEventCount, record.PropConditionCount, record.PropGroupCount, record.PropActRate:
		l.HowMany = beside(l.HowMany, text)
	case record.PropActVictim, record.PropActPerpetrator, record.PropActHelper:
		who := v.words.Property(it.Property, v.c.lang) + ": " + text
		if it.Value.Qual != "" {
			who += " (" + v.words.Term(it.Value.Qual, v.c.lang) + ")"
		}
		l.Who = append(l.Who, who)
	}
}

// beside puts another value next to what a line shows already: where sources
// differ, none of them wins in a list.
func beside(have, text string) string {
	for _, x := range strings.Split(have, " / ") {
		if x == text {
			return have
		}
	}
	if have == "" {
		return text
	}
	return have + " / " + text
}

// sealed lists what is sealed about the entity in the compartments the actor
// holds, and what of it the session has opened.
func (p *entityView) sealed(c *call, r *access.Reader, words *register.Words) error {
	parts, err := register.SealedOf(c.ctx(), r, p.ID)
	if err != nil {
		return err
	}
	opened, err := register.OpenedOf(c.ctx(), r, p.ID)
	if err != nil {
		return err
	}
	v, err := newViewer(c, r, words, opened)
	if err != nil {
		return err
	}
	type key struct {
		c  record.Compartment
		of record.ID
	}
	at := map[key]int{}
	for _, x := range parts {
		k := key{x.Compartment, x.Entity}
		i, ok := at[k]
		if !ok {
			i = len(p.Sealed)
			at[k] = i
			s := sealedView{Compartment: string(x.Compartment), Label: c.text("compartment." + string(x.Compartment)), Of: string(x.Entity)}
			s.Left, s.Open = c.visit.Opened(x.Entity, x.Compartment)
			p.Sealed = append(p.Sealed, s)
		}
		p.Sealed[i].Parts++
	}
	for _, it := range opened {
		if i, ok := at[key{it.Sealed, it.Entity}]; ok {
			p.Sealed[i].Statements = append(p.Sealed[i].Statements, v.view(it))
		}
	}
	return nil
}

// beside loads judgements, history and consents.
func (p *entityView) beside(c *call, r *access.Reader, words *register.Words, js []register.Judgement) error {
	var others []record.ID
	for _, j := range js {
		others = append(others, j.A, j.B)
	}
	n, err := namer(c, r, others)
	if err != nil {
		return err
	}
	who, err := accounts.Names(c.ctx(), r)
	if err != nil {
		return err
	}
	for _, j := range js {
		other := j.A
		if other == p.ID {
			other = j.B
		}
		p.Judgements = append(p.Judgements, judgementView{ID: string(j.ID), Type: c.text("judgement." + judgementKey(j.Type)), Other: string(other), OtherName: n.name(other),
			By: who[j.Actor], On: j.Recorded.Format("2006-01-02"), Reason: j.Reason, Live: j.Live})
	}
	hist, err := register.History(c.ctx(), r, p.ID)
	if err != nil {
		return err
	}
	for _, h := range hist {
		s := stepView{On: h.At.Format("2006-01-02 15:04"), By: who[h.Actor], What: c.text("step." + h.What), Reason: h.Reason, Entry: string(h.Entry), Undone: h.Undone, Target: string(h.Target)}
		switch h.What {
		case "statement":
			s.Detail = words.Property(record.PropertyID(h.Detail), c.lang)
		case "review":
			s.Detail = c.text("review." + h.Detail)
		case "judgement":
			s.Detail = c.text("judgement." + judgementKey(register.JudgementType(h.Detail)))
		case "consent":
			s.Detail = words.Term(record.TermID(h.Detail), c.lang)
		}
		p.History = append(p.History, s)
	}
	return p.consents(c, r, words)
}

func judgementKey(t register.JudgementType) string { return strings.ReplaceAll(string(t), " ", "_") }

func (p *entityView) consents(c *call, r *access.Reader, words *register.Words) error {
	p.CanConsent = p.Kind == record.KindPerson || p.Kind == record.KindGroup || p.Kind == record.KindSource
	if !p.CanConsent {
		return nil
	}
	all, err := register.ConsentsOf(c.ctx(), r, p.ID)
	if err != nil {
		return err
	}
	for _, x := range all {
		cv := consentView{ID: string(x.ID), Purpose: words.Term(x.Purpose, c.lang), Recipient: words.Term(x.Recipient, c.lang), Given: c.dateValue(x.Given), How: x.How, Withdrawn: x.Withdrawn}
		if x.Expires != nil {
			cv.Expires = c.dateValue(*x.Expires)
		}
		p.Consents = append(p.Consents, cv)
	}
	p.Purposes = options(words, record.ListPurposes, c.lang, "")
	p.Recipients = options(words, record.ListRecipients, c.lang, "")
	return nil
}

// chosen lists the statements ticked on a form.
func chosen(c *call) ([]record.ID, error) {
	if err := c.r.ParseForm(); err != nil {
		return nil, fault.Invalid("the form cannot be read")
	}
	var out []record.ID
	for _, s := range c.r.PostForm["statement"] {
		id, err := record.ParseID(s)
		if err != nil {
			return nil, fault.Invalid("%s", err.Error())
		}
		out = append(out, id)
	}
	return out, nil
}

func retractStatements(c *call) error {
	ids, err := chosen(c)
	if err != nil {
		return err
	}
	err = c.visit.Write(c.ctx(), policy.AddRecord, func(w *access.Writer) error {
		_, err := register.Once(c.ctx(), w, c.form("token"), func() (string, error) {
			e, err := register.Retract(c.ctx(), w, ids, c.form("reason"))
			return string(e), err
		})
		return err
	})
	if err != nil {
		return err
	}
	c.redirect("/entity/" + c.r.PathValue("id") + "?done=retracted")
	return nil
}

func reviewStatements(c *call) error {
	ids, err := chosen(c)
	if err != nil {
		return err
	}
	err = c.visit.Write(c.ctx(), policy.Review, func(w *access.Writer) error {
		_, err := register.ReviewStatements(c.ctx(), w, ids, record.Review(c.form("state")), c.form("reason"))
		return err
	})
	if err != nil {
		return err
	}
	c.redirect("/entity/" + c.r.PathValue("id") + "?done=reviewed")
	return nil
}

// sideView is one of two things looked at side by side.
type sideView struct {
	ID, Code, Name string
	Kind           string
	Groups         []propertyGroup
}

type judgePageView struct {
	base
	A, B     sideView
	Types    []option
	Property string
	Token    string
	Problem  string
}

// judgePage shows two things side by side before a judgement.
func judgePage(c *call) error {
	p := &judgePageView{Token: access.NewToken()}
	err := c.visit.Read(c.ctx(), policy.Judge, func(r *access.Reader) error {
		words, err := c.words(r)
		if err != nil {
			return err
		}
		for _, side := range []struct {
			key string
			v   *sideView
		}{{"a", &p.A}, {"b", &p.B}} {
			id, err := findEntity(c, r, c.form(side.key))
			if err != nil {
				return err
			}
			if *side.v, err = look(c, r, words, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, t := range register.JudgementTypes() {
		if t == register.Preferred || t == register.Complete {
			continue // judged on the entity's own page
		}
		p.Types = append(p.Types, option{string(t), c.text("judgement." + judgementKey(t)), 0, string(t) == c.form("type")})
	}
	return c.show("judge", "judge.title", p)
}

// findEntity takes an id or a local label.
func findEntity(c *call, r *access.Reader, s string) (record.ID, error) {
	if id, err := record.ParseID(s); err == nil {
		_, err := register.KindOf(c.ctx(), r, id)
		return id, err
	}
	if s == "" {
		return "", fault.Invalid("give the label of the other one, such as A-0012")
	}
	return register.ByCode(c.ctx(), r, s)
}

func look(c *call, r *access.Reader, words *register.Words, id record.ID) (sideView, error) {
	k, err := register.KindOf(c.ctx(), r, id)
	if err != nil {
		return sideView{}, err
	}
	items, err := register.Of(c.ctx(), r, id)
	if err != nil {
		return sideView{}, err
	}
	v, err := newViewer(c, r, words, items)
	if err != nil {
		return sideView{}, err
	}
	n, err := namer(c, r, []record.ID{id})
	if err != nil {
		return sideView{}, err
	}
	return sideView{ID: string(id), Code: n.codes[id], Name: n.name(id), Kind: c.text("kind." + string(k)), Groups: groups(v, words, items, nil)}, nil
}

func judgeSave(c *call) error {
	b := register.JudgementBody{Type: register.JudgementType(c.form("type")), A: record.ID(c.form("a")), B: record.ID(c.form("b")),
		Property: record.PropertyID(c.form("property")), Reason: c.form("reason")}
	err := c.visit.Write(c.ctx(), policy.Judge, func(w *access.Writer) error {
		_, err := register.Once(c.ctx(), w, c.form("token"), func() (string, error) {
			id, err := register.Judge(c.ctx(), w, b)
			return string(id), err
		})
		return err
	})
	if err != nil {
		return err
	}
	to := b.A
	if b.Type == register.Preferred {
		to = b.B
	}
	c.redirect("/entity/" + string(to) + "?done=judged")
	return nil
}

func undo(c *call) error {
	err := c.visit.Write(c.ctx(), policy.AddRecord, func(w *access.Writer) error {
		_, err := register.Undo(c.ctx(), w, record.ID(c.form("target")), c.form("reason"))
		return err
	})
	if err != nil {
		return err
	}
	next := localPath(c.form("next"))
	c.redirect(next + "?" + url.Values{"done": {"undone"}}.Encode())
	return nil
}

func consentSave(c *call) error {
	id := record.ID(c.r.PathValue("id"))
	today, err := edtf.Parse(c.today())
	if err != nil {
		return err
	}
	given, err := coding.Date(firstText(c.form("given"), c.today()), coding.Reference{Date: today}, record.ModeHappened)
	if err != nil {
		return err
	}
	b := register.ConsentBody{Person: id, Purpose: record.TermID(c.form("purpose")), Recipient: record.TermID(c.form("recipient")), Given: *given.Value.Date, How: c.form("how")}
	if e := c.form("expires"); e != "" {
		u, err := coding.Date(e, coding.Reference{Date: today}, record.ModeIntended)
		if err != nil {
			return err
		}
		b.Expires = u.Value.Date
	}
	err = c.visit.Write(c.ctx(), policy.RecordAccord, func(w *access.Writer) error {
		words, err := c.words(&w.Reader)
		if err != nil {
			return err
		}
		_, err = register.RecordConsent(c.ctx(), w, words, b)
		return err
	})
	if err != nil {
		return err
	}
	c.redirect("/entity/" + string(id) + "?done=consent")
	return nil
}

// resolveGroup says what a group's statements come to, and by which rule.
func resolveGroup(v *viewer, g *propertyGroup, items []register.Item, preferred map[record.ID]bool) {
	claims := make([]resolve.Claim, len(items))
	for i, it := range items {
		claims[i] = resolve.Claim{ID: it.ID, Statement: it.Statement, Live: it.Live, Review: it.Review, SourceDate: resolve.NoDay, Preferred: preferred[it.ID]}
	}
	got := resolve.Property(g.Property, g.Many, claims, resolve.Eligible{})
	g.Contradict = got.Conflict
	if g.Many || got.Shown == "" || len(got.Agreeing)+len(got.Contradicting) < 2 {
		return
	}
	for _, it := range items {
		if it.ID == got.Shown {
			g.Shown, _ = v.value(it)
		}
	}
	if got.Count != nil {
		g.Shown = got.Count.Count.Text(quantity.Lang(v.c.lang))
	}
	g.Rule = v.c.text("resolve." + string(got.Rule))
	if got.Count != nil && got.Conflict {
		g.Rule = v.c.text("resolve.range")
	}
}

// preferStatement records that one statement gives the value to show.
func preferStatement(c *call) error {
	ids, err := chosen(c)
	if err != nil {
		return err
	}
	if len(ids) != 1 {
		return fault.Invalid("choose the one statement whose value is to be shown")
	}
	id := record.ID(c.r.PathValue("id"))
	err = c.visit.Write(c.ctx(), policy.Judge, func(w *access.Writer) error {
		it, err := register.Get(c.ctx(), &w.Reader, ids[0])
		if err != nil {
			return err
		}
		_, err = register.Judge(c.ctx(), w, register.JudgementBody{Type: register.Preferred, A: it.ID, B: id, Property: it.Property, Reason: c.form("reason")})
		return err
	})
	if err != nil {
		return err
	}
	c.redirect("/entity/" + string(id) + "?done=judged")
	return nil
}

// preferredOf lists the statements that standing judgements prefer.
func preferredOf(js []register.Judgement) map[record.ID]bool {
	out := map[record.ID]bool{}
	for _, j := range js {
		if j.Type == register.Preferred && j.Live {
			out[j.A] = true
		}
	}
	return out
}
