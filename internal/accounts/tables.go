// Package accounts is the room of the people who use an installation: users
// and their roles, sign-in and sessions, and the key tables of the vault. All
// its tables are state: they belong to this installation, are not replayed,
// and never leave it. What happens to accounts is written to the audit journal.
package accounts

import "asylon/internal/store"

func tables() []store.Table {
	state := func(name, create string, indexes ...string) store.Table {
		return store.Table{Name: name, Class: store.State, Create: `create table if not exists ` + name + ` ` + create, Indexes: indexes}
	}
	return []store.Table{
		state("users", `(id text primary key, login text not null unique, name text not null, roles text not null,
			lang text not null, created bigint not null, disabled bigint not null)`),
		state("key_epochs", `(compartment text not null, number bigint not null, record {blob} not null, primary key (compartment, number))`),
		state("key_wraps", `(compartment text not null, epoch bigint not null, member text not null, wrap {blob} not null,
			primary key (compartment, epoch, member))`),
		state("key_deposits", `(id {blob} primary key, compartment text not null, epoch bigint not null, wrap {blob} not null)`),
		state("key_records", `(id {blob} primary key, entity text not null, compartment text not null, epoch bigint not null,
			deposit {blob} not null, sealed {blob} not null)`,
			`create index if not exists key_records_entity on key_records (entity, compartment)`),
	}
}

// Room registers the room with the store.
func Room() store.Room { return store.Room{Name: "accounts", Version: 1, Tables: tables()} }
