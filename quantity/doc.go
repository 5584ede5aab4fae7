// Package quantity reads hedged counts and rates ("some dozens of families",
// "around 50 every two days", "수백 명", "三百余人") into ranges, combines ranges
// without making them more certain than they are, and prints them again.
//
// It is for documenting how many people, families, returns or events a source
// speaks of. A count keeps the exact words, a lowest and a highest number
// (which may be open), the unit, and the rule that understood the words. A
// best number exists only where a source states one; no midpoint is ever
// computed.
//
// It is not for measurements (kilometres, hours, money), for shares ("half",
// "20 %"), for dates, or for estimating how many went unreported. It never
// converts units: seven people in two families stay two counts, and a person
// returned twice is one person and two returns.
//
//	r, err := quantity.Read("around 50 North Koreans every two days")
//	// r.Count is 45 to 55 persons; r.Rate() is that count every two days
//	span, err := quantity.ParseSpan("P3W")
//	total, err := rate.For(span) // 450 to 605, marked derived
//
// # Rules
//
// The words are understood by a fixed, versioned table, see [Rules]. Its
// anchors follow what conflict data projects do with vague numbers: ACLED
// takes the most conservative figure, UCDP stores low, best and high and
// counts a plural as at least two ("hundreds" is 200 or more). Where the two
// differ the lower number is the floor and the whole order of magnitude is the
// ceiling. A round number is read as rounded: by half its last round unit or
// by a tenth, whichever is larger, rounded outwards to whole people.
//
// Every function is pure: no clock, no files, no shared state. All values are
// immutable and may be used by many goroutines at once.
package quantity
