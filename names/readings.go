package names

import (
	"cmp"
	"slices"
	"strings"
)

// A Reading is one thing that the writing of a name may stand for.
type Reading struct {
	Script  Script
	System  System // how Latin letters write it; Hangul or Han otherwise
	Surname string // in Hangul, or in pinyin for a reading in Mandarin
	Given   string
	// Mandarin says that Surname and Given are pinyin, without tones.
	Mandarin bool
	// Share is the probability of this reading among all of the name's.
	Share float64
	// Weight is the rarity of the reading in bits: the evidence that finding
	// the same name twice would be.
	Weight float64
}

// String returns surname and given name.
func (r Reading) String() string { return strings.TrimSpace(r.Surname + " " + r.Given) }

// limits of what Readings lists
const (
	maxReadings  = 12
	leastShare   = 0.005
	perSlotShown = 4
)

// Readings returns what the name may stand for, the most probable first: at
// most twelve readings in all. A name that is compared by letters only has
// none.
func (n *Name) Readings() []Reading {
	var list []Reading
	for i := range n.parses {
		p := &n.parses[i]
		if p.form == formHan || p.form == formMandarin {
			list = append(list, n.mandarinReading(p))
		}
		if p.form != formMandarin {
			list = append(list, n.koreanReadings(p)...)
		}
	}
	list = mergeReadings(list)
	slices.SortStableFunc(list, func(a, b Reading) int { return cmp.Compare(b.Share, a.Share) })
	list = slices.DeleteFunc(list, func(r Reading) bool { return r.Share < leastShare || r.String() == "" })
	return list[:min(len(list), maxReadings)]
}

// mergeReadings adds up readings that come from several parses.
func mergeReadings(list []Reading) []Reading {
	type key struct {
		text   string
		script Script
	}
	at := make(map[key]int)
	var out []Reading
	for _, r := range list {
		k := key{r.String(), r.Script}
		if i, ok := at[k]; ok {
			out[i].Share = min(1, out[i].Share+r.Share)
			continue
		}
		at[k] = len(out)
		out = append(out, r)
	}
	return out
}

// koreanReadings multiplies out the likelier candidates of each slot.
func (n *Name) koreanReadings(p *parse) []Reading {
	script := [...]Script{ScriptHangul, ScriptHan, ScriptLatin, ScriptLatin}[p.form]
	list := []Reading{{Script: script, System: ^System(0), Share: p.cost.prob()}}
	row := n.slotsOf(p)
	for i := range row {
		s := &row[i]
		cands := slices.Clone(n.candidatesOf(s))
		slices.SortStableFunc(cands, func(a, b candidate) int {
			return cmp.Compare(int(a.cost)+int(a.rarity), int(b.cost)+int(b.rarity))
		})
		total := 0.0
		for _, c := range cands {
			total += c.cost.prob() * c.rarity.prob()
		}
		var next []Reading
		for _, r := range list {
			if len(cands) == 0 {
				next = append(next, r.extend(n.writing(s), i < int(p.surname)))
			}
			for _, c := range cands[:min(len(cands), perSlotShown)] {
				e := r.extend(string(c.hangul.rune()), i < int(p.surname))
				e.Share *= c.cost.prob() * c.rarity.prob() / total
				e.Weight += float64(c.rarity) / 8
				if c.system&SystemUsual == 0 || len(row) == 1 {
					e.System &= c.system
				}
				next = append(next, e)
			}
		}
		slices.SortStableFunc(next, func(a, b Reading) int { return cmp.Compare(b.Share, a.Share) })
		list = next[:min(len(next), maxReadings)]
	}
	for i := range list {
		// Without one system for all syllables, the spelling is customary.
		if list[i].System = narrow(list[i].System, ^System(0)); list[i].System == 0 {
			list[i].System = SystemAdHoc
		}
	}
	return list
}

func (r Reading) extend(syllable string, surname bool) Reading {
	if surname {
		r.Surname += syllable
	} else {
		r.Given += syllable
	}
	return r
}

// mandarinReading gives the usual pinyin of each character.
func (n *Name) mandarinReading(p *parse) Reading {
	r := Reading{Script: ScriptHan, System: SystemMandarin, Mandarin: true, Share: p.cost.prob()}
	if p.form == formMandarin {
		r.Script = ScriptLatin
	}
	row := n.slotsOf(p)
	for i := range row {
		s := &row[i]
		text := han().pinyin[s.py[0]]
		if s.kind != slotSyllable || text == "" {
			text = n.writing(s)
		}
		r = r.extend(text, i < int(p.surname))
		r.Weight += float64(s.info) / 8
	}
	return r
}
