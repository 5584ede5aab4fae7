package journal

import (
	"encoding/json"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/zstd"

	"asylon/internal/record"
)

// Encoders are costly to make and safe to share: one of each, made when first
// needed. They hold no state between calls.
var (
	encoder = sync.OnceValue(func() *zstd.Encoder {
		e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderConcurrency(1),
			zstd.WithSingleSegment(true), zstd.WithEncoderCRC(false))
		if err != nil {
			panic(err) // the options are constants; this cannot depend on input
		}
		return e
	})
	decoder = sync.OnceValue(func() *zstd.Decoder {
		d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(MaxBody))
		if err != nil {
			panic(err)
		}
		return d
	})
)

// smallBody is the size below which compression is not worth its frame.
const smallBody = 160

// pack turns a body into a part's bytes and says how.
func pack(body []byte) (Encoding, []byte) {
	if len(body) >= smallBody {
		if z := encoder().EncodeAll(body, nil); len(z) < len(body) {
			return JSONZstd, z
		}
	}
	return JSON, body
}

// unpack undoes pack within MaxBody.
func unpack(enc Encoding, b []byte) ([]byte, error) {
	switch enc {
	case JSON:
		return b, nil
	case JSONZstd:
		out, err := decoder().DecodeAll(b, nil)
		if err != nil {
			return nil, fmt.Errorf("decompress part: %w", err)
		}
		if len(out) > MaxBody {
			return nil, fmt.Errorf("decompressed part is larger than %d bytes", MaxBody)
		}
		return out, nil
	}
	return nil, fmt.Errorf("encoding %q cannot be unpacked", enc)
}

// Inside a sealed part the first plaintext byte says how the rest is encoded.
const (
	sealedJSON byte = 0
	sealedZstd byte = 1
)

// Sealer seals a plaintext bound to associated data under the record key of
// one entity, compartment and epoch.
type Sealer interface {
	Epoch() int
	Seal(ad, plaintext []byte) ([]byte, error)
}

// Opener opens what the matching Sealer sealed.
type Opener interface {
	Open(ad, ciphertext []byte) ([]byte, error)
}

// PartInput is a part before it is written. Sealer is set exactly for parts of
// sealed compartments.
type PartInput struct {
	Compartment record.Compartment
	Of          record.ID
	Body        []byte // JSON
	Sealer      Sealer
}

// Build writes an entry: it encodes and seals the parts, draws their salts
// from random, and computes the header.
func Build(p Preamble, parts []PartInput, random io.Reader) (Entry, error) {
	p.Version = Version
	e := Entry{Header: Header{Preamble: p}}
	for i, in := range parts {
		info, part, err := buildPart(p, i, in, random)
		if err != nil {
			return Entry{}, fmt.Errorf("entry %s, part %d: %w", p.ID(), i, err)
		}
		e.Header.Parts = append(e.Header.Parts, info)
		e.Parts = append(e.Parts, part)
	}
	if err := e.Header.check(); err != nil {
		return Entry{}, err
	}
	raw, err := e.Header.encode()
	if err != nil {
		return Entry{}, err
	}
	if len(raw) > MaxHeader {
		return Entry{}, fmt.Errorf("header of %s is %d bytes long; at most %d are allowed", p.ID(), len(raw), MaxHeader)
	}
	e.Raw = raw
	return e, nil
}

func buildPart(p Preamble, n int, in PartInput, random io.Reader) (PartInfo, Part, error) {
	if !json.Valid(in.Body) {
		return PartInfo{}, Part{}, fmt.Errorf("body is not JSON")
	}
	info := PartInfo{Compartment: in.Compartment, Of: in.Of}
	enc, b := pack(in.Body)
	if in.Compartment.Sealed() != (in.Sealer != nil) {
		return info, Part{}, fmt.Errorf("compartment %q and its sealing do not agree", in.Compartment)
	}
	info.Encoding = enc
	if in.Sealer != nil {
		info.Encoding, info.Epoch = Sealed, in.Sealer.Epoch()
		ad, err := p.AssociatedData(n, in.Compartment, in.Of, info.Epoch)
		if err != nil {
			return info, Part{}, err
		}
		mark := sealedJSON
		if enc == JSONZstd {
			mark = sealedZstd
		}
		if b, err = in.Sealer.Seal(ad, append([]byte{mark}, b...)); err != nil {
			return info, Part{}, fmt.Errorf("seal: %w", err)
		}
	}
	salt := make([]byte, SaltSize)
	if _, err := io.ReadFull(random, salt); err != nil {
		return info, Part{}, fmt.Errorf("draw salt: %w", err)
	}
	info.Size, info.Commitment = len(b), Commit(salt, b)
	return info, Part{Salt: salt, Bytes: b}, nil
}

// ErrAbsent says that a part was erased or withheld.
var ErrAbsent = fmt.Errorf("the part is absent")

// Body returns the body of a general part, or ErrAbsent.
func (e *Entry) Body(n int) (json.RawMessage, error) {
	if n >= len(e.Parts) || e.Parts[n].Bytes == nil {
		return nil, ErrAbsent
	}
	return unpack(e.Header.Parts[n].Encoding, e.Parts[n].Bytes)
}

// Open returns the body of a sealed part, or ErrAbsent.
func (e *Entry) Open(n int, o Opener) (json.RawMessage, error) {
	if n >= len(e.Parts) || e.Parts[n].Bytes == nil {
		return nil, ErrAbsent
	}
	i := e.Header.Parts[n]
	ad, err := e.AssociatedData(n, i.Compartment, i.Of, i.Epoch)
	if err != nil {
		return nil, err
	}
	plain, err := o.Open(ad, e.Parts[n].Bytes)
	if err != nil {
		return nil, fmt.Errorf("open part %d of %s: %w", n, e.ID(), err)
	}
	if len(plain) == 0 {
		return nil, fmt.Errorf("part %d of %s is empty", n, e.ID())
	}
	switch plain[0] {
	case sealedJSON:
		return plain[1:], nil
	case sealedZstd:
		return unpack(JSONZstd, plain[1:])
	}
	return nil, fmt.Errorf("part %d of %s has an unknown inner encoding", n, e.ID())
}
