package estimate

import (
	"context"
	"errors"

	"asylon/estimate/internal/variate"
)

// Coverage is the outcome of the sample coverage approach.
type Coverage struct {
	// Share is the estimated sample coverage: how much of the population, by
	// visibility, the lists have reached.
	Share float64
	// Independent is the estimate that takes lists as independent.
	Independent float64
	// Low corrects it once for the dependence of pairs, High solves for the
	// dependence; High is wild when the coverage is low, so Low is reported.
	Low, High float64
	// Interval is the log-normal interval of Low, its spread bootstrapped.
	Interval Interval
}

var errNoCoverage = errors.New("nobody was found on two lists")

// sampleCoverage computes the estimators of Chao and Tsay (1998) from three
// or more lists, generalised to any number: the correction for lists j and k
// weighs their dependence by the people on one of them and on no third list.
// With two lists there is no correction and all three are Petersen's estimate.
func sampleCoverage(counts []float64, p int) (Coverage, error) {
	on := make([]float64, len(counts))
	copy(on, counts)
	superset(on, p)
	n := on[0]
	lists := 0.0 // those that hold anybody
	share, reached := 0.0, 0.0
	for j := range p {
		if on[1<<j] == 0 {
			continue
		}
		lists++
		share += 1 - counts[1<<j]/on[1<<j]
		reached += n - counts[1<<j]
	}
	if lists < 2 || share <= 0 {
		return Coverage{}, errNoCoverage
	}
	share /= lists
	reached /= lists
	c := Coverage{Share: share, Independent: reached / share}
	weights, slope := 0.0, 0.0
	for j := range p {
		for k := range j {
			if lists < 3 || on[1<<j] == 0 || on[1<<k] == 0 {
				continue
			}
			only := counts[1<<j] + counts[1<<k] + 2*counts[1<<j|1<<k]
			weights += only / (lists * share)
			slope += only / (lists * share) * on[1<<j|1<<k] / (on[1<<j] * on[1<<k])
		}
	}
	// The dependence of a pair is judged against an estimate, which is itself
	// corrected once before it serves.
	once := c.Independent - weights + slope*c.Independent
	c.Low = c.Independent - weights + slope*once
	c.High = (c.Independent - weights) / (1 - slope)
	return c, nil
}

// coverageInterval adds the bootstrapped interval: populations of the
// estimated size with the observed pattern shares, whose unseen are dropped.
func coverageInterval(ctx context.Context, t Table, set Settings, task *task) (Coverage, error) {
	c, err := sampleCoverage(t.dense(), t.P())
	if err != nil {
		return c, err
	}
	weights := []float64{max(0, c.Low-float64(t.n))}
	for _, cell := range t.cells {
		weights = append(weights, float64(cell.Count))
	}
	task.begin(set.Bootstrap)
	draws := make([]float64, set.Bootstrap)
	err = spread(ctx, set.Workers, set.Bootstrap, 64, func(_, i int) error {
		picks := make([]int, len(weights))
		variate.NewStream(set.Seed, streamCoverage+uint64(i)).Multinomial(int(c.Low+0.5), weights, picks)
		counts := make([]float64, 1<<t.P())
		for k, cell := range t.cells {
			counts[cell.Pattern] = float64(picks[k+1])
		}
		draws[i] = c.Low
		if again, err := sampleCoverage(counts, t.P()); err == nil {
			draws[i] = again.Low
		}
		task.step(1)
		return nil
	})
	if err != nil {
		return c, err
	}
	variance := 0.0
	if len(draws) > 1 {
		_, variance = meanVariance(draws)
	}
	c.Interval = logNormal(float64(t.n), c.Low, variance, set.Level)
	return c, nil
}
