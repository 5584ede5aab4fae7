package intake

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"asylon/internal/access"
	"asylon/internal/blob"
	"asylon/internal/fault"
	"asylon/internal/intake/extract"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/register"
	"asylon/internal/store"
)

// MaxOriginal is the largest file that is taken in, in bytes.
const MaxOriginal = 1 << 30

// Intake takes documents in. It is safe for concurrent use.
type Intake struct {
	blobs *blob.Dir
	pdf   extract.PDF // nil: PDF files are kept without text
}

// New makes the intake over a folder of blobs.
func New(blobs *blob.Dir, pdf extract.PDF) *Intake { return &Intake{blobs: blobs, pdf: pdf} }

// Document is a document to be taken in.
type Document struct {
	Name        string // of the file
	Title       string // empty: the document's own title, or the file's name
	Kind        record.TermID
	Lang        string
	Source      record.ID
	Via         record.ID
	Brought     string
	Received    record.Date
	Compartment record.Compartment // empty is refused: import asks, never assumes
	Encoding    string             // what the user says a text is encoded in
	Password    string             // of a protected PDF
	Testimony   *Testimony
	Note        string
	Progress    func(done, total int)

	parent record.ID
}

// Added says what became of a document that was brought.
type Added struct {
	ID          record.ID
	Copy        bool // it is held already: ID is the one held, and the copy was noted in its custody
	Title       string
	Pages       int
	Warnings    []string
	Guessed     bool   // the encoding was guessed: let the user confirm
	Encoding    string // of a text
	Attachments []Added
}

// Add takes a document in: it keeps the original, reads its text, and records
// both. Extraction that fails does not lose the original: it is kept with a
// warning. A copy of a document that is held, and that the actor can see, is
// recognised and noted instead.
func (in *Intake) Add(ctx context.Context, s *access.Session, words *register.Words, d Document, r io.Reader) (Added, error) {
	if err := s.Allow(policy.AddRecord); err != nil {
		return Added{}, err
	}
	if err := checkDocument(words, d); err != nil {
		return Added{}, err
	}
	ref, err := in.blobs.Put(ctx, r, MaxOriginal)
	if err != nil {
		return Added{}, err
	}
	added, err := in.addBlob(ctx, s, words, d, ref)
	if err != nil || added.Copy {
		return added, errors.Join(err, in.blobs.Remove(ref.Name))
	}
	return added, nil
}

func checkDocument(words *register.Words, d Document) error {
	if d.Compartment == "" {
		return fault.Invalid("choose who can read this document: general, identities or sources")
	}
	if d.Kind == "" || words.Terms[d.Kind].List != record.ListDocuments {
		return fault.Invalid("choose what kind of document this is")
	}
	return nil
}

func (in *Intake) addBlob(ctx context.Context, s *access.Session, words *register.Words, d Document, ref blob.Ref) (Added, error) {
	held, err := in.held(ctx, s, ref.SHA256)
	if err != nil {
		return Added{}, err
	}
	if held != "" {
		return in.noteCopy(ctx, s, held, d)
	}
	res, err := in.read(ctx, d, ref)
	if err != nil {
		return Added{}, err
	}
	added, err := in.record(ctx, s, d, ref, res)
	if err != nil {
		return Added{}, err
	}
	for _, a := range res.Attachments {
		child := d
		child.Name, child.Title, child.Encoding, child.Testimony, child.parent = a.Name, a.Name, "", nil, added.ID
		if child.Name == "" {
			child.Name = "attachment"
		}
		got, err := in.Add(ctx, s, words, child, strings.NewReader(string(a.Data)))
		if err != nil {
			added.Warnings = append(added.Warnings, fmt.Sprintf("attachment %.80q was not taken in: %s", a.Name, fault.Sentence(err)))
			continue
		}
		added.Attachments = append(added.Attachments, got)
	}
	return added, nil
}

// read extracts the text. Only an empty file is refused; whatever else cannot
// be read is kept with a warning that says why.
func (in *Intake) read(ctx context.Context, d Document, ref blob.Ref) (extract.Result, error) {
	f, err := in.blobs.Open(ctx, ref)
	if err != nil {
		return extract.Result{}, err
	}
	defer f.Close()
	res, err := extract.Extract(ctx, extract.Input{Name: d.Name, R: f, Size: ref.Size, Encoding: d.Encoding, Password: d.Password},
		extract.Options{PDF: in.pdf, Progress: d.Progress})
	if err == nil {
		return res, nil
	}
	if errors.Is(err, extract.ErrEmpty) || ctx.Err() != nil || fault.KindOf(err) == fault.KindInternal {
		return res, err
	}
	kept := extract.Result{Kind: res.Kind, MediaType: res.MediaType}
	kept.Warnings = append(res.Warnings, "the original is kept, but its text could not be read: "+fault.Sentence(err))
	return kept, nil
}

// maxPartText is about how much text one part carries: enough that a page is
// found without unpacking a book.
const maxPartText = 256 << 10

// record writes the document's entry.
func (in *Intake) record(ctx context.Context, s *access.Session, d Document, ref blob.Ref, res extract.Result) (Added, error) {
	b := DocumentBody{Title: title(d, res), Kind: d.Kind, Lang: firstOf(d.Lang, res.Language), Source: d.Source, Via: d.Via, Brought: d.Brought,
		Received: d.Received, Parent: d.parent, Encoding: res.Encoding, Extractor: extract.Version, Pages: len(res.Pages),
		Warnings: res.Warnings, Testimony: d.Testimony, Note: d.Note,
		Original: Original{Name: d.Name, Media: res.MediaType, Size: ref.Size, SHA256: hex.EncodeToString(ref.SHA256[:]), Blob: string(ref.Name), Key: string(ref.Key)}}
	bodies := []any{b}
	var cur PagesBody
	size := 0
	for _, p := range res.Pages {
		b.Warnings = append(b.Warnings, p.Warnings...)
		cur.Pages = append(cur.Pages, Page{Number: p.Number, Label: p.Label, Text: p.Text, Scanned: p.Scanned})
		if size += len(p.Text); size > maxPartText {
			bodies, cur, size = append(bodies, cur), PagesBody{}, 0
		}
	}
	if len(cur.Pages) > 0 {
		bodies = append(bodies, cur)
	}
	bodies[0] = b
	draft := record.Draft{Kind: KindDocument, Subjects: []record.ID{record.Local(0)}}
	for _, id := range []record.ID{d.Source, d.Via, d.parent} {
		draft.Needs = append(draft.Needs, id.Entry())
	}
	for _, x := range bodies {
		raw, err := json.Marshal(x)
		if err != nil {
			return Added{}, err
		}
		part := record.DraftPart{Compartment: d.Compartment, Body: raw}
		if d.Compartment.Sealed() {
			part.Of = record.Local(0)
		}
		draft.Parts = append(draft.Parts, part)
	}
	if d.Compartment.Sealed() {
		raw, err := in.cipher(ref)
		if err != nil {
			return Added{}, err
		}
		draft.Parts = append(draft.Parts, record.DraftPart{Compartment: record.General, Body: raw})
	}
	out := Added{Title: b.Title, Pages: len(res.Pages), Warnings: b.Warnings, Guessed: res.EncodingGuessed, Encoding: res.Encoding}
	err := s.Write(ctx, policy.AddRecord, func(w *access.Writer) error {
		for _, id := range []record.ID{d.Source, d.Via} {
			if id == "" {
				continue
			}
			if k, err := register.KindOf(ctx, w, id); err != nil || k != record.KindSource {
				return errors.Join(fault.Invalid("the source of a document is a source in the record"), err)
			}
		}
		e, err := w.Append(ctx, draft)
		if err != nil {
			return err
		}
		out.ID = e.Thing(0)
		return in.mark(ctx, w, ref.SHA256, out.ID, d.Compartment)
	})
	return out, err
}

// cipher is the body that lets anybody verify a sealed document's file.
func (in *Intake) cipher(ref blob.Ref) (json.RawMessage, error) {
	sum, err := in.cipherSum(ref.Name)
	if err != nil {
		return nil, err
	}
	return json.Marshal(CipherBody{Blob: string(ref.Name), SHA256: sum})
}

// cipherSum is the SHA-256 of an encrypted file as it lies in the folder.
func (in *Intake) cipherSum(name blob.Name) (string, error) {
	f, _, err := in.blobs.OpenSealed(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", fmt.Errorf("read stored file: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func title(d Document, res extract.Result) string {
	t := firstOf(strings.TrimSpace(d.Title), strings.TrimSpace(res.Title), d.Name, "untitled")
	return extract.OneLine(t, 300)
}

func firstOf(xs ...string) string {
	for _, x := range xs {
		if x != "" {
			return x
		}
	}
	return ""
}

// compartmentOf is the compartment of a document; one that is not there is
// not found.
func compartmentOf(ctx context.Context, q store.Queryer, id record.ID) (record.Compartment, error) {
	var c record.Compartment
	err := q.QueryRow(ctx, `select compartment from documents where id = ?`, string(id)).Scan(&c)
	if errors.Is(err, sql.ErrNoRows) {
		return "", fault.NotFound("there is no such document")
	}
	if err != nil {
		return "", fmt.Errorf("look up document: %w", err)
	}
	return c, nil
}

// A mark recognises a second copy, of a sealed document too, without the
// tables holding the hash of what is sealed: it is keyed with a salt of this
// installation.
func (in *Intake) markOf(ctx context.Context, salt []byte, sum [32]byte) string {
	h := sha256.Sum256(append(append([]byte("asylon/copy/1\n"), salt...), sum[:]...))
	return strings.ToLower(base32.StdEncoding.EncodeToString(h[:20]))
}

func (in *Intake) mark(ctx context.Context, w *access.Writer, sum [32]byte, id record.ID, c record.Compartment) error {
	var salt []byte
	err := w.QueryRow(ctx, `select salt from copy_salt where one = 1`).Scan(&salt)
	if errors.Is(err, sql.ErrNoRows) {
		salt = make([]byte, 32)
		_, _ = rand.Read(salt) // crypto/rand.Read never fails
		_, err = w.State(ctx, `insert into copy_salt (one, salt) values (1, ?)`, salt)
	}
	if err != nil {
		return fmt.Errorf("mark copy: %w", err)
	}
	_, err = w.State(ctx, `insert into copy_marks (mark, document, compartment) values (?, ?, ?) on conflict do nothing`,
		in.markOf(ctx, salt, sum), string(id), string(c))
	if err != nil {
		return fmt.Errorf("mark copy: %w", err)
	}
	return nil
}

// held finds the document of which this would be a copy, among those the
// actor can see.
func (in *Intake) held(ctx context.Context, s *access.Session, sum [32]byte) (record.ID, error) {
	var id record.ID
	err := s.Read(ctx, policy.AddRecord, func(r *access.Reader) error {
		err := r.QueryRow(ctx, `select id from documents where sha256 = ? order by id limit 1`, hex.EncodeToString(sum[:])).Scan(&id)
		if err == nil || !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		var salt []byte
		err = r.QueryRow(ctx, `select salt from copy_salt where one = 1`).Scan(&salt)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		var c record.Compartment
		err = r.QueryRow(ctx, `select document, compartment from copy_marks where mark = ?`, in.markOf(ctx, salt, sum)).Scan(&id, &c)
		if errors.Is(err, sql.ErrNoRows) || err == nil && !s.Member(c) {
			id = ""
			return nil
		}
		return err
	})
	return id, err
}

// noteCopy notes in the custody of the held document that a copy came.
func (in *Intake) noteCopy(ctx context.Context, s *access.Session, held record.ID, d Document) (Added, error) {
	out := Added{ID: held, Copy: true, Title: d.Name}
	err := s.Write(ctx, policy.AddRecord, func(w *access.Writer) error {
		return Custody(ctx, w, CustodyBody{Document: held, What: "received again", When: d.Received, Who: d.Brought, Note: d.Name})
	})
	return out, err
}

// Custody records something that happened to an original.
func Custody(ctx context.Context, w *access.Writer, b CustodyBody) error {
	k, err := register.KindOf(ctx, w, b.Document)
	if err != nil {
		return err
	}
	if k != record.KindDocument {
		return fault.Invalid("custody is of a document")
	}
	if strings.TrimSpace(b.What) == "" {
		return fault.Invalid("say what happened to the original")
	}
	raw, err := json.Marshal(b)
	if err != nil {
		return err
	}
	part := record.DraftPart{Compartment: record.General, Body: raw}
	c, err := compartmentOf(ctx, w, b.Document)
	if err != nil {
		return err
	}
	if c.Sealed() { // who brought a sealed document is as closed as the document
		part.Compartment, part.Of = c, b.Document
	}
	_, err = w.Append(ctx, record.Draft{Kind: KindCustody, Subjects: []record.ID{b.Document}, Needs: []record.EntryID{b.Document.Entry()},
		Parts: []record.DraftPart{part}})
	return err
}

// Begin begins an import whose statements can be undone together.
func Begin(ctx context.Context, w *access.Writer, title, note string) (record.ID, error) {
	raw, err := json.Marshal(BatchBody{Title: title, Note: note})
	if err != nil {
		return "", err
	}
	e, err := w.Append(ctx, record.Draft{Kind: KindBatch, Parts: []record.DraftPart{{Compartment: record.General, Body: raw}}})
	return e.Thing(1), err
}
