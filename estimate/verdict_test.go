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

// A verdict is what the rules must say of a table.
type verdict struct{ table, want string }

// The verdicts on real tables that the rules were made for. Settings are those
// of simulations, which are quicker; the page of accuracy has the full ones.
func TestVerdicts(t *testing.T) {
	tables := []verdict{{"korea_palembang", "warned"}, {"hav_taiwan", "refused"}}
	if *long {
		tables = append(tables, []verdict{
			{"kosovo_1999", "passed"},
			{"us_western_site", "warned"},
			{"uk_2013_5list", "refused"},
			{"netherlands_5list", "refused"},
			{"netherlands_6list", "refused"},
			{"new_orleans_5list_n185", "refused"},
			{"new_orleans_5list_n186", "refused"},
			{"new_orleans_8list_n185", "refused"},
			{"new_orleans_8list_n186", "refused"},
		}...)
	}
	for _, tt := range tables {
		t.Run(tt.table, func(t *testing.T) {
			set := estimate.SimulationSettings()
			set.Workers, set.Latent.MaxSteps = 2, 100_000
			res, err := estimate.Estimate(context.Background(), readData(t, tt.table), set)
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
