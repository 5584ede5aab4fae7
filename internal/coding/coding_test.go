package coding

import (
	"os"
	"strings"
	"testing"
	"testing/quick"

	"asylon/edtf"
	"asylon/internal/fault"
	"asylon/internal/record"
)

func TestSentences(t *testing.T) {
	for _, x := range []struct {
		name, text string
		want       []string
	}{
		{"plain", "One went. Two stayed.", []string{"One went.", "Two stayed."}},
		{"broken lines", "They were taken \n\nto the border. Then back.", []string{"They were taken \n\nto the border.", "Then back."}},
		{"Korean", "일곱 명이 잡혔다. 다섯 명이 송환되었다.", []string{"일곱 명이 잡혔다.", "다섯 명이 송환되었다."}},
		{"Chinese", "七人被捕。五人被遣返。", []string{"七人被捕。", "五人被遣返。"}},
		{"initials and numbers", "J. Kim paid 3.5 yuan. She left.", []string{"J. Kim paid 3.5 yuan.", "She left."}},
		{"empty", " \n ", nil},
	} {
		var got []string
		for _, p := range Sentences(x.text) {
			got = append(got, p.Text)
		}
		if strings.Join(got, "|") != strings.Join(x.want, "|") {
			t.Errorf("%s: %q, want %q", x.name, got, x.want)
		}
	}
}

func TestPassagesLieWhereTheySay(t *testing.T) {
	f := func(s string) bool {
		rs := []rune(s)
		last := 0
		for _, p := range Sentences(s) {
			if p.Start < last || p.End > len(rs) || string(rs[p.Start:p.End]) != p.Text {
				return false
			}
			last = p.End
		}
		return true
	}
	if err := quick.Check(f, nil); err != nil {
		t.Error(err)
	}
}

func TestRealReleaseIsChoosable(t *testing.T) {
	dir := os.Getenv("ASYLON_DATA")
	if dir == "" {
		dir = "../../../shared/data"
	}
	b, err := os.ReadFile(dir + "/documents/000_29f61ea2b0379000.txt")
	if err != nil {
		t.Skipf("the shared data are not here: %v", err)
	}
	p, err := Locate(string(b), "around 50 North Koreans were being deported every two days")
	if err != nil {
		t.Fatal(err)
	}
	if p.End-p.Start < 50 {
		t.Errorf("passage %v", p)
	}
	n := len(Sentences(string(b)))
	if n < 12 || n > 40 {
		t.Errorf("%d sentences", n)
	}
}

func TestUnderstand(t *testing.T) {
	date := record.Property{Type: record.TypeDate, Labels: record.Labels{"en": "when"}}
	u, err := Understand(date, "in June", Reference{}, record.ModeHappened)
	if err != nil || !u.Unresolved || u.Value.Date.Resolved {
		t.Errorf("a month without a year resolved: %+v %v", u, err)
	}
	ref, _ := edtf.Parse("2001-08")
	u, err = Understand(date, "in June", Reference{Date: ref}, record.ModeHappened)
	if err != nil || u.Value.Date.EDTF != "2001-06" {
		t.Errorf("in June of a document of August 2001: %+v %v", u.Value.Date, err)
	}
	count := record.Property{Type: record.TypeCount, Labels: record.Labels{"en": "how many"}}
	u, err = Understand(count, "some dozens of families", Reference{}, record.ModeHappened)
	if err != nil || u.Value.Count.Unit != "families" || u.Value.Count.Low != 24 || u.Value.Count.High == nil {
		t.Errorf("dozens of families: %+v %v", u.Value.Count, err)
	}
	for _, bad := range []string{"minus five people", "soon perhaps", "around 50 every two days"} {
		if _, err := Understand(count, bad, Reference{}, record.ModeHappened); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	rate := record.Property{Type: record.TypeRate, Labels: record.Labels{"en": "rate"}}
	u, err = Understand(rate, "around 50 North Koreans every two days", Reference{}, record.ModeHappened)
	if err != nil || u.Value.Count.Per != "P2D" || u.Value.Count.Unit != "persons" {
		t.Errorf("rate: %+v %v", u.Value.Count, err)
	}
}
