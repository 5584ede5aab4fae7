package print

import "time"

// Direction is the base direction of a text.
type Direction string

// Directions. Auto takes the direction of the first strongly directional
// character, which is right for any text in one language.
const (
	Auto        Direction = ""
	LeftToRight Direction = "ltr"
	RightToLeft Direction = "rtl"
)

// Paper is the size of a printed page.
type Paper string

// Sizes of paper; the zero value is A4.
const (
	A4     Paper = ""
	Letter Paper = "letter"
)

// A Document is a letter, report or record before it is set. It can be stored
// as JSON; fields are only ever added.
type Document struct {
	Title string `json:"title"`
	// Language is the BCP 47 tag of the text.
	Language  string    `json:"language"`
	Direction Direction `json:"direction,omitempty"`
	// Reference is the office's own reference of the document.
	Reference string `json:"reference,omitempty"`
	// Date is printed as it stands.
	Date string `json:"date,omitempty"`
	// Sender and Address are printed line by line at the head of a letter.
	Sender  []string `json:"sender,omitempty"`
	Address []string `json:"address,omitempty"`

	Blocks []Block `json:"blocks"`
	// Notes are printed at the end, numbered in the order in which the text
	// first refers to them; notes it never refers to come last.
	Notes       []Note      `json:"notes,omitempty"`
	Signatories []Signatory `json:"signatories,omitempty"`
	// Footer stands at the foot of each printed page, beside its number.
	Footer string `json:"footer,omitempty"`
	Labels Labels `json:"labels,omitzero"`
	Paper  Paper  `json:"paper,omitempty"`
	// Created is the instant written into the file's own metadata. PDF needs
	// it, because it never asks the clock.
	Created time.Time `json:"created,omitzero"`
}

// Labels are the few words that setting a document adds to it. Empty ones are
// left out: notes then begin with a rule, and pages are numbered "2 / 5".
type Labels struct {
	Notes string `json:"notes,omitempty"` // heading of the notes
	// Page numbers a page; it takes two %d: the number and how many there are.
	Page string `json:"page,omitempty"`
	// Reference and Date stand before the reference and the date.
	Reference string `json:"reference,omitempty"`
	Date      string `json:"date,omitempty"`
	// Translation stands before the translation of a quote.
	Translation string `json:"translation,omitempty"`
}

// BlockKind names a kind of block.
type BlockKind string

// Kinds of block. Which fields of a Block belong to which kind is said there.
const (
	KindHeading   BlockKind = "heading"
	KindParagraph BlockKind = "paragraph"
	KindList      BlockKind = "list"
	KindTable     BlockKind = "table"
	KindQuote     BlockKind = "quote"
	KindRule      BlockKind = "rule"
	KindPageBreak BlockKind = "page-break"
)

// A Block is a piece of a document. Make it with Heading, Paragraph, List,
// NumberedList, TableBlock, Quotation, Rule or PageBreak.
type Block struct {
	Kind BlockKind `json:"kind"`
	// Level of a heading, 1 to 3; the title is above all of them.
	Level int `json:"level,omitempty"`
	// Runs are the text of a heading, paragraph or quote.
	Runs []Run `json:"runs,omitempty"`
	// Items and Ordered make a list.
	Items   []Item `json:"items,omitempty"`
	Ordered bool   `json:"ordered,omitempty"`
	// Table is the table of a table block.
	Table *Table `json:"table,omitempty"`
	// Language and Direction of this block, if they are not the document's.
	Language  string    `json:"language,omitempty"`
	Direction Direction `json:"direction,omitempty"`
	// Translation of a quote, in the document's language, and its Source.
	Translation []Run `json:"translation,omitempty"`
	Source      []Run `json:"source,omitempty"`
}

// An Item of a list has a text and perhaps a list below it.
type Item struct {
	Runs    []Run  `json:"runs"`
	Items   []Item `json:"items,omitempty"`
	Ordered bool   `json:"ordered,omitempty"` // of the list below
}

// A Run is a stretch of text in one manner, or a reference to a note.
type Run struct {
	Text   string `json:"text,omitempty"`
	Emph   bool   `json:"emph,omitempty"`
	Strong bool   `json:"strong,omitempty"`
	// Missing marks a text that stands for something not yet known; it is set
	// so that nobody sends it unseen.
	Missing bool `json:"missing,omitempty"`
	// Link is where the text leads: an http, https or mailto address, a path
	// beginning with "/", or a fragment beginning with "#".
	Link string `json:"link,omitempty"`
	// Language of the text, if it is not its block's.
	Language string `json:"language,omitempty"`
	// Note is the ID of a note to refer to here; Text is then empty.
	Note string `json:"note,omitempty"`
}

// A Note is numbered and printed at the end.
type Note struct {
	ID   string `json:"id"`
	Runs []Run  `json:"runs"`
	// Link is printed in full after the text, for readers on paper.
	Link string `json:"link,omitempty"`
}

// A Table has a header and rows of as many cells.
type Table struct {
	Caption string   `json:"caption,omitempty"`
	Columns []Column `json:"columns"`
	Rows    [][]Cell `json:"rows"`
}

// A Column of a table.
type Column struct {
	Name string `json:"name"`
	// Numeric columns are set against the end of the line.
	Numeric bool `json:"numeric,omitempty"`
	// Width is the column's share of the page in print; zero lets the text
	// decide.
	Width float64 `json:"width,omitempty"`
}

// A Cell of a table.
type Cell struct {
	Runs []Run `json:"runs"`
}

// A Signatory gets a line to sign on and the name below it.
type Signatory struct {
	Name         string `json:"name"`
	Role         string `json:"role,omitempty"`
	Organisation string `json:"organisation,omitempty"`
}

// Text is a plain run.
func Text(s string) Run { return Run{Text: s} }

// Emph is an emphasised run (slanted, or heavier where a script knows no
// slant).
func Emph(s string) Run { return Run{Text: s, Emph: true} }

// Strong is a bold run.
func Strong(s string) Run { return Run{Text: s, Strong: true} }

// Missing is a run that says what is not yet known.
func Missing(s string) Run { return Run{Text: s, Missing: true} }

// LinkTo is a run that leads somewhere.
func LinkTo(s, link string) Run { return Run{Text: s, Link: link} }

// NoteRef is a reference to the note with this ID.
func NoteRef(id string) Run { return Run{Note: id} }

// Heading is a heading of level 1 to 3.
func Heading(level int, s string) Block {
	return Block{Kind: KindHeading, Level: level, Runs: []Run{Text(s)}}
}

// Paragraph is a paragraph of runs.
func Paragraph(runs ...Run) Block { return Block{Kind: KindParagraph, Runs: runs} }

// List is a list with bullets.
func List(items ...Item) Block { return Block{Kind: KindList, Items: items} }

// NumberedList is a list with numbers.
func NumberedList(items ...Item) Block { return Block{Kind: KindList, Items: items, Ordered: true} }

// ItemOf is an item without a list below it.
func ItemOf(runs ...Run) Item { return Item{Runs: runs} }

// TableBlock is a table.
func TableBlock(t Table) Block { return Block{Kind: KindTable, Table: &t} }

// CellOf is a cell of one plain text.
func CellOf(s string) Cell { return Cell{Runs: []Run{Text(s)}} }

// Quotation is a quote in its own language, set apart from the text.
func Quotation(language string, runs ...Run) Block {
	return Block{Kind: KindQuote, Language: language, Runs: runs}
}

// Rule is a line across the page.
func Rule() Block { return Block{Kind: KindRule} }

// PageBreak begins a new page in print.
func PageBreak() Block { return Block{Kind: KindPageBreak} }
