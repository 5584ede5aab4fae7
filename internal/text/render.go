package text

import "strings"

// FTS5 returns the query as a MATCH expression for an FTS5 table that holds
// [IndexText]. An empty query gives an empty string, which FTS5 refuses; ask
// [Query.Empty] first. Whatever was typed, the expression consists of quoted
// tokens and the operators AND, OR, NOT and *, and names no column.
func (q Query) FTS5() string {
	alternatives := make([]string, len(q.any))
	for i, a := range q.any {
		alternatives[i] = join(a.all, " AND ", fts5Phrase)
		if len(a.none) > 0 {
			alternatives[i] = "(" + alternatives[i] + " NOT " + join(a.none, " OR ", fts5Phrase) + ")"
		}
	}
	return strings.Join(alternatives, " OR ")
}

// fts5Phrase writes a phrase as a string of FTS5, which cuts it at its spaces.
func fts5Phrase(b *strings.Builder, ph phrase) {
	b.WriteByte('"')
	for i, t := range ph.tokens {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t)
	}
	b.WriteByte('"')
	if ph.prefix {
		b.WriteByte('*')
	}
}

// TSQuery returns the query as the literal of a PostgreSQL tsquery, to be cast:
// $1::tsquery. An empty query gives the empty tsquery, which matches nothing.
func (q Query) TSQuery() string {
	alternatives := make([]string, len(q.any))
	for i, a := range q.any {
		alternatives[i] = join(a.all, " & ", tsPhrase)
		if len(a.none) > 0 {
			alternatives[i] = "(" + alternatives[i] + " & !" + join(a.none, " | ", tsPhrase) + ")"
		}
	}
	return strings.Join(alternatives, " | ")
}

func tsPhrase(b *strings.Builder, ph phrase) {
	if len(ph.tokens) > 1 {
		b.WriteByte('(')
	}
	for i, t := range ph.tokens {
		if i > 0 {
			b.WriteString(" <-> ")
		}
		writeQuoted(b, t)
	}
	if ph.prefix {
		b.WriteString(":*")
	}
	if len(ph.tokens) > 1 {
		b.WriteByte(')')
	}
}

// join writes phrases with an operator between them, in parentheses.
func join(phrases []phrase, operator string, write func(*strings.Builder, phrase)) string {
	var b strings.Builder
	b.WriteByte('(')
	for i, ph := range phrases {
		if i > 0 {
			b.WriteString(operator)
		}
		write(&b, ph)
	}
	b.WriteByte(')')
	return b.String()
}
