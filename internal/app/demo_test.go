package app

import (
	"os"
	"testing"

	"asylon/internal/access"
	"asylon/internal/advocacy"
	"asylon/internal/figure"
	"asylon/internal/intake"
	"asylon/internal/intake/extract/pdf"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/register"
)

// TestMain lets this test program be the child that reads PDF files.
func TestMain(m *testing.M) {
	pdf.ChildMain()
	os.Exit(m.Run())
}

// TestDemonstration fills the demonstration record and counts what the README
// and the first page promise of it. The scan, which needs the PDF reader, is
// left to the demo command.
func TestDemonstration(t *testing.T) {
	ctx := t.Context()
	dir := t.TempDir() + "/demo"
	if err := Init(ctx, dir, cheap, "demo", "Demonstration", testPass, "en"); err != nil {
		t.Fatal(err)
	}
	a, err := Open(dir, cheap)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	cookie, err := a.SignIn(ctx, "demo", testPass)
	if err != nil {
		t.Fatal(err)
	}
	in, err := a.Installation()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := in.demonstrate(ctx, cookie); err != nil {
		t.Fatal(err)
	}
	v, err := in.Accounts.Session(cookie)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	err = v.Read(ctx, policy.ReadRecord, func(r *access.Reader) error {
		for kind, least := range map[record.Kind]int{record.KindEvent: 6, record.KindAct: 30, record.KindSource: 7, record.KindDemand: 2, record.KindPosition: 1, record.KindPlace: 50} {
			ids, err := register.OfKind(ctx, r, kind, 1000)
			if err != nil {
				return err
			}
			if len(ids) < least {
				t.Errorf("%d of kind %s, at least %d are promised", len(ids), kind, least)
			}
		}
		_, docs, err := intake.List(ctx, r, intake.Filter{Limit: 1})
		if err != nil {
			return err
		}
		if docs < 9 {
			t.Errorf("%d documents beside the scan", docs)
		}
		figures, _, err := figure.List(ctx, r, figure.Filter{}, 0, 10)
		if err != nil {
			return err
		}
		letters, _, err := advocacy.List(ctx, r, 0, 10)
		if err != nil {
			return err
		}
		if len(figures) == 0 || len(letters) == 0 {
			t.Errorf("%d figures and %d letters", len(figures), len(letters))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Verify(ctx, func(string) {}, func(s string) { t.Errorf("verify: %s", s) }); err != nil {
		t.Fatal(err)
	}
}
