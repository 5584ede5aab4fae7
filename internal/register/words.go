package register

import (
	"context"
	"encoding/json"
	"fmt"
	"sort"
	"sync"

	"asylon/internal/access"
	"asylon/internal/fault"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/store"
)

// Words are the properties and terms in force. They are read-only.
type Words struct {
	Properties map[record.PropertyID]record.Property
	Terms      map[record.TermID]record.Term
	children   map[record.TermID][]record.TermID
	lists      map[record.ListID][]record.TermID
	byKind     map[record.Kind][]record.Property
}

// Lexicon keeps the words in force between requests and reads them anew when
// they changed. It is safe for concurrent use.
type Lexicon struct {
	mu    sync.Mutex
	stamp string
	words *Words
}

// Load returns the words in force in q's state.
func (l *Lexicon) Load(ctx context.Context, q store.Queryer) (*Words, error) {
	var stamp string
	err := q.QueryRow(ctx, `select (select count(*) || '/' || coalesce(max(entry), '') from terms)
		|| '/' || (select count(*) || '/' || coalesce(max(entry), '') from properties)`).Scan(&stamp)
	if err != nil {
		return nil, fmt.Errorf("load words: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.words != nil && l.stamp == stamp {
		return l.words, nil
	}
	w, err := loadWords(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("load words: %w", err)
	}
	l.words, l.stamp = w, stamp
	return w, nil
}

func loadWords(ctx context.Context, q store.Queryer) (*Words, error) {
	w := &Words{Properties: map[record.PropertyID]record.Property{}, Terms: map[record.TermID]record.Term{}}
	// Lowest edition first, and of equal ones the largest entry first, so that
	// the definition in force is the last one written.
	order := ` order by id, edition, entry desc`
	err := bodies(ctx, q, `select body from properties`+order, func(b []byte) error {
		var p record.Property
		if err := json.Unmarshal(b, &p); err != nil {
			return err
		}
		if old, ok := w.Properties[p.ID]; ok { // what never changes is the first definition's
			p.Kinds, p.Type, p.Compartment, p.List, p.Quals, p.Refs, p.Many = old.Kinds, old.Type, old.Compartment, old.List, old.Quals, old.Refs, old.Many
		}
		w.Properties[p.ID] = p
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = bodies(ctx, q, `select body from terms`+order, func(b []byte) error {
		var t record.Term
		if err := json.Unmarshal(b, &t); err != nil {
			return err
		}
		if old, ok := w.Terms[t.ID]; ok {
			t.List, t.Parent = old.List, old.Parent
		}
		w.Terms[t.ID] = t
		return nil
	})
	w.index()
	return w, err
}

func bodies(ctx context.Context, q store.Queryer, query string, fn func([]byte) error) error {
	rows, err := q.Query(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var b string
		if err := rows.Scan(&b); err != nil {
			return err
		}
		if err := fn([]byte(b)); err != nil {
			return err
		}
	}
	return rows.Err()
}

// NewWords makes words from definitions, for code that has them without a
// store: the seed, and tests of pure rules.
func NewWords(props []record.Property, terms []record.Term) *Words {
	w := &Words{Properties: map[record.PropertyID]record.Property{}, Terms: map[record.TermID]record.Term{}}
	for _, p := range props {
		w.Properties[p.ID] = p
	}
	for _, t := range terms {
		w.Terms[t.ID] = t
	}
	w.index()
	return w
}

func (w *Words) index() {
	w.children, w.lists = map[record.TermID][]record.TermID{}, map[record.ListID][]record.TermID{}
	w.byKind = map[record.Kind][]record.Property{}
	for id, t := range w.Terms {
		w.lists[t.List] = append(w.lists[t.List], id)
		w.children[t.Parent] = append(w.children[t.Parent], id)
	}
	less := func(ids []record.TermID) {
		sort.Slice(ids, func(i, j int) bool {
			a, b := w.Terms[ids[i]], w.Terms[ids[j]]
			if a.Order != b.Order {
				return a.Order < b.Order
			}
			return a.ID < b.ID
		})
	}
	for _, ids := range w.children {
		less(ids)
	}
	for _, ids := range w.lists {
		less(ids)
	}
	for _, p := range w.Properties {
		kinds := p.Kinds
		if len(kinds) == 0 {
			kinds = record.Kinds()
		}
		for _, k := range kinds {
			w.byKind[k] = append(w.byKind[k], p)
		}
	}
	for _, ps := range w.byKind {
		sort.Slice(ps, func(i, j int) bool {
			if ps[i].Order != ps[j].Order {
				return ps[i].Order < ps[j].Order
			}
			return ps[i].ID < ps[j].ID
		})
	}
}

// Of lists the properties of a kind in order, retired ones included.
func (w *Words) Of(k record.Kind) []record.Property { return w.byKind[k] }

// List lists the terms of a list in order: parents before their children when
// walked by Children.
func (w *Words) List(l record.ListID) []record.TermID { return w.lists[l] }

// Children lists the terms right below t, in order.
func (w *Words) Children(t record.TermID) []record.TermID { return w.children[t] }

// Roots lists the terms of a list that have no parent, in order.
func (w *Words) Roots(l record.ListID) []record.TermID {
	var out []record.TermID
	for _, id := range w.lists[l] {
		if w.Terms[id].Parent == "" {
			out = append(out, id)
		}
	}
	return out
}

// Below lists t and everything under it.
func (w *Words) Below(t record.TermID) []record.TermID {
	out := []record.TermID{t}
	for i := 0; i < len(out) && len(out) < 10000; i++ {
		out = append(out, w.children[out[i]]...)
	}
	return out
}

// IsBelow tells whether t is root or under it.
func (w *Words) IsBelow(t, root record.TermID) bool {
	for i := 0; t != "" && i < 100; i++ {
		if t == root {
			return true
		}
		t = w.Terms[t].Parent
	}
	return false
}

// Term labels a term in a language; a term that is not defined is shown by
// its id.
func (w *Words) Term(id record.TermID, lang string) string {
	if t, ok := w.Terms[id]; ok {
		return t.Labels.In(lang)
	}
	return string(id)
}

// Property labels a property in a language.
func (w *Words) Property(id record.PropertyID, lang string) string {
	if p, ok := w.Properties[id]; ok {
		return p.Labels.In(lang)
	}
	return string(id)
}

// Define adds or relabels words. Only an office's labels, order and
// retirement of an existing word can change; a new meaning is a new word.
func Define(ctx context.Context, w *access.Writer, words *Words, b record.WordsBody) (record.EntryID, error) {
	if err := w.Session().Allow(policy.DefineWords); err != nil && w.Session().ID != record.System {
		return "", err
	}
	for _, p := range b.Properties {
		if err := checkProperty(words, p); err != nil {
			return "", err
		}
	}
	for _, t := range b.Terms {
		if err := checkTerm(words, b.Terms, t); err != nil {
			return "", err
		}
	}
	body, err := json.Marshal(b)
	if err != nil {
		return "", err
	}
	return w.Append(ctx, record.Draft{Kind: KindWords, Parts: []record.DraftPart{{Compartment: record.General, Body: body}}})
}

func checkProperty(words *Words, p record.Property) error {
	if p.ID == "" || p.Labels["en"] == "" {
		return fault.Invalid("a property needs an id and an English label")
	}
	old, ok := words.Properties[p.ID]
	if ok && (old.Type != p.Type || old.CompartmentOf() != p.CompartmentOf() || old.List != p.List) {
		return fault.Invalid("property %q exists with another type, list or compartment; a new meaning needs a new property", p.ID)
	}
	return nil
}

func checkTerm(words *Words, with []record.Term, t record.Term) error {
	if t.ID == "" || t.List == "" || t.Labels["en"] == "" {
		return fault.Invalid("a term needs an id, a list and an English label")
	}
	if old, ok := words.Terms[t.ID]; ok && (old.List != t.List || old.Parent != t.Parent) {
		return fault.Invalid("term %q exists elsewhere in the lists; a new meaning needs a new term", t.ID)
	}
	if t.Parent == "" {
		return nil
	}
	if p, ok := words.Terms[t.Parent]; ok && p.List == t.List {
		return nil
	}
	for _, p := range with {
		if p.ID == t.Parent && p.List == t.List && p.ID != t.ID {
			return nil
		}
	}
	return fault.Invalid("term %q names the parent %q, which is not in list %q", t.ID, t.Parent, t.List)
}
