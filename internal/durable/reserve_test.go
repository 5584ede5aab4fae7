package durable

import (
	"context"
	"errors"
	"syscall"
	"testing"

	"asylon/internal/fault"
)

func TestReserve(t *testing.T) {
	d := tempDir(t)
	r := NewReserve(d, 100_000)
	held := func(want bool) {
		t.Helper()
		if got, err := r.Held(); got != want || err != nil {
			t.Errorf("held = %v, %v, want %v", got, err, want)
		}
	}
	held(false)
	if err := r.Free(); err != nil {
		t.Errorf("free without a reserve: %v", err)
	}
	for range 2 {
		if err := r.Fill(t.Context()); err != nil {
			t.Fatal(err)
		}
		held(true)
	}
	if n := len(contents(t, d)[reserveName]); n != 100_000 {
		t.Errorf("the reserve takes %d bytes", n)
	}
	if held, _ := NewReserve(d, 100_001).Held(); held {
		t.Error("a smaller reserve counts as a larger one")
	}
	if err := r.Free(); err != nil {
		t.Fatal(err)
	}
	held(false)
	wantContents(t, d, map[string]string{})
}

func TestReserveOnAFullDisk(t *testing.T) {
	d := tempDir(t)
	d.sys = &faulty{system: d.sys, failAt: 3, err: syscall.ENOSPC} // the second write
	err := NewReserve(d, 100_000).Fill(t.Context())
	if !IsFull(err) || !fault.Is(err, fault.KindUnavailable) {
		t.Errorf("fill on a full disk: %v", err)
	}
	wantContents(t, d, map[string]string{})
}

func TestReserveCancelled(t *testing.T) {
	d := tempDir(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := NewReserve(d, 1000).Fill(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("fill after cancel: %v", err)
	}
	wantContents(t, d, map[string]string{})
}
