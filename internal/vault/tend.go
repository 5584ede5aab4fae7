package vault

import (
	"context"
	"fmt"

	"asylon/internal/fault"
	"asylon/internal/record"
)

// Tended is one thing that Tend did, for the audit journal.
type Tended struct {
	Compartment record.Compartment
	Epoch       int      // the newest, afterwards
	Renewed     bool     // a new epoch was begun; false: the old one was confirmed
	Dismissed   []UserID // users no longer in the key file
}

// Tend sets compartments right after users were removed from the key file: it
// confirms each under the newest authority key, and begins a new epoch of
// those of which both the user and somebody who is gone are members. It is to
// be run in a transaction at every sign-in and after RemoveUser; where nothing
// is to be done it writes nothing. A damaged compartment is left as it is and
// does not keep the others from being tended; Compartments shows it.
func (k *Keyring) Tend(ctx context.Context, keys KeyStore) ([]Tended, error) {
	if err := k.enter(); err != nil {
		return nil, err
	}
	defer k.life.RUnlock()
	names, err := keys.Compartments(ctx)
	if err != nil {
		return nil, fmt.Errorf("list compartments: %w", err)
	}
	var out []Tended
	for _, c := range names {
		h, err := k.hold(ctx, keys, c)
		if fault.Is(err, fault.KindCorrupt) {
			continue
		}
		if err != nil {
			return nil, err
		}
		done, err := k.tend(ctx, keys, h)
		if err != nil {
			return nil, err
		}
		if done != nil {
			out = append(out, *done)
		}
	}
	return out, nil
}

// tend does for one compartment what is to be done; nil for nothing.
func (k *Keyring) tend(ctx context.Context, keys KeyStore, h *holding) (*Tended, error) {
	s := h.standing()
	if h.member && len(s.Gone) > 0 {
		done := &Tended{Compartment: h.c, Epoch: s.Epoch + 1, Renewed: true, Dismissed: s.Gone}
		return done, k.renew(ctx, keys, h, nil)
	}
	if h.confirmed {
		return nil, nil
	}
	e := *h.newest
	if err := e.confirm(k.user); err != nil {
		return nil, err
	}
	return &Tended{Compartment: h.c, Epoch: s.Epoch}, k.replace(ctx, keys, &e)
}

// Settle notes in the key file the newest epoch of every compartment, so that
// an older state of the key tables, put back by somebody, is noticed. It is to
// be called after the transaction that began an epoch has been committed, and
// never inside one: a note of an epoch that was rolled back would bar the
// compartment.
func (k *Keyring) Settle(ctx context.Context, keys KeyStore) error {
	standings, err := k.Compartments(ctx, keys)
	if err != nil {
		return err
	}
	seen := map[string]int{}
	for _, s := range standings {
		if s.Problem != nil || !s.Confirmed {
			continue // only what is certain is noted
		}
		seen[string(s.Compartment)] = s.Epoch
	}
	return k.user.raiseFloors(seen)
}
