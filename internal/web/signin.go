package web

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"asylon/internal/accounts"
	"asylon/internal/fault"
	"asylon/internal/policy"
)

type signInPage struct {
	base
	Next    string
	Login   string
	Problem string
}

func signInForm(c *call) error {
	return c.show("signin", "signin.title", &signInPage{Next: localPath(c.form("next"))})
}

// signIn checks a passphrase. A wrong one and an unknown login look the same.
func signIn(c *call) error {
	next := localPath(c.form("next"))
	cookie, err := c.s.host.SignIn(c.ctx(), c.form("login"), c.r.PostFormValue("passphrase"))
	if fault.Is(err, fault.KindForbidden) {
		p := &signInPage{Next: next, Login: c.form("login"), Problem: sentence(fault.Sentence(err))}
		return c.render(http.StatusForbidden, "signin", c.text("signin.title"), p)
	}
	if err != nil {
		return err
	}
	c.setCookie(cookie)
	c.redirect(next)
	return nil
}

// localPath keeps a redirect within this site.
func localPath(p string) string {
	u, err := url.Parse(p)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(p, "/") || strings.HasPrefix(p, "//") || strings.ContainsAny(p, "\\\n\r") {
		return "/"
	}
	return p
}

func oneTimeLink(c *call) error {
	d, err := c.s.host.Desk()
	if err != nil {
		return err
	}
	cookie, err := d.Accounts.Redeem(c.r.PathValue("token"))
	if err != nil {
		return err
	}
	c.setCookie(cookie)
	c.redirect("/")
	return nil
}

func signOut(c *call) error {
	if k, err := c.r.Cookie(cookieName); err == nil {
		c.desk.Accounts.Leave(k.Value)
	}
	c.dropCookie()
	c.redirect("/sign-in")
	return nil
}

// lockAll closes the installation for everybody. Any signed-in user may: in
// an emergency nobody should look for an administrator first.
func lockAll(c *call) error {
	if err := c.visit.Allow(policy.UseState); err != nil {
		return err
	}
	c.dropCookie()
	if err := c.s.host.LockAll(); err != nil {
		return err
	}
	c.redirect("/sign-in")
	return nil
}

func setLanguage(c *call) error {
	lang := c.form("lang")
	if _, ok := c.s.texts.texts[lang]; !ok {
		return fault.Invalid("there is no interface in %.10q", lang)
	}
	http.SetCookie(c.w, &http.Cookie{Name: langCookie, Value: lang, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, MaxAge: int(365 * 24 * time.Hour / time.Second)})
	if err := c.enter(); err == nil {
		defer c.visit.Close()
		if err := accounts.SetLang(c.ctx(), c.visit.Session, lang); err != nil {
			return err
		}
	}
	c.redirect(localPath(c.form("next")))
	return nil
}

func notHere(c *call) error { return fault.NotFound("there is no page here") }
