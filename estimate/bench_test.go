package estimate_test

import (
	"context"
	"testing"

	"asylon/estimate"
)

// The benchmarks are the bars of processor time. One iteration of each is one
// job; run them with
//
//	go test ./estimate -run '^$' -bench . -benchtime 1x -cpu 1
//
// Workers is one, so that the time per operation is processor time.

func benchmark(b *testing.B, name string, set estimate.Settings) {
	table := readData(b, name)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := estimate.Estimate(context.Background(), table, set); err != nil {
			b.Fatal(err)
		}
	}
}

// Bar: 10 s.
func BenchmarkEnvelopeKosovo(b *testing.B) { benchmark(b, "kosovo_1999", estimate.Settings{}) }

// Bar: 0.6 s and 20 MB.
func BenchmarkGraphsUK(b *testing.B) {
	benchmark(b, "uk_2013_5list", estimate.Settings{Method: estimate.MethodGraphs})
}

// Bar: 1.5 s.
func BenchmarkBICKosovo(b *testing.B) {
	benchmark(b, "kosovo_1999", estimate.Settings{Method: estimate.MethodLogLinear, Bootstrap: 1000})
}

// Bar: 5 s a chain of 510,500 steps; these are four chains of a quarter each,
// so the time is that of one chain.
func BenchmarkLatentKosovo(b *testing.B) {
	benchmark(b, "kosovo_1999", estimate.Settings{Method: estimate.MethodLatent, Latent: estimate.LatentSettings{
		Steps: 125_125, Warmup: 2000, Thin: 50, MaxSteps: 125_125}})
}

func BenchmarkStepwiseWestern(b *testing.B) {
	benchmark(b, "us_western_site", estimate.Settings{Method: estimate.MethodStepwise, Bootstrap: 1000})
}

func BenchmarkEnvelopeNewOrleans8(b *testing.B) {
	benchmark(b, "new_orleans_8list_n185", estimate.Settings{})
}
