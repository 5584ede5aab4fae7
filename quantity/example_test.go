package quantity_test

import (
	"encoding/json"
	"fmt"
	"log"
	"os"

	"asylon/quantity"
)

func Example() {
	r, err := quantity.Read("around 50 North Koreans every two days")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(r.Text(quantity.English))

	rate, _ := r.Rate()
	span, err := quantity.ParseSpan("P3W")
	if err != nil {
		log.Fatal(err)
	}
	total, err := rate.For(span)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(total.Count.Text(quantity.English))
	fmt.Println(total.Assumptions[0])
	// Output:
	// between 45 and 55 persons every 2 days
	// at least 450 persons (reports allow up to 605)
	// derived; assumes a steady rate over the whole period
}

func ExampleRead() {
	for _, phrase := range []string{"some dozens of families", "수백 명", "三百余人", "a family of seven", "no one"} {
		r, err := quantity.Read(phrase)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s: %s (%s)\n", phrase, r.Text(quantity.English), r.Count.Rule().ID)
	}
	// Output:
	// some dozens of families: 24–99 families (dozens) (dozens)
	// 수백 명: 200–999 persons (hundreds) (magnitude)
	// 三百余人: between 300 and 399 persons (some-more)
	// a family of seven: 7 persons (exact)
	// no one: 0 persons (zero)
}

func ExampleRead_refused() {
	_, err := quantity.Read("minus five people")
	fmt.Println(err)
	_, err = quantity.Read("25-30,000 people")
	fmt.Println(err)
	// Output:
	// read quantity "minus five people": a count cannot be negative, at "minus five"; write the number without a minus; for a correction, retract the earlier statement
	// read quantity "25-30,000 people": the words can mean two different numbers (the first number may share the zeros of the second); write every number in full, for example "25,000 to 30,000"
}

func ExampleReading_Explanation() {
	r, err := quantity.Read("about 50 people")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(r.Explanation(quantity.English))
	// Output:
	// a number called approximate is widened by half its last round unit or a tenth either way, whichever is larger — 50 becomes between 45 and 55 persons
}

func ExampleSameEvent() {
	var claims []quantity.Claim
	for rank, phrase := range []string{"dozens of people", "about 50 people"} {
		r, err := quantity.Read(phrase)
		if err != nil {
			log.Fatal(err)
		}
		claims = append(claims, quantity.Claim{Count: r.Count, Rank: rank})
	}
	// 47 of them are known and known to be different persons.
	got, err := quantity.SameEvent(claims, 47)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(got.Count)
	// Output:
	// at least 47 persons (reports allow up to 99) (best 50)
}

func ExampleUnknownOverlap() {
	a, err := quantity.Between(40, 60, quantity.Persons)
	if err != nil {
		log.Fatal(err)
	}
	b, err := quantity.AtLeast(12, quantity.Persons)
	if err != nil {
		log.Fatal(err)
	}
	c, err := quantity.Exactly(7, quantity.Persons)
	if err != nil {
		log.Fatal(err)
	}
	closed, err := quantity.UnknownOverlap([]quantity.Count{a, c})
	if err != nil {
		log.Fatal(err)
	}
	open, err := quantity.UnknownOverlap([]quantity.Count{a, b}, []quantity.Count{c})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(closed.Count)
	fmt.Println(open.Count)
	// Output:
	// at least 40 persons (reports allow up to 67)
	// at least 47 persons
}

func ExampleAsk() {
	a, err := quantity.Ask("around 50 every two days", "2001-07-01/2001-07-21", quantity.English)
	if err != nil {
		log.Fatal(err)
	}
	a.Explanation, a.Assumptions = nil, nil // shown elsewhere
	enc := json.NewEncoder(os.Stdout)
	enc.SetIndent("", " ")
	if err := enc.Encode(a); err != nil {
		log.Fatal(err)
	}
	// Output:
	// {
	//  "low": 450,
	//  "best": null,
	//  "high": 605,
	//  "unit": "",
	//  "per": null,
	//  "rule": "rate-for-period",
	//  "rule_version": 1,
	//  "words": "around 50 every two days",
	//  "lang": "en",
	//  "approximate": true,
	//  "partial": false,
	//  "derived": true,
	//  "for": "2001-07-01/2001-07-21",
	//  "rate": {
	//   "low": 45,
	//   "high": 55,
	//   "best": 50,
	//   "per": "P2D",
	//   "rule": "about",
	//   "text": "between 45 and 55 every 2 days"
	//  },
	//  "text": "at least 450 (reports allow up to 605)",
	//  "explanation": null
	// }
}
