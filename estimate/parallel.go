package estimate

import (
	"context"
	"sync"
	"sync/atomic"
)

// parallel runs task(worker, i) for every i below n on up to workers
// goroutines and waits for all of them. Tasks must write only what belongs to
// their i or their worker. It returns the first error in the order of i, so
// that what the caller reports does not depend on timing; after an error or a
// cancelled context no further tasks start.
func parallel(ctx context.Context, workers, n int, task func(worker, i int) error) error {
	workers = max(1, min(workers, n))
	errs := make([]error, n)
	var next atomic.Int64
	var failed atomic.Bool
	var wg sync.WaitGroup
	for worker := range workers {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n || failed.Load() {
					return
				}
				err := ctx.Err()
				if err == nil {
					err = task(worker, i)
				}
				if err != nil {
					errs[i] = err
					failed.Store(true)
				}
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// spread runs task over [0, n) in blocks, for tasks too small to be handed
// out one by one.
func spread(ctx context.Context, workers, n, block int, task func(worker, i int) error) error {
	blocks := (n + block - 1) / block
	return parallel(ctx, workers, blocks, func(worker, b int) error {
		for i := b * block; i < min(n, (b+1)*block); i++ {
			if err := task(worker, i); err != nil {
				return err
			}
		}
		return nil
	})
}
