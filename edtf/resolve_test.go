package edtf

import "testing"

func TestResolve(t *testing.T) {
	tests := []struct {
		in, ref string
		tense   Tense
		want    string
	}{
		{"XXXX-06", "2001-08", Past, "2001-06"},
		{"XXXX-06", "2001-06-15", Past, "2001-06"},
		{"XXXX-06", "2001-05-31", Past, "2000-06"},
		{"XXXX-06", "2001-08", Future, "2002-06"},
		{"XXXX-06", "2001-06", Future, "2001-06"},
		{"XXXX-06", "2001-03", Either, "[2000-06,2001-06]"},
		{"XXXX-06", "2001-06-10", Either, "2001-06"},
		{"XXXX-06", "2001", Past, "[2000-06,2001-06]"},
		{"XXXX-06", "1990/1999", Past, "[1989-06..1999-06]"},
		{"XXXX-06-12", "2001-08", Past, "2001-06-12"},
		{"XXXX-02-29", "2001-08", Past, "2000-02-29"},
		{"XXXX-02-29", "1903-08", Past, "1896-02-29"},
		{"XXXX-06~", "2001-08", Past, "2001-06~"},
		{"XXXX-06?", "2001", Past, "[2000-06?,2001-06?]"},
		{"XXXX-03/XXXX-06", "2001-08", Past, "2001-03/2001-06"},
		{"XXXX-11/XXXX-02", "2001-08", Past, "2000-11/2001-02"},
		{"[XXXX-03..XXXX-06]", "2001-08", Past, "[2001-03..2001-06]"},
		{"[XXXX-03..XXXX-06]", "2001-04-10", Past, "[2000-03..2000-06,2001-03..2001-06]"},
		{"XXXX-03/XXXX-06", "2001", Past, "[2000-03..2001-06]"},
		{"[XXXX-06-12,XXXX-12-06]", "2001-08", Past, "[2000-12-06,2001-06-12]"},
		{"[XXXX-02-21..XXXX-02-29]", "2001-08", Past, "[2001-02-21..2001-02-28]"},
		{"XXXX-22", "2001-08", Past, "2001-22"},
		{"XXXX-24", "2001-08", Past, "[2000-12-01..2001-03-20]"},
		{"XXXX-24", "2001-01", Past, "[2000-12-01..2001-03-20]"},
		// Nothing to go by.
		{"XXXX-06", "", Past, "XXXX-06"},
		{"XXXX-06", "XXXX-08", Past, "XXXX-06"},
		{"XXXX-06", "../2001", Past, "XXXX-06"},
		{"XXXX-XX-XX", "2001-08", Past, "XXXX-XX-XX"},
		{"2001-06", "2005", Past, "2001-06"},
		{"", "2001", Past, ""},
	}
	for _, tt := range tests {
		var d, ref Date
		if tt.in != "" {
			d = MustParse(tt.in)
		}
		if tt.ref != "" {
			ref = MustParse(tt.ref)
		}
		if got := d.Resolve(Reference{Date: ref, Tense: tt.tense}).String(); got != tt.want {
			t.Errorf("%s in %s (%d): got %s, want %s", tt.in, tt.ref, tt.tense, got, tt.want)
		}
	}
}
