package vault

import (
	"context"
	"encoding/hex"
	"errors"
	"strconv"

	"asylon/internal/record"
)

// The rows below are the key-class tables. All contents are made and checked
// in this package; a store keeps them as they are. Nothing in them opens
// without a member's identity, and nothing in them ever enters a journal or a
// bundle.

// EpochRow is an epoch of a compartment. Record is opaque to the store.
type EpochRow struct {
	Compartment record.Compartment
	Number      int // from 1, without gaps
	Record      []byte
}

// WrapRow is the key of an epoch, encrypted to one member.
type WrapRow struct {
	Compartment record.Compartment
	Epoch       int
	User        UserID
	Wrap        []byte
}

// DepositID names a deposit key; the zero value stands for none.
type DepositID [16]byte

// String prints the id in hexadecimal.
func (id DepositID) String() string { return hex.EncodeToString(id[:]) }

// DepositRow is the key under which somebody who is not a member sealed the
// record keys of one sign-in, encrypted to the compartment.
type DepositRow struct {
	ID          DepositID
	Compartment record.Compartment
	Epoch       int
	Wrap        []byte
}

// SealedKey is a record key as it is stored. Deposit is zero where a member
// made it.
type SealedKey struct {
	ID          KeyID
	Entity      record.ID // the entity's original id
	Compartment record.Compartment
	Epoch       int
	Deposit     DepositID
	Sealed      []byte
}

// Errors of a KeyStore, returned plain or wrapped.
var (
	ErrNoRow     = errors.New("no such row in the key store")
	ErrRowExists = errors.New("the row exists in the key store")
)

// CompartmentStore keeps epochs and wraps.
type CompartmentStore interface {
	// Compartments lists every compartment that has an epoch, sorted.
	Compartments(ctx context.Context) ([]record.Compartment, error)
	// Epochs lists the epochs of c by rising number; none is no error.
	Epochs(ctx context.Context, c record.Compartment) ([]EpochRow, error)
	// AddEpoch adds a row; ErrRowExists if there is one of that number, also
	// when another transaction added it first.
	AddEpoch(ctx context.Context, e EpochRow) error
	// ReplaceEpoch replaces the record of a row; ErrNoRow if there is none.
	ReplaceEpoch(ctx context.Context, e EpochRow) error
	// Wrap returns a wrap; ErrNoRow if there is none.
	Wrap(ctx context.Context, c record.Compartment, epoch int, u UserID) ([]byte, error)
	// PutWrap adds or replaces a wrap.
	PutWrap(ctx context.Context, w WrapRow) error
	// DeleteWraps deletes the wraps of u in c, of all epochs, so that they do
	// not remain in the file; none is no error.
	DeleteWraps(ctx context.Context, c record.Compartment, u UserID) error
}

// RecordKeyStore keeps record keys and the deposit keys they may be under.
type RecordKeyStore interface {
	// Deposit returns a row; ErrNoRow if there is none.
	Deposit(ctx context.Context, id DepositID) (DepositRow, error)
	// AddDeposit adds a row; ErrRowExists if there is one of that id.
	AddDeposit(ctx context.Context, d DepositRow) error
	// RecordKeys lists the keys of an entity in a compartment, of all epochs,
	// by rising epoch and id; none is no error.
	RecordKeys(ctx context.Context, of record.ID, c record.Compartment) ([]SealedKey, error)
	// AddRecordKey adds a row; ErrRowExists if there is one of that id.
	AddRecordKey(ctx context.Context, k SealedKey) error
	// DeleteRecordKeys destroys the keys of an entity in a compartment, of all
	// epochs, and returns how many there were. This is erasure: every sealed
	// part of that entity and compartment is unreadable from then on, wherever
	// it was copied to, but for backups of the key tables, until they expire.
	// The store overwrites the rows (secure_delete).
	DeleteRecordKeys(ctx context.Context, of record.ID, c record.Compartment) (int, error)
}

// KeyStore is where keys are stored: tables of the key class, within the
// transaction in which the entry that needs them is appended. Returned slices
// belong to the caller. vaulttest.KeyStore is the suite every implementation
// passes.
type KeyStore interface {
	CompartmentStore
	RecordKeyStore
}

func itoa(n int) string { return strconv.Itoa(n) }
