package app

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"sort"
	"strconv"
	"testing"
	"time"

	"asylon/edtf"
	"asylon/internal/access"
	"asylon/internal/journal"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/register"
	"asylon/internal/search"
	"asylon/internal/store"
	"asylon/internal/store/sqlite"
)

// benchStore is a big encrypted store, made once for all benchmarks of a run.
// ASYLON_BENCH_STATEMENTS sets its size (20,000 where it is not set).
type benchStore struct {
	db     *store.DB
	door   *access.Door
	s      *access.Session
	words  *register.Words
	places []record.ID
	source record.ID
	random *rand.Rand
	path   string
}

func benchSize() int {
	n, err := strconv.Atoi(os.Getenv("ASYLON_BENCH_STATEMENTS"))
	if err != nil || n < 1000 {
		return 20000
	}
	return n
}

// statementsPerAct is what generate records of each act, its label included.
const statementsPerAct = 10

func openBench(b *testing.B) *benchStore {
	b.Helper()
	ctx := context.Background()
	x := &benchStore{random: rand.New(rand.NewPCG(1, 2)), path: b.TempDir() + "/bench.db"}
	eng, err := sqlite.Open(ctx, x.path, make([]byte, sqlite.KeySize))
	if err != nil {
		b.Fatal(err)
	}
	if x.db, err = store.Open(ctx, eng, store.Options{Rooms: Rooms()}); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := x.db.Close(); err != nil {
			b.Error(err)
		}
	})
	var keys [2]journal.Key
	for i := range keys {
		seed := make([]byte, 32)
		seed[0] = byte(i + 1)
		if keys[i], err = journal.NewKey(seed); err != nil {
			b.Fatal(err)
		}
	}
	if err := x.db.UseKeys(ctx, keys[0], keys[1]); err != nil {
		b.Fatal(err)
	}
	x.door = access.NewDoor(x.db, time.Now)
	x.s = x.door.Enter(access.Actor{ID: "u:bench", Name: "bench", Roles: policy.Roles()}, nil)
	in := &Installation{DB: x.db, Door: x.door}
	in.Lexicon = &register.Lexicon{}
	if err := in.seed(ctx); err != nil {
		b.Fatal(err)
	}
	x.words = seedWords(b)
	err = x.s.Read(ctx, policy.ReadRecord, func(r *access.Reader) error {
		x.places, err = register.OfKind(ctx, r, record.KindPlace, 100)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	err = x.s.Write(ctx, policy.AddRecord, func(w *access.Writer) error {
		x.source, err = register.NewLabelled(ctx, w, x.words, record.KindSource, "bench source")
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return x
}

var benchActs = []record.TermID{"return", "return.handover", "control.arrest", "control.detention.police", "around.penalty", "leaving.crossing"}

var benchWords = []string{"강제송환", "투먼", "국경", "체포", "遣返", "图们", "family", "border", "police", "village", "lorry", "bridge"}

// act is one act with its statements, as a documenter records them.
func (x *benchStore) act(event record.ID) register.Input {
	r := x.random
	day := int64(edtf.DayOf(1998+int64(r.IntN(8)), 1+r.IntN(12), 1+r.IntN(28)))
	hi := int64(5 + r.IntN(90))
	quote := &record.Quote{Text: fmt.Sprintf("%s %s %s were seen near the %s, as the witness said on that day.", benchWords[r.IntN(12)], benchWords[r.IntN(12)], benchWords[r.IntN(12)], benchWords[r.IntN(12)]), Lang: "en"}
	st := func(p record.PropertyID, v record.Value, words string) record.Statement {
		return record.Statement{Entity: record.Local(1), Property: p, Value: v, Words: words, Quote: quote, Grade: record.Grade(1 + r.IntN(4)), Reliability: "B"}
	}
	in := register.Input{Source: x.source, New: []record.NewEntity{{N: 1, Kind: record.KindAct}}, Statements: []record.Statement{
		st(record.PropLabel, record.Value{Text: benchWords[r.IntN(12)] + " " + benchWords[r.IntN(12)]}, ""),
		st(record.PropActKind, record.Value{Term: benchActs[r.IntN(len(benchActs))]}, ""),
		st(record.PropActDate, record.Value{Date: &record.Date{EDTF: edtf.Day(day).String(), Earliest: day, Latest: day + int64(r.IntN(30)), Resolved: true}}, "early that month"),
		st(record.PropActPlace, record.Value{Ref: x.places[r.IntN(len(x.places))]}, ""),
		st(record.PropActCount, record.Value{Count: &record.Count{Low: hi / 2, High: &hi, Unit: "persons", Rule: "round/1"}}, "about so many people"),
		st(record.PropActReason, record.Value{Text: "no papers " + benchWords[r.IntN(12)]}, ""),
		st(record.PropActMeans, record.Value{Text: "by lorry to the bridge"}, ""),
		st(record.PropActFacility, record.Value{Term: "facility.border"}, ""),
		st(record.PropNote, record.Value{Text: "seen by a neighbour, " + benchWords[r.IntN(12)]}, ""),
	}}
	if event != "" {
		in.Statements = append(in.Statements, st(record.PropActEvent, record.Value{Ref: event}, ""))
	}
	return in
}

// fill records n statements in bulk: an event for every ten acts, a hundred
// entries a transaction.
func (x *benchStore) fill(b *testing.B, n int) {
	b.Helper()
	ctx := context.Background()
	for done := 0; done < n; {
		err := x.s.Write(ctx, policy.AddRecord, func(w *access.Writer) error {
			for range 10 {
				got, err := register.Record(ctx, w, x.words, register.Input{Source: x.source, New: []record.NewEntity{{N: 1, Kind: record.KindEvent}},
					Statements: []record.Statement{{Entity: record.Local(1), Property: record.PropLabel, Value: record.Value{Text: "event " + benchWords[x.random.IntN(12)]}}}})
				if err != nil {
					return err
				}
				done++
				for range 10 {
					if _, err := register.Record(ctx, w, x.words, x.act(got.Entities[0])); err != nil {
						return err
					}
					done += statementsPerAct
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// quantiles reports the median and the 99th percentile of durations.
func quantiles(b *testing.B, d []time.Duration) {
	sort.Slice(d, func(i, j int) bool { return d[i] < d[j] })
	b.ReportMetric(float64(d[len(d)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(d[len(d)*99/100].Microseconds())/1000, "p99-ms")
}

// BenchmarkStore fills a store and then measures, at its end, everything that
// the pages and commands do with it.
//
//	ASYLON_BENCH_STATEMENTS=1000000 go test ./internal/app -run XXX -bench Store -benchtime 1x -timeout 30m
func BenchmarkStore(b *testing.B) {
	ctx := context.Background()
	x := openBench(b)
	n := benchSize()
	x.fill(b, n-n/10)
	b.Run("record", func(b *testing.B) {
		start := time.Now()
		x.fill(b, n/10)
		b.ReportMetric(float64(n/10)/time.Since(start).Seconds(), "statements/s")
	})
	b.Run("interactive", func(b *testing.B) {
		var d []time.Duration
		for range 300 {
			t := time.Now()
			err := x.s.Write(ctx, policy.AddRecord, func(w *access.Writer) error {
				_, err := register.Record(ctx, w, x.words, x.act(""))
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
			d = append(d, time.Since(t))
		}
		quantiles(b, d)
	})
	read := func(name string, times int, fn func(*access.Reader) error) {
		b.Run(name, func(b *testing.B) {
			var d []time.Duration
			for range times {
				t := time.Now()
				if err := x.s.Read(ctx, policy.ReadRecord, fn); err != nil {
					b.Fatal(err)
				}
				d = append(d, time.Since(t))
			}
			quantiles(b, d)
		})
	}
	var events []record.ID
	read("list", 200, func(r *access.Reader) error {
		ids, _, _, err := search.List(ctx, r, search.Filter{Kind: record.KindEvent, Limit: 50, Offset: 50 * x.random.IntN(20)})
		events = append(events, ids...)
		if err != nil {
			return err
		}
		_, err = register.OfMany(ctx, r, ids)
		return err
	})
	read("list-filtered", 200, func(r *access.Reader) error {
		_, _, _, err := search.List(ctx, r, search.Filter{Kind: record.KindAct, Terms: x.words.Below("return"), Between: true,
			From: int64(edtf.DayOf(2001, 6, 1)), To: int64(edtf.DayOf(2001, 8, 31)), Limit: 50})
		return err
	})
	read("event", 300, func(r *access.Reader) error {
		id := events[x.random.IntN(len(events))]
		if _, err := register.Of(ctx, r, id); err != nil {
			return err
		}
		refs, err := register.Referring(ctx, r, id)
		if err != nil {
			return err
		}
		var ids []record.ID
		for _, it := range refs {
			ids = append(ids, it.Entity)
		}
		if _, err := register.OfMany(ctx, r, ids); err != nil {
			return err
		}
		_, err = register.History(ctx, r, id)
		return err
	})
	for _, q := range []string{"투먼", "police border", `"lorry to the bridge"`} {
		read("search/"+q, 100, func(r *access.Reader) error {
			_, err := search.Find(ctx, r, search.Query{Text: q, Limit: 20})
			return err
		})
	}
	b.Run("replay", func(b *testing.B) {
		start := time.Now()
		if err := x.db.Rebuild(ctx); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(n)/time.Since(start).Seconds(), "statements/s")
	})
	if st, err := os.Stat(x.path); err == nil {
		b.Logf("store: %d bytes a statement", st.Size()/int64(n))
	}
}
