package durable

import (
	"errors"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
)

// errPower is what every call gets once the power is cut.
var errPower = errors.New("power cut")

// A disk is a model of a disk with a cache: file contents and folder entries
// reach it at a flush, and before that perhaps. It has one folder. After cutAt
// calls the power is cut in the middle of the next one.
type disk struct {
	cutAt int
	calls int

	files   map[string]*inode // as programs see them
	flushed map[string]*inode // folder entries surely on the disk
	pending []map[string]*inode
}

// An inode is the content of a file, as seen and as surely on the disk.
type inode struct {
	seen, flushed string
}

// newDisk makes a disk that surely holds the given files.
func newDisk(files map[string]string, cutAt int) *disk {
	d := &disk{cutAt: cutAt, files: map[string]*inode{}, flushed: map[string]*inode{}}
	for name, content := range files {
		d.files[name] = &inode{seen: content, flushed: content}
		d.flushed[name] = d.files[name]
	}
	return d
}

// call counts a call and reports whether the power is still on after it; the
// call in which it goes still takes place in the cache.
func (d *disk) call() error {
	d.calls++
	if d.calls > d.cutAt {
		return errPower
	}
	return nil
}

// changed notes that the folder changed in the cache.
func (d *disk) changed() { d.pending = append(d.pending, maps.Clone(d.files)) }

func (d *disk) create(name string) (sysFile, error) {
	if err := d.call(); err != nil {
		return nil, err
	}
	if d.files[name] != nil {
		return nil, fs.ErrExist
	}
	d.files[name] = &inode{}
	d.changed()
	return &diskFile{d, d.files[name]}, nil
}

func (d *disk) rename(from, to string) error {
	if d.calls > d.cutAt {
		return errPower
	}
	d.files[to] = d.files[from]
	delete(d.files, from)
	d.changed()
	return d.call()
}

func (d *disk) remove(name string) error {
	if d.calls > d.cutAt {
		return errPower
	}
	if d.files[name] == nil {
		return fs.ErrNotExist
	}
	delete(d.files, name)
	d.changed()
	return d.call()
}

func (d *disk) mkdir(string) error { return errors.New("the model has one folder") }

func (d *disk) syncDir(name string) error {
	if filepath.Clean(name) != "." {
		return fs.ErrNotExist
	}
	if err := d.call(); err != nil {
		return err
	}
	d.flushed, d.pending = maps.Clone(d.files), nil
	return nil
}

type diskFile struct {
	d *disk
	i *inode
}

func (f *diskFile) Write(p []byte) (int, error) {
	if f.d.calls > f.d.cutAt {
		return 0, errPower
	}
	f.i.seen += string(p)
	return len(p), f.d.call()
}

func (f *diskFile) Sync() error {
	if err := f.d.call(); err != nil {
		return err
	}
	f.i.flushed = f.i.seen
	return nil
}

func (f *diskFile) Close() error { return f.d.call() }

// afterwards lists everything that may be found under a name when the power is
// back: each state of the folder since its last flush, with each file's content
// as flushed, in full, or torn in between. A nil entry means no such file.
func (d *disk) afterwards(name string) []*string {
	var found []*string
	for _, folder := range append([]map[string]*inode{d.flushed}, d.pending...) {
		i := folder[name]
		if i == nil {
			found = append(found, nil)
			continue
		}
		for n := len(i.flushed); n <= len(i.seen); n++ {
			content := i.seen[:n]
			found = append(found, &content)
		}
		if len(i.seen) > len(i.flushed) {
			// Room was given to the file and nothing written there yet.
			holes := i.flushed + string(slices.Repeat([]byte{0}, len(i.seen)-len(i.flushed)))
			found = append(found, &holes)
		}
	}
	return found
}
