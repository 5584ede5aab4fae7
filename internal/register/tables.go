// Package register is the room of statements: it owns entities, statements,
// the words they are made of, judgements, reviews and consents, and their
// history. Everything else in the house is derived from what is kept here.
//
// It is not for documents (intake) nor for numbers (figure).
package register

import "asylon/internal/store"

// statementColumns are the columns of the statements table in order. What is
// rarely asked for is in extra, as JSON.
const statementColumns = `id, entity, property, mode, term, qual, txt, ref,
	edtf, lo, hi, resolved, nlo, nhi, nbest, unit, per, lat, lon, rule,
	words, lang, document, page, cstart, cend, quote, source, via,
	reliability, grade, partial, supersedes, basis, actor, recorded, batch, extra, live, review, part`

// tables are the room's tables. Ids are text and sort in journal order.
func tables() []store.Table {
	return []store.Table{
		{Name: "entities", Compare: []string{"id", "kind"},
			Create:  `create table if not exists entities (id text primary key, kind text not null) {withoutrowid}`,
			Indexes: []string{`create index if not exists entities_kind on entities (kind, id)`}},
		{Name: "statements", Compare: splitColumns(statementColumns),
			Create: `create table if not exists statements (
				id text primary key, entity text not null, property text not null, mode text not null,
				term text, qual text, txt text, ref text,
				edtf text, lo bigint, hi bigint, resolved bigint,
				nlo bigint, nhi bigint, nbest bigint, unit text, per text,
				lat double precision, lon double precision, rule text,
				words text, lang text, document text, page bigint, cstart bigint, cend bigint, quote text,
				source text, via text, reliability text, grade bigint, partial bigint not null,
				supersedes text, basis text, actor text not null, recorded bigint not null, batch text, extra text,
				live bigint not null, review text not null, part bigint not null)`,
			Indexes: []string{
				`create index if not exists statements_entity on statements (entity, property)`,
				`create index if not exists statements_ref on statements (ref, property) where ref is not null`,
				`create index if not exists statements_term on statements (property, term) where term is not null`,
				`create index if not exists statements_document on statements (document, page) where document is not null`,
				`create index if not exists statements_source on statements (source) where source is not null`,
				`create index if not exists statements_date on statements (property, lo) where lo is not null`,
				`create index if not exists statements_supersedes on statements (supersedes) where supersedes is not null`,
				`create index if not exists statements_label on statements (txt) where property = 'label' or property = 'place.name'`,
				`create index if not exists statements_batch on statements (batch) where batch is not null`,
			}},
		{Name: "sealed_parts", Compare: []string{"entry", "n", "entity", "compartment", "epoch"},
			Create: `create table if not exists sealed_parts (entry text not null, n bigint not null, entity text not null,
				compartment text not null, epoch bigint not null, primary key (entry, n)) {withoutrowid}`,
			Indexes: []string{`create index if not exists sealed_parts_entity on sealed_parts (entity, compartment)`}},
		{Name: "retractions", Compare: []string{"id", "target", "actor", "recorded", "reason"},
			Create:  `create table if not exists retractions (id text primary key, target text not null, actor text not null, recorded bigint not null, reason text)`,
			Indexes: []string{`create index if not exists retractions_target on retractions (target)`}},
		{Name: "reviews", Compare: []string{"id", "target", "state", "actor", "recorded", "reason"},
			Create: `create table if not exists reviews (id text primary key, target text not null, state text not null,
				actor text not null, recorded bigint not null, reason text)`,
			Indexes: []string{`create index if not exists reviews_target on reviews (target)`}},
		{Name: "reviews_over", Compare: []string{"over_", "review"},
			Create: `create table if not exists reviews_over (over_ text not null, review text not null, primary key (over_, review)) {withoutrowid}`},
		{Name: "judgements", Compare: []string{"id", "type", "a", "b", "property", "actor", "recorded", "reason", "live"},
			Create: `create table if not exists judgements (id text primary key, type text not null, a text not null, b text not null,
				property text, actor text not null, recorded bigint not null, reason text, live bigint not null)`,
			Indexes: []string{
				`create index if not exists judgements_a on judgements (a, type)`,
				`create index if not exists judgements_b on judgements (b, type)`}},
		{Name: "undone", Compare: []string{"id", "target", "actor", "recorded", "reason"},
			Create:  `create table if not exists undone (id text primary key, target text not null, actor text not null, recorded bigint not null, reason text)`,
			Indexes: []string{`create index if not exists undone_target on undone (target)`}},
		{Name: "clusters", Compare: []string{"entity", "canonical", "disputed"},
			Create:  `create table if not exists clusters (entity text primary key, canonical text not null, disputed bigint not null) {withoutrowid}`,
			Indexes: []string{`create index if not exists clusters_canonical on clusters (canonical)`}},
		{Name: "properties", Compare: []string{"id", "entry", "edition", "body"},
			Create: `create table if not exists properties (id text not null, entry text not null, edition bigint not null, body text not null, primary key (id, entry))`},
		{Name: "terms", Compare: []string{"id", "entry", "edition", "list", "parent", "body"},
			Create: `create table if not exists terms (id text not null, entry text not null, edition bigint not null, list text not null, parent text, body text not null, primary key (id, entry))`},
		{Name: "consents", Compare: []string{"id", "person", "purpose", "recipient", "expires", "body", "actor", "recorded"},
			Create: `create table if not exists consents (id text primary key, person text not null, purpose text not null, recipient text not null,
				expires bigint, body text not null, actor text not null, recorded bigint not null)`,
			Indexes: []string{`create index if not exists consents_person on consents (person)`}},
		{Name: "codes", Class: store.State,
			Create: `create table if not exists codes (entity text primary key, code text not null unique)`},
		{Name: "form_tokens", Class: store.State,
			Create: `create table if not exists form_tokens (token text primary key, result text not null)`},
		{Name: "code_counts", Class: store.State,
			Create: `create table if not exists code_counts (prefix text primary key, last bigint not null)`},
	}
}

func splitColumns(s string) []string {
	var out []string
	cur := ""
	for _, r := range s + "," {
		switch r {
		case ' ', '\n', '\t':
		case ',':
			out = append(out, cur)
			cur = ""
		default:
			cur += string(r)
		}
	}
	return out
}

// version of the projections; raise it when tables or apply functions change.
const version = 1

// Room registers the room with the store.
func Room() store.Room {
	return store.Room{
		Name: "register", Version: version, Tables: tables(),
		Apply: map[string]store.ApplyFunc{
			KindStatements: applyStatements,
			KindRetract:    applyRetract,
			KindReview:     applyReview,
			KindJudgement:  applyJudgement,
			KindUndo:       applyUndo,
			KindWords:      applyWords,
			KindConsent:    applyConsent,
		},
		Erase: map[string]store.EraseFunc{
			KindStatements: eraseStatements,
			KindConsent:    eraseConsent,
		},
	}
}
