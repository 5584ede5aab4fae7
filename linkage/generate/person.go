package generate

import (
	"math/rand/v2"

	"asylon/edtf"
)

// A person as he or she is.
type person struct {
	id        int
	woman     bool
	surname   *surname
	given     []*character
	born      edtf.Day
	home      *county
	moved     *county // where the person lived later
	work      int
	certainty float64 // how well the person knows the own birth date
}

// A population draws people. Households of a few share surname and home;
// brothers and sisters share the first syllable of the given name.
type population struct {
	rng                  *rand.Rand
	surnames, men, women picker
	counties             picker
	sibling              *person
	next                 int
}

// A picker draws an index by shares.
type picker struct{ sums []int }

func newPicker(n int, share func(int) int) picker {
	var p picker
	sum := 0
	for i := range n {
		sum += share(i)
		p.sums = append(p.sums, sum)
	}
	return p
}

func (p picker) pick(rng *rand.Rand) int {
	x := rng.IntN(p.sums[len(p.sums)-1])
	for i, s := range p.sums {
		if x < s {
			return i
		}
	}
	return 0
}

func newPopulation(rng *rand.Rand) *population {
	fits := func(who byte) func(int) int {
		return func(i int) int {
			if c := characters[i]; c.who == 'b' || c.who == who {
				return c.share
			}
			return 0
		}
	}
	return &population{
		rng:      rng,
		surnames: newPicker(len(surnames), func(i int) int { return surnames[i].share }),
		men:      newPicker(len(characters), fits('m')),
		women:    newPicker(len(characters), fits('w')),
		counties: newPicker(len(counties), func(i int) int { return counties[i].share }),
	}
}

// Shares of the population.
const (
	shareWomen   = 0.7 // most who leave are women
	shareSibling = 0.25
	shareOneChar = 0.08
	shareMoved   = 0.3
)

func (p *population) draw() *person {
	rng := p.rng
	x := &person{id: p.next, woman: rng.Float64() < shareWomen, work: rng.IntN(len(occupations)), certainty: rng.Float64()}
	p.next++
	x.surname = &surnames[p.surnames.pick(rng)]
	x.home = &counties[p.counties.pick(rng)]
	// Born between 1935 and 2009, most of them between 1960 and 1990.
	year := 1975 + int(rng.NormFloat64()*13)
	x.born = edtf.DayOf(int64(min(max(year, 1935), 2009)), 1, 1) + edtf.Day(rng.IntN(365))
	chars := p.men
	if x.woman {
		chars = p.women
	}
	x.given = append(x.given, &characters[chars.pick(rng)])
	if rng.Float64() >= shareOneChar {
		x.given = append(x.given, &characters[chars.pick(rng)])
	}
	if s := p.sibling; s != nil && rng.Float64() < shareSibling {
		x.surname, x.home = s.surname, s.home
		x.given[0] = s.given[0]
		x.born = s.born + edtf.Day(400+rng.IntN(2500))
	}
	p.sibling = x
	x.moved = x.home
	if rng.Float64() < shareMoved {
		x.moved = &counties[p.counties.pick(rng)]
	}
	return x
}
