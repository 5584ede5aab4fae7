package app

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"asylon/internal/access"
	"asylon/internal/access/accesstest"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/register"
	"asylon/internal/store"
)

// smallStore records a little in a store whose file can be opened beside it.
func smallStore(t *testing.T) (*accesstest.Env, *access.Session) {
	t.Helper()
	e := accesstest.Memory(t, testRooms())
	s := e.Holding("mina", []record.Compartment{record.Identities}, policy.Analyst, policy.Keeper)
	words := seedWords(t)
	err := s.Write(t.Context(), policy.AddRecord, func(w *access.Writer) error {
		_, err := register.Record(t.Context(), w, words, register.Input{New: []record.NewEntity{{N: 1, Kind: record.KindPerson}},
			Statements: []record.Statement{
				{Entity: record.Local(1), Property: record.PropPersonName, Value: record.Value{Text: "sealed"}},
				{Entity: record.Local(1), Property: record.PropLabel, Value: record.Value{Text: "a person"}}}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return e, s
}

// tamper writes behind the journal's back, guards taken away, and returns what
// verify then finds.
func tamper(t *testing.T, e *accesstest.Env, change func(*store.Tx) error) []string {
	t.Helper()
	var found []string
	undo := context.Canceled
	err := e.DB.Write(context.Background(), func(tx *store.Tx) error {
		for _, g := range []string{"entries_no_delete", "entries_no_change", "parts_no_delete", "parts_no_change", "tree_no_delete", "tree_no_change"} {
			if _, err := tx.Exec(context.Background(), `drop trigger `+g); err != nil {
				return err
			}
		}
		if err := change(tx); err != nil {
			return err
		}
		if _, _, err := store.VerifyJournalsOf(context.Background(), tx, func(s string) { found = append(found, s) }); err != nil {
			found = append(found, err.Error())
		}
		return undo
	})
	if err != undo && !strings.Contains(err.Error(), undo.Error()) {
		t.Fatal(err)
	}
	return found
}

// TestVerifyFindsEveryBit flips every bit of every header, part, salt, tree
// hash, checkpoint and key of a small store: each is found and named.
func TestVerifyFindsEveryBit(t *testing.T) {
	e, _ := smallStore(t)
	if found := tamper(t, e, func(*store.Tx) error { return nil }); len(found) > 0 {
		t.Fatalf("an untouched store is found wrong: %v", found)
	}
	type cell struct{ table, column, where string }
	var cells []cell
	bits := 0
	for _, c := range []struct{ table, column, keys string }{
		{"entries", "header", "jn, seq, 0"}, {"parts", "body", "jn, seq, n"}, {"parts", "salt", "jn, seq, n"}, {"tree", "hash", "jn, idx, 0"}, {"journals", "checkpoint", "jn, 0, 0"}, {"journals", "vkey", "jn, 0, 0"},
	} {
		err := e.DB.Read(t.Context(), func(s *store.Snapshot) error {
			rows, err := s.Query(t.Context(), `select `+c.keys+`, `+c.column+` from `+c.table+` where `+c.column+` is not null`)
			if err != nil {
				return err
			}
			defer rows.Close()
			names := strings.Split(c.keys, ", ")
			for rows.Next() {
				var k [3]sql.NullInt64
				var b []byte
				if err := rows.Scan(&k[0], &k[1], &k[2], &b); err != nil {
					return err
				}
				where := ""
				for i, n := range names {
					if n != "0" {
						where += " and " + n + " = " + itoa(k[i].Int64)
					}
				}
				cells = append(cells, cell{c.table, c.column, strings.TrimPrefix(where, " and ")})
			}
			return rows.Err()
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range cells {
		// One transaction a cell: every bit in turn, each put back before the next.
		undo := context.Canceled
		err := e.DB.Write(context.Background(), func(tx *store.Tx) error {
			ctx := context.Background()
			for _, g := range []string{"entries_no_change", "parts_no_change", "tree_no_change"} {
				if _, err := tx.Exec(ctx, `drop trigger `+g); err != nil {
					return err
				}
			}
			var good []byte
			if err := tx.QueryRow(ctx, `select `+c.column+` from `+c.table+` where `+c.where).Scan(&good); err != nil {
				return err
			}
			for i := range len(good) * 8 {
				bad := bytes.Clone(good)
				bad[i/8] ^= 1 << (i % 8)
				if _, err := tx.Exec(ctx, `update `+c.table+` set `+c.column+` = ? where `+c.where, bad); err != nil {
					return err
				}
				n := 0
				if _, _, err := store.VerifyJournalsOf(ctx, tx, func(string) { n++ }); err == nil && n == 0 {
					t.Errorf("%s.%s where %s: bit %d changed and nothing was found", c.table, c.column, c.where, i)
				}
				bits++
			}
			return undo
		})
		if err != undo && !strings.Contains(err.Error(), undo.Error()) {
			t.Fatal(err)
		}
	}
	t.Logf("%d bits in %d places, each found", bits, len(cells))
}

func itoa(n int64) string {
	b, neg := []byte{}, n < 0
	if neg {
		n = -n
	}
	for {
		b = append([]byte{byte('0' + n%10)}, b...)
		if n /= 10; n == 0 {
			break
		}
	}
	if neg {
		b = append([]byte{'-'}, b...)
	}
	return string(b)
}

func TestVerifyFindsMissingThings(t *testing.T) {
	e, _ := smallStore(t)
	for name, q := range map[string]string{
		"last entry":  `delete from entries where seq = (select max(seq) from entries where jn = 1) and jn = 1`,
		"a part":      `delete from parts where n = 1`,
		"a tree hash": `delete from tree where idx = 0`,
		"checkpoint":  `update journals set checkpoint = null`,
		"size":        `update journals set size = size - 1 where size > 0`,
		"erased mark": `update parts set state = 1 where n = 0`,
	} {
		found := tamper(t, e, func(tx *store.Tx) error { _, err := tx.Exec(context.Background(), q); return err })
		if len(found) == 0 {
			t.Errorf("%s: nothing was found", name)
		}
	}
}

// TestVerifyWholeInstallation edits a row and an original behind the
// installation's back; verify names both.
func TestVerifyWholeInstallation(t *testing.T) {
	ctx := t.Context()
	a, w := served(t)
	w.open("/documents/new").fill("compartment", "general").fill("kind", "document.news").fill("text", "A short original text.").press("Bring in")
	w.open("/documents/new").fill("compartment", "sources").fill("kind", "document.news").fill("text", "A sealed original text.").press("Bring in")
	var found []string
	collect := func(s string) { found = append(found, s) }
	quiet := func(string) {}
	if _, err := a.Verify(ctx, quiet, collect); err != nil || len(found) > 0 {
		t.Fatalf("an untouched installation: %v %v", found, err)
	}
	in, err := a.Installation()
	if err != nil {
		t.Fatal(err)
	}
	if err := in.DB.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `update statements set txt = 'forged' where property = 'label' and id = (select min(id) from statements where property = 'label')`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Verify(ctx, quiet, collect); err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 || !strings.Contains(strings.Join(found, "\n"), "table statements differs") {
		t.Errorf("an edited row: found %v", found)
	}
	files, err := filepath.Glob(filepath.Join(a.Dir(), blobsName, "*", "*", "*"))
	if err != nil || len(files) != 2 {
		t.Fatalf("originals on disk: %v %v", files, err)
	}
	for _, f := range files {
		good, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range []int{0, 50, len(good) / 2, len(good) - 1} {
			bad := bytes.Clone(good)
			bad[at] ^= 4
			if err := os.WriteFile(f, bad, 0o600); err != nil {
				t.Fatal(err)
			}
			n := 0
			if _, err := in.verifyOriginals(ctx, func(string) { n++ }); err != nil {
				t.Fatal(err)
			}
			if n == 0 {
				t.Errorf("byte %d of an original changed and nothing was found", at)
			}
		}
		if err := os.WriteFile(f, good, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
