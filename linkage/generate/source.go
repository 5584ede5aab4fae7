package generate

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"asylon/edtf"
)

// A Form is a way of writing names.
type Form string

// The six forms.
const (
	FormNorth   Form = "hangul-north"
	FormSouth   Form = "hangul-south"
	FormHan     Form = "han"
	FormPinyin  Form = "pinyin"
	FormDPRK    Form = "dprk"
	FormRevised Form = "revised"
	FormPress   Form = "press"
)

// A source is a list with habits of its own.
type source struct {
	name    string
	form    Form
	rate    float64 // of the people it knows
	twice   float64 // of its people it has again
	birth   birthStyle
	age     ageStyle
	lang    int // 0 Korean, 1 English, 2 Chinese
	errors  float64
	missing float64
	year    int // in which it was made
}

type birthStyle uint8

const (
	birthFull birthStyle = iota
	birthYear
	birthNone
)

type ageStyle uint8

const (
	ageNone ageStyle = iota
	ageInternational
	ageCounted
	ageVague
)

// sources are the lists; FormNorth stands twice because testimonies and camp
// lists are kept by Koreans, with different care.
var sources = []source{
	{"testimonies", FormNorth, 0.45, 0.08, birthFull, ageCounted, 0, 0.06, 0.15, 2003},
	{"seoul", FormSouth, 0.40, 0.02, birthFull, ageInternational, 0, 0.03, 0.08, 2006},
	{"police", FormHan, 0.30, 0.05, birthFull, ageNone, 2, 0.05, 0.15, 2002},
	{"translations", FormPinyin, 0.20, 0.04, birthYear, ageInternational, 1, 0.06, 0.20, 2002},
	{"agency", FormDPRK, 0.30, 0.03, birthFull, ageNone, 1, 0.05, 0.12, 2005},
	{"register", FormRevised, 0.25, 0.03, birthFull, ageInternational, 1, 0.04, 0.12, 2007},
	{"press", FormPress, 0.20, 0.06, birthNone, ageVague, 1, 0.07, 0.25, 2004},
}

// header of every list.
var header = []string{"id", "name", "sex", "birth_date", "age", "reported", "home", "occupation", "person"}

// record writes a person as the source does.
func (s *source) record(x *person, rng *rand.Rand, id string) []string {
	reported := edtf.DayOf(int64(s.year), 1+rng.IntN(12), 1+rng.IntN(28))
	birth := s.birthDate(x, rng)
	age := s.ageText(x, reported, rng)
	if rng.Float64() < s.missing {
		birth = ""
	}
	if rng.Float64() < s.missing {
		age = ""
	}
	home := s.place(x, rng)
	if rng.Float64() < s.missing {
		home = ""
	}
	work := occupations[x.work][s.lang]
	if rng.Float64() < 0.4+s.missing {
		work = ""
	}
	sex := [][2]string{{"남", "여"}, {"M", "F"}, {"男", "女"}}[s.lang][btoi(x.woman)]
	if rng.Float64() < s.missing/3 {
		sex = ""
	}
	return []string{id, s.writeName(x, rng), sex, birth, age, reported.String(), home, work, strconv.Itoa(x.id)}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// birthDate writes the date as the person told it: now and then by the lunar
// calendar, with a wrong digit, or only the year.
func (s *source) birthDate(x *person, rng *rand.Rand) string {
	y, m, d := x.born.Civil()
	switch {
	case s.birth == birthNone:
		return ""
	case s.birth == birthYear || x.certainty < 0.1:
		return strconv.FormatInt(y, 10)
	}
	if rng.Float64() < 0.08 { // the lunar date, written as if it were solar
		if l, err := edtf.LunarOf(x.born, edtf.LunarKorean); err == nil {
			y, m, d = int64(l.Year), l.Month, l.Day
		}
	}
	if x.certainty < 0.2 && rng.Float64() < 0.5 { // the day was not known
		m, d = 1, 1
	}
	if rng.Float64() < s.errors {
		switch rng.IntN(4) {
		case 0:
			y += int64(rng.IntN(3) - 1)
		case 1:
			m = 1 + rng.IntN(12)
		case 2:
			d = 1 + rng.IntN(28)
		default:
			if d <= 12 {
				m, d = d, m
			}
		}
	}
	switch s.lang {
	case 0:
		return fmt.Sprintf("%04d.%02d.%02d", y, m, d)
	case 1:
		return fmt.Sprintf("%02d/%02d/%04d", d, m, y)
	}
	return fmt.Sprintf("%04d-%02d-%02d", y, m, d)
}

// ageText writes the age at the time of the report.
func (s *source) ageText(x *person, reported edtf.Day, rng *rand.Rand) string {
	y, m, d := reported.Civil()
	by, bm, bd := x.born.Civil()
	age := int(y - by)
	switch s.age {
	case ageNone:
		return ""
	case ageCounted:
		age++
	default:
		if m < bm || m == bm && d < bd {
			age--
		}
	}
	if age < 0 {
		return ""
	}
	if s.age == ageVague && age >= 10 {
		return fmt.Sprintf("about %d", (age+rng.IntN(3)-1+2)/5*5)
	}
	if rng.Float64() < s.errors {
		age = max(0, age+rng.IntN(5)-2)
	}
	return strconv.Itoa(age)
}

// place writes the county of one time, with or without its province.
func (s *source) place(x *person, rng *rand.Rand) string {
	c := x.home
	if rng.Float64() < 0.4 {
		c = x.moved
	}
	switch {
	case rng.Float64() < 0.1:
		return [...]string{c.province, c.provinceLatin, c.provinceChinese}[s.lang]
	case rng.Float64() < 0.5:
		return [...]string{c.hangul, c.latin, c.chinese}[s.lang]
	}
	return [...]string{c.province + " " + c.hangul, c.latin + ", " + c.provinceLatin, c.provinceChinese + c.chinese}[s.lang]
}

// writeName writes the name in the form of the source, with its errors.
func (s *source) writeName(x *person, rng *rand.Rand) string {
	switch s.form {
	case FormNorth, FormSouth:
		return s.hangul(x, rng)
	case FormHan:
		return s.han(x, rng)
	case FormPinyin:
		text := ""
		for _, c := range x.given {
			text += c.pinyin
		}
		return slipLatin(capital(x.surname.pinyin)+" "+capital(text), s.errors, rng)
	case FormDPRK:
		words := []string{x.surname.dprk}
		for _, c := range x.given {
			words = append(words, c.dprk)
		}
		return slipLatin(strings.Join(words, " "), s.errors, rng)
	case FormRevised:
		return slipLatin(x.surname.revised+" "+joined(x, func(c *character) string { return c.revised }, ""), s.errors, rng)
	}
	return s.press(x, rng)
}

func (s *source) hangul(x *person, rng *rand.Rand) string {
	name := x.surname.south
	if s.form == FormNorth {
		name = x.surname.north
	}
	given := make([]string, 0, 2)
	for i, c := range x.given {
		g := c.south
		// The South keeps the North's initial inside a name as often as not.
		if s.form == FormNorth || i > 0 && rng.Float64() < 0.5 {
			g = c.north
		}
		if to, ok := slips[g]; ok && rng.Float64() < s.errors {
			g = to
		}
		given = append(given, g)
	}
	if rng.Float64() < 0.02 {
		return name + "모"
	}
	sep := ""
	if rng.Float64() < 0.1 {
		sep = " "
	}
	return name + sep + strings.Join(given, "")
}

// han writes characters: the police hears the name and may choose others that
// sound alike in Mandarin, or in Korean.
func (s *source) han(x *person, rng *rand.Rand) string {
	simple := rng.Float64() < 0.8
	name := x.surname.hanja
	if simple {
		name = strings.NewReplacer("鄭", "郑", "趙", "赵", "張", "张", "韓", "韩", "吳", "吴", "黃", "黄", "孫", "孙", "裵", "裴", "許", "许", "盧", "卢",
			"車", "车", "閔", "闵", "羅", "罗", "陳", "陈", "邊", "边", "南宮", "南宫", "鮮于", "鲜于").Replace(name)
	}
	for _, c := range x.given {
		if rng.Float64() < 2*s.errors {
			c = soundAlike(c, rng)
		}
		if simple {
			name += c.simple
		} else {
			name += c.han
		}
	}
	return name
}

// soundAlike returns another character with the same Hangul or pinyin.
func soundAlike(c *character, rng *rand.Rand) *character {
	var list []*character
	for i := range characters {
		if d := &characters[i]; d != c && (d.north == c.north || d.pinyin == c.pinyin) {
			list = append(list, d)
		}
	}
	if len(list) == 0 {
		return c
	}
	return list[rng.IntN(len(list))]
}

// press writes names as newspapers do: customary spellings, either order,
// hyphens or not, initials at times.
func (s *source) press(x *person, rng *rand.Rand) string {
	sep := [...]string{"-", " ", ""}[rng.IntN(3)]
	given := joined(x, func(c *character) string { return c.press }, sep)
	switch r := rng.Float64(); {
	case r < 0.05:
		given = ""
		for _, c := range x.given {
			given += c.press[:1] + "."
		}
	case r < 0.08:
		return [...]string{"Mr. ", "Mrs. "}[btoi(x.woman)] + x.surname.customary
	}
	if rng.Float64() < 0.35 {
		return slipLatin(given+" "+x.surname.customary, s.errors, rng)
	}
	return slipLatin(x.surname.customary+" "+given, s.errors, rng)
}

func joined(x *person, form func(*character) string, sep string) string {
	text := ""
	for i, c := range x.given {
		w := form(c)
		if i > 0 {
			if sep != " " {
				w = strings.ToLower(w)
			}
			w = sep + w
		}
		text += w
	}
	return text
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// slipLatin makes one error of the pen or the keyboard, at the given rate.
func slipLatin(name string, rate float64, rng *rand.Rand) string {
	if rng.Float64() >= rate || len(name) < 5 {
		return name
	}
	i := 1 + rng.IntN(len(name)-2)
	switch rng.IntN(4) {
	case 0: // a letter left out
		return name[:i] + name[i+1:]
	case 1: // one too many
		return name[:i] + name[i-1:]
	case 2: // two swapped
		return name[:i] + name[i+1:i+2] + name[i:i+1] + name[i+2:]
	}
	return name[:i] + string(rune('a'+rng.IntN(26))) + name[i+1:]
}
