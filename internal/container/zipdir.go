package container

import (
	"archive/zip"
	"cmp"
	"encoding/binary"
	"io"
	"slices"
)

// What APPNOTE.TXT 6.3.10 lays down, as far as it is needed before archive/zip
// may be trusted with the list of members.
const (
	flagEncrypted = 1 << 0 // section 4.4.4

	endSignature     = 0x06054b50 // section 4.3.16, end of central directory
	endBytes         = 22
	end64Signature   = 0x06064b50 // section 4.3.14
	end64Bytes       = 56
	end64Locator     = 0x07064b50 // section 4.3.15
	end64LocatorSize = 20

	// The end record stands before a comment of at most 65,535 bytes.
	endSearchBytes = 65 << 10
)

// claimedEntries finds how many members an archive says it has. It reports
// false where it finds no end record; archive/zip then finds none either.
func claimedEntries(r io.ReaderAt, size int64) (uint64, bool) {
	end, at, ok := findEnd(r, size)
	if !ok {
		return 0, false
	}
	n := uint64(binary.LittleEndian.Uint16(end[10:]))
	n64, ok := claimedEntries64(r, at)
	if ok {
		// archive/zip follows the zip64 record only where a field of the short
		// record is full. Taking the larger number refuses both readings.
		return max(n, n64), true
	}
	return n, true
}

// findEnd looks for the last end record as archive/zip does: in the last
// kilobyte, then in the last 65. It returns the record and its offset.
func findEnd(r io.ReaderAt, size int64) ([]byte, int64, bool) {
	for _, n := range []int64{1024, endSearchBytes} {
		n = min(n, size)
		buf := make([]byte, n)
		if _, err := r.ReadAt(buf, size-n); err != nil && err != io.EOF {
			return nil, 0, false
		}
		for i := len(buf) - endBytes; i >= 0; i-- {
			if binary.LittleEndian.Uint32(buf[i:]) == endSignature {
				return buf[i : i+endBytes], size - n + int64(i), true
			}
		}
	}
	return nil, 0, false
}

// claimedEntries64 reads the number of members from the zip64 end record whose
// locator stands right before the end record at offset at.
func claimedEntries64(r io.ReaderAt, at int64) (uint64, bool) {
	loc := make([]byte, end64LocatorSize)
	if at < end64LocatorSize {
		return 0, false
	}
	if _, err := r.ReadAt(loc, at-end64LocatorSize); err != nil {
		return 0, false
	}
	if binary.LittleEndian.Uint32(loc) != end64Locator {
		return 0, false
	}
	off := binary.LittleEndian.Uint64(loc[8:])
	if off > uint64(at) {
		return 0, false
	}
	end := make([]byte, end64Bytes)
	if _, err := r.ReadAt(end, int64(off)); err != nil {
		return 0, false
	}
	if binary.LittleEndian.Uint32(end) != end64Signature {
		return 0, false
	}
	return binary.LittleEndian.Uint64(end[32:]), true
}

// checkOverlap refuses archives whose members share bytes. That is how a few
// megabytes are made to hold petabytes without any container in a container
// (Fifield, "A better zip bomb", WOOT 2019).
func checkOverlap(files []*zip.File, size int64) error {
	type span struct {
		from, to int64
		name     string
	}
	spans := make([]span, 0, len(files))
	for _, f := range files {
		if f.CompressedSize64 == 0 {
			continue
		}
		from, err := f.DataOffset()
		if err != nil {
			return wrap(ErrMalformed, f.Name, err.Error())
		}
		if from < 0 || from > size || f.CompressedSize64 > uint64(size-from) {
			return wrap(ErrMalformed, f.Name, "reaches beyond the end of the archive")
		}
		spans = append(spans, span{from, from + int64(f.CompressedSize64), f.Name})
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	for i := 1; i < len(spans); i++ {
		if spans[i].from < spans[i-1].to {
			return wrap(ErrMalformed, spans[i].name, "shares bytes with another entry")
		}
	}
	return nil
}
