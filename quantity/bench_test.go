package quantity_test

import (
	"testing"

	"asylon/quantity"
)

func BenchmarkRead(b *testing.B) {
	for _, bench := range []struct{ name, phrase string }{
		{"number", "50"},
		{"english", "around 50 North Koreans every two days"},
		{"english-parts", "seven people, including two children and a baby"},
		{"english-refused", "the police have returned the refugees to the other side"},
		{"korean", "이틀마다 약 50명의 북한 주민"},
		{"chinese", "每两天约五十名脱北者"},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = quantity.Read(bench.phrase) // one of them is meant to fail
			}
		})
	}
}

func BenchmarkSameEvent(b *testing.B) {
	var claims []quantity.Claim
	for i := int64(0); i < 20; i++ {
		c, err := quantity.Between(40+i, 60+i, quantity.Persons)
		if err != nil {
			b.Fatal(err)
		}
		claims = append(claims, quantity.Claim{Count: c, Rank: int(i % 3)})
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := quantity.SameEvent(claims, 45); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkUnknownOverlap(b *testing.B) {
	clusters := make([][]quantity.Count, 1000)
	for i := range clusters {
		for k := int64(0); k < 3; k++ {
			c, err := quantity.Between(int64(i)+k, int64(i)+2*k, quantity.Persons)
			if err != nil {
				b.Fatal(err)
			}
			clusters[i] = append(clusters[i], c)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := quantity.UnknownOverlap(clusters...); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkText(b *testing.B) {
	c := must(b, "hundreds of people")
	b.ReportAllocs()
	for b.Loop() {
		if c.Text(quantity.Korean) == "" {
			b.Fatal("no text")
		}
	}
}
