package svg

import (
	"html/template"
	"strings"
)

// A Table says in figures what a picture shows.
type Table struct {
	Caption string
	Columns []Column
	// Rows have one text for each column.
	Rows [][]string
	// Notes are sentences that belong below the table.
	Notes []string
}

// A Column of a table. Numeric columns are set to the right.
type Column struct {
	Name    string
	Numeric bool
}

func column(name string) Column    { return Column{Name: name} }
func numColumn(name string) Column { return Column{Name: name, Numeric: true} }

// HTML writes the table with caption, column headers and row headers (the
// first column), so that a screen reader can say where it is. Each text
// finds its own direction.
func (t Table) HTML() template.HTML {
	c := &canvas{}
	c.open("div", "class", "pic-scroll", "tabindex", "0")
	c.open("table", "class", "pic-table")
	c.element("caption", t.Caption, "dir", "auto")
	c.open("thead")
	c.open("tr")
	for _, col := range t.Columns {
		c.element("th", col.Name, "scope", "col", "dir", "auto", "class", numericClass(col.Numeric))
	}
	c.close("tr")
	c.close("thead")
	c.open("tbody")
	for _, row := range t.Rows {
		c.open("tr")
		for i, s := range row {
			if i == 0 {
				c.element("th", s, "scope", "row", "dir", "auto")
				continue
			}
			c.element("td", s, "dir", "auto", "class", numericClass(i < len(t.Columns) && t.Columns[i].Numeric))
		}
		c.close("tr")
	}
	c.close("tbody")
	c.close("table")
	c.close("div")
	for _, n := range t.Notes {
		c.element("p", n, "class", "pic-note", "dir", "auto")
	}
	return template.HTML(c.b.String())
}

func numericClass(numeric bool) string {
	if numeric {
		return "pic-num"
	}
	return ""
}

// Text writes the table as plain text with tabs between the columns: header
// first, one row a line. Tabs and line ends inside a cell become spaces.
func (t Table) Text() string {
	var b strings.Builder
	clean := strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")
	for i, col := range t.Columns {
		if i > 0 {
			b.WriteByte('\t')
		}
		b.WriteString(clean.Replace(col.Name))
	}
	b.WriteByte('\n')
	for _, row := range t.Rows {
		for i, s := range row {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(clean.Replace(s))
		}
		b.WriteByte('\n')
	}
	return b.String()
}
