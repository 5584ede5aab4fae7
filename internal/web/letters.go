package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"asylon/edtf"
	"asylon/internal/access"
	"asylon/internal/accounts"
	"asylon/internal/advocacy"
	"asylon/internal/fault"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/register"
	"asylon/internal/search"
)

// letterRoutes are the pages of open letters: drafts, frozen letters, and what
// came back.
func (s *Server) letterRoutes() {
	s.page("GET /letters", letterList)
	s.page("POST /letters", letterNew)
	s.page("GET /letters/{draft}", letterDraft)
	s.page("POST /letters/{draft}", letterSave)
	s.page("GET /letter/{name}", letterView)
	s.page("GET /letter/{name}/{file}", letterFile)
	s.page("POST /letter/{name}/reply", letterReply)
	s.page("POST /letter/{name}/answer", letterAnswer)
}

func (c *call) letters() advocacy.Letters {
	return advocacy.Letters{Lexicon: c.desk.Lexicon, Figures: c.desk.Figures}
}

type letterLine struct {
	Name, Title, Addressee, Date, ReplyBy, By string
	State                                     advocacy.State
	StateLabel                                string
}

type letterListPage struct {
	base
	Drafts     []advocacy.DraftLine
	Letters    []letterLine
	Total      int
	Prev, Next string
}

func letterList(c *call) error {
	p := &letterListPage{}
	offset := c.offset()
	err := c.visit.Read(c.ctx(), policy.ReadRecord, func(r *access.Reader) error {
		var err error
		if p.Drafts, err = advocacy.Drafts(c.ctx(), r); err != nil {
			return err
		}
		ls, total, err := advocacy.List(c.ctx(), r, offset, perPage)
		if err != nil {
			return err
		}
		who, err := accounts.Names(c.ctx(), r)
		if err != nil {
			return err
		}
		p.Total = total
		for _, l := range ls {
			line := letterLine{Name: l.Name, Title: l.Title, Addressee: l.Addressee, Date: c.dayWords(l.Day), By: who[l.Actor],
				State: l.State, StateLabel: c.text("letter.state." + string(l.State))}
			if l.ReplyBy != nil {
				line.ReplyBy = c.dayWords(*l.ReplyBy)
			}
			p.Letters = append(p.Letters, line)
		}
		return nil
	})
	if err != nil {
		return err
	}
	p.Prev, p.Next = c.pager(offset, p.Total)
	return c.show("letters", "letters.title", p)
}

func (c *call) dayWords(d edtf.Day) string { return edtf.On(d).Text(edtf.Lang(c.lang)) }

func letterNew(c *call) error {
	now := c.visit.Now()
	lang := "en"
	if c.lang == "ko" {
		lang = "ko"
	}
	id, err := advocacy.NewDraft(c.ctx(), c.visit.Session, advocacy.Content{Language: lang,
		Date: edtf.On(edtf.DayOf(int64(now.Year()), int(now.Month()), now.Day())).String()})
	if err != nil {
		return err
	}
	c.redirect("/letters/" + id)
	return nil
}

// factView is one fact on the form, with its sentence as it would stand.
type factView struct {
	N          int
	Statements string // ids, one a line
	Figure     string
	Text       string
	Sentence   *advocacy.Sentence
	Refused    []string
}

// foundStatement is a statement of the search box, with why it is refused.
type foundStatement struct {
	statementView
	Refused []string
}

type letterDraftPage struct {
	base
	ID          string
	C           advocacy.Content
	Sender      string
	Address     string
	Concerns    string
	Facts       []factView
	Demands     []advocacy.Demand
	Signatories []advocacy.Signatory
	Languages   []option
	Problem     string
	Refused     []string
	Q           string
	QProblem    string
	Found       []foundStatement
}

func letterDraft(c *call) error {
	p := &letterDraftPage{ID: c.r.PathValue("draft"), Q: c.form("words")}
	err := c.visit.Read(c.ctx(), policy.WriteLetter, func(r *access.Reader) error {
		var err error
		if p.C, err = advocacy.GetDraft(c.ctx(), r, p.ID); err != nil {
			return err
		}
		p.fields(c)
		if err := p.preview(c, r); err != nil {
			return err
		}
		return p.find(c, r)
	})
	if err != nil {
		return err
	}
	return c.show("letterdraft", "letter.draft", p)
}

// fields lays the content out as a form, with one empty row more of each kind.
func (p *letterDraftPage) fields(c *call) {
	p.Sender, p.Address, p.Concerns = strings.Join(p.C.Sender, "\n"), strings.Join(p.C.Addressee.Address, "\n"), strings.Join(p.C.Concerns, "\n\n")
	for i, f := range p.C.Facts {
		ids := make([]string, len(f.Statements))
		for k, id := range f.Statements {
			ids[k] = string(id)
		}
		p.Facts = append(p.Facts, factView{N: i + 1, Statements: strings.Join(ids, "\n"), Figure: f.Figure, Text: f.Text})
	}
	p.Facts = append(p.Facts, factView{N: len(p.C.Facts) + 1})
	p.Demands = append(append(p.Demands, p.C.Demands...), advocacy.Demand{})
	p.Signatories = append(append(p.Signatories, p.C.Signatories...), advocacy.Signatory{})
	for _, l := range advocacy.Languages() {
		p.Languages = append(p.Languages, option{l, c.s.texts.text(l, "language.name"), 0, l == p.C.Language})
	}
}

// preview words the facts as they stand and says what keeps the letter from
// being frozen.
func (p *letterDraftPage) preview(c *call, r *access.Reader) error {
	if err := p.C.Check(); err != nil {
		p.Problem = sentence(fault.Sentence(err))
	}
	d, err := c.letters().Preview(c.ctx(), r, p.C)
	if fault.Is(err, fault.KindInvalid) {
		p.Problem = sentence(fault.Sentence(err))
		return nil
	}
	if err != nil {
		return err
	}
	for i := range d.Sentences {
		if d.Sentences[i].Text != "" {
			p.Facts[i].Sentence = &d.Sentences[i]
		}
	}
	for _, x := range d.Refused {
		text := sentence(x.Sentence(c.lang))
		if x.Fact > 0 {
			p.Facts[x.Fact-1].Refused = append(p.Facts[x.Fact-1].Refused, text)
		} else {
			p.Refused = append(p.Refused, text)
		}
	}
	return nil
}

// maxFound is how many statements the search box shows.
const maxFound = 25

// find lists statements for the search box, each with what would refuse it.
func (p *letterDraftPage) find(c *call, r *access.Reader) error {
	if p.Q == "" {
		return nil
	}
	res, err := search.Find(c.ctx(), r, search.Query{Text: p.Q, Kind: "statement", Limit: maxFound})
	if fault.Is(err, fault.KindInvalid) {
		p.QProblem = sentence(fault.Sentence(err))
		return nil
	}
	if err != nil {
		return err
	}
	trial := advocacy.Content{Language: p.C.Language, Date: p.C.Date}
	var items []register.Item
	for _, h := range res.Hits {
		it, err := register.Get(c.ctx(), r, h.ID)
		if err != nil {
			return err
		}
		items = append(items, it)
		trial.Facts = append(trial.Facts, advocacy.Fact{Statements: []record.ID{h.ID}})
	}
	d, err := c.letters().Preview(c.ctx(), r, trial)
	if err != nil {
		return err
	}
	words, err := c.words(r)
	if err != nil {
		return err
	}
	v, err := newViewer(c, r, words, items)
	if err != nil {
		return err
	}
	for _, s := range v.views(items) {
		p.Found = append(p.Found, foundStatement{statementView: s})
	}
	for _, x := range d.Refused {
		if x.Fact > 0 {
			p.Found[x.Fact-1].Refused = append(p.Found[x.Fact-1].Refused, sentence(x.Sentence(c.lang)))
		}
	}
	return nil
}

// letterSave keeps the form and does what its button says. The draft is kept
// first, so that a refused freeze loses nothing that was typed.
func letterSave(c *call) error {
	id := c.r.PathValue("draft")
	here := "/letters/" + id
	if err := c.r.ParseForm(); err != nil {
		return fault.Invalid("the form cannot be read")
	}
	do := c.form("do")
	if do == "drop" {
		err := c.visit.Write(c.ctx(), policy.WriteLetter, func(w *access.Writer) error { return advocacy.DropDraft(c.ctx(), w, id) })
		if err == nil {
			c.redirect("/letters?done=letter.dropped")
		}
		return err
	}
	content := c.letterForm()
	if add := c.form("add"); add != "" {
		addStatement(&content, record.ID(add), c.form("into"))
	}
	err := c.visit.Write(c.ctx(), policy.WriteLetter, func(w *access.Writer) error { return advocacy.SaveDraft(c.ctx(), w, id, content) })
	if err != nil {
		return err
	}
	switch do {
	case "freeze":
		return freeze(c, id, content)
	case "demands", "signatories", "facts": // another row: the form always has an empty one
		c.redirect(here + "?done=letter.saved#" + do)
	case "find":
		c.redirect(here + "?words=" + url.QueryEscape(c.form("words")) + "#choose")
	default:
		if c.form("add") != "" {
			c.redirect(here + "?done=letter.saved&words=" + url.QueryEscape(c.form("words")) + "#facts")
			return nil
		}
		c.redirect(here + "?done=letter.saved")
	}
	return nil
}

func freeze(c *call, id string, content advocacy.Content) error {
	var name string
	var refused []advocacy.Refusal
	err := c.visit.Write(c.ctx(), policy.WriteLetter, func(w *access.Writer) error {
		l, no, err := c.letters().Freeze(c.ctx(), w, content)
		if err != nil {
			refused = no
			return err
		}
		name = l.Name
		return advocacy.DropDraft(c.ctx(), w, id)
	})
	switch {
	case len(refused) > 0, fault.Is(err, fault.KindInvalid):
		c.redirect("/letters/" + id + "#refused") // the page says why
		return nil
	case err != nil:
		return err
	}
	c.redirect("/letter/" + name + "?done=letter.frozen")
	return nil
}

// addStatement puts a statement of the search box into a fact, or makes one
// of it.
func addStatement(content *advocacy.Content, id record.ID, into string) {
	if n, err := strconv.Atoi(into); err == nil && n >= 1 && n <= len(content.Facts) && content.Facts[n-1].Figure == "" {
		content.Facts[n-1].Statements = append(content.Facts[n-1].Statements, id)
		return
	}
	content.Facts = append(content.Facts, advocacy.Fact{Statements: []record.ID{id}})
}

// letterForm reads the form. Rows that are wholly empty are left out.
func (c *call) letterForm() advocacy.Content {
	f := advocacy.Content{Language: c.form("language"), Date: typedDay(c.form("date")), Sender: lines1(c.form("sender")),
		Addressee: advocacy.Addressee{Name: c.form("to_name"), Title: c.form("to_title"), Salutation: c.form("salutation"), Address: lines1(c.form("address"))},
		Subject:   c.form("subject"), Opening: c.form("opening"), Closing: c.form("closing"), ReplyBy: typedDay(c.form("reply_by"))}
	for _, x := range strings.Split(strings.ReplaceAll(c.form("concerns"), "\r\n", "\n"), "\n\n") {
		if x = strings.TrimSpace(x); x != "" {
			f.Concerns = append(f.Concerns, x)
		}
	}
	row := func(name string, i int) string {
		if v := c.r.Form[name]; i < len(v) {
			return strings.TrimSpace(v[i])
		}
		return ""
	}
	for i := range c.r.Form["fact_statements"] {
		x := advocacy.Fact{Figure: row("fact_figure", i), Text: row("fact_text", i)}
		for _, id := range strings.FieldsFunc(row("fact_statements", i), func(r rune) bool { return r == ',' || r == ' ' || r == '\n' || r == '\r' || r == '\t' }) {
			x.Statements = append(x.Statements, record.ID(id))
		}
		if len(x.Statements) > 0 || x.Figure != "" || x.Text != "" {
			f.Facts = append(f.Facts, x)
		}
	}
	for i := range c.r.Form["demand_text"] {
		if x := (advocacy.Demand{Text: row("demand_text", i), Until: row("demand_until", i), Demand: record.ID(row("demand_id", i))}); x != (advocacy.Demand{}) {
			f.Demands = append(f.Demands, x)
		}
	}
	for i := range c.r.Form["sign_name"] {
		x := advocacy.Signatory{Name: row("sign_name", i), Role: row("sign_role", i), Organisation: row("sign_org", i), ConsentDate: typedDay(row("sign_date", i)), ConsentHow: row("sign_how", i)}
		if x != (advocacy.Signatory{}) {
			f.Signatories = append(f.Signatories, x)
		}
	}
	return f
}

// typedDay is a date as typed, understood where it can be; what cannot stays
// as it is, and the check says so.
func typedDay(s string) string {
	if s == "" {
		return ""
	}
	if d, err := understandDate(s); err == nil {
		return d.EDTF
	}
	return s
}

// lines1 are the lines of a text that are not empty.
func lines1(s string) []string {
	var out []string
	for _, x := range strings.Split(s, "\n") {
		if x = strings.TrimSpace(x); x != "" {
			out = append(out, x)
		}
	}
	return out
}

type demandView struct {
	advocacy.Demand
	Answer      string
	Answers     []option
	AnswerClass record.TermID
}

type replyView struct {
	What, When, Text, By, Document, DocumentName string
}

type letterPage struct {
	base
	L       advocacy.Letter
	Date    string
	ReplyBy string
	By      string
	Cut     string
	Demands []demandView
	Replies []replyView
	Whats   []option
	Today   string
	Token   string
}

func letterView(c *call) error {
	now := c.visit.Now()
	p := &letterPage{Token: access.NewToken(), Today: edtf.On(edtf.DayOf(int64(now.Year()), int(now.Month()), now.Day())).String()}
	for _, x := range advocacy.Whats() {
		p.Whats = append(p.Whats, option{string(x), c.text("letter.what." + string(x)), 0, false})
	}
	err := c.visit.Read(c.ctx(), policy.ReadRecord, func(r *access.Reader) error { return p.load(c, r) })
	if err != nil {
		return err
	}
	return c.render(http.StatusOK, "letter", p.L.Content.Subject, p)
}

func (p *letterPage) load(c *call, r *access.Reader) (err error) {
	if p.L, err = advocacy.Get(c.ctx(), r, c.r.PathValue("name")); err != nil {
		return err
	}
	p.Date, p.ReplyBy = c.date(p.L.Content.Date), ""
	if p.L.Content.ReplyBy != "" {
		p.ReplyBy = c.date(p.L.Content.ReplyBy)
	}
	if p.Cut, err = p.L.Cut.Name(); err != nil {
		return err
	}
	who, err := accounts.Names(c.ctx(), r)
	if err != nil {
		return err
	}
	p.By = who[p.L.Actor]
	words, err := c.words(r)
	if err != nil {
		return err
	}
	for _, d := range p.L.Content.Demands {
		v := demandView{Demand: d}
		if d.Demand != "" {
			if v.AnswerClass, err = advocacy.AnswerOf(c.ctx(), r, d.Demand); err != nil {
				return err
			}
			v.Answer, v.Answers = words.Term(v.AnswerClass, c.lang), options(words, record.ListAnswers, c.lang, v.AnswerClass)
		}
		p.Demands = append(p.Demands, v)
	}
	replies, err := advocacy.Replies(c.ctx(), r, p.L.Name)
	if err != nil {
		return err
	}
	var docs []record.ID
	for _, x := range replies {
		docs = append(docs, x.Document)
	}
	names, err := namer(c, r, docs)
	if err != nil {
		return err
	}
	for _, x := range replies {
		v := replyView{What: c.text("letter.what." + string(x.What)), When: c.date(x.When), Text: x.Text, By: who[x.Actor], Document: string(x.Document)}
		if x.Document != "" {
			v.DocumentName = names.name(x.Document)
		}
		p.Replies = append(p.Replies, v)
	}
	return nil
}

// letterFile hands a letter out as it was frozen, and the audit journal says so.
func letterFile(c *call) error {
	form, ok := strings.CutPrefix(c.r.PathValue("file"), "file.")
	if !ok {
		return fault.NotFound("a letter is kept as html, md and pdf")
	}
	var data []byte
	var media, name string
	err := c.visit.Write(c.ctx(), policy.Export, func(w *access.Writer) error {
		l, err := advocacy.Get(c.ctx(), &w.Reader, c.r.PathValue("name"))
		if err != nil {
			return err
		}
		name = l.Name
		if data, media, _, err = l.File(form); err != nil {
			return err
		}
		return w.Audit(c.ctx(), access.AuditBody{What: "export", Detail: "letter " + l.Name + ", " + form})
	})
	if err != nil {
		return err
	}
	c.w.Header().Set("Content-Type", media)
	c.w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	// As a file, never inside this site: the page's own rules stay its own.
	c.w.Header().Set("Content-Disposition", `attachment; filename="letter-`+name+"."+form+`"`)
	if _, err := c.w.Write(data); err != nil {
		c.s.log.Debug("letter broke off", "err", err)
	}
	return nil
}

func letterReply(c *call) error {
	name := c.r.PathValue("name")
	err := c.visit.Write(c.ctx(), policy.WriteLetter, func(w *access.Writer) error {
		_, err := register.Once(c.ctx(), w, c.form("token"), func() (string, error) {
			id, err := advocacy.AddReply(c.ctx(), w, advocacy.ReplyBody{Letter: name, What: advocacy.What(c.form("what")), When: typedDay(c.form("when")),
				Text: c.form("text"), Document: record.ID(c.form("document"))})
			return string(id), err
		})
		return err
	})
	if err != nil {
		return err
	}
	c.redirect("/letter/" + name + "?done=letter.reply#replies")
	return nil
}

func letterAnswer(c *call) error {
	name := c.r.PathValue("name")
	err := c.visit.Write(c.ctx(), policy.AddRecord, func(w *access.Writer) error {
		words, err := c.words(&w.Reader)
		if err != nil {
			return err
		}
		return advocacy.Answer(c.ctx(), w, words, record.ID(c.form("demand")), record.TermID(c.form("answer")), record.ID(c.form("document")), c.form("note"))
	})
	if err != nil {
		return err
	}
	c.redirect("/letter/" + name + "?done=letter.answer#demands")
	return nil
}
