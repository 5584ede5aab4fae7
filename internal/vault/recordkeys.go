package vault

import (
	"context"
	"errors"
	"fmt"

	"asylon/internal/fault"
	"asylon/internal/record"
)

// Sealer returns the key to seal parts about one entity with, in the newest
// epoch of a compartment, and makes it where there is none. A member shares
// one key of an entity with the other members. Somebody who is not a member
// gets one of their own, deposited for the members: they can seal, and read
// back what they sealed until they sign out, and nothing else.
//
// It returns fault.NotFound for an unknown compartment, and fault.Unavailable
// for one that has to be confirmed first (Tend) because a user was removed.
func (k *Keyring) Sealer(ctx context.Context, keys KeyStore, c record.Compartment, of record.ID) (*RecordKey, error) {
	if err := k.enter(); err != nil {
		return nil, err
	}
	defer k.life.RUnlock()
	if of == "" || of.IsLocal() {
		return nil, fault.Invalid("%q is not the full id of an entity; nothing can be sealed under it", of)
	}
	h, err := k.hold(ctx, keys, c)
	if err != nil {
		return nil, err
	}
	if !h.confirmed {
		return nil, fault.Unavailable("compartment %s has to be confirmed after a user was removed; sign in again to do so", c)
	}
	wrapping, deposit := []byte(nil), DepositID{}
	if h.member {
		wrapping = h.memberKey(h.number())
	} else if wrapping, deposit, err = k.deposit(ctx, keys, h); err != nil {
		return nil, err
	}
	defer clear(wrapping)
	return sealerUnder(ctx, keys, wrapping, SealedKey{Entity: of, Compartment: c, Epoch: h.number(), Deposit: deposit})
}

// sealerUnder finds the record key that is under this wrapping key, or adds
// one. What others deposited is never sealed with: they know the key.
func sealerUnder(ctx context.Context, keys KeyStore, wrapping []byte, like SealedKey) (*RecordKey, error) {
	rows, err := keys.RecordKeys(ctx, like.Entity, like.Compartment)
	if err != nil {
		return nil, fmt.Errorf("read record keys: %w", err)
	}
	for _, r := range rows {
		if r.Epoch != like.Epoch || r.Deposit != like.Deposit {
			continue
		}
		if key, err := openRecordKey(wrapping, r); err == nil {
			return key, nil
		}
	}
	key, row := newRecordKey(wrapping, like.Entity, like.Compartment, like.Epoch, like.Deposit)
	if err := keys.AddRecordKey(ctx, row); err != nil {
		return nil, fmt.Errorf("add record key: %w", err)
	}
	return key, nil
}

// deposit returns the deposit key of this sign-in for a compartment and sees
// to it that members will find it. It is derived, not remembered: it outlives
// the request in the user's box, and nothing outlives the sign-in.
func (k *Keyring) deposit(ctx context.Context, keys KeyStore, h *holding) ([]byte, DepositID, error) {
	key, id, err := k.depositOf(h)
	if err != nil {
		return nil, id, err
	}
	_, err = keys.Deposit(ctx, id)
	if err == nil {
		return key, id, nil
	}
	if !errors.Is(err, ErrNoRow) {
		return nil, id, fmt.Errorf("read deposit: %w", err)
	}
	wrap, err := wrapTo(h.newest.body.Recipient, key)
	if err != nil {
		return nil, id, fmt.Errorf("deposit into %s: %w", h.c, err)
	}
	err = keys.AddDeposit(ctx, DepositRow{ID: id, Compartment: h.c, Epoch: h.number(), Wrap: wrap})
	if err != nil && !errors.Is(err, ErrRowExists) {
		return nil, id, fmt.Errorf("add deposit: %w", err)
	}
	return key, id, nil
}

func (k *Keyring) depositOf(h *holding) ([]byte, DepositID, error) {
	n := itoa(h.number())
	id, err := k.user.deriveSession(label("asylon/deposit/1 id", string(h.c), n))
	if err != nil {
		return nil, DepositID{}, err
	}
	key, err := k.user.deriveSession(label("asylon/deposit/1 key", string(h.c), n))
	return key, DepositID(id[:len(DepositID{})]), err
}

// RecordKeys is a set of opened record keys. It satisfies journal.Opener and
// is safe for concurrent use.
type RecordKeys struct {
	keys   map[KeyID]*RecordKey
	closed map[KeyID]error // keys that are there and do not open
	absent error           // for keys that are not there
}

// Len is the number of keys that are open.
func (s *RecordKeys) Len() int { return len(s.keys) }

// Open opens a sealed part with the key it names. It returns fault.NotFound
// where a member misses the key (it was erased, or never here),
// fault.Forbidden where the user is not a member, fault.Corrupt where key or
// part are damaged.
func (s *RecordKeys) Open(ad, sealed []byte) ([]byte, error) {
	id, err := SealedKeyID(sealed)
	if err != nil {
		return nil, err
	}
	if key := s.keys[id]; key != nil {
		return key.Open(ad, sealed)
	}
	if err := s.closed[id]; err != nil {
		return nil, err
	}
	return nil, s.absent
}

// Opener returns the keys to open the parts about one entity in a compartment.
// For somebody who is not a member that is only what they deposited since they
// signed in; where that is nothing, it returns fault.Forbidden, whether or not
// there is anything to read. It returns fault.NotFound for an unknown
// compartment.
func (k *Keyring) Opener(ctx context.Context, keys KeyStore, c record.Compartment, of record.ID) (*RecordKeys, error) {
	rows, err := keys.RecordKeys(ctx, of, c)
	if err != nil {
		return nil, fmt.Errorf("read record keys: %w", err)
	}
	return k.OpenRows(ctx, keys, c, rows)
}

// OpenRows is Opener for rows of one compartment that a room has read itself,
// of many entities at once.
func (k *Keyring) OpenRows(ctx context.Context, keys KeyStore, c record.Compartment, rows []SealedKey) (*RecordKeys, error) {
	if err := k.enter(); err != nil {
		return nil, err
	}
	defer k.life.RUnlock()
	h, err := k.hold(ctx, keys, c)
	if err != nil {
		return nil, err
	}
	s := &RecordKeys{keys: map[KeyID]*RecordKey{}, closed: map[KeyID]error{}}
	if h.member {
		s.absent = fault.NotFound("the key is not there: what it opened was erased, or belongs to another installation")
		return s, s.openAsMember(ctx, keys, h, rows)
	}
	s.absent = fault.Forbidden("this is sealed in compartment %s, and you are not a member of it", c)
	key, id, err := k.depositOf(h)
	if err != nil {
		return nil, err
	}
	defer clear(key)
	for _, r := range rows {
		if r.Deposit != id {
			continue
		}
		if opened, err := openRecordKey(key, r); err == nil {
			s.keys[r.ID] = opened
		}
	}
	if len(s.keys) == 0 {
		return nil, s.absent
	}
	return s, nil
}

// openAsMember opens every row that opens. One that does not is an error only
// to who asks for it: a stray row must not bar the others.
func (s *RecordKeys) openAsMember(ctx context.Context, keys KeyStore, h *holding, rows []SealedKey) error {
	damaged := fault.Corrupt("a record key of compartment %s is damaged; restore the key tables from a backup", h.c)
	for _, r := range rows {
		if r.Compartment != h.c || r.Epoch < 1 || r.Epoch > h.number() {
			s.closed[r.ID] = damaged
			continue
		}
		var wrapping []byte
		var err error
		if r.Deposit == (DepositID{}) {
			wrapping = h.memberKey(r.Epoch)
		} else if wrapping, err = h.depositKey(ctx, keys, r.Deposit, r.Epoch); err != nil && !errors.Is(err, errOpen) {
			return err
		}
		if err == nil {
			s.keys[r.ID], err = openRecordKey(wrapping, r)
		}
		if err != nil {
			delete(s.keys, r.ID)
			s.closed[r.ID] = damaged
		}
	}
	return nil
}
