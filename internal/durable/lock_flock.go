//go:build darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd

package durable

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// lockFile opens the file and takes an flock on it. Unlike a POSIX lock it
// belongs to the open file, so a second one in the same process is refused, and
// closing another handle of the file does not give it back.
func lockFile(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, FileMode)
	if err != nil {
		return nil, err
	}
	for {
		err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		if !errors.Is(err, unix.EINTR) {
			break
		}
	}
	switch {
	case err == nil:
		return f, nil
	case errors.Is(err, unix.EWOULDBLOCK):
		err = fmt.Errorf("%w: %w", ErrLocked, err)
	}
	return nil, errors.Join(err, f.Close())
}

// unlockFile closes the file; the lock goes with it.
func unlockFile(f *os.File) error { return f.Close() }
