// Package estimate answers how many people there were, from lists that each
// found some of them, or says why it cannot be answered.
//
// Who is on several lists tells how much each list covers, and so how many
// people none of them found: capture-recapture, or multiple systems
// estimation. The idea is simple and the traps are many. Sound methods differ
// by factors on one table; an interval of "95 %" covers only what its model
// supposes; and where people differ in how visible they are, every method here
// finds too few. So the package runs families of methods that answer to
// different assumptions, shows what the answer depends on, and refuses when it
// depends on too much.
//
// It is not a way to count: the documented people are counted elsewhere, and
// stay the figure that nobody can take away. It knows nothing of records,
// files, clocks or databases. It does not link records; wrong links are its
// worst enemy, and only their effect is measured here.
//
// # Usage
//
//	t, err := estimate.ReadTable(r, "")
//	if err != nil { … }
//	res, err := estimate.Estimate(ctx, t, estimate.Settings{Seed: 1, Workers: 2})
//	if err != nil { … }
//	if res.Refused {
//		for _, m := range res.Reasons {
//			fmt.Println(m.Text(estimate.Korean))
//		}
//	}
//
// A table has one row for each combination of 2 to 12 lists, with 1 for lists
// that named the people and 0 for lists that did not, and their number. The
// combination of no list has no row: it is the question.
//
// # Methods
//
// Each is written from its paper.
//
//   - chapman: two lists, independent and equally likely to name anybody
//     (Chapman 1951), with the log-normal interval of Chao (1987). One estimate
//     for each pair of lists.
//   - chao: the lower bound for people who differ in visibility, as a
//     log-linear model of any number of lists (Chao 1987; Rivest and Baillargeon
//     2007); [LowerBoundFrequencies] for counts of how often people were found.
//   - coverage: sample coverage (Chao and Tsay 1998), three lists or more.
//   - independence: the log-linear Poisson model of lists that ignore each
//     other (Fienberg 1972), with the profile interval of Cormack (1992).
//   - loglinear: the best hierarchical model by BIC or AIC; every one up to
//     five lists, a bounded search above. BCa intervals (Efron 1987) that
//     repeat the choice on every resampled table (Silverman, Chan and Vincent
//     2024).
//   - stepwise: pairs of lists added one by one by Poisson p-values, for sparse
//     tables (Chan, Silverman and Vincent 2021), with the same intervals.
//   - bma: the average over decomposable graphs under hyper-Dirichlet priors
//     (Madigan and York 1997). The graph that joins all lists is left out: it
//     says nothing about the unseen, and with it the average drifts to "nobody".
//   - latent: classes within which lists are independent, with a stick-breaking
//     prior (Manrique-Vallier 2016); four chains or more, compared by the
//     rank-normalised split R-hat of Vehtari and others (2021) and lengthened
//     until they agree or are given up.
//   - envelope: loglinear, stepwise, bma and latent together. The range is from
//     the smallest of their limits to the largest, the estimate the median of
//     theirs. Besides: how the answer changes without each list, with one person
//     more or fewer, with 5 % wrong links, and with other odds of being unseen
//     (Aleshin-Guendel, Sadinle and Wakefield 2021); which way each pair of lists
//     leans, by the Mantel-Haenszel odds ratio among people on other lists; and
//     whether all lists lean together.
//
// Whether a log-linear estimate exists is decided in exact arithmetic
// (Fienberg and Rinaldo 2012), see [CheckExistence].
//
// # Refusing
//
// [Limits] holds all thresholds. A refused result has no estimate; its families
// are kept so that the refusal can be judged. Single methods are refused only
// when they have no answer, and carry what the envelope would refuse as
// warnings: they are for checking, not for publishing. docs/accuracy-estimates.md
// shows how often the rules err, on populations of known size.
//
// Messages are keys with values, with sentences in English and Korean built in
// ([Catalogue]). No sentence speaks of the true number or of certainty.
//
// # Reproducing
//
// Everything random comes from [Settings].Seed; one stream of numbers belongs
// to each bootstrap draw, chain and simulated population, so results do not
// depend on the number of workers, nor on the order of the lists.
package estimate
