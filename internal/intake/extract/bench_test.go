package extract

import (
	"bytes"
	"strings"
	"testing"
)

// BenchmarkExtract measures whole documents of about a hundred pages.
func BenchmarkExtract(b *testing.B) {
	text := strings.Repeat(korean+simplified+french, 3000)
	var html, body strings.Builder
	html.WriteString("<!DOCTYPE html><html><body>")
	for _, line := range strings.Split(text, "\n") {
		html.WriteString("<p>" + line + "</p>\n")
		body.WriteString(para(line))
	}
	for _, d := range []struct {
		name string
		data []byte
	}{
		{"a.txt", []byte(text)},
		{"euc-kr.txt", encode(b, strings.Repeat(korean, 6000), "euc-kr")},
		{"a.html", []byte(html.String())},
		{"a.docx", docx(b, body.String())},
		{"a.eml", []byte("Received: x\r\nSubject: y\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + text)},
	} {
		b.Run(d.name, func(b *testing.B) {
			b.SetBytes(int64(len(d.data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Extract(b.Context(), Input{Name: d.name, R: bytes.NewReader(d.data), Size: int64(len(d.data))}, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
