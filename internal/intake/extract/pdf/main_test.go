package pdf

import (
	"os"
	"testing"
)

// TestMain lets the test binary be a child of itself, as main does.
func TestMain(m *testing.M) {
	ChildMain()
	if len(os.Args) == 2 && (os.Args[1] == probeArgument || os.Args[1] == freeArgument) {
		os.Exit(probe(os.Args[1] == probeArgument))
	}
	os.Exit(m.Run())
}
