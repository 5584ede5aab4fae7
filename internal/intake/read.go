package intake

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"asylon/internal/access"
	"asylon/internal/blob"
	"asylon/internal/fault"
	"asylon/internal/intake/extract"
	"asylon/internal/intake/extract/pdf"
	"asylon/internal/journal"
	"asylon/internal/policy"
	"asylon/internal/record"
)

// Held is a document as the actor may see it. Of a sealed document that the
// session has not opened, only ID, Compartment, Actor and Recorded are set.
type Held struct {
	ID          record.ID
	Compartment record.Compartment
	Open        bool // the body is readable: general, or opened
	DocumentBody
	Actor    record.Actor
	Recorded time.Time
}

// Get finds a document. A sealed one that the actor holds no key of looks as
// if it did not exist.
func Get(ctx context.Context, r *access.Reader, id record.ID) (Held, error) {
	h, _, err := load(ctx, r, id)
	return h, err
}

func load(ctx context.Context, r *access.Reader, id record.ID) (Held, journal.Entry, error) {
	c, err := compartmentOf(ctx, r, id)
	if err != nil {
		return Held{}, journal.Entry{}, err
	}
	if !r.Session().Member(c) {
		return Held{}, journal.Entry{}, fault.NotFound("there is no such document")
	}
	e, err := r.Entry(ctx, id.Entry())
	if err != nil {
		return Held{}, e, err
	}
	h := Held{ID: id, Compartment: c, Actor: e.Actor}
	if h.Recorded, err = time.Parse(time.RFC3339, e.Time); err != nil {
		return h, e, fmt.Errorf("read document %s: %w", id, err)
	}
	if _, ok := r.Session().Opened(id, c); c.Sealed() && !ok {
		return h, e, nil
	}
	raw, err := r.OpenPart(ctx, e, 0)
	if errors.Is(err, journal.ErrAbsent) {
		return h, e, fault.NotFound("this document was erased")
	}
	if err != nil {
		return h, e, err
	}
	if err := json.Unmarshal(raw, &h.DocumentBody); err != nil {
		return h, e, fault.Wrap(fault.KindCorrupt, err, fmt.Sprintf("document %s is damaged", id))
	}
	h.Open = true
	return h, e, nil
}

// errClosed is the answer for the content of a sealed document before it is
// opened.
var errClosed = fault.Forbidden("this document is sealed: open it first, with a reason")

// PageOf returns the text of a page.
func PageOf(ctx context.Context, r *access.Reader, id record.ID, n int) (Page, error) {
	h, e, err := load(ctx, r, id)
	if err != nil {
		return Page{}, err
	}
	if !h.Open {
		return Page{}, errClosed
	}
	part := -1
	if !h.Compartment.Sealed() {
		if err := r.QueryRow(ctx, `select part from pages where document = ? and page = ?`, string(id), n).Scan(&part); err != nil {
			return Page{}, fault.NotFound("there is no page %d in this document", n)
		}
	}
	for i := 1; i < len(e.Header.Parts); i++ {
		if part >= 0 && i != part {
			continue
		}
		raw, err := r.OpenPart(ctx, e, i)
		if err != nil {
			return Page{}, err
		}
		var b PagesBody
		if err := json.Unmarshal(raw, &b); err != nil {
			return Page{}, fault.Wrap(fault.KindCorrupt, err, fmt.Sprintf("the text of document %s is damaged", id))
		}
		for _, p := range b.Pages {
			if p.Number == n {
				return p, nil
			}
		}
	}
	return Page{}, fault.NotFound("there is no page %d in this document", n)
}

// OpenOriginal opens the original for reading, to be shown or handed out, and
// notes in the audit journal that it was. The caller closes it.
func (in *Intake) OpenOriginal(ctx context.Context, s *access.Session, id record.ID) (Held, *blob.File, error) {
	var h Held
	err := s.Write(ctx, policy.ReadRecord, func(w *access.Writer) error {
		var err error
		if h, err = Get(ctx, &w.Reader, id); err != nil {
			return err
		}
		if !h.Open {
			return errClosed
		}
		return w.Audit(ctx, access.AuditBody{What: "export", Of: id, Compartment: h.Compartment, Detail: "original"})
	})
	if err != nil {
		return h, nil, err
	}
	ref, err := h.Original.ref()
	if err != nil {
		return h, nil, err
	}
	f, err := in.blobs.Open(ctx, ref)
	return h, f, err
}

func (o Original) ref() (blob.Ref, error) {
	ref := blob.Ref{Name: blob.Name(o.Blob), Key: blob.Key(o.Key), Size: o.Size}
	sum, err := hex.DecodeString(o.SHA256)
	if err != nil || len(sum) != len(ref.SHA256) {
		return ref, fault.Corrupt("the hash of a document is not a SHA-256")
	}
	copy(ref.SHA256[:], sum)
	return ref, nil
}

// VerifyOriginal reads an original from beginning to end and compares its hash.
func (in *Intake) VerifyOriginal(ctx context.Context, h Held) error {
	ref, err := h.Original.ref()
	if err != nil {
		return err
	}
	return in.blobs.Verify(ctx, ref)
}

// pictureDPI is fine enough to read a typed page on a screen.
const pictureDPI = 110

// Picture renders a page of a PDF, for pages that have pictures and no text.
func (in *Intake) Picture(ctx context.Context, r *access.Reader, id record.ID, n int) (pdf.Picture, error) {
	h, err := Get(ctx, r, id)
	if err != nil {
		return pdf.Picture{}, err
	}
	if !h.Open {
		return pdf.Picture{}, errClosed
	}
	reader, ok := in.pdf.(*pdf.Reader)
	if !ok || h.Original.Media != "application/pdf" {
		return pdf.Picture{}, fault.NotFound("there is no picture of this page")
	}
	ref, err := h.Original.ref()
	if err != nil {
		return pdf.Picture{}, err
	}
	f, err := in.blobs.Open(ctx, ref)
	if err != nil {
		return pdf.Picture{}, err
	}
	defer f.Close()
	return reader.RenderPage(ctx, pdf.RenderRequest{R: f, Size: ref.Size, Page: n, DPI: pictureDPI, Format: pdf.PNG})
}

// Custodies lists what happened to an original, oldest first. Of a sealed
// document that is not open it lists nothing.
func Custodies(ctx context.Context, r *access.Reader, h Held) ([]CustodyBody, error) {
	if !h.Open {
		return nil, nil
	}
	rows, err := r.Query(ctx, `select id, body from custody where document = ? order by recorded, id`, string(h.ID))
	if err != nil {
		return nil, fmt.Errorf("list custody: %w", err)
	}
	type row struct {
		id   record.ID
		body string
	}
	var all []row
	for rows.Next() {
		var x row
		if err := rows.Scan(&x.id, &x.body); err != nil {
			return nil, errors.Join(err, rows.Close())
		}
		all = append(all, x)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, fmt.Errorf("list custody: %w", err)
	}
	var out []CustodyBody
	for _, x := range all {
		raw := json.RawMessage(x.body)
		if x.body == "" {
			e, err := r.Entry(ctx, x.id.Entry())
			if err != nil {
				return nil, err
			}
			if raw, err = r.OpenPart(ctx, e, 0); err != nil {
				return nil, err
			}
		}
		var b CustodyBody
		if err := json.Unmarshal(raw, &b); err != nil {
			return nil, fault.Wrap(fault.KindCorrupt, err, fmt.Sprintf("custody %s is damaged", x.id))
		}
		out = append(out, b)
	}
	return out, nil
}

// VerifySealed checks the encrypted files of all sealed documents against the
// hashes their entries give, and calls found for each that differs. It opens
// nothing.
func (in *Intake) VerifySealed(ctx context.Context, r *access.Reader, found func(string)) (int64, error) {
	rows, err := r.Query(ctx, `select document, blob_name, sha256 from sealed_originals order by document`)
	if err != nil {
		return 0, fmt.Errorf("list sealed originals: %w", err)
	}
	defer rows.Close()
	var n int64
	for rows.Next() {
		var id, name, want string
		if err := rows.Scan(&id, &name, &want); err != nil {
			return n, err
		}
		n++
		got, err := in.cipherSum(blob.Name(name))
		if err != nil {
			found(fmt.Sprintf("the original of sealed document %s: %s", id, err))
		} else if got != want {
			found(fmt.Sprintf("the original of sealed document %s is not the file that was stored", id))
		}
	}
	return n, rows.Err()
}

// General lists the documents that are open to the whole office, in order.
func General(ctx context.Context, r *access.Reader) ([]record.ID, error) {
	rows, err := r.Query(ctx, `select id from documents where compartment = ? order by id`, string(record.General))
	if err != nil {
		return nil, fmt.Errorf("list documents: %w", err)
	}
	defer rows.Close()
	var out []record.ID
	for rows.Next() {
		var id record.ID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, rows.Err()
}

var _ extract.PDF = (*pdf.Reader)(nil)
