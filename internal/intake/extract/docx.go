package extract

import (
	"context"
	"encoding/xml"
	"fmt"
	"strings"

	"asylon/internal/container"
)

// mainPart is the part that the text of a DOCX file is in, by what its content
// types say; empty where it has none.
func mainPart(z *container.Zip) string {
	o := &office{zip: z, lim: DefaultLimits()}
	rel, err := o.related(context.Background(), "")
	if err != nil {
		return "" // the caller finds another name for it
	}
	part := rel.first("officeDocument", "")
	if !strings.HasPrefix(part, "word/") || !has(z, part) {
		return "" // a workbook or a presentation
	}
	return part
}

// readDOCX reads a WordprocessingML document (ISO/IEC 29500-1). Pages end where
// the program that saved the file last saw them end.
func readDOCX(ctx context.Context, in Input, opt Options, res *Result) error {
	o, err := openOffice(in, opt.Limits)
	if err != nil {
		return err
	}
	part := mainPart(o.zip)
	if part == "" {
		part = "word/document.xml"
	}
	rel, err := o.related(ctx, part)
	if err != nil {
		return err
	}
	w := &docxWalker{b: newBuilder(&pager{res: res, lim: opt.Limits})}
	if w.lists, err = o.docxLists(ctx, rel.first("numbering", "word/numbering.xml"), rel.first("styles", "word/styles.xml")); err != nil {
		return err
	}
	if w.footnotes, err = o.docxNotes(ctx, rel.first("footnotes", "word/footnotes.xml"), "footnote"); err != nil {
		return err
	}
	if w.endnotes, err = o.docxNotes(ctx, rel.first("endnotes", "word/endnotes.xml"), "endnote"); err != nil {
		return err
	}
	if err := o.each(ctx, part, true, w.walk); err != nil {
		return err
	}
	w.b.finish()
	if err := o.docxFrame(ctx, rel, w.b.pager); err != nil {
		return err
	}
	if err := o.describe(ctx, "docProps/core.xml", res); err != nil {
		return err
	}
	comments, err := o.countElements(ctx, rel.first("comments", "word/comments.xml"), "comment")
	if err != nil {
		return err
	}
	warnAbout(res, comments, w.deletions, w.hidden, w.embedded+len(rel.byType["aFChunk"]))
	return nil
}

// warnAbout says what a document holds besides its text.
func warnAbout(res *Result, comments, deletions, hidden, embedded int) {
	for _, x := range []struct {
		n    int
		what string
	}{
		{comments, "comments by readers, not part of the text: %d; open the original to see them"},
		{deletions, "passages deleted by tracked changes, not part of the text: %d; the warnings of the pages quote them"},
		{hidden, "passages formatted as hidden, shown in the text here: %d"},
		{embedded, "embedded objects whose content was not read: %d; open the original to see them"},
	} {
		if x.n > 0 {
			res.Warnings = append(res.Warnings, fmt.Sprintf(x.what, x.n))
		}
	}
}

// countElements counts elements of a name in a part.
func (o *office) countElements(ctx context.Context, part, local string) (n int, err error) {
	err = o.each(ctx, part, false, func(s *xmlScan) error {
		for {
			t, err := s.token()
			if err != nil {
				return err
			}
			if e, ok := t.(xml.StartElement); ok && e.Name.Local == local {
				n++
			}
		}
	})
	return n, err
}

// maxNotesKept bounds the footnotes of a document.
const maxNotesKept = 50_000

// docxNotes reads the texts of footnotes or endnotes by their ids.
func (o *office) docxNotes(ctx context.Context, part, local string) (map[string]string, error) {
	notes := map[string]string{}
	err := o.each(ctx, part, false, func(s *xmlScan) error {
		for len(notes) < maxNotesKept {
			t, err := s.token()
			if err != nil {
				return err
			}
			e, ok := t.(xml.StartElement)
			if !ok || e.Name.Local != local {
				continue
			}
			if kind := attr(e, "type"); kind != "" && kind != "normal" {
				if err := s.skip(); err != nil { // the line that separates notes from text
					return err
				}
				continue
			}
			text, err := docxInner(s, o.lim)
			if err != nil {
				return err
			}
			notes[attr(e, "id")] = text
		}
		return nil
	})
	return notes, err
}

// docxInner is the text of an element with paragraphs, without pages.
func docxInner(s *xmlScan, lim Limits) (string, error) {
	var res Result
	w := &docxWalker{b: newBuilder(&pager{res: &res, lim: lim}), lists: &docxLists{}}
	if err := w.element(s); err != nil {
		return "", err
	}
	w.b.finish()
	var b strings.Builder
	for _, p := range res.Pages {
		b.WriteString(p.Text)
	}
	return strings.TrimSpace(b.String()), nil
}

// labelFrame is the label of the page that headers and footers stand on.
const labelFrame = "headers and footers"

// docxFrame adds the texts of headers and footers, each once, on a page of
// their own after the others: a letterhead or a file number is evidence, and
// repeating it on each page is noise.
func (o *office) docxFrame(ctx context.Context, rel relationships, p *pager) error {
	var frame frameTexts
	for _, part := range append(rel.byType["header"], rel.byType["footer"]...) {
		err := o.each(ctx, part, false, func(s *xmlScan) error {
			for {
				t, err := s.token()
				if err != nil {
					return err
				}
				if e, ok := t.(xml.StartElement); ok && (e.Name.Local == "hdr" || e.Name.Local == "ftr") {
					text, err := docxInner(s, o.lim)
					if err != nil {
						return err
					}
					frame.add(text)
				}
			}
		})
		if err != nil {
			return err
		}
	}
	frame.addTo(p)
	return nil
}

// frameTexts collects what stands around the text of pages.
type frameTexts struct{ texts []string }

// maxFrames bounds the headers and footers that are kept.
const maxFrames = 200

// add keeps a text that says something: not a bare page number, not a repeat.
func (f *frameTexts) add(text string) {
	if !strings.ContainsFunc(text, isWordy) || len(f.texts) == maxFrames || contains(f.texts, text) {
		return
	}
	f.texts = append(f.texts, text)
}

func (f *frameTexts) addTo(p *pager) {
	if len(f.texts) > 0 {
		p.addPage(Page{Label: labelFrame, Text: Clean(strings.Join(f.texts, "\n\n"))})
	}
}
