// Package web is the door of the browser: server-rendered pages that work
// completely without JavaScript, on a phone, over Tor and on paper. Handlers
// parse, authorise through the session, call one room, and render; there are
// no rules and no SQL here.
//
// A page is a route (routes.go), a handler in the file of its topic, a typed
// struct, and a template of the same name in templates/.
package web

import (
	"context"
	"embed"
	"errors"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"asylon/internal/accounts"
	"asylon/internal/desk"
	"asylon/internal/fault"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static/*
var staticFiles embed.FS

// Server serves the pages of one installation.
type Server struct {
	host  desk.Host
	log   *slog.Logger
	pages map[string]*template.Template
	texts *catalogs
	mux   *http.ServeMux
	demo  bool
}

// Options are how the server is set up.
type Options struct {
	Log  *slog.Logger
	Demo bool // mark every page as a demonstration
}

// New makes the server.
func New(host desk.Host, opt Options) (*Server, error) {
	texts, err := loadCatalogs()
	if err != nil {
		return nil, err
	}
	s := &Server{host: host, log: opt.Log, texts: texts, mux: http.NewServeMux(), demo: opt.Demo}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.pages, err = parsePages(); err != nil {
		return nil, err
	}
	static, err := fs.Sub(staticFiles, "static")
	if err != nil {
		return nil, err
	}
	s.mux.Handle("GET /static/", http.StripPrefix("/static/", cached(http.FileServerFS(static))))
	s.routes()
	return s, nil
}

// cached lets a browser keep the stylesheet for a while.
func cached(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "private, max-age=3600")
		h.ServeHTTP(w, r)
	})
}

// maxBody bounds a form; uploads have their own bound in their handler.
const maxBody = 2 << 20

// ServeHTTP answers a request: headers first, then the same-origin check, then
// the route.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin") // no-referrer would break forms over plain HTTP
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
	h.Set("Cache-Control", "no-store")
	if err := http.NewCrossOriginProtection().Check(r); err != nil {
		s.fail(w, r, nil, fault.Wrap(fault.KindForbidden, err, "this form was sent from another site: open the page here and send it again"))
		return
	}
	s.mux.ServeHTTP(w, r)
}

// call is one request with everything a handler needs.
type call struct {
	w     http.ResponseWriter
	r     *http.Request
	s     *Server
	desk  *desk.Desk
	visit *accounts.Visit
	lang  string
}

// handler answers a request or returns why it cannot.
type handler func(c *call) error

const cookieName = "asylon"

// open serves a page that needs no sign-in.
func (s *Server) open(pattern string, h handler) {
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		c := &call{w: w, r: r, s: s, lang: s.texts.negotiate(r)}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		if err := h(c); err != nil {
			s.fail(w, r, c, err)
		}
	})
}

// page serves a page that needs a sign-in. Without one, a read is sent to the
// sign-in page and comes back afterwards.
func (s *Server) page(pattern string, h handler) { s.pageUpTo(pattern, maxBody, h) }

// pageUpTo is page with another bound on the request's body.
func (s *Server) pageUpTo(pattern string, limit int64, h handler) {
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		c := &call{w: w, r: r, s: s, lang: s.texts.negotiate(r)}
		if err := c.enter(); err != nil {
			if r.Method == http.MethodGet && fault.Is(err, fault.KindForbidden) {
				c.redirect("/sign-in?next=" + template.URLQueryEscaper(r.URL.RequestURI()))
				return
			}
			s.fail(w, r, c, err)
			return
		}
		defer c.visit.Close()
		if err := h(c); err != nil {
			s.fail(w, r, c, err)
		}
	})
}

// enter finds the sign-in of the request's cookie.
func (c *call) enter() error {
	d, err := c.s.host.Desk()
	if err != nil {
		return err
	}
	k, err := c.r.Cookie(cookieName)
	if err != nil {
		return fault.Forbidden("sign in first")
	}
	v, err := d.Accounts.Session(k.Value)
	if err != nil {
		return err
	}
	c.desk, c.visit = d, v
	return nil
}

func (c *call) ctx() context.Context { return c.r.Context() }

func (c *call) redirect(to string) {
	http.Redirect(c.w, c.r, to, http.StatusSeeOther)
}

// form is a trimmed field of the form or query.
func (c *call) form(name string) string { return strings.TrimSpace(c.r.FormValue(name)) }

func (c *call) setCookie(value string) {
	http.SetCookie(c.w, &http.Cookie{Name: cookieName, Value: value, Path: "/", HttpOnly: true,
		Secure: c.r.TLS != nil, SameSite: http.SameSiteStrictMode, MaxAge: int(accounts.Absolute / time.Second)})
}

func (c *call) dropCookie() {
	http.SetCookie(c.w, &http.Cookie{Name: cookieName, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, MaxAge: -1})
}

// fail answers a request that could not be done: a sentence and what to do for
// a fault, an incident number for anything else. The log gets the cause; the
// page never does.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, c *call, err error) {
	kind := fault.KindOf(err)
	var tooBig *http.MaxBytesError
	if errors.As(err, &tooBig) {
		kind, err = fault.KindInvalid, fault.Invalid("what was sent is larger than %d MB, which is the most this form takes", tooBig.Limit>>20)
	}
	incident := ""
	if kind == fault.KindInternal || kind == fault.KindCorrupt {
		incident = newIncident()
		s.log.Error("request failed", "incident", incident, "method", r.Method, "pattern", r.Pattern, "err", redact(err))
	}
	if c == nil {
		c = &call{w: w, r: r, s: s, lang: s.texts.negotiate(r)}
	}
	p := errorPage{Status: kind.Status(), Kind: kind.String(), Sentence: sentence(fault.Sentence(err)), Incident: incident}
	if rerr := c.render(kind.Status(), "error", c.text("error.title."+strings.ReplaceAll(kind.String(), " ", "_")), &p); rerr != nil {
		s.log.Error("error page failed", "err", rerr)
	}
}

// redact is the error as the log may have it: its kinds and operations. The
// messages of our own errors name ids, never contents.
func redact(err error) string { return err.Error() }

type errorPage struct {
	base
	Status   int
	Kind     string
	Sentence string
	Incident string
}
