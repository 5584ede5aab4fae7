// Package cli is the door of the command line. A command on a folder works
// through a session of a user, exactly as a page does; where a server holds
// the folder, the command goes through the server's socket and is run there.
//
// With --json a command prints one JSON document on standard output and
// nothing else there; messages go to standard error. Exit codes are in
// package fault: 0 done, 1 something was found wrong, 2 usage, 3 invalid
// input, 4 not found, 5 forbidden or locked, 6 conflict, 7 unavailable,
// 8 corrupt.
package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/alecthomas/kong"
	"golang.org/x/term"

	"asylon/internal/accounts"
	"asylon/internal/desk"
	"asylon/internal/fault"
)

// House is what app offers the command line.
type House interface {
	// Init makes a new installation.
	Init(ctx context.Context, dir, database, login, name, passphrase, lang string) error
	// Open takes hold of a folder. It is unavailable while a server holds it.
	Open(dir, database string) (Held, error)
	// Serve serves a folder until ctx ends.
	Serve(ctx context.Context, dir, database, listen string, ready func(address string)) error
	// Demo makes and serves a demonstration until ctx ends.
	Demo(ctx context.Context, dir, listen string, ready func(address, link, login, passphrase string)) error
	// Socket is where the server of a folder listens.
	Socket(dir string) string
}

// Held is a folder that this process holds.
type Held interface {
	desk.Host
	// Verify checks everything; found is called for each thing wrong.
	Verify(ctx context.Context, say func(string), found func(string)) (checked Checked, err error)
	Close() error
}

// Checked counts what verify looked at.
type Checked struct {
	Entries    int64 `json:"entries"`
	Parts      int64 `json:"parts"`
	Originals  int64 `json:"originals"`
	Tables     int   `json:"tables"`
	Statements int64 `json:"statements"`
}

// IO is where a command reads and writes, and where its relative paths begin.
type IO struct {
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
	Dir    string // relative paths begin here
}

// path makes a path of the command line absolute.
func (x IO) path(p string) string {
	if p == "" || filepath.IsAbs(p) || x.Dir == "" {
		return p
	}
	return filepath.Join(x.Dir, p)
}

// grammar is the command line as kong reads it.
type grammar struct {
	JSON bool `help:"Print one JSON document on standard output."`

	Demo      demoCmd      `cmd:"" help:"Fill a temporary folder with a demonstration record and serve it."`
	Init      initCmd      `cmd:"" help:"Make a new installation in an empty folder."`
	Serve     serveCmd     `cmd:"" help:"Serve an installation to the browser."`
	Import    importCmd    `cmd:"" help:"Take documents in."`
	Search    searchCmd    `cmd:"" help:"Find in documents and record."`
	Statement statementCmd `cmd:"" help:"Add or list statements."`
	Figure    figureCmd    `cmd:"" help:"Ask how many, and keep the answer."`
	Letter    letterCmd    `cmd:"" help:"Check, freeze and write an open letter."`
	Verify    verifyCmd    `cmd:"" help:"Check originals, journal, signatures and tables."`
	EDTF      edtfCmd      `cmd:"" name:"edtf" help:"Say how a date phrase is understood."`
	Quantity  quantityCmd  `cmd:"" help:"Say how a number phrase is understood."`
}

// onDir are the flags of every command that works on a folder.
type onDir struct {
	As             string `help:"Login of the user in whose name the command works." placeholder:"USER"`
	PassphraseFile string `help:"File that holds the passphrase." env:"ASYLON_PASSPHRASE_FILE" placeholder:"F"`
	Database       string `help:"Address of a PostgreSQL database." placeholder:"URL"`
}

// dirCommand is a command on an unlocked folder.
type dirCommand interface {
	dir() (string, onDir)
	run(ctx context.Context, w *work) error
}

// freeCommand is a command that needs no folder, or opens it by itself.
type freeCommand interface {
	runFree(ctx context.Context, w *work) error
}

// work is what a command works with.
type work struct {
	IO
	json  bool
	house House
	desk  *desk.Desk
	visit *accounts.Visit
	held  Held // nil when the command runs inside a server
}

// print writes the command's one document: v as JSON, or the text.
func (w *work) print(v any, text string) error {
	if w.json {
		e := json.NewEncoder(w.Stdout)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(v)
	}
	_, err := io.WriteString(w.Stdout, strings.TrimRight(text, "\n")+"\n")
	return err
}

func (w *work) say(format string, args ...any) {
	fmt.Fprintf(w.Stderr, format+"\n", args...)
}

// errUsage marks a mistake in the command line itself.
var errUsage = errors.New("usage")

// errFound marks that a check found something wrong, and has said so.
var errFound = errors.New("something was found wrong")

// parse reads a command line. Help is printed and ends the program with 0.
func parse(args []string, x IO) (*grammar, any, int, error) {
	var g grammar
	exited, code := false, 0
	k, err := kong.New(&g, kong.Name("asylon"), kong.Writers(x.Stdout, x.Stderr), kong.UsageOnError(),
		kong.Description("Records, counts, protects and speaks for people who flee across a border and are forced back."),
		kong.Exit(func(c int) { exited, code = true, c }))
	if err != nil {
		return nil, nil, 0, err
	}
	c, err := k.Parse(args)
	if exited {
		return nil, nil, code, nil
	}
	if err != nil {
		return nil, nil, 0, fmt.Errorf("%w: %w", errUsage, err)
	}
	node := c.Selected()
	if node == nil {
		return nil, nil, 0, fmt.Errorf("%w: no command", errUsage)
	}
	return &g, node.Target.Addr().Interface(), -1, nil
}

// Run runs one command line and returns its exit code.
func Run(ctx context.Context, house House, args []string, x IO) int {
	g, cmd, code, err := parse(args, x)
	if err == nil && code >= 0 {
		return code
	}
	if err == nil {
		w := &work{IO: x, json: g.JSON, house: house}
		switch c := cmd.(type) {
		case freeCommand:
			err = c.runFree(ctx, w)
		case dirCommand:
			return runOnDir(ctx, w, c, args)
		default:
			err = fmt.Errorf("%w: %T is no command", errUsage, cmd)
		}
	}
	return finish(x.Stderr, err)
}

// finish says what went wrong and turns it into an exit code.
func finish(stderr io.Writer, err error) int {
	switch {
	case err == nil:
		return fault.ExitDone
	case errors.Is(err, errFound):
		return fault.ExitFound
	case errors.Is(err, errUsage):
		fmt.Fprintf(stderr, "asylon: %s\n", strings.TrimPrefix(err.Error(), errUsage.Error()+": "))
		return fault.ExitUsage
	}
	text := fault.Sentence(err)
	if text == "" {
		text = "something failed: " + err.Error()
	}
	fmt.Fprintf(stderr, "asylon: %s\n", text)
	return fault.KindOf(err).Exit()
}

// runOnDir runs a command on a folder: through the server that holds it, or
// here.
func runOnDir(ctx context.Context, w *work, c dirCommand, args []string) int {
	dir, flags := c.dir()
	dir = w.path(dir)
	pass, err := passphrase(w.IO, flags.PassphraseFile, "Passphrase: ")
	if err != nil {
		return finish(w.Stderr, err)
	}
	login, err := loginOf(flags)
	if err != nil {
		return finish(w.Stderr, err)
	}
	if code, ok := forward(ctx, w, dir, request{Args: args, Login: login, Passphrase: pass, Dir: w.Dir}); ok {
		return code
	}
	held, err := w.house.Open(dir, flags.Database)
	if err != nil {
		return finish(w.Stderr, err)
	}
	w.held = held
	err = withSession(ctx, held, login, pass, w, func() error { return c.run(ctx, w) })
	return finish(w.Stderr, errors.Join(err, held.Close()))
}

// withSession signs in, runs fn with a visit, and signs out.
func withSession(ctx context.Context, host desk.Host, login, pass string, w *work, fn func() error) error {
	cookie, err := host.SignIn(ctx, login, pass)
	if err != nil {
		return err
	}
	d, err := host.Desk()
	if err != nil {
		return err
	}
	defer d.Accounts.Leave(cookie)
	v, err := d.Accounts.Session(cookie)
	if err != nil {
		return err
	}
	defer v.Close()
	w.desk, w.visit = d, v
	return fn()
}

// loginOf is the login a command works as. There is no default user: whoever
// acts says so, here or in ASYLON_USER.
func loginOf(f onDir) (string, error) {
	if f.As != "" {
		return f.As, nil
	}
	if u := os.Getenv("ASYLON_USER"); u != "" {
		return u, nil
	}
	return "", fmt.Errorf("%w: say in whose name this is done: --as USER, or ASYLON_USER", errUsage)
}

// maxPassphrase bounds what is read as a passphrase.
const maxPassphrase = 4096

// passphrase reads a passphrase from a file, or asks for it at a terminal.
func passphrase(x IO, file, prompt string) (string, error) {
	if file != "" {
		f, err := os.Open(x.path(file))
		if err != nil {
			return "", fault.Wrap(fault.KindInvalid, err, fmt.Sprintf("the passphrase file %q cannot be read", file))
		}
		defer f.Close()
		line, err := bufio.NewReader(io.LimitReader(f, maxPassphrase)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fault.Wrap(fault.KindInvalid, err, "the passphrase file cannot be read")
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	in, ok := x.Stdin.(*os.File)
	if !ok || !term.IsTerminal(int(in.Fd())) {
		return "", fmt.Errorf("%w: there is no terminal to ask for the passphrase: use --passphrase-file", errUsage)
	}
	fmt.Fprint(x.Stderr, prompt)
	b, err := term.ReadPassword(int(in.Fd()))
	fmt.Fprintln(x.Stderr)
	if err != nil {
		return "", fault.Wrap(fault.KindUnavailable, err, "the passphrase could not be read from the terminal")
	}
	return string(b), nil
}
