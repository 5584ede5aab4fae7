package extract

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"

	"asylon/internal/fault"
)

// decoded is text in UTF-8 and how it was found out.
type decoded struct {
	text     string
	encoding string // its name in the WHATWG Encoding Standard, or one of the few below
	guessed  bool
	warnings []string
}

// Names of encodings that the WHATWG standard leaves out.
const (
	nameUTF8   = "utf-8"
	nameUTF16L = "utf-16le"
	nameUTF16B = "utf-16be"
	nameUTF32L = "utf-32le"
	nameUTF32B = "utf-32be"
	nameISOKR  = "iso-2022-kr"
	nameISOJP  = "iso-2022-jp"
	nameHZ     = "hz-gb-2312"
)

// aliases are names that mail programs and word processors use besides those
// that htmlindex knows.
var aliases = map[string]string{
	"cp949": "euc-kr", "ms949": "euc-kr", "uhc": "euc-kr", "x-windows-949": "euc-kr", "ks_c_5601": "euc-kr",
	"cp936": "gb18030", "x-gbk": "gb18030", "gbk": "gb18030", "gb2312": "gb18030", "euc-cn": "gb18030",
	"cp932": "shift_jis", "cp950": "big5", "hz": nameHZ, "utf-16": nameUTF16L, "utf16": nameUTF16L,
	"utf-32": nameUTF32L, "utf8": nameUTF8, "ansi": "windows-1252", "cp1252": "windows-1252", "cp1251": "windows-1251",
}

// lookup finds an encoding by any of its names and returns its canonical one.
func lookup(label string) (encoding.Encoding, string, bool) {
	name := strings.ToLower(strings.TrimSpace(label))
	if a, ok := aliases[name]; ok {
		name = a
	}
	switch name {
	case nameUTF8:
		return unicode.UTF8, name, true
	case nameUTF16L:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), name, true
	case nameUTF16B:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), name, true
	case nameUTF32L:
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), name, true
	case nameUTF32B:
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), name, true
	case nameHZ:
		return simplifiedchinese.HZGB2312, name, true
	case nameISOKR:
		return isoKR{}, name, true
	}
	e, err := htmlindex.Get(name)
	if err != nil {
		return nil, "", false
	}
	canonical, err := htmlindex.Name(e)
	if err != nil || canonical == "replacement" {
		return nil, "", false
	}
	return e, canonical, true
}

// byMark finds the encoding that a byte order mark states (Unicode Standard,
// 23.8), and the length of the mark.
func byMark(b []byte) (name string, length int) {
	switch {
	case bytes.HasPrefix(b, []byte{0xEF, 0xBB, 0xBF}):
		return nameUTF8, 3
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE, 0, 0}):
		return nameUTF32L, 4
	case bytes.HasPrefix(b, []byte{0, 0, 0xFE, 0xFF}):
		return nameUTF32B, 4
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}):
		return nameUTF16L, 2
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		return nameUTF16B, 2
	}
	return "", 0
}

// decodeText turns the bytes of a text into UTF-8. The caller's word counts
// most, then a byte order mark, then what the document states (a header, a meta
// element), then whether the bytes are valid UTF-8; beyond that it is a guess.
func decodeText(data []byte, override, stated string) (decoded, error) {
	if override != "" {
		if err := knownEncoding(override); err != nil {
			return decoded{}, err
		}
		e, name, _ := lookup(override)
		if _, mark := byMark(data); strings.HasPrefix(name, "utf-") {
			data = data[mark:]
		}
		return decodeAs(data, e, name), nil
	}
	if name, mark := byMark(data); name != "" {
		e, _, _ := lookup(name)
		return decodeAs(data[mark:], e, name), nil
	}
	if e, name, ok := lookup(stated); ok && stated != "" {
		d := decodeAs(data, e, name)
		// Pages that state one encoding and are in another are common, and
		// UTF-8 hardly ever arises by chance.
		if name != nameUTF8 && len(d.warnings) > 0 && utf8.Valid(data) {
			d = decoded{text: string(data), encoding: nameUTF8, guessed: true}
			d.warnings = append(d.warnings, fmt.Sprintf("the document says it is in %s, but it is valid UTF-8 and was read as that", name))
		}
		return d, nil
	}
	name, guessed := guess(data)
	e, _, _ := lookup(name)
	d := decodeAs(data, e, name)
	d.guessed = guessed
	return d, nil
}

// knownEncoding says so where an encoding that a user named does not exist.
func knownEncoding(label string) error {
	if _, _, ok := lookup(label); ok || label == "" {
		return nil
	}
	return fault.Wrap(fault.KindInvalid, ErrEncoding, fmt.Sprintf(
		"there is no text encoding %q; use a name such as utf-8, euc-kr, gb18030, big5, shift_jis or windows-1252", OneLine(label, 40)))
}

// decodeAs decodes data and counts what does not belong to the encoding.
func decodeAs(data []byte, e encoding.Encoding, name string) decoded {
	d := decoded{encoding: name}
	if name == nameUTF8 {
		d.text = string(data)
		if !utf8.Valid(data) {
			d.text = strings.ToValidUTF8(d.text, "\uFFFD")
		}
	} else {
		// Decoders of x/text replace what they cannot decode and do not fail.
		out, err := e.NewDecoder().Bytes(data)
		if err != nil {
			out = append(out, "\uFFFD"...)
		}
		d.text = string(out)
	}
	if bad := strings.Count(d.text, "\uFFFD"); bad > 0 && bad != bytes.Count(data, []byte("\uFFFD")) {
		d.warnings = append(d.warnings, fmt.Sprintf(
			"%d places do not fit the text encoding %s and are shown as \uFFFD; if the text looks wrong, choose another encoding", bad, name))
	}
	return d
}

// decodeHead decodes the start of a file well enough to see what it is.
func decodeHead(head []byte, override string) (string, error) {
	if name, mark := byMark(head); override == "" && name == "" && utf8.Valid(trimPartial(head)) {
		return string(head[mark:]), nil
	}
	d, err := decodeText(head, override, "")
	return d.text, err
}

// trimPartial drops a character that the end of a sample cuts in two.
func trimPartial(b []byte) []byte {
	for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
		if c := b[len(b)-i]; utf8.RuneStart(c) {
			if !utf8.FullRune(b[len(b)-i:]) {
				return b[:len(b)-i]
			}
			break
		}
	}
	return b
}

// isoKR is ISO-2022-KR (RFC 1557), which old Korean mail is in and x/text does
// not know: EUC-KR in seven bits between shift out and shift in.
type isoKR struct{}

func (isoKR) NewDecoder() *encoding.Decoder {
	euckr, _, _ := lookup("euc-kr")
	return &encoding.Decoder{Transformer: transform.Chain(&isoKRShift{}, euckr.NewDecoder())}
}

// NewEncoder is never used here: text is only read.
func (isoKR) NewEncoder() *encoding.Encoder { return &encoding.Encoder{Transformer: transform.Nop} }

// isoKRShift turns ISO-2022-KR into EUC-KR.
type isoKRShift struct{ out bool }

func (s *isoKRShift) Reset() { s.out = false }

func (s *isoKRShift) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		c := src[nSrc]
		switch {
		case c == 0x1B && len(src)-nSrc < 4 && !atEOF:
			return nDst, nSrc, transform.ErrShortSrc
		case bytes.HasPrefix(src[nSrc:], []byte("\x1b$)C")):
			nSrc += 4
			continue
		case c == 0x0E || c == 0x0F:
			s.out = c == 0x0E
			nSrc++
			continue
		case c == '\n':
			s.out = false // the standard returns to ASCII at each line end
		}
		if nDst == len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		if s.out && c > 0x20 {
			c |= 0x80
		}
		dst[nDst] = c
		nDst++
		nSrc++
	}
	return nDst, nSrc, nil
}
