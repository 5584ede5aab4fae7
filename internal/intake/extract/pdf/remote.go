package pdf

import (
	"encoding/binary"
	"errors"
	"io"
)

// errSource says that the parent could not read the document.
var errSource = errors.New("the document cannot be read")

// cachedBlocks is how many blocks of a document a child keeps: PDFium goes back
// and forth between the table at the end of a file and the objects.
const cachedBlocks = 128

// remoteFile is the document as the child sees it: bytes that it asks the
// parent for. PDFium calls it while a request is carried out, from the
// goroutine that carries it out.
type remoteFile struct {
	c      *child
	size   int64
	pos    int64
	blocks map[int64][]byte // by number; full blocks of blockBytes but the last
	order  []int64          // the oldest first
	failed bool             // the parent said once that it cannot read
}

// Seek implements io.Seeker.
func (f *remoteFile) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += f.pos
	case io.SeekEnd:
		offset += f.size
	}
	if offset < 0 {
		return 0, errors.New("seek before the start")
	}
	f.pos = offset
	return offset, nil
}

// Read implements io.Reader, a block or a part of one at a time.
func (f *remoteFile) Read(p []byte) (int, error) {
	if f.pos >= f.size {
		return 0, io.EOF
	}
	b, err := f.block(f.pos / blockBytes)
	if err != nil {
		return 0, err
	}
	n := copy(p, b[f.pos%blockBytes:])
	f.pos += int64(n)
	return n, nil
}

// block returns a block from the cache or from the parent.
func (f *remoteFile) block(number int64) ([]byte, error) {
	if b, ok := f.blocks[number]; ok {
		return b, nil
	}
	start := number * blockBytes
	want := min(f.size-start, blockBytes)
	var req [12]byte
	binary.BigEndian.PutUint64(req[:8], uint64(start))
	binary.BigEndian.PutUint32(req[8:], uint32(want))
	if err := writeFrame(f.c.out, msgGet, req[:]); err != nil {
		return nil, err
	}
	reply := <-f.c.data
	if len(reply) != int(want)+1 || reply[0] != 1 {
		f.failed = true
		return nil, errSource
	}
	f.keep(number, reply[1:])
	return reply[1:], nil
}

// keep puts a block into the cache in the place of the oldest.
func (f *remoteFile) keep(number int64, b []byte) {
	if f.blocks == nil {
		f.blocks = map[int64][]byte{}
	}
	if len(f.order) == cachedBlocks {
		delete(f.blocks, f.order[0])
		f.order = f.order[1:]
	}
	f.blocks[number] = b
	f.order = append(f.order, number)
}
