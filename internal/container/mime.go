package container

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"mime"
	"strings"

	"github.com/emersion/go-message/textproto"
)

// ErrSkip is returned by the function given to [WalkMIME] to leave out what
// lies within the part in hand.
var ErrSkip = errors.New("skip what lies within this part")

// A Part is one part of a message: a text, an attachment, an attached message,
// or a multipart that holds others.
type Part struct {
	// Path numbers the part: "1" is the message, "1.2" its second part.
	Path string
	// Type is the media type in lower case, such as "text/plain"; what the
	// header states, not what the bytes are.
	Type string
	// Params are the parameters of the type, such as "charset".
	Params map[string]string
	// Attachment reports whether the part asks to be kept apart from the text.
	Attachment bool
	// Filename is the last element of the name the sender gave, without
	// control characters; empty where there is none. It is a label to show,
	// never a path to write to.
	Filename string
	// Body reads the part after its transfer encoding is undone; the charset
	// is left as it is. It is empty where the part holds others, and valid only
	// until the function it was given to returns.
	Body io.Reader

	header textproto.Header
}

// Holds reports whether the part is a multipart or an attached message, whose
// parts follow.
func (p *Part) Holds() bool {
	return p.Type == typeMessage || strings.HasPrefix(p.Type, "multipart/") && p.Params["boundary"] != ""
}

const typeMessage = "message/rfc822"

// WalkMIME reads a message (RFC 5322, RFC 2045 to 2047) and calls fn for each
// part in the order of the bytes, a holder before what it holds: first the
// message itself, with its subject and sender in the header, then its parts,
// and within an attached message that message's own.
//
// It holds no more than a header in memory. It stops at fn's first error and
// returns it; [ErrSkip] only leaves out the part's inside. Its own errors are a
// [*LimitError], wrap [ErrMalformed], or come from r; parts that fn has seen
// until then were sound as far as they could be read. An unknown transfer
// encoding is an error of Body, not of the walk.
func WalkMIME(r io.Reader, lim Limits, fn func(*Part) error) error {
	w := &walker{src: newSource(r, lim), lim: lim, fn: fn}
	br := bufio.NewReader(w.src)
	if err := skipMailboxLine(br); err != nil {
		return w.src.cause(err, "1")
	}
	return w.message(br, "1", 0)
}

// skipMailboxLine drops the "From " line that mail stores leave in front of
// messages they export one by one.
func skipMailboxLine(br *bufio.Reader) error {
	start, _ := br.Peek(5) // a message shorter than that is judged by the parser
	if string(start) != "From " {
		return nil
	}
	_, err := br.ReadSlice('\n')
	return err
}

// walker carries the state of one walk. It is used by one goroutine.
type walker struct {
	src   *source
	lim   Limits
	fn    func(*Part) error
	parts int
}

// message walks a message whose header stands at the start of br.
func (w *walker) message(br *bufio.Reader, path string, depth int) error {
	var h textproto.Header
	err := w.src.inHeader(path, depth, func() (err error) {
		h, err = textproto.ReadHeader(br)
		return err
	})
	if err != nil {
		return w.src.cause(err, path)
	}
	if h.Len() == 0 && depth == 0 {
		return wrap(ErrMalformed, path, "a message without a header")
	}
	return w.part(h, br, path, depth)
}

// part hands one part to fn and walks what it holds.
func (w *walker) part(h textproto.Header, raw io.Reader, path string, depth int) error {
	if w.parts++; w.parts > w.lim.Parts {
		return &LimitError{Limit: LimitParts, Max: int64(w.lim.Parts)}
	}
	if depth >= w.lim.PartDepth {
		return &LimitError{Limit: LimitDepth, Max: int64(w.lim.PartDepth), Got: int64(depth) + 1, Where: path}
	}
	p := newPart(h, path)
	body := decodeTransfer(h.Get("Content-Transfer-Encoding"), raw, path)
	if !p.Holds() {
		p.Body = &partReader{
			w:    w,
			path: path,
			r:    &cappedReader{r: body, left: w.lim.FileBytes, err: &LimitError{Limit: LimitFile, Max: w.lim.FileBytes, Where: path}},
		}
		err := w.fn(p)
		if errors.Is(err, ErrSkip) {
			return nil
		}
		return err
	}
	p.Body = strings.NewReader("")
	switch err := w.fn(p); {
	case errors.Is(err, ErrSkip):
		return nil
	case err != nil:
		return err
	case p.Type == typeMessage:
		return w.message(bufio.NewReader(body), path+".1", depth+1)
	}
	return w.multipart(body, p.Params["boundary"], path, depth)
}

// multipart walks the parts between the boundaries.
func (w *walker) multipart(body io.Reader, boundary, path string, depth int) error {
	mr := textproto.NewMultipartReader(body, boundary)
	for n := 1; ; n++ {
		at := fmt.Sprintf("%s.%d", path, n)
		var part *textproto.Part
		err := w.src.inHeader(at, depth+1, func() (err error) {
			part, err = mr.NextPart()
			return err
		})
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return w.src.cause(err, at)
		}
		if err := w.part(part.Header, part, at, depth+1); err != nil {
			return err
		}
		// What fn left unread goes here and not in NextPart, where it would
		// count towards the next header. A cut end shows in NextPart.
		if _, err := io.Copy(io.Discard, part); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			return w.src.cause(err, at)
		}
	}
}

// partReader gives the errors of a body their reason and place.
type partReader struct {
	w    *walker
	path string
	r    io.Reader
}

func (r *partReader) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	if err == nil || err == io.EOF {
		return n, err
	}
	var limit *LimitError
	var refused *Error
	if errors.As(err, &limit) || errors.As(err, &refused) {
		return n, err
	}
	return n, r.w.src.cause(err, r.path)
}

// newPart reads what the header says of a part. A type that cannot be read
// counts as plain text, as RFC 2045 section 5.2 has it.
func newPart(h textproto.Header, path string) *Part {
	p := &Part{Path: path, Type: "text/plain", header: h}
	t, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if t != "" && (err == nil || errors.Is(err, mime.ErrInvalidMediaParameter)) {
		p.Type, p.Params = t, params
	}
	disposition, dparams, err := mime.ParseMediaType(h.Get("Content-Disposition"))
	if err == nil || errors.Is(err, mime.ErrInvalidMediaParameter) {
		p.Attachment = disposition == "attachment"
	}
	name := dparams["filename"]
	if name == "" {
		name = p.Params["name"]
	}
	p.Filename = labelOf(decodeWords(name))
	return p
}
