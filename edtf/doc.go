// Package edtf reads, prints and compares uncertain dates: a year, "June
// 2001", "some time between March and June", "about 9 October", "in June, year
// not stated".
//
// A [Date] is a value written in the Extended Date/Time Format, ISO 8601-2:2019:
// levels 0 and 1 wholly, and of level 2 the qualifiers of single parts, sets
// ([..] one of, {..} all of), unspecified digits anywhere, the divisions of a
// year 25 to 41, exponents and significant digits. Beside its text it knows
// the first and the last [Day] it may mean, so that a program can search, sort,
// count and chart it without ever inventing a day that nobody stated:
//
//	d, err := edtf.Parse("2001-06")
//	if err != nil {
//		return err
//	}
//	summer := edtf.Span{First: edtf.DayOf(2001, 6, 1), Last: edtf.DayOf(2001, 8, 31)}
//	d.Within(summer) // edtf.Certainly
//
// [Read] understands what people type and sources write, in English, Korean
// and Chinese ("end of July", "2001년 6월 말", "六月下旬"), against a
// [Reference] such as the date of the document; [Date.Text] prints for people.
// [AgeAt] and [BornFor] go between births and ages as they are counted in Korea
// and China, and [Lunar] dates are converted with the tables of both countries.
//
// The package is not for instants, time zones, clocks or scheduling: a time of
// day is kept as written but no comparison looks at it. It does no input or
// output, reads no clock, and everything in it may be used from several
// goroutines at once.
//
// # What an uncertain date may mean
//
// The rules below decide [Date.Earliest] and [Date.Latest]. They are chosen to
// be wide: a day that a date may mean lies inside.
//
//   - A date coarser than a day means some part of that month, year, decade.
//   - An interval begins in its first date and ends in its second.
//   - [a..b] means some part of the time between; {a,b} means both.
//   - "?" (uncertain) widens nothing; it is a flag for the reader.
//   - "~" (approximate) widens: a day by 7 days, a month by one month, a year
//     by 2 years, on either side; decades, centuries, seasons, quarters and
//     halves by half their length, in whole years or months. Where only some
//     parts are approximate, every run of neighbouring approximate parts widens
//     by the unit of its finest part. "%" is both.
//   - Seasons 21 to 24 and 25 to 28 are those of the northern hemisphere, 29 to
//     32 of the southern. A season runs from the first day by the months
//     (1 March) to the last by the sun (21 June). Winter 2001 is the one at
//     either end of 2001.
//   - Where the first digit of the year is not stated ("XXXX-06") the date is
//     not resolved: it has no bounds until [Date.Resolve] is given a reference.
package edtf
