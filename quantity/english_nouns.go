package quantity

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// englishUnitWords lists the nouns of each known unit in singular and plural.
// Words for people are persons whatever they say about them; the word itself
// is kept as the count's noun.
var englishUnitWords = map[Unit]string{
	Persons: `person persons people individual individuals human humans man men woman women child children boy boys girl girls
		baby babies infant infants toddler toddlers adult adults minor minors teenager teenagers youth youths youngster youngsters
		orphan orphans mother mothers father fathers parent parents husband husbands wife wives son sons daughter daughters
		brother brothers sister sisters sibling siblings relative relatives grandmother grandmothers grandfather grandfathers
		refugee refugees migrant migrants immigrant immigrants emigrant emigrants seeker seekers asylum-seeker asylum-seekers
		defector defectors escapee escapees deportee deportees returnee returnees repatriate repatriates fugitive fugitives
		detainee detainees prisoner prisoners inmate inmates captive captives hostage hostages convict convicts
		national nationals citizen citizens resident residents inhabitant inhabitants villager villagers local locals
		foreigner foreigners worker workers labourer labourers laborer laborers farmer farmers student students pupil pupils
		teacher teachers soldier soldiers guard guards officer officers official officials agent agents policeman policemen
		police activist activists missionary missionaries pastor pastors priest priests broker brokers smuggler smugglers trafficker traffickers
		helper helpers witness witnesses victim victims survivor survivors patient patients passenger passengers
		member members bride brides applicant applicants claimant claimants dependant dependants dependent dependents
		employee employees colleague colleagues friend friends stranger strangers civilian civilians suspect suspects
		korean koreans northkoreans somebody someone crossers crosser escapers elder elders souls heads
		dead deceased injured wounded missing killed arrested detained deported repatriated returned expelled executed imprisoned
		caught apprehended rounded-up abducted disappeared others other fishermen fisherman sailors sailor crew
		journalist journalists doctor doctors nurse nurses beggar beggars trader traders merchant merchants`,
	Families:   "family families",
	Households: "household households home homes house houses",
	Groups:     "group groups party parties band bands batch batches crowd crowds team teams contingent contingents wave waves",
	Returns: `return returns repatriation repatriations deportation deportations expulsion expulsions refoulement refoulements
		pushback pushbacks push-back push-backs removal removals handover handovers`,
	Crossings: "crossing crossings border-crossing border-crossings",
	Events:    "event events incident incidents case cases occurrence occurrences raid raids episode episodes operation operations crackdown crackdowns",
	Acts:      "act acts violation violations",
	Deaths:    "death deaths fatality fatalities killing killings execution executions",
	Trips:     "trip trips journey journeys transport transports busload busloads truckload truckloads convoy convoys",
	Times:     "time times occasion occasions",
}

// englishNouns is englishUnitWords turned round.
var englishNouns = func() map[string]Unit {
	m := map[string]Unit{}
	for unit, words := range englishUnitWords {
		for _, w := range strings.Fields(words) {
			m[w] = unit
		}
	}
	return m
}()

// englishPeoples are adjectives of origin that also name people without a
// plural s ("three Chinese").
var englishPeoples = wordSet("chinese vietnamese japanese burmese taiwanese lao hmong uyghur uighur kazakh han british french irish dutch congolese sudanese lebanese nepalese kurds turks uzbeks kazakhs tajiks kyrgyz serbs arabs swiss danes")

// unitOfNoun finds the unit of an English noun phrase by its last word; words
// before it count only as plurals ("people there"), so that "refugee boats"
// stay boats. Capitalised plurals of peoples ("Afghans", "Iraqis") are persons.
func unitOfNoun(words []token) Unit {
	if len(words) == 0 {
		return Unstated
	}
	last := words[len(words)-1]
	if u, ok := englishNouns[last.text]; ok {
		return u
	}
	if englishPeoples[last.text] || isPeople(last.orig) {
		return Persons
	}
	for i := len(words) - 2; i >= 0; i-- {
		if u, ok := englishNouns[words[i].text]; ok && plural(words[i].text) && !plural(last.text) {
			return u
		}
	}
	return unknownUnit(last.text)
}

// plural guesses the number of an English noun.
func plural(word string) bool {
	return strings.HasSuffix(word, "s") || word == "people" || word == "men" || word == "women" || word == "children"
}

// isPeople recognises the capitalised plural of a people.
func isPeople(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	if !unicode.IsUpper(first) || len(word) < 5 {
		return false
	}
	for _, end := range []string{"ans", "ese", "is", "urs"} {
		if strings.HasSuffix(word, end) {
			return true
		}
	}
	return false
}
