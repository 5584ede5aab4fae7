package names

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSurnameTable(t *testing.T) {
	seen := make(map[string]bool)
	d := han()
	for line := range strings.Lines(surnameData) {
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		if len(f) < 4 {
			t.Errorf("line %q: want surname, share, characters, spelling", line)
			continue
		}
		if _, err := strconv.Atoi(f[1]); err != nil {
			t.Errorf("line %q: share: %v", line, err)
		}
		width := utf8.RuneCountInString(f[0])
		if n := utf8.RuneCountInString(f[2]); n%width != 0 {
			t.Errorf("line %q: %d characters for a surname of %d syllables", line, n, width)
		}
		if seen[f[0]+f[2]] {
			t.Errorf("line %q is there twice", line)
		}
		seen[f[0]+f[2]] = true
		// Each character must be read as the surname says, in some table.
		for i, r := range []rune(f[2]) {
			want := toSyllable([]rune(f[0])[i%width]).southern()
			ok := slices.ContainsFunc(d.korean[r], func(k hanReading) bool { return k.hangul.southern() == want })
			if !ok {
				t.Errorf("%c is not read %c in Unihan, as surname %s would have it", r, want.rune(), f[0])
			}
		}
	}
}

func TestGivenTable(t *testing.T) {
	for line := range strings.Lines(givenData) {
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		if _, err := strconv.Atoi(f[0]); err != nil {
			t.Errorf("line %q: share: %v", line, err)
		}
		for _, s := range f[1:] {
			if r, n := utf8.DecodeRuneInString(s); n != len(s) || !isHangul(r) {
				t.Errorf("line %q: %q is no syllable", line, s)
			}
		}
	}
	for _, r := range commonHan + chineseSurnames {
		if r != '|' && len(han().mandarin[r]) == 0 {
			t.Errorf("%c has no Mandarin reading", r)
		}
	}
}

func TestHanTables(t *testing.T) {
	d := han()
	for _, tt := range []struct {
		char     rune
		korean   string // all must be among the readings
		mandarin string // the usual reading
	}{
		{'金', "김금", "jin"}, {'李', "리이", "li"}, {'樑', "량", "liang"}, {'英', "영", "ying"},
		{'顺', "순", "shun"}, {'女', "녀여", "nv"}, {'葉', "엽섭", "ye"}, {'郑', "정", "zheng"}, {'黃', "황", "huang"},
	} {
		for _, k := range tt.korean {
			if !slices.ContainsFunc(d.korean[tt.char], func(r hanReading) bool { return r.hangul.rune() == k }) {
				t.Errorf("%c lacks the reading %c", tt.char, k)
			}
		}
		if got := d.mandarin[tt.char]; len(got) == 0 || d.pinyin[got[0]] != tt.mandarin {
			t.Errorf("%c is %v in Mandarin, want %s first", tt.char, got, tt.mandarin)
		}
	}
	for _, pair := range []string{"顺順", "郑鄭", "鉄鐵", "真眞", "鍾钟", "尚尙"} {
		if r := []rune(pair); d.fold(r[0]) != d.fold(r[1]) {
			t.Errorf("%c and %c are not forms of one character", r[0], r[1])
		}
	}
}

func TestWadeGiles(t *testing.T) {
	for pin, want := range map[string]string{
		"zhang": "chang", "jin": "chin", "qing": "ch'ing", "xi": "hsi", "xu": "hsu", "zhong": "chung", "guo": "kuo", "zi": "tzu",
		"si": "ssu", "ri": "jih", "ye": "yeh", "yan": "yen", "lian": "lien", "yue": "yueh", "de": "te", "bai": "pai", "tao": "t'ao",
		"jiang": "chiang", "he": "ho", "er": "erh", "duo": "to", "yong": "yung", "you": "yu", "yi": "i", "cai": "ts'ai",
	} {
		if got := toWadeGiles(pin); got != want {
			t.Errorf("toWadeGiles(%q) = %q, want %q", pin, got, want)
		}
	}
}

func TestSyllables(t *testing.T) {
	for r := rune(hangulFirst); r <= hangulLast; r++ {
		s := toSyllable(r)
		if i, v, f := s.split(); compose(i, v, f) != s {
			t.Fatalf("%c does not survive taking apart", r)
		}
		if u := s.southern(); u.southern() != u {
			t.Fatalf("%c: the initial-sound rule is not idempotent", r)
		}
		if s.near(s) {
			t.Fatalf("%c is near itself", r)
		}
	}
	for _, tt := range []struct {
		a, b rune
		near bool
	}{{'정', '종', true}, {'순', '선', false}, {'영', '용', true}, {'철', '촐', true}, {'김', '박', false}, {'숙', '수', true}} {
		if got := toSyllable(tt.a).near(toSyllable(tt.b)); got != tt.near {
			t.Errorf("%c near %c = %v, want %v", tt.a, tt.b, got, tt.near)
		}
	}
}

func TestReadings(t *testing.T) {
	for _, tt := range []struct{ name, want string }{
		{"Kim Yong Sun", "김 영순"},
		{"Kim Young-soon", "김 영순"},
		{"Lee Chol Su", "이 철수"},
		{"金英順", "김 영순"},
		{"金錦玉", "김 금옥"},
		{"황보석", "황보 석"},
		{"영순 김", "김 영순"},
		{"Chung Min Lee", "이 정민"},
		{"Jin Yingshun", "jin yingshun"},
		{"Hwang Jang-yop", "황 장엽"},
		{"Paek Hang-nim", "백 학림"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			list := Read(tt.name).Readings()
			if !slices.ContainsFunc(list[:min(len(list), 2)], func(r Reading) bool { return r.String() == tt.want }) {
				t.Errorf("Readings(%q) = %v, want %q among the first two", tt.name, list, tt.want)
			}
		})
	}
	for _, s := range []string{"", "John Smith", "محمد"} {
		if list := Read(s).Readings(); len(list) > 0 {
			t.Errorf("Readings(%q) = %v, want none", s, list)
		}
	}
}

func TestFit(t *testing.T) {
	var list []*Name
	for range 2000 {
		list = append(list, Read("황보 찬별"))
	}
	f := Fit(list)
	if f.Names() != 2000 {
		t.Errorf("fitted to %d names, want 2000", f.Names())
	}
	if got := f.Surname("황보"); got < 0.8 {
		t.Errorf("share of 황보 = %g after seeing nothing else, want above 0.8", got)
	}
	if a, b := f.Surname("리"), f.Surname("이"); a != b {
		t.Errorf("리 and 이 have shares %g and %g, want one", a, b)
	}
	r := NewReader(f)
	rare := Compare(Read("황보찬별"), Read("황보찬별")).Weight
	common := Compare(r.Read("황보찬별"), r.Read("황보찬별")).Weight
	if common >= rare-10 {
		t.Errorf("weight falls from %.1f to %.1f bits when everyone bears the name, want far lower", rare, common)
	}
	if got := Fit(nil).Surname("김"); got < 0.15 || got > 0.3 {
		t.Errorf("share of 김 fitted to nothing = %g, want the default", got)
	}
}
