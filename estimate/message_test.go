package estimate

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

// Every sentence must exist in both languages with the same values.
func TestCatalogues(t *testing.T) {
	en, ko := Catalogue(English), Catalogue(Korean)
	if len(en) != len(ko) {
		t.Errorf("%d sentences in English, %d in Korean", len(en), len(ko))
	}
	for key, sentence := range en {
		other, ok := ko[key]
		if !ok {
			t.Errorf("%s: not in Korean", key)
			continue
		}
		a, b := placeholder.FindAllString(sentence, -1), placeholder.FindAllString(other, -1)
		slices.Sort(a)
		slices.Sort(b)
		if !slices.Equal(slices.Compact(a), slices.Compact(b)) {
			t.Errorf("%s: values %v in English, %v in Korean", key, a, b)
		}
		if strings.HasSuffix(sentence, ".") || strings.HasSuffix(other, ".") || strings.Contains(sentence, "!") {
			t.Errorf("%s: full stops are the page's, exclamation marks nobody's", key)
		}
	}
}

// What must never be said of an estimate.
func TestForbiddenWords(t *testing.T) {
	forbidden := regexp.MustCompile(`(?i)true (number|value|figure|size)|real number|certain|참값|실제 수|진짜 수|95 ?% ?(확실|신뢰)`)
	for _, lang := range []Language{English, Korean} {
		for key, sentence := range Catalogue(lang) {
			if m := forbidden.FindString(sentence); m != "" {
				t.Errorf("%s, %s: says %q", key, lang, m)
			}
		}
	}
}

func TestMessageText(t *testing.T) {
	m := Message{Key: keyOverlapRefuse, Args: args{"overlap": "7", "limit": "20"}}
	if got := m.Text(English); !strings.HasPrefix(got, "Only 7 people are on two or more lists; at least 20") {
		t.Errorf("English: %s", got)
	}
	if got := m.Text(Korean); !strings.Contains(got, "7명뿐") {
		t.Errorf("Korean: %s", got)
	}
	if got := m.Text("fr"); got != m.Text(English) {
		t.Errorf("a language without sentences: %s", got)
	}
	data, err := json.Marshal(Message{Key: keyLeanLow, Direction: TooLow})
	if err != nil || !strings.Contains(string(data), `"direction":"low"`) || !strings.Contains(string(data), `"text_ko":"추정값`) {
		t.Errorf("%s, %v", data, err)
	}
	// Values are put in once: one that looks like a placeholder stays as it is.
	odd := Message{Key: keyListInside, Args: args{"list": "{from}", "from": "B"}}
	if got := odd.Text(English); !strings.Contains(got, "list {from} is") {
		t.Errorf("a list called {from}: %s", got)
	}
}

func TestNumbers(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", -1234567: "-1,234,567", 100000: "100,000"} {
		if got := number(n); got != want {
			t.Errorf("number(%d) = %s, want %s", n, got, want)
		}
	}
	for x, want := range map[Number]Number{0: 0, 7: 7, 11476: 11000, 12500: 13000, 0.0456: 0.046, 996: 1000} {
		if got := x.Rounded(); got != want {
			t.Errorf("%v rounded is %v, want %v", x, got, want)
		}
	}
	data, err := json.Marshal([]Number{Missing(), 2.5})
	if err != nil || string(data) != "[null,2.5]" {
		t.Errorf("%s, %v", data, err)
	}
	var back []Number
	if err := json.Unmarshal(data, &back); err != nil || back[0].Known() || back[1] != 2.5 {
		t.Errorf("%v, %v", back, err)
	}
}
