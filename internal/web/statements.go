package web

import (
	"fmt"
	"strconv"

	"asylon/edtf"
	"asylon/internal/access"
	"asylon/internal/accounts"
	"asylon/internal/coding"
	"asylon/internal/record"
	"asylon/internal/register"
	"asylon/quantity"
)

// statementView is a statement as pages show it.
type statementView struct {
	ID         string
	Entity     string
	EntityName string
	Property   record.PropertyID
	Label      string // of the property
	Value      string
	ValueLink  string
	Qual       string
	Mode       string // worded
	Happened   bool
	Words      string
	Quote      string
	QuoteLang  string
	Translated string
	Translator string
	Source     string
	SourceName string
	ViaName    string
	Grading    string // "B2"
	Link       string // to the passage
	Note       string
	Review     string
	Reviewed   record.Review
	Live       bool
	Sealed     string
	Partial    bool
	Unresolved bool
	By         string
	On         string
}

// viewer words statements: it has loaded the names of all they refer to.
type viewer struct {
	c     *call
	words *register.Words
	names names
	who   map[record.Actor]string
}

func newViewer(c *call, r *access.Reader, words *register.Words, items []register.Item) (*viewer, error) {
	var ids []record.ID
	for _, it := range items {
		ids = append(ids, it.Entity, it.Value.Ref, it.Source, it.Via, it.Document)
	}
	n, err := namer(c, r, ids)
	if err != nil {
		return nil, err
	}
	who, err := accounts.Names(c.ctx(), r)
	return &viewer{c, words, n, who}, err
}

func (v *viewer) views(items []register.Item) []statementView {
	out := make([]statementView, len(items))
	for i, it := range items {
		out[i] = v.view(it)
	}
	return out
}

func (v *viewer) view(it register.Item) statementView {
	s := statementView{ID: string(it.ID), Entity: string(it.Entity), EntityName: v.names.name(it.Entity), Property: it.Property,
		Label: v.words.Property(it.Property, v.c.lang), Mode: v.c.text("mode." + string(it.ModeOf())), Happened: it.ModeOf() == record.ModeHappened,
		Words: it.Words, Live: it.Live, Sealed: string(it.Sealed), Partial: it.Partial, Reviewed: it.Review, Review: v.c.text("review." + string(it.Review)),
		By: v.who[it.Actor], On: it.Recorded.Format("2006-01-02")}
	s.Value, s.ValueLink = v.value(it)
	if it.Value.Qual != "" {
		s.Qual = v.words.Term(it.Value.Qual, v.c.lang)
	}
	if it.Source != "" {
		s.Source, s.SourceName = string(it.Source), v.names.name(it.Source)
	}
	if it.Via != "" {
		s.ViaName = v.names.name(it.Via)
	}
	s.Grading = string(it.Reliability)
	if it.Grade > 0 {
		s.Grading += strconv.Itoa(int(it.Grade))
	}
	if it.Quote != nil {
		s.Quote, s.QuoteLang, s.Translated, s.Translator = it.Quote.Text, it.Quote.Lang, it.Quote.Translation, it.Quote.Translator
	}
	if it.At != nil {
		s.Note = it.At.Note
	}
	if it.Document != "" {
		s.Link = "/document/" + string(it.Document)
		if it.At != nil && it.At.Page > 0 {
			s.Link += fmt.Sprintf("/page/%d#s-%s", it.At.Page, it.ID)
		}
	}
	s.Unresolved = it.Value.Date != nil && !it.Value.Date.Resolved
	return s
}

// value words a value, with a link where it is an entity.
func (v *viewer) value(it register.Item) (text, link string) {
	x := it.Value
	switch {
	case x.Term != "":
		return v.words.Term(x.Term, v.c.lang), ""
	case x.Ref != "":
		return v.names.name(x.Ref), "/entity/" + string(x.Ref)
	case x.Date != nil:
		return v.c.dateValue(*x.Date), ""
	case x.Count != nil:
		return v.c.countValue(*x.Count), ""
	case x.Point != nil:
		t := fmt.Sprintf("%.4f, %.4f", x.Point.Lat, x.Point.Lon)
		if x.Point.Radius > 0 {
			t += fmt.Sprintf(" ± %.0f m", x.Point.Radius)
		}
		return t, ""
	}
	return x.Text, ""
}

func (c *call) dateValue(d record.Date) string { return c.date(d.EDTF) }

// countValue words a count or a rate.
func (c *call) countValue(n record.Count) string {
	q, err := toQuantity(n)
	if err != nil {
		return fmt.Sprintf("%d %s", n.Low, n.Unit)
	}
	text := q.Text(quantity.Lang(c.lang))
	if n.Per != "" {
		return c.text("rate.per", text, c.period(n.Per))
	}
	return text
}

func toQuantity(n record.Count) (quantity.Count, error) {
	f := quantity.Fields{Low: n.Low, High: n.High, Best: n.Best, Unit: quantity.Unit(n.Unit)}
	return quantity.New(f)
}

// period words an ISO duration of a rate, "P2D".
func (c *call) period(iso string) string {
	s, err := quantity.ParseSpan(iso)
	if err != nil {
		return iso
	}
	least, most := s.Days()
	if least == most {
		return c.text("rate.days", least)
	}
	return c.text("rate.days_range", least, most)
}

// resolvable is a date that could not be understood when it was recorded and
// can be now, because the document has a date.
type resolvable struct {
	Statement statementView
	Meaning   string
	Reference string // the document's date, in words
	Basis     record.ID
	Value     record.Date
	Item      register.Item
}

// documentDate is the date of a document by the statement to be preferred:
// accepted before draft, then the lowest id.
func documentDate(own []register.Item) (coding.Reference, bool) {
	var best *register.Item
	for i := range own {
		it := &own[i]
		if it.Property != record.PropDocumentDate || !it.Live || it.Value.Date == nil || !it.Value.Date.Resolved || it.Review == record.ReviewRejected {
			continue
		}
		if best == nil || it.Review == record.ReviewAccepted && best.Review != record.ReviewAccepted {
			best = it
		}
	}
	if best == nil {
		return coding.Reference{}, false
	}
	d, err := edtf.Parse(best.Value.Date.EDTF)
	if err != nil {
		return coding.Reference{}, false
	}
	return coding.Reference{Date: d, Statement: best.ID}, true
}

// resolvable lists the dates of a document that can be understood now.
func (v *viewer) resolvable(items, own []register.Item) []resolvable {
	ref, ok := documentDate(own)
	if !ok {
		return nil
	}
	var out []resolvable
	for _, it := range items {
		if it.Value.Date == nil || it.Value.Date.Resolved || !it.Live || it.Words == "" {
			continue
		}
		u, err := coding.Date(it.Words, ref, it.ModeOf())
		if err != nil || u.Unresolved {
			continue
		}
		out = append(out, resolvable{Statement: v.view(it), Meaning: v.c.dateValue(*u.Value.Date), Reference: ref.Date.Text(edtf.Lang(v.c.lang)),
			Basis: ref.Statement, Value: *u.Value.Date, Item: it})
	}
	return out
}

// dayText words a day number; a bound that is open says so.
func dayText(n int64, c *call) string {
	d := edtf.Day(n)
	if !d.Bounded() {
		return c.text("code.open")
	}
	return d.String()
}

func highText(n *int64, c *call) string {
	if n == nil {
		return c.text("code.open")
	}
	return strconv.FormatInt(*n, 10)
}

func bestText(n *int64, c *call) string {
	if n == nil {
		return c.text("code.nobest")
	}
	return strconv.FormatInt(*n, 10)
}
