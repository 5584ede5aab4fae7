// Package fault holds the six kinds of error that Asylon knows, and the one
// table that turns each kind into an HTTP status and an exit code.
//
// A fault carries a sentence for the person at the screen. What lies beneath
// (a driver's message, a path) stays in the wrapped error and goes to the log
// only. Any error that is not a fault is an internal error: the user is told
// so, with an incident number, and nothing else.
//
//	return fault.Invalid("row 12, column \"date\": %q is not a date; write it like 2001-06", s)
package fault

import (
	"errors"
	"fmt"
	"net/http"
)

// Kind is one of the six kinds of error.
type Kind int

// The six kinds. Internal is what an error is when it is none of them.
const (
	KindInternal    Kind = iota // a defect of ours
	KindInvalid                 // the input is wrong; the sentence says what, where, and what to do
	KindNotFound                // it does not exist, or it is not yours: the two look the same
	KindForbidden               // the actor may not do this, or the store is locked
	KindConflict                // somebody or something else got there first
	KindUnavailable             // it cannot be done now: disk full, database away, folder held by another process
	KindCorrupt                 // stored bytes are not what was stored
)

// table is the only place where kinds meet the outside.
var table = map[Kind]struct {
	name   string
	status int
	exit   int
}{
	KindInternal:    {"internal", http.StatusInternalServerError, 7},
	KindInvalid:     {"invalid", http.StatusUnprocessableEntity, 3},
	KindNotFound:    {"not found", http.StatusNotFound, 4},
	KindForbidden:   {"forbidden", http.StatusForbidden, 5},
	KindConflict:    {"conflict", http.StatusConflict, 6},
	KindUnavailable: {"unavailable", http.StatusServiceUnavailable, 7},
	KindCorrupt:     {"corrupt", http.StatusInternalServerError, 8},
}

// Exit codes that no fault stands for.
const (
	ExitDone  = 0 // everything asked for was done
	ExitFound = 1 // a check found something wrong
	ExitUsage = 2 // the command line itself is wrong
)

// String names the kind, as in "not found".
func (k Kind) String() string { return table[k].name }

// Status is the HTTP status the kind is answered with.
func (k Kind) Status() int { return table[k].status }

// Exit is the process exit code of the kind.
func (k Kind) Exit() int { return table[k].exit }

// Error is a fault: a kind, a sentence for the user, and perhaps a cause for
// the log.
type Error struct {
	Kind  Kind
	Text  string // a whole sentence without a final full stop, safe to show
	Cause error  // never shown to a user
}

// Error returns the sentence and the cause, for logs and tests.
func (e *Error) Error() string {
	if e.Cause == nil {
		return e.Text
	}
	return e.Text + ": " + e.Cause.Error()
}

// Unwrap gives errors.Is and errors.As the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Invalid says that the input is wrong. The sentence names what, where, and
// what to do.
func Invalid(format string, args ...any) error { return build(KindInvalid, format, args) }

// NotFound says that there is no such thing for this actor.
func NotFound(format string, args ...any) error { return build(KindNotFound, format, args) }

// Forbidden says that this actor may not do this.
func Forbidden(format string, args ...any) error { return build(KindForbidden, format, args) }

// Conflict says that the state changed underneath, or the thing exists already.
func Conflict(format string, args ...any) error { return build(KindConflict, format, args) }

// Unavailable says that it cannot be done now but may be later.
func Unavailable(format string, args ...any) error { return build(KindUnavailable, format, args) }

// Corrupt says that stored bytes are damaged, and names which.
func Corrupt(format string, args ...any) error { return build(KindCorrupt, format, args) }

// build formats the sentence. An argument under %w becomes the hidden cause
// in full and its text is part of the sentence only if it is a fault itself;
// to hide a cause altogether use Wrap.
func build(k Kind, format string, args []any) error {
	err := fmt.Errorf(format, args...)
	return &Error{Kind: k, Text: err.Error(), Cause: errors.Unwrap(err)}
}

// Wrap gives a cause a kind and a sentence; the cause is for the log only.
func Wrap(k Kind, cause error, text string) error {
	return &Error{Kind: k, Text: text, Cause: cause}
}

// KindOf finds the outermost fault in an error chain; an error without one is
// KindInternal. KindOf(nil) is KindInternal too and should not be asked.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return KindInternal
}

// Is tells whether err is a fault of kind k.
func Is(err error, k Kind) bool { return err != nil && KindOf(err) == k }

// Sentence is what a user may be shown of err: the fault's own sentence, or
// an empty string where err is internal.
func Sentence(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Text
	}
	return ""
}
