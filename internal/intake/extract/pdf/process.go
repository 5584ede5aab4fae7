package pdf

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"
)

// process is the parent's end of one child. It is used by one goroutine at a
// time.
type process struct {
	cmd      *exec.Cmd
	in       io.WriteCloser
	out      *bufio.Reader
	confined []string
	idle     *time.Timer // ends the child while nobody uses it; guarded by Reader.mu
}

// The ways in which a call to a child can fail. After errStopped, errSlow and a
// done context the child is gone; after the others it is ready for the next.
var (
	errStopped = errors.New("the PDF reader stopped")
	errSlow    = errors.New("the PDF reader took too long")
)

// failure is a child's own report that a request came to nothing.
type failure failCause

func (f failure) Error() string { return "PDF reader: " + string(f) }

// sourceError is an error of the document's reader, on its way to the caller.
type sourceError struct{ err error }

func (e sourceError) Error() string { return e.err.Error() }
func (e sourceError) Unwrap() error { return e.err }

// startProcess starts a child and waits until it has PDFium ready.
func startProcess(ctx context.Context, binary string, begin beginRequest, within time.Duration) (*process, error) {
	cmd := exec.Command(binary, childArgument)
	cmd.Env = []string{} // nothing of ours: no paths, no secrets, no switches
	cmd.Dir = os.TempDir()
	setAttributes(cmd)
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("start PDF reader: %w", err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start PDF reader: %w", err)
	}
	// Standard error stays unread: what a crash prints may hold a document.
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start PDF reader: %w", err)
	}
	p := &process{cmd: cmd, in: in, out: bufio.NewReaderSize(out, blockBytes)}
	var hello helloReply
	if err := p.call(ctx, within, msgBegin, begin, msgHello, &hello, nil); err != nil {
		p.end()
		return nil, fmt.Errorf("start PDF reader: %w", err)
	}
	if hello.Error != "" || hello.Version != protocolVersion {
		p.end()
		return nil, fmt.Errorf("start PDF reader: version %d of the protocol, error %q", hello.Version, hello.Error)
	}
	p.confined = hello.Confined
	return p, nil
}

// end kills the child and waits for it.
func (p *process) end() {
	_ = p.cmd.Process.Kill() // it may be gone already
	_ = p.in.Close()         // Wait closes it too
	_ = p.cmd.Wait()         // "killed" is no news
}

// source is the document that a child may ask for bytes of.
type source struct {
	r    io.ReaderAt
	size int64
}

// call sends a request and decodes the reply's JSON into it.
func (p *process) call(ctx context.Context, within time.Duration, kind message, req any, want message, reply any, src *source) error {
	payload, err := p.exchange(ctx, within, kind, req, want, src)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(payload, reply); err != nil {
		p.end()
		return fmt.Errorf("%w: %w", errStopped, err)
	}
	return nil
}

// exchange sends a request, serves the child's questions for bytes, and returns
// the payload of the reply. A child that does not answer in time, or answers
// nonsense, is killed.
func (p *process) exchange(ctx context.Context, within time.Duration, kind message, req any, want message, src *source) ([]byte, error) {
	timed, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	// Killing is what makes the blocked read below return.
	stop := context.AfterFunc(timed, func() { _ = p.cmd.Process.Kill() })
	defer stop()

	payload, err := p.converse(kind, req, want, src)
	var report failure
	switch {
	case err == nil:
		return payload, nil
	case errors.As(err, &report) && failCause(report) != failEngine:
		return nil, err
	}
	p.end()
	var broken sourceError
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.As(err, &broken):
		return nil, err
	case timed.Err() != nil:
		return nil, errSlow
	}
	// The report of a child that ends itself must not look like one of a child
	// that is ready for more.
	return nil, fmt.Errorf("%w: %v (%s)", errStopped, err, p.cmd.ProcessState)
}

// converse is the conversation of one request.
func (p *process) converse(kind message, req any, want message, src *source) ([]byte, error) {
	if err := writeJSON(p.in, kind, req); err != nil {
		return nil, err
	}
	var failed error // of the document's reader
	for {
		got, payload, err := readFrame(p.out, maxReply)
		if err != nil {
			return nil, err
		}
		switch {
		case got == want:
			return payload, nil
		case got == msgGet && src != nil:
			if err := p.give(payload, src); errors.As(err, new(sourceError)) {
				failed = err
			} else if err != nil {
				return nil, err
			}
		case got == msgFail:
			var fail failReply
			if err := json.Unmarshal(payload, &fail); err != nil {
				return nil, err
			}
			if failed != nil {
				return nil, failed
			}
			return nil, failure(fail.Cause)
		default:
			return nil, fmt.Errorf("%w: message %q", errFrame, got)
		}
	}
}

// give answers a question for bytes of the document. The child is told only
// that they cannot be had; the reason is returned as a sourceError.
func (p *process) give(payload []byte, src *source) error {
	if len(payload) != 12 {
		return errFrame
	}
	offset := int64(binary.BigEndian.Uint64(payload[:8]))
	n := int64(binary.BigEndian.Uint32(payload[8:]))
	if offset < 0 || n > blockBytes || offset > src.size-n {
		return errFrame
	}
	buf := make([]byte, n+1)
	buf[0] = 1
	if got, err := src.r.ReadAt(buf[1:], offset); int64(got) < n {
		if err == nil || err == io.EOF {
			err = io.ErrUnexpectedEOF // shorter than its stated size
		}
		if werr := writeFrame(p.in, msgData, []byte{0}); werr != nil {
			return werr
		}
		return sourceError{err}
	}
	return writeFrame(p.in, msgData, buf)
}
