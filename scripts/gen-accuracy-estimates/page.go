package main

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"strings"

	"asylon/estimate"
)

// judged are the tables whose verdict the page shows, with what is expected
// of them; empty where nobody asked.
var judged = []struct{ file, name, expected string }{
	{"kosovo_1999", "Kosovo", "passed"},
	{"korea_palembang", "Korea", "warned"},
	{"us_western_site", "Western", "warned"},
	{"hav_taiwan", "Hepatitis A, Taiwan", "refused"},
	{"uk_2013_5list", "United Kingdom, five lists", "refused"},
	{"netherlands_5list", "Netherlands, five lists", "refused"},
	{"netherlands_6list", "Netherlands, six lists", "refused"},
	{"new_orleans_5list_n185", "New Orleans, five lists (185)", "refused"},
	{"new_orleans_5list_n186", "New Orleans, five lists (186)", "refused"},
	{"new_orleans_8list_n185", "New Orleans, eight lists (185)", "refused"},
	{"new_orleans_8list_n186", "New Orleans, eight lists (186)", "refused"},
	{"spina_bifida_3list", "Spina bifida", ""},
	{"hare", "Hares", ""},
	{"seber_two_list", "Two lists", ""},
	{"ph_manila_police", "Manila, police", ""},
	{"ph_manila_unidentified", "Manila, unidentified", ""},
	{"ph_caloocan_police", "Caloocan, police", ""},
	{"ph_caloocan_unidentified", "Caloocan, unidentified", ""},
}

// render makes the page.
func render(ctx context.Context, dir string, simulations []estimate.Simulation, workers int) ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, opening, seed)
	r := newRunner(dir, workers)
	if err := writeVerdicts(ctx, &b, r); err != nil {
		return nil, err
	}
	runs, published, err := readReferences(dir)
	if err != nil {
		return nil, err
	}
	compared, err := compareAll(ctx, r, runs, plan)
	if err != nil {
		return nil, err
	}
	b.WriteString("\n## Against the R packages\n\n" + againstR)
	writeComparisons(&b, compared)
	if compared, err = compareAll(ctx, r, published, planPublished); err != nil {
		return nil, err
	}
	b.WriteString("\n## Against published answers\n\n" + againstPublished)
	writeComparisons(&b, compared)
	writeSimulations(&b, simulations)
	writeThresholds(&b)
	return b.Bytes(), nil
}

const opening = `# Accuracy of estimates

Written by ` + "`go run ./scripts/gen-accuracy-estimates`" + `; do not edit. What package
` + "`estimate`" + ` answers on tables that others have analysed, beside what they answer, and how
often its rules let a wrong figure pass on populations whose size is known. The tables are
facts from the studies named in the shared research notes and are not part of this project.

Every number here has seed %d and is the same whatever the number of workers.

## Refused, warned, passed

The answers of the four methods are shown for refused tables too, so that the refusal can be
judged; the program itself then gives no figure.

`

const againstR = `Estimates of log-linear models must agree to 1 in 100,000 and profile limits to 0.5; averages
over graphs to the whole number, on the same grid; BCa limits within 5 %;
latent classes within 3 % (median) and 6 % (limits) where the chains agree. Printed digits
of theirs count half a unit. "Flagged" is a difference beyond the bar where our result itself
says that it is unstable: chains that do not agree, or a bootstrap limit read off the last
few of the draws, where theirs moves with the seed as ours does. "Not settled" are their
chains with an effective sample size below 500, whose two seeds also disagree. Their BCa runs
have between 50 and 1,000 draws, ours up to 4,000; their latent class runs have one chain, ours
four.

`

const againstPublished = `The bars are those above where the method is the same; answers of other methods are shown only.

`

func writeVerdicts(ctx context.Context, b *bytes.Buffer, r *runner) error {
	b.WriteString("| Table | documented | on two or more lists | verdict | expected | searched | stepwise | graphs | latent | because |\n")
	b.WriteString("|---|---:|---:|---|---|---:|---:|---:|---:|---|\n")
	for _, j := range judged {
		res, err := r.estimate(ctx, j.file, estimate.Settings{Seed: seed})
		if err != nil {
			return err
		}
		fmt.Fprintf(b, "| %s | %d | %d | **%s** | %s |", j.name, res.N, res.Overlap, verdictOf(res), j.expected)
		for _, f := range res.Families {
			if !f.Compare {
				fmt.Fprintf(b, " %s |", shownAnswer(answer{float64(f.Estimate), float64(f.Low), float64(f.High)}))
			}
		}
		fmt.Fprintf(b, " %s |\n", keysOf(res))
	}
	return nil
}

func verdictOf(r estimate.Result) string {
	switch {
	case r.Refused:
		return "refused"
	case len(r.Warnings) > 0:
		return "warned"
	}
	return "passed"
}

// keysOf lists the reasons, or without any the warnings, by key.
func keysOf(r estimate.Result) string {
	messages := r.Reasons
	if len(messages) == 0 {
		messages = r.Warnings
	}
	seen := make(map[estimate.Key]bool)
	var out []string
	for _, m := range messages {
		if !seen[m.Key] {
			seen[m.Key] = true
			out = append(out, "`"+string(m.Key)+"`")
		}
	}
	return strings.Join(out, ", ")
}

func compareAll(ctx context.Context, r *runner, refs []reference, plan func(reference) (job, bool)) ([]comparison, error) {
	var out []comparison
	for _, ref := range refs {
		j, ok := plan(ref)
		if !ok {
			continue
		}
		c, err := r.compare(ctx, ref, j)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

func writeComparisons(b *bytes.Buffer, all []comparison) {
	count := make(map[string]int)
	for _, c := range all {
		count[c.verdict()]++
	}
	fmt.Fprintf(b, "%d answers: %d meet their bar; of the others %d are flagged as unstable, in %d theirs had not settled, %d miss it, %d are only shown.\n\n",
		len(all), count[met], count[flagged], count[unsettled], count[missed], count[onlyShown])
	b.WriteString("| Table | theirs | setting | their answer | ours | bar |\n|---|---|---|---:|---:|---|\n")
	for _, c := range all {
		setting := c.setting
		if setting == "" {
			setting = c.note
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s | %s |\n", c.dataset, cell(c.method), cell(setting),
			shownAnswer(answer{c.estimate, c.low, c.high}), shownAnswer(c.ours), c.verdict())
	}
}

func cell(s string) string { return strings.ReplaceAll(s, "|", "/") }

func shownAnswer(a answer) string {
	s := shownNumber(a.estimate)
	if !math.IsNaN(a.low) || !math.IsNaN(a.high) {
		s += " (" + shownNumber(a.low) + "–" + shownNumber(a.high) + ")"
	}
	return s
}

func shownNumber(x float64) string {
	switch {
	case math.IsNaN(x):
		return "–"
	case math.IsInf(x, 0):
		return "∞"
	case x == math.Trunc(x):
		return fmt.Sprintf("%.0f", x)
	case x >= 1000:
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.2f", x)
}
