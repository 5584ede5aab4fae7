package estimate

import (
	"context"
	"slices"

	"asylon/estimate/internal/variate"
)

// LatentClasses is the outcome of sampling latent classes.
type LatentClasses struct {
	Median, Low, High float64
	Mean              float64
	Diagnosis
	Chains  int
	Steps   int  // of each chain, warm-up not counted
	Draws   int  // kept, of all chains
	Settled bool // the chains agreed before they had to be given up
}

// chainBlock is how many steps a chain takes between looks at the context.
const chainBlock = 500

// drawsKept is the number of draws of a chain above which it is thinned.
const drawsKept = 8000

// A chain is a sampler with what it kept.
type chain struct {
	sampler *latentSampler
	draws   []float64
	started bool
}

// run takes steps and keeps every thin-th draw of the population size.
func (c *chain) run(ctx context.Context, steps, thin int, keep bool, task *task) error {
	for i := range steps {
		if i%chainBlock == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			task.step(min(chainBlock, steps-i))
		}
		c.sampler.step()
		if keep && i%thin == thin-1 {
			c.draws = append(c.draws, float64(c.sampler.n+c.sampler.unseen))
		}
	}
	return nil
}

// warmUp takes the steps that are thrown away, once.
func (c *chain) warmUp(ctx context.Context, steps int, task *task) error {
	if c.started {
		return nil
	}
	c.started = true
	task.begin(firstSteps + steps)
	if err := c.run(ctx, firstSteps, 1, false, task); err != nil {
		return err
	}
	c.sampler.sortClasses()
	return c.run(ctx, steps, 1, false, task)
}

// settled returns the draws worth keeping: all but the first quarter, which is
// where a chain may still have been on its way.
func settled(all []*chain) [][]float64 {
	out := make([][]float64, len(all))
	for i, c := range all {
		out[i] = c.draws[len(c.draws)/4:]
	}
	return out
}

// sampleClasses runs the chains, lengthening them until they agree or have
// taken set.MaxSteps. Chain i depends on the seed and i only.
func sampleClasses(ctx context.Context, t Table, set Settings, task *task) (LatentClasses, error) {
	l := set.Latent
	all := make([]*chain, set.Chains)
	for i := range all {
		rnd := variate.NewStream(set.Seed, streamChains+uint64(i))
		all[i] = &chain{sampler: newLatentSampler(t, l, rnd, maxGridFactor*float64(t.n))}
	}
	steps, total, thin := l.Steps, 0, l.Thin
	for {
		task.begin(set.Chains * steps)
		err := parallel(ctx, set.Workers, set.Chains, func(_, i int) error {
			if err := all[i].warmUp(ctx, l.Warmup, task); err != nil {
				return err
			}
			return all[i].run(ctx, steps, thin, true, task)
		})
		if err != nil {
			return LatentClasses{}, err
		}
		total += steps
		draws := settled(all)
		d := diagnose(draws)
		good := d.RHat <= Limits().RHatWarn && d.ESS >= Limits().ESSWarn
		if good || total+total/2 > l.MaxSteps {
			out := summariseDraws(draws, set.Level)
			out.Diagnosis, out.Chains, out.Steps, out.Settled = d, set.Chains, total, good
			return out, nil
		}
		// Half as many steps again. When draws pile up, only every second one
		// is kept, so that their number stays what the diagnosis can digest.
		steps = total / 2
		if len(all[0].draws) > drawsKept {
			thin *= 2
			for _, c := range all {
				c.draws = everySecond(c.draws)
			}
		}
	}
}

func everySecond(x []float64) []float64 {
	for i := range len(x) / 2 {
		x[i] = x[2*i+1]
	}
	return x[:len(x)/2]
}

func summariseDraws(chains [][]float64, level float64) LatentClasses {
	draws := slices.Concat(chains...)
	slices.Sort(draws)
	mean, _ := meanVariance(draws)
	tail := (1 - level) / 2
	return LatentClasses{
		Median: quantile(draws, 0.5), Low: quantile(draws, tail), High: quantile(draws, 1-tail),
		Mean: mean, Draws: len(draws),
	}
}
