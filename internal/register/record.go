package register

import (
	"context"
	"encoding/json"
	"fmt"
	"sort"
	"strings"

	"asylon/internal/access"
	"asylon/internal/fault"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/store"
)

// Input is one act of recording: statements taken from one document (or from
// an oral communication), with the entities they bring into the world.
// Statements refer to new entities by local id ("#1" for the one with N 1);
// statement numbers are given here.
type Input struct {
	Document record.ID
	// Compartment is the document's; statements taken from it are at least as
	// closed. Empty means general.
	Compartment record.Compartment
	Source      record.ID
	Via         record.ID
	Batch       record.ID
	New         []record.NewEntity
	Statements  []record.Statement
}

// Recorded says what an act of recording made.
type Recorded struct {
	Entry      record.EntryID
	Entities   []record.ID // in order of Input.New
	Statements []record.ID // in order of Input.Statements
}

// Record checks an input against the words in force and writes it as one
// entry: general statements in the general part, sealed ones in a part per
// entity and compartment.
func Record(ctx context.Context, w *access.Writer, words *Words, in Input) (Recorded, error) {
	if err := w.Session().Allow(policy.AddRecord); err != nil {
		return Recorded{}, err
	}
	if len(in.Statements)+len(in.New) == 0 || len(in.Statements) > record.MaxStatements {
		return Recorded{}, fault.Invalid("one entry carries 1 to %d statements, not %d", record.MaxStatements, len(in.Statements))
	}
	number := 0
	kinds := map[record.ID]record.Kind{}
	for i := range in.New {
		if !in.New[i].Kind.Valid() {
			return Recorded{}, fault.Invalid("%q is not a kind of entity", in.New[i].Kind)
		}
		if in.New[i].N != i+1 {
			return Recorded{}, fault.Invalid("new entities are numbered 1, 2, 3 in their order")
		}
		number = in.New[i].N
		kinds[record.Local(in.New[i].N)] = in.New[i].Kind
	}
	c := checker{ctx: ctx, w: w, words: words, kinds: kinds}
	for i := range in.Statements {
		number++
		in.Statements[i].N = number
		if err := c.check(&in.Statements[i]); err != nil {
			return Recorded{}, fault.Invalid("statement %d: %w", i+1, err)
		}
	}
	d, err := draft(words, in, &c)
	if err != nil {
		return Recorded{}, err
	}
	e, err := w.Append(ctx, d)
	if err != nil {
		return Recorded{}, err
	}
	out := Recorded{Entry: e}
	for _, n := range in.New {
		out.Entities = append(out.Entities, e.Thing(n.N))
	}
	for _, s := range in.Statements {
		out.Statements = append(out.Statements, e.Thing(s.N))
	}
	return out, nil
}

// draft splits an input by compartment.
func draft(words *Words, in Input, c *checker) (record.Draft, error) {
	type key struct {
		c  record.Compartment
		of record.ID
	}
	general := record.StatementsBody{Document: in.Document, Source: in.Source, Via: in.Via, Batch: in.Batch}
	sealed := map[key]*record.StatementsBody{}
	var order []key
	for _, s := range in.Statements {
		comp := stricter(words.Properties[s.Property].CompartmentOf(), in.Compartment)
		if !comp.Sealed() {
			general.Statements = append(general.Statements, s)
			continue
		}
		k := key{comp, s.Entity}
		if sealed[k] == nil {
			sealed[k] = &record.StatementsBody{Document: in.Document, Source: in.Source, Via: in.Via, Batch: in.Batch}
			order = append(order, k)
		}
		sealed[k].Statements = append(sealed[k].Statements, s)
	}
	d := record.Draft{Kind: KindStatements, Subjects: c.subjects(in), Needs: c.needs(in)}
	for _, n := range in.New {
		d.New = append(d.New, n.Kind)
	}
	body, err := json.Marshal(general)
	if err != nil {
		return d, err
	}
	d.Parts = append(d.Parts, record.DraftPart{Compartment: record.General, Body: body})
	for _, k := range order {
		if body, err = json.Marshal(sealed[k]); err != nil {
			return d, err
		}
		d.Parts = append(d.Parts, record.DraftPart{Compartment: k.c, Of: k.of, Body: body})
	}
	return d, nil
}

// stricter is the more closed of two compartments: an office's own, then
// sources, then identities, then general.
func stricter(a, b record.Compartment) record.Compartment {
	rank := func(c record.Compartment) int {
		switch c {
		case "", record.General:
			return 0
		case record.Identities:
			return 1
		case record.Sources:
			return 2
		}
		return 3
	}
	if rank(b) > rank(a) {
		return b
	}
	if a == "" {
		return record.General
	}
	return a
}

// checker checks statements against the words and the record.
type checker struct {
	ctx   context.Context
	w     *access.Writer
	words *Words
	kinds map[record.ID]record.Kind // of entities seen, local and stored
}

// kind finds the kind of an entity; one that is not there, or not the
// actor's to see, looks the same.
func (c *checker) kind(id record.ID) (record.Kind, error) {
	if k, ok := c.kinds[id]; ok {
		return k, nil
	}
	k, ok, err := exists(c.ctx, c.w, id)
	if err != nil {
		return "", err
	}
	if !ok {
		return "", fault.NotFound("there is nothing in the record by the name %.64q", string(id))
	}
	c.kinds[id] = k
	return k, nil
}

func (c *checker) check(s *record.Statement) error {
	k, err := c.kind(s.Entity)
	if err != nil {
		return err
	}
	p, ok := c.words.Properties[s.Property]
	if !ok {
		return fault.Invalid("%.40q is not a property; see the word lists", string(s.Property))
	}
	if len(p.Kinds) > 0 && !contains(p.Kinds, k) {
		return fault.Invalid("%q is not stated of a %s", p.Labels.In("en"), k)
	}
	if s.Mode != "" && !s.Mode.Valid() {
		return fault.Invalid("%.20q is not a mode; use one of happened, denied, feared, threatened, intended, general", string(s.Mode))
	}
	if !s.Reliability.Valid() || !s.Grade.Valid() {
		return fault.Invalid("reliability is A to F and grade 1 to 6, or empty")
	}
	if s.At != nil && (s.At.Page < 0 || s.At.Start < 0 || s.At.End < s.At.Start) {
		return fault.Invalid("the passage ends before it begins")
	}
	return c.checkValue(p, s)
}

// checkValue demands exactly the field that the property's type names.
func (c *checker) checkValue(p record.Property, s *record.Statement) error {
	v, label := s.Value, p.Labels.In("en")
	set := map[record.Type]bool{record.TypeTerm: v.Term != "", record.TypeText: v.Text != "", record.TypeRef: v.Ref != "",
		record.TypeDate: v.Date != nil, record.TypeCount: v.Count != nil && v.Count.Per == "", record.TypeRate: v.Count != nil && v.Count.Per != "", record.TypePoint: v.Point != nil}
	for t, is := range set {
		if is != (t == p.Type) {
			return fault.Invalid("%q takes a %s", label, p.Type)
		}
	}
	switch p.Type {
	case record.TypeTerm:
		if t, ok := c.words.Terms[v.Term]; !ok || t.List != p.List {
			return fault.Invalid("%.40q is not in the list %q of %q", string(v.Term), p.List, label)
		}
	case record.TypeText:
		if strings.TrimSpace(v.Text) == "" {
			return fault.Invalid("%q is empty", label)
		}
	case record.TypeRef:
		k, err := c.kind(v.Ref)
		if err != nil {
			return err
		}
		if len(p.Refs) > 0 && !contains(p.Refs, k) {
			return fault.Invalid("%q cannot be a %s", label, k)
		}
		if err := c.checkPart(p, s); err != nil {
			return err
		}
	case record.TypeDate:
		if v.Date.EDTF == "" || v.Date.Resolved && v.Date.Latest < v.Date.Earliest {
			return fault.Invalid("%q is not a date that can be understood", label)
		}
	case record.TypeCount, record.TypeRate:
		return checkCount(label, v.Count)
	case record.TypePoint:
		if v.Point.Lat < -90 || v.Point.Lat > 90 || v.Point.Lon < -180 || v.Point.Lon > 180 || v.Point.Radius < 0 {
			return fault.Invalid("%q: latitude is -90 to 90, longitude -180 to 180", label)
		}
	}
	if v.Qual != "" {
		if t, ok := c.words.Terms[v.Qual]; !ok || t.List != p.Quals || p.Quals == "" {
			return fault.Invalid("%.40q does not narrow %q", string(v.Qual), label)
		}
	}
	return nil
}

func checkCount(label string, n *record.Count) error {
	if n.Low < 0 {
		return fault.Invalid("%q: there cannot be fewer than none", label)
	}
	if n.High != nil && *n.High < n.Low {
		return fault.Invalid("%q: at most %d is less than at least %d", label, *n.High, n.Low)
	}
	if n.Best != nil && (*n.Best < n.Low || n.High != nil && *n.Best > *n.High) {
		return fault.Invalid("%q: the stated number %d is outside its own range", label, *n.Best)
	}
	if n.Unit == "" {
		return fault.Invalid("%q: say of what: persons, families, returns", label)
	}
	return nil
}

// partOf are the properties along which a thing can lie within another of its
// kind; nothing may lie within itself.
var partOf = map[record.PropertyID]bool{record.PropEventPartOf: true, record.PropPlaceWithin: true, record.PropOrgPart: true}

func (c *checker) checkPart(p record.Property, s *record.Statement) error {
	if !partOf[p.ID] && p.ID != record.PropEventLink && p.ID != record.PropSourceOrigin {
		return nil
	}
	if s.Value.Ref == s.Entity {
		return fault.Invalid("%q: nothing can be part of itself or linked to itself", p.Labels.In("en"))
	}
	if !partOf[p.ID] || s.Value.Ref.IsLocal() {
		return nil
	}
	within, err := Reaches(c.ctx, c.w, p.ID, s.Value.Ref, s.Entity)
	if err != nil {
		return err
	}
	if within {
		return fault.Invalid("%q: that would make it part of itself, through what it contains", p.Labels.In("en"))
	}
	return nil
}

// subjects lists the entities an input is about, new ones included.
func (c *checker) subjects(in Input) []record.ID {
	seen := map[record.ID]bool{}
	var out []record.ID
	for _, s := range in.Statements {
		if !seen[s.Entity] && len(out) < 200 {
			seen[s.Entity] = true
			out = append(out, s.Entity)
		}
	}
	return out
}

// needs lists the entries an input refers to.
func (c *checker) needs(in Input) []record.EntryID {
	seen := map[record.EntryID]bool{"": true}
	var out []record.EntryID
	add := func(id record.ID) {
		if e := id.Entry(); !id.IsLocal() && !seen[e] {
			seen[e] = true
			out = append(out, e)
		}
	}
	for _, id := range []record.ID{in.Document, in.Source, in.Via, in.Batch} {
		add(id)
	}
	for _, s := range in.Statements {
		for _, id := range []record.ID{s.Entity, s.Value.Ref, s.Source, s.Via, s.Supersedes, s.Basis} {
			add(id)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i] < out[j] })
	return out
}

func contains[T comparable](xs []T, x T) bool {
	for _, y := range xs {
		if y == x {
			return true
		}
	}
	return false
}

// maxDepth bounds a walk up a chain of parts.
const maxDepth = 1000

// Reaches tells whether to can be reached from from along the standing
// statements of a part-of property.
func Reaches(ctx context.Context, q store.Queryer, p record.PropertyID, from, to record.ID) (bool, error) {
	seen := map[record.ID]bool{from: true}
	queue := []record.ID{from}
	for i := 0; i < len(queue) && i < maxDepth; i++ {
		if queue[i] == to {
			return true, nil
		}
		up, err := column(ctx, q, `select ref from statements where entity = ? and property = ? and live = 1 and ref is not null`, string(queue[i]), string(p))
		if err != nil {
			return false, fmt.Errorf("walk %s: %w", p, err)
		}
		for _, u := range up {
			if !seen[u] {
				seen[u] = true
				queue = append(queue, u)
			}
		}
	}
	return false, nil
}

// NewLabelled brings an entity of a kind with a label into the world, or
// returns the one that has this label already.
func NewLabelled(ctx context.Context, w *access.Writer, words *Words, kind record.Kind, label string) (record.ID, error) {
	id, err := ByLabel(ctx, &w.Reader, kind, label)
	if err == nil || !fault.Is(err, fault.KindNotFound) {
		return id, err
	}
	got, err := Record(ctx, w, words, Input{New: []record.NewEntity{{N: 1, Kind: kind}},
		Statements: []record.Statement{{Entity: record.Local(1), Property: record.PropLabel, Value: record.Value{Text: label}, Words: label}}})
	if err != nil {
		return "", err
	}
	return got.Entities[0], nil
}
