package quantity

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Unit names what is counted. The known units are the constants below; any
// other word a source counts in ("boats") is kept as it is, in lower case.
// Units are never converted into one another.
type Unit string

// The units with a meaning of their own. Persons covers every word for people
// ("women", "refugees", "脱北者"); the word itself is kept as the count's noun.
const (
	Unstated   Unit = ""           // the source gives a number without a noun
	Persons    Unit = "persons"    // human beings, each once
	Families   Unit = "families"   // people who belong together by kinship
	Households Unit = "households" // people who live together: 가구, 세대, 户
	Groups     Unit = "groups"     // counted parties of people, any size
	Returns    Unit = "returns"    // forced returns; one person may have several
	Crossings  Unit = "crossings"  // border crossings, any direction
	Events     Unit = "events"     // incidents, cases, raids: 건, 起
	Acts       Unit = "acts"       // single acts, in the sense of the record
	Deaths     Unit = "deaths"
	Trips      Unit = "trips" // journeys or transports: 人次 counts these
	Times      Unit = "times" // how often, where the source does not say what
)

// Units lists the known units in a fixed order, for forms and tables.
func Units() []Unit {
	return []Unit{Persons, Families, Households, Groups, Returns, Crossings, Events, Acts, Deaths, Trips, Times}
}

// Known tells whether u is one of the constants, [Unstated] included.
func (u Unit) Known() bool {
	if u == Unstated {
		return true
	}
	for _, k := range Units() {
		if u == k {
			return true
		}
	}
	return false
}

// ofPeople tells whether a total in this unit would count people more than
// once if the same people came back.
func (u Unit) ofPeople() bool {
	switch u {
	case Persons, Families, Households, Groups:
		return true
	}
	return false
}

// maxUnit bounds the length of an unknown unit word, in bytes. It is long
// enough for any noun and short enough for a table heading.
const maxUnit = 64

// check refuses unit words that could not be printed in a table.
func (u Unit) check() error {
	if len(u) > maxUnit {
		return errors.New("the unit is longer than 64 bytes; use one noun")
	}
	if !utf8.ValidString(string(u)) || strings.ContainsFunc(string(u), unicode.IsControl) {
		return errors.New("the unit contains characters that cannot be printed; use one noun")
	}
	return nil
}

// unknownUnit turns a noun that no table knows into a unit of its own.
func unknownUnit(word string) Unit {
	word = strings.ToLower(strings.TrimSpace(word))
	for len(word) > maxUnit {
		_, n := utf8.DecodeLastRuneInString(word)
		word = word[:len(word)-n]
	}
	return Unit(word)
}
