package pdf

import (
	"context"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"asylon/internal/intake/extract"
)

// ReadPDF implements extract.PDF. Pages that cannot be read are there, empty,
// with a warning each; a document of which nothing can be read is an error.
func (r *Reader) ReadPDF(ctx context.Context, in extract.PDFInput) (extract.PDFText, error) {
	if in.Limits == (extract.Limits{}) {
		in.Limits = extract.DefaultLimits()
	}
	s := &session{r: r, src: source{in.R, in.Size}, password: in.Password}
	defer s.done()
	if err := s.open(ctx); err != nil {
		return extract.PDFText{}, fromOpen(err, in.Password)
	}
	doc := describe(s.info)
	total := s.info.Pages
	if total > in.Limits.Pages {
		doc.Warnings = append(doc.Warnings, fmt.Sprintf(
			"this PDF has %d pages; only the first %d were read. Split it to read the rest.", total, in.Limits.Pages))
		total = in.Limits.Pages
	}
	t := &textRun{s: s, doc: &doc, limits: in.Limits, total: total, progress: in.Progress}
	if err := t.run(ctx); err != nil {
		return extract.PDFText{}, fromOpen(err, in.Password)
	}
	return doc, nil
}

// textRun is the reading of all pages of one document.
type textRun struct {
	s        *session
	doc      *extract.PDFText
	limits   extract.Limits
	total    int
	runes    int
	progress func(done, total int)
}

// run reads the pages. The error is one that concerns the whole document: the
// context is done, or the original cannot be read.
func (t *textRun) run(ctx context.Context) error {
	timed, cancel := context.WithTimeout(ctx, t.s.r.opt.DocumentTime)
	defer cancel()
	t.doc.Pages = make([]extract.Page, 0, min(t.total, 1024))
	for i := range t.total {
		page, err := t.page(timed, i)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case timed.Err() != nil:
			t.stop(i, fmt.Sprintf("reading this PDF took longer than %s", t.s.r.opt.DocumentTime.Round(time.Second)))
			return nil
		case errors.Is(err, errGaveUp):
			t.stop(i, "the PDF reader failed on several pages")
			return nil
		case errors.As(err, new(sourceError)):
			return err
		}
		if t.runes += utf8.RuneCountInString(page.Text); t.runes > t.limits.Runes {
			t.stop(i, fmt.Sprintf("this PDF has more than %d characters", t.limits.Runes))
			return nil
		}
		t.doc.Pages = append(t.doc.Pages, page)
		if t.progress != nil {
			t.progress(i+1, t.total)
		}
	}
	return nil
}

// stop leaves page i and those after it unread.
func (t *textRun) stop(i int, why string) {
	t.doc.Warnings = append(t.doc.Warnings, fmt.Sprintf(
		"%s: pages %d to %d were not read. Split the file, or save it again in another program, to read them.", why, i+1, t.total))
}

// page reads one page. An error that concerns this page only has become a
// warning of the page; it is returned too, to be told from the others.
func (t *textRun) page(ctx context.Context, i int) (extract.Page, error) {
	page := extract.Page{Number: i + 1}
	var reply textReply
	err := t.s.do(ctx, func(p *process) error {
		return p.call(ctx, t.s.r.opt.PageTime, msgText,
			textRequest{Page: i, MaxChars: t.limits.PageRunes}, msgPage, &reply, &t.s.src)
	})
	if err != nil {
		page.Warnings = append(page.Warnings, pageProblem(err))
		return page, err
	}
	var unknown int
	page.Text, unknown = pageText(reply.Text)
	if label := extract.OneLine(reply.Label, 40); label != fmt.Sprint(page.Number) {
		page.Label = label
	}
	page.Scanned = page.Text == "" && reply.Images
	warn := func(format string, args ...any) {
		page.Warnings = append(page.Warnings, fmt.Sprintf(format, args...))
	}
	switch {
	case page.Scanned:
		warn("no text on this page: a scan; type or attach a transcript")
	case page.Text == "":
		warn("no text on this page")
	case unknown > 0:
		warn("%d characters of this page are unreadable, because the PDF does not say which letters its signs stand for; "+
			"compare the picture of the page", unknown)
	}
	if reply.Cut {
		warn("this page has more than %d characters; the rest was not read", t.limits.PageRunes)
	}
	if reply.Notes > 0 {
		warn("remarks pinned to this page by a reader, not part of its text: %d", reply.Notes)
	}
	return page, nil
}

// pageProblem says why a page has no text.
func pageProblem(err error) string {
	switch {
	case errors.As(err, new(failure)):
		return "this page is damaged and could not be read; compare another copy of the document"
	case errors.Is(err, errSlow):
		return "this page took too long and was not read; look at the original with care"
	}
	return "the PDF reader failed on this page and it was not read; look at the original with care"
}

// metaNames are the entries of the document information dictionary (ISO
// 32000-1, 14.3.3) that are passed on, under the names of extract.Result.Meta.
var metaNames = [...]struct{ pdf, ours string }{
	{"Author", "author"}, {"Subject", "subject"}, {"Keywords", "keywords"}, {"Creator", "creator"},
	{"Producer", "producer"}, {"CreationDate", "created"}, {"ModDate", "modified"},
}

// describe takes over what the document says about itself.
func describe(info openReply) extract.PDFText {
	doc := extract.PDFText{
		Title:    extract.OneLine(info.Meta["Title"], 500),
		Language: extract.OneLine(info.Language, 35),
		Meta:     map[string]string{},
	}
	for _, n := range metaNames {
		if v := extract.OneLine(info.Meta[n.pdf], 1000); v != "" {
			doc.Meta[n.ours] = v
		}
	}
	return doc
}
