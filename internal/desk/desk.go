// Package desk is what a door (web, command line, API) finds on the desk of an
// unlocked installation: the rooms' services, and nothing that gets around
// them. app lays the desk; doors work at it.
package desk

import (
	"context"

	"asylon/internal/accounts"
	"asylon/internal/advocacy"
	"asylon/internal/intake"
	"asylon/internal/register"
)

// Desk is an unlocked installation.
type Desk struct {
	Accounts *accounts.Accounts
	Lexicon  *register.Lexicon
	Intake   *intake.Intake
	Figures  advocacy.Figures // words kept figures for letters
}

// Host is an installation as a door sees it from outside: locked or not.
type Host interface {
	// SignIn unlocks a user, and the store if it is locked, and returns the
	// cookie of the sign-in.
	SignIn(ctx context.Context, login, passphrase string) (cookie string, err error)
	// Desk is the unlocked installation; a locked one is forbidden.
	Desk() (*Desk, error)
	// LockAll ends every sign-in and closes the store.
	LockAll() error
}
