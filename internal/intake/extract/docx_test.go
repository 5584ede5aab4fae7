package extract

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	nsW   = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	nsMC  = "http://schemas.openxmlformats.org/markup-compatibility/2006"
	nsRel = "http://schemas.openxmlformats.org/package/2006/relationships"
	tRel  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

func para(text string) string {
	return `<w:p><w:r><w:t xml:space="preserve">` + text + `</w:t></w:r></w:p>`
}

// docx makes a document of the elements of its body, and of more parts.
func docx(t testing.TB, body string, more ...string) []byte {
	t.Helper()
	return pack(t, append([]string{
		"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels", `<Relationships xmlns="` + nsRel + `"><Relationship Id="r1" Type="` + tRel + `officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml", `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="` + nsW + `" xmlns:mc="` + nsMC + `"><w:body>` + body + `</w:body></w:document>`,
	}, more...)...)
}

func part(root, inner string) string {
	return `<w:` + root + ` xmlns:w="` + nsW + `">` + inner + `</w:` + root + `>`
}

func TestDOCX(t *testing.T) {
	cell := func(paras ...string) string { return "<w:tc><w:tcPr/>" + strings.Join(paras, "") + "</w:tc>" }
	tests := []struct {
		name string
		body string
		want []string
	}{
		{"paragraphs", para("온성군에서 체포") + "<w:p/>" + para("朝阳区 &amp; more"), []string{"온성군에서 체포\n\n朝阳区 & more"}},
		{"runs", `<w:p><w:r><w:t>for</w:t></w:r><w:r><w:t xml:space="preserve">ced </w:t><w:tab/><w:t>x</w:t><w:br/><w:t>y</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>z</w:t></w:r></w:p>`, []string{"forced \tx\ny\u2011z"}},
		{"table", "<w:tbl><w:tblPr/><w:tblGrid/><w:tr>" + cell(para("a"), para("b")) + cell(para("c")) + "</w:tr><w:tr>" + cell("<w:p/>") + cell(para("d")) + "</w:tr></w:tbl>" + para("after"), []string{"a\nb\tc\n\td\nafter"}},
		{"table in a table", "<w:tbl><w:tr>" + cell(para("a"), "<w:tbl><w:tr>"+cell(para("i"))+cell(para("j"))+"</w:tr></w:tbl>", "<w:p/>") + cell(para("c")) + "</w:tr></w:tbl>", []string{"a\ni\tj\tc"}},
		{"author's page break", `<w:p><w:r><w:t>one</w:t><w:br w:type="page"/><w:lastRenderedPageBreak/><w:t>two</w:t></w:r></w:p>`, []string{"one", "two"}},
		{"page breaks of the layout", `<w:p><w:r><w:t xml:space="preserve">one </w:t><w:lastRenderedPageBreak/><w:t>two</w:t></w:r></w:p>` + para("more"), []string{"one ", "two\nmore"}},
		{"page with a picture only", `<w:p><w:r><w:drawing/></w:r></w:p><w:p><w:r><w:lastRenderedPageBreak/><w:t>two</w:t></w:r></w:p>`, []string{"", "two"}},
		{"page break before", para("one") + `<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:lastRenderedPageBreak/><w:t>two</w:t></w:r></w:p><w:p><w:pPr><w:pageBreakBefore w:val="0"/></w:pPr><w:r><w:t>same</w:t></w:r></w:p>`, []string{"one", "two\nsame"}},
		{"sections", `<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>one</w:t></w:r></w:p><w:p><w:pPr><w:sectPr><w:type w:val="continuous"/></w:sectPr></w:pPr><w:r><w:t>two</w:t></w:r></w:p>` + para("three"), []string{"one", "two\nthree"}},
		{"text box once", `<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>` + para("box") + `</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>` + para("box") + `</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>text</w:t></w:r></w:p>`, []string{"box\ntext"}},
		{"text box at the end", `<w:p><w:r><w:t>text</w:t><w:txbxContent>` + para("box") + `</w:txbxContent></w:r></w:p>` + para("next"), []string{"text\nbox\nnext"}},
		{"fields", `<w:p><w:r><w:instrText>HYPERLINK "http://example.org"</w:instrText></w:r><w:hyperlink><w:r><w:t>the list</w:t></w:r></w:hyperlink></w:p>`, []string{"the list"}},
		{"ticked boxes", `<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>yes</w:t><w:sym w:char="F0A8"/><w:t>no</w:t><w:sym w:char="00E9"/><w:sym w:char="F0123"/></w:r></w:p>`, []string{"☒yes☐noé\uFFFD"}},
		{"reading above characters", `<w:p><w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>けん</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>県</w:t></w:r></w:rubyBase></w:ruby><w:t>庁</w:t></w:r></w:p>`, []string{"県(けん)庁"}},
		{"nothing", "", []string{""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			res := must(t, "a.docx", docx(t, tt.body))
			if diff := cmp.Diff(tt.want, texts(res)); diff != "" {
				t.Errorf("pages (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDOCXLists(t *testing.T) {
	item := func(num, level int, text string) string {
		return fmt.Sprintf(`<w:p><w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr></w:pPr><w:r><w:t>%s</w:t></w:r></w:p>`, level, num, text)
	}
	level := func(n int, format, pattern string) string {
		return fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/></w:lvl>`, n, format, pattern)
	}
	numbering := part("numbering", `<w:abstractNum w:abstractNumId="0">`+level(0, "decimal", "%1.")+level(1, "lowerLetter", "(%2)")+level(2, "decimal", "%1.%3")+`</w:abstractNum>
		<w:abstractNum w:abstractNumId="1">`+level(0, "bullet", "x")+`</w:abstractNum>
		<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
		<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
		<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
		<w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num>`)
	styles := part("styles", `<w:style w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style><w:style w:styleId="Own"><w:basedOn w:val="Base"/></w:style><w:style w:styleId="Circle"><w:basedOn w:val="Circle"/></w:style>`)
	styled := func(style, more, text string) string {
		return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + more + `</w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
	}
	body := item(1, 0, "first") + item(1, 1, "sub") + item(1, 1, "sub") + item(1, 2, "deep") + item(1, 0, "second") + item(1, 1, "again") +
		item(4, 0, "goes on") + item(3, 0, "seventh") + item(3, 0, "eighth") +
		styled("Own", "", "bullet") + styled("Own", `<w:numPr><w:numId w:val="0"/></w:numPr>`, "plain") + styled("Circle", "", "none") + item(99, 0, "unknown list")
	res := must(t, "a.docx", docx(t, body, "word/numbering.xml", numbering, "word/styles.xml", styles))
	want := "1. first\n(a) sub\n(b) sub\n1.1 deep\n2. second\n(a) again\n3. goes on\n7. seventh\n8. eighth\n- bullet\nplain\nnone\nunknown list"
	if diff := cmp.Diff(want, res.Pages[0].Text); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
}

func TestDOCXAroundTheText(t *testing.T) {
	body := `<w:p><w:r><w:t>Reported</w:t><w:footnoteReference w:id="2"/></w:r><w:ins><w:r><w:t xml:space="preserve"> added</w:t></w:r></w:ins><w:del><w:r><w:delText>taken back</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t xml:space="preserve"> hidden</w:t></w:r></w:p>` +
		`<w:p><w:r><w:t>x</w:t><w:endnoteReference w:id="1"/><w:object/></w:r></w:p>`
	rels := `<Relationships xmlns="` + nsRel + `"><Relationship Id="h" Type="` + tRel + `header" Target="header1.xml"/><Relationship Id="f" Type="` + tRel + `footer" Target="/word/footer1.xml"/><Relationship Id="e" Type="` + tRel + `header" TargetMode="External" Target="http://example.org/x"/></Relationships>`
	res := must(t, "a.docx", docx(t, body,
		"word/_rels/document.xml.rels", rels,
		"word/header1.xml", part("hdr", para("File 2001/17")+para("Confidential")),
		"word/footer1.xml", part("ftr", para("3")),
		"word/footnotes.xml", part("footnotes", `<w:footnote w:type="separator" w:id="0">`+para("line")+`</w:footnote><w:footnote w:id="2">`+para("By telephone.")+`</w:footnote>`),
		"word/endnotes.xml", part("endnotes", `<w:endnote w:id="1">`+para("Last word.")+`</w:endnote>`),
		"word/comments.xml", part("comments", `<w:comment>`+para("why?")+`</w:comment><w:comment/>`),
		"docProps/core.xml", `<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title> A  report </dc:title><dc:creator>An office</dc:creator><dc:language>ko-KR</dc:language><created>2001-08-03T10:00:00Z</created></c>`))
	want := Result{
		Kind: KindDOCX, MediaType: typeDOCX, Title: "A report", Language: "ko-KR",
		Pages: []Page{
			{Number: 1, Text: "Reported[1] added hidden\nx[i]\n\n[1] By telephone.\n[i] Last word.", Warnings: []string{
				`deleted on this page by tracked changes: "taken back"`, `deleted on this page by tracked changes: "moved"`}},
			{Number: 2, Label: labelFrame, Text: "File 2001/17\nConfidential"},
		},
		Meta: map[string]string{"author": "An office", "created": "2001-08-03T10:00:00Z"},
		Warnings: []string{
			"comments by readers, not part of the text: 2; open the original to see them",
			"passages deleted by tracked changes, not part of the text: 2; the warnings of the pages quote them",
			"passages formatted as hidden, shown in the text here: 1",
			"embedded objects whose content was not read: 1; open the original to see them",
		},
	}
	if diff := cmp.Diff(want, res); diff != "" {
		t.Errorf("result (-want +got):\n%s", diff)
	}
}

func TestDOCXUnderAnotherName(t *testing.T) {
	data := pack(t, "[Content_Types].xml", "<Types/>",
		"_rels/.rels", `<Relationships xmlns="`+nsRel+`"><Relationship Type="`+tRel+`officeDocument" Target="/word/document2.xml"/></Relationships>`,
		"word/document2.xml", part("document", "<w:body>"+para("text")+"</w:body>"))
	res := must(t, "a.docx", data)
	if res.Kind != KindDOCX || res.Pages[0].Text != "text" {
		t.Errorf("result = %+v", res)
	}
}

// TestLongPage cuts a document whose pages nobody laid out, and keeps together
// one whose pages are known.
func TestLongPage(t *testing.T) {
	many := strings.Repeat(para(strings.Repeat("word ", 100)), 30) // 15,000 characters
	if res := must(t, "a.docx", docx(t, many)); len(res.Pages) != 4 || res.Pages[1].Label != "" {
		t.Errorf("%d pages, the second labelled %q; want 4 and no label", len(res.Pages), res.Pages[1].Label)
	}
	if res := must(t, "a.docx", docx(t, many+`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`+para("last"))); len(res.Pages) != 2 {
		t.Errorf("%d pages, want the 2 that the document has", len(res.Pages))
	}
	res := must(t, "a.docx", docx(t, many+many+`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`+para("last")))
	if last := res.Pages[len(res.Pages)-1]; len(res.Pages) < 5 || last.Label != "2" || last.Text != "last" {
		t.Errorf("%d pages, the last %+v; want it to keep its own number", len(res.Pages), last)
	}
}
