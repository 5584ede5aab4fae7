package figure

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"strings"

	"asylon/edtf"
	"asylon/internal/fault"
	"asylon/internal/journal"
	"asylon/internal/record"
	"asylon/internal/register"
	"asylon/internal/resolve"
	"asylon/internal/store"
	"asylon/quantity"
)

// Question is what a figure asks. Its JSON is part of the format.
type Question struct {
	Count record.Unit   `json:"count"`           // persons, returns, acts, events, families…
	Act   record.TermID `json:"act,omitempty"`   // with everything under it; empty: every act
	From  string        `json:"from,omitempty"`  // EDTF: from the first day it may mean
	To    string        `json:"to,omitempty"`    // EDTF: to the last day it may mean
	Place record.ID     `json:"place,omitempty"` // with everything within it
	By    resolve.By    `json:"by,omitempty"`    // the series
	resolve.Eligible
}

// Units are what can be counted, in the order forms show them.
func Units() []record.Unit {
	return []record.Unit{resolve.Persons, resolve.Returns, "families", "households", resolve.Acts, resolve.Events}
}

// check finds what is wrong with a question, and says what to do.
func (q *Question) check(ctx context.Context, r store.Queryer, words *register.Words) error {
	if q.Count == "" || !quantity.Unit(q.Count).Known() {
		return fault.Invalid("%.30q cannot be counted: ask for persons, returns, acts, events or families", string(q.Count))
	}
	if t, ok := words.Terms[q.Act]; q.Act != "" && (!ok || t.List != record.ListActs) {
		return fault.Invalid("%.40q is not in the tree of acts: choose one from it, such as \"return\"", string(q.Act))
	}
	if q.By != "" && !q.By.Valid() {
		return fault.Invalid("%.20q is no way to divide a figure: use month, place, act or source", string(q.By))
	}
	if !q.Reliability.Valid() || !q.Grade.Valid() {
		return fault.Invalid("reliability is A to F and grade 1 to 6, or empty")
	}
	if _, err := q.period(); err != nil {
		return err
	}
	if q.Place == "" {
		return nil
	}
	k, err := register.KindOf(ctx, r, q.Place)
	if err != nil {
		return err
	}
	if k != record.KindPlace {
		return fault.Invalid("%s is a %s, and acts happen at places", q.Place, k)
	}
	return nil
}

// period is the days between From and To; nil where neither is given.
func (q *Question) period() (*resolve.Span, error) {
	if q.From == "" && q.To == "" {
		return nil, nil
	}
	s := resolve.Span{First: int64(edtf.MinDay), Last: int64(edtf.MaxDay)}
	if q.From != "" {
		d, err := day("from", q.From)
		if err != nil {
			return nil, err
		}
		s.First = int64(d.Earliest())
	}
	if q.To != "" {
		d, err := day("to", q.To)
		if err != nil {
			return nil, err
		}
		s.Last = int64(d.Latest())
	}
	if s.Last < s.First {
		return nil, fault.Invalid("the period ends (%s) before it begins (%s)", q.To, q.From)
	}
	return &s, nil
}

func day(name, s string) (edtf.Date, error) {
	d, err := edtf.Parse(s)
	if err != nil || !d.Resolved() {
		return d, fault.Invalid("the date %q for %q is not understood: write it like 2001, 2001-06 or 2001-06-15", s, name)
	}
	return d, nil
}

// resolved is the question as the rules take it.
func (q *Question) resolved() (resolve.Question, error) {
	p, err := q.period()
	return resolve.Question{Unit: q.Count, Term: q.Act, Period: p, Place: q.Place}, err
}

// hashes name the question, and the answer without when and how it is shown.
func (b *Body) hashes() (asked, answer string, err error) {
	q, err := json.Marshal(b.Question)
	if err != nil {
		return "", "", err
	}
	series := b.Series
	if len(series) == 0 {
		series = nil // as it is read back
	}
	a, err := json.Marshal(struct {
		Method  string               `json:"method"`
		Version int                  `json:"version"`
		C       []record.Compartment `json:"compartments"`
		Inputs  []Input              `json:"inputs"`
		Result  resolve.Result       `json:"result"`
		Series  []resolve.Bucket     `json:"series"`
	}{b.Method, b.Version, b.Compartments, b.Inputs, b.Result, series})
	if err != nil {
		return "", "", err
	}
	x, y := sha256.Sum256(q), sha256.Sum256(a)
	return hex.EncodeToString(x[:]), hex.EncodeToString(y[:]), nil
}

// nameLen is the length of a figure's name: 130 bits, so that nobody finds a
// second figure of the same name.
const nameLen = 26

// nameOf is the permanent name of a figure: of its question, cut and answer.
func nameOf(asked string, cut journal.Cut, answer string) (string, error) {
	c, err := cut.Name()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte("asylon/figure/1\n" + asked + "\n" + c + "\n" + answer))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:nameLen], nil
}
