package durable

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// reserveName is the name of the reserve file in its folder.
const reserveName = "reserve"

// DefaultReserve is a reserve that lets a database delete, flush its log and
// write a last checkpoint: 8 MiB, in bytes.
const DefaultReserve = 8 << 20

// A Reserve is a file that only takes up room. On a full disk even deleting
// needs room, for logs are written before space comes free; giving up the
// reserve gives it. Its methods must not run at the same time.
type Reserve struct {
	dir  *Dir
	size int64
}

// NewReserve names a reserve of size bytes in a folder. It touches nothing.
func NewReserve(dir *Dir, size int64) Reserve { return Reserve{dir: dir, size: size} }

// Fill makes the reserve if it is not there in full. On a full disk it returns
// a fault of kind unavailable and leaves no part of it: half a reserve would be
// counted on.
func (r Reserve) Fill(ctx context.Context) error {
	if held, err := r.Held(); err != nil || held {
		return err
	}
	f, err := r.dir.Create(reserveName)
	if err != nil {
		return err
	}
	// Random bytes, since file systems compress others or leave holes.
	_, err = io.Copy(f, &ctxReader{ctx, io.LimitReader(rand.Reader, r.size)})
	if err != nil {
		return errors.Join(err, f.Discard())
	}
	return f.Commit()
}

// Free gives the room back to the disk. It is no error if there is none.
func (r Reserve) Free() error {
	err := r.dir.Remove(reserveName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Held reports whether the reserve is there in full.
func (r Reserve) Held() (bool, error) {
	info, err := r.dir.root.Stat(reserveName)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look at the reserve: %w", err)
	}
	return info.Mode().IsRegular() && info.Size() >= r.size, nil
}

// ctxReader ends reading when its context does.
type ctxReader struct {
	ctx context.Context
	r   io.Reader
}

func (r *ctxReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}
