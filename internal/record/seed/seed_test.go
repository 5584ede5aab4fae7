package seed

import (
	"testing"

	"asylon/internal/record"
)

func TestSeedIsWhole(t *testing.T) {
	w, err := Words()
	if err != nil {
		t.Fatal(err)
	}
	terms, lists := map[record.TermID]record.Term{}, map[record.ListID]bool{}
	for _, x := range w.Terms {
		if _, twice := terms[x.ID]; twice {
			t.Errorf("term %s stands twice", x.ID)
		}
		terms[x.ID], lists[x.List] = x, true
		if x.Labels["en"] == "" || x.Labels["ko"] == "" || x.Definition["en"] == "" {
			t.Errorf("term %s lacks a label or definition", x.ID)
		}
		if x.List == record.ListActs && (x.Boundary["en"] == "" || x.Example["en"] == "") {
			t.Errorf("act %s lacks a boundary or an example", x.ID)
		}
	}
	for _, x := range w.Terms {
		if x.Parent != "" && terms[x.Parent].List != x.List {
			t.Errorf("term %s has the parent %q, which is not in its list", x.ID, x.Parent)
		}
	}
	props := map[record.PropertyID]record.Property{}
	for _, p := range w.Properties {
		if _, twice := props[p.ID]; twice {
			t.Errorf("property %s stands twice", p.ID)
		}
		props[p.ID] = p
		if p.Labels["en"] == "" || p.Labels["ko"] == "" || p.Definition["en"] == "" {
			t.Errorf("property %s lacks a label or definition", p.ID)
		}
		if p.Type == record.TypeTerm && !lists[p.List] || p.Quals != "" && !lists[p.Quals] {
			t.Errorf("property %s names a list that is not there", p.ID)
		}
	}
	for _, id := range []record.PropertyID{record.PropPersonName, record.PropPersonBirth, record.PropPersonContact, record.PropPersonWhereabouts, record.PropPersonRelative} {
		if props[id].CompartmentOf() != record.Identities {
			t.Errorf("%s is not sealed in identities", id)
		}
	}
	if props[record.PropSourceIdentity].CompartmentOf() != record.Sources {
		t.Error("who a source is is not sealed in sources")
	}
	// Every act that General Comment 4 counts as deportation lies under return.
	for _, x := range w.Terms {
		if x.Deport && x.ID != "return" && terms[x.ID].Parent != "return" {
			t.Errorf("%s counts as deportation outside the branch of returns", x.ID)
		}
	}
}

func TestMistakesNameTheLine(t *testing.T) {
	if _, err := parseActs("# comment\n\na | b\n"); err == nil || err.Error() != "line 3: 2 fields, not 6" {
		t.Errorf("got %v", err)
	}
}
