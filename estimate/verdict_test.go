//go:build nightly

package estimate_test

import (
	"context"
	"testing"

	"asylon/estimate"
)

// The verdicts on real tables that the rules were made for. Settings are those
// of simulations, which are quicker; the page of accuracy has the full ones.
func TestVerdicts(t *testing.T) {
	for _, tt := range []struct{ name, want string }{
		{"kosovo_1999", "passed"},
		{"korea_palembang", "warned"},
		{"us_western_site", "warned"},
		{"hav_taiwan", "refused"},
		{"uk_2013_5list", "refused"},
		{"netherlands_5list", "refused"},
		{"netherlands_6list", "refused"},
		{"new_orleans_5list_n185", "refused"},
		{"new_orleans_5list_n186", "refused"},
		{"new_orleans_8list_n185", "refused"},
		{"new_orleans_8list_n186", "refused"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if testing.Short() && tt.want == "refused" {
				t.Skip("long")
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
