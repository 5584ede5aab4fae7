package advocacy

import (
	"context"
	"fmt"
	"strings"

	"asylon/edtf"
	"asylon/internal/access"
	"asylon/internal/figure"
	"asylon/internal/record"
	"asylon/internal/register"
)

// Kept words the figures of the room of figures. It is safe for concurrent
// use.
type Kept struct{ Lexicon *register.Lexicon }

// Sentence says what was asked, and the answer as it was kept: low to high of
// what was reported, never more than that.
func (k Kept) Sentence(ctx context.Context, r *access.Reader, name, lang string) (string, error) {
	f, err := figure.Get(ctx, r, name)
	if err != nil {
		return "", err
	}
	words, err := k.Lexicon.Load(ctx, r)
	if err != nil {
		return "", err
	}
	q := f.Question
	place := ""
	if q.Place != "" {
		titles, err := register.Titles(ctx, r, []record.ID{q.Place})
		if err != nil {
			return "", err
		}
		if place = titles[q.Place]; place == "" {
			place = string(q.Place)
		}
	}
	act := ""
	if q.Act != "" {
		act = words.Term(q.Act, lang)
	}
	return figureWords(lang, act, place, q.From, q.To, figure.InWords(f.Result, lang), f.At.UTC().Format("2006-01-02"), f.Name), nil
}

// figureWords is the sentence of a figure.
func figureWords(lang, act, place, from, to, answer, on, name string) string {
	date := func(s string) string {
		d, err := edtf.Parse(s)
		if err != nil {
			return s
		}
		return d.Text(edtf.Lang(lang))
	}
	var parts []string
	if lang == "ko" {
		if act != "" {
			parts = append(parts, act)
		}
		if from != "" {
			parts = append(parts, date(from)+"부터")
		}
		if to != "" {
			parts = append(parts, date(to)+"까지")
		}
		if place != "" {
			parts = append(parts, place)
		}
		return fmt.Sprintf("%s까지 기록된 보고를 세면 (%s): %s (수치 %s).", on, strings.Join(append(parts, "보고된 것만"), ", "), answer, name)
	}
	if act != "" {
		parts = append(parts, act)
	}
	if from != "" {
		parts = append(parts, "from "+date(from))
	}
	if to != "" {
		parts = append(parts, "to "+date(to))
	}
	if place != "" {
		parts = append(parts, "in "+place)
	}
	return fmt.Sprintf("Counted from the reports recorded by %s (%s): %s (figure %s).", on, strings.Join(append(parts, "as reported"), ", "), answer, name)
}
