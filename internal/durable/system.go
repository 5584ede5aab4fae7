package durable

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"asylon/internal/fault"
)

// system is what a write asks of the operating system, step by step. It is an
// interface so that tests can make any step fail, or forget what was not
// flushed as a power cut does.
type system interface {
	create(name string) (sysFile, error) // fails where the name is taken
	rename(from, to string) error        // replaces
	remove(name string) error
	mkdir(name string) error
	syncDir(name string) error
}

// sysFile is an open file of a system.
type sysFile interface {
	io.Writer
	Sync() error
	Close() error
}

// rootSystem is the real one, confined to a folder.
type rootSystem struct{ root *os.Root }

func (s rootSystem) create(name string) (sysFile, error) {
	return s.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, FileMode)
}

func (s rootSystem) rename(from, to string) error { return s.root.Rename(from, to) }
func (s rootSystem) remove(name string) error     { return s.root.Remove(name) }
func (s rootSystem) mkdir(name string) error      { return s.root.Mkdir(name, DirMode) }

func (s rootSystem) syncDir(name string) error {
	if !dirsCanSync {
		return nil
	}
	f, err := s.root.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// syncPath flushes a folder given by its path.
func syncPath(path string) error {
	if !dirsCanSync {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func (d *Dir) syncDirOf(name string) error { return d.sys.syncDir(filepath.Dir(name)) }

// explain wraps an error with operation and object, and makes those that the
// person at the screen can do something about into faults that say what.
func explain(op, name string, err error) error {
	switch {
	case IsFull(err):
		return fault.Wrap(fault.KindUnavailable, fmt.Errorf("%s %s: %w", op, name, err),
			"the disk is full, nothing was written; free some space and try again")
	case isReadOnly(err):
		return fault.Wrap(fault.KindUnavailable, fmt.Errorf("%s %s: %w", op, name, err),
			"the disk can only be read at the moment, nothing was written")
	}
	return fmt.Errorf("%s %s: %w", op, name, err)
}
