package advocacy

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"asylon/edtf"
	"asylon/internal/access"
	"asylon/internal/fault"
	"asylon/internal/record"
	"asylon/internal/register"
)

// Letter is a frozen letter.
type Letter struct {
	Entry record.EntryID
	Body
	Actor    record.Actor
	Recorded time.Time
	// Missing are characters that no font of the PDF has; set by Freeze only.
	Missing []rune
}

// Freeze checks a content against the record as it is now, words and sets it,
// and keeps it for good. Where something of it is refused nothing is kept:
// refused lists all of it, and the error is forbidden where it concerns
// sealed content or a consent, else invalid. The same letter frozen again is
// the one that is kept.
func (l Letters) Freeze(ctx context.Context, w *access.Writer, c Content) (letter Letter, refused []Refusal, err error) {
	if err := c.Check(); err != nil {
		return Letter{}, nil, err
	}
	d, err := l.Preview(ctx, &w.Reader, c)
	if err != nil {
		return Letter{}, nil, err
	}
	if len(d.Refused) > 0 {
		return Letter{}, d.Refused, refusedError(d.Refused)
	}
	b := Body{Content: c, Sentences: d.Sentences}
	if b.Cut, err = w.Cut(ctx); err != nil {
		return Letter{}, nil, fmt.Errorf("cut of letter: %w", err)
	}
	missing, err := b.render()
	if err != nil {
		return Letter{}, nil, err
	}
	if kept, err := Get(ctx, &w.Reader, b.Name); err == nil || !fault.Is(err, fault.KindNotFound) {
		return kept, nil, err
	}
	raw, err := json.Marshal(b)
	if err != nil {
		return Letter{}, nil, fmt.Errorf("write letter: %w", err)
	}
	draft := record.Draft{Kind: KindLetter, Parts: []record.DraftPart{{Compartment: record.General, Body: raw}}}
	for _, x := range c.Demands {
		if x.Demand == "" {
			continue
		}
		if k, err := register.KindOf(ctx, w, x.Demand); err != nil || k != record.KindDemand {
			return Letter{}, nil, fault.Invalid("%.64s is not a demand of the record", string(x.Demand))
		}
		draft.Subjects = append(draft.Subjects, x.Demand)
	}
	e, err := w.Append(ctx, draft)
	if err != nil {
		return Letter{}, nil, err
	}
	return Letter{Entry: e, Body: b, Actor: w.Session().ID, Recorded: w.Session().Now(), Missing: missing}, nil, nil
}

// refusedError gives a list of refusals the kind of the gravest.
func refusedError(rs []Refusal) error {
	var said []string
	kind := fault.KindInvalid
	for _, r := range rs {
		said = append(said, r.Sentence("en"))
		if r.Protected() {
			kind = fault.KindForbidden
		}
	}
	return &fault.Error{Kind: kind, Text: "the letter is refused: " + strings.Join(said, "; ")}
}

// Get finds a frozen letter by its name and checks its bytes against their
// hashes.
func Get(ctx context.Context, r *access.Reader, name string) (Letter, error) {
	var l Letter
	var at int64
	err := r.QueryRow(ctx, `select body, actor, recorded from letters where name = ? order by body limit 1`, name).Scan(&l.Entry, &l.Actor, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return l, fault.NotFound("there is no letter %.40s", name)
	}
	if err != nil {
		return l, fmt.Errorf("find letter: %w", err)
	}
	l.Recorded = time.Unix(at, 0).UTC()
	e, err := r.Entry(ctx, l.Entry)
	if err != nil {
		return l, err
	}
	raw, err := r.OpenPart(ctx, e, 0)
	if err != nil {
		return l, err
	}
	if err := json.Unmarshal(raw, &l.Body); err != nil {
		return l, fault.Wrap(fault.KindCorrupt, err, "letter "+name+" is damaged")
	}
	if sum([]byte(l.HTML)) != l.HTMLSum || sum([]byte(l.Markdown)) != l.MarkdownSum || sum(l.PDF) != l.PDFSum {
		return l, fault.Corrupt("letter %s does not have the bytes it was frozen with", name)
	}
	return l, nil
}

// File is one rendering of a letter: its bytes as they were frozen.
func (b Body) File(form string) (data []byte, media, sha string, err error) {
	switch form {
	case "html":
		return []byte(b.HTML), "text/html; charset=utf-8", b.HTMLSum, nil
	case "md":
		return []byte(b.Markdown), "text/markdown; charset=utf-8", b.MarkdownSum, nil
	case "pdf":
		return b.PDF, "application/pdf", b.PDFSum, nil
	}
	return nil, "", "", fault.NotFound("a letter is kept as html, md and pdf")
}

// State is how a letter stands.
type State string

// The states.
const (
	Awaiting State = "awaiting"
	Overdue  State = "overdue"  // the day of reply is over
	Answered State = "answered" // a reply, in full or in part, or a refusal came
)

// Line is a letter in a list.
type Line struct {
	Name, Title, Addressee, Lang string
	Day                          edtf.Day
	ReplyBy                      *edtf.Day
	Actor                        record.Actor
	State                        State
}

// List lists the frozen letters, the newest first, at most limit from offset,
// and counts them all.
func List(ctx context.Context, r *access.Reader, offset, limit int) (out []Line, total int, err error) {
	// Of copies of a letter the first stands for all.
	const from = ` from letters l where not exists (select 1 from letters x where x.name = l.name and x.body < l.body)`
	if err := r.QueryRow(ctx, `select count(*)`+from).Scan(&total); err != nil {
		return nil, 0, fmt.Errorf("count letters: %w", err)
	}
	rows, err := r.Query(ctx, `select l.name, l.title, l.addressee, l.lang, l.day, l.reply_by, l.actor,
		exists (select 1 from replies p where p.letter = l.name and p.what in ('reply', 'partial', 'refusal'))`+from+`
		order by l.day desc, l.body desc limit ? offset ?`, limit, offset)
	if err != nil {
		return nil, 0, fmt.Errorf("list letters: %w", err)
	}
	defer rows.Close()
	today := dayOf(r.Session().Now())
	for rows.Next() {
		var l Line
		var at int64
		var by sql.NullInt64
		var answered bool
		if err := rows.Scan(&l.Name, &l.Title, &l.Addressee, &l.Lang, &at, &by, &l.Actor, &answered); err != nil {
			return nil, 0, err
		}
		l.Day, l.State = edtf.Day(at), Awaiting
		if by.Valid {
			d := edtf.Day(by.Int64)
			l.ReplyBy = &d
			if d < today {
				l.State = Overdue
			}
		}
		if answered {
			l.State = Answered
		}
		out = append(out, l)
	}
	return out, total, rows.Err()
}

// Reply is what came back to a letter.
type Reply struct {
	ID record.ID
	ReplyBody
	Actor    record.Actor
	Recorded time.Time
}

// Replies lists what came back to a letter, by day.
func Replies(ctx context.Context, r *access.Reader, name string) ([]Reply, error) {
	rows, err := r.Query(ctx, `select id, body, actor, recorded from replies where letter = ? order by day, id`, name)
	if err != nil {
		return nil, fmt.Errorf("list replies: %w", err)
	}
	defer rows.Close()
	var out []Reply
	for rows.Next() {
		var x Reply
		var body string
		var at int64
		if err := rows.Scan(&x.ID, &body, &x.Actor, &at); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(body), &x.ReplyBody); err != nil {
			return nil, fault.Wrap(fault.KindCorrupt, err, "reply "+string(x.ID)+" is damaged")
		}
		x.Recorded = time.Unix(at, 0).UTC()
		out = append(out, x)
	}
	return out, rows.Err()
}

// AddReply records what came back to a letter, silence included.
func AddReply(ctx context.Context, w *access.Writer, b ReplyBody) (record.ID, error) {
	if _, err := Get(ctx, &w.Reader, b.Letter); err != nil {
		return "", err
	}
	known := false
	for _, x := range Whats() {
		known = known || x == b.What
	}
	if !known {
		return "", fault.Invalid("say what came: a reply, a reply in part, a refusal, silence, or our own follow-up")
	}
	if d, err := edtf.Parse(b.When); err != nil || !d.Resolved() || !d.Earliest().Bounded() {
		return "", fault.Invalid("say when it came, like 2001-08-14")
	}
	if len(b.Text) > maxText {
		return "", fault.Invalid("the note is longer than %d bytes", maxText)
	}
	draft := record.Draft{Kind: KindReply}
	if b.Document != "" {
		k, err := register.KindOf(ctx, w, b.Document)
		if err != nil {
			return "", err
		}
		if k != record.KindDocument {
			return "", fault.Invalid("%s is not a document", b.Document)
		}
		draft.Subjects = []record.ID{b.Document}
	}
	raw, err := json.Marshal(b)
	if err != nil {
		return "", fmt.Errorf("write reply: %w", err)
	}
	draft.Parts = []record.DraftPart{{Compartment: record.General, Body: raw}}
	e, err := w.Append(ctx, draft)
	return e.Thing(1), err
}

// Answer records whether a demand of the record was met, as a statement of its
// own that replaces the office's earlier one. Document is where it shows, note
// what it rests on where there is none.
func Answer(ctx context.Context, w *access.Writer, words *register.Words, demand record.ID, answer record.TermID, doc record.ID, note string) error {
	if words.Terms[answer].List != record.ListAnswers {
		return fault.Invalid("choose how the demand stands from the list")
	}
	k, err := register.KindOf(ctx, w, demand)
	if err != nil {
		return err
	}
	if k != record.KindDemand {
		return fault.Invalid("%s is not a demand", demand)
	}
	old, err := register.OfMany(ctx, &w.Reader, []record.ID{demand})
	if err != nil {
		return err
	}
	s := record.Statement{Entity: demand, Property: record.PropDemandAnswer, Value: record.Value{Term: answer}}
	if note != "" {
		s.At = &record.Locator{Note: note}
	}
	for _, it := range old {
		if it.Property == record.PropDemandAnswer && it.Source == "" {
			s.Supersedes = it.ID
		}
	}
	_, err = register.Record(ctx, w, words, register.Input{Document: doc, Statements: []record.Statement{s}})
	return err
}

// AnswerOf is how a demand stands: the term of its latest standing answer, or
// met.open.
func AnswerOf(ctx context.Context, r *access.Reader, demand record.ID) (record.TermID, error) {
	all, err := register.OfMany(ctx, r, []record.ID{demand})
	if err != nil {
		return "", err
	}
	answer := record.TermID("met.open")
	for _, it := range all {
		if it.Property == record.PropDemandAnswer && it.Review != record.ReviewRejected {
			answer = it.Value.Term
		}
	}
	return answer, nil
}
