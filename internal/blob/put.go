package blob

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"asylon/internal/fault"

	"filippo.io/age"
)

// Put encrypts what r reads to a new blob and returns what is needed to read it
// again. When it returns without an error the blob is durable; with one,
// nothing of it is left. Errors are of kind invalid where r has more than limit
// bytes, and unavailable where the disk is full; errors of r are passed on.
func (d *Dir) Put(ctx context.Context, r io.Reader, limit int64) (Ref, error) {
	id, err := age.GenerateHybridIdentity()
	if err != nil {
		return Ref{}, fmt.Errorf("draw blob key: %w", err)
	}
	ref := Ref{Name: newName(), Key: Key(id.String())}
	w, err := d.create(ref.Name)
	if err != nil {
		return Ref{}, fmt.Errorf("put blob: %w", err)
	}
	ref.Size, ref.SHA256, err = seal(w, newLimitReader(ctx, r, limit), id.Recipient())
	if err != nil {
		return Ref{}, errors.Join(fmt.Errorf("put blob: %w", err), w.Discard())
	}
	if err := w.Commit(); err != nil {
		return Ref{}, fmt.Errorf("put blob: %w", err)
	}
	return ref, nil
}

// seal writes the age file of what r reads, padded with zeros, and returns the
// true size and hash.
func seal(w io.Writer, r io.Reader, to age.Recipient) (size int64, sum [32]byte, err error) {
	enc, err := age.Encrypt(w, to)
	if err != nil {
		return 0, sum, err
	}
	hash := sha256.New()
	size, err = io.Copy(io.MultiWriter(enc, hash), r)
	if err != nil {
		return 0, sum, err
	}
	if _, err := io.CopyN(enc, zeros{}, bucket(size)-size); err != nil {
		return 0, sum, err
	}
	return size, [32]byte(hash.Sum(nil)), enc.Close()
}

// zeros reads as zero bytes without end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// limitReader ends with an error where the input is too long or its context is
// done.
type limitReader struct {
	ctx   context.Context
	r     io.Reader
	limit int64
	left  int64
}

func newLimitReader(ctx context.Context, r io.Reader, limit int64) *limitReader {
	limit = min(max(limit, 0), maxSize)
	return &limitReader{ctx: ctx, r: r, limit: limit, left: limit}
}

func (l *limitReader) Read(p []byte) (int, error) {
	if err := l.ctx.Err(); err != nil {
		return 0, err
	}
	// One byte more than allowed tells an input that fits exactly from one too
	// long.
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.r.Read(p)
	if int64(n) > l.left {
		return int(l.left), fault.Invalid("the file is larger than %d bytes, which is the most that is taken", l.limit)
	}
	l.left -= int64(n)
	return n, err
}

// ageIntro is the first line of every age file (C2SP age specification).
const ageIntro = "age-encryption.org/v1\n"

// headWriter keeps the first bytes of what passes through.
type headWriter struct{ buf bytes.Buffer }

func (h *headWriter) Write(p []byte) (int, error) {
	h.buf.Write(p[:min(len(p), len(ageIntro)-h.buf.Len())])
	return len(p), nil
}

func (h *headWriter) isAge() bool { return h.buf.String() == ageIntro }
