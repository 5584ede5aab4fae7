// Package names compares personal names across scripts and spellings, and
// says in words why two of them agree.
//
// It is made for the names of Korean people as they stand in testimonies,
// police notices, agency lists and the press: in Hangul, in Han characters
// (traditional, simplified, variant), in the Revised, McCune-Reischauer and
// DPRK romanizations, in customary spellings, and in pinyin or Wade-Giles when
// a document came through Chinese. Northern and Southern forms (리/이, 련/연),
// both orders, compound surnames, initials and withheld syllables are known.
// Names of other customs are compared word by word by their letters, with
// transliteration from Cyrillic, Greek, Arabic and kana; no Korean rule is
// applied to them.
//
// It is not a search engine, it does not decide that two people are one, and
// it does not translate: a weight of evidence is all that names alone can
// give. Package linkage combines it with dates, places and the rest.
//
//	a := names.Read("김영순")
//	b := names.Read("Jin Yingshun")
//	c := names.Compare(a, b)
//	fmt.Println(c.Level, c.Weight, c.Explain())
//
// Read is the costly step; Compare takes about a tenth of a microsecond and
// allocates nothing, so read each name once and keep the result. All types are
// immutable once made and safe for concurrent use.
//
// The readings of characters come from the Unihan database through
// scripts/gen-names. How common surnames and syllables are is an estimate for
// the Koreas (see Frequencies) that a project can replace by its own lists.
package names
