package container

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/emersion/go-message/textproto"
)

// A WARC reads the records of a web archive file (ISO 28500:2017, versions 1.0
// and 1.1), plain or with gzip around each record or around the whole. It
// belongs to one goroutine.
type WARC struct {
	lim     Limits
	raw     *countingReader // the file
	in      *bufio.Reader   // above raw
	zipped  bool
	gz      *gzip.Reader  // the member in hand
	src     *source       // uncompressed bytes, bounded
	br      *bufio.Reader // above src
	body    *warcBody     // of the record in hand
	records int
	start   int64 // where in the file the member in hand starts
	plain   int64 // uncompressed bytes handed up from the member in hand
	err     error // the first error, which stays
}

// A Record is one record of a web archive.
type Record struct {
	Type   string // WARC-Type in lower case: "response", "request", "warcinfo"…
	Length int64  // bytes of the block, as stated
	// Offset is where the record starts in the file; with gzip, where its
	// compressed member starts.
	Offset int64
	// Body reads the block. It fails with [ErrMalformed] where the block is
	// shorter than stated. It is valid until the next call of Next.
	Body io.Reader

	header textproto.Header
}

// Get returns a field of the record's header, such as "WARC-Target-URI", or an
// empty string. Names are compared without case.
func (r *Record) Get(name string) string { return r.header.Get(name) }

// NewWARC returns a reader of the records in r. Nothing is read yet.
func NewWARC(r io.Reader, lim Limits) *WARC {
	raw := &countingReader{r: r}
	return &WARC{lim: lim, raw: raw, in: bufio.NewReader(raw)}
}

// Next reads the header of the next record, passing over what is left of the
// one before. It returns io.EOF at the end of the file. Other errors are a
// [*LimitError], wrap [ErrMalformed], or come from the underlying reader; they
// stay.
func (w *WARC) Next() (*Record, error) {
	if w.err != nil {
		return nil, w.err
	}
	rec, err := w.next()
	if err != nil {
		w.err = err
	}
	return rec, err
}

func (w *WARC) next() (*Record, error) {
	if w.src == nil {
		if err := w.open(); err != nil {
			return nil, err
		}
	}
	if err := w.finish(); err != nil {
		return nil, err
	}
	offset, err := w.seekRecord()
	if err != nil {
		return nil, err
	}
	if w.records++; w.records > w.lim.Entries {
		return nil, &LimitError{Limit: LimitEntries, Max: int64(w.lim.Entries)}
	}
	where := fmt.Sprintf("record %d at byte %d", w.records, offset)
	rec, err := w.header(where)
	if err != nil {
		return nil, err
	}
	rec.Offset = offset
	w.body = &warcBody{w: w, left: rec.Length, where: where}
	rec.Body = w.body
	return rec, nil
}

// open looks at the first bytes to tell gzip from plain.
func (w *WARC) open() error {
	magic, err := w.in.Peek(2)
	if err != nil && err != io.EOF {
		return err
	}
	w.zipped = string(magic) == "\x1f\x8b"
	w.src = newSource(readerFunc(w.readPlain), w.lim)
	w.br = bufio.NewReader(w.src)
	return nil
}

// readerFunc makes a reader of a function.
type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// readPlain reads uncompressed bytes. With gzip it gives io.EOF at the end of
// each member, so that no buffer holds bytes of two; nextMember goes on.
func (w *WARC) readPlain(p []byte) (int, error) {
	if !w.zipped {
		return w.in.Read(p)
	}
	if w.gz == nil {
		return 0, io.EOF
	}
	n, err := w.gz.Read(p)
	w.plain += int64(n)
	packed := max(w.offset()-w.start, 1)
	if w.plain > w.lim.RatioFloor && w.plain/packed > w.lim.Ratio {
		return n, &LimitError{Limit: LimitRatio, Max: w.lim.Ratio, Got: w.plain / packed, Where: fmt.Sprintf("record %d", w.records)}
	}
	if err != nil && err != io.EOF {
		err = w.gzipError(err)
	}
	return n, err
}

// gzipError tells damage in the file from trouble in reading it.
func (w *WARC) gzipError(err error) error {
	if w.raw.err != nil {
		return w.raw.err
	}
	return wrap(ErrMalformed, fmt.Sprintf("byte %d", w.offset()), err.Error())
}

// offset is the place in the file up to which bytes were used.
func (w *WARC) offset() int64 { return w.raw.n - int64(w.in.Buffered()) }

// nextMember starts the next gzip member. It returns io.EOF at the end.
func (w *WARC) nextMember() error {
	if _, err := w.in.Peek(1); err != nil {
		return err
	}
	w.start, w.plain = w.offset(), 0
	var err error
	if w.gz == nil {
		w.gz, err = gzip.NewReader(w.in)
	} else {
		err = w.gz.Reset(w.in)
	}
	if err != nil {
		return w.gzipError(err)
	}
	w.gz.Multistream(false)
	w.br.Reset(w.src) // forgets the end of the member before
	return nil
}

// finish passes over what is left of the record in hand.
func (w *WARC) finish() error {
	if w.body == nil {
		return nil
	}
	_, err := io.Copy(io.Discard, w.body)
	w.body.closed = true
	w.body = nil
	return err
}

// seekRecord skips the empty lines between records and returns where the next
// one starts.
func (w *WARC) seekRecord() (int64, error) {
	for {
		c, err := w.br.Peek(1)
		switch {
		case err == io.EOF && w.zipped:
			if err := w.nextMember(); err != nil {
				return 0, err
			}
		case err == io.EOF:
			return 0, io.EOF
		case err != nil:
			return 0, w.src.cause(err, "")
		case c[0] == '\r' || c[0] == '\n':
			if _, err := w.br.Discard(1); err != nil {
				return 0, err
			}
		case w.zipped:
			return w.start, nil
		default:
			return w.offset() - int64(w.br.Buffered()), nil
		}
	}
}

// header reads the version line and the named fields.
func (w *WARC) header(where string) (*Record, error) {
	rec := &Record{}
	var version string
	err := w.src.inHeader(where, 0, func() error {
		line, err := w.br.ReadSlice('\n')
		if err != nil {
			return errors.New("no version line")
		}
		version = strings.TrimRight(string(line), "\r\n")
		rec.header, err = textproto.ReadHeader(w.br)
		return err
	})
	if err != nil {
		return nil, w.src.cause(err, where)
	}
	if version != "WARC/1.0" && version != "WARC/1.1" {
		return nil, wrap(ErrMalformed, where, fmt.Sprintf("a version line of WARC/1.0 or WARC/1.1 is wanted, not %q", firstBytes(version)))
	}
	lengths := rec.header.Values("Content-Length")
	if len(lengths) != 1 {
		return nil, wrap(ErrMalformed, where, "exactly one Content-Length is wanted")
	}
	rec.Length, err = strconv.ParseInt(lengths[0], 10, 64)
	if err != nil || rec.Length < 0 {
		return nil, wrap(ErrMalformed, where, "Content-Length is not a number of bytes")
	}
	if rec.Length > w.lim.FileBytes {
		return nil, &LimitError{Limit: LimitFile, Max: w.lim.FileBytes, Got: rec.Length, Where: where}
	}
	rec.Type = strings.ToLower(rec.header.Get("WARC-Type"))
	return rec, nil
}

// warcBody reads one block.
type warcBody struct {
	w      *WARC
	left   int64
	where  string
	closed bool
}

func (b *warcBody) Read(p []byte) (int, error) {
	if b.closed {
		return 0, errors.New("read a WARC record after the next one was asked for")
	}
	if b.left == 0 {
		return 0, io.EOF
	}
	n, err := b.w.br.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	if err == io.EOF && b.left > 0 {
		return n, wrap(ErrMalformed, b.where, fmt.Sprintf("the block ends %d bytes early", b.left))
	}
	if err == io.EOF {
		err = nil // the end of the block is told by left
	}
	return n, err
}

// countingReader counts bytes and keeps the first error that is not the end.
type countingReader struct {
	r   io.Reader
	n   int64
	err error
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	if err != nil && err != io.EOF {
		c.err = err
	}
	return n, err
}
