package cli

import (
	"context"
	"fmt"
	"strings"

	"asylon/internal/access"
	"asylon/internal/fault"
	"asylon/internal/figure"
	"asylon/internal/gazetteer"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/register"
	"asylon/internal/resolve"
)

type figureCmd struct {
	Dir string `arg:"" help:"The installation's folder."`
	onDir
	Count       string `help:"What to count: persons, returns, acts, events, families." placeholder:"UNIT"`
	Act         string `help:"Kind of act from the tree of acts, with everything under it." placeholder:"A"`
	From        string `help:"From the first day that this date may mean." placeholder:"EDTF"`
	To          string `help:"To the last day that this date may mean." placeholder:"EDTF"`
	Place       string `help:"Place, by name, label or id, with everything within it." placeholder:"P"`
	By          string `help:"Divide the figure by month, place, act or source." placeholder:"month|place|act|source"`
	Reliability string `help:"Let in only sources graded so or better, A to F." placeholder:"R"`
	Grade       int    `help:"Let in only information graded so or better, 1 to 6." placeholder:"N"`
	Accepted    bool   `help:"Let in only what a second person accepted."`
	Name        string `help:"Print the kept figure of this permanent name." placeholder:"NAME"`
}

func (c *figureCmd) dir() (string, onDir) { return c.Dir, c.onDir }

// figureOut is what asylon figure prints.
type figureOut struct {
	Name string `json:"name"`
	resolve.Result
	Words      string           `json:"words"`
	Question   figure.Question  `json:"question"`
	Series     []resolve.Bucket `json:"series,omitempty"`
	Omitted    int              `json:"omitted,omitempty"` // acts that are not listed
	Method     string           `json:"method"`
	Version    int              `json:"method_version"`
	Cut        string           `json:"cut"`
	Statements int              `json:"statements"`
	Erased     int              `json:"erased"`
}

func (c *figureCmd) run(ctx context.Context, w *work) error {
	if (c.Count == "") == (c.Name == "") {
		return fmt.Errorf("%w: ask a figure with --count, or give the --name of a kept one", errUsage)
	}
	f, err := c.figure(ctx, w)
	if err != nil {
		return err
	}
	cut, err := f.Cut.Name()
	if err != nil {
		return err
	}
	out := figureOut{Name: f.Name, Result: f.Result, Words: figure.InWords(f.Result, "en"), Question: f.Question, Series: f.Series,
		Omitted: f.Omitted, Method: f.Method, Version: f.Version, Cut: cut, Statements: f.Statements, Erased: f.Erased}
	return w.print(out, figureText(f))
}

// figure asks the question of the flags, or finds the figure they name.
func (c *figureCmd) figure(ctx context.Context, w *work) (f figure.Figure, err error) {
	if c.Name != "" {
		err = w.visit.Read(ctx, policy.ReadRecord, func(r *access.Reader) error {
			f, err = figure.Get(ctx, r, c.Name)
			return err
		})
		return f, err
	}
	q := figure.Question{Count: record.Unit(c.Count), Act: record.TermID(c.Act), From: c.From, To: c.To, By: resolve.By(c.By)}
	q.Reliability, q.Grade, q.Accepted = record.Reliability(c.Reliability), record.Grade(c.Grade), c.Accepted
	err = w.visit.Read(ctx, policy.AskFigure, func(r *access.Reader) error {
		words, err := w.desk.Lexicon.Load(ctx, r)
		if err != nil {
			return err
		}
		if q.Act, err = actTerm(words, c.Act); err != nil || c.Place == "" {
			return err
		}
		q.Place, err = gazetteer.Find(ctx, r, c.Place)
		return err
	})
	if err != nil {
		return f, err
	}
	return figure.Ask(ctx, w.visit.Session, w.desk.Lexicon, q)
}

// actTerm takes a kind of act by its id or its label in any language.
func actTerm(words *register.Words, s string) (record.TermID, error) {
	if s == "" {
		return "", nil
	}
	if t, ok := words.Terms[record.TermID(s)]; ok && t.List == record.ListActs {
		return t.ID, nil
	}
	for _, id := range words.List(record.ListActs) {
		for _, label := range words.Terms[id].Labels {
			if strings.EqualFold(label, s) {
				return id, nil
			}
		}
	}
	return "", fault.Invalid("%.40q is not in the tree of acts: choose one from it, such as \"return\"", s)
}

// warningWords are the warnings in the words of the command line.
var warningWords = map[resolve.WarningKind]string{
	resolve.WarnConflict:   "sources exclude one another",
	resolve.WarnOverlap:    "nobody judged whether these are one",
	resolve.WarnUndated:    "no date",
	resolve.WarnUnplaced:   "no place",
	resolve.WarnNoNumber:   "no number stated",
	resolve.WarnRate:       "a rate without a period, not totalled",
	resolve.WarnOtherUnit:  "counted in another unit, not converted",
	resolve.WarnDisputed:   "judgements contradict: once in low, apart in high",
	resolve.WarnDenied:     "denied by a source",
	resolve.WarnDuplicates: "these persons may be one",
}

// maxTextIDs is how many ids a line of text lists.
const maxTextIDs = 8

func figureText(f figure.Figure) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n  %s\n", figure.In(f.Title, "en"), figure.InWords(f.Result, "en"))
	for _, s := range f.Series {
		key := s.Key
		if n := f.Names[record.ID(key)]; n != "" {
			key = n
		} else if key == "" {
			key = "(not stated)"
		}
		high := "open"
		if s.High != nil {
			high = fmt.Sprint(*s.High)
		}
		fmt.Fprintf(&b, "  %-28s low %d, high %s\n", key, s.Low, high)
	}
	for _, x := range f.Result.Warnings {
		fmt.Fprintf(&b, "  ! %s:", warningWords[x.Kind])
		for _, id := range x.IDs[:min(len(x.IDs), maxTextIDs)] {
			fmt.Fprintf(&b, " %s", id)
		}
		if more := len(x.IDs) - maxTextIDs + x.More; len(x.IDs) > maxTextIDs || x.More > 0 {
			fmt.Fprintf(&b, " and %d more", max(more, x.More))
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "  %d acts, %d statements", len(f.Result.Acts)+f.Omitted, f.Statements)
	if f.Erased > 0 {
		fmt.Fprintf(&b, ", of which %d have been erased since", f.Erased)
	}
	fmt.Fprintf(&b, "\n  permanent name: %s", f.Name)
	return b.String()
}
