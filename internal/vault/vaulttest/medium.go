package vaulttest

import (
	"bytes"
	"io/fs"
	"sync"
)

// Medium is a vault.Medium in memory, safe for concurrent use, whose next
// write can be made to fail.
type Medium struct {
	mu     sync.Mutex // guards what follows
	raw    []byte
	fail   error
	keep   bool
	writes int
}

// NewMedium makes a medium that holds raw, or no file where raw is nil.
func NewMedium(raw []byte) *Medium { return &Medium{raw: bytes.Clone(raw)} }

// Read implements vault.Medium.
func (m *Medium) Read() ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.raw == nil {
		return nil, fs.ErrNotExist
	}
	return bytes.Clone(m.raw), nil
}

// Write implements vault.Medium.
func (m *Medium) Write(raw []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	fail := m.fail
	m.fail = nil
	if fail != nil && !m.keep {
		return fail
	}
	m.raw = bytes.Clone(raw)
	m.writes++
	return fail
}

// FailNextWrite makes the next Write return err. written tells whether the new
// bytes are there all the same, as when only the last flush failed.
func (m *Medium) FailNextWrite(err error, written bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fail, m.keep = err, written
}

// Set replaces the bytes, as another process or an attacker would.
func (m *Medium) Set(raw []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.raw = bytes.Clone(raw)
}

// Writes is how many writes have reached the medium.
func (m *Medium) Writes() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.writes
}
