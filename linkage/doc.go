// Package linkage finds the records of one or several lists that are of one
// person.
//
// It is made for lists of people kept by different hands: names in several
// scripts (through package names), birth dates that are vague, wrong by a
// digit or by the lunar calendar, ages counted in several ways (through
// package edtf), places with the larger places that hold them, and many gaps.
// Given nothing but the lists it works out what the columns are, how to bring
// records together, and what agreement is worth; all of it can be looked at
// and set in a configuration.
//
// It does not merge anything: a result is a proposal with its evidence, field
// by field, which people judge; their judgements can be given back and the
// lists linked again. It is not made for a pair of records alone (see package
// names for two names), nor for objects other than people.
//
//	t, err := linkage.ReadTable("people.csv", file)
//	...
//	c, _, err := linkage.Propose([]*linkage.Table{t})
//	...
//	r, err := linkage.Link(ctx, c, []*linkage.Table{t}, linkage.Options{})
//	...
//	for _, p := range r.Clusters() {
//		fmt.Println(p.Records, p.Confidence)
//	}
//
// # How it works
//
// The model is that of Fellegi and Sunter (1969). Each field compares at a few
// levels, from "differs" to "same, rare value"; within one person each level
// comes about with probability m, between two with u. Both, and the prior, are
// found by expectation maximization over counts of patterns of levels. Chance
// agreement is learnt from random pairs, exactly where the frequencies of
// values give it, and from samples of pairs that agree in one field, which also
// show how fields depend on one another (postcode and town): the strongest
// dependences form a tree. A missing value says nothing.
//
// Records are compared if they agree on all keys of a blocking rule. The rules
// are chosen, within a budget of pairs, to reach most of the pairs of one
// person: a pilot linkage shows how often each key agrees within a person.
//
// Linked records form components; these are divided by average-link
// agglomeration over all pairs, so that one false link does not chain two
// people together, and by what cannot be: two rows of a list that names nobody
// twice, values that exclude one another, people's judgements.
//
// All randomness comes from the seed in the configuration. The result does not
// depend on the number of workers, nor on whether links were kept in memory or
// on disk.
package linkage
