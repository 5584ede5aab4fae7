// Package internal_test guards the direction of imports: what stands in this
// file is the architecture, and every arrow in it has its reason.
package internal_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "asylon/"

// arrow allows packages that match from to import packages that match one of
// to. "x/..." matches x and everything below it. Packages of the module are
// written without its name, other modules' with their full path.
type arrow struct {
	from string
	to   []string
	why  string
}

// arrows are the imports that the code proper may have.
var arrows = []arrow{
	// Kits: pure, useful by themselves, knowing nothing of Asylon.
	{"edtf", []string{"golang.org/x/text/..."}, "phrases are folded to one Unicode form before they are read"},
	{"quantity", []string{"edtf", "golang.org/x/text/..."}, "a rate becomes a range for a period, and periods are dates"},
	{"names", []string{"golang.org/x/text/..."}, "names are folded to one Unicode form before they are compared"},
	{"linkage", []string{"names", "edtf", "golang.org/x/text/..."}, "records are compared by names and uncertain birth dates"},
	{"linkage", []string{"github.com/goccy/go-yaml"}, "a linkage model is a file that a person writes and reviews"},
	{"linkage/generate", []string{"edtf", "names"}, "made-up lists have uncertain birth dates and names in several scripts"},
	{"estimate", []string{"estimate/internal/..."}, "exact counting and random variates are its own tools"},
	{"deadline", []string{"edtf", "golang.org/x/text/..."}, "a time limit may begin on an uncertain day"},

	// Words and ground.
	{"internal/record/seed", []string{"internal/record"}, "the words in force are written in the words' types"},
	{"internal/resolve", []string{"internal/record", "edtf", "quantity"}, "the rules compute with statements, dates and counts"},
	{"internal/text", []string{"internal/fault", "golang.org/x/text/..."}, "one tokeniser for both engines; a query can be wrong input"},
	{"internal/svg", []string{"github.com/paulmach/orb/...", "golang.org/x/text/..."}, "maps clip and simplify outlines; labels have widths and directions"},
	{"internal/basemap", []string{"github.com/paulmach/orb"}, "outlines are geometry"},
	{"internal/print", []string{"codeberg.org/go-pdf/fpdf", "golang.org/x/text/..."}, "PDF is written here and nowhere else"},
	{"internal/durable", []string{"internal/fault", "golang.org/x/sys/unix"}, "files are locked and synced by the system's own calls"},
	{"internal/container", []string{"internal/fault", "github.com/emersion/go-message/...", "golang.org/x/text/..."}, "mail has headers in many character sets"},
	{"internal/blob", []string{"internal/durable", "internal/fault", "filippo.io/age/..."}, "encrypted files, safely written"},
	{"internal/journal", []string{"internal/record", "github.com/klauspost/compress/zstd", "golang.org/x/mod/sumdb/..."}, "ids are the record's; trees and notes are never built by hand"},
	{"internal/vault", []string{"internal/durable", "internal/fault", "internal/record", "filippo.io/age/...", "golang.org/x/crypto/...", "golang.org/x/text/..."}, "keys of entities and compartments, by others' primitives"},
	{"internal/vault/vaulttest", []string{"internal/vault", "internal/record", "github.com/google/go-cmp/cmp"}, "the key tables' conformance suite"},
	{"internal/store", []string{"internal/fault", "internal/journal", "internal/record", "golang.org/x/mod/sumdb/..."}, "the journal's entries are stored and applied here"},
	{"internal/store/sqlite", []string{"internal/store", "internal/fault", "github.com/ncruces/go-sqlite3/..."}, "the only package that knows SQLite"},
	{"internal/store/postgres", []string{"internal/store", "internal/fault", "github.com/jackc/pgx/v5/..."}, "the only package that knows PostgreSQL"},
	{"internal/store/storetest", []string{"internal/store", "internal/fault", "internal/journal", "internal/record", "github.com/google/go-cmp/cmp", "pgregory.net/rapid"}, "the engines' conformance suite"},
	{"internal/access", []string{"internal/fault", "internal/journal", "internal/policy", "internal/record", "internal/store"}, "the one door stands on the store and asks the policy"},
	{"internal/access/accesstest", []string{"internal/access", "internal/fault", "internal/journal", "internal/policy", "internal/record", "internal/store/...", "golang.org/x/crypto/chacha20poly1305"}, "rooms are tested on both engines"},
	{"internal/jobs", []string{"internal/access", "internal/fault", "internal/record", "internal/store"}, "long tasks keep their progress in a state table"},

	// Rooms. What every room may use is in roomGround.
	{"internal/accounts", []string{"internal/vault"}, "signing in unlocks keys"},
	{"internal/gazetteer", []string{"internal/register", "internal/basemap"}, "places are entities; the shipped ones are recorded as statements"},
	{"internal/intake", []string{"internal/register", "internal/blob", "internal/intake/extract/..."}, "a document is an entity; its original is a blob; its text is extracted"},
	{"internal/intake", []string{"internal/gazetteer"}, "columns of imported tables name places"},
	{"internal/intake/extract", []string{"internal/container", "internal/fault", "codeberg.org/readeck/go-readability/v2", "github.com/gabriel-vasile/mimetype", "github.com/saintfish/chardet", "golang.org/x/net/html/...", "golang.org/x/text/..."}, "readers of the document formats"},
	{"internal/intake/extract/pdf", []string{"internal/fault", "internal/intake/extract", "github.com/klippa-app/go-pdfium/...", "github.com/tetratelabs/wazero/...", "golang.org/x/sys/unix"}, "the only package that knows PDFium, in a confined child"},
	{"internal/coding", []string{"internal/register", "internal/gazetteer"}, "typed words become statements, places by their names"},
	{"internal/search", []string{"internal/register", "internal/intake"}, "finds in the record and in documents' pages"},
	{"internal/figure", []string{"internal/register", "internal/gazetteer", "internal/resolve", "internal/svg"}, "counts entities by the rules, within places, and draws the answer"},
	{"internal/advocacy", []string{"internal/register", "internal/figure", "internal/intake", "internal/search", "internal/resolve", "internal/print"}, "letters lead facts back to figures, statements and passages, and are printed"},
	{"internal/matching", []string{"internal/register", "linkage", "names"}, "candidates are compared by the kit and judged in the register"},
	{"internal/procedure", []string{"internal/register", "deadline"}, "files are of persons in the record, and have time limits"},
	{"internal/publish", []string{"internal/register", "internal/figure", "internal/print"}, "what goes out is made of the record and its figures"},
	{"internal/exchange", []string{"internal/blob", "internal/vault"}, "bundles carry entries and encrypted files"},
	{"internal/backup", []string{"internal/blob", "internal/vault", "internal/durable", "filippo.io/age/..."}, "copies hold journals, keys and files"},

	// Doors: parse, authorise, call a room, render.
	{"internal/desk", []string{"internal/accounts", "internal/register", "internal/intake", "internal/gazetteer", "internal/search", "internal/figure", "internal/advocacy"}, "what both doors find when they open"},
	{"internal/web", []string{"golang.org/x/text/language", "internal/basemap", "internal/svg", "internal/text", "internal/print", "internal/resolve", "internal/vault", "github.com/paulmach/orb/..."}, "pages show pictures, excerpts and answers, and say what a passphrase lacks"},
	{"internal/cli", []string{"github.com/alecthomas/kong", "golang.org/x/term", "internal/resolve", "internal/print"}, "the only package that knows the command line; answers are printed"},
	{"internal/cli", []string{"internal/durable"}, "a file that a command is asked for is written whole or not at all"},

	// Wiring.
	{"internal/app", []string{"internal/...", "edtf", "quantity", "names", "linkage", "estimate", "deadline"}, "app wires everything"},
	{"cmd/asylon", []string{"internal/app"}, "a dozen lines"},
	{"scripts/shots", []string{"github.com/chromedp/..."}, "takes pictures of pages"},
	{"scripts/gen-names", []string{"golang.org/x/text/...", "names"}, "makes the tables of names"},
	{"scripts/...", []string{"edtf", "quantity", "names", "linkage", "estimate", "golang.org/x/text/..."}, "tools on the kits"},
}

// rooms are the rooms of the house, built or planned.
var rooms = []string{"accounts", "register", "gazetteer", "search", "intake", "coding", "matching", "figure", "procedure", "advocacy", "publish", "exchange", "backup"}

// roomGround is what every room may use: the door, its words, and the store's
// types for its tables and apply functions.
var roomGround = []string{"internal/access", "internal/fault", "internal/journal", "internal/policy", "internal/record", "internal/store", "internal/text", "edtf", "quantity", "golang.org/x/text/..."}

// doorGround is what a door may use besides the rooms.
var doorGround = []string{"internal/access", "internal/desk", "internal/fault", "internal/policy", "internal/record", "edtf", "quantity"}

// testTools are what any test may use.
var testTools = []string{"github.com/google/go-cmp/...", "pgregory.net/rapid", "github.com/rogpeppe/go-internal/...", "gonum.org/v1/gonum/...", "golang.org/x/net/html/...", "github.com/chromedp/..."}

// testGround is what any test inside the house may stand on: real journals,
// stores and keys, and a register filled with a few statements.
var testGround = append([]string{"internal/access/accesstest", "internal/vault/vaulttest", "internal/store/storetest", "internal/record/seed", "internal/register", "internal/durable", "internal/blob", "internal/vault", "filippo.io/age/...", "golang.org/x/crypto/..."}, roomGround...)

// testArrows are further imports of tests only.
var testArrows = []arrow{
	{"internal/text", []string{"github.com/jackc/pgx/v5/...", "github.com/ncruces/go-sqlite3/..."}, "the tokens are tried on both engines' own full-text search"},
	{"internal/intake/extract/...", []string{"codeberg.org/go-pdf/fpdf"}, "PDFs to be read back are written"},
	{"internal/basemap", []string{"golang.org/x/text/..."}, "names are in their languages' Unicode form"},
	{"internal/figure", []string{"internal/intake", "internal/gazetteer"}, "figures are asked of a record filled as a documenter would"},
	{"internal/advocacy", []string{"internal/gazetteer"}, "letters are written about such a record"},
}

// nothingButWords may not touch files, networks, processes or databases.
var nothingButWords = []string{"edtf", "quantity", "names", "linkage", "estimate", "deadline", "internal/record", "internal/resolve", "internal/policy"}

// touching are the standard packages that reach out of the program.
var touching = []string{"os/...", "net/...", "syscall", "database/...", "io/ioutil", "log/...", "plugin", "path/filepath"}

// pkg is what go list says of a package.
type pkg struct {
	ImportPath, Name                   string
	Imports, TestImports, XTestImports []string
}

func (p pkg) path() string { return strings.TrimPrefix(p.ImportPath, module) }

func list(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Name,Imports,TestImports,XTestImports", module+"...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var pkgs []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		pkgs = append(pkgs, p)
	}
	if len(pkgs) < 20 {
		t.Fatalf("go list found %d packages only: the test would check nothing", len(pkgs))
	}
	return pkgs
}

func matches(pattern, path string) bool {
	if base, ok := strings.CutSuffix(pattern, "/..."); ok {
		return path == base || strings.HasPrefix(path, base+"/")
	}
	return path == pattern
}

func matchesAny(patterns []string, path string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return matches(p, path) })
}

func allowedBy(table []arrow, from, to string) bool {
	return slices.ContainsFunc(table, func(a arrow) bool { return matches(a.from, from) && matchesAny(a.to, to) })
}

func isRoom(path string) bool {
	name, ok := strings.CutPrefix(path, "internal/")
	return ok && slices.Contains(rooms, name)
}

func isDoor(path string) bool { return path == "internal/web" || path == "internal/cli" }

func allowed(from, to string) bool {
	switch {
	case isRoom(from) && matchesAny(roomGround, to):
		return true
	case isDoor(from) && (isRoom(to) || matchesAny(doorGround, to)):
		return true
	}
	return allowedBy(arrows, from, to)
}

func allowedInTest(from, to string) bool {
	inside := strings.HasPrefix(from, "internal/")
	return from == to || allowed(from, to) || matchesAny(testTools, to) ||
		inside && matchesAny(testGround, to) || allowedBy(testArrows, from, to)
}

// standard tells whether a path is of the standard library.
func standard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".") && first != strings.TrimSuffix(module, "/")
}

// wrong names what is wrong with an import, or nothing.
func wrong(from, to string, inTest bool) string {
	if standard(to) {
		if !inTest && matchesAny(nothingButWords, from) && matchesAny(touching, to) {
			return "is pure and must not reach out of the program"
		}
		if to == "database/sql" && isDoor(from) {
			return "is a door, and doors hold no SQL"
		}
		return ""
	}
	to = strings.TrimPrefix(to, module)
	if inTest && allowedInTest(from, to) || !inTest && allowed(from, to) {
		return ""
	}
	return "has no arrow to it in the table"
}

func TestImportsGoDownOnly(t *testing.T) {
	for _, p := range list(t) {
		from := p.path()
		for _, to := range p.Imports {
			if why := wrong(from, to, false); why != "" {
				t.Errorf("%s imports %s: %s %s", from, to, from, why)
			}
		}
		for _, to := range append(p.TestImports, p.XTestImports...) {
			if why := wrong(from, to, true); why != "" {
				t.Errorf("the tests of %s import %s: %s %s", from, to, from, why)
			}
		}
	}
}

// TestEveryArrowHasAReason keeps the table readable, and free of the arrows
// that the design forbids whatever their reason.
func TestEveryArrowHasAReason(t *testing.T) {
	for _, a := range append(slices.Clone(arrows), testArrows...) {
		if len(a.why) < 12 || len(a.to) == 0 {
			t.Errorf("the arrow from %s to %v has no reason", a.from, a.to)
		}
	}
	never := []struct{ from, to string }{
		{"internal/web", "internal/cli"}, {"internal/cli", "internal/web"},
		{"internal/web", "internal/store"}, {"internal/cli", "internal/store/sqlite"}, {"internal/web", "internal/store/postgres"},
		{"internal/register", "internal/store/sqlite"}, {"internal/register", "internal/intake"}, {"internal/register", "internal/web"},
		{"internal/store", "internal/register"}, {"internal/journal", "internal/store"}, {"internal/record", "edtf/x"},
		{"internal/figure", "internal/advocacy"}, {"internal/intake", "internal/search"}, {"internal/vault", "internal/store"},
		{"internal/policy", "internal/record"}, {"edtf", "quantity"}, {"names", "linkage"}, {"edtf", "internal/record"},
		{"internal/register", "github.com/jackc/pgx/v5"}, {"internal/search", "github.com/ncruces/go-sqlite3"},
		{"internal/web", "github.com/alecthomas/kong"}, {"internal/intake", "github.com/klippa-app/go-pdfium"},
	}
	for _, n := range never {
		if allowed(n.from, n.to) {
			t.Errorf("the table allows %s to import %s", n.from, n.to)
		}
	}
	if wrong("internal/web", "database/sql", false) == "" || wrong("edtf", "os", false) == "" || wrong("internal/policy", "net/http", false) == "" {
		t.Error("doors may import database/sql, or pure packages reach out")
	}
	if wrong("edtf", module+"quantity", false) == "" || wrong("internal/web", module+"internal/cli", true) == "" {
		t.Error("a forbidden arrow is not found")
	}
}
