package vaulttest

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	"asylon/internal/record"
	"asylon/internal/vault"
)

// Memory is a vault.KeyStore in memory, safe for concurrent use. Its rows can
// be copied and put back, as somebody with the disk could.
type Memory struct {
	mu   sync.Mutex // guards rows
	rows rows
}

type epochKey struct {
	c record.Compartment
	n int
}

type wrapKey struct {
	epochKey
	u vault.UserID
}

type rows struct {
	epochs   map[epochKey][]byte
	wraps    map[wrapKey][]byte
	deposits map[vault.DepositID]vault.DepositRow
	keys     map[vault.KeyID]vault.SealedKey
}

// NewMemory makes an empty key store.
func NewMemory() *Memory {
	return &Memory{rows: rows{epochs: map[epochKey][]byte{}, wraps: map[wrapKey][]byte{},
		deposits: map[vault.DepositID]vault.DepositRow{}, keys: map[vault.KeyID]vault.SealedKey{}}}
}

// Copy returns an independent copy of the store as it is now.
func (m *Memory) Copy() *Memory {
	m.mu.Lock()
	defer m.mu.Unlock()
	return &Memory{rows: m.rows.copy()}
}

// Restore puts back the rows of a copy.
func (m *Memory) Restore(from *Memory) {
	copied := from.Copy()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rows = copied.rows
}

// DropEpoch takes an epoch out, as no caller of the interface can.
func (m *Memory) DropEpoch(c record.Compartment, n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.rows.epochs, epochKey{c, n})
}

// copy is deep enough: stored slices are never written to.
func (r rows) copy() rows {
	return rows{epochs: maps.Clone(r.epochs), wraps: maps.Clone(r.wraps), deposits: maps.Clone(r.deposits), keys: maps.Clone(r.keys)}
}

// Compartments implements vault.CompartmentStore.
func (m *Memory) Compartments(context.Context) ([]record.Compartment, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	seen := map[record.Compartment]bool{}
	for k := range m.rows.epochs {
		seen[k.c] = true
	}
	return slices.Sorted(maps.Keys(seen)), nil
}

// Epochs implements vault.CompartmentStore.
func (m *Memory) Epochs(_ context.Context, c record.Compartment) ([]vault.EpochRow, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []vault.EpochRow
	for k, r := range m.rows.epochs {
		if k.c == c {
			out = append(out, vault.EpochRow{Compartment: c, Number: k.n, Record: bytes.Clone(r)})
		}
	}
	slices.SortFunc(out, func(a, b vault.EpochRow) int { return cmp.Compare(a.Number, b.Number) })
	return out, nil
}

// AddEpoch implements vault.CompartmentStore.
func (m *Memory) AddEpoch(_ context.Context, e vault.EpochRow) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	k := epochKey{e.Compartment, e.Number}
	if _, ok := m.rows.epochs[k]; ok {
		return vault.ErrRowExists
	}
	m.rows.epochs[k] = bytes.Clone(e.Record)
	return nil
}

// ReplaceEpoch implements vault.CompartmentStore.
func (m *Memory) ReplaceEpoch(_ context.Context, e vault.EpochRow) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	k := epochKey{e.Compartment, e.Number}
	if _, ok := m.rows.epochs[k]; !ok {
		return vault.ErrNoRow
	}
	m.rows.epochs[k] = bytes.Clone(e.Record)
	return nil
}

// Wrap implements vault.CompartmentStore.
func (m *Memory) Wrap(_ context.Context, c record.Compartment, epoch int, u vault.UserID) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	w, ok := m.rows.wraps[wrapKey{epochKey{c, epoch}, u}]
	if !ok {
		return nil, vault.ErrNoRow
	}
	return bytes.Clone(w), nil
}

// PutWrap implements vault.CompartmentStore.
func (m *Memory) PutWrap(_ context.Context, w vault.WrapRow) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rows.wraps[wrapKey{epochKey{w.Compartment, w.Epoch}, w.User}] = bytes.Clone(w.Wrap)
	return nil
}

// DeleteWraps implements vault.CompartmentStore.
func (m *Memory) DeleteWraps(_ context.Context, c record.Compartment, u vault.UserID) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	maps.DeleteFunc(m.rows.wraps, func(k wrapKey, _ []byte) bool { return k.c == c && k.u == u })
	return nil
}

// Deposit implements vault.RecordKeyStore.
func (m *Memory) Deposit(_ context.Context, id vault.DepositID) (vault.DepositRow, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	d, ok := m.rows.deposits[id]
	if !ok {
		return vault.DepositRow{}, vault.ErrNoRow
	}
	d.Wrap = bytes.Clone(d.Wrap)
	return d, nil
}

// AddDeposit implements vault.RecordKeyStore.
func (m *Memory) AddDeposit(_ context.Context, d vault.DepositRow) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.rows.deposits[d.ID]; ok {
		return vault.ErrRowExists
	}
	d.Wrap = bytes.Clone(d.Wrap)
	m.rows.deposits[d.ID] = d
	return nil
}

// RecordKeys implements vault.RecordKeyStore.
func (m *Memory) RecordKeys(_ context.Context, of record.ID, c record.Compartment) ([]vault.SealedKey, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []vault.SealedKey
	for _, k := range m.rows.keys {
		if k.Entity == of && k.Compartment == c {
			k.Sealed = bytes.Clone(k.Sealed)
			out = append(out, k)
		}
	}
	slices.SortFunc(out, func(a, b vault.SealedKey) int {
		return cmp.Or(cmp.Compare(a.Epoch, b.Epoch), bytes.Compare(a.ID[:], b.ID[:]))
	})
	return out, nil
}

// AddRecordKey implements vault.RecordKeyStore.
func (m *Memory) AddRecordKey(_ context.Context, k vault.SealedKey) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.rows.keys[k.ID]; ok {
		return vault.ErrRowExists
	}
	k.Sealed = bytes.Clone(k.Sealed)
	m.rows.keys[k.ID] = k
	return nil
}

// DeleteRecordKeys implements vault.RecordKeyStore.
func (m *Memory) DeleteRecordKeys(_ context.Context, of record.ID, c record.Compartment) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	before := len(m.rows.keys)
	maps.DeleteFunc(m.rows.keys, func(_ vault.KeyID, k vault.SealedKey) bool { return k.Entity == of && k.Compartment == c })
	return before - len(m.rows.keys), nil
}
