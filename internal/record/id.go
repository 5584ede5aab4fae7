package record

import (
	"fmt"
	"strconv"
	"strings"
)

// JournalID names a journal: the first 80 bits of the SHA-256 of its Ed25519
// verification key in lower-case base32, 16 characters.
type JournalID string

// EntryID names an entry: journal and sequence, like "k3vqhy2mdrwzt5ae.c523".
type EntryID string

// ID names a thing that an entry brought into the world (an entity, a
// statement, a judgement): the entry's id and a number within the entry, like
// "k3vqhy2mdrwzt5ae.c523.a2". Numbers are written with their length first
// (a1, b10, c523), so that ids in text order are ids in journal order.
//
// Inside a draft and a body an ID may also be local, "#2": number 2 of this
// same entry.
type ID string

// journalIDLen is the length of a JournalID in characters.
const journalIDLen = 16

// maxNumber bounds sequence numbers and in-entry numbers when parsed.
const maxNumber = 1<<53 - 1

// Entry makes the id of the entry at seq in journal j.
func Entry(j JournalID, seq int64) EntryID {
	b := make([]byte, 0, 32)
	b = append(b, j...)
	b = append(b, '.')
	return EntryID(appendNumber(b, seq))
}

// Thing makes the id of the n-th thing of entry e.
func (e EntryID) Thing(n int) ID {
	b := make([]byte, 0, 36)
	b = append(b, e...)
	b = append(b, '.')
	return ID(appendNumber(b, int64(n)))
}

// Split takes an entry id apart; ok is false when it is not one.
func (e EntryID) Split() (j JournalID, seq int64, ok bool) {
	jj, rest, found := strings.Cut(string(e), ".")
	if !found || !validJournal(jj) {
		return "", 0, false
	}
	seq, ok = parseNumber(rest)
	return JournalID(jj), seq, ok
}

// Entry is the entry that brought the thing; empty for a local or malformed id.
func (id ID) Entry() EntryID {
	i := strings.LastIndexByte(string(id), '.')
	if i < 0 {
		return ""
	}
	return EntryID(id[:i])
}

// Journal is the journal that owns the thing; empty for a local id.
func (id ID) Journal() JournalID {
	j, _, _ := id.Entry().Split()
	return j
}

// Local makes the local id of number n of the entry being written.
func Local(n int) ID { return ID("#" + strconv.Itoa(n)) }

// IsLocal tells whether id is of the form "#n".
func (id ID) IsLocal() bool { return len(id) > 1 && id[0] == '#' }

// In expands a local id to the full id within entry e; any other id is
// returned as it is.
func (id ID) In(e EntryID) ID {
	if !id.IsLocal() {
		return id
	}
	n, err := strconv.Atoi(string(id[1:]))
	if err != nil || n < 0 {
		return id
	}
	return e.Thing(n)
}

// Valid tells whether id is a well-formed full id.
func (id ID) Valid() bool {
	_, _, ok := id.Entry().Split()
	if !ok {
		return false
	}
	i := strings.LastIndexByte(string(id), '.')
	_, ok = parseNumber(string(id[i+1:]))
	return ok
}

// ParseID checks a full id that came from outside.
func ParseID(s string) (ID, error) {
	if id := ID(s); len(s) <= 64 && id.Valid() {
		return id, nil
	}
	return "", fmt.Errorf("%.64q is not an id; ids look like k3vqhy2mdrwzt5ae.c523.a2", s)
}

func validJournal(s string) bool {
	if len(s) != journalIDLen {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < '2' || c > '7') {
			return false
		}
	}
	return true
}

// appendNumber writes n with its count of digits as a letter first.
func appendNumber(b []byte, n int64) []byte {
	i := len(b)
	b = append(b, 'a')
	b = strconv.AppendInt(b, n, 10)
	b[i] = byte('a' + len(b) - i - 2)
	return b
}

// parseNumber reads what appendNumber wrote and nothing else.
func parseNumber(s string) (int64, bool) {
	if len(s) < 2 || len(s) > 17 || int(s[0]-'a') != len(s)-2 {
		return 0, false
	}
	if s[1] == '0' && len(s) > 2 {
		return 0, false
	}
	n := int64(0)
	for i := 1; i < len(s); i++ {
		c := s[i]
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, n <= maxNumber
}
