package estimate

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of a table file: MaxLists lists make at most 4,095 useful rows.
const (
	maxFileBytes = 4 << 20
	maxFileRows  = 100_000
)

// countNames are the headings that mark the column of counts when the caller
// names none; otherwise it is the last column.
var countNames = []string{"count", "counts", "freq", "frequency", "n", "people", "persons", "number", "사람", "명", "인원", "수"}

// ReadTable reads a capture-pattern table: comma-, semicolon- or
// tab-separated text in UTF-8, a heading, one row for each combination of
// lists with 1 (on the list) or 0 (not), and a column with the number of
// people. That column is countColumn or, when that is empty, the last column
// or the only one with a usual heading such as Freq or count. Combinations
// that have no row hold nobody.
//
// Every error about the content is an *InputError; other errors come from r.
func ReadTable(r io.Reader, countColumn string) (Table, error) {
	rows, err := readRows(r)
	if err != nil {
		return Table{}, err
	}
	head := rows[0].fields
	count, err := findCount(head, countColumn)
	if err != nil {
		return Table{}, err
	}
	lists := slices.Concat(head[:count], head[count+1:])
	if err := checkLists(lists); err != nil {
		return Table{}, err
	}
	var cells []Cell
	seen := make(map[Pattern]int)
	for _, row := range rows[1:] {
		c, err := readCell(row, lists, count)
		if err != nil {
			return Table{}, err
		}
		if before, ok := seen[c.Pattern]; ok {
			return Table{}, inputError(row.line, keyInputDuplicateLine,
				args{"pattern": patternNames(lists, c.Pattern), "line": strconv.Itoa(before)})
		}
		seen[c.Pattern] = row.line
		cells = append(cells, c)
	}
	return NewTable(lists, cells)
}

type tableRow struct {
	line   int
	fields []string
}

// readRows reads the file as trimmed fields; the first row is the heading.
func readRows(r io.Reader) ([]tableRow, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFileBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read table: %w", err)
	}
	if len(data) > maxFileBytes {
		return nil, inputError(0, keyInputFileSize, args{"limit": number(maxFileBytes >> 20)})
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		return nil, inputError(0, keyInputNotText, nil)
	}
	c := csv.NewReader(bytes.NewReader(data))
	c.Comma = separator(data)
	c.FieldsPerRecord = -1
	c.TrimLeadingSpace = true
	var rows []tableRow
	for {
		fields, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			return nil, inputError(bad.Line, keyInputQuotes, nil)
		}
		line, _ := c.FieldPos(0)
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		if blank(fields) {
			continue // a spreadsheet's trailing empty rows
		}
		if len(rows) > 0 && len(fields) != len(rows[0].fields) {
			return nil, inputError(line, keyInputFields,
				args{"got": number(len(fields)), "want": number(len(rows[0].fields))})
		}
		if len(rows) > maxFileRows {
			return nil, inputError(line, keyInputRows, args{"limit": number(maxFileRows)})
		}
		rows = append(rows, tableRow{line, fields})
	}
	if len(rows) < 2 {
		return nil, inputError(0, keyInputNoRows, nil)
	}
	return rows, nil
}

func blank(fields []string) bool {
	return !slices.ContainsFunc(fields, func(s string) bool { return s != "" })
}

// separator is the one of comma, semicolon and tab that the heading uses most.
func separator(data []byte) rune {
	head, _, _ := bytes.Cut(data, []byte("\n"))
	best, most := ',', bytes.Count(head, []byte(","))
	for _, s := range ";\t" {
		if n := bytes.Count(head, []byte(string(s))); n > most {
			best, most = s, n
		}
	}
	return best
}

func findCount(head []string, want string) (int, error) {
	if want != "" {
		i := slices.Index(head, want)
		if i < 0 {
			return 0, inputError(1, keyInputNoCount, args{"column": want, "columns": strings.Join(head, ", ")})
		}
		return i, nil
	}
	last := len(head) - 1
	found := -1
	for i, name := range head {
		if slices.Contains(countNames, strings.ToLower(name)) {
			if found >= 0 {
				return last, nil // not the only one: trust the position
			}
			found = i
		}
	}
	if found >= 0 {
		return found, nil
	}
	return last, nil
}

func readCell(row tableRow, lists []string, count int) (Cell, error) {
	var c Cell
	j := 0
	for i, field := range row.fields {
		if i == count {
			continue
		}
		switch field {
		case "1":
			c.Pattern |= 1 << j
		case "0":
		default:
			return c, inputError(row.line, keyInputNotMark, args{"column": lists[j], "value": shown(field)})
		}
		j++
	}
	if c.Pattern == 0 {
		return c, inputError(row.line, keyInputZeroPattern, nil)
	}
	var err error
	c.Count, err = readCount(row.line, row.fields[count])
	return c, err
}

// readCount reads a whole number of people; commas between thousands are the
// reader's trouble, not ours, since they may as well be decimal commas.
func readCount(line int, field string) (int, error) {
	n, err := strconv.ParseInt(field, 10, 64)
	if err == nil {
		switch {
		case n < 0:
			return 0, inputError(line, keyInputNegative, args{"value": shown(field)})
		case n > MaxPeople:
			return 0, inputError(line, keyInputTooMany, args{"limit": number(MaxPeople)})
		}
		return int(n), nil
	}
	f, ferr := strconv.ParseFloat(field, 64)
	switch {
	case errors.Is(err, strconv.ErrRange):
		return 0, inputError(line, keyInputTooMany, args{"limit": number(MaxPeople)})
	case ferr == nil && f < 0:
		return 0, inputError(line, keyInputNegative, args{"value": shown(field)})
	case ferr == nil && f != f:
		return 0, inputError(line, keyInputNotNumber, args{"value": shown(field)})
	case ferr == nil && f > MaxPeople:
		return 0, inputError(line, keyInputTooMany, args{"limit": number(MaxPeople)})
	case ferr == nil && f == float64(int(f)):
		return int(f), nil // 12.0 or 1e3, as some programs write whole numbers
	case ferr == nil:
		return 0, inputError(line, keyInputFraction, args{"value": shown(field)})
	}
	return 0, inputError(line, keyInputNotNumber, args{"value": shown(field)})
}

// shown shortens a field for a sentence and drops what does not print.
func shown(field string) string {
	field = strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, field)
	if r := []rune(field); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return field
}

// Frequencies hold, for people whose lists or occasions are not told apart,
// how many were found how often: entry i is the number found i+1 times.
type Frequencies []int

// ReadFrequencies reads a table of two columns, how often people were found
// and how many such people, with a heading. Its errors are as ReadTable's.
func ReadFrequencies(r io.Reader) (Frequencies, error) {
	rows, err := readRows(r)
	if err != nil {
		return nil, err
	}
	if len(rows[0].fields) != 2 {
		return nil, inputError(1, keyInputFields, args{"got": number(len(rows[0].fields)), "want": "2"})
	}
	var out Frequencies
	seen := make(map[int]int)
	for _, row := range rows[1:] {
		times, err := strconv.Atoi(row.fields[0])
		if err != nil || times < 1 || times > maxTimes {
			return nil, inputError(row.line, keyInputTimes, args{"value": shown(row.fields[0]), "limit": number(maxTimes)})
		}
		if before, ok := seen[times]; ok {
			return nil, inputError(row.line, keyInputDuplicateLine,
				args{"pattern": strconv.Itoa(times), "line": strconv.Itoa(before)})
		}
		seen[times] = row.line
		n, err := readCount(row.line, row.fields[1])
		if err != nil {
			return nil, err
		}
		for len(out) < times {
			out = append(out, 0)
		}
		out[times-1] = n
	}
	if out.N() == 0 {
		return nil, inputError(0, keyInputEmpty, nil)
	}
	return out, nil
}

const maxTimes = 1000 // how often one person can have been found

// N returns the number of different people.
func (f Frequencies) N() int {
	sum := 0
	for _, n := range f {
		sum += n
	}
	return sum
}
