package app

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"strings"

	"asylon/edtf"
	"asylon/internal/access"
	"asylon/internal/advocacy"
	"asylon/internal/coding"
	"asylon/internal/figure"
	"asylon/internal/intake"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/register"
	"asylon/internal/resolve"
)

//go:embed demodata
var demoFiles embed.FS

// demonstrate fills a new installation with the demonstration record: the
// returns from north-east China in summer 2001 in our own words, over real
// places, with invented people. It goes the way a documenter goes: documents
// in, passages chosen, values typed as people write them.
//
// Reading a PDF file needs some seconds to start; the scan is therefore left
// to late, which the caller runs when the pages are being served.
func (in *Installation) demonstrate(ctx context.Context, cookie string) (late func() error, err error) {
	v, err := in.Accounts.Session(cookie)
	if err != nil {
		return nil, err
	}
	defer v.Close()
	d := &demo{ctx: ctx, in: in, s: v.Session, docs: map[string]record.ID{}, sources: map[string]record.ID{}}
	steps := []struct {
		name string
		run  func() error
	}{{"words", d.load}, {"sources", d.makeSources}, {"documents", d.bringDocuments}, {"dates", d.dateDocuments}, {"statements", d.code}, {"judgements", d.judge}, {"products", d.products}}
	for _, s := range steps {
		if err := s.run(); err != nil {
			return nil, fmt.Errorf("demonstration, %s: %w", s.name, err)
		}
	}
	return func() error {
		again, err := in.Accounts.Session(cookie)
		if err != nil {
			return nil // signed out or locked meanwhile: the demonstration goes on without the scan
		}
		defer again.Close()
		d.s, d.late = again.Session, true
		for _, step := range []func() error{d.bringDocuments, d.dateDocuments, d.code} {
			if err := step(); err != nil {
				return fmt.Errorf("demonstration, scan: %w", err)
			}
		}
		return nil
	}, nil
}

// now tells whether a file's turn is in this round.
func (d *demo) now(file string) bool { return strings.HasSuffix(file, ".pdf") == d.late }

// demo is the state of filling in.
type demo struct {
	ctx     context.Context
	in      *Installation
	s       *access.Session
	words   *register.Words
	sources map[string]record.ID
	docs    map[string]record.ID
	late    bool // the round for the scan
}

func (d *demo) load() error {
	return d.s.Read(d.ctx, policy.ReadRecord, func(r *access.Reader) error {
		var err error
		d.words, err = d.in.Lexicon.Load(d.ctx, r)
		return err
	})
}

// makeSources records the sources, one of which repeats another, and one
// whose identity is sealed.
func (d *demo) makeSources() error {
	for _, x := range demoSources {
		in := register.Input{New: []record.NewEntity{{N: 1, Kind: record.KindSource}}}
		add := func(p record.PropertyID, v record.Value) {
			in.Statements = append(in.Statements, record.Statement{Entity: record.Local(1), Property: p, Value: v})
		}
		add(record.PropLabel, record.Value{Text: x.label})
		add(record.PropSourceKind, record.Value{Term: x.kind})
		add(record.PropSourceReliability, record.Value{Text: x.reliability})
		if x.origin != "" {
			add(record.PropSourceOrigin, record.Value{Ref: d.sources[x.origin]})
		}
		if x.identity != "" {
			add(record.PropSourceIdentity, record.Value{Text: x.identity})
		}
		err := d.write(func(w *access.Writer) error {
			got, err := register.Record(d.ctx, w, d.words, in)
			if err == nil {
				d.sources[x.key] = got.Entities[0]
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (d *demo) write(fn func(*access.Writer) error) error {
	return d.s.Write(d.ctx, policy.AddRecord, fn)
}

func (d *demo) bringDocuments() error {
	for _, x := range demoDocuments {
		if !d.now(x.file) {
			continue
		}
		b, err := demoFiles.ReadFile("demodata/" + x.file)
		if err != nil {
			return err
		}
		received, err := edtf.Parse(x.received)
		if err != nil {
			return err
		}
		doc := intake.Document{Name: x.file, Title: x.title, Kind: x.kind, Lang: x.lang, Source: d.sources[x.source], Brought: x.brought,
			Compartment: record.General, Testimony: x.testimony,
			Received: record.Date{EDTF: x.received, Earliest: int64(received.Earliest()), Latest: int64(received.Latest()), Resolved: true}}
		if x.via != "" {
			doc.Via = d.sources[x.via]
		}
		got, err := d.in.Intake.Add(d.ctx, d.s, d.words, doc, bytes.NewReader(b))
		if err != nil {
			return fmt.Errorf("%s: %w", x.file, err)
		}
		d.docs[x.file] = got.ID
	}
	return nil
}

// dateDocuments records the documents' own dates, as the catalogue states
// them. One stays without, so that its dates stay open.
func (d *demo) dateDocuments() error {
	for _, x := range demoDocuments {
		if x.date == "" || !d.now(x.file) {
			continue
		}
		u, err := coding.Date(x.date, coding.Reference{}, record.ModeHappened)
		if err != nil {
			return err
		}
		err = d.write(func(w *access.Writer) error {
			_, err := register.Record(d.ctx, w, d.words, register.Input{Source: d.sources["catalogue"], Statements: []record.Statement{{
				Entity: d.docs[x.file], Property: record.PropDocumentDate, Value: u.Value, Words: u.Words, At: &record.Locator{Note: "head of the document"}}}})
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// code records what the documents say, one form at a time.
func (d *demo) code() error {
	for i, x := range demoCodings {
		if !d.now(x.doc) {
			continue
		}
		if err := d.one(x); err != nil {
			return fmt.Errorf("coding %d (%s): %w", i+1, x.label, err)
		}
	}
	return nil
}

func (d *demo) one(x demoCoding) error {
	return d.write(func(w *access.Writer) error {
		f := coding.Form{Kind: x.kind, Label: x.label, Mode: x.mode, Grade: x.grade, Reliability: x.reliability, Partial: x.partial}
		if x.known {
			id, err := register.ByLabel(d.ctx, &w.Reader, x.kind, x.label)
			if err != nil {
				return err
			}
			f.Entity, f.Label = id, ""
		}
		if x.doc != "" {
			if err := d.passage(w, &f, x); err != nil {
				return err
			}
		}
		if x.source != "" {
			f.Source = d.sources[x.source]
		}
		for _, line := range strings.Split(strings.TrimSpace(x.fields), "\n") {
			if strings.TrimSpace(line) == "" {
				continue
			}
			prop, value, _ := strings.Cut(line, "=")
			value, qual, _ := strings.Cut(value, "@")
			f.Fields = append(f.Fields, coding.Field{Property: record.PropertyID(strings.TrimSpace(prop)), Typed: strings.TrimSpace(value), Qual: record.TermID(strings.TrimSpace(qual))})
		}
		in, rows, err := coding.Build(d.ctx, &w.Reader, d.words, f)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if r.Problem != "" {
				return fmt.Errorf("%s = %q: %s", r.Property, r.Typed, r.Problem)
			}
		}
		_, err = register.Record(d.ctx, w, d.words, in)
		return err
	})
}

// passage fills in document, place and quote of a coding.
func (d *demo) passage(w *access.Writer, f *coding.Form, x demoCoding) error {
	id := d.docs[x.doc]
	h, err := intake.Get(d.ctx, &w.Reader, id)
	if err != nil {
		return err
	}
	f.Document, f.Compartment, f.Source, f.Via = id, h.Compartment, h.DocumentBody.Source, h.DocumentBody.Via
	own, err := register.Of(d.ctx, &w.Reader, id)
	if err != nil {
		return err
	}
	for _, it := range own {
		if it.Property == record.PropDocumentDate && it.Live && it.Value.Date.Resolved {
			if f.Reference.Date, err = edtf.Parse(it.Value.Date.EDTF); err != nil {
				return err
			}
			f.Reference.Statement = it.ID
		}
	}
	if x.words == "" {
		f.At = &record.Locator{Page: 1, Note: "read from the picture"}
		return nil
	}
	p, err := intake.PageOf(d.ctx, &w.Reader, id, 1)
	if err != nil {
		return err
	}
	at, err := coding.Locate(p.Text, x.words)
	if err != nil {
		return fmt.Errorf("%s: %w", x.doc, err)
	}
	f.At = &record.Locator{Page: 1, Start: at.Start, End: at.End}
	f.Quote = &record.Quote{Text: strings.Join(strings.Fields(at.Text), " "), Lang: h.DocumentBody.Lang, Translation: x.translation, Translator: x.translator()}
	return nil
}

func (x demoCoding) translator() string {
	if x.translation == "" {
		return ""
	}
	return "documentation desk"
}

// judge records what the office has judged: which acts are one, which apart.
func (d *demo) judge() error {
	for _, x := range demoJudgements {
		err := d.s.Write(d.ctx, policy.Judge, func(w *access.Writer) error {
			a, err := register.ByLabel(d.ctx, &w.Reader, x.kind, x.a)
			if err != nil {
				return err
			}
			b, err := register.ByLabel(d.ctx, &w.Reader, x.kindB, x.b)
			if err != nil {
				return err
			}
			_, err = register.Judge(d.ctx, w, register.JudgementBody{Type: x.typ, A: a, B: b, Reason: x.reason})
			return err
		})
		if err != nil {
			return fmt.Errorf("%s / %s: %w", x.a, x.b, err)
		}
	}
	return nil
}

// products makes what is made from a record: a figure and an open letter.
func (d *demo) products() error {
	f, err := figure.Ask(d.ctx, d.s, d.in.Lexicon, figure.Question{Count: "persons", Act: "return", From: "2001-06", To: "2001-08", By: resolve.ByMonth})
	if err != nil {
		return err
	}
	c := demoLetter
	c.Facts = append(c.Facts, advocacy.Fact{Figure: f.Name})
	err = d.s.Read(d.ctx, policy.ReadRecord, func(r *access.Reader) error {
		for _, label := range demoLetterActs {
			fact, err := d.factOf(r, label)
			if err != nil {
				return fmt.Errorf("%s: %w", label, err)
			}
			c.Facts = append(c.Facts, fact)
		}
		for i, label := range demoLetterDemands {
			if c.Demands[i].Demand, err = register.ByLabel(d.ctx, r, record.KindDemand, label); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return d.s.Write(d.ctx, policy.WriteLetter, func(w *access.Writer) error {
		letters := advocacy.Letters{Lexicon: d.in.Lexicon, Figures: d.in.Figures}
		_, _, err := letters.Freeze(d.ctx, w, c)
		return err
	})
}

// factOf takes of an act what the rights group says of it.
func (d *demo) factOf(r *access.Reader, label string) (advocacy.Fact, error) {
	id, err := register.ByLabel(d.ctx, r, record.KindAct, label)
	if err != nil {
		return advocacy.Fact{}, err
	}
	items, err := register.Of(d.ctx, r, id)
	if err != nil {
		return advocacy.Fact{}, err
	}
	var f advocacy.Fact
	for _, it := range items {
		switch it.Property {
		case record.PropActKind, record.PropActDate, record.PropActPlace, record.PropActCount, record.PropActReported, record.PropActRate:
			if it.Live && it.Source == d.sources["rights"] {
				f.Statements = append(f.Statements, it.ID)
			}
		}
	}
	return f, nil
}
