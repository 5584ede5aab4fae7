package quantity

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// A Lang is a language tag. The kit reads and prints English, Korean and
// Chinese; a count may carry any tag.
type Lang string

// The languages the kit reads and prints.
const (
	English Lang = "en"
	Korean  Lang = "ko"
	Chinese Lang = "zh"
)

// A Count is a number of things as somebody stated it or as it was derived
// from such statements. Its zero value says nothing: at least none, of an
// unstated unit. Counts are comparable with == and immutable; Low ≤ Best ≤
// High always holds, because only the constructors make other values.
type Count struct {
	low, high, best int64
	closed          bool // high is a bound; otherwise it is open
	stated          bool // best was stated
	flags           Flags
	unit            Unit
	noun, words     string
	lang            Lang
	rule            Rule
}

// Flags are what must be known about a count besides its numbers.
type Flags uint8

const (
	// Approximate: the source hedged, or gave a round number.
	Approximate Flags = 1 << iota
	// Partial: the source saw or counted only a part ("I saw twenty"). In a
	// combination it raises the low and says nothing about the high.
	Partial
	// Derived: computed from other counts or from a rate, stated by nobody.
	Derived
	// Conflict: the statements behind a derived count exclude one another.
	Conflict
	// Complete: the parts of a derived count were judged to be all there are.
	// Without it, a derived count is printed with "at least".
	Complete
)

// Fields are the parts of a [Count], in the shape that is stored and
// exchanged. The JSON names are stable.
type Fields struct {
	Low         int64  `json:"low"`
	High        *int64 `json:"high"` // nil: open
	Best        *int64 `json:"best"` // nil: no source states one
	Unit        Unit   `json:"unit"`
	Noun        string `json:"noun,omitempty"`
	Words       string `json:"words,omitempty"`
	Lang        Lang   `json:"lang,omitempty"`
	Rule        RuleID `json:"rule,omitempty"`
	RuleVersion int    `json:"rule_version,omitempty"`
	Approximate bool   `json:"approximate,omitempty"`
	Partial     bool   `json:"partial,omitempty"`
	Derived     bool   `json:"derived,omitempty"`
	Conflict    bool   `json:"conflict,omitempty"`
	Complete    bool   `json:"complete,omitempty"`
}

// maxWords bounds the words kept with a count, in bytes. Readings are shorter
// (see [MaxPhrase]); the slack is for words an office copies by hand.
const maxWords = 4096

// New makes a count from its parts. It refuses negative numbers, bounds in the
// wrong order, a best outside them, and texts that cannot be stored.
func New(f Fields) (Count, error) {
	c := Count{
		low: f.Low, unit: f.Unit, noun: f.Noun, words: f.Words, lang: f.Lang,
		rule: Rule{f.Rule, f.RuleVersion},
	}
	if f.High != nil {
		c.high, c.closed = *f.High, true
	}
	if f.Best != nil {
		c.best, c.stated = *f.Best, true
	}
	for _, b := range []struct {
		on   bool
		flag Flags
	}{{f.Approximate, Approximate}, {f.Partial, Partial}, {f.Derived, Derived}, {f.Conflict, Conflict}, {f.Complete, Complete}} {
		if b.on {
			c.flags |= b.flag
		}
	}
	return c, c.check()
}

// check holds the invariants of every count in one place.
func (c Count) check() error {
	switch {
	case c.low < 0:
		return fmt.Errorf("count: low %d is negative; a count starts at 0", c.low)
	case c.closed && c.high < c.low:
		return fmt.Errorf("count: high %d is below low %d; give the smaller number first", c.high, c.low)
	case c.stated && (c.best < c.low || c.closed && c.best > c.high):
		return fmt.Errorf("count: best %d is outside its range; widen the range or leave best out", c.best)
	case len(c.words) > maxWords || len(c.noun) > maxWords:
		return errors.New("count: the words are longer than 4096 bytes; keep only the phrase with the number")
	case !utf8.ValidString(c.words) || !utf8.ValidString(c.noun) || !utf8.ValidString(string(c.lang)):
		return errors.New("count: the words are not valid UTF-8; convert the text first")
	}
	if err := c.unit.check(); err != nil {
		return fmt.Errorf("count: %w", err)
	}
	return nil
}

// Exactly makes the count of precisely n. The number counts as stated.
func Exactly(n int64, unit Unit) (Count, error) {
	return New(Fields{Low: n, High: &n, Best: &n, Unit: unit, Rule: RuleExact, RuleVersion: RuleExact.Version()})
}

// Between makes the count of low to high, both included.
func Between(low, high int64, unit Unit) (Count, error) {
	return New(Fields{Low: low, High: &high, Unit: unit, Rule: RuleRange, RuleVersion: RuleRange.Version()})
}

// AtLeast makes the count of low or more, with an open high.
func AtLeast(low int64, unit Unit) (Count, error) {
	return New(Fields{Low: low, Unit: unit, Rule: RuleAtLeast, RuleVersion: RuleAtLeast.Version()})
}

// Low is the smallest number the count allows.
func (c Count) Low() int64 { return c.low }

// High is the largest number the count allows; ok is false where it is open.
func (c Count) High() (n int64, ok bool) { return c.high, c.closed }

// Best is the number a source stated as such; ok is false where none did.
func (c Count) Best() (n int64, ok bool) { return c.best, c.stated }

// Unit is what is counted.
func (c Count) Unit() Unit { return c.unit }

// Noun is the counted word as written ("North Korean refugees"), or empty.
func (c Count) Noun() string { return c.noun }

// Words are the exact words that were read, or empty for a derived count.
func (c Count) Words() string { return c.words }

// Lang is the language of the words.
func (c Count) Lang() Lang { return c.lang }

// Rule is the rule that made the numbers, with its version.
func (c Count) Rule() Rule { return c.rule }

// Has tells whether all the given flags are set.
func (c Count) Has(f Flags) bool { return c.flags&f == f }

// IsExact tells whether the count allows one number only.
func (c Count) IsExact() bool { return c.closed && c.low == c.high }

// Contains tells whether the count allows n.
func (c Count) Contains(n int64) bool { return n >= c.low && (!c.closed || n <= c.high) }

// Overlaps tells whether some number is allowed by both counts. Units are not
// compared; that is the caller's question.
func (c Count) Overlaps(d Count) bool {
	return (!c.closed || d.low <= c.high) && (!d.closed || c.low <= d.high)
}

// Within tells how the count answers "is it between low and high?":
// certainly, if every number it allows is; possibly, if some number is.
func (c Count) Within(low, high int64) (certainly, possibly bool) {
	certainly = c.closed && low <= c.low && c.high <= high
	possibly = low <= high && c.low <= high && (!c.closed || c.high >= low)
	return certainly, possibly
}

// Fields gives the parts of the count; New of them gives the count again.
func (c Count) Fields() Fields {
	f := Fields{
		Low: c.low, Unit: c.unit, Noun: c.noun, Words: c.words, Lang: c.lang,
		Rule: c.rule.ID, RuleVersion: c.rule.Version,
		Approximate: c.Has(Approximate), Partial: c.Has(Partial), Derived: c.Has(Derived),
		Conflict: c.Has(Conflict), Complete: c.Has(Complete),
	}
	if c.closed {
		f.High = ptr(c.high)
	}
	if c.stated {
		f.Best = ptr(c.best)
	}
	return f
}

// WithUnit gives the count with a unit that its words left open, for example
// after a documenter said what "around 50" counted. It refuses to replace a
// stated unit by another one, because that would be a conversion.
func (c Count) WithUnit(u Unit) (Count, error) {
	if c.unit != Unstated && c.unit != u {
		return c, fmt.Errorf("count: the words say %s; units are never converted, so record %s as a count of its own", c.unit, u)
	}
	c.unit = u
	return c, c.check()
}

// With gives the count with the flags set.
func (c Count) With(f Flags) Count {
	c.flags |= f
	return c
}

// Without gives the count with the flags cleared.
func (c Count) Without(f Flags) Count {
	c.flags &^= f
	return c
}

// String is the English text of the count, for logs of tests and for %v.
func (c Count) String() string { return strings.TrimSpace(c.Text(English)) }

func ptr(n int64) *int64 { return &n }
