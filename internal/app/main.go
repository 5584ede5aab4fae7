package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"asylon/internal/cli"
	"asylon/internal/fault"
	"asylon/internal/intake/extract/pdf"
	"asylon/internal/vault"
	"asylon/internal/web"
)

// Main runs the program and returns its exit code.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	pdf.ChildMain() // in a process started to read PDF files, this does not return
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	h := house{log: slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))}
	return cli.Run(ctx, h, args, cli.IO{Stdin: stdin, Stdout: stdout, Stderr: stderr, Dir: workingDir()})
}

// workingDir is where relative paths begin; empty leaves them to the system.
func workingDir() string {
	d, err := os.Getwd()
	if err != nil {
		return ""
	}
	return d
}

// house is what the command line can do with installations.
type house struct{ log *slog.Logger }

func (h house) Init(ctx context.Context, dir, database, login, name, passphrase, lang string) error {
	return Init(ctx, dir, Options{Database: database}, login, name, passphrase, lang)
}

func (h house) Open(dir, database string) (cli.Held, error) {
	return Open(dir, Options{Database: database})
}

// Socket is where the server of a folder listens for commands.
func (h house) Socket(dir string) string { return filepath.Join(dir, socketName) }

func (h house) Serve(ctx context.Context, dir, database, listen string, ready func(string)) error {
	a, err := Open(dir, Options{Database: database})
	if err != nil {
		return err
	}
	return errors.Join(h.serve(ctx, a, listen, web.Options{Log: h.log}, ready), a.Close())
}

// Demo makes a demonstration in dir (a temporary folder where it is empty, and
// then deleted afterwards) and serves it.
func (h house) Demo(ctx context.Context, dir, listen string, ready func(address, link, login, passphrase string)) error {
	if dir == "" {
		tmp, err := os.MkdirTemp("", "asylon-demo-")
		if err != nil {
			return fault.Wrap(fault.KindUnavailable, err, "no temporary folder can be made")
		}
		defer os.RemoveAll(tmp)
		dir = filepath.Join(tmp, "demo")
	}
	const login = "demo"
	pass := vault.NewPassphrase()
	if err := Init(ctx, dir, Options{}, login, "Demonstration", pass, "en"); err != nil {
		return err
	}
	a, err := Open(dir, Options{})
	if err != nil {
		return err
	}
	cookie, err := a.SignIn(ctx, login, pass)
	if err != nil {
		return errors.Join(err, a.Close())
	}
	in, err := a.Installation()
	if err != nil {
		return errors.Join(err, a.Close())
	}
	late, err := in.demonstrate(ctx, cookie)
	if err != nil {
		return errors.Join(err, a.Close())
	}
	link := in.Accounts.Link(cookie)
	var wg sync.WaitGroup
	err = h.serve(ctx, a, listen, web.Options{Log: h.log, Demo: true}, func(address string) {
		ready(address, address+"/link/"+link, login, pass)
		wg.Go(func() {
			if err := late(); err != nil && ctx.Err() == nil {
				h.log.Error("the demonstration is incomplete", "err", err)
			}
		})
	})
	wg.Wait()
	return errors.Join(err, a.Close())
}

// shutdownTime is how long running requests may take to finish.
const shutdownTime = 10 * time.Second

// serve answers browsers at listen and commands at the folder's socket until
// ctx ends.
func (h house) serve(ctx context.Context, a *App, listen string, opt web.Options, ready func(string)) error {
	site, err := web.New(a, opt)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", listen)
	if err != nil {
		return fault.Wrap(fault.KindUnavailable, err, fmt.Sprintf("the address %s cannot be listened on; is another server using it?", listen))
	}
	sock, err := cli.ListenSocket(h.Socket(a.dir))
	if err != nil {
		return errors.Join(err, l.Close())
	}
	pages := &http.Server{Handler: site, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, ErrorLog: slog.NewLogLogger(h.log.Handler(), slog.LevelDebug)}
	commands := &http.Server{Handler: cli.SocketHandler(h, a), ReadHeaderTimeout: 10 * time.Second}
	done := make(chan error, 2)
	go func() { done <- pages.Serve(l) }()
	go func() { done <- commands.Serve(sock) }()
	ready("http://" + l.Addr().String())
	var first error
	ended := 0
	select {
	case <-ctx.Done():
	case first = <-done:
		ended = 1
	}
	stop, cancel := context.WithTimeout(context.Background(), shutdownTime)
	defer cancel()
	errs := []error{pages.Shutdown(stop), commands.Shutdown(stop)}
	for ; ended < 2; ended++ {
		if err := <-done; first == nil {
			first = err
		}
	}
	if errors.Is(first, http.ErrServerClosed) {
		first = nil
	}
	return errors.Join(append(errs, first)...)
}
