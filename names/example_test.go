package names_test

import (
	"fmt"

	"asylon/names"
)

func ExampleCompare() {
	testimony := names.Read("김영순")
	for _, s := range []string{"金英順", "Jin Yingshun", "Kim Yong Sun", "Kim Young-soon", "Y.S. Kim", "김영철"} {
		c := names.Compare(testimony, names.Read(s))
		fmt.Printf("%s: %v, %.1f bits\n", s, c.Level, c.Weight)
	}
	// Output:
	// 金英順: same Hangul, 12.5 bits
	// Jin Yingshun: ambiguous spelling, 12.4 bits
	// Kim Yong Sun: compatible spelling, 11.9 bits
	// Kim Young-soon: ambiguous spelling, 12.5 bits
	// Y.S. Kim: initials, 6.2 bits
	// 김영철: surname only, -3.2 bits
}

func ExampleComparison_Explain() {
	c := names.Compare(names.Read("金英哲"), names.Read("Kim Yong Chol"))
	fmt.Println(c.Explain())
	// Output:
	// 金 read 김 = kim, DPRK spelling; 英 read 영 = yong, DPRK spelling; 哲 read 철 = chol, DPRK spelling. Two people's names agree so about once in 5,300 pairs.
}

func ExampleName_Readings() {
	for _, r := range names.Read("Kim Yong Sun").Readings() {
		fmt.Printf("%v (%v) %.2f\n", r, r.System, r.Share)
	}
	// Output:
	// 김 영순 (DPRK spelling) 0.64
	// 김 용순 (DPRK spelling) 0.22
	// 김 영선 (customary spelling) 0.10
	// 김 용선 (customary spelling) 0.04
}

func ExampleFit() {
	// In a list of one village where half the people are called Hwangbo, that
	// surname says little.
	var village []*names.Name
	for range 500 {
		village = append(village, names.Read("황보영철"), names.Read("김순희"))
	}
	r := names.NewReader(names.Fit(village))
	here := names.Compare(r.Read("황보영철"), r.Read("황보영철"))
	elsewhere := names.Compare(names.Read("황보영철"), names.Read("황보영철"))
	fmt.Println(here.Weight < elsewhere.Weight-10)
	// Output: true
}
