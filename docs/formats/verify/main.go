// Command verify checks a journal file (docs/formats/journal-file.md) with the
// standard library alone. It shares no code with Asylon: whoever doubts the
// program can read these hundred lines instead.
//
//	go run ./docs/formats/verify FILE
package main

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
)

type header struct {
	V       int    `json:"v"`
	Journal string `json:"journal"`
	Seq     int    `json:"seq"`
	Parts   []struct {
		Size int    `json:"size"`
		H    []byte `json:"h"`
	} `json:"parts"`
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: verify FILE")
		os.Exit(2)
	}
	n, err := verify(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "WRONG:", err)
		os.Exit(1)
	}
	fmt.Printf("%d entries are as they were signed\n", n)
}

func verify(name string) (int, error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<28)
	var head struct {
		Format string
		Key    []byte
	}
	if !in.Scan() || json.Unmarshal(in.Bytes(), &head) != nil || head.Format != "asylon journal 1" || len(head.Key) != 32 {
		return 0, fmt.Errorf("line 1 does not begin a journal file")
	}
	sum := sha256.Sum256(head.Key)
	id := strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
	var leaves [][32]byte
	for in.Scan() {
		var line struct {
			Header     []byte
			Parts      []*struct{ Salt, Bytes []byte }
			Checkpoint string
		}
		if err := json.Unmarshal(in.Bytes(), &line); err != nil {
			return 0, fmt.Errorf("entry %d: %w", len(leaves), err)
		}
		if line.Checkpoint != "" {
			if in.Scan() {
				return 0, fmt.Errorf("something follows the checkpoint")
			}
			return len(leaves), checkpoint(line.Checkpoint, id, head.Key, leaves)
		}
		var h header
		if err := json.Unmarshal(line.Header, &h); err != nil {
			return 0, fmt.Errorf("entry %d: header: %w", len(leaves), err)
		}
		if h.V != 1 || h.Journal != id || h.Seq != len(leaves) || len(h.Parts) != len(line.Parts) {
			return 0, fmt.Errorf("entry %d is not where it belongs", len(leaves))
		}
		for i, p := range line.Parts {
			if p == nil { // erased or withheld
				continue
			}
			c := sha256.Sum256(bytes.Join([][]byte{[]byte("asylon/part/1\n"), p.Salt, p.Bytes}, nil))
			if len(p.Bytes) != h.Parts[i].Size || !bytes.Equal(c[:], h.Parts[i].H) {
				return 0, fmt.Errorf("entry %d, part %d is not what was committed to", h.Seq, i)
			}
		}
		leaves = append(leaves, sha256.Sum256(append([]byte{0}, line.Header...)))
	}
	return 0, fmt.Errorf("the file ends without a checkpoint: it is cut short")
}

// root is the RFC 6962 tree head.
func root(l [][32]byte) [32]byte {
	switch len(l) {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return l[0]
	}
	k := 1
	for k*2 < len(l) {
		k *= 2
	}
	a, b := root(l[:k]), root(l[k:])
	return sha256.Sum256(append(append([]byte{1}, a[:]...), b[:]...))
}

// checkpoint checks a C2SP signed note: text, empty line, signature line.
func checkpoint(note, id string, key []byte, leaves [][32]byte) error {
	text, sig, ok := strings.Cut(note, "\n\n")
	r := root(leaves)
	want := "asylon/" + id + "\n" + strconv.Itoa(len(leaves)) + "\n" + base64.StdEncoding.EncodeToString(r[:])
	if !ok || text != want {
		return fmt.Errorf("the checkpoint is of other entries")
	}
	name, b64, _ := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(sig, "— "), "\n"), " ")
	raw, err := base64.StdEncoding.DecodeString(b64)
	hash := sha256.Sum256(append([]byte(name+"\n\x01"), key...))
	if err != nil || name != "asylon/"+id || len(raw) != 68 || binary.BigEndian.Uint32(raw) != binary.BigEndian.Uint32(hash[:]) || !ed25519.Verify(key, []byte(text+"\n"), raw[4:]) {
		return fmt.Errorf("the checkpoint is not signed by the journal's key")
	}
	return nil
}
