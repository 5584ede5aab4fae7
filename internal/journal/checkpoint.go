package journal

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"asylon/internal/record"
)

// Checkpoint is a signed statement of a journal's size and root: a C2SP
// tlog-checkpoint in a signed note. Its origin line is "asylon/" and the
// journal's id.
type Checkpoint struct {
	Journal record.JournalID
	Size    int64
	Root    tlog.Hash
}

// Key is a journal's signing key. Whoever holds it can append.
type Key struct{ priv ed25519.PrivateKey }

// NewKey makes a key from a 32-byte seed drawn by the caller.
func NewKey(seed []byte) (Key, error) {
	if len(seed) != ed25519.SeedSize {
		return Key{}, fmt.Errorf("a journal key's seed is %d bytes, not %d", ed25519.SeedSize, len(seed))
	}
	return Key{ed25519.NewKeyFromSeed(seed)}, nil
}

// Seed is what NewKey makes the key from again. It is a secret.
func (k Key) Seed() []byte { return k.priv.Seed() }

// Public is the verification key.
func (k Key) Public() ed25519.PublicKey { return k.priv.Public().(ed25519.PublicKey) }

// Journal is the id of the journal that this key signs.
func (k Key) Journal() record.JournalID { return JournalOf(k.Public()) }

// JournalOf is the id of the journal with verification key pub.
func JournalOf(pub ed25519.PublicKey) record.JournalID {
	sum := sha256.Sum256(pub)
	return record.JournalID(strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10])))
}

// origin is the checkpoint's first line and the note's key name.
func origin(j record.JournalID) string { return "asylon/" + string(j) }

// VerifierKey is the key in the textual form of golang.org/x/mod/sumdb/note.
func VerifierKey(pub ed25519.PublicKey) (string, error) {
	return note.NewEd25519VerifierKey(origin(JournalOf(pub)), pub)
}

// signer builds the note signer of a key by the note package's own encoding,
// which binds the key's name to its hash.
func (k Key) signer() (note.Signer, error) {
	v, err := VerifierKey(k.Public())
	if err != nil {
		return nil, err
	}
	name, rest, _ := strings.Cut(v, "+")
	hash, _, _ := strings.Cut(rest, "+")
	const algEd25519 = 1
	enc := base64.StdEncoding.EncodeToString(append([]byte{algEd25519}, k.priv.Seed()...))
	return note.NewSigner("PRIVATE+KEY+" + name + "+" + hash + "+" + enc)
}

// Sign signs the size and root as the journal's checkpoint.
func (k Key) Sign(size int64, root tlog.Hash) ([]byte, error) {
	s, err := k.signer()
	if err != nil {
		return nil, err
	}
	text := origin(k.Journal()) + "\n" + strconv.FormatInt(size, 10) + "\n" + root.String() + "\n"
	return note.Sign(&note.Note{Text: text}, s)
}

// OpenCheckpoint verifies a checkpoint against the journal's verification key.
func OpenCheckpoint(msg []byte, pub ed25519.PublicKey) (Checkpoint, error) {
	j := JournalOf(pub)
	vkey, err := VerifierKey(pub)
	if err != nil {
		return Checkpoint{}, err
	}
	v, err := note.NewVerifier(vkey)
	if err != nil {
		return Checkpoint{}, err
	}
	n, err := note.Open(msg, note.VerifierList(v))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("checkpoint of journal %s: %w", j, err)
	}
	if err := canonical(msg, n); err != nil {
		return Checkpoint{}, fmt.Errorf("checkpoint of journal %s: %w", j, err)
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 4 || lines[0] != origin(j) || lines[3] != "" {
		return Checkpoint{}, fmt.Errorf("checkpoint of journal %s is not of the known form", j)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return Checkpoint{}, fmt.Errorf("checkpoint of journal %s: size %q", j, lines[1])
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return Checkpoint{}, fmt.Errorf("checkpoint of journal %s: %w", j, err)
	}
	return Checkpoint{Journal: j, Size: size, Root: root}, nil
}

// canonical refuses a note whose signature could be written in other bytes:
// base64 leaves bits at its end that decoders ignore. Cosignatures of
// witnesses are kept beside a checkpoint, not in it.
func canonical(msg []byte, n *note.Note) error {
	if len(n.Sigs) != 1 || len(n.UnverifiedSigs) != 0 {
		return fmt.Errorf("it has %d signatures, not one", len(n.Sigs)+len(n.UnverifiedSigs))
	}
	raw, err := base64.StdEncoding.DecodeString(n.Sigs[0].Base64)
	if err != nil {
		return err
	}
	want := n.Text + "\n— " + n.Sigs[0].Name + " " + base64.StdEncoding.EncodeToString(raw) + "\n"
	if string(msg) != want {
		return fmt.Errorf("it is not in canonical form")
	}
	return nil
}

// Cut names one state of the record: a checkpoint of every journal that was
// read. A figure or letter stores the cut it was made from.
type Cut struct {
	Version  int        `json:"v"`
	Journals []CutPoint `json:"journals"` // in order of id
}

// CutPoint is one journal's part of a cut.
type CutPoint struct {
	Journal record.JournalID `json:"journal"`
	Size    int64            `json:"size"`
	Root    tlog.Hash        `json:"root"`
}

// Name is the cut's permanent name: the SHA-256 of its canonical JSON, in
// lower-case base32, the first 26 characters (128 bits and a little).
func (c Cut) Name() (string, error) {
	b, err := compact(c)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:26], nil
}

// Tree computes the root of a journal from its leaves and can go on from a
// stored state. It keeps all hashes of the RFC 6962 tree in memory: use it to
// verify, and tlog with stored hashes to append.
type Tree struct{ hashes []tlog.Hash }

// ReadHashes lets a Tree be its own tlog.HashReader.
func (t *Tree) ReadHashes(idx []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(idx))
	for i, x := range idx {
		if x < 0 || x >= int64(len(t.hashes)) {
			return nil, fmt.Errorf("tree has no hash %d", x)
		}
		out[i] = t.hashes[x]
	}
	return out, nil
}

// Append adds the leaf of a header's bytes as number n, which must be the next.
func (t *Tree) Append(n int64, raw []byte) error {
	if want := tlog.StoredHashCount(n); want != int64(len(t.hashes)) {
		return fmt.Errorf("leaf %d does not follow the tree's last", n)
	}
	h, err := tlog.StoredHashes(n, raw, t)
	if err != nil {
		return err
	}
	t.hashes = append(t.hashes, h...)
	return nil
}

// Root is the root over the first size leaves.
func (t *Tree) Root(size int64) (tlog.Hash, error) { return tlog.TreeHash(size, t) }
