package blob

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"
	"sync/atomic"

	"asylon/internal/fault"

	"filippo.io/age"
)

// What the age format adds to the padded content (C2SP age specification).
const (
	chunkSize = 64 << 10 // content is sealed in chunks of this many bytes
	chunkTag  = 16       // bytes of authentication for each chunk
	nonceSize = 16       // between header and first chunk
	maxHeader = 16 << 10 // a header for one hybrid recipient takes under 2 KiB
)

// A File is an open blob, decrypted as it is read. Every byte it gives is
// authentic; a damaged chunk is an error of kind corrupt. It implements
// io.Reader, io.Seeker, io.ReaderAt and io.Closer; ReadAt is safe for
// concurrent use.
type File struct {
	*io.SectionReader // of the true content
	plain             *authReader
	f                 *os.File
}

// Close closes the file.
func (f *File) Close() error { return f.f.Close() }

// Open opens a blob for reading. The end of the file, and with it the size, is
// authenticated at once, the rest as it is read; it is not compared with the
// hash, which [Dir.Verify] does. Errors are of kind not found or corrupt; or
// unavailable where the disk does not give the bytes.
func (d *Dir) Open(ctx context.Context, ref Ref) (*File, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	id, err := age.ParseHybridIdentity(string(ref.Key))
	if err != nil {
		// The error could repeat parts of the key.
		return nil, fault.Corrupt("the key of stored file %s is not a key", firstChars(ref.Name))
	}
	f, size, err := d.open(ref.Name)
	if err != nil {
		return nil, err
	}
	plain, err := decrypt(f, size, ref, id)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &File{
		SectionReader: io.NewSectionReader(plain, 0, ref.Size),
		plain:         plain,
		f:             f,
	}, nil
}

// open opens the file of a blob as it lies there.
func (d *Dir) open(name Name) (*os.File, int64, error) {
	if !name.valid() {
		return nil, 0, errNotFound(name)
	}
	f, err := d.d.Root().Open(name.path())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, errNotFound(name)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("open blob: %w", err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, 0, errors.Join(fmt.Errorf("open blob: %w", err), f.Close())
	}
	return f, info.Size(), nil
}

// decrypt opens the age file of a blob whose true size is known. Sizes are
// compared before anything is parsed, so that a file put in its place cannot
// make the parser read a header without end.
func decrypt(f io.ReaderAt, size int64, ref Ref, id age.Identity) (*authReader, error) {
	damaged := func(why string) error {
		return fault.Corrupt("stored file %s is damaged (%s); restore it from a backup", ref.Name, why)
	}
	if ref.Size < 0 || ref.Size > maxSize {
		return nil, damaged("an impossible size is recorded")
	}
	padded := bucket(ref.Size)
	chunks := (padded + chunkSize - 1) / chunkSize
	if header := size - nonceSize - padded - chunks*chunkTag; header <= 0 || header > maxHeader {
		return nil, damaged("its length is not the recorded one")
	}
	src := &sourceReader{f: f}
	plain, got, err := age.DecryptReaderAt(src, size, id)
	r := &authReader{r: plain, size: padded, name: ref.Name}
	if err != nil {
		if disk := src.first.Load(); disk != nil {
			err = disk // the parser of headers passes only words on
		}
		return nil, r.explain(err)
	}
	if got != padded {
		return nil, damaged("its content has not the recorded length")
	}
	return r, nil
}

// Verify reads a blob to its end and compares it with its Ref: the encryption's
// own authentication, the size, the padding and the hash. It returns a fault of
// kind corrupt where anything differs, and the errors of [Dir.Open].
func (d *Dir) Verify(ctx context.Context, ref Ref) error {
	f, err := d.Open(ctx, ref)
	if err != nil {
		return err
	}
	return errors.Join(verify(ctx, f.plain, ref), f.Close())
}

func verify(ctx context.Context, plain *authReader, ref Ref) error {
	hash := sha256.New()
	buf := make([]byte, chunkSize)
	for at := int64(0); at < plain.size; {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := plain.ReadAt(buf[:min(chunkSize, plain.size-at)], at)
		if err != nil && err != io.EOF {
			return err
		}
		if n == 0 {
			return fault.Corrupt("stored file %s ends early; restore it from a backup", ref.Name)
		}
		content := min(max(ref.Size-at, 0), int64(n))
		hash.Write(buf[:content])
		for _, b := range buf[content:n] {
			if b != 0 {
				return fault.Corrupt("stored file %s has content behind its recorded end", ref.Name)
			}
		}
		at += int64(n)
	}
	if [32]byte(hash.Sum(nil)) != ref.SHA256 {
		return fault.Corrupt("stored file %s is not the recorded one: its SHA-256 differs", ref.Name)
	}
	return nil
}

// authReader turns the errors of decryption into faults, and keeps the block
// that was read last: age decrypts a whole chunk for each read, which would make
// reading byte by byte a hundred times slower.
type authReader struct {
	r    io.ReaderAt
	size int64
	name Name

	mu    sync.Mutex // guards what follows, for ReadAt may be called concurrently
	block []byte     // up to chunkSize bytes; nil before the first small read
	at    int64      // where block lies
}

func (r *authReader) ReadAt(p []byte, off int64) (int, error) {
	if len(p) >= chunkSize {
		n, err := r.r.ReadAt(p, off)
		return n, r.explain(err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for n < len(p) {
		if off >= r.size {
			return n, io.EOF
		}
		if err := r.load(off); err != nil {
			return n, err
		}
		copied := copy(p[n:], r.block[off-r.at:])
		n += copied
		off += int64(copied)
	}
	return n, nil
}

// load makes block hold the byte at off, which lies within the content.
func (r *authReader) load(off int64) error {
	if r.at <= off && off < r.at+int64(len(r.block)) {
		return nil
	}
	if r.block == nil {
		r.block = make([]byte, chunkSize)
	}
	at := off / chunkSize * chunkSize
	want := min(chunkSize, r.size-at)
	n, err := r.r.ReadAt(r.block[:want], at)
	if int64(n) < want {
		r.block = nil // holds bytes of two places now
		if err == nil || err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return r.explain(err)
	}
	r.block, r.at = r.block[:want], at
	return nil
}

// explain tells trouble in reading from damage. What the disk did not give may
// come at the next try; what fails authentication will not.
func (r *authReader) explain(err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	var disk *diskError
	if errors.As(err, &disk) {
		return fault.Wrap(fault.KindUnavailable, disk.err, fmt.Sprintf("the disk does not give stored file %s", r.name))
	}
	return fault.Wrap(fault.KindCorrupt, err, fmt.Sprintf("stored file %s is damaged or does not belong to its key; restore it from a backup", r.name))
}

// sourceReader marks the errors of the disk, so that they can be told from what
// the decryption finds in its bytes.
type sourceReader struct {
	f     io.ReaderAt
	first atomic.Pointer[diskError]
}

// diskError is an error of the disk.
type diskError struct{ err error }

func (e *diskError) Error() string { return e.err.Error() }
func (e *diskError) Unwrap() error { return e.err }

func (s *sourceReader) ReadAt(p []byte, off int64) (int, error) {
	n, err := s.f.ReadAt(p, off)
	if err != nil && err != io.EOF {
		disk := &diskError{err}
		s.first.CompareAndSwap(nil, disk)
		err = disk
	}
	return n, err
}
