package extract

import "unicode/utf16"

// utf16le encodes text in UTF-16, the low byte first, without a mark.
func utf16le(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}
