package container

import (
	"io"
	"sync/atomic"
)

// budget counts the uncompressed bytes of one outermost container, so that
// archives within archives share one total. It is safe for concurrent use.
type budget struct {
	max  int64
	used atomic.Int64
}

// take reserves n bytes and reports whether they were still there. A refused
// reservation takes nothing, so a smaller one may follow.
func (b *budget) take(n int64) bool {
	for {
		used := b.used.Load()
		if n > b.max-used {
			return false
		}
		if b.used.CompareAndSwap(used, used+n) {
			return true
		}
	}
}

// cappedReader reads at most max bytes and then fails with err where the
// source has more. Unlike io.LimitReader it does not call a cut end an end.
type cappedReader struct {
	r    io.Reader
	left int64
	err  error
}

func (c *cappedReader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if c.left == 0 {
		// One more byte tells an input that fits exactly from one too long.
		var one [1]byte
		n, err := c.r.Read(one[:])
		if n > 0 {
			return 0, c.err
		}
		return 0, err
	}
	if int64(len(p)) > c.left {
		p = p[:c.left]
	}
	n, err := c.r.Read(p)
	c.left -= int64(n)
	return n, err
}

// directoryReader passes reads on until they add up to more than a limit. It
// bounds what archive/zip, which keeps reading as long as members follow one
// another, can be made to read while it lists them.
type directoryReader struct {
	r      io.ReaderAt
	left   int64
	err    error
	lifted bool // set once, before the members are handed out
}

func (d *directoryReader) ReadAt(p []byte, off int64) (int, error) {
	if d.lifted {
		return d.r.ReadAt(p, off)
	}
	if d.left < 0 {
		return 0, d.err
	}
	n, err := d.r.ReadAt(p, off)
	d.left -= int64(n)
	return n, err
}
