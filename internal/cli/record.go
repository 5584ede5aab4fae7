package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"asylon/edtf"
	"asylon/internal/access"
	"asylon/internal/coding"
	"asylon/internal/fault"
	"asylon/internal/intake"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/register"
)

type importCmd struct {
	Dir   string   `arg:"" help:"The installation's folder."`
	Files []string `arg:"" name:"file" help:"Documents to take in."`
	onDir
	Source      string `help:"Name or label of the source the documents come from." placeholder:"NAME"`
	Compartment string `help:"Who can read them: general, identities, sources." placeholder:"C"`
	Kind        string `help:"What kind of document." default:"document.other" placeholder:"TERM"`
	Language    string `help:"Language of the documents." placeholder:"L"`
	Received    string `help:"When they were received." placeholder:"DATE"`
	Brought     string `help:"Who brought them." placeholder:"WHO"`
	Encoding    string `help:"Character encoding of texts, where it is known." placeholder:"E"`
}

func (c *importCmd) dir() (string, onDir) { return c.Dir, c.onDir }

// importedOut is one document of asylon import.
type importedOut struct {
	File     string   `json:"file"`
	ID       string   `json:"id"`
	Title    string   `json:"title"`
	Copy     bool     `json:"copy"`
	Pages    int      `json:"pages"`
	Encoding string   `json:"encoding,omitempty"`
	Guessed  bool     `json:"encoding_guessed,omitempty"`
	Warnings []string `json:"warnings,omitempty"`
	Error    string   `json:"error,omitempty"`
}

func (c *importCmd) run(ctx context.Context, w *work) error {
	if c.Compartment == "" {
		return fmt.Errorf("%w: say who can read these documents: --compartment general, identities or sources", errUsage)
	}
	d := intake.Document{Kind: record.TermID(c.Kind), Lang: c.Language, Brought: c.Brought, Compartment: record.Compartment(c.Compartment), Encoding: c.Encoding}
	var words *register.Words
	err := w.visit.Read(ctx, policy.AddRecord, func(r *access.Reader) error {
		var err error
		words, err = w.desk.Lexicon.Load(ctx, r)
		return err
	})
	if err != nil {
		return err
	}
	if d.Received, err = receivedDate(c.Received, w.visit.Now()); err != nil {
		return err
	}
	if c.Source != "" {
		if d.Source, err = findOrMakeSource(ctx, w, words, c.Source); err != nil {
			return err
		}
	}
	var outs []importedOut
	var failed error
	for _, f := range c.Files {
		out, err := c.one(ctx, w, words, d, f)
		if err != nil {
			w.say("%s: %s", f, fault.Sentence(err))
			failed = errors.Join(failed, err)
		}
		outs = append(outs, out)
	}
	var text []string
	for _, o := range outs {
		text = append(text, importedText(o))
	}
	if err := w.print(outs, strings.Join(text, "\n")); err != nil {
		return err
	}
	return failed
}

func importedText(o importedOut) string {
	switch {
	case o.Error != "":
		return fmt.Sprintf("%s: not taken in", o.File)
	case o.Copy:
		return fmt.Sprintf("%s: held already as %s; the copy was noted", o.File, o.ID)
	}
	s := fmt.Sprintf("%s: %s, %d pages, %s", o.File, o.ID, o.Pages, o.Title)
	if o.Guessed {
		s += fmt.Sprintf(" (encoding guessed: %s)", o.Encoding)
	}
	return strings.Join(append([]string{s}, o.Warnings...), "\n  ")
}

func (c *importCmd) one(ctx context.Context, w *work, words *register.Words, d intake.Document, file string) (importedOut, error) {
	out := importedOut{File: file}
	f, err := os.Open(w.path(file))
	if err != nil {
		err = fault.Wrap(fault.KindNotFound, err, "the file cannot be opened")
		out.Error = fault.Sentence(err)
		return out, err
	}
	defer f.Close()
	d.Name = filepath.Base(file)
	got, err := w.desk.Intake.Add(ctx, w.visit.Session, words, d, f)
	if err != nil {
		out.Error = fault.Sentence(err)
		return out, err
	}
	out.ID, out.Title, out.Copy, out.Pages = string(got.ID), got.Title, got.Copy, got.Pages
	out.Encoding, out.Guessed, out.Warnings = got.Encoding, got.Guessed, got.Warnings
	return out, nil
}

// receivedDate is a typed date, or today where none was typed.
func receivedDate(words string, now time.Time) (record.Date, error) {
	today := edtf.On(edtf.DayOf(int64(now.Year()), int(now.Month()), now.Day()))
	if words == "" {
		words = today.String()
	}
	u, err := coding.Date(words, coding.Reference{Date: today}, record.ModeHappened)
	if err != nil {
		return record.Date{}, err
	}
	return *u.Value.Date, nil
}

// findOrMakeSource finds the source with this label or code, or records a new
// one of that label.
func findOrMakeSource(ctx context.Context, w *work, words *register.Words, name string) (record.ID, error) {
	var id record.ID
	err := w.visit.Write(ctx, policy.AddRecord, func(wr *access.Writer) error {
		var err error
		if id, err = register.ByCode(ctx, wr, name); err == nil || !fault.Is(err, fault.KindNotFound) {
			return err
		}
		if id, err = register.ByLabel(ctx, &wr.Reader, record.KindSource, name); err == nil || !fault.Is(err, fault.KindNotFound) {
			return err
		}
		got, err := register.Record(ctx, wr, words, register.Input{New: []record.NewEntity{{N: 1, Kind: record.KindSource}},
			Statements: []record.Statement{{Entity: record.Local(1), Property: record.PropLabel, Value: record.Value{Text: name}, Words: name}}})
		if err == nil {
			id = got.Entities[0]
		}
		return err
	})
	return id, err
}

type statementCmd struct {
	Add  statementAddCmd  `cmd:"" help:"Add the statements of a file."`
	List statementListCmd `cmd:"" help:"List statements."`
}

type statementAddCmd struct {
	Dir string `arg:"" help:"The installation's folder."`
	onDir
	File string `required:"" help:"JSON file; see docs/formats/statements.md." placeholder:"F.json"`
}

func (c *statementAddCmd) dir() (string, onDir) { return c.Dir, c.onDir }

// statementFile is the input of asylon statement add: one act of recording.
// Values may be typed as people write them ("words") or given understood ("value").
type statementFile struct {
	Document   record.ID          `json:"document,omitempty"`
	Source     record.ID          `json:"source,omitempty"`
	Via        record.ID          `json:"via,omitempty"`
	New        []record.NewEntity `json:"new,omitempty"`
	Reference  string             `json:"reference,omitempty"` // date from which relative dates are reckoned
	Statements []typedStatement   `json:"statements"`
}

type typedStatement struct {
	Entity      record.ID          `json:"entity"`
	Property    record.PropertyID  `json:"property"`
	Words       string             `json:"words,omitempty"`
	Value       *record.Value      `json:"value,omitempty"`
	Qual        record.TermID      `json:"qual,omitempty"`
	Lang        string             `json:"lang,omitempty"`
	Mode        record.Mode        `json:"mode,omitempty"`
	At          *record.Locator    `json:"at,omitempty"`
	Quote       *record.Quote      `json:"quote,omitempty"`
	Reliability record.Reliability `json:"reliability,omitempty"`
	Grade       record.Grade       `json:"grade,omitempty"`
	Partial     bool               `json:"partial,omitempty"`
	Supersedes  record.ID          `json:"supersedes,omitempty"`
}

const maxStatementFile = 16 << 20

func (c *statementAddCmd) run(ctx context.Context, w *work) error {
	in, err := readStatementFile(w.path(c.File))
	if err != nil {
		return err
	}
	var got register.Recorded
	err = w.visit.Write(ctx, policy.AddRecord, func(wr *access.Writer) error {
		words, err := w.desk.Lexicon.Load(ctx, wr)
		if err != nil {
			return err
		}
		input, err := in.input(words)
		if err != nil {
			return err
		}
		if input.Document != "" {
			h, err := intake.Get(ctx, &wr.Reader, input.Document)
			if err != nil {
				return err
			}
			input.Compartment = h.Compartment
		}
		got, err = register.Record(ctx, wr, words, input)
		return err
	})
	if err != nil {
		return err
	}
	return w.print(map[string]any{"entry": got.Entry, "entities": got.Entities, "statements": got.Statements},
		fmt.Sprintf("recorded %d statements as entry %s", len(got.Statements), got.Entry))
}

func readStatementFile(path string) (statementFile, error) {
	var in statementFile
	f, err := os.Open(path)
	if err != nil {
		return in, fault.Wrap(fault.KindInvalid, err, "the file of statements cannot be opened")
	}
	defer f.Close()
	st, err := f.Stat()
	if err == nil && st.Size() > maxStatementFile {
		return in, fault.Invalid("the file of statements is larger than %d MB: split it", maxStatementFile>>20)
	}
	d := json.NewDecoder(f)
	d.DisallowUnknownFields()
	if err := d.Decode(&in); err != nil {
		return in, fault.Invalid("the file of statements is not of the known form, at byte %d: %s", d.InputOffset(), err.Error())
	}
	return in, nil
}

// input turns the file into an act of recording, naming the statement that
// cannot be understood.
func (in statementFile) input(words *register.Words) (register.Input, error) {
	out := register.Input{Document: in.Document, Source: in.Source, Via: in.Via, New: in.New}
	var ref coding.Reference
	if in.Reference != "" {
		u, err := coding.Date(in.Reference, coding.Reference{}, record.ModeHappened)
		if err != nil {
			return out, fmt.Errorf("reference: %w", err)
		}
		d, err := edtf.Parse(u.Value.Date.EDTF)
		if err != nil {
			return out, fmt.Errorf("reference: %w", err)
		}
		ref.Date = d
	}
	for i, t := range in.Statements {
		s := record.Statement{Entity: t.Entity, Property: t.Property, Words: t.Words, Lang: t.Lang, Mode: t.Mode, At: t.At, Quote: t.Quote,
			Reliability: t.Reliability, Grade: t.Grade, Partial: t.Partial, Supersedes: t.Supersedes}
		if t.Value != nil {
			s.Value = *t.Value
		} else {
			u, err := coding.Understand(words.Properties[t.Property], t.Words, ref, t.Mode)
			if err != nil {
				return out, fault.Invalid("statement %d: %w", i+1, err)
			}
			s.Value, s.Partial = u.Value, s.Partial || u.Partial
		}
		s.Value.Qual = firstTerm(s.Value.Qual, t.Qual)
		out.Statements = append(out.Statements, s)
	}
	return out, nil
}

func firstTerm(a, b record.TermID) record.TermID {
	if a != "" {
		return a
	}
	return b
}

type statementListCmd struct {
	Dir string `arg:"" help:"The installation's folder."`
	onDir
	Entity string `help:"Statements about this entity (id or label)." placeholder:"ID"`
	Source string `help:"Statements of this source (id or label)." placeholder:"ID"`
	Limit  int    `help:"At most so many." default:"1000"`
}

func (c *statementListCmd) dir() (string, onDir) { return c.Dir, c.onDir }

func (c *statementListCmd) run(ctx context.Context, w *work) error {
	if (c.Entity == "") == (c.Source == "") {
		return fmt.Errorf("%w: give --entity or --source", errUsage)
	}
	var items []register.Item
	err := w.visit.Read(ctx, policy.ReadRecord, func(r *access.Reader) error {
		id, err := resolveName(ctx, r, c.Entity+c.Source)
		if err != nil {
			return err
		}
		if c.Entity != "" {
			items, err = register.Of(ctx, r, id)
		} else {
			items, err = register.FromSource(ctx, r, id, c.Limit)
		}
		return err
	})
	if err != nil {
		return err
	}
	if len(items) > c.Limit {
		items = items[:c.Limit]
	}
	outs, lines := make([]statementOut, 0, len(items)), make([]string, 0, len(items))
	for _, it := range items {
		o := statementOutOf(it)
		outs = append(outs, o)
		lines = append(lines, fmt.Sprintf("%s  %s  %s  %s", o.ID, o.Property, o.Mode, firstNonEmpty(o.Words, string(o.Value.Term), string(o.Value.Ref), o.Value.Text)))
	}
	return w.print(outs, strings.Join(lines, "\n"))
}

func firstNonEmpty(xs ...string) string {
	for _, x := range xs {
		if x != "" {
			return x
		}
	}
	return ""
}

// resolveName takes an id or a local label such as A-0012.
func resolveName(ctx context.Context, r *access.Reader, s string) (record.ID, error) {
	if id, err := record.ParseID(s); err == nil {
		_, err := register.KindOf(ctx, r, id)
		return id, err
	}
	return register.ByCode(ctx, r, s)
}

// statementOut is a statement as asylon statement list prints it.
type statementOut struct {
	ID          record.ID          `json:"id"`
	Entity      record.ID          `json:"entity"`
	Property    record.PropertyID  `json:"property"`
	Value       record.Value       `json:"value"`
	Words       string             `json:"words,omitempty"`
	Mode        record.Mode        `json:"mode"`
	Document    record.ID          `json:"document,omitempty"`
	At          *record.Locator    `json:"at,omitempty"`
	Quote       *record.Quote      `json:"quote,omitempty"`
	Source      record.ID          `json:"source,omitempty"`
	Via         record.ID          `json:"via,omitempty"`
	Reliability record.Reliability `json:"reliability,omitempty"`
	Grade       record.Grade       `json:"grade,omitempty"`
	Partial     bool               `json:"partial,omitempty"`
	Actor       record.Actor       `json:"actor"`
	Recorded    time.Time          `json:"recorded"`
	Live        bool               `json:"live"`
	Review      record.Review      `json:"review"`
}

func statementOutOf(it register.Item) statementOut {
	return statementOut{ID: it.ID, Entity: it.Entity, Property: it.Property, Value: it.Value, Words: it.Words, Mode: it.ModeOf(),
		Document: it.Document, At: it.At, Quote: it.Quote, Source: it.Source, Via: it.Via, Reliability: it.Reliability, Grade: it.Grade,
		Partial: it.Partial, Actor: it.Actor, Recorded: it.Recorded, Live: it.Live, Review: it.Review}
}
