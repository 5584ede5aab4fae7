package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHTML(t *testing.T) {
	tests := []struct {
		name string
		body string
		want string
	}{
		{"blocks", "<h1>List</h1>\n<p>one\n two<br>three</p><p>four<div>five</div>six", "List\n\none two\nthree\n\nfour\nfive\nsix"},
		{"within a line", "<p>for<b>ced</b> <a href='http://example.org'>the <i>list</i></a>, x</p>", "forced the list, x"},
		{"scripts and styles", "a<script>if (x < 1) document.write('<p>b')</script><style>p{}</style><template><p>c</p></template><!-- d -->e", "ae"},
		{"without scripts", "<noscript><p>shown <b>here</b></p></noscript>after", "shown here\n\nafter"},
		{"table", "<table><tr><th>name<th>age</tr><tr><td>김<td>7<tr><td><p>x</p><p>y</p></td><td></td><td>z</td></tr></table>after", "name\tage\n김\t7\nx\n\ny\t\tz\n\nafter"},
		{"lists", "<ul><li>a<li>b<ol start=3><li>c</li><li value=7>d</ol></ul>e", "- a\n- b\n3. c\n7. d\ne"},
		{"preformatted", "<pre>a  b\n\n  c</pre>d  e", "a  b\n\n  c\n\nd e"},
		{"characters", "&lt;p&gt; &#xAC00; &nbsp;x&zwj;", "<p> 가 \u00A0x\u200D"},
		{"form", "<form><select><option>a<option>b</select><textarea>c\nd</textarea><input value=x></form>", "a\nb\nc\nd"},
		{"drawing with a title", "a<svg><title>no</title><text>b</text></svg>c", "abc"},
		{"unclosed and wrongly closed", "<div><b>a</i></div></p></table>b<", "a\n\nb<"},
		{"frames", "<frameset><noframes>no</noframes></frameset>a<iframe>b</iframe>c", "a\nc"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			res := must(t, "a.html", []byte("<!DOCTYPE html><title>t</title><body>"+tt.body))
			if diff := cmp.Diff([]string{tt.want}, texts(res)); diff != "" {
				t.Errorf("pages (-want +got):\n%s", diff)
			}
		})
	}
}

func TestHTMLSaysAboutItself(t *testing.T) {
	page := `<html lang=" ko-KR "><head><meta charset="euc-kr"><title>북송 &amp;
  보고</title><meta name="author" content="기자"><meta property="article:published_time" content="2001-07"><meta name="author" content="second"></head><body>본문</body></html>`
	res := must(t, "a.html", encode(t, page, "euc-kr"))
	want := Result{
		Kind: KindHTML, MediaType: typeHTML, Encoding: "euc-kr", Title: "북송 & 보고", Language: "ko-KR",
		Pages: []Page{{Number: 1, Text: "본문"}},
		Meta:  map[string]string{"author": "기자", "published": "2001-07"},
	}
	got := res
	got.Article = ""
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("result (-want +got):\n%s", diff)
	}
}

func TestHTMLEncodings(t *testing.T) {
	const body = "<p>遣返 forced</p>"
	tests := []struct {
		name string
		data []byte
		want string
		warn bool
	}{
		{"stated the old way", append([]byte(`<html><meta http-equiv="Content-Type" content="text/html; charset=GB2312">`), encode(t, body, "gb18030")...), "gb18030", false},
		{"stated as XML", append([]byte(`<?xml version="1.0" encoding="Big5"?><html>`), encode(t, body, "big5")...), "big5", false},
		{"UTF-8 that says otherwise", []byte(`<html><meta charset=shift_jis>` + body), "utf-8", true},
		{"UTF-16 that cannot be", []byte(`<html><meta charset=utf-16>` + body), "utf-8", false},
		{"not stated", append([]byte(`<html>`), encode(t, "<p>一家七口在北京的办事处寻求庇护</p>"+body, "gb18030")...), "gb18030", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			res := must(t, "a.html", tt.data)
			if res.Encoding != tt.want || len(res.Warnings) > 0 != tt.warn || !strings.Contains(res.Pages[0].Text, "遣返 forced") {
				t.Errorf("%s %q, warnings %q; want %s", res.Encoding, res.Pages[0].Text, res.Warnings, tt.want)
			}
		})
	}
}

func TestArticle(t *testing.T) {
	story := strings.Repeat("<p>Seven persons, among them two children, were taken from a farmhouse near the border in the last week of July, a neighbour said.</p>", 10)
	page := "<html><body><nav><ul><li><a href=/>Home</a><li><a href=/x>Contact us</a></ul></nav><article><h1>Taken</h1><p class=byline>By A. Reporter</p>" + story + "</article><footer>All rights reserved</footer></body></html>"
	res := must(t, "a.html", []byte(page))
	if !strings.Contains(res.Article, "among them two children") || strings.Contains(res.Article, "Contact us") {
		t.Errorf("article = %q", res.Article)
	}
	for _, want := range []string{"Contact us", "By A. Reporter", "All rights reserved"} {
		if !strings.Contains(res.Pages[0].Text, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

func TestHTMLHostile(t *testing.T) {
	tests := []struct{ name, page, want string }{
		{"depth", "<html>" + strings.Repeat("<div>", 200_000) + "deep", "deep"},
		{"lists in lists", "<html>" + strings.Repeat("<ul><li>", 50_000) + "x", ""},
		{"noscript in noscript", "<html>" + strings.Repeat("<noscript>", 1000) + "x", ""},
		{"an endless tag", "<html><p " + strings.Repeat("a=b ", 200_000), ""},
		{"empty cells", "<html><table><tr>" + strings.Repeat("<td>", 100_000) + "x", ""},
		{"blank lines", "<html>a" + strings.Repeat("<br>", 100_000) + "x", ""},
		{"no text", "<html><script>render()</script>", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			res := must(t, "a.html", []byte(tt.page))
			total := 0
			for _, p := range res.Pages {
				total += len(p.Text)
			}
			if all := strings.Join(texts(res), ""); !strings.Contains(all, tt.want) || total > len(tt.page) {
				t.Errorf("%d bytes of text from %d", total, len(tt.page))
			}
		})
	}
	res := must(t, "a.html", []byte(tests[len(tests)-1].page))
	if len(res.Pages) != 1 || len(res.Pages[0].Warnings) != 1 || !strings.Contains(res.Pages[0].Warnings[0], "save it as PDF from a browser") {
		t.Errorf("a page without text: %+v", res.Pages)
	}
}
