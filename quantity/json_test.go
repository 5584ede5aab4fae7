package quantity_test

import (
	"encoding/json"
	"strings"
	"testing"

	"asylon/quantity"
)

func TestJSONGolden(t *testing.T) {
	var b strings.Builder
	put := func(name string, v any) {
		out, err := json.MarshalIndent(v, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(name + "\n" + string(out) + "\n\n")
	}
	for _, p := range []string{"around 50 North Koreans", "at least 200", "일가족 7명", "I saw twenty"} {
		put("count "+p, must(t, p))
	}
	r, err := quantity.Read("around 50 every two days")
	if err != nil {
		t.Fatal(err)
	}
	rate, _ := r.Rate()
	put("rate", rate)
	total, err := rate.For(span(t, "P3W"))
	if err != nil {
		t.Fatal(err)
	}
	put("total", total)
	for _, q := range [][2]string{
		{"around 50 every two days", ""}, {"around 50 every two days", "P3W"}, {"seven people, two of them children", ""},
		{"at least 12 families were returned", ""},
	} {
		a, err := quantity.Ask(q[0], q[1], quantity.English)
		if err != nil {
			t.Fatal(err)
		}
		put("ask "+q[0]+" --for "+q[1], a)
	}
	golden(t, "json.golden", b.String())
}

func TestJSONRefuses(t *testing.T) {
	for _, doc := range []string{
		`{"low":-1,"high":null,"best":null,"unit":""}`,
		`{"low":5,"high":4,"best":null,"unit":""}`,
		`{"low":5,"high":9,"best":4,"unit":""}`,
		`{"low":5,"high":9,"best":10,"unit":""}`,
		`{"low":5,"high":null,"best":4,"unit":""}`,
		`{"low":5.5}`, `{"low":99999999999999999999}`, `[]`, `"seven"`,
		`{"low":5,"unit":"` + strings.Repeat("x", 65) + `"}`,
		`{"low":5,"unit":"a\u0000b"}`,
		`{"low":5,"words":"` + strings.Repeat("x", 5000) + `"}`,
	} {
		var c quantity.Count
		if err := json.Unmarshal([]byte(doc), &c); err == nil {
			t.Errorf("%.60s became %v", doc, c)
		} else if c != (quantity.Count{}) {
			t.Errorf("%.60s failed but left %v", doc, c)
		}
	}
	for _, doc := range []string{
		`{"count":{"low":1},"every":{"n":0,"unit":"days"}}`, `{"count":{"low":1},"every":{"n":1,"unit":"hours"}}`,
		`{"count":{"low":-1},"every":{"n":1,"unit":"days"}}`, `7`,
	} {
		var r quantity.Rate
		if err := json.Unmarshal([]byte(doc), &r); err == nil {
			t.Errorf("%s became %v", doc, r)
		}
	}
	for _, doc := range []string{
		`{"min_days":0,"max_days":0,"words":"x"}`, `{"min_days":5,"max_days":4}`, `{"min_days":-1,"max_days":4}`,
		`{"min_days":1,"max_days":99999999}`, `{"min_days":1,"max_days":2,"min_months":3,"max_months":2}`, `7`,
	} {
		var s quantity.Span
		if err := json.Unmarshal([]byte(doc), &s); err == nil {
			t.Errorf("%s became %v", doc, s)
		}
	}
}

func TestJSONIgnoresWhatLaterVersionsAdd(t *testing.T) {
	var c quantity.Count
	if err := json.Unmarshal([]byte(`{"low":5,"high":9,"best":null,"unit":"persons","certainty":"high"}`), &c); err != nil {
		t.Fatal(err)
	}
	if got := briefCount(c); got != "5..9 persons" {
		t.Errorf("got %s", got)
	}
}
