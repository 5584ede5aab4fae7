//go:build !unix && !windows

package durable

import "strings"

// dirsCanSync is false where nothing is known of flushing folders.
const dirsCanSync = false

// IsFull reports whether an error means that the disk is full. These systems
// agree on no error value, only on words.
func IsFull(err error) bool {
	return err != nil && (strings.Contains(err.Error(), "no space left") || strings.Contains(err.Error(), "file system full"))
}

func isReadOnly(error) bool { return false }
