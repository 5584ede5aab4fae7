package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// The committed tables must be what the program makes of the database.
func TestTablesAreCurrent(t *testing.T) {
	const dir = "/usr/share/unicode"
	if _, err := os.Stat(filepath.Join(dir, "Unihan_Readings.txt.bz2")); err != nil {
		t.Skipf("Unihan is not installed (Debian: unicode-data): %v", err)
	}
	db, err := readUnihan(dir)
	if err != nil {
		t.Fatal(err)
	}
	committed, err := os.ReadFile(filepath.Join("..", "..", "names", "tables_han.go"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(committed, []byte("Unihan "+db.version+";")) {
		t.Skipf("the committed tables are of another Unihan than the %s installed here", db.version)
	}
	src, err := generate(dir)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(src, committed) {
		t.Error("names/tables_han.go differs from what gen-names makes; run: go run ./scripts/gen-names")
	}
}

func TestFromYale(t *testing.T) {
	for in, want := range map[string]rune{"LYANG": '량', "YENG": '영', "KIM": '김', "MYEN": '면', "MUL": '물', "HWANG": '황', "CHWI": '취', "XYZ": 0} {
		if got := fromYale(in); got != want {
			t.Errorf("fromYale(%q) = %c, want %c", in, got, want)
		}
	}
}
