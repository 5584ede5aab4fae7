package edtf_test

import (
	"fmt"

	"asylon/edtf"
)

func ExampleParse() {
	for _, s := range []string{"2001-06", "2001-10-09~", "[2001-07-21..2001-07-31]", "2000-04/..", "XXXX-06"} {
		d, err := edtf.Parse(s)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Printf("%s: %v to %v, %s\n", d, d.Earliest(), d.Latest(), d.Text(edtf.English))
	}
	_, err := edtf.Parse("2001-13")
	fmt.Println(err)
	// Output:
	// 2001-06: 2001-06-01 to 2001-06-30, June 2001
	// 2001-10-09~: 2001-10-02 to 2001-10-16, about 9 October 2001
	// [2001-07-21..2001-07-31]: 2001-07-21 to 2001-07-31, between 21 and 31 July 2001
	// 2000-04/..: 2000-04-01 to .., since April 2000
	// XXXX-06: .. to .., June, year not stated
	// date "2001-13": byte 5: there is no month 13; months are 01 to 12, seasons, quarters and halves 21 to 41
}

func ExampleRead() {
	// Undated, the words keep what they say and no more.
	r, err := edtf.Read("in June", edtf.Reference{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Date, r.Resolved, "needs", r.Needs)

	// In a document of August 2001 they mean more.
	ref := edtf.Reference{Date: edtf.MustParse("2001-08")}
	for _, words := range []string{"in June", "at the end of July", "7월 말", "over the past few years", "today", "12/6/2001"} {
		r, err := edtf.Read(words, ref)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s: %s\n", words, r.Date)
	}
	// Output:
	// XXXX-06 false needs the date of the document
	// in June: 2001-06
	// at the end of July: [2001-07-21..2001-07-31]
	// 7월 말: [2001-07-21..2001-07-31]
	// over the past few years: [1996-08..2001-08]
	// today: 2001-08
	// 12/6/2001: [2001-06-12,2001-12-06]
}

func ExampleDate_Within() {
	summer := edtf.Span{First: edtf.DayOf(2001, 6, 1), Last: edtf.DayOf(2001, 8, 31)}
	for _, s := range []string{"2001-06-12", "2001", "2002", "2001-05/2001-06"} {
		d := edtf.MustParse(s)
		fmt.Printf("%s: within %v, overlaps %v\n", s, d.Within(summer), d.Overlaps(summer))
	}
	// Output:
	// 2001-06-12: within certainly, overlaps certainly
	// 2001: within possibly, overlaps possibly
	// 2002: within never, overlaps never
	// 2001-05/2001-06: within never, overlaps certainly
}

func ExampleDate_Text() {
	d := edtf.MustParse("2001-03/2001-06")
	fmt.Println(d.Text(edtf.English))
	fmt.Println(d.Text(edtf.Korean))
	fmt.Println(d.Text(edtf.Chinese))
	// Output:
	// from March to June 2001
	// 2001년 3월부터 6월까지
	// 2001年3月至6月
}

func ExampleAgeAt() {
	born, at := edtf.MustParse("1981"), edtf.MustParse("2001-08")
	for _, system := range []edtf.AgeSystem{edtf.AgeInternational, edtf.AgeCounted, edtf.AgeUnstated} {
		ages, _ := edtf.AgeAt(born, at, system)
		fmt.Printf("%v: %d to %d\n", system, ages.Low, ages.High)
	}
	// Output:
	// international: 19 to 20
	// counted: 21 to 21
	// not stated: 19 to 22
}

func ExampleBornFor() {
	born, err := edtf.BornFor(edtf.Ages{Low: 20, High: 20}, edtf.MustParse("2001-08"), edtf.AgeUnstated)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(born.Text(edtf.English))
	// Output:
	// between 2 August 1980 and 12 February 1983
}

func ExampleLunar_Solar() {
	// The fifth month's third day; which of the two calendars is not stated.
	d, err := edtf.Lunar{Year: 2001, Month: 5, Day: 3}.Solar()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(d)
	// Output:
	// 2001-06-23
}

func ExampleIntersect() {
	one, other := edtf.MustParse("2001-06"), edtf.MustParse("[2001-06-21..2001-07-10]")
	both, ok := edtf.Intersect(one, other)
	fmt.Println(both, ok)
	// Output:
	// [2001-06-21..2001-06-30] true
}
