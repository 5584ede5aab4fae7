package record

import "encoding/json"

// PropertyID names a property, like "act.victim". Its meaning, value type and
// compartment never change.
type PropertyID string

// TermID names a term of a word list, like "return.expulsion".
type TermID string

// Statement is what one source says of one property of one entity.
type Statement struct {
	N        int        `json:"n"`           // number within the entry
	Entity   ID         `json:"e"`           // whose property it is
	Property PropertyID `json:"p"`           // which
	Value    Value      `json:"v"`           // the value as understood
	Words    string     `json:"w,omitempty"` // the value as it was written
	Lang     string     `json:"l,omitempty"` // language of Words, BCP 47
	Mode     Mode       `json:"m,omitempty"` // empty means happened

	At    *Locator `json:"at,omitempty"` // where the source says so
	Quote *Quote   `json:"q,omitempty"`  // what it says, word for word

	Source      ID          `json:"src,omitempty"` // who says it, if not the body's source
	Via         ID          `json:"via,omitempty"` // through whom it reached us, if not the body's
	Reliability Reliability `json:"r,omitempty"`   // of the source, as judged for this statement
	Grade       Grade       `json:"g,omitempty"`   // of the information
	Partial     bool        `json:"pt,omitempty"`  // a partial view ("I saw twenty"), not about the whole
	Supersedes  ID          `json:"sup,omitempty"` // the statement that this one replaces
	Basis       ID          `json:"bas,omitempty"` // the statement that made it possible to understand the words
}

// ModeOf is the statement's mode, ModeHappened where none is written.
func (s Statement) ModeOf() Mode {
	if s.Mode == "" {
		return ModeHappened
	}
	return s.Mode
}

// Value is a statement's value: exactly one of the typed fields is set, as the
// property's type demands. Qual narrows a reference, as the degree of a
// perpetrator's involvement or the kind of a link between events.
type Value struct {
	Term  TermID `json:"term,omitempty"`
	Text  string `json:"text,omitempty"`
	Ref   ID     `json:"ref,omitempty"`
	Date  *Date  `json:"date,omitempty"`
	Count *Count `json:"count,omitempty"`
	Point *Point `json:"point,omitempty"`
	Qual  TermID `json:"qual,omitempty"`
}

// Date is an uncertain date as understood: EDTF and the days it may mean.
type Date struct {
	EDTF     string `json:"edtf"`
	Earliest int64  `json:"lo"`             // day number, see edtf.Day
	Latest   int64  `json:"hi"`             // day number
	Resolved bool   `json:"ok"`             // false: the words need a date that nobody has given yet
	Rule     string `json:"rule,omitempty"` // how the words were understood
}

// Count is a hedged count as understood, or a rate when Per is set.
type Count struct {
	Low  int64  `json:"lo"`
	High *int64 `json:"hi,omitempty"`   // nil: open
	Best *int64 `json:"best,omitempty"` // only what the source itself states
	Unit Unit   `json:"unit"`
	Per  string `json:"per,omitempty"` // ISO 8601 duration of a rate, "P2D"; empty for a count
	Rule string `json:"rule,omitempty"`
}

// Point is a position in degrees, WGS 84, with its radius of uncertainty in
// metres (0: not stated).
type Point struct {
	Lat    float64 `json:"lat"`
	Lon    float64 `json:"lon"`
	Radius float64 `json:"r,omitempty"`
}

// Locator says where in a document a passage stands. Start and End count
// Unicode code points of the page's extracted text. An oral communication has
// no document: Note says what it was.
type Locator struct {
	Page  int    `json:"page,omitempty"` // from 1
	Start int    `json:"start,omitempty"`
	End   int    `json:"end,omitempty"`
	Media string `json:"media,omitempty"` // a time in a recording, or a region of an image
	Note  string `json:"note,omitempty"`
}

// Quote is the passage in its own language, perhaps translated.
type Quote struct {
	Text        string `json:"t"`
	Lang        string `json:"l,omitempty"`
	Translation string `json:"tr,omitempty"`
	Translator  string `json:"by,omitempty"`
}

// NewEntity brings an entity into the world within an act of recording. In
// the journal it stands in the entry's header, as the N-th of its list: that
// something exists is never erased or withheld, what is said of it may be.
type NewEntity struct {
	N    int  `json:"n"`
	Kind Kind `json:"kind"`
}

// StatementsBody is the body of an entry of kind "statements/1": 1 to 1,000
// statements from one document. A sealed part carries the same body with the
// statements of its compartment only; numbers are unique over all parts.
type StatementsBody struct {
	Document   ID          `json:"doc,omitempty"`
	Source     ID          `json:"src,omitempty"`
	Via        ID          `json:"via,omitempty"`
	Batch      ID          `json:"batch,omitempty"` // the import it belongs to
	Statements []Statement `json:"st,omitempty"`
}

// In expands the local ids of the body to full ids of entry e.
func (b *StatementsBody) In(e EntryID) {
	b.Document, b.Source, b.Via, b.Batch = b.Document.In(e), b.Source.In(e), b.Via.In(e), b.Batch.In(e)
	for i := range b.Statements {
		s := &b.Statements[i]
		s.Entity, s.Source, s.Via = s.Entity.In(e), s.Source.In(e), s.Via.In(e)
		s.Supersedes, s.Basis, s.Value.Ref = s.Supersedes.In(e), s.Basis.In(e), s.Value.Ref.In(e)
	}
}

// MaxStatements is how many statements one entry may carry.
const MaxStatements = 1000

// Draft is an entry before it has a place in a journal. Local ids (#n) in
// Subjects, Of and the bodies are expanded when the place is known.
type Draft struct {
	Kind     string // "statements/1"
	New      []Kind // entities it brings into the world: thing n is the n-th
	Subjects []ID
	Needs    []EntryID // entries that must be applied before this one
	Parts    []DraftPart
}

// DraftPart is a part before it is written: its compartment, the entity whose
// record key seals it (for a sealed part), and its body as JSON.
type DraftPart struct {
	Compartment Compartment
	Of          ID
	Body        json.RawMessage
}
