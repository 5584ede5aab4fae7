package extract

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// letter makes a message of lines.
func letter(lines ...string) []byte { return []byte(strings.Join(lines, "\r\n") + "\r\n") }

func TestMail(t *testing.T) {
	data := letter(
		"Received: from x by y; Fri, 3 Aug 2001 10:00:00 +0900",
		"From: =?euc-kr?B?"+base64.StdEncoding.EncodeToString(encode(t, "김 아무개", "euc-kr"))+"?= <a@example.org>",
		"To: office@example.org,",
		"\tother@example.org",
		"Date: Fri, 3 Aug 2001 10:00:00 +0900",
		"Subject: =?utf-8?q?Names_=EB=AA=85=EB=8B=A8?=",
		"Message-ID: <1@example.org>",
		"MIME-Version: 1.0",
		`Content-Type: multipart/mixed; boundary="b"`,
		"",
		"preamble",
		"--b",
		"Content-Type: multipart/alternative; boundary=c",
		"",
		"--c",
		"Content-Type: text/plain; charset=euc-kr",
		"Content-Transfer-Encoding: base64",
		"",
		base64.StdEncoding.EncodeToString(encode(t, "명단을 보냅니다.\n", "euc-kr")),
		"--c",
		"Content-Type: text/html; charset=utf-8",
		"",
		"<p>명단을 보냅니다.",
		"--c--",
		"--b",
		`Content-Type: application/pdf; name="list.pdf"`,
		`Content-Disposition: attachment; filename*=utf-8''%EB%AA%85%EB%8B%A8.pdf`,
		"Content-Transfer-Encoding: base64",
		"",
		base64.StdEncoding.EncodeToString([]byte("%PDF-1.4 x")),
		"--b",
		`Content-Type: text/plain; name="notes.txt"`,
		"Content-Transfer-Encoding: quoted-printable",
		"",
		"caf=E9=",
		"s",
		"--b--",
		"epilogue",
	)
	want := Result{
		Kind: KindMail, MediaType: typeMail, Encoding: "euc-kr", Title: "Names 명단",
		Pages: []Page{{Number: 1, Text: "From: 김 아무개 <a@example.org>\nTo: office@example.org, other@example.org\nDate: Fri, 3 Aug 2001 10:00:00 +0900\nSubject: Names 명단\n\n명단을 보냅니다."}},
		Attachments: []Attachment{
			{Name: "명단.pdf", MediaType: typePDF, Data: []byte("%PDF-1.4 x")},
			{Name: "notes.txt", MediaType: typeText, Data: []byte("caf\xE9s")},
		},
		Meta: map[string]string{"from": "김 아무개 <a@example.org>", "to": "office@example.org, other@example.org",
			"date": "Fri, 3 Aug 2001 10:00:00 +0900", "message-id": "<1@example.org>"},
	}
	if diff := cmp.Diff(want, must(t, "a.eml", data)); diff != "" {
		t.Errorf("result (-want +got):\n%s", diff)
	}
}

func TestForwardedMail(t *testing.T) {
	data := letter("Received: x", "From: a@example.org", "Subject: FW", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b", "",
		"--b", "", "see below",
		"--b", "Content-Type: message/rfc822", "",
		"From: c@example.org", "Subject: Names", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=d", "",
		"--d", "", "seven names",
		"--d", "Content-Type: image/png; name=scan.png", "Content-Transfer-Encoding: base64", "", "AAAA",
		"--d--",
		"--b", "", "after it", "--b--")
	res := must(t, "a.eml", data)
	want := []Page{
		{Number: 1, Text: "From: a@example.org\nSubject: FW\n\nsee below\n\nafter it"},
		{Number: 2, Label: "attached message Names", Text: "From: c@example.org\nSubject: Names\n\nseven names"},
	}
	if diff := cmp.Diff(want, res.Pages); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
	if len(res.Attachments) != 1 || res.Attachments[0].Name != "scan.png" || len(res.Attachments[0].Data) != 3 {
		t.Errorf("attachments = %+v", res.Attachments)
	}
}

func TestMailVersions(t *testing.T) {
	alternative := func(plain, html string) []byte {
		return letter("Received: x", "Subject: s", "MIME-Version: 1.0", "Content-Type: multipart/alternative; boundary=c", "",
			"--c", "", plain, "--c", "Content-Type: text/html", "", html, "--c--")
	}
	long := "<p>" + strings.Repeat("The whole report is here. ", 50)
	tests := []struct {
		name  string
		data  []byte
		pages int
		text  string
		label string // of the last page
	}{
		{"plain preferred", alternative("plain words", "<p>plain <b>words</b>"), 1, "Subject: s\n\nplain words", ""},
		{"HTML only", alternative(" ", "<p>rich <b>words</b>"), 1, "Subject: s\n\nrich words", ""},
		{"plain is a notice", alternative("Use another program.", long), 2, "Subject: s\n\nUse another program.", labelHTML},
		{"HTML alone", letter("Received: x", "Subject: s", "Content-Type: text/html", "", "<p>rich<p>words"), 1, "Subject: s\n\nrich\n\nwords", ""},
		{"no text", letter("Received: x", "Subject: s", "Content-Type: application/pdf", "", "%PDF"), 1, "Subject: s", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			res := must(t, "a.eml", tt.data)
			last := res.Pages[len(res.Pages)-1]
			if len(res.Pages) != tt.pages || res.Pages[0].Text != tt.text || last.Label != tt.label {
				t.Errorf("pages = %+v", res.Pages)
			}
		})
	}
}

func TestMailRefusedOrDamaged(t *testing.T) {
	head := []string{"Received: x", "Subject: s", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b", ""}
	with := func(lines ...string) []byte { return letter(append(append([]string(nil), head...), lines...)...) }
	many := with()
	for i := range 5 {
		many = append(many, fmt.Sprintf("--b\r\nContent-Type: image/png; name=%d.png\r\n\r\nx\r\n", i)...)
	}
	many = append(many, "--b--\r\n"...)
	nested := strings.Repeat("Subject: s\r\nContent-Type: message/rfc822\r\n\r\n", 100) + "Subject: s\r\n\r\nx"
	res := must(t, "a.eml", many, func(_ *Input, o *Options) { o.Limits.Attachments = 3 })
	if len(res.Attachments) != 3 || len(res.Warnings) != 1 || !strings.Contains(res.Warnings[0], "2 attachments more") {
		t.Errorf("%d attachments, warnings %q", len(res.Attachments), res.Warnings)
	}
	res = must(t, "a.eml", with("--b", "", "text", "--b", "Content-Transfer-Encoding: x-own", "", "coded", "--b--"))
	if len(res.Warnings) != 1 || !strings.Contains(res.Warnings[0], "part 1.2") {
		t.Errorf("unknown coding: %+v", res)
	}
	res = must(t, "a.eml", with("--b", "", "text", "--b", "Content-Type: image/png", "", "cut he"))
	if !strings.Contains(res.Pages[0].Text, "text") {
		t.Errorf("cut message: %+v", res)
	}
	if _, err := run(t, "a.eml", []byte("Received: x\r\n"+nested)); err == nil || !strings.Contains(err.Error(), "built as no mail program builds one") {
		t.Errorf("nested a hundred times: %v", err)
	}
	res = must(t, "a.eml", letter("Received: x", "Subject: s", "Content-Type: multipart/encrypted; boundary=b", "", "--b", "Content-Type: application/pgp-encrypted", "", "Version: 1", "--b--"))
	if len(res.Warnings) != 1 || !strings.Contains(res.Warnings[0], "encrypted") {
		t.Errorf("encrypted: warnings %q", res.Warnings)
	}
}
