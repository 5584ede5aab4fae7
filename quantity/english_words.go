package quantity

// The English words the reader knows. Phrases are keyed by their words in
// lower case with one space between; the longest phrase wins.

// englishBefore holds hedges that stand before a number. Zero marks words that
// may introduce a number without changing it.
var englishBefore = map[string]hedge{
	"about": hedgeAbout, "around": hedgeAbout, "approximately": hedgeAbout, "approx": hedgeAbout,
	"roughly": hedgeAbout, "circa": hedgeAbout, "ca": hedgeAbout, "c": hedgeAbout, "~": hedgeAbout, "≈": hedgeAbout,
	"an estimated": hedgeAbout, "estimated": hedgeAbout, "estimated at": hedgeAbout, "est": hedgeAbout,
	"an estimate of": hedgeAbout, "perhaps": hedgeAbout, "maybe": hedgeAbout, "possibly": hedgeAbout,
	"probably": hedgeAbout, "in the region of": hedgeAbout, "in the order of": hedgeAbout,
	"on the order of": hedgeAbout, "something like": hedgeAbout, "somewhere around": hedgeAbout,
	"close to": hedgeAbout, "an average of": hedgeAbout, "on average": hedgeAbout, "believed to be": hedgeAbout,
	"or so": hedgeAbout, "well-nigh": hedgeNearly,

	"exactly": hedgeExactly, "precisely": hedgeExactly, "only": hedgeExactly, "just": hedgeExactly,
	"all": hedgeExactly, "all the": hedgeExactly, "all of the": hedgeExactly, "all these": hedgeExactly,

	"at least": hedgeAtLeast, "at the very least": hedgeAtLeast, "at a minimum": hedgeAtLeast,
	"no fewer than": hedgeAtLeast, "no less than": hedgeAtLeast, "not fewer than": hedgeAtLeast,
	"not less than": hedgeAtLeast, "a minimum of": hedgeAtLeast, "minimum of": hedgeAtLeast,
	"minimum": hedgeAtLeast, "min": hedgeAtLeast, "≥": hedgeAtLeast, "> =": hedgeAtLeast,
	"upwards of": hedgeAtLeast, "upward of": hedgeAtLeast, "as few as": hedgeAtLeast,

	"more than": hedgeMoreThan, "over": hedgeMoreThan, "above": hedgeMoreThan, "beyond": hedgeMoreThan,
	"in excess of": hedgeMoreThan, "exceeding": hedgeMoreThan, "greater than": hedgeMoreThan, ">": hedgeMoreThan,
	"well over": hedgeMoreThan, "just over": hedgeMoreThan, "slightly over": hedgeMoreThan,
	"slightly more than": hedgeMoreThan, "a little over": hedgeMoreThan, "a little more than": hedgeMoreThan,
	"far more than": hedgeMoreThan, "many more than": hedgeMoreThan, "much more than": hedgeMoreThan,
	"well above": hedgeMoreThan, "just above": hedgeMoreThan, "not just": hedgeMoreThan,

	"up to": hedgeUpTo, "as many as": hedgeUpTo, "at most": hedgeUpTo, "at the most": hedgeUpTo,
	"no more than": hedgeUpTo, "not more than": hedgeUpTo, "no greater than": hedgeUpTo,
	"a maximum of": hedgeUpTo, "maximum of": hedgeUpTo, "maximum": hedgeUpTo, "max": hedgeUpTo,
	"≤": hedgeUpTo, "< =": hedgeUpTo, "not over": hedgeUpTo, "not exceeding": hedgeUpTo,

	"fewer than": hedgeFewerThan, "less than": hedgeFewerThan, "under": hedgeFewerThan, "below": hedgeFewerThan,
	"<": hedgeFewerThan, "well under": hedgeFewerThan, "far fewer than": hedgeFewerThan,
	"well below": hedgeFewerThan, "not even": hedgeFewerThan,

	"nearly": hedgeNearly, "almost": hedgeNearly, "just under": hedgeNearly, "slightly under": hedgeNearly,
	"slightly fewer than": hedgeNearly, "slightly less than": hedgeNearly, "a little under": hedgeNearly,
	"a little less than": hedgeNearly, "not quite": hedgeNearly, "close on": hedgeNearly,
	"approaching": hedgeNearly, "virtually": hedgeNearly, "just short of": hedgeNearly, "just below": hedgeNearly,
	"practically": hedgeNearly,

	"between": hedgeBetween, "anywhere between": hedgeBetween, "somewhere between": hedgeBetween,
	"from": hedgeFrom, "anywhere from": hedgeFrom,

	"a total of": 0, "total of": 0, "in total": 0, "in all": 0, "altogether": 0, "the": 0, "these": 0, "those": 0,
	"there were": 0, "there was": 0, "there are": 0, "there is": 0, "his": 0, "her": 0, "their": 0, "its": 0,
	"another": 0, "a further": 0, "further": 0, "an additional": 0, "additional": 0, "reportedly": 0,
	"allegedly": 0, "it was reported that": 0, "it is reported that": 0, "reported": 0, "said to be": 0,
	"as": 0, "now": 0, "another group of": 0,
}

// englishAfter holds hedges that stand after a number or its noun.
var englishAfter = map[string]hedge{
	"or so": hedgeAbout, "or thereabouts": hedgeAbout, "more or less": hedgeAbout, "give or take": hedgeAbout,
	"approximately": hedgeAbout, "roughly": hedgeAbout, ", give or take": hedgeAbout, ", approximately": hedgeAbout,
	", roughly": hedgeAbout, ", more or less": hedgeAbout, "( approximately )": hedgeAbout, "( approx )": hedgeAbout,
	"?": hedgeAbout, "( ? )": hedgeAbout, "( estimated )": hedgeAbout, "( estimate )": hedgeAbout, ", estimated": hedgeAbout,

	"or more": hedgeAtLeast, "and above": hedgeAtLeast, "or above": hedgeAtLeast, "and up": hedgeAtLeast, "and more": hedgeAtLeast, "or over": hedgeAtLeast, "and over": hedgeAtLeast,
	"plus": hedgeAtLeast, "+": hedgeAtLeast, "at least": hedgeAtLeast, "at a minimum": hedgeAtLeast,
	"minimum": hedgeAtLeast, "min": hedgeAtLeast, "upwards": hedgeAtLeast, "and upwards": hedgeAtLeast,
	"or upwards": hedgeAtLeast, "and counting": hedgeAtLeast, "and others": hedgeAtLeast, "among others": hedgeAtLeast, ", among others": hedgeAtLeast,
	"maybe more": hedgeAtLeast, "perhaps more": hedgeAtLeast, "possibly more": hedgeAtLeast, "probably more": hedgeAtLeast,
	", maybe more": hedgeAtLeast, ", perhaps more": hedgeAtLeast, ", possibly more": hedgeAtLeast, ", probably more": hedgeAtLeast,
	"and maybe more": hedgeAtLeast, "and perhaps more": hedgeAtLeast, "and possibly more": hedgeAtLeast, "and probably more": hedgeAtLeast,
	"or maybe more": hedgeAtLeast, "or perhaps more": hedgeAtLeast, "if not more": hedgeAtLeast, ", if not more": hedgeAtLeast,
	", and possibly more": hedgeAtLeast, ", and perhaps more": hedgeAtLeast, ", and maybe more": hedgeAtLeast, ", at least": hedgeAtLeast, ", or more": hedgeAtLeast,
	", and counting": hedgeAtLeast, "or even more": hedgeAtLeast,

	"or fewer": hedgeUpTo, "or less": hedgeUpTo, "or under": hedgeUpTo, "at most": hedgeUpTo,
	"at the most": hedgeUpTo, "at maximum": hedgeUpTo, "maximum": hedgeUpTo, "max": hedgeUpTo, "tops": hedgeUpTo,
	", at most": hedgeUpTo, ", or fewer": hedgeUpTo,

	"odd": hedgeSomeMore, "- odd": hedgeSomeMore, "- some": hedgeSomeMore, "some": hedgeSomeMore,
	"- something": hedgeSomeMore, "something": hedgeSomeMore,

	"exactly": hedgeExactly, "precisely": hedgeExactly,

	"in total": 0, "in all": 0, "altogether": 0, "total": 0, "all told": 0, "all together": 0,
	", in total": 0, ", in all": 0, ", altogether": 0, "( total )": 0, "overall": 0, "more": 0,
}

// englishZero are the ways to claim none; true where the thing not found is a
// person even without a noun.
var englishZero = map[string]bool{
	"no one": true, "noone": true, "nobody": true, "no body": true, "no person": true,
	"none": false, "nil": false, "not one": false, "not a single": false, "not a single one": false,
	"not any": false, "neither": false, "none at all": false, "no": false, "no - one": true,
}

// englishUnits, englishTeens and englishTens are the number words below 100.
var englishUnits = map[string]int64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}

var englishTeens = map[string]int64{
	"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
	"seventeen": 17, "eighteen": 18, "nineteen": 19, "zero": 0,
}

var englishTens = map[string]int64{
	"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
	"eighty": 80, "ninety": 90,
}

// englishPowers are the multiplier words, in the singular and after a number.
var englishPowers = map[string]int64{
	"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000,
	"k": 1000, "mn": 1_000_000, "bn": 1_000_000_000,
}

// englishSets are words for exactly so many.
var englishSets = map[string]int64{"a pair": 2, "a trio": 3, "a quartet": 4}

// englishHalfDozen are the spellings of six that means five to seven.
var englishHalfDozen = map[string]bool{
	"half a dozen": true, "half dozen": true, "half - dozen": true, "a half dozen": true, "a half - dozen": true,
}

// englishPlurals are the plurals of powers, alone or behind a small word.
var englishPlurals = map[string]int64{
	"tens": 10, "10s": 10, "100s": 100, "1000s": 1000, "1,000s": 1000, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1000, "millions": 1_000_000,
	"billions": 1_000_000_000, "tens of thousands": 10_000, "hundreds of thousands": 100_000,
	"tens of millions": 10_000_000, "hundreds of millions": 100_000_000,
	"hundreds and hundreds": 100, "hundreds upon hundreds": 100, "thousands and thousands": 1000,
	"thousands upon thousands": 1000, "dozens and dozens": 12, "dozens upon dozens": 12,
}

// englishBases are what a small vague word may multiply, besides plurals.
var englishBases = map[string]int64{
	"dozen": 12, "score": 20, "hundred": 100, "thousand": 1000, "hundred thousand": 100_000,
	"million": 1_000_000, "ten thousand": 10_000,
}

// englishSmall are the small vague words.
var englishSmall = map[string]amount{
	"a few": vague(RuleFew, 3, 5), "few": vague(RuleFew, 1, 5), "the few": vague(RuleFew, 1, 5), "very few": vague(RuleFew, 1, 5),
	"a handful": vague(RuleFew, 3, 5), "a small handful": vague(RuleFew, 3, 5), "handful": vague(RuleFew, 3, 5),
	"quite a few": vague(RuleSeveral, 3, 9), "a good few": vague(RuleSeveral, 3, 9),
	"several":  vague(RuleSeveral, 3, 9),
	"a couple": vague(RuleCouple, 2, 3), "a couple of": vague(RuleCouple, 2, 3), "couple of": vague(RuleCouple, 2, 3),
}

// englishMany are plurals without a number. Before a plural power they add
// nothing: "many hundreds" is hundreds.
var englishMany = map[string]amount{
	"many": vagueOpen(RulePlural, 2), "numerous": vagueOpen(RulePlural, 2), "countless": vagueOpen(RulePlural, 2),
	"untold": vagueOpen(RulePlural, 2), "innumerable": vagueOpen(RulePlural, 2), "multiple": vagueOpen(RulePlural, 2), "various": vagueOpen(RulePlural, 2),
	"some": vagueOpen(RulePlural, 2), "a number": vagueOpen(RulePlural, 2), "a large number": vagueOpen(RulePlural, 2),
	"a small number": vagueOpen(RulePlural, 2), "large numbers": vagueOpen(RulePlural, 2),
	"a great number": vagueOpen(RulePlural, 2), "a great many": vagueOpen(RulePlural, 2),
	"a lot": vagueOpen(RulePlural, 2), "lots": vagueOpen(RulePlural, 2), "a good number": vagueOpen(RulePlural, 2),
	"growing numbers": vagueOpen(RulePlural, 2), "a significant number": vagueOpen(RulePlural, 2),
	"an unknown number": vagueOpen(RuleUnknown, 0), "an unspecified number": vagueOpen(RuleUnknown, 0),
	"an undisclosed number": vagueOpen(RuleUnknown, 0), "unknown number": vagueOpen(RuleUnknown, 0),
	"number unknown": vagueOpen(RuleUnknown, 0), "number not known": vagueOpen(RuleUnknown, 0), "not known": vagueOpen(RuleUnknown, 0),
	"an uncertain number": vagueOpen(RuleUnknown, 0), "unknown": vagueOpen(RuleUnknown, 0),
}

// englishShares speak of a part of an unstated whole.
var englishShares = wordSet("half majority minority most quarter thirds quarters percent % per-cent percentage everyone everybody everything all every whole halves proportion")

// englishFractions are shares where they stand as a noun: "two thirds".
var englishFractions = wordSet("third thirds quarter quarters half halves fifth fifths tenth tenths percent hundredth hundredths")

// englishMeasures are nouns of quantities that are not counts.
var englishMeasures = wordSet(`km kilometre kilometres kilometer kilometers mile miles metre metres meter meters
	cm mm feet foot inches hour hours minute minutes second seconds day days night nights week weeks month months year years decade decades
	kg kilo kilos kilogram kilograms gram grams ton tons tonne tonnes litre litres degree degrees
	dollar dollars yuan renminbi rmb won euro euros pound pounds usd cny krw yen hectare hectares acre acres
	am pm o'clock times-fold fold age aged year-old years-old`)

// englishOrdinals are places in an order.
var englishOrdinals = wordSet("first second third fourth fifth sixth seventh eighth ninth tenth twentieth hundredth last")

// englishDenials turn what follows or precedes into its opposite.
var englishDenials = wordSet("not never false untrue neither nor except excluding")

// englishKnowing turn "no one" into something about knowledge, not a count.
var englishKnowing = wordSet("know knows knew known sure certain how counted count counts tell say says")

// englishStops end a noun phrase: what follows says what happened, where or
// when.
var englishStops = wordSet(`were was are is am be been being have had has having who that which whom whose in from at by on
	since after before during near into across out to than with without within of for as per via under over onto toward towards
	through while when where because may might could would should will can did do does not n't never
	and or but plus including include includes if then also still already there here every each daily weekly once twice thrice
	probably possibly perhaps maybe likely most about around approximately roughly between up even
	totalling totaling comprising consisting numbering belonging making`)

// englishPartial are words of someone who saw a part.
var englishPartial = map[string]bool{
	"i saw": true, "we saw": true, "he saw": true, "she saw": true, "they saw": true, "saw": true,
	"i have seen": true, "we have seen": true, "witnessed": true, "i witnessed": true, "she witnessed": true,
	"he witnessed": true, "i counted": true, "including": true, "among them": true, "among them were": true,
	"with my own eyes": true, "i myself saw": true, "i met": true, "we met": true,
}

// wordSet makes a set from words separated by white space.
func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	start := -1
	for i, r := range words + " " {
		space := r == ' ' || r == '\n' || r == '\t'
		switch {
		case !space && start < 0:
			start = i
		case space && start >= 0:
			set[words[start:i]] = true
			start = -1
		}
	}
	return set
}
