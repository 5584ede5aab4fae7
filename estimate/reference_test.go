package estimate_test

import (
	"context"
	"math"
	"testing"

	"asylon/estimate"
)

// Answers of Rcapture, dga and CARE1 on the shared tables, for the methods that
// take milliseconds; scripts/gen-accuracy-estimates compares all of them.
func TestReferences(t *testing.T) {
	graphs := func(grid float64, saturated bool, delta float64) estimate.Settings {
		return estimate.Settings{Method: estimate.MethodGraphs,
			Graphs: estimate.GraphSettings{Grid: grid, Saturated: saturated, Delta: delta}}
	}
	for _, tt := range []struct {
		table         string
		set           estimate.Settings
		mid, low, top float64
		within        float64 // of the limits; estimates within half their last digit
	}{
		{"kosovo_1999", estimate.Settings{Method: estimate.MethodIndependence}, 7394.587, 7147.7, 7656.2, 0.5},
		{"korea_palembang", estimate.Settings{Method: estimate.MethodIndependence}, 141.993, 131, 155.8, 0.5},
		{"netherlands_6list", estimate.Settings{Method: estimate.MethodIndependence}, 52823.464, 48541.6, 57648.3, 0.5},
		{"us_western_site", estimate.Settings{Method: estimate.MethodIndependence}, 2007.142, 1430.8, 2964.6, 0.5},
		{"new_orleans_8list_n186", estimate.Settings{Method: estimate.MethodChao}, 1121.970, 689.7, 2020.7, 0.5},
		{"kosovo_1999", estimate.Settings{Method: estimate.MethodChao}, 8591.184, 8188.7, 9026.9, 0.5},
		{"hav_taiwan", estimate.Settings{Method: estimate.MethodChao}, 478.674, 405.2, 579.3, 0.5},
		{"kosovo_1999", graphs(10, false, 0), 12595, 9827, 16544, 0.1},
		{"hav_taiwan", graphs(10, true, 0.5), 292, 271, 588, 0.1},
		{"us_western_site", graphs(30, false, 0), 2133, 1343, 3871, 0.1},
		{"uk_2013_5list", graphs(20, false, 0), 22990, 10387, 33508, 0.1},
		{"netherlands_5list", graphs(20, true, 0), 49385, 41405, 168992, 0.1},
		{"hav_taiwan", estimate.Settings{Method: estimate.MethodCoverage, Bootstrap: 1000}, 507.772, 432.4, 618.2, 30},
	} {
		t.Run(tt.table+" "+string(tt.set.Method), func(t *testing.T) {
			res := mustEstimate(t, readData(t, tt.table), tt.set)
			if math.Abs(float64(res.Estimate)-tt.mid) > 1e-3 {
				t.Errorf("estimate %v, want %v", res.Estimate, tt.mid)
			}
			if math.Abs(float64(res.Low)-tt.low) > tt.within || math.Abs(float64(res.High)-tt.top) > tt.within {
				t.Errorf("from %v to %v, want from %v to %v", res.Low, res.High, tt.low, tt.top)
			}
		})
	}
}

func TestReferenceModels(t *testing.T) {
	for _, tt := range []struct {
		table string
		set   estimate.Settings
		model string
		mid   float64
	}{
		{"kosovo_1999", estimate.Settings{Method: estimate.MethodLogLinear}, "[123,14,34]", 10356.519},
		{"kosovo_1999", estimate.Settings{Method: estimate.MethodLogLinear, Criterion: estimate.AIC}, "[123,134]", 12740.97},
		{"kosovo_1999", estimate.Settings{Method: estimate.MethodLogLinear, MaxOrder: 2}, "[12,13,23,14,34]", 14341.664},
		{"spina_bifida_3list", estimate.Settings{Method: estimate.MethodLogLinear}, "[23,1]", 730.929},
		{"uk_2013_5list", estimate.Settings{Method: estimate.MethodStepwise}, "[12,13,24,25,35,45]", 11312.990},
		{"netherlands_5list", estimate.Settings{Method: estimate.MethodStepwise}, "[12,13,24,34,15,35]", 121521.614},
		{"us_western_site", estimate.Settings{Method: estimate.MethodStepwise}, "[15,2,3,4]", 2483.384},
	} {
		tt.set.Bootstrap = 1
		res := mustEstimate(t, readData(t, tt.table), tt.set)
		if got := res.Families[0].Model; got != tt.model {
			t.Errorf("%s %s: model %s, want %s", tt.table, tt.set.Method, got, tt.model)
		}
		if math.Abs(float64(res.Estimate)-tt.mid) > 5e-3 {
			t.Errorf("%s %s: %v, want %v", tt.table, tt.set.Method, res.Estimate, tt.mid)
		}
	}
}

// Other functions that R packages answer too.
func TestReferenceFunctions(t *testing.T) {
	ctx := context.Background()
	near := func(name string, got estimate.Interval, err error, mid, low, high float64) {
		t.Helper()
		if err != nil || math.Abs(got.Estimate-mid) > 0.06 || math.Abs(got.Low-low) > 0.5 || math.Abs(got.High-high) > 0.5 {
			t.Errorf("%s: %+v, %v, want %v from %v to %v", name, got, err, mid, low, high)
		}
	}
	i, err := estimate.BiasCorrected(readData(t, "kosovo_1999"), 0.95)
	near("bias corrected", i, err, 7395.24, 7141.2, 7649.3)
	i, err = estimate.Visibility(ctx, readData(t, "hare"), 0.95)
	near("visibility", i, err, 81.1, 71.8, 93.8)
	f, err := estimate.ReadFrequencies(openData(t, "netherlands_illegal_immigrants_1995_freq_of_counts"))
	if err != nil {
		t.Fatal(err)
	}
	i, err = estimate.LowerBoundFrequencies(ctx, f, 0.95)
	near("lower bound", i, err, 9273.5, 8088.2, 10704)
}
