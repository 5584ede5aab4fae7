package pdf

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"asylon/internal/intake/extract"
)

// probeArgument makes the test binary a confined process that tries to get out.
const probeArgument = "__probe"

// probe reports, one a line, what a confined process could still do.
func probe() int {
	confine(64 << 20)
	try := func(what string, err error) {
		if err == nil {
			fmt.Println(what)
		}
	}
	_, err := os.ReadFile("/etc/hostname")
	try("read a file", err)
	try("write a file", os.WriteFile(os.TempDir()+"/asylon-probe", nil, 0o600))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	try("listen", err)
	if err == nil {
		_ = l.Close()
	}
	_, err = net.Dial("udp", "127.0.0.1:9")
	try("send a packet", err)
	try("start a program", exec.Command("/bin/true").Run())
	fmt.Println("end of probe")
	return 0
}

func TestConfined(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("children are confined by WebAssembly only on this system")
	}
	out, err := exec.Command(os.Args[0], probeArgument).Output()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.TrimSpace(string(out)); got != "end of probe" {
		t.Errorf("a confined process could still:\n%s", got)
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

// fake is a parent that talks to serve in this process.
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
