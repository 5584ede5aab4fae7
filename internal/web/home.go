package web

import (
	"strings"

	"asylon/internal/access"
	"asylon/internal/accounts"
	"asylon/internal/fault"
	"asylon/internal/intake"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/register"
	"asylon/internal/search"
	"asylon/internal/vault"
)

// homeRoutes are the first page, the words, and the pages of administration.
func (s *Server) homeRoutes() {
	s.page("GET /{$}", home)
	s.page("GET /words", wordsPage)
	s.page("POST /words", wordAdd)
	s.page("GET /users", usersPage)
	s.page("POST /users", userAdd)
	s.page("POST /users/{id}", userChange)
	s.page("POST /members", memberChange)
	s.page("POST /passphrase", passphraseChange)
	s.page("GET /audit", auditPage)
}

type kindCount struct {
	Kind, Label string
	Count       int
	More        bool
}

type homePage struct {
	base
	Counts    []kindCount
	Documents int
	Events    []related
	Recent    []documentLine
	Views     []search.View
	Empty     bool
}

func home(c *call) error {
	p := &homePage{}
	if !c.visit.May(policy.ReadRecord) {
		return c.show("home", "home.title", p)
	}
	err := c.visit.Read(c.ctx(), policy.ReadRecord, func(r *access.Reader) error {
		words, err := c.words(r)
		if err != nil {
			return err
		}
		for _, k := range []record.Kind{record.KindEvent, record.KindAct, record.KindCondition, record.KindPerson, record.KindGroup, record.KindOrganisation, record.KindPlace, record.KindPosition, record.KindDemand, record.KindSource} {
			_, n, more, err := search.List(c.ctx(), r, search.Filter{Kind: k, Limit: 1})
			if err != nil {
				return err
			}
			p.Counts = append(p.Counts, kindCount{string(k), c.text("list.title." + string(k)), n, more})
		}
		ids, _, _, err := search.List(c.ctx(), r, search.Filter{Kind: record.KindEvent, Limit: 8})
		if err != nil {
			return err
		}
		if p.Events, err = lines(c, r, words, ids); err != nil {
			return err
		}
		docs, total, err := intake.List(c.ctx(), r, intake.Filter{Limit: 8})
		if err != nil {
			return err
		}
		p.Documents, p.Empty = total, total == 0
		for _, d := range docs {
			p.Recent = append(p.Recent, documentLine{Listed: d, KindLabel: words.Term(d.Kind, c.lang), ReceivedText: c.date(d.Received)})
		}
		p.Views, err = search.Views(c.ctx(), r)
		return err
	})
	if err != nil {
		return err
	}
	return c.show("home", "home.title", p)
}

type termView struct {
	ID, Label, Definition, Boundary, Example, Huridocs string
	Deport, Retired                                    bool
	Level                                              int
}

type listGroup struct {
	ID    string
	Terms []termView
}

type propertyView struct {
	ID, Label, Definition, Type, Kinds string
	Sealed                             bool
}

type wordsView struct {
	base
	Lists      []listGroup
	Properties []propertyView
	Parents    []option
	Problem    string
}

// shownLists are the word lists in the order the page shows them.
var shownLists = []record.ListID{record.ListActs, record.ListConditions, record.ListTrends, record.ListFates, record.ListDegrees, record.ListLinks, record.ListFacilities,
	record.ListPositions, record.ListDemands, record.ListAnswers, record.ListSources, record.ListDocuments, record.ListPlaces, record.ListGroups, record.ListOrgs,
	record.ListHelp, record.ListRelations, record.ListNameForms, record.ListSexes, record.ListAges, record.ListOccupations, record.ListUnits, record.ListPurposes, record.ListRecipients}

func wordsPage(c *call) error {
	p := &wordsView{}
	err := c.visit.Read(c.ctx(), policy.ReadRecord, func(r *access.Reader) error {
		words, err := c.words(r)
		if err != nil {
			return err
		}
		p.load(c, words)
		return nil
	})
	if err != nil {
		return err
	}
	return c.show("words", "words.title", p)
}

func (p *wordsView) load(c *call, words *register.Words) {
	for _, l := range shownLists {
		g := listGroup{ID: string(l)}
		p.Parents = append(p.Parents, option{"list:" + string(l), c.text("words.list." + string(l)), 0, false})
		for _, o := range options(words, l, c.lang, "") {
			t := words.Terms[record.TermID(o.Value)]
			g.Terms = append(g.Terms, termView{ID: o.Value, Label: o.Label, Level: o.Level, Definition: t.Definition.In(c.lang), Boundary: t.Boundary.In(c.lang),
				Example: t.Example.In(c.lang), Huridocs: t.Huridocs, Deport: t.Deport})
			p.Parents = append(p.Parents, option{o.Value, o.Label, o.Level + 1, false})
		}
		p.Lists = append(p.Lists, g)
	}
	seen := map[record.PropertyID]bool{}
	for _, k := range record.Kinds() {
		for _, pr := range words.Of(k) {
			if seen[pr.ID] {
				continue
			}
			seen[pr.ID] = true
			var kinds []string
			for _, x := range pr.Kinds {
				kinds = append(kinds, c.text("kind."+string(x)))
			}
			p.Properties = append(p.Properties, propertyView{string(pr.ID), pr.Labels.In(c.lang), pr.Definition.In(c.lang), string(pr.Type), strings.Join(kinds, ", "), pr.CompartmentOf().Sealed()})
		}
	}
}

// wordAdd adds a term of the office's own under a list or a term.
func wordAdd(c *call) error {
	err := c.visit.Write(c.ctx(), policy.DefineWords, func(w *access.Writer) error {
		words, err := c.words(&w.Reader)
		if err != nil {
			return err
		}
		t := record.Term{Labels: record.Labels{"en": c.form("en"), "ko": c.form("ko")}, Definition: record.Labels{"en": c.form("definition")},
			Boundary: record.Labels{"en": c.form("boundary")}, Example: record.Labels{"en": c.form("example")}, Order: 1000 + len(words.Terms)}
		under := c.form("under")
		if l, ok := strings.CutPrefix(under, "list:"); ok {
			t.List = record.ListID(l)
		} else {
			parent, ok := words.Terms[record.TermID(under)]
			if !ok {
				return fault.Invalid("choose where the new word belongs")
			}
			t.List, t.Parent = parent.List, parent.ID
		}
		id := slug(c.form("en"))
		if id == "" {
			return fault.Invalid("give the word an English label")
		}
		t.ID = record.TermID("own." + id)
		if _, taken := words.Terms[t.ID]; taken {
			return fault.Conflict("there is a word of that label already")
		}
		_, err = register.Define(c.ctx(), w, words, record.WordsBody{Edition: 1, Terms: []record.Term{t}})
		return err
	})
	if err != nil {
		return err
	}
	c.redirect("/words?done=word")
	return nil
}

// slug makes an id of a label: lower-case letters, digits and hyphens.
func slug(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}

type userView struct {
	ID, Login, Name string
	Roles           []option
	Disabled        bool
	Member          map[string]bool
}

type compartmentView struct {
	Name   string
	Epoch  int
	Mine   bool
	Count  int
	Broken bool
}

type usersView struct {
	base
	Users        []userView
	Roles        []option
	Compartments []compartmentView
	Suggest      string
}

func usersPage(c *call) error {
	users, err := accounts.List(c.ctx(), c.visit.Session)
	if err != nil {
		return err
	}
	if !c.visit.May(policy.ManageUsers) && !c.visit.May(policy.Open) {
		return c.visit.Allow(policy.ManageUsers)
	}
	standing, err := c.desk.Accounts.Compartments(c.ctx(), c.visit)
	if err != nil {
		return err
	}
	p := &usersView{Suggest: vault.NewPassphrase()}
	member := map[string]map[string]bool{}
	for _, s := range standing {
		p.Compartments = append(p.Compartments, compartmentView{string(s.Compartment), s.Epoch, s.Member, len(s.Members), s.Problem != nil})
		for _, m := range s.Members {
			if member[string(m)] == nil {
				member[string(m)] = map[string]bool{}
			}
			member[string(m)][string(s.Compartment)] = true
		}
	}
	for _, u := range users {
		v := userView{ID: string(u.ID), Login: u.Login, Name: u.Name, Disabled: u.Disabled, Member: member[string(u.ID)]}
		for _, r := range policy.Roles() {
			has := false
			for _, x := range u.Roles {
				has = has || x == r
			}
			v.Roles = append(v.Roles, option{string(r), c.text("role." + string(r)), 0, has})
		}
		p.Users = append(p.Users, v)
	}
	for _, r := range policy.Roles() {
		p.Roles = append(p.Roles, option{string(r), c.text("role." + string(r)), 0, r == policy.Reader})
	}
	return c.show("users", "users.title", p)
}

func rolesOf(c *call) ([]policy.Role, error) {
	if err := c.r.ParseForm(); err != nil {
		return nil, fault.Invalid("the form cannot be read")
	}
	var out []policy.Role
	for _, r := range c.r.PostForm["role"] {
		out = append(out, policy.Role(r))
	}
	return out, nil
}

func userAdd(c *call) error {
	roles, err := rolesOf(c)
	if err != nil {
		return err
	}
	u := accounts.User{Login: c.form("login"), Name: c.form("name"), Roles: roles, Lang: c.lang}
	if _, err := c.desk.Accounts.AddUser(c.ctx(), c.visit, u, c.r.PostFormValue("passphrase")); err != nil {
		return err
	}
	c.redirect("/users?done=user")
	return nil
}

func userChange(c *call) error {
	roles, err := rolesOf(c)
	if err != nil {
		return err
	}
	if err := c.desk.Accounts.SetRoles(c.ctx(), c.visit, vault.UserID(c.r.PathValue("id")), roles, c.form("disabled") != ""); err != nil {
		return err
	}
	c.redirect("/users?done=user")
	return nil
}

func memberChange(c *call) error {
	comp, id := record.Compartment(c.form("c")), vault.UserID(c.form("user"))
	change := c.desk.Accounts.Admit
	if c.form("what") == "dismiss" {
		change = c.desk.Accounts.Dismiss
	}
	if err := change(c.ctx(), c.visit, comp, id); err != nil {
		return err
	}
	c.redirect("/users?done=member")
	return nil
}

func passphraseChange(c *call) error {
	if c.r.PostFormValue("next") != c.r.PostFormValue("again") {
		return fault.Invalid("the two new passphrases differ; nothing was changed")
	}
	if err := c.desk.Accounts.ChangePassphrase(c.ctx(), c.visit, c.r.PostFormValue("old"), c.r.PostFormValue("next")); err != nil {
		return err
	}
	c.redirect("/users?done=passphrase")
	return nil
}

type auditLine struct {
	At, Who, What, Of, Link, Compartment, Reason, Detail string
}

type auditView struct {
	base
	Lines []auditLine
	Next  string
}

// auditPerPage is how many lines of the audit journal a page shows.
const auditPerPage = 100

func auditPage(c *call) error {
	all, err := c.visit.AuditLog(c.ctx(), record.EntryID(c.form("before")), auditPerPage+1)
	if err != nil {
		return err
	}
	users, err := accounts.List(c.ctx(), c.visit.Session)
	if err != nil {
		return err
	}
	who := map[record.Actor]string{record.System: "Asylon"}
	for _, u := range users {
		who[u.Actor().ID] = u.Name
	}
	p := &auditView{}
	if len(all) > auditPerPage {
		all = all[:auditPerPage]
		p.Next = "/audit?before=" + string(all[len(all)-1].ID)
	}
	for _, a := range all {
		l := auditLine{At: a.At.Format("2006-01-02 15:04"), Who: who[a.Actor], What: a.What, Of: string(a.Of), Compartment: string(a.Compartment), Reason: a.Reason, Detail: a.Detail}
		if a.Of != "" {
			l.Link = "/entity/" + string(a.Of)
		}
		p.Lines = append(p.Lines, l)
	}
	return c.show("audit", "audit.title", p)
}
