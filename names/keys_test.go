package names

import (
	"slices"
	"testing"
)

func TestKeysMeet(t *testing.T) {
	for _, tt := range []struct{ name, a, b string }{
		{"Hangul and DPRK", "김영순", "Kim Yong Sun"},
		{"Hangul and customary", "김영순", "Kim Young-soon"},
		{"Hangul and Han", "김영순", "金英順"},
		{"Han and pinyin", "金英順", "Jin Yingshun"},
		{"North and South", "리련희", "이연희"},
		{"usual surname", "Lee Chul", "리철"},
		{"slip of the ear", "김종은", "김정은"},
		{"Cyrillic", "Владимир Путин", "Putin, Vladimir"},
		{"Arabic", "محمد حسن", "Mohammed Hassan"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, b := Read(tt.a).Keys(), Read(tt.b).Keys()
			if !slices.ContainsFunc(a, func(k Key) bool { return slices.Contains(b, k) }) {
				t.Errorf("%s and %s share no key: %x, %x", tt.a, tt.b, a, b)
			}
		})
	}
}

func TestKeysOfParts(t *testing.T) {
	a, b := Read("김영순"), Read("김철수")
	if !slices.Equal(a.SurnameKeys(), b.SurnameKeys()) {
		t.Errorf("two names with one surname have surname keys %x and %x", a.SurnameKeys(), b.SurnameKeys())
	}
	if slices.Equal(a.GivenKeys(), b.GivenKeys()) {
		t.Errorf("two given names share all keys: %x", a.GivenKeys())
	}
	if got := Read("Y.S. Kim").GivenKeys(); len(got) != 0 {
		t.Errorf("initials have keys %x, want none", got)
	}
	if got := Read("").Keys(); len(got) != 0 {
		t.Errorf("no name has keys %x, want none", got)
	}
}

// At least this share of the library's names must meet its romanization in a
// key, or blocking on names would lose pairs that Compare would find.
func TestKeysOfLibraryNames(t *testing.T) {
	met, total := 0, 0
	for _, p := range readLoC(t) {
		a, b := Read(p.korean).Keys(), Read(p.latin).Keys()
		total++
		if slices.ContainsFunc(a, func(k Key) bool { return slices.Contains(b, k) }) {
			met++
		} else {
			t.Logf("no key in common: %s, %s", p.korean, p.latin)
		}
	}
	if share := float64(met) / float64(total); share < 0.98 {
		t.Errorf("%.4f of the names meet in a key, want at least 0.98", share)
	}
}

func TestSound(t *testing.T) {
	for _, pair := range [][2]string{{"Mohammed", "Muhamad"}, {"Philip", "Filip"}, {"Schmid", "Shmid"}, {"Caterina", "Katarina"}} {
		a, b := Sound(pair[0]), Sound(pair[1])
		if a != b || a == "" {
			t.Errorf("Sound(%q) = %q, Sound(%q) = %q, want one code", pair[0], a, pair[1], b)
		}
	}
}
