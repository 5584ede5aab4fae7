package app

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"asylon/internal/access"
	"asylon/internal/access/accesstest"
	"asylon/internal/journal"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/record/seed"
	"asylon/internal/register"
	"asylon/internal/store"
)

// testRooms are all rooms but access's own, which accesstest adds.
func testRooms() []store.Room { return Rooms()[1:] }

// office is one installation of a random history.
type office struct {
	env  *accesstest.Env
	s    *access.Session
	id   record.JournalID
	key  []byte
	seen map[record.JournalID]int64 // entries of others received so far
}

func newOffice(t testing.TB, n int) *office {
	e := accesstest.Memory(t, testRooms())
	o := &office{env: e, seen: map[record.JournalID]int64{}}
	o.s = e.Holding(fmt.Sprintf("user%d", n), []record.Compartment{record.Identities, record.Sources}, policy.Analyst, policy.Keeper)
	err := e.DB.Read(context.Background(), func(s *store.Snapshot) error {
		js, err := store.Journals(context.Background(), s)
		for _, j := range js {
			if j.Mine && j.Class == "record" {
				o.id, o.key = j.ID, j.Key
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func (o *office) entries(t testing.TB) []journal.Entry {
	var out []journal.Entry
	err := o.env.DB.Read(context.Background(), func(s *store.Snapshot) error {
		return store.Entries(context.Background(), s, o.id, 0, func(e journal.Entry) error { out = append(out, e); return nil })
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// pull receives what another office has written since the last time.
func (o *office) pull(t testing.TB, from *office) {
	all := from.entries(t)
	err := o.env.DB.Write(context.Background(), func(tx *store.Tx) error {
		if err := tx.Meet(context.Background(), from.key); err != nil {
			return err
		}
		for _, e := range all[o.seen[from.id]:] {
			if err := tx.Receive(context.Background(), e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	o.seen[from.id] = int64(len(all))
}

// act does one random thing at an office. What its rules refuse is not done.
func (o *office) act(t *rapid.T, words *register.Words) {
	ctx := context.Background()
	var ents, stmts, judgements, retractions []record.ID
	read := func(q string, into *[]record.ID) func(*access.Reader) error {
		return func(r *access.Reader) error {
			rows, err := r.Query(ctx, q)
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				var id record.ID
				if err := rows.Scan(&id); err != nil {
					return err
				}
				*into = append(*into, id)
			}
			return rows.Err()
		}
	}
	for q, into := range map[string]*[]record.ID{`select id from entities order by id`: &ents, `select id from statements order by id`: &stmts,
		`select id from judgements order by id`: &judgements, `select id from retractions order by id`: &retractions} {
		if err := o.s.Read(ctx, policy.ReadRecord, read(q, into)); err != nil {
			t.Fatal(err)
		}
	}
	pick := func(name string, ids []record.ID) record.ID {
		if len(ids) == 0 {
			return ""
		}
		return rapid.SampledFrom(ids).Draw(t, name)
	}
	err := o.s.Write(ctx, policy.AddRecord, func(w *access.Writer) error {
		switch rapid.IntRange(0, 9).Draw(t, "what") {
		case 0, 1, 2: // a new act or person, with a sealed name
			hi := int64(rapid.IntRange(3, 9).Draw(t, "hi"))
			in := register.Input{New: []record.NewEntity{{N: 1, Kind: record.KindPerson}, {N: 2, Kind: record.KindAct}},
				Statements: []record.Statement{
					{Entity: record.Local(1), Property: record.PropPersonName, Value: record.Value{Text: "sealed"}},
					{Entity: record.Local(2), Property: record.PropActKind, Value: record.Value{Term: "return"}},
					{Entity: record.Local(2), Property: record.PropActVictim, Value: record.Value{Ref: record.Local(1)}},
					{Entity: record.Local(2), Property: record.PropActCount, Value: record.Value{Count: &record.Count{Low: 2, High: &hi, Unit: "persons"}}, Words: "some"},
				}}
			_, err := register.Record(ctx, w, words, in)
			return err
		case 3: // more about something known, of whatever office
			_, err := register.Record(ctx, w, words, register.Input{Statements: []record.Statement{{Entity: pick("entity", ents), Property: record.PropLabel, Value: record.Value{Text: "a title 강제송환"}}}})
			return err
		case 4: // replace a statement
			old := pick("statement", stmts)
			it, err := register.Get(ctx, &w.Reader, old)
			if err != nil {
				return err
			}
			s := it.Statement
			s.Supersedes, s.Words = old, "corrected"
			_, err = register.Record(ctx, w, words, register.Input{Statements: []record.Statement{s}})
			return err
		case 5:
			_, err := register.Retract(ctx, w, []record.ID{pick("statement", stmts)}, "a mistake")
			return err
		case 6:
			_, err := register.Judge(ctx, w, register.JudgementBody{Type: register.Same, A: pick("a", ents), B: pick("b", ents), Reason: "the same"})
			return err
		case 7:
			_, err := register.Judge(ctx, w, register.JudgementBody{Type: register.NotSame, A: pick("a", ents), B: pick("b", ents), Reason: "not the same"})
			return err
		case 8:
			_, err := register.Undo(ctx, w, pick("target", append(judgements, retractions...)), "undone")
			return err
		default:
			_, err := register.ReviewStatements(ctx, w, []record.ID{pick("statement", stmts)}, record.ReviewAccepted, "")
			return err
		}
	})
	_ = err // a refusal changes nothing and is part of the history
}

// seeded gives an office the words.
func seedWords(t testing.TB) *register.Words {
	body, err := seed.Words()
	if err != nil {
		t.Fatal(err)
	}
	return register.NewWords(body.Properties, body.Terms)
}

// deliver gives all entries to a fresh store in a random order, some of them
// twice, some first without parts, and returns its tables.
func deliver(t testing.TB, env *accesstest.Env, keys [][]byte, entries []journal.Entry, random *rand.Rand) []store.TableDump {
	ctx := context.Background()
	var order []journal.Entry
	for _, e := range entries {
		switch random.IntN(4) {
		case 0:
			order = append(order, e, e)
		case 1: // withheld at first
			bare := e
			bare.Parts = make([]journal.Part, len(e.Parts))
			for i, p := range e.Parts {
				if random.IntN(2) == 0 {
					bare.Parts[i] = p
				}
			}
			order = append(order, bare, e)
		default:
			order = append(order, e)
		}
	}
	random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	order = append(order, entries...) // whatever was withheld comes in the end
	err := env.DB.Write(ctx, func(tx *store.Tx) error {
		for _, k := range keys {
			if err := tx.Meet(ctx, k); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for len(order) > 0 {
		n := min(1+random.IntN(5), len(order))
		err := env.DB.Write(ctx, func(tx *store.Tx) error {
			for _, e := range order[:n] {
				if err := tx.Receive(ctx, e); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		order = order[n:]
	}
	return recordTables(t, env)
}

// recordTables are the compared tables but the audit journal's.
func recordTables(t testing.TB, env *accesstest.Env) []store.TableDump {
	all, err := env.DB.Dump(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var out []store.TableDump
	for _, d := range all {
		if d.Table != "audit_log" {
			out = append(out, d)
		}
	}
	return out
}

// propertyRuns is how many random histories a test tries: few in the everyday
// run, as many as ASYLON_PROPERTY_RUNS says at night.
func propertyRuns() int {
	if n, err := strconv.Atoi(os.Getenv("ASYLON_PROPERTY_RUNS")); err == nil {
		return n
	}
	return 20
}

// TestAnyInterleavingGivesEqualTables is the promise the formats stand on:
// random histories of three installations that exchange entries now and then;
// any order, doubling, delay or withholding of the entries gives equal tables
// on both engines; and dropping the tables and replaying gives them again.
func TestAnyInterleavingGivesEqualTables(t *testing.T) {
	words := seedWords(t)
	runs := 0
	rapid.Check(t, func(rt *rapid.T) {
		if runs++; runs > propertyRuns() {
			return
		}
		offices := []*office{newOffice(t, 0), newOffice(t, 1), newOffice(t, 2)}
		for _, o := range offices {
			defer o.env.Close()
		}
		for range rapid.IntRange(5, 40).Draw(rt, "steps") {
			o := offices[rapid.IntRange(0, 2).Draw(rt, "office")]
			if rapid.IntRange(0, 4).Draw(rt, "pull") == 0 {
				from := offices[rapid.IntRange(0, 2).Draw(rt, "from")]
				if from != o {
					o.pull(t, from)
				}
				continue
			}
			o.act(rt, words)
		}
		// What an office holds refers to what it has pulled, so the set of all
		// entries is closed.
		var all []journal.Entry
		var keys [][]byte
		for _, o := range offices {
			all = append(all, o.entries(t)...)
			keys = append(keys, o.key)
		}
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1))
		first := accesstest.Memory(t, testRooms())
		defer first.Close()
		want := deliver(t, first, keys, all, random)
		envs := []*accesstest.Env{accesstest.Memory(t, testRooms())}
		if os.Getenv(accesstest.PostgresEnv) != "" && runs%4 == 1 {
			envs = append(envs, accesstest.Postgres(t, testRooms()))
		}
		for i, env := range envs {
			defer env.Close()
			if d := cmp.Diff(want, deliver(t, env, keys, all, random)); d != "" {
				rt.Fatalf("store %d has other tables (-first +this):\n%s", i+1, d)
			}
		}
		if err := first.DB.Rebuild(context.Background()); err != nil {
			rt.Fatal(err)
		}
		if d := cmp.Diff(want, recordTables(t, first)); d != "" {
			rt.Fatalf("a replay gives other tables (-live +replayed):\n%s", d)
		}
		if _, _, err := first.DB.VerifyJournals(context.Background(), func(s string) { rt.Errorf("verify: %s", s) }); err != nil {
			rt.Fatal(err)
		}
	})
}

// TestErasedPartsLeaveTheTreeWhole erases parts at random: the journal still
// verifies, and the tables equal a replay without them.
func TestErasedPartsLeaveTheTreeWhole(t *testing.T) {
	words := seedWords(t)
	runs := 0
	rapid.Check(t, func(rt *rapid.T) {
		if runs++; runs > propertyRuns() {
			return
		}
		o := newOffice(t, 0)
		defer o.env.Close()
		for range rapid.IntRange(3, 15).Draw(rt, "steps") {
			o.act(rt, words)
		}
		ctx := context.Background()
		for _, e := range o.entries(t) {
			if !strings.HasPrefix(e.Kind, "statements/") || rapid.Bool().Draw(rt, "keep") {
				continue
			}
			n := rapid.IntRange(0, len(e.Parts)-1).Draw(rt, "part")
			if err := o.env.DB.Write(ctx, func(tx *store.Tx) error { return tx.Erase(ctx, e.ID(), n) }); err != nil {
				rt.Fatal(err)
			}
		}
		live := recordTables(t, o.env)
		if _, _, err := o.env.DB.VerifyJournals(ctx, func(s string) { rt.Errorf("verify: %s", s) }); err != nil {
			rt.Fatal(err)
		}
		if err := o.env.DB.Rebuild(ctx); err != nil {
			rt.Fatal(err)
		}
		if d := cmp.Diff(live, recordTables(t, o.env)); d != "" {
			rt.Fatalf("a replay without the erased parts gives other tables (-live +replayed):\n%s", d)
		}
	})
}
