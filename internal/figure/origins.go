package figure

import "asylon/internal/record"

// origins knows which statements and sources go back to one: by judgement, or
// because a source says whom it repeats.
type origins struct{ up map[record.ID]record.ID }

func newOrigins() *origins { return &origins{up: map[record.ID]record.ID{}} }

func (o *origins) find(id record.ID) record.ID {
	for {
		up, ok := o.up[id]
		if !ok || up == id {
			return id
		}
		if next, ok := o.up[up]; ok {
			o.up[id] = next // halve the way for the next one
		}
		id = up
	}
}

// join says that two go back to one; the smaller id stands for both.
func (o *origins) join(a, b record.ID) {
	x, y := o.find(a), o.find(b)
	root := min(x, y)
	o.up[x], o.up[y] = root, root
}

// of is the origin of a statement: what it was judged to repeat, else its
// source's origin, else the document it is taken from. Without any of them it
// has none but itself.
func (o *origins) of(statement, source, document record.ID) string {
	if _, ok := o.up[statement]; ok {
		return string(o.find(statement))
	}
	if source != "" {
		return string(o.find(source))
	}
	return string(document)
}
