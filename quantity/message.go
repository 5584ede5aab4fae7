package quantity

import (
	"slices"
	"strconv"
	"strings"
)

// A Message is a sentence that can be shown in any language: a stable key and
// the values that go into its places {0}, {1}, and so on. A catalogue outside
// the kit may translate keys the kit does not know.
type Message struct {
	Key  string   `json:"key"`
	Args []string `json:"args,omitempty"`
}

// The keys of messages that are not about one rule. The message for a rule has
// the key "rule." and the rule's id.
const (
	KeyRate         = "rate"          // {0} the period
	KeyNoPeriod     = "no-period"     // a rate without a period gives no total
	KeySteady       = "steady"        // assumes a steady rate
	KeyMayBeTrips   = "may-be-trips"  // may be trips, not people
	KeyPeriodLength = "period-length" // {0} to {1} days
	KeyTimes        = "times"         // {0} to {1} times
	KeyNoUnit       = "no-unit"       // the words do not say what is counted
	KeyUnread       = "unread"        // {0} words not read
	KeyPartial      = "partial"       // a partial view
	KeyOfWhom       = "of-whom"       // {0} a part
	KeyOneGroup     = "one-group"     // {0} the group they form
	KeyEach         = "each"          // {0} the size of each
	KeySameThings   = "same-things"   // {0} the same things in another unit
	KeyOutOf        = "out-of"        // {0} the whole
	KeyPerSharing   = "times-in-rate" // {0} times in each period
	KeyConflict     = "conflict"      // the statements exclude one another
	KeyCopies       = "copies"        // {0} reports share an origin with another
	KeyRaised       = "low-raised"    // to {0}
	KeyBestDropped  = "best-dropped"  // the best lies outside the range
	KeySaturated    = "saturated"     // the sum is too large to write
	KeyOnlyParts    = "only-parts"    // nobody spoke of the whole
)

func message(key string, args ...string) Message { return Message{key, args} }

func ruleMessage(id RuleID, args ...string) Message { return Message{"rule." + string(id), args} }

// Explain is the sentence that says what the rule does.
func (r Rule) Explain() Message { return ruleMessage(r.ID) }

// Text is the sentence in the given language; in English where the kit has no
// other; the bare key where it is not the kit's.
func (m Message) Text(lang Lang) string {
	s, ok := sentence(lang, m.Key)
	if !ok {
		return m.Key
	}
	if len(m.Args) == 0 && strings.HasPrefix(m.Key, "rule.") {
		// A rule explained in general: its sentence up to the example.
		s, _, _ = strings.Cut(s, " — ")
		return s
	}
	for i, a := range m.Args {
		s = strings.ReplaceAll(s, "{"+strconv.Itoa(i)+"}", a)
	}
	return s
}

// String is the English sentence.
func (m Message) String() string { return m.Text(English) }

// Equal tells whether two messages are the same.
func (m Message) Equal(o Message) bool { return m.Key == o.Key && slices.Equal(m.Args, o.Args) }

// sentence looks a key up in the catalogue of lang, then in English.
func sentence(lang Lang, key string) (string, bool) {
	row, ok := catalogue[key]
	if !ok {
		return "", false
	}
	if s := row[column(lang)]; s != "" {
		return s, true
	}
	return row[0], true
}

// column is the place of a language in the catalogue rows.
func column(lang Lang) int {
	switch lang {
	case Korean:
		return 1
	case Chinese:
		return 2
	}
	return 0
}

func problemText(lang Lang, p Problem) string {
	s, ok := sentence(lang, "problem."+string(p))
	if !ok {
		return string(p)
	}
	return s
}

func adviceText(lang Lang, p Problem) string {
	s, _ := sentence(lang, "advice."+string(p))
	return s
}
