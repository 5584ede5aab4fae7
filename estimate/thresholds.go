package estimate

// Thresholds decide when a figure is refused and when it carries a warning.
type Thresholds struct {
	ListsRefuse, ListsWarn           int     // fewer lists than this
	OverlapRefuse                    int     // fewer people on two or more lists
	OverlapShareWarn                 float64 // smaller share of people on two or more lists
	PeopleWarn                       int     // fewer people documented
	ListPeopleWarn                   int     // fewer people on one list
	ChapmanOverlap                   int     // fewer people in common of two lists
	SpreadRefuse, SpreadWarn         float64 // largest family median over the smallest
	CorrectionRefuse, CorrectionWarn float64 // the middle of the families over the answer of independent lists
	BrokenRefuse, BrokenWarn         float64 // share of resampled tables without an estimate
	RHatRefuse, RHatWarn             float64 // chains disagree
	ESSRefuse, ESSWarn               float64 // fewer independent draws
	EdgeRefuse                       float64 // density at the end of the grid, relative to its peak
	SaturatedRefuse, SaturatedWarn   float64 // share of the saturated graph, when tried
	PersonRefuse, PersonWarn         float64 // factor by which one person changes the middle
	DropListRefuse, DropListWarn     float64 // factor by which leaving out a list does
	LinksWarn                        float64 // factor by which 5 % wrong links do
	InsideRefuse                     int     // people on a list wholly inside another
	LeanLowWarn, LeanLowStrong       float64 // standard errors of a common dependence that makes the answer too low
	LeanHighWarn                     float64 // and of one that makes it too high
	PairLean                         float64 // standard errors of the dependence of two lists
	TailDraws                        float64 // draws beyond a bootstrap limit
}

// Limits returns the thresholds in force. They stand here together and nowhere
// else. The first proposal came from practice and the literature; they were
// tuned on the simulations that docs/accuracy-estimates.md publishes, and
// nobody can loosen them for one table.
func Limits() Thresholds {
	return Thresholds{
		ListsRefuse: 3, ListsWarn: 4,
		OverlapRefuse: 20, OverlapShareWarn: 0.20,
		PeopleWarn:     100,
		ListPeopleWarn: 10,
		ChapmanOverlap: 7,
		SpreadRefuse:   2, SpreadWarn: 1.4,
		CorrectionRefuse: 2.5, CorrectionWarn: 2,
		BrokenRefuse: 0.05, BrokenWarn: 0.01,
		RHatRefuse: 1.05, RHatWarn: 1.01,
		ESSRefuse: 200, ESSWarn: 400,
		EdgeRefuse:      1e-6,
		SaturatedRefuse: 0.5, SaturatedWarn: 0.05,
		PersonRefuse: 2, PersonWarn: 1.25,
		DropListRefuse: 4, DropListWarn: 2,
		LinksWarn:    1.5,
		InsideRefuse: 10,
		LeanLowWarn:  0.67, LeanLowStrong: 2, LeanHighWarn: 2,
		PairLean:  1,
		TailDraws: 5,
	}
}
