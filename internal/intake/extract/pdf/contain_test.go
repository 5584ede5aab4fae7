package pdf

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/google/go-cmp/cmp"

	"asylon/internal/fault"
	"asylon/internal/intake/extract"
)

// probeArgument makes the test binary a confined process that tries to get out;
// freeArgument, one that is not confined.
const (
	probeArgument = "__probe"
	freeArgument  = "__free"
)

// probe reports, one a line, what a process could still do.
func probe(confined bool) int {
	if confined {
		confine(64 << 20)
	}
	try := func(what string, err error) {
		if err == nil {
			fmt.Println(what)
		}
	}
	_, err := os.ReadFile(os.Args[0])
	try("read a file", err)
	f, err := os.CreateTemp("", "probe")
	try("write a file", err)
	if err == nil {
		_ = errors.Join(f.Close(), os.Remove(f.Name()))
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	try("listen", err)
	if err == nil {
		_ = l.Close()
	}
	c, err := net.Dial("udp", "127.0.0.1:9")
	try("send a packet", err)
	if err == nil {
		_ = c.Close()
	}
	try("start a program", exec.Command(os.Args[0], "-test.run=^$").Run())
	fmt.Println("end of probe")
	return 0
}

func TestConfined(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("children are confined by WebAssembly only on this system")
	}
	for _, tt := range []struct{ argument, want string }{
		{probeArgument, "end of probe"},
		{freeArgument, "read a file\nwrite a file\nlisten\nsend a packet\nstart a program\nend of probe"},
	} {
		out, err := exec.Command(os.Args[0], tt.argument).Output()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want, strings.TrimSpace(string(out))); diff != "" {
			t.Errorf("a process started with %q can (-want +got):\n%s", tt.argument, diff)
		}
	}
}

func TestChildSaysHowItIsConfined(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("nothing to say on this system")
	}
	p, err := shared().acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer shared().release(p)
	held := strings.Join(p.confined, "; ")
	for _, want := range []string{"no new files or sockets", "memory", "no writing to files"} {
		if !strings.Contains(held, want) {
			t.Errorf("confinements %q lack %q", held, want)
		}
	}
}

// fakeProcess is a child whose replies are made up.
func fakeProcess(t *testing.T, reply func(io.Writer)) *process {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	reply(&buf)
	return &process{cmd: cmd, in: in, out: bufio.NewReader(&buf)}
}

// TestHostileChild lets a child answer what a captured one might.
func TestHostileChild(t *testing.T) {
	get := func(offset uint64, n uint32) []byte {
		b := make([]byte, 12)
		for i := range 8 {
			b[i] = byte(offset >> (56 - 8*i))
		}
		for i := range 4 {
			b[8+i] = byte(n >> (24 - 8*i))
		}
		return b
	}
	tests := []struct {
		name  string
		reply func(io.Writer)
	}{
		{"silence", func(io.Writer) {}},
		{"half a frame", func(w io.Writer) { _, _ = w.Write([]byte{0, 0}) }},
		{"a frame of 4 GiB", func(w io.Writer) { _, _ = w.Write([]byte{0xFF, 0xFF, 0xFF, 0xFF, 't'}) }},
		{"the wrong reply", func(w io.Writer) { _ = writeFrame(w, msgPixels, []byte("{}")) }},
		{"bytes before the start", func(w io.Writer) { _ = writeFrame(w, msgGet, get(1<<63, 10)) }},
		{"bytes past the end", func(w io.Writer) { _ = writeFrame(w, msgGet, get(95, 10)) }},
		{"more bytes than allowed", func(w io.Writer) { _ = writeFrame(w, msgGet, get(0, 1<<31)) }},
		{"no JSON", func(w io.Writer) { _ = writeFrame(w, msgPage, []byte("{")) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := fakeProcess(t, tt.reply)
			var reply textReply
			err := p.call(t.Context(), time.Minute, msgText, textRequest{}, msgPage, &reply, &source{bytes.NewReader(make([]byte, 100)), 100})
			if !errors.Is(err, errStopped) {
				t.Errorf("error = %v, want %v", err, errStopped)
			}
			if p.cmd.ProcessState == nil {
				t.Error("the child lives on")
			}
		})
	}
}

// TestReplaced kills the child in the middle of a document.
func TestReplaced(t *testing.T) {
	data := build(t, func(p *fpdf.Fpdf) {
		for i := range 4 {
			lines(p, fmt.Sprintf("page %d", i+1))
		}
	})
	r := New(Options{CacheDir: shared().opt.CacheDir, Children: 1})
	defer r.Close()
	s := &session{r: r, src: source{bytes.NewReader(data), int64(len(data))}}
	defer s.done()
	if err := s.open(t.Context()); err != nil {
		t.Fatal(err)
	}
	doc := describe(s.info)
	run := &textRun{s: s, doc: &doc, limits: extract.DefaultLimits(), total: 4}
	run.progress = func(done, _ int) {
		if done == 2 {
			_ = s.p.cmd.Process.Kill()
		}
	}
	if err := run.run(t.Context()); err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, p := range doc.Pages {
		texts = append(texts, p.Text)
	}
	if got := strings.Join(texts, "|"); got != "page 1|page 2||page 4" {
		t.Errorf("pages = %q, want the third one missing", got)
	}
	if len(doc.Pages[2].Warnings) != 1 {
		t.Errorf("third page says %q", doc.Pages[2].Warnings)
	}
}

func TestGivesUp(t *testing.T) {
	data := build(t, func(p *fpdf.Fpdf) {
		for range 6 {
			lines(p, "text")
		}
	})
	// No page can be read in no time, and each try costs a child.
	r := New(Options{CacheDir: shared().opt.CacheDir, Restarts: 1})
	defer r.Close()
	s := &session{r: r, src: source{bytes.NewReader(data), int64(len(data))}}
	defer s.done()
	if err := s.open(t.Context()); err != nil {
		t.Fatal(err)
	}
	doc := describe(s.info)
	run := &textRun{s: s, doc: &doc, limits: extract.DefaultLimits(), total: 6}
	run.progress = func(int, int) {
		if s.p != nil {
			_ = s.p.cmd.Process.Kill()
		}
	}
	if err := run.run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(doc.Pages) >= 6 || len(doc.Warnings) != 1 || !strings.Contains(doc.Warnings[0], "failed on several pages") {
		t.Errorf("%d pages, warnings %q", len(doc.Pages), doc.Warnings)
	}
}

func TestClosed(t *testing.T) {
	r := New(Options{})
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	_, err := r.ReadPDF(t.Context(), extract.PDFInput{R: bytes.NewReader([]byte("%PDF-1.4")), Size: 8})
	if err == nil {
		t.Error("a closed reader read")
	}
}

func TestIdle(t *testing.T) {
	r := New(Options{CacheDir: shared().opt.CacheDir})
	defer r.Close()
	p, err := r.acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r.retire(p) // a timer that came too late
	if p.cmd.ProcessState != nil {
		t.Fatal("a child at work was ended")
	}
	r.release(p)
	r.retire(p)
	if p.cmd.ProcessState == nil || len(r.free) != 0 {
		t.Error("an idle child lives on")
	}
}

// TestTooSlow gives a document no time at all.
func TestTooSlow(t *testing.T) {
	data := build(t, func(p *fpdf.Fpdf) { lines(p, "text") })
	r := New(Options{CacheDir: shared().opt.CacheDir, PageTime: 1})
	defer r.Close()
	_, err := r.ReadPDF(t.Context(), extract.PDFInput{R: bytes.NewReader(data), Size: int64(len(data))})
	if !errors.Is(err, extract.ErrTooSlow) {
		t.Errorf("error = %v", err)
	}
}

// TestNoReader asks for a child where none can be started.
func TestNoReader(t *testing.T) {
	r := New(Options{})
	r.binary = "/nonexistent"
	defer r.Close()
	_, err := r.ReadPDF(t.Context(), extract.PDFInput{R: bytes.NewReader([]byte("%PDF-1.4")), Size: 8})
	if !errors.Is(err, extract.ErrReader) || !fault.Is(err, fault.KindUnavailable) {
		t.Errorf("error = %v", err)
	}
}

// TestManyAtOnce reads more documents than there are children.
func TestManyAtOnce(t *testing.T) {
	var group sync.WaitGroup
	for i := range 6 {
		data := build(t, func(p *fpdf.Fpdf) { lines(p, fmt.Sprintf("document %d", i)) })
		group.Go(func() {
			got, err := shared().ReadPDF(t.Context(), extract.PDFInput{R: bytes.NewReader(data), Size: int64(len(data))})
			if err != nil || got.Pages[0].Text != fmt.Sprintf("document %d", i) {
				t.Errorf("document %d: %+v, %v", i, got.Pages, err)
			}
		})
	}
	group.Wait()
}

// TestBrokenCache finds a cache that something has written into.
func TestBrokenCache(t *testing.T) {
	if os.Getenv("ASYLON_SLOW") == "" {
		t.Skip("compiles PDFium twice; set ASYLON_SLOW to run it")
	}
	dir := t.TempDir()
	data := build(t, func(p *fpdf.Fpdf) { lines(p, "text") })
	read := func() {
		t.Helper()
		r := New(Options{CacheDir: dir})
		defer r.Close()
		if _, err := r.ReadPDF(t.Context(), extract.PDFInput{R: bytes.NewReader(data), Size: int64(len(data))}); err != nil {
			t.Fatal(err)
		}
	}
	read()
	files := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		return os.Truncate(path, 1000)
	})
	if err != nil || files == 0 {
		t.Fatalf("%d files in the cache, %v", files, err)
	}
	read()
}

func TestTrustedCache(t *testing.T) {
	dir := t.TempDir()
	if got := trustedCache(dir); got != filepath.Join(dir, "pdfium") {
		t.Errorf("own folder: %q", got)
	}
	if runtime.GOOS == "windows" {
		return
	}
	if err := os.Chmod(filepath.Join(dir, "pdfium"), 0o777); err != nil {
		t.Fatal(err)
	}
	if got := trustedCache(dir); got != "" {
		t.Errorf("a folder that everybody writes to: %q", got)
	}
	if got := trustedCache(""); got != "" {
		t.Errorf("no folder: %q", got)
	}
}
