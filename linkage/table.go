package linkage

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits on what ReadTable accepts, so that a wrong file ends in a message and
// not in exhausted memory.
const (
	maxColumns   = 1000
	maxCellBytes = 1 << 16
	maxRows      = 1 << 30
	sniffBytes   = 1 << 16
)

// A Table is one list of people: named columns of text. Each column keeps each
// of its values once.
type Table struct {
	Name    string
	columns []column
	rows    int
	Notes   []string // what was odd about the file, in sentences
}

// A column holds one value id per row; id 0 is the empty value.
type column struct {
	name   string
	ids    []uint32
	values []string
	index  map[string]uint32
}

func newColumn(name string) column {
	return column{name: name, values: []string{""}, index: map[string]uint32{"": 0}}
}

// add appends a cell. A new value is copied, because cells that a reader hands
// out share memory with their whole row.
func (c *column) add(cell string) {
	id, ok := c.index[cell]
	if !ok {
		id = uint32(len(c.values))
		s := strings.Clone(cell)
		c.values = append(c.values, s)
		c.index[s] = id
	}
	c.ids = append(c.ids, id)
}

// NewTable makes a table of rows, the first of which names the columns. Cells
// are trimmed; a row that is short is filled up, a longer one is an error.
func NewTable(name string, rows [][]string) (*Table, error) {
	if len(rows) == 0 {
		return nil, fmt.Errorf("%s is empty: its first row must name the columns", name)
	}
	t, err := tableFor(name, rows[0])
	if err != nil {
		return nil, err
	}
	for i, row := range rows[1:] {
		if len(row) > len(t.columns) {
			return nil, fmt.Errorf("%s, row %d: %d cells for %d columns", name, i+2, len(row), len(t.columns))
		}
		for j := range t.columns {
			cell := ""
			if j < len(row) {
				cell = strings.TrimSpace(row[j])
			}
			t.columns[j].add(cell)
		}
		t.rows++
	}
	t.seal()
	return t, nil
}

func tableFor(name string, header []string) (*Table, error) {
	t := &Table{Name: name}
	if len(header) > maxColumns {
		return nil, fmt.Errorf("%s has %d columns; at most %d are read", name, len(header), maxColumns)
	}
	seen := make(map[string]bool)
	for i, h := range header {
		h = strings.TrimSpace(h)
		if i == 0 {
			h = strings.TrimSpace(strings.TrimPrefix(h, "\uFEFF"))
		}
		if h == "" {
			h = fmt.Sprintf("column %d", i+1)
		}
		for n := 2; seen[h]; n++ {
			h = fmt.Sprintf("%s (%d)", strings.TrimSpace(header[i]), n)
		}
		seen[h] = true
		t.columns = append(t.columns, newColumn(h))
	}
	return t, nil
}

// seal drops what only adding needs.
func (t *Table) seal() {
	for i := range t.columns {
		t.columns[i].index = nil
		t.columns[i].ids = slices.Clip(t.columns[i].ids)
	}
}

// ReadTable reads a list with a header: comma, semicolon, tab or bar
// separated, plain or gzip-compressed. It reads one row at a time.
//
// It returns an error with the line where the file is broken. Rows with fewer
// cells than the header are filled up and counted in Notes; rows with more are
// an error, because then cells would silently change columns.
func ReadTable(name string, r io.Reader) (*Table, error) {
	in := bufio.NewReaderSize(r, sniffBytes)
	head, err := in.Peek(2)
	if err == nil && head[0] == 0x1f && head[1] == 0x8b {
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, fmt.Errorf("%s: unpack: %w", name, err)
		}
		defer z.Close()
		in = bufio.NewReaderSize(z, sniffBytes)
	}
	sample, err := in.Peek(sniffBytes)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, fmt.Errorf("%s: read: %w", name, err)
	}
	if len(bytes.TrimSpace(sample)) == 0 {
		return nil, fmt.Errorf("%s is empty: its first line must name the columns", name)
	}
	if bytes.IndexByte(sample, 0) >= 0 {
		return nil, fmt.Errorf("%s is no text: it holds zero bytes; save it as CSV in UTF-8", name)
	}
	rd := csv.NewReader(in)
	rd.Comma = separatorOf(sample)
	rd.ReuseRecord = true
	rd.FieldsPerRecord = -1
	// A stray quote in a name must not swallow the rest of the list.
	rd.LazyQuotes = true
	return readRows(name, rd)
}

func readRows(name string, rd *csv.Reader) (*Table, error) {
	header, err := rd.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: read the header: %w", name, err)
	}
	t, err := tableFor(name, header)
	if err != nil {
		return nil, err
	}
	short, invalid := 0, 0
	for {
		row, err := rd.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if t.rows == maxRows {
			return nil, fmt.Errorf("%s has more than %d rows", name, maxRows)
		}
		if len(row) > len(t.columns) && strings.Join(row[len(t.columns):], "") != "" {
			line, _ := rd.FieldPos(0)
			return nil, fmt.Errorf("%s, line %d: %d cells for %d columns; a cell that holds the separator must stand in quotes", name, line, len(row), len(t.columns))
		}
		if len(row) < len(t.columns) {
			short++
		}
		for j := range t.columns {
			cell := ""
			if j < len(row) {
				cell = strings.TrimSpace(row[j])
			}
			if len(cell) > maxCellBytes {
				line, _ := rd.FieldPos(j)
				return nil, fmt.Errorf("%s, line %d, column %q: a cell of %d bytes; at most %d are read", name, line, t.columns[j].name, len(cell), maxCellBytes)
			}
			if !utf8.ValidString(cell) {
				cell = strings.ToValidUTF8(cell, "\uFFFD")
				invalid++
			}
			t.columns[j].add(cell)
		}
		t.rows++
	}
	if short > 0 {
		t.Notes = append(t.Notes, fmt.Sprintf("%d rows have fewer cells than the header; the missing ones are taken as empty.", short))
	}
	if invalid > 0 {
		t.Notes = append(t.Notes, fmt.Sprintf("%d cells are not valid UTF-8; the bad bytes are replaced by a mark.", invalid))
	}
	t.seal()
	return t, nil
}

// separatorOf guesses the separator: the one that splits the first lines into
// the same number of cells, and into most cells.
func separatorOf(sample []byte) rune {
	lines := bytes.Split(sample, []byte("\n"))
	if len(lines) > 1 {
		lines = lines[:len(lines)-1] // the last may be cut off
	}
	lines = lines[:min(len(lines), 50)]
	best, bestScore := ',', 0
	for _, sep := range []rune{',', '\t', ';', '|'} {
		counts := make(map[int]int)
		for _, l := range lines {
			counts[bytes.Count(l, []byte(string(sep)))]++
		}
		for n, times := range counts {
			// A line with quoted separators deviates; most lines must agree.
			if score := times * min(n, 40); n > 0 && score > bestScore {
				best, bestScore = sep, score
			}
		}
	}
	return best
}

// Rows returns how many rows the table has.
func (t *Table) Rows() int { return t.rows }

// Columns returns the names of the columns.
func (t *Table) Columns() []string {
	var list []string
	for _, c := range t.columns {
		list = append(list, c.name)
	}
	return list
}

// Value returns the text of a cell; "" if there is no such column.
func (t *Table) Value(row int, column string) string {
	if c := t.column(column); c != nil {
		return c.values[c.ids[row]]
	}
	return ""
}

func (t *Table) column(name string) *column {
	for i := range t.columns {
		if t.columns[i].name == name {
			return &t.columns[i]
		}
	}
	return nil
}
