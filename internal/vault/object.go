package vault

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// The JSON of the key file and of epochs is read more strictly than
// encoding/json does by itself (no field twice, no field in another case) and
// more patiently (unknown fields are kept and written back), so that an older
// program does not destroy what a newer one wrote.

// extra holds the fields of an object that this version does not know.
type extra map[string]json.RawMessage

// field ties a name in JSON to a Go variable, given as a pointer.
type field struct {
	name     string
	value    any
	optional bool
}

// readObject reads raw into fields and returns the rest.
func readObject(raw []byte, fields []field) (extra, error) {
	members, err := members(raw)
	if err != nil {
		return nil, err
	}
	for _, f := range fields {
		v, ok := members[f.name]
		if !ok {
			if f.optional {
				continue
			}
			return nil, fmt.Errorf("field %q is missing", f.name)
		}
		if err := decode(v, f.value); err != nil {
			return nil, fmt.Errorf("field %q: %w", f.name, err)
		}
		delete(members, f.name)
	}
	for name := range members {
		for _, f := range fields {
			if strings.EqualFold(name, f.name) {
				return nil, fmt.Errorf("field %q is there in another spelling", f.name)
			}
		}
	}
	if len(members) == 0 {
		return nil, nil
	}
	return members, nil
}

// decode is json.Unmarshal without scanning an object of ours twice before our
// own method scans it a third time.
func decode(raw []byte, into any) error {
	if own, ok := into.(json.Unmarshaler); ok {
		return own.UnmarshalJSON(raw)
	}
	return json.Unmarshal(raw, into)
}

// members takes one JSON object apart, refusing doubles and anything after it.
// The grammar is checked by encoding/json first; what is left to do is to find
// where each member of a valid object begins and ends.
func members(raw []byte) (extra, error) {
	raw = bytes.TrimLeft(raw, jsonSpace)
	if len(raw) == 0 || raw[0] != '{' || !json.Valid(raw) {
		return nil, errors.New("not a valid JSON object")
	}
	out := extra{}
	for rest := raw[1:]; ; {
		rest = bytes.TrimLeft(rest, jsonSpace+",")
		if rest[0] == '}' {
			return out, nil
		}
		var name string
		n := stringEnd(rest)
		if err := json.Unmarshal(rest[:n], &name); err != nil {
			return nil, errors.New("not a valid JSON object")
		}
		if _, twice := out[name]; twice {
			return nil, errors.New("a field is there twice")
		}
		rest = bytes.TrimLeft(rest[n:], jsonSpace+":")
		n = valueEnd(rest)
		out[name] = bytes.TrimRight(rest[:n], jsonSpace)
		rest = rest[n:]
	}
}

// jsonSpace is what JSON allows between its tokens.
const jsonSpace = " \t\r\n"

// stringEnd is the length of the string that b begins with.
func stringEnd(b []byte) int {
	for i := 1; ; i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
}

// valueEnd is the length of the value that b begins with, up to the comma or
// bracket behind it.
func valueEnd(b []byte) int {
	depth := 0
	for i := 0; ; i++ {
		switch b[i] {
		case '"':
			i += stringEnd(b[i:]) - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i
			}
			depth--
		case ',':
			if depth == 0 {
				return i
			}
		}
	}
}

// writeObject writes fields in their order, then the unknown ones by name.
func writeObject(fields []field, rest extra) ([]byte, error) {
	for _, name := range slices.Sorted(maps.Keys(rest)) {
		fields = append(fields, field{name: name, value: rest[name]})
	}
	var b bytes.Buffer
	b.WriteByte('{')
	for _, f := range fields {
		v, err := json.Marshal(f.value)
		if err != nil {
			return nil, err
		}
		if f.optional && (string(v) == "null" || string(v) == `""`) {
			continue
		}
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(f.name)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(v)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
