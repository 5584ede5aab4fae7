//go:build unix

package durable

import (
	"errors"
	"syscall"
)

// dirsCanSync tells whether a folder must and can be flushed.
const dirsCanSync = true

// IsFull reports whether an error means that the disk or the user's share of it
// is full.
func IsFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

func isReadOnly(err error) bool { return errors.Is(err, syscall.EROFS) }
