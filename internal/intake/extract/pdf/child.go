package pdf

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"os"
	"runtime/debug"

	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
)

// childArgument is how a process is told that it is a child. It stands in no
// help text; somebody who types it gets a process that waits for frames.
const childArgument = "__read-pdf"

// childHeap is what the Go side of a child may use before it collects garbage
// in earnest. PDFium's memory is counted apart.
const childHeap = 192 << 20

// Exit codes of a child, for the parent's log.
const (
	exitDone     = 0
	exitProtocol = 3 // a frame that makes no sense
	exitEngine   = 4 // PDFium broke and was reported so
)

// ChildMain must be the first call in main. In a process that a [Reader]
// started it reads PDF files until its standard input ends, and exits; in any
// other process it returns at once.
func ChildMain() {
	if len(os.Args) == 2 && os.Args[1] == childArgument {
		os.Exit(serve(os.Stdin, os.Stdout))
	}
}

// child is the state of a child: at most one open document.
type child struct {
	out      io.Writer
	requests chan frame
	data     chan []byte // replies to msgGet, each with its leading byte
	engine   *engine
	doc      *document
}

type frame struct {
	kind    message
	payload []byte
}

// serve answers requests until in ends, and returns the exit code.
func serve(in io.Reader, out io.Writer) int {
	debug.SetMemoryLimit(childHeap)
	c := &child{out: out, requests: make(chan frame), data: make(chan []byte)}
	go c.receive(in) // ends the process with in; nobody could wait for it longer
	f := <-c.requests
	var begin beginRequest
	if f.kind != msgBegin || json.Unmarshal(f.payload, &begin) != nil {
		return exitProtocol
	}
	hello := helloReply{Version: protocolVersion}
	var err error
	if c.engine, err = newEngine(begin); err != nil {
		hello.Error = err.Error() // no document has been seen: it can only speak of the machine
	} else {
		debug.FreeOSMemory() // what compiling left
		hello.Confined = confine(begin.Memory)
	}
	if err := writeJSON(out, msgHello, hello); err != nil {
		return exitProtocol
	}
	for f := range c.requests {
		if code, end := c.answer(f); end {
			return code
		}
	}
	return exitDone
}

// receive sorts what the parent sends. A child that PDFium keeps busy still
// notices here that its parent is gone.
func (c *child) receive(in io.Reader) {
	r := bufio.NewReaderSize(in, blockBytes+64)
	for {
		kind, payload, err := readFrame(r, maxRequest)
		switch {
		case errors.Is(err, io.EOF):
			os.Exit(exitDone)
		case err != nil:
			os.Exit(exitProtocol)
		case kind == msgData:
			c.data <- payload
		default:
			c.requests <- frame{kind, payload}
		}
	}
}

// answer carries out one request. It tells whether the process must end.
func (c *child) answer(f frame) (code int, end bool) {
	var err error
	switch {
	case f.kind == msgOpen:
		err = c.open(f.payload)
	case f.kind == msgText && c.doc != nil:
		err = c.text(f.payload)
	case f.kind == msgRender && c.doc != nil:
		err = c.render(f.payload)
	default:
		return exitProtocol, true
	}
	if err == nil {
		return 0, false
	}
	cause := causeOf(err)
	if writeJSON(c.out, msgFail, failReply{Cause: cause}) != nil {
		return exitProtocol, true
	}
	return exitEngine, cause == failEngine
}

// causeOf says in the protocol's words what went wrong.
func causeOf(err error) failCause {
	switch {
	case errors.Is(err, errEngine):
		return failEngine
	case errors.Is(err, errSource):
		return failSource
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return failPassword
	}
	return failDamaged
}

func (c *child) open(payload []byte) error {
	var req openRequest
	if err := json.Unmarshal(payload, &req); err != nil {
		return errEngine
	}
	if c.doc != nil {
		c.doc.close()
		c.doc = nil
	}
	remote := &remoteFile{c: c, size: req.Size}
	doc, reply, err := c.engine.open(remote, req)
	if remote.failed {
		err = errors.Join(errSource, err)
	}
	if err != nil {
		if doc != nil {
			doc.close()
		}
		return err
	}
	c.doc = doc
	return writeJSON(c.out, msgOpened, reply)
}

func (c *child) text(payload []byte) error {
	var req textRequest
	if err := json.Unmarshal(payload, &req); err != nil {
		return errEngine
	}
	reply, err := c.doc.text(req)
	if c.doc.source.failed {
		err = errors.Join(errSource, err)
	}
	if err != nil {
		return err
	}
	return writeJSON(c.out, msgPage, reply)
}

func (c *child) render(payload []byte) error {
	var req renderRequest
	if err := json.Unmarshal(payload, &req); err != nil {
		return errEngine
	}
	w, h, pixels, err := c.doc.render(req)
	if c.doc.source.failed {
		err = errors.Join(errSource, err)
	}
	if err != nil {
		return err
	}
	var head [8]byte
	binary.BigEndian.PutUint32(head[:4], uint32(w))
	binary.BigEndian.PutUint32(head[4:], uint32(h))
	return writeFrame(c.out, msgPixels, head[:], pixels)
}
