package linkage

import (
	"slices"
	"strings"
	"unicode/utf8"

	"asylon/names"
)

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

// bind sets how the field's values are compared.
func (f *field) bind() {
	switch f.config.Kind {
	case KindName:
		f.unlike = func(a, b uint32) bool { return f.brief[a].Apart(f.brief[b]) }
		f.compare = func(a, b uint32) int { return f.nameLevel(names.Compare(f.names[a], f.names[b])) }
	case KindGiven, KindSurname:
		f.levels = []string{"missing", "differs", "similar", "initial", "in the other column", "close", "same"}
		f.exact, f.swapped, f.compare, f.alien = partSame, partSwapped, f.compareParts, f.foreign
		f.unlike = func(a, b uint32) bool { return f.far(a, b) && min(f.texts.len(a), f.texts.len(b)) > 3 }
	case KindDate, KindAge:
		f.levels, f.exact = dateLevels, dateSame
		f.compare = func(a, b uint32) int { return compareDates(&f.dates[a], &f.dates[b]) }
	case KindPlace:
		f.levels = []string{"missing", "differs", "similar", "shares a part", "close", "same"}
		f.exact, f.compare, f.alien = placeSame, f.comparePlaces, f.foreign
	case KindSet:
		f.levels = []string{"missing", "nothing shared", "something shared", "most shared", "same"}
		f.exact, f.compare = setSame, f.compareSets
	case KindCode:
		f.levels = []string{"missing", "differs", "same beginning", "one slip", "same"}
		f.exact, f.compare = textSame, f.compareCodes
	default: // categories and texts
		f.levels = []string{"missing", "differs", "similar", "close", "same"}
		f.exact, f.compare, f.unlike, f.alien = textSame, f.compareTexts, f.far, f.foreign
	}
	if f.names == nil {
		f.levels = append(slices.Clip(f.levels), "same, uncommon", "same, rare")
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
