package text_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode"

	"asylon/internal/text"

	"github.com/google/go-cmp/cmp"
	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
	"github.com/ncruces/go-sqlite3/ext/fts5"
	"pgregory.net/rapid"
)

// postgresEnv names the variable with the address of a PostgreSQL server that
// tests may use.
const postgresEnv = "ASYLON_TEST_POSTGRES"

// An engine keeps texts and answers queries.
type engine interface {
	// fill replaces the texts; they are numbered from 1.
	fill(texts []string) error
	// find returns the numbers of the texts that match, in their order.
	find(q text.Query) ([]int, error)
}

// fts5Engine is SQLite's.
type fts5Engine struct{ db *sql.DB }

func openFTS5(t testing.TB) *fts5Engine {
	t.Helper()
	db, err := driver.Open(":memory:", func(c *sqlite3.Conn) error { return fts5.Register(c) })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	db.SetMaxOpenConns(1) // each connection would have a memory of its own
	for _, q := range []string{
		`create virtual table doc using fts5(body, tokenize = "unicode61 remove_diacritics 0")`,
		`create virtual table terms using fts5vocab(doc, row)`,
	} {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	return &fts5Engine{db}
}

func (e *fts5Engine) fill(texts []string) error {
	if _, err := e.db.Exec(`delete from doc`); err != nil {
		return err
	}
	for i, s := range texts {
		if _, err := e.db.Exec(`insert into doc (rowid, body) values (?, ?)`, i+1, text.IndexText(s)); err != nil {
			return err
		}
	}
	return nil
}

func (e *fts5Engine) find(q text.Query) ([]int, error) {
	if q.Empty() {
		return nil, nil
	}
	return numbers(e.db.Query(`select rowid from doc where doc match ? order by rowid`, q.FTS5()))
}

// tsEngine is PostgreSQL's.
type tsEngine struct{ c *sql.Conn }

func openPostgres(t testing.TB) *tsEngine {
	t.Helper()
	address := os.Getenv(postgresEnv)
	if address == "" {
		t.Skipf("no %s: the tokens are not tried on PostgreSQL", postgresEnv)
	}
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	c, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.ExecContext(t.Context(), `create temporary table doc (id int, body tsvector)`); err != nil {
		t.Fatal(err)
	}
	return &tsEngine{c}
}

func (e *tsEngine) fill(texts []string) error {
	ctx := context.Background()
	if _, err := e.c.ExecContext(ctx, `truncate doc`); err != nil {
		return err
	}
	for i, s := range texts {
		if _, err := e.c.ExecContext(ctx, `insert into doc values ($1, $2::text::tsvector)`, i+1, text.TSVector(s)); err != nil {
			return err
		}
	}
	return nil
}

func (e *tsEngine) find(q text.Query) ([]int, error) {
	return numbers(e.c.QueryContext(context.Background(), `select id from doc where body @@ $1::text::tsquery order by id`, q.TSQuery()))
}

// numbers reads a column of whole numbers.
func numbers(rows *sql.Rows, err error) ([]int, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []int
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, rows.Err()
}

// TestSQLiteKeepsEveryToken gives each character that a token can hold to
// SQLite's tokenizer and reads the terms back.
func TestSQLiteKeepsEveryToken(t *testing.T) {
	e := openFTS5(t)
	var page strings.Builder
	want := map[string]bool{}
	flush := func() {
		if err := e.fill([]string{page.String()}); err != nil {
			t.Fatal(err)
		}
		rows, err := e.db.Query(`select term from terms`)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		got := map[string]bool{}
		for rows.Next() {
			var term string
			if err := rows.Scan(&term); err != nil {
				t.Fatal(err)
			}
			got[term] = true
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("terms up to here (-want +got):\n%s", diff)
		}
		page.Reset()
		clear(want)
	}
	for r := rune(1); r <= 0x323AF; r++ {
		if !unicode.In(r, unicode.L, unicode.N, unicode.M, unicode.S, unicode.P) {
			continue
		}
		// Between letters, where a character that is no token would split.
		s := "a" + string(r) + "b."
		page.WriteString(s)
		for _, tok := range text.Tokens(s) {
			want[tok.Text] = true
		}
		if page.Len() > 1<<20 {
			flush()
		}
	}
	flush()
}

// drawn are letters from which generated texts and queries are made: few, so
// that they meet.
var drawn = []string{"a", "b", "ab", "'", "-", "1", "é", "강", "제", "송", "강제", "中", "国", "का", "ก", " ", " ", " "}

func drawText(t *rapid.T, label string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(drawn), 0, 12).Draw(t, label), "")
}

// drawQuery makes a query with all that the syntax has.
func drawQuery(t *rapid.T) string {
	terms := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
		s := strings.ReplaceAll(drawText(t, "term"), " ", "")
		switch rapid.IntRange(0, 6).Draw(t, "kind") {
		case 0:
			return "-" + s
		case 1:
			return s + "*"
		case 2:
			return `"` + drawText(t, "phrase") + `"`
		case 3:
			return "OR " + s
		}
		return s
	}), 1, 4).Draw(t, "query")
	return strings.Join(terms, " ")
}

func testSameHits(t *testing.T, e engine) {
	rapid.Check(t, func(t *rapid.T) {
		texts := make([]string, 6)
		for i := range texts {
			texts[i] = drawText(t, "text")
		}
		if err := e.fill(texts); err != nil {
			t.Fatal(err)
		}
		for range 5 {
			typed := drawQuery(t)
			q, err := text.Parse(typed)
			if err != nil {
				continue
			}
			var want []int
			for i, s := range texts {
				if text.Match(q, text.Tokens(s)) {
					want = append(want, i+1)
				}
			}
			got, err := e.find(q)
			if diff := cmp.Diff(want, got); diff != "" || err != nil {
				t.Fatalf("%q in %q: error %v (-Match +engine):\n%s\n%s\n%s", typed, texts, err, diff, q.FTS5(), q.TSQuery())
			}
		}
	})
}

func TestSQLiteFindsTheSame(t *testing.T)   { testSameHits(t, openFTS5(t)) }
func TestPostgresFindsTheSame(t *testing.T) { testSameHits(t, openPostgres(t)) }

// hostile is what people type to break a query.
var hostile = []string{
	`"`, `'`, `\`, `\'`, `''`, `a" OR "b`, `a' | 'b`, `*`, `**`, `a**`, `"a"*"b"`, `(`, `)`, `a)`, `((a`, `a:b`, `body:a`, `{body}:a`, `-body:a`,
	`^a`, `NEAR(a b)`, `a NEAR/2 b`, `AND`, `OR`, `NOT`, `NOT a`, `AND AND`, `a AND`, `!a`, `a & b`, `a <-> b`, `a <2> b`, `a:*`, `a:AB`, `a:1A`,
	"a\x00b", "\x00", "\xff", "a;drop table doc", `$1`, `?`, `%`, `_`, "a\nb", "\u202e", "a +b", "강*제", "“”", `"-a"`, `-"`, `--`, `a--b`, `|`, `a||b`,
}

func testHostile(t *testing.T, e engine) {
	texts := append([]string{"a b", "body", "강제 제"}, hostile...)
	if err := e.fill(texts); err != nil {
		t.Fatal(err)
	}
	for _, s := range append(hostile, strings.Join(hostile[:20], " "), strings.Repeat("a* ", text.MaxQueryPhrases)) {
		q, err := text.Parse(s)
		if err != nil {
			continue
		}
		var want []int
		for i, s := range texts {
			if text.Match(q, text.Tokens(s)) {
				want = append(want, i+1)
			}
		}
		got, err := e.find(q)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%q: error %v (-Match +engine):\n%s", s, err, diff)
		}
	}
}

func TestSQLiteTakesAnyQuery(t *testing.T)   { testHostile(t, openFTS5(t)) }
func TestPostgresTakesAnyQuery(t *testing.T) { testHostile(t, openPostgres(t)) }

// testLongTexts checks that passages make phrases at any depth of a text found,
// and that a vector beyond PostgreSQL's limits is still taken by it.
func testLongTexts(t *testing.T, e engine) {
	var b strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&b, "the word%d 강제송환 ", i)
	}
	s := b.String()
	var passages []string
	for _, span := range text.Passages(s) {
		passages = append(passages, s[span.Start:span.End])
	}
	if err := e.fill(passages); err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 150, 999, 12_345, 19_000} {
		q, err := text.Parse(fmt.Sprintf(`"the word%d 강제송"`, n))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := e.find(q); len(got) != 1 || err != nil {
			t.Errorf("word %d: found in %v, %v", n, got, err)
		}
	}
	for i := range 150_000 {
		fmt.Fprintf(&b, "other%d ", i)
	}
	if err := e.fill([]string{b.String()}); err != nil {
		t.Errorf("a text that was not cut: %v", err)
	}
}

func TestSQLiteLongTexts(t *testing.T)   { testLongTexts(t, openFTS5(t)) }
func TestPostgresLongTexts(t *testing.T) { testLongTexts(t, openPostgres(t)) }
