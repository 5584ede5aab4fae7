package extract

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

const odfSpaces = ` xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"`

// odt makes a document of the elements of its text, and of more parts.
func odt(t testing.TB, text string, more ...string) []byte {
	t.Helper()
	styles := `<style:style style:name="Break" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>` +
		`<style:style style:name="Last" style:family="paragraph"><style:paragraph-properties fo:break-after="page"/></style:style>` +
		`<style:style style:name="Cover" style:family="paragraph" style:master-page-name="First"/>` +
		`<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")" text:display-levels="2" text:start-value="3"/></text:list-style>` +
		`<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="x"/></text:list-style>`
	return pack(t, append([]string{
		"mimetype", typeODT,
		"content.xml", `<?xml version="1.0"?><office:document-content` + odfSpaces + `><office:automatic-styles>` + styles + `</office:automatic-styles><office:body><office:text>` + text + `</office:text></office:body></office:document-content>`,
	}, more...)...)
}

func TestODT(t *testing.T) {
	tests := []struct {
		name string
		text string
		want []string
	}{
		{"paragraphs", "<text:h>제목</text:h><text:p>one\n  two<text:s text:c=\"3\"/>three<text:tab/>x<text:line-break/>y</text:p><text:p/><text:p>朝阳区</text:p>", []string{"제목\none two   three\tx\ny\n\n朝阳区"}},
		{"spans", "<text:p>for<text:span>ced</text:span> <text:a>link</text:a></text:p>", []string{"forced link"}},
		{"soft page break", "<text:p>one</text:p><text:p><text:soft-page-break/>two</text:p>", []string{"one", "two"}},
		{"page break by style", `<text:p text:style-name="Cover">one</text:p><text:p text:style-name="Break">two</text:p><text:p text:style-name="Last">end</text:p><text:p>three</text:p>`, []string{"one", "two\nend", "three"}},
		{"lists", `<text:list text:style-name="L"><text:list-item><text:p>a</text:p><text:list><text:list-item><text:p>b</text:p></text:list-item><text:list-item><text:p>c</text:p><text:p>more</text:p></text:list-item></text:list></text:list-item></text:list><text:list text:style-name="L" text:continue-numbering="true"><text:list-item><text:p>d</text:p></text:list-item><text:list-item text:start-value="9"><text:p>e</text:p></text:list-item></text:list><text:list text:style-name="B"><text:list-item><text:p>f</text:p></text:list-item></text:list>`, []string{"1. a\n(1.c) b\n(1.d) c\nmore\n2. d\n9. e\n- f"}},
		{"table", `<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"/><table:table-cell><text:p>b</text:p><text:p>c</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>d</text:p></table:table-cell></table:table-row></table:table><text:p>after</text:p>`, []string{"a\t\t\tb\nc\nd\nafter"}},
		{"footnote", `<text:p>Reported<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>By  telephone.</text:p></text:note-body></text:note> so.</text:p>`, []string{"Reported[1] so.\n\n[1] By telephone."}},
		{"text box and picture", `<text:p>x<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box><svg:desc>a drawing</svg:desc></draw:frame></text:p><text:p>y</text:p>`, []string{"x\nbox\ny"}},
		{"reading above characters", `<text:p><text:ruby><text:ruby-base>県</text:ruby-base><text:ruby-text>けん</text:ruby-text></text:ruby>庁</text:p>`, []string{"県(けん)庁"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			res := must(t, "a.odt", odt(t, tt.text))
			if diff := cmp.Diff(tt.want, texts(res)); diff != "" {
				t.Errorf("pages (-want +got):\n%s", diff)
			}
		})
	}
}

func TestODTAroundTheText(t *testing.T) {
	text := `<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>x</dc:creator></office:change-info><text:p>taken back</text:p></text:deletion></text:changed-region></text:tracked-changes>` +
		`<text:p>Kept<text:change text:change-id="c1"/><office:annotation><text:p>why?</text:p></office:annotation><draw:frame><draw:object/></draw:frame></text:p>`
	styles := `<office:document-styles` + odfSpaces + `><office:master-styles><style:master-page><style:header><text:p>File 2001/17</text:p></style:header><style:footer><text:p>4</text:p></style:footer><style:header-left><text:p>File 2001/17</text:p></style:header-left></style:master-page></office:master-styles></office:document-styles>`
	meta := `<office:document-meta` + odfSpaces + `><office:meta><dc:title>A report</dc:title><meta:initial-creator>An office</meta:initial-creator><dc:creator>Another</dc:creator><dc:language>ko</dc:language><dc:date>2001-08-03</dc:date></office:meta></office:document-meta>`
	res := must(t, "a.odt", odt(t, text, "styles.xml", styles, "meta.xml", meta))
	want := Result{
		Kind: KindODT, MediaType: typeODT, Title: "A report", Language: "ko",
		Pages: []Page{
			{Number: 1, Text: "Kept", Warnings: []string{`deleted on this page by tracked changes: "taken back"`}},
			{Number: 2, Label: labelFrame, Text: "File 2001/17"},
		},
		Meta: map[string]string{"author": "An office", "modified": "2001-08-03"},
		Warnings: []string{
			"comments by readers, not part of the text: 1; open the original to see them",
			"passages deleted by tracked changes, not part of the text: 1; the warnings of the pages quote them",
			"embedded objects whose content was not read: 1; open the original to see them",
		},
	}
	if diff := cmp.Diff(want, res); diff != "" {
		t.Errorf("result (-want +got):\n%s", diff)
	}
}
