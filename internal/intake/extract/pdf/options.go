package pdf

import "time"

// The defaults of Options.
const (
	// DefaultMemory is what PDFium may use. The largest honest page seen, a
	// scan at 600 dpi of a newspaper spread, took 210 MiB.
	DefaultMemory = 512 << 20
	// DefaultChildren is how many files are read at once, so that a picture of
	// a page can be had while a long document is being read.
	DefaultChildren = 2
	// DefaultIdle is how long a child waits for the next document. Starting
	// one takes a tenth of a second with a cache and some seconds without.
	DefaultIdle = time.Minute
	// DefaultStartTime includes compiling PDFium on a slow machine.
	DefaultStartTime = 2 * time.Minute
	// DefaultPageTime is for opening a document, and for each of its pages.
	DefaultPageTime = 20 * time.Second
	// DefaultDocumentTime is for all pages together.
	DefaultDocumentTime = 30 * time.Minute
	// DefaultRestarts is how often a child is replaced over one document
	// before the rest of it is left unread.
	DefaultRestarts = 3
	// DefaultPixels is the most pixels of a picture of a page: an A4 page at
	// 190 dpi.
	DefaultPixels = 3_500_000
)

// Options is how a Reader works. A zero field stands for its default.
type Options struct {
	// CacheDir is a folder of the caller's, writable by nobody else, in which
	// PDFium is kept as compiled code (21 MB): a child then starts in a tenth
	// of a second instead of some seconds. Empty means no cache. Nothing of
	// any document is written there.
	CacheDir     string
	Memory       int64 // bytes that PDFium may use in each child
	Children     int
	Idle         time.Duration
	StartTime    time.Duration
	PageTime     time.Duration
	DocumentTime time.Duration
	Restarts     int
	Pixels       int
}

func (o Options) withDefaults() Options {
	set(&o.Memory, DefaultMemory)
	set(&o.Children, DefaultChildren)
	set(&o.Idle, DefaultIdle)
	set(&o.StartTime, DefaultStartTime)
	set(&o.PageTime, DefaultPageTime)
	set(&o.DocumentTime, DefaultDocumentTime)
	set(&o.Restarts, DefaultRestarts)
	set(&o.Pixels, DefaultPixels)
	return o
}

func set[T int | int64 | time.Duration](field *T, value T) {
	if *field <= 0 {
		*field = value
	}
}
