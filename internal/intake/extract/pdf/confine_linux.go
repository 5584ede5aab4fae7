package pdf

import (
	"os"
	"strconv"
	"strings"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// headroom is what a child may map beyond what it has after loading and what
// PDFium may use: the frames of one request and the pixels of one page.
const headroom = 512 << 20

// cpuSeconds is the processor time after which a child ends however busy it
// is. The parent's clock ends it long before; this is for a child whose parent
// died while it was spinning.
const cpuSeconds = 3600

// confine takes from the process whatever it needs no more once PDFium is
// loaded, and returns what it managed to take. WebAssembly is the wall; this is
// the moat, for the case that the wall has a hole. It is one-way.
func confine(memory int64) []string {
	var held []string
	hold := func(what string, err error) {
		if err == nil {
			held = append(held, what)
		}
	}
	// Landlock and the size of the process are read through a new descriptor
	// each, so the limit on descriptors comes last.
	hold("no new privileges", allThreads(unix.SYS_PRCTL, unix.PR_SET_NO_NEW_PRIVS, 1))
	if mapped, err := mappedBytes(); err == nil {
		hold("memory", limit(unix.RLIMIT_AS, uint64(mapped+memory+headroom)))
	}
	hold("no file system", landlock())
	hold("no writing to files", limit(unix.RLIMIT_FSIZE, 0))
	hold("no core dump", limit(unix.RLIMIT_CORE, 0))
	hold("processor time", limit(unix.RLIMIT_CPU, cpuSeconds))
	hold("no tracing", unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0))
	hold("no new files or sockets", limit(unix.RLIMIT_NOFILE, 0))
	return held
}

// limit sets the soft and the hard limit of a resource.
func limit(resource int, n uint64) error {
	return unix.Setrlimit(resource, &unix.Rlimit{Cur: n, Max: n})
}

// landlock forbids every access to the file system that begins from now on, and
// to TCP, by a Landlock ruleset that handles all rights and grants none. Kernels
// older than 5.13 have no Landlock; older ones than ours know fewer rights.
func landlock() error {
	abi, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, unix.LANDLOCK_CREATE_RULESET_VERSION)
	if errno != 0 {
		return errno
	}
	attr := unix.LandlockRulesetAttr{Handled_access_fs: landlockFS(int(abi))}
	size := unsafe.Sizeof(attr.Handled_access_fs)
	if abi >= 4 {
		attr.Handled_access_net = unix.LANDLOCK_ACCESS_NET_BIND_TCP | unix.LANDLOCK_ACCESS_NET_CONNECT_TCP
		size += unsafe.Sizeof(attr.Handled_access_net)
	}
	if abi >= 6 {
		attr.Scoped = unix.LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET | unix.LANDLOCK_SCOPE_SIGNAL
		size += unsafe.Sizeof(attr.Scoped)
	}
	fd, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, uintptr(unsafe.Pointer(&attr)), size, 0)
	if errno != 0 {
		return errno
	}
	defer unix.Close(int(fd))
	return allThreads(unix.SYS_LANDLOCK_RESTRICT_SELF, fd, 0)
}

// landlockFS is the rights to the file system that a version of Landlock knows.
func landlockFS(abi int) uint64 {
	rights := uint64(unix.LANDLOCK_ACCESS_FS_MAKE_SYM)<<1 - 1 // version 1: all up to this
	if abi >= 2 {
		rights |= unix.LANDLOCK_ACCESS_FS_REFER
	}
	if abi >= 3 {
		rights |= unix.LANDLOCK_ACCESS_FS_TRUNCATE
	}
	if abi >= 5 {
		rights |= unix.LANDLOCK_ACCESS_FS_IOCTL_DEV
	}
	return rights
}

// allThreads makes a system call that changes the calling thread only, in every
// thread. A binary built with cgo cannot (the C library may own threads that Go
// does not know); releases are built without.
func allThreads(call, a, b uintptr) error {
	if _, _, errno := syscall.AllThreadsSyscall6(call, a, b, 0, 0, 0, 0); errno != 0 {
		return errno
	}
	return nil
}

// mappedBytes is how much address space the process has mapped. Go reserves
// far more than it uses, so a limit has to be counted from here.
func mappedBytes() (int64, error) {
	b, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0, err
	}
	pages, err := strconv.ParseInt(strings.Fields(string(b))[0], 10, 64)
	if err != nil {
		return 0, err
	}
	return pages * int64(os.Getpagesize()), nil
}
