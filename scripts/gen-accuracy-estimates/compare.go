package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"

	"asylon/estimate"
)

var missing = math.NaN()

// A comparison is a reference with our answer.
type comparison struct {
	reference
	kind kind
	ours answer
	// flags are the keys of the warnings and reasons of our answer that say it
	// is unstable.
	flags []string
}

// unstable are the keys that excuse a difference: where chains do not agree or
// a bootstrap limit hangs on a handful of draws, theirs is as loose as ours.
var unstable = map[estimate.Key]bool{"chains.disagree": true, "chains.tails": true, "bootstrap.tail": true}

// A runner answers, remembering what it has answered.
type runner struct {
	dir     string
	workers int
	tables  map[string]estimate.Table
	done    map[string]estimate.Result
}

func newRunner(dir string, workers int) *runner {
	return &runner{dir, workers, make(map[string]estimate.Table), make(map[string]estimate.Result)}
}

func (r *runner) table(name string) (estimate.Table, error) {
	if t, ok := r.tables[name]; ok {
		return t, nil
	}
	f, err := os.Open(filepath.Join(r.dir, name+".csv"))
	if err != nil {
		return estimate.Table{}, err
	}
	defer f.Close()
	t, err := estimate.ReadTable(f, "")
	if err != nil {
		return t, fmt.Errorf("read %s: %w", name, err)
	}
	r.tables[name] = t
	return t, nil
}

func (r *runner) estimate(ctx context.Context, name string, set estimate.Settings) (estimate.Result, error) {
	settings, err := json.Marshal(set)
	if err != nil {
		return estimate.Result{}, err
	}
	key := name + string(settings)
	if res, ok := r.done[key]; ok {
		return res, nil
	}
	t, err := r.table(name)
	if err != nil {
		return estimate.Result{}, err
	}
	set.Workers = r.workers
	res, err := estimate.Estimate(ctx, t, set)
	r.done[key] = res
	return res, err
}

// compare answers one reference.
func (r *runner) compare(ctx context.Context, ref reference, j job) (comparison, error) {
	c := comparison{reference: ref, kind: j.kind}
	name := files[ref.dataset]
	if j.call != "" {
		i, err := r.call(ctx, j.call, name)
		c.ours = answer{i.Estimate, i.Low, i.High}
		return c, err
	}
	res, err := r.estimate(ctx, name, j.set)
	if err != nil {
		return c, fmt.Errorf("%s, %s: %w", ref.dataset, ref.method, err)
	}
	c.ours = answer{float64(res.Estimate), float64(res.Low), float64(res.High)}
	if j.pick != nil {
		c.ours = j.pick(res)
	}
	messages := append([]estimate.Message{}, res.Warnings...)
	for _, f := range res.Families {
		messages = append(messages, f.Notes...)
	}
	for _, m := range messages {
		if unstable[m.Key] {
			c.flags = append(c.flags, string(m.Key))
		}
	}
	return c, nil
}

// call answers references to functions that are not methods of the envelope.
func (r *runner) call(ctx context.Context, what, name string) (estimate.Interval, error) {
	if what == "frequencies" {
		f, err := os.Open(filepath.Join(r.dir, name+".csv"))
		if err != nil {
			return estimate.Interval{}, err
		}
		defer f.Close()
		counts, err := estimate.ReadFrequencies(f)
		if err != nil {
			return estimate.Interval{}, err
		}
		return estimate.LowerBoundFrequencies(ctx, counts, 0.95)
	}
	t, err := r.table(name)
	if err != nil {
		return estimate.Interval{}, err
	}
	if what == "visibility" {
		return estimate.Visibility(ctx, t, 0.95)
	}
	return estimate.BiasCorrected(t, 0.95)
}

// The verdicts on a comparison.
const (
	met       = "met"
	missed    = "MISSED"
	flagged   = "flagged as unstable"
	unsettled = "theirs had not settled"
	onlyShown = "shown"
)

// fewDraws is the effective sample size below which one chain's limits are
// worth no comparison: a twentieth of the draws beyond a limit is then a dozen.
const fewDraws = 500

var effective = regexp.MustCompile(`ESS (\d+)`)

// theirsUnsettled reports whether the note of the reference says that its
// chain had hardly moved.
func (c comparison) theirsUnsettled() bool {
	m := effective.FindStringSubmatch(c.note)
	if m == nil {
		return false
	}
	ess, err := strconv.Atoi(m[1])
	return err == nil && ess < fewDraws
}

// verdict says how the comparison stands against its bar.
func (c comparison) verdict() string {
	if c.kind.estimate == 0 && c.kind.limits == 0 {
		return onlyShown
	}
	off := apart(c.ours.estimate, c.estimate, c.kind.estimate, c.kind.estimate == exact)
	if c.kind.limits > 0 {
		off = off || apart(c.ours.low, c.low, c.kind.limits, c.kind.absolute) || apart(c.ours.high, c.high, c.kind.limits, c.kind.absolute)
	}
	switch {
	case !off:
		return met
	case len(c.flags) > 0:
		return flagged
	case c.theirsUnsettled():
		return unsettled
	}
	return missed
}

// apart reports whether ours lies farther from theirs than the tolerance, with
// what the printing of theirs, to at most two decimals, has rounded away.
func apart(ours, theirs, tolerance float64, absolute bool) bool {
	if math.IsNaN(theirs) {
		return false
	}
	if !absolute {
		tolerance *= math.Abs(theirs)
	}
	return !(math.Abs(ours-theirs) <= tolerance+rounding(theirs))
}

// rounding is half a unit of the last decimal printed.
func rounding(x float64) float64 {
	for unit := 1.0; unit > 1e-3; unit /= 10 {
		if r := math.Round(x/unit) * unit; math.Abs(r-x) < 1e-9*math.Max(1, math.Abs(x)) {
			return unit / 2 * 1.0001
		}
	}
	return 0.005
}
