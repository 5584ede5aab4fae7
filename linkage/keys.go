package linkage

import (
	"sync"
	"unicode/utf8"

	"asylon/names"
)

// partsOf lists the parts of a kind that may serve as blocking keys. The empty
// part is the whole value.
func partsOf(k Kind) []string {
	switch k {
	case KindName:
		return []string{"", "sound", "surname", "given"}
	case KindGiven, KindSurname:
		return []string{"", "sound", "prefix"}
	case KindDate:
		return []string{"", "year", "month", "monthday"}
	case KindAge:
		return []string{"year"}
	case KindPlace, KindText:
		return []string{"", "word", "prefix"}
	case KindCode:
		return []string{"", "begin", "end"}
	case KindSet:
		return []string{"any"}
	}
	return []string{""}
}

// A keyTable gives, for each value of a field, the keys of one part of it. A
// value without keys does not block.
type keyTable struct {
	off  []uint32 // where the keys of value id begin; one longer than the values
	keys []uint64
}

func (t *keyTable) of(id uint32) []uint64 { return t.keys[t.off[id]:t.off[id+1]] }

// different counts the different keys, as far as twenty or so.
func (t *keyTable) different() int {
	seen := make(map[uint64]bool)
	for _, k := range t.keys {
		if seen[k] = true; len(seen) > 20 {
			break
		}
	}
	return len(seen)
}

// mostYears is how many years a vague date may span and still block by year.
const mostYears = 4

// prefixLetters is how many letters the part "prefix" has; it must tell more
// than a sound does, and forgive errors further on.
const prefixLetters = 4

// A keyCache holds the key tables of a field.
type keyCache struct {
	mu     sync.Mutex
	tables map[string]*keyTable // guarded by mu
}

// keyTable returns the keys of a part for all values of f, computed once.
func (f *field) keyTable(part string, workers int) *keyTable {
	f.keys.mu.Lock()
	defer f.keys.mu.Unlock()
	t := f.keys.tables[part]
	if t == nil {
		t = f.newKeyTable(part, workers)
		f.keys.tables[part] = t
	}
	return t
}

// newKeyTable computes pieces of the table in parallel and puts them together.
func (f *field) newKeyTable(part string, workers int) *keyTable {
	n := len(f.values)
	size := max(1024, (n+workers-1)/max(workers, 1))
	pieces := make([]keyTable, (n+size-1)/size)
	tasks(len(pieces), workers, func(i int) {
		p := &pieces[i]
		for id := i * size; id < min(n, (i+1)*size); id++ {
			if id > 0 && f.count[id] > 0 {
				p.keys = f.appendKeys(p.keys, uint32(id), part)
			}
			p.off = append(p.off, uint32(len(p.keys)))
		}
	})
	t := &keyTable{off: make([]uint32, 1, n+1)}
	for i := range pieces {
		base := uint32(len(t.keys))
		for _, o := range pieces[i].off {
			t.off = append(t.off, base+o)
		}
		t.keys = append(t.keys, pieces[i].keys...)
	}
	return t
}

func (f *field) appendKeys(dst []uint64, id uint32, part string) []uint64 {
	switch part {
	case "":
		return f.appendWhole(dst, id)
	case "prefix":
		return appendPrefix(dst, f.values[id])
	case "sound":
		if f.names != nil {
			return appendNameKeys(dst, f.names[id].Keys())
		}
		if s := names.Sound(f.values[id]); s != "" {
			dst = append(dst, hash64(s))
		}
	case "surname":
		return appendNameKeys(dst, f.names[id].SurnameKeys())
	case "given":
		return appendNameKeys(dst, f.names[id].GivenKeys())
	case "year", "month", "monthday":
		return f.dates[id].appendKeys(dst, part)
	case "word":
		return f.appendWords(dst, id)
	case "any":
		for _, item := range f.parts[id] {
			if f.items[item] >= commonItem {
				dst = append(dst, mix(uint64(item)+1))
			}
		}
	case "begin":
		if v := f.values[id]; len(v) >= 4 {
			dst = append(dst, hash64(v[:(len(v)+1)/2]))
		}
	case "end":
		if v := f.values[id]; len(v) >= 6 {
			dst = append(dst, hash64(v[len(v)-4:]))
		}
	}
	return dst
}

func (f *field) appendWhole(dst []uint64, id uint32) []uint64 {
	switch {
	case f.names != nil:
		if k := f.names[id].Key(); k != "" {
			dst = append(dst, hash64(k))
		}
		return dst
	case f.dates != nil:
		return f.dates[id].appendKeys(dst, "")
	}
	return append(dst, mix(uint64(id)))
}

func appendNameKeys(dst []uint64, keys []names.Key) []uint64 {
	for _, k := range keys {
		dst = append(dst, uint64(k))
	}
	return dst
}

func appendPrefix(dst []uint64, s string) []uint64 {
	at := 0
	for range prefixLetters {
		_, w := utf8.DecodeRuneInString(s[at:])
		at += w
	}
	if at == 0 {
		return dst
	}
	return append(dst, hash64(s[:at]))
}

// appendWords adds a key per word or place that is not common to all.
func (f *field) appendWords(dst []uint64, id uint32) []uint64 {
	if f.parts != nil {
		for _, item := range f.parts[id] {
			if f.items[item] >= commonItem {
				dst = append(dst, mix(uint64(item)+1))
			}
		}
		return dst
	}
	for _, w := range words(f.values[id]) {
		if utf8.RuneCountInString(w) > 2 {
			dst = append(dst, hash64(w))
		}
	}
	return dst
}

// appendKeys adds the keys of a date: for the year, one for each year that it
// may lie in.
func (d *dateValue) appendKeys(dst []uint64, part string) []uint64 {
	exact := d.known() && d.first == d.last
	switch part {
	case "":
		switch {
		case d.written:
			dst = append(dst, hash64(string(d.digits[:])))
		case exact:
			dst = append(dst, mix(uint64(d.first)))
		}
	case "year":
		if first, last, ok := d.years(); ok && last-first < mostYears {
			for y := first; y <= last; y++ {
				dst = append(dst, mix(uint64(y)+1<<32))
			}
		}
	case "month":
		if d.known() && d.last-d.first < 31 {
			y, m, _ := d.first.Civil()
			dst = append(dst, mix(uint64(y*16)+uint64(m)))
		}
	case "monthday":
		switch {
		case d.written:
			dst = append(dst, hash64(string(d.digits[4:])))
		case exact:
			_, m, day := d.first.Civil()
			dst = append(dst, hash64(string([]byte{byte('0' + m/10), byte('0' + m%10), byte('0' + day/10), byte('0' + day%10)})))
		}
	}
	return dst
}
