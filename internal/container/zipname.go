package container

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// cleanZipName turns the name of a member as the archive spells it into the
// name used here: UTF-8, with forward slashes. It refuses a name that could
// step outside a folder or hide what it is when shown.
func cleanZipName(raw string, lim Limits) (string, error) {
	if raw == "" {
		return "", wrap(ErrUnsafeName, "", "an entry has no name")
	}
	if len(raw) > lim.NameBytes {
		return "", &LimitError{Limit: LimitName, Max: int64(lim.NameBytes), Got: int64(len(raw)), Where: firstBytes(raw)}
	}
	name := raw
	if !utf8.ValidString(raw) {
		// APPNOTE.TXT 6.3.10, appendix D: without the UTF-8 flag a name is in
		// code page 437. Archives from Korean or Chinese systems break that
		// rule, but every byte has a place in this code page, so names stay
		// distinct and a caller that knows better can decode Entry.RawName.
		decoded, err := charmap.CodePage437.NewDecoder().String(raw)
		if err != nil {
			return "", wrap(ErrUnsafeName, "", "an entry's name is not text")
		}
		name = decoded
	}
	// Old archivers on Windows wrote backslashes; to a reader there they
	// separate as a slash does, so they must be judged as if they did.
	name = strings.ReplaceAll(name, `\`, "/")
	if strings.HasPrefix(name, "/") {
		return "", wrap(ErrUnsafeName, name, "an absolute path")
	}
	if len(name) >= 2 && name[1] == ':' {
		return "", wrap(ErrUnsafeName, name, "a path with a drive letter")
	}
	for _, r := range name {
		// Cf holds the direction overrides with which "gpj.exe" is made to
		// read "exe.jpg".
		if unicode.In(r, unicode.Cc, unicode.Cf) {
			return "", wrap(ErrUnsafeName, name, "control characters")
		}
	}
	for part := range strings.SplitSeq(strings.TrimSuffix(name, "/"), "/") {
		switch part {
		case "..":
			return "", wrap(ErrUnsafeName, name, "steps outside the archive")
		case "", ".":
			return "", wrap(ErrUnsafeName, name, "an empty path element")
		}
	}
	return name, nil
}

// firstBytes shortens text from a file that is too long to be shown whole.
func firstBytes(s string) string {
	const show = 64
	if len(s) <= show {
		return s
	}
	return strings.ToValidUTF8(s[:show], "") + "…"
}
