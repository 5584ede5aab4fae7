package extract

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Text without pages of its own is cut into pages of about this many code
// points, what two sheets of typescript hold: short enough to read a quote in
// its surroundings, long enough that a report is not shredded.
const (
	pageTarget = 4000
	pageLeast  = 3000 // where looking for a place to cut begins
	pageMost   = 5500 // longer than that no page gets, and no page is cut that is shorter
)

// paginate cuts text into pages between paragraphs. The pages put together are
// the text again, to the character.
func paginate(text string) []string {
	var pages []string
	for {
		n := pageEnd(text)
		pages = append(pages, text[:n])
		if text = text[n:]; text == "" {
			return pages
		}
	}
}

// pageEnd is the length in bytes of the first page of text: up to the longest
// run of line ends in the stretch where a page may end, and of equally long
// ones the one nearest to the target. A text that is written with a blank line
// after every line is thus cut where it has two. Without any line end it is cut
// at a space, and without that at the target.
func pageEnd(text string) int {
	if len(text) <= pageMost || utf8.RuneCountInString(text[:min(len(text), 4*pageMost+4)]) <= pageMost {
		return len(text)
	}
	best := cutPlace{}
	at, breaks := 0, 0 // code points so far, line ends in the current run
	for i, r := range text {
		if at >= pageMost {
			break
		}
		if breaks > 0 && r != '\n' && r != ' ' && r != '\t' {
			// A page begins with the first line that has something on it,
			// its indentation included.
			best.offer(lineStart(text, i), at, breaks+1)
			breaks = 0
		}
		switch {
		case r == '\n':
			breaks++
		case r == ' ' && breaks == 0:
			best.offer(i+1, at+1, 1)
		}
		if at == pageTarget {
			best.offer(i, at, 0)
		}
		at++
	}
	return best.offset
}

// cutPlace is the best place found to end a page.
type cutPlace struct {
	offset int // bytes
	at     int // code points
	weight int
}

func (c *cutPlace) offer(offset, at, weight int) {
	switch {
	case at < pageLeast:
	case c.offset == 0, weight > c.weight,
		weight == c.weight && distance(at) < distance(c.at):
		*c = cutPlace{offset, at, weight}
	}
}

func distance(at int) int { return max(at-pageTarget, pageTarget-at) }

// lineStart is where the line that holds byte i begins.
func lineStart(text string, i int) int { return strings.LastIndexByte(text[:i], '\n') + 1 }

// pager adds pages to a result until a limit is reached, which it says once.
type pager struct {
	res   *Result
	lim   Limits
	runes int
	full  bool
}

// add turns text into pages that carry the label: form feeds end a page, and
// what lies between them is cut where it is long.
func (p *pager) add(text, label string) {
	for _, sheet := range strings.Split(strings.TrimSuffix(text, "\f"), "\f") {
		for _, page := range paginate(Clean(sheet)) {
			p.addPage(Page{Label: label, Text: page})
		}
	}
}

// addPage adds one page as it is.
func (p *pager) addPage(page Page) {
	if p.full {
		return
	}
	p.runes += utf8.RuneCountInString(page.Text)
	switch {
	case len(p.res.Pages) == p.lim.Pages:
		p.stop(fmt.Sprintf("%d pages", p.lim.Pages))
	case p.runes > p.lim.Runes:
		p.stop(fmt.Sprintf("%d characters", p.lim.Runes))
	default:
		page.Number = len(p.res.Pages) + 1
		p.res.Pages = append(p.res.Pages, page)
	}
}

func (p *pager) stop(limit string) {
	p.full = true
	p.res.Warnings = append(p.res.Warnings, fmt.Sprintf(
		"the document has more than %s; only its first %d pages were read. Split the file to read the rest.", limit, len(p.res.Pages)))
}
