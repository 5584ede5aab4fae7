//go:build !(darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd || windows)

package durable

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// lockFile makes a file that must not exist yet. It is the best that is left
// without locks of the system; after a crash the file stays and must be removed
// by hand, as the error says.
func lockFile(path string) (*os.File, error) {
	path += ".held"
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, FileMode)
	if errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("%w: remove %s if no such process runs any more: %w", ErrLocked, path, err)
	}
	return f, err
}

// unlockFile removes the file, which is the lock.
func unlockFile(f *os.File) error {
	return errors.Join(f.Close(), os.Remove(f.Name()))
}
