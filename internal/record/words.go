package record

// Type is the type of a property's values. It never changes.
type Type string

// The value types.
const (
	TypeTerm  Type = "term"
	TypeText  Type = "text"
	TypeRef   Type = "ref"
	TypeDate  Type = "date"
	TypeCount Type = "count" // a hedged count
	TypeRate  Type = "rate"  // a hedged count per period
	TypePoint Type = "point"
)

// ListID names a word list, like "acts" or "degrees".
type ListID string

// Labels are a label in several languages, by BCP 47 tag. English is always there.
type Labels map[string]string

// In picks the label in a language, English where there is none.
func (l Labels) In(lang string) string {
	if s := l[lang]; s != "" {
		return s
	}
	return l["en"]
}

// Property is what can be stated of an entity. Its id, kinds, type and
// compartment never change; only labels, order and retirement do.
type Property struct {
	ID          PropertyID  `json:"id"`
	Kinds       []Kind      `json:"kinds"` // of which entities; empty: of all
	Type        Type        `json:"type"`
	Compartment Compartment `json:"c,omitempty"`     // empty: general
	List        ListID      `json:"list,omitempty"`  // of a term
	Quals       ListID      `json:"quals,omitempty"` // the word list that narrows a reference
	Refs        []Kind      `json:"refs,omitempty"`  // kinds a reference may point to
	Many        bool        `json:"many,omitempty"`  // several values stand side by side without contradicting
	Labels      Labels      `json:"labels"`
	Definition  Labels      `json:"def,omitempty"`
	Order       int         `json:"order"`
	Retired     bool        `json:"retired,omitempty"`
}

// CompartmentOf is the property's compartment, general where none is written.
func (p Property) CompartmentOf() Compartment {
	if p.Compartment == "" {
		return General
	}
	return p.Compartment
}

// Term is a word of a word list. Lists are trees: what is asked of a term is
// asked of its children too.
type Term struct {
	ID         TermID `json:"id"`
	List       ListID `json:"list"`
	Parent     TermID `json:"parent,omitempty"`
	Labels     Labels `json:"labels"`
	Definition Labels `json:"def,omitempty"`
	Boundary   Labels `json:"boundary,omitempty"` // what it is not, and where that belongs
	Example    Labels `json:"example,omitempty"`
	Huridocs   string `json:"huridocs,omitempty"` // code in the HURIDOCS micro-thesauri, where one corresponds
	Deport     bool   `json:"gc4,omitempty"`      // counts as deportation in CAT General Comment 4
	Order      int    `json:"order"`
	Retired    bool   `json:"retired,omitempty"`
}

// WordsBody is the body of an entry of kind "words/1": properties and terms
// defined or relabelled. The definition with the highest edition stands; of
// equal ones, the one in the entry with the smallest id.
type WordsBody struct {
	Edition    int        `json:"edition"`
	Properties []Property `json:"properties,omitempty"`
	Terms      []Term     `json:"terms,omitempty"`
}

// The word lists of the core.
const (
	ListActs        ListID = "acts"
	ListDegrees     ListID = "degrees"    // of a perpetrator's involvement
	ListLinks       ListID = "links"      // between events
	ListFates       ListID = "fates"      // what became of a person
	ListConditions  ListID = "conditions" // how people live; trends
	ListTrends      ListID = "trends"     // rising, falling, steady
	ListSources     ListID = "sources"    // kinds of source
	ListDocuments   ListID = "documents"  // kinds of document
	ListPlaces      ListID = "places"     // kinds of place
	ListGroups      ListID = "groups"     // kinds of group
	ListOrgs        ListID = "organisations"
	ListPositions   ListID = "positions"
	ListDemands     ListID = "demands" // kinds of demand
	ListAnswers     ListID = "answers" // met, partly met, unmet, unknown
	ListSexes       ListID = "sexes"
	ListAges        ListID = "ages"        // UNHCR age bands
	ListFacilities  ListID = "facilities"  // kinds of place of detention
	ListHelp        ListID = "help"        // how somebody helped
	ListRelations   ListID = "relations"   // between persons
	ListNameForms   ListID = "nameforms"   // what kind of name
	ListPurposes    ListID = "purposes"    // of consent
	ListRecipients  ListID = "recipients"  // of what is consented to
	ListUnits       ListID = "units"       // of counts
	ListOccupations ListID = "occupations" // broad groups only
)

// The properties that code knows by name. The seed defines them all, and more.
const (
	PropLabel PropertyID = "label" // a short neutral title; of every kind
	PropNote  PropertyID = "note"

	PropSourceKind        PropertyID = "source.kind"
	PropSourceIdentity    PropertyID = "source.identity" // sealed in sources
	PropSourceReliability PropertyID = "source.reliability"
	PropSourceOrigin      PropertyID = "source.origin" // it repeats what another source said

	PropDocumentDate   PropertyID = "document.date"
	PropDocumentSource PropertyID = "document.source"

	PropActKind        PropertyID = "act.kind"
	PropActDate        PropertyID = "act.date"
	PropActReported    PropertyID = "act.reported" // when it was reported, which is not when it happened
	PropActPlace       PropertyID = "act.place"
	PropActFrom        PropertyID = "act.from"
	PropActTo          PropertyID = "act.to"
	PropActCount       PropertyID = "act.count"
	PropActRate        PropertyID = "act.rate"
	PropActVictim      PropertyID = "act.victim"
	PropActPerpetrator PropertyID = "act.perpetrator"
	PropActWitness     PropertyID = "act.witness"
	PropActHelper      PropertyID = "act.helper"
	PropActEvent       PropertyID = "act.event" // the event that contains it
	PropActFacility    PropertyID = "act.facility"
	PropActReason      PropertyID = "act.reason" // stated reason
	PropActMeans       PropertyID = "act.means"

	PropEventDate   PropertyID = "event.date"
	PropEventPlace  PropertyID = "event.place"
	PropEventCount  PropertyID = "event.count"
	PropEventPartOf PropertyID = "event.part_of"
	PropEventLink   PropertyID = "event.link"

	PropConditionKind  PropertyID = "condition.kind"
	PropConditionTrend PropertyID = "condition.trend"
	PropConditionDate  PropertyID = "condition.date"
	PropConditionPlace PropertyID = "condition.place"
	PropConditionCount PropertyID = "condition.count"
	PropConditionOf    PropertyID = "condition.of"
	PropConditionEvent PropertyID = "condition.event"

	PropPersonName        PropertyID = "person.name"     // sealed in identities
	PropPersonBirth       PropertyID = "person.birth"    // sealed in identities
	PropPersonContact     PropertyID = "person.contact"  // sealed in identities
	PropPersonWhereabouts PropertyID = "person.where"    // sealed in identities: exact whereabouts
	PropPersonRelative    PropertyID = "person.relative" // sealed in identities
	PropPersonSex         PropertyID = "person.sex"
	PropPersonAge         PropertyID = "person.age" // age band
	PropPersonNationality PropertyID = "person.nationality"
	PropPersonGroup       PropertyID = "person.group" // member of a counted group
	PropPersonOccupation  PropertyID = "person.occupation"
	PropPersonFate        PropertyID = "person.fate"
	PropPersonFateDate    PropertyID = "person.fate_date" // as of when

	PropGroupKind     PropertyID = "group.kind"
	PropGroupCount    PropertyID = "group.count"
	PropGroupFate     PropertyID = "group.fate"
	PropGroupFateDate PropertyID = "group.fate_date"

	PropOrgKind PropertyID = "organisation.kind"
	PropOrgPart PropertyID = "organisation.part_of"

	PropPlaceName   PropertyID = "place.name"
	PropPlaceKind   PropertyID = "place.kind"
	PropPlaceWithin PropertyID = "place.within"
	PropPlacePoint  PropertyID = "place.point"
	PropPlaceCode   PropertyID = "place.code" // GeoNames and other gazetteer numbers, "geonames:2036075"

	PropPositionKind   PropertyID = "position.kind"
	PropPositionHolder PropertyID = "position.holder"
	PropPositionText   PropertyID = "position.text"
	PropPositionDate   PropertyID = "position.date"

	PropDemandKind   PropertyID = "demand.kind"
	PropDemandOf     PropertyID = "demand.of" // of whom it is demanded
	PropDemandBy     PropertyID = "demand.by"
	PropDemandText   PropertyID = "demand.text"
	PropDemandUntil  PropertyID = "demand.until" // the condition or date until which it stands, in words
	PropDemandAnswer PropertyID = "demand.answer"
	PropDemandDate   PropertyID = "demand.date"
)
