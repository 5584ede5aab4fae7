// Package advocacy is the room of open letters: what is written to those
// responsible, from facts of the record, and what came back.
//
// A letter is a Content. Each of its facts is chosen statements, or a kept
// figure, worded by Lookup.Sentences according to the mode in which the
// source puts them, with a derivation for each statement. What must not leave
// the house is refused (Refuse). A letter that is frozen keeps its content, its
// derivations, the cut of the record it was written from, and its bytes as
// HTML, Markdown and PDF; nothing in it is worked out again.
//
//	l := advocacy.Letters{Lexicon: lexicon}
//	letter, refused, err := l.Freeze(ctx, w, content)
//
// It is not for confidential filings and not for sending: letters leave as
// files, and the audit journal says so.
package advocacy

import (
	"strings"

	"asylon/edtf"
	"asylon/internal/fault"
	"asylon/internal/record"
)

// Content is what a letter says, as its author put it together. Its JSON is
// the input of the command line and part of the format of letter/1.
type Content struct {
	Language    string      `json:"language"` // "en" or "ko"
	Date        string      `json:"date"`     // EDTF, one day
	Sender      []string    `json:"sender,omitempty"`
	Addressee   Addressee   `json:"addressee"`
	Subject     string      `json:"subject"`
	Opening     string      `json:"opening,omitempty"`
	Concerns    []string    `json:"concerns,omitempty"` // paragraphs in the author's own words
	Facts       []Fact      `json:"facts,omitempty"`
	Demands     []Demand    `json:"demands,omitempty"`
	Closing     string      `json:"closing,omitempty"`
	Signatories []Signatory `json:"signatories,omitempty"`
	ReplyBy     string      `json:"reply_by,omitempty"` // EDTF, one day
}

// Addressee is whom the letter is written to.
type Addressee struct {
	Name       string   `json:"name"`
	Title      string   `json:"title,omitempty"`
	Salutation string   `json:"salutation,omitempty"`
	Address    []string `json:"address,omitempty"`
}

// Fact is one paragraph that rests on the record: statements, or a figure by
// its permanent name. Text, where set, is the author's wording of it.
type Fact struct {
	Statements []record.ID `json:"statements,omitempty"`
	Figure     string      `json:"figure,omitempty"`
	Text       string      `json:"text,omitempty"`
}

// Demand is what is asked of the addressee, perhaps until a date or condition,
// and the demand of the record it speaks for.
type Demand struct {
	Text   string    `json:"text"`
	Until  string    `json:"until,omitempty"`
	Demand record.ID `json:"demand,omitempty"`
}

// Signatory is who signs, and when and how they agreed to.
type Signatory struct {
	Name         string `json:"name"`
	Role         string `json:"role,omitempty"`
	Organisation string `json:"organisation,omitempty"`
	ConsentDate  string `json:"consent_date,omitempty"` // EDTF
	ConsentHow   string `json:"consent_how,omitempty"`  // in writing, by telephone, in a meeting
}

// Languages are the languages letters are worded in.
func Languages() []string { return []string{"en", "ko"} }

// The most that a letter may hold.
const (
	maxFacts      = 200
	maxDemands    = 50
	maxNames      = 200
	maxStatements = 100 // of one fact
	maxText       = 20000
)

// day reads a date that must be one day.
func day(what, s string) (edtf.Date, error) {
	d, err := edtf.Parse(s)
	if err != nil || d.Kind() != edtf.Point || d.Earliest() != d.Latest() {
		return edtf.Date{}, fault.Invalid("the %s must be one day, written like 2001-07-30", what)
	}
	return d, nil
}

// Check tells what is wrong with the content itself, before the record is
// looked at. A draft may be incomplete; a letter may not.
func (c Content) Check() error {
	if c.Language != "en" && c.Language != "ko" {
		return fault.Invalid("a letter is written in en or ko, not %q", c.Language)
	}
	d, err := day("date of the letter", c.Date)
	if err != nil {
		return err
	}
	if c.ReplyBy != "" {
		by, err := day("date of reply", c.ReplyBy)
		if err != nil {
			return err
		}
		if by.Earliest() < d.Earliest() {
			return fault.Invalid("a reply is asked for by %s, before the letter is written", c.ReplyBy)
		}
	}
	switch {
	case strings.TrimSpace(c.Addressee.Name) == "":
		return fault.Invalid("say to whom the letter is written")
	case strings.TrimSpace(c.Subject) == "":
		return fault.Invalid("give the letter a subject")
	case len(c.Signatories) == 0:
		return fault.Invalid("nobody signs the letter: add a signatory")
	case len(c.Facts) == 0 && len(c.Concerns) == 0 && len(c.Demands) == 0:
		return fault.Invalid("the letter says nothing yet: add a concern, a fact or a demand")
	}
	return c.bounds()
}

func (c Content) bounds() error {
	if len(c.Facts) > maxFacts {
		return fault.Invalid("a letter holds at most %d facts", maxFacts)
	}
	if len(c.Demands) > maxDemands || len(c.Signatories) > maxNames {
		return fault.Invalid("a letter holds at most %d demands and %d signatories", maxDemands, maxNames)
	}
	texts := append([]string{c.Subject, c.Opening, c.Closing}, c.Concerns...)
	for i, f := range c.Facts {
		if (len(f.Statements) == 0) == (f.Figure == "") {
			return fault.Invalid("fact %d must name statements or a figure, and not both", i+1)
		}
		if len(f.Statements) > maxStatements {
			return fault.Invalid("fact %d rests on more than %d statements: make it several facts", i+1, maxStatements)
		}
		texts = append(texts, f.Text)
	}
	for i, d := range c.Demands {
		if strings.TrimSpace(d.Text) == "" {
			return fault.Invalid("demand %d has no words", i+1)
		}
		texts = append(texts, d.Text, d.Until)
	}
	for _, t := range texts {
		if len(t) > maxText {
			return fault.Invalid("a text of the letter is longer than %d bytes", maxText)
		}
	}
	return nil
}
