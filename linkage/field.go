package linkage

import (
	"cmp"
	"hash/fnv"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

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
	dates []dateValue
	// The weight in bits of an average name, and of one of each rarity.
	nameMean  float32
	classMean [3]float32
	parts     [][]uint32 // of a set or a place: item numbers, sorted
	items     []float32  // rarity of each item in bits

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

// Levels of values that are compared letter by letter.
const (
	textDiffers = iota + 1
	textSimilar
	textClose
	textSame
)

// Levels of a surname or a given name alone.
const (
	partDiffers = iota + 1
	partSimilar
	partInitial
	partSwapped
	partClose
	partSame
)

// Levels of places and categories.
const (
	placeDiffers = iota + 1
	placeSimilar
	placeShares // one of the larger places, or one word
	placeClose
	placeSame
)

// Levels of sets.
const (
	setDisjoint = iota + 1
	setShares
	setMost
	setSame
)

// Similarities from which two values are close or similar. They are the usual
// ones of the field; what they are worth is learnt from the data.
const (
	closeText   = 0.92
	similarText = 0.80
)

// newField reads a field's values from the tables and prepares them.
func newField(c FieldConfig, tables []*Table, r resources) *field {
	f := &field{config: c, values: []string{""}}
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

// rank adds two levels above exact, for less common and for rare values.
func (f *field) rank() {
	if f.names != nil {
		return // names know by themselves how common they are
	}
	f.levels = append(slices.Clip(f.levels), "same, uncommon", "same, rare")
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
		f.names = make([]*names.Name, n)
		parallel(n, workers, func(i int) { f.names[i] = reader.Read(f.values[i]) })
		f.setNames()
	case KindGiven, KindSurname:
		f.texts = newTexts(f.values)
		f.levels = []string{"missing", "differs", "similar", "initial", "in the other column", "close", "same"}
		f.exact, f.swapped, f.compare, f.alien = partSame, partSwapped, f.compareParts, f.foreign
		f.unlike = func(a, b uint32) bool { return f.far(a, b) && min(f.texts.len(a), f.texts.len(b)) > 3 }
	case KindDate, KindAge:
		f.dates = make([]dateValue, n)
		counted := f.config.Counted
		parallel(n, workers, func(i int) {
			if age, at, ok := strings.Cut(f.values[i], "@"); ok {
				f.dates[i] = ageDate(age, at, counted)
			} else {
				f.dates[i] = newDate(f.values[i])
			}
		})
		f.dropUnreadDates()
		f.levels, f.exact = dateLevels, dateSame
		f.compare = func(a, b uint32) int { return compareDates(&f.dates[a], &f.dates[b]) }
	case KindPlace:
		f.texts = newTexts(f.values)
		f.splitItems(func(s string) []string { return placeParts(s) })
		f.levels = []string{"missing", "differs", "similar", "shares a part", "close", "same"}
		f.exact, f.compare, f.alien = placeSame, f.comparePlaces, f.foreign
	case KindSet:
		sep := f.config.Separator
		f.splitItems(func(s string) []string { return setItems(s, sep) })
		f.levels = []string{"missing", "nothing shared", "something shared", "most shared", "same"}
		f.exact, f.compare = setSame, f.compareSets
	case KindCode:
		f.texts = newTexts(f.values)
		f.levels = []string{"missing", "differs", "same beginning", "one slip", "same"}
		f.exact, f.compare = textSame, f.compareCodes
	default: // categories and texts
		f.texts = newTexts(f.values)
		f.levels = []string{"missing", "differs", "similar", "close", "same"}
		f.exact, f.compare, f.unlike, f.alien = textSame, f.compareTexts, f.far, f.foreign
	}
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

// splitItems numbers the parts of values, the commonest last, and weighs them.
func (f *field) splitItems(split func(string) []string) {
	index := make(map[string]uint32)
	var seen []uint32
	total := uint32(0)
	f.parts = make([][]uint32, len(f.values))
	for id, v := range f.values {
		if id == 0 {
			continue
		}
		total += f.count[id]
		for _, item := range split(v) {
			k, ok := index[item]
			if !ok {
				k = uint32(len(seen))
				index[item] = k
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
		f.items[k] = float32(log2(float64(total+1) / float64(n)))
	}
}

// commonItem is the rarity in bits below which a shared part means nothing:
// the country in a list of places of one country.
const commonItem = 1.5

// sharesItem says that two values have a part in common that is not common to
// all.
func (f *field) sharesItem(a, b uint32) bool {
	x, y := f.parts[a], f.parts[b]
	for len(x) > 0 && len(y) > 0 {
		switch {
		case x[0] == y[0]:
			if f.items[x[0]] >= commonItem {
				return true
			}
			x, y = x[1:], y[1:]
		case x[0] < y[0]:
			x = x[1:]
		default:
			y = y[1:]
		}
	}
	return false
}

// foreign says that two values are written in different scripts, so that
// their letters tell nothing.
func (f *field) foreign(a, b uint32) bool {
	return f.texts.list[a].script != f.texts.list[b].script
}

// far says, without looking at the letters, that two values are not similar.
func (f *field) far(a, b uint32) bool {
	return f.texts.list[a].bound(&f.texts.list[b]) < similarText
}

func (f *field) compareTexts(a, b uint32) int {
	switch s := f.texts.jaroWinkler(a, b); {
	case s >= closeText:
		return textClose
	case s >= similarText:
		return textSimilar
	}
	return textDiffers
}

func (f *field) compareParts(a, b uint32) int {
	switch s := f.texts.jaroWinkler(a, b); {
	case s >= closeText || f.slip(a, b):
		return partClose
	case initialOf(f.values[a], f.values[b]) || initialOf(f.values[b], f.values[a]):
		return partInitial
	case s >= similarText:
		return partSimilar
	}
	return partDiffers
}

// slip says that two words of five letters and more differ by one edit.
func (f *field) slip(a, b uint32) bool {
	m, n := f.texts.len(a), f.texts.len(b)
	return min(m, n) >= 4 && max(m, n) >= 5 && f.texts.edits(a, b, 1) <= 1
}

// initialOf says that a is an initial of b, or a short form that b begins
// with.
func initialOf(a, b string) bool {
	return len(a) > 0 && len(a) <= 3 && len(a) < len(b) && strings.HasPrefix(b, a)
}

func (f *field) comparePlaces(a, b uint32) int {
	s := f.texts.jaroWinkler(a, b)
	switch {
	case s >= closeText:
		return placeClose
	case f.sharesItem(a, b):
		return placeShares
	case s >= similarText:
		return placeSimilar
	}
	return placeDiffers
}

func (f *field) compareCodes(a, b uint32) int {
	n := min(f.texts.len(a), f.texts.len(b))
	switch {
	case n >= 4 && f.texts.edits(a, b, 1) <= 1:
		return textClose
	case n >= 4 && samePrefix(f.values[a], f.values[b], (n+1)/2):
		return textSimilar
	}
	return textDiffers
}

// samePrefix compares the first n letters.
func samePrefix(a, b string, n int) bool {
	for range n {
		r, v := utf8.DecodeRuneInString(a)
		s, w := utf8.DecodeRuneInString(b)
		if r != s {
			return false
		}
		a, b = a[v:], b[w:]
	}
	return true
}

func (f *field) compareSets(a, b uint32) int {
	x, y := f.parts[a], f.parts[b]
	shared := 0
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] == y[j]:
			shared++
			i++
			j++
		case x[i] < y[j]:
			i++
		default:
			j++
		}
	}
	switch {
	case shared == 0:
		return setDisjoint
	case shared == len(x) && shared == len(y):
		return setSame
	case 2*shared >= max(len(x), len(y)):
		return setMost
	}
	return setShares
}

// placeParts splits a place into itself and its parts, at commas and at spaces.
func placeParts(s string) []string {
	var out []string
	for p := range strings.SplitSeq(s, ",") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	for _, w := range words(s) {
		if len(w) > 2 { // leaves out of, de, la
			out = append(out, w)
		}
	}
	return out
}

func setItems(s, sep string) []string {
	var out []string
	for p := range strings.FieldsFuncSeq(s, func(r rune) bool {
		if sep != "" {
			return strings.ContainsRune(sep, r)
		}
		return strings.ContainsRune(",;|/、", r)
	}) {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// parallel calls f for 0 to n−1 on several goroutines and waits for all.
func parallel(n, workers int, f func(int)) {
	workers = min(max(workers, 1), n/256+1)
	if workers == 1 {
		for i := range n {
			f(i)
		}
		return
	}
	var wg sync.WaitGroup
	for w := range workers {
		from, to := n*w/workers, n*(w+1)/workers
		wg.Go(func() {
			for i := from; i < to; i++ {
				f(i)
			}
		})
	}
	wg.Wait()
}

// defaultWorkers is how many goroutines compute where nothing else is said.
func defaultWorkers() int { return runtime.GOMAXPROCS(0) }

// hash64 hashes a text, alike in every process.
func hash64(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return mix(h.Sum64())
}

// mix spreads the bits of x (the finalizer of splitmix64).
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

// pairKey names an unordered pair of ids.
func pairKey(a, b uint32) uint64 {
	if cmp.Less(b, a) {
		a, b = b, a
	}
	return uint64(a)<<32 | uint64(b)
}
