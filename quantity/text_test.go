package quantity_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"asylon/quantity"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestTextGolden prints one reading per kind in every language, with its
// explanation, and the sentence of every rule.
func TestTextGolden(t *testing.T) {
	phrases := []string{
		"seven people", "one person", "no one", "about 50", "50 North Koreans", "around 50 every two days", "12 a day",
		"12 every two or three weeks", "at least 200 people", "at least one woman", "more than 50", "up to 50 people",
		"nearly 50", "50-odd people", "between 40 and 60 families", "40 to 60, most likely 45", "hundreds of people",
		"tens of thousands", "dozens of families", "scores of people", "several households", "a few groups", "a couple of people",
		"a dozen people", "several hundred people", "an unknown number of people", "many people", "3 boats",
		"12 forced returns", "5 border crossings", "4 incidents", "six acts", "3 deaths", "two trips", "three times",
		"a family of seven", "seven people, two of them children", "seven people in two families", "two of the seven people",
		"three families of five", "20 of them", "23 people were deported", "two men and three women", "20 people, twice weekly",
		"1,234,567 people",
		"수백 명", "하루 50명", "세 가족", "三百余人", "每两天约五十人", "一家七口",
	}
	langs := []quantity.Lang{quantity.English, quantity.Korean, quantity.Chinese}
	var b strings.Builder
	for _, p := range phrases {
		r, err := quantity.Read(p)
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(p + "\n")
		for _, l := range langs {
			b.WriteString("  " + string(l) + "  " + r.Text(l) + "\n      " + r.Explanation(l) + "\n")
		}
	}
	b.WriteString("\nrules\n")
	for _, rule := range quantity.Rules() {
		for _, l := range langs {
			b.WriteString("  " + string(rule.ID) + " " + string(l) + "  " + rule.Explain().Text(l) + "\n")
		}
	}
	golden(t, "text.golden", b.String())
}

// golden compares got with a file in testdata.
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
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got; -update writes it anew):\n%s", name, diff)
	}
}

func TestTextOfDerivedCounts(t *testing.T) {
	a, b := must(t, "40 to 60 people"), must(t, "seven people")
	sum, err := quantity.DifferentEvents(a, b)
	if err != nil {
		t.Fatal(err)
	}
	conflict, err := quantity.SameEvent([]quantity.Claim{{Count: a}, {Count: b}}, 0)
	if err != nil {
		t.Fatal(err)
	}
	best, err := quantity.DifferentEvents(must(t, "40 to 60 people, most likely 50"), b)
	if err != nil {
		t.Fatal(err)
	}
	exact, err := quantity.DifferentEvents(b)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name  string
		count quantity.Count
		want  [3]string
	}{
		{"not complete", sum.Count, [3]string{
			"at least 47 persons (reports allow up to 67)", "최소 47명 (보고된 상한 67)", "至少47人（报告上限67）"}},
		{"judged complete", sum.Count.With(quantity.Complete), [3]string{"between 47 and 67 persons", "47~67명", "47至67人"}},
		{"exact but not complete", exact.Count, [3]string{"at least 7 persons", "최소 7명", "至少7人"}},
		{"with a best", best.Count, [3]string{
			"at least 47 persons (reports allow up to 67) (best 57)", "최소 47명 (보고된 상한 67) (최적 57)", "至少47人（报告上限67）（最佳57）"}},
		{"in conflict", conflict.Count, [3]string{
			"at least 7 persons (reports allow up to 60) (sources conflict)", "최소 7명 (보고된 상한 60) (진술이 서로 어긋남)",
			"至少7人（报告上限60）（陈述互相矛盾）"}},
		{"nothing said", quantity.Count{}, [3]string{"an unknown number of things", "수 미상", "数目不明"}},
	}
	for _, test := range tests {
		for i, l := range []quantity.Lang{quantity.English, quantity.Korean, quantity.Chinese} {
			if got := test.count.Text(l); got != test.want[i] {
				t.Errorf("%s in %s: %s, want %s", test.name, l, got, test.want[i])
			}
		}
		if got := test.count.Text("fr"); got != test.want[0] {
			t.Errorf("%s in a language without wording: %s, want English", test.name, got)
		}
	}
}

// TestErrorsSayWhatToDo holds every problem to its promise: a sentence about
// what is wrong, and one about what to write instead, in every language.
func TestErrorsSayWhatToDo(t *testing.T) {
	for _, phrase := range []string{"", "minus five people", "1.5 people", "60-40 people", "25-30,000", "20 %", "50 km", "the 50th",
		"not 50 people", "two families and three men", "50 people 60", "50 # people", "nonsense", "1.200", strings.Repeat("9", 30),
		"at least 60 but fewer than 40", "50²", "пять", "12 an hour", strings.Repeat("many ", 200)} {
		_, err := quantity.Read(phrase)
		re, ok := err.(*quantity.ReadError)
		if !ok {
			t.Errorf("Read(%.20q) = %v, want a *ReadError", phrase, err)
			continue
		}
		seen := map[string]bool{}
		for _, l := range []quantity.Lang{quantity.English, quantity.Korean, quantity.Chinese} {
			s := re.Text(l)
			if !strings.Contains(s, "; ") || seen[s] || strings.Contains(s, "{") {
				t.Errorf("Read(%.20q) in %s: %q", phrase, l, s)
			}
			seen[s] = true
		}
		if s := re.Error(); !strings.HasPrefix(s, "read quantity ") || strings.HasSuffix(s, ".") || len(s) > 600 {
			t.Errorf("Read(%.20q): error %q", phrase, s)
		}
	}
}
