package durable

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"asylon/internal/fault"
)

// LockName is the name of the lock file in a folder. The file stays when the
// lock is given back: removing it would let two processes each hold a lock on a
// file of that name.
const LockName = "lock"

// ErrLocked is wrapped by the error of [LockDir] where another holds the lock.
var ErrLocked = errors.New("the folder is locked by another process")

// A Lock is the ownership of a folder by one process. The system gives it back
// when the process ends, however it ends.
type Lock struct {
	f *os.File
}

// LockDir takes the lock of a folder or refuses at once: it never waits. The
// refusal is a fault of kind unavailable, wraps [ErrLocked], and names the
// folder and, where it can be read, the process that holds it. Another lock of
// the same folder in the same process is refused too.
//
// The lock binds only programs that ask for it, and is not to be trusted on
// folders of another computer.
func LockDir(dir string) (*Lock, error) {
	path := filepath.Join(dir, LockName)
	f, err := lockFile(path)
	if errors.Is(err, ErrLocked) {
		return nil, fault.Wrap(fault.KindUnavailable, err,
			fmt.Sprintf("the folder %s is in use by another program%s; close it there first", dir, holder(path)))
	}
	if err != nil {
		return nil, explain("lock folder", dir, err)
	}
	// The number is for the message alone; without it the lock holds as well.
	if err := f.Truncate(0); err == nil {
		_, _ = f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	}
	return &Lock{f: f}, nil
}

// Unlock gives the lock back. It may be called once.
func (l *Lock) Unlock() error { return unlockFile(l.f) }

// holder reads the number of the process that holds the lock. It may be out of
// date for a moment, and may be unreadable; then the message does without.
func holder(path string) string {
	const longest = 20
	data, err := os.ReadFile(path)
	if err != nil || len(data) > longest {
		return ""
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(data)))
	if err != nil {
		return ""
	}
	return fmt.Sprintf(" (process %d)", pid)
}
