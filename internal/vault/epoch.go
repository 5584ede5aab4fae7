package vault

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"

	"filippo.io/age"

	"asylon/internal/fault"
	"asylon/internal/record"
)

// An epoch of a compartment is a random key, the members who have it, and a
// key pair by which others can deposit. Three checks make it trustworthy to
// people who read it from a database that others can write to:
//
//   - the tag, under the authority key: some user of this installation made it.
//     Depositors rely on it;
//   - the proof, under the epoch's own key: one who could read the compartment
//     decided who else can. Members rely on it;
//   - the chain: the key of the epoch before, sealed under this one. Only a
//     member of the former epoch can have begun this one.
//
// The chain also gives a member of the newest epoch all former keys, so there
// is one wrap for each member and not one for each member and epoch.

const epochVersion = 1

// maxMembers bounds the members of a compartment.
const maxMembers = maxUsers

type epochBody struct {
	Compartment record.Compartment
	Number      int
	Members     []UserID // sorted
	Recipient   string   // public half of the key pair
	Identity    []byte   // private half, sealed under the key
	Commitment  []byte   // to the key
	Previous    []byte   // key of the epoch before, sealed under the key; nil in epoch 1
	rest        extra
}

func (b *epochBody) fields() []field {
	return []field{{name: "compartment", value: &b.Compartment}, {name: "epoch", value: &b.Number},
		{name: "members", value: &b.Members}, {name: "recipient", value: &b.Recipient},
		{name: "identity", value: &b.Identity}, {name: "commitment", value: &b.Commitment},
		{name: "previous", value: &b.Previous, optional: true}}
}

// epoch is a row taken apart; raw are the exact bytes under tag and proof.
type epoch struct {
	raw       []byte
	body      epochBody
	authority int
	tag       []byte
	proof     []byte
}

func (e *epoch) fields(raw *json.RawMessage, version *int) []field {
	return []field{{name: "version", value: version}, {name: "body", value: raw},
		{name: "authority", value: &e.authority}, {name: "tag", value: &e.tag}, {name: "proof", value: &e.proof}}
}

var errEpoch = errors.New("the epoch is malformed")

// parseEpoch reads a row. Nothing in the result may be believed before the
// checks above.
func parseEpoch(r EpochRow) (*epoch, error) {
	e, version := &epoch{}, 0
	var raw json.RawMessage
	rest, err := readObject(r.Record, e.fields(&raw, &version))
	if err != nil || len(rest) > 0 {
		return nil, errEpoch
	}
	if version != epochVersion {
		return nil, fmt.Errorf("the epoch has version %d; this program reads version %d", version, epochVersion)
	}
	e.raw = raw
	b := &e.body
	if b.rest, err = readObject(raw, b.fields()); err != nil {
		return nil, errEpoch
	}
	if b.Compartment != r.Compartment || b.Number != r.Number || b.Number < 1 ||
		(b.Number == 1) != (b.Previous == nil) || len(b.Members) < 1 || len(b.Members) > maxMembers {
		return nil, errEpoch
	}
	return e, nil
}

// row writes the epoch with its tag and proof.
func (e *epoch) row() (EpochRow, error) {
	version, raw := epochVersion, json.RawMessage(e.raw)
	out, err := writeObject(e.fields(&raw, &version), nil)
	return EpochRow{Compartment: e.body.Compartment, Number: e.body.Number, Record: out}, err
}

// prove writes the body anew and computes the proof under the epoch's key.
func (e *epoch) prove(key []byte) (err error) {
	slices.Sort(e.body.Members)
	if e.raw, err = writeObject(e.body.fields(), e.body.rest); err != nil {
		return err
	}
	e.proof = mac(subkey(key, label("asylon/epoch/1 proof")), e.raw)
	return nil
}

// proven tells whether key is this epoch's and its owner wrote the body.
func (e *epoch) proven(key []byte) bool {
	return same(e.body.Commitment, commitment(key, e.body.Compartment, e.body.Number)) &&
		same(e.proof, mac(subkey(key, label("asylon/epoch/1 proof")), e.raw))
}

// confirm tags the epoch under the newest authority key.
func (e *epoch) confirm(u *Unlocked) (err error) {
	e.tag, e.authority, err = u.tag(0, label("asylon/epoch/1 tag"), e.raw)
	return err
}

// confirmed tells whether a user of this installation wrote the epoch.
func (e *epoch) confirmed(u *Unlocked) (bool, error) {
	if e.authority < 1 {
		return false, nil
	}
	tag, _, err := u.tag(e.authority, label("asylon/epoch/1 tag"), e.raw)
	return err == nil && tag != nil && same(tag, e.tag), err
}

// commitment fixes the key of an epoch without telling it. The key is random
// and 256 bits long, so a hash gives nothing away.
func commitment(key []byte, c record.Compartment, n int) []byte {
	h := sha256.Sum256(appendField(label("asylon/epoch/1 commitment", string(c), itoa(n)), key))
	return h[:]
}

// sealUnder seals something that belongs to an epoch under its key.
func sealUnder(key []byte, purpose string, c record.Compartment, n int, plain []byte) []byte {
	l := label("asylon/epoch/1 "+purpose, string(c), itoa(n))
	return sealBytes(subkey(key, l), l, plain)
}

func openUnder(key []byte, purpose string, c record.Compartment, n int, sealed []byte) ([]byte, error) {
	l := label("asylon/epoch/1 "+purpose, string(c), itoa(n))
	return openBytes(subkey(key, l), l, sealed)
}

// newEpoch draws the key and the key pair of an epoch and proves it. previous
// is the key of the epoch before, nil for the first.
func newEpoch(c record.Compartment, n int, members []UserID, previous []byte) (*epoch, []byte, error) {
	pair, err := age.GenerateHybridIdentity()
	if err != nil {
		return nil, nil, fmt.Errorf("make a key pair for compartment %s: %w", c, err)
	}
	key := newKey()
	e := &epoch{body: epochBody{Compartment: c, Number: n, Members: members,
		Recipient:  pair.Recipient().String(),
		Identity:   sealUnder(key, "identity", c, n, []byte(pair.String())),
		Commitment: commitment(key, c, n)}}
	if previous != nil {
		e.body.Previous = sealUnder(key, "previous", c, n, previous)
	}
	return e, key, e.prove(key)
}

var compartmentPattern = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}$`)

// CheckCompartment tells whether c can be a sealed compartment: up to 40 small
// letters, digits and hyphens, and not "general", which is not sealed. The
// error is a fault.Invalid.
func CheckCompartment(c record.Compartment) error {
	if !c.Sealed() {
		return fault.Invalid("compartment %q is not sealed and has no keys", c)
	}
	if !compartmentPattern.MatchString(string(c)) {
		return fault.Invalid("%.40q cannot name a compartment; use up to 40 small letters, digits and hyphens", string(c))
	}
	return nil
}
