package edtf

import (
	"encoding/csv"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// texts are the dates whose wording is kept in testdata/text.tsv.
var texts = []string{
	"", "2001", "2001-06", "2001-06-12", "0001", "0000", "-0499", "-0499-03", "Y170000002", "Y-170000002", "1950S2", "1950S4",
	"1985-04-12T23:20:30", "1985-04-12T23:20:30Z", "1985-04-12T23:20:30+04:30", "1985-04-12T23:20:30-04",
	"2001-21", "2001-22", "2001-24", "2001-26", "2001-30", "2001-33", "2001-38", "2001-40", "2001-41",
	"199X", "190X", "19XX", "1XXX", "-199X", "2004-XX", "1985-04-XX", "1985-XX-XX", "1984-1X", "156X-12-25", "2001-XX-12", "2001-02-2X",
	"XXXX-06", "XXXX-06-12", "XXXX-06-XX", "XXXX-22", "XXXX", "XXXX-XX", "XXXX-XX-XX", "XXXX-XX-12", "XX9X", "XX01-06", "XXXX-1X",
	"2001-10-09~", "2001-06?", "2001%", "2004-06~-11", "2004?-06-~11", "2004-06-%11", "196X~", "XXXX-06~",
	"2001-03/2001-06", "2001-03/2002-06", "2001-06-12/2001-06-15", "2001-06-28/2001-07-03", "1998/2001", "2000-04/..", "2000-04/",
	"../2001-07", "/2001-07", "XXXX-03/XXXX-06", "XXXX-06-12/XXXX-06-15", "2001-03~/2001-06?", "2000-04/XXXX-07",
	"[2001-07-21..2001-07-31]", "[2001-03..2001-06]", "[XXXX-07-21..XXXX-07-31]", "[1996-08..2001-08]", "[..2001-06]", "[2001-06-13..]",
	"[2001-06-12,2001-12-06]", "[1667,1668,1670..1672]", "{2001-06,2001-07}", "{..1983,1985}", "{1980..1983,1985}",
}

func TestText(t *testing.T) {
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma = '\t'
	for _, s := range texts {
		var d Date
		if s != "" {
			d = MustParse(s)
		}
		if err := w.Write([]string{s, d.Text(English), d.Text(Korean), d.Text(Chinese)}); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	golden(t, "text.tsv", b.String())
}

// golden compares with a file in testdata, or writes it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s differs (go test -update rewrites it):\n%s", name, diff)
	}
}

func TestTextUnknownLanguage(t *testing.T) {
	if got := MustParse("2001-06").Text("xx"); got != "June 2001" {
		t.Errorf("got %q", got)
	}
}
