package names

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestComparePairs(t *testing.T) {
	in := "\uFEFFleft,note,right\n김영철,a,Kim Yong Chol\n\"Park, Geun-hye\",\"x,y\",박근혜\n,,김영순\n"
	want := `left,note,right,level,weight,same
김영철,a,Kim Yong Chol,compatible spelling,12.38,0.8417
"Park, Geun-hye","x,y",박근혜,compatible spelling,17.88,0.9959
,,김영순,incomparable,0.00,0.0010
`
	var out bytes.Buffer
	sum, err := ComparePairs(strings.NewReader(in), &out, PairOptions{A: "left", B: "right"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("table mismatch (-want +got):\n%s", diff)
	}
	if sum.Pairs != 3 || sum.Levels[Compatible] != 2 {
		t.Errorf("summary %+v, want 3 pairs, 2 of them compatible", sum)
	}
}

func TestComparePairsErrors(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"empty", "", "the table is empty: the first line must name the columns"},
		{"no such column", "a,b\n1,2\n", `the table has no column "left"; it has: a, b`},
		{"ragged", "left,right\n1\n", "read the table: record on line 2: wrong number of fields"},
		{"broken quotes", "left,right\n\"a,b\n", `read the table: parse error on line 2, column 6: extraneous or missing " in quoted-field`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ComparePairs(strings.NewReader(tt.in), &bytes.Buffer{}, PairOptions{A: "left", B: "right"})
			if err == nil || err.Error() != tt.want {
				t.Errorf("error %q, want %q", err, tt.want)
			}
		})
	}
}

func FuzzComparePairs(f *testing.F) {
	f.Add("left,right\n김영철,Kim Yong Chol\n")
	f.Add("left,right,left\n\"\n")
	f.Fuzz(func(t *testing.T, in string) {
		var out bytes.Buffer
		sum, err := ComparePairs(strings.NewReader(in), &out, PairOptions{A: "left", B: "right", Explain: true})
		if err == nil && sum.Pairs > strings.Count(in, "\n") {
			t.Fatalf("%d pairs from %d lines", sum.Pairs, strings.Count(in, "\n"))
		}
	})
}
