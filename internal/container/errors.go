package container

import (
	"errors"
	"fmt"
)

// The reasons besides limits for which a container or a part of it is refused.
// Every error of this package is an [*Error] with one of them, a [*LimitError],
// or an error of the underlying reader. The first two are faults of the kind
// invalid, with a sentence for the person who brought the file.
var (
	// ErrMalformed means that the bytes do not follow the format, or that a
	// checksum in them does not match.
	ErrMalformed = errors.New("not a well-formed container")
	// ErrUnsafeName means that a member's name points outside the container,
	// holds control characters, or stands there twice.
	ErrUnsafeName = errors.New("unsafe name in the container")
	// ErrEncrypted means that a member is protected by a password.
	ErrEncrypted = errors.New("protected by a password")
	// ErrMethod means that a member is compressed or encoded in a way not read
	// here.
	ErrMethod = errors.New("compressed or encoded by a method that is not supported")
	// ErrNoEntry means that the container has no member of that name.
	ErrNoEntry = errors.New("no such entry in the container")
)

// An Error says why a container, or a member of it, is refused.
type Error struct {
	Reason error  // one of the Err variables
	Where  string // the member, part or record; empty for the whole container
	Detail string // what was found there
}

// Error describes the problem in one sentence.
func (e *Error) Error() string {
	if e.Where == "" {
		return fmt.Sprintf("%v: %s", e.Reason, e.Detail)
	}
	return fmt.Sprintf("%v: %q: %s", e.Reason, e.Where, e.Detail)
}

// Unwrap gives the reason to [errors.Is].
func (e *Error) Unwrap() error { return e.Reason }

// As lets package fault see the error as invalid input with its sentence.
func (e *Error) As(target any) bool { return asFault(target, e) }

// wrap gives a reason its place and a detail.
func wrap(reason error, where, detail string) error {
	return &Error{Reason: reason, Where: where, Detail: detail}
}
