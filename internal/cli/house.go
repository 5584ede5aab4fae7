package cli

import (
	"context"
	"fmt"

	"asylon/internal/fault"
)

type demoCmd struct {
	Listen string `help:"Address to serve on." default:"127.0.0.1:0" placeholder:"ADDR"`
	Dir    string `help:"Folder to make, and keep afterwards; a temporary one otherwise." placeholder:"DIR"`
}

func (c *demoCmd) runFree(ctx context.Context, w *work) error {
	return w.house.Demo(ctx, w.path(c.Dir), c.Listen, func(address, link, login, pass string) {
		fmt.Fprintf(w.Stdout, "The demonstration record is open at\n\n  %s\n\nThis link signs you in once:\n\n  %s\n\n", address, link)
		fmt.Fprintf(w.Stdout, "Afterwards sign in as %q with the passphrase %q.\nStop with Ctrl-C.\n", login, pass)
	})
}

type initCmd struct {
	Dir            string `arg:"" help:"The new folder."`
	Login          string `help:"Login of the first user." default:"admin"`
	Name           string `help:"Name of the first user." default:"Administrator"`
	Lang           string `help:"Language of the interface for the first user." default:"en"`
	PassphraseFile string `help:"File that holds the first user's passphrase." env:"ASYLON_PASSPHRASE_FILE" placeholder:"F"`
	Database       string `help:"Address of an empty PostgreSQL database." placeholder:"URL"`
}

func (c *initCmd) runFree(ctx context.Context, w *work) error {
	pass, err := passphrase(w.IO, c.PassphraseFile, "New passphrase: ")
	if err != nil {
		return err
	}
	if c.PassphraseFile == "" {
		again, err := passphrase(w.IO, "", "Once more: ")
		if err != nil {
			return err
		}
		if again != pass {
			return fault.Invalid("the two passphrases differ; nothing was made")
		}
	}
	if err := w.house.Init(ctx, w.path(c.Dir), c.Database, c.Login, c.Name, pass, c.Lang); err != nil {
		return err
	}
	return w.print(map[string]string{"dir": c.Dir, "login": c.Login},
		fmt.Sprintf("Made an installation in %s.\nServe it with: asylon serve %s\nSign in as %q. Without the passphrase nobody can open it again: keep it safe.", c.Dir, c.Dir, c.Login))
}

type serveCmd struct {
	Dir      string `arg:"" help:"The installation's folder."`
	Listen   string `help:"Address to serve on." default:"127.0.0.1:7411" placeholder:"ADDR"`
	Database string `help:"Address of a PostgreSQL database." placeholder:"URL"`
}

func (c *serveCmd) runFree(ctx context.Context, w *work) error {
	return w.house.Serve(ctx, w.path(c.Dir), c.Database, c.Listen, func(address string) {
		fmt.Fprintf(w.Stdout, "Serving %s at %s\nIt is locked until somebody signs in. Stop with Ctrl-C.\n", c.Dir, address)
	})
}

type verifyCmd struct {
	Dir string `arg:"" help:"The installation's folder."`
	onDir
}

func (c *verifyCmd) dir() (string, onDir) { return c.Dir, c.onDir }

func (c *verifyCmd) run(ctx context.Context, w *work) error {
	if w.held == nil {
		return fault.Unavailable("this server cannot verify; stop it and run the command again")
	}
	var found []string
	checked, err := w.held.Verify(ctx, func(s string) { w.say("%s", s) }, func(s string) {
		found = append(found, s)
		w.say("WRONG: %s", s)
	})
	if err != nil {
		return err
	}
	text := fmt.Sprintf("Checked %d entries, %d parts, %d originals, %d tables: ", checked.Entries, checked.Parts, checked.Originals, checked.Tables)
	if len(found) == 0 {
		text += "everything is as it was written."
	} else {
		text += fmt.Sprintf("%d things are wrong.", len(found))
	}
	if err := w.print(map[string]any{"checked": checked, "wrong": found, "ok": len(found) == 0}, text); err != nil {
		return err
	}
	if len(found) > 0 {
		return errFound
	}
	return nil
}
