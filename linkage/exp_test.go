package linkage

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"runtime/pprof"
	"strings"
	"syscall"
	"testing"
	"time"
)

func cpu() (float64, int64) {
	var r syscall.Rusage
	syscall.Getrusage(0, &r)
	return float64(r.Utime.Sec+r.Stime.Sec) + float64(r.Utime.Usec+r.Stime.Usec)/1e6, r.Maxrss * 1024
}

func TestExp(t *testing.T) {
	if os.Getenv("EXP") == "" {
		t.Skip()
	}
	t0 := time.Now()
	if p := os.Getenv("PROF"); p != "" {
		f, _ := os.Create(p)
		pprof.StartCPUProfile(f)
		defer pprof.StopCPUProfile()
	}
	var tables []*Table
	for _, fn := range strings.Fields(os.Getenv("EXP")) {
		f, err := os.Open(fn)
		if err != nil {
			t.Fatal(err)
		}
		tb, err := ReadTable(fn, f)
		if err != nil {
			t.Fatal(err)
		}
		tables = append(tables, tb)
	}
	c, m := cpu()
	fmt.Printf("read cpu %.2f mem %dM\n", c, m>>20)
	tr := Truth{Column: os.Getenv("TRUTH")}
	if p := os.Getenv("PAT"); p != "" {
		tr.Pattern = regexp.MustCompile(p)
	}
	cfg, prof, err := Propose(tables, tr.Column)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Sscan(os.Getenv("TH"), &cfg.Threshold)
	cfg.UniqueWithinFile = os.Getenv("UNIQ") != ""
	if os.Getenv("V") != "" {
		for _, p := range prof {
			fmt.Printf("%+v\n", p)
		}
	}
	r, err := Link(context.Background(), cfg, tables, Options{Workers: 2, Truth: tr, Now: time.Now, PeakMemory: func() int64 {
		c, m := cpu()
		fmt.Printf("  cpu %.2f mem %dM\n", c, m>>20)
		return m
	}, Progress: func(s string) { fmt.Println(s) }})
	if err != nil {
		t.Fatal(err)
	}
	c, m = cpu()
	fmt.Printf("done cpu %.2f mem %dM wall %.2f\n", c, m>>20, time.Since(t0).Seconds())
	rep := r.Report
	if os.Getenv("V") == "" {
		rep.Model = Model{}
	}
	rep.WriteJSON(os.Stdout)
	fmt.Println(r)
}
