package web

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"asylon/internal/policy"
)

// base is what every page has. Page structs embed it first.
type base struct {
	Title string
	Lang  string
	Dir   string // of the interface; texts of the record carry their own
	User  string // name of who is signed in; empty before
	Path  string
	Demo  bool
	Done  string // what the last form did, in words
	Ends  time.Time
	May   map[string]bool
	Langs []langLink
	t     func(key string, args ...any) string
}

type langLink struct {
	Code, Name string
	Current    bool
}

func (b *base) fill(c *call, title string) {
	b.Title, b.Lang, b.Dir, b.Path, b.Demo = title, c.lang, direction(c.lang), c.r.URL.Path, c.s.demo
	b.t = c.text
	if k := c.r.URL.Query().Get("done"); k != "" && c.s.texts.has("done."+k) {
		b.Done = c.text("done." + k)
	}
	b.Langs = c.s.texts.links(c.lang)
	b.May = map[string]bool{}
	if c.visit != nil {
		b.User, b.Ends = c.visit.Name, c.visit.Ends
		for _, a := range []policy.Action{policy.ReadRecord, policy.ReadAudit, policy.AddRecord, policy.Review, policy.Judge, policy.AskFigure,
			policy.WriteLetter, policy.DefineWords, policy.RecordAccord, policy.Open, policy.Erase, policy.Export, policy.ManageUsers, policy.WorkFile} {
			b.May[strings.ReplaceAll(string(a), " ", "_")] = c.visit.May(a)
		}
	}
}

// T is the text of a key in the page's language, for templates: {{.T "key"}}.
func (b *base) T(key string, args ...any) string { return b.t(key, args...) }

type filler interface {
	fill(c *call, title string)
}

// render writes a page. It is rendered whole before anything is sent, so that
// a template that fails gives an error page and not half a page.
func (c *call) render(status int, name, title string, page filler) error {
	t, ok := c.s.pages[name]
	if !ok {
		return fmt.Errorf("there is no template %q", name)
	}
	page.fill(c, title)
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "layout", page); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	c.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	c.w.WriteHeader(status)
	if c.r.Method == http.MethodHead {
		return nil
	}
	_, err := b.WriteTo(c.w)
	if err != nil {
		return nil // the browser went away; there is nobody to tell
	}
	return nil
}

// show renders a page with status 200 and a title from the catalogue.
func (c *call) show(name, titleKey string, page filler) error {
	return c.render(http.StatusOK, name, c.text(titleKey), page)
}

// parsePages parses every template together with the layout and the shared
// pieces (files whose name begins with "_").
func parsePages() (map[string]*template.Template, error) {
	names, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		return nil, err
	}
	shared, err := fs.Glob(templateFiles, "templates/_*.html")
	if err != nil {
		return nil, err
	}
	out := map[string]*template.Template{}
	for _, n := range names {
		short := strings.TrimSuffix(strings.TrimPrefix(n, "templates/"), ".html")
		if strings.HasPrefix(short, "_") {
			continue
		}
		t, err := template.New(short).Funcs(funcs).ParseFS(templateFiles, append(append([]string{}, shared...), n)...)
		if err != nil {
			return nil, fmt.Errorf("parse page %s: %w", short, err)
		}
		out[short] = t
	}
	return out, nil
}

// funcs are the functions templates may use: formatting only.
var funcs = template.FuncMap{
	"clock":   func(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") },
	"day":     func(t time.Time) string { return t.UTC().Format("2006-01-02") },
	"textdir": textDirection,
	"join":    strings.Join,
}

// direction is the writing direction of an interface language.
func direction(lang string) string {
	switch lang {
	case "ar", "he", "fa", "ur":
		return "rtl"
	}
	return "ltr"
}

// textDirection is "rtl" for a text whose first strong letter is written from
// right to left: direction follows each text, not the interface.
func textDirection(s string) string {
	for _, r := range s {
		if unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko) {
			return "rtl"
		}
		if unicode.IsLetter(r) {
			return "ltr"
		}
	}
	return "ltr"
}

// sentence begins with a capital and ends with a full stop.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	r, n := utf8.DecodeRuneInString(s)
	s = string(unicode.ToUpper(r)) + s[n:]
	if !strings.HasSuffix(s, ".") {
		s += "."
	}
	return s
}

// newIncident names a failure so that a user can tell us which one.
func newIncident() string { return rand.Text()[:10] }
