package accounts

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"asylon/internal/record"
	"asylon/internal/store"
	"asylon/internal/vault"
)

// keyTables is the vault's key store over this room's tables, within one
// transaction. Over a snapshot it reads only.
type keyTables struct {
	q  store.Queryer
	tx *store.Tx // nil over a snapshot
}

// KeyTables is the vault's key store within a writing transaction.
func KeyTables(tx *store.Tx) vault.KeyStore { return keyTables{tx, tx} }

// keyTablesOf is the vault's key store over whatever reads.
func keyTablesOf(q store.Queryer) vault.KeyStore {
	tx, _ := q.(*store.Tx)
	return keyTables{q, tx}
}

var errReadOnly = errors.New("the key tables are open for reading only")

func (k keyTables) exec(ctx context.Context, q string, args ...any) (int64, error) {
	if k.tx == nil {
		return 0, errReadOnly
	}
	r, err := k.tx.Exec(ctx, q, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// insert adds a row and tells whether there was none.
func (k keyTables) insert(ctx context.Context, q string, args ...any) error {
	n, err := k.exec(ctx, q+` on conflict do nothing`, args...)
	if err == nil && n == 0 {
		return vault.ErrRowExists
	}
	return err
}

func one(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return vault.ErrNoRow
	}
	return err
}

func (k keyTables) Compartments(ctx context.Context) ([]record.Compartment, error) {
	rows, err := k.q.Query(ctx, `select distinct compartment from key_epochs order by compartment`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []record.Compartment
	for rows.Next() {
		var c record.Compartment
		if err := rows.Scan(&c); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

func (k keyTables) Epochs(ctx context.Context, c record.Compartment) ([]vault.EpochRow, error) {
	rows, err := k.q.Query(ctx, `select number, record from key_epochs where compartment = ? order by number`, string(c))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []vault.EpochRow
	for rows.Next() {
		e := vault.EpochRow{Compartment: c}
		if err := rows.Scan(&e.Number, &e.Record); err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, rows.Err()
}

func (k keyTables) AddEpoch(ctx context.Context, e vault.EpochRow) error {
	return k.insert(ctx, `insert into key_epochs (compartment, number, record) values (?, ?, ?)`, string(e.Compartment), e.Number, e.Record)
}

func (k keyTables) ReplaceEpoch(ctx context.Context, e vault.EpochRow) error {
	n, err := k.exec(ctx, `update key_epochs set record = ? where compartment = ? and number = ?`, e.Record, string(e.Compartment), e.Number)
	if err == nil && n == 0 {
		return vault.ErrNoRow
	}
	return err
}

func (k keyTables) Wrap(ctx context.Context, c record.Compartment, epoch int, u vault.UserID) ([]byte, error) {
	var b []byte
	err := k.q.QueryRow(ctx, `select wrap from key_wraps where compartment = ? and epoch = ? and member = ?`, string(c), epoch, string(u)).Scan(&b)
	return b, one(err)
}

func (k keyTables) PutWrap(ctx context.Context, w vault.WrapRow) error {
	_, err := k.exec(ctx, `insert into key_wraps (compartment, epoch, member, wrap) values (?, ?, ?, ?)
		on conflict (compartment, epoch, member) do update set wrap = excluded.wrap`, string(w.Compartment), w.Epoch, string(w.User), w.Wrap)
	return err
}

func (k keyTables) DeleteWraps(ctx context.Context, c record.Compartment, u vault.UserID) error {
	_, err := k.exec(ctx, `delete from key_wraps where compartment = ? and member = ?`, string(c), string(u))
	return err
}

func (k keyTables) Deposit(ctx context.Context, id vault.DepositID) (vault.DepositRow, error) {
	d := vault.DepositRow{ID: id}
	err := k.q.QueryRow(ctx, `select compartment, epoch, wrap from key_deposits where id = ?`, id[:]).Scan(&d.Compartment, &d.Epoch, &d.Wrap)
	return d, one(err)
}

func (k keyTables) AddDeposit(ctx context.Context, d vault.DepositRow) error {
	return k.insert(ctx, `insert into key_deposits (id, compartment, epoch, wrap) values (?, ?, ?, ?)`, d.ID[:], string(d.Compartment), d.Epoch, d.Wrap)
}

func (k keyTables) RecordKeys(ctx context.Context, of record.ID, c record.Compartment) ([]vault.SealedKey, error) {
	rows, err := k.q.Query(ctx, `select id, epoch, deposit, sealed from key_records where entity = ? and compartment = ? order by epoch, id`, string(of), string(c))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []vault.SealedKey
	for rows.Next() {
		s := vault.SealedKey{Entity: of, Compartment: c}
		var id, deposit []byte
		if err := rows.Scan(&id, &s.Epoch, &deposit, &s.Sealed); err != nil {
			return nil, err
		}
		if len(id) != len(s.ID) || len(deposit) != len(s.Deposit) {
			return nil, fmt.Errorf("a record key of %s has a malformed id", of)
		}
		copy(s.ID[:], id)
		copy(s.Deposit[:], deposit)
		out = append(out, s)
	}
	return out, rows.Err()
}

func (k keyTables) AddRecordKey(ctx context.Context, s vault.SealedKey) error {
	return k.insert(ctx, `insert into key_records (id, entity, compartment, epoch, deposit, sealed) values (?, ?, ?, ?, ?, ?)`,
		s.ID[:], string(s.Entity), string(s.Compartment), s.Epoch, s.Deposit[:], s.Sealed)
}

func (k keyTables) DeleteRecordKeys(ctx context.Context, of record.ID, c record.Compartment) (int, error) {
	n, err := k.exec(ctx, `delete from key_records where entity = ? and compartment = ?`, string(of), string(c))
	return int(n), err
}
