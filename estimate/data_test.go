package estimate_test

import (
	"os"
	"path/filepath"
	"testing"

	"asylon/estimate"
)

// openData opens a file of the shared tables, or skips the test, saying so.
func openData(t testing.TB, name string) *os.File {
	t.Helper()
	base := os.Getenv("ASYLON_DATA")
	if base == "" {
		base = "../../shared/data"
	}
	f, err := os.Open(filepath.Join(base, "estimation", name+".csv"))
	if err != nil {
		t.Skipf("the shared tables are not there; set ASYLON_DATA: %v", err)
	}
	t.Cleanup(func() {
		// Nothing was written, so closing cannot lose anything.
		_ = f.Close()
	})
	return f
}

func readData(t testing.TB, name string) estimate.Table {
	t.Helper()
	table, err := estimate.ReadTable(openData(t, name), "")
	if err != nil {
		t.Fatalf("read %s: %v", name, err)
	}
	return table
}

// invented is a small table without zero cells that tests may use anywhere.
func invented(t testing.TB) estimate.Table {
	t.Helper()
	table, err := estimate.NewTable([]string{"clinic", "court", "church"}, []estimate.Cell{
		{Pattern: 0b001, Count: 90}, {Pattern: 0b010, Count: 70}, {Pattern: 0b100, Count: 60},
		{Pattern: 0b011, Count: 28}, {Pattern: 0b101, Count: 22}, {Pattern: 0b110, Count: 17}, {Pattern: 0b111, Count: 8},
	})
	if err != nil {
		t.Fatal(err)
	}
	return table
}
