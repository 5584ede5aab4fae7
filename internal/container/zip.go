package container

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// A Zip is an opened archive whose list of members has been checked. It is safe
// for concurrent use if the reader it was opened on is.
type Zip struct {
	lim     Limits
	depth   int // containers above this one
	total   *budget
	entries []Entry
	byName  map[string]int // index into entries and files
	files   []*zip.File
}

// An Entry describes one member of an archive as the archive states it.
type Entry struct {
	Name       string    // UTF-8, forward slashes, unique; a folder ends in a slash
	RawName    string    // the bytes in the archive, for names in a local charset
	Size       int64     // uncompressed bytes, enforced when the member is read
	Compressed int64     // compressed bytes
	Modified   time.Time // as stated; zero where absent. Archives often state no zone
	Encrypted  bool      // the member can be listed and not read
}

// IsDir reports whether the entry is a folder.
func (e Entry) IsDir() bool { return strings.HasSuffix(e.Name, "/") }

// ratio is the number of uncompressed bytes per compressed byte, rounded up.
func (e Entry) ratio() int64 {
	c := max(e.Compressed, 1)
	ratio := e.Size / c
	if e.Size%c != 0 {
		ratio++
	}
	return ratio
}

// OpenZip reads the list of members of an archive (PKWARE APPNOTE.TXT, zip64
// included) and checks it as a whole. It refuses an archive with too many
// members, too many bytes stated in all, a name that steps outside or stands
// twice, a symbolic link, or members that share bytes, for nothing honest has
// these. What may befall an honest archive in a single member (a password, an
// unknown method, its size or ratio) is refused by [Zip.Open] only, so that the
// others can be read.
//
// Errors are a [*LimitError] or wrap [ErrMalformed] or [ErrUnsafeName]; one of r
// counts as malformed here, since archive/zip does not tell them apart. The reader must stay open while the Zip is used.
func OpenZip(r io.ReaderAt, size int64, lim Limits) (*Zip, error) {
	return openZip(r, size, lim, 0, &budget{max: lim.TotalBytes})
}

func openZip(r io.ReaderAt, size int64, lim Limits, depth int, total *budget) (*Zip, error) {
	if depth >= lim.Depth {
		return nil, &LimitError{Limit: LimitDepth, Max: int64(lim.Depth), Got: int64(depth) + 1}
	}
	files, err := readDirectory(r, size, lim)
	if err != nil {
		return nil, err
	}
	z := &Zip{
		lim:     lim,
		depth:   depth,
		total:   total,
		entries: make([]Entry, 0, len(files)),
		byName:  make(map[string]int, len(files)),
		files:   files,
	}
	for _, f := range files {
		if err := z.add(f); err != nil {
			return nil, err
		}
	}
	if err := checkOverlap(files, size); err != nil {
		return nil, err
	}
	return z, nil
}

// readDirectory lists the members while bounding what the standard library,
// which trusts the archive's own numbers to a degree, reads and allocates.
func readDirectory(r io.ReaderAt, size int64, lim Limits) ([]*zip.File, error) {
	tooMany := func(n uint64) error {
		return &LimitError{Limit: LimitEntries, Max: int64(lim.Entries), Got: int64(min(n, 1<<62))}
	}
	// archive/zip makes room for as many members as the archive claims, if the
	// archive is large enough to hold them: 270 MB for one of 1 GiB.
	if n, ok := claimedEntries(r, size); ok && n > uint64(lim.Entries) {
		return nil, tooMany(n)
	}
	dr := &directoryReader{
		r:    r,
		left: lim.DirectoryBytes + 2*endSearchBytes,
		err:  &LimitError{Limit: LimitDirectory, Max: lim.DirectoryBytes},
	}
	zr, err := zip.NewReader(dr, size)
	var limit *LimitError
	switch {
	case errors.As(err, &limit):
		return nil, limit
	case err != nil && !errors.Is(err, zip.ErrInsecurePath):
		return nil, wrap(ErrMalformed, "", err.Error())
	case len(zr.File) > lim.Entries:
		return nil, tooMany(uint64(len(zr.File)))
	}
	dr.lifted = true // reads are bounded member by member from here on
	return zr.File, nil
}

// add checks one member and takes it into the list.
func (z *Zip) add(f *zip.File) error {
	name, err := cleanZipName(f.Name, z.lim)
	if err != nil {
		return err
	}
	if _, ok := z.byName[pathKey(name)]; ok {
		// Two readers of such an archive can see two different documents.
		return wrap(ErrUnsafeName, name, "the archive holds this name twice")
	}
	if m := f.Mode(); !m.IsRegular() && !m.IsDir() {
		return wrap(ErrUnsafeName, name, "a link or device, not a file")
	}
	const maxSize = 1<<63 - 1
	if f.UncompressedSize64 > maxSize || f.CompressedSize64 > maxSize {
		return wrap(ErrMalformed, name, "states an impossible size")
	}
	size := int64(f.UncompressedSize64)
	if !z.total.take(size) {
		return &LimitError{Limit: LimitTotal, Max: z.total.max}
	}
	z.byName[pathKey(name)] = len(z.entries)
	z.entries = append(z.entries, Entry{
		Name:       name,
		RawName:    f.Name,
		Size:       size,
		Compressed: int64(f.CompressedSize64),
		Modified:   f.Modified,
		Encrypted:  f.Flags&flagEncrypted != 0,
	})
	return nil
}

// pathKey makes a folder and a file of one name the same, since they cannot
// stand side by side.
func pathKey(name string) string { return strings.TrimSuffix(name, "/") }

// Names lists the members in the archive's order, folders included.
func (z *Zip) Names() []string {
	names := make([]string, len(z.entries))
	for i, e := range z.entries {
		names[i] = e.Name
	}
	return names
}

// Entries describes the members in the archive's order.
func (z *Zip) Entries() []Entry { return append([]Entry(nil), z.entries...) }

// Open opens a member for reading. The reader fails with an error that wraps
// [ErrMalformed] where the bytes do not match the stated size or checksum, so a
// member is only to be believed once it was read to its end.
//
// Open itself fails with [ErrNoEntry], [ErrEncrypted], [ErrMethod],
// [ErrMalformed] or a [*LimitError]. A folder reads as empty.
func (z *Zip) Open(name string) (io.ReadCloser, error) {
	i, ok := z.byName[pathKey(name)]
	if !ok || z.entries[i].Name != name {
		return nil, wrap(ErrNoEntry, name, "the archive does not list it")
	}
	f, e := z.files[i], z.entries[i]
	switch {
	case e.Encrypted:
		return nil, wrap(ErrEncrypted, name, "unlock the file in the program that made it and bring it again")
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return nil, wrap(ErrMethod, name, fmt.Sprintf("method %d", f.Method))
	case e.Size > z.lim.FileBytes:
		return nil, &LimitError{Limit: LimitFile, Max: z.lim.FileBytes, Got: e.Size, Where: name}
	case e.Size > z.lim.RatioFloor && e.ratio() > z.lim.Ratio:
		return nil, &LimitError{Limit: LimitRatio, Max: z.lim.Ratio, Got: e.ratio(), Where: name}
	}
	r, err := f.Open()
	if err != nil {
		return nil, wrap(ErrMalformed, name, err.Error())
	}
	return &zipReader{ReadCloser: r, name: name}, nil
}

// OpenZip opens a member that is an archive itself. It is read into memory,
// shares what is left of the outermost archive's total, and counts as one level
// deeper. Errors are those of [OpenZip] and [Zip.Open].
func (z *Zip) OpenZip(name string) (*Zip, error) {
	if z.depth+1 >= z.lim.Depth {
		return nil, &LimitError{Limit: LimitDepth, Max: int64(z.lim.Depth), Got: int64(z.depth) + 2, Where: name}
	}
	r, err := z.Open(name)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(r) // bounded: Open has judged the stated size, which the reader enforces
	if err := errors.Join(err, r.Close()); err != nil {
		return nil, err
	}
	inner, err := openZip(bytes.NewReader(data), int64(len(data)), z.lim, z.depth+1, z.total)
	if err != nil {
		return nil, fmt.Errorf("open %q: %w", name, err)
	}
	return inner, nil
}

// zipReader names the member in what goes wrong. The size is enforced below it:
// archive/zip ends a member that goes beyond the size its entry states.
type zipReader struct {
	io.ReadCloser
	name string
}

func (r *zipReader) Read(p []byte) (int, error) {
	n, err := r.ReadCloser.Read(p)
	if err == nil || err == io.EOF {
		return n, err
	}
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, zip.ErrFormat), errors.Is(err, zip.ErrChecksum),
		errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &corrupt):
		return n, wrap(ErrMalformed, r.name, err.Error())
	}
	return n, fmt.Errorf("read %q: %w", r.name, err) // the disk's fault, not the archive's
}
