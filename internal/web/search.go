package web

import (
	"encoding/csv"
	"net/url"
	"strconv"
	"strings"

	"asylon/edtf"
	"asylon/internal/access"
	"asylon/internal/coding"
	"asylon/internal/fault"
	"asylon/internal/gazetteer"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/register"
	"asylon/internal/search"
	"asylon/internal/text"
)

// searchRoutes are the pages on which things are found.
func (s *Server) searchRoutes() {
	s.page("GET /search", searchPage)
	s.page("GET /list/{kind}", listPage)
	s.page("POST /list/{kind}/export", listExport)
	s.page("POST /views", viewSave)
	s.page("POST /views/drop", viewDrop)
}

type hitView struct {
	Kind, Title, Link, Where string
	Snippet                  []text.Piece
}

type searchView struct {
	base
	Q          string
	Kinds      []option
	Hits       []hitView
	Total      int
	More       bool
	Prev, Next string
	Problem    string
	Views      []search.View
	Here       string
}

func searchPage(c *call) error {
	p := &searchView{Q: c.form("q"), Here: c.r.URL.RequestURI()}
	kind, offset := c.form("kind"), c.offset()
	for _, k := range append([]string{"", "document", "statement"}, kindsBut("document")...) {
		label := c.text("search.all")
		switch k {
		case "":
		case "statement":
			label = c.text("search.statement")
		default:
			label = c.text("kind." + k)
		}
		p.Kinds = append(p.Kinds, option{k, label, 0, k == kind})
	}
	err := c.visit.Read(c.ctx(), policy.ReadRecord, func(r *access.Reader) error {
		var err error
		if p.Views, err = search.Views(c.ctx(), r); err != nil || p.Q == "" {
			return err
		}
		words, err := c.words(r)
		if err != nil {
			return err
		}
		res, err := search.Find(c.ctx(), r, search.Query{Text: p.Q, Kind: kind, Limit: perPage, Offset: offset})
		if fault.Is(err, fault.KindInvalid) {
			p.Problem = sentence(fault.Sentence(err))
			return nil
		}
		if err != nil {
			return err
		}
		p.Total, p.More = res.Total, res.More
		for _, h := range res.Hits {
			p.Hits = append(p.Hits, c.hit(words, h))
		}
		return nil
	})
	if err != nil {
		return err
	}
	p.Prev, p.Next = c.pager(offset, p.Total)
	return c.show("search", "search.title", p)
}

func kindsBut(not string) []string {
	var out []string
	for _, k := range record.Kinds() {
		if string(k) != not {
			out = append(out, string(k))
		}
	}
	return out
}

func (c *call) hit(words *register.Words, h search.Hit) hitView {
	v := hitView{Title: h.Title, Snippet: h.Snippet}
	switch h.Kind {
	case "document":
		v.Kind, v.Link = c.text("kind.document"), "/document/"+string(h.ID)
		if h.Page > 0 {
			v.Link += "/page/" + strconv.Itoa(h.Page)
			v.Where = c.text("code.page", h.Page)
		}
	case "statement":
		v.Kind, v.Link = c.text("search.statement"), "/entity/"+string(h.Entity)+"#s-"+string(h.ID)
		v.Where = words.Property(h.Property, c.lang)
	default:
		v.Kind, v.Link = c.text("kind."+h.Kind), "/entity/"+string(h.ID)
		v.Where = words.Property(h.Property, c.lang)
	}
	return v
}

type listView struct {
	base
	Kind       record.Kind
	Total      int
	More       bool
	Lines      []related
	Prev, Next string
	Terms      []option
	Modes      []option
	Reviews    []option
	Sources    []option
	Sorts      []option
	From, To   string
	When       string // how the dates were understood
	Place      string
	Label      string
	Certainly  bool
	Grade      string
	HasDates   bool
	HasPlaces  bool
	HasTerms   bool
	Filtered   bool
	Problem    string
	Here       string
	Query      string
	Views      []search.View
}

func listPage(c *call) error {
	p := &listView{Kind: record.Kind(c.r.PathValue("kind")), Here: c.r.URL.RequestURI(), Query: c.r.URL.RawQuery}
	if !p.Kind.Valid() {
		return fault.NotFound("there is no list of that kind")
	}
	if p.Kind == record.KindDocument {
		c.redirect("/documents")
		return nil
	}
	offset := c.offset()
	err := c.visit.Read(c.ctx(), policy.ReadRecord, func(r *access.Reader) error { return p.load(c, r, perPage, offset) })
	if err != nil {
		return err
	}
	total := p.Total
	p.Prev, p.Next = c.pager(offset, total)
	return c.render(200, "list", c.text("list.title."+string(p.Kind)), p)
}

func (p *listView) load(c *call, r *access.Reader, limit, offset int) error {
	words, err := c.words(r)
	if err != nil {
		return err
	}
	f, err := p.filter(c, r, words)
	if fault.Is(err, fault.KindInvalid) || fault.Is(err, fault.KindNotFound) || fault.Is(err, fault.KindConflict) {
		p.Problem = sentence(fault.Sentence(err))
		f = search.Filter{Kind: p.Kind}
	} else if err != nil {
		return err
	}
	f.Limit, f.Offset = limit, offset
	ids, total, more, err := search.List(c.ctx(), r, f)
	if err != nil {
		return err
	}
	p.Total, p.More = total, more
	if p.Lines, err = lines(c, r, words, ids); err != nil {
		return err
	}
	if p.Views, err = search.Views(c.ctx(), r); err != nil {
		return err
	}
	p.Sources, err = sourceOptions(c, r, f.Source)
	return err
}

// filter reads the list's filter from the address; what was typed is kept for
// the form.
func (p *listView) filter(c *call, r *access.Reader, words *register.Words) (search.Filter, error) {
	f := search.Filter{Kind: p.Kind, Mode: record.Mode(c.form("mode")), Source: record.ID(c.form("source")), Review: record.Review(c.form("review")),
		Label: c.form("label"), Sort: c.form("sort"), Certainly: c.form("match") == "certainly"}
	p.From, p.To, p.Place, p.Label, p.Certainly, p.Grade = c.form("since"), c.form("until"), c.form("place"), f.Label, f.Certainly, c.form("grade")
	p.HasDates, p.HasPlaces = search.DateProperty(p.Kind) != "", search.PlaceProperty(p.Kind) != ""
	term := record.TermID(c.form("term"))
	if kp := search.KindProperty(p.Kind); kp != "" {
		p.HasTerms = true
		p.Terms = options(words, words.Properties[kp].List, c.lang, term)
	}
	for _, m := range record.Modes() {
		p.Modes = append(p.Modes, option{string(m), c.text("mode." + string(m)), 0, m == f.Mode})
	}
	for _, v := range []record.Review{record.ReviewDraft, record.ReviewAccepted, record.ReviewRejected} {
		p.Reviews = append(p.Reviews, option{string(v), c.text("review." + string(v)), 0, v == f.Review})
	}
	for _, v := range []string{"newest", "oldest", "date"} {
		p.Sorts = append(p.Sorts, option{v, c.text("list.sort." + v), 0, v == f.Sort})
	}
	if term != "" {
		f.Terms = words.Below(term)
	}
	if g, err := strconv.Atoi(p.Grade); err == nil {
		f.Grade = record.Grade(g)
	}
	p.Filtered = term != "" || f.Mode != "" || f.Source != "" || f.Review != "" || f.Label != "" || p.From+p.To+p.Place+p.Grade != ""
	if p.Place != "" {
		id, err := gazetteer.Find(c.ctx(), r, p.Place)
		if err != nil {
			return f, err
		}
		if f.Places, err = gazetteer.Within(c.ctx(), r, id); err != nil {
			return f, err
		}
	}
	return f, p.dates(c, &f)
}

// dates understands the typed period.
func (p *listView) dates(c *call, f *search.Filter) error {
	if p.From == "" && p.To == "" {
		return nil
	}
	f.Between, f.From, f.To = true, int64(edtf.MinDay), int64(edtf.MaxDay)
	var said []string
	if p.From != "" {
		d, err := understandDate(p.From)
		if err != nil {
			return err
		}
		f.From = d.Earliest
		if p.To == "" {
			f.To = d.Latest
		}
		said = append(said, c.date(d.EDTF))
	}
	if p.To != "" {
		d, err := understandDate(p.To)
		if err != nil {
			return err
		}
		f.To = d.Latest
		said = append(said, c.date(d.EDTF))
	}
	p.When = strings.Join(said, " – ")
	if f.To < f.From {
		return fault.Invalid("the period ends before it begins")
	}
	return nil
}

func understandDate(s string) (record.Date, error) {
	u, err := coding.Date(s, coding.Reference{}, record.ModeHappened)
	if err != nil {
		return record.Date{}, err
	}
	if u.Unresolved {
		return record.Date{}, fault.Invalid("the date %q needs a year", s)
	}
	return *u.Value.Date, nil
}

// lines words entities in brief, in the order given.
func lines(c *call, r *access.Reader, words *register.Words, ids []record.ID) ([]related, error) {
	facts, err := register.OfMany(c.ctx(), r, ids)
	if err != nil {
		return nil, err
	}
	v, err := newViewer(c, r, words, facts)
	if err != nil {
		return nil, err
	}
	n, err := namer(c, r, ids)
	if err != nil {
		return nil, err
	}
	by := map[record.ID]*related{}
	out := make([]related, len(ids))
	for i, id := range ids {
		out[i] = related{ID: string(id), Code: n.codes[id], Name: n.name(id), Happened: true}
		by[id] = &out[i]
	}
	for _, it := range facts {
		brief(v, by[it.Entity], it)
	}
	return out, nil
}

// maxExport is how many lines one export holds.
const maxExport = 10000

// listExport hands a list out as CSV, and the audit journal says so. Cells
// that a spreadsheet would take for a formula are quoted.
func listExport(c *call) error {
	p := &listView{Kind: record.Kind(c.r.PathValue("kind"))}
	if err := c.r.ParseForm(); err != nil {
		return fault.Invalid("the form cannot be read")
	}
	q, err := url.ParseQuery(c.r.PostForm.Get("query"))
	if err != nil {
		return fault.Invalid("the list's filter cannot be read")
	}
	c.r.Form = q
	err = c.visit.Write(c.ctx(), policy.Export, func(w *access.Writer) error {
		for offset := 0; offset < maxExport; offset += 500 {
			page := &listView{Kind: p.Kind}
			if err := page.load(c, &w.Reader, 500, offset); err != nil {
				return err
			}
			p.Lines = append(p.Lines, page.Lines...)
			if len(page.Lines) < 500 {
				break
			}
		}
		return w.Audit(c.ctx(), access.AuditBody{What: "export", Detail: "list of " + string(p.Kind) + ", " + strconv.Itoa(len(p.Lines)) + " lines"})
	})
	if err != nil {
		return err
	}
	c.w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	c.w.Header().Set("Content-Disposition", `attachment; filename="`+string(p.Kind)+`.csv"`)
	out := csv.NewWriter(c.w)
	rows := [][]string{{"\ufefflabel", "id", "title", "kind", "mode", "when", "where", "how many", "who"}}
	for _, l := range p.Lines {
		rows = append(rows, []string{l.Code, l.ID, cell(l.Name), cell(l.Kind), l.Mode, cell(l.When), cell(l.Where), cell(l.HowMany), cell(strings.Join(l.Who, "; "))})
	}
	if err := out.WriteAll(rows); err != nil {
		c.s.log.Debug("export broke off", "err", err)
	}
	return nil
}

// cell makes a text safe to open in a spreadsheet: what begins like a formula
// gets an apostrophe before it.
func cell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

func viewSave(c *call) error {
	q := localPath(c.form("query"))
	if err := search.SaveView(c.ctx(), c.visit.Session, c.form("name"), q); err != nil {
		return err
	}
	c.redirect(q)
	return nil
}

func viewDrop(c *call) error {
	if err := search.DropView(c.ctx(), c.visit.Session, c.form("id")); err != nil {
		return err
	}
	c.redirect(localPath(c.form("next")))
	return nil
}
