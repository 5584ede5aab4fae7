package pdf

import (
	"os"
	"testing"
)

// TestMain lets the test binary be a child of itself, as main does.
func TestMain(m *testing.M) {
	ChildMain()
	if len(os.Args) == 2 && os.Args[1] == probeArgument {
		os.Exit(probe())
	}
	os.Exit(m.Run())
}
