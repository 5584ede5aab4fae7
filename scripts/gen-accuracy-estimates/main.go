// Command gen-accuracy-estimates writes docs/accuracy-estimates.md: what
// package estimate answers beside what published studies and the R packages
// answer on the same tables, and how its rules of refusing and warning do on
// simulated populations.
//
// Usage, from the root of the repository:
//
//	go run ./scripts/gen-accuracy-estimates
//	go run ./scripts/gen-accuracy-estimates -simulate 200 [-scenario NAME]
//
// The first form compares with the shared tables (ASYLON_DATA, else
// ../shared/data), which takes a few minutes, and renders the page with the
// simulations of the last run. The second repeats the simulations, with so
// many populations of each scenario, which takes about an hour of processor
// time, keeps them in simulations.json, and then does the same.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"

	"asylon/estimate"
)

// seed is that of everything on the page.
const seed = 20261124

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	simulate := flag.Int("simulate", 0, "repeat the simulations with so many populations of each scenario")
	only := flag.String("scenario", "", "repeat only this scenario")
	kept := flag.String("kept", "scripts/gen-accuracy-estimates/simulations.json", "where the simulations are kept")
	out := flag.String("o", "docs/accuracy-estimates.md", "file to write")
	workers := flag.Int("workers", 2, "goroutines")
	flag.Parse()
	if err := run(ctx, *simulate, *only, *kept, *out, *workers); err != nil {
		fmt.Fprintln(os.Stderr, "gen-accuracy-estimates:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, populations int, only, kept, out string, workers int) error {
	simulations, err := load(kept)
	if err != nil {
		return err
	}
	if populations > 0 {
		if simulations, err = repeat(ctx, simulations, populations, only, kept, workers); err != nil {
			return err
		}
	}
	dir := dataDir()
	if _, err := os.Stat(dir); err != nil {
		return fmt.Errorf("the tables to compare with are not there; set ASYLON_DATA: %w", err)
	}
	page, err := render(ctx, dir, simulations, workers)
	if err != nil {
		return err
	}
	return os.WriteFile(out, page, 0o644)
}

// dataDir is the folder of the shared tables.
func dataDir() string {
	base := os.Getenv("ASYLON_DATA")
	if base == "" {
		base = "../shared/data"
	}
	return filepath.Join(base, "estimation")
}

func load(kept string) ([]estimate.Simulation, error) {
	data, err := os.ReadFile(kept)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []estimate.Simulation
	if err := json.Unmarshal(data, &out); err != nil {
		return nil, fmt.Errorf("read %s: %w", kept, err)
	}
	return out, nil
}

// repeat runs the simulations again, keeping what is done after each scenario,
// since all of them take long.
func repeat(ctx context.Context, old []estimate.Simulation, populations int, only, kept string, workers int) ([]estimate.Simulation, error) {
	byName := make(map[string]estimate.Simulation)
	for _, s := range old {
		byName[s.Scenario.Name] = s
	}
	for _, s := range estimate.Scenarios() {
		if only != "" && s.Name != only {
			continue
		}
		set := estimate.SimulationSettings()
		set.Seed, set.Workers = seed, workers
		set.Report = func(p estimate.Progress) {
			fmt.Fprintf(os.Stderr, "\r%s %d/%d ", s.Name, p.Done, p.Total)
		}
		sim, err := estimate.Simulate(ctx, s, populations, set)
		fmt.Fprintln(os.Stderr)
		if err != nil {
			return nil, err
		}
		byName[s.Name] = sim
		if err := save(kept, ordered(byName)); err != nil {
			return nil, err
		}
	}
	return ordered(byName), nil
}

func ordered(byName map[string]estimate.Simulation) []estimate.Simulation {
	var out []estimate.Simulation
	for _, s := range estimate.Scenarios() {
		if sim, ok := byName[s.Name]; ok {
			out = append(out, sim)
		}
	}
	return out
}

func save(kept string, all []estimate.Simulation) error {
	data, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(kept, append(data, '\n'), 0o644)
}
