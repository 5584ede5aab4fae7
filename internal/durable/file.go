package durable

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// A File is a file in writing. Nothing of it can be seen under its name before
// Commit. It belongs to one goroutine.
//
//	f, err := dir.Create("list.csv")
//	if err != nil {
//		return err
//	}
//	defer f.Discard() // does nothing once committed
//	if _, err := io.Copy(f, r); err != nil {
//		return err
//	}
//	return f.Commit()
type File struct {
	dir  *Dir
	name string
	temp string
	f    sysFile // nil once committed or discarded
	err  error   // the first error of writing; the file can only be discarded then
}

// Create starts a file that will get the given name when it is committed,
// replacing one that has it. The folder it lies in must exist.
func (d *Dir) Create(name string) (*File, error) {
	if isTemp(name) {
		return nil, &fs.PathError{Op: "create", Path: name, Err: errors.New("names with this start are kept for unfinished files")}
	}
	temp := tempName(name)
	f, err := d.sys.create(temp)
	if err != nil {
		return nil, explain("create", name, err)
	}
	return &File{dir: d, name: name, temp: temp, f: f}, nil
}

// errDone is the answer to a use after the end.
var errDone = errors.New("the file is committed or discarded already")

// Write appends to the file. After an error the file cannot be committed.
func (f *File) Write(p []byte) (int, error) {
	if f.f == nil {
		return 0, errDone
	}
	if f.err != nil {
		return 0, f.err
	}
	n, err := f.f.Write(p)
	if err == nil && n < len(p) {
		err = io.ErrShortWrite
	}
	if err != nil {
		f.err = explain("write", f.name, err)
	}
	return n, f.err
}

// Commit makes the file durable under its name. Whatever it returns, the File
// is used up; on an error nothing of it is left, unless only the flush of the
// folder failed, in which case the whole file may be there.
//
// A failed flush is not tried again: the kernel may have dropped the bytes and
// would report success the second time.
func (f *File) Commit() error {
	if f.f == nil {
		return errDone
	}
	if f.err != nil {
		return errors.Join(f.err, f.Discard())
	}
	if err := f.f.Sync(); err != nil {
		return errors.Join(explain("flush", f.name, err), f.Discard())
	}
	err := f.f.Close()
	f.f = nil
	if err == nil {
		err = f.dir.sys.rename(f.temp, f.name)
	}
	if err != nil {
		return errors.Join(explain("put in place", f.name, err), f.dir.removeTemp(f.temp))
	}
	if err := f.dir.syncDirOf(f.name); err != nil {
		return explain("flush the folder of", f.name, err)
	}
	return nil
}

// Discard gives the file up and removes what was written. After Commit or
// Discard it does nothing and returns nil.
func (f *File) Discard() error {
	if f.f == nil {
		return nil
	}
	err := f.f.Close()
	f.f = nil
	return errors.Join(err, f.dir.removeTemp(f.temp))
}

// removeTemp removes an unfinished file. No flush: should the removal be
// forgotten in a power cut, Sweep finds the file.
func (d *Dir) removeTemp(temp string) error {
	if err := d.sys.remove(temp); err != nil {
		return fmt.Errorf("remove unfinished file: %w", err)
	}
	return nil
}
