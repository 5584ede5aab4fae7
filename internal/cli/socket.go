package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"time"

	"asylon/internal/desk"
	"asylon/internal/fault"
)

// request is a command line on its way to the server that holds the folder.
// It carries a passphrase and travels over a socket only the owner can open.
type request struct {
	Args       []string `json:"args"`
	Login      string   `json:"login"`
	Passphrase string   `json:"passphrase"`
	Dir        string   `json:"dir"` // relative paths begin here
}

// response is what the command printed, and its exit code.
type response struct {
	Stdout []byte `json:"stdout"`
	Stderr []byte `json:"stderr"`
	Exit   int    `json:"exit"`
}

const maxRequest = 1 << 20

// forward sends a command to the server of a folder; ok is false when there
// is none.
func forward(ctx context.Context, w *work, dir string, req request) (code int, ok bool) {
	path := w.house.Socket(dir)
	conn, err := net.DialTimeout("unix", path, 2*time.Second)
	if err != nil {
		return 0, false
	}
	client := &http.Client{Transport: &http.Transport{
		DialContext: func(context.Context, string, string) (net.Conn, error) {
			if conn == nil {
				return net.Dial("unix", path)
			}
			c := conn
			conn = nil
			return c, nil
		}, DisableKeepAlives: true}}
	body, err := json.Marshal(req)
	if err != nil {
		return finish(w.Stderr, err), true
	}
	hr, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://asylon/run", bytes.NewReader(body))
	if err != nil {
		return finish(w.Stderr, err), true
	}
	res, err := client.Do(hr)
	if err != nil {
		return finish(w.Stderr, fault.Wrap(fault.KindUnavailable, err, "the server that holds this folder does not answer")), true
	}
	defer res.Body.Close()
	var out response
	if err := json.NewDecoder(res.Body).Decode(&out); err != nil {
		return finish(w.Stderr, fault.Wrap(fault.KindUnavailable, err, "the server that holds this folder broke off")), true
	}
	_, err1 := w.Stdout.Write(out.Stdout)
	_, err2 := w.Stderr.Write(out.Stderr)
	if err := errors.Join(err1, err2); err != nil {
		return finish(w.Stderr, err), true
	}
	return out.Exit, true
}

// ListenSocket listens where commands on a folder look for its server. The
// socket can be opened by its owner alone.
func ListenSocket(path string) (net.Listener, error) {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fault.Wrap(fault.KindUnavailable, err, "an old command socket is in the way and cannot be removed")
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, fault.Wrap(fault.KindUnavailable, err, "the command socket cannot be made; the folder's path may be too long for one")
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// SocketHandler runs commands that come through the socket.
func SocketHandler(house House, host desk.Host) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		var req request
		if err := json.NewDecoder(io.LimitReader(r.Body, maxRequest)).Decode(&req); err != nil {
			http.Error(rw, "malformed command", http.StatusBadRequest)
			return
		}
		var stdout, stderr bytes.Buffer
		x := IO{Stdin: bytes.NewReader(nil), Stdout: &stdout, Stderr: &stderr, Dir: req.Dir}
		code := serveCommand(r.Context(), house, host, req, x)
		rw.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(rw).Encode(response{stdout.Bytes(), stderr.Bytes(), code}); err != nil {
			return // the command went away; there is nobody to tell
		}
	})
}

func serveCommand(ctx context.Context, house House, host desk.Host, req request, x IO) int {
	g, cmd, code, err := parse(req.Args, x)
	if err != nil {
		return finish(x.Stderr, err)
	}
	if code >= 0 {
		return code
	}
	c, ok := cmd.(dirCommand)
	if !ok {
		return finish(x.Stderr, errUsage)
	}
	w := &work{IO: x, json: g.JSON, house: house}
	if h, ok := host.(Held); ok {
		w.held = h
	}
	return finish(x.Stderr, withSession(ctx, host, req.Login, req.Passphrase, w, func() error { return c.run(ctx, w) }))
}
