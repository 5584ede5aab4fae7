package vault_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"asylon/internal/fault"
	"asylon/internal/record"
	"asylon/internal/vault"
	"asylon/internal/vault/vaulttest"
)

// history is a compartment and a model of it, walked through at random.
type history struct {
	o       *office
	users   []*vault.Unlocked
	rings   []*vault.Keyring
	members map[int]bool
	epoch   int
	kept    map[int][]byte // keys of epochs that dismissed members may have kept
	texts   []*text
}

// text is something that was sealed, and what should be true of it.
type text struct {
	of      record.ID
	plain   string
	sealed  []byte
	by      int  // who sealed it
	deposit bool // who was not a member then
	epoch   int
	erased  bool
}

// TestRandomHistories walks through random admissions, dismissals, deposits
// and erasures, and after each step asks of everything ever sealed who can
// open it.
func TestRandomHistories(t *testing.T) {
	o := newOffice(t)
	users := []*vault.Unlocked{o.ann}
	for i := range 3 {
		users = append(users, o.hire(t, fmt.Sprintf("user%d", i), benWords))
	}
	rapid.Check(t, func(t *rapid.T) {
		h := &history{o: o, users: users, members: map[int]bool{}, epoch: 1, kept: map[int][]byte{}}
		o.keys.Restore(vaulttest.NewMemory())
		for _, u := range users {
			h.rings = append(h.rings, vault.NewKeyring(u))
		}
		first := h.anyone(t)
		must(t, h.rings[0].Found(o.ctx, o.keys, record.Sources, users[first].ID()))
		h.members[first] = true
		t.Repeat(map[string]func(*rapid.T){
			"seal": h.seal, "admit": h.admit, "dismiss": h.dismiss, "erase": h.erase, "": h.check,
		})
		for _, k := range h.rings {
			k.Close()
		}
	})
}

func (h *history) anyone(t *rapid.T) int {
	return rapid.IntRange(0, len(h.users)-1).Draw(t, "user")
}

func (h *history) entity(t *rapid.T) record.ID {
	return rapid.SampledFrom([]record.ID{person, another}).Draw(t, "entity")
}

func (h *history) seal(t *rapid.T) {
	by, x := h.anyone(t), &text{of: h.entity(t), plain: fmt.Sprintf("text %d", len(h.texts)), epoch: h.epoch}
	x.by, x.deposit = by, !h.members[by]
	x.sealed = h.o.seal(t, h.rings[by], record.Sources, x.of, x.plain)
	h.texts = append(h.texts, x)
}

func (h *history) admit(t *rapid.T) {
	by, whom := h.anyone(t), h.anyone(t)
	err := h.rings[by].Admit(h.o.ctx, h.o.keys, record.Sources, h.users[whom].ID())
	if !h.members[by] {
		wantKind(t, err, fault.KindForbidden)
		return
	}
	must(t, err)
	h.members[whom] = true
}

func (h *history) dismiss(t *rapid.T) {
	by, whom := h.anyone(t), h.anyone(t)
	err := h.rings[by].Dismiss(h.o.ctx, h.o.keys, record.Sources, h.users[whom].ID())
	switch {
	case !h.members[by]:
		wantKind(t, err, fault.KindForbidden)
	case !h.members[whom]:
		wantKind(t, err, fault.KindNotFound)
	case len(h.members) == 1:
		wantKind(t, err, fault.KindConflict)
	default:
		must(t, err)
		// The keyring of who dismissed has read all keys up to then.
		for i, key := range vault.EpochKeys(h.rings[by], "sources") {
			h.kept[i+1] = key
		}
		delete(h.members, whom)
		h.epoch++
	}
}

func (h *history) erase(t *rapid.T) {
	of := h.entity(t)
	_, err := h.o.keys.DeleteRecordKeys(h.o.ctx, of, record.Sources)
	must(t, err)
	for _, x := range h.texts {
		x.erased = x.erased || x.of == of
	}
}

// check compares what opens with what should.
func (h *history) check(t *rapid.T) {
	type holder struct {
		user int
		of   record.ID
	}
	openers, refusals := map[holder]*vault.RecordKeys{}, map[holder]error{}
	for i, k := range h.rings {
		for _, of := range []record.ID{person, another} {
			openers[holder{i, of}], refusals[holder{i, of}] = k.Opener(h.o.ctx, h.o.keys, record.Sources, of)
		}
	}
	for _, x := range h.texts {
		for i := range h.rings {
			var got []byte
			err := refusals[holder{i, x.of}]
			if err == nil {
				got, err = openers[holder{i, x.of}].Open(ad, x.sealed)
			}
			switch own := x.deposit && x.by == i && x.epoch == h.epoch; {
			case h.members[i] && x.erased:
				wantKind(t, err, fault.KindNotFound)
			case h.members[i], own && !x.erased:
				if err != nil || string(got) != x.plain {
					t.Fatalf("user %d opens %q as %q, %v", i, x.plain, got, err)
				}
			default:
				wantKind(t, err, fault.KindForbidden)
			}
		}
	}
	// Keys of former epochs open nothing of later ones.
	for _, of := range []record.ID{person, another} {
		rows, err := h.o.keys.RecordKeys(h.o.ctx, of, record.Sources)
		must(t, err)
		for _, r := range rows {
			for n, key := range h.kept {
				if n != r.Epoch && vault.OpensUnder(key, r) {
					t.Fatalf("the key of epoch %d opens a record key of epoch %d", n, r.Epoch)
				}
			}
		}
	}
}
