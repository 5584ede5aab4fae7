// Package policy says who may do what. It is pure: roles and actions in, an
// answer out. What a person may *read* of sealed content does not depend on
// roles at all but on holding the compartment's key; policy only says who may
// be made a holder.
package policy

// Role is a set of things a user may do. A user has one or more.
type Role string

// The roles.
const (
	Reader     Role = "reader"     // reads the general record
	Documenter Role = "documenter" // brings in documents, records statements
	Analyst    Role = "analyst"    // judges, reviews, asks figures, writes letters
	Caseworker Role = "caseworker" // conducts and follows asylum files
	Keeper     Role = "keeper"     // keeper of identities: may hold compartment keys, records consent, erases
	Admin      Role = "admin"      // administers accounts and settings; reads no sealed content
	Auditor    Role = "auditor"    // reads the audit journal
)

// Roles lists the roles in the order pages show them.
func Roles() []Role {
	return []Role{Reader, Documenter, Analyst, Caseworker, Keeper, Admin, Auditor}
}

// Valid tells whether r is a known role.
func (r Role) Valid() bool {
	_, ok := grants[r]
	return ok
}

// Action is a kind of thing done through the door.
type Action string

// The actions.
const (
	ReadRecord   Action = "read record"
	ReadAudit    Action = "read audit"
	AddRecord    Action = "add to record" // documents, statements, places, sources
	Review       Action = "review"        // accept or reject what another recorded
	Judge        Action = "judge"         // same, not same, part of, distinct, preferred, same origin
	AskFigure    Action = "ask figure"    // compute and keep a figure
	WriteLetter  Action = "write letter"  // draft, freeze, record replies
	DefineWords  Action = "define words"  // terms and properties of the office's own
	RecordAccord Action = "record consent"
	Open         Action = "open sealed" // open what one holds the key of, with a reason
	Erase        Action = "erase"
	Export       Action = "export"
	ManageUsers  Action = "manage users"
	UseState     Action = "use own settings" // saved views, drafts, language
	WorkFile     Action = "work on file"
)

var grants = map[Role][]Action{
	Reader:     {ReadRecord, UseState},
	Documenter: {ReadRecord, UseState, AddRecord, Export, Open},
	Analyst:    {ReadRecord, UseState, AddRecord, Review, Judge, AskFigure, WriteLetter, DefineWords, Export, Open},
	Caseworker: {ReadRecord, UseState, AddRecord, WorkFile, RecordAccord, Open, WriteLetter},
	Keeper:     {ReadRecord, UseState, AddRecord, RecordAccord, Open, Erase},
	Admin:      {ManageUsers, UseState},
	Auditor:    {ReadAudit, UseState},
}

// Allowed tells whether a user with these roles may do a.
func Allowed(roles []Role, a Action) bool {
	for _, r := range roles {
		for _, g := range grants[r] {
			if g == a {
				return true
			}
		}
	}
	return false
}

// Actions lists what a role may do, for the page that explains roles.
func Actions(r Role) []Action { return append([]Action(nil), grants[r]...) }

// MayHold tells whether a user with these roles may be given a compartment's
// key. An administrator by itself never may: whoever runs the machine is not
// thereby a reader of identities.
func MayHold(roles []Role) bool {
	return Allowed(roles, Open)
}
