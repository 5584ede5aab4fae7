package pdf

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// protocolVersion is checked when a child says hello. It only differs where
// the binary was replaced on disk while the parent kept running.
const protocolVersion = 1

// message tells what a frame carries. A frame is its length as four bytes, big
// endian, then one byte of message, then the payload.
type message byte

// The messages. Each request is answered by exactly one reply; while it works
// on a request, a child may ask for bytes of the document any number of times.
const (
	msgBegin  message = 'B' // parent: beginRequest, once
	msgOpen   message = 'O' // parent: openRequest
	msgText   message = 'T' // parent: textRequest
	msgRender message = 'R' // parent: renderRequest
	msgData   message = 'D' // parent: one byte, 1 where the bytes follow and 0 where they cannot be had

	msgHello  message = 'h' // child: helloReply
	msgOpened message = 'o' // child: openReply
	msgPage   message = 't' // child: textReply
	msgPixels message = 'p' // child: width and height as four bytes each, then RGBA with straight alpha
	msgFail   message = 'f' // child: failReply
	msgGet    message = 'g' // child: offset as eight bytes, length as four
)

// Bounds of what one side takes from the other.
const (
	maxRequest = 1 << 20  // bytes of a frame to a child; only data comes near it
	maxReply   = 64 << 20 // bytes of a frame from a child; the largest picture and page fit
	blockBytes = 64 << 10 // how much of the document a child asks for at a time
)

type beginRequest struct {
	CacheDir string `json:"cache"`  // where compiled code is kept; empty for nowhere
	Memory   int64  `json:"memory"` // bytes that PDFium may use
}

type helloReply struct {
	Version  int      `json:"version"`
	Confined []string `json:"confined"` // the confinements that hold
	Error    string   `json:"error"`    // why there is no reader
}

type openRequest struct {
	Size     int64  `json:"size"`
	Password string `json:"password"`
}

type openReply struct {
	Pages    int               `json:"pages"`
	Language string            `json:"language"`
	Meta     map[string]string `json:"meta"`
}

type textRequest struct {
	Page     int `json:"page"`     // from 0
	MaxChars int `json:"maxChars"` // UTF-16 units
}

type textReply struct {
	Text   string `json:"text"`
	Label  string `json:"label"`
	Images bool   `json:"images"` // looked for only where there is no text
	Notes  int    `json:"notes"`  // remarks of readers, which are not in the text
	Cut    bool   `json:"cut"`    // there was more than MaxChars
}

type renderRequest struct {
	Page      int `json:"page"` // from 0
	DPI       int `json:"dpi"`
	MaxPixels int `json:"maxPixels"`
}

// failReply says why a request came to nothing. After a cause other than the
// document's own state the child ends, for PDFium may be in any state.
type failReply struct {
	Cause failCause `json:"cause"`
}

type failCause string

const (
	failDamaged  failCause = "damaged"  // the file or the page does not follow the format
	failPassword failCause = "password" // none given, or the wrong one
	failSource   failCause = "source"   // the parent could not read the document
	failEngine   failCause = "engine"   // PDFium itself broke
)

var errFrame = errors.New("message out of bounds")

// writeFrame sends a message. Writes of one side must not overlap.
func writeFrame(w io.Writer, m message, parts ...[]byte) error {
	n := 0
	for _, p := range parts {
		n += len(p)
	}
	frame := make([]byte, 5, 5+n)
	binary.BigEndian.PutUint32(frame, uint32(n))
	frame[4] = byte(m)
	for _, p := range parts {
		frame = append(frame, p...)
	}
	_, err := w.Write(frame)
	return err
}

// writeJSON sends a message with a JSON payload.
func writeJSON(w io.Writer, m message, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode message %q: %w", m, err)
	}
	return writeFrame(w, m, b)
}

// readFrame receives a message of at most max bytes. Memory grows as bytes
// arrive, not by what the length claims.
func readFrame(r io.Reader, max int) (message, []byte, error) {
	var head [5]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, nil, err
	}
	n := int64(binary.BigEndian.Uint32(head[:]))
	if n > int64(max) {
		return 0, nil, fmt.Errorf("%w: %d bytes", errFrame, n)
	}
	payload, err := readGrowing(r, int(n))
	return message(head[4]), payload, err
}

// readGrowing reads n bytes, in steps where they are many.
func readGrowing(r io.Reader, n int) ([]byte, error) {
	const step = 1 << 20
	buf := make([]byte, 0, min(n, step))
	for len(buf) < n {
		have := len(buf)
		buf = append(buf, make([]byte, min(n-have, max(step, have)))...)
		if _, err := io.ReadFull(r, buf[have:]); err != nil {
			return nil, err
		}
	}
	return buf, nil
}
