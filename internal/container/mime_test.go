package container

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"asylon/internal/fault"

	"github.com/google/go-cmp/cmp"
)

// crlf writes a message as mail carries it.
func crlf(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }

const sampleMail = `Subject: =?ks_c_5601-1987?B?sK3BprzbyK8=?= report
From: "Office" <office@example.org>
Date: Thu, 12 Oct 2023 09:00:00 +0900
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="outer"

This is the preamble, which nobody sees.
--outer
Content-Type: multipart/alternative; boundary=inner

--inner
Content-Type: text/plain; charset=euc-kr
Content-Transfer-Encoding: base64

sK3B
 przbyK8
--inner
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<p>=EA=B0=95=EC=A0=9C=
=EC=86=A1=ED=99=98</p>
--inner--

--outer
Content-Type: application/pdf; name="=?utf-8?B?66qF64uoLnBkZg==?="
Content-Disposition: attachment; filename*=utf-8''..%2F%EB%AA%85%EB%8B%A8%E2%80%AE.pdf
Content-Transfer-Encoding: base64

JVBERg==

--outer
Content-Type: message/rfc822

Subject: forwarded
Content-Type: multipart/mixed; boundary=fwd

--fwd

plain by default
--fwd--

--outer--
the epilogue
`

// walked is what a test keeps of a part.
type walked struct {
	Path, Type, Charset, Filename, Subject, Body string
	Attachment                                   bool
}

func walkAll(r io.Reader, lim Limits) ([]walked, error) {
	var parts []walked
	err := WalkMIME(r, lim, func(p *Part) error {
		body, err := io.ReadAll(p.Body)
		parts = append(parts, walked{p.Path, p.Type, p.Params["charset"], p.Filename, p.Get("subject"), string(body), p.Attachment})
		return err
	})
	return parts, err
}

func TestWalkMIME(t *testing.T) {
	want := []walked{
		{Path: "1", Type: "multipart/mixed", Subject: "강제송환 report"},
		{Path: "1.1", Type: "multipart/alternative"},
		{Path: "1.1.1", Type: "text/plain", Charset: "euc-kr", Body: "\xb0\xad\xc1\xa6\xbc\xdb\xc8\xaf"},
		{Path: "1.1.2", Type: "text/html", Charset: "utf-8", Body: "<p>강제송환</p>"},
		{Path: "1.2", Type: "application/pdf", Filename: "명단.pdf", Body: "%PDF", Attachment: true},
		{Path: "1.3", Type: "message/rfc822"},
		{Path: "1.3.1", Type: "multipart/mixed", Subject: "forwarded"},
		{Path: "1.3.1.1", Type: "text/plain", Body: "plain by default"},
	}
	for name, mail := range map[string]string{
		"crlf":    crlf(sampleMail),
		"lf":      sampleMail,
		"mailbox": "From office@example.org Thu Oct 12 09:00:00 2023\n" + sampleMail,
	} {
		t.Run(name, func(t *testing.T) {
			got, err := walkAll(strings.NewReader(mail), DefaultLimits())
			if diff := cmp.Diff(want, got); diff != "" || err != nil {
				t.Errorf("error %v (-want +got):\n%s", err, diff)
			}
			got, err = walkAll(iotest.OneByteReader(strings.NewReader(mail)), DefaultLimits())
			if diff := cmp.Diff(want, got); diff != "" || err != nil {
				t.Errorf("byte by byte: error %v (-want +got):\n%s", err, diff)
			}
		})
	}
}

func TestWalkMIMEFields(t *testing.T) {
	mail := crlf("Received: by a\nReceived: by b\n\tcontinued\nX-Odd: =?no-such?B?AAAA?=\n\nbody")
	var got []Field
	err := WalkMIME(strings.NewReader(mail), DefaultLimits(), func(p *Part) error {
		got = p.Fields()
		return nil
	})
	want := []Field{
		{"Received", "by a", "by a"},
		{"Received", "by b continued", "by b continued"},
		{"X-Odd", "=?no-such?B?AAAA?=", "=?no-such?B?AAAA?="},
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("error %v (-want +got):\n%s", err, diff)
	}
}

func TestWalkMIMEUnreadBodies(t *testing.T) {
	// A function that reads nothing, or skips, must still see every part.
	var paths []string
	err := WalkMIME(strings.NewReader(sampleMail), DefaultLimits(), func(p *Part) error {
		paths = append(paths, p.Path)
		if p.Path == "1.1" {
			return ErrSkip
		}
		return nil
	})
	want := []string{"1", "1.1", "1.2", "1.3", "1.3.1", "1.3.1.1"}
	if diff := cmp.Diff(want, paths); diff != "" || err != nil {
		t.Errorf("error %v (-want +got):\n%s", err, diff)
	}
}

func TestWalkMIMEStopsAtTheCallersError(t *testing.T) {
	stop := errors.New("stop")
	calls := 0
	err := WalkMIME(strings.NewReader(sampleMail), DefaultLimits(), func(p *Part) error {
		if calls++; p.Path == "1.1.1" {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) || calls != 3 {
		t.Errorf("error %v after %d calls, want the caller's after 3", err, calls)
	}
}

func TestWalkMIMELimits(t *testing.T) {
	lim := func(change func(*Limits)) Limits {
		l := DefaultLimits()
		change(&l)
		return l
	}
	mixed := func(parts string) string {
		return "Content-Type: multipart/mixed; boundary=b\n\n" + parts + "--b--\n"
	}
	nested := "\n\ninnermost\n"
	for range 30 {
		nested = "Content-Type: message/rfc822\n\n" + nested
	}
	tests := []struct {
		name string
		mail string
		lim  Limits
		want LimitError
	}{
		{"parts", mixed(strings.Repeat("--b\n\nx\n", 10)), lim(func(l *Limits) { l.Parts = 5 }), LimitError{Limit: LimitParts, Max: 5}},
		{"depth", nested, DefaultLimits(), LimitError{Limit: LimitDepth, Max: 20, Got: 21, Where: strings.TrimSuffix(strings.Repeat("1.", 21), ".")}},
		{"total", "A: b\n\n" + strings.Repeat("x", 100), lim(func(l *Limits) { l.TotalBytes = 50 }), LimitError{Limit: LimitTotal, Max: 50}},
		{"part", mixed("--b\n\nxxxxxx\n"), lim(func(l *Limits) { l.FileBytes = 5 }), LimitError{Limit: LimitFile, Max: 5, Where: "1.1"}},
		{"header", "A: " + strings.Repeat("x", 50_000) + "\n\n", lim(func(l *Limits) { l.HeaderBytes = 10_000 }), LimitError{Limit: LimitHeader, Max: 10_000, Where: "1"}},
		{"header of a part", mixed("--b\nA: " + strings.Repeat("x", 50_000) + "\n\nx\n"), lim(func(l *Limits) { l.HeaderBytes = 10_000 }), LimitError{Limit: LimitHeader, Max: 10_000, Where: "1.1"}},
		{"preamble without end", mixed(strings.Repeat("line\n", 10_000)), lim(func(l *Limits) { l.HeaderBytes = 10_000 }), LimitError{Limit: LimitHeader, Max: 10_000, Where: "1.1"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := walkAll(strings.NewReader(tt.mail), tt.lim)
			diffLimit(t, "WalkMIME", &tt.want, err)
			if !fault.Is(err, fault.KindInvalid) || fault.Sentence(err) == "" {
				t.Errorf("error %v is not an invalid fault with a sentence", err)
			}
		})
	}
}

func TestWalkMIMELongBodiesAreNotHeaders(t *testing.T) {
	lim := DefaultLimits()
	lim.HeaderBytes = 100
	mail := "Content-Type: multipart/mixed; boundary=b\n\n"
	for range 3 {
		mail += "--b\n\n" + strings.Repeat("line\n", 20_000)
	}
	n := 0
	err := WalkMIME(strings.NewReader(mail+"--b--\n"), lim, func(*Part) error { n++; return nil })
	if err != nil || n != 4 {
		t.Errorf("walked %d parts, error %v, want 4 and none", n, err)
	}
}

func TestWalkMIMEMalformed(t *testing.T) {
	for name, mail := range map[string]string{
		"empty":         "",
		"no header":     "\n\nbody",
		"no colon":      "this is not a message\n\n",
		"cut in a part": sampleMail[:strings.Index(sampleMail, "JVBERg")+3],
		"cut in header": "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent",
	} {
		if _, err := walkAll(strings.NewReader(mail), DefaultLimits()); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v, want ErrMalformed", name, err)
		}
	}
}

func TestWalkMIMEOddities(t *testing.T) {
	tests := []struct {
		name, header, body, wantType, wantBody string
	}{
		{"bad type", "Content-Type: ;;;", "x", "text/plain", "x"},
		{"multipart without boundary", "Content-Type: multipart/mixed", "--b\n\nx", "multipart/mixed", "--b\n\nx"},
		{"encoding in capitals", "Content-Transfer-Encoding: BASE64 ", "aGk=", "text/plain", "hi"},
		{"base64 with rubbish", "Content-Transfer-Encoding: base64", "a!G\x00k=\n-- \nfooter", "text/plain", "hi"},
		{"base64 without padding", "Content-Transfer-Encoding: base64", "aGk", "text/plain", "hi"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := walkAll(strings.NewReader(tt.header+"\n\n"+tt.body), DefaultLimits())
			want := []walked{{Path: "1", Type: tt.wantType, Body: tt.wantBody}}
			if diff := cmp.Diff(want, got); diff != "" || err != nil {
				t.Errorf("error %v (-want +got):\n%s", err, diff)
			}
		})
	}

	_, err := walkAll(strings.NewReader("Content-Transfer-Encoding: uuencode\n\nx"), DefaultLimits())
	if !errors.Is(err, ErrMethod) {
		t.Errorf("unknown encoding: %v, want ErrMethod", err)
	}
}

func TestWalkMIMEPassesReadErrorsOn(t *testing.T) {
	broken := errors.New("disk")
	r := io.MultiReader(strings.NewReader(sampleMail[:600]), iotest.ErrReader(broken))
	if _, err := walkAll(r, DefaultLimits()); !errors.Is(err, broken) || errors.Is(err, ErrMalformed) {
		t.Errorf("error %v, want the reader's own", err)
	}
}

func TestLabelOf(t *testing.T) {
	for in, want := range map[string]string{
		"../../etc/passwd":       "passwd",
		`C:\temp\file.doc`:       "file.doc",
		"a\x00b\n.txt":           "ab.txt",
		"photo\u202egpj.exe":     "photogpj.exe",
		"\xff.txt":               "\ufffd.txt",
		"명단 2023.xlsx":           "명단 2023.xlsx",
		"folder/":                "",
		"zero\u200bwidth\ufeff.": "zerowidth.",
	} {
		if got := labelOf(in); got != want {
			t.Errorf("labelOf(%q) = %q, want %q", in, got, want)
		}
	}
}

// FuzzWalkMIME checks that no message makes the walker panic or go beyond its
// limits.
func FuzzWalkMIME(f *testing.F) {
	f.Add([]byte(sampleMail))
	f.Add([]byte(crlf(sampleMail)))
	f.Add([]byte("A: b\n\nbody"))
	lim := DefaultLimits()
	lim.Parts, lim.PartDepth, lim.FileBytes, lim.TotalBytes, lim.HeaderBytes = 20, 5, 1000, 10_000, 2000
	f.Fuzz(func(t *testing.T, data []byte) {
		parts, err := walkAll(strings.NewReader(string(data)), lim)
		if len(parts) > lim.Parts {
			t.Fatalf("%d parts, limit %d", len(parts), lim.Parts)
		}
		for _, p := range parts {
			if len(p.Body) > int(lim.FileBytes) {
				t.Fatalf("part %s has %d bytes, limit %d", p.Path, len(p.Body), lim.FileBytes)
			}
			if strings.Count(p.Path, ".") >= lim.PartDepth {
				t.Fatalf("part %s is too deep", p.Path)
			}
			if strings.ContainsAny(p.Filename, "/\\\x00\n") {
				t.Fatalf("part %s has the file name %q", p.Path, p.Filename)
			}
		}
		if err != nil && fault.KindOf(err) != fault.KindInvalid {
			t.Fatalf("error %v (%T) is not about the input", err, err)
		}
	})
}

func ExampleWalkMIME() {
	mail := "Subject: =?utf-8?B?7Iug6rOg?=\nContent-Type: text/plain; charset=utf-8\n\nAt the border.\n"
	err := WalkMIME(strings.NewReader(mail), DefaultLimits(), func(p *Part) error {
		text, err := io.ReadAll(p.Body)
		fmt.Printf("%s %s %q: %s", p.Path, p.Type, p.Get("Subject"), text)
		return err
	})
	fmt.Println(err)
	// Output:
	// 1 text/plain "신고": At the border.
	// <nil>
}
