//go:build unix

package pdf

import (
	"context"
	"os"
	"syscall"

	"github.com/tetratelabs/wazero/experimental"
	"golang.org/x/sys/unix"
)

// withMemory gives PDFium memory that is mapped apart from the Go heap: it
// grows in place, so that growing never needs twice the size, and goes back to
// the system as soon as a document is closed.
func withMemory(ctx context.Context) context.Context {
	return experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(
		func(_, max uint64) experimental.LinearMemory {
			b, err := unix.Mmap(-1, 0, int(max), unix.PROT_NONE, unix.MAP_PRIVATE|unix.MAP_ANON)
			if err != nil {
				b = nil // the first Reallocate then refuses, and the child reports that it cannot start
			}
			return &mapped{all: b}
		}))
}

// mapped is one reserved range of addresses, of which a growing part is usable.
type mapped struct {
	all  []byte
	used uint64
}

// Reallocate makes the first size bytes usable, or returns nil where there is
// no memory left.
func (m *mapped) Reallocate(size uint64) []byte {
	if size > uint64(len(m.all)) {
		return nil
	}
	if size > m.used {
		if err := unix.Mprotect(m.all[:size], unix.PROT_READ|unix.PROT_WRITE); err != nil {
			return nil
		}
		m.used = size
	}
	return m.all[:size:len(m.all)]
}

// Free gives the memory back.
func (m *mapped) Free() {
	if m.all != nil {
		_ = unix.Munmap(m.all) // only fails for a range that is not mapped
		m.all = nil
	}
}

// onlyOurs tells whether nobody but this user may write to a folder.
func onlyOurs(info os.FileInfo) bool {
	st, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(st.Uid) == os.Geteuid() && info.Mode().Perm()&0o022 == 0
}
