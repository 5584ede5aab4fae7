package extract

import (
	"io"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readHTML reads a page of the web: all text that a browser would show, links
// and menus included, for that is what was published. Beside it stands the
// article without its surroundings, for reading.
func readHTML(in Input, opt Options, res *Result) error {
	data, err := readAll(in)
	if err != nil {
		return err
	}
	d, err := decodeText(data, in.Encoding, statedCharset(data[:min(len(data), headBytes)]))
	if err != nil {
		return err
	}
	res.take(d)
	b := newBuilder(&pager{res: res, lim: opt.Limits})
	w := &htmlWalker{b: b, meta: map[string]string{}}
	w.walk(d.text, 0)
	b.finish()
	res.Title, res.Language = OneLine(w.title, 500), OneLine(w.lang, 35)
	res.Meta = w.meta
	readArticle(d.text, res)
	if len(res.Pages) == 1 && res.Pages[0].Text == "" {
		res.Pages[0].Warnings = append(res.Pages[0].Warnings,
			"this page of the web has no text of its own: a program in it fetched what it showed; save it as PDF from a browser")
	}
	return nil
}

// The encodings that pages state, in the first bytes and before these can be
// decoded. The HTML standard's own scan reads at most 1,024 bytes; real pages
// are less tidy.
var (
	xmlCharset  = regexp.MustCompile(`^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([-_.:A-Za-z0-9]{1,40})["']`)
	metaElement = regexp.MustCompile(`(?i)<meta\s[^>]{0,1000}`)
	metaCharset = regexp.MustCompile(`(?i)charset\s*=\s*["']?\s*([-_.:A-Za-z0-9]{1,40})`)
)

// statedCharset is the encoding that a page names, or an empty string.
func statedCharset(head []byte) string {
	if m := xmlCharset.FindSubmatch(head); m != nil {
		return asciiCompatible(string(m[1]))
	}
	for _, meta := range metaElement.FindAll(head, 20) {
		if m := metaCharset.FindSubmatch(meta); m != nil {
			return asciiCompatible(string(m[1]))
		}
	}
	return ""
}

// asciiCompatible corrects a statement that contradicts itself: what was read
// byte by byte cannot be in UTF-16 (HTML standard, prescan).
func asciiCompatible(name string) string {
	if _, canonical, ok := lookup(name); ok && (strings.HasPrefix(canonical, "utf-16") || strings.HasPrefix(canonical, "utf-32")) {
		return nameUTF8
	}
	return name
}

// htmlWalker turns tags and text into text. It looks at one tag at a time and
// builds no tree, so that depth costs nothing and unclosed elements lose
// nothing.
type htmlWalker struct {
	b     *builder
	title string
	lang  string
	meta  map[string]string

	pre     int        // pre elements around
	skip    atom.Atom  // the element whose content is not text; 0 for none
	lists   []htmlList // lists around, at most maxLists
	inRow   bool       // a cell of the row was seen
	inTitle bool
}

type htmlList struct {
	ordered bool
	next    int
}

const (
	maxLists    = 100
	maxNoscript = 2 // noscript in noscript, each a text to be read anew
)

func (w *htmlWalker) walk(text string, depth int) {
	z := html.NewTokenizer(strings.NewReader(text))
	raw := atom.Atom(0) // the element whose content the tokenizer does not parse
	for !w.b.full() {
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() != io.EOF {
				w.b.warn("the page is not well-formed; text may be missing after this")
			}
			return
		case html.TextToken:
			if raw == atom.Noscript && w.skip == 0 && depth < maxNoscript {
				w.walk(string(z.Text()), depth+1)
				continue
			}
			w.text(string(z.Text()), raw)
		case html.StartTagToken:
			t := z.Token()
			raw = t.DataAtom
			w.start(t)
		case html.SelfClosingTagToken:
			raw = 0
			t := z.Token()
			w.start(t)
			if t.DataAtom == atom.Title || t.DataAtom == w.skip {
				w.end(t.DataAtom)
			}
		case html.EndTagToken:
			raw = 0
			w.end(z.Token().DataAtom)
		}
	}
}

func (w *htmlWalker) text(s string, raw atom.Atom) {
	switch {
	case w.inTitle:
		w.title += s
	case w.skip != 0 || raw == atom.Iframe || raw == atom.Noembed || raw == atom.Noframes:
	case w.pre > 0 || raw == atom.Textarea || raw == atom.Plaintext || raw == atom.Xmp:
		w.verbatim(s)
	default:
		w.b.words(s)
	}
}

// verbatim adds preformatted text: its spaces and line ends count.
func (w *htmlWalker) verbatim(s string) {
	lines := strings.Split(Clean(s), "\n")
	for i, line := range lines {
		if i > 0 {
			w.b.newline()
		}
		w.b.text(line)
	}
}

func (w *htmlWalker) start(t html.Token) {
	if w.skip != 0 {
		return
	}
	switch t.DataAtom {
	case atom.Script, atom.Style, atom.Template:
		w.skip = t.DataAtom
	case atom.Title:
		w.inTitle = w.title == ""
		if !w.inTitle {
			w.skip = atom.Title // of a drawing
		}
	case atom.Html:
		w.lang = attribute(t, "lang")
	case atom.Meta:
		w.noteMeta(t)
	case atom.Br:
		w.b.newline()
	case atom.Pre, atom.Listing:
		w.b.line(2)
		w.pre++
	case atom.Ul, atom.Menu, atom.Dir:
		w.openList(htmlList{})
	case atom.Ol:
		first, err := strconv.Atoi(attribute(t, "start"))
		if err != nil {
			first = 1
		}
		w.openList(htmlList{ordered: true, next: first})
	case atom.Li:
		w.item(t)
	case atom.Tr:
		w.b.row()
		w.inRow = false
	case atom.Td, atom.Th:
		w.b.cell(!w.inRow)
		w.inRow = true
	default:
		w.b.line(linesAround(t.DataAtom))
	}
}

func (w *htmlWalker) end(a atom.Atom) {
	if w.skip != 0 {
		if a == w.skip {
			w.skip = 0
		}
		return
	}
	switch a {
	case atom.Title:
		w.inTitle = false
	case atom.Pre, atom.Listing:
		w.pre = max(w.pre-1, 0)
		w.b.line(2)
	case atom.Ul, atom.Ol, atom.Menu, atom.Dir:
		w.lists = w.lists[:max(len(w.lists)-1, 0)]
		w.b.line(1)
	case atom.Tr:
		w.b.row()
		w.inRow = false
	case atom.Td, atom.Th:
	case atom.Table:
		w.b.row()
		w.b.line(2)
		w.inRow = false
	default:
		w.b.line(linesAround(a))
	}
}

func (w *htmlWalker) openList(l htmlList) {
	w.b.line(1)
	if len(w.lists) < maxLists {
		w.lists = append(w.lists, l)
	}
}

// item begins an item of a list with the sign or number that a browser shows.
func (w *htmlWalker) item(t html.Token) {
	w.b.line(1)
	if len(w.lists) == 0 {
		return
	}
	l := &w.lists[len(w.lists)-1]
	if !l.ordered {
		w.b.text("- ")
		return
	}
	if v, err := strconv.Atoi(attribute(t, "value")); err == nil {
		l.next = v
	}
	w.b.text(strconv.Itoa(l.next) + ". ")
	l.next++
}

// linesAround is how many line ends an element asks for before and after it: 2
// for those that browsers set apart by space, 1 for other blocks, 0 within a
// line.
func linesAround(a atom.Atom) int {
	switch a {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Table, atom.Blockquote,
		atom.Figure, atom.Hr, atom.Dl, atom.Article, atom.Section, atom.Header, atom.Footer, atom.Main,
		atom.Nav, atom.Aside, atom.Form, atom.Fieldset, atom.Details, atom.Address:
		return 2
	case atom.Div, atom.Dt, atom.Dd, atom.Body, atom.Center, atom.Caption, atom.Figcaption, atom.Legend,
		atom.Option, atom.Optgroup, atom.Select, atom.Textarea, atom.Button, atom.Summary, atom.Dialog,
		atom.Thead, atom.Tbody, atom.Tfoot, atom.Iframe, atom.Video, atom.Audio, atom.Frameset, atom.Hgroup:
		return 1
	}
	return 0
}

// metaHTML are the meta elements that are kept, under the names of Result.Meta.
// Dates stay as written: their precision is the page's to state.
var metaHTML = map[string]string{
	"author": "author", "article:author": "author", "og:site_name": "site", "description": "description",
	"article:published_time": "published", "date": "published", "dc.date": "published", "pubdate": "published",
	"article:modified_time": "modified", "last-modified": "modified",
}

func (w *htmlWalker) noteMeta(t html.Token) {
	name := attribute(t, "name")
	if name == "" {
		name = attribute(t, "property")
	}
	ours, ok := metaHTML[strings.ToLower(name)]
	if v := OneLine(attribute(t, "content"), 1000); ok && v != "" && w.meta[ours] == "" {
		w.meta[ours] = v
	}
}

func attribute(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// htmlText is the text of HTML that has no pages of its own.
func htmlText(markup string, lim Limits) string {
	var res Result
	p := &pager{res: &res, lim: lim}
	b := newBuilder(p)
	(&htmlWalker{b: b, meta: map[string]string{}}).walk(markup, 0)
	b.finish()
	var text strings.Builder
	for _, page := range res.Pages {
		text.WriteString(page.Text)
	}
	return text.String()
}
