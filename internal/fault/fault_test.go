package fault

import (
	"errors"
	"fmt"
	"testing"
)

func TestKindsAreDistinctOutside(t *testing.T) {
	want := map[Kind]struct{ status, exit int }{
		KindInvalid: {422, 3}, KindNotFound: {404, 4}, KindForbidden: {403, 5},
		KindConflict: {409, 6}, KindUnavailable: {503, 7}, KindCorrupt: {500, 8},
	}
	for k, w := range want {
		if k.Status() != w.status || k.Exit() != w.exit {
			t.Errorf("%v: status %d exit %d, want %d %d", k, k.Status(), k.Exit(), w.status, w.exit)
		}
	}
}

func TestKindSurvivesWrapping(t *testing.T) {
	inner := NotFound("no act %s", "A-7")
	err := fmt.Errorf("open act: %w", fmt.Errorf("load: %w", inner))
	if !Is(err, KindNotFound) {
		t.Fatalf("kind of %v is %v", err, KindOf(err))
	}
	if got := Sentence(err); got != "no act A-7" {
		t.Errorf("sentence %q", got)
	}
}

func TestCauseIsNotInTheSentence(t *testing.T) {
	cause := errors.New("open /secret/path: permission denied")
	err := Wrap(KindUnavailable, cause, "the folder cannot be opened")
	if got := Sentence(err); got != "the folder cannot be opened" {
		t.Errorf("sentence shows the cause: %q", got)
	}
	if !errors.Is(err, cause) {
		t.Error("cause is lost for the log")
	}
	if Sentence(cause) != "" || KindOf(cause) != KindInternal {
		t.Error("a plain error must be internal and silent")
	}
}
