package print

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"pgregory.net/rapid"
)

func TestHTMLGolden(t *testing.T) {
	for name, d := range map[string]Document{"letter.html": sample(), "arabic.html": arabicSample()} {
		got, err := HTML(d)
		if err != nil {
			t.Fatal(err)
		}
		compare(t, name, got)
	}
}

func TestMarkdownGolden(t *testing.T) {
	for name, d := range map[string]Document{"letter.md": sample(), "arabic.md": arabicSample()} {
		got, err := Markdown(d)
		if err != nil {
			t.Fatal(err)
		}
		compare(t, name, got)
	}
}

// Every reference must lead to a note and every note back; nothing in the page
// may run or load anything.
func TestHTMLIsClosedInItself(t *testing.T) {
	page, err := HTML(sample())
	if err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]int{}
	var links []string
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "script", "link", "img", "iframe", "object":
			t.Errorf("page contains <%s>", n.Data)
		}
		for _, a := range n.Attr {
			switch {
			case a.Key == "id":
				ids[a.Val]++
			case a.Key == "href":
				links = append(links, a.Val)
			case a.Key == "style", strings.HasPrefix(a.Key, "on"), a.Key == "src":
				t.Errorf("<%s> has the attribute %s", n.Data, a.Key)
			}
		}
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("id %q is used %d times", id, n)
		}
	}
	inner := 0
	for _, l := range links {
		if id, ok := strings.CutPrefix(l, "#"); ok {
			inner++
			if ids[id] == 0 {
				t.Errorf("link to %q leads nowhere", id)
			}
		}
	}
	// Four references in the text, as many ways back.
	if inner != 8 {
		t.Errorf("%d links within the page, want 8", inner)
	}
}

func TestNotesAreNumberedAsTheTextRefersToThem(t *testing.T) {
	n := sample().number()
	want := map[string]int{"report": 1, "interview": 2, "unused": 3}
	if diff := cmp.Diff(want, n.number); diff != "" {
		t.Error(diff)
	}
}

func TestFragmentPrefixesItsIDs(t *testing.T) {
	f, err := Fragment(sample(), "doc7-")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(f), `id="doc7-note-1"`) || strings.Contains(string(f), `id="note-`) || strings.Contains(string(f), "<style") {
		t.Errorf("prefix is missing or a style came along:\n%.600s", f)
	}
}

// Whatever a text contains, it comes out of the page as that text.
func TestAnyTextSurvivesHTML(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		f, err := Fragment(Document{Title: "t", Blocks: []Block{Paragraph(Text(s), Emph(s), LinkTo(s, "/x"))}}, "")
		if err != nil {
			t.Fatal(err)
		}
		root, err := html.Parse(strings.NewReader(string(f)))
		if err != nil {
			t.Fatal(err)
		}
		for n := range root.Descendants() {
			if n.Type == html.ElementNode && n.Data == "em" {
				got := ""
				if n.FirstChild != nil {
					got = n.FirstChild.Data
				}
				if want := clean(s); got != want {
					t.Fatalf("%q came out as %q", want, got)
				}
				return
			}
		}
		t.Fatalf("no emphasis in %s", f)
	})
}

// Undoing the escapes of Markdown gives the text back, and no line of it can
// begin a block.
func TestAnyTextSurvivesMarkdown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		got := escapeMarkdown(s)
		var b strings.Builder
		for i := 0; i < len(got); i++ {
			if got[i] == '\\' {
				i++
			} else if strings.ContainsRune("`*_[]<>|~&$^", rune(got[i])) {
				t.Fatalf("%q has %q unescaped", got, got[i])
			}
			b.WriteByte(got[i])
		}
		if b.String() != clean(s) {
			t.Fatalf("%q came back as %q", clean(s), b.String())
		}
	})
}

func TestLineStart(t *testing.T) {
	tests := []struct{ in, want string }{
		{"# heading", `\# heading`}, {"- item", `\- item`}, {"12. item", `12\. item`}, {"3) item", `3\) item`},
		{"    code", "code"}, {"12 June", "12 June"}, {"=", `\=`}, {"", ""}, {"plain", "plain"},
	}
	for _, tt := range tests {
		if got := lineStart(tt.in); got != tt.want {
			t.Errorf("lineStart(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

// Documents are stored as JSON: one that comes back prints the same.
func TestJSONRoundTrip(t *testing.T) {
	raw, err := json.Marshal(sample())
	if err != nil {
		t.Fatal(err)
	}
	var back Document
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sample(), back); diff != "" {
		t.Error(diff)
	}
}

func TestCheck(t *testing.T) {
	with := func(b ...Block) Document { return Document{Title: "t", Blocks: b} }
	tests := []struct {
		name string
		d    Document
		want string
	}{
		{"no title", Document{}, "no title"},
		{"unknown note", with(Paragraph(NoteRef("x"))), `there is no note "x"`},
		{"note in a note", Document{Title: "t", Notes: []Note{{ID: "a", Runs: []Run{NoteRef("a")}}}}, "notes cannot have notes"},
		{"note twice", Document{Title: "t", Notes: []Note{{ID: "a"}, {ID: "a"}}}, "used twice"},
		{"script link", with(Paragraph(LinkTo("x", "javascript:alert(1)"))), "give an http"},
		{"link that hides its host", with(Paragraph(LinkTo("x", "//evil.example"))), "give an http"},
		{"link with a backslash", with(Paragraph(LinkTo("x", `/\evil.example`))), "give an http"},
		{"data link of a note", Document{Title: "t", Notes: []Note{{ID: "a", Link: "data:text/html,x"}}}, "give an http"},
		{"level", with(Heading(4, "x")), "block 1 (heading): level 4"},
		{"cells", with(TableBlock(Table{Columns: []Column{{Name: "a"}}, Rows: [][]Cell{{}}})), "row 1 has 0 cells for 1 columns"},
		{"no columns", with(Block{Kind: KindTable}), "no columns"},
		{"kind", with(Block{Kind: "poem"}), `kind "poem" is not known`},
		{"direction", Document{Title: "t", Direction: "up"}, `direction "up"`},
		{"language", Document{Title: "t", Language: `en" onclick="x`}, "is no language tag"},
		{"page label", Document{Title: "t", Labels: Labels{Page: "%s"}}, "takes two %d"},
		{"paper", Document{Title: "t", Paper: "b5"}, `paper "b5"`},
		{"text and note", Document{Title: "t", Notes: []Note{{ID: "a"}}, Blocks: []Block{Paragraph(Run{Text: "x", Note: "a"})}}, "make two runs"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := tt.d.Check(); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want one that says %q", err, tt.want)
			}
			if _, err := HTML(tt.d); err == nil {
				t.Error("HTML wrote it all the same")
			}
			if _, err := Markdown(tt.d); err == nil {
				t.Error("Markdown wrote it all the same")
			}
		})
	}
}
