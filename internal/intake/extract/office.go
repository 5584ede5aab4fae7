package extract

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"asylon/internal/container"
	"asylon/internal/fault"
)

// office is an opened DOCX or ODT file: a zip archive of XML parts.
type office struct {
	in  Input
	lim Limits
	zip *container.Zip
}

// maxPartBytes is the largest part that is read, unpacked. The text of the
// largest book has 10 MB of markup; what is larger is a bomb or a data file.
const maxPartBytes = 256 << 20

// openOffice opens the archive within the limits.
func openOffice(in Input, lim Limits) (*office, error) {
	zl := container.DefaultLimits()
	zl.FileBytes = min(lim.FileBytes, maxPartBytes)
	zl.Ratio = lim.Ratio
	z, err := container.OpenZip(in.R, in.Size, zl)
	if err != nil {
		return nil, archiveFault(in, err)
	}
	return &office{in: in, lim: lim, zip: z}, nil
}

// archiveFault says what is wrong with an archive in words for its bringer.
func archiveFault(in Input, err error) error {
	var limit *container.LimitError
	switch {
	case errors.As(err, &limit):
		return fault.Wrap(fault.KindInvalid, fmt.Errorf("%w: %w", ErrTooLarge, err), named(
			"this file unpacks to more than is allowed, as files made to harm do: "+limit.Error(), in.Name)+
			"; do not open it outside a sandbox; if you trust the sender, ask for it as PDF")
	case errors.Is(err, container.ErrEncrypted):
		return passwordFault(in)
	case errors.Is(err, container.ErrMalformed), errors.Is(err, container.ErrUnsafeName), errors.Is(err, container.ErrMethod):
		return damaged(in, "the archive that this document is cannot be read ("+err.Error()+")", err)
	}
	return fmt.Errorf("read the original: %w", err)
}

func passwordFault(in Input) error {
	return fault.Wrap(fault.KindInvalid, ErrPassword, named("this document is protected by a password", in.Name)+
		"; open it in the program it came from and save a copy without one")
}

// missing says that a document lacks the part without which it has no text.
func (o *office) missing(part string) error {
	return damaged(o.in, fmt.Sprintf("this is an archive without the part %q that its text would be in", part), nil)
}

// each reads a part of the document token by token. A part that is not there
// is skipped, if it need not be.
func (o *office) each(ctx context.Context, part string, required bool, fn func(*xmlScan) error) error {
	r, err := o.zip.Open(part)
	if errors.Is(err, container.ErrNoEntry) {
		if required {
			return o.missing(part)
		}
		return nil
	}
	if err != nil {
		return archiveFault(o.in, err)
	}
	defer r.Close()
	s := newXMLScan(ctx, r, o.lim.Depth)
	err = fn(s)
	if err == nil || errors.Is(err, io.EOF) {
		return nil
	}
	return o.partFault(part, err, s.dec.InputOffset())
}

// partFault says what is wrong with a part and where.
func (o *office) partFault(part string, err error, offset int64) error {
	var syntax *xml.SyntaxError
	var limit *container.LimitError
	switch {
	case errors.As(err, new(*fault.Error)) && errors.As(err, &limit), errors.Is(err, container.ErrMalformed):
		return archiveFault(o.in, err)
	case errors.Is(err, errDeep):
		return fault.Wrap(fault.KindInvalid, ErrTooLarge, named(fmt.Sprintf(
			"the part %q nests its elements more than %d deep, as no program writes them", part, o.lim.Depth), o.in.Name)+
			"; if you trust the sender, ask for the document as PDF")
	case errors.As(err, &syntax):
		return damaged(o.in, fmt.Sprintf("the part %q is not well-formed in line %d (%s)", part, syntax.Line, OneLine(syntax.Msg, 100)), err)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return damaged(o.in, fmt.Sprintf("the part %q ends after %d bytes, in the middle", part, offset), err)
	}
	return err
}

// xmlScan reads the tokens of a part, and counts its depth. Entities other than
// the five of XML are refused by the decoder, declarations of types are never
// followed.
type xmlScan struct {
	ctx   context.Context
	dec   *xml.Decoder
	depth int
	most  int
	seen  int // tokens
}

var errDeep = errors.New("elements nested too deep")

func newXMLScan(ctx context.Context, r io.Reader, depth int) *xmlScan {
	dec := xml.NewDecoder(r)
	dec.CharsetReader = func(label string, r io.Reader) (io.Reader, error) {
		e, _, ok := lookup(label)
		if !ok {
			return nil, fmt.Errorf("unknown encoding %q", OneLine(label, 40))
		}
		return e.NewDecoder().Reader(r), nil
	}
	return &xmlScan{ctx: ctx, dec: dec, most: depth}
}

// token returns the next token. Character data is valid until the next call.
func (s *xmlScan) token() (xml.Token, error) {
	if s.seen++; s.seen%4096 == 0 {
		if err := s.ctx.Err(); err != nil {
			return nil, err
		}
	}
	t, err := s.dec.Token()
	switch t.(type) {
	case xml.StartElement:
		if s.depth++; s.depth > s.most {
			return nil, errDeep
		}
	case xml.EndElement:
		s.depth--
	}
	return t, err
}

// skip reads on to the end of the element whose start was the last token.
func (s *xmlScan) skip() error {
	for outer := s.depth - 1; s.depth > outer; {
		if _, err := s.token(); err != nil {
			return err
		}
	}
	return nil
}

// inner collects the character data up to the end of the element whose start
// was the last token, at most so many bytes of it.
func (s *xmlScan) inner(most int) (string, error) {
	var b strings.Builder
	for outer := s.depth - 1; s.depth > outer; {
		t, err := s.token()
		if err != nil {
			return "", err
		}
		if c, ok := t.(xml.CharData); ok && b.Len() < most {
			b.Write(c)
		}
	}
	return b.String(), nil
}

// attr is the value of an attribute by its local name.
func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// on tells whether a property of a word processor is set: present, and not
// switched off by its value.
func on(e xml.StartElement) bool {
	switch attr(e, "val") {
	case "0", "false", "off", "none":
		return false
	}
	return true
}

// coreNames are the elements of both formats' descriptions of a document
// (Dublin Core and a few more), under the names of Result.Meta.
var coreNames = map[string]string{
	"creator": "author", "initial-creator": "author", "lastModifiedBy": "modified-by", "subject": "subject",
	"description": "description", "created": "created", "creation-date": "created", "modified": "modified", "date": "modified",
	"generator": "producer",
}

// describe reads the part in which the document says things about itself.
func (o *office) describe(ctx context.Context, part string, res *Result) error {
	res.Meta = map[string]string{}
	return o.each(ctx, part, false, func(s *xmlScan) error {
		for {
			t, err := s.token()
			if err != nil {
				return err
			}
			e, ok := t.(xml.StartElement)
			if !ok {
				continue
			}
			name := e.Name.Local
			ours := coreNames[name]
			if ours == "" && name != "title" && name != "language" {
				continue
			}
			v, err := s.inner(4096)
			if err != nil {
				return err
			}
			switch v = OneLine(v, 1000); {
			case v == "":
			case name == "title":
				res.Title = cut(v, 500)
			case name == "language":
				res.Language = cut(v, 35)
			case res.Meta[ours] == "":
				res.Meta[ours] = v
			}
		}
	})
}

// relationships maps the ids of a part's relationships (OPC, ISO/IEC 29500-2,
// 9.3) to the parts they lead to, and each type's last word to its parts.
type relationships struct {
	byType map[string][]string
}

// related reads the relationships of a part; "" stands for the whole package.
func (o *office) related(ctx context.Context, part string) (relationships, error) {
	rel := relationships{byType: map[string][]string{}}
	dir, file := path.Split(part)
	err := o.each(ctx, dir+"_rels/"+file+".rels", false, func(s *xmlScan) error {
		for {
			t, err := s.token()
			if err != nil {
				return err
			}
			e, ok := t.(xml.StartElement)
			if !ok || e.Name.Local != "Relationship" || attr(e, "TargetMode") == "External" {
				continue
			}
			target := attr(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join("/", dir, target)
			}
			kind := path.Base(attr(e, "Type"))
			rel.byType[kind] = append(rel.byType[kind], strings.TrimPrefix(path.Clean(target), "/"))
		}
	})
	return rel, err
}

// first is the part of a type, or fallback where none is stated.
func (r relationships) first(kind, fallback string) string {
	if p := r.byType[kind]; len(p) > 0 {
		return p[0]
	}
	return fallback
}
