package names

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// PairOptions say which columns of a table hold the two names.
type PairOptions struct {
	A, B    string  // names of the columns, as the header has them
	Comma   rune    // the separator; 0 means a comma
	Prior   float64 // as in Probability; 0 means DefaultPrior
	Explain bool    // add a column with the explanation
}

// PairSummary counts what ComparePairs compared.
type PairSummary struct {
	Pairs  int
	Levels [Levels]int
}

// ComparePairs reads a table with a header, compares the two names of every
// row, and writes the table with the columns level, weight and same added
// (and explanation, if asked for). It reads one row at a time, so that the
// size of the table does not matter, and remembers the readings of a name
// only while it repeats from row to row.
//
// It returns an error that says what to do where a column is missing, and
// where the table is broken, with the line.
func (r *Reader) ComparePairs(in io.Reader, out io.Writer, o PairOptions) (PairSummary, error) {
	var sum PairSummary
	rd, w := csv.NewReader(in), csv.NewWriter(out)
	if o.Comma != 0 {
		rd.Comma, w.Comma = o.Comma, o.Comma
	}
	if o.Prior == 0 {
		o.Prior = DefaultPrior
	}
	rd.ReuseRecord = true
	header, err := rd.Read()
	if errors.Is(err, io.EOF) {
		return sum, errors.New("the table is empty: the first line must name the columns")
	}
	if err != nil {
		return sum, fmt.Errorf("read the header: %w", err)
	}
	header[0] = strings.TrimPrefix(header[0], "\uFEFF")
	a, b := slices.Index(header, o.A), slices.Index(header, o.B)
	for _, name := range []string{o.A, o.B} {
		if !slices.Contains(header, name) {
			return sum, fmt.Errorf("the table has no column %q; it has: %s", name, strings.Join(header, ", "))
		}
	}
	row := append(slices.Clone(header), "level", "weight", "same")
	if o.Explain {
		row = append(row, "explanation")
	}
	if err := w.Write(row); err != nil {
		return sum, err
	}
	var x, y *Name
	for {
		record, err := rd.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return sum, fmt.Errorf("read the table: %w", err)
		}
		if x == nil || x.raw != record[a] {
			x = r.Read(strings.Clone(record[a]))
		}
		if y == nil || y.raw != record[b] {
			y = r.Read(strings.Clone(record[b]))
		}
		c := Compare(x, y)
		sum.Pairs++
		sum.Levels[c.Level]++
		row = append(append(row[:0], record...), c.Level.String(),
			strconv.FormatFloat(float64(c.Weight), 'f', 2, 64), strconv.FormatFloat(c.Probability(o.Prior), 'f', 4, 64))
		if o.Explain {
			row = append(row, c.Explain())
		}
		if err := w.Write(row); err != nil {
			return sum, err
		}
	}
	w.Flush()
	return sum, w.Error()
}

// ComparePairs is Reader.ComparePairs under the default frequencies.
func ComparePairs(in io.Reader, out io.Writer, o PairOptions) (PairSummary, error) {
	return defaultReader().ComparePairs(in, out, o)
}
