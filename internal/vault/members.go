package vault

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"asylon/internal/fault"
	"asylon/internal/record"
)

// Standing is how a compartment stands to a user.
type Standing struct {
	Compartment record.Compartment
	Epoch       int
	Members     []UserID // sorted
	Member      bool     // the user is one of them
	Confirmed   bool     // false: it has to be tended before anything is sealed in it
	Gone        []UserID // members no longer in the key file: a member should tend it
	Problem     error    // a fault.Corrupt: the rest is then not known
}

// Compartments lists the compartments of the store and how they stand, sorted.
// One that is damaged is listed with its Problem and does not hide the others.
func (k *Keyring) Compartments(ctx context.Context, keys KeyStore) ([]Standing, error) {
	if err := k.enter(); err != nil {
		return nil, err
	}
	defer k.life.RUnlock()
	names, err := keys.Compartments(ctx)
	if err != nil {
		return nil, fmt.Errorf("list compartments: %w", err)
	}
	var out []Standing
	for _, c := range names {
		h, err := k.hold(ctx, keys, c)
		switch {
		case fault.Is(err, fault.KindCorrupt):
			out = append(out, Standing{Compartment: c, Problem: err})
		case err != nil:
			return nil, err
		default:
			out = append(out, h.standing())
		}
	}
	return out, nil
}

// Member tells whether the user was a member of c when the keyring last read
// the compartment: by Compartments or Tend at sign-in, or in its last use.
func (k *Keyring) Member(c record.Compartment) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	h := k.held[c]
	return h != nil && h.member
}

func (h *holding) standing() Standing {
	s := Standing{Compartment: h.c, Epoch: h.number(), Members: slices.Clone(h.newest.body.Members), Member: h.member, Confirmed: h.confirmed}
	for _, m := range s.Members {
		if h.state.doc.parsed.user(m) == nil {
			s.Gone = append(s.Gone, m)
		}
	}
	return s
}

// Found makes a compartment with its first members. The founder need not be
// one of them, and then cannot read it. It returns fault.Conflict where the
// compartment exists.
func (k *Keyring) Found(ctx context.Context, keys KeyStore, c record.Compartment, members ...UserID) error {
	if err := k.enter(); err != nil {
		return err
	}
	defer k.life.RUnlock()
	if err := CheckCompartment(c); err != nil {
		return err
	}
	st, _, err := k.user.view()
	if err != nil {
		return err
	}
	if st.doc.parsed.Floors[string(c)] > 0 {
		return fault.Conflict("compartment %s existed already; if it is missing now, restore the key tables from a backup", c)
	}
	return k.begin(ctx, keys, c, 1, members, nil)
}

// begin writes a new epoch and its wraps.
func (k *Keyring) begin(ctx context.Context, keys KeyStore, c record.Compartment, n int, members []UserID, previous []byte) error {
	members = slices.Clone(members)
	slices.Sort(members)
	members = slices.Compact(members)
	if len(members) == 0 {
		return fault.Conflict("nobody would be left to open compartment %s; name another member first", c)
	}
	e, key, err := newEpoch(c, n, members, previous)
	if err != nil {
		return err
	}
	defer clear(key)
	wraps, err := k.wraps(c, n, key, members)
	if err != nil {
		return err
	}
	if err := e.confirm(k.user); err != nil {
		return err
	}
	row, err := e.row()
	if err != nil {
		return err
	}
	if err := keys.AddEpoch(ctx, row); errors.Is(err, ErrRowExists) {
		return fault.Conflict("compartment %s has an epoch %d already; somebody else was quicker", c, n)
	} else if err != nil {
		return fmt.Errorf("add epoch %d of %s: %w", n, c, err)
	}
	return putWraps(ctx, keys, wraps)
}

// wraps encrypts the key of an epoch to users, whose recipients it takes from
// the verified key file. It is called before anything is written.
func (k *Keyring) wraps(c record.Compartment, n int, key []byte, users []UserID) ([]WrapRow, error) {
	st, _, err := k.user.view()
	if err != nil {
		return nil, err
	}
	var out []WrapRow
	for _, id := range users {
		user := st.doc.parsed.user(id)
		if user == nil {
			return nil, fault.NotFound("there is no user %.16s in the key file", string(id))
		}
		w, err := wrapTo(user.Recipient, key)
		if err != nil {
			return nil, fmt.Errorf("wrap %s to user %s: %w", c, id, err)
		}
		out = append(out, WrapRow{Compartment: c, Epoch: n, User: id, Wrap: w})
	}
	return out, nil
}

func putWraps(ctx context.Context, keys KeyStore, wraps []WrapRow) error {
	for _, w := range wraps {
		if err := keys.PutWrap(ctx, w); err != nil {
			return fmt.Errorf("put wrap of %s: %w", w.Compartment, err)
		}
	}
	return nil
}

// asMember is hold for what only members can do.
func (k *Keyring) asMember(ctx context.Context, keys KeyStore, c record.Compartment) (*holding, error) {
	h, err := k.hold(ctx, keys, c)
	if err != nil {
		return nil, err
	}
	if !h.member {
		return nil, fault.Forbidden("only a member of compartment %s can change who is in it", c)
	}
	return h, nil
}

// Admit makes users members of a compartment: they can read all of it, from
// its first epoch on. Only a member can admit. Admitting a member again gives
// them a new wrap where theirs was lost.
func (k *Keyring) Admit(ctx context.Context, keys KeyStore, c record.Compartment, users ...UserID) error {
	if err := k.enter(); err != nil {
		return err
	}
	defer k.life.RUnlock()
	h, err := k.asMember(ctx, keys, c)
	if err != nil {
		return err
	}
	e := &epoch{body: h.newest.body}
	e.body.Members = slices.Clone(e.body.Members)
	for _, id := range users {
		if !slices.Contains(e.body.Members, id) {
			e.body.Members = append(e.body.Members, id)
		}
	}
	if len(e.body.Members) > maxMembers {
		return fault.Invalid("a compartment has at most %d members", maxMembers)
	}
	key := h.keys[h.number()-1]
	if err := e.prove(key); err != nil {
		return err
	}
	if err := e.confirm(k.user); err != nil {
		return err
	}
	wraps, err := k.wraps(c, h.number(), key, users)
	if err != nil {
		return err
	}
	if err := k.replace(ctx, keys, e); err != nil {
		return err
	}
	return putWraps(ctx, keys, wraps)
}

func (k *Keyring) replace(ctx context.Context, keys KeyStore, e *epoch) error {
	row, err := e.row()
	if err != nil {
		return err
	}
	if err := keys.ReplaceEpoch(ctx, row); err != nil {
		return fmt.Errorf("replace epoch %d of %s: %w", e.body.Number, e.body.Compartment, err)
	}
	return nil
}

// Dismiss ends the membership of users and begins a new epoch without them.
// What they could read they may have kept; what is sealed from now on they
// cannot open. Only a member can dismiss, also themselves, but not the last.
func (k *Keyring) Dismiss(ctx context.Context, keys KeyStore, c record.Compartment, users ...UserID) error {
	if err := k.enter(); err != nil {
		return err
	}
	defer k.life.RUnlock()
	h, err := k.asMember(ctx, keys, c)
	if err != nil {
		return err
	}
	for _, id := range users {
		if !slices.Contains(h.newest.body.Members, id) {
			return fault.NotFound("user %.16s is not a member of compartment %s", string(id), c)
		}
	}
	return k.renew(ctx, keys, h, users)
}

// Renew begins a new epoch with the same members, as after a suspicion.
func (k *Keyring) Renew(ctx context.Context, keys KeyStore, c record.Compartment) error {
	return k.Dismiss(ctx, keys, c)
}

// renew begins the next epoch without some users and without those who are no
// longer in the key file.
func (k *Keyring) renew(ctx context.Context, keys KeyStore, h *holding, without []UserID) error {
	var stay []UserID
	for _, id := range h.newest.body.Members {
		if !slices.Contains(without, id) && h.state.doc.parsed.user(id) != nil {
			stay = append(stay, id)
		}
	}
	if err := k.begin(ctx, keys, h.c, h.number()+1, stay, h.keys[h.number()-1]); err != nil {
		return err
	}
	for _, id := range h.newest.body.Members {
		if slices.Contains(stay, id) {
			continue
		}
		if err := keys.DeleteWraps(ctx, h.c, id); err != nil {
			return fmt.Errorf("delete wraps of %s: %w", h.c, err)
		}
	}
	return nil
}
