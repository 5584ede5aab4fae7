package web

import (
	"testing"

	"asylon/internal/figure"
	"asylon/internal/resolve"
)

// TestFigureWords demands that everything a figure can say has a text in
// every language of the interface.
func TestFigureWords(t *testing.T) {
	c, err := loadCatalogs()
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, k := range []resolve.WarningKind{resolve.WarnConflict, resolve.WarnOverlap, resolve.WarnUndated, resolve.WarnUnplaced, resolve.WarnNoNumber,
		resolve.WarnRate, resolve.WarnOtherUnit, resolve.WarnDisputed, resolve.WarnDenied, resolve.WarnDuplicates} {
		keys = append(keys, "figure.warn."+string(k))
	}
	for _, u := range figure.Units() {
		keys = append(keys, "figure.unit."+string(u))
	}
	for _, b := range []resolve.By{resolve.ByMonth, resolve.ByPlace, resolve.ByAct, resolve.BySource} {
		keys = append(keys, "figure.by."+string(b))
	}
	keys = append(keys, "figure.match."+resolve.Certainly.String(), "figure.match."+resolve.Possibly.String(), "figure.method."+resolve.Method, "done.figure")
	for _, lang := range []string{"en", "ko"} {
		for _, k := range keys {
			if c.texts[lang][k] == "" {
				t.Errorf("%s: %q has no text", lang, k)
			}
		}
	}
}
