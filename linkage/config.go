package linkage

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// Kind says what the values of a field are, and so how two of them are
// compared.
type Kind string

// The kinds of field.
const (
	KindName     Kind = "name"     // a whole personal name, compared by package names
	KindGiven    Kind = "given"    // a given name alone
	KindSurname  Kind = "surname"  // a surname alone
	KindDate     Kind = "date"     // a date of birth or of anything that does not change
	KindAge      Kind = "age"      // an age at a time; becomes years of birth
	KindPlace    Kind = "place"    // a place, perhaps with the larger places that hold it
	KindCode     Kind = "code"     // a number or code: identity card, telephone, postcode
	KindCategory Kind = "category" // one of a few words: sex, occupation
	KindText     Kind = "text"     // words: an address
	KindSet      Kind = "set"      // several values in one cell
)

var kinds = []Kind{KindName, KindGiven, KindSurname, KindDate, KindAge, KindPlace, KindCode, KindCategory, KindText, KindSet}

// ConfigVersion is the version of the configuration file.
const ConfigVersion = 1

// A Config says what is compared and how. The zero value of most settings
// means the usual choice; Propose makes a whole configuration from the data.
type Config struct {
	Version int `yaml:"version"`
	// UniqueWithinFile says that each list is known to name nobody twice, so
	// that two rows of one list are never linked.
	UniqueWithinFile bool `yaml:"unique_within_file,omitempty"`
	// Threshold is the probability from which a cluster of records counts as
	// one person; 0 means DefaultThreshold.
	Threshold float64 `yaml:"threshold,omitempty"`
	// MaxPairs is how many candidate pairs the blocks may make; 0 means 50 a
	// record.
	MaxPairs int64 `yaml:"max_pairs,omitempty"`
	// MaxBlock is how many records a block may hold before it is refined by
	// another key; 0 means DefaultMaxBlock.
	MaxBlock int `yaml:"max_block,omitempty"`
	// Seed makes the random pairs, from which chance agreement is learnt.
	Seed   uint64        `yaml:"seed,omitempty"`
	Fields []FieldConfig `yaml:"fields"`
	// Blocks are the rules that bring records together: two records are
	// compared if they agree on all keys of one rule.
	Blocks []Block `yaml:"blocks,omitempty"`
}

// Usual settings.
const (
	DefaultThreshold = 0.2
	DefaultMaxBlock  = 400
	defaultPerRecord = 50
	maxFields        = 16
)

// A FieldConfig is one comparison.
type FieldConfig struct {
	Name string `yaml:"name"`
	Kind Kind   `yaml:"kind"`
	// Columns are the columns of the lists that hold the field; the first one
	// with a value counts. A name may be put together from several, see Join.
	Columns []string `yaml:"columns"`
	// Join puts the columns together with a space, instead of taking the first
	// one that has a value: surname and given name, province and county.
	Join bool `yaml:"join,omitempty"`
	// Age is, for a date of birth, the column of ages that stands in where the
	// date is missing; AsOf and Counted tell how to read it.
	Age string `yaml:"age,omitempty"`
	// AsOf is, for an age, the column that dates it, or a date or year.
	AsOf string `yaml:"as_of,omitempty"`
	// Counted says how ages are counted: international, counted (one at birth,
	// one more each New Year), or unknown, which allows both and is the usual
	// choice.
	Counted string `yaml:"counted,omitempty"`
	// Separator splits the values of a set; "" means comma, semicolon or bar.
	Separator string `yaml:"separator,omitempty"`
	// Incompatible says that two records whose values differ beyond error are
	// never one person: use it for dates that are known to be right.
	Incompatible bool `yaml:"incompatible,omitempty"`
	// Ignore leaves the field out of the comparison; its values may still
	// block.
	Ignore bool `yaml:"ignore,omitempty"`
}

// A Block is one blocking rule: keys such as "surname", "dob.year" or
// "given.prefix3" (a field and the part of it that must agree).
type Block []string

// ParseConfig reads a configuration from YAML. Unknown settings are errors,
// since a misspelt one would otherwise be silently ignored.
func ParseConfig(data []byte) (Config, error) {
	var c Config
	if err := yaml.UnmarshalWithOptions(data, &c, yaml.Strict()); err != nil {
		return Config{}, fmt.Errorf("read the configuration: %w", err)
	}
	if err := c.Check(); err != nil {
		return Config{}, err
	}
	return c, nil
}

// YAML returns the configuration as ParseConfig reads it.
func (c Config) YAML() ([]byte, error) { return yaml.Marshal(c) }

// Check says what is wrong with the configuration: all of it, one sentence a
// mistake.
func (c Config) Check() error {
	var errs []error
	wrong := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if c.Version != ConfigVersion {
		wrong("version %d of the configuration is not known; write version: %d", c.Version, ConfigVersion)
	}
	if c.Threshold < 0 || c.Threshold >= 1 {
		wrong("threshold %g is not a probability below 1", c.Threshold)
	}
	if c.MaxPairs < 0 || c.MaxBlock < 0 || c.MaxBlock == 1 {
		wrong("max_pairs and max_block must be positive, and max_block at least 2")
	}
	names := make(map[string]bool)
	compared := 0
	for i, f := range c.Fields {
		where := fmt.Sprintf("field %d (%s)", i+1, f.Name)
		switch {
		case f.Name == "" || strings.ContainsAny(f.Name, ". "):
			wrong("%s: a field needs a name without dots and spaces", where)
		case names[f.Name]:
			wrong("%s: the name is used twice", where)
		case !slices.Contains(kinds, f.Kind):
			wrong("%s: kind %q is not known; known are %v", where, f.Kind, kinds)
		case len(f.Columns) == 0:
			wrong("%s: name at least one column", where)
		}
		if f.AsOf == "" && (f.Kind == KindAge || f.Age != "") {
			wrong("%s: an age needs as_of, the column or the year that dates it", where)
		}
		if f.Counted != "" && !slices.Contains([]string{"international", "counted", "unknown"}, f.Counted) {
			wrong("%s: counted must be international, counted or unknown", where)
		}
		names[f.Name] = true
		if !f.Ignore {
			compared++
		}
	}
	switch {
	case compared == 0:
		wrong("there is nothing to compare: name at least one field")
	case compared > maxFields:
		wrong("%d fields are compared; at most %d can be", compared, maxFields)
	}
	for i, b := range c.Blocks {
		if len(b) == 0 {
			wrong("block %d has no keys", i+1)
		}
		for _, k := range b {
			field, part, _ := strings.Cut(k, ".")
			if !names[field] {
				wrong("block %d: key %q names no field", i+1, k)
				continue
			}
			at := slices.IndexFunc(c.Fields, func(f FieldConfig) bool { return f.Name == field })
			if !slices.Contains(partsOf(c.Fields[at].Kind), part) {
				wrong("block %d: a %s has no part %q; it has %q", i+1, c.Fields[at].Kind, part, partsOf(c.Fields[at].Kind))
			}
		}
	}
	return errors.Join(errs...)
}

// A Truth says which column tells who a record really is, to measure with.
type Truth struct {
	Column string
	// Pattern, if set, takes the identity from the value: its first group, or
	// the whole match. "rec-(\d+)-" reads the Febrl data sets.
	Pattern *regexp.Regexp
}

// identity returns who the value says the record is; "" if it does not say.
func (t Truth) identity(value string) string {
	if t.Pattern == nil {
		return value
	}
	m := t.Pattern.FindStringSubmatch(value)
	switch len(m) {
	case 0:
		return ""
	case 1:
		return m[0]
	}
	return m[1]
}
