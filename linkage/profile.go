package linkage

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"asylon/names"
)

// A Profile says what a column looks like and what Propose took it for.
type Profile struct {
	Column string  `json:"column"`
	Filled float64 `json:"filled"` // share of the rows that have a value
	Values int     `json:"values"` // different values in the rows looked at
	Kind   Kind    `json:"kind"`   // "" if the column is not used
	Reason string  `json:"reason"`
	bits   float64 // information that agreement gives: −log2 of its chance
}

// profileRows is how many rows of each table are looked at.
const profileRows = 20_000

// kindIgnore marks headers of columns that must not be compared.
const kindIgnore Kind = "ignore"

// headers are words that name a column, in the languages lists come in. The
// first kind whose word is in the header counts; the longer words stand first.
var headers = []struct {
	kind  Kind
	words string
}{
	{kindIgnore, `cluster entity_id person_id truth label ground_truth match_id duplicate_of rec_id record_id unique_id uuid row_id index`},
	{KindGiven, `given_name given_names givenname first_name firstname forename fname first_names prenom vorname christian_name middle_name 이름(성제외) 名`},
	{KindSurname, `surname last_name lastname lname family_name familyname family sname nachname maiden_name 성씨 姓`},
	{KindDate, `date_of_birth dateofbirth birth_date birthdate dob born birthday date_birth 생년월일 출생일 出生日期 出生 생일 birth_year year_of_birth yob 출생연도 生年`},
	{KindAge, `age age_years 나이 연령 年龄 年齡`},
	{KindName, `full_name fullname name names alias 성명 이름 姓名 person victim`},
	{KindCategory, `sex gender 성별 性别 性別 occupation profession job nationality ethnicity religion title 직업 职业 職業 state country`},
	{KindCode, `postcode post_code zip zipcode postal phone telephone tel mobile ssn soc_sec_id social passport id_number national_id street_number house_number email 번호 号码 號碼 전화`},
	{KindPlace, `birth_place birthplace place_of_birth place city town village county district province suburb hometown home residence location region parish municipality 고향 출생지 거주지 장소 지역 籍贯 住址 出生地`},
	{KindText, `address street addr address_1 address_2 주소 地址`},
}

// column statistics
type columnStats struct {
	name   string
	rows   int
	filled int
	count  map[string]int
	order  []string // different values in the order met, to be deterministic
}

func gather(tables []*Table) []*columnStats {
	var list []*columnStats
	at := make(map[string]*columnStats)
	for _, t := range tables {
		step := max(1, t.rows/profileRows)
		for i := range t.columns {
			c := &t.columns[i]
			s := at[c.name]
			if s == nil {
				s = &columnStats{name: c.name, count: make(map[string]int)}
				at[c.name] = s
				list = append(list, s)
			}
			for row := 0; row < t.rows; row += step {
				s.rows++
				v := c.values[c.ids[row]]
				if v == "" {
					continue
				}
				s.filled++
				if s.count[v] == 0 {
					s.order = append(s.order, v)
				}
				s.count[v]++
			}
		}
	}
	return list
}

// headerWord normalizes a column name: lower case, underscores between words,
// no number at the end.
func headerWord(s string) string {
	var b strings.Builder
	lower := false
	for _, r := range s {
		switch {
		case unicode.IsUpper(r) && lower:
			b.WriteByte('_')
			b.WriteRune(unicode.ToLower(r))
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteByte('_')
		}
		lower = unicode.IsLower(r)
	}
	return strings.Trim(b.String(), "_")
}

// kindOfHeader looks the column's name up, whole first, then by its words.
func kindOfHeader(name string) (Kind, bool) {
	h := headerWord(name)
	for _, k := range headers {
		if slices.Contains(strings.Fields(k.words), h) {
			return k.kind, true
		}
	}
	for _, k := range headers {
		for w := range strings.FieldsSeq(k.words) {
			if k.kind != kindIgnore && len(w) > 2 && strings.Contains("_"+h+"_", "_"+w+"_") {
				return k.kind, true
			}
		}
	}
	return "", false
}

// profile decides what a column is, by its name where that is known and its
// values allow it, else by its values alone.
func (s *columnStats) profile() Profile {
	p := Profile{Column: s.name, Values: len(s.order)}
	if s.rows > 0 {
		p.Filled = float64(s.filled) / float64(s.rows)
	}
	for _, n := range s.count {
		share := float64(n) / float64(s.filled)
		p.bits += share * share
	}
	p.bits = -math.Log2(p.bits)
	distinct := float64(len(s.order)) / math.Max(float64(s.filled), 1)
	named, known := kindOfHeader(s.name)
	look := s.look()
	switch {
	case s.filled < 2 || p.Filled < 0.005:
		p.Reason = "almost no row has a value"
	case len(s.order) == 1:
		p.Reason = "all values are the same"
	case named == kindIgnore:
		p.Reason = "named like an identifier or an answer, which must not be compared"
	case !known && distinct > 0.999 && s.filled > 50 && look.compact > 0.9 && p.Filled > 0.99:
		p.Reason = "a different code in every row"
	default:
		p.Kind, p.Reason = s.kind(named, known, distinct, look)
	}
	return p
}

// shares of the values that look like something.
type looks struct {
	date, year, number, digits, name, compact, spaced, listed float64
}

// lookValues is how many values of a column are looked at closely.
const lookValues = 200

func (s *columnStats) look() looks {
	var l looks
	step := max(1, len(s.order)/lookValues)
	n := 0.0
	for i := 0; i < len(s.order); i += step {
		v := normalize(s.order[i])
		if v == "" {
			continue
		}
		n++
		sq := squeeze(v)
		digits := strings.Count(strings.Map(digitMark, sq), "0")
		add := func(to *float64, ok bool) {
			if ok {
				*to++
			}
		}
		if d := newDate(v); d.known() && digits >= 4 {
			if d.written || d.last-d.first < 366 && len(sq) > 4 {
				l.date++
			}
			add(&l.year, len(sq) == 4 && sq >= "1800" && sq <= "2100")
		}
		add(&l.number, digits == len(sq))
		add(&l.digits, digits > 0)
		add(&l.compact, !strings.Contains(v, " "))
		add(&l.spaced, strings.Contains(v, " "))
		add(&l.listed, strings.ContainsAny(v, ";|"))
		r := names.Read(s.order[i])
		add(&l.name, (r.Script() == names.ScriptHangul || r.Script() == names.ScriptHan || r.Script() == names.ScriptLatin && l.spaced > 0) && len(r.Readings()) > 0 && digits == 0)
	}
	for _, p := range []*float64{&l.date, &l.year, &l.number, &l.digits, &l.name, &l.compact, &l.spaced, &l.listed} {
		*p /= math.Max(n, 1)
	}
	return l
}

func digitMark(r rune) rune {
	if unicode.IsDigit(r) {
		return '0'
	}
	return 'x'
}

// kind settles the kind of a column that is used.
func (s *columnStats) kind(named Kind, known bool, distinct float64, l looks) (Kind, string) {
	if known {
		switch {
		case named == KindDate && l.date+l.year < 0.5:
			return KindText, "named like a date, but most values are none"
		case named == KindAge && l.digits < 0.5:
			return KindText, "named like an age, but most values are none"
		case named == KindPlace && l.number > 0.8:
			return KindCode, "named like a place, but numbers"
		}
		return named, "by its name"
	}
	switch {
	case l.date > 0.8:
		return KindDate, "most values are dates"
	case l.listed > 0.3:
		return KindSet, "many values are lists"
	case len(s.order) <= 60 && distinct < 0.2:
		return KindCategory, "few different values"
	case l.digits > 0.8:
		return KindCode, "most values hold digits"
	case l.name > 0.8 && distinct > 0.02:
		return KindName, "most values read as Korean or Chinese names"
	}
	return KindText, "words"
}

// Propose makes a configuration for the tables: what the columns are, what is
// compared, and (once the data are prepared by Link) which blocks. Columns in
// leave are not used; name the truth's there.
func Propose(tables []*Table, leave ...string) (Config, []Profile, error) {
	c := Config{Version: ConfigVersion}
	var profiles []Profile
	for _, s := range gather(tables) {
		p := s.profile()
		if slices.Contains(leave, s.name) {
			p.Kind, p.Reason = "", "left out: it holds the truth"
		}
		profiles = append(profiles, p)
	}
	joinNameParts(tables, profiles, &c)
	for i := range profiles {
		p := &profiles[i]
		if p.Kind == "" || slices.ContainsFunc(c.Fields, func(f FieldConfig) bool { return slices.Contains(f.Columns, p.Column) }) {
			continue
		}
		c.Fields = append(c.Fields, FieldConfig{Name: fieldName(p.Column, c.Fields), Kind: p.Kind, Columns: []string{p.Column}})
	}
	dateAges(&c, profiles)
	keepBest(&c, profiles)
	if len(c.Fields) == 0 {
		return c, profiles, fmt.Errorf("no column can be compared: %s", reasons(profiles))
	}
	return c, profiles, nil
}

func reasons(profiles []Profile) string {
	var list []string
	for _, p := range profiles {
		list = append(list, fmt.Sprintf("%q: %s", p.Column, p.Reason))
	}
	return strings.Join(list, "; ")
}

// fieldName makes a name for a field from its column.
func fieldName(column string, taken []FieldConfig) string {
	base := strings.ReplaceAll(headerWord(column), ".", "_")
	if base == "" {
		base = "field"
	}
	name := base
	for n := 2; slices.ContainsFunc(taken, func(f FieldConfig) bool { return f.Name == name }); n++ {
		name = fmt.Sprintf("%s_%d", base, n)
	}
	return name
}

// joinNameParts makes one name of a surname and a given name if together most
// of them read as Korean or Chinese: only whole are they comparable across
// scripts.
func joinNameParts(tables []*Table, profiles []Profile, c *Config) {
	var given, surname *Profile
	for i := range profiles {
		switch p := &profiles[i]; {
		case p.Kind == KindGiven && given == nil:
			given = p
		case p.Kind == KindSurname && surname == nil:
			surname = p
		}
	}
	if given == nil || surname == nil {
		return
	}
	eastern, total := 0, 0
	for _, t := range tables {
		a, b := t.column(surname.Column), t.column(given.Column)
		if a == nil || b == nil {
			continue
		}
		step := max(1, t.rows/lookValues)
		for row := 0; row < t.rows; row += step {
			s, g := a.values[a.ids[row]], b.values[b.ids[row]]
			if s == "" || g == "" {
				continue
			}
			total++
			if len(names.Read(s+" "+g).Readings()) > 0 {
				eastern++
			}
		}
	}
	if total == 0 || 2*eastern < total {
		return
	}
	c.Fields = append(c.Fields, FieldConfig{Name: "name", Kind: KindName, Columns: []string{surname.Column, given.Column}, Join: true})
	given.Reason, surname.Reason = "joined: most read as Korean or Chinese names", "joined: most read as Korean or Chinese names"
}

// dateAges gives ages the column that dates them: the first date that is not
// one of birth. Where there is a date of birth too, the age stands in for it
// where it is missing, since both say the same. Without a date, ages are
// compared as numbers.
func dateAges(c *Config, profiles []Profile) {
	asOf, age := "", -1
	for _, p := range profiles {
		if p.Kind == KindDate && asOf == "" && !ofBirth(p.Column) {
			asOf = p.Column
		}
	}
	for i, f := range c.Fields {
		if f.Kind == KindAge && age < 0 {
			age = i
		}
	}
	switch {
	case age < 0:
		return
	case asOf == "":
		c.Fields[age].Kind = KindCode
		return
	}
	c.Fields[age].AsOf = asOf
	column := c.Fields[age].Columns[0]
	for i, f := range c.Fields {
		if f.Kind == KindDate && ofBirth(f.Columns[0]) {
			c.Fields[i].Age, c.Fields[i].AsOf = column, asOf
			c.Fields = slices.Delete(c.Fields, age, age+1)
			break
		}
	}
	// The date on which people were seen tells nothing about who they are.
	c.Fields = slices.DeleteFunc(c.Fields, func(f FieldConfig) bool { return f.Kind == KindDate && slices.Contains(f.Columns, asOf) })
}

// ofBirth says that a column's name speaks of birth.
func ofBirth(column string) bool {
	h := headerWord(column)
	for _, w := range []string{"birth", "born", "dob", "yob", "생년", "출생", "생일", "出生", "生年"} {
		if strings.Contains(h, w) {
			return true
		}
	}
	return false
}

// keepBest leaves the sixteen fields that say most.
func keepBest(c *Config, profiles []Profile) {
	if len(c.Fields) <= maxFields {
		return
	}
	worth := func(f FieldConfig) float64 {
		for _, p := range profiles {
			if p.Column == f.Columns[0] {
				return p.bits * p.Filled
			}
		}
		return 0
	}
	order := slices.Clone(c.Fields)
	slices.SortStableFunc(order, func(a, b FieldConfig) int {
		switch x, y := worth(a), worth(b); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	c.Fields = slices.DeleteFunc(c.Fields, func(f FieldConfig) bool {
		return slices.IndexFunc(order, func(g FieldConfig) bool { return g.Name == f.Name }) >= maxFields
	})
}
