package extract

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"asylon/internal/container"
	"asylon/internal/fault"
)

// shownFields are the header fields that stand at the head of a message's first
// page, in this order.
var shownFields = [...]string{"From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Date", "Subject"}

// readMail reads a message (RFC 5322, MIME): its header and text on pages, what
// is attached as documents of their own. Messages attached to it follow on pages
// of their own, so that a forwarded correspondence can be read in one place;
// their attachments are listed with the others.
func readMail(ctx context.Context, in Input, opt Options, res *Result) error {
	if err := knownEncoding(in.Encoding); err != nil {
		return err
	}
	lim := container.DefaultLimits()
	lim.FileBytes, lim.TotalBytes = opt.Limits.WholeBytes, opt.Limits.WholeBytes
	res.Meta = map[string]string{}
	w := &mailWalker{ctx: ctx, in: in, opt: opt, res: res, types: map[string]string{}}
	err := container.WalkMIME(io.NewSectionReader(in.R, 0, in.Size), lim, w.part)
	if errors.Is(err, container.ErrMalformed) && len(w.messages) > 0 && (len(res.Attachments) > 0 || len(w.messages[0].texts) > 0) {
		// Mail is cut and mangled on its way more often than any other
		// document. What came through is worth having.
		w.warn("this message is damaged after the parts shown here (%s); ask the sender for it again", OneLine(err.Error(), 200))
		err = nil
	}
	if err != nil {
		return mailFault(in, err)
	}
	w.finish()
	return nil
}

// mailFault says what is wrong with a message in words for its bringer.
func mailFault(in Input, err error) error {
	var limit *container.LimitError
	switch {
	case errors.As(err, &limit):
		return fault.Wrap(fault.KindInvalid, fmt.Errorf("%w: %w", ErrTooLarge, err), named(
			"this message is built as no mail program builds one: "+limit.Error(), in.Name)+
			"; if you trust the sender, ask for the text and each attachment by itself")
	case errors.Is(err, container.ErrMalformed):
		return damaged(in, "this is not a well-formed message ("+OneLine(err.Error(), 200)+")", err)
	}
	return err
}

// mailWalker takes in the parts of a message as they come.
type mailWalker struct {
	ctx context.Context
	in  Input
	opt Options
	res *Result

	messages []*mailMessage    // the message itself first, then those attached
	types    map[string]string // of the parts that hold others, by path
	dropped  int               // attachments beyond the limit
}

// mailMessage is the message itself or one attached to it.
type mailMessage struct {
	path    string // of its root part
	subject string
	head    string
	texts   []mailText
}

// mailText is one text of a message.
type mailText struct {
	group string // path of the multipart/alternative that it is a version in; "" for none
	html  bool
	text  string
}

// part takes in one part. Its body is gone when it returns.
func (w *mailWalker) part(p *container.Part) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if len(w.messages) == 0 || w.types[parentPath(p.Path)] == typeMail {
		w.open(p)
	}
	switch {
	case p.Type == "multipart/encrypted", p.Type == "application/pkcs7-mime" && !strings.EqualFold(p.Params["smime-type"], "signed-data"):
		w.warn("this message, or a part of it, is encrypted; decrypt it in the mail program it was sent to and bring in what comes out")
	}
	if p.Holds() {
		w.types[p.Path] = p.Type
		return nil
	}
	return w.leaf(p)
}

func (w *mailWalker) warn(format string, args ...any) {
	w.res.Warnings = append(w.res.Warnings, fmt.Sprintf(format, args...))
}

// parentPath is the path of the part that holds the part of a path.
func parentPath(path string) string {
	return path[:max(strings.LastIndexByte(path, '.'), 0)]
}

// open begins a message with its header.
func (w *mailWalker) open(p *container.Part) {
	m := &mailMessage{path: p.Path, subject: OneLine(p.Get("Subject"), 500)}
	var head strings.Builder
	fields := p.Fields()
	for _, name := range shownFields {
		for _, f := range fields {
			if v := OneLine(f.Text, maxField); v != "" && strings.EqualFold(f.Name, name) {
				head.WriteString(name + ": " + v + "\n")
			}
		}
	}
	m.head = head.String()
	if len(w.messages) == 0 {
		w.res.Title = m.subject
		for key, field := range map[string]string{"from": "From", "to": "To", "cc": "Cc", "date": "Date", "message-id": "Message-Id"} {
			if v := OneLine(p.Get(field), 1000); v != "" {
				w.res.Meta[key] = v
			}
		}
	}
	w.messages = append(w.messages, m)
}

// maxField is how much of a header field is shown, in code points.
const maxField = 20_000

// messageOf is the innermost message that the part of a path belongs to.
func (w *mailWalker) messageOf(path string) *mailMessage {
	for i := len(w.messages) - 1; i > 0; i-- {
		if m := w.messages[i]; path == m.path || strings.HasPrefix(path, m.path+".") {
			return m
		}
	}
	return w.messages[0]
}

// leaf takes in a part that holds no others.
func (w *mailWalker) leaf(p *container.Part) error {
	data, err := io.ReadAll(p.Body) // bounded by the walk
	switch {
	case errors.Is(err, container.ErrMethod), errors.Is(err, container.ErrMalformed):
		w.warn("part %s of the message is damaged, or coded in a way not known here; %d bytes of it were read", p.Path, len(data))
	case err != nil:
		return err
	}
	m := w.messageOf(p.Path)
	isText := (p.Type == typeText || p.Type == typeHTML) && !p.Attachment
	// Some programs give a file name to the text itself.
	if isText && (p.Filename == "" || len(m.texts) == 0) {
		return w.addText(m, p, data)
	}
	if len(w.res.Attachments) == w.opt.Limits.Attachments {
		w.dropped++
		return nil
	}
	w.res.Attachments = append(w.res.Attachments, Attachment{
		Name: OneLine(p.Filename, 200), MediaType: OneLine(p.Type, 100), Data: data,
	})
	return nil
}

// addText keeps a part as text of its message.
func (w *mailWalker) addText(m *mailMessage, p *container.Part, data []byte) error {
	stated := p.Params["charset"]
	if p.Type == typeHTML && stated == "" {
		stated = statedCharset(data[:min(len(data), headBytes)])
	}
	if strings.EqualFold(stated, "us-ascii") {
		stated = "" // what programs state that do not know
	}
	d, err := decodeText(data, w.in.Encoding, stated)
	if err != nil {
		return err
	}
	if w.res.Encoding == "" {
		w.res.Encoding = d.encoding
	}
	w.res.EncodingGuessed = w.res.EncodingGuessed || d.guessed
	w.res.Warnings = append(w.res.Warnings, d.warnings...)
	t := mailText{group: w.alternative(m, p.Path), html: p.Type == typeHTML, text: d.text}
	if t.html {
		t.text = htmlText(d.text, w.opt.Limits)
	}
	m.texts = append(m.texts, t)
	return nil
}

// alternative is the nearest multipart/alternative around a part, within its
// message.
func (w *mailWalker) alternative(m *mailMessage, path string) string {
	for path = parentPath(path); path != "" && len(path) >= len(m.path); path = parentPath(path) {
		if w.types[path] == "multipart/alternative" {
			return path
		}
	}
	return ""
}

// labelHTML is the label of pages with the HTML version of a message that says
// much more than its plain version.
const labelHTML = "HTML version"

// finish makes pages of the messages.
func (w *mailWalker) finish() {
	p := &pager{res: w.res, lim: w.opt.Limits}
	for i, m := range w.messages {
		label := ""
		if i > 0 {
			label = strings.TrimSpace("attached message " + cut(m.subject, 80))
		}
		plain, more := m.versions()
		p.add(strings.TrimRight(m.head+"\n"+plain, "\n"), label)
		if more != "" {
			p.add(more, strings.TrimSpace(label+" "+labelHTML))
		}
	}
	if w.dropped > 0 {
		w.warn("the message has %d attachments more than the %d that were taken out; open the original to see them", w.dropped, w.opt.Limits.Attachments)
	}
}

// versions chooses among the versions of a text: plain text before HTML. An
// HTML version that says much more is returned too, for programs exist that put
// a mere notice into the plain one.
func (m *mailMessage) versions() (text, more string) {
	plainIn := map[string]int{} // bytes of plain text by group
	for _, t := range m.texts {
		if t.group != "" && !t.html {
			plainIn[t.group] += len(strings.TrimSpace(t.text))
		}
	}
	var chosen, others []string
	for _, t := range m.texts {
		switch plain := plainIn[t.group]; {
		case t.group == "" || !t.html && plain > 0 || t.html && plain == 0:
			chosen = append(chosen, strings.TrimRight(t.text, "\r\n"))
		case t.html && len(t.text) > 2*plain+500:
			others = append(others, t.text)
		}
	}
	return strings.Join(chosen, "\n\n"), strings.Join(others, "\n\n")
}
