package print

import (
	"fmt"
	"strings"
)

// Markdown writes the document in CommonMark with pipe tables and footnotes,
// the dialect that editors and converters share. Direction and page breaks
// have no sign there: page breaks become comments. The error says what is
// wrong with the document.
func Markdown(d Document) ([]byte, error) {
	if err := d.Check(); err != nil {
		return nil, fmt.Errorf("print %q as markdown: %w", d.Title, err)
	}
	w := &markdownWriter{notes: d.number(), labels: d.Labels}
	for _, lines := range [][]string{d.Sender, d.Address, d.headLines()} {
		w.lines(lines)
	}
	w.para("", "# "+escapeMarkdown(d.Title))
	for _, b := range d.Blocks {
		w.block(b)
	}
	for _, s := range d.Signatories {
		w.para("", `\_\_\_\_\_\_\_\_\_\_\_\_\_\_\_\_\_\_\_\_`)
		w.lines(s.lines())
	}
	if len(w.notes.order) > 0 && d.Labels.Notes != "" {
		w.para("", "## "+escapeMarkdown(d.Labels.Notes))
	}
	for i, n := range w.notes.order {
		text := w.runs(n.Runs)
		if n.Link != "" {
			text += " <" + escapeURL(n.Link) + ">"
		}
		w.para("", fmt.Sprintf("[^%d]: %s", i+1, text))
	}
	if d.Footer != "" {
		w.para("", "---")
		w.para("", lineStart(escapeMarkdown(d.Footer)))
	}
	return []byte(w.b.String()), nil
}

type markdownWriter struct {
	b      strings.Builder
	notes  numbering
	labels Labels
}

// para writes a paragraph, each of its lines after the prefix, with an empty
// line between paragraphs.
func (w *markdownWriter) para(prefix, s string) {
	if w.b.Len() > 0 {
		w.b.WriteString(strings.TrimRight(prefix, " "))
		w.b.WriteString("\n")
	}
	w.b.WriteString(prefix)
	w.b.WriteString(s)
	w.b.WriteString("\n")
}

// lines writes lines with hard breaks between them.
func (w *markdownWriter) lines(lines []string) {
	if len(lines) == 0 {
		return
	}
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = lineStart(escapeMarkdown(l))
	}
	w.para("", strings.Join(out, "\\\n"))
}

func (w *markdownWriter) block(b Block) {
	switch b.Kind {
	case KindHeading:
		w.para("", strings.Repeat("#", b.Level+1)+" "+w.runs(b.Runs))
	case KindParagraph:
		w.para("", lineStart(w.runs(b.Runs)))
	case KindList:
		w.b.WriteString("\n")
		w.list(b.Items, b.Ordered, "")
	case KindTable:
		w.table(*b.Table)
	case KindQuote:
		w.quote(b)
	case KindRule:
		w.para("", "---")
	case KindPageBreak:
		w.para("", "<!-- page break -->")
	}
}

// quote keeps the paragraphs of a quote together behind its marks.
func (w *markdownWriter) quote(b Block) {
	w.b.WriteString("\n> " + lineStart(w.runs(b.Runs)) + "\n")
	if len(b.Translation) > 0 {
		text := w.runs(b.Translation)
		if w.labels.Translation != "" {
			text = escapeMarkdown(w.labels.Translation) + " " + text
		}
		w.b.WriteString(">\n> " + lineStart(text) + "\n")
	}
	if len(b.Source) > 0 {
		w.b.WriteString(">\n> — " + w.runs(b.Source) + "\n")
	}
}

func (w *markdownWriter) list(items []Item, ordered bool, indent string) {
	for i, it := range items {
		mark := "- "
		if ordered {
			mark = fmt.Sprintf("%d. ", i+1)
		}
		w.b.WriteString(indent + mark + lineStart(w.runs(it.Runs)) + "\n")
		w.list(it.Items, it.Ordered, indent+strings.Repeat(" ", len(mark)))
	}
}

func (w *markdownWriter) table(t Table) {
	if t.Caption != "" {
		w.para("", "**"+escapeMarkdown(t.Caption)+"**")
	}
	w.b.WriteString("\n|")
	for _, c := range t.Columns {
		w.b.WriteString(" " + escapeMarkdown(c.Name) + " |")
	}
	w.b.WriteString("\n|")
	for _, c := range t.Columns {
		if c.Numeric {
			w.b.WriteString(" --: |")
		} else {
			w.b.WriteString(" --- |")
		}
	}
	w.b.WriteString("\n")
	for _, row := range t.Rows {
		w.b.WriteString("|")
		for _, cell := range row {
			w.b.WriteString(" " + w.runs(cell.Runs) + " |")
		}
		w.b.WriteString("\n")
	}
}

func (w *markdownWriter) runs(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(w.run(r))
	}
	return b.String()
}

func (w *markdownWriter) run(r Run) string {
	if r.Note != "" {
		return fmt.Sprintf("[^%d]", w.notes.number[r.Note])
	}
	if r.Missing {
		return `**\[` + escapeMarkdown(r.Text) + `\]**`
	}
	// Marks of emphasis must touch their text, so spaces go outside.
	text := escapeMarkdown(r.Text)
	inner := strings.Trim(text, " ")
	if inner == "" {
		return text
	}
	before, after, _ := strings.Cut(text, inner)
	if r.Emph {
		inner = "*" + inner + "*"
	}
	if r.Strong {
		inner = "**" + inner + "**"
	}
	if r.Link != "" {
		inner = "[" + inner + "](<" + escapeURL(r.Link) + ">)"
	}
	return before + inner + after
}

var markdownEscaper = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`,
	"<", `\<`, ">", `\>`, "|", `\|`, "~", `\~`, "&", `\&`, "$", `\$`, "^", `\^`)

// escapeMarkdown makes a text stand for itself within a line.
func escapeMarkdown(s string) string { return markdownEscaper.Replace(clean(s)) }

// escapeURL makes an address safe inside angle brackets.
func escapeURL(s string) string {
	return strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20", "\n", "").Replace(clean(s))
}

// lineStart keeps a text from beginning a heading, a list or a rule.
func lineStart(s string) string {
	s = strings.TrimLeft(s, " ") // four spaces would begin a block of code
	if s == "" {
		return s
	}
	switch s[0] {
	case '#', '+', '-', '=':
		return `\` + s
	}
	digits := 0
	for digits < len(s) && s[digits] >= '0' && s[digits] <= '9' {
		digits++
	}
	if digits > 0 && digits < len(s) && (s[digits] == '.' || s[digits] == ')') {
		return s[:digits] + `\` + s[digits:]
	}
	return s
}
