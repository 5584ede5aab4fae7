package app

import (
	"context"

	"asylon/internal/access"
	"asylon/internal/accounts"
	"asylon/internal/advocacy"
	"asylon/internal/figure"
	"asylon/internal/gazetteer"
	"asylon/internal/intake"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/record/seed"
	"asylon/internal/register"
	"asylon/internal/search"
	"asylon/internal/store"
)

// Rooms are all rooms of the house, in the order in which their apply
// functions run: what others refer to comes first.
func Rooms() []store.Room {
	reg := register.Room()
	// Other rooms' entries that bring an entity into the world.
	for kind, apply := range intake.Entities() {
		reg.Apply[kind] = apply
	}
	return []store.Room{access.Room(), accounts.Room(), reg, intake.Room(), search.Room(), figure.Room(), advocacy.Room()}
}

// system is the installation itself, when it sets up its record.
func (in *Installation) system() *access.Session {
	return in.Door.Enter(access.Actor{ID: record.System, Name: "Asylon", Roles: policy.Roles()}, nil)
}

// seed writes what every record begins with: the words and the places.
func (in *Installation) seed(ctx context.Context) error {
	body, err := seed.Words()
	if err != nil {
		return err
	}
	err = in.system().Write(ctx, policy.DefineWords, func(w *access.Writer) error {
		_, err := register.Define(ctx, w, register.NewWords(nil, nil), body)
		return err
	})
	if err != nil {
		return err
	}
	return gazetteer.Seed(ctx, in.system(), in.Lexicon)
}
