package blob

import (
	"crypto/rand"
	"encoding/base32"
	"log/slog"
	"path/filepath"
	"strings"
)

// A Name is the random name of a blob: 32 characters of a–z and 2–7, 160 bits.
// It says nothing of the content and is safe to log.
type Name string

// A Key is the secret that opens one blob: an age identity as text
// ("AGE-SECRET-KEY-PQ-1…"). It prints as a placeholder, lest it end in a log;
// string(key) gives the secret.
type Key string

// String hides the secret.
func (Key) String() string { return "[key]" }

// LogValue hides the secret from structured logs, which would marshal it.
func (Key) LogValue() slog.Value { return slog.StringValue("[key]") }

// GoString hides the secret from %#v.
func (Key) GoString() string { return "[key]" }

const (
	nameLen  = 32
	suffix   = ".age"
	alphabet = "abcdefghijklmnopqrstuvwxyz234567"
)

// newName draws a name. Lower case only: some file systems fold case.
func newName() Name {
	var random [nameLen * 5 / 8]byte
	// Read never fails: it ends the program rather than give weak randomness.
	_, _ = rand.Read(random[:])
	return Name(base32.NewEncoding(alphabet).EncodeToString(random[:]))
}

// valid reports whether a name is one that newName can draw. It is what keeps a
// Ref from elsewhere inside the folder.
func (n Name) valid() bool {
	return len(n) == nameLen && strings.Trim(string(n), alphabet) == ""
}

// folders returns the two folders in which the file lies, outer first. With one
// character for each there are 1,024, a hundred files in each at a hundred
// thousand.
func (n Name) folders() (outer, inner string) {
	return string(n[:1]), filepath.Join(string(n[:1]), string(n[1:2]))
}

// path returns where the file lies.
func (n Name) path() string {
	_, inner := n.folders()
	return filepath.Join(inner, string(n)+suffix)
}
