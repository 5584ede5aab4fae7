package container

import "io"

// A source is the bottom of a chain of parsers: it counts what they read, ends
// them at the total, and, while they read a header, at the limit for headers.
// The parsers above it lose the types of errors; it keeps the first one.
type source struct {
	r      io.Reader
	lim    Limits
	left   int64 // bytes until the total is used up
	header int64 // bytes until the header in hand is too long; negative: none in hand
	where  string
	err    error // the first error, but io.EOF
}

func newSource(r io.Reader, lim Limits) *source {
	return &source{r: r, lim: lim, left: lim.TotalBytes, header: -1}
}

// headerSlack makes up for what buffers between the source and the header's
// parser read ahead: at most one buffer of 4 KiB for each level.
const headerSlack = 4096

// inHeader runs read, which parses one header of the part named where, with the
// limit for headers in force.
func (s *source) inHeader(where string, depth int, read func() error) error {
	s.header = s.lim.HeaderBytes + int64(depth+1)*headerSlack
	s.where = where
	err := read()
	s.header = -1
	return err
}

func (s *source) Read(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	if s.header == 0 {
		s.err = &LimitError{Limit: LimitHeader, Max: s.lim.HeaderBytes, Where: s.where}
		return 0, s.err
	}
	if s.left == 0 {
		// One more byte tells an input that fits exactly from one too long.
		var one [1]byte
		n, err := s.r.Read(one[:])
		if n > 0 {
			err = &LimitError{Limit: LimitTotal, Max: s.lim.TotalBytes}
		}
		return 0, s.keep(err)
	}
	p = p[:min(int64(len(p)), s.left)]
	if s.header > 0 {
		p = p[:min(int64(len(p)), s.header)]
	}
	n, err := s.r.Read(p)
	s.left -= int64(n)
	if s.header > 0 {
		s.header -= int64(n)
	}
	return n, s.keep(err)
}

// keep remembers an error other than the end.
func (s *source) keep(err error) error {
	if err != nil && err != io.EOF {
		s.err = err
	}
	return err
}

// cause prefers the source's own error to what a parser made of it, and calls
// the parser's malformed.
func (s *source) cause(err error, where string) error {
	if s.err != nil {
		return s.err
	}
	return wrap(ErrMalformed, where, err.Error())
}
