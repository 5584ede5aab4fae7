// Package record is Asylon's vocabulary as Go types: the words of the design
// with no rule, no storage and no clock in them. Whoever has read this package
// knows what the record is made of.
//
// The atom is the Statement: what one source says about one property of one
// entity, with where it says so and how well that is known. Entities are
// bundles of statements. Statements travel in the bodies of journal entries;
// the types here are also the wire form of those bodies, so a field's JSON
// name never changes its meaning.
package record

// Kind is the kind of an entity. It is fixed when the entity is made.
type Kind string

// The kinds of entity.
const (
	KindSource       Kind = "source"
	KindDocument     Kind = "document"
	KindAct          Kind = "act"
	KindEvent        Kind = "event"
	KindCondition    Kind = "condition"
	KindPerson       Kind = "person"
	KindGroup        Kind = "group"
	KindOrganisation Kind = "organisation"
	KindPlace        Kind = "place"
	KindPosition     Kind = "position"
	KindDemand       Kind = "demand"
)

// Kinds lists all kinds in the order pages show them.
func Kinds() []Kind {
	return []Kind{KindEvent, KindAct, KindCondition, KindPerson, KindGroup, KindOrganisation,
		KindPlace, KindPosition, KindDemand, KindSource, KindDocument}
}

// Valid tells whether k is a known kind.
func (k Kind) Valid() bool {
	for _, x := range Kinds() {
		if x == k {
			return true
		}
	}
	return false
}

// CodePrefix is the letter of the local labels of the kind, as in P-0412.
func (k Kind) CodePrefix() string {
	switch k {
	case KindSource:
		return "S"
	case KindDocument:
		return "D"
	case KindAct:
		return "A"
	case KindEvent:
		return "E"
	case KindCondition:
		return "C"
	case KindPerson:
		return "P"
	case KindGroup:
		return "G"
	case KindOrganisation:
		return "O"
	case KindPlace:
		return "L"
	case KindPosition:
		return "T"
	case KindDemand:
		return "M"
	}
	return "X"
}

// Mode is how a source puts a thing: that it happened, or was denied, feared,
// threatened, intended, or is the general condition. Only ModeHappened enters
// a documented figure.
type Mode string

// The modes.
const (
	ModeHappened   Mode = "happened"
	ModeDenied     Mode = "denied"
	ModeFeared     Mode = "feared" // feared or predicted
	ModeThreatened Mode = "threatened"
	ModeIntended   Mode = "intended"
	ModeGeneral    Mode = "general" // general condition
)

// Modes lists the modes in the order pages show them.
func Modes() []Mode {
	return []Mode{ModeHappened, ModeDenied, ModeFeared, ModeThreatened, ModeIntended, ModeGeneral}
}

// Valid tells whether m is a known mode.
func (m Mode) Valid() bool {
	for _, x := range Modes() {
		if x == m {
			return true
		}
	}
	return false
}

// Compartment names who can read a piece of content. General content is
// readable by every member of the office; any other compartment is sealed and
// opened on purpose.
type Compartment string

// The compartments every installation has.
const (
	General    Compartment = "general"
	Identities Compartment = "identities" // who a person is
	Sources    Compartment = "sources"    // who a confidential source is, and what only it could have said
)

// Sealed tells whether content of the compartment is stored as ciphertext.
func (c Compartment) Sealed() bool { return c != General }

// Reliability grades a source, A (completely reliable) to F (cannot be
// judged): the Admiralty scale. Empty means not graded.
type Reliability string

// Grade grades a piece of information, 1 (confirmed) to 6 (cannot be judged):
// the Admiralty scale. 0 means not graded.
type Grade int

// Valid tells whether r is A to F or empty.
func (r Reliability) Valid() bool {
	return r == "" || len(r) == 1 && r[0] >= 'A' && r[0] <= 'F'
}

// Valid tells whether g is 1 to 6 or 0.
func (g Grade) Valid() bool { return g >= 0 && g <= 6 }

// Review is the review state of a statement.
type Review string

// The review states.
const (
	ReviewDraft    Review = "draft"    // recorded, not looked at by a second person
	ReviewAccepted Review = "accepted" // a second person agrees that the source says so
	ReviewRejected Review = "rejected" // a second person says the source does not say so
)

// Unit is what a count counts. Units are never converted.
type Unit string

// Actor names who acts: a user of this installation, as the installation
// asserts it ("u:" and the user's id), or the installation itself ("system").
type Actor string

// System is the installation acting by itself, as when it is set up.
const System Actor = "system"
