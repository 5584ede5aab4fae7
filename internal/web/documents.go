package web

import (
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"asylon/edtf"
	"asylon/internal/access"
	"asylon/internal/accounts"
	"asylon/internal/coding"
	"asylon/internal/fault"
	"asylon/internal/intake"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/register"
)

// documentRoutes are the pages of documents: bringing them in, reading them.
func (s *Server) documentRoutes() {
	s.page("GET /documents", documentList)
	s.page("GET /documents/new", documentForm)
	s.pageUpTo("POST /documents/new", intake.MaxOriginal+maxBody, documentAdd)
	s.page("GET /document/{id}", documentPage)
	s.page("POST /document/{id}/original", documentOriginal)
	s.page("POST /document/{id}/custody", documentCustody)
	s.page("GET /document/{id}/page/{n}", readingPage)
	s.page("GET /document/{id}/page/{n}/picture", pagePicture)
	s.page("POST /open", openSealed)
}

// perPage is how many lines a list shows at once.
const perPage = 50

// option is one choice of a select or a set of radio buttons.
type option struct {
	Value, Label string
	Level        int
	Selected     bool
}

// Pad indents a choice that lies under another.
func (o option) Pad() string { return strings.Repeat("\u00a0\u00a0", o.Level) }

// options lists the terms of a word list as choices, children under parents.
func options(words *register.Words, list record.ListID, lang string, selected record.TermID) []option {
	var out []option
	var walk func(ids []record.TermID, level int)
	walk = func(ids []record.TermID, level int) {
		for _, id := range ids {
			t := words.Terms[id]
			if t.List == list && !t.Retired {
				out = append(out, option{string(id), t.Labels.In(lang), level, id == selected})
				walk(words.Children(id), level+1)
			}
		}
	}
	walk(words.Roots(list), 0)
	return out
}

// sources lists the sources of the record as choices, at most 500.
func sourceOptions(c *call, r *access.Reader, selected record.ID) ([]option, error) {
	ids, err := register.OfKind(c.ctx(), r, record.KindSource, 500)
	if err != nil {
		return nil, err
	}
	names, err := namer(c, r, ids)
	if err != nil {
		return nil, err
	}
	out := make([]option, len(ids))
	for i, id := range ids {
		out[i] = option{string(id), names.name(id), 0, id == selected}
	}
	return out, nil
}

// names are what entities are called on a page.
type names struct {
	titles, codes map[record.ID]string
}

// namer loads what to call entities.
func namer(c *call, r *access.Reader, ids []record.ID) (names, error) {
	t, err := register.Titles(c.ctx(), r, ids)
	if err != nil {
		return names{}, err
	}
	k, err := register.Codes(c.ctx(), r, ids)
	return names{t, k}, err
}

// name is an entity's title, else its code, else its id.
func (n names) name(id record.ID) string {
	if t := n.titles[id]; t != "" {
		return t
	}
	if k := n.codes[id]; k != "" {
		return k
	}
	return string(id)
}

func (c *call) words(r *access.Reader) (*register.Words, error) {
	return c.desk.Lexicon.Load(c.ctx(), r)
}

type documentLine struct {
	intake.Listed
	Code, KindLabel, SourceName, ReceivedText string
}

type documentListPage struct {
	base
	Lines    []documentLine
	Total    int
	Kinds    []option
	Sources  []option
	Filtered bool
	Prev     string
	Next     string
}

func documentList(c *call) error {
	p := &documentListPage{}
	offset := c.offset()
	err := c.visit.Read(c.ctx(), policy.ReadRecord, func(r *access.Reader) error {
		words, err := c.words(r)
		if err != nil {
			return err
		}
		f := intake.Filter{Source: record.ID(c.form("source")), Kind: record.TermID(c.form("kind")), Limit: perPage, Offset: offset}
		lines, total, err := intake.List(c.ctx(), r, f)
		if err != nil {
			return err
		}
		p.Total, p.Filtered = total, f.Source != "" || f.Kind != ""
		var ids []record.ID
		for _, l := range lines {
			ids = append(ids, l.ID, l.Source)
		}
		n, err := namer(c, r, ids)
		if err != nil {
			return err
		}
		for _, l := range lines {
			d := documentLine{Listed: l, Code: n.codes[l.ID], KindLabel: words.Term(l.Kind, c.lang), ReceivedText: c.date(l.Received)}
			if l.Source != "" {
				d.SourceName = n.name(l.Source)
			}
			p.Lines = append(p.Lines, d)
		}
		p.Kinds = options(words, record.ListDocuments, c.lang, f.Kind)
		p.Sources, err = sourceOptions(c, r, f.Source)
		return err
	})
	if err != nil {
		return err
	}
	p.Prev, p.Next = c.pager(offset, p.Total)
	return c.show("documents", "documents.title", p)
}

// offset is where a list begins.
func (c *call) offset() int {
	n, err := strconv.Atoi(c.form("from"))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// pager links to the lines before and after, empty where there are none.
func (c *call) pager(offset, total int) (prev, next string) {
	link := func(n int) string {
		q := c.r.URL.Query()
		q.Set("from", strconv.Itoa(n))
		q.Del("done")
		return c.r.URL.Path + "?" + q.Encode()
	}
	if offset > 0 {
		prev = link(max(0, offset-perPage))
	}
	if offset+perPage < total {
		next = link(offset + perPage)
	}
	return prev, next
}

// date prints an EDTF date in the page's language.
func (c *call) date(s string) string {
	d, err := edtf.Parse(s)
	if err != nil {
		return s
	}
	return d.Text(edtf.Lang(c.lang))
}

type documentFormPage struct {
	base
	Problem    string
	F          documentFields
	Kinds      []option
	Sources    []option
	Rooms      []option // compartments
	Understood string
}

// documentFields are what was typed, so that nothing is lost on a mistake.
type documentFields struct {
	Title, Kind, Lang, Source, NewSource, Via, Brought, Received, Compartment, Encoding, Text, Note string
	Interviewer, Interpreter, Spoken, Consent                                                       string
	Token                                                                                           string
}

func (p *documentFormPage) load(c *call, r *access.Reader) error {
	words, err := c.words(r)
	if err != nil {
		return err
	}
	p.Kinds = options(words, record.ListDocuments, c.lang, record.TermID(p.F.Kind))
	for _, k := range []record.Compartment{record.General, record.Identities, record.Sources} {
		p.Rooms = append(p.Rooms, option{string(k), c.text("compartment." + string(k)), 0, string(k) == p.F.Compartment})
	}
	if p.F.Token == "" {
		p.F.Token = access.NewToken()
	}
	p.Sources, err = sourceOptions(c, r, record.ID(p.F.Source))
	return err
}

func documentForm(c *call) error {
	p := &documentFormPage{F: documentFields{Received: c.today(), Source: c.form("source")}}
	if err := c.visit.Read(c.ctx(), policy.AddRecord, func(r *access.Reader) error { return p.load(c, r) }); err != nil {
		return err
	}
	return c.show("documentnew", "documentnew.title", p)
}

func (c *call) today() string { return c.visit.Now().Format("2006-01-02") }

// documentAdd takes a document in. The form is streamed: fields come before
// the file, whose bytes go straight into the encrypted folder.
func documentAdd(c *call) error {
	mr, err := c.r.MultipartReader()
	if err != nil {
		return fault.Invalid("this form was not sent as a browser sends it")
	}
	fields := map[string]string{}
	var added intake.Added
	var addErr error
	done := false
	for {
		part, err := mr.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		if part.FormName() != "file" {
			b, err := io.ReadAll(io.LimitReader(part, maxBody))
			if err != nil {
				return err
			}
			fields[part.FormName()] = strings.TrimSpace(string(b))
			continue
		}
		if part.FileName() == "" {
			continue // no file was chosen
		}
		added, addErr = documentTake(c, fieldsOf(fields), part.FileName(), part)
		done = true
		break
	}
	f := fieldsOf(fields)
	if !done {
		if f.Text == "" {
			addErr = fault.Invalid("choose a file, or paste a text")
		} else {
			added, addErr = documentTake(c, f, firstText(f.Title, "pasted text")+".txt", strings.NewReader(f.Text))
		}
	}
	if addErr != nil {
		return documentAgain(c, f, addErr)
	}
	c.redirect(addedURL(added))
	return nil
}

func fieldsOf(m map[string]string) documentFields {
	return documentFields{Title: m["title"], Kind: m["kind"], Lang: m["lang"], Source: m["source"], NewSource: m["newsource"], Via: m["via"],
		Brought: m["brought"], Received: m["received"], Compartment: m["compartment"], Encoding: m["encoding"], Text: m["text"], Note: m["note"],
		Interviewer: m["interviewer"], Interpreter: m["interpreter"], Spoken: m["spoken"], Consent: m["consent"], Token: m["token"]}
}

// addedURL leads to the document with what there is to say about it.
func addedURL(a intake.Added) string {
	q := url.Values{}
	switch {
	case a.Copy:
		q.Set("done", "copy")
	case a.Guessed:
		q.Set("done", "guessed")
	default:
		q.Set("done", "added")
	}
	return "/document/" + string(a.ID) + "?" + q.Encode()
}

// documentAgain shows the form again with what was typed and what is wrong.
func documentAgain(c *call, f documentFields, cause error) error {
	if k := fault.KindOf(cause); k != fault.KindInvalid && k != fault.KindNotFound {
		return cause
	}
	p := &documentFormPage{F: f, Problem: sentence(fault.Sentence(cause))}
	if err := c.visit.Read(c.ctx(), policy.AddRecord, func(r *access.Reader) error { return p.load(c, r) }); err != nil {
		return err
	}
	return c.render(http.StatusUnprocessableEntity, "documentnew", c.text("documentnew.title"), p)
}

func documentTake(c *call, f documentFields, name string, body io.Reader) (intake.Added, error) {
	d := intake.Document{Name: name, Title: f.Title, Kind: record.TermID(f.Kind), Lang: f.Lang, Source: record.ID(f.Source), Via: record.ID(f.Via),
		Brought: f.Brought, Compartment: record.Compartment(f.Compartment), Encoding: f.Encoding, Note: f.Note}
	if f.Interviewer+f.Interpreter+f.Spoken+f.Consent != "" {
		d.Testimony = &intake.Testimony{Interviewer: f.Interviewer, Interpreter: f.Interpreter, Language: f.Spoken, Consent: f.Consent}
	}
	today, err := edtf.Parse(c.today())
	if err != nil {
		return intake.Added{}, err
	}
	u, err := coding.Date(firstText(f.Received, c.today()), coding.Reference{Date: today}, record.ModeHappened)
	if err != nil {
		return intake.Added{}, err
	}
	d.Received = *u.Value.Date
	var words *register.Words
	err = c.visit.Write(c.ctx(), policy.AddRecord, func(w *access.Writer) error {
		if words, err = c.words(&w.Reader); err != nil {
			return err
		}
		if f.NewSource != "" {
			d.Source, err = register.NewLabelled(c.ctx(), w, words, record.KindSource, f.NewSource)
		}
		return err
	})
	if err != nil {
		return intake.Added{}, err
	}
	return c.desk.Intake.Add(c.ctx(), c.visit.Session, words, d, body)
}

func firstText(xs ...string) string {
	for _, x := range xs {
		if x != "" {
			return x
		}
	}
	return ""
}

type documentView struct {
	base
	ID           record.ID
	H            intake.Held
	Code         string
	KindLabel    string
	SourceName   string
	ViaName      string
	ReceivedText string
	RecordedBy   string
	Pages        []intake.Page
	Custody      []intake.CustodyBody
	Statements   int
	Own          []statementView // about the document itself
	Resolvable   []resolvable
	Left         time.Duration
	Sealed       bool
	Token        string
}

func documentPage(c *call) error {
	id := record.ID(c.r.PathValue("id"))
	p := &documentView{ID: id, Token: access.NewToken()}
	err := c.visit.Read(c.ctx(), policy.ReadRecord, func(r *access.Reader) error {
		var err error
		if p.H, err = intake.Get(c.ctx(), r, id); err != nil {
			return err
		}
		p.Sealed = p.H.Compartment.Sealed()
		p.Left, _ = c.visit.Opened(id, p.H.Compartment)
		return p.load(c, r)
	})
	if err != nil {
		return err
	}
	title := p.H.Title
	if !p.H.Open {
		title = c.text("document.sealed", p.Code)
	}
	return c.render(http.StatusOK, "document", title, p)
}

func (p *documentView) load(c *call, r *access.Reader) error {
	words, err := c.words(r)
	if err != nil {
		return err
	}
	n, err := namer(c, r, []record.ID{p.ID, p.H.Source, p.H.Via})
	if err != nil {
		return err
	}
	p.Code = n.codes[p.ID]
	if !p.H.Open {
		return nil
	}
	p.KindLabel, p.ReceivedText = words.Term(p.H.Kind, c.lang), c.date(p.H.Received.EDTF)
	if p.H.Source != "" {
		p.SourceName = n.name(p.H.Source)
	}
	if p.H.Via != "" {
		p.ViaName = n.name(p.H.Via)
	}
	who, err := accounts.Names(c.ctx(), r)
	if err != nil {
		return err
	}
	p.RecordedBy = who[p.H.Actor]
	if p.Pages, err = intake.PageList(c.ctx(), r, p.H); err != nil {
		return err
	}
	if p.Custody, err = intake.Custodies(c.ctx(), r, p.H); err != nil {
		return err
	}
	items, err := register.FromDocument(c.ctx(), r, p.ID)
	if err != nil {
		return err
	}
	p.Statements = len(items)
	own, err := register.Of(c.ctx(), r, p.ID)
	if err != nil {
		return err
	}
	v, err := newViewer(c, r, words, append(append([]register.Item{}, items...), own...))
	if err != nil {
		return err
	}
	p.Own = v.views(own)
	p.Resolvable = v.resolvable(items, own)
	return nil
}

// documentOriginal hands out the original, and the audit journal says so.
func documentOriginal(c *call) error {
	h, f, err := c.desk.Intake.OpenOriginal(c.ctx(), c.visit.Session, record.ID(c.r.PathValue("id")))
	if err != nil {
		return err
	}
	defer f.Close()
	c.w.Header().Set("Content-Type", "application/octet-stream")
	c.w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(firstText(h.Original.Name, "original")))
	c.w.Header().Set("Content-Length", strconv.FormatInt(h.Original.Size, 10))
	if _, err := io.Copy(c.w, f); err != nil {
		c.s.log.Error("original broke off", "document", string(h.ID), "err", redact(err))
	}
	return nil
}

func documentCustody(c *call) error {
	id := record.ID(c.r.PathValue("id"))
	today, err := edtf.Parse(c.today())
	if err != nil {
		return err
	}
	u, err := coding.Date(firstText(c.form("when"), c.today()), coding.Reference{Date: today}, record.ModeHappened)
	if err != nil {
		return err
	}
	err = c.visit.Write(c.ctx(), policy.AddRecord, func(w *access.Writer) error {
		return intake.Custody(c.ctx(), w, intake.CustodyBody{Document: id, What: c.form("what"), When: *u.Value.Date, Who: c.form("who"), Note: c.form("note")})
	})
	if err != nil {
		return err
	}
	c.redirect("/document/" + string(id) + "?done=custody")
	return nil
}

// openSealed opens what is sealed, for a reason, and goes back.
func openSealed(c *call) error {
	err := c.visit.OpenSealed(c.ctx(), record.ID(c.form("of")), record.Compartment(c.form("c")), c.form("reason"))
	if err != nil {
		return err
	}
	c.redirect(localPath(c.form("next")))
	return nil
}

// piece is a stretch of a page's text: plain, or within coded passages.
type piece struct {
	Text string
	IDs  []string // statements that stand on it
}

type sentenceLine struct {
	Number int
	Pieces []piece
	Dir    string
	Anchor []string // statements whose passage begins here
}

type readingView struct {
	base
	ID         record.ID
	DocTitle   string
	Page       intake.Page
	Count      int
	Prev, Next int
	Lines      []sentenceLine
	Statements []statementView
	Picture    bool
	Lang       string
	Problem    string
	Words      string
}

func readingPage(c *call) error {
	p := &readingView{ID: record.ID(c.r.PathValue("id"))}
	n, err := strconv.Atoi(c.r.PathValue("n"))
	if err != nil {
		return fault.NotFound("there is no such page")
	}
	err = c.visit.Read(c.ctx(), policy.ReadRecord, func(r *access.Reader) error { return p.load(c, r, n) })
	if err != nil {
		return err
	}
	if words, from := c.form("words"), c.form("first"); words != "" || from != "" {
		if err := p.choose(c, words, from); err == nil || fault.KindOf(err) != fault.KindInvalid {
			return err
		} else {
			p.Problem, p.Words = sentence(fault.Sentence(err)), words
		}
	}
	return c.render(http.StatusOK, "reading", p.DocTitle, p)
}

// choose turns a choice of passage into the coding form's address.
func (p *readingView) choose(c *call, words, from string) error {
	var at coding.Passage
	var err error
	if words != "" {
		at, err = coding.Locate(p.Page.Text, words)
	} else {
		first, _ := strconv.Atoi(from) // 0 is refused below with a sentence
		last, _ := strconv.Atoi(firstText(c.form("last"), from))
		at, err = coding.Between(p.Page.Text, first, last)
	}
	if err != nil {
		return err
	}
	q := url.Values{"document": {string(p.ID)}, "page": {strconv.Itoa(p.Page.Number)}, "start": {strconv.Itoa(at.Start)}, "end": {strconv.Itoa(at.End)}}
	for _, keep := range []string{"entity"} {
		if v := c.form(keep); v != "" {
			q.Set(keep, v)
		}
	}
	c.redirect("/code?" + q.Encode())
	return nil
}

func (p *readingView) load(c *call, r *access.Reader, n int) error {
	h, err := intake.Get(c.ctx(), r, p.ID)
	if err != nil {
		return err
	}
	if p.Page, err = intake.PageOf(c.ctx(), r, p.ID, n); err != nil {
		return err
	}
	p.DocTitle, p.Count, p.Lang = h.Title, h.Pages, h.DocumentBody.Lang
	if n > 1 {
		p.Prev = n - 1
	}
	if n < h.Pages {
		p.Next = n + 1
	}
	p.Picture = p.Page.Scanned && h.Original.Media == "application/pdf"
	items, err := register.FromDocument(c.ctx(), r, p.ID)
	if err != nil {
		return err
	}
	var here []register.Item
	for _, it := range items {
		if it.At != nil && it.At.Page == n && it.Live {
			here = append(here, it)
		}
	}
	words, err := c.words(r)
	if err != nil {
		return err
	}
	v, err := newViewer(c, r, words, here)
	if err != nil {
		return err
	}
	p.Statements = v.views(here)
	p.Lines = lay(p.Page.Text, here)
	return nil
}

// lay cuts a page into numbered sentences, and each into pieces by the coded
// passages that cover it.
func lay(text string, items []register.Item) []sentenceLine {
	rs := []rune(text)
	var out []sentenceLine
	for i, s := range coding.Sentences(text) {
		line := sentenceLine{Number: i + 1, Dir: textDirection(s.Text)}
		cuts := map[int]bool{s.Start: true, s.End: true}
		for _, it := range items {
			if it.At.Start >= s.Start && it.At.Start < s.End {
				line.Anchor = append(line.Anchor, string(it.ID))
			}
			for _, x := range []int{it.At.Start, it.At.End} {
				if x > s.Start && x < s.End {
					cuts[x] = true
				}
			}
		}
		from := s.Start
		for x := s.Start + 1; x <= s.End; x++ {
			if !cuts[x] {
				continue
			}
			pc := piece{Text: string(rs[from:x])}
			for _, it := range items {
				if it.At.Start <= from && it.At.End >= x {
					pc.IDs = append(pc.IDs, string(it.ID))
				}
			}
			line.Pieces = append(line.Pieces, pc)
			from = x
		}
		out = append(out, line)
	}
	return out
}

func pagePicture(c *call) error {
	n, err := strconv.Atoi(c.r.PathValue("n"))
	if err != nil {
		return fault.NotFound("there is no such page")
	}
	return c.visit.Read(c.ctx(), policy.ReadRecord, func(r *access.Reader) error {
		pic, err := c.desk.Intake.Picture(c.ctx(), r, record.ID(c.r.PathValue("id")), n)
		if err != nil {
			return err
		}
		c.w.Header().Set("Content-Type", string(pic.Format))
		_, err = c.w.Write(pic.Data)
		if err != nil {
			c.s.log.Debug("picture broke off", "err", err)
		}
		return nil
	})
}
