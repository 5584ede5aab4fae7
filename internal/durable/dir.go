package durable

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// The permissions of what this package makes: for the owner alone.
const (
	FileMode fs.FileMode = 0o600
	DirMode  fs.FileMode = 0o700
)

// tempPrefix marks files that are being written. Names that start with it are
// refused, so that [Dir.Sweep] can remove what a crash left behind.
const tempPrefix = ".writing-"

// A Dir is a folder in which files are written durably. Its methods take names
// relative to it, with the separator of the system, and are safe for concurrent
// use; of two writers of one name, the last to commit wins.
type Dir struct {
	root *os.Root
	sys  system
}

// OpenDir opens a folder that exists.
func OpenDir(path string) (*Dir, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, fmt.Errorf("open folder: %w", err) // the error names the path
	}
	return &Dir{root: root, sys: rootSystem{root}}, nil
}

// MakeDir opens a folder and makes it first, and those above it, where they do
// not exist. A folder that exists keeps its permissions.
func MakeDir(path string) (*Dir, error) {
	if err := makePath(filepath.Clean(path)); err != nil {
		return nil, explain("make folder", path, err)
	}
	return OpenDir(path)
}

// makePath makes a folder and flushes the one above it, for each missing level.
func makePath(path string) error {
	info, err := os.Stat(path)
	if err == nil {
		if !info.IsDir() {
			return &fs.PathError{Op: "mkdir", Path: path, Err: errors.New("a file stands there")}
		}
		return nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	parent := filepath.Dir(path)
	if err := makePath(parent); err != nil {
		return err
	}
	// Somebody else may have made it in between; then it exists, as wanted.
	if err := os.Mkdir(path, DirMode); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncPath(parent)
}

// Close releases the folder. Files in writing must be committed or discarded
// before.
func (d *Dir) Close() error { return d.root.Close() }

// Root gives access to the folder for reading. It stays the Dir's own: do not
// close it.
func (d *Dir) Root() *os.Root { return d.root }

// Path returns the path by which the folder was opened.
func (d *Dir) Path() string { return d.root.Name() }

// Mkdir makes a folder within this one, durably. It is no error if it exists;
// the folder above it must.
func (d *Dir) Mkdir(name string) error {
	if err := d.sys.mkdir(name); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return nil
		}
		return explain("make folder", name, err)
	}
	if err := d.syncDirOf(name); err != nil {
		return explain("flush the folder of", name, err)
	}
	return nil
}

// WriteFile writes a whole file durably, replacing one of that name. After an
// error the file is as it was, unless only the last flush failed: then it may
// be the new one, and is whole either way.
func (d *Dir) WriteFile(name string, data []byte) error {
	f, err := d.Create(name)
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		return errors.Join(err, f.Discard())
	}
	return f.Commit()
}

// WriteFile writes a whole file durably into the folder that the path names,
// which must exist. It is [Dir.WriteFile] for a single file.
func WriteFile(path string, data []byte) error {
	d, err := OpenDir(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(d.WriteFile(filepath.Base(path), data), d.Close())
}

// Remove deletes a file and flushes its folder, so that it does not come back
// after a power cut. The error satisfies errors.Is(err, fs.ErrNotExist) where
// there is none.
func (d *Dir) Remove(name string) error {
	if err := d.sys.remove(name); err != nil {
		return explain("remove", name, err)
	}
	if err := d.syncDirOf(name); err != nil {
		return explain("flush the folder of", name, err)
	}
	return nil
}

// Sweep removes what writers that were killed left in the folder and in those
// beneath it. Call it only while no other writer can be at work, that is, under
// the folder's [Lock] and before writing starts. It returns how many it removed.
func (d *Dir) Sweep() (int, error) {
	var left []string
	err := fs.WalkDir(d.root.FS(), ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.Type().IsRegular() && isTemp(path) {
			left = append(left, filepath.FromSlash(path))
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("look for unfinished files: %w", err)
	}
	for i, name := range left {
		if err := d.Remove(name); err != nil {
			return i, err
		}
	}
	return len(left), nil
}

// tempName makes a name for the time of writing, beside the final one: a rename
// within one folder is what file systems promise to do at once.
func tempName(name string) string {
	return filepath.Join(filepath.Dir(name), tempPrefix+rand.Text())
}

func isTemp(name string) bool {
	return strings.HasPrefix(filepath.Base(name), tempPrefix)
}
