package print

import (
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
	"io"
	"sync"
)

//go:embed fonts/*.ttf.gz
var fontFiles embed.FS

// face is one font file, read when the first character needs it.
type face struct {
	name string
	load func() (*sfnt, error)
}

func newFace(name string) *face {
	return &face{name, sync.OnceValues(func() (*sfnt, error) {
		raw, err := fontFiles.ReadFile("fonts/" + name + ".ttf.gz")
		if err != nil {
			return nil, fmt.Errorf("read font %s: %w", name, err)
		}
		z, err := gzip.NewReader(bytes.NewReader(raw))
		if err != nil {
			return nil, fmt.Errorf("unpack font %s: %w", name, err)
		}
		data, err := io.ReadAll(z)
		if err != nil {
			return nil, fmt.Errorf("unpack font %s: %w", name, err)
		}
		f, err := parseFont(data)
		if err != nil {
			return nil, fmt.Errorf("read font %s: %w", name, err)
		}
		return f, nil
	})}
}

// family is the faces of some scripts. Without a bold face, bold is drawn with
// a stroke round the letters; without an italic one, emphasis becomes bold,
// as is the custom where letters do not slant.
type family struct {
	regular, bold, italic *face
	ranges                [][2]rune
}

// families are tried in order; the ranges only spare loading a large font for
// nothing, the font itself has the last word.
var families = []family{
	{newFace("NotoSans-Regular"), newFace("NotoSans-Bold"), newFace("NotoSans-Italic"),
		[][2]rune{{0x20, 0x5FF}, {0x1E00, 0x2BFF}, {0xFB00, 0xFB06}, {0xFFFD, 0xFFFD}}},
	{newFace("NotoSansArabic-Regular"), newFace("NotoSansArabic-Bold"), nil,
		[][2]rune{{0x600, 0x77F}, {0xFB50, 0xFDFF}, {0xFE70, 0xFEFC}}},
	{newFace("NotoSansHebrew-Regular"), newFace("NotoSansHebrew-Bold"), nil, [][2]rune{{0x590, 0x5FF}, {0xFB1D, 0xFB4F}}},
	{newFace("NotoSansThai-Regular"), newFace("NotoSansThai-Bold"), nil, [][2]rune{{0xE00, 0xE7F}}},
	{newFace("NotoSansLao-Regular"), newFace("NotoSansLao-Bold"), nil, [][2]rune{{0xE80, 0xEFF}}},
	{newFace("AsylonHangul-Regular"), newFace("AsylonHangul-Bold"), nil,
		[][2]rune{{0x1100, 0x11FF}, {0x3130, 0x318F}, {0x3200, 0x321E}, {0x3260, 0x327F}, {0xA960, 0xA97C}, {0xAC00, 0xD7A3}}},
	{newFace("DejaVuSans"), nil, nil, [][2]rune{{0x203B, 0x203B}, {0x2190, 0x27BF}}},
	{newFace("DroidSansFallbackFull"), nil, nil, [][2]rune{{0x2E80, 0x9FFF}, {0xF900, 0xFAFF}, {0xFE30, 0xFFEF}}},
}

// drawn says with which face a character is drawn.
type drawn struct {
	face    *face
	advance int  // thousandths of an em
	stroke  bool // heavier by a stroke round the letter
}

// choose finds the face for a character; ok is false if no font has it.
func choose(r rune, bold, italic bool) (d drawn, ok bool, err error) {
	for _, fam := range families {
		if !fam.covers(r) {
			continue
		}
		f, stroke := fam.regular, false
		switch {
		case italic && !bold && fam.italic != nil:
			f = fam.italic
		case bold || italic:
			if f = fam.bold; f == nil {
				f, stroke = fam.regular, true
			}
		}
		font, err := f.load()
		if err != nil {
			return drawn{}, false, err
		}
		if font.glyph(r) != 0 {
			return drawn{f, font.advance(r), stroke}, true, nil
		}
	}
	return drawn{}, false, nil
}

func (f family) covers(r rune) bool {
	for _, rg := range f.ranges {
		if rg[0] <= r && r <= rg[1] {
			return true
		}
	}
	return false
}
