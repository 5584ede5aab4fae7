package print

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func mustPDF(t testing.TB, d Document) Rendering {
	t.Helper()
	r, err := PDF(d)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestPDFIsTheSameEveryTime(t *testing.T) {
	first := mustPDF(t, sample())
	if !bytes.Equal(first.Bytes, mustPDF(t, sample()).Bytes) {
		t.Error("the same document gave other bytes")
	}
	d := sample()
	d.Blocks[1].Runs[0].Text = "On 11 June"
	if bytes.Equal(first.Bytes, mustPDF(t, d).Bytes) {
		t.Error("another document gave the same bytes")
	}
}

var pageObject = regexp.MustCompile(`/Type /Page\b[^s]`)

func TestPDFStructure(t *testing.T) {
	r := mustPDF(t, sample())
	if !bytes.HasPrefix(r.Bytes, []byte("%PDF-1.")) || !bytes.HasSuffix(bytes.TrimSpace(r.Bytes), []byte("%%EOF")) {
		t.Error("not a whole PDF")
	}
	if n := len(pageObject.FindAll(r.Bytes, -1)); n != r.Pages || n != 3 {
		t.Errorf("%d page objects, %d pages said, want 3", n, r.Pages)
	}
	for _, want := range []string{
		"/CreationDate (D:20010612090000)", "/ModDate (D:20010612090000)", "/Lang (en)", "/Outlines",
		"utf8notosans-regular", "utf8notosans-bold", "utf8notosans-italic", "utf8notosansarabic-regular",
		"utf8asylonhangul-regular", "utf8droidsansfallbackfull", "utf8notosansthai-regular",
		"/URI (https://example.org/release?a=1&b=2)",
	} {
		if !bytes.Contains(r.Bytes, []byte(want)) {
			t.Errorf("%q is not in the file", want)
		}
	}
	for _, not := range []string{"notosanslao", "dejavusans", "/JS", "/record/events"} {
		if bytes.Contains(r.Bytes, []byte(not)) {
			t.Errorf("%q is in the file", not)
		}
	}
	if len(r.Missing) != 0 {
		t.Errorf("missing %q", r.Missing)
	}
}

func TestPDFNeedsAnInstant(t *testing.T) {
	d := sample()
	d.Created = time.Time{}
	if _, err := PDF(d); err == nil || !strings.Contains(err.Error(), "set Created") {
		t.Errorf("error %v", err)
	}
}

func TestMissingCharactersAreNamed(t *testing.T) {
	d := Document{Title: "t", Created: time.Unix(1, 0), Blocks: []Block{Paragraph(Text("a \U00020BB7 ก ဗမာ b"))}}
	r := mustPDF(t, d)
	if want := "ဗမာ\U00020BB7"; strings.ReplaceAll(string(r.Missing), " ", "") != sortedRunes(want) {
		t.Errorf("missing %q, want %q", string(r.Missing), sortedRunes(want))
	}
}

func sortedRunes(s string) string {
	rs := []rune(s)
	slices.Sort(rs)
	return string(rs)
}

// pdfToText extracts the text with poppler, or skips.
func pdfToText(t *testing.T, pdf []byte) string {
	t.Helper()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not here; install poppler-utils to check what readers extract")
	}
	path := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, tool, "-enc", "UTF-8", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// plainText undoes joined forms and drops marks, directional characters and
// spaces, about which extractors differ.
func plainText(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.In(r, unicode.Mn, unicode.Cf) {
			return -1
		}
		return r
	}, norm.NFKD.String(s))
}

func TestReadersFindTheText(t *testing.T) {
	got := plainText(pdfToText(t, mustPDF(t, sample()).Bytes))
	for _, want := range []string{
		"Appeal: a family of seven held in a border town", "Nguyễn Thị Ánh, Ŏm Kŭm-nyŏ, Łukasz Żółć, Řehoř",
		"Олена Ґудзь, Αλέξανδρος", "가족 일곱 명이 국경 도시에서 붙잡혀 구금되어 있으며", "一家七口在边境城市被捕，现被拘留",
		"ครอบครัวเจ็ดคน", "عائلة من سبعة أشخاص في", "الحدودية", "P-0414, whose name and whereabouts", "Page 3 of 3",
		"https://example.org/release?a=1&b=2", "변호사",
	} {
		if !strings.Contains(got, plainText(want)) {
			t.Errorf("a reader does not find %q in\n%s", want, got)
		}
	}
	arabic := plainText(pdfToText(t, mustPDF(t, arabicSample()).Bytes))
	if !strings.Contains(arabic, plainText("العائلة إلى")) || !strings.Contains(arabic, plainText("الوصول إلى المحامي")) {
		t.Errorf("a reader does not find the Arabic words in\n%s", arabic)
	}
}

// layOut lays a document out without writing it.
func layOut(t testing.TB, d Document) *layout {
	t.Helper()
	l, err := lay(d, &typesetter{missing: map[rune]bool{}})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestLayoutGolden(t *testing.T) {
	for name, d := range map[string]Document{"letter": sample(), "arabic": arabicSample()} {
		var b bytes.Buffer
		for i, p := range layOut(t, d).pages {
			for _, s := range p.texts {
				fmt.Fprintf(&b, "%d %6.1f %6.1f %4.1f %s %q\n", i+1, s.x, s.y, s.style.size, s.face.face.name, s.text)
			}
		}
		compare(t, name+".layout.txt", b.Bytes())
	}
}

// Nothing stands in the margins, and no line lies on another.
func TestEverythingLiesOnThePage(t *testing.T) {
	d := sample()
	word := strings.Repeat("Unbreakable", 30)
	d.Blocks = append(d.Blocks, Paragraph(Text(word)), TableBlock(Table{
		Columns: []Column{{Name: word}, {Name: "b", Width: 0.3}, {Name: "c"}},
		Rows:    [][]Cell{{CellOf("x"), CellOf(strings.Repeat("much text in a cell ", 400)), CellOf(word)}},
	}))
	for range 60 {
		d.Blocks = append(d.Blocks, Paragraph(Text(strings.Repeat("A line of a long report. ", 9))))
	}
	l := layOut(t, d)
	if len(l.pages) < 6 {
		t.Errorf("only %d pages", len(l.pages))
	}
	for i, p := range l.pages {
		for _, s := range p.texts {
			if s.x < margin-indentWidth || s.x+s.width > l.w-margin+0.1 || s.y < margin || s.y > l.h-margin/2 {
				t.Errorf("page %d: %q stands at %.1f to %.1f, %.1f", i+1, s.text, s.x, s.x+s.width, s.y)
			}
		}
	}
}

// Whatever the text, each character that is drawn comes out once, in whatever
// order, within the width.
func TestTypesettingLosesNothing(t *testing.T) {
	alphabet := []rune("abc ABC 12.-—,()«»한국어 中国，。龍 ابتلالإ ًّ ไทย\u0301\u00a0\u200b\u202e\u2067\u2069/é")
	rapid.Check(t, func(t *rapid.T) {
		runes := rapid.SliceOfN(rapid.SampledFrom(alphabet), 1, 80).Draw(t, "text")
		width := rapid.Float64Range(20, 300).Draw(t, "width")
		ts := &typesetter{missing: map[rune]bool{}}
		cut := rapid.IntRange(0, len(runes)).Draw(t, "cut")
		spans := []span{{string(runes[:cut]), style{size: 10}}, {string(runes[cut:]), style{size: 10, bold: true}}}
		lines, err := ts.set(spans, Auto, LeftToRight, width)
		if err != nil {
			t.Fatal(err)
		}
		var got []rune
		for _, ln := range lines {
			if ln.width > width+0.1 && len(ln.segments) > 1 && strings.Contains(strings.TrimSpace(lineText(ln)), " ") {
				t.Fatalf("line %q is %.1f wide, room %.1f", lineText(ln), ln.width, width)
			}
			for _, s := range ln.segments {
				for _, r := range s.text {
					got = append(got, mirror(r))
				}
			}
		}
		want := drawnRunes(spans)
		if a, b := countRunes(got), countRunes(want); a != b {
			t.Fatalf("drawn %s, want %s", a, b)
		}
	})
}

func lineText(l line) string {
	var b strings.Builder
	for _, s := range l.segments {
		b.WriteString(s.text)
	}
	return b.String()
}

// drawnRunes are the characters that setting the spans must draw, in their
// plainest form: spaces are left out, since they vanish at the ends of lines.
func drawnRunes(spans []span) []rune {
	var all []rune
	for _, s := range spans {
		all = append(all, []rune(normal(clean(s.text)))...)
	}
	return all
}

// countRunes lists the characters of a text with how often they come, after
// undoing joined forms and mirroring and leaving out what is not always drawn.
func countRunes(rs []rune) string {
	n := map[rune]int{}
	for _, r := range norm.NFKD.String(string(rs)) {
		if unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Mn) {
			continue
		}
		n[min(r, mirror(r))]++
	}
	var out []string
	for r, k := range n {
		out = append(out, fmt.Sprintf("%c×%d", r, k))
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func BenchmarkPDFLetter(b *testing.B) {
	for b.Loop() {
		if _, err := PDF(sample()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPDFReport(b *testing.B) {
	d := sample()
	for range 400 {
		d.Blocks = append(d.Blocks, Paragraph(Text(strings.Repeat("A line of a long report 긴 보고서의 한 줄. ", 9))))
	}
	for b.Loop() {
		if _, err := PDF(d); err != nil {
			b.Fatal(err)
		}
	}
}
