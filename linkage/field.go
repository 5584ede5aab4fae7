package linkage

import (
	"math"
	"slices"
	"strings"

	"asylon/names"
)

// A field is one comparison, made ready: every record's value as a number, and
// for every value what comparing it needs.
type field struct {
	config FieldConfig
	ids    []uint32 // by record; 0 is missing
	values []string // normalized, by id
	count  []uint32 // records with each value

	// What the kind needs, by id.
	texts *texts
	names []*names.Name
	brief []names.Sketch
	self  []float32 // weight of a name with itself
	dates []dateValue
	// The weight in bits of an average name, and of one of each rarity.
	nameMean  float32
	classMean [3]float32
	parts     [][]uint32 // of a set or a place: item numbers, sorted
	items     []float32  // rarity of each item in bits
	itemIDs   map[string]uint32
	reader    *names.Reader
	keys      *keyCache // shared with copies of the field that have the same values

	levels  []string // names of the levels; 0 is missing
	exact   int      // the level of equal values that are common
	rarity  []uint8  // by id: 0 common, 1, 2 rare; added to exact
	compare func(a, b uint32) int
	// alien, if set, tells that two values cannot be compared.
	alien func(a, b uint32) bool
	// unlike, if set, tells cheaply that two values are at the lowest level.
	unlike  func(a, b uint32) bool
	crossed *field
	cross   []uint32 // this field's value id to the crossed field's
	swapped int      // the level of values found in each other's column
}

// newField reads a field's values from the tables and prepares them.
func newField(c FieldConfig, tables []*Table, r resources) *field {
	f := &field{config: c, values: []string{""}, keys: &keyCache{tables: make(map[string]*keyTable)}}
	index := map[string]uint32{"": 0}
	for _, t := range tables {
		f.readTable(t, index, r.places)
	}
	f.count = make([]uint32, len(f.values))
	for _, id := range f.ids {
		f.count[id]++
	}
	f.prepare(r.names, r.workers)
	f.rank()
	return f
}

// Shares of the rows from which an equal value counts as common, and below
// which as rare. Agreement on a rare value is another thing than on a common
// one, so the model keeps them apart; see also model.adjust.
const (
	commonShare = 1.0 / 100
	rareShare   = 1.0 / 2000
)

// rank says which values are common, and which rare. Names know it by
// themselves.
func (f *field) rank() {
	if f.names != nil {
		return
	}
	total := 0.0
	for _, n := range f.count[1:] {
		total += float64(n)
	}
	f.rarity = make([]uint8, len(f.values))
	for id, n := range f.count {
		switch share := float64(n) / max(total, 1); {
		case share < rareShare:
			f.rarity[id] = 2
		case share < commonShare:
			f.rarity[id] = 1
		}
	}
}

// readTable appends the values of one table. A column's values are normalized
// once each, not once a row.
func (f *field) readTable(t *Table, index map[string]uint32, places func(string) []string) {
	intern := func(s string) uint32 {
		id, ok := index[s]
		if !ok {
			id = uint32(len(f.values))
			f.values = append(f.values, s)
			index[s] = id
		}
		return id
	}
	var cols []*column
	for _, name := range f.config.Columns {
		if c := t.column(name); c != nil {
			cols = append(cols, c)
		}
	}
	age := t.column(f.config.Age)
	if len(cols) == 1 && f.config.Kind != KindAge && age == nil {
		known := make([]uint32, len(cols[0].values))
		for i := range known {
			known[i] = intern(f.normal(cols[0].values[i], places))
		}
		for _, id := range cols[0].ids {
			f.ids = append(f.ids, known[id])
		}
		return
	}
	for row := range t.rows {
		value := f.normal(f.joined(cols, row), places)
		switch {
		case f.config.Kind == KindAge && value != "":
			value = f.dated(t, row, value)
		case value == "" && age != nil && age.ids[row] != 0:
			value = f.dated(t, row, normalize(age.values[age.ids[row]]))
		}
		f.ids = append(f.ids, intern(value))
	}
}

// joined takes a field's text from one or several columns.
func (f *field) joined(cols []*column, row int) string {
	value := ""
	for _, c := range cols {
		v := c.values[c.ids[row]]
		switch {
		case v == "":
		case value == "":
			value = v
		case f.config.Join:
			value += " " + v
		}
	}
	return value
}

// dated puts an age and its date into one value.
func (f *field) dated(t *Table, row int, age string) string {
	at := f.config.AsOf
	if c := t.column(at); c != nil {
		at = c.values[c.ids[row]]
	}
	return age + "@" + strings.ToLower(strings.TrimSpace(at))
}

func (f *field) normal(s string, places func(string) []string) string {
	switch f.config.Kind {
	case KindName:
		return strings.TrimSpace(s) // package names does its own folding
	case KindCode:
		return squeeze(normalize(s))
	case KindDate:
		return canonicalDate(normalize(s))
	case KindCategory:
		s = normalize(s)
		if sex, ok := sexes[s]; ok {
			return sex
		}
		return s
	case KindPlace:
		if places != nil {
			if known := places(s); len(known) > 0 {
				return strings.ToLower(strings.Join(known, ", "))
			}
		}
	}
	return normalize(s)
}

// sexes are the usual words for the sexes in the languages of lists.
var sexes = map[string]string{
	"m": "male", "male": "male", "man": "male", "남": "male", "남자": "male", "남성": "male", "男": "male", "男性": "male", "homme": "male", "hombre": "male",
	"f": "female", "female": "female", "woman": "female", "w": "female", "여": "female", "여자": "female", "여성": "female", "女": "female", "女性": "female", "femme": "female", "mujer": "female",
}

// prepare computes what comparing needs for each value, in parallel: values do
// not depend on one another.
func (f *field) prepare(reader *names.Reader, workers int) {
	n := len(f.values)
	switch f.config.Kind {
	case KindName:
		f.reader = reader
		f.names = make([]*names.Name, n)
		f.brief = make([]names.Sketch, n)
		parallel(n, workers, func(i int) {
			f.names[i] = reader.Read(f.values[i])
			f.brief[i] = f.names[i].Sketch()
		})
		f.setNames(workers)
	case KindDate, KindAge:
		f.dates = make([]dateValue, n)
		parallel(n, workers, func(i int) { f.dates[i] = f.newDate(f.values[i]) })
		f.dropUnreadDates()
	case KindSet:
		f.splitItems()
	case KindPlace:
		f.texts = newTexts(f.values)
		f.splitItems()
	default:
		f.texts = newTexts(f.values)
	}
	f.bind()
}

// newDate reads a value of a field of dates or ages.
func (f *field) newDate(value string) dateValue {
	if age, at, ok := strings.Cut(value, "@"); ok {
		return ageDate(age, at, f.config.Counted)
	}
	return newDate(value)
}

// dropUnreadDates makes values that are no dates missing: they are no evidence
// of anything.
func (f *field) dropUnreadDates() {
	for i, id := range f.ids {
		if id != 0 && !f.dates[id].known() && !f.dates[id].written {
			f.count[id]--
			f.count[0]++
			f.ids[i] = 0
		}
	}
}

// splitItems numbers the parts of values and weighs them.
func (f *field) splitItems() {
	f.itemIDs = make(map[string]uint32)
	var seen []uint32
	total := uint32(0)
	f.parts = make([][]uint32, len(f.values))
	for id, v := range f.values {
		if id == 0 {
			continue
		}
		total += f.count[id]
		for _, item := range f.itemsOf(v) {
			k, ok := f.itemIDs[item]
			if !ok {
				k = uint32(len(seen))
				f.itemIDs[item] = k
				seen = append(seen, 0)
			}
			if !slices.Contains(f.parts[id], k) {
				f.parts[id] = append(f.parts[id], k)
				seen[k] += f.count[id]
			}
		}
		slices.Sort(f.parts[id])
	}
	f.items = make([]float32, len(seen))
	for k, n := range seen {
		f.items[k] = float32(math.Log2(float64(total+1) / float64(max(n, 1))))
	}
}

func (f *field) itemsOf(value string) []string {
	if f.config.Kind == KindPlace {
		return placeParts(value)
	}
	return setItems(value, f.config.Separator)
}
