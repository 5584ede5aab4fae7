package vault

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"sync"

	"filippo.io/age"

	"asylon/internal/fault"
	"asylon/internal/record"
)

// Keyring is what one unlocked user can seal and open. Its methods take the
// KeyStore of the transaction they belong to; nothing that a transaction wrote
// is remembered as if it were certain, so one that is rolled back leaves no
// trace here. A Keyring is safe for concurrent use and must be closed; it does
// not close its user.
type Keyring struct {
	user *Unlocked

	life   sync.RWMutex // held for reading by every call, for writing by Close
	closed bool

	mu   sync.Mutex // guards held
	held map[record.Compartment]*holding
}

// NewKeyring makes the keyring of u.
func NewKeyring(u *Unlocked) *Keyring {
	return &Keyring{user: u, held: map[record.Compartment]*holding{}}
}

// Close waits for calls under way and forgets the compartment keys.
func (k *Keyring) Close() {
	k.life.Lock()
	defer k.life.Unlock()
	for _, h := range k.held {
		h.zero()
	}
	k.held, k.closed = nil, true
}

// enter begins a call; every method leaves again with k.life.RUnlock.
func (k *Keyring) enter() error {
	k.life.RLock()
	if k.closed {
		k.life.RUnlock()
		return ErrLocked
	}
	return nil
}

// holding is what a user has of one compartment: everything for a member,
// only the newest epoch's recipient for the others.
type holding struct {
	c         record.Compartment
	state     *keyState         // of the key file when it was checked
	digest    [sha256.Size]byte // of the rows it was made from
	newest    *epoch
	confirmed bool     // tagged under the newest authority key
	member    bool     // of the newest epoch
	epochs    []*epoch // all of them; nil but for a member
	keys      [][]byte // of epoch i+1 at i; nil but for a member

	mu       sync.Mutex // guards what follows
	pairs    map[int]*age.HybridIdentity
	deposits map[DepositID][]byte
}

func (h *holding) zero() {
	for _, key := range h.keys {
		clear(key)
	}
	for _, key := range h.deposits {
		clear(key)
	}
}

// hold reads and checks a compartment. The result is remembered for as long as
// neither the rows nor the key file change.
func (k *Keyring) hold(ctx context.Context, keys KeyStore, c record.Compartment) (*holding, error) {
	if err := CheckCompartment(c); err != nil {
		return nil, err
	}
	st, identity, err := k.user.view()
	if err != nil {
		return nil, err
	}
	rows, err := keys.Epochs(ctx, c)
	if err != nil {
		return nil, fmt.Errorf("read epochs of %s: %w", c, err)
	}
	digest := digestRows(rows)
	k.mu.Lock()
	h := k.held[c]
	k.mu.Unlock()
	if h != nil && h.state == st && h.digest == digest {
		return h, nil
	}
	if len(rows) < st.doc.parsed.Floors[string(c)] {
		return nil, fault.Corrupt("compartment %s lacks epochs that were there before; restore the key tables from a backup", c)
	}
	if len(rows) == 0 {
		return nil, fault.NotFound("there is no compartment %s", c)
	}
	h = &holding{c: c, state: st, digest: digest, pairs: map[int]*age.HybridIdentity{}, deposits: map[DepositID][]byte{}}
	if err := h.check(ctx, keys, k.user, identity, rows); err != nil {
		return nil, err
	}
	k.mu.Lock()
	k.held[c] = h
	k.mu.Unlock()
	return h, nil
}

func digestRows(rows []EpochRow) (d [sha256.Size]byte) {
	h := sha256.New()
	for _, r := range rows {
		h.Write(label("asylon/rows", string(r.Compartment), itoa(r.Number), string(r.Record)))
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// check applies the three checks of an epoch and opens what the user may open.
func (h *holding) check(ctx context.Context, keys KeyStore, u *Unlocked, identity *age.HybridIdentity, rows []EpochRow) error {
	damaged := func(what string) error {
		return fault.Corrupt("compartment %s: %s; restore the key tables from a backup", h.c, what)
	}
	epochs := make([]*epoch, len(rows))
	for i, r := range rows {
		e, err := parseEpoch(r)
		if err != nil || r.Number != i+1 {
			return damaged(fmt.Sprintf("epoch %d is damaged or missing", i+1))
		}
		epochs[i] = e
	}
	h.newest = epochs[len(epochs)-1]
	ours, err := h.newest.confirmed(u)
	if err != nil {
		return err
	}
	if !ours {
		return damaged("its newest epoch was not made by a user of this installation")
	}
	h.confirmed = h.newest.authority == h.state.doc.parsed.Authority.Epoch
	if h.member = slices.Contains(h.newest.body.Members, u.id); !h.member {
		return nil
	}
	wrap, err := keys.Wrap(ctx, h.c, len(epochs), u.id)
	if errors.Is(err, ErrNoRow) {
		return damaged("the key of a member is missing")
	}
	if err != nil {
		return fmt.Errorf("read wrap of %s: %w", h.c, err)
	}
	key, err := unwrapKey(identity, wrap)
	if err != nil {
		return damaged("the key of a member does not open")
	}
	h.epochs = epochs
	if h.keys, err = openChain(epochs, key); err != nil {
		return damaged(err.Error())
	}
	return nil
}

// openChain follows the chain from the newest key to the first.
func openChain(epochs []*epoch, key []byte) ([][]byte, error) {
	out := make([][]byte, len(epochs))
	for i := len(epochs) - 1; ; i-- {
		e := epochs[i]
		if !e.proven(key) {
			return nil, fmt.Errorf("epoch %d was not written by a member", i+1)
		}
		out[i] = key
		if i == 0 {
			return out, nil
		}
		var err error
		if key, err = openUnder(key, "previous", e.body.Compartment, e.body.Number, e.body.Previous); err != nil {
			return nil, fmt.Errorf("epoch %d was not begun by a member of the one before", i+1)
		}
	}
}

// number is the number of the newest epoch.
func (h *holding) number() int { return h.newest.body.Number }

// memberKey derives the key under which members keep record keys of an epoch.
func (h *holding) memberKey(epoch int) []byte {
	return subkey(h.keys[epoch-1], label("asylon/record-key/1 member"))
}

// depositKey opens a deposit key with the key pair of its epoch.
func (h *holding) depositKey(ctx context.Context, keys KeyStore, id DepositID, epoch int) ([]byte, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if key, ok := h.deposits[id]; ok {
		return key, nil
	}
	row, err := keys.Deposit(ctx, id)
	if errors.Is(err, ErrNoRow) || (err == nil && (row.Compartment != h.c || row.Epoch != epoch)) {
		return nil, errOpen
	}
	if err != nil {
		return nil, fmt.Errorf("read deposit: %w", err)
	}
	pair := h.pairs[epoch]
	if pair == nil {
		text, err := openUnder(h.keys[epoch-1], "identity", h.c, epoch, h.epochs[epoch-1].body.Identity)
		if err != nil {
			return nil, errOpen
		}
		if pair, err = age.ParseHybridIdentity(string(text)); err != nil {
			return nil, errOpen
		}
		h.pairs[epoch] = pair
	}
	key, err := unwrapKey(pair, row.Wrap)
	if err != nil {
		return nil, err
	}
	h.deposits[id] = key
	return key, nil
}
