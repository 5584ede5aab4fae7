package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"asylon/edtf"
	"asylon/internal/fault"
	"asylon/quantity"
)

type edtfCmd struct {
	Phrase    string `arg:"" help:"A date as people write it."`
	Reference string `help:"The date of the document, from which relative dates are reckoned." placeholder:"DATE"`
}

// edtfOut is the answer of asylon edtf.
type edtfOut struct {
	EDTF      string `json:"edtf"`
	Earliest  string `json:"earliest,omitempty"`
	Latest    string `json:"latest,omitempty"`
	Precision string `json:"precision"`
	Resolved  bool   `json:"resolved"`
	Needs     string `json:"needs,omitempty"`
	Note      string `json:"note,omitempty"`
	Text      string `json:"text"`
}

func (c *edtfCmd) runFree(_ context.Context, w *work) error {
	var ref edtf.Reference
	if c.Reference != "" {
		r, err := edtf.Read(c.Reference, edtf.Reference{})
		if err != nil {
			return invalidDate(err)
		}
		ref.Date = r.Date
	}
	r, err := edtf.Read(c.Phrase, ref)
	if err != nil {
		return invalidDate(err)
	}
	out := edtfOut{EDTF: r.Date.String(), Precision: r.Date.Precision().String(), Resolved: r.Resolved, Note: r.Note, Text: r.Date.Text(edtf.English)}
	if r.Resolved {
		out.Earliest, out.Latest = bound(r.Date.Earliest()), bound(r.Date.Latest())
	} else {
		out.Needs = r.Needs.String()
	}
	text := out.Text + "\n" + out.EDTF
	if r.Resolved {
		text += fmt.Sprintf("\nearliest %s, latest %s", orOpen(out.Earliest), orOpen(out.Latest))
	} else {
		text += "\nunresolved: it needs " + out.Needs
	}
	if out.Note != "" {
		text += "\n" + out.Note
	}
	return w.print(out, text)
}

// bound is a day, or nothing where the date has no such end.
func bound(d edtf.Day) string {
	if !d.Bounded() {
		return ""
	}
	return d.String()
}

func orOpen(s string) string {
	if s == "" {
		return "open"
	}
	return s
}

func invalidDate(err error) error {
	var syntax *edtf.SyntaxError
	if errors.As(err, &syntax) {
		return fault.Invalid("%s", syntax.Error())
	}
	return fault.Wrap(fault.KindInvalid, err, "the date is not understood")
}

type quantityCmd struct {
	Phrase string `arg:"" help:"A number as people write it."`
	For    string `help:"A stated period, as 2001-07-01/2001-07-21 or P3W, over which a rate is held." placeholder:"PERIOD"`
}

// quantityOut is the answer of asylon quantity.
type quantityOut struct {
	Low   int64    `json:"low"`
	Best  *int64   `json:"best,omitempty"`
	High  *int64   `json:"high,omitempty"`
	Unit  string   `json:"unit"`
	Per   string   `json:"per,omitempty"`
	Rule  string   `json:"rule"`
	Words string   `json:"words"`
	Notes []string `json:"notes,omitempty"`
	Text  string   `json:"text"`
}

func quantityOutOf(n quantity.Count) quantityOut {
	out := quantityOut{Low: n.Low(), Unit: string(n.Unit()), Rule: string(n.Rule().ID), Words: n.Words(), Text: n.Text(quantity.English)}
	if h, ok := n.High(); ok {
		out.High = &h
	}
	if b, ok := n.Best(); ok {
		out.Best = &b
	}
	return out
}

func (c *quantityCmd) runFree(_ context.Context, w *work) error {
	r, err := quantity.Read(c.Phrase)
	if err != nil {
		return fault.Invalid("%s", err.Error())
	}
	out := quantityOutOf(r.Count)
	rate, isRate := r.Rate()
	for _, n := range r.Notes {
		out.Notes = append(out.Notes, n.Text(quantity.English))
	}
	if isRate {
		out.Per, out.Text = rate.Every().ISO(), rate.Text(quantity.English)
	}
	if c.For != "" {
		if !isRate {
			return fault.Invalid("%q is a number and not a rate: a period makes no total of it", c.Phrase)
		}
		span, err := quantity.ParseSpan(c.For)
		if err != nil {
			return fault.Invalid("%s", err.Error())
		}
		total, err := rate.For(span)
		if err != nil {
			return fault.Invalid("%s", err.Error())
		}
		derived := quantityOutOf(total.Count)
		derived.Words = c.Phrase
		for _, n := range total.Assumptions {
			derived.Notes = append(derived.Notes, n.Text(quantity.English))
		}
		out = derived
	}
	return w.print(out, strings.Join(append([]string{out.Text}, out.Notes...), "\n"))
}
