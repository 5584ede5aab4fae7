package cli

import (
	"context"
	"fmt"
	"strings"

	"asylon/internal/access"
	"asylon/internal/fault"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/search"
)

type searchCmd struct {
	Dir   string   `arg:"" help:"The installation's folder."`
	Query []string `arg:"" help:"What to find."`
	onDir
	Kind  string `help:"document, act, event, person, place, statement, and the other kinds." placeholder:"K"`
	Limit int    `help:"At most so many." default:"20"`
}

func (c *searchCmd) dir() (string, onDir) { return c.Dir, c.onDir }

// hitOut is one hit of asylon search.
type hitOut struct {
	Kind     string            `json:"kind"`
	ID       record.ID         `json:"id"`
	Entity   record.ID         `json:"entity,omitempty"`
	Title    string            `json:"title"`
	Document record.ID         `json:"document,omitempty"`
	Page     int               `json:"page,omitempty"`
	Property record.PropertyID `json:"property,omitempty"`
	Snippet  string            `json:"snippet"`
}

func (c *searchCmd) run(ctx context.Context, w *work) error {
	if c.Kind != "" && c.Kind != "statement" && !record.Kind(c.Kind).Valid() {
		return fault.Invalid("%.20q is not a kind; use document, statement, act, event, person, place …", c.Kind)
	}
	var res search.Result
	err := w.visit.Read(ctx, policy.ReadRecord, func(r *access.Reader) error {
		var err error
		res, err = search.Find(ctx, r, search.Query{Text: strings.Join(c.Query, " "), Kind: c.Kind, Limit: c.Limit})
		return err
	})
	if err != nil {
		return err
	}
	outs, lines := make([]hitOut, 0, len(res.Hits)), []string{}
	for _, h := range res.Hits {
		var b strings.Builder
		for _, p := range h.Snippet {
			b.WriteString(p.Text)
		}
		snip := strings.Join(strings.Fields(b.String()), " ")
		outs = append(outs, hitOut{h.Kind, h.ID, h.Entity, h.Title, h.Document, h.Page, h.Property, snip})
		lines = append(lines, fmt.Sprintf("%-10s %s  %s\n           %s", h.Kind, h.ID, h.Title, snip))
	}
	if res.More {
		w.say("only the newest matches were looked at; add a word to narrow")
	}
	if len(lines) == 0 {
		lines = []string{"nothing was found"}
	}
	return w.print(map[string]any{"total": res.Total, "more": res.More, "hits": outs}, strings.Join(lines, "\n"))
}
