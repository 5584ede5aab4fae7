package print

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"strings"
)

//go:embed print.css
var css string

// CSS returns the style sheet of [Fragment], for the stylesheet of a page that
// shows documents. [HTML] carries it inside.
func CSS() string { return css }

// StyleSource returns the source expression that lets a content security
// policy accept the style sheet inside a page of [HTML]:
// "style-src " + StyleSource().
func StyleSource() string {
	sum := sha256.Sum256([]byte(css))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// HTML writes the document as a complete page that needs nothing else: style
// sheet inside, no script, ready to print. The error says what is wrong with
// the document.
func HTML(d Document) ([]byte, error) {
	body, err := Fragment(d, "")
	if err != nil {
		return nil, err
	}
	w := &htmlWriter{}
	w.raw("<!DOCTYPE html>\n<html")
	w.attr("lang", d.Language)
	w.attr("dir", string(d.base()))
	w.raw(">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
	w.text(d.Title)
	w.raw("</title>\n<style>")
	w.raw(css)
	w.raw("</style>\n</head>\n<body>\n")
	w.raw(string(body))
	w.raw("</body>\n</html>\n")
	return []byte(w.b.String()), nil
}

// Fragment writes the document as one article element for use inside a page.
// Each id in it begins with prefix.
func Fragment(d Document, prefix string) (template.HTML, error) {
	if err := d.Check(); err != nil {
		return "", fmt.Errorf("print %q as html: %w", d.Title, err)
	}
	w := &htmlWriter{prefix: prefix, notes: d.number(), seen: map[string]int{}, labels: d.Labels}
	w.raw(`<article class="doc"`)
	w.attr("lang", d.Language)
	w.attr("dir", string(d.base()))
	w.raw(">\n")
	w.head(d)
	for _, b := range d.Blocks {
		w.block(b)
	}
	w.signatories(d.Signatories)
	w.endnotes()
	if d.Footer != "" {
		w.element("footer", "doc-footer", d.Footer)
	}
	w.raw("</article>\n")
	return template.HTML(w.b.String()), nil
}

// base is the document's direction: the one given, or that of its title.
func (d Document) base() Direction {
	if d.Direction != Auto {
		return d.Direction
	}
	if isRTL(d.Title) {
		return RightToLeft
	}
	return LeftToRight
}

// htmlWriter collects a document's markup. Text only goes in through text and
// attr, which escape it.
type htmlWriter struct {
	b      strings.Builder
	prefix string
	notes  numbering
	seen   map[string]int // how often a note was referred to so far
	labels Labels
}

func (w *htmlWriter) raw(s string) { w.b.WriteString(s) }

func (w *htmlWriter) text(s string) { w.b.WriteString(template.HTMLEscapeString(clean(s))) }

// attr writes an attribute, or nothing if the value is empty.
func (w *htmlWriter) attr(name, value string) {
	if value == "" {
		return
	}
	w.raw(" " + name + `="`)
	w.text(value)
	w.raw(`"`)
}

// element writes a text of its own direction.
func (w *htmlWriter) element(name, class, s string) {
	w.raw("<" + name)
	w.attr("class", class)
	w.raw(` dir="auto">`)
	w.text(s)
	w.raw("</" + name + ">\n")
}

// head writes sender, address, date, reference and title.
func (w *htmlWriter) head(d Document) {
	w.raw(`<header class="doc-head">` + "\n")
	w.lines("doc-sender", d.Sender)
	w.lines("doc-address", d.Address)
	for _, line := range d.headLines() {
		w.element("p", "doc-line", line)
	}
	w.raw("<h1>")
	w.text(d.Title)
	w.raw("</h1>\n</header>\n")
}

// headLines are the date and the reference, with their labels.
func (d Document) headLines() []string {
	var out []string
	for _, l := range [][2]string{{d.Labels.Date, d.Date}, {d.Labels.Reference, d.Reference}} {
		if l[1] != "" {
			out = append(out, strings.TrimSpace(l[0]+" "+l[1]))
		}
	}
	return out
}

func (w *htmlWriter) lines(class string, lines []string) {
	if len(lines) == 0 {
		return
	}
	w.raw("<address")
	w.attr("class", class)
	w.raw(` dir="auto">`)
	for i, l := range lines {
		if i > 0 {
			w.raw("<br>")
		}
		w.text(l)
	}
	w.raw("</address>\n")
}

func (w *htmlWriter) block(b Block) {
	switch b.Kind {
	case KindHeading:
		w.runsIn(fmt.Sprintf("h%d", b.Level+1), "", b, b.Runs)
	case KindParagraph:
		w.runsIn("p", "", b, b.Runs)
	case KindList:
		w.list(b.Items, b.Ordered)
	case KindTable:
		w.table(*b.Table)
	case KindQuote:
		w.raw("<figure class=\"doc-quote\">\n")
		w.runsIn("blockquote", "", b, b.Runs)
		if len(b.Translation) > 0 {
			w.raw("<p>")
			if w.labels.Translation != "" {
				w.text(w.labels.Translation + " ")
			}
			w.runs(b.Translation)
			w.raw("</p>\n")
		}
		if len(b.Source) > 0 {
			w.raw("<figcaption>")
			w.runs(b.Source)
			w.raw("</figcaption>\n")
		}
		w.raw("</figure>\n")
	case KindRule:
		w.raw("<hr>\n")
	case KindPageBreak:
		w.raw(`<div class="doc-break"></div>` + "\n")
	}
}

// runsIn writes an element with the block's language and direction.
func (w *htmlWriter) runsIn(name, class string, b Block, runs []Run) {
	w.raw("<" + name)
	w.attr("class", class)
	w.attr("lang", b.Language)
	dir := string(b.Direction)
	if dir == "" {
		dir = "auto"
	}
	w.attr("dir", dir)
	w.raw(">")
	w.runs(runs)
	w.raw("</" + name + ">\n")
}

func (w *htmlWriter) runs(runs []Run) {
	for _, r := range runs {
		w.run(r)
	}
}

func (w *htmlWriter) run(r Run) {
	if r.Note != "" {
		w.noteRef(r.Note)
		return
	}
	var closing string
	wrap := func(name, class, attr, value string) {
		w.raw("<" + name)
		w.attr("class", class)
		w.attr(attr, value)
		w.raw(">")
		closing = "</" + name + ">" + closing
	}
	if r.Link != "" {
		wrap("a", "", "href", r.Link)
	}
	if r.Language != "" {
		wrap("bdi", "", "lang", r.Language)
	}
	if r.Strong {
		wrap("strong", "", "", "")
	}
	if r.Emph {
		wrap("em", "", "", "")
	}
	if r.Missing {
		wrap("mark", "doc-missing", "", "")
	}
	w.text(r.Text)
	w.raw(closing)
}

// noteRef writes a number that leads to its note, with an id of its own for
// the way back.
func (w *htmlWriter) noteRef(id string) {
	n := w.notes.number[id]
	w.seen[id]++
	w.raw("<sup><a")
	w.attr("id", w.refID(n, w.seen[id]))
	w.attr("href", fmt.Sprintf("#%snote-%d", w.prefix, n))
	w.attr("role", "doc-noteref")
	w.raw(fmt.Sprintf(">%d</a></sup>", n))
}

func (w *htmlWriter) refID(note, time int) string {
	return fmt.Sprintf("%sref-%d-%d", w.prefix, note, time)
}

func (w *htmlWriter) list(items []Item, ordered bool) {
	name := "ul"
	if ordered {
		name = "ol"
	}
	w.raw("<" + name + ">\n")
	for _, it := range items {
		w.raw(`<li dir="auto">`)
		w.runs(it.Runs)
		if len(it.Items) > 0 {
			w.raw("\n")
			w.list(it.Items, it.Ordered)
		}
		w.raw("</li>\n")
	}
	w.raw("</" + name + ">\n")
}

func (w *htmlWriter) table(t Table) {
	w.raw("<table>\n")
	if t.Caption != "" {
		w.element("caption", "", t.Caption)
	}
	w.raw("<thead><tr>")
	for _, c := range t.Columns {
		w.raw(`<th scope="col" dir="auto"`)
		w.attr("class", numericClass(c))
		w.raw(">")
		w.text(c.Name)
		w.raw("</th>")
	}
	w.raw("</tr></thead>\n<tbody>\n")
	for _, row := range t.Rows {
		w.raw("<tr>")
		for i, cell := range row {
			w.raw(`<td dir="auto"`)
			w.attr("class", numericClass(t.Columns[i]))
			w.raw(">")
			w.runs(cell.Runs)
			w.raw("</td>")
		}
		w.raw("</tr>\n")
	}
	w.raw("</tbody>\n</table>\n")
}

func numericClass(c Column) string {
	if c.Numeric {
		return "doc-num"
	}
	return ""
}

func (w *htmlWriter) signatories(people []Signatory) {
	if len(people) == 0 {
		return
	}
	w.raw("<div class=\"doc-signatories\">\n")
	for _, p := range people {
		w.lines("doc-signatory", p.lines())
	}
	w.raw("</div>\n")
}

// lines are what stands below the line to sign on.
func (s Signatory) lines() []string {
	var out []string
	for _, l := range []string{s.Name, s.Role, s.Organisation} {
		if l != "" {
			out = append(out, l)
		}
	}
	return out
}

func (w *htmlWriter) endnotes() {
	if len(w.notes.order) == 0 {
		return
	}
	w.raw("<section class=\"doc-notes\" role=\"doc-endnotes\">\n")
	if w.labels.Notes != "" {
		w.element("h2", "", w.labels.Notes)
	} else {
		w.raw("<hr>\n")
	}
	w.raw("<ol>\n")
	for i, n := range w.notes.order {
		w.raw(`<li dir="auto"`)
		w.attr("id", fmt.Sprintf("%snote-%d", w.prefix, i+1))
		w.raw(">")
		w.runs(n.Runs)
		if n.Link != "" {
			w.raw(" <a")
			w.attr("href", n.Link)
			w.raw(">")
			w.text(n.Link)
			w.raw("</a>")
		}
		for time := 1; time <= w.seen[n.ID]; time++ {
			w.raw(" <a class=\"doc-back\"")
			w.attr("href", "#"+w.refID(i+1, time))
			w.raw(">↩</a>")
		}
		w.raw("</li>\n")
	}
	w.raw("</ol>\n</section>\n")
}
