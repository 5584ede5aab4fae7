package print

// numbering says which number each note has and in which order they stand.
type numbering struct {
	number map[string]int
	order  []Note
}

// number gives the notes their numbers: in the order in which the text first
// refers to them, then those it never refers to, as they were given.
func (d Document) number() numbering {
	n := numbering{number: map[string]int{}}
	byID := map[string]Note{}
	for _, note := range d.Notes {
		byID[note.ID] = note
	}
	add := func(note Note) {
		if n.number[note.ID] == 0 {
			n.order = append(n.order, note)
			n.number[note.ID] = len(n.order)
		}
	}
	d.eachRun(func(r Run) {
		if note, ok := byID[r.Note]; ok {
			add(note)
		}
	})
	for _, note := range d.Notes {
		add(note)
	}
	return n
}

// eachRun visits all runs in reading order.
func (d Document) eachRun(visit func(Run)) {
	runs := func(rs []Run) {
		for _, r := range rs {
			visit(r)
		}
	}
	var items func([]Item)
	items = func(its []Item) {
		for _, it := range its {
			runs(it.Runs)
			items(it.Items)
		}
	}
	for _, b := range d.Blocks {
		runs(b.Runs)
		items(b.Items)
		if b.Table != nil {
			for _, row := range b.Table.Rows {
				for _, cell := range row {
					runs(cell.Runs)
				}
			}
		}
		runs(b.Translation)
		runs(b.Source)
	}
}
