package estimate

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadTable(t *testing.T) {
	want := []Cell{{1, 3}, {2, 4}, {3, 5}}
	for _, tt := range []struct{ name, text, count string }{
		{"commas", "A,B,Freq\n1,0,3\n0,1,4\n1,1,5\n", ""},
		{"byte order mark, semicolons, spaces", "\ufeffA; B ;n\r\n1; 0; 3\r\n0;1;4\r\n1;1;5\r\n", ""},
		{"tabs and trailing rows", "A\tB\tcount\n1\t0\t3\n0\t1\t4.0\n1\t1\t5\n\t\t\n", ""},
		{"count first", "people,A,B\n3,1,0\n4,0,1\n5,1,1\n", ""},
		{"count named", "x,A,B\n3,1,0\n4,0,1\n5,1,1\n", "x"},
		{"count in Korean", "A,인원,B\n1,3,0\n0,4,1\n1,5,1\n", ""},
		{"quoted", "\"A\",\"B\",\"Freq\"\n1,0,3\n0,1,4\n1,1,5\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			table, err := ReadTable(strings.NewReader(tt.text), tt.count)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, table.Cells()); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff([]string{"A", "B"}, table.Lists()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadTableErrors(t *testing.T) {
	head := "A,B,Freq\n"
	for _, tt := range []struct {
		name, text, count string
		want              Key
		line              int
	}{
		{"empty", "", "", keyInputNoRows, 0},
		{"heading only", head, "", keyInputNoRows, 0},
		{"not text", "A,B\x00,Freq\n1,0,3\n", "", keyInputNotText, 0},
		{"not UTF-8", "A,B,Freq\n1,0,\xff\n", "", keyInputNotText, 0},
		{"too large", head + strings.Repeat("1,0,3\n", maxFileBytes/6+1), "", keyInputFileSize, 0},
		{"open quote", head + "1,\"0,3\n", "", keyInputQuotes, 2},
		{"ragged", head + "1,0\n", "", keyInputFields, 2},
		{"no such column", head + "1,0,3\n", "people", keyInputNoCount, 1},
		{"a stratum", "A,group,B,Freq\n1,north,0,3\n", "", keyInputNotMark, 2},
		{"how often", "nbcap,Freq\n1,6\n2,4\n", "", keyInputLists, 0},
		{"negative", head + "1,0,-3\n", "", keyInputNegative, 2},
		{"negative fraction", head + "1,0,-0.5\n", "", keyInputNegative, 2},
		{"fraction", head + "1,0,3\n0,1,2.5\n", "", keyInputFraction, 3},
		{"not a number", head + "1,0,many\n", "", keyInputNotNumber, 2},
		{"nan", head + "1,0,NaN\n", "", keyInputNotNumber, 2},
		{"infinite", head + "1,0,Inf\n", "", keyInputTooMany, 2},
		{"10^12", head + "1,0,1000000000000\n", "", keyInputTooMany, 2},
		{"10^30", head + "1,0,1000000000000000000000000000000\n", "", keyInputTooMany, 2},
		{"on no list", head + "1,0,3\n0,0,7\n", "", keyInputZeroPattern, 3},
		{"duplicate", head + "1,0,3\n0,1,2\n1,0,4\n", "", keyInputDuplicateLine, 4},
		{"forty lists", strings.Repeat("L,", 40) + "Freq\n" + strings.Repeat("1,", 40) + "3\n", "", keyInputLists, 0},
		{"two of one name", "A,A,Freq\n1,0,3\n", "", keyInputSameName, 0},
		{"nobody", head + "1,0,0\n", "", keyInputEmpty, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ReadTable(strings.NewReader(tt.text), tt.count)
			var input *InputError
			if !errors.As(err, &input) {
				t.Fatalf("error %v, want an input error", err)
			}
			if input.Message.Key != tt.want || input.Line != tt.line {
				t.Errorf("key %s in line %d, want %s in line %d", input.Message.Key, input.Line, tt.want, tt.line)
			}
		})
	}
}

func TestReadFrequencies(t *testing.T) {
	got, err := ReadFrequencies(strings.NewReader("nbcap,Freq\n1,6\n2,4\n5,2\n"))
	if diff := cmp.Diff(Frequencies{6, 4, 0, 0, 2}, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	for _, bad := range []string{"a,b\n0,3\n", "a,b\n1.5,3\n", "a,b\n1,3\n1,4\n", "a,b\n1,-3\n", "a,b\n1,0\n", "a,b,c\n1,2,3\n", "a,b\n1001,3\n"} {
		var input *InputError
		if _, err := ReadFrequencies(strings.NewReader(bad)); !errors.As(err, &input) {
			t.Errorf("%q: error %v, want an input error", bad, err)
		}
	}
}

// What the reader accepts is a sound table, and it accepts that table again
// when it is written out.
func FuzzReadTable(f *testing.F) {
	for _, s := range []string{
		"A,B,Freq\n1,0,3\n0,1,4\n1,1,5\n", "\ufeffA;B;n\n1;0;3\n", "A\tB\tC\tcount\n1\t1\t0\t2\n", "A,B,Freq\n1,0,1e3\n",
		"A,B,Freq\n\"1\",0,3\n\n\n", "n,A,B\n3,1,0\n", "A,B,Freq\n1,0,-1\n", "A,B,Freq\n1,0,0x10\n", ",,\n1,0,3\n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		table, err := ReadTable(strings.NewReader(text), "")
		if err != nil {
			var input *InputError
			if !errors.As(err, &input) {
				t.Fatalf("error %v is not about the input", err)
			}
			return
		}
		n := 0
		for _, c := range table.Cells() {
			if c.Pattern == 0 || int(c.Pattern) >= 1<<table.P() || c.Count <= 0 {
				t.Fatalf("cell %v", c)
			}
			n += c.Count
		}
		if n != table.N() || n > MaxPeople || table.P() < MinLists || table.P() > MaxLists {
			t.Fatalf("%d people on %d lists", n, table.P())
		}
		again, err := NewTable(table.Lists(), table.Cells())
		if err != nil || cmp.Diff(table.Cells(), again.Cells()) != "" {
			t.Fatalf("the table cannot be made again: %v", err)
		}
	})
}

func FuzzReadFrequencies(f *testing.F) {
	f.Add("nbcap,Freq\n1,6\n2,4\n")
	f.Add("k;n\n3;1\n")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := ReadFrequencies(strings.NewReader(text))
		if err == nil && (got.N() <= 0 || len(got) > maxTimes) {
			t.Fatalf("accepted %v", got)
		}
	})
}
