package durable

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"asylon/internal/fault"
)

// helperDir names the environment variable that makes this test program a
// process that locks a folder, says so, and waits until its input ends.
const helperDir = "DURABLE_TEST_LOCK_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(helperDir); dir != "" {
		if _, err := LockDir(dir); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println("locked")
		_, _ = bufio.NewReader(os.Stdin).ReadByte()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func TestLockWithinAProcess(t *testing.T) {
	dir := t.TempDir()
	l, err := LockDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	_, err = LockDir(dir)
	checkRefused(t, err, dir, os.Getpid())
	if err := l.Unlock(); err != nil {
		t.Fatal(err)
	}
	again, err := LockDir(dir)
	if err != nil {
		t.Fatalf("lock after unlock: %v", err)
	}
	if err := again.Unlock(); err != nil {
		t.Fatal(err)
	}
}

func checkRefused(t *testing.T, err error, dir string, pid int) {
	t.Helper()
	if !errors.Is(err, ErrLocked) || !fault.Is(err, fault.KindUnavailable) {
		t.Fatalf("second lock: %v, want a fault of kind unavailable that wraps ErrLocked", err)
	}
	if s := fault.Sentence(err); !strings.Contains(s, dir) || !strings.Contains(s, fmt.Sprintf("process %d", pid)) {
		t.Errorf("the refusal %q names not both the folder and the process", s)
	}
}

func TestLockBetweenProcesses(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), helperDir+"="+dir)
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close() // ends the helper should the test fail early
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if line != "locked\n" || err != nil {
		t.Fatalf("the helper said %q, %v", line, err)
	}
	_, err = LockDir(dir)
	checkRefused(t, err, dir, cmd.Process.Pid)

	// The system gives the lock back when its holder is killed.
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // reports the kill
	l, err := LockDir(dir)
	if err != nil {
		t.Fatalf("lock after the holder was killed: %v", err)
	}
	if err := l.Unlock(); err != nil {
		t.Fatal(err)
	}
}

func TestLockMissingFolder(t *testing.T) {
	if _, err := LockDir("no such folder"); err == nil || errors.Is(err, ErrLocked) {
		t.Errorf("lock of a missing folder: %v", err)
	}
}
