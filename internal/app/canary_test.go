package app

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"asylon/internal/accounts"
	"asylon/internal/policy"
	"asylon/internal/store"
)

// canary stands in every sealed property and quote. It must be nowhere it
// should not be.
const canary = "CANARYQX7"

// crawl opens every page that can be reached by links, and returns how many.
func (w *walker) crawl(most int, check func(*walker)) int {
	w.t.Helper()
	seen := map[string]bool{}
	queue := []string{"/", "/search?q=" + canary, "/documents", "/users", "/audit", "/words", "/figures", "/letters"}
	for _, k := range []string{"event", "act", "person", "place", "source", "group", "organisation", "condition", "position", "demand"} {
		queue = append(queue, "/list/"+k, "/list/"+k+"?label="+canary)
	}
	n := 0
	for len(queue) > 0 && n < most {
		u := queue[0]
		queue = queue[1:]
		if u, _, _ = strings.Cut(u, "#"); seen[u] {
			continue
		}
		seen[u] = true
		w.open(u)
		n++
		check(w)
		each(w.doc, func(e *html.Node) {
			if h := attr(e, "href"); e.Data == "a" && strings.HasPrefix(h, "/") && !seen[h] {
				queue = append(queue, h)
			}
		})
	}
	return n
}

func TestCanary(t *testing.T) {
	ctx := t.Context()
	a, w := served(t)
	// A sealed document, a person with sealed properties, a confidential source.
	w.open("/documents/new").fill("compartment", "sources").fill("kind", "document.testimony").fill("title", canary+" title").fill("interviewer", canary).
		fill("text", "She said "+canary+" went to the border. It was July.").press("Bring in")
	doc := strings.Split(w.url, "?")[0]
	w.see("This is sealed").dont(canary)
	w.fill("reason", "coding the testimony").press("Open").see(canary + " title")
	w.code(doc+"/page/1", "She said "+canary+" went to the border.", "act", "A crossing told in confidence", "", field{"act.kind", "leaving.crossing", ""})
	w.press("Record it")
	if !strings.HasPrefix(w.url, "/entity/") {
		t.Fatalf("recording led to %s: %s", w.url, textOf(w.doc))
	}
	w.dont(canary)
	w.open("/code?kind=person").fill("label", "A person known by a code").fill("f.person.name.0", canary+" Name").fill("f.person.contact.0", canary+" 010").
		fill("f.person.where.0", canary+" Street").fill("note", "told on the telephone").press("Show how it is understood").press("Record it")
	person := strings.Split(w.url, "?")[0]
	w.dont(canary)
	w.open("/code?kind=source").fill("label", "A source known by a code").fill("f.source.identity.0", canary+" Source").fill("f.source.contact.0", canary+" line").
		press("Show how it is understood").press("Record it")
	w.dont(canary)
	// The same document again: recognised without a word of it.
	w.open("/documents/new").fill("compartment", "general").fill("kind", "document.testimony").fill("text", "She said "+canary+" went to the border. It was July.").press("Bring in").see("held already")

	// Colleagues without keys: one of each role.
	in, err := a.Installation()
	if err != nil {
		t.Fatal(err)
	}
	cookie, err := a.SignIn(ctx, "mina", testPass)
	if err != nil {
		t.Fatal(err)
	}
	v, err := in.Accounts.Session(cookie)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	for login, role := range map[string]policy.Role{"reader": policy.Reader, "docu": policy.Documenter, "boss": policy.Admin, "check": policy.Auditor} {
		if _, err := in.Accounts.AddUser(ctx, v, accounts.User{Login: login, Name: "Colleague", Roles: []policy.Role{role}, Lang: "en"}, testPass); err != nil {
			t.Fatal(err)
		}
		other := newWalker(t, w.base)
		other.open("/").fill("login", login).fill("passphrase", testPass).press("Sign in")
		n := other.crawl(400, func(x *walker) {
			// What was searched for is repeated in the search field; elsewhere it
			// must not be.
			body := strings.ReplaceAll(x.body, `value="`+canary+`"`, "")
			body = strings.ReplaceAll(body, "q="+canary, "")
			body = strings.ReplaceAll(body, "label="+canary, "")
			if strings.Contains(body, canary) {
				t.Errorf("%s shows the canary at %s", role, x.url)
			}
		})
		other.open(doc)
		if other.status != 404 && other.status != 403 {
			t.Errorf("%s gets %d for a sealed document", role, other.status)
		}
		missing := other.status
		other.open("/document/aaaaaaaaaaaaaaaa.a1.a0")
		if other.status != missing {
			t.Errorf("%s: a document that is not theirs answers %d, one that is not there %d", role, missing, other.status)
		}
		t.Logf("%s: %d pages", role, n)
	}
	// To the holder of the keys it is closed until it is opened for a reason.
	holder := newWalker(t, w.base)
	holder.open("/").fill("login", "mina").fill("passphrase", testPass).press("Sign in")
	holder.open(person).dont(canary)
	holder.submit("/open", map[string]string{"reason": "looking at the name"}).see(canary + " Name")
	holder.open("/audit").see("open", "looking at the name").dont(canary)

	searchTables(t, in.DB)
	if err := a.LockAll(); err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(a.Dir(), func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Type()&fs.ModeSocket != 0 {
			return err
		}
		b, err := os.ReadFile(p)
		if err == nil && bytes.Contains(b, []byte(canary)) {
			t.Errorf("the file %s holds the canary", filepath.Base(p))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// searchTables looks through every column of every table of the database.
func searchTables(t *testing.T, db *store.DB) {
	t.Helper()
	err := db.Read(context.Background(), func(s *store.Snapshot) error {
		rows, err := s.Query(context.Background(), `select name from sqlite_master where type = 'table'`)
		if err != nil {
			return err
		}
		var tables []string
		for rows.Next() {
			var n string
			if err := rows.Scan(&n); err != nil {
				return err
			}
			tables = append(tables, n)
		}
		if err := rows.Close(); err != nil {
			return err
		}
		for _, table := range tables {
			rows, err := s.Query(context.Background(), `select * from "`+table+`"`)
			if err != nil {
				continue // a virtual table without content of its own
			}
			cols, err := rows.Columns()
			if err != nil {
				return err
			}
			vals, ptrs := make([]any, len(cols)), make([]any, len(cols))
			for i := range vals {
				ptrs[i] = &vals[i]
			}
			for rows.Next() {
				if err := rows.Scan(ptrs...); err != nil {
					return err
				}
				for i, v := range vals {
					text := fmt.Sprint(v)
					if b, ok := v.([]byte); ok {
						text = string(b)
					}
					if strings.Contains(strings.ToUpper(text), canary) {
						t.Errorf("table %s, column %s holds the canary", table, cols[i])
					}
				}
			}
			if err := rows.Close(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
