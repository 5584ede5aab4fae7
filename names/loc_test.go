package names

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// A locPair is a name of the Library of Congress test file in Hangul or Han
// and in the library's own McCune-Reischauer.
type locPair struct{ korean, latin string }

func readLoC(tb testing.TB) []locPair {
	tb.Helper()
	dir := os.Getenv("ASYLON_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "data")
	}
	f, err := os.Open(filepath.Join(dir, "linkage", "loc-korean-names.csv"))
	if err != nil {
		tb.Skipf("the Library of Congress names are not here (set ASYLON_DATA): %v", err)
	}
	defer f.Close()
	rd := csv.NewReader(f)
	rd.FieldsPerRecord = -1
	rows, err := rd.ReadAll()
	if err != nil {
		tb.Fatal(err)
	}
	var list []locPair
	for _, r := range rows {
		if r[0] == "korean_names" {
			list = append(list, locPair{r[1], r[2]})
		}
	}
	if len(list) != 948 {
		tb.Fatalf("read %d names, want 948", len(list))
	}
	return list
}

// The bars of docs/accuracy.md on the one independent list of Korean names in
// two writings.
func TestLibraryOfCongressNames(t *testing.T) {
	pairs := readLoC(t)
	korean, latin := make([]*Name, len(pairs)), make([]*Name, len(pairs))
	hits := 0
	for i, p := range pairs {
		korean[i], latin[i] = Read(p.korean), Read(p.latin)
		if c := Compare(korean[i], latin[i]); c.Level.Agrees() {
			hits++
		} else {
			t.Logf("missed: %s, %s: %v: %s", p.korean, p.latin, c.Level, c.Explain())
		}
	}
	recall := float64(hits) / float64(len(pairs))
	wrong, strangers := 0, 0
	for i := range pairs {
		for j := range pairs {
			// Strangers of one surname, as the library spells it.
			if pairs[i].latin == pairs[j].latin || pairs[i].korean == pairs[j].korean || surnameWord(pairs[i].latin) != surnameWord(pairs[j].latin) {
				continue
			}
			strangers++
			if c := Compare(korean[i], latin[j]); c.Level.Agrees() {
				wrong++
				t.Logf("confused: %s, %s (%s): %v", pairs[i].korean, pairs[j].latin, pairs[j].korean, c.Level)
			}
		}
	}
	rate := float64(wrong) / float64(strangers)
	t.Logf("recall %.4f of %d; false positives %.5f of %d pairs with one surname", recall, len(pairs), rate, strangers)
	if recall < 0.98 {
		t.Errorf("recall %.4f, want at least 0.98", recall)
	}
	if rate > 0.005 {
		t.Errorf("false positives among same-surname pairs %.5f, want at most 0.005", rate)
	}
}

func surnameWord(latin string) string {
	s, _, _ := strings.Cut(latin, " ")
	return s
}

func TestHanAgainstPinyin(t *testing.T) {
	hits, total := 0, 0
	for _, p := range readLoC(t) {
		n := Read(p.korean)
		if n.Script() != ScriptHan {
			continue
		}
		total++
		py := joinedPinyin(p.korean)
		if c := Compare(n, Read(py)); c.Level.Agrees() {
			hits++
		} else {
			t.Logf("missed: %s, %s: %v", p.korean, py, c.Level)
		}
	}
	recall := float64(hits) / float64(total)
	t.Logf("recall %.4f of %d", recall, total)
	if recall < 0.97 {
		t.Errorf("recall %.4f, want at least 0.97", recall)
	}
}

// joinedPinyin writes characters as a passport would: Jin Yingshun, with the
// first character alone as the surname, which is wrong for a compound one.
func joinedPinyin(s string) string {
	var words []string
	for i, r := range []rune(norm.NFKC.String(s)) {
		py := "?"
		if list := han().mandarin[r]; len(list) > 0 {
			py = han().pinyin[list[0]]
		}
		if i < 2 {
			words = append(words, strings.ToUpper(py[:1])+py[1:])
		} else {
			words[1] += py
		}
	}
	return strings.Join(words, " ")
}
