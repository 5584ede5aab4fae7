// Package journal is the format of Asylon's journal: entries made of a header
// and parts, the RFC 6962 tree over the headers, signed checkpoints, and the
// verification of all three. It does no I/O and knows no table.
//
// An entry is one act of recording. Its header names each part's compartment
// and a salted commitment to the part's bytes; the tree's leaf is the hash of
// the header alone. A part can therefore be erased, or withheld from a
// partner, and the tree still verifies.
//
// The bytes are specified in docs/formats/entry.md; a golden sample is kept
// in testdata and read by a verifier that shares no code with this package.
package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"asylon/internal/record"
)

// Version of the header format written by this package.
const Version = 1

// Limits of an entry. What exceeds them is refused on writing and on reading.
const (
	MaxHeader   = 256 << 10 // bytes of a header
	MaxParts    = 256       // parts of an entry
	MaxPart     = 64 << 20  // bytes of a part as stored
	MaxBody     = 64 << 20  // bytes of a body once decompressed
	MaxSubjects = 1000      // subjects of an entry
	MaxNeeds    = 2048      // entries an entry depends on
	MaxNew      = 1000      // entities an entry brings into the world
)

// SaltSize is the length of a part's salt in bytes.
const SaltSize = 16

// Commitment is SHA-256("asylon/part/1\n" ‖ salt ‖ bytes).
type Commitment [sha256.Size]byte

// MarshalText writes the commitment in standard base64.
func (c Commitment) MarshalText() ([]byte, error) {
	return base64.StdEncoding.AppendEncode(nil, c[:]), nil
}

// UnmarshalText reads what MarshalText wrote.
func (c *Commitment) UnmarshalText(b []byte) error {
	d, err := base64.StdEncoding.Strict().DecodeString(string(b))
	if err != nil || len(d) != len(c) {
		return fmt.Errorf("a commitment is 32 bytes in base64")
	}
	copy(c[:], d)
	return nil
}

// Encoding says how a part's bytes become its body.
type Encoding string

// The encodings of a part.
const (
	JSON     Encoding = "json"      // the body itself
	JSONZstd Encoding = "json+zstd" // the body compressed by Zstandard (RFC 8878)
	Sealed   Encoding = "sealed"    // ciphertext of one of the above with an encoding byte before it
)

// PartInfo is what a header says of a part.
type PartInfo struct {
	Compartment record.Compartment `json:"c"`
	Of          record.ID          `json:"of,omitempty"`    // entity whose record key seals the part
	Epoch       int                `json:"epoch,omitempty"` // of that key
	Encoding    Encoding           `json:"enc"`
	Size        int                `json:"size"` // bytes as stored
	Commitment  Commitment         `json:"h"`
}

// Preamble is a header without its parts: what is known before they are sealed.
type Preamble struct {
	Version  int              `json:"v"`
	Journal  record.JournalID `json:"journal"`
	Seq      int64            `json:"seq"`
	Time     string           `json:"time"` // RFC 3339, UTC, whole seconds
	Actor    record.Actor     `json:"actor"`
	Kind     string           `json:"kind"`
	New      []record.Kind    `json:"new,omitempty"` // kinds of the entities it brings into the world: thing n is the n-th
	Subjects []record.ID      `json:"subjects,omitempty"`
	Needs    []record.EntryID `json:"needs,omitempty"`
}

// Header is the part of an entry that the tree covers.
type Header struct {
	Preamble
	Parts []PartInfo `json:"parts"`
}

// Part is a part as stored. Bytes is nil when the part was erased or withheld.
type Part struct {
	Salt  []byte
	Bytes []byte
}

// Entry is a header, its exact bytes, and the parts that are present.
type Entry struct {
	Header
	Raw   []byte // the header's bytes, over which the leaf is computed
	Parts []Part // one for each of Header.Parts
}

// ID is the entry's id.
func (p Preamble) ID() record.EntryID { return record.Entry(p.Journal, p.Seq) }

// bytes is the canonical form of a preamble: JSON with the fields in the order
// of the type, no spaces, no HTML escapes.
func (p Preamble) bytes() ([]byte, error) {
	return compact(p)
}

func compact(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// encode is the canonical form of a header.
func (h Header) encode() ([]byte, error) {
	pre, err := h.Preamble.bytes()
	if err != nil {
		return nil, err
	}
	parts := h.Parts
	if parts == nil {
		parts = []PartInfo{}
	}
	tail, err := compact(parts)
	if err != nil {
		return nil, err
	}
	b := append(pre[:len(pre)-1], `,"parts":`...)
	b = append(b, tail...)
	return append(b, '}'), nil
}

// AssociatedData is what a sealed part is bound to: the format's name, the
// part's number, compartment, entity and epoch, and the preamble. Values can
// therefore not be moved between entries, parts, people or compartments.
func (p Preamble) AssociatedData(n int, c record.Compartment, of record.ID, epoch int) ([]byte, error) {
	pre, err := p.bytes()
	if err != nil {
		return nil, err
	}
	head := "asylon/sealed/1\n" + strconv.Itoa(n) + "\n" + string(c) + "\n" + string(of) + "\n" + strconv.Itoa(epoch) + "\n"
	return append([]byte(head), pre...), nil
}

// Commit computes the commitment to a part's bytes.
func Commit(salt, b []byte) Commitment {
	h := sha256.New()
	h.Write([]byte("asylon/part/1\n"))
	h.Write(salt)
	h.Write(b)
	return Commitment(h.Sum(nil))
}

// ParseHeader reads a header and refuses any bytes but the canonical ones, so
// that one header has one leaf.
func ParseHeader(raw []byte) (Header, error) {
	var h Header
	if len(raw) > MaxHeader {
		return h, fmt.Errorf("header is %d bytes long; at most %d are allowed", len(raw), MaxHeader)
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&h); err != nil {
		return h, fmt.Errorf("header is not JSON of version %d: %w", Version, err)
	}
	if err := h.check(); err != nil {
		return h, err
	}
	again, err := h.encode()
	if err != nil {
		return h, err
	}
	if !bytes.Equal(raw, again) {
		return h, fmt.Errorf("header of %s is not in canonical form", h.ID())
	}
	return h, nil
}

func (h Header) check() error {
	if h.Version != Version {
		return fmt.Errorf("header version %d is not known; this program reads version %d", h.Version, Version)
	}
	if _, _, ok := h.ID().Split(); !ok || h.Seq < 0 {
		return fmt.Errorf("header has no valid journal and sequence")
	}
	if t, err := time.Parse(time.RFC3339, h.Time); err != nil || t.UTC().Format(time.RFC3339) != h.Time {
		return fmt.Errorf("header of %s: time %q is not RFC 3339 in UTC", h.ID(), h.Time)
	}
	if h.Kind == "" || len(h.Kind) > 64 || strings.ContainsAny(h.Kind, " \n") {
		return fmt.Errorf("header of %s has no valid kind", h.ID())
	}
	if len(h.Parts) > MaxParts || len(h.Subjects) > MaxSubjects || len(h.Needs) > MaxNeeds || len(h.New) > MaxNew {
		return fmt.Errorf("header of %s has more parts, entities, subjects or needs than allowed", h.ID())
	}
	for i, p := range h.Parts {
		if err := p.check(); err != nil {
			return fmt.Errorf("header of %s, part %d: %w", h.ID(), i, err)
		}
	}
	return nil
}

func (p PartInfo) check() error {
	if p.Size < 0 || p.Size > MaxPart {
		return fmt.Errorf("size %d is out of bounds", p.Size)
	}
	switch p.Encoding {
	case JSON, JSONZstd:
		if p.Compartment.Sealed() {
			return fmt.Errorf("compartment %q is stored in the clear", p.Compartment)
		}
	case Sealed:
		if !p.Compartment.Sealed() || p.Of == "" {
			return fmt.Errorf("a sealed part needs a compartment and an entity")
		}
	default:
		return fmt.Errorf("encoding %q is not known", p.Encoding)
	}
	return nil
}

// CheckPart tells whether a part that is present is the one the header
// committed to. A part without bytes is erased or withheld and passes.
func (h Header) CheckPart(n int, p Part) error {
	if n < 0 || n >= len(h.Parts) {
		return fmt.Errorf("entry %s has no part %d", h.ID(), n)
	}
	if p.Bytes == nil {
		return nil
	}
	if len(p.Bytes) != h.Parts[n].Size || Commit(p.Salt, p.Bytes) != h.Parts[n].Commitment {
		return fmt.Errorf("entry %s, part %d: the bytes are not those the entry committed to", h.ID(), n)
	}
	return nil
}
