package extract

import (
	"errors"
	"fmt"

	"asylon/internal/fault"
)

// The default limits. They pass every honest document an office has shown us,
// and keep what passes within a laptop with 4 GiB of memory.
const (
	// DefaultFileBytes is the largest file read in pieces (PDF, DOCX, ODT). A
	// scanned case file of 500 pages has about 300 MiB.
	DefaultFileBytes = 1 << 30
	// DefaultWholeBytes is the largest file read into memory as a whole (text,
	// HTML, mail). A mail server seldom passes on more than 50 MiB.
	DefaultWholeBytes = 128 << 20
	// DefaultPages is the most pages that are read of one document.
	DefaultPages = 20_000
	// DefaultPageRunes is the most characters of one page of a PDF. A dense
	// newspaper page has 30,000.
	DefaultPageRunes = 1_000_000
	// DefaultRunes is the most characters of all pages together.
	DefaultRunes = 32_000_000
	// DefaultDepth is how deep elements of XML and parts of mail may nest.
	// Word processors nest tables and text boxes to about 60 elements.
	DefaultDepth = 256
	// DefaultAttachments is the most attachments taken out of one mail.
	DefaultAttachments = 500
	// DefaultRatio is the most bytes that a byte of a compressed member may
	// become once it is larger than a megabyte. Styles that repeat themselves
	// reach about 60.
	DefaultRatio = 200
)

// Limits says how much of a document is read. Every number must be positive;
// start from DefaultLimits and change what must differ.
type Limits struct {
	FileBytes   int64 // bytes of a PDF, DOCX or ODT; uncompressed bytes of one of the latter's members
	WholeBytes  int64 // bytes of text, HTML or mail
	Pages       int   // pages
	PageRunes   int   // code points of one page
	Runes       int   // code points of all pages
	Depth       int   // elements within elements
	Attachments int   // attachments of a mail, nested ones counted
	Ratio       int64 // uncompressed bytes per compressed byte
}

// DefaultLimits returns the limits that suit an office.
func DefaultLimits() Limits {
	return Limits{
		FileBytes:   DefaultFileBytes,
		WholeBytes:  DefaultWholeBytes,
		Pages:       DefaultPages,
		PageRunes:   DefaultPageRunes,
		Runes:       DefaultRunes,
		Depth:       DefaultDepth,
		Attachments: DefaultAttachments,
		Ratio:       DefaultRatio,
	}
}

// bytesOf is the largest file of a kind that is read.
func (l Limits) bytesOf(k Kind) int64 {
	switch k {
	case KindText, KindHTML, KindMail:
		return l.WholeBytes
	}
	return l.FileBytes
}

// What can be wrong with a document, for callers that act on the difference.
// The faults that Extract returns wrap at most one of them.
var (
	ErrEmpty    = errors.New("empty document")                // nothing in the file
	ErrTooLarge = errors.New("document beyond a limit")       // bytes, pages, depth or ratio
	ErrDamaged  = errors.New("damaged document")              // the bytes do not follow the format
	ErrPassword = errors.New("document needs a password")     // none given, or the wrong one
	ErrEncoding = errors.New("text in an unknown encoding")   // name of an encoding that does not exist
	ErrTooSlow  = errors.New("document took too long")        // beyond the time allowed
	ErrReader   = errors.New("document reader not available") // ours, not the document's fault
)

// tooLarge says that a file is too large to be read.
func tooLarge(in Input, max int64) error {
	return fault.Wrap(fault.KindInvalid, ErrTooLarge, fmt.Sprintf(
		"%s, and text is read from at most %s of this type; the original can be kept as it is, "+
			"but to read and quote it here split it into smaller files", named("the file has "+size(in.Size), in.Name), size(max)))
}

// damaged says that a document does not follow its format: what, and where.
func damaged(in Input, what string, cause error) error {
	if cause == nil {
		cause = ErrDamaged
	} else {
		cause = fmt.Errorf("%w: %w", ErrDamaged, cause)
	}
	return fault.Wrap(fault.KindInvalid, cause, named(what, in.Name)+
		"; open the original in the program it came from and save it again, or ask the sender for another copy")
}

// named adds the file's name to a sentence, where it has one.
func named(sentence, name string) string {
	if name = OneLine(name, 120); name == "" {
		return sentence
	}
	return fmt.Sprintf("%q: %s", name, sentence)
}

// size writes a number of bytes for people, in the units of IEC 80000-13.
func size(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GiB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d bytes", n)
}
