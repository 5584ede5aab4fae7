package container

import (
	"fmt"
	"strconv"

	"asylon/internal/fault"
)

// The default limits. They are set so that the largest honest document seen in
// an office (a book of scanned pages as a word-processor file) passes, and so
// that what passes fits a laptop with 4 GiB of memory.
const (
	// DefaultEntries is the most members that an archive may list. An office
	// document has under 200; a zip of a folder of photographs, a few thousand.
	DefaultEntries = 10_000
	// DefaultDirectoryBytes is the most bytes that the list of members may
	// take. It bounds memory before the first member is looked at.
	DefaultDirectoryBytes = 4 << 20
	// DefaultFileBytes is the most uncompressed bytes of one member or part.
	DefaultFileBytes = 256 << 20
	// DefaultTotalBytes is the most uncompressed bytes of all members
	// together, those of archives within the archive included.
	DefaultTotalBytes = 1 << 30
	// DefaultRatio is the most uncompressed bytes per compressed byte. Deflate
	// can reach 1032; the XML of real spreadsheets stays under 100.
	DefaultRatio = 200
	// DefaultRatioFloor is the size under which a member's ratio does not
	// matter: a page of spaces compresses well and harms nobody.
	DefaultRatioFloor = 1 << 20
	// DefaultDepth is how many archives may lie within one another, the
	// outermost included.
	DefaultDepth = 4
	// DefaultPartDepth is how deep the parts of a message may lie within one
	// another. Each forwarding adds three or four levels.
	DefaultPartDepth = 20
	// DefaultNameBytes is the longest name of a member.
	DefaultNameBytes = 1024
	// DefaultParts is the most parts of one message, nested ones included.
	DefaultParts = 1_000
	// DefaultHeaderBytes is the longest header of a part or a record.
	DefaultHeaderBytes = 1 << 20
)

// Limits says how much of a hostile container is looked at. Every number must
// be positive; start from [DefaultLimits] and change what must differ.
type Limits struct {
	Entries        int   // members of an archive; records of a WARC file
	DirectoryBytes int64 // bytes of an archive's list of members
	FileBytes      int64 // uncompressed bytes of one member, part or record
	TotalBytes     int64 // uncompressed bytes of everything together
	Ratio          int64 // uncompressed bytes per compressed byte
	RatioFloor     int64 // bytes below which the ratio is not judged
	Depth          int   // archives within archives, the outermost counted
	PartDepth      int   // parts within parts of a message, the outermost counted
	NameBytes      int   // bytes of a member's name
	Parts          int   // parts of a message, nested ones counted
	HeaderBytes    int64 // bytes of one header block
}

// DefaultLimits returns the limits that suit documents in an office.
func DefaultLimits() Limits {
	return Limits{
		Entries:        DefaultEntries,
		DirectoryBytes: DefaultDirectoryBytes,
		FileBytes:      DefaultFileBytes,
		TotalBytes:     DefaultTotalBytes,
		Ratio:          DefaultRatio,
		RatioFloor:     DefaultRatioFloor,
		Depth:          DefaultDepth,
		PartDepth:      DefaultPartDepth,
		NameBytes:      DefaultNameBytes,
		Parts:          DefaultParts,
		HeaderBytes:    DefaultHeaderBytes,
	}
}

// Limit names one of the [Limits].
type Limit string

// The names of the limits, as a [LimitError] carries them.
const (
	LimitEntries   Limit = "entries"
	LimitDirectory Limit = "bytes of the list of entries"
	LimitFile      Limit = "uncompressed bytes"
	LimitTotal     Limit = "uncompressed bytes in all"
	LimitRatio     Limit = "uncompressed bytes per compressed byte"
	LimitDepth     Limit = "levels"
	LimitName      Limit = "bytes of a name"
	LimitParts     Limit = "parts"
	LimitHeader    Limit = "bytes of a header"
)

// A LimitError says that a container goes beyond a limit: which one, where in
// the container, and, where it is known, by how much.
type LimitError struct {
	Limit Limit
	Max   int64  // what is allowed
	Got   int64  // what the container has or claims; 0 where unknown
	Where string // the member, part or record; empty for the whole container
}

// Error describes the limit in a sentence fit for the person who brought the
// file.
func (e *LimitError) Error() string {
	where := "the container"
	if e.Where != "" {
		where = strconv.Quote(e.Where)
	}
	if e.Got == 0 {
		return fmt.Sprintf("%s has more than the %d %s that are allowed", where, e.Max, e.Limit)
	}
	return fmt.Sprintf("%s has %d %s, more than the %d that are allowed", where, e.Got, e.Limit, e.Max)
}

// As lets [fault.KindOf] see a limit as invalid input with its sentence.
func (e *LimitError) As(target any) bool { return asFault(target, e) }

// asFault fills target if it asks for a fault.
func asFault(target any, e error) bool {
	f, ok := target.(**fault.Error)
	if ok {
		*f = &fault.Error{Kind: fault.KindInvalid, Text: e.Error()}
	}
	return ok
}
