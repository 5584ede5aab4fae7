package web

import (
	"embed"
	"encoding/json"
	"fmt"
	"net/http"
	"sort"
	"strings"

	"golang.org/x/text/language"
)

//go:embed catalog/*.json
var catalogFiles embed.FS

// catalogs hold the interface's texts by language and key. English is
// complete; another language falls back to it key by key.
type catalogs struct {
	texts map[string]map[string]string
	match language.Matcher
	codes []string
}

// loadCatalogs reads catalog/<lang>.json and catalog/<lang>.<topic>.json.
func loadCatalogs() (*catalogs, error) {
	files, err := catalogFiles.ReadDir("catalog")
	if err != nil {
		return nil, err
	}
	c := &catalogs{texts: map[string]map[string]string{}}
	for _, f := range files {
		b, err := catalogFiles.ReadFile("catalog/" + f.Name())
		if err != nil {
			return nil, err
		}
		var m map[string]string
		if err := json.Unmarshal(b, &m); err != nil {
			return nil, fmt.Errorf("catalogue %s: %w", f.Name(), err)
		}
		lang, _, _ := strings.Cut(f.Name(), ".")
		if c.texts[lang] == nil {
			c.texts[lang] = map[string]string{}
		}
		for k, v := range m {
			if _, twice := c.texts[lang][k]; twice {
				return nil, fmt.Errorf("catalogue %s: key %q stands twice", f.Name(), k)
			}
			c.texts[lang][k] = v
		}
	}
	tags := []language.Tag{language.English}
	c.codes = []string{"en"}
	var rest []string
	for l := range c.texts {
		if l != "en" {
			rest = append(rest, l)
		}
	}
	sort.Strings(rest)
	for _, l := range rest {
		tags, c.codes = append(tags, language.Make(l)), append(c.codes, l)
	}
	c.match = language.NewMatcher(tags)
	return c, nil
}

// langCookie keeps the choice of language of a browser.
const langCookie = "asylon_lang"

// negotiate picks the language of a request: chosen, else asked for.
func (c *catalogs) negotiate(r *http.Request) string {
	if k, err := r.Cookie(langCookie); err == nil {
		if _, ok := c.texts[k.Value]; ok {
			return k.Value
		}
	}
	tags, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil || len(tags) == 0 {
		return "en"
	}
	_, i, _ := c.match.Match(tags...)
	return c.codes[i]
}

func (c *catalogs) has(key string) bool {
	_, ok := c.texts["en"][key]
	return ok
}

// text is the text of a key; a key that is missing everywhere is shown itself,
// which a test forbids.
func (c *catalogs) text(lang, key string, args ...any) string {
	s, ok := c.texts[lang][key]
	if !ok {
		if s, ok = c.texts["en"][key]; !ok {
			return key
		}
	}
	if len(args) == 0 {
		return s
	}
	return fmt.Sprintf(s, args...)
}

// text is a text of the interface in the request's language.
func (c *call) text(key string, args ...any) string { return c.s.texts.text(c.lang, key, args...) }

// links lists the languages for the page's foot.
func (c *catalogs) links(current string) []langLink {
	var out []langLink
	for _, l := range c.codes {
		out = append(out, langLink{Code: l, Name: c.text(l, "language.name"), Current: l == current})
	}
	return out
}
