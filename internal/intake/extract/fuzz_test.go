package extract

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"asylon/internal/fault"
)

// fuzzLimits are small, so that inputs that reach a limit are found.
func fuzzLimits() Limits {
	l := DefaultLimits()
	l.Pages, l.Runes, l.Depth, l.Attachments = 50, 100_000, 30, 10
	return l
}

// fuzzRead reads a document as one of a kind, and checks what holds for every
// input: no panic, the same result again, whole pages within the limits, and an
// error that a person can be told.
func fuzzRead(t *testing.T, kind Kind, in Input, data []byte) {
	t.Helper()
	opt := Options{Limits: fuzzLimits()}
	once := func() (Result, error) {
		in.R, in.Size = bytes.NewReader(data), int64(len(data))
		res := Result{Kind: kind}
		// Extract would turn a panic into an error. Here it is to be seen.
		err := read(t.Context(), in, opt, &res)
		return res, (&tracked{}).explain(t.Context(), in, errorOr(err))
	}
	res, err := once()
	if again, _ := once(); !cmp.Equal(res, again) {
		t.Fatalf("read twice (-first +second):\n%s", cmp.Diff(res, again))
	}
	if err != errNone && fault.KindOf(err) != fault.KindInvalid && !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Fatalf("error of kind %v: %v", fault.KindOf(err), err)
	}
	checkPages(t, res)
	runes := 0
	for _, p := range res.Pages {
		runes += utf8.RuneCountInString(p.Text)
	}
	if len(res.Pages) > opt.Limits.Pages || runes > opt.Limits.Runes || len(res.Attachments) > opt.Limits.Attachments {
		t.Fatalf("%d pages, %d characters, %d attachments", len(res.Pages), runes, len(res.Attachments))
	}
}

// errNone stands for no error where one is explained.
var errNone = fault.Invalid("none")

func errorOr(err error) error {
	if err == nil {
		return errNone
	}
	return err
}

// FuzzTxt reads arbitrary bytes as what they are taken for, and as text.
func FuzzTxt(f *testing.F) {
	for _, s := range []string{"", "a\r\nb\f\x00", "\xEF\xBB\xBFx", "\xFF\xFEx\x00", "\x1b$)C\x0E12", strings.Repeat(korean, 200)} {
		f.Add([]byte(s), "a.txt", "")
	}
	f.Add(encode(f, korean, "euc-kr"), "", "cp949")
	f.Add(encode(f, japanese, "iso-2022-jp"), "a.html", "utf-16")
	f.Fuzz(func(t *testing.T, data []byte, name, encoding string) {
		in := Input{Name: name, Encoding: encoding, R: bytes.NewReader(data), Size: int64(len(data))}
		if _, _, err := Detect(in); err != nil {
			t.Fatalf("detect: %v", err)
		}
		fuzzRead(t, KindText, in, data)
	})
}

// FuzzHTML reads arbitrary bytes as a page of the web.
func FuzzHTML(f *testing.F) {
	f.Add([]byte(`<!DOCTYPE html><html lang=ko><meta charset=euc-kr><title>t</title><h1>a</h1><table><tr><td>b<td>c</table><ul><li>d</ul><pre>e  f</pre>`))
	f.Add([]byte(`<noscript><p>a<noscript>b</noscript></noscript><svg><title>c</svg><ol start=-5><li value=9999999999>d`))
	f.Add([]byte(`<?xml version="1.0" encoding="utf-16"?><html><plaintext>` + korean))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzRead(t, KindHTML, Input{}, data) })
}

// FuzzDOCX puts arbitrary XML into the parts of a document.
func FuzzDOCX(f *testing.F) {
	f.Add(para("x")+`<w:tbl><w:tr><w:tc>`+para("a")+`</w:tc></w:tr></w:tbl>`, `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`, `<w:style w:styleId="A"><w:numId w:val="1"/></w:style>`, `<w:footnote w:id="1">`+para("note")+`</w:footnote>`)
	f.Add(`<w:p><w:pPr><w:pStyle w:val="A"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:sectPr/></w:pPr><w:r><w:t>x</w:t><w:lastRenderedPageBreak/><w:footnoteReference w:id="1"/></w:r><w:del><w:r><w:delText>y</w:delText></w:r></w:del><w:ruby><w:rt/></w:ruby></w:p>`, "", "", "")
	f.Add(`</w:body><w:body><w:tc><w:tr/></w:tc><w:txbxContent/>`, `<w:num w:numId="1"/><w:lvl w:ilvl="-9"/><w:start w:val="x"/>`, `<w:basedOn w:val=""/>`, "")
	f.Fuzz(func(t *testing.T, body, numbering, styles, notes string) {
		fuzzRead(t, KindDOCX, Input{}, docx(t, body, "word/numbering.xml", part("numbering", numbering),
			"word/styles.xml", part("styles", styles), "word/footnotes.xml", part("footnotes", notes), "word/comments.xml", notes))
	})
}

// FuzzODT puts arbitrary XML into the parts of a document.
func FuzzODT(f *testing.F) {
	f.Add(`<text:list text:style-name="L"><text:list-item><text:p>a<text:s text:c="9"/>b</text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell table:number-columns-repeated="99999"/></table:table-row></table:table>`, "", "")
	f.Add(`<text:tracked-changes><text:changed-region text:id="a"><text:deletion><text:p>x</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p><text:change text:change-id="a"/><text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>n</text:p></text:note-body></text:note><text:soft-page-break/></text:p>`, `<style:header><text:p>h</text:p></style:header>`, `<dc:title>t</dc:title>`)
	f.Add(`</office:text><text:p/></text:list></table:table>`, `<text:list-style style:name="L"><text:list-level-style-number text:level="99"/>`, "<")
	f.Fuzz(func(t *testing.T, text, styles, meta string) {
		wrap := func(s string) string { return `<office:document` + odfSpaces + `>` + s + `</office:document>` }
		fuzzRead(t, KindODT, Input{}, odt(t, text, "styles.xml", wrap(styles), "meta.xml", wrap(meta)))
	})
}

// FuzzEML reads arbitrary bytes as a message.
func FuzzEML(f *testing.F) {
	f.Add(letter("From: a", "Subject: =?euc-kr?B?sLM=?=", "", "text"))
	f.Add(letter("Subject: s", "Content-Type: multipart/mixed; boundary=b", "", "--b", "Content-Type: multipart/alternative; boundary=c", "", "--c", "", "x", "--c", "Content-Type: text/html", "", "<p>y", "--c--", "--b", "Content-Type: message/rfc822", "", "Subject: t", "", "z", "--b", "Content-Disposition: attachment; filename=../x", "Content-Transfer-Encoding: base64", "", "AAA=", "--b--"))
	f.Add(letter("Content-Type: text/plain; charset=iso-2022-kr", "Content-Transfer-Encoding: quoted-printable", "", "=0E=30=21=0F="))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzRead(t, KindMail, Input{}, data) })
}
