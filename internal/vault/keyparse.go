package vault

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"

	"asylon/internal/fault"
)

// versionError says that the file is of another version than ours.
type versionError struct{ version int }

func (e *versionError) Error() string {
	return fmt.Sprintf("the key file is of version %d, and this program reads version %d", e.version, keyVersion)
}

// parseKeyDoc reads a key file. Nothing in the result may be believed before
// its tag is verified; what is checked here only keeps the verification safe.
func parseKeyDoc(raw []byte) (*keyDoc, error) {
	if len(raw) > maxKeyFile {
		return nil, fmt.Errorf("%d bytes are more than a key file may have", len(raw))
	}
	var format, tag string
	var version int
	var body json.RawMessage
	rest, err := readObject(raw, []field{{name: "format", value: &format}, {name: "version", value: &version},
		{name: "body", value: &body}, {name: "tag", value: &tag}})
	switch {
	case err != nil:
		return nil, err
	case format != keyFormat:
		return nil, fmt.Errorf("format %.20q is not %q", format, keyFormat)
	case version != keyVersion:
		return nil, &versionError{version}
	case len(rest) > 0:
		return nil, fmt.Errorf("there are fields that the tag does not cover")
	}
	d := &keyDoc{body: body}
	if d.tag, err = base64.StdEncoding.Strict().DecodeString(tag); err != nil {
		return nil, fmt.Errorf("the tag is not base64")
	}
	if err := decode(body, &d.parsed); err != nil {
		return nil, err
	}
	return d, d.parsed.check()
}

func (b *keyBody) check() error {
	if len(b.Users) < 1 || len(b.Users) > maxUsers || len(b.Secrets) > maxSecrets {
		return fmt.Errorf("%d users and %d secrets are out of bounds", len(b.Users), len(b.Secrets))
	}
	if len(b.Salt) != saltSize || b.Generation < 1 {
		return fmt.Errorf("salt or generation is out of bounds")
	}
	if b.Authority.Epoch < 1 || len(b.Authority.Former) != b.Authority.Epoch-1 {
		return fmt.Errorf("the chain of authority keys is not complete")
	}
	seen := map[UserID]bool{}
	for _, u := range b.Users {
		if !u.ID.valid() || seen[u.ID] {
			return fmt.Errorf("a user id is malformed or there twice")
		}
		seen[u.ID] = true
	}
	names := map[SecretName]bool{}
	for _, s := range b.Secrets {
		if s.Name.check() != nil || names[s.Name] {
			return fmt.Errorf("a secret's name is malformed or there twice")
		}
		names[s.Name] = true
	}
	if len(b.kdfs()) > maxKDFs {
		return fmt.Errorf("users have more than %d different key derivations", maxKDFs)
	}
	return nil
}

// kdfs lists the different parameters in use, the costliest first.
func (b *keyBody) kdfs() []KDF {
	var out []KDF
	for _, u := range b.Users {
		if !slices.Contains(out, u.KDF) {
			out = append(out, u.KDF)
		}
	}
	slices.SortFunc(out, func(x, y KDF) int {
		return int(int64(y.Time)*int64(y.Memory) - int64(x.Time)*int64(x.Memory))
	})
	return out
}

// user finds a user by id; nil if there is none.
func (b *keyBody) user(id UserID) *keyUser {
	i := slices.IndexFunc(b.Users, func(u keyUser) bool { return u.ID == id })
	if i < 0 {
		return nil
	}
	return &b.Users[i]
}

// secret finds a secret by name; nil if there is none.
func (b *keyBody) secret(n SecretName) *keySecret {
	i := slices.IndexFunc(b.Secrets, func(s keySecret) bool { return s.Name == n })
	if i < 0 {
		return nil
	}
	return &b.Secrets[i]
}

// wrapFor finds the wrap for a user; nil if there is none.
func wrapFor(wraps []keyWrap, id UserID) []byte {
	for _, w := range wraps {
		if w.User == id {
			return w.Age
		}
	}
	return nil
}

// withoutUser returns the wraps of everybody else.
func withoutUser(wraps []keyWrap, id UserID) []keyWrap {
	return slices.DeleteFunc(slices.Clone(wraps), func(w keyWrap) bool { return w.User == id })
}

// encodeKeyDoc writes a key file tagged under an authority key.
func encodeKeyDoc(b *keyBody, authorityKey []byte) ([]byte, error) {
	compact, err := json.Marshal(b)
	if err != nil {
		return nil, err
	}
	var body bytes.Buffer
	if err := json.Indent(&body, compact, "", " "); err != nil {
		return nil, err
	}
	tag := base64.StdEncoding.EncodeToString(keyTag(authorityKey, body.Bytes()))
	raw := fmt.Appendf(nil, "{\n\"format\": %q,\n\"version\": %d,\n\"body\": %s,\n\"tag\": %q\n}\n",
		keyFormat, keyVersion, body.Bytes(), tag)
	if len(raw) > maxKeyFile {
		return nil, fault.Invalid("the key file would become larger than %d bytes", maxKeyFile)
	}
	return raw, nil
}

// keyTag authenticates the body's exact bytes.
func keyTag(authorityKey, body []byte) []byte {
	return mac(subkey(authorityKey, label("asylon/keys/1 tag")), body)
}
