package linkage

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// WritePairs writes the kept pairs as CSV: the two records (list and row, rows
// counted from 1 after the header), probability, weight in bits, whether they
// ended in one cluster, and how each field agrees.
func (r *Result) WritePairs(w io.Writer) error {
	out := csv.NewWriter(w)
	head := []string{"list_a", "row_a", "list_b", "row_b", "probability", "weight", "same_cluster"}
	for _, f := range r.l.fields {
		head = append(head, f.config.Name)
	}
	if err := out.Write(head); err != nil {
		return err
	}
	cm := r.l.d.newComparer(r.l.fields)
	row := make([]string, 0, len(head))
	err := r.Pairs(func(p Pair) error {
		row = append(row[:0], r.l.tables[p.A.Table].Name, strconv.Itoa(p.A.Row+1), r.l.tables[p.B.Table].Name, strconv.Itoa(p.B.Row+1),
			strconv.FormatFloat(p.Probability, 'f', 4, 64), strconv.FormatFloat(p.Weight, 'f', 2, 64), strconv.FormatBool(p.Same))
		x := cm.pattern(r.l.d.unitOf[r.l.d.row(p.A)], r.l.d.unitOf[r.l.d.row(p.B)])
		for i, f := range r.l.fields {
			row = append(row, f.levels[x.level(i)])
		}
		return out.Write(row)
	})
	if err != nil {
		return fmt.Errorf("write pairs: %w", err)
	}
	out.Flush()
	return out.Error()
}

// WriteClusters writes one line a record as CSV, the records of one person
// together: the cluster's number, its size, its confidence, a flag ("bridge",
// "disputed"), the record, and its values in the columns that were compared.
func (r *Result) WriteClusters(w io.Writer) error {
	out := csv.NewWriter(w)
	head := []string{"cluster", "size", "confidence", "flag", "list", "row"}
	var columns []string
	for _, f := range r.l.fields {
		for _, c := range f.config.Columns {
			if !slices.Contains(columns, c) {
				columns = append(columns, c)
			}
		}
	}
	if err := out.Write(append(head, columns...)); err != nil {
		return err
	}
	bridged := make(map[uint32]bool)
	for _, b := range r.bridge {
		bridged[b.a], bridged[b.b] = true, true
	}
	var row []string
	for i, rows := range r.members {
		confidence := strconv.FormatFloat(probability(float32(r.weakest[i])), 'f', 4, 64)
		for _, x := range rows {
			rec := r.l.d.record(int(x))
			flag := ""
			switch {
			case r.dispute[i]:
				flag = "disputed"
			case bridged[r.l.d.unitOf[x]]:
				flag = "bridge"
			}
			row = append(row[:0], strconv.Itoa(i+1), strconv.Itoa(len(rows)), confidence, flag, r.l.tables[rec.Table].Name, strconv.Itoa(rec.Row+1))
			for _, c := range columns {
				row = append(row, r.l.tables[rec.Table].Value(rec.Row, c))
			}
			if err := out.Write(row); err != nil {
				return fmt.Errorf("write clusters: %w", err)
			}
		}
	}
	out.Flush()
	return out.Error()
}

// WriteJSON writes the report, indented for people.
func (r Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(r)
}
