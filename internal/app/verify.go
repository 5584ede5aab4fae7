package app

import (
	"context"
	"crypto/rand"
	"fmt"
	"sort"

	"asylon/internal/access"
	"asylon/internal/cli"
	"asylon/internal/intake"
	"asylon/internal/policy"
	"asylon/internal/store"
	"asylon/internal/store/sqlite"
)

// Verify checks that everything is as it was written: every header, part,
// tree hash and signature of the journals; every original that can be opened
// without opening a compartment, against its hash; and every projection, by
// replaying the journal into an empty store and comparing. It needs no
// compartment key.
func (a *App) Verify(ctx context.Context, say, found func(string)) (cli.Checked, error) {
	var out cli.Checked
	in, err := a.Installation()
	if err != nil {
		return out, err
	}
	say("checking the journals")
	entries, parts, err := in.DB.VerifyJournals(ctx, found)
	if err != nil {
		return out, err
	}
	out.Entries, out.Parts = entries, parts
	say("checking the originals")
	if out.Originals, err = in.verifyOriginals(ctx, found); err != nil {
		return out, err
	}
	say("replaying the journals and comparing the tables")
	out.Tables, out.Statements, err = in.verifyTables(ctx, found)
	return out, err
}

// verifyOriginals reads every general original, and compares the encrypted
// file of every sealed one with the hash in its entry.
func (in *Installation) verifyOriginals(ctx context.Context, found func(string)) (int64, error) {
	n := int64(0)
	err := in.system().Read(ctx, policy.ReadRecord, func(r *access.Reader) error {
		ids, err := intake.General(ctx, r)
		if err != nil {
			return err
		}
		for _, id := range ids {
			h, err := intake.Get(ctx, r, id)
			if err != nil {
				found(fmt.Sprintf("document %s cannot be read: %s", id, err))
				continue
			}
			n++
			if err := in.Intake.VerifyOriginal(ctx, h); err != nil {
				found(fmt.Sprintf("the original of document %s: %s", id, err))
			}
		}
		sealed, err := in.Intake.VerifySealed(ctx, r, found)
		n += sealed
		return err
	})
	return n, err
}

// verifyTables replays the journals into a store in memory and compares.
func (in *Installation) verifyTables(ctx context.Context, found func(string)) (int, int64, error) {
	eng, err := sqlite.OpenMemory(ctx, "verify-"+rand.Text())
	if err != nil {
		return 0, 0, err
	}
	scratch, err := store.Open(ctx, eng, store.Options{Rooms: Rooms()})
	if err != nil {
		return 0, 0, err
	}
	defer scratch.Close()
	if err := scratch.ReplayFrom(ctx, in.DB); err != nil {
		found(fmt.Sprintf("the journal cannot be replayed: %s", err))
		return 0, 0, nil
	}
	have, err := in.DB.Digest(ctx)
	if err != nil {
		return 0, 0, err
	}
	want, err := scratch.Digest(ctx)
	if err != nil {
		return 0, 0, err
	}
	names := make([]string, 0, len(want))
	for name := range want {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		if have[name] == want[name] {
			continue
		}
		found(fmt.Sprintf("table %s differs from a replay of the journal: %d rows, and the journal gives %d", name, have[name].Rows, want[name].Rows))
		diffs, err := store.Differences(ctx, in.DB, scratch, name, maxDifferences)
		if err != nil {
			return 0, 0, err
		}
		for _, d := range diffs {
			found("  " + d)
		}
	}
	return len(want), want["statements"].Rows, nil
}

// maxDifferences is how many differing rows of a table are named.
const maxDifferences = 20
