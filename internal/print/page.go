package print

// Lengths of the page, in points.
const (
	margin      = 62.0 // 2.2 cm
	footHeight  = 30.0
	indentWidth = 20.0
	blockGap    = 7.0
)

// page is what is drawn on one page; positions run from the upper left corner.
type page struct {
	texts    []placed
	strokes  []stroke
	headings []heading
	notes    map[int]float64 // where a note begins
}

// placed is a segment at a baseline.
type placed struct {
	segment
	x, y float64
}

// stroke is a line.
type stroke struct {
	x0, y0, x1, y1, width float64
	dashed                bool
}

// heading is an entry of the file's outline.
type heading struct {
	text  string
	level int
	y     float64
}

// layout sets a document onto pages.
type layout struct {
	doc    Document
	notes  numbering
	setter *typesetter
	pages  []*page
	w, h   float64 // of the paper
	y      float64 // top of what comes next
	rtl    bool    // base direction of the document
	inset  float64 // from the side where lines begin
	offset float64 // from the other side
}

// box is the room between the margins less the insets, from the left.
func (l *layout) box() (x, width float64) {
	x, width = margin+l.inset, l.w-2*margin-l.inset-l.offset
	if l.rtl {
		x = margin + l.offset
	}
	return x, width
}

func (l *layout) page() *page { return l.pages[len(l.pages)-1] }

func (l *layout) bottom() float64 { return l.h - margin - footHeight/2 }

func (l *layout) newPage() {
	l.pages = append(l.pages, &page{notes: map[int]float64{}})
	l.y = margin
}

// atTop reports whether nothing was set on this page yet.
func (l *layout) atTop() bool { return l.y <= margin }

// need begins a new page if less than h is left, unless the page is empty.
func (l *layout) need(h float64) {
	if l.y+h > l.bottom() && !l.atTop() {
		l.newPage()
	}
}

// gap leaves room before a block, but not at the top of a page.
func (l *layout) gap(h float64) {
	if !l.atTop() {
		l.y += h
	}
}

// put places a set line with its top at y in the room from x to x+width, at
// its left or right edge.
func (l *layout) put(ln line, x, width, y, leading float64, right bool) {
	if right {
		x += width - ln.width
	}
	for _, s := range ln.segments {
		// The baseline lies where a face of ascent 1.07 and descent 0.29
		// stands in the middle of its leading.
		base := y + leading/2 + 0.39*bodySize(s.style)
		l.page().texts = append(l.page().texts, placed{s, x + s.x, base - s.style.rise})
		if s.style.missing {
			l.page().strokes = append(l.page().strokes, stroke{x + s.x, base + 2, x + s.x + s.width, base + 2, 0.7, true})
		}
	}
}

// bodySize is the size of the text that a raised number belongs to.
func bodySize(s *style) float64 {
	if s.rise > 0 {
		return s.size / noteScale
	}
	return s.size
}

// flow places lines one below the other over as many pages as they need, and
// leaves no single line of a paragraph behind or ahead.
func (l *layout) flow(lines []line, leading float64) {
	for i, ln := range lines {
		left := len(lines) - i
		switch {
		case i == 0 && left > 1:
			l.need(2 * leading)
		case left == 2 && len(lines) > 2:
			l.need(2 * leading)
		default:
			l.need(leading)
		}
		x, width := l.box()
		l.put(ln, x, width, l.y, leading, ln.rtl)
		l.y += leading
	}
}

// flowBlock sets spans as a paragraph.
func (l *layout) flowBlock(spans []span, base Direction, leading float64) error {
	lines, err := l.set(spans, base)
	if err != nil {
		return err
	}
	l.flow(lines, leading)
	return nil
}

// set breaks spans into lines for the room there is.
func (l *layout) set(spans []span, base Direction) ([]line, error) {
	_, width := l.box()
	return l.setter.set(spans, base, l.fallback(), width)
}

// fallback is the direction of a text that has none of its own.
func (l *layout) fallback() Direction {
	if l.rtl {
		return RightToLeft
	}
	return LeftToRight
}

// rule draws a line across the room.
func (l *layout) rule() {
	x, width := l.box()
	l.page().strokes = append(l.page().strokes, stroke{x, l.y, x + width, l.y, 0.6, false})
}
