// Package access is the one door to the record. A Session is a view bound to
// an actor; it alone gives out readers and writers, decides whether the actor
// may act, holds the keys of the compartments the actor may open, and logs
// every opening. A read without an actor, or a write without an actor and an
// entry, does not compile: Reader and Writer have no other maker.
package access

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"asylon/internal/fault"
	"asylon/internal/journal"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/store"
)

// Actor is who acts.
type Actor struct {
	ID    record.Actor // "u:" and the user's id
	Login string
	Name  string
	Roles []policy.Role
}

// May tells whether the actor's roles allow an action. Pages use it to leave
// out what would be refused; the refusal itself is in Read and Write.
func (a Actor) May(x policy.Action) bool { return policy.Allowed(a.Roles, x) }

// Ring is an actor's keys. The vault implements it over the key tables; a nil
// Ring holds no key and can still seal nothing.
type Ring interface {
	// Member tells whether the actor can open the compartment.
	Member(c record.Compartment) bool
	// Sealer makes or finds the record key of an entity in a compartment. An
	// actor who is not a member can still deposit: seal without being able to
	// open again.
	Sealer(ctx context.Context, tx *store.Tx, c record.Compartment, of record.ID) (journal.Sealer, error)
	// Opener finds the record key of an epoch.
	Opener(ctx context.Context, q store.Queryer, c record.Compartment, of record.ID, epoch int) (journal.Opener, error)
}

// Door makes sessions on one store.
type Door struct {
	db  *store.DB
	now func() time.Time
}

// NewDoor makes the door of a store.
func NewDoor(db *store.DB, now func() time.Time) *Door { return &Door{db: db, now: now} }

// openFor is how long something opened stays open in a session.
const openFor = 15 * time.Minute

// Session is one actor's view. It is safe for concurrent use.
type Session struct {
	Actor
	door *Door
	ring Ring
	open *openings // shared by the requests of one sign-in
}

// openings are what a sign-in has opened, until when.
type openings struct {
	mu    sync.Mutex
	until map[opening]time.Time // guarded by mu
}

type opening struct {
	of record.ID
	c  record.Compartment
}

// Enter begins a session.
func (d *Door) Enter(a Actor, ring Ring) *Session {
	return &Session{Actor: a, door: d, ring: ring, open: &openings{until: map[opening]time.Time{}}}
}

// With is the same session with other keys: those of one request, which the
// caller makes from the request's cookie and closes after it.
func (s *Session) With(ring Ring) *Session {
	c := *s
	c.ring = ring
	return &c
}

// Now is the store's clock.
func (s *Session) Now() time.Time { return s.door.now() }

// Allow is nil when the actor may do x, and otherwise says that it may not.
func (s *Session) Allow(x policy.Action) error {
	if s == nil || s.ID == "" {
		return fault.Forbidden("sign in first")
	}
	if !policy.Allowed(s.Roles, x) {
		return fault.Forbidden("your roles do not allow this (%s); ask an administrator", x)
	}
	return nil
}

// Read calls fn with a reader on one state of the record.
func (s *Session) Read(ctx context.Context, x policy.Action, fn func(*Reader) error) error {
	if err := s.Allow(x); err != nil {
		return err
	}
	return s.door.db.Read(ctx, func(snap *store.Snapshot) error {
		return fn(&Reader{s: s, q: snap, d: snap.Dialect()})
	})
}

// Write calls fn with a writer. Everything fn does is committed together or
// not at all.
func (s *Session) Write(ctx context.Context, x policy.Action, fn func(*Writer) error) error {
	if err := s.Allow(x); err != nil {
		return err
	}
	return s.door.db.Write(ctx, func(tx *store.Tx) error {
		return fn(&Writer{Reader: Reader{s: s, q: tx, d: tx.Dialect()}, tx: tx})
	})
}

// Reader reads as an actor. General content only: what is sealed is opened
// through the reader, one part at a time, when the session has opened it.
type Reader struct {
	s *Session
	q store.Queryer
	d store.Dialect
}

// Session is the reader's session.
func (r *Reader) Session() *Session { return r.s }

// Dialect is the store's dialect, for full-text queries.
func (r *Reader) Dialect() store.Dialect { return r.d }

// Query runs a query.
func (r *Reader) Query(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
	return r.q.Query(ctx, q, args...)
}

// QueryRow runs a query for one row.
func (r *Reader) QueryRow(ctx context.Context, q string, args ...any) store.Row {
	return r.q.QueryRow(ctx, q, args...)
}

// Entry loads an entry: its header and general parts are the actor's to read,
// its sealed parts are ciphertext.
func (r *Reader) Entry(ctx context.Context, id record.EntryID) (journal.Entry, error) {
	return store.LoadEntry(ctx, r.q, id)
}

// Cut names the state of the record that the reader sees.
func (r *Reader) Cut(ctx context.Context) (journal.Cut, error) { return store.CutOf(ctx, r.q) }

// Writer writes as an actor.
type Writer struct {
	Reader
	tx *store.Tx
}

// Append writes an entry to the record in the actor's name.
func (w *Writer) Append(ctx context.Context, d record.Draft) (record.EntryID, error) {
	var seal store.Sealers
	if w.s.ring != nil {
		seal = ringSealers{w.s.ring}
	}
	return w.tx.Append(ctx, w.s.ID, d, seal)
}

type ringSealers struct{ r Ring }

func (x ringSealers) Sealer(ctx context.Context, tx *store.Tx, c record.Compartment, of record.ID) (journal.Sealer, error) {
	return x.r.Sealer(ctx, tx, c, of)
}

// AuditKind is the kind of the entries of the audit journal.
const AuditKind = "audit/1"

// AuditBody is what an audit entry says. It names things by id, never by
// content: no names, no search words.
type AuditBody struct {
	What        string             `json:"what"` // "open", "export", "sign-in", "key", "erase", "user"
	Of          record.ID          `json:"of,omitempty"`
	Compartment record.Compartment `json:"c,omitempty"`
	Reason      string             `json:"reason,omitempty"`
	Detail      string             `json:"detail,omitempty"`
}

// Audit writes to the audit journal in the actor's name.
func (w *Writer) Audit(ctx context.Context, b AuditBody) error {
	return appendAudit(ctx, w.tx, w.s.ID, b)
}

func appendAudit(ctx context.Context, tx *store.Tx, actor record.Actor, b AuditBody) error {
	body, err := json.Marshal(b)
	if err != nil {
		return err
	}
	d := record.Draft{Kind: AuditKind, Parts: []record.DraftPart{{Compartment: record.General, Body: body}}}
	if b.Of != "" {
		d.Subjects = []record.ID{b.Of}
	}
	_, err = tx.AppendAudit(ctx, actor, d)
	return err
}

// Member tells whether the actor holds the key of a compartment.
func (s *Session) Member(c record.Compartment) bool {
	return !c.Sealed() || s.ring != nil && s.ring.Member(c)
}

// Opened tells whether the session has opened an entity's content in a
// compartment, and for how much longer.
func (s *Session) Opened(of record.ID, c record.Compartment) (time.Duration, bool) {
	s.open.mu.Lock()
	defer s.open.mu.Unlock()
	left := s.open.until[opening{of, c}].Sub(s.door.now())
	return left, left > 0
}

// minReason is how long a reason for opening must be, in characters: long
// enough that a keystroke is not one.
const minReason = 5

// OpenSealed opens an entity's content in a compartment for this session, for
// a stated reason, and logs it first. To somebody who holds no key it is as
// if nothing were there.
func (s *Session) OpenSealed(ctx context.Context, of record.ID, c record.Compartment, reason string) error {
	if err := s.Allow(policy.Open); err != nil {
		return err
	}
	if !s.Member(c) {
		return fault.NotFound("there is nothing here that you can open")
	}
	if len([]rune(reason)) < minReason {
		return fault.Invalid("say why you open this, in at least %d characters: the reason is kept", minReason)
	}
	err := s.door.db.Write(ctx, func(tx *store.Tx) error {
		return appendAudit(ctx, tx, s.ID, AuditBody{What: "open", Of: of, Compartment: c, Reason: reason})
	})
	if err != nil {
		return fmt.Errorf("log opening: %w", err)
	}
	s.open.mu.Lock()
	defer s.open.mu.Unlock()
	s.open.until[opening{of, c}] = s.door.now().Add(openFor)
	return nil
}

// CloseAll closes everything the session has opened.
func (s *Session) CloseAll() {
	s.open.mu.Lock()
	defer s.open.mu.Unlock()
	clear(s.open.until)
}

// OpenPart returns the body of a part. A general part is returned as it is; a
// sealed one only when the session has opened its entity and compartment.
func (r *Reader) OpenPart(ctx context.Context, e journal.Entry, n int) (json.RawMessage, error) {
	if n < 0 || n >= len(e.Header.Parts) {
		return nil, fault.NotFound("entry %s has no part %d", e.ID(), n)
	}
	info := e.Header.Parts[n]
	if !info.Compartment.Sealed() {
		return e.Body(n)
	}
	if _, ok := r.s.Opened(info.Of, info.Compartment); !ok {
		return nil, fault.Forbidden("this is sealed: open it first, with a reason")
	}
	o, err := r.s.ring.Opener(ctx, r.q, info.Compartment, info.Of, info.Epoch)
	if err != nil {
		return nil, err
	}
	return e.Open(n, o)
}

// NewToken draws a random identifier of 16 characters for state rows: not an
// id of the record, not a secret.
func NewToken() string { return rand.Text()[:16] }
