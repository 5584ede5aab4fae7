package estimate

import (
	"encoding/json"
	"fmt"
	"maps"
	"strconv"
	"strings"
)

// A Language is one of those the kit can speak.
type Language string

// The languages of the built-in sentences.
const (
	English Language = "en"
	Korean  Language = "ko"
)

// A Key names a sentence, so that an application can keep its own wording and
// further languages in its catalogues; Catalogue gives the built-in ones.
type Key string

// A Direction says which way an estimate probably errs.
type Direction string

// Directions. TooLow means that there were probably more people than the
// estimate says.
const (
	Unknown Direction = ""
	TooLow  Direction = "low"
	TooHigh Direction = "high"
)

// A Message is a sentence with its values: a warning, a reason for refusing,
// an assumption.
type Message struct {
	Key       Key
	Args      map[string]string // the values, already formatted, by the name in braces
	Direction Direction
}

type args = map[string]string

// Text renders the sentence; languages the kit does not have get English.
func (m Message) Text(lang Language) string {
	sentence, ok := sentences(lang)[m.Key]
	if !ok {
		return string(m.Key)
	}
	pairs := make([]string, 0, 2*len(m.Args))
	for name, value := range m.Args {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(sentence)
}

// MarshalJSON writes the key, the values, the direction if any, and the
// sentence in both languages.
func (m Message) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Key       Key               `json:"key"`
		Direction Direction         `json:"direction,omitempty"`
		Args      map[string]string `json:"args,omitempty"`
		Text      string            `json:"text"`
		Korean    string            `json:"text_ko"`
	}{m.Key, m.Direction, m.Args, m.Text(English), m.Text(Korean)})
}

// Catalogue returns a copy of the built-in sentences of a language, with
// values in braces; English for a language the kit does not have.
func Catalogue(lang Language) map[Key]string { return maps.Clone(sentences(lang)) }

func sentences(lang Language) map[Key]string {
	if lang == Korean {
		return korean
	}
	return english
}

// An InputError says what is wrong with a table or a setting, and what to do.
type InputError struct {
	Line    int // of the file, from one; zero when there is no line
	Message Message
}

func inputError(line int, key Key, a args) error {
	return &InputError{Line: line, Message: Message{Key: key, Args: a}}
}

// Error returns the English sentence.
func (e *InputError) Error() string { return e.Text(English) }

// Text returns the sentence, with the line if there is one.
func (e *InputError) Text(lang Language) string {
	text := e.Message.Text(lang)
	if e.Line == 0 {
		return text
	}
	if lang == Korean {
		return fmt.Sprintf("%d번째 줄: %s", e.Line, text)
	}
	return fmt.Sprintf("line %d: %s", e.Line, text)
}

// number formats a whole number with commas between thousands.
func number(n int) string {
	s := strconv.Itoa(n)
	start := 0
	if n < 0 {
		start = 1
	}
	for i := len(s) - 3; i > start; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// percent formats a share; ratio formats a factor. Both keep what a reader of
// the sentence can use.
func percent(x float64) string { return strconv.FormatFloat(100*x, 'f', 1, 64) + " %" }
func ratio(x float64) string   { return strconv.FormatFloat(x, 'f', 2, 64) }
func ratio3(x float64) string  { return strconv.FormatFloat(x, 'f', 3, 64) }

// roundedText is a number as it may be published: two significant figures.
func roundedText(n Number) string {
	if !n.Known() {
		return "?"
	}
	return number(int(n.Rounded()))
}
