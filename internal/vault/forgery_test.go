package vault_test

import (
	"bytes"
	"slices"
	"testing"

	"asylon/internal/fault"
	"asylon/internal/record"
	"asylon/internal/vault"
)

// Somebody who can write to the key tables tries to have new things sealed
// under a key of theirs.
func TestForgedEpochs(t *testing.T) {
	c := record.Identities
	for _, f := range []struct {
		name string
		// forge changes the tables; clo is a user who is not a member.
		forge func(t *testing.T, o *office, clo *vault.Unlocked, rows []vault.EpochRow)
		// deposits tells that depositors, who have only the tag to go by,
		// are deceived by a colleague of theirs. Members never are.
		deposits bool
	}{
		{"a next epoch, by a stranger", func(t *testing.T, o *office, clo *vault.Unlocked, rows []vault.EpochRow) {
			addForged(t, o, nil, 3)
		}, false},
		{"a next epoch, by a colleague", func(t *testing.T, o *office, clo *vault.Unlocked, rows []vault.EpochRow) {
			addForged(t, o, clo, 3)
		}, true},
		{"the newest epoch is replaced, by a stranger", func(t *testing.T, o *office, clo *vault.Unlocked, rows []vault.EpochRow) {
			row, key := vault.ForgeEpoch(nil, rows[1], o.file.Users(), bytes.Repeat([]byte{1}, vault.KeySize))
			must(t, o.keys.ReplaceEpoch(o.ctx, row))
			giveAll(t, o, 2, key)
		}, false},
		{"a member is added without the key", func(t *testing.T, o *office, clo *vault.Unlocked, rows []vault.EpochRow) {
			must(t, o.keys.ReplaceEpoch(o.ctx, vault.EditMembers(clo, rows[1], clo.ID())))
		}, false},
		{"the newest epoch is taken away", func(t *testing.T, o *office, clo *vault.Unlocked, rows []vault.EpochRow) {
			o.keys.DropEpoch(c, 2)
		}, false},
		{"an epoch is missing", func(t *testing.T, o *office, clo *vault.Unlocked, rows []vault.EpochRow) {
			o.keys.DropEpoch(c, 1)
		}, false},
		{"a bit of the record is turned", func(t *testing.T, o *office, clo *vault.Unlocked, rows []vault.EpochRow) {
			rows[1].Record[len(rows[1].Record)/2] ^= 1
			must(t, o.keys.ReplaceEpoch(o.ctx, rows[1]))
		}, false},
		{"another compartment's epoch", func(t *testing.T, o *office, clo *vault.Unlocked, rows []vault.EpochRow) {
			sources, err := o.keys.Epochs(o.ctx, record.Sources)
			must(t, err)
			must(t, o.keys.ReplaceEpoch(o.ctx, vault.EpochRow{Compartment: c, Number: 2, Record: sources[1].Record}))
		}, false},
	} {
		t.Run(f.name, func(t *testing.T) {
			o, ann, _, clo, users := staffed(t)
			must(t, ann.Found(o.ctx, o.keys, record.Sources, users[0].ID()))
			must(t, ann.Renew(o.ctx, o.keys, record.Sources))
			must(t, ann.Renew(o.ctx, o.keys, c))
			must(t, ann.Settle(o.ctx, o.keys))
			rows, err := o.keys.Epochs(o.ctx, c)
			must(t, err)
			f.forge(t, o, users[2], rows)

			_, err = ann.Sealer(o.ctx, o.keys, c, person)
			wantKind(t, err, fault.KindCorrupt)
			if _, err = clo.Sealer(o.ctx, o.keys, c, person); f.deposits != (err == nil) {
				t.Errorf("a depositor: %v", err)
			}
			// The damage shows, and does not keep the other compartment away.
			list, err := ann.Compartments(o.ctx, o.keys)
			must(t, err)
			if len(list) != 2 || !fault.Is(list[0].Problem, fault.KindCorrupt) || list[1].Problem != nil {
				t.Errorf("standing is %+v", list)
			}
			if done, err := ann.Tend(o.ctx, o.keys); err != nil || done != nil {
				t.Errorf("tended %+v, %v", done, err)
			}
			must(t, ann.Settle(o.ctx, o.keys))
			o.seal(t, ann, record.Sources, person, "still works")
		})
	}
}

// addForged adds an epoch of the attacker's, wrapped to everybody.
func addForged(t *testing.T, o *office, as *vault.Unlocked, n int) {
	t.Helper()
	like := vault.EpochRow{Compartment: record.Identities, Number: n}
	row, key := vault.ForgeEpoch(as, like, slices.Clone(o.file.Users()[:2]), bytes.Repeat([]byte{1}, vault.KeySize))
	must(t, o.keys.AddEpoch(o.ctx, row))
	giveAll(t, o, n, key)
}

// giveAll wraps a key to every user, as anybody can.
func giveAll(t *testing.T, o *office, n int, key []byte) {
	t.Helper()
	vault.ForgeKeyFile(o.raw(t), func(b *vault.KeyBody) {
		for _, u := range b.Users {
			must(t, o.keys.PutWrap(o.ctx, vault.WrapRow{Compartment: record.Identities, Epoch: n, User: u.ID, Wrap: vault.WrapTo(u.Recipient, key)}))
		}
	}, key)
}
