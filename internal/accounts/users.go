package accounts

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"asylon/internal/access"
	"asylon/internal/fault"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/store"
	"asylon/internal/vault"
)

// User is a person who uses this installation.
type User struct {
	ID       vault.UserID
	Login    string
	Name     string
	Roles    []policy.Role
	Lang     string
	Created  time.Time
	Disabled bool
}

// Actor is the user as an actor of the record.
func (u User) Actor() access.Actor {
	return access.Actor{ID: record.Actor("u:" + string(u.ID)), Login: u.Login, Name: u.Name, Roles: u.Roles}
}

const userColumns = `id, login, name, roles, lang, created, disabled`

func scanUser(row interface{ Scan(...any) error }) (User, error) {
	var u User
	var roles string
	var created, disabled int64
	if err := row.Scan(&u.ID, &u.Login, &u.Name, &roles, &u.Lang, &created, &disabled); err != nil {
		return u, err
	}
	u.Created, u.Disabled = time.Unix(created, 0).UTC(), disabled == 1
	if err := json.Unmarshal([]byte(roles), &u.Roles); err != nil {
		return u, fmt.Errorf("read roles of %s: %w", u.ID, err)
	}
	return u, nil
}

func userByID(ctx context.Context, q store.Queryer, id vault.UserID) (User, error) {
	u, err := scanUser(q.QueryRow(ctx, `select `+userColumns+` from users where id = ?`, string(id)))
	if errors.Is(err, sql.ErrNoRows) {
		return u, fault.NotFound("there is no such user")
	}
	return u, err
}

// FoldLogin is the form in which logins are compared and stored.
func FoldLogin(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

func insertUser(ctx context.Context, tx *store.Tx, u User) error {
	roles, err := json.Marshal(u.Roles)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `insert into users (`+userColumns+`) values (?, ?, ?, ?, ?, ?, 0)`,
		string(u.ID), u.Login, u.Name, string(roles), u.Lang, u.Created.Unix())
	if err != nil {
		return fmt.Errorf("add user: %w", err)
	}
	return nil
}

func checkUser(u User) error {
	if err := vault.CheckLogin(u.Login); err != nil {
		return err
	}
	if strings.TrimSpace(u.Name) == "" || len(u.Name) > 200 {
		return fault.Invalid("give the user a name of at most 200 characters")
	}
	if len(u.Roles) == 0 {
		return fault.Invalid("choose at least one role")
	}
	for _, r := range u.Roles {
		if !r.Valid() {
			return fault.Invalid("%.20q is not a role", string(r))
		}
	}
	return nil
}

// List lists the users in order of login.
func List(ctx context.Context, s *access.Session) ([]User, error) {
	var out []User
	err := s.Read(ctx, policy.UseState, func(r *access.Reader) error {
		rows, err := r.Query(ctx, `select `+userColumns+` from users order by login`)
		if err != nil {
			return fmt.Errorf("list users: %w", err)
		}
		defer rows.Close()
		for rows.Next() {
			u, err := scanUser(rows)
			if err != nil {
				return err
			}
			out = append(out, u)
		}
		return rows.Err()
	})
	return out, err
}

// Names maps actors to names, for pages that say who recorded what.
func Names(ctx context.Context, r *access.Reader) (map[record.Actor]string, error) {
	rows, err := r.Query(ctx, `select id, name from users`)
	if err != nil {
		return nil, fmt.Errorf("list names: %w", err)
	}
	defer rows.Close()
	out := map[record.Actor]string{record.System: "Asylon"}
	for rows.Next() {
		var id, name string
		if err := rows.Scan(&id, &name); err != nil {
			return nil, err
		}
		out[record.Actor("u:"+id)] = name
	}
	return out, rows.Err()
}

// SetLang keeps a user's choice of interface language.
func SetLang(ctx context.Context, s *access.Session, lang string) error {
	return s.Write(ctx, policy.UseState, func(w *access.Writer) error {
		_, err := w.State(ctx, `update users set lang = ? where id = ?`, lang, strings.TrimPrefix(string(s.ID), "u:"))
		return err
	})
}

func rolesText(roles []policy.Role) (string, error) {
	b, err := json.Marshal(roles)
	return string(b), err
}

func disabledBit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// otherAdmin refuses a change that would leave nobody to administer.
func otherAdmin(ctx context.Context, tx *store.Tx, id vault.UserID, roles []policy.Role, disabled bool) error {
	if !disabled && policy.Allowed(roles, policy.ManageUsers) {
		return nil
	}
	rows, err := tx.Query(ctx, `select `+userColumns+` from users where disabled = 0`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		u, err := scanUser(rows)
		if err != nil {
			return err
		}
		if u.ID != id && policy.Allowed(u.Roles, policy.ManageUsers) {
			return nil
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return fault.Conflict("this is the only administrator; make another one first")
}
