package app

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"asylon/internal/web"
)

// walker uses the pages as a person without scripts does: it opens addresses,
// fills in the forms that are there, and presses their buttons. A field or
// button that is not on the page fails the test.
type walker struct {
	t      testing.TB
	base   string
	http   *http.Client
	url    string
	status int
	body   string
	doc    *html.Node
}

const testPass = "kettle window orchard seven maple"

// served makes an installation, serves it, and signs its first user in.
func served(t testing.TB) (*App, *walker) {
	t.Helper()
	dir := t.TempDir() + "/office"
	if err := Init(context.Background(), dir, cheap, "mina", "Mina Office", testPass, "en"); err != nil {
		t.Fatal(err)
	}
	a, err := Open(dir, cheap)
	if err != nil {
		t.Fatal(err)
	}
	site, err := web.New(a, web.Options{})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(site)
	t.Cleanup(func() {
		srv.Close()
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	w := newWalker(t, srv.URL)
	w.open("/")
	w.fill("login", "mina").fill("passphrase", testPass).press("Sign in")
	return a, w
}

func newWalker(t testing.TB, base string) *walker {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &walker{t: t, base: base, http: &http.Client{Jar: jar}}
}

func (w *walker) open(path string) *walker {
	w.t.Helper()
	w.do("GET", w.base+path, "", nil)
	return w
}

func (w *walker) do(method, address, kind string, body io.Reader) {
	w.t.Helper()
	req, err := http.NewRequest(method, address, body)
	if err != nil {
		w.t.Fatal(err)
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	res, err := w.http.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	w.url, w.status, w.body = res.Request.URL.RequestURI(), res.StatusCode, string(b)
	if w.doc, err = html.Parse(strings.NewReader(w.body)); err != nil {
		w.t.Fatal(err)
	}
}

// each calls fn for every element of the page.
func each(n *html.Node, fn func(*html.Node)) {
	if n.Type == html.ElementNode {
		fn(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		each(c, fn)
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func textOf(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}

// fill sets a field of whatever form has it; of several with one name, the
// first that is still empty.
func (w *walker) fill(name, value string) *walker {
	w.t.Helper()
	done := false
	each(w.doc, func(n *html.Node) {
		if done || attr(n, "name") != name || attr(n, "type") == "hidden" {
			return
		}
		switch n.Data {
		case "input":
			switch attr(n, "type") {
			case "radio", "checkbox":
				if attr(n, "value") == value {
					set(n, "checked", "checked")
					done = true
				}
			default:
				set(n, "value", value)
				done = true
			}
		case "textarea":
			n.FirstChild, n.LastChild = nil, nil
			n.AppendChild(&html.Node{Type: html.TextNode, Data: value})
			done = true
		case "select":
			found := false
			each(n, func(o *html.Node) {
				if o.Data != "option" {
					return
				}
				drop(o, "selected")
				v := textOf(o)
				if has(o, "value") {
					v = attr(o, "value")
				}
				if v == value || textOf(o) == value {
					set(o, "selected", "selected")
					found = true
				}
			})
			if !found {
				w.t.Fatalf("%s: field %q has no choice %q", w.url, name, value)
			}
			done = true
		}
	})
	if !done {
		w.t.Fatalf("%s: there is no field %q (value %q)", w.url, name, value)
	}
	return w
}

func set(n *html.Node, name, value string) {
	drop(n, name)
	n.Attr = append(n.Attr, html.Attribute{Key: name, Val: value})
}

func drop(n *html.Node, name string) {
	for i, a := range n.Attr {
		if a.Key == name {
			n.Attr = append(n.Attr[:i:i], n.Attr[i+1:]...)
			return
		}
	}
}

// press submits the form of the first button with this text, and follows.
func (w *walker) press(label string) *walker {
	w.t.Helper()
	var form, button *html.Node
	var walk func(n, f *html.Node)
	walk = func(n, f *html.Node) {
		if n.Type == html.ElementNode && n.Data == "form" {
			f = n
		}
		if form == nil && f != nil && n.Data == "button" && textOf(n) == label {
			form, button = f, n
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, f)
		}
	}
	walk(w.doc, nil)
	if form == nil {
		w.t.Fatalf("%s: there is no button %q on\n%s", w.url, label, textOf(w.doc))
	}
	v := values(form)
	if n := attr(button, "name"); n != "" {
		v.Set(n, attr(button, "value"))
	}
	action := attr(form, "action")
	if a := attr(button, "formaction"); a != "" {
		action = a
	}
	here, err := url.Parse(w.base + w.url)
	if err != nil {
		w.t.Fatal(err)
	}
	to, err := here.Parse(action)
	if err != nil {
		w.t.Fatal(err)
	}
	switch {
	case !strings.EqualFold(attr(form, "method"), "post"):
		to.RawQuery = v.Encode()
		w.do("GET", to.String(), "", nil)
	case attr(form, "enctype") == "multipart/form-data":
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		for k, xs := range v {
			for _, x := range xs {
				if err := m.WriteField(k, x); err != nil {
					w.t.Fatal(err)
				}
			}
		}
		if err := m.Close(); err != nil {
			w.t.Fatal(err)
		}
		w.do("POST", to.String(), m.FormDataContentType(), &b)
	default:
		w.do("POST", to.String(), "application/x-www-form-urlencoded", strings.NewReader(v.Encode()))
	}
	return w
}

// submit fills in and sends the form with this action.
func (w *walker) submit(action string, fields map[string]string) *walker {
	w.t.Helper()
	var form *html.Node
	each(w.doc, func(n *html.Node) {
		if form == nil && n.Data == "form" && attr(n, "action") == action {
			form = n
		}
	})
	if form == nil {
		w.t.Fatalf("%s: there is no form for %q", w.url, action)
	}
	v := values(form)
	for k, x := range fields {
		if !v.Has(k) {
			w.t.Fatalf("%s: the form for %q has no field %q", w.url, action, k)
		}
		v.Set(k, x)
	}
	w.do("POST", w.base+action, "application/x-www-form-urlencoded", strings.NewReader(v.Encode()))
	return w
}

// values are what a form would send.
func values(form *html.Node) url.Values {
	v := url.Values{}
	each(form, func(n *html.Node) {
		name := attr(n, "name")
		if name == "" {
			return
		}
		switch n.Data {
		case "input":
			switch attr(n, "type") {
			case "radio", "checkbox":
				if has(n, "checked") {
					v.Add(name, attr(n, "value"))
				}
			case "submit", "file":
			default:
				v.Add(name, attr(n, "value"))
			}
		case "textarea":
			if n.FirstChild != nil {
				v.Add(name, n.FirstChild.Data)
			} else {
				v.Add(name, "")
			}
		case "select":
			chosen, first, any := "", "", false
			each(n, func(o *html.Node) {
				if o.Data != "option" {
					return
				}
				val := textOf(o)
				if has(o, "value") {
					val = attr(o, "value")
				}
				if !any && first == "" {
					first = val
				}
				if has(o, "selected") {
					chosen, any = val, true
				}
			})
			if !any {
				chosen = first
				// The first option stands where none is chosen; an empty first one
				// sends an empty value.
				each(n, func(o *html.Node) {
					if o.Data == "option" && chosen == first && has(o, "value") && attr(o, "value") == "" {
						chosen = ""
					}
				})
			}
			v.Add(name, chosen)
		}
	})
	return v
}

// see fails unless the page's text holds each of these.
func (w *walker) see(texts ...string) *walker {
	w.t.Helper()
	all := textOf(w.doc)
	for _, s := range texts {
		if !strings.Contains(all, s) {
			w.t.Errorf("%s (%d) does not show %q; it shows\n%.3000s", w.url, w.status, s, all)
		}
	}
	return w
}

// dont fails if the page's text holds any of these.
func (w *walker) dont(texts ...string) *walker {
	w.t.Helper()
	for _, s := range texts {
		if strings.Contains(w.body, s) {
			w.t.Errorf("%s shows %q", w.url, s)
		}
	}
	return w
}

// field is what a coding form is filled with: property, value, perhaps what
// narrows it.
type field struct{ property, value, qual string }

// code chooses words on a page and records what they say of a new entity, or
// of a known one by its label.
func (w *walker) code(page, words, kind, label, mode string, fields ...field) *walker {
	w.t.Helper()
	w.open(page)
	w.fill("words", words).press("Record these words")
	if strings.Contains(kind, "-") { // a code such as E-0001
		w.fill("about", kind)
	} else {
		w.fill("kind", kind)
	}
	w.press("Go on")
	if label != "" {
		w.fill("label", label)
	}
	count := map[string]int{}
	for _, f := range fields {
		name := fmt.Sprintf("%s.%d", f.property, count[f.property])
		count[f.property]++
		w.fill("f."+name, f.value)
		if f.qual != "" {
			w.fill("q."+name, f.qual)
		}
	}
	if mode != "" {
		w.fill("mode", mode)
	}
	w.press("Show how it is understood")
	if strings.Contains(w.body, `class="problem"`) {
		w.t.Fatalf("coding %q: %s", words, textOf(w.doc))
	}
	return w
}

// record presses the preview's button and expects to land on the entity.
func (w *walker) record() *walker {
	w.t.Helper()
	w.press("Record it")
	if !strings.HasPrefix(w.url, "/entity/") && !strings.HasPrefix(w.url, "/document/") {
		w.t.Fatalf("recording led to %s (%d): %s", w.url, w.status, textOf(w.doc))
	}
	return w
}
