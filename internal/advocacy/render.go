package advocacy

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"asylon/edtf"
	"asylon/internal/print"
)

// phrases are the few words a letter has of its own.
type phrases struct {
	facts, demands, until, replyBy, notes, page, source, via, page1, quote, translation, graded, recorded, statements, figure string
}

var english = phrases{"What is documented", "What we ask", "until: ", "We ask for a reply by %s.", "Where this is from", "Page %d of %d",
	"Source: ", "through ", "page %d", "“%s”", "in translation: “%s”", "graded ", "recorded ", "statements ", "Figure "}

var korean = phrases{"기록된 사실", "요구 사항", "시한·조건: ", "%s까지 회신하여 주시기 바랍니다.", "출처", "%d / %d쪽",
	"출처: ", "전달: ", "%d쪽", "“%s”", "번역: “%s”", "등급 ", "기록일 ", "진술 ", "수치 "}

func phrasesOf(lang string) phrases {
	if lang == "ko" {
		return korean
	}
	return english
}

// document sets a letter: the facts with numbered notes for their derivation.
func document(c Content, sentences []Sentence) (print.Document, error) {
	p := phrasesOf(c.Language)
	at, err := day("date of the letter", c.Date)
	if err != nil {
		return print.Document{}, err
	}
	y, m, dd := at.Earliest().Civil()
	d := print.Document{Title: c.Subject, Language: c.Language, Date: at.Text(edtf.Lang(c.Language)), Sender: c.Sender,
		// The letter's own day, so that the same letter gives the same bytes.
		Created: time.Date(int(y), time.Month(m), dd, 0, 0, 0, 0, time.UTC),
		Labels:  print.Labels{Notes: p.notes, Page: p.page}}
	d.Address = append(d.Address, c.Addressee.Name)
	if c.Addressee.Title != "" {
		d.Address = append(d.Address, c.Addressee.Title)
	}
	d.Address = append(d.Address, c.Addressee.Address...)
	for _, s := range append([]string{c.Addressee.Salutation, c.Opening}, c.Concerns...) {
		d.Blocks = append(d.Blocks, paragraphs(s)...)
	}
	if len(sentences) > 0 {
		d.Blocks = append(d.Blocks, print.Heading(1, p.facts))
	}
	for i, s := range sentences {
		id := fmt.Sprintf("f%d", i+1)
		d.Blocks = append(d.Blocks, print.Paragraph(print.Text(s.Text), print.NoteRef(id)))
		d.Notes = append(d.Notes, print.Note{ID: id, Runs: []print.Run{print.Text(s.note(p))}})
	}
	if len(c.Demands) > 0 {
		d.Blocks = append(d.Blocks, print.Heading(1, p.demands))
		var items []print.Item
		for _, x := range c.Demands {
			text := x.Text
			if x.Until != "" {
				text += " (" + p.until + x.Until + ")"
			}
			items = append(items, print.ItemOf(print.Text(text)))
		}
		d.Blocks = append(d.Blocks, print.NumberedList(items...))
	}
	if c.ReplyBy != "" {
		by, err := day("date of reply", c.ReplyBy)
		if err != nil {
			return print.Document{}, err
		}
		d.Blocks = append(d.Blocks, print.Paragraph(print.Text(fmt.Sprintf(p.replyBy, by.Text(edtf.Lang(c.Language))))))
	}
	d.Blocks = append(d.Blocks, paragraphs(c.Closing)...)
	for _, s := range c.Signatories {
		d.Signatories = append(d.Signatories, print.Signatory{Name: s.Name, Role: s.Role, Organisation: s.Organisation})
	}
	return d, nil
}

// paragraphs splits a text at empty lines.
func paragraphs(s string) []print.Block {
	var out []print.Block
	for _, x := range strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n\n") {
		if x = strings.TrimSpace(x); x != "" {
			out = append(out, print.Paragraph(print.Text(x)))
		}
	}
	return out
}

// note words the derivation of a sentence: each place it comes from once, with
// the statements taken from there.
func (s Sentence) note(p phrases) string {
	if s.Figure != "" {
		return p.figure + s.Figure + "."
	}
	var heads []string
	ids := map[string][]string{}
	for _, d := range s.Derivations {
		h := d.words(p)
		if ids[h] == nil {
			heads = append(heads, h)
		}
		ids[h] = append(ids[h], string(d.Statement))
	}
	var out []string
	for _, h := range heads {
		out = append(out, h+p.statements+strings.Join(ids[h], ", "))
	}
	return strings.Join(out, ". ") + "."
}

// words says where a statement comes from, up to its id.
func (d Derivation) words(p phrases) string {
	var b strings.Builder
	add := func(format string, args ...any) { fmt.Fprintf(&b, format+"; ", args...) }
	if d.SourceName != "" {
		s := p.source + d.SourceName
		if d.ViaName != "" {
			s += ", " + p.via + d.ViaName
		}
		add("%s", s)
	}
	if d.DocumentTitle != "" {
		s := "“" + d.DocumentTitle + "”"
		if d.Page > 0 {
			s += ", " + fmt.Sprintf(p.page1, d.Page)
		}
		add("%s", s)
	}
	if d.Quote != nil {
		add(p.quote, d.Quote.Text)
		if d.Quote.Translation != "" {
			add(p.translation, d.Quote.Translation)
		}
	}
	if d.Reliability != "" || d.Grade > 0 {
		g := p.graded + string(d.Reliability)
		if d.Grade > 0 {
			g += fmt.Sprint(int(d.Grade))
		}
		add("%s", g)
	}
	add("%s", p.recorded+d.Recorded)
	return b.String()
}

// rendered sets a letter in all its forms.
func (b *Body) render() (missing []rune, err error) {
	d, err := document(b.Content, b.Sentences)
	if err != nil {
		return nil, err
	}
	page, err := print.HTML(d)
	if err != nil {
		return nil, fmt.Errorf("set letter: %w", err)
	}
	md, err := print.Markdown(d)
	if err != nil {
		return nil, fmt.Errorf("set letter: %w", err)
	}
	pdf, err := print.PDF(d)
	if err != nil {
		return nil, fmt.Errorf("set letter: %w", err)
	}
	b.HTML, b.Markdown, b.PDF = string(page), string(md), pdf.Bytes
	b.HTMLSum, b.MarkdownSum, b.PDFSum = sum(page), sum(md), sum(pdf.Bytes)
	b.Name = nameOf(b.HTMLSum, b.MarkdownSum, b.PDFSum)
	return pdf.Missing, nil
}

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

// nameOf is the permanent name of a letter: the first 130 bits of the SHA-256
// over the hashes of its renderings, in lower-case base32, 26 characters.
func nameOf(html, md, pdf string) string {
	s := sha256.Sum256([]byte(html + md + pdf))
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(s[:]))[:26]
}
