package durable

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"

	"asylon/internal/fault"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// tempDir opens a Dir on a fresh folder.
func tempDir(t testing.TB) *Dir {
	t.Helper()
	d, err := OpenDir(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// contents lists the files of a folder, unfinished ones included.
func contents(t testing.TB, d *Dir) map[string]string {
	t.Helper()
	got := map[string]string{}
	err := fs.WalkDir(d.Root().FS(), ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := fs.ReadFile(d.Root().FS(), path)
		got[path] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func wantContents(t testing.TB, d *Dir, want map[string]string) {
	t.Helper()
	if diff := cmp.Diff(want, contents(t, d)); diff != "" {
		t.Errorf("folder (-want +got):\n%s", diff)
	}
}

func TestWriteFile(t *testing.T) {
	d := tempDir(t)
	for _, data := range []string{"first", "", "second"} {
		if err := d.WriteFile("a", []byte(data)); err != nil {
			t.Fatal(err)
		}
		wantContents(t, d, map[string]string{"a": data})
	}
	if err := WriteFile(filepath.Join(d.Path(), "b"), []byte("by path")); err != nil {
		t.Fatal(err)
	}
	wantContents(t, d, map[string]string{"a": "second", "b": "by path"})
}

func TestPermissions(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows keeps permissions otherwise")
	}
	top := filepath.Join(t.TempDir(), "a", "b")
	d, err := MakeDir(top)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Mkdir("c"); err != nil {
		t.Fatal(err)
	}
	if err := d.WriteFile(filepath.Join("c", "f"), nil); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]fs.FileMode{
		filepath.Dir(top): DirMode, top: DirMode, filepath.Join(top, "c"): DirMode, filepath.Join(top, "c", "f"): FileMode,
	} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != want {
			t.Errorf("%s has permissions %o, want %o", name, info.Mode().Perm(), want)
		}
	}
}

func TestMakeDirTwice(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "b")
	for range 2 {
		d, err := MakeDir(path)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := d.Mkdir("sub"); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, FileMode); err != nil {
		t.Fatal(err)
	}
	if _, err := MakeDir(filepath.Join(file, "below")); err == nil {
		t.Error("made a folder below a file")
	}
	if _, err := MakeDir(file); err == nil {
		t.Error("opened a file as a folder")
	}
}

func TestNothingIsSeenBeforeCommit(t *testing.T) {
	d := tempDir(t)
	if err := d.WriteFile("a", []byte("old")); err != nil {
		t.Fatal(err)
	}
	f, err := d.Create("a")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(f, "new"); err != nil {
		t.Fatal(err)
	}
	if got := contents(t, d)["a"]; got != "old" {
		t.Errorf("before commit: %q", got)
	}
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
	wantContents(t, d, map[string]string{"a": "new"})
	if err := f.Discard(); err != nil {
		t.Errorf("discard after commit: %v", err)
	}
	if err := f.Commit(); err == nil {
		t.Error("committed twice")
	}
	if _, err := f.Write([]byte("x")); err == nil {
		t.Error("wrote after commit")
	}
	wantContents(t, d, map[string]string{"a": "new"})
}

func TestDiscard(t *testing.T) {
	d := tempDir(t)
	f, err := d.Create("a")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(f, "half"); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.Discard(), f.Discard()); err != nil {
		t.Fatal(err)
	}
	wantContents(t, d, map[string]string{})
}

func TestNamesStayInside(t *testing.T) {
	outer := t.TempDir()
	inner := filepath.Join(outer, "inner")
	d, err := MakeDir(inner)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	names := []string{"../escape", filepath.Join(outer, "absolute"), "missing/../../escape", "sub/none", tempPrefix + "x"}
	if err := os.Symlink(outer, filepath.Join(inner, "link")); err == nil {
		names = append(names, "link/escape")
	}
	for _, name := range names {
		if err := d.WriteFile(name, []byte("x")); err == nil {
			t.Errorf("wrote %q", name)
		}
		if name != "sub/none" {
			if err := d.Mkdir(name); err == nil && !isTemp(name) {
				t.Errorf("made folder %q", name)
			}
		}
	}
	entries, err := os.ReadDir(outer)
	if err != nil || len(entries) != 1 {
		t.Errorf("outside the folder: %v, %v", entries, err)
	}
}

func TestRemove(t *testing.T) {
	d := tempDir(t)
	if err := d.WriteFile("a", nil); err != nil {
		t.Fatal(err)
	}
	if err := d.Remove("a"); err != nil {
		t.Fatal(err)
	}
	if err := d.Remove("a"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("removed what is not there: %v", err)
	}
}

func TestSweep(t *testing.T) {
	d := tempDir(t)
	if err := errors.Join(d.Mkdir("sub"), d.WriteFile("kept", nil)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a", filepath.Join("sub", "b")} {
		f, err := d.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		_ = f.f.Close() // the process that wrote it was killed here
	}
	if n, err := d.Sweep(); n != 2 || err != nil {
		t.Errorf("swept %d, %v, want 2", n, err)
	}
	wantContents(t, d, map[string]string{"kept": ""})
}

func TestConcurrentWriters(t *testing.T) {
	d := tempDir(t)
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			if err := d.WriteFile("a", []byte(strings.Repeat(string(rune('a'+i)), 1000))); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	got := contents(t, d)
	if a := got["a"]; len(got) != 1 || len(a) != 1000 || a != strings.Repeat(a[:1], 1000) {
		t.Errorf("after 20 writers: %d files, %d bytes in the one", len(got), len(a))
	}
}

// faulty fails one call of a system and lets the others pass.
type faulty struct {
	system
	failAt int
	calls  int
	err    error
	what   string // the call that failed
}

func (s *faulty) fails(what string) bool {
	s.calls++
	if s.calls == s.failAt {
		s.what = what
		return true
	}
	return false
}

func (s *faulty) create(name string) (sysFile, error) {
	if s.fails("create") {
		return nil, s.err
	}
	f, err := s.system.create(name)
	return &faultyFile{f, s}, err
}

func (s *faulty) rename(from, to string) error {
	if s.fails("rename") {
		return s.err
	}
	return s.system.rename(from, to)
}

func (s *faulty) syncDir(name string) error {
	if s.fails("syncDir") {
		return s.err
	}
	return s.system.syncDir(name)
}

type faultyFile struct {
	sysFile
	s *faulty
}

func (f *faultyFile) Write(p []byte) (int, error) {
	if f.s.fails("write") {
		n, _ := f.sysFile.Write(p[:len(p)/2]) // a full disk takes what it can
		return n, f.s.err
	}
	return f.sysFile.Write(p)
}

func (f *faultyFile) Sync() error {
	if f.s.fails("sync") {
		return f.s.err
	}
	return f.sysFile.Sync()
}

func (f *faultyFile) Close() error {
	err := f.sysFile.Close()
	if f.s.fails("close") {
		return f.s.err
	}
	return err
}

func TestEveryStepCanFail(t *testing.T) {
	failed := map[string]bool{}
	for failAt := 1; failAt <= 6; failAt++ {
		d := tempDir(t)
		if err := d.WriteFile("a", []byte("old")); err != nil {
			t.Fatal(err)
		}
		s := &faulty{system: d.sys, failAt: failAt, err: syscall.EIO}
		d.sys = s
		err := d.WriteFile("a", []byte("the new content"))
		if !errors.Is(err, syscall.EIO) {
			t.Fatalf("step %d (%s) failed and the write returned %v", failAt, s.what, err)
		}
		failed[s.what] = true
		want := "old"
		if s.what == "syncDir" {
			want = "the new content"
		}
		wantContents(t, d, map[string]string{"a": want})
		if s.what == "sync" && s.calls > failAt+1 {
			t.Errorf("%d calls after a failed flush, want only the close", s.calls-failAt)
		}
	}
	for _, what := range []string{"create", "write", "sync", "close", "rename", "syncDir"} {
		if !failed[what] {
			t.Errorf("no run in which %s failed", what)
		}
	}
}

func TestFullDiskIsSaid(t *testing.T) {
	for failAt := 1; failAt <= 6; failAt++ {
		d := tempDir(t)
		d.sys = &faulty{system: d.sys, failAt: failAt, err: &fs.PathError{Op: "x", Path: "y", Err: syscall.ENOSPC}}
		err := d.WriteFile("a", []byte("new"))
		if !IsFull(err) || !fault.Is(err, fault.KindUnavailable) || !strings.Contains(fault.Sentence(err), "disk is full") {
			t.Errorf("step %d: %v, want a fault that says the disk is full", failAt, err)
		}
	}
	d := tempDir(t)
	d.sys = &faulty{system: d.sys, failAt: 1, err: syscall.EROFS}
	if err := d.WriteFile("a", nil); !fault.Is(err, fault.KindUnavailable) {
		t.Errorf("read-only disk: %v, want a fault of kind unavailable", err)
	}
}

// TestPowerCut cuts the power after every step of a write and looks at all that
// a disk may hold then.
func TestPowerCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old := rapid.SampledFrom([]string{"", "old content"}).Draw(t, "old")
		isNew := rapid.Bool().Draw(t, "first write")
		writes := rapid.SliceOfN(rapid.StringMatching(`[a-z]{1,9}`), 0, 4).Draw(t, "writes")
		cutAt := rapid.IntRange(0, 9).Draw(t, "power cut after")
		files := map[string]string{"a": old}
		if isNew {
			files = nil
		}
		d := newDisk(files, cutAt)
		err := write(&Dir{sys: d}, writes)
		checkPowerCut(t, d, err, old, isNew, strings.Join(writes, ""))
	})
}

func write(d *Dir, writes []string) error {
	f, err := d.Create("a")
	if err != nil {
		return err
	}
	for _, w := range writes {
		if _, err := io.WriteString(f, w); err != nil {
			return err
		}
	}
	return f.Commit()
}

// checkPowerCut fails where a disk may hold something other than the old file
// or the new one, or may have lost one that was reported as written.
func checkPowerCut(t interface{ Fatalf(string, ...any) }, d *disk, err error, old string, isNew bool, want string) {
	for _, found := range d.afterwards("a") {
		isOld := found == nil && isNew || found != nil && !isNew && *found == old
		switch {
		case found != nil && *found == want:
		case err != nil && isOld:
		default:
			shown := "nothing"
			if found != nil {
				shown = fmt.Sprintf("%q", *found)
			}
			t.Fatalf("write returned %v and the disk may hold %s; old %q, new %q", err, shown, old, want)
		}
	}
}

// recorder notes a failure instead of failing.
type recorder struct{ failed bool }

func (r *recorder) Fatalf(string, ...any) { r.failed = true }

// lazy leaves out one kind of flush.
type lazy struct {
	system
	noFile, noDir bool
}

func (s lazy) create(name string) (sysFile, error) {
	f, err := s.system.create(name)
	if s.noFile {
		return lazyFile{f}, err
	}
	return f, err
}

func (s lazy) syncDir(name string) error {
	if s.noDir {
		return nil
	}
	return s.system.syncDir(name)
}

type lazyFile struct{ sysFile }

func (lazyFile) Sync() error { return nil }

// TestPowerCutTestCanFail makes sure that the model of the disk would notice a
// missing flush.
func TestPowerCutTestCanFail(t *testing.T) {
	for _, s := range []lazy{{noFile: true}, {noDir: true}} {
		noticed := &recorder{}
		for cutAt := range 10 {
			d := newDisk(map[string]string{"a": "old"}, cutAt)
			s.system = d
			err := write(&Dir{sys: s}, []string{"new", "er"})
			checkPowerCut(noticed, d, err, "old", false, "newer")
		}
		if !noticed.failed {
			t.Errorf("leaving out flushes (file %v, folder %v) went unnoticed", s.noFile, s.noDir)
		}
	}
}

func BenchmarkWriteFile(b *testing.B) {
	d := tempDir(b)
	data := make([]byte, 4096)
	for b.Loop() {
		if err := d.WriteFile("a", data); err != nil {
			b.Fatal(err)
		}
	}
}
