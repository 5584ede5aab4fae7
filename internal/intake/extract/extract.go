package extract

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"asylon/internal/fault"
)

// Version is the version of the text that this package makes. See the package
// comment for what raises it.
const Version = 1

// Kind is a format that the package knows how to read.
type Kind string

// The kinds of document.
const (
	KindText    Kind = "txt"
	KindHTML    Kind = "html"
	KindPDF     Kind = "pdf"
	KindDOCX    Kind = "docx"
	KindODT     Kind = "odt"
	KindMail    Kind = "eml"
	KindUnknown Kind = "unknown" // kept, with no text beside it
)

// Page is one page of extracted text.
type Page struct {
	Number int    // from 1, without gaps
	Label  string // what the document calls the page ("iv"), or the part it belongs to; may be empty
	// Text has "\n" as its only line end and neither NUL nor other control
	// characters but tab. Positions in it count Unicode code points.
	Text     string
	Warnings []string
	// Scanned says that the page has pictures and no text: show its picture.
	Scanned bool
}

// Attachment is a document that lay inside another one.
type Attachment struct {
	Name      string // as stated, without folders and control characters; may be empty
	MediaType string // as stated; what it really is, Detect says
	Data      []byte
}

// Result is what a document turned out to hold.
type Result struct {
	Kind      Kind
	MediaType string // as detected from the bytes
	// Encoding is the character encoding of text, HTML or a mail's body, under
	// the name that the WHATWG Encoding Standard gives it; empty for formats
	// that fix their own. EncodingGuessed says that neither the document nor
	// the caller stated it: ask the user to confirm.
	Encoding        string
	EncodingGuessed bool
	Title           string // as the document states it; may be empty
	Language        string // BCP 47, as the document states it; may be empty
	Pages           []Page
	Attachments     []Attachment
	// Article is a page of the web without menus and surroundings, to be read.
	// It is found by guessing; quotes are located in Pages only. Empty for
	// other formats and where none was found.
	Article string
	// Meta holds what else the document says about itself, under lower-case
	// names such as "author", "created" and "modified", in its own spelling.
	Meta     map[string]string
	Warnings []string
}

// Input is a document to be read.
type Input struct {
	Name     string      // the file's name; a hint only
	R        io.ReaderAt // the original bytes
	Size     int64       // how many there are
	Encoding string      // what the user says the text is encoded in; empty to find out
	Password string      // for a protected PDF
}

// Options is how to read documents.
type Options struct {
	Limits Limits // the zero value means DefaultLimits
	PDF    PDF    // reads PDF files; without one they are kept without text
	// Progress, where set, is told how many pages of how many are done. It is
	// called from the goroutine that called Extract.
	Progress func(done, total int)
}

// PDF reads PDF files. Package extract/pdf has the one that contains what
// hostile files do; an implementation must be safe for concurrent use.
type PDF interface {
	// ReadPDF returns the text of all pages within the limits. Errors are
	// faults; a wrong or missing password wraps ErrPassword. The result is
	// empty where the error is not nil.
	ReadPDF(ctx context.Context, in PDFInput) (PDFText, error)
}

// PDFInput is one PDF file.
type PDFInput struct {
	R        io.ReaderAt
	Size     int64
	Password string
	Limits   Limits
	Progress func(done, total int) // may be nil
}

// PDFText is what a PDF file holds.
type PDFText struct {
	Title    string
	Language string
	Pages    []Page
	Meta     map[string]string
	Warnings []string
}

// Extract finds out what a document is and reads its text.
//
// The result's Kind and MediaType are set in every case but an empty or
// unreadable file. A type without extraction is not an error: the result has
// no pages and a warning that says so. Errors are faults of package fault, and
// wrap one of the sentinels of this package where there is one to act upon;
// where R fails, its error comes back wrapped. Extract is safe for concurrent
// use. It holds the text, and for text, HTML and mail the original too, in
// memory.
func Extract(ctx context.Context, in Input, opt Options) (Result, error) {
	if opt.Limits == (Limits{}) {
		opt.Limits = DefaultLimits()
	}
	if in.Size <= 0 {
		return Result{Kind: KindUnknown, MediaType: typeBytes}, fault.Wrap(fault.KindInvalid, ErrEmpty,
			named("the file is empty", in.Name)+"; look for the original, or type what it should say as a new document")
	}
	source := &tracked{r: in.R}
	in.R = source
	kind, mediaType, err := Detect(in)
	res := Result{Kind: kind, MediaType: mediaType}
	if err != nil {
		return res, err
	}
	if w := mislabelled(kind, mediaType, in.Name); w != "" {
		res.Warnings = append(res.Warnings, w)
	}
	if max := opt.Limits.bytesOf(kind); kind != KindUnknown && in.Size > max {
		return res, tooLarge(in, max)
	}
	if err := ctx.Err(); err != nil {
		return res, err
	}
	if err := guarded(ctx, in, opt, &res); err != nil {
		// Half a text would be taken for the whole.
		return Result{Kind: kind, MediaType: mediaType, Warnings: res.Warnings}, source.explain(ctx, in, err)
	}
	return res, nil
}

// tracked remembers whether the original itself could not be read, which no
// format is to blame for. It is used by one goroutine at a time.
type tracked struct {
	r   io.ReaderAt
	err error
}

func (t *tracked) ReadAt(p []byte, off int64) (int, error) {
	n, err := t.r.ReadAt(p, off)
	if err != nil && err != io.EOF {
		t.err = err
	}
	return n, err
}

// explain makes sure that what is wrong with a document is a fault with a
// sentence, and what is wrong with the disk is not.
func (t *tracked) explain(ctx context.Context, in Input, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case t.err != nil:
		return fmt.Errorf("read the original: %w", t.err)
	case errors.As(err, new(*fault.Error)), errors.Is(err, io.ErrUnexpectedEOF):
		return err
	}
	return damaged(in, "this document does not follow its format", err)
}

// errPanic stands for a defect of a parser that a document found. Nothing of
// the document is kept in it.
var errPanic = errors.New("a parser panicked")

// guarded reads the document. Parsers of three other projects are at work on a
// stranger's bytes here: a defect in one must cost a text, not the server.
func guarded(ctx context.Context, in Input, opt Options, res *Result) (err error) {
	defer func() {
		if recover() != nil {
			err = damaged(in, "no text could be read from this document", errPanic)
		}
	}()
	return read(ctx, in, opt, res)
}

// read hands the document to the reader of its kind.
func read(ctx context.Context, in Input, opt Options, res *Result) error {
	switch res.Kind {
	case KindText:
		return readText(in, opt, res)
	case KindHTML:
		return readHTML(in, opt, res)
	case KindPDF:
		return readPDF(ctx, in, opt, res)
	case KindDOCX:
		return readDOCX(ctx, in, opt, res)
	case KindODT:
		return readODT(ctx, in, opt, res)
	case KindMail:
		return readMail(ctx, in, opt, res)
	}
	res.Warnings = append(res.Warnings, keptOnly(res.MediaType, in.Name))
	return nil
}

// keptOnly says that a document of a type that is not read is kept, and what
// would help for the types that people often bring.
func keptOnly(mediaType, name string) string {
	const kept = "kept, no text extraction for this type"
	ext := strings.ToLower(path.Ext(name))
	switch {
	case mediaType == typeOLE && (ext == ".docx" || ext == ".xlsx" || ext == ".pptx"):
		return kept + ": it is protected by a password; open it and save a copy without one to read it here"
	case mediaType == typeOLE, mediaType == "application/msword", mediaType == "text/rtf":
		return kept + " (" + mediaType + "); open it and save a copy as DOCX, ODT or PDF to read it here"
	case strings.HasPrefix(mediaType, "image/"):
		return kept + " (" + mediaType + "); type or attach a transcript of what it shows"
	case strings.HasPrefix(mediaType, "audio/"), strings.HasPrefix(mediaType, "video/"):
		return kept + " (" + mediaType + "); type or attach a transcript of what is said"
	case mediaType == typeBytes && ext == ".txt":
		return kept + ": the name says text, but the bytes are not text in any encoding known here"
	}
	return kept + " (" + mediaType + ")"
}

// readPDF hands a PDF to the reader that contains what it does.
func readPDF(ctx context.Context, in Input, opt Options, res *Result) error {
	if opt.PDF == nil {
		return fault.Wrap(fault.KindUnavailable, ErrReader, "this installation has no reader for PDF, so the document is kept without its text")
	}
	doc, err := opt.PDF.ReadPDF(ctx, PDFInput{R: in.R, Size: in.Size, Password: in.Password, Limits: opt.Limits, Progress: opt.Progress})
	if err != nil {
		return err
	}
	res.Title, res.Language, res.Pages, res.Meta = doc.Title, doc.Language, doc.Pages, doc.Meta
	res.Warnings = append(res.Warnings, doc.Warnings...)
	return nil
}
