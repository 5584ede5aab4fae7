package extract

import (
	"context"
	"encoding/xml"
	"strings"
)

// readODT reads an OpenDocument text (ISO/IEC 26300, OASIS OpenDocument 1.3).
func readODT(ctx context.Context, in Input, opt Options, res *Result) error {
	o, err := openOffice(in, opt.Limits)
	if err != nil {
		return err
	}
	if encrypted, err := o.countElements(ctx, "META-INF/manifest.xml", "encryption-data"); err != nil {
		return err
	} else if encrypted > 0 {
		return passwordFault(in)
	}
	st := &odtStyles{paragraphs: map[string]odtParagraph{}, lists: map[string]*listStyle{}}
	if err := o.each(ctx, "styles.xml", false, st.read); err != nil {
		return err
	}
	w := &odtWalker{b: newBuilder(&pager{res: res, lim: opt.Limits}), styles: st, changes: map[string]string{}}
	if err := o.each(ctx, "content.xml", true, w.walk); err != nil {
		return err
	}
	w.b.finish()
	if err := o.odtFrame(ctx, st, w.b.pager); err != nil {
		return err
	}
	if err := o.describe(ctx, "meta.xml", res); err != nil {
		return err
	}
	warnAbout(res, w.comments, w.deletions, 0, w.embedded)
	return nil
}

// odtStyles is what the styles of a document say that changes its text.
type odtStyles struct {
	paragraphs map[string]odtParagraph
	lists      map[string]*listStyle

	// What is being read.
	paragraph string
	list      *listStyle
}

// odtParagraph is a paragraph style.
type odtParagraph struct{ before, after bool } // a page ends there

// odtFormats maps the values of style:num-format.
var odtFormats = map[string]numberFormat{
	"1": formatDecimal, "a": formatLower, "A": formatUpper, "i": formatLowerRoman, "I": formatUpperRoman,
	"": formatNone, "가": formatGanada, "가, 나, 다, ...": formatGanada, "一, 二, 三, ...": formatChinese,
}

// read reads a part's styles to its end.
func (st *odtStyles) read(s *xmlScan) error {
	for {
		t, err := s.token()
		if err != nil {
			return err
		}
		if e, ok := t.(xml.StartElement); ok {
			st.start(e)
		}
	}
}

// start takes in one element of a style.
func (st *odtStyles) start(e xml.StartElement) {
	if len(st.paragraphs) > maxListStyles || len(st.lists) > maxListStyles {
		return
	}
	switch e.Name.Local {
	case "style":
		st.paragraph, st.list = attr(e, "name"), nil
		if attr(e, "family") == "paragraph" && attr(e, "master-page-name") != "" {
			st.paragraphs[st.paragraph] = odtParagraph{before: true}
		}
	case "paragraph-properties":
		p := st.paragraphs[st.paragraph]
		p.before = p.before || attr(e, "break-before") == "page"
		p.after = p.after || attr(e, "break-after") == "page"
		if p != (odtParagraph{}) {
			st.paragraphs[st.paragraph] = p
		}
	case "list-style":
		st.list = new(listStyle)
		st.lists[attr(e, "name")] = st.list
	case "list-level-style-number", "list-level-style-bullet", "list-level-style-image":
		if level := atoi(attr(e, "level")) - 1; st.list != nil && level >= 0 && level < maxLevels {
			st.list[level] = odtLevel(e, level)
		}
	}
}

// odtLevel reads a level of a list style. The numbers of the levels above that
// it shows become a pattern like those of DOCX.
func odtLevel(e xml.StartElement, level int) listLevel {
	l := listLevel{format: formatBullet, start: 1}
	if e.Name.Local != "list-level-style-number" {
		return l
	}
	var ok bool
	if l.format, ok = odtFormats[attr(e, "num-format")]; !ok {
		l.format = formatDecimal
	}
	if n := atoi(attr(e, "start-value")); n > 0 {
		l.start = n
	}
	shown := min(max(atoi(attr(e, "display-levels")), 1), level+1)
	var numbers []string
	for i := level - shown + 1; i <= level; i++ {
		numbers = append(numbers, "%"+string(rune('1'+i)))
	}
	if level >= 9 {
		numbers = nil // patterns end at %9
	}
	l.pattern = attr(e, "num-prefix") + strings.Join(numbers, ".") + attr(e, "num-suffix")
	return l
}

// odtFrame adds the texts of headers and footers, which are among the styles.
func (o *office) odtFrame(ctx context.Context, st *odtStyles, p *pager) error {
	var frame frameTexts
	err := o.each(ctx, "styles.xml", false, func(s *xmlScan) error {
		for {
			t, err := s.token()
			if err != nil {
				return err
			}
			e, ok := t.(xml.StartElement)
			if !ok || !strings.HasPrefix(e.Name.Local, "header") && !strings.HasPrefix(e.Name.Local, "footer") ||
				!strings.HasSuffix(e.Name.Space, ":style:1.0") || strings.HasSuffix(e.Name.Local, "-style") {
				continue
			}
			var res Result
			w := &odtWalker{b: newBuilder(&pager{res: &res, lim: o.lim}), styles: st}
			if err := w.element(s); err != nil {
				return err
			}
			w.b.finish()
			for _, page := range res.Pages {
				frame.add(strings.TrimSpace(page.Text))
			}
		}
	})
	if err == nil {
		frame.addTo(p)
	}
	return err
}
