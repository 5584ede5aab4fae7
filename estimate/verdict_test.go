package estimate_test

import (
	"context"
	"flag"
	"testing"

	"asylon/estimate"
)

// long asks for the tables whose verdict takes seconds:
//
//	go test ./estimate -run Verdicts -long
var long = flag.Bool("long", false, "run the tests that take seconds each")

// The verdicts on real tables that the rules were made for. Settings are those
// of simulations, which are quicker; the page of accuracy has the full ones.
func TestVerdicts(t *testing.T) {
	for _, tt := range []struct {
		name, want string
		slow       bool
	}{
		{"kosovo_1999", "passed", true},
		{"korea_palembang", "warned", false},
		{"us_western_site", "warned", false},
		{"hav_taiwan", "refused", false},
		{"uk_2013_5list", "refused", true},
		{"netherlands_5list", "refused", true},
		{"netherlands_6list", "refused", true},
		{"new_orleans_5list_n185", "refused", false},
		{"new_orleans_5list_n186", "refused", true},
		{"new_orleans_8list_n185", "refused", true},
		{"new_orleans_8list_n186", "refused", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.slow && !*long {
				t.Skip("takes seconds; ask with -long")
			}
			set := estimate.SimulationSettings()
			set.Workers, set.Latent.MaxSteps = 2, 100_000
			res, err := estimate.Estimate(context.Background(), readData(t, tt.name), set)
			if err != nil {
				t.Fatal(err)
			}
			got := "passed"
			switch {
			case res.Refused:
				got = "refused"
			case len(res.Warnings) > 0:
				got = "warned"
			}
			if got != tt.want {
				for _, m := range append(res.Reasons, res.Warnings...) {
					t.Log(m.Key, m.Text(estimate.English))
				}
				t.Errorf("%s, want %s", got, tt.want)
			}
			if res.Refused == res.Estimate.Known() {
				t.Errorf("refused %v but estimate %v", res.Refused, res.Estimate)
			}
		})
	}
}
