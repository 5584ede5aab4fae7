package journal

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// A journal file is one journal written out, so that it can be carried,
// archived and verified without Asylon: JSON lines, the first describing the
// journal, then one line an entry, the last the checkpoint. The format is
// specified in docs/formats/journal-file.md.

// fileHead is the first line.
type fileHead struct {
	Format string `json:"format"` // "asylon journal 1"
	Key    []byte `json:"key"`    // Ed25519 verification key
}

// fileEntry is the line of an entry. A part that is erased or withheld is null.
type fileEntry struct {
	Header []byte      `json:"header"`
	Parts  []*filePart `json:"parts"`
}

type filePart struct {
	Salt  []byte `json:"salt"`
	Bytes []byte `json:"bytes"`
}

// fileTail is the last line.
type fileTail struct {
	Checkpoint string `json:"checkpoint"`
}

const fileFormat = "asylon journal 1"

// FileWriter writes a journal file.
type FileWriter struct{ w *json.Encoder }

// NewFileWriter begins a file of the journal with verification key pub.
func NewFileWriter(w io.Writer, pub ed25519.PublicKey) (*FileWriter, error) {
	fw := &FileWriter{json.NewEncoder(w)}
	return fw, fw.w.Encode(fileHead{fileFormat, pub})
}

// Entry writes the next entry.
func (fw *FileWriter) Entry(e Entry) error {
	line := fileEntry{Header: e.Raw, Parts: make([]*filePart, len(e.Parts))}
	for i, p := range e.Parts {
		if p.Bytes != nil {
			line.Parts[i] = &filePart{p.Salt, p.Bytes}
		}
	}
	return fw.w.Encode(line)
}

// Close ends the file with the checkpoint over what was written.
func (fw *FileWriter) Close(checkpoint []byte) error {
	return fw.w.Encode(fileTail{string(checkpoint)})
}

// maxLine bounds a line of a journal file.
const maxLine = 2 * (MaxPart + MaxHeader)

// ReadFile reads and verifies a journal file: every header, part, the tree
// and the signature. fn is called for each entry in order, before the
// checkpoint has been seen; what it did must be undone when ReadFile fails.
func ReadFile(r io.Reader, fn func(Entry) error) (Checkpoint, error) {
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 0, 1<<16), maxLine)
	var head fileHead
	if !sc.Scan() || strict(sc.Bytes(), &head) != nil || head.Format != fileFormat || len(head.Key) != ed25519.PublicKeySize {
		return Checkpoint{}, fmt.Errorf("line 1 does not begin a journal file (%q)", fileFormat)
	}
	j, tree, n := JournalOf(head.Key), &Tree{}, int64(0)
	for line := 2; sc.Scan(); line++ {
		if bytes.HasPrefix(sc.Bytes(), []byte(`{"checkpoint":`)) {
			return readTail(sc, line, head.Key, tree, n)
		}
		e, err := readEntry(sc.Bytes())
		if err != nil {
			return Checkpoint{}, fmt.Errorf("line %d: %w", line, err)
		}
		if e.Journal != j || e.Seq != n {
			return Checkpoint{}, fmt.Errorf("line %d: entry %s stands where entry %d of journal %s belongs", line, e.ID(), n, j)
		}
		if err := tree.Append(n, e.Raw); err != nil {
			return Checkpoint{}, err
		}
		if err := fn(e); err != nil {
			return Checkpoint{}, err
		}
		n++
	}
	if err := sc.Err(); err != nil {
		return Checkpoint{}, err
	}
	return Checkpoint{}, errors.New("the file ends without a checkpoint: it is cut short")
}

func readEntry(line []byte) (Entry, error) {
	var fe fileEntry
	if err := strict(line, &fe); err != nil {
		return Entry{}, err
	}
	h, err := ParseHeader(fe.Header)
	if err != nil {
		return Entry{}, err
	}
	if len(fe.Parts) != len(h.Parts) {
		return Entry{}, fmt.Errorf("entry %s has %d parts and its header names %d", h.ID(), len(fe.Parts), len(h.Parts))
	}
	e := Entry{Header: h, Raw: fe.Header, Parts: make([]Part, len(h.Parts))}
	for i, p := range fe.Parts {
		if p == nil {
			continue
		}
		e.Parts[i] = Part{p.Salt, p.Bytes}
		if p.Bytes == nil {
			e.Parts[i].Bytes = []byte{}
		}
		if err := h.CheckPart(i, e.Parts[i]); err != nil {
			return Entry{}, err
		}
	}
	return e, nil
}

func readTail(sc *bufio.Scanner, line int, pub ed25519.PublicKey, tree *Tree, n int64) (Checkpoint, error) {
	var tail fileTail
	if err := strict(sc.Bytes(), &tail); err != nil {
		return Checkpoint{}, fmt.Errorf("line %d: %w", line, err)
	}
	cp, err := OpenCheckpoint([]byte(tail.Checkpoint), pub)
	if err != nil {
		return cp, fmt.Errorf("line %d: %w", line, err)
	}
	if cp.Size != n {
		return cp, fmt.Errorf("line %d: the checkpoint covers %d entries and the file holds %d", line, cp.Size, n)
	}
	root, err := tree.Root(n)
	if err != nil {
		return cp, err
	}
	if root != cp.Root {
		return cp, fmt.Errorf("line %d: the entries do not give the signed root", line)
	}
	if sc.Scan() {
		return cp, fmt.Errorf("line %d: something follows the checkpoint", line+1)
	}
	return cp, sc.Err()
}

// strict decodes one JSON value with no unknown fields and nothing after it.
func strict(b []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if d.More() {
		return errors.New("something follows the JSON value")
	}
	return nil
}
