package web

import (
	"net/http"
	"strconv"
	"strings"

	"asylon/internal/access"
	"asylon/internal/coding"
	"asylon/internal/fault"
	"asylon/internal/intake"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/register"
)

// codeRoutes are the pages on which a passage becomes statements.
func (s *Server) codeRoutes() {
	s.page("GET /code", codeForm)
	s.page("POST /code", codeSave)
	s.page("POST /resolve-dates", resolveDates)
}

// codeField is one property's field on the coding form.
type codeField struct {
	Name    record.PropertyID
	Label   string
	Hint    string
	Type    record.Type
	Value   string
	Options []option // of a term
	Quals   []option
	List    string // id of the datalist of entities
	Sealed  bool
	Index   int
}

type codeRow struct {
	Label   string
	Typed   string
	Meaning string
	Problem string
	Notes   []string
	Pending bool // a date that nobody can understand yet
}

type datalist struct {
	ID     string
	Values []string
}

type codePage struct {
	base
	Document, DocTitle string
	PageNo, Start, End int
	Quote, QuoteLang   string
	Translation        string
	Translator         string
	Entity, EntityName string
	Kind               record.Kind
	Kinds              []option
	Label              string
	Fields             []codeField
	Modes              []option
	Reliabilities      []option
	Grades             []option
	Partial            bool
	Source, SourceName string
	Via                string
	NoteText           string
	Sources            []option
	Lists              []datalist
	Rows               []codeRow
	Problem            string
	Preview            bool
	Token              string
	Reference          string
	Sealed             bool
}

func codeForm(c *call) error {
	p := &codePage{Token: access.NewToken()}
	err := c.visit.Read(c.ctx(), policy.AddRecord, func(r *access.Reader) error {
		if _, err := p.passage(c, r); err != nil {
			return err
		}
		return p.load(c, r, coding.Form{})
	})
	if err != nil {
		return err
	}
	return c.show("code", "code.title", p)
}

// passage fills in what the form is about: the document, the place in it, the
// entity or kind. It returns the form so far.
func (p *codePage) passage(c *call, r *access.Reader) (coding.Form, error) {
	f := coding.Form{Document: record.ID(c.form("document")), Entity: record.ID(c.form("entity")), Kind: record.Kind(c.form("kind"))}
	if about := c.form("about"); about != "" && f.Entity == "" {
		id, err := register.ByCode(c.ctx(), r, about)
		if fault.Is(err, fault.KindNotFound) {
			if id, err = record.ParseID(about); err != nil {
				return f, fault.NotFound("there is nothing here with the label %.20q; labels look like E-0001", about)
			}
		} else if err != nil {
			return f, err
		}
		f.Entity = id
	}
	if f.Document != "" {
		h, err := intake.Get(c.ctx(), r, f.Document)
		if err != nil {
			return f, err
		}
		f.Compartment, f.Source, f.Via = h.Compartment, h.DocumentBody.Source, h.DocumentBody.Via
		p.Document, p.DocTitle, p.QuoteLang, p.Sealed = string(f.Document), h.Title, h.DocumentBody.Lang, h.Compartment.Sealed()
		own, err := register.Of(c.ctx(), r, f.Document)
		if err != nil {
			return f, err
		}
		if ref, ok := documentDate(own); ok {
			f.Reference = ref
			p.Reference = c.date(ref.Date.String())
		}
	}
	return f, p.quote(c, r, &f)
}

func (p *codePage) quote(c *call, r *access.Reader, f *coding.Form) error {
	p.PageNo, _ = strconv.Atoi(c.form("page")) // 0 stands for no page
	p.Start, _ = strconv.Atoi(c.form("start"))
	p.End, _ = strconv.Atoi(c.form("end"))
	p.NoteText = c.form("note")
	if f.Document == "" || p.PageNo == 0 {
		if p.NoteText != "" {
			f.At = &record.Locator{Note: p.NoteText}
		}
		return nil
	}
	pg, err := intake.PageOf(c.ctx(), r, f.Document, p.PageNo)
	if err != nil {
		return err
	}
	at, err := coding.At(pg.Text, p.Start, p.End)
	if err != nil {
		return err
	}
	p.Quote = strings.Join(strings.Fields(at.Text), " ")
	p.Translation, p.Translator = c.form("translation"), c.form("translator")
	f.At = &record.Locator{Page: p.PageNo, Start: at.Start, End: at.End, Note: p.NoteText}
	f.Quote = &record.Quote{Text: p.Quote, Lang: p.QuoteLang, Translation: p.Translation, Translator: p.Translator}
	return nil
}

// load lays the form out for its entity or kind.
func (p *codePage) load(c *call, r *access.Reader, f coding.Form) error {
	words, err := c.words(r)
	if err != nil {
		return err
	}
	p.Entity, p.Kind, p.Label = c.form("entity"), record.Kind(c.form("kind")), c.form("label")
	if f.Entity != "" {
		p.Entity = string(f.Entity)
	}
	if p.Entity == "" && c.form("about") != "" {
		if id, err := register.ByCode(c.ctx(), r, c.form("about")); err == nil {
			p.Entity = string(id)
		}
	}
	for _, k := range record.Kinds() {
		if k != record.KindDocument {
			p.Kinds = append(p.Kinds, option{string(k), c.text("kind." + string(k)), 0, k == p.Kind})
		}
	}
	if p.Entity != "" {
		if p.Kind, err = register.KindOf(c.ctx(), r, record.ID(p.Entity)); err != nil {
			return err
		}
		n, err := namer(c, r, []record.ID{record.ID(p.Entity)})
		if err != nil {
			return err
		}
		p.EntityName = n.name(record.ID(p.Entity))
	}
	p.choices(c, firstText(string(f.Source), c.form("source")))
	if p.Sources, err = sourceOptions(c, r, record.ID(firstText(c.form("source"), p.Source))); err != nil {
		return err
	}
	if p.Kind != "" {
		p.fields(c, words)
		return p.lists(c, r, words)
	}
	return nil
}

func (p *codePage) choices(c *call, source string) {
	p.Source, p.Via, p.Partial = source, c.form("via"), c.form("partial") != ""
	mode := firstText(c.form("mode"), string(record.ModeHappened))
	for _, m := range record.Modes() {
		p.Modes = append(p.Modes, option{string(m), c.text("mode." + string(m)), 0, string(m) == mode})
	}
	for _, x := range []string{"A", "B", "C", "D", "E", "F"} {
		p.Reliabilities = append(p.Reliabilities, option{x, x + " · " + c.text("reliability."+x), 0, x == c.form("reliability")})
	}
	for _, x := range []string{"1", "2", "3", "4", "5", "6"} {
		p.Grades = append(p.Grades, option{x, x + " · " + c.text("grade."+x), 0, x == c.form("grade")})
	}
}

// fields lists one field for each property of the kind; two where several
// values stand side by side.
func (p *codePage) fields(c *call, words *register.Words) {
	for _, pr := range words.Of(p.Kind) {
		if pr.Retired || pr.ID == record.PropLabel && p.Entity == "" {
			continue
		}
		n := 1
		if pr.Many && pr.Type == record.TypeRef {
			n = 2
		}
		for i := range n {
			name := string(pr.ID) + "." + strconv.Itoa(i)
			f := codeField{Name: pr.ID, Index: i, Label: pr.Labels.In(c.lang), Hint: pr.Definition.In(c.lang), Type: pr.Type,
				Value: c.form("f." + name), Sealed: pr.CompartmentOf().Sealed()}
			switch pr.Type {
			case record.TypeTerm:
				f.Options = options(words, pr.List, c.lang, record.TermID(f.Value))
			case record.TypeRef:
				f.List = "of-" + string(pr.Refs[0])
				for _, k := range pr.Refs[1:] {
					f.List += "-" + string(k)
				}
			}
			if pr.Quals != "" {
				f.Quals = options(words, pr.Quals, c.lang, record.TermID(c.form("q."+name)))
			}
			p.Fields = append(p.Fields, f)
		}
	}
}

// maxListed is how many names a field proposes.
const maxListed = 300

// lists proposes names for the reference fields.
func (p *codePage) lists(c *call, r *access.Reader, words *register.Words) error {
	done := map[string]bool{}
	for _, f := range p.Fields {
		if f.List == "" || done[f.List] {
			continue
		}
		done[f.List] = true
		l := datalist{ID: f.List}
		for _, k := range words.Properties[f.Name].Refs {
			ids, err := register.OfKind(c.ctx(), r, k, maxListed)
			if err != nil {
				return err
			}
			n, err := namer(c, r, ids)
			if err != nil {
				return err
			}
			for _, id := range ids {
				l.Values = append(l.Values, n.name(id))
			}
		}
		p.Lists = append(p.Lists, l)
	}
	return nil
}

// read takes the typed fields from the form.
func (p *codePage) read(c *call, words *register.Words, f *coding.Form) {
	f.Label, f.Mode, f.Reliability, f.Partial = c.form("label"), record.Mode(c.form("mode")), record.Reliability(c.form("reliability")), c.form("partial") != ""
	g, _ := strconv.Atoi(c.form("grade")) // empty stands for not graded
	f.Grade = record.Grade(g)
	if s := c.form("source"); s != "" {
		f.Source = record.ID(s)
	}
	if s := c.form("via"); s != "" {
		f.Via = record.ID(s)
	}
	kind := f.Kind
	if p.Kind != "" {
		kind = p.Kind
	}
	for _, pr := range words.Of(kind) {
		for i := range 2 {
			name := string(pr.ID) + "." + strconv.Itoa(i)
			if v := c.form("f." + name); v != "" {
				f.Fields = append(f.Fields, coding.Field{Property: pr.ID, Typed: v, Qual: record.TermID(c.form("q." + name))})
			}
		}
	}
}

// codeSave shows what was understood, or records it.
func codeSave(c *call) error {
	p := &codePage{Token: c.form("token"), Preview: true}
	var to string
	err := c.visit.Write(c.ctx(), policy.AddRecord, func(w *access.Writer) error {
		words, err := c.words(&w.Reader)
		if err != nil {
			return err
		}
		f, err := p.passage(c, &w.Reader)
		if err != nil {
			return err
		}
		if err := p.load(c, &w.Reader, f); err != nil {
			return err
		}
		p.read(c, words, &f)
		in, rows, err := coding.Build(c.ctx(), &w.Reader, words, f)
		if err != nil {
			return err
		}
		if bad := p.rows(c, words, rows); bad || c.form("step") != "save" {
			return nil
		}
		to, err = register.Once(c.ctx(), w, p.Token, func() (string, error) {
			got, err := register.Record(c.ctx(), w, words, in)
			if err != nil {
				return "", err
			}
			if f.Entity != "" {
				return "/entity/" + string(f.Entity) + "?done=recorded", nil
			}
			return "/entity/" + string(got.Entities[0]) + "?done=recorded", nil
		})
		return err
	})
	if fault.Is(err, fault.KindInvalid) {
		p.Problem, p.Preview = sentence(fault.Sentence(err)), false
		return c.render(http.StatusUnprocessableEntity, "code", c.text("code.title"), p)
	}
	if err != nil {
		return err
	}
	if to != "" {
		c.redirect(to)
		return nil
	}
	return c.show("code", "code.title", p)
}

// rows words how each field was understood; it tells whether any was not.
func (p *codePage) rows(c *call, words *register.Words, rows []coding.Row) (bad bool) {
	for _, row := range rows {
		cr := codeRow{Label: words.Property(row.Property, c.lang), Typed: row.Typed, Notes: row.Notes}
		x := row.Value
		switch {
		case row.Problem != "":
			cr.Problem, bad = sentence(row.Problem), true
		case row.Makes != "":
			cr.Meaning = c.text("code.makes", c.text("kind."+string(row.Makes)), row.Title)
		case x.Ref != "":
			cr.Meaning = row.Title
		case x.Term != "":
			cr.Meaning, cr.Typed = words.Term(x.Term, c.lang), ""
		case x.Date != nil:
			cr.Meaning = c.dateValue(*x.Date)
			if row.Unresolved {
				cr.Pending = true
				cr.Notes = append(cr.Notes, c.text("code.unresolved", row.Needs))
			} else {
				cr.Notes = append(cr.Notes, c.text("code.bounds", dayText(x.Date.Earliest, c), dayText(x.Date.Latest, c)))
			}
		case x.Count != nil:
			cr.Meaning = c.countValue(*x.Count)
			cr.Notes = append(cr.Notes, c.text("code.range", x.Count.Low, highText(x.Count.High, c), bestText(x.Count.Best, c), string(x.Count.Unit)))
			if row.Rest != "" {
				cr.Notes = append(cr.Notes, c.text("code.rest", row.Rest))
			}
		default:
			cr.Meaning = x.Text
		}
		if x.Qual != "" {
			cr.Meaning += " (" + words.Term(x.Qual, c.lang) + ")"
		}
		p.Rows = append(p.Rows, cr)
	}
	return bad
}

// resolveDates records what the dates of a document mean, now that it has one.
func resolveDates(c *call) error {
	doc := record.ID(c.form("document"))
	if err := c.r.ParseForm(); err != nil {
		return fault.Invalid("the form cannot be read")
	}
	chosen := map[record.ID]bool{}
	for _, id := range c.r.PostForm["statement"] {
		chosen[record.ID(id)] = true
	}
	err := c.visit.Write(c.ctx(), policy.AddRecord, func(w *access.Writer) error {
		words, err := c.words(&w.Reader)
		if err != nil {
			return err
		}
		h, err := intake.Get(c.ctx(), &w.Reader, doc)
		if err != nil {
			return err
		}
		items, err := register.FromDocument(c.ctx(), &w.Reader, doc)
		if err != nil {
			return err
		}
		own, err := register.Of(c.ctx(), &w.Reader, doc)
		if err != nil {
			return err
		}
		ref, ok := documentDate(own)
		if !ok {
			return fault.Invalid("this document has no date yet: record one first")
		}
		_, err = register.Once(c.ctx(), w, c.form("token"), func() (string, error) {
			in := register.Input{Document: doc, Compartment: h.Compartment, Source: h.DocumentBody.Source, Via: h.DocumentBody.Via}
			in.Statements = coding.Resolve(items, ref, chosen)
			if len(in.Statements) == 0 {
				return "", fault.Invalid("choose at least one date")
			}
			_, err := register.Record(c.ctx(), w, words, in)
			return "done", err
		})
		return err
	})
	if err != nil {
		return err
	}
	c.redirect("/document/" + string(doc) + "?done=resolved")
	return nil
}
