// Package svg draws charts and maps as SVG on the server, each together with
// a table that says the same in figures.
//
// It is for pages, prints and frozen figures: the same input always gives the
// same bytes, no script and no inline style is needed (the drawings carry
// presentation attributes and classes; their style sheet is [CSS]), and
// nothing is told by colour alone. It is not a general plotting library: it
// knows the pictures this record needs (ranges, months with uncertain dates,
// overlapping lists, estimates by method, acts in time, places), and it draws
// doubt instead of hiding it: low and high apart, "no reports" apart from
// zero, an open end where nothing bounds a number.
//
// Every chart is a struct that is filled in and drawn:
//
//	picture, err := svg.RangeBars{
//		Frame: svg.Frame{ID: "by-place", Title: "People returned, by place"},
//		Unit:  "persons",
//		Bars: []svg.RangeBar{
//			{Label: "Longjing", Range: svg.Range{Low: 7, High: 12, Open: true}},
//			{Label: "Tumen", NoReports: true},
//		},
//	}.Draw()
//
// picture.SVG goes into the page, picture.Table beside it. Functions here are
// pure and safe for concurrent use.
package svg
