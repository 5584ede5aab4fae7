package names

import "strings"

// A Sketch is a summary of the surname of a name, to tell without comparing
// that two names have none in common. It fits a register or two where a Name
// is spread over memory.
type Sketch struct {
	sounds uint64 // what the surname may be, hashed
	near   uint64 // the same, and everything near it
}

// anySurname is the sketch of a name of which nothing is certain.
var anySurname = Sketch{^uint64(0), ^uint64(0)}

// Apart says that Compare will certainly find the two names in conflict,
// because no reading of one surname agrees with, or is near, any of the other.
func (s Sketch) Apart(t Sketch) bool { return s.near&t.sounds == 0 }

// Sketch summarizes the name.
func (n *Name) Sketch() Sketch {
	if len(n.parses) == 0 {
		return anySurname
	}
	var s Sketch
	for i := range n.parses {
		p := &n.parses[i]
		if p.surname == 0 {
			return anySurname
		}
		head := &n.slots[p.first]
		if head.kind != slotSyllable || head.n == 0 && head.py[0] == 0 {
			return anySurname
		}
		for _, c := range n.candidatesOf(head) {
			s.sounds |= sketchBit(uint32(c.class))
			s.near |= c.hangul.nearBits()
		}
		for _, py := range head.py {
			if py != 0 {
				s.sounds |= sketchBit(uint32(py) | 1<<16)
				s.near |= nearPinyinBits(py)
			}
		}
	}
	s.near |= s.sounds
	return s
}

func sketchBit(x uint32) uint64 { return 1 << (x * 2654435761 >> 26) }

// nearBits are the bits of the classes of all syllables near s.
func (s syllable) nearBits() uint64 {
	i, v, f := s.split()
	bits := uint64(0)
	for j, near := range nearInitials[i] {
		if near {
			bits |= sketchBit(uint32(compose(j, v, f).southern()))
		}
	}
	for j, near := range nearVowels[v] {
		if near {
			bits |= sketchBit(uint32(compose(i, j, f).southern()))
		}
	}
	for j, near := range nearFinals[f] {
		if near {
			bits |= sketchBit(uint32(compose(i, v, j).southern()))
		}
	}
	return bits
}

// nearPinyinBits are the bits of all Mandarin syllables near one.
func nearPinyinBits(py pinyin) uint64 {
	d := han()
	s := d.pinyin[py]
	bits := uint64(0)
	add := func(t string) {
		if id, ok := d.pinyinID[t]; ok {
			bits |= sketchBit(uint32(id) | 1<<16)
		}
	}
	for _, x := range pinyinSlips {
		for _, pair := range [][2]string{{x.a, x.b}, {x.b, x.a}} {
			if rest, ok := strings.CutPrefix(s, pair[0]); ok {
				add(pair[1] + rest)
			}
			if rest, ok := strings.CutSuffix(s, pair[0]); ok {
				add(rest + pair[1])
			}
		}
	}
	return bits
}
