package vault

import (
	"encoding/json"
	"fmt"
	"regexp"

	"asylon/internal/fault"
)

// Name and version of the key file's format (docs/formats/keyfile.md).
const (
	keyFormat  = "asylon/keys"
	keyVersion = 1
)

// Limits of the key file, stated because it is read before it can be trusted.
const (
	maxKeyFile = 16 << 20 // bytes
	maxUsers   = 1000
	maxSecrets = 1000
)

// UserID names a user in keys and wraps: 16 characters of lower-case base32,
// drawn at random. It says nothing about the person.
type UserID string

// userIDLen is the length of a UserID in characters: 80 bits.
const userIDLen = 16

func (u UserID) valid() bool {
	if len(u) != userIDLen {
		return false
	}
	for _, c := range []byte(u) {
		if (c < 'a' || c > 'z') && (c < '2' || c > '7') {
			return false
		}
	}
	return true
}

// SecretName names a secret of the installation: "database", "journal/…".
type SecretName string

// DatabaseSecret is the key of the encrypted database; InboxSecret the key
// pair to which a locked server encrypts what is deposited.
const (
	DatabaseSecret SecretName = "database"
	InboxSecret    SecretName = "inbox"
)

// JournalSecret names the signing key of the journal with this id.
func JournalSecret(id string) SecretName { return SecretName("journal/" + id) }

// AuditSecret names the signing key of the audit journal with this id.
func AuditSecret(id string) SecretName { return SecretName("audit/" + id) }

var secretNamePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9._/-]{0,63}$`)

func (n SecretName) check() error {
	if !secretNamePattern.MatchString(string(n)) {
		return fault.Invalid("%.64q cannot name a secret; use up to 64 small letters, digits and the signs . _ / -", string(n))
	}
	return nil
}

// keyDoc is a key file taken apart. body is kept as the exact bytes over which
// the tag is computed, so that no rule of canonical JSON is needed.
type keyDoc struct {
	body   []byte
	tag    []byte
	parsed keyBody
}

// keyBody is everything in the key file that the tag covers.
type keyBody struct {
	Generation uint64 // grows by one with each change
	Salt       []byte // for login salts
	KDF        KDF    // for new passphrases
	Authority  keyAuthority
	Floors     map[string]int // compartment: newest epoch seen
	Users      []keyUser
	Secrets    []keySecret
	rest       extra
}

// keyAuthority hands the authority key of the newest epoch to users who have
// not signed in since it was made.
type keyAuthority struct {
	Epoch  int
	Former [][]byte // Former[i]: key of epoch i+1, sealed under that of i+2
	Wraps  []keyWrap
	rest   extra
}

type keyUser struct {
	ID        UserID
	Recipient string
	KDF       KDF
	Identity  []byte // the identity, sealed under the passphrase
	Pin       []byte // the authority key last seen, sealed under the identity
	rest      extra
}

type keySecret struct {
	Name      SecretName
	Recipient string // public half, where the secret is a key pair
	Wraps     []keyWrap
	rest      extra
}

type keyWrap struct {
	User UserID
	Age  []byte
	rest extra
}

func (b *keyBody) fields() []field {
	return []field{{name: "generation", value: &b.Generation}, {name: "salt", value: &b.Salt},
		{name: "kdf", value: &b.KDF}, {name: "authority", value: &b.Authority}, {name: "floors", value: &b.Floors},
		{name: "users", value: &b.Users}, {name: "secrets", value: &b.Secrets}}
}

func (a *keyAuthority) fields() []field {
	return []field{{name: "epoch", value: &a.Epoch}, {name: "former", value: &a.Former}, {name: "wraps", value: &a.Wraps}}
}

func (u *keyUser) fields() []field {
	return []field{{name: "id", value: &u.ID}, {name: "recipient", value: &u.Recipient}, {name: "kdf", value: &u.KDF},
		{name: "identity", value: &u.Identity}, {name: "pin", value: &u.Pin}}
}

func (s *keySecret) fields() []field {
	return []field{{name: "name", value: &s.Name}, {name: "recipient", value: &s.Recipient, optional: true},
		{name: "wraps", value: &s.Wraps}}
}

func (w *keyWrap) fields() []field {
	return []field{{name: "user", value: &w.User}, {name: "age", value: &w.Age}}
}

// The methods below only tie the types to readObject and writeObject.

func (b *keyBody) UnmarshalJSON(raw []byte) (err error) {
	b.rest, err = readObject(raw, b.fields())
	return err
}
func (a *keyAuthority) UnmarshalJSON(raw []byte) (err error) {
	a.rest, err = readObject(raw, a.fields())
	return err
}
func (u *keyUser) UnmarshalJSON(raw []byte) (err error) {
	u.rest, err = readObject(raw, u.fields())
	return err
}
func (s *keySecret) UnmarshalJSON(raw []byte) (err error) {
	s.rest, err = readObject(raw, s.fields())
	return err
}
func (w *keyWrap) UnmarshalJSON(raw []byte) (err error) {
	w.rest, err = readObject(raw, w.fields())
	return err
}
func (b keyBody) MarshalJSON() ([]byte, error)      { return writeObject(b.fields(), b.rest) }
func (a keyAuthority) MarshalJSON() ([]byte, error) { return writeObject(a.fields(), a.rest) }
func (u keyUser) MarshalJSON() ([]byte, error)      { return writeObject(u.fields(), u.rest) }
func (s keySecret) MarshalJSON() ([]byte, error)    { return writeObject(s.fields(), s.rest) }
func (w keyWrap) MarshalJSON() ([]byte, error)      { return writeObject(w.fields(), w.rest) }

// kdfJSON is a KDF as it is written. Parameters have no unknown fields: a
// parameter that we did not know would change the key.
type kdfJSON struct {
	Name    string `json:"name"`
	Time    uint32 `json:"time"`
	Memory  uint32 `json:"memory"` // KiB
	Threads uint8  `json:"threads"`
}

// UnmarshalJSON reads {"name":"argon2id","time":…,"memory":…,"threads":…}.
func (k *KDF) UnmarshalJSON(raw []byte) error {
	var j kdfJSON
	rest, err := readObject(raw, []field{{name: "name", value: &j.Name}, {name: "time", value: &j.Time},
		{name: "memory", value: &j.Memory}, {name: "threads", value: &j.Threads}})
	if err != nil {
		return err
	}
	if j.Name != "argon2id" || len(rest) > 0 {
		return fmt.Errorf("key derivation %.20q is not one this program knows", j.Name)
	}
	*k = KDF{Time: j.Time, Memory: j.Memory, Threads: j.Threads}
	return k.check()
}

// MarshalJSON writes what UnmarshalJSON reads.
func (k KDF) MarshalJSON() ([]byte, error) {
	return json.Marshal(kdfJSON{Name: "argon2id", Time: k.Time, Memory: k.Memory, Threads: k.Threads})
}
