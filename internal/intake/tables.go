// Package intake is the room where documents come in: it keeps the original
// byte for byte with its hash and custody, the text of its pages beside it,
// and recognises a second copy. What a document says is recorded in register.
package intake

import (
	"asylon/internal/record"
	"asylon/internal/register"
	"asylon/internal/store"
)

// The kinds of entry this room owns.
const (
	KindDocument = "document/1"
	KindCustody  = "custody/1"
	KindBatch    = "batch/1"
)

// Original is the file as it was received.
type Original struct {
	Name   string `json:"name,omitempty"` // as it was called
	Media  string `json:"media"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"` // hexadecimal
	Blob   string `json:"blob"`   // where its encrypted file lies
	Key    string `json:"key"`    // what opens it; erasing this part erases the document
}

// Testimony is what is kept of how a testimony was taken.
type Testimony struct {
	Interviewer string `json:"interviewer,omitempty"`
	Interpreter string `json:"interpreter,omitempty"`
	Language    string `json:"language,omitempty"` // spoken, BCP 47
	Consent     string `json:"consent,omitempty"`  // what was agreed, in words
}

// DocumentBody is the first part of a document entry. The document is thing 0
// of its entry.
type DocumentBody struct {
	Title     string        `json:"title"`
	Kind      record.TermID `json:"kind"`
	Lang      string        `json:"lang,omitempty"`
	Source    record.ID     `json:"src,omitempty"`
	Via       record.ID     `json:"via,omitempty"`
	Brought   string        `json:"brought,omitempty"` // who brought it to the office
	Received  record.Date   `json:"received"`
	Original  Original      `json:"original"`
	Parent    record.ID     `json:"parent,omitempty"` // the document it was attached to
	Encoding  string        `json:"encoding,omitempty"`
	Extractor int           `json:"extractor,omitempty"` // version of the text's extraction
	Pages     int           `json:"pages"`
	Warnings  []string      `json:"warnings,omitempty"`
	Testimony *Testimony    `json:"testimony,omitempty"`
	Note      string        `json:"note,omitempty"`
}

// CipherBody is the last part of a sealed document's entry. It is general, and
// says nothing of the document: it names the encrypted file and its hash, so
// that anybody can verify that the original is as it was stored.
type CipherBody struct {
	Blob   string `json:"blob"`
	SHA256 string `json:"sha256"` // of the encrypted file, hexadecimal
}

// PagesBody is a further part of a document entry: the text of some pages.
type PagesBody struct {
	Pages []Page `json:"pages"`
}

// Page is the text of one page. Positions in it count Unicode code points.
type Page struct {
	Number  int    `json:"n"`
	Label   string `json:"label,omitempty"`
	Text    string `json:"text"`
	Scanned bool   `json:"scan,omitempty"` // pictures and no text
}

// CustodyBody is something that happened to the original: number 1 of its entry.
type CustodyBody struct {
	Document record.ID   `json:"doc"`
	What     string      `json:"what"` // received again, copied, moved, shown, returned, verified
	When     record.Date `json:"when"`
	Who      string      `json:"who,omitempty"`
	Note     string      `json:"note,omitempty"`
}

// BatchBody begins an import of a table or of many documents, number 1 of its
// entry; undoing it withdraws all statements recorded under it.
type BatchBody struct {
	Title string `json:"title"`
	Note  string `json:"note,omitempty"`
}

func tables() []store.Table {
	return []store.Table{
		{Name: "documents", Compare: []string{"id", "compartment", "title", "kind", "lang", "source", "via", "received", "lo", "hi", "name", "media", "size", "sha256", "parent", "pages", "actor", "recorded"},
			Create: `create table if not exists documents (id text primary key, compartment text not null, title text, kind text, lang text,
				source text, via text, received text, lo bigint, hi bigint, name text, media text, size bigint, sha256 text, parent text, pages bigint,
				actor text not null, recorded bigint not null)`,
			Indexes: []string{
				`create index if not exists documents_sha256 on documents (sha256) where sha256 is not null`,
				`create index if not exists documents_source on documents (source) where source is not null`,
				`create index if not exists documents_recorded on documents (recorded, id)`,
				`create index if not exists documents_parent on documents (parent) where parent is not null`}},
		{Name: "pages", Compare: []string{"document", "page", "part", "label", "chars", "scanned"},
			Create: `create table if not exists pages (document text not null, page bigint not null, part bigint not null, label text,
				chars bigint not null, scanned bigint not null, primary key (document, page)) {withoutrowid}`},
		{Name: "sealed_originals", Compare: []string{"document", "blob_name", "sha256"},
			Create: `create table if not exists sealed_originals (document text primary key, blob_name text not null, sha256 text not null)`},
		{Name: "custody", Compare: []string{"id", "document", "body", "actor", "recorded"},
			Create:  `create table if not exists custody (id text primary key, document text not null, body text not null, actor text not null, recorded bigint not null)`,
			Indexes: []string{`create index if not exists custody_document on custody (document)`}},
		{Name: "batches", Compare: []string{"id", "title", "note", "actor", "recorded"},
			Create: `create table if not exists batches (id text primary key, title text not null, note text, actor text not null, recorded bigint not null)`},
		{Name: "copy_marks", Class: store.State,
			Create: `create table if not exists copy_marks (mark text primary key, document text not null, compartment text not null)`},
		{Name: "copy_salt", Class: store.State,
			Create: `create table if not exists copy_salt (one bigint primary key, salt {blob} not null)`},
	}
}

// Room registers the room with the store.
func Room() store.Room {
	return store.Room{Name: "intake", Version: 1, Tables: tables(),
		Apply: map[string]store.ApplyFunc{
			KindDocument: applyDocument,
			KindCustody:  applyCustody,
			KindBatch:    applyBatch,
		},
		Erase: map[string]store.EraseFunc{KindDocument: eraseDocument}}
}

// Entities is what register does with document entries: each brings one
// entity into the world.
func Entities() map[string]store.ApplyFunc {
	return map[string]store.ApplyFunc{KindDocument: register.NewEntityOf(record.KindDocument)}
}
