package quantity

import (
	"fmt"
	"strings"
)

// A Problem says in one word what is wrong with a phrase; its text is the key
// of the sentence in a catalogue.
type Problem string

// What can be wrong with a phrase.
const (
	ProblemEmpty         Problem = "empty"         // nothing to read
	ProblemTooLong       Problem = "too-long"      // longer than MaxPhrase
	ProblemText          Problem = "text"          // not UTF-8, control characters, raised digits
	ProblemScript        Problem = "script"        // a script the kit cannot read
	ProblemNoNumber      Problem = "no-number"     // no number, no number word
	ProblemNegative      Problem = "negative"      // fewer than none
	ProblemFraction      Problem = "fraction"      // half a person
	ProblemSeparators    Problem = "separators"    // 1.200 or 12,34
	ProblemTooLarge      Problem = "too-large"     // more than MaxStated
	ProblemReversed      Problem = "reversed"      // between 60 and 40
	ProblemContradiction Problem = "contradiction" // at least 60 but fewer than 40
	ProblemAmbiguous     Problem = "ambiguous"     // 25-30,000
	ProblemShare         Problem = "share"         // half, 20 %
	ProblemMeasure       Problem = "measure"       // kilometres, hours, money
	ProblemOrdinal       Problem = "ordinal"       // the 50th
	ProblemDenied        Problem = "denied"        // "not 50"
	ProblemUnits         Problem = "units"         // two units added up
	ProblemTwoNumbers    Problem = "two-numbers"   // a number left over
	ProblemUnread        Problem = "unread"        // a word or sign not understood
	ProblemPeriod        Problem = "period"        // a period that cannot be used
)

// A ReadError says what is wrong with a phrase, where, and what to write
// instead. It is the only error type of [Read], [ReadIn], [ParseSpan] and
// [Ask].
type ReadError struct {
	Phrase  string  // the whole phrase as given, shortened if very long
	Problem Problem // what is wrong
	At      string  // the words it is about, or empty for the whole phrase
	Why     string  // more about it in English, or empty
}

// Error is one English sentence without a full stop.
func (e *ReadError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "read quantity %q: %s", e.Phrase, problemText(English, e.Problem))
	if e.Why != "" {
		fmt.Fprintf(&b, " (%s)", e.Why)
	}
	if e.At != "" && e.At != e.Phrase {
		fmt.Fprintf(&b, ", at %q", e.At)
	}
	fmt.Fprintf(&b, "; %s", adviceText(English, e.Problem))
	return b.String()
}

// Text is the sentence in one of the printed languages, English otherwise,
// without the operation in front: what a form shows beside the field.
func (e *ReadError) Text(lang Lang) string {
	s := problemText(lang, e.Problem)
	if e.At != "" {
		s += ` ("` + e.At + `")`
	}
	return s + "; " + adviceText(lang, e.Problem)
}

// A problem is a ReadError in the making: the parsers know what and where, the
// door adds the phrase.
type problem struct {
	what Problem
	at   string
	why  string
}

func newProblem(what Problem, why string) *problem { return &problem{what: what, why: why} }

// problemAt is a problem with the words it is about.
func problemAt(what Problem, at string) *problem {
	return &problem{what: what, at: strings.TrimSpace(at)}
}

// in makes the error for a phrase.
func (p *problem) in(phrase string) *ReadError {
	return &ReadError{Phrase: shorten(phrase), Problem: p.what, At: shorten(p.at), Why: p.why}
}

// shorten keeps error messages readable when a whole page was pasted.
func shorten(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	const keep = 80
	r := []rune(s)
	if len(r) <= keep {
		return s
	}
	return string(r[:keep]) + "…"
}
