package print

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// maxDepth bounds lists within lists.
const maxDepth = 4

// Check reports the first thing that is wrong with the document, with its
// place: a heading of an unknown level, a reference to a note that does not
// exist, a row with too few cells, a link that could run a script. All
// renderers check first.
func (d Document) Check() error {
	if strings.TrimSpace(d.Title) == "" {
		return errors.New("the document has no title: give one")
	}
	if err := checkLanguage(d.Language); err != nil {
		return err
	}
	notes := map[string]bool{}
	for i, n := range d.Notes {
		if n.ID == "" || notes[n.ID] {
			return fmt.Errorf("note %d: id %q is empty or used twice: give each note its own", i+1, n.ID)
		}
		notes[n.ID] = true
		if err := checkLink(n.Link); err != nil {
			return fmt.Errorf("note %q: %w", n.ID, err)
		}
		for _, r := range n.Runs {
			if r.Note != "" {
				return fmt.Errorf("note %q refers to note %q: notes cannot have notes", n.ID, r.Note)
			}
		}
		if err := checkRuns(n.Runs, nil); err != nil {
			return fmt.Errorf("note %q: %w", n.ID, err)
		}
	}
	for i, b := range d.Blocks {
		if err := b.check(notes); err != nil {
			return fmt.Errorf("block %d (%s): %w", i+1, b.Kind, err)
		}
	}
	switch d.Paper {
	case A4, Letter:
	default:
		return fmt.Errorf("paper %q is not known: use %q or leave it empty for A4", d.Paper, Letter)
	}
	if p := d.Labels.Page; p != "" && (strings.Count(p, "%d") != 2 || strings.Count(p, "%") != 2) {
		return fmt.Errorf("label for pages %q: it takes two %%d and no other %%", p)
	}
	return checkDirection(d.Direction)
}

func (b Block) check(notes map[string]bool) error {
	if err := checkDirection(b.Direction); err != nil {
		return err
	}
	if err := checkLanguage(b.Language); err != nil {
		return err
	}
	switch b.Kind {
	case KindHeading:
		if b.Level < 1 || b.Level > 3 {
			return fmt.Errorf("level %d: headings have level 1, 2 or 3", b.Level)
		}
		return checkRuns(b.Runs, notes)
	case KindParagraph:
		return checkRuns(b.Runs, notes)
	case KindQuote:
		return errors.Join(checkRuns(b.Runs, notes), checkRuns(b.Translation, notes), checkRuns(b.Source, notes))
	case KindList:
		return checkItems(b.Items, notes, 1)
	case KindTable:
		return b.Table.check(notes)
	case KindRule, KindPageBreak:
		return nil
	}
	return fmt.Errorf("kind %q is not known", b.Kind)
}

func (t *Table) check(notes map[string]bool) error {
	if t == nil || len(t.Columns) == 0 {
		return errors.New("the table has no columns")
	}
	for _, c := range t.Columns {
		if c.Width < 0 || c.Width > 1 {
			return fmt.Errorf("column %q: width %v is no share between 0 and 1", c.Name, c.Width)
		}
	}
	for i, row := range t.Rows {
		if len(row) != len(t.Columns) {
			return fmt.Errorf("row %d has %d cells for %d columns", i+1, len(row), len(t.Columns))
		}
		for j, cell := range row {
			if err := checkRuns(cell.Runs, notes); err != nil {
				return fmt.Errorf("row %d, column %d: %w", i+1, j+1, err)
			}
		}
	}
	return nil
}

func checkItems(items []Item, notes map[string]bool, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("lists lie more than %d deep in one another", maxDepth)
	}
	for i, it := range items {
		if err := checkRuns(it.Runs, notes); err != nil {
			return fmt.Errorf("item %d: %w", i+1, err)
		}
		if err := checkItems(it.Items, notes, depth+1); err != nil {
			return fmt.Errorf("item %d: %w", i+1, err)
		}
	}
	return nil
}

func checkRuns(runs []Run, notes map[string]bool) error {
	for _, r := range runs {
		if r.Note != "" && r.Text != "" {
			return fmt.Errorf("a run has the text %q and refers to note %q: make two runs", r.Text, r.Note)
		}
		if r.Note != "" && !notes[r.Note] {
			return fmt.Errorf("there is no note %q", r.Note)
		}
		if err := checkLink(r.Link); err != nil {
			return err
		}
		if err := checkLanguage(r.Language); err != nil {
			return err
		}
	}
	return nil
}

// checkLink allows only links that lead to a page or a mailbox, never ones
// that a browser would run.
func checkLink(link string) error {
	if link == "" {
		return nil
	}
	u, err := url.Parse(link)
	if err != nil {
		return fmt.Errorf("link %q cannot be read: %w", link, err)
	}
	switch u.Scheme {
	case "http", "https", "mailto":
		return nil
	case "":
		// "//host" would leave the site although it looks like a path.
		if strings.HasPrefix(link, "#") || strings.HasPrefix(link, "/") && !strings.HasPrefix(link, "//") && !strings.HasPrefix(link, `/\`) {
			return nil
		}
	}
	return fmt.Errorf("link %q: give an http, https or mailto address, a path beginning with / or a fragment beginning with #", link)
}

func checkDirection(d Direction) error {
	switch d {
	case Auto, LeftToRight, RightToLeft:
		return nil
	}
	return fmt.Errorf("direction %q is not known: use %q or %q, or leave it empty", d, LeftToRight, RightToLeft)
}

// checkLanguage refuses what cannot be a BCP 47 tag; it does not look tags up.
func checkLanguage(tag string) error {
	for _, r := range tag {
		if r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return fmt.Errorf("language %q is no language tag: give one like %q", tag, "zh-Hans")
		}
	}
	return nil
}
