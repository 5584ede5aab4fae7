package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"asylon/internal/durable"
	"asylon/internal/fault"
)

// A Dir is a folder of blobs. It is safe for concurrent use, also by several
// processes, but for [Dir.Sweep].
type Dir struct {
	d *durable.Dir
}

// A Ref is what is needed to read a blob and to know that it is the right one.
type Ref struct {
	Name   Name
	Key    Key
	Size   int64    // true size in bytes
	SHA256 [32]byte // of the true content
}

// OpenDir opens a folder of blobs, making it where it does not exist.
func OpenDir(path string) (*Dir, error) {
	d, err := durable.MakeDir(path)
	if err != nil {
		return nil, fmt.Errorf("open blob folder: %w", err)
	}
	return &Dir{d: d}, nil
}

// Close releases the folder. Open blobs stay readable.
func (d *Dir) Close() error { return d.d.Close() }

// Sweep removes what writers that were killed left behind, and returns how
// much. Call it under the installation's lock, before anything is written.
func (d *Dir) Sweep() (int, error) { return d.d.Sweep() }

// Names lists the blobs in the folder, sorted. Files that cannot be blobs are
// left out.
func (d *Dir) Names(ctx context.Context) ([]Name, error) {
	var names []Name
	err := fs.WalkDir(d.d.Root().FS(), ".", func(path string, e fs.DirEntry, err error) error {
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		if name, ok := nameOf(path); ok && e.Type().IsRegular() {
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list blobs: %w", err)
	}
	slices.Sort(names)
	return names, nil
}

// nameOf reads the name of a blob from where it lies.
func nameOf(path string) (Name, bool) {
	base := path[strings.LastIndexByte(path, '/')+1:]
	name := Name(strings.TrimSuffix(base, suffix))
	return name, name.valid() && name.path() == filepath.FromSlash(path)
}

// Remove deletes a blob's file. The error is a fault of kind not found where
// there is none. Keys in backups open backed-up blobs still; to make a blob
// unreadable everywhere, erase its key.
func (d *Dir) Remove(name Name) error {
	if !name.valid() {
		return errNotFound(name)
	}
	err := d.d.Remove(name.path())
	if errors.Is(err, fs.ErrNotExist) {
		return errNotFound(name)
	}
	if err != nil {
		return fmt.Errorf("remove blob: %w", err)
	}
	return nil
}

// OpenSealed opens a blob as it lies in the folder, encrypted, to be copied to
// a backup or a partner. The reader also returns its size in bytes.
func (d *Dir) OpenSealed(name Name) (io.ReadCloser, int64, error) {
	f, size, err := d.open(name)
	if err != nil {
		return nil, 0, err
	}
	return f, size, nil
}

// PutSealed takes a blob as another folder's OpenSealed gave it. Without its
// key it can only be checked for looking like one; [Dir.Verify] does the rest.
// It refuses a name that exists with a fault of kind conflict, and more than
// limit bytes or other content with one of kind invalid.
func (d *Dir) PutSealed(ctx context.Context, name Name, r io.Reader, limit int64) error {
	if !name.valid() {
		return fault.Invalid("%q is not the name of a blob", string(name))
	}
	if _, err := d.d.Root().Stat(name.path()); err == nil {
		return fault.Conflict("a blob named %s is here already", name)
	}
	w, err := d.create(name)
	if err != nil {
		return err
	}
	head := &headWriter{}
	_, err = io.Copy(io.MultiWriter(w, head), newLimitReader(ctx, r, limit))
	if err == nil && !head.isAge() {
		err = fault.Invalid("blob %s is not an age file", name)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("put sealed blob: %w", err), w.Discard())
	}
	return w.Commit()
}

// create starts the file of a blob, in folders made for it where needed.
func (d *Dir) create(name Name) (*durable.File, error) {
	outer, inner := name.folders()
	if err := d.d.Mkdir(outer); err != nil {
		return nil, err
	}
	if err := d.d.Mkdir(inner); err != nil {
		return nil, err
	}
	return d.d.Create(name.path())
}

// errNotFound names a blob that is not there. The name tells nothing about the
// content.
func errNotFound(name Name) error {
	return fault.NotFound("there is no stored file %s", firstChars(name))
}

// firstChars shortens what a Ref from elsewhere may claim to be a name.
func firstChars(n Name) string {
	if len(n) > nameLen {
		return fmt.Sprintf("%.32q…", string(n))
	}
	if !n.valid() {
		return fmt.Sprintf("%q", string(n))
	}
	return string(n)
}
