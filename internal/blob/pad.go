package blob

import "math/bits"

const (
	// minBucket is the smallest padded size in bytes: what a disk gives a file
	// of one byte anyway.
	minBucket = 4 << 10
	// fineFrom is the size in bytes from which buckets are finer than powers
	// of two.
	fineFrom = 1 << 20
	// fineSteps is how many buckets there are for each doubling above that.
	fineSteps = 8
	// maxSize is the largest true size, in bytes, that has a bucket.
	maxSize = 1 << 60
)

// bucket returns the padded size of a file of n bytes, for 0 ≤ n ≤ maxSize.
//
// Up to 1 MiB it is a power of two. A thief who owns a copy of a leaked report
// would like to know whether the office holds it, too; at that size all he
// learns is that it holds something between 512 KiB and 1 MiB, and the price is
// small. Above 1 MiB, where doubling recordings would fill disks, there are
// eight sizes for each doubling, at a price of at most an eighth. Steps of a
// fixed width, such as 1 MiB, would give each large file a size of its own;
// Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files",
// 2019) has 32 steps for each doubling here, which wastes less and tells more.
func bucket(n int64) int64 {
	if n <= minBucket {
		return minBucket
	}
	doubling := int64(1) << bits.Len64(uint64(n-1)) // the power of two not below n
	if n <= fineFrom {
		return doubling
	}
	step := doubling / 2 / fineSteps
	return (n + step - 1) / step * step
}
