package extract

import (
	"bytes"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/gabriel-vasile/mimetype"

	"asylon/internal/container"
)

// headBytes is how much of a file is looked at to find out what it is. Pages of
// the web begin with long comments.
const headBytes = 16 << 10

// The media types of the kinds.
const (
	typeText  = "text/plain"
	typeHTML  = "text/html"
	typePDF   = "application/pdf"
	typeDOCX  = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	typeODT   = "application/vnd.oasis.opendocument.text"
	typeMail  = "message/rfc822"
	typeBytes = "application/octet-stream"
	typeZip   = "application/zip"
	typeOLE   = "application/x-ole-storage" // the old formats of Microsoft Office, and new ones with a password
)

// Detect finds out what a document is from its bytes. Where they leave it open
// (a message or a page of the web as plain text) the name decides. The kind is
// KindUnknown for types that are not read; the media type is set then too.
func Detect(in Input) (Kind, string, error) {
	head, err := readHead(in)
	if err != nil {
		return KindUnknown, typeBytes, err
	}
	kind, mediaType := detect(head, in)
	return kind, mediaType, nil
}

// readHead reads the start of the document.
func readHead(in Input) ([]byte, error) {
	head := make([]byte, max(0, min(in.Size, headBytes)))
	if n, err := in.R.ReadAt(head, 0); n < len(head) {
		return nil, shortRead(err)
	}
	return head, nil
}

// shortRead is the error of an original that ended, or failed, too early.
func shortRead(err error) error {
	if err == nil || err == io.EOF {
		err = io.ErrUnexpectedEOF // shorter than its stated size
	}
	return fmt.Errorf("read the original: %w", err)
}

func detect(head []byte, in Input) (Kind, string) {
	ext := strings.ToLower(path.Ext(in.Name))
	switch {
	case bytes.HasPrefix(head, []byte("%PDF-")),
		// Readers of PDF have always let the header stand further down
		// (ISO 32000-2, Annex I); anything may mention it, so the name must agree.
		ext == ".pdf" && bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")):
		return KindPDF, typePDF
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return detectZip(head, in)
	}
	sniffed := mimetype.Detect(head)
	if isText(sniffed) {
		return detectText(head, in, ext)
	}
	// UTF-16 without a mark, a stray control character, a text about PDF.
	if (sniffed.Is(typeBytes) || sniffed.Is(typePDF)) && looksLikeText(head, in.Encoding) {
		return detectText(head, in, ext)
	}
	if sniffed.Is(typePDF) {
		return KindPDF, typePDF
	}
	mediaType, _, _ := strings.Cut(sniffed.String(), ";")
	return KindUnknown, mediaType
}

// isText tells whether a type is text that may be read as it stands. RTF is
// text of which most is markup.
func isText(m *mimetype.MIME) bool {
	if m.Is("text/rtf") {
		return false
	}
	for ; m != nil; m = m.Parent() {
		if m.Is(typeText) {
			return true
		}
	}
	return false
}

// detectZip tells the formats apart that are zip archives by what is in them.
func detectZip(head []byte, in Input) (Kind, string) {
	lim := container.DefaultLimits()
	z, err := container.OpenZip(in.R, in.Size, lim)
	if err != nil {
		// A damaged archive: what its first members are named must do.
		return zipByHead(head)
	}
	if has(z, "word/document.xml") {
		return KindDOCX, typeDOCX
	}
	if has(z, "content.xml") {
		switch t := zipMediaType(z); t {
		case typeODT, typeODT + "-template":
			return KindODT, t
		case "":
		default:
			return KindUnknown, t // spreadsheets, presentations
		}
	}
	// Documents made by some programs name their main part differently.
	if has(z, "[Content_Types].xml") && mainPart(z) != "" {
		return KindDOCX, typeDOCX
	}
	if _, t := zipByHead(head); t != typeDOCX && t != typeODT {
		return KindUnknown, t
	}
	return KindUnknown, typeZip
}

// zipByHead believes the first members of an archive.
func zipByHead(head []byte) (Kind, string) {
	switch t := mimetype.Detect(head); {
	case t.Is(typeDOCX):
		return KindDOCX, typeDOCX
	case t.Is(typeODT), t.Is(typeODT + "-template"):
		return KindODT, typeODT
	default:
		mediaType, _, _ := strings.Cut(t.String(), ";")
		return KindUnknown, mediaType
	}
}

func has(z *container.Zip, name string) bool {
	for _, n := range z.Names() {
		if n == name {
			return true
		}
	}
	return false
}

// zipMediaType is the content of the member that OpenDocument files begin with.
func zipMediaType(z *container.Zip) string {
	r, err := z.Open("mimetype")
	if err != nil {
		return ""
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, 256))
	if err != nil {
		return ""
	}
	return OneLine(string(b), 200)
}

// detectText tells mail, pages of the web and plain text apart.
func detectText(head []byte, in Input, ext string) (Kind, string) {
	text, _ := decodeHead(head, in.Encoding)
	switch {
	case looksLikeMail(text, ext):
		return KindMail, typeMail
	case looksLikeHTML(text, ext):
		return KindHTML, typeHTML
	case ext == ".csv":
		return KindText, "text/csv"
	}
	return KindText, typeText
}

// mailFields are header fields that hardly stand at the start of anything but a
// message as it was sent.
var mailFields = [...]string{"received:", "return-path:", "message-id:", "mime-version:", "delivered-to:", "dkim-signature:"}

// looksLikeMail tells whether a text is a message with its header (RFC 5322).
// A text that was copied from a mail program and begins with From and To is
// plain text, unless its name says otherwise.
func looksLikeMail(text, ext string) bool {
	header, _, _ := strings.Cut(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n")
	signs, fields := 0, 0
	for i, line := range strings.Split(header, "\n") {
		if line == "" || line[0] == ' ' || line[0] == '\t' || i == 0 && strings.HasPrefix(line, "From ") {
			continue
		}
		name, _, ok := strings.Cut(line, ":")
		if !ok || strings.ContainsAny(name, " \t<") {
			return false
		}
		fields++
		line = strings.ToLower(line)
		for _, f := range mailFields {
			if strings.HasPrefix(line, f) {
				signs++
			}
		}
	}
	return signs > 0 && fields > 1 || ext == ".eml" && fields > 1
}

// htmlStarts are what a page of the web begins with, after space and comments.
var htmlStarts = [...]string{"<!doctype html", "<html", "<head", "<body", "<title", "<meta", "<script", "<style", "<table", "<div", "<p>", "<h1", "<br"}

// looksLikeHTML tells whether a text is a page of the web.
func looksLikeHTML(text, ext string) bool {
	s := strings.ToLower(text)
	if ext == ".html" || ext == ".htm" || ext == ".xhtml" {
		for _, start := range htmlStarts {
			if strings.Contains(s, start) {
				return true
			}
		}
		return false
	}
	for {
		s = strings.TrimLeft(s, " \t\r\n\f\uFEFF")
		var end string
		switch {
		case strings.HasPrefix(s, "<!--"):
			end = "-->"
		case strings.HasPrefix(s, "<?xml"):
			end = "?>"
		default:
			for _, start := range htmlStarts {
				if strings.HasPrefix(s, start) {
					return true
				}
			}
			return strings.HasPrefix(s, "<!doctype") && strings.Contains(s[:min(len(s), 200)], "html")
		}
		_, rest, ok := strings.Cut(s, end)
		if !ok {
			return false
		}
		s = rest
	}
}

// extensions are the endings of names that promise a kind.
var extensions = map[string]Kind{
	".txt": KindText, ".text": KindText, ".htm": KindHTML, ".html": KindHTML, ".xhtml": KindHTML,
	".pdf": KindPDF, ".docx": KindDOCX, ".odt": KindODT, ".eml": KindMail,
}

// mislabelled says that a file is not what its name promises. The content
// decides; people should know that somebody, or some program, misnamed it.
func mislabelled(kind Kind, mediaType, name string) string {
	ext := strings.ToLower(path.Ext(name))
	promised, ok := extensions[ext]
	if !ok || promised == kind {
		return ""
	}
	if kind == KindText && promised == KindHTML {
		return "" // a page without markup
	}
	is := string(kind)
	if kind == KindUnknown {
		is = mediaType
	}
	return fmt.Sprintf("the name ends in %q, but the content is %s; it is read by its content", OneLine(ext, 10), is)
}
