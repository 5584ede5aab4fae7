package durable

import (
	"errors"

	"golang.org/x/sys/windows"
)

// dirsCanSync is false: Windows cannot flush a folder; NTFS keeps the order of
// its own changes in a journal.
const dirsCanSync = false

// IsFull reports whether an error means that the disk or the user's share of it
// is full.
func IsFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL) ||
		errors.Is(err, windows.ERROR_DISK_QUOTA_EXCEEDED)
}

func isReadOnly(err error) bool { return errors.Is(err, windows.ERROR_WRITE_PROTECT) }
