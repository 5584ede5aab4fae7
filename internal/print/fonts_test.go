package print

import (
	"io/fs"
	"testing"
	"unicode"
)

// The embedded fonts must stay small, and each must have its licence beside it.
func TestFontsAreSmallAndLicensed(t *testing.T) {
	var total int64
	entries, err := fs.ReadDir(fontFiles, "fonts")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		total += info.Size()
	}
	if total > 5<<20 {
		t.Errorf("fonts take %d bytes, more than 5 MiB", total)
	}
}

func TestFontsCoverTheirScripts(t *testing.T) {
	has := func(r rune) bool {
		_, ok, err := choose(r, false, false)
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	tests := []struct {
		name        string
		first, last rune
		all         int // how many must be there
	}{
		{"ASCII", 0x21, 0x7E, 94},
		{"Latin-1 and extensions", 0xC0, 0x24F, 400},
		{"Vietnamese and other Latin", 0x1E00, 0x1EFF, 256},
		{"Cyrillic", 0x400, 0x4FF, 256},
		{"Hangul syllables", 0xAC00, 0xD7A3, 11172},
		{"Hanzi", 0x4E00, 0x9FA5, 20902},
		{"kana", 0x3041, 0x3094, 84},
		{"Arabic", 0x621, 0x64A, 36},
		{"Arabic presentation forms", 0xFE80, 0xFEFC, 125},
		{"Hebrew", 0x5D0, 0x5EA, 27},
		{"Thai", 0xE01, 0xE3A, 58},
		{"circled digits", 0x2460, 0x2468, 9},
	}
	for _, tt := range tests {
		n := 0
		for r := tt.first; r <= tt.last; r++ {
			if has(r) {
				n++
			}
		}
		if n < tt.all {
			t.Errorf("%s: %d characters, want %d", tt.name, n, tt.all)
		}
	}
	if has(0x1000) || has(0x20BB7) {
		t.Error("a character of no font is said to be there")
	}
}

func TestStyles(t *testing.T) {
	tests := []struct {
		r            rune
		bold, italic bool
		face         string
		stroke       bool
	}{
		{'a', false, false, "NotoSans-Regular", false},
		{'a', true, false, "NotoSans-Bold", false},
		{'a', false, true, "NotoSans-Italic", false},
		{'a', true, true, "NotoSans-Bold", false},
		{'한', false, true, "AsylonHangul-Bold", false},
		{'中', true, false, "DroidSansFallbackFull", true},
		{'ب', true, false, "NotoSansArabic-Bold", false},
		{'①', false, false, "DejaVuSans", false},
	}
	for _, tt := range tests {
		d, ok, err := choose(tt.r, tt.bold, tt.italic)
		if err != nil || !ok || d.face.name != tt.face || d.stroke != tt.stroke {
			t.Errorf("choose(%c, %v, %v) = %v, %v, %v", tt.r, tt.bold, tt.italic, d, ok, err)
		}
	}
}

func FuzzParseFont(f *testing.F) {
	for _, fam := range families[:4] {
		font, err := fam.regular.load()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(font.data[:min(len(font.data), 4096)])
	}
	f.Add([]byte("\x00\x01\x00\x00\x00\x01"))
	f.Fuzz(func(t *testing.T, data []byte) {
		font, err := parseFont(data)
		if err != nil {
			return
		}
		for _, r := range []rune{0, 'a', 0xFFFF, unicode.MaxRune} {
			font.glyph(r)
			font.advance(r)
			font.bounds(r)
		}
	})
}
