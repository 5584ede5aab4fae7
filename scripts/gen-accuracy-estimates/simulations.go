package main

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"

	"asylon/estimate"
)

const aboutSimulations = `
## On populations of known size

Repeat with ` + "`go run ./scripts/gen-accuracy-estimates -simulate 200`" + ` (about an hour of
processor time; one scenario: ` + "`asylon estimate simulate --scenario NAME --populations 200`" + `).
The first six populations are those of the research report; ` + "`estimate.Scenarios`" + ` holds the
numbers of all. The envelope is run as always but with 200 bootstrap draws.

Coverage is the share of the populations whose size the 95 % interval holds; bias is the
median relative error.

`

const aboutRules = `
A population *misleads all* when no method's interval holds its size. It is *caught* when the
envelope refuses it or carries a warning with the right direction. It is *harmless* when the
interval of every method holds the size and the middle of their estimates is within a quarter
of it: then a figure would have misled nobody, and refusing it is a loss. *Held* is the more
lenient count: at least one method holds the size. *Misleading* are those that got a figure
without a warning of the right direction, and whose range does not hold the size.

`

const aboutMisses = `
What the rules cannot see: people whom no list reaches leave no trace in any table. Of the
populations with two in five people nearly out of reach, every method finds the others and
agrees on them, and what is caught is caught by chance. That is why every estimate says, among
its assumptions, that people who could be on no list are not in it. Of the refused harmless
populations, most come from the sparse scenario, where about ten people are on two lists: its
intervals hold the size because they are so wide.
`

// shownMethods are the columns of the coverage table.
var shownMethods = []estimate.Method{
	estimate.MethodEnvelope, estimate.MethodIndependence, estimate.MethodChao, estimate.MethodLogLinear,
	estimate.MethodStepwise, estimate.MethodGraphs, estimate.MethodLatent,
}

func writeSimulations(b *bytes.Buffer, all []estimate.Simulation) {
	if len(all) == 0 {
		return
	}
	b.WriteString(aboutSimulations)
	b.WriteString("| Population | people | documented | on two or more |")
	for _, m := range shownMethods {
		fmt.Fprintf(b, " %s |", m)
	}
	b.WriteString("\n|---|---:|---:|---:|" + strings.Repeat("---:|", len(shownMethods)) + "\n")
	for _, s := range all {
		fmt.Fprintf(b, "| `%s`: %s | %d | %.0f | %.0f |", s.Scenario.Name, s.Scenario.About, s.Scenario.People, s.Observed, s.Overlap)
		for _, m := range shownMethods {
			fmt.Fprintf(b, " %s |", coverage(s, m))
		}
		b.WriteString("\n")
	}
	b.WriteString(aboutRules)
	b.WriteString("| Population | drawn | refused | warned | misleads all: caught | harmless: refused | held: refused | misleading |\n")
	b.WriteString("|---|---:|---:|---:|---:|---:|---:|---:|\n")
	var sum estimate.Simulation
	for i, s := range all {
		writeRules(b, "`"+s.Scenario.Name+"`", s)
		sum.Populations += s.Populations
		sum.Refused += s.Refused
		sum.Warned += s.Warned
		sum.AllMiss += s.AllMiss
		sum.Caught += s.Caught
		sum.Harmless += s.Harmless
		sum.HarmlessRefused += s.HarmlessRefused
		sum.Held += s.Held
		sum.HeldRefused += s.HeldRefused
		sum.Misleading += s.Misleading
		if i == 5 {
			writeRules(b, "**the six of the report**", sum)
		}
	}
	writeRules(b, "**all**", sum)
	fmt.Fprintf(b, "\nOf the populations that mislead all, %s are caught (bar: two thirds); of the harmless ones, %s are refused (bar: a tenth).\n",
		share(sum.Caught, sum.AllMiss), share(sum.HarmlessRefused, sum.Harmless))
	b.WriteString(aboutMisses)
}

func coverage(s estimate.Simulation, m estimate.Method) string {
	for _, x := range s.Methods {
		if x.Method == m {
			return fmt.Sprintf("%.2f; %+.0f %%", x.Coverage, 100*x.Bias)
		}
	}
	return "–"
}

func writeRules(b *bytes.Buffer, name string, s estimate.Simulation) {
	fmt.Fprintf(b, "| %s | %d | %d | %d | %d of %d | %d of %d | %d of %d | %d |\n", name, s.Populations, s.Refused, s.Warned,
		s.Caught, s.AllMiss, s.HarmlessRefused, s.Harmless, s.HeldRefused, s.Held, s.Misleading)
}

func share(part, whole int) string {
	if whole == 0 {
		return "none of none"
	}
	return fmt.Sprintf("%.0f %%", 100*float64(part)/float64(whole))
}

// writeThresholds prints the limits in force, so that the page says on which
// the simulations were made.
func writeThresholds(b *bytes.Buffer) {
	b.WriteString("\n## Thresholds\n\nAs in `estimate.Limits`:\n\n| | |\n|---|---:|\n")
	limits := reflect.ValueOf(estimate.Limits())
	for i := range limits.NumField() {
		fmt.Fprintf(b, "| %s | %v |\n", limits.Type().Field(i).Name, limits.Field(i).Interface())
	}
}
