package print

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// sfnt is what the layout needs of a TrueType font: which characters it has
// and how wide they are. It reads our own embedded fonts, not strangers', but
// answers a broken one with an error rather than a panic.
type sfnt struct {
	data     []byte
	cmap     []byte // a subtable of format 4
	hmtx     []byte
	loca     []byte
	glyf     []byte
	metrics  int // number of advances in hmtx
	perEm    int
	segments int
	longLoca bool
}

var errFont = errors.New("font is damaged")

// parseFont reads the tables of a font.
func parseFont(data []byte) (*sfnt, error) {
	f := &sfnt{data: data}
	head, err := f.table("head", 54)
	if err != nil {
		return nil, err
	}
	f.perEm = int(binary.BigEndian.Uint16(head[18:]))
	hhea, err := f.table("hhea", 36)
	if err != nil {
		return nil, err
	}
	f.metrics = int(binary.BigEndian.Uint16(hhea[34:]))
	if f.hmtx, err = f.table("hmtx", 4*f.metrics); err != nil {
		return nil, err
	}
	cmap, err := f.table("cmap", 4)
	if err != nil {
		return nil, err
	}
	if f.loca, err = f.table("loca", 4); err != nil {
		return nil, err
	}
	if f.glyf, err = f.table("glyf", 0); err != nil {
		return nil, err
	}
	f.longLoca = binary.BigEndian.Uint16(head[50:]) == 1
	if f.perEm == 0 || f.metrics == 0 {
		return nil, errFont
	}
	return f, f.chooseCmap(cmap)
}

// table finds a table by name and checks that it has at least min bytes.
func (f *sfnt) table(name string, min int) ([]byte, error) {
	if len(f.data) < 12 {
		return nil, errFont
	}
	n := int(binary.BigEndian.Uint16(f.data[4:]))
	for i := range n {
		at := 12 + 16*i
		if at+16 > len(f.data) {
			break
		}
		if string(f.data[at:at+4]) != name {
			continue
		}
		start, size := int(binary.BigEndian.Uint32(f.data[at+8:])), int(binary.BigEndian.Uint32(f.data[at+12:]))
		if size < min || start+size > len(f.data) {
			return nil, fmt.Errorf("table %s: %w", name, errFont)
		}
		return f.data[start : start+size], nil
	}
	return nil, fmt.Errorf("table %s is missing: %w", name, errFont)
}

// chooseCmap takes the subtable for the basic plane of Unicode (platform 3,
// encoding 1, format 4), the only one the PDF writer reads.
func (f *sfnt) chooseCmap(cmap []byte) error {
	n := int(binary.BigEndian.Uint16(cmap[2:]))
	for i := range n {
		at := 4 + 8*i
		if at+8 > len(cmap) {
			break
		}
		if binary.BigEndian.Uint16(cmap[at:]) != 3 || binary.BigEndian.Uint16(cmap[at+2:]) != 1 {
			continue
		}
		start := int(binary.BigEndian.Uint32(cmap[at+4:]))
		if start+14 > len(cmap) || binary.BigEndian.Uint16(cmap[start:]) != 4 {
			continue
		}
		f.cmap = cmap[start:]
		f.segments = int(binary.BigEndian.Uint16(f.cmap[6:])) / 2
		if 16+8*f.segments > len(f.cmap) {
			return errFont
		}
		return nil
	}
	return fmt.Errorf("no character map of format 4: %w", errFont)
}

// glyph returns the glyph of a character, 0 if the font has none.
func (f *sfnt) glyph(r rune) int {
	if r < 0 || r > 0xFFFF {
		return 0
	}
	n := f.segments
	u16 := func(at int) int {
		if at+2 > len(f.cmap) {
			return 0
		}
		return int(binary.BigEndian.Uint16(f.cmap[at:]))
	}
	// Segments lie in order of their ends; find the first that ends at r or
	// later. Arrays: ends, a pad, starts, deltas, offsets.
	low, high := 0, n
	for low < high {
		mid := (low + high) / 2
		if u16(14+2*mid) < int(r) {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low == n || u16(16+2*n+2*low) > int(r) {
		return 0
	}
	delta, offset := u16(16+4*n+2*low), u16(16+6*n+2*low)
	if offset == 0 {
		return (int(r) + delta) & 0xFFFF
	}
	g := u16(16 + 6*n + 2*low + offset + 2*(int(r)-u16(16+2*n+2*low)))
	if g == 0 {
		return 0
	}
	return (g + delta) & 0xFFFF
}

// advance returns the width of a character in thousandths of an em, rounded
// as the PDF writer rounds it.
func (f *sfnt) advance(r rune) int {
	g := min(f.glyph(r), f.metrics-1)
	w := int(binary.BigEndian.Uint16(f.hmtx[4*g:]))
	return (w*1000 + f.perEm/2) / f.perEm
}

// bounds returns how far a character's picture reaches to the left and right
// of its origin, in thousandths of an em; both are 0 if it has none.
func (f *sfnt) bounds(r rune) (left, right int) {
	g := f.glyph(r)
	at, size := 2*g, 2
	if f.longLoca {
		at, size = 4*g, 4
	}
	if at+2*size > len(f.loca) {
		return 0, 0
	}
	start, end := 2*int(binary.BigEndian.Uint16(f.loca[at:])), 2*int(binary.BigEndian.Uint16(f.loca[at+size:]))
	if f.longLoca {
		start, end = int(binary.BigEndian.Uint32(f.loca[at:])), int(binary.BigEndian.Uint32(f.loca[at+size:]))
	}
	if start == end || start+10 > len(f.glyf) {
		return 0, 0
	}
	xMin := int(int16(binary.BigEndian.Uint16(f.glyf[start+2:])))
	xMax := int(int16(binary.BigEndian.Uint16(f.glyf[start+6:])))
	return xMin * 1000 / f.perEm, xMax * 1000 / f.perEm
}
