package linkage

import (
	"hash/fnv"
	"runtime"
	"sync"
	"sync/atomic"
)

// parallel calls f for 0 to n−1 on several goroutines and waits for all. It is
// for many small calls, which it hands out by the thousand.
func parallel(n, workers int, f func(int)) {
	const share = 1024
	tasks((n+share-1)/share, workers, func(k int) {
		for i := k * share; i < min(n, (k+1)*share); i++ {
			f(i)
		}
	})
}

// tasks calls f for 0 to n−1 on several goroutines and waits for all.
func tasks(n, workers int, f func(int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(max(workers, 1), n) {
		wg.Go(func() {
			for i := int(next.Add(1) - 1); i < n; i = int(next.Add(1) - 1) {
				f(i)
			}
		})
	}
	wg.Wait()
}

// defaultWorkers is how many goroutines compute where nothing else is said.
func defaultWorkers() int { return runtime.GOMAXPROCS(0) }

// hash64 hashes a text, alike in every process.
func hash64(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return mix(h.Sum64())
}

// mix spreads the bits of x (the finalizer of splitmix64).
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

// pairKey names an unordered pair of ids.
func pairKey(a, b uint32) uint64 {
	if b < a {
		a, b = b, a
	}
	return uint64(a)<<32 | uint64(b)
}
