package pdf

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"asylon/internal/fault"
	"asylon/internal/intake/extract"
)

// Reader reads PDF files in child processes, which it starts when the first
// file comes. It is safe for concurrent use, and implements extract.PDF.
type Reader struct {
	opt    Options
	binary string
	slots  chan struct{} // one token for each child that may exist
	closed chan struct{} // closed by Close

	mu   sync.Mutex // guards free
	free []*process // children without work, the last used at the end
}

var _ extract.PDF = (*Reader)(nil)

// New returns a reader. It starts nothing yet; Close it to end its children.
func New(opt Options) *Reader {
	opt = opt.withDefaults()
	r := &Reader{opt: opt, binary: ownBinary, slots: make(chan struct{}, opt.Children), closed: make(chan struct{})}
	if _, err := os.Stat(r.binary); err != nil {
		// No /proc, or another system: the path has to do. Where even that is
		// unknown, starting a child reports it.
		r.binary, _ = os.Executable()
	}
	return r
}

// errClosed is a defect of the caller's: it may not read after Close.
var errClosed = errors.New("PDF reader is closed")

// acquire waits for a child to be free, or starts one.
func (r *Reader) acquire(ctx context.Context) (*process, error) {
	select {
	case r.slots <- struct{}{}:
	case <-r.closed:
		return nil, errClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	p := r.takeFree()
	var err error
	if p == nil {
		p, err = startProcess(ctx, r.binary, beginRequest{CacheDir: r.opt.CacheDir, Memory: r.opt.Memory}, r.opt.StartTime)
	}
	if err != nil {
		<-r.slots
		return nil, err
	}
	return p, nil
}

func (r *Reader) takeFree() *process {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := len(r.free)
	if n == 0 {
		return nil
	}
	p := r.free[n-1]
	r.free = r.free[:n-1]
	p.idle.Stop() // where it fired already, retire does not find p and leaves it
	return p
}

// release takes a child back. Nil stands for one that is gone.
func (r *Reader) release(p *process) {
	defer func() { <-r.slots }()
	if p == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	select {
	case <-r.closed:
		p.end()
		return
	default:
	}
	r.free = append(r.free, p)
	p.idle = time.AfterFunc(r.opt.Idle, func() { r.retire(p) })
}

// retire ends a child that had nothing to do for long enough.
func (r *Reader) retire(p *process) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, q := range r.free {
		if q == p {
			r.free = append(r.free[:i], r.free[i+1:]...)
			p.end()
			return
		}
	}
}

// Close waits for the files that are being read, and ends all children. It may
// be called once; reading after it fails.
func (r *Reader) Close() error {
	close(r.closed)
	for range cap(r.slots) {
		r.slots <- struct{}{} // for good: nobody has a child now
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, p := range r.free {
		p.idle.Stop()
		p.end()
	}
	r.free = nil
	return nil
}

// session is one document being read, by one child after another if need be.
// Open and each page are requests of their own.
type session struct {
	r        *Reader
	src      source
	password string
	info     openReply
	p        *process // nil until opened, and after a child was lost
	restarts int
}

// open gives the session a child that has the document open.
func (s *session) open(ctx context.Context) error {
	if s.p == nil {
		p, err := s.r.acquire(ctx)
		if err != nil {
			return fromStart(err)
		}
		s.p = p
	}
	var info openReply
	err := s.p.call(ctx, s.r.opt.PageTime, msgOpen,
		openRequest{Size: s.src.size, Password: s.password}, msgOpened, &info, &s.src)
	if err != nil {
		s.lost(err)
		return err
	}
	if info.Pages <= 0 {
		return failure(failDamaged)
	}
	s.info = info
	return nil
}

// lost notes that the child is gone, where err says so.
func (s *session) lost(err error) {
	if errors.As(err, new(failure)) {
		return // it reported, and waits for the next request
	}
	s.p = nil
	s.r.release(nil)
}

// done gives the child back.
func (s *session) done() {
	if s.p != nil {
		s.r.release(s.p)
		s.p = nil
	}
}

// do runs one request about the open document, and opens it again in a new
// child where the last one was lost.
func (s *session) do(ctx context.Context, request func(*process) error) error {
	if s.p == nil {
		if s.restarts == s.r.opt.Restarts {
			return errGaveUp
		}
		s.restarts++
		if err := s.open(ctx); err != nil {
			return err
		}
	}
	err := request(s.p)
	if err != nil {
		s.lost(err)
	}
	return err
}

// errGaveUp says that too many children were lost over one document.
var errGaveUp = errors.New("the PDF reader stopped too often")

// fromStart says that no child can be had.
func fromStart(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fault.Wrap(fault.KindUnavailable, fmt.Errorf("%w: %w", extract.ErrReader, err),
		"the PDF reader cannot be started on this machine, so the document is kept without its text; "+
			"try again when memory is free, or tell the administrator")
}

// fromOpen turns what went wrong with a whole document into a fault.
func fromOpen(err error, password string) error {
	var f failure
	switch {
	case errors.As(err, new(*fault.Error)), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.As(err, new(sourceError)):
		return errors.Unwrap(err)
	case errors.As(err, &f) && failCause(f) == failPassword && password != "":
		return fault.Wrap(fault.KindInvalid, extract.ErrPassword,
			"the password does not open this PDF; check it with the sender, or ask for a copy without a password")
	case errors.As(err, &f) && failCause(f) == failPassword:
		return fault.Wrap(fault.KindInvalid, extract.ErrPassword,
			"this PDF is protected by a password; give the password, or ask the sender for a copy without one")
	case errors.As(err, &f):
		return fault.Wrap(fault.KindInvalid, extract.ErrDamaged,
			"this PDF is damaged and cannot be opened; open the original in another program and save it again, "+
				"or ask the sender for another copy")
	case errors.Is(err, errSlow):
		return fault.Wrap(fault.KindInvalid, extract.ErrTooSlow,
			"this PDF takes too long to open, as damaged and malicious ones do; print it to a new PDF on a machine "+
				"that you do not need, and bring that in")
	}
	return fault.Wrap(fault.KindInvalid, fmt.Errorf("%w: %w", extract.ErrDamaged, err),
		"the PDF reader gave up on this PDF, as happens with damaged and malicious ones; print it to a new PDF on a "+
			"machine that you do not need, and bring that in")
}
