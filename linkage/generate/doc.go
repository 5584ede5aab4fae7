// Package generate makes lists of invented North Korean people as several
// sources would keep them, with the truth of who is who, to measure linkage on.
//
// Every person has characters for a name, a day of birth, a home county and a
// family; every list writes what it knows in its own way: names in six forms
// (Hangul of the North or of the South, characters, pinyin, DPRK spelling,
// Revised Romanization, the customary spellings of the press), ages counted in
// three ways, birth dates by either calendar, the county of one time or
// another, and each with its own errors. Brothers and sisters share a
// syllable, a home and a surname, as they do.
//
// All spellings and errors come from tables in this package, which shares no
// rule with package names: a matcher that only knows its own rules is found
// out. The people are drawn from the seed; none is real.
//
//	err := generate.Write(generate.Options{People: 1000, Seed: 1}, create)
package generate
