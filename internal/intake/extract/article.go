package extract

import (
	"net/url"
	"strings"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
)

// Bounds of what is searched for an article. The search compares elements with
// one another; an article's page has 2,000 of them.
const (
	maxArticleBytes    = 2 << 20
	maxArticleElements = 10_000
)

// readArticle looks for the article on a page of the web, and for who wrote it.
// Nothing else depends on it: a page without one, or one that the search cannot
// cope with, just has no article.
func readArticle(text string, res *Result) {
	if len(text) > maxArticleBytes {
		return
	}
	// The search is foreign code of many steps on a stranger's page. It may
	// fail; it must not take the extraction with it.
	defer func() { _ = recover() }()
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return // nested deeper than the parser allows
	}
	parser := readability.NewParser()
	parser.MaxElemsToParse = maxArticleElements
	found, err := parser.ParseAndMutate(doc, &url.URL{})
	if err != nil || found.Node == nil {
		return
	}
	var article strings.Builder
	if html.Render(&article, found.Node) != nil {
		return // only for trees that no page gives
	}
	res.Article = htmlText(article.String(), DefaultLimits())
	for key, value := range map[string]string{"author": found.Byline(), "site": found.SiteName()} {
		if v := OneLine(value, 500); v != "" && res.Meta[key] == "" {
			res.Meta[key] = v
		}
	}
	if res.Language == "" {
		res.Language = OneLine(found.Language(), 35)
	}
}
