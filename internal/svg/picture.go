package svg

import (
	_ "embed"
	"errors"
	"fmt"
	"html"
	"html/template"
	"regexp"
	"strings"
)

// Widths, in user units (CSS pixels at full size), of the two drawings that a
// picture without a fixed width consists of. The narrow one fits a telephone
// of 360 pixels with eight pixels of margin on each side; scaling the wide
// one down that far would leave letters of five pixels.
const (
	NarrowWidth = 344
	WideWidth   = 704
)

// maxRows bounds what a single picture shows. Beyond it a picture is neither
// legible nor quick to send; the caller narrows the question instead.
const maxRows = 400

//go:embed svg.css
var css string

// CSS returns the style sheet of the pictures: colours for light, dark and
// print, the switch between narrow and wide drawings, and the look of
// [Table.HTML]. It uses the custom property --accent of the page where that is
// set. Without it the drawings are still right, in one colour.
func CSS() string { return css }

// A Picture is a finished drawing and the table that says the same. Whoever
// shows the drawing shows the table too.
type Picture struct {
	// SVG is one svg element, or, for a frame without a width, two of them
	// (narrow and wide) of which the style sheet shows one.
	SVG   template.HTML
	Table Table
}

// Frame is what all pictures have in common.
type Frame struct {
	// ID begins every id inside the drawing and must be unique on the page:
	// lower-case letters, digits and hyphens, beginning with a letter.
	ID string
	// Title names the picture; it is read out and becomes the table's
	// caption.
	Title string
	// Desc describes the picture in a sentence or two for people who do not
	// see it. Empty means that Words.SeeTable stands there.
	Desc string
	// Language is the BCP 47 tag of the texts, put into the lang attribute.
	Language string
	// Width fixes the width in user units. Zero draws the picture twice, at
	// NarrowWidth and at WideWidth. Smaller than 240 is an error.
	Width int
	// Words are the words that the drawing itself uses; the zero value
	// means English.
	Words Words
}

// A Drawer is any of the pictures of this package.
type Drawer interface {
	Draw() (Picture, error)
}

var idPattern = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

// check reports what is wrong with the frame.
func (f Frame) check() error {
	if !idPattern.MatchString(f.ID) {
		return fmt.Errorf("id %q: give one of lower-case letters, digits and hyphens that begins with a letter", f.ID)
	}
	if strings.TrimSpace(f.Title) == "" {
		return errors.New("the title is empty: give one, since it is what a screen reader says")
	}
	if f.Width != 0 && f.Width < 240 {
		return fmt.Errorf("width %d is too small: give 240 or more, or 0 for a narrow and a wide drawing", f.Width)
	}
	return nil
}

// words returns the words to use.
func (f Frame) words() Words {
	if f.Words == (Words{}) {
		return English()
	}
	return f.Words
}

// paint draws once or twice, as the frame's width says. The body gets a canvas
// of the given width, draws on it, and returns the height it needed.
func (f Frame) paint(kind string, body func(c *canvas) (height float64)) template.HTML {
	if f.Width != 0 {
		return template.HTML(f.single(kind, f.ID, f.Width, body))
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<div class="pic-narrow">%s</div>`, f.single(kind, f.ID+"-n", NarrowWidth, body))
	fmt.Fprintf(&b, wideOpen+`%s</div>`, f.single(kind, f.ID+"-w", WideWidth, body))
	return template.HTML(b.String())
}

// wideOpen begins the wide one of two drawings.
const wideOpen = `<div class="pic-wide">`

// single draws the body once and wraps it into the svg element.
func (f Frame) single(kind, id string, width int, body func(c *canvas) float64) string {
	c := &canvas{id: id, width: float64(width), words: f.words()}
	height := body(c)

	head := &canvas{}
	head.open("svg",
		"xmlns", "http://www.w3.org/2000/svg",
		"class", "pic pic-"+kind,
		"viewBox", fmt.Sprintf("0 0 %d %s", width, num(height)),
		"width", num(float64(width)), "height", num(height),
		"role", "img", "aria-labelledby", id+"-t", "aria-describedby", id+"-d",
		"lang", f.Language, "xml:lang", f.Language,
		"font-family", "system-ui, sans-serif", "font-size", num(textSize),
		"fill", "currentColor", "stroke", "none")
	desc := f.Desc
	if desc == "" {
		desc = f.words().SeeTable
	}
	head.element("title", f.Title, "id", id+"-t")
	head.element("desc", desc, "id", id+"-d")
	head.patterns(id, c.used)
	head.b.WriteString(c.b.String())
	head.close("svg")
	return head.b.String()
}

// Standalone returns the wide drawing (or the only one) as a complete SVG file
// with its style sheet inside, for download.
func (p Picture) Standalone() []byte {
	s := string(p.SVG)
	if _, wide, ok := strings.Cut(s, wideOpen); ok {
		s = strings.TrimSuffix(wide, "</div>")
	}
	end := strings.Index(s, "</desc>") + len("</desc>")
	return []byte(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		s[:end] + "<style>" + html.EscapeString(css) + "</style>" + s[end:] + "\n")
}
