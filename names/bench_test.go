package names

import "testing"

// BenchmarkCompare compares the sample with itself in all pairs: Hangul, Han,
// four romanizations, pinyin, and names that share nothing. One operation is
// one comparison.
func BenchmarkCompare(b *testing.B) {
	list := sampleNames()
	n := len(list)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		Compare(list[i%n], list[i/n%n])
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds()/1e6, "Mcomparisons/s")
}

// BenchmarkCompareLoC compares the Library of Congress names, Korean against
// Latin, in all pairs.
func BenchmarkCompareLoC(b *testing.B) {
	pairs := readLoC(b)
	korean, latin := make([]*Name, len(pairs)), make([]*Name, len(pairs))
	for i, p := range pairs {
		korean[i], latin[i] = Read(p.korean), Read(p.latin)
	}
	n := len(pairs)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		Compare(korean[i%n], latin[i/n%n])
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds()/1e6, "Mcomparisons/s")
}

func BenchmarkRead(b *testing.B) {
	for _, s := range []string{"김영순", "金英順", "Kim Yong Sun", "Jin Yingshun", "John Smith"} {
		b.Run(s, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Read(s)
			}
		})
	}
}

// BenchmarkLoadTables is what the first Read pays once in a process.
func BenchmarkLoadTables(b *testing.B) {
	for b.Loop() {
		loadHan()
	}
}
