//go:build !unix

package pdf

import (
	"context"
	"os"
)

// withMemory leaves PDFium's memory to the Go heap on systems whose mappings
// cannot be reserved first and filled later.
func withMemory(ctx context.Context) context.Context { return ctx }

// onlyOurs trusts the folder that the caller chose: it is within the user's
// profile, which is closed to others by the system's own rules.
func onlyOurs(os.FileInfo) bool { return true }
