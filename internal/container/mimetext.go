package container

import (
	"encoding/base64"
	"io"
	"mime"
	"mime/quotedprintable"
	"strings"
	"unicode"

	"golang.org/x/text/encoding/htmlindex"
)

// A Field is one line of a part's header.
type Field struct {
	Name string // in its canonical spelling, such as "Message-Id"
	Text string // encoded words decoded, continuation lines joined
	Raw  string // as in the message, continuation lines joined
}

// Get returns the text of the first field of that name, or an empty string.
// Names are compared without case.
func (p *Part) Get(name string) string { return decodeWords(p.header.Get(name)) }

// Fields lists the header in its order.
func (p *Part) Fields() []Field {
	var fields []Field
	for f := p.header.Fields(); f.Next(); {
		fields = append(fields, Field{Name: f.Key(), Text: decodeWords(f.Value()), Raw: f.Value()})
	}
	return fields
}

// decodeWords turns the encoded words of RFC 2047 into text. What cannot be
// decoded stays as it was, so that nothing is lost or guessed.
func decodeWords(s string) string {
	dec := mime.WordDecoder{CharsetReader: charsetReader}
	text, err := dec.DecodeHeader(s)
	if err != nil {
		return s
	}
	return text
}

// charsetReader finds the charset of an encoded word. Mail programs know more
// names for the Korean and Chinese ones than the WHATWG list does.
func charsetReader(charset string, r io.Reader) (io.Reader, error) {
	switch strings.ToLower(charset) {
	case "cp949", "ms949", "x-windows-949", "ks_c_5601":
		charset = "euc-kr"
	case "cp936", "x-gbk", "euc-cn":
		charset = "gbk"
	}
	enc, err := htmlindex.Get(charset)
	if err != nil {
		return nil, err
	}
	return enc.NewDecoder().Reader(r), nil
}

// labelOf makes a sender's file name fit to be shown: its last element, without
// characters that control the display.
func labelOf(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Cf) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, "\ufffd"))
}

// decodeTransfer undoes a transfer encoding of RFC 2045 section 6.
func decodeTransfer(encoding string, r io.Reader, where string) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "", "7bit", "8bit", "binary":
		return r
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	case "base64":
		return base64.NewDecoder(base64.RawStdEncoding, &base64Filter{r: r})
	}
	return errorReader{wrap(ErrMethod, where, "transfer encoding "+encoding)}
}

// base64Filter drops what is no base64, as RFC 2045 section 6.8 tells decoders
// to, and ends at the padding, which mail cut short by a gateway may lack.
type base64Filter struct {
	r    io.Reader
	done bool
}

func (f *base64Filter) Read(p []byte) (int, error) {
	for !f.done && len(p) > 0 {
		n, err := f.r.Read(p)
		kept := 0
		for _, c := range p[:n] {
			if c == '=' {
				f.done = true
				break
			}
			if 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '+' || c == '/' {
				p[kept] = c
				kept++
			}
		}
		if kept > 0 || err != nil {
			return kept, err
		}
	}
	if !f.done {
		return 0, nil // asked for nothing
	}
	return 0, io.EOF
}

// errorReader fails at the first read.
type errorReader struct{ err error }

func (r errorReader) Read([]byte) (int, error) { return 0, r.err }
