package quantity_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"asylon/quantity"
)

// FuzzRead holds every phrase to the promises of the door: a reading that
// keeps its words and its invariant, or an error that can be shown.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"", "50", "around 50 every two days", "some dozens of families", "a family of seven", "seven people, two of them children",
		"between 40 and 60, most likely 45", "25-30,000", "minus five people", "1.5 million", "50 ± 5", "twice a week", "7 people (4 men and 3 women)",
		"two of the seven people", "a 12-member group", "at least 40 but fewer than 60", "100s of people", "half a dozen", "no one",
		"one hundred and twenty-three thousand four hundred", "50 a day for three weeks", "40 to 50 people or more", "＃50", "٥٠", "½",
		"50여 명", "이틀마다 약 50명", "일가족 7명", "수십~수백 명", "최소 40명에서 최대 60명", "한두 명", "50명(여성 30명)", "3~4만 명", "주 2회 50명", "아무도 없다",
		"数百人", "成千上万", "每两天约五十人", "三百余人", "四五十人", "一家七口", "在40人和60人之间", "三、四十人", "二〇〇一", "一百二", "1.5万",
		"한한한한한한", "수수수수", "几几几", "一一一一", "千千千", "十万亿", "a a a a", "of of of", "- - -", "((((", "1,1,1", "to to", "and and 5",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, phrase string) {
		r, err := quantity.Read(phrase)
		if err != nil {
			checkReadError(t, phrase, err)
			return
		}
		holds(t, r.Count)
		if r.Count.Words() != strings.TrimSpace(phrase) {
			t.Errorf("the words became %q", r.Count.Words())
		}
		if r.Count.Rule().Version == 0 || r.Count.Low() > 20*quantity.MaxStated {
			t.Errorf("%+v", r.Count.Fields())
		}
		if r.Count.Lang() == quantity.English && strings.ContainsAny(r.Unread, "0123456789") {
			t.Errorf("a number was left unread: %q", r.Unread)
		}
		for _, p := range r.Parts {
			holds(t, p.Count)
		}
		for _, l := range []quantity.Lang{quantity.English, quantity.Korean, quantity.Chinese} {
			if s := r.Text(l) + r.Explanation(l); !utf8.ValidString(s) || strings.Contains(s, "%n") {
				t.Errorf("text in %s: %q", l, s)
			}
		}
		if rate, ok := r.Rate(); ok {
			total, err := rate.For(span(t, "P3W"))
			if err != nil {
				t.Fatal(err)
			}
			holds(t, total.Count)
		}
		// What was understood must survive storage.
		b, err := json.Marshal(r.Count)
		if err != nil {
			t.Fatal(err)
		}
		var back quantity.Count
		if err := json.Unmarshal(b, &back); err != nil || back != r.Count {
			t.Errorf("%s came back as %+v, %v", b, back.Fields(), err)
		}
	})
}

func checkReadError(t *testing.T, phrase string, err error) {
	t.Helper()
	var re *quantity.ReadError
	if !errors.As(err, &re) {
		t.Fatalf("Read(%q) failed with a %T", phrase, err)
	}
	if s := re.Error(); !utf8.ValidString(s) || re.Text(quantity.English) == "" {
		t.Errorf("Read(%q) failed with %q", phrase, s)
	}
}

func FuzzParseSpan(f *testing.F) {
	for _, s := range []string{"P3W", "P1Y2M3D", "P", "PT5H", "2001-07", "2001-06/2001-08", "2001/..", "P99999999999D", "[2001,2002]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := quantity.ParseSpan(text)
		if err != nil {
			checkReadError(t, text, err)
			return
		}
		lo, hi := s.Days()
		if lo < 0 || hi < lo || hi < 1 {
			t.Errorf("ParseSpan(%q) lasts %d to %d days", text, lo, hi)
		}
	})
}

func FuzzCountJSON(f *testing.F) {
	f.Add(`{"low":45,"high":55,"best":50,"unit":"persons","rule":"about","rule_version":1}`)
	f.Add(`{"low":0,"high":null}`)
	f.Fuzz(func(t *testing.T, doc string) {
		var c quantity.Count
		if json.Unmarshal([]byte(doc), &c) == nil {
			holds(t, c)
		}
	})
}
