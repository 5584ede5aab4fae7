package web

import (
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"asylon/internal/access"
	"asylon/internal/accounts"
	"asylon/internal/fault"
	"asylon/internal/figure"
	"asylon/internal/gazetteer"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/register"
	"asylon/internal/resolve"
	"asylon/internal/svg"
)

// figureRoutes are the pages of documented numbers: asked, kept, and led back
// to the passages they rest on.
func (s *Server) figureRoutes() {
	s.page("GET /figures", figureList)
	s.page("POST /figures", figureAsk)
	s.page("GET /figures/{name}", figurePage)
	s.page("GET /figures/{name}/data", figureData)
	s.mux.Handle("GET /static/pictures.css", cached(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
		_, _ = w.Write([]byte(svg.CSS())) // the browser went away; there is nobody to tell
	})))
}

// figureFields are the question as it was typed.
type figureFields struct {
	Count, Act, Since, Until, Place, By, Reliability, Grade string
	Accepted                                                bool
}

type figureLine struct {
	Name, Title, Period, Place, By, Answer, Who, On string
}

type figureListPage struct {
	base
	F          figureFields
	Problem    string
	Units      []option
	Acts       []option
	Bys        []option
	Grades     []option
	Rels       []option
	Lines      []figureLine
	Total      int
	Filtered   bool
	FilterUnit []option
	FilterAct  []option
	Prev, Next string
}

func figureList(c *call) error {
	p := &figureListPage{F: figureFields{Count: "persons", Act: "return"}}
	if err := p.load(c); err != nil {
		return err
	}
	return c.show("figures", "figures.title", p)
}

// load reads what the list shows and the choices of the form.
func (p *figureListPage) load(c *call) error {
	unit, act := record.Unit(c.r.URL.Query().Get("unit")), record.TermID(c.r.URL.Query().Get("act"))
	offset := c.offset()
	err := c.visit.Read(c.ctx(), policy.ReadRecord, func(r *access.Reader) error {
		words, err := c.words(r)
		if err != nil {
			return err
		}
		ls, total, err := figure.List(c.ctx(), r, figure.Filter{Unit: unit, Act: act}, offset, perPage)
		if err != nil {
			return err
		}
		p.Total, p.Filtered = total, unit != "" || act != ""
		p.Acts = options(words, record.ListActs, c.lang, record.TermID(p.F.Act))
		p.FilterAct = options(words, record.ListActs, c.lang, act)
		return p.lines(c, r, words, ls)
	})
	if err != nil {
		return err
	}
	for _, u := range figure.Units() {
		p.Units = append(p.Units, option{Value: string(u), Label: c.text("figure.unit." + string(u)), Selected: string(u) == p.F.Count})
		p.FilterUnit = append(p.FilterUnit, option{Value: string(u), Label: c.text("figure.unit." + string(u)), Selected: u == unit})
	}
	for _, by := range []resolve.By{resolve.ByMonth, resolve.ByPlace, resolve.ByAct, resolve.BySource} {
		p.Bys = append(p.Bys, option{Value: string(by), Label: c.text("figure.by." + string(by)), Selected: string(by) == p.F.By})
	}
	for _, g := range []string{"1", "2", "3", "4", "5", "6"} {
		p.Grades = append(p.Grades, option{Value: g, Label: g + " · " + c.text("grade."+g), Selected: g == p.F.Grade})
	}
	for _, x := range []string{"A", "B", "C", "D", "E", "F"} {
		p.Rels = append(p.Rels, option{Value: x, Label: x + " · " + c.text("reliability."+x), Selected: x == p.F.Reliability})
	}
	p.Prev, p.Next = c.pager(offset, p.Total)
	return nil
}

func (p *figureListPage) lines(c *call, r *access.Reader, words *register.Words, ls []figure.Line) error {
	var ids []record.ID
	for _, l := range ls {
		ids = append(ids, l.Question.Place)
	}
	n, err := namer(c, r, ids)
	if err != nil {
		return err
	}
	who, err := accounts.Names(c.ctx(), r)
	if err != nil {
		return err
	}
	for _, l := range ls {
		q := l.Question
		x := figureLine{Name: l.Name, Who: who[l.Actor], On: l.At.Format("2006-01-02"), Title: c.text("figure.everyact")}
		if q.Act != "" {
			x.Title = words.Term(q.Act, c.lang)
		}
		if q.Place != "" {
			x.Place = n.name(q.Place)
		}
		if q.By != "" {
			x.By = c.text("figure.by." + string(q.By))
		}
		x.Period = c.span(q.From, q.To)
		x.Answer = fmt.Sprintf("%s · %s", rangeText(l.Low, l.High, c), figure.UnitWords(q.Count, c.lang))
		p.Lines = append(p.Lines, x)
	}
	return nil
}

// span words a period.
func (c *call) span(from, to string) string {
	switch {
	case from != "" && to != "":
		return c.date(from) + " – " + c.date(to)
	case from != "":
		return c.text("figure.since", c.date(from))
	case to != "":
		return c.text("figure.until", c.date(to))
	}
	return ""
}

// rangeText is a range in figures: "40 – 60", "40 – open".
func rangeText(low int64, high *int64, c *call) string {
	if high != nil && *high == low {
		return strconv.FormatInt(low, 10)
	}
	return strconv.FormatInt(low, 10) + " – " + highText(high, c)
}

// figureAsk answers a question and keeps the answer. One that cannot be
// understood comes back with what was typed and what is wrong.
func figureAsk(c *call) error {
	f := figureFields{Count: c.form("count"), Act: c.form("act"), Since: c.form("since"), Until: c.form("until"), Place: c.form("place"),
		By: c.form("by"), Reliability: c.form("reliability"), Grade: c.form("grade"), Accepted: c.form("accepted") != ""}
	kept, err := f.ask(c)
	if err == nil {
		c.redirect("/figures/" + kept.Name + "?done=figure")
		return nil
	}
	if !fault.Is(err, fault.KindInvalid) && !fault.Is(err, fault.KindNotFound) && !fault.Is(err, fault.KindConflict) {
		return err
	}
	p := &figureListPage{F: f, Problem: sentence(fault.Sentence(err))}
	if err := p.load(c); err != nil {
		return err
	}
	return c.render(fault.KindInvalid.Status(), "figures", c.text("figures.title"), p)
}

// ask understands what was typed and asks.
func (f figureFields) ask(c *call) (figure.Figure, error) {
	if err := c.visit.Allow(policy.AskFigure); err != nil {
		return figure.Figure{}, err
	}
	q := figure.Question{Count: record.Unit(f.Count), Act: record.TermID(f.Act), By: resolve.By(f.By)}
	q.Reliability, q.Accepted = record.Reliability(f.Reliability), f.Accepted
	if f.Grade != "" {
		g, err := strconv.Atoi(f.Grade)
		if err != nil {
			return figure.Figure{}, fault.Invalid("%.10q is not a grade: choose 1 to 6", f.Grade)
		}
		q.Grade = record.Grade(g)
	}
	for _, x := range []struct {
		typed string
		to    *string
	}{{f.Since, &q.From}, {f.Until, &q.To}} {
		if x.typed == "" {
			continue
		}
		d, err := understandDate(x.typed)
		if err != nil {
			return figure.Figure{}, err
		}
		*x.to = d.EDTF
	}
	if f.Place != "" {
		err := c.visit.Read(c.ctx(), policy.AskFigure, func(r *access.Reader) error {
			var err error
			q.Place, err = gazetteer.Find(c.ctx(), r, f.Place)
			return err
		})
		if err != nil {
			return figure.Figure{}, err
		}
	}
	return figure.Ask(c.ctx(), c.visit.Session, c.desk.Lexicon, q)
}

// figureAct is one act of the derivation.
type figureAct struct {
	ID, Code, Name, Answer, PartOf, PartOfName string
	Match                                      string
	Certain, Numbered, Conflict                bool
	Linked                                     int
	Statements                                 []statementView
	Erased                                     int
}

// figureWarning is one kind of warning with what it concerns.
type figureWarning struct {
	Text  string
	About []figureLink
	Pairs [][2]figureLink
	Judge bool
	More  int
}

type figureLink struct{ ID, Name string }

type figureBeside struct {
	Mode     string
	Act      figureLink
	Property string
}

type figureView struct {
	base
	Name, Answer, Question  string
	Low, Best, High         string
	Unit                    string
	AtLeast, Complete, Open bool
	Reported                bool
	Chart                   template.HTML
	Acts                    []figureAct
	ActCount, Omitted       int
	Warnings                []figureWarning
	Beside                  []figureBeside
	Method, Cut, Eligible   string
	Compartments            []string
	Who, On                 string
	Statements, Erased      int
	Prev, Next              string
}

// figurePage shows a figure and leads every number in it back.
func figurePage(c *call) error {
	p := &figureView{}
	err := c.visit.Read(c.ctx(), policy.ReadRecord, func(r *access.Reader) error {
		f, err := figure.Get(c.ctx(), r, c.r.PathValue("name"))
		if err != nil {
			return err
		}
		return p.load(c, r, f)
	})
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, "figure", p.Question, p)
}

func (p *figureView) load(c *call, r *access.Reader, f figure.Figure) error {
	words, err := c.words(r)
	if err != nil {
		return err
	}
	res := f.Result
	p.Name, p.Question, p.Answer = f.Name, figure.In(f.Title, c.lang), figure.InWords(res, c.lang)
	p.Low, p.High, p.Best, p.Unit = strconv.FormatInt(res.Low, 10), highText(res.High, c), "", figure.UnitWords(res.Unit, c.lang)
	if res.Best != nil {
		p.Best = strconv.FormatInt(*res.Best, 10)
	}
	p.Reported, p.Complete, p.AtLeast = res.Reported && res.Numbered, res.Complete, !res.Complete
	p.Chart = template.HTML(figure.In(f.Rendered, c.lang)) // our own drawing, frozen with the figure
	p.Method = c.text("figure.method."+f.Method, f.Version)
	if p.Cut, err = f.Cut.Name(); err != nil {
		return err
	}
	for _, x := range f.Compartments {
		p.Compartments = append(p.Compartments, c.text("compartment."+string(x)))
	}
	p.Eligible = c.eligible(f.Question.Eligible)
	p.Statements, p.Erased, p.Omitted, p.ActCount = f.Statements, f.Erased, f.Omitted, len(res.Acts)+f.Omitted
	who, err := accounts.Names(c.ctx(), r)
	if err != nil {
		return err
	}
	p.Who, p.On = who[f.Actor], f.At.Format("2006-01-02 15:04 UTC")
	offset := min(c.offset(), len(res.Acts))
	p.Prev, p.Next = c.pager(offset, len(res.Acts))
	n, err := namer(c, r, mentioned(res))
	if err != nil {
		return err
	}
	p.warn(c, n, res.Warnings)
	for _, b := range res.Beside {
		p.Beside = append(p.Beside, figureBeside{c.text("mode." + string(b.Mode)), figureLink{string(b.Act), n.name(b.Act)}, words.Property(b.Property, c.lang)})
	}
	return p.derive(c, r, words, n, res.Acts[offset:min(offset+perPage, len(res.Acts))])
}

// mentioned are all entities that a page of a figure names.
func mentioned(r resolve.Result) []record.ID {
	var ids []record.ID
	for _, a := range r.Acts {
		ids = append(ids, a.ID, a.PartOf)
	}
	for _, w := range r.Warnings {
		ids = append(ids, w.IDs...)
	}
	for _, b := range r.Beside {
		ids = append(ids, b.Act)
	}
	return ids
}

// eligible words which statements could enter.
func (c *call) eligible(e resolve.Eligible) string {
	parts := []string{c.text("figure.eligible.all")}
	if e.Reliability != "" {
		parts = append(parts, c.text("figure.eligible.reliability", e.Reliability))
	}
	if e.Grade != 0 {
		parts = append(parts, c.text("figure.eligible.grade", e.Grade))
	}
	if e.Accepted {
		parts = append(parts, c.text("figure.eligible.accepted"))
	}
	return strings.Join(parts, "; ")
}

// warn words the warnings, those of a kind together.
func (p *figureView) warn(c *call, n names, ws []resolve.Warning) {
	at := map[resolve.WarningKind]int{}
	for _, w := range ws {
		i, ok := at[w.Kind]
		if !ok {
			i = len(p.Warnings)
			at[w.Kind] = i
			p.Warnings = append(p.Warnings, figureWarning{Text: c.text("figure.warn." + string(w.Kind)), Judge: w.Kind == resolve.WarnOverlap || w.Kind == resolve.WarnDuplicates})
		}
		x := &p.Warnings[i]
		x.More += w.More
		var links []figureLink
		for _, id := range w.IDs {
			links = append(links, figureLink{string(id), n.name(id)})
		}
		if x.Judge && len(links) == 2 {
			x.Pairs = append(x.Pairs, [2]figureLink{links[0], links[1]})
		} else {
			x.About = append(x.About, links...)
		}
	}
}

// derive shows acts with their ranges and the statements these rest on.
func (p *figureView) derive(c *call, r *access.Reader, words *register.Words, n names, acts []resolve.Derived) error {
	var ids []record.ID
	for _, a := range acts {
		ids = append(ids, a.Statements...)
	}
	items, err := register.ByIDs(c.ctx(), r, ids)
	if err != nil {
		return err
	}
	v, err := newViewer(c, r, words, items)
	if err != nil {
		return err
	}
	by := map[record.ID]register.Item{}
	for _, it := range items {
		by[it.ID] = it
	}
	for _, a := range acts {
		x := figureAct{ID: string(a.ID), Code: n.codes[a.ID], Name: n.name(a.ID), Match: c.text("figure.match." + a.Match), Certain: a.Match == resolve.Certainly.String(),
			Numbered: a.Numbered, Conflict: a.Conflict, Linked: a.Linked, PartOf: string(a.PartOf), PartOfName: n.name(a.PartOf), Answer: rangeText(a.Low, a.High, c)}
		for _, s := range a.Statements {
			if it, ok := by[s]; ok {
				x.Statements = append(x.Statements, v.view(it))
			} else {
				x.Erased++
			}
		}
		p.Acts = append(p.Acts, x)
	}
	return nil
}

// figureData sends a figure's own bytes, as they were kept.
func figureData(c *call) error {
	var f figure.Figure
	err := c.visit.Read(c.ctx(), policy.ReadRecord, func(r *access.Reader) error {
		var err error
		f, err = figure.Get(c.ctx(), r, c.r.PathValue("name"))
		return err
	})
	if err != nil {
		return err
	}
	c.w.Header().Set("Content-Type", "application/json")
	c.w.Header().Set("Content-Disposition", `attachment; filename="figure-`+f.Name+`.json"`)
	_, err = c.w.Write(f.Bytes)
	if err != nil {
		return nil // the browser went away; there is nobody to tell
	}
	return nil
}
